//! Faster and slower at the same pitch: WSOLA (Verhelst and Roelands 1993) on 30 ms Hann frames.
//!
//! Our own because the pure Rust crate of that name costs forty times as much, and because the
//! ideal read pointer is the exact map to the time in the recording.

use super::chain::Stage;
use super::resample::shorten;
use super::times::{Chunk, Times};

/// Frames of the signal the search goes through are this far apart.
const COARSE: usize = 4;

/// The speed step.
pub(crate) struct Stretcher {
    speed: f64,
    hop: usize,
    reach: usize,
    window: Vec<f32>,
    /// Interleaved sound from frame `base` on.
    input: Vec<f32>,
    /// The sum of both channels, every [`COARSE`]th frame smoothed.
    coarse: Vec<f32>,
    base: u64,
    taken: u64,
    given: u64,
    ideal: f64,
    last: Option<u64>,
    tail: Vec<f32>,
    times: Times,
}

impl Stretcher {
    /// Plays `speed` times as fast sound of `rate` Hz.
    pub(crate) fn new(rate: u32, speed: f64) -> Self {
        let hop = (rate as usize * 15 / 1000).max(COARSE * 4);
        let window = (0..hop)
            .map(|n| {
                let angle = std::f64::consts::FRAC_PI_2 * (n as f64 + 0.5) / hop as f64;
                (angle.sin() * angle.sin()) as f32
            })
            .collect();
        Self {
            speed: speed.clamp(0.25, 4.0),
            hop,
            reach: rate as usize * 12 / 1000,
            window,
            input: Vec::new(),
            coarse: Vec::new(),
            base: 0,
            taken: 0,
            given: 0,
            ideal: 0.0,
            last: None,
            tail: Vec::new(),
            times: Times::default(),
        }
    }

    /// Whether all frames around the ideal place are there.
    fn ready(&self) -> bool {
        let needed = self.ideal as u64 + (self.reach + 2 * self.hop + 2 * COARSE) as u64;
        let follow = self.last.map_or(0, |last| last + 2 * self.hop as u64);
        needed.max(follow) <= self.base + (self.input.len() / 2) as u64
    }

    /// Gives one hop of output.
    fn hop(&mut self, out: &mut Vec<Chunk>) {
        let chosen = self.choose();
        let from = (chosen - self.base) as usize * 2;
        let rising = self.input.get(from..from + self.hop * 2).unwrap_or_default();
        let first = self.tail.is_empty();
        let samples: Vec<f32> = if first {
            rising.to_vec()
        } else {
            let weights = self.window.iter().flat_map(|&weight| [weight, weight]);
            let mixed = rising.iter().zip(&self.tail).zip(weights);
            mixed.map(|((new, old), weight)| new * weight + old).collect()
        };
        let falling = self.input.get(from + self.hop * 2..from + self.hop * 4).unwrap_or_default();
        let weights = self.window.iter().rev().flat_map(|&weight| [weight, weight]);
        self.tail = falling.iter().zip(weights).map(|(sample, weight)| sample * weight).collect();
        let (time, step) = self.times.at(self.ideal);
        self.given += self.hop as u64;
        out.push(Chunk { samples, time, step: step * self.speed });
        self.last = Some(chosen);
        self.ideal += self.hop as f64 * self.speed;
        self.forget();
    }

    /// The frame near the ideal one that best continues what was given out last.
    fn choose(&self) -> u64 {
        let ideal = self.ideal as u64;
        let Some(last) = self.last else { return ideal };
        let low = ideal.saturating_sub(self.reach as u64).max(self.base);
        let high = ideal + self.reach as u64;
        let follow = (last + self.hop as u64 - self.base) as usize;
        let template = self.coarse.get(follow / COARSE..(follow + self.hop) / COARSE);
        let template = template.unwrap_or_default();
        let first = ((low - self.base) as usize).div_ceil(COARSE);
        let count = ((high - self.base) as usize / COARSE).saturating_sub(first) + 1;
        let field = self.coarse.get(first..).unwrap_or_default();
        let best = best_match(template, field, count) + first;
        self.refine(best * COARSE, follow, low)
    }

    /// The best frame within one coarse step, at the full rate.
    fn refine(&self, coarse: usize, follow: usize, low: u64) -> u64 {
        let mono = |from: usize, len: usize| -> Vec<f32> {
            let part = self.input.get(from * 2..(from + len) * 2).unwrap_or_default();
            part.chunks_exact(2).map(|frame| frame.iter().sum()).collect()
        };
        let lowest = (low - self.base) as usize;
        let from = coarse.saturating_sub(COARSE).max(lowest);
        let template = mono(follow, self.hop);
        let field = mono(from, self.hop + 2 * COARSE);
        self.base + (from + best_match(&template, &field, 2 * COARSE + 1)) as u64
    }

    fn forget(&mut self) {
        let follow = self.last.map_or(0, |last| last + self.hop as u64);
        let keep = (self.ideal as u64).saturating_sub(self.reach as u64 + 1).min(follow);
        let drop = keep.saturating_sub(self.base) as usize / COARSE * COARSE;
        if drop > self.hop * 8 {
            self.input.drain(..drop * 2);
            self.coarse.drain(..(drop / COARSE).min(self.coarse.len()));
            self.base += drop as u64;
            self.times.forget(self.base);
        }
    }

    fn take(&mut self, samples: &[f32]) {
        self.input.extend_from_slice(samples);
        let done = self.coarse.len() * COARSE * 2;
        let rest = self.input.get(done..).unwrap_or_default();
        let sums = rest.chunks_exact(COARSE * 2).map(|part| part.iter().sum::<f32>());
        self.coarse.extend(sums);
    }
}

impl Stage for Stretcher {
    fn feed(&mut self, chunk: Chunk, out: &mut Vec<Chunk>) {
        self.times.push(self.taken, chunk.time, chunk.step);
        self.taken += chunk.frames() as u64;
        self.take(&chunk.samples);
        while self.ready() {
            self.hop(out);
        }
    }

    fn finish(&mut self, out: &mut Vec<Chunk>) {
        let total = (self.taken as f64 / self.speed).round() as u64;
        let before = self.given;
        let mut tail = Vec::new();
        while self.given < total {
            if self.ready() {
                self.hop(&mut tail);
            } else {
                self.take(&vec![0.0; self.hop * 2]);
            }
        }
        shorten(&mut tail, total.saturating_sub(before) as usize);
        out.append(&mut tail);
    }
}

/// Which of the first `count` places in `field` is most like `template`: the highest
/// cross-correlation for the energy there.
fn best_match(template: &[f32], field: &[f32], count: usize) -> usize {
    let len = template.len();
    let mut best = (0, f32::MIN);
    let mut energy: f32 = field.iter().take(len).map(|sample| sample * sample).sum();
    for place in 0..count {
        let Some(part) = field.get(place..place + len) else { break };
        let product: f32 = part.iter().zip(template).map(|(one, other)| one * other).sum();
        let score = product / (energy.max(0.0) + 1e-6).sqrt();
        if score > best.1 {
            best = (place, score);
        }
        let gone = field.get(place).copied().unwrap_or(0.0);
        let come = field.get(place + len).copied().unwrap_or(0.0);
        energy += come * come - gone * gone;
    }
    best.0
}
