//! What counts as silent in a recording: learned from how loud its last seconds were.

use std::collections::VecDeque;

/// Frames of 10 ms that are remembered: 10 s.
const MEMORY: usize = 1000;
/// Frames that must be known before anything is called silent: 0.3 s.
const ENOUGH: usize = 30;
/// Frames that must be known before the quietest tell how noisy the room is: 1 s.
const SURE: usize = 100;
/// After so many silent frames in a row silence teaches nothing more: 2 s. Else a long pause would
/// become what is usual.
const LONG: usize = 200;
/// In long pauses only what is within so many dB of the quietest of the last second is silence:
/// else somebody who talks softly after loud music would never be heard.
const NEAR: f32 = 12.0;
/// Frames of that second.
const LATELY: usize = 100;
/// What is softer than that, in dB, is silent in any recording.
const NOTHING: f32 = -70.0;

/// How loud the loudest and the quietest of the last ten seconds were.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    levels: VecDeque<f32>,
    until_update: usize,
    /// Silent frames in a row.
    silent: usize,
    /// The last second, learned from or not, and the quietest of it.
    lately: VecDeque<f32>,
    room: f32,
    /// Softer than this is silent, in dB.
    threshold: f32,
    /// Even softer than this is silent while the sound fades.
    faded: f32,
    /// The sound is getting softer, or louder, as music does and voices do not.
    fading: bool,
}

impl Floor {
    /// Whether a frame of 10 ms at this level, in dB, is heard rather than silent.
    pub(crate) fn hears(&mut self, level: f32) -> bool {
        self.lately.push_back(level);
        if self.lately.len() > LATELY {
            self.lately.pop_front();
        }
        if self.silent > LONG && self.is_room(level) {
            self.silent += 1;
            return false;
        }
        self.levels.push_back(level);
        if self.levels.len() > MEMORY {
            self.levels.pop_front();
        }
        if self.levels.len() < ENOUGH {
            return true;
        }
        if self.until_update == 0 {
            self.until_update = 10;
            self.update();
        }
        self.until_update -= 1;
        let heard = level >= if self.fading { self.faded } else { self.threshold };
        self.silent = if heard { 0 } else { self.silent + 1 };
        heard
    }

    /// Whether a frame of a long pause is no more than the room is heard anyway.
    fn is_room(&mut self, level: f32) -> bool {
        if self.silent.is_multiple_of(10) {
            self.room = percentile(&self.lately, 10);
        }
        level < (self.room + NEAR).max(NOTHING)
    }

    fn update(&mut self) {
        let (low, high) = (percentile(&self.levels, 10), percentile(&self.levels, 95));
        // 35 dB below the voice is silent; in a noisy room less will do, but never 20.
        let room = if self.levels.len() < SURE { NOTHING } else { low + 6.0 };
        self.threshold = room.max(high - 35.0).max(NOTHING).min(high - 20.0);
        self.faded = (high - 50.0).max(NOTHING).min(self.threshold);
        self.fading = self.fades();
    }

    /// Whether the loudest of each of the last five times 300 ms lie on a slope. Speech comes and
    /// goes, and a room is even; music that fades does so for seconds.
    fn fades(&self) -> bool {
        let mut recent = self.levels.iter().rev();
        let mut peaks = [0.0_f32; 5];
        for peak in &mut peaks {
            *peak = recent.by_ref().take(30).fold(f32::MIN, |most, level| most.max(*level));
        }
        let [last, .., first] = peaks;
        let steps = || peaks.windows(2).filter_map(|two| Some(two.first()? - two.last()?));
        let even = |step: f32| (0.5..6.0).contains(&step);
        (last - first).abs() >= 5.0 && (steps().all(even) || steps().all(|step| even(-step)))
    }
}

/// The level that so many percent are below.
fn percentile(levels: &VecDeque<f32>, percent: usize) -> f32 {
    let mut sorted: Vec<f32> = levels.iter().copied().collect();
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    if sorted.is_empty() {
        return 0.0;
    }
    *sorted.select_nth_unstable_by(place, f32::total_cmp).1
}
