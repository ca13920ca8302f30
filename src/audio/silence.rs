//! Shortens silence: pauses of 300 ms and more keep their first and last 100 ms.
//!
//! What counts as silent follows the recording: frames of 10 ms are compared with how loud the
//! quietest and the loudest of the last ten seconds were, so that a noisy room is trimmed too and
//! a soft consonant is not.

use std::collections::VecDeque;

use super::chain::Stage;
use super::times::Chunk;

/// Frames of 10 ms kept at either end of a pause.
const EDGE: usize = 10;
/// Frames of a pause that is shortened.
const SHORTEST: usize = 30;
/// Frames that are remembered: 10 s.
const MEMORY: usize = 1000;
/// Frames that must be known before anything is called silent: 1 s.
const ENOUGH: usize = 100;

/// The step that shortens silence.
pub(crate) struct Trimmer {
    size: usize,
    input: Chunk,
    levels: VecDeque<f32>,
    threshold: f32,
    until_update: usize,
    /// Silent frames so far, given out or not.
    quiet: usize,
    held: VecDeque<Chunk>,
    /// The frame after the last one given out, if what followed it was dropped.
    cut: Option<Vec<f32>>,
}

impl Trimmer {
    /// For sound of `rate` Hz.
    pub(crate) fn new(rate: u32) -> Self {
        Self {
            size: (rate as usize / 100).max(1),
            input: Chunk::default(),
            levels: VecDeque::new(),
            threshold: f32::MIN,
            until_update: 0,
            quiet: 0,
            held: VecDeque::new(),
            cut: None,
        }
    }

    fn frame(&mut self, frame: Chunk, out: &mut Vec<Chunk>) {
        let level = decibels(&frame.samples);
        self.remember(level);
        if level >= self.threshold {
            self.release(out);
            self.quiet = 0;
            out.push(frame);
            return;
        }
        self.quiet += 1;
        if self.quiet <= EDGE {
            out.push(frame);
            return;
        }
        self.held.push_back(frame);
        // From the 300th millisecond on only the end of the pause is still wanted.
        if self.quiet > SHORTEST && self.held.len() > EDGE {
            let dropped = self.held.pop_front();
            self.cut = self.cut.take().or(dropped.map(|chunk| chunk.samples));
            while self.held.len() > EDGE {
                self.held.pop_front();
            }
        }
    }

    fn release(&mut self, out: &mut Vec<Chunk>) {
        if let (Some(old), Some(first)) = (self.cut.take(), self.held.front_mut()) {
            let frames = first.frames().max(1) as f32;
            for (place, (new, old)) in first.samples.iter_mut().zip(old).enumerate() {
                let weight = ((place / 2) as f32 + 0.5) / frames;
                *new = *new * weight + old * (1.0 - weight);
            }
        }
        out.extend(self.held.drain(..));
    }

    fn remember(&mut self, level: f32) {
        self.levels.push_back(level);
        if self.levels.len() > MEMORY {
            self.levels.pop_front();
        }
        if self.levels.len() < ENOUGH {
            return;
        }
        if self.until_update == 0 {
            self.until_update = 10;
            let mut sorted: Vec<f32> = self.levels.iter().copied().collect();
            sorted.sort_by(f32::total_cmp);
            let at = |part: usize| sorted.get(sorted.len() * part / 100).copied().unwrap_or(0.0);
            let (low, high) = (at(10), at(95));
            self.threshold = (low + 6.0).max(high - 35.0).max(-70.0).min(high - 20.0);
        }
        self.until_update -= 1;
    }
}

/// Root mean square in dB below full scale, at least −120.
fn decibels(samples: &[f32]) -> f32 {
    let energy: f32 = samples.iter().map(|sample| sample * sample).sum();
    10.0 * (energy / samples.len().max(1) as f32).max(1e-12).log10()
}

impl Stage for Trimmer {
    fn feed(&mut self, mut chunk: Chunk, out: &mut Vec<Chunk>) {
        let wanted = self.size * 2;
        while !chunk.samples.is_empty() {
            if self.input.samples.is_empty() {
                (self.input.time, self.input.step) = (chunk.time, chunk.step);
            }
            let count = (wanted - self.input.samples.len()).min(chunk.samples.len());
            self.input.samples.extend(chunk.samples.drain(..count));
            chunk.time = chunk.time.saturating_add((count as f64 / 2.0 * chunk.step) as i64);
            if self.input.samples.len() == wanted {
                let frame = std::mem::take(&mut self.input);
                self.frame(frame, out);
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<Chunk>) {
        self.release(out);
        let rest = std::mem::take(&mut self.input);
        if !rest.samples.is_empty() {
            out.push(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs `parts` of (ms, amplitude) through and tells how many ms are left, and the times.
    fn trimmed(parts: &[(usize, f32)]) -> (usize, Vec<Chunk>) {
        let mut trimmer = Trimmer::new(8000);
        let (mut out, mut frame, mut seed) = (Vec::new(), 0_usize, 1_u32);
        for &(ms, amplitude) in parts {
            let samples = (0..ms * 16).map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed as f32 / u32::MAX as f32 - 0.5) * amplitude
            });
            let samples: Vec<f32> = samples.collect();
            for part in samples.chunks(1152) {
                let time = frame as i64 * 125_000;
                trimmer.feed(Chunk { samples: part.to_vec(), time, step: 125_000.0 }, &mut out);
                frame += part.len() / 2;
            }
        }
        trimmer.finish(&mut out);
        (out.iter().map(Chunk::frames).sum::<usize>() / 8, out)
    }

    #[test]
    fn long_pauses_are_cut_and_times_jump_with_them() {
        let (left, out) = trimmed(&[(2000, 0.5), (1000, 0.001), (500, 0.5)]);
        assert!(left.abs_diff(2700) <= 20, "{left}");
        let last = out.last().unwrap();
        assert!((last.time - 3_490_000_000).abs() < 1_000_000, "{}", last.time);
    }

    #[test]
    fn short_pauses_and_even_noise_stay() {
        assert_eq!(trimmed(&[(2000, 0.5), (250, 0.001), (500, 0.5)]).0, 2750);
        assert_eq!(trimmed(&[(4000, 0.1)]).0, 4000);
        assert_eq!(trimmed(&[(3000, 0.0)]).0, 3000);
    }
}
