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
    /// How much silence was left out before it, in this run.
    pub(crate) saved: Nanos,
}

impl Chunk {
    /// Sound before which no silence was left out.
    pub(crate) fn new(samples: Vec<f32>, time: Nanos, step: f64) -> Self {
        Self { samples, time, step, saved: 0 }
    }

    /// Sound at a place.
    pub(crate) fn at(place: Place, samples: Vec<f32>) -> Self {
        Self { samples, time: place.time, step: place.step, saved: place.saved }
    }

    /// Frames in the chunk.
    pub(crate) fn frames(&self) -> usize {
        self.samples.len() / 2
    }

    /// Takes the first `frames` off, or all there are.
    pub(crate) fn split(&mut self, frames: usize) -> Self {
        let count = frames.min(self.frames());
        let rest = self.samples.split_off(count * 2);
        let samples = std::mem::replace(&mut self.samples, rest);
        let first = Self { samples, ..*self };
        self.time = self.time.saturating_add((count as f64 * self.step).round() as Nanos);
        first
    }

    /// Adds what follows; the first sound added to an empty chunk says where it is.
    pub(crate) fn append(&mut self, next: Self) {
        if self.samples.is_empty() {
            *self = next;
        } else {
            self.samples.extend(next.samples);
        }
    }
}

/// Where a frame is in the recording.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Place {
    pub(crate) time: Nanos,
    /// Nanoseconds of the recording per frame; 0 if nothing is known.
    pub(crate) step: f64,
    /// As in [`Chunk`].
    pub(crate) saved: Nanos,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: u64,
    place: Place,
}

impl Mark {
    fn time_at(&self, frame: f64) -> f64 {
        self.place.time as f64 + (frame - self.at as f64) * self.place.step
    }
}

/// A map from frame numbers to places.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times {
    marks: VecDeque<Mark>,
}

impl Times {
    /// From frame `at` on it is where the chunk says.
    pub(crate) fn push(&mut self, at: u64, chunk: &Chunk) {
        let place = Place { time: chunk.time, step: chunk.step, saved: chunk.saved };
        let goes_on = self.marks.back().is_some_and(|mark| {
            (mark.place.step - place.step).abs() < 1e-9
                && mark.place.saved == place.saved
                && (mark.time_at(at as f64) - place.time as f64).abs() < SAME
        });
        if !goes_on {
            self.marks.push_back(Mark { at, place });
        }
    }

    /// Where a frame is.
    pub(crate) fn at(&self, frame: f64) -> Place {
        let after = self.marks.partition_point(|mark| mark.at as f64 <= frame);
        let mark = self.marks.get(after.saturating_sub(1));
        mark.map_or(Place::default(), |mark| Place {
            time: mark.time_at(frame).round() as Nanos,
            ..mark.place
        })
    }

    /// How many frames from there on go on at one pace; at least one.
    pub(crate) fn even(&self, frame: f64) -> u64 {
        let after = self.marks.partition_point(|mark| mark.at as f64 <= frame);
        let next = self.marks.get(after).map_or(f64::INFINITY, |mark| mark.at as f64);
        (next - frame).ceil().max(1.0) as u64
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
        times.push(0, &Chunk::new(Vec::new(), 1_000, 10.0));
        times.push(5, &Chunk::new(Vec::new(), 1_050, 10.0));
        let late = Chunk { saved: 8_000_000, ..Chunk::new(Vec::new(), 9_000_000, 20.0) };
        times.push(10, &late);
        assert_eq!(times.marks.len(), 2);
        assert_eq!(times.at(4.0), Place { time: 1_040, step: 10.0, saved: 0 });
        assert_eq!(times.at(12.0), Place { time: 9_000_040, step: 20.0, saved: 8_000_000 });
        assert_eq!((times.even(3.5), times.even(9.9), times.even(10.0)), (7, 1, u64::MAX));
        times.forget(11);
        assert_eq!((times.marks.len(), times.at(10.0).time), (1, 9_000_000));
    }

    #[test]
    fn pieces_know_their_place() {
        let mut rest = Chunk::new((0..10_u8).map(f32::from).collect(), 1_000, 10.0);
        let first = rest.split(2);
        assert_eq!((first.samples.len(), first.time, rest.time), (4, 1_000, 1_020));
        assert_eq!(rest.split(99).frames(), 3);
        assert_eq!((rest.frames(), rest.time), (0, 1_050));
    }
}
