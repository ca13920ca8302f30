//! What is typed in the last line.

use super::{Line, RangeProblem};
use crate::model::{EpisodeId, ShowId, SnipId};

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
    /// Only headings with this text.
    FilterOutline,
    /// Look for this in the text.
    Find,
    /// Subscribe to this address or file.
    Subscribe,
    /// How many episodes of this show come by themselves, and how many are kept.
    AutoDownload(ShowId),
    /// Name and password for this show's feed, parted by a colon.
    LogIn(ShowId),
    /// Keep this address for reading later.
    KeepPage,
    /// Only pages of the reading list with this.
    FilterReading,
    /// Only snips with this.
    FilterSnips,
    /// The times of a new snip of this episode; what was wrong with those typed before.
    SnipRange(EpisodeId, Option<RangeProblem>),
    /// The note of this snip.
    SnipNote(SnipId),
    /// The title of this snip.
    SnipTitle(SnipId),
    /// The tags of this snip.
    SnipTags(SnipId),
    /// The tags of this show.
    ShowTags(ShowId),
    /// The name under which the filter of the list is kept.
    FilterName,
    /// Another name of the kept filter at this place.
    FilterRename(usize),
    /// What the kept filter at this place shall find.
    FilterText(usize),
}
