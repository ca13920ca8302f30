//! A show: something that is subscribed to.

use super::{OwnSounding, ShowId, UnixSeconds};

/// A show as the library keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Show {
    /// Its identity in this library.
    pub id: ShowId,
    /// What the feed calls it, or its address until the first refresh.
    pub title: String,
    /// The feed's address; the show's identity for the outside.
    pub url: String,
    /// The show's web page.
    pub link: Option<String>,
    /// Who makes it.
    pub author: Option<String>,
    /// What it is about, as the feed has it (may be HTML).
    pub description: Option<String>,
    /// Address of the cover picture.
    pub image: Option<String>,
    /// How many episodes the library has.
    pub episodes: u64,
    /// How many of them were not played to the end.
    pub unplayed: u64,
    /// When its newest episode was published, as lists are ordered by it.
    pub newest: Option<UnixSeconds>,
    /// How the last refresh went.
    pub health: ShowHealth,
    /// `false` for a show that is only known from imported notes or was unsubscribed.
    pub subscribed: bool,
    /// `ETag` of the last answer, to ask conditionally.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer, to ask conditionally.
    pub last_modified: Option<String>,
    /// When the feed was last asked for.
    pub refreshed: Option<UnixSeconds>,
    /// Not to be asked before (`Retry-After`).
    pub not_before: Option<UnixSeconds>,
    /// When the automatic refresh asks again, by the feed's own rhythm; `None`: at once.
    pub due: Option<UnixSeconds>,
    /// How many refreshes in a row have failed.
    pub failures: u32,
    /// Where the feed's older episodes are that were not asked for yet (`rel=next`, RFC 5005).
    pub next_page: Option<String>,
    /// Put away: listed only where that is asked for, and not refreshed by itself.
    pub archived: bool,
    /// The user's own names for what it belongs to, as they were written.
    pub tags: Vec<String>,
    /// How many of its newest episodes are downloaded by themselves; `None`: as for all.
    pub auto_download: Option<u32>,
    /// How many of its downloads are kept; `None`: as for all.
    pub keep: Option<u32>,
    /// How it sounds where that is not as for all.
    pub sounding: OwnSounding,
}

/// How the last refresh of a show went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ShowHealth {
    /// Never asked for yet.
    #[default]
    Unknown,
    /// The feed answered and was understood.
    Good,
    /// It failed; the sentence says what was being done, why it failed and what helps.
    Failed(String),
    /// The server said 410: the feed is gone for good and is not asked for any more.
    Gone,
}

impl ShowHealth {
    /// The feed wants a name and a password: its server answered with status 401.
    #[must_use]
    pub fn wants_login(&self) -> bool {
        matches!(self, Self::Failed(why) if why.contains("(401)"))
    }

    /// The sentence to show, where there is something wrong.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        match self {
            Self::Unknown | Self::Good => None,
            Self::Failed(why) => Some(why),
            Self::Gone => Some("the feed is gone (410): it is no longer asked for"),
        }
    }
}
