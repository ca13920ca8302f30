//! The sleep timer's choices, and the places where timers stopped playback.

use super::{EpisodeId, Millis};

/// When the sleep timer stops playback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SleepAfter {
    /// After so much listening: real time, pauses do not count.
    Time(Millis),
    /// At the end of the chapter.
    Chapter,
    /// At the end of so many episodes; 1 is the one that plays.
    Episodes(u32),
}

impl SleepAfter {
    /// The longest time, in ms: a day.
    pub const LONGEST: Millis = 24 * 3_600_000;
    /// The most episodes.
    pub const MOST: u32 = 99;

    /// As it is kept: `t1800000`, `c`, `e2`.
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Time(ms) => format!("t{ms}"),
            Self::Chapter => "c".to_owned(),
            Self::Episodes(count) => format!("e{count}"),
        }
    }

    /// What was kept; `None` for what cannot be chosen.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let number = text.get(1..).and_then(|number| number.parse::<Millis>().ok());
        match (text.chars().next()?, number) {
            ('t', Some(ms)) => Self::time(ms),
            ('e', Some(count)) => Self::episodes(count),
            ('c', None) if text == "c" => Some(Self::Chapter),
            _ => None,
        }
    }

    /// So much time, from a second to a day.
    #[must_use]
    pub fn time(ms: Millis) -> Option<Self> {
        (1_000..=Self::LONGEST).contains(&ms).then_some(Self::Time(ms))
    }

    /// So many episodes, from 1 to 99.
    #[must_use]
    pub fn episodes(count: u64) -> Option<Self> {
        u32::try_from(count).ok().filter(|n| (1..=Self::MOST).contains(n)).map(Self::Episodes)
    }
}

/// Where a timer stopped playback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SleepMark {
    /// The episode.
    pub episode: EpisodeId,
    /// Where it stopped.
    pub stopped_ms: Millis,
    /// Where the sound began to grow quieter.
    pub faded_ms: Millis,
    /// Where listening stood when the last key was pressed, if that was in this episode.
    pub awake_ms: Option<Millis>,
}

impl SleepMark {
    /// As it is kept: `7:3723000:3703000:1800000`.
    #[must_use]
    pub fn written(&self) -> String {
        let Self { episode, stopped_ms, faded_ms, awake_ms } = self;
        let awake = awake_ms.map(|ms| ms.to_string()).unwrap_or_default();
        format!("{}:{stopped_ms}:{faded_ms}:{awake}", episode.0)
    }

    /// What was kept; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let mark = Self {
            episode: EpisodeId(parts.next()?.parse().ok()?),
            stopped_ms: parts.next()?.parse().ok()?,
            faded_ms: parts.next()?.parse().ok()?,
            awake_ms: parts.next()?.parse().ok(),
        };
        parts.next().is_none().then_some(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_the_timer_is_read_again() {
        for after in [SleepAfter::Time(10_000), SleepAfter::Chapter, SleepAfter::Episodes(99)] {
            assert_eq!(SleepAfter::read(&after.written()), Some(after));
        }
        for wrong in ["", "t", "t0", "t999", "t86400001", "e0", "e100", "c1", "x5", "晚", "e-1"] {
            assert_eq!(SleepAfter::read(wrong), None, "{wrong}");
        }
        let mark = SleepMark {
            episode: EpisodeId(7),
            stopped_ms: 3_723_000,
            faded_ms: 3_703_000,
            awake_ms: None,
        };
        let awake = SleepMark { awake_ms: Some(1_800_000), ..mark };
        assert_eq!(SleepMark::read(&mark.written()), Some(mark));
        assert_eq!(SleepMark::read(&awake.written()), Some(awake));
        for wrong in ["", "7", "7:1", "7:1:2", "a:1:2:3", "7:1:2:3:4", "7:-1:2:3"] {
            assert_eq!(SleepMark::read(wrong), None, "{wrong}");
        }
    }
}
