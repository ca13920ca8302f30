//! How a recording is treated on its way to the ears.

mod aspect;
mod choice;
mod speed;

use serde::Deserialize;

pub use aspect::{SoundAspect, SoundScope, SoundValue};
pub use choice::{OwnSounding, Sounding};
pub use speed::Speed;

/// How much pauses are shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trim {
    /// Not at all.
    #[default]
    Off,
    /// Only long ones, and they stay pauses.
    Gentle,
    /// Longer than what separates sentences.
    Medium,
    /// All that can go without hurting words.
    Strong,
}

impl Trim {
    /// All of them, from none to the strongest.
    pub const ALL: [Self; 4] = [Self::Off, Self::Gentle, Self::Medium, Self::Strong];

    /// The next stronger one; after the strongest comes none.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Gentle,
            Self::Gentle => Self::Medium,
            Self::Medium => Self::Strong,
            Self::Strong => Self::Off,
        }
    }

    /// So many steps stronger, or weaker if negative, as far as there are any.
    #[must_use]
    pub fn stronger(self, by: i32) -> Self {
        let at = Self::ALL.iter().position(|&trim| trim == self).unwrap_or(0);
        let at = at.saturating_add_signed(isize::try_from(by).unwrap_or(0));
        Self::ALL.get(at).copied().unwrap_or(Self::Strong)
    }

    /// What it is called in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Gentle => "gentle",
            Self::Medium => "medium",
            Self::Strong => "strong",
        }
    }
}

/// How loud a whole recording is, played in two channels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Integrated loudness after EBU R 128, in LUFS.
    pub lufs: f32,
    /// The highest true peak, in dB relative to full scale.
    pub peak: f32,
    /// The length of the file that was measured: one of another length is another recording.
    pub bytes: u64,
}
