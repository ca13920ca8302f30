//! A passage that is left out while playing on: to the sample, without a click, at any speed; who
//! jumps into it hears it. Heard from the captured output.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use latetalk::audio::{Event, Leap, Order};
use player::Player;
use rig::{signal, wav};

const RATE: u32 = 48_000;
/// 5 ms.
const FADE: usize = 240;

fn loaded(whole: &[f32], leap: Leap) -> Player {
    let mut player = Player::new(4);
    player.load(&wav(RATE, whole), 0, None, false);
    player.wait(|event| matches!(event, Event::Loaded { .. }));
    player.engine.send(Order::Leap(Some(leap)));
    player
}

#[test]
fn what_is_heard_is_the_recording_without_the_passage() {
    let whole = signal(RATE, 5);
    let mut player = loaded(&whole, Leap { at: 1337, to: Some(3201) });
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 5000);
    let seen = std::mem::take(&mut player.seen);
    let heard = player.heard();
    let (at, to) = (1337 * 48, 3201 * 48);
    assert_eq!(heard.len(), at + whole.len() - to);
    for (n, sample) in heard.iter().enumerate().skip(300) {
        let made = if n < at { whole[n] } else { whole[to + n - at] };
        let level = (n.abs_diff(at) as f32 / FADE as f32).min(1.0);
        assert!((sample - made * level).abs() < 2e-3, "frame {n}: {sample}, {made} × {level}");
    }
    let inside =
        |event: &Event| matches!(event, Event::Position { ms, .. } if (1338..3201).contains(ms));
    assert!(!seen.iter().any(inside), "no position lies in the passage");
}

#[test]
fn it_takes_as_long_as_it_should_at_any_speed() {
    for speed in [0.8_f32, 2.0, 3.0] {
        let mut player = loaded(&signal(RATE, 6), Leap { at: 2000, to: Some(4000) });
        player.engine.send(Order::Speed(speed));
        player.engine.send(Order::Play);
        player.wait_end();
        let seconds = player.heard().len() as f32 / RATE as f32;
        assert!((seconds - 4.0 / speed).abs() < 0.12, "{seconds} s at {speed}");
    }
}

#[test]
fn an_order_that_comes_in_the_last_moment_still_counts() {
    let whole = signal(RATE, 4);
    let mut player = Player::new(1);
    player.load(&wav(RATE, &whole), 900, None, true);
    player.wait(|event| matches!(event, Event::Position { .. }));
    player.engine.send(Order::Leap(Some(Leap { at: 1300, to: Some(3000) })));
    assert_eq!(player.wait_end(), 4000);
    // What was decoded already fades out over 5 ms, after the block of 10 ms that was under way: how far
    // that had come depends on how busy the machine is.
    let frames = player.heard().len();
    assert!(frames.abs_diff(1400 * 48) <= 4 * FADE, "{frames}");
}

#[test]
fn where_nothing_follows_it_ends() {
    let whole = signal(RATE, 4);
    let mut player = loaded(&whole, Leap { at: 2500, to: None });
    player.engine.send(Order::Play);
    player.wait(|event| matches!(event, Event::Ended { .. }));
    assert_eq!(player.heard().len(), 2500 * 48);
}

#[test]
fn who_jumps_into_it_or_to_its_start_hears_it() {
    for start in [1000, 1500] {
        let mut player = loaded(&signal(RATE, 4), Leap { at: 1000, to: Some(3000) });
        player.engine.send(Order::Seek { ms: start });
        player.engine.send(Order::Play);
        assert_eq!(player.wait_end(), 4000);
        assert_eq!(player.heard().len() as u64, (4000 - start) * 48, "from {start}");
    }
}

#[test]
fn in_a_range_everything_is_heard_and_an_order_can_be_taken_back() {
    let mut player = Player::new(4);
    player.load(&wav(RATE, &signal(RATE, 4)), 500, Some(1500), false);
    player.engine.send(Order::Leap(Some(Leap { at: 1000, to: Some(3000) })));
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 1500);
    assert_eq!(player.heard().len(), 1000 * 48);
    let mut player = loaded(&signal(RATE, 4), Leap { at: 1000, to: Some(3000) });
    player.engine.send(Order::Leap(None));
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 4000);
    assert_eq!(player.heard().len(), 4000 * 48);
}
