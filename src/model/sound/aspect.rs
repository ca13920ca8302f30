//! The parts of how it sounds that can be chosen, and one choice of each.

use super::{Speed, Trim};

/// Longest beginning or ending that can be skipped, in seconds.
const LONGEST: u32 = 1_800;

/// Something about the sound that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SoundAspect {
    /// How fast it plays.
    Speed,
    /// How much pauses are shortened.
    Trim,
    /// Whether loudness is evened out.
    Loudness,
    /// Whether voices stand out.
    VoiceBoost,
    /// How much of the beginning is skipped.
    SkipIntro,
    /// How much of the end is skipped.
    SkipOutro,
}

impl SoundAspect {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Speed,
        Self::Trim,
        Self::Loudness,
        Self::VoiceBoost,
        Self::SkipIntro,
        Self::SkipOutro,
    ];

    /// What it is called in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speed => "speed",
            Self::Trim => "trim_silence",
            Self::Loudness => "loudness",
            Self::VoiceBoost => "voice_boost",
            Self::SkipIntro => "skip_intro",
            Self::SkipOutro => "skip_outro",
        }
    }
}

/// For which shows a choice counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoundScope {
    /// For one, before all else.
    ThisShow,
    /// For all that have no choice of their own.
    AllShows,
}

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoundValue {
    /// How fast.
    Speed(Speed),
    /// How much pauses are shortened.
    Trim(Trim),
    /// Loudness is evened out, or not.
    Loudness(bool),
    /// Voices stand out, or not.
    VoiceBoost(bool),
    /// Seconds of the beginning, 0–1800.
    SkipIntro(u32),
    /// Seconds of the end, 0–1800.
    SkipOutro(u32),
}

impl SoundValue {
    /// What it is a choice of.
    #[must_use]
    pub fn aspect(self) -> SoundAspect {
        match self {
            Self::Speed(_) => SoundAspect::Speed,
            Self::Trim(_) => SoundAspect::Trim,
            Self::Loudness(_) => SoundAspect::Loudness,
            Self::VoiceBoost(_) => SoundAspect::VoiceBoost,
            Self::SkipIntro(_) => SoundAspect::SkipIntro,
            Self::SkipOutro(_) => SoundAspect::SkipOutro,
        }
    }

    /// As text, to be kept; [`Self::read`] understands it.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Speed(speed) => speed.to_string(),
            Self::Trim(trim) => trim.name().to_owned(),
            Self::Loudness(on) | Self::VoiceBoost(on) => (if on { "on" } else { "off" }).to_owned(),
            Self::SkipIntro(seconds) | Self::SkipOutro(seconds) => seconds.to_string(),
        }
    }

    /// A choice that was kept as text; `None` where it makes no sense.
    #[must_use]
    pub fn read(aspect: SoundAspect, text: &str) -> Option<Self> {
        let switch = || match text {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        let seconds = || text.parse().ok().map(|seconds: u32| seconds.min(LONGEST));
        Some(match aspect {
            SoundAspect::Speed => {
                let factor: f32 = text.parse().ok()?;
                Self::Speed(Speed::of(factor))
            }
            SoundAspect::Trim => {
                Self::Trim(Trim::ALL.into_iter().find(|trim| trim.name() == text)?)
            }
            SoundAspect::Loudness => Self::Loudness(switch()?),
            SoundAspect::VoiceBoost => Self::VoiceBoost(switch()?),
            SoundAspect::SkipIntro => Self::SkipIntro(seconds()?),
            SoundAspect::SkipOutro => Self::SkipOutro(seconds()?),
        })
    }

    /// More of it, or less if negative: steps of speed or of strength, seconds; of what is on or off
    /// the sign alone counts.
    #[must_use]
    pub fn more(self, by: i32) -> Self {
        let seconds = |now: u32| now.saturating_add_signed(by).min(LONGEST);
        match self {
            Self::Speed(speed) => Self::Speed(speed.faster(by)),
            Self::Trim(trim) => Self::Trim(trim.stronger(by)),
            Self::Loudness(_) => Self::Loudness(by > 0),
            Self::VoiceBoost(_) => Self::VoiceBoost(by > 0),
            Self::SkipIntro(now) => Self::SkipIntro(seconds(now)),
            Self::SkipOutro(now) => Self::SkipOutro(seconds(now)),
        }
    }
}
