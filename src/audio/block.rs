//! Decoded sound on its way: samples with the time they have in the recording.

/// Nanoseconds from the start of the recording.
pub(crate) type Nanos = i64;

/// One second.
pub(crate) const SECOND: Nanos = 1_000_000_000;

/// Milliseconds as [`Nanos`], saturating.
pub(crate) fn nanos(ms: u64) -> Nanos {
    i64::try_from(ms).unwrap_or(i64::MAX).saturating_mul(1_000_000)
}

/// [`Nanos`] as whole milliseconds, rounded; times before the start are 0.
pub(crate) fn millis(time: Nanos) -> u64 {
    u64::try_from(time.saturating_add(500_000) / 1_000_000).unwrap_or(0)
}

/// How long `frames` last at `rate` Hz.
pub(crate) fn frames_to_nanos(frames: i64, rate: u32) -> Nanos {
    let nanos = i128::from(frames) * i128::from(SECOND) / i128::from(rate.max(1));
    i64::try_from(nanos).unwrap_or(if frames < 0 { i64::MIN } else { i64::MAX })
}

/// How many frames at `rate` Hz fit `time`, rounded to the nearest.
pub(crate) fn nanos_to_frames(time: Nanos, rate: u32) -> i64 {
    let scaled = i128::from(time) * i128::from(rate);
    let half = i128::from(SECOND) / 2 * if time < 0 { -1 } else { 1 };
    i64::try_from((scaled + half) / i128::from(SECOND)).unwrap_or(i64::MAX)
}

/// A piece of decoded sound as the codec gives it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Block {
    /// Frames per second, never 0 in a block with samples.
    pub(crate) rate: u32,
    /// 1 or 2.
    pub(crate) channels: usize,
    /// Time of the first frame in the recording; may be negative before it is trimmed.
    pub(crate) start: Nanos,
    /// Interleaved, nominally −1…1.
    pub(crate) samples: Vec<f32>,
}

impl Block {
    /// Frames in the block.
    pub(crate) fn frames(&self) -> usize {
        self.samples.len().checked_div(self.channels).unwrap_or(0)
    }

    /// Time after the last frame.
    pub(crate) fn end(&self) -> Nanos {
        self.start.saturating_add(frames_to_nanos(self.frames() as i64, self.rate))
    }

    /// Drops what lies before `from`.
    pub(crate) fn skip_to(&mut self, from: Nanos) {
        let early = nanos_to_frames(from.saturating_sub(self.start), self.rate);
        let count = usize::try_from(early).unwrap_or(0).min(self.frames());
        if count > 0 {
            self.samples.drain(..count * self.channels);
            self.start = self.start.saturating_add(frames_to_nanos(count as i64, self.rate));
        }
    }

    /// Drops what lies at or after `until`; says whether anything was dropped.
    pub(crate) fn cut_at(&mut self, until: Nanos) -> bool {
        let keep = nanos_to_frames(until.saturating_sub(self.start), self.rate).max(0);
        let keep = usize::try_from(keep).unwrap_or(usize::MAX);
        if keep >= self.frames() {
            return false;
        }
        self.samples.truncate(keep * self.channels);
        true
    }

    /// Fades: silent at `silent`, as it was from `full` on (or up to there, if that comes first).
    pub(crate) fn fade(&mut self, silent: Nanos, full: Nanos) {
        let (first, last) = (silent.min(full), silent.max(full));
        if self.channels == 0 || self.end() <= first || self.start >= last {
            return;
        }
        let place = |time: Nanos| nanos_to_frames(time.saturating_sub(self.start), self.rate);
        let (silent, full) = (place(silent), place(full));
        let length = full - silent;
        if length == 0 {
            return;
        }
        for (at, frame) in self.samples.chunks_mut(self.channels).enumerate() {
            let level = (at as i64 - silent) as f32 / length as f32;
            for sample in frame.iter_mut().filter(|_| level < 1.0) {
                *sample *= level.max(0.0);
            }
        }
    }

    /// The same sound in two channels: mono on both sides.
    pub(crate) fn into_stereo(self) -> Vec<f32> {
        if self.channels == 1 {
            return self.samples.iter().flat_map(|&sample| [sample, sample]).collect();
        }
        self.samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> Block {
        Block {
            rate: 1000,
            channels: 2,
            start: 5_000_000,
            samples: (0..20).map(|n| n as f32).collect(),
        }
    }

    #[test]
    fn trimming_lands_on_the_sample() {
        let mut block = block();
        block.skip_to(8_000_000);
        assert_eq!((block.start, block.samples.first()), (8_000_000, Some(&6.0)));
        assert!(block.cut_at(12_000_000));
        assert_eq!((block.frames(), block.end()), (4, 12_000_000));
        assert!(!block.cut_at(99_000_000));
        block.skip_to(Nanos::MAX);
        assert_eq!(block.frames(), 0);
    }

    #[test]
    fn a_fade_ends_in_silence_and_leaves_the_rest_alone() {
        let ones = Block { rate: 1000, channels: 1, start: 5_000_000, samples: vec![1.0; 10] };
        let mut block = ones.clone();
        block.fade(15_000_000, 11_000_000);
        assert_eq!(block.samples, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.75, 0.5, 0.25]);
        let mut block = ones.clone();
        block.fade(5_000_000, 9_000_000);
        assert_eq!(block.samples, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        let mut block = ones.clone();
        block.fade(0, 4_000_000);
        block.fade(40_000_000, 30_000_000);
        assert_eq!(block.samples, ones.samples);
    }

    #[test]
    fn mono_becomes_stereo() {
        let mono = Block { channels: 1, rate: 1, start: 0, samples: vec![0.5, -0.5] };
        assert_eq!(mono.into_stereo(), [0.5, 0.5, -0.5, -0.5]);
    }

    #[test]
    fn frames_and_time_convert_both_ways() {
        for frames in [-441, 0, 1, 44_099, 44_100 * 3600 * 24] {
            assert_eq!(nanos_to_frames(frames_to_nanos(frames, 44_100), 44_100), frames);
        }
    }
}
