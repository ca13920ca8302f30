//! Evens out how loud recordings are: gated loudness after ITU-R BS.1770-4, slow gain, limiter.

use std::cell::RefCell;
use std::f64::consts::PI;
use std::rc::Rc;

use super::chain::Stage;
use super::times::Chunk;

/// Wanted loudness in LUFS.
const TARGET: f64 = -16.0;
/// Gain is kept within this many dB.
const MOST_GAIN: f64 = 12.0;
/// dB per tenth of a second that the gain may move.
const SLEW: f64 = 0.1;
/// Loudness blocks (400 ms, one every 100 ms) needed before the gain moves: 3 s.
const ENOUGH: usize = 30;
/// Blocks that are remembered: ten minutes.
const MEMORY: usize = 6000;
/// −1 dB below full scale.
const CEILING: f32 = 0.891;

/// How loud the recording was so far, and the gain that came of it.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    blocks: Vec<f64>,
    oldest: usize,
    recent: [f64; 4],
    filled: usize,
    gain: f64,
}

impl Meter {
    /// Takes the weighted mean square of 100 ms and moves the gain (in dB).
    fn tenth(&mut self, power: f64) {
        self.recent.rotate_left(1);
        self.recent[3] = power;
        self.filled += 1;
        if self.filled < 4 {
            return;
        }
        let block = self.recent.iter().sum::<f64>() / 4.0;
        if loudness(block) > -70.0 {
            if self.blocks.len() < MEMORY {
                self.blocks.push(block);
            } else if let Some(slot) = self.blocks.get_mut(self.oldest % MEMORY) {
                *slot = block;
                self.oldest += 1;
            }
        }
        if let Some(integrated) = self.integrated() {
            let wanted = (TARGET - integrated).clamp(-MOST_GAIN, MOST_GAIN);
            self.gain += (wanted - self.gain).clamp(-SLEW, SLEW);
        }
    }

    /// Gated loudness in LUFS, once there is enough to tell.
    fn integrated(&self) -> Option<f64> {
        if self.blocks.len() < ENOUGH {
            return None;
        }
        let gate = loudness(mean(self.blocks.iter().copied())?) - 10.0;
        mean(self.blocks.iter().copied().filter(|&block| loudness(block) > gate)).map(loudness)
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0_u32, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / f64::from(count))
}

fn loudness(power: f64) -> f64 {
    -0.691 + 10.0 * power.max(1e-12).log10()
}

/// A second-order filter, one state per channel.
#[derive(Debug, Clone, Default)]
struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    state: [[f64; 2]; 2],
}

impl Biquad {
    fn run(&mut self, channel: usize, input: f64) -> f64 {
        let Some(state) = self.state.get_mut(channel) else { return 0.0 };
        let output = self.b[0] * input + state[0];
        state[0] = self.b[1] * input - self.a[0] * output + state[1];
        state[1] = self.b[2] * input - self.a[1] * output;
        output
    }
}

/// The two filters of BS.1770 for any rate (coefficients after De Man 2014).
fn weighting(rate: u32) -> [Biquad; 2] {
    let rate = f64::from(rate.max(8000));
    let k = (PI * 1_681.974_450_955_53 / rate).tan();
    let q = 0.707_175_236_955_419_3;
    let high = 10_f64.powf(3.999_843_853_973_35 / 20.0);
    let band = high.powf(0.499_666_774_154_541_6);
    let norm = 1.0 + k / q + k * k;
    let shelf = Biquad {
        b: [
            (high + band * k / q + k * k) / norm,
            2.0 * (k * k - high) / norm,
            (high - band * k / q + k * k) / norm,
        ],
        a: [2.0 * (k * k - 1.0) / norm, (1.0 - k / q + k * k) / norm],
        ..Biquad::default()
    };
    let k = (PI * 38.135_470_876_024_44 / rate).tan();
    let q = 0.500_327_037_323_877_3;
    let norm = 1.0 + k / q + k * k;
    let high_pass = Biquad {
        b: [1.0, -2.0, 1.0],
        a: [2.0 * (k * k - 1.0) / norm, (1.0 - k / q + k * k) / norm],
        ..Biquad::default()
    };
    [shelf, high_pass]
}

/// The loudness step.
pub(crate) struct Leveller {
    meter: Rc<RefCell<Meter>>,
    filters: [Biquad; 2],
    /// Frames of 100 ms, and of the limiter's 5 ms.
    tenth: usize,
    block: usize,
    power: f64,
    counted: usize,
    gain: f32,
    input: Chunk,
    /// The block before, which waits to learn how loud the next one is.
    waiting: Option<(Chunk, f32)>,
    /// Limiting at the end of what was given out.
    edge: f32,
    reduction: f32,
}

impl Leveller {
    /// For sound of `rate` Hz.
    pub(crate) fn new(rate: u32, meter: Rc<RefCell<Meter>>) -> Self {
        let gain = 10_f64.powf(meter.borrow().gain / 20.0) as f32;
        Self {
            meter,
            filters: weighting(rate),
            tenth: (rate as usize / 10).max(1),
            block: (rate as usize / 200).max(1),
            power: 0.0,
            counted: 0,
            gain,
            input: Chunk::default(),
            waiting: None,
            edge: 1.0,
            reduction: 1.0,
        }
    }

    fn measure(&mut self, samples: &[f32]) {
        let [first, second] = &mut self.filters;
        for frame in samples.chunks_exact(2) {
            for (channel, sample) in frame.iter().enumerate() {
                let weighted = second.run(channel, first.run(channel, f64::from(*sample)));
                self.power += weighted * weighted;
            }
            self.counted += 1;
            if self.counted == self.tenth {
                self.meter.borrow_mut().tenth(self.power / self.tenth as f64);
                (self.power, self.counted) = (0.0, 0);
            }
        }
    }

    /// Amplifies a block and gives out the one before it, limited.
    fn level(&mut self, mut chunk: Chunk, out: &mut Vec<Chunk>) {
        self.measure(&chunk.samples);
        let wanted = 10_f64.powf(self.meter.borrow().gain / 20.0) as f32;
        let frames = chunk.frames().max(1) as f32;
        for (place, sample) in chunk.samples.iter_mut().enumerate() {
            *sample *= self.gain + (wanted - self.gain) * ((place / 2) as f32 / frames);
        }
        self.gain = wanted;
        let peak = chunk.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        let needed = if peak > CEILING { CEILING / peak } else { 1.0 };
        // Back to full level within 50 ms: ten blocks.
        self.reduction = needed.min(self.reduction + 0.1);
        let after = (chunk, self.reduction);
        if let Some(before) = self.waiting.replace(after) {
            self.limit(before, self.reduction, out);
        }
    }

    /// Between two blocks the lower of both levels holds, so none is ever exceeded.
    fn limit(&mut self, (mut chunk, own): (Chunk, f32), next: f32, out: &mut Vec<Chunk>) {
        let (from, to) = (self.edge.min(own), own.min(next));
        let frames = chunk.frames().max(1) as f32;
        for (place, sample) in chunk.samples.iter_mut().enumerate() {
            *sample *= from + (to - from) * ((place / 2) as f32 / frames);
        }
        self.edge = to;
        out.push(chunk);
    }
}

impl Stage for Leveller {
    fn feed(&mut self, mut chunk: Chunk, out: &mut Vec<Chunk>) {
        let wanted = self.block * 2;
        while !chunk.samples.is_empty() {
            if self.input.samples.is_empty() {
                (self.input.time, self.input.step) = (chunk.time, chunk.step);
            }
            let count = (wanted - self.input.samples.len()).min(chunk.samples.len());
            self.input.samples.extend(chunk.samples.drain(..count));
            chunk.time = chunk.time.saturating_add((count as f64 / 2.0 * chunk.step) as i64);
            if self.input.samples.len() == wanted {
                let block = std::mem::take(&mut self.input);
                self.level(block, out);
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<Chunk>) {
        let rest = std::mem::take(&mut self.input);
        if !rest.samples.is_empty() {
            self.level(rest, out);
        }
        if let Some(last) = self.waiting.take() {
            self.limit(last, 1.0, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(meter: &Rc<RefCell<Meter>>, amplitude: f32, seconds: usize) -> Vec<f32> {
        let mut leveller = Leveller::new(48_000, Rc::clone(meter));
        let mut out = Vec::new();
        let tone = |n: usize| (n as f32 * 1000.0 * std::f32::consts::TAU / 48_000.0).sin();
        for second in 0..seconds {
            let samples = (0..48_000).flat_map(|n| [tone(n) * amplitude; 2]).collect();
            let time = second as i64 * 1_000_000_000;
            leveller.feed(Chunk { samples, time, step: 1e9 / 48_000.0 }, &mut out);
        }
        leveller.finish(&mut out);
        assert_eq!(out.iter().map(Chunk::frames).sum::<usize>(), seconds * 48_000);
        out.into_iter().flat_map(|chunk| chunk.samples).collect()
    }

    #[test]
    fn a_full_scale_tone_measures_as_the_standard_says() {
        let meter = Rc::new(RefCell::new(Meter::default()));
        level(&meter, 1.0, 5);
        // 1 kHz at 0 dBFS in both channels: −0.691 + 10 log10(2 · ½) + 0.69 = 0 LUFS.
        let measured = meter.borrow().integrated().unwrap();
        assert!(measured.abs() < 0.1, "{measured}");
    }

    #[test]
    fn quiet_sound_gets_louder_slowly_and_the_gain_is_remembered() {
        let meter = Rc::new(RefCell::new(Meter::default()));
        let samples = level(&meter, 0.05, 20);
        let peak = |from: usize| samples[from..from + 4800].iter().fold(0.0_f32, |a, b| a.max(*b));
        assert!(peak(96_000) < 0.051 && peak(samples.len() - 9600) > 0.13);
        assert!(level(&meter, 0.05, 1)[4000..9000].iter().any(|sample| *sample > 0.13));
    }

    #[test]
    fn nothing_exceeds_the_ceiling() {
        let meter = Rc::new(RefCell::new(Meter { gain: 12.0, ..Meter::default() }));
        assert!(level(&meter, 0.9, 2).iter().all(|sample| sample.abs() <= CEILING + 1e-4));
    }
}
