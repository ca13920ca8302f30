//! Keeps true peaks below −1 dB: peaks between samples are looked for at four times the rate
//! (ITU-R BS.1770-4, annex 2), the gain is down before a peak comes, and up again soon after it.

use std::collections::VecDeque;

use super::chain::{Settings, Stage};
use super::times::{Chunk, Times};

mod peaks;

use peaks::Peaks;

/// −1 dB below full scale, and a little for what lies between the quarters of a sample.
const CEILING: f32 = 0.891 * 0.994;
/// How long before a peak the gain begins to fall, in parts of a second.
const AHEAD: u32 = 200;
/// How long it takes to come back most of the way, in parts of a second.
const RELEASE: f32 = 20.0;
/// How long the ceiling takes to come down when limiting begins while playing: 50 ms.
const ARRIVAL: f32 = 20.0;

/// The limiting step.
pub(crate) struct Limiter {
    rate: f32,
    on: bool,
    /// Sound is held back; else it passes as it comes.
    active: bool,
    /// How much of the limiting is called for: 0–1.
    part: f32,
    peaks: Peaks,
    /// Frames the gain looks ahead.
    window: usize,
    /// The lowest gains needed within the window, with the frames that need them.
    lowest: VecDeque<(u64, f32)>,
    release: f32,
    /// The last gains, whose mean is applied.
    gains: VecDeque<f32>,
    sum: f64,
    /// Gains that were found, frames that were taken and given.
    found: u64,
    taken: u64,
    given: u64,
    held: Vec<f32>,
    times: Times,
}

impl Limiter {
    /// For sound of `rate` Hz.
    pub(crate) fn new(rate: u32, settings: &Settings) -> Self {
        let window = (rate / AHEAD).max(1) as usize;
        let on = wanted(settings);
        Self {
            rate: rate.max(1) as f32,
            on,
            active: false,
            part: if on { 1.0 } else { 0.0 },
            peaks: Peaks::new(CEILING),
            window,
            lowest: VecDeque::new(),
            release: 1.0,
            gains: VecDeque::new(),
            sum: 0.0,
            found: 0,
            taken: 0,
            given: 0,
            held: Vec::new(),
            times: Times::default(),
        }
    }

    fn enter(&mut self) {
        self.active = true;
        self.peaks = Peaks::new(CEILING);
        self.lowest.clear();
        self.gains = std::iter::repeat_n(1.0, self.window).collect();
        (self.release, self.sum) = (1.0, self.window as f64);
        (self.found, self.given) = (self.taken, self.taken);
    }

    /// The gain that frame needs whose peak this is, and what comes of it for the sound held back.
    fn limit(&mut self, peak: f32) {
        let need = if peak > CEILING { (CEILING / peak).powf(self.part) } else { 1.0 };
        while self.lowest.back().is_some_and(|(_, other)| *other >= need) {
            self.lowest.pop_back();
        }
        self.lowest.push_back((self.found, need));
        while self.lowest.front().is_some_and(|(at, _)| at + self.window as u64 <= self.found) {
            self.lowest.pop_front();
        }
        self.found += 1;
        let lowest = self.lowest.front().map_or(1.0, |(_, need)| *need);
        let risen = self.release + (1.0 - self.release) * (RELEASE / self.rate);
        self.release = lowest.min(risen);
        self.gains.push_back(self.release);
        let gone = self.gains.pop_front().unwrap_or(1.0);
        self.sum += f64::from(self.release) - f64::from(gone);
    }

    /// The gain for the frame that is a window behind.
    fn gain(&self) -> f32 {
        (self.sum / self.window as f64).min(1.0) as f32
    }

    /// Takes the peak of the next frame, and applies the gain to the next of those held back.
    fn settle(&mut self, peak: f32, ready: &mut usize) {
        self.limit(peak);
        if self.found >= self.given + (*ready + self.window) as u64 {
            let gain = self.gain();
            for sample in self.held.iter_mut().skip(*ready * 2).take(2) {
                *sample *= gain;
            }
            *ready += 1;
        }
    }

    /// Gives frames that are settled, in pieces of even pace.
    fn give(&mut self, mut frames: usize, out: &mut Vec<Chunk>) {
        while frames > 0 {
            let even = self.times.even(self.given as f64).min(frames as u64) as usize;
            let rest = self.held.split_off((even * 2).min(self.held.len()));
            let samples = std::mem::replace(&mut self.held, rest);
            out.push(Chunk::at(self.times.at(self.given as f64), samples));
            self.given += even as u64;
            frames -= even;
        }
        self.times.forget(self.given);
    }

    /// Settles all that is held; silence follows it.
    fn drain(&mut self, out: &mut Vec<Chunk>) {
        let mut ready = 0;
        while ready * 2 < self.held.len() {
            if let Some(peak) = self.peaks.next([0.0; 2]) {
                self.settle(peak, &mut ready);
            }
        }
        self.give(ready, out);
        self.active = false;
    }

    fn idle(&self) -> bool {
        !self.on && self.part <= 0.0 && self.sum > self.window as f64 * 0.999
    }
}

fn wanted(settings: &Settings) -> bool {
    settings.loudness.is_some() || settings.voice_boost
}

impl Stage for Limiter {
    fn feed(&mut self, chunk: Chunk, out: &mut Vec<Chunk>) {
        if self.active && self.idle() {
            self.drain(out);
        }
        if !self.active && self.on {
            self.enter();
        }
        let frames = chunk.frames() as u64;
        if !self.active {
            self.taken += frames;
            out.push(chunk);
            return;
        }
        self.times.push(self.taken, &chunk);
        self.taken += frames;
        self.held.extend_from_slice(&chunk.samples);
        let aim = if self.on { 1.0 } else { 0.0 };
        let mut ready = 0;
        for frame in chunk.samples.chunks_exact(2) {
            if let [left, right] = frame {
                self.part += (aim - self.part).clamp(-ARRIVAL / self.rate, ARRIVAL / self.rate);
                if let Some(peak) = self.peaks.next([*left, *right]) {
                    self.settle(peak, &mut ready);
                }
            }
        }
        self.give(ready, out);
    }

    fn adjust(&mut self, settings: &Settings, _: &mut Vec<Chunk>) {
        self.on = wanted(settings);
    }

    fn finish(&mut self, out: &mut Vec<Chunk>) {
        if self.active {
            self.drain(out);
        }
    }
}

#[cfg(test)]
mod tests;
