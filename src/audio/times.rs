//! Which time of the recording belongs to which frame, in pieces of even pace.

use std::collections::VecDeque;

use super::block::Nanos;

/// Times nearer than this are the same: rounding of frames to nanoseconds.
const SAME: f64 = 2_000.0;

/// Sound on its way through the chain: two channels, the time of its first frame in the
/// recording and the time that passes from frame to frame.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chunk {
    /// Interleaved left and right.
    pub(crate) samples: Vec<f32>,
    pub(crate) time: Nanos,
    /// Nanoseconds of the recording per frame.
    pub(crate) step: f64,
}

impl Chunk {
    /// Frames in the chunk.
    pub(crate) fn frames(&self) -> usize {
        self.samples.len() / 2
    }
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: u64,
    time: Nanos,
    step: f64,
}

impl Mark {
    fn time_at(&self, frame: f64) -> f64 {
        self.time as f64 + (frame - self.at as f64) * self.step
    }
}

/// A map from frame numbers to times.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times {
    marks: VecDeque<Mark>,
}

impl Times {
    /// From frame `at` on it is `time`, and `step` more with every frame.
    pub(crate) fn push(&mut self, at: u64, time: Nanos, step: f64) {
        let goes_on = self.marks.back().is_some_and(|mark| {
            (mark.step - step).abs() < 1e-9 && (mark.time_at(at as f64) - time as f64).abs() < SAME
        });
        if !goes_on {
            self.marks.push_back(Mark { at, time, step });
        }
    }

    /// The time at a frame, and the pace there; zero if nothing is known.
    pub(crate) fn at(&self, frame: f64) -> (Nanos, f64) {
        let after = self.marks.partition_point(|mark| mark.at as f64 <= frame);
        self.marks
            .get(after.saturating_sub(1))
            .map_or((0, 0.0), |mark| (mark.time_at(frame) as Nanos, mark.step))
    }

    /// Forgets what is only needed for frames before `frame`.
    pub(crate) fn forget(&mut self, frame: u64) {
        while self.marks.get(1).is_some_and(|mark| mark.at <= frame) {
            self.marks.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_follow_the_pieces() {
        let mut times = Times::default();
        times.push(0, 1_000, 10.0);
        times.push(5, 1_050, 10.0);
        times.push(10, 9_000_000, 20.0);
        assert_eq!(times.marks.len(), 2);
        assert_eq!(times.at(4.0), (1_040, 10.0));
        assert_eq!(times.at(12.0), (9_000_040, 20.0));
        times.forget(11);
        assert_eq!((times.marks.len(), times.at(10.0).0), (1, 9_000_000));
    }
}
