//! An episode: one recording with its notes, and where listening stopped.

use super::{EpisodeId, Millis, ShowId, UnixSeconds};

/// The audio (or video) file of an episode.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Enclosure {
    /// Where it is.
    pub url: String,
    /// MIME type as the feed claims.
    #[serde(rename = "type")]
    pub mime: Option<String>,
    /// Length in bytes as the feed claims; often wrong.
    pub length: Option<u64>,
}

/// A transcript that a feed points to.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct TranscriptLink {
    /// Where it is.
    pub url: String,
    /// MIME type as the feed claims.
    #[serde(rename = "type")]
    pub mime: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
}

/// Where listening stopped, and whether the episode counts as heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Time in the recording.
    pub ms: Millis,
    /// Heard to the end, or marked so.
    pub played: bool,
}

/// What a list of episodes shows; cheap to load by the thousand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing that is so or not")]
pub struct EpisodeSummary {
    /// Its identity in this library.
    pub id: EpisodeId,
    /// The show it belongs to.
    pub show: ShowId,
    /// The show's title.
    pub show_title: String,
    /// The episode's identity in its feed.
    pub guid: String,
    /// Title, plain text.
    pub title: String,
    /// When it was published.
    pub published: Option<UnixSeconds>,
    /// Its length: measured if it was played or downloaded, else as the feed claims.
    pub duration_ms: Option<Millis>,
    /// Where listening stopped.
    pub position: Position,
    /// `itunes:episode`.
    pub number: Option<u32>,
    /// `itunes:season`.
    pub season: Option<u32>,
    /// The audio file.
    pub enclosure: Option<Enclosure>,
    /// The episode's web page.
    pub link: Option<String>,
    /// Whether the whole file is on this machine.
    pub downloaded: bool,
    /// Whether all that belongs to it is: recording, transcript, the pages it links to.
    pub complete: bool,
    /// Starred by the user: never cleaned up.
    pub starred: bool,
    /// Put away by the user.
    pub archived: bool,
}

/// An episode with all that is shown when it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Episode {
    /// The part that lists show.
    pub summary: EpisodeSummary,
    /// Show notes as the feed has them: HTML, or Markdown for imported notes.
    pub notes: String,
    /// Base address for relative links in the notes.
    pub notes_base: Option<String>,
    /// `true` where `notes` is Markdown (imported Snipd notes), `false` for HTML or plain text.
    pub notes_markdown: bool,
    /// Address of a `podcast:chapters` file.
    pub chapters_url: Option<String>,
    /// Chapters that the feed itself carries (Podlove Simple Chapters), in order.
    pub feed_chapters: Vec<super::Chapter>,
    /// Transcripts that the feed points to.
    pub transcripts: Vec<TranscriptLink>,
    /// Picture of the episode.
    pub image: Option<String>,
    /// Front matter of an imported Snipd note that has no other place, as it stood (YAML).
    pub front_matter: Option<String>,
}
