//! From decoded blocks to what the output takes: silence, speed, loudness, rate, in this order.

use std::cell::RefCell;
use std::rc::Rc;

use super::block::{Block, SECOND};
use super::loudness::{Leveller, Meter};
use super::resample::Resample;
use super::silence::Trimmer;
use super::stretch::Stretcher;
use super::times::Chunk;

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

/// One step of the chain.
pub(crate) trait Stage {
    /// Takes sound in, gives sound out as far as it can.
    fn feed(&mut self, chunk: Chunk, out: &mut Vec<Chunk>);

    /// Gives out what it held back; nothing is fed after that.
    fn finish(&mut self, out: &mut Vec<Chunk>);
}

/// The steps for one run.
pub(crate) struct Chain {
    settings: Settings,
    output_rate: u32,
    meter: Rc<RefCell<Meter>>,
    rate: u32,
    stages: Vec<Box<dyn Stage>>,
}

impl Chain {
    /// A chain to `output_rate`; `meter` remembers how loud the recording is from run to run.
    pub(crate) fn new(settings: Settings, output_rate: u32, meter: Rc<RefCell<Meter>>) -> Self {
        Self { settings, output_rate, meter, rate: 0, stages: Vec::new() }
    }

    /// Sends a block through.
    pub(crate) fn feed(&mut self, block: Block) -> Vec<Chunk> {
        let mut out = Vec::new();
        if block.rate != self.rate {
            // Pieces of other rates follow each other without a gap.
            out = self.finish();
            self.rate = block.rate;
            self.stages = self.build();
        }
        let step = SECOND as f64 / f64::from(block.rate.max(1));
        let chunk = Chunk { time: block.start, step, samples: block.into_stereo() };
        out.extend(self.pass(0, vec![chunk]));
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
        let mut stages: Vec<Box<dyn Stage>> = Vec::new();
        if self.settings.trim != Trim::Off {
            stages.push(Box::new(Trimmer::new(self.rate)));
        }
        if (self.settings.speed - 1.0).abs() > 1e-3 {
            stages.push(Box::new(Stretcher::new(self.rate, self.settings.speed)));
        }
        if self.settings.loudness.is_some() {
            stages.push(Box::new(Leveller::new(self.rate, Rc::clone(&self.meter))));
        }
        if self.rate != self.output_rate
            && let Some(resample) = Resample::new(self.rate, self.output_rate)
        {
            stages.push(Box::new(resample));
        }
        stages
    }
}
