//! Evens out how loud recordings are: gated loudness after EBU R 128, measured while playing or
//! known beforehand, and a gain that moves too slowly to be heard.

use std::cell::RefCell;
use std::rc::Rc;

use ebur128::{EbuR128, Mode};

use super::chain::{Memory, Settings, Stage};
use super::times::Chunk;

/// Gain is kept within this many dB. A recording at −30 LUFS, as quiet as they come, needs 14.
const MOST_GAIN: f64 = 15.0;
/// dB per second that the gain moves while something is learned.
const SLEW: f64 = 1.0;
/// dB per second that the gain moves when the listener asked for it.
const HURRY: f64 = 40.0;
/// Blocks of 400 ms, one every 100 ms, that must not be silence before the gain moves: 3 s.
const ENOUGH: u64 = 27;
/// The gain moves in steps of that part of a second.
const STEPS: usize = 100;
/// The gain aimed at is thought over after so many steps.
const THINK: u32 = 10;

/// How loud a whole recording is, played in two channels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Integrated loudness after EBU R 128, in LUFS.
    pub lufs: f32,
    /// The highest true peak, in dB relative to full scale.
    pub peak: f32,
    /// The length of the file that was measured: one of another length is another recording.
    pub bytes: u64,
}

/// How loud the recording was so far, and the gain that came of it.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// If the whole recording was measured.
    pub(crate) known: Option<Loudness>,
    inner: Option<EbuR128>,
    /// dB.
    gain: f64,
}

impl Meter {
    /// Takes sound of two channels.
    fn add(&mut self, samples: &[f32], rate: u32) {
        if self.known.is_some() {
            return;
        }
        if self.inner.is_none() {
            // The histogram keeps the memory bounded, however long the recording is.
            self.inner = EbuR128::new(2, rate, Mode::I | Mode::HISTOGRAM).ok();
        }
        if let Some(inner) = self.inner.as_mut() {
            // Rates that it refuses are refused before they come here.
            let _ = inner.change_parameters(2, rate);
            let _ = inner.add_frames_f32(samples);
        }
    }

    /// Gated loudness in LUFS, once there is enough to tell.
    fn integrated(&self) -> Option<f64> {
        let known = self.known.map(|known| f64::from(known.lufs));
        known.or_else(|| {
            let inner = self.inner.as_ref()?;
            let (blocks, _) = inner.gating_block_count_and_energy()?;
            inner.loudness_global().ok().filter(|lufs| blocks >= ENOUGH && lufs.is_finite())
        })
    }

    /// The gain that brings the recording to `target` LUFS, in dB; 0 without a target, and as it
    /// is while too little is known.
    fn wanted(&self, target: Option<f64>) -> f64 {
        target.map_or(0.0, |target| {
            let needed = self.integrated().map(|lufs| target - lufs);
            needed.map_or(self.gain, |gain| gain.clamp(-MOST_GAIN, MOST_GAIN))
        })
    }
}

/// A gain in dB as a factor.
pub(crate) fn factor(decibels: f64) -> f32 {
    10_f64.powf(decibels / 20.0) as f32
}

/// Multiplies sound of two channels, from one factor to the other.
pub(crate) fn ramp(samples: &mut [f32], from: f32, to: f32) {
    let frames = (samples.len() / 2).max(1) as f32;
    for (at, frame) in samples.chunks_exact_mut(2).enumerate() {
        let gain = from + (to - from) * (at as f32 / frames);
        for sample in frame {
            *sample *= gain;
        }
    }
}

/// The loudness step.
pub(crate) struct Leveller {
    rate: u32,
    target: Option<f64>,
    memory: Rc<RefCell<Memory>>,
    /// In dB, now and in the end.
    gain: f64,
    wanted: f64,
    /// The listener waits for it.
    hurry: bool,
    steps: u32,
}

impl Leveller {
    /// For sound of `rate` Hz. Nothing was heard yet, so the gain is at once what it should be.
    pub(crate) fn new(rate: u32, settings: &Settings, memory: Rc<RefCell<Memory>>) -> Self {
        let target = settings.loudness;
        let wanted = memory.borrow().meter.wanted(target);
        Self { rate, target, memory, gain: wanted, wanted, hurry: false, steps: 0 }
    }

    fn step(&mut self, samples: &mut [f32]) {
        let mut memory = self.memory.borrow_mut();
        if self.target.is_some() {
            memory.meter.add(samples, self.rate);
        }
        if self.steps == 0 {
            self.wanted = memory.meter.wanted(self.target);
        }
        self.steps = (self.steps + 1) % THINK;
        let seconds = (samples.len() / 2) as f64 / f64::from(self.rate.max(1));
        let most = if self.hurry { HURRY } else { SLEW } * seconds;
        let from = factor(self.gain);
        self.gain += (self.wanted - self.gain).clamp(-most, most);
        self.hurry &= (self.wanted - self.gain).abs() > 1e-6;
        memory.meter.gain = self.gain;
        ramp(samples, from, factor(self.gain));
    }
}

impl Stage for Leveller {
    fn feed(&mut self, mut chunk: Chunk, out: &mut Vec<Chunk>) {
        if self.target.is_some() || self.gain.abs() > 1e-6 {
            let size = (self.rate as usize / STEPS).max(1) * 2;
            for part in chunk.samples.chunks_mut(size) {
                self.step(part);
            }
        }
        out.push(chunk);
    }

    fn adjust(&mut self, settings: &Settings, _: &mut Vec<Chunk>) {
        if self.target != settings.loudness {
            self.target = settings.loudness;
            (self.hurry, self.steps) = (true, 0);
        }
    }

    fn finish(&mut self, _: &mut Vec<Chunk>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    type Remembered = Rc<RefCell<Memory>>;

    fn to(target: Option<f64>) -> Settings {
        Settings { loudness: target, ..Settings::default() }
    }

    fn tone(amplitude: f32, seconds: usize) -> Chunk {
        let turn = 1000.0 * std::f32::consts::TAU / 48_000.0;
        let frame = |n: usize| [((n % 48_000) as f32 * turn).sin() * amplitude; 2];
        Chunk::new((0..48_000 * seconds).flat_map(frame).collect(), 0, 1e9 / 48e3)
    }

    fn level(memory: &Remembered, amplitude: f32, seconds: usize) -> Vec<f32> {
        let mut leveller = Leveller::new(48_000, &to(Some(-16.0)), Rc::clone(memory));
        let mut out = Vec::new();
        leveller.feed(tone(amplitude, seconds), &mut out);
        out.into_iter().flat_map(|chunk| chunk.samples).collect()
    }

    fn peak(samples: &[f32]) -> f32 {
        samples.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
    }

    #[test]
    fn quiet_sound_gets_louder_slowly_and_the_gain_is_remembered() {
        let memory = Remembered::default();
        // −26 dBFS in both channels are −26 LUFS: 10 dB are missing.
        let samples = level(&memory, 0.05, 15);
        let at = |second: usize| peak(&samples[second * 96_000..second * 96_000 + 9600]);
        assert!(at(2) < 0.051, "it begins as it is");
        let steps: Vec<f32> = (4..12).map(|second| at(second + 1) / at(second)).collect();
        assert!(steps.iter().all(|step| (1.0..1.125).contains(step)), "{steps:?}");
        assert!((peak(&samples[14 * 96_000..]) - 0.158).abs() < 0.003);
        assert!(
            (peak(&level(&memory, 0.05, 1)) - 0.158).abs() < 0.003,
            "the next run starts there"
        );
    }

    #[test]
    fn what_is_known_of_the_whole_recording_holds_from_the_first_sample() {
        let memory = Remembered::default();
        memory.borrow_mut().meter.known = Some(Loudness { lufs: -10.0, peak: 0.0, bytes: 0 });
        let samples = level(&memory, 0.05, 5);
        let expected = 0.05 * factor(-6.0);
        assert!((peak(&samples[..4800]) - expected).abs() < 1e-3);
        assert!((peak(&samples[4 * 96_000..]) - expected).abs() < 1e-3);
    }

    #[test]
    fn silence_teaches_nothing() {
        let memory = Remembered::default();
        level(&memory, 0.0001, 8);
        assert!(memory.borrow().meter.gain.abs() < f64::EPSILON);
    }

    #[test]
    fn other_targets_are_reached_within_half_a_second_without_a_jump() {
        let memory = Remembered::default();
        memory.borrow_mut().meter.known = Some(Loudness { lufs: -26.0, peak: -26.0, bytes: 0 });
        let mut leveller = Leveller::new(48_000, &to(None), Rc::clone(&memory));
        let mut heard = Vec::new();
        for target in [None, Some(-16.0), Some(-20.0), None] {
            let mut out = Vec::new();
            leveller.adjust(&to(target), &mut out);
            leveller.feed(tone(0.05, 1), &mut out);
            let expected = 0.05 * factor(target.map_or(0.0, |target| target + 26.0));
            let last = out.last().map(|chunk| peak(&chunk.samples[48_000..])).unwrap();
            assert!((last - expected).abs() < 1e-3, "{target:?}: {last}");
            heard.extend(out.into_iter().flat_map(|chunk| chunk.samples));
        }
        // The tone itself rises by 0.021 a frame at its loudest.
        assert!(heard.windows(3).all(|three| (three[2] - three[0]).abs() < 0.022));
    }
}
