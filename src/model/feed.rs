//! A feed as it was understood, before the library takes it in.

use super::{Chapter, Enclosure, Millis, TranscriptLink, UnixSeconds};

/// Which family a feed belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedFormat {
    /// RSS 0.9x and 2.0.
    #[default]
    Rss,
    /// Atom 0.3 and 1.0.
    Atom,
    /// RSS 1.0.
    Rdf,
    /// JSON Feed.
    Json,
}

/// A feed as it was understood. Text fields are plain text without control characters, except where
/// they are said to be HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParsedFeed {
    /// The family.
    pub format: FeedFormat,
    /// Title of the show.
    pub title: Option<String>,
    /// Web page of the show.
    pub link: Option<String>,
    /// What it is about (may be HTML).
    pub description: Option<String>,
    /// BCP 47 language tag as written.
    pub language: Option<String>,
    /// Cover picture.
    pub image: Option<String>,
    /// Who makes it.
    pub author: Option<String>,
    /// RFC 5005 `rel="next"`.
    pub next_page: Option<String>,
    /// `itunes:new-feed-url`.
    pub new_feed_url: Option<String>,
    /// Seconds that the feed asks to be left alone for (`ttl`, `sy:updatePeriod`).
    pub rest_s: Option<u64>,
    /// What was mended to read it, a sentence each.
    pub warnings: Vec<String>,
    /// Episodes in document order.
    pub episodes: Vec<ParsedEpisode>,
}

/// One item of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParsedEpisode {
    /// Identity in the feed: guid, else enclosure address, else link, else title. Never empty.
    pub guid: String,
    /// Title, plain text.
    pub title: Option<String>,
    /// The episode's web page.
    pub link: Option<String>,
    /// When it was published.
    pub published: Option<UnixSeconds>,
    /// When it was changed.
    pub updated: Option<UnixSeconds>,
    /// Length as the feed claims.
    pub duration_ms: Option<Millis>,
    /// `itunes:season`.
    pub season: Option<u32>,
    /// `itunes:episode`.
    pub number: Option<u32>,
    /// `itunes:episodeType`, lower case.
    pub kind: Option<String>,
    /// `itunes:explicit`.
    pub explicit: Option<bool>,
    /// Picture of the episode.
    pub image: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The first audio or video enclosure.
    pub enclosure: Option<Enclosure>,
    /// Show notes as HTML: the one of description, `content:encoded` and summary that says most.
    pub notes_html: String,
    /// Address of a `podcast:chapters` file.
    pub chapters_url: Option<String>,
    /// Podlove Simple Chapters carried in the feed.
    pub chapters: Vec<Chapter>,
    /// `podcast:transcript`.
    pub transcripts: Vec<TranscriptLink>,
    /// `podcast:soundbite`.
    pub soundbites: Vec<Soundbite>,
    /// `podcast:person`.
    pub persons: Vec<Person>,
}

/// `podcast:soundbite`: a passage that the makers recommend.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Soundbite {
    /// Where it begins.
    pub start_ms: Millis,
    /// How long it is.
    pub duration_ms: Millis,
    /// What it says.
    pub title: Option<String>,
}

/// `podcast:person`.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Role, `host` where none is given.
    pub role: Option<String>,
}
