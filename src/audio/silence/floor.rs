//! What counts as silent in a recording: learned from how loud its last seconds were.

use std::collections::VecDeque;

/// Frames of 10 ms that are remembered: 10 s.
const MEMORY: usize = 1000;
/// Frames that must be known before anything is called silent: 0.3 s.
const ENOUGH: usize = 30;
/// Frames that must be known before the quietest tell how noisy the room is: 1 s.
const SURE: usize = 100;
/// What is softer than that, in dB, is silent in any recording.
const NOTHING: f32 = -70.0;

/// How loud the loudest and the quietest of the last ten seconds were.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    levels: VecDeque<f32>,
    until_update: usize,
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
        level >= if self.fading { self.faded } else { self.threshold }
    }

    fn update(&mut self) {
        let mut sorted: Vec<f32> = self.levels.iter().copied().collect();
        sorted.sort_by(f32::total_cmp);
        let at = |part: usize| sorted.get(sorted.len() * part / 100).copied().unwrap_or(0.0);
        let (low, high) = (at(10), at(95));
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
