//! Which plain tone is heard: the Goertzel filter (Goertzel 1958), one frequency at a time.

use std::f64::consts::TAU;

/// A tone counts as heard when it holds this share of the energy.
const CLEAR: f64 = 0.8;

/// Below this mean amplitude nothing is heard.
const SILENCE: f64 = 0.004;

/// The tones that open the chapters of the welcome show, in Hz, by episode (see
/// `assets/welcome/make/script.py`). No two chapters share one.
pub const WELCOME: [&[u32]; 3] = [
    &[440, 554, 659, 784, 880, 988, 1109],
    &[1245, 1397, 1568, 1760, 1976],
    &[494, 622, 740, 1047, 1175],
];

/// The share (0 to 1) of the samples' energy that a sine of `hz` holds; 1 is that tone alone.
pub fn share(samples: &[f32], rate: u32, hz: u32) -> f64 {
    let energy: f64 = samples.iter().map(|&v| f64::from(v).powi(2)).sum();
    if energy <= 0.0 {
        return 0.0;
    }
    2.0 * power(samples.iter().map(|&v| f64::from(v)), rate, hz) / (samples.len() as f64 * energy)
}

/// Squared magnitude of the spectrum of `samples` at `hz`.
pub fn power(samples: impl Iterator<Item = f64>, rate: u32, hz: u32) -> f64 {
    let turn = 2.0 * (TAU * f64::from(hz) / f64::from(rate)).cos();
    let (mut last, mut before) = (0.0, 0.0);
    for v in samples {
        (last, before) = (v + turn * last - before, last);
    }
    last * last + before * before - turn * last * before
}

/// Whether anything can be heard in the samples.
pub fn is_silent(samples: &[f32]) -> bool {
    let energy: f64 = samples.iter().map(|&v| f64::from(v).powi(2)).sum();
    samples.is_empty() || (energy / samples.len() as f64).sqrt() < SILENCE
}

/// The candidate that is clearly heard alone in all of the samples. Give it at least 50 ms;
/// candidates nearer to each other than 1 / length are not told apart.
pub fn which_tone(samples: &[f32], rate: u32, candidates: &[u32]) -> Option<u32> {
    if is_silent(samples) {
        return None;
    }
    candidates
        .iter()
        .map(|&hz| (hz, share(samples, rate, hz)))
        .filter(|&(_, share)| share >= CLEAR)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(hz, _)| hz)
}

/// The first window of 0.2 s that holds one of the candidates alone: (sample it starts at, Hz).
/// The tone itself starts up to 40 ms earlier or later.
pub fn first_tone(samples: &[f32], rate: u32, candidates: &[u32]) -> Option<(usize, u32)> {
    let window = rate as usize / 5;
    let step = rate as usize / 50;
    (0..)
        .map(|n| n * step)
        .map_while(|at| samples.get(at..at + window).map(|part| (at, part)))
        .find_map(|(at, part)| which_tone(part, rate, candidates).map(|hz| (at, hz)))
}
