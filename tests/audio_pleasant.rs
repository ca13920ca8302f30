//! What is heard when pauses are shortened and settings change while something plays: captured from
//! the output and measured.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use latetalk::audio::{Event, Leap, Loudness, MemoryMedia, Order, Trim};
use player::Player;
use rig::{lag, signal, wav};

const RATE: u32 = 48_000;
const SECOND: usize = RATE as usize;

/// Sound with silence in these stretches of seconds.
fn talk(seconds: usize, pauses: &[(usize, usize)]) -> Vec<f32> {
    let mut talk = signal(RATE, seconds);
    for &(from, to) in pauses {
        talk[from * SECOND..to * SECOND].fill(0.0);
    }
    talk
}

fn trimming(player: &mut Player, sound: &[f32], trim: Trim) {
    player.engine.send(Order::TrimSilence(trim));
    player.load(&wav(RATE, sound), 0, None, false);
}

fn last_saved(seen: &[Event]) -> u64 {
    let saved = seen.iter().rev().find_map(|event| match event {
        Event::Saved { ms, .. } => Some(*ms),
        _ => None,
    });
    saved.unwrap_or(0)
}

#[test]
fn what_was_saved_is_what_was_not_heard() {
    let sound = talk(8, &[(2, 4), (5, 6)]);
    let mut player = Player::new(4);
    trimming(&mut player, &sound, Trim::Medium);
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 8000);
    let mut saved = 0;
    for event in &player.seen {
        match event {
            Event::Saved { ticket: 7, ms } => saved = *ms,
            // What is decoded ahead was not heard yet.
            Event::Position { ms, .. } if *ms < 2000 => assert_eq!(saved, 0),
            Event::Position { ms, .. } if (4200..5000).contains(ms) => {
                assert!(saved.abs_diff(1800) <= 20, "{saved} at {ms}");
            }
            _ => {}
        }
    }
    let total = last_saved(&player.seen);
    let heard = player.heard().len();
    assert!(total.abs_diff(2600) <= 40, "{total}");
    assert!((heard + total as usize * 48).abs_diff(sound.len()) <= 48, "{heard} {total}");
}

#[test]
fn a_range_that_ends_in_a_pause_ends_there() {
    let sound = talk(8, &[(2, 5)]);
    let mut player = Player::new(4);
    trimming(&mut player, &sound, Trim::Strong);
    player.engine.send(Order::PlayRange { from: 500, until: Some(3456) });
    assert_eq!(player.wait_end(), 3456);
    let saved = last_saved(&player.seen);
    player.engine.send(Order::PlayRange { from: 4321, until: Some(6000) });
    assert_eq!(player.wait_end(), 6000);
    let total = last_saved(&player.seen);
    let heard = player.heard();
    let first = (3456 - 500 - saved) as usize * 48;
    let second = (6000 - 4321 - (total - saved)) as usize * 48;
    assert!(heard.len().abs_diff(first + second) <= 96, "{} {first} {second}", heard.len());
    // Of the second range what was said is there to its end, which is faded.
    let part = &heard[heard.len() - SECOND / 2 - 480..heard.len() - 480];
    assert_eq!(lag(part, &sound, 6 * SECOND - SECOND / 2 - 480, 480).0, 0);
}

#[test]
fn a_passage_that_begins_in_a_pause_is_left_out_even_if_the_pause_was_decoded_long_ago() {
    let sound = talk(16, &[(2, 12)]);
    for (at, to) in [(9_000, 14_000), (2_500, 13_000)] {
        let mut player = Player::new(2);
        trimming(&mut player, &sound, Trim::Medium);
        player.engine.send(Order::Play);
        player.wait(|event| matches!(event, Event::Position { ms, .. } if *ms > 1_700));
        player.engine.send(Order::Leap(Some(Leap { at, to: Some(to) })));
        assert_eq!(player.wait_end(), 16_000);
        let saved = last_saved(&player.seen);
        let heard = player.heard();
        let whole = heard.len() as u64 / 48 + saved + to - at;
        // Where the order begins a new run a few milliseconds are heard twice.
        assert!(whole.abs_diff(16_000) < 120, "{whole}: {saved} saved");
        let rest = (16_000 - to) as usize * 48;
        assert!(heard.len() < 2 * SECOND + rest + SECOND / 2, "{at}: {}", heard.len());
        let part = &heard[heard.len() - rest + 480..heard.len() - rest + 480 + SECOND / 2];
        assert_eq!(lag(part, &sound, to as usize * 48 + 480, 480).0, 0, "{at}");
    }
}

#[test]
fn seeks_land_where_they_should_while_pauses_are_shortened() {
    let sound = talk(12, &[(2, 4), (6, 7)]);
    let mut player = Player::new(4);
    trimming(&mut player, &sound, Trim::Strong);
    for ms in [3_500_u64, 500, 8_250, 6_100] {
        player.engine.send(Order::Seek { ms });
        let told = player.wait(|event| matches!(event, Event::Position { .. }));
        assert_eq!(told, Event::Position { ticket: 7, ms, estimated: false });
    }
    player.engine.send(Order::PlayRange { from: 8_250, until: None });
    assert_eq!(player.wait_end(), 12_000);
    let heard = player.heard();
    assert_eq!(heard.len(), 3_750 * 48);
    assert_eq!(lag(&heard[480..480 + SECOND / 2], &sound, 8_250 * 48 + 480, 480).0, 0);
}

#[test]
fn changes_while_it_plays_lose_and_repeat_nothing() {
    let sound = signal(RATE, 10);
    let mut player = Player::new(2);
    player.load(&wav(RATE, &sound), 0, None, true);
    player.wait(|event| matches!(event, Event::Position { ms, .. } if *ms > 300));
    // Each of these used to begin a new run, with a fade and some sound twice.
    for order in [
        Order::VoiceBoost(true),
        Order::Loudness(Some(-20.0)),
        Order::VoiceBoost(false),
        Order::Loudness(None),
        Order::TrimSilence(Trim::Gentle),
        Order::TrimSilence(Trim::Off),
    ] {
        player.engine.send(order);
        for _ in 0..3 {
            player.wait(|event| matches!(event, Event::Position { .. }));
        }
    }
    assert_eq!(player.wait_end(), 10_000);
    let heard = player.heard();
    assert_eq!(heard.len(), sound.len(), "not a frame too many or too few");
    let last = heard.len() - SECOND..heard.len() - 480;
    let same = heard[last.clone()].iter().zip(&sound[last]);
    assert!(same.into_iter().all(|(one, other)| (one - other).abs() < 2e-3));
}

#[test]
fn what_changes_while_it_is_paused_holds_from_the_next_sample() {
    let sound = signal(RATE, 6);
    let mut player = Player::new(4);
    player.load(&wav(RATE, &sound), 0, None, false);
    player.wait(|event| matches!(event, Event::Loaded { .. }));
    player.engine.send(Order::Speed(2.0));
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 6000);
    assert_eq!(player.heard().len(), sound.len() / 2);
}

/// A tone that is at so many LUFS in both channels (1 kHz, so about as many dB below full scale).
fn tone(lufs: f32, seconds: usize) -> Vec<f32> {
    let (turn, level) = (std::f32::consts::TAU / 48.0, 10_f32.powf(lufs / 20.0));
    (0..SECOND * seconds).map(|n| ((n % 48) as f32 * turn).sin() * level).collect()
}

fn peak(sound: &[f32]) -> f32 {
    sound.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
}

#[test]
fn a_whole_recording_is_measured_once_and_sounds_right_from_its_first_sample() {
    let file = wav(RATE, &[tone(-26.0, 8), vec![0.0; SECOND * 4], tone(-26.0, 2)].concat());
    let mut player = Player::new(4);
    player.engine.send(Order::Loudness(Some(-20.0)));
    player.load(&file, 0, None, true);
    let told = player.wait(|event| matches!(event, Event::Loudness { .. }));
    let Event::Loudness { ticket: 7, loudness } = told else { panic!("{told:?}") };
    assert!((loudness.lufs + 26.0).abs() < 0.3, "silence does not count: {loudness:?}");
    assert!((loudness.peak + 26.0).abs() < 0.3, "{loudness:?}");
    assert_eq!(loudness.bytes, file.len() as u64);
    drop(player);
    let first_second = |known: Loudness| {
        let mut player = Player::new(8);
        player.engine.send(Order::Loudness(Some(-20.0)));
        player.engine.send(Order::Load {
            ticket: 7,
            media: Box::new(MemoryMedia::new(file.clone())),
            start_ms: 0,
            until_ms: Some(1500),
            play: true,
            duration_hint_ms: None,
            loudness: Some(known),
        });
        assert_eq!(player.wait_end(), 1500);
        peak(&player.heard()[SECOND / 2..SECOND])
    };
    assert!((first_second(loudness) - 0.1).abs() < 0.004);
    let other = Loudness { bytes: loudness.bytes + 1, ..loudness };
    assert!((first_second(other) - 0.05).abs() < 0.002, "what is known is of another recording");
}

#[test]
fn who_wants_no_loudness_has_nothing_measured() {
    let mut player = Player::new(8);
    player.load(&wav(RATE, &tone(-26.0, 4)), 0, None, true);
    assert_eq!(player.wait_end(), 4000);
    assert!(!player.seen.iter().any(|event| matches!(event, Event::Loudness { .. })));
}
