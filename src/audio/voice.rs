//! Voice boost: no rumble, clearer consonants, and quiet words nearly as loud as the others.

use ebur128::{EbuR128, Mode};

use super::biquad::Biquad;
use super::chain::{Settings, Stage};
use super::loudness::{factor, ramp};
use super::times::Chunk;

/// What is below that, in Hz, is rumble.
const RUMBLE: f64 = 80.0;
/// Consonants are told apart around there, in Hz; they are lifted by so many dB.
const PRESENCE: (f64, f64) = (3_000.0, 2.5);
/// What is louder than that, in LUFS over 400 ms, is compressed …
const THRESHOLD: f64 = -24.0;
/// … to a third of what it is above.
const RATIO: f64 = 3.0;
/// How loud sound is taken to be where nothing else is aimed at, in LUFS.
const USUAL: f64 = -16.0;
/// Speech comes and goes: so many dB more than its mean says are lost to the compression.
const SWING: f64 = 0.7;
/// Softer than that, in LUFS, or by so many LU softer than before, is a pause: the gain stays.
const PAUSE: (f64, f64) = (-50.0, 12.0);
/// dB per second that the gain may fall, and rise.
const FALL: f64 = 60.0;
const RISE: f64 = 6.0;
/// Steps per second in which the gain moves; after so many of them loudness is looked at.
const STEPS: usize = 100;
const LOOK: u32 = 3;
/// How long a moment is that may be a pause, in ms.
const MOMENT: u32 = 30;
/// Steps in which the boost comes and goes.
const FADE: f32 = 10.0;

/// The voice boost step.
pub(crate) struct Voice {
    rate: u32,
    on: bool,
    /// How much of it is heard: 0–1.
    part: f32,
    filters: [Biquad; 3],
    meter: Option<EbuR128>,
    /// What makes up for the compression, in dB: sound as loud as it should be stays so.
    make_up: f64,
    gain: f64,
    wanted: f64,
    steps: u32,
}

impl Voice {
    /// For sound of `rate` Hz.
    pub(crate) fn new(rate: u32, settings: &Settings) -> Self {
        let (presence, lift) = PRESENCE;
        Self {
            rate,
            on: settings.voice_boost,
            part: if settings.voice_boost { 1.0 } else { 0.0 },
            // A Butterworth filter of the fourth order.
            filters: [
                Biquad::high_pass(rate, RUMBLE, 0.541),
                Biquad::high_pass(rate, RUMBLE, 1.307),
                Biquad::bell(rate, presence, 0.8, lift),
            ],
            meter: EbuR128::new(2, rate, Mode::M).ok(),
            make_up: make_up(settings),
            gain: 0.0,
            wanted: 0.0,
            steps: 0,
        }
    }

    fn step(&mut self, samples: &mut [f32]) {
        let mut wet = samples.to_vec();
        for frame in wet.chunks_exact_mut(2) {
            if let [left, right] = frame {
                let mut both = [f64::from(*left), f64::from(*right)];
                for filter in &mut self.filters {
                    both = filter.run(both);
                }
                [*left, *right] = both.map(|value| value as f32);
            }
        }
        self.listen(&wet);
        let seconds = (samples.len() / 2) as f64 / f64::from(self.rate.max(1));
        let from = factor(self.gain);
        self.gain += (self.wanted - self.gain).clamp(-FALL * seconds, RISE * seconds);
        ramp(&mut wet, from, factor(self.gain));
        let (before, aim) = (self.part, if self.on { 1.0 } else { 0.0 });
        self.part += (aim - before).clamp(-1.0 / FADE, 1.0 / FADE);
        ramp(&mut wet, before, self.part);
        ramp(samples, 1.0 - before, 1.0 - self.part);
        for (sample, wet) in samples.iter_mut().zip(wet) {
            *sample += wet;
        }
    }

    /// Thinks over the gain.
    fn listen(&mut self, samples: &[f32]) {
        let Some(meter) = self.meter.as_mut() else { return };
        let _ = meter.add_frames_f32(samples);
        self.steps = (self.steps + 1) % LOOK;
        if self.steps == 0
            && let (Ok(lufs), Ok(now)) = (meter.loudness_momentary(), meter.loudness_window(MOMENT))
            && now > PAUSE.0.max(lufs - PAUSE.1)
        {
            self.wanted = self.make_up - over(lufs);
        }
    }
}

/// By how many dB sound this loud is lowered.
fn over(lufs: f64) -> f64 {
    (lufs - THRESHOLD).max(0.0) * (1.0 - 1.0 / RATIO)
}

fn make_up(settings: &Settings) -> f64 {
    over(settings.loudness.unwrap_or(USUAL)) + SWING
}

impl Stage for Voice {
    fn feed(&mut self, mut chunk: Chunk, out: &mut Vec<Chunk>) {
        if self.on || self.part > 0.0 {
            let size = (self.rate as usize / STEPS).max(1) * 2;
            for part in chunk.samples.chunks_mut(size) {
                self.step(part);
            }
        }
        out.push(chunk);
    }

    fn adjust(&mut self, settings: &Settings, _: &mut Vec<Chunk>) {
        self.make_up = make_up(settings);
        if settings.voice_boost && self.part <= 0.0 {
            // What was heard before it was switched off is long gone.
            self.filters.iter_mut().for_each(Biquad::reset);
            self.meter.iter_mut().for_each(EbuR128::reset);
            (self.gain, self.wanted) = (0.0, 0.0);
        }
        self.on = settings.voice_boost;
    }

    fn finish(&mut self, _: &mut Vec<Chunk>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 48_000;

    fn tone(hz: f32, amplitude: f32, seconds: usize) -> Vec<f32> {
        let turn = hz * std::f32::consts::TAU / RATE as f32;
        let frame = |n: usize| [(n as f32 * turn).sin() * amplitude; 2];
        (0..RATE as usize * seconds).flat_map(frame).collect()
    }

    fn boosted(voice: &mut Voice, samples: Vec<f32>) -> Vec<f32> {
        let mut out = Vec::new();
        voice.feed(Chunk::new(samples, 0, 1e9 / 48e3), &mut out);
        out.into_iter().flat_map(|chunk| chunk.samples).collect()
    }

    fn on(loudness: Option<f64>) -> Settings {
        Settings { voice_boost: true, loudness, ..Settings::default() }
    }

    /// How loud the last second is, in dB below a full sine.
    fn level(samples: &[f32]) -> f64 {
        let last = &samples[samples.len() - RATE as usize * 2..];
        let power = last.iter().map(|sample| f64::from(sample * sample)).sum::<f64>();
        10.0 * (power / last.len() as f64 * 2.0).log10()
    }

    #[test]
    fn rumble_goes_and_voices_stay() {
        let lost = |hz: f32| {
            let mut voice = Voice::new(RATE, &on(None));
            // Below the threshold, where only the filters and the make-up act.
            -30.0 + make_up(&on(None)) - level(&boosted(&mut voice, tone(hz, 0.0316, 4)))
        };
        // Tones that are mostly gone are a pause: nothing is made up for.
        assert!(lost(30.0) > 30.0 && lost(45.0) > 18.0 && lost(60.0) > 10.0);
        assert!(
            lost(160.0).abs() < 1.0 && lost(500.0).abs() < 0.5,
            "{} {}",
            lost(160.0),
            lost(500.0)
        );
        assert!((lost(3_000.0) + 2.5).abs() < 0.2);
    }

    #[test]
    fn loud_and_quiet_passages_come_nearer() {
        let mut voice = Voice::new(RATE, &on(Some(-16.0)));
        // A tone of 500 Hz at −12 dBFS is at −12.5 LUFS or so.
        let loud = level(&boosted(&mut voice, tone(500.0, 0.25, 4)));
        let quiet = level(&boosted(&mut voice, tone(500.0, 0.025, 6)));
        let middle = level(&boosted(&mut voice, tone(500.0, 0.158, 4)));
        // 20 dB apart before: 8 below the threshold stay, the 12 above become 4.
        assert!(((loud - quiet) - 12.0).abs() < 1.0, "{loud} {quiet}");
        assert!((middle + 16.0).abs() < 1.2, "what is as loud as it should be stays so: {middle}");
    }

    #[test]
    fn pauses_are_not_pumped_up() {
        let mut voice = Voice::new(RATE, &on(None));
        boosted(&mut voice, tone(500.0, 0.25, 3));
        let before = voice.gain;
        boosted(&mut voice, tone(500.0, 0.0003, 5));
        assert!((voice.gain - before).abs() < 0.5, "{before} {}", voice.gain);
    }

    #[test]
    fn it_comes_and_goes_without_a_jump_and_leaves_the_sound_as_it_was() {
        let off = Settings::default();
        let mut voice = Voice::new(RATE, &off);
        let sound = tone(300.0, 0.2, 1);
        assert_eq!(boosted(&mut voice, sound.clone()), sound);
        voice.adjust(&on(None), &mut Vec::new());
        let with = boosted(&mut voice, sound.clone());
        voice.adjust(&off, &mut Vec::new());
        let without = boosted(&mut voice, sound.clone());
        assert_eq!(without[RATE as usize..], sound[RATE as usize..]);
        let all: Vec<f32> = [sound, with, without].concat();
        // The tone rises by 0.0079 a frame, a third more where it is lifted.
        let steepest = all.windows(3).map(|three| (three[2] - three[0]).abs()).fold(0.0, f32::max);
        assert!(steepest < 0.0115, "{steepest}");
    }
}
