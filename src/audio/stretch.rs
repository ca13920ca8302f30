//! Faster and slower at the same pitch: WSOLA (Verhelst and Roelands 1993) on 30 ms Hann frames.
//!
//! Our own because the pure Rust crate of that name costs forty times as much, and because the
//! ideal read pointer is the exact map to the time in the recording. The speed changes from one
//! hop of 15 ms to the next, without a seam; at 1 the sound passes untouched.

use super::chain::{Settings, Stage};
use super::times::{Chunk, Place, Times};

mod search;

use search::{COARSE, best_match};

/// The speed step.
pub(crate) struct Stretcher {
    speed: f64,
    hop: usize,
    reach: usize,
    window: Vec<f32>,
    /// Whether frames are overlapped; else sound passes as it comes.
    active: bool,
    /// Interleaved sound from frame `base` on.
    input: Vec<f32>,
    /// The sum of both channels, every [`COARSE`]th frame smoothed.
    coarse: Vec<f32>,
    base: u64,
    taken: u64,
    /// So much of the input the output stands for.
    edge: f64,
    /// The input that would go on most naturally.
    follow: u64,
    /// That input, fading out; empty before the first frame.
    tail: Vec<f32>,
    times: Times,
}

impl Stretcher {
    /// For sound of `rate` Hz.
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
            active: false,
            input: Vec::new(),
            coarse: Vec::new(),
            base: 0,
            taken: 0,
            edge: 0.0,
            follow: 0,
            tail: Vec::new(),
            times: Times::default(),
        }
    }

    fn changes(&self) -> bool {
        (self.speed - 1.0).abs() > 1e-3
    }

    fn end(&self) -> u64 {
        self.base + (self.input.len() / 2) as u64
    }

    /// Where the next frame should begin: after its first hop the output stands for `speed` hops
    /// more of the input.
    fn ideal(&self) -> f64 {
        self.edge + (self.speed - 1.0) * self.hop as f64
    }

    /// Whether all frames around the ideal place are there.
    fn ready(&self) -> bool {
        let needed = self.ideal() + (self.reach + 2 * self.hop + 2 * COARSE) as f64;
        let follow = self.follow + 2 * self.hop as u64;
        needed.max(follow as f64) <= self.end() as f64
    }

    /// Begins to overlap where the sound stands.
    fn enter(&mut self) {
        self.active = true;
        (self.base, self.follow, self.edge) = (self.taken, self.taken, self.taken as f64);
    }

    /// Lets the sound go on as it is. What is heard last may be up to 12 ms from where it ideally
    /// were; its time catches up within what is given out here.
    fn leave(&mut self, out: &mut Vec<Chunk>) {
        let from = (self.follow.saturating_sub(self.base) as usize * 2).min(self.input.len());
        let rest = self.input.split_off(from);
        let (place, end) = (self.times.at(self.edge), self.times.at(self.end_of(&rest)));
        let step = (end.time - place.time).max(0) as f64 / (rest.len() / 2).max(1) as f64;
        if !rest.is_empty() {
            out.push(Chunk::at(Place { step, ..place }, rest));
        }
        self.active = false;
        self.input.clear();
        self.coarse.clear();
        self.tail.clear();
        self.base = self.taken;
    }

    fn end_of(&self, rest: &[f32]) -> f64 {
        self.follow as f64 + (rest.len() / 2) as f64
    }

    /// Gives one hop of output, from frames that begin at `last` at the latest.
    fn hop(&mut self, last: u64, out: &mut Vec<Chunk>) {
        if self.tail.is_empty() {
            self.tail = self.falling(self.follow);
        }
        let chosen = self.choose(last);
        let from = (chosen - self.base) as usize * 2;
        let rising = self.input.get(from..from + self.hop * 2).unwrap_or_default();
        let weights = self.window.iter().flat_map(|&weight| [weight, weight]);
        let mixed = rising.iter().zip(&self.tail).zip(weights);
        let samples = mixed.map(|((new, old), weight)| new * weight + old).collect();
        self.follow = chosen + self.hop as u64;
        self.tail = self.falling(self.follow);
        let place = self.times.at(self.edge);
        out.push(Chunk::at(Place { step: place.step * self.speed, ..place }, samples));
        self.edge += self.hop as f64 * self.speed;
        self.forget();
    }

    fn falling(&self, from: u64) -> Vec<f32> {
        let from = (from - self.base) as usize * 2;
        let falling = self.input.get(from..from + self.hop * 2).unwrap_or_default();
        let weights = self.window.iter().rev().flat_map(|&weight| [weight, weight]);
        falling.iter().zip(weights).map(|(sample, weight)| sample * weight).collect()
    }

    /// The frame near the ideal one that best continues what was given out last.
    fn choose(&self, last: u64) -> u64 {
        let last = last.max(self.base);
        let ideal = (self.ideal().max(0.0) as u64).clamp(self.base, last);
        let low = ideal.saturating_sub(self.reach as u64).max(self.base);
        let high = (ideal + self.reach as u64).min(last);
        let follow = (self.follow - self.base) as usize;
        let template = self.coarse.get(follow / COARSE..(follow + self.hop) / COARSE);
        let template = template.unwrap_or_default();
        let first = ((low - self.base) as usize).div_ceil(COARSE);
        let count = ((high - self.base) as usize / COARSE).saturating_sub(first) + 1;
        let field = self.coarse.get(first..).unwrap_or_default();
        let wanted = ((ideal - self.base) as usize / COARSE).saturating_sub(first);
        let best = best_match(template, field, count, wanted) + first;
        self.refine(best * COARSE, follow, low).min(last)
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
        let best = best_match(&template, &field, 2 * COARSE + 1, coarse.saturating_sub(from));
        self.base + (from + best) as u64
    }

    fn forget(&mut self) {
        let lag = (self.reach + 2 * self.hop) as u64;
        let keep = (self.edge as u64).saturating_sub(lag).min(self.follow);
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
        if !self.active && self.changes() {
            self.enter();
        }
        if !self.active {
            self.taken += chunk.frames() as u64;
            out.push(chunk);
            return;
        }
        self.times.push(self.taken, &chunk);
        self.taken += chunk.frames() as u64;
        self.take(&chunk.samples);
        while self.ready() {
            self.hop(u64::MAX, out);
        }
    }

    fn adjust(&mut self, settings: &Settings, out: &mut Vec<Chunk>) {
        self.speed = settings.speed.clamp(0.25, 4.0);
        if self.active && !self.changes() {
            self.leave(out);
        }
    }

    fn finish(&mut self, out: &mut Vec<Chunk>) {
        if !self.active {
            return;
        }
        let mut wanted = ((self.taken as f64 - self.edge) / self.speed).round().max(0.0) as usize;
        // The fade into the last frame ends where the sound does.
        let last = self.taken.saturating_sub(self.hop as u64);
        while wanted > 0 {
            if !self.ready() {
                self.take(&vec![0.0; self.hop * 2]);
                continue;
            }
            let mut given = Vec::new();
            self.hop(last, &mut given);
            for mut chunk in given {
                let chunk = chunk.split(wanted);
                wanted -= chunk.frames();
                out.push(chunk);
            }
        }
    }
}

#[cfg(test)]
mod tests;
