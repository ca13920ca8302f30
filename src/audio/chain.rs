//! From decoded blocks to what the output takes: silence, speed, loudness, voice, rate, peaks, in
//! this order.
//!
//! All steps are always there and let sound pass untouched while they are not wanted, so that what
//! the listener changes needs no seam: each step knows how to go over to it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use super::block::{Block, Nanos, SECOND};
use super::limiter::Limiter;
use super::loudness::{Leveller, Meter};
use super::resample::Resample;
use super::silence::{Floor, Trimmer};
use super::stretch::Stretcher;
use super::times::Chunk;
use super::voice::Voice;

/// How much silence is shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trim {
    /// Not at all.
    #[default]
    Off,
    /// Only long pauses, and they stay pauses.
    Gentle,
    /// Longer ones than separate sentences.
    Medium,
    /// All that can go without hurting words.
    Strong,
}

/// What the listener chose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Settings {
    /// 0.5–3.
    pub(crate) speed: f64,
    pub(crate) trim: Trim,
    /// In LUFS.
    pub(crate) loudness: Option<f64>,
    pub(crate) voice_boost: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { speed: 1.0, trim: Trim::Off, loudness: None, voice_boost: false }
    }
}

/// What the listener chose, shared between who hears of it and who decodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dial(Arc<Mutex<Settings>>);

impl Dial {
    pub(crate) fn set(&self, settings: Settings) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    pub(crate) fn get(&self) -> Settings {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known about a recording from what was heard of it, kept from run to run.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) floor: Floor,
    pub(crate) meter: Meter,
}

/// One step of the chain.
pub(crate) trait Stage {
    /// Takes sound in, gives sound out as far as it can.
    fn feed(&mut self, chunk: Chunk, out: &mut Vec<Chunk>);

    /// Goes over to other settings with what is fed next; may give out what it held back.
    fn adjust(&mut self, _settings: &Settings, _out: &mut Vec<Chunk>) {}

    /// Gives out what it held back; nothing is fed after that.
    fn finish(&mut self, out: &mut Vec<Chunk>);
}

/// The steps for one run.
pub(crate) struct Chain {
    settings: Settings,
    output_rate: u32,
    memory: Rc<RefCell<Memory>>,
    rate: u32,
    stages: Vec<Box<dyn Stage>>,
    /// How much silence was left out so far, and before these stages began.
    saved: Nanos,
    saved_before: Nanos,
}

impl Chain {
    /// A chain to `output_rate`.
    pub(crate) fn new(settings: Settings, output_rate: u32, memory: Rc<RefCell<Memory>>) -> Self {
        Self {
            settings,
            output_rate,
            memory,
            rate: 0,
            stages: Vec::new(),
            saved: 0,
            saved_before: 0,
        }
    }

    /// Goes over to other settings.
    pub(crate) fn adjust(&mut self, settings: Settings) -> Vec<Chunk> {
        let mut out = Vec::new();
        if self.settings != settings {
            self.settings = settings;
            for index in 0..self.stages.len() {
                let mut held = Vec::new();
                if let Some(stage) = self.stages.get_mut(index) {
                    stage.adjust(&settings, &mut held);
                }
                out.extend(self.pass(index + 1, held));
            }
            self.saved = out.last().map_or(self.saved, |last| last.saved);
        }
        out
    }

    /// Sends a block through.
    pub(crate) fn feed(&mut self, block: Block) -> Vec<Chunk> {
        let mut out = Vec::new();
        if block.rate != self.rate {
            // Pieces of other rates follow each other without a gap.
            out = self.finish();
            self.rate = block.rate;
            self.stages = self.build();
            self.saved_before = self.saved;
        }
        let step = SECOND as f64 / f64::from(block.rate.max(1));
        let mut chunk = Chunk::new(Vec::new(), block.start, step);
        chunk.saved = self.saved_before;
        chunk.samples = block.into_stereo();
        for sample in &mut chunk.samples {
            *sample = sane(*sample);
        }
        out.extend(self.pass(0, vec![chunk]));
        self.saved = out.last().map_or(self.saved, |last| last.saved);
        out
    }

    /// What all steps held back.
    pub(crate) fn finish(&mut self) -> Vec<Chunk> {
        let mut out = Vec::new();
        for index in 0..self.stages.len() {
            let mut held = Vec::new();
            if let Some(stage) = self.stages.get_mut(index) {
                stage.finish(&mut held);
            }
            out.extend(self.pass(index + 1, held));
        }
        self.stages.clear();
        self.rate = 0;
        self.saved = out.last().map_or(self.saved, |last| last.saved);
        out
    }

    fn pass(&mut self, first: usize, chunks: Vec<Chunk>) -> Vec<Chunk> {
        self.stages.iter_mut().skip(first).fold(chunks, |chunks, stage| {
            let mut out = Vec::new();
            for chunk in chunks {
                stage.feed(chunk, &mut out);
            }
            out
        })
    }

    fn build(&self) -> Vec<Box<dyn Stage>> {
        let (rate, settings) = (self.rate, &self.settings);
        let memory = || Rc::clone(&self.memory);
        let mut stages: Vec<Box<dyn Stage>> = vec![
            Box::new(Trimmer::new(rate, settings.trim, memory())),
            Box::new(Stretcher::new(rate, settings.speed)),
            Box::new(Leveller::new(rate, settings, memory())),
            Box::new(Voice::new(rate, settings)),
        ];
        if rate != self.output_rate
            && let Some(resample) = Resample::new(rate, self.output_rate)
        {
            stages.push(Box::new(resample));
        }
        // Last, for a resampler makes new peaks.
        stages.push(Box::new(Limiter::new(self.output_rate, settings)));
        stages
    }
}

/// Files of floats may hold anything; what is not a number, or louder than 18 dB above full scale,
/// would stay in the filters for good. What is 180 dB below it is nothing: processors count slowly with
/// the smallest numbers.
pub(crate) fn sane(sample: f32) -> f32 {
    if (1e-9..f32::INFINITY).contains(&sample.abs()) { sample.clamp(-8.0, 8.0) } else { 0.0 }
}

#[cfg(test)]
mod loud;
#[cfg(test)]
mod tests;
