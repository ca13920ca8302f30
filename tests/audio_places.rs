//! The same recording is entered again and again, forward and backward, through the whole engine.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails in a test fails the test, and it says what it measured"
)]

#[path = "audio_rig/place.rs"]
mod place;
#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use latetalk::audio::{Event, Order};
use place::{late, places};
use player::Player;
use rig::{encode, signal, strength, wav};

const RATE: u32 = 48_000;
const LENGTH: usize = 5;
/// Milliseconds that are heard at each place.
const PIECE: u64 = 60;

/// One of every family, at the rate of the output.
const KINDS: [(&str, &[&str]); 9] = [
    ("a.wav", &[]),
    ("a.mp3", &["-c:a", "libmp3lame", "-q:a", "5"]),
    ("a.m4a", &["-c:a", "aac"]),
    ("f.m4a", &["-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov+delay_moov"]),
    ("a.ogg", &["-c:a", "libvorbis"]),
    ("a.opus", &["-c:a", "libopus"]),
    ("a.flac", &["-c:a", "flac"]),
    ("a.mka", &["-c:a", "flac"]),
    ("a.caf", &["-c:a", "pcm_s16be"]),
];

#[test]
fn one_open_recording_is_entered_at_twenty_places() {
    let whole = signal(RATE, LENGTH);
    let mut worst = 0;
    for (name, options) in KINDS {
        let Some(file) = encode(&wav(RATE, &whole), name, options) else { return };
        let mut player = Player::new(50);
        player.load(&file, 0, None, false);
        player.wait(|event| matches!(event, Event::Loaded { .. }));
        let places: Vec<u64> = places(20, LENGTH as u64 * 1000 - 200).into_iter().skip(1).collect();
        for &from in &places {
            player.engine.send(Order::PlayRange { from, until: Some(from + PIECE) });
            assert_eq!(player.wait_end(), from + PIECE, "{name}");
        }
        let heard = player.heard();
        let frames = PIECE as usize * 48;
        assert_eq!(heard.len(), places.len() * frames, "{name}");
        for (piece, &from) in heard.chunks(frames).zip(&places) {
            // Both ends are faded.
            let skip = if from < 50 { 1500 } else { 480 };
            let piece = &piece[skip..frames - 480];
            let (off, fit) = late(piece, &whole, from as usize * 48 + skip, 0);
            assert!(off.abs() <= 2 && fit > 0.8, "{name} at {from} ms: {off} frames, {fit:.2}");
            worst = worst.max(off.abs());
        }
    }
    println!("off by {worst} frames of 48 kHz at most");
}

#[test]
fn a_jump_while_paused_is_exact_in_every_family() {
    let whole = signal(RATE, LENGTH);
    for (name, options) in KINDS {
        let Some(file) = encode(&wav(RATE, &whole), name, options) else { return };
        let mut player = Player::new(50);
        player.load(&file, 0, None, false);
        player.wait(|event| matches!(event, Event::Loaded { .. }));
        for ms in [4000, 321, 4567] {
            player.engine.send(Order::Seek { ms });
            player.wait(|event| matches!(event, Event::Position { ms: now, .. } if *now == ms));
        }
        player.engine.send(Order::Play);
        let end = player.wait_end();
        assert!(end.abs_diff(LENGTH as u64 * 1000) <= 30, "{name}: {end}");
        let heard = player.heard();
        let (off, fit) = late(&heard[480..9_600], &whole, 4567 * 48 + 480, 0);
        assert!(off.abs() <= 2 && fit > 0.8, "{name}: {off} frames, {fit:.2}");
    }
}

#[test]
fn the_right_second_is_heard_at_any_speed() {
    let whole = signal(RATE, LENGTH);
    for (name, options) in KINDS.iter().take(3) {
        let Some(file) = encode(&wav(RATE, &whole), name, options) else { return };
        for speed in [0.5, 2.0, 3.0_f32] {
            let mut player = Player::new(40);
            player.engine.send(Order::Speed(speed));
            player.load(&file, 0, None, false);
            for second in [3, 1, 4_u64] {
                let (from, until) = (second * 1000 + 200, second * 1000 + 700);
                player.engine.send(Order::PlayRange { from, until: Some(until) });
                assert!(player.wait_end().abs_diff(until) <= 1, "{name}");
            }
            let heard = player.heard();
            let piece = heard.len() / 3;
            assert!(piece.abs_diff((500.0 * 48.0 / speed) as usize) <= 48, "{name} {piece}");
            for (piece, second) in heard.chunks(piece).zip([3, 1, 4]) {
                let tone = |second: u32| strength(piece, RATE, f64::from(300 + 40 * second));
                let loudest = (0..5).max_by(|&a, &b| tone(a).total_cmp(&tone(b)));
                assert_eq!(loudest, Some(second), "{name} at {speed}×");
            }
        }
    }
}
