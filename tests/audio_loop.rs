//! A range that is played again and again: every round as long as it should be, seams that do not
//! click, and the way out of it. Heard from the captured output.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use std::time::Duration;

use latetalk::audio::{Event, Order, PlayState};
use player::Player;
use rig::{encode, lag, signal, wav};

const RATE: u32 = 48_000;
/// 5 ms.
const FADE: usize = 240;

/// Waits until the sound has gone back to the start of the range so many times.
fn play_rounds(player: &mut Player, rounds: usize) {
    let mut last = 0;
    let mut seams = 0;
    while seams < rounds {
        let event = player.wait(|event| matches!(event, Event::Position { .. }));
        let Event::Position { ms, .. } = event else { unreachable!() };
        seams += usize::from(ms < last);
        last = ms;
    }
}

/// How much of a sound at frame `n` of a round is left by its fades.
fn level(n: usize, round: usize, first: bool) -> f32 {
    let falling = (round - n) as f32 / FADE as f32;
    let rising = if first { 1.0 } else { n as f32 / FADE as f32 };
    rising.min(falling).min(1.0)
}

#[test]
fn every_round_is_as_long_as_the_range_and_holds_its_samples() {
    let whole = signal(RATE, 6);
    let mut player = Player::new(4);
    player.load(&wav(RATE, &whole), 0, None, false);
    player.engine.send(Order::Loop { from: 1200, until: 2437, at: 2000 });
    play_rounds(&mut player, 4);
    let heard = player.heard();
    let (first, round) = (437 * 48, 1237 * 48);
    for (n, sample) in heard.iter().enumerate().skip(300).take(first + 3 * round - 300) {
        let (made, level) = if n < first {
            (whole[2000 * 48 + n], level(n, first, true))
        } else {
            let n = (n - first) % round;
            (whole[1200 * 48 + n], level(n, round, false))
        };
        assert!((sample - made * level).abs() < 2e-3, "frame {n}: {sample}, {made} × {level}");
    }
}

#[test]
fn seams_do_not_click() {
    // A slow loud wave that a hard cut would break off at its top.
    let tone: Vec<f32> = (0..RATE * 4)
        .map(|n| (f64::from(n) * 110.0 * std::f64::consts::TAU / 48e3).cos() as f32 * 0.9)
        .collect();
    let mut player = Player::new(4);
    player.load(&wav(RATE, &tone), 0, None, false);
    player.engine.send(Order::Loop { from: 1001, until: 2004, at: 1001 });
    play_rounds(&mut player, 3);
    let heard = player.heard();
    let steepest = heard.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    // The wave itself rises by 0.013 a frame, a fade by 0.004; a hard cut jumps by up to 1.8.
    assert!(steepest < 0.02, "{steepest}");
}

#[test]
fn rounds_keep_their_length_at_any_speed_rate_and_codec() {
    let whole = signal(44_100, 8);
    let plain = wav(44_100, &whole);
    let mp3 = encode(&plain, "a.mp3", &["-c:a", "libmp3lame", "-q:a", "4"]);
    let m4a = encode(&plain, "a.m4a", &["-c:a", "aac", "-b:a", "96k"]);
    let cases = [
        (Some(&plain), 1.0),
        (Some(&plain), 0.5),
        (Some(&plain), 2.5),
        (mp3.as_ref(), 0.7_f32),
        (mp3.as_ref(), 3.0),
        (m4a.as_ref(), 0.5),
        (m4a.as_ref(), 3.0),
    ];
    for (file, speed) in cases.into_iter().filter_map(|(file, speed)| Some((file?, speed))) {
        let mut player = Player::new(8);
        player.engine.send(Order::Speed(speed));
        player.load(file, 0, None, false);
        player.engine.send(Order::Loop { from: 3000, until: 3900, at: 3000 });
        play_rounds(&mut player, 3);
        let heard = player.heard();
        // The first round is unlike the others where it fades in; the next two are alike.
        let round = (0.9 * 48e3 / f64::from(speed)).round() as usize;
        let part = &heard[round + 2400..2 * round - 2400];
        let (late, fit) = lag(part, &heard, 2 * round + 2400, 960);
        println!("{} bytes at {speed}: {late} frames off, fit {fit:.4}", file.len());
        assert!(late.abs() <= 1 && fit > 0.99, "at {speed}: {late} frames off, fit {fit}");
    }
}

#[test]
fn a_seek_ends_the_loop_and_plays_on() {
    let whole = signal(RATE, 4);
    let mut player = Player::new(4);
    player.load(&wav(RATE, &whole), 0, None, true);
    player.engine.send(Order::Loop { from: 1000, until: 2000, at: 1000 });
    play_rounds(&mut player, 1);
    // Even into the range: who jumps there wants to hear on.
    player.engine.send(Order::Seek { ms: 1500 });
    assert_eq!(player.wait_end(), 4000);
}

#[test]
fn a_range_without_an_end_forgets_the_one_before() {
    let whole = signal(RATE, 3);
    let mut player = Player::new(4);
    player.load(&wav(RATE, &whole), 1000, Some(2000), true);
    player.wait_for(PlayState::Playing);
    player.engine.send(Order::PlayRange { from: 500, until: None });
    assert_eq!(player.wait_end(), 3000);
}

#[test]
fn a_loop_holds_through_pauses_and_changes_of_speed() {
    let whole = signal(RATE, 4);
    let mut player = Player::new(4);
    player.load(&wav(RATE, &whole), 0, None, true);
    player.engine.send(Order::Loop { from: 1000, until: 2000, at: 1900 });
    player.wait_for(PlayState::Playing);
    player.engine.send(Order::Pause);
    player.wait_for(PlayState::Paused);
    player.engine.send(Order::Play);
    play_rounds(&mut player, 1);
    player.engine.send(Order::Speed(1.5));
    play_rounds(&mut player, 2);
    let outside = |event: &Event| matches!(event, Event::Position { ms, .. } if *ms > 2001);
    assert!(
        !player.seen.iter().any(|event| outside(event) || matches!(event, Event::Ended { .. }))
    );
}

#[test]
fn a_range_behind_the_recording_ends_instead_of_looping_without_sound() {
    let mut player = Player::new(4);
    player.load(&wav(RATE, &signal(RATE, 2)), 0, None, false);
    player.wait(|event| matches!(event, Event::Loaded { .. }));
    player.engine.send(Order::Loop { from: 5000, until: 6000, at: 5000 });
    assert_eq!(player.wait_end(), 2000);
}

#[test]
fn a_range_over_the_end_of_the_recording_loops_up_to_it() {
    let mut player = Player::new(4);
    player.load(&wav(RATE, &signal(RATE, 2)), 0, None, false);
    player.engine.send(Order::Loop { from: 1500, until: 9000, at: 1500 });
    play_rounds(&mut player, 3);
    assert!(player.events.recv_timeout(Duration::from_secs(2)).is_ok(), "it goes on");
}
