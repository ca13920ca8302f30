//! The nouns of the program as plain data: shows, episodes, chapters, snips, links, transcripts,
//! positions and settings. No behaviour beyond small, pure conversions; every other room speaks in
//! these words.
//!
//! Times inside a recording are milliseconds in `u64` ([`Millis`]). Dates are seconds since the
//! Unix epoch, UTC ([`UnixSeconds`]).

mod article;
mod change;
mod chapter;
mod download;
mod episode;
mod feed;
mod fragment;
mod listening;
mod note;
mod offline;
mod order;
mod reading;
pub mod rhythm;
mod secret;
mod settings;
mod show;
mod sleep;
mod snip;
mod sound;
mod time;
mod transcript;
mod wanted;

pub use article::{Article, ArticleOutcome, Offer, PageProblem};
pub use change::{Before, Change, KeptFilter};
pub use chapter::{Chapter, ChapterSource, Chapters, SkippedChapter};
pub use download::{Candidate, DownloadEntry, DownloadStage, KeepLimits, KeptRecording};
pub use episode::{Enclosure, Episode, EpisodeSummary, Position, TranscriptLink};
pub use feed::{FeedFormat, ParsedEpisode, ParsedFeed, Person, Soundbite};
pub use fragment::media_fragment;
pub use listening::Listening;
pub use note::Note;
pub use offline::{Completed, Missing, Part};
pub use order::{EpisodeOrder, ShowOrder};
pub use reading::{KeptPage, KeptState, PageToKeep, ReadingId, minutes_to_read, reading_ms};
pub use secret::Secret;
pub use settings::{
    AudioSettings, KeySettings, Language, LibrarySettings, NetworkSettings, PictureMode, Settings,
    Split, ThemeName, UiSettings, WhenQueueEmpties,
};
pub use show::{Show, ShowHealth};
pub use sleep::{SleepAfter, SleepMark};
pub use snip::{NewSnip, Snip, SnipChange};
pub use sound::{
    Loudness, OwnSounding, SoundAspect, SoundScope, SoundValue, Sounding, Speed, Trim,
};
pub use time::{Millis, UnixSeconds, clock, parse_time};
pub use transcript::{Cue, Transcript};
pub use wanted::{FilterProblem, Is, Term, Wanted, What, asks_for_tag};

/// Identifies a show in the library; 0 is never used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ShowId(pub i64);

/// Identifies an episode in the library; 0 is never used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct EpisodeId(pub i64);

/// Identifies a snip in the library; 0 is never used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SnipId(pub i64);

/// A link found in a text: what it says and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// The linked words, with white space folded; may equal `url`.
    pub text: String,
    /// The target as written, resolved against the base address where one is known.
    pub url: String,
}
