//! What the user has changed, as it stood before: all that it takes to undo it.

use super::{EpisodeId, KeptPage, Position, ShowId, SkippedChapter, Snip, SnipId};

/// One change of the user that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it was about, to be said: the title of an episode, a show, a page; may be empty.
    pub title: String,
    /// How it was before.
    pub before: Before,
}

/// How something was before it was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Before {
    /// Where listening stood in these episodes, and whether they counted as heard.
    Positions(Vec<(EpisodeId, Position)>),
    /// Which episodes had a star.
    Stars(Vec<(EpisodeId, bool)>),
    /// Which episodes were put away.
    Archived(Vec<(EpisodeId, bool)>),
    /// Whether a show was put away.
    ShowArchived(ShowId, bool),
    /// The tags of a show.
    Tags(ShowId, Vec<String>),
    /// The queue, next first.
    Queue(Vec<EpisodeId>),
    /// The show was subscribed to.
    Subscribed(ShowId),
    /// A snip, which was changed or deleted.
    Snip(Box<Snip>),
    /// There was no such snip.
    NoSnip(SnipId),
    /// A page of the reading list, which was taken off or marked.
    Kept(Box<KeptPage>),
    /// The page with this identity was not on the reading list.
    NotKept(String),
    /// Whether a chapter was always skipped.
    Skipped(EpisodeId, SkippedChapter, bool),
    /// All filters that were kept under a name.
    Filters(Vec<KeptFilter>),
    /// The recording was on this machine.
    Downloaded(EpisodeId),
}

/// A filter of episodes that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptFilter {
    /// What the user calls it.
    pub name: String,
    /// As it is typed (see [`super::Wanted`]).
    pub text: String,
}

impl Before {
    /// How many things it is about.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Positions(list) => list.len(),
            Self::Stars(list) | Self::Archived(list) => list.len(),
            _ => 1,
        }
    }
}
