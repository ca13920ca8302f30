//! How a recording is treated on its way to the ears.

use serde::Deserialize;

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
