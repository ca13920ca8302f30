//! Where in a recording a piece of sound comes from, measured quickly.

#![allow(dead_code, reason = "each test file uses its part of the rig")]
#![allow(clippy::unwrap_used, reason = "a rig that fails fails its test")]

use latetalk::audio::{MemoryMedia, Pcm, decode_range};

use crate::rig::{lag, left};

/// Places in ms, the same in every run: forward and backward at random, with both ends.
pub(crate) fn places(count: usize, below_ms: u64) -> Vec<u64> {
    let mut seed = 20_261_122_u64;
    let random = (0..count.saturating_sub(3)).map(move |_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below_ms
    });
    [0, below_ms, 1].into_iter().chain(random).collect()
}

/// Decodes a range; one channel of it.
pub(crate) fn cut(file: &[u8], from_ms: u64, until_ms: u64) -> (Pcm, Vec<f32>) {
    let media = Box::new(MemoryMedia::new(file.to_vec()));
    let pcm = decode_range(media, from_ms, until_ms)
        .unwrap_or_else(|err| unreachable!("{from_ms}..{until_ms}: {err}"));
    let one = left(&pcm.samples, pcm.channels.into());
    (pcm, one)
}

fn fit(heard: &[f32], whole: &[f32], place: isize) -> Option<f32> {
    let place = usize::try_from(place).ok()?;
    let part = whole.get(place..place + heard.len())?;
    let (mut product, mut one, mut two) = (0.0, 0.0, 0.0);
    for (a, b) in part.iter().zip(heard) {
        (product, one, two) = (product + a * b, one + a * a, two + b * b);
    }
    Some(product / (one * two).sqrt().max(1e-9))
}

/// By how many frames `heard` is late against `whole` from frame `at` on, and how well it fits
/// there. The lateness that is expected is tried first; only what is wrong is searched for.
pub(crate) fn late(heard: &[f32], whole: &[f32], at: usize, expected: isize) -> (isize, f32) {
    let place = at as isize - expected;
    let near = (-4..=4).filter_map(|off| Some((off, fit(heard, whole, place + off)?)));
    if let Some((off, fit)) = near.max_by(|a, b| a.1.total_cmp(&b.1))
        && off.abs() < 4
        && fit > 0.8
    {
        return (expected - off, fit);
    }
    lag(heard, whole, at, 4000)
}
