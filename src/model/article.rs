//! An article: a page that a link led to, as the library keeps it for reading offline.

use super::UnixSeconds;

/// An article's facts; its text is a `text::Document`, kept beside it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// Where it was found in the end (after redirects); a `file:` address for local files.
    pub url: String,
    /// Title, plain text.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Name of the site or publication.
    pub site: Option<String>,
    /// When it was published, as the page says (RFC 3339 where it can be read, else as written).
    pub published: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// When it was fetched.
    pub fetched: Option<UnixSeconds>,
    /// When it was last changed, in the form of `published`.
    #[serde(default)]
    pub updated: Option<String>,
    /// The picture that stands for it, an absolute web address.
    #[serde(default)]
    pub lead_image: Option<String>,
    /// The address that the page itself wants to be known by, on the same site.
    #[serde(default)]
    pub canonical: Option<String>,
    /// It is only the beginning; the rest is for those who pay.
    #[serde(default)]
    pub preview: bool,
    /// What can be done with what the page is about, besides reading it.
    #[serde(default)]
    pub offers: Vec<Offer>,
}

/// What a page about a show or an episode offers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Offer {
    /// A show to subscribe to.
    Feed {
        /// Its feed, or the page of a directory that stands for it.
        url: String,
    },
    /// A recording to play.
    Recording {
        /// The file.
        url: String,
    },
}

impl Offer {
    /// Where it leads; an absolute web address.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Feed { url } | Self::Recording { url } => url,
        }
    }
}

/// What stands between a reader and a page, so that the screen can offer what helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum PageProblem {
    /// None of the others.
    #[default]
    Other,
    /// No server was reached.
    Unreachable,
    /// It did not answer in time.
    Slow,
    /// The server has trouble of its own, or was asked too often.
    Busy,
    /// The server wants a login, a payment, or does not want this reader.
    Refused,
    /// There is nothing at this address (any more).
    Gone,
    /// The site shows a check for robots instead of the page.
    Blocked,
    /// The page says that it was deleted.
    Deleted,
    /// No text was found in it.
    NoText,
    /// It is a file of another kind: a picture, a recording.
    NotText,
    /// It is somewhere that content may not lead to.
    Private,
}

/// What became of a page. Only `Readable` may be cached as an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum ArticleOutcome {
    /// It was read.
    #[default]
    Readable,
    /// The site shows a check (captcha, 环境异常) instead of the page.
    Blocked,
    /// The page says that it was deleted.
    Deleted,
}
