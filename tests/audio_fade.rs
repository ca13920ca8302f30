//! The slow fade before playback stops by itself: as smooth as it is slow and over when the sound is. Heard from the captured output.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use latetalk::audio::{Event, Leap, Order};
use player::Player;
use rig::wav;

const RATE: u32 = 48_000;

/// A steady tone.
fn tone(seconds: u32) -> Vec<f32> {
    let angle = |n: u32| f64::from(n) * 440.0 * std::f64::consts::TAU / 48e3;
    (0..RATE * seconds).map(|n| angle(n).sin() as f32 * 0.5).collect()
}

/// How loud each tenth of a second is.
fn loudness(heard: &[f32]) -> Vec<f32> {
    let rms = |part: &[f32]| (part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32).sqrt();
    heard.chunks_exact(4_800).map(rms).collect()
}

#[test]
fn with_the_end_of_a_chapter_the_sound_falls_and_ends_to_the_sample() {
    let mut player = Player::new(2);
    player.load(&wav(RATE, &tone(5)), 0, None, false);
    player.engine.send(Order::Leap(Some(Leap { at: 2_345, to: None })));
    player.engine.send(Order::Fade(Some(2_345)));
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 2_345);
    let heard = player.heard();
    assert!(heard.len().abs_diff(2_345 * 48) <= 1, "{} frames", heard.len());
    let loud = loudness(&heard);
    println!("loudness by tenths of a second: {loud:.4?}");
    assert!(loud.windows(2).skip(1).all(|two| two[1] < two[0]), "it only falls");
    assert!(loud[0] > 0.3 && loud[loud.len() - 1] < 0.001, "{loud:?}");
    // The tone itself rises by 0.029 a frame.
    let steepest = heard.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    assert!(steepest < 0.03, "{steepest}");
}

#[test]
fn who_is_awake_has_the_sound_back_within_a_second() {
    let mut player = Player::new(2);
    player.load(&wav(RATE, &tone(5)), 0, None, false);
    player.engine.send(Order::Fade(Some(500)));
    player.engine.send(Order::Play);
    player.wait(|event| matches!(event, Event::Position { ms, .. } if *ms >= 800));
    player.engine.send(Order::Fade(None));
    assert_eq!(player.wait_end(), 5_000);
    let loud = loudness(&player.heard());
    println!("loudness by tenths of a second: {loud:.3?}");
    let usual = 0.5 / 2.0_f32.sqrt();
    let quiet = |loud: &f32| *loud < usual / 100.0;
    let first = loud.iter().position(quiet).unwrap();
    let back = first + loud[first..].iter().position(|loud| !quiet(loud)).unwrap();
    let whole = back + loud[back..].iter().position(|loud| *loud > usual * 0.99).unwrap();
    assert!((4..=6).contains(&first), "silent after half a second: {first}");
    assert!((8..=10).contains(&(whole - back)), "back within a second: {back} to {whole}");
    assert!(loud[whole..loud.len() - 1].iter().all(|loud| *loud > usual * 0.98));
}
