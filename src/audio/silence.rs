//! Shortens silence: pauses from some length on keep their ends.
//!
//! What counts as silent follows the recording (see [`Floor`]), so that a noisy room is trimmed too
//! and a soft consonant is not.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::block::Nanos;
use super::chain::{Memory, Settings, Stage, Trim};
use super::times::Chunk;

mod floor;

pub(crate) use floor::Floor;

/// What is done to a pause, in frames of 10 ms.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// Pauses that are shorter stay.
    shortest: usize,
    /// So much is kept after what was said, for it fades away.
    after: usize,
    /// So much is kept before what is said next, for words may begin softly.
    before: usize,
}

impl Cut {
    fn of(trim: Trim) -> Option<Self> {
        match trim {
            Trim::Off => None,
            Trim::Gentle => Some(Self { shortest: 60, after: 15, before: 15 }),
            Trim::Medium => Some(Self { shortest: 30, after: 10, before: 10 }),
            // Stops such as [t] and [k] are silent for up to 150 ms.
            Trim::Strong => Some(Self { shortest: 18, after: 5, before: 5 }),
        }
    }
}

/// The step that shortens silence.
pub(crate) struct Trimmer {
    /// Frames in 10 ms.
    size: usize,
    cut: Option<Cut>,
    memory: Rc<RefCell<Memory>>,
    input: Chunk,
    /// Silent frames so far, given out or not.
    quiet: usize,
    held: VecDeque<Chunk>,
    /// The frame after the last one given out, if what followed it was dropped.
    dropped: Option<Vec<f32>>,
    saved: Nanos,
}

impl Trimmer {
    /// For sound of `rate` Hz.
    pub(crate) fn new(rate: u32, trim: Trim, memory: Rc<RefCell<Memory>>) -> Self {
        Self {
            size: (rate as usize / 100).max(1),
            cut: Cut::of(trim),
            memory,
            input: Chunk::default(),
            quiet: 0,
            held: VecDeque::new(),
            dropped: None,
            saved: 0,
        }
    }

    fn frame(&mut self, frame: Chunk, cut: Cut, out: &mut Vec<Chunk>) {
        if self.memory.borrow_mut().floor.hears(decibels(&frame.samples)) {
            self.release(out);
            self.give(frame, out);
            return;
        }
        self.quiet += 1;
        if self.quiet <= cut.after && self.held.is_empty() {
            self.give(frame, out);
            return;
        }
        self.held.push_back(frame);
        // From now on only the end of the pause is still wanted.
        while self.quiet >= cut.shortest && self.held.len() > cut.before {
            let Some(gone) = self.held.pop_front() else { break };
            self.saved += (gone.frames() as f64 * gone.step).round() as Nanos;
            self.dropped.get_or_insert(gone.samples);
        }
    }

    /// The pause is over.
    fn release(&mut self, out: &mut Vec<Chunk>) {
        self.quiet = 0;
        if let (Some(old), Some(first)) = (self.dropped.take(), self.held.front_mut()) {
            let frames = first.frames().max(1) as f32;
            for (place, (new, old)) in first.samples.iter_mut().zip(old).enumerate() {
                let weight = ((place / 2) as f32 + 0.5) / frames;
                *new = *new * weight + old * (1.0 - weight);
            }
        }
        while let Some(frame) = self.held.pop_front() {
            self.give(frame, out);
        }
    }

    fn give(&self, frame: Chunk, out: &mut Vec<Chunk>) {
        out.push(Chunk { saved: frame.saved.saturating_add(self.saved), ..frame });
    }

    /// Everything that waits.
    fn flush(&mut self, out: &mut Vec<Chunk>) {
        self.release(out);
        let rest = std::mem::take(&mut self.input);
        if !rest.samples.is_empty() {
            self.give(rest, out);
        }
    }
}

/// Root mean square in dB below full scale, at least −120.
fn decibels(samples: &[f32]) -> f32 {
    let energy: f32 = samples.iter().map(|sample| sample * sample).sum();
    10.0 * (energy / samples.len().max(1) as f32).max(1e-12).log10()
}

impl Stage for Trimmer {
    fn feed(&mut self, mut chunk: Chunk, out: &mut Vec<Chunk>) {
        let Some(cut) = self.cut else {
            self.give(chunk, out);
            return;
        };
        while !chunk.samples.is_empty() {
            let missing = self.size.saturating_sub(self.input.frames());
            self.input.append(chunk.split(missing));
            if self.input.frames() == self.size {
                let frame = std::mem::take(&mut self.input);
                self.frame(frame, cut, out);
            }
        }
    }

    fn adjust(&mut self, settings: &Settings, out: &mut Vec<Chunk>) {
        self.cut = Cut::of(settings.trim);
        if self.cut.is_none() {
            self.flush(out);
        }
    }

    fn finish(&mut self, out: &mut Vec<Chunk>) {
        self.flush(out);
    }
}

#[cfg(test)]
mod talk;
#[cfg(test)]
mod tests;
