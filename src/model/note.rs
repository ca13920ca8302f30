//! A Snipd-style note: one episode with its notes and snips, as one Markdown file holds it.

use super::{NewSnip, UnixSeconds};

/// What a Snipd-style note says of one episode. Everything that has no field of its own is kept in
/// `front_matter`, `rest` or `source`, so that writing it again loses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Note {
    /// The episode's guid in its feed; only notes that this program wrote say it.
    pub guid: Option<String>,
    /// Title of the episode.
    pub title: String,
    /// Title of the show.
    pub show: Option<String>,
    /// Who makes the show.
    pub author: Option<String>,
    /// Guests by name.
    pub guests: Vec<String>,
    /// When the episode was published.
    pub published: Option<UnixSeconds>,
    /// When the note was exported or created.
    pub exported: Option<UnixSeconds>,
    /// The episode's web page (`source`, `Show notes link`).
    pub link: Option<String>,
    /// The episode's page at Snipd.
    pub snipd_url: Option<String>,
    /// Cover picture.
    pub image: Option<String>,
    /// The audio file, as the snips' `#t=` links name it, without the fragment.
    pub enclosure: Option<String>,
    /// Length of the episode in milliseconds, where the note says it.
    pub duration_ms: Option<u64>,
    /// Show notes as Markdown, quote marks taken off; empty where there are none.
    pub notes: String,
    /// The snips in order of the file.
    pub snips: Vec<NewSnip>,
    /// The front matter as it stood, without its `---` lines.
    pub front_matter: Option<String>,
    /// Passages that belong to no field, as they stood.
    pub rest: String,
    /// The whole text as it stood, for a note in the form that this program writes itself: writing
    /// the note again changes only the snips that have changed. `None` for other forms.
    pub source: Option<String>,
    /// The line of the file with which it begins, from 1.
    pub line: usize,
    /// What could not be taken in: line number (from 1) and why.
    pub skipped: Vec<(usize, String)>,
}
