//! The sleep timer: playback stops after some listening, or with the chapter or the episode. Its last
//! seconds grow quieter, any key in the last half minute adds the same again, and where it stopped is
//! marked, so that one key goes back.

mod choosing;
mod marks;
mod running;

pub use choosing::{SleepList, SleepRow};

pub(super) use choosing::{TALLEST, choose, clear_typed, show, typed};
pub(super) use marks::{go_to_mark, remind};
pub(super) use running::{
    count, ended_at, episode_over, extend, keep_awake, nothing_follows, reached, stop, stops_at,
    tend,
};

use super::State;
use crate::model::{EpisodeId, Millis, SleepAfter, SleepMark};

/// A timer that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct SleepTimer {
    /// What was chosen.
    pub after: SleepAfter,
    /// Listening time that is left, in ms, of [`SleepAfter::Time`].
    pub time_left: Millis,
    /// Ends of episodes that are left, of [`SleepAfter::Episodes`].
    pub episodes_left: u32,
    /// Ends of chapters up to this time of this episode do not count: a key was pressed before them.
    not_before: Option<(EpisodeId, Millis)>,
    /// Where listening stood when the last key was pressed.
    awake: Option<(EpisodeId, Millis)>,
}

/// What is known of sleep.
#[derive(Debug, Clone, PartialEq)]
pub struct Sleep {
    /// The timer that runs.
    pub timer: Option<SleepTimer>,
    /// What was chosen last.
    pub last: SleepAfter,
    /// Where timers stopped playback, the newest last; one for an episode.
    pub marks: Vec<SleepMark>,
    fading: Option<Fading>,
    /// The mark that was gone to last: of which episode, which of its places, at which tick.
    shown: Option<(EpisodeId, usize, u64)>,
}

/// A fade that is under way.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Fading {
    /// Where in the recording it began.
    began: (EpisodeId, Millis),
    /// What the sound was told last: at which tick, how much was left. `None`: it has to be told.
    told: Option<(u64, Millis)>,
}

impl Default for Sleep {
    fn default() -> Self {
        let last = SleepAfter::Time(30 * 60_000);
        Self { timer: None, last, marks: Vec::new(), fading: None, shown: None }
    }
}

impl Sleep {
    /// Names under which the last choice and the marks are kept across starts.
    pub const KEPT: [&'static str; 2] = ["sleep", "sleep_marks"];

    /// Takes in what was kept under [`Sleep::KEPT`]. What cannot be read is left out.
    pub fn recall(&mut self, last: Option<&str>, marks: Option<&str>) {
        self.last = last.and_then(SleepAfter::read).unwrap_or(self.last);
        self.marks = marks.unwrap_or_default().split(' ').filter_map(SleepMark::read).collect();
    }

    /// The mark of this episode.
    #[must_use]
    pub fn mark(&self, episode: EpisodeId) -> Option<&SleepMark> {
        self.marks.iter().rfind(|mark| mark.episode == episode)
    }
}

impl State {
    /// Real time until the sleep timer stops playback if it goes on as now, in ms; `None` where no
    /// timer runs, where that is not known, or where it lies in another episode.
    #[must_use]
    pub fn sleep_left(&self) -> Option<Millis> {
        running::left(self)
    }

    /// Whether playback stops so soon that any key means that somebody is awake.
    #[must_use]
    pub fn sleep_is_near(&self) -> bool {
        running::is_near(self)
    }
}
