//! Any rate to the output's, by `rubato`'s FFT resampler, without its delay.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler};

use super::chain::Stage;
use super::times::{Chunk, Place, Times};

/// Frames taken at once.
const CHUNK: usize = 1024;

/// The resampling step.
pub(crate) struct Resample {
    inner: Fft<f32>,
    ratio: f64,
    input: Vec<f32>,
    taken: u64,
    given: u64,
    /// Frames of delay still to be dropped.
    early: usize,
    times: Times,
}

impl Resample {
    /// From one rate to another in Hz; `None` if the library knows no way.
    pub(crate) fn new(from: u32, to: u32) -> Option<Self> {
        let inner = Fft::new(from as usize, to as usize, CHUNK, 2, FixedSync::Input).ok()?;
        Some(Self {
            early: inner.output_delay(),
            inner,
            ratio: f64::from(to) / f64::from(from),
            input: Vec::new(),
            taken: 0,
            given: 0,
            times: Times::default(),
        })
    }

    /// Resamples the first `valid` frames of the input, silence after them.
    fn block(&mut self, valid: usize, out: &mut Vec<Chunk>) {
        let needed = self.inner.input_frames_next();
        self.input.resize(self.input.len().max(needed * 2), 0.0);
        let room = self.inner.output_frames_max();
        let mut samples = vec![0.0; room * 2];
        let written = {
            let input = InterleavedSlice::new(&self.input, 2, needed);
            let output = InterleavedSlice::new_mut(&mut samples, 2, room);
            let (Ok(input), Ok(mut output)) = (input, output) else { return };
            let partial = Indexing::new().partial_len(valid);
            let indexing = (valid < needed).then_some(&partial);
            self.inner.process_into_buffer(&input, &mut output, indexing).map_or(0, |done| done.1)
        };
        self.input.drain(..needed.min(valid) * 2);
        samples.truncate(written * 2);
        let drop = self.early.min(written);
        self.early -= drop;
        samples.drain(..drop * 2);
        self.give(samples, out);
    }

    /// Gives sound in pieces of even pace.
    fn give(&mut self, mut samples: Vec<f32>, out: &mut Vec<Chunk>) {
        while !samples.is_empty() {
            let from = self.given as f64 / self.ratio;
            let even = (self.times.even(from) as f64 * self.ratio).ceil().max(1.0);
            let frames = (even as usize).min(samples.len() / 2);
            let rest = samples.split_off(frames * 2);
            let place = self.times.at(from);
            let step = place.step / self.ratio;
            out.push(Chunk::at(Place { step, ..place }, samples));
            self.given += frames as u64;
            samples = rest;
        }
        self.times.forget((self.given as f64 / self.ratio) as u64);
    }
}

impl Stage for Resample {
    fn feed(&mut self, chunk: Chunk, out: &mut Vec<Chunk>) {
        self.times.push(self.taken, &chunk);
        self.taken += chunk.frames() as u64;
        self.input.extend(chunk.samples);
        while self.input.len() / 2 >= self.inner.input_frames_next() {
            self.block(self.inner.input_frames_next(), out);
        }
    }

    fn finish(&mut self, out: &mut Vec<Chunk>) {
        let total = (self.taken as f64 * self.ratio).round() as u64;
        let mut tail = Vec::new();
        // Each round gives frames; the bound only guards against a resampler that gives none.
        for _ in 0..self.inner.output_delay() / 256 + 16 {
            let have: usize = tail.iter().map(Chunk::frames).sum();
            if self.given >= total {
                let excess = (self.given - total) as usize;
                shorten(&mut tail, have.saturating_sub(excess));
                break;
            }
            self.block((self.input.len() / 2).min(self.inner.input_frames_next()), &mut tail);
        }
        out.append(&mut tail);
    }
}

/// Keeps the first `frames` of the chunks.
fn shorten(chunks: &mut Vec<Chunk>, mut frames: usize) {
    for chunk in chunks.iter_mut() {
        let keep = frames.min(chunk.frames());
        chunk.samples.truncate(keep * 2);
        frames -= keep;
    }
    chunks.retain(|chunk| !chunk.samples.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_place_of_an_impulse_are_kept() {
        for (from, to) in [(44_100, 48_000), (22_050, 48_000), (96_000, 48_000), (44_099, 48_000)] {
            let mut samples = vec![0.0; from as usize * 2];
            samples[from as usize / 2 * 2] = 1.0;
            let mut resample = Resample::new(from, to).unwrap();
            let mut out = Vec::new();
            for part in samples.chunks(1300) {
                let time = (resample.taken as f64 * 1e9 / f64::from(from)) as i64;
                let step = 1e9 / f64::from(from);
                resample.feed(Chunk::new(part.to_vec(), time, step), &mut out);
            }
            resample.finish(&mut out);
            let frames: usize = out.iter().map(Chunk::frames).sum();
            assert_eq!(frames, to as usize, "{from} to {to}");
            let all: Vec<f32> = out.iter().flat_map(|chunk| chunk.samples.clone()).collect();
            let peak = (0..frames).max_by(|&a, &b| all[a * 2].total_cmp(&all[b * 2])).unwrap();
            assert!(peak.abs_diff(to as usize / 2) <= 1, "{from} to {to}: {peak}");
            let last = out.last().unwrap();
            let end = last.time as f64 + last.step * last.frames() as f64;
            assert!((end - 1e9).abs() < 50_000.0, "{end}");
        }
    }
}
