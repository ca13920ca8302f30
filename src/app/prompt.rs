//! What is typed in the last line.

use super::Line;
use crate::model::SnipId;

/// A line that is being typed, and what it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What for.
    pub kind: PromptKind,
    /// The line.
    pub line: Line,
}

/// What a typed line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptKind {
    /// Only shows with this text.
    FilterShows,
    /// Only episodes with this text.
    FilterEpisodes,
    /// Only chapters with this text.
    FilterChapters,
    /// Look for this in the text.
    Find,
    /// Subscribe to this address or file.
    Subscribe,
    /// The note of this snip.
    SnipNote(SnipId),
}
