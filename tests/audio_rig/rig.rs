//! Recordings made on the spot, and ways to tell which part of them is heard.

#![allow(dead_code, reason = "each test file uses its part of the rig")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a rig that fails fails its test")]

use std::io::Write;
use std::process::{Command, Stdio};

use latetalk::audio::{MemoryMedia, Order, Pcm, write_wav};

/// Sound that is different at every moment: soft noise, and a tone that changes every second.
pub(crate) fn signal(rate: u32, seconds: usize) -> Vec<f32> {
    let (mut seed, mut low, mut lower) = (1_u32, 0.0_f32, 0.0_f32);
    (0..rate as usize * seconds)
        .map(|n| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
            low += (noise - low) * 0.25;
            lower += (low - lower) * 0.25;
            let tone = 300.0 + 40.0 * (n / rate as usize % 30) as f64;
            let angle = std::f64::consts::TAU * tone * n as f64 / f64::from(rate);
            lower * 0.5 + angle.sin() as f32 * 0.25
        })
        .collect()
}

/// A mono WAV file.
pub(crate) fn wav(rate: u32, samples: &[f32]) -> Vec<u8> {
    wav_of(&Pcm { rate, channels: 1, samples: samples.to_vec() })
}

/// A WAV file.
pub(crate) fn wav_of(pcm: &Pcm) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_wav(&mut bytes, pcm).unwrap();
    bytes
}

/// The order to play a recording from its start to its end.
pub(crate) fn whole(file: Vec<u8>) -> Order {
    Order::Load {
        ticket: 1,
        media: Box::new(MemoryMedia::new(file)),
        start_ms: 0,
        until_ms: None,
        play: true,
        duration_hint_ms: None,
        loudness: None,
    }
}

/// Encodes with `ffmpeg`; `None`, and a line that says so, where there is none.
pub(crate) fn encode(wav: &[u8], name: &str, options: &[&str]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.wav"), folder.path().join(name));
    std::fs::File::create(&input).unwrap().write_all(wav).unwrap();
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y", "-i"])
        .arg(&input)
        .args(options)
        .args(["-fflags", "+bitexact", "-flags", "+bitexact"])
        .arg(&output)
        .stdin(Stdio::null())
        .status();
    match status {
        Ok(status) => {
            assert!(status.success(), "ffmpeg could not write {name} with {options:?}");
            Some(std::fs::read(output).unwrap())
        }
        Err(err) => {
            println!("skipped: no ffmpeg for {name} ({err})");
            None
        }
    }
}

/// One channel of interleaved samples.
pub(crate) fn left(samples: &[f32], channels: usize) -> Vec<f32> {
    samples.iter().step_by(channels).copied().collect()
}

/// By how many frames `heard` is late against `whole` from frame `at` on: the place within
/// `reach` where they fit best, and how well (1 is the same sound).
pub(crate) fn lag(heard: &[f32], whole: &[f32], at: usize, reach: usize) -> (isize, f32) {
    let score = |place: usize, step: usize| {
        let part = whole.get(place..place + heard.len())?;
        let (mut product, mut one, mut two) = (0.0, 0.0, 0.0);
        for (a, b) in part.iter().zip(heard).step_by(step) {
            (product, one, two) = (product + a * b, one + a * a, two + b * b);
        }
        Some(product / (one * two).sqrt().max(1e-9))
    };
    let best = |from: usize, to: usize, step: usize| {
        let places = (from..=to).step_by(step);
        let scored = places.filter_map(|place| Some((place, score(place, step)?)));
        scored.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
    };
    // The noise is soft enough for every third frame to show the way.
    let (near, _) = best(at.saturating_sub(reach), at + reach, 3);
    let (place, fit) = best(near.saturating_sub(4), near + 4, 1);
    // Sound from an earlier place of the whole is late.
    (at as isize - place as isize, fit)
}

/// How strong a tone is in the samples (Goertzel).
pub(crate) fn strength(samples: &[f32], rate: u32, tone: f64) -> f64 {
    let turn = std::f64::consts::TAU * tone / f64::from(rate);
    let (mut one, mut two) = (0.0, 0.0);
    for &sample in samples {
        let next = f64::from(sample) + 2.0 * turn.cos() * one - two;
        (two, one) = (one, next);
    }
    (one * one + two * two - 2.0 * turn.cos() * one * two).max(0.0).sqrt() / samples.len() as f64
}
