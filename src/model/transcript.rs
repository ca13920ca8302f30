//! A transcript: what was said when, and by whom.

use super::Millis;

/// One passage of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Cue {
    /// Where it begins.
    pub start_ms: Millis,
    /// Where it ends; equal to the next start where the file does not say.
    pub end_ms: Millis,
    /// Who speaks, where the file says.
    pub speaker: Option<String>,
    /// What is said, plain text, one line.
    pub text: String,
}

/// A whole transcript in order of time.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Transcript {
    /// Its passages. A text without times has cues of zero length at 0.
    pub cues: Vec<Cue>,
}
