//! A snip: a range of a recording that was worth keeping, with a note.

use super::{EpisodeId, Millis, SnipId, UnixSeconds};

/// A snip as the library keeps it. `start_ms < end_ms` always.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snip {
    /// Its identity in this library.
    pub id: SnipId,
    /// The episode it was taken from.
    pub episode: EpisodeId,
    /// The episode's title, for lists.
    pub episode_title: String,
    /// The show's title, for lists.
    pub show_title: String,
    /// When it was kept.
    pub created: Option<UnixSeconds>,
    /// The rest.
    pub body: NewSnip,
}

/// A snip before the library has given it an identity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewSnip {
    /// Where it begins.
    pub start_ms: Millis,
    /// Where it ends (exclusive).
    pub end_ms: Millis,
    /// Title; `None` where Snipd says `Untitled`.
    pub title: Option<String>,
    /// The note, Markdown; may hold several paragraphs; empty if there is none.
    pub note: String,
    /// What was said, where it is known; plain text.
    pub transcript: Option<String>,
    /// Tags without `#`.
    pub tags: Vec<String>,
    /// Starred.
    pub favorite: bool,
    /// Its address at Snipd (`https://share.snipd.com/snip/…`); identity across imports.
    pub url: Option<String>,
    /// The moment of the tap, where it differs from `end_ms`.
    pub tapped_ms: Option<Millis>,
    /// The block as it stood in the imported note, so that an export loses nothing.
    pub raw: Option<String>,
}

/// A change of a snip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnipChange {
    /// Where it begins and ends.
    Range(Millis, Millis),
    /// Its title.
    Title(Option<String>),
    /// Its note.
    Note(String),
    /// Its tags, without `#`.
    Tags(Vec<String>),
    /// Starred or not.
    Favorite(bool),
}

impl NewSnip {
    /// The snip with this change.
    #[must_use]
    pub fn with(self, change: SnipChange) -> Self {
        match change {
            SnipChange::Range(start_ms, end_ms) => Self { start_ms, end_ms, ..self },
            SnipChange::Title(title) => Self { title, ..self },
            SnipChange::Note(note) => Self { note, ..self },
            SnipChange::Tags(tags) => Self { tags, ..self },
            SnipChange::Favorite(favorite) => Self { favorite, ..self },
        }
    }
}
