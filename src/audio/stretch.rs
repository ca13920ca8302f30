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
        // A hop fades from the end of the last frame, which ran on at the recording's own pace, to
        // the new one; so does the time.
        let behind = if first { 0.0 } else { (self.speed - 1.0) * self.hop as f64 };
        let (time, step) = self.times.at((self.ideal - behind).max(0.0));
        self.given += self.hop as u64;
        let pace = if first { 1.0 } else { self.speed };
        out.push(Chunk { samples, time, step: step * pace });
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
        let wanted = ((ideal - self.base) as usize / COARSE).saturating_sub(first);
        let best = best_match(template, field, count, wanted) + first;
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
        let best = best_match(&template, &field, 2 * COARSE + 1, coarse - from);
        self.base + (from + best) as u64
    }

    fn forget(&mut self) {
        let follow = self.last.map_or(0, |last| last + self.hop as u64);
        let lag = (self.reach + 3 * self.hop) as u64;
        let keep = (self.ideal as u64).saturating_sub(lag).min(follow);
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
/// cross-correlation for the energy there. Where nothing tells places apart, as in silence, it is
/// the `wanted` one, so that no sound is skipped.
fn best_match(template: &[f32], field: &[f32], count: usize, wanted: usize) -> usize {
    let len = template.len();
    let (mut best, mut at_wanted) = ((0, f32::MIN), f32::MIN);
    let mut energy: f32 = field.iter().take(len).map(|sample| sample * sample).sum();
    for place in 0..count {
        let Some(part) = field.get(place..place + len) else { break };
        let product: f32 = part.iter().zip(template).map(|(one, other)| one * other).sum();
        let score = product / (energy.max(0.0) + 1e-6).sqrt();
        if place == wanted {
            at_wanted = score;
        }
        if score > best.1 {
            best = (place, score);
        }
        let gone = field.get(place).copied().unwrap_or(0.0);
        let come = field.get(place + len).copied().unwrap_or(0.0);
        energy += come * come - gone * gone;
    }
    if best.1 <= at_wanted + 1e-5 { wanted } else { best.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 16_000;

    /// Clicks every half second, stretched: where they are then, in seconds, with the time of the
    /// recording that belongs there.
    fn clicks(speed: f64) -> (usize, Vec<(f64, f64)>) {
        let mut stretcher = Stretcher::new(RATE, speed);
        let mut out = Vec::new();
        let samples: Vec<f32> = (0..RATE as usize * 4)
            .flat_map(|n| {
                let since = n % (RATE as usize / 2);
                let click = (since as f32 * 1.1).sin() * (-(since as f32) / 40.0).exp();
                [click, click]
            })
            .collect();
        let step = 1e9 / f64::from(RATE);
        for (index, part) in samples.chunks(1000).enumerate() {
            let time = (index as f64 * 500.0 * step) as i64;
            stretcher.feed(Chunk { samples: part.to_vec(), time, step }, &mut out);
        }
        stretcher.finish(&mut out);
        let mut found: Vec<(f64, f64)> = Vec::new();
        let mut frame = 0;
        for chunk in &out {
            for place in 0..chunk.frames() {
                let now = f64::from(frame) / f64::from(RATE);
                if chunk.samples[place * 2] > 0.5
                    && found.last().is_none_or(|last| now > last.0 + 0.05)
                {
                    found.push((now, (chunk.time as f64 + place as f64 * chunk.step) / 1e9));
                }
                frame += 1;
            }
        }
        (frame as usize, found)
    }

    #[test]
    fn the_length_is_exact_and_times_are_those_of_what_is_heard() {
        for speed in [0.5, 0.8, 1.25, 2.0, 3.0] {
            let (frames, found) = clicks(speed);
            let expected = (f64::from(RATE) * 4.0 / speed).round() as usize;
            assert_eq!(frames, expected, "{speed}");
            // At twice the speed a lone click between two frames may be faded out.
            assert!(found.len() >= if speed < 2.0 { 7 } else { 4 }, "{speed}: {found:?}");
            for (heard, time) in found {
                let nearest = (time * 2.0).round() / 2.0;
                // The search may move sound by up to 12 ms of the recording.
                assert!((time - nearest).abs() < 0.016, "{speed}: {heard} {time}");
            }
        }
    }

    #[test]
    fn both_channels_stay_apart() {
        let mut stretcher = Stretcher::new(RATE, 1.7);
        let mut out = Vec::new();
        let samples = (0..RATE).flat_map(|n| [(n as f32 * 0.2).sin(), 0.0]).collect();
        stretcher.feed(Chunk { samples, time: 0, step: 62_500.0 }, &mut out);
        stretcher.finish(&mut out);
        assert!(out.iter().flat_map(|chunk| chunk.samples.chunks(2)).all(|frame| frame[1] == 0.0));
        assert_eq!(best_match(&[0.0; 4], &[0.0; 9], 5, 2), 2);
    }
}
