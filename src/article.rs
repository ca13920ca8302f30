//! A page's bytes become an article: a clean document with its title, author and date. Pages of the
//! web go through site rules and an extraction by scores; Markdown and plain text are read as they are.
//! Pure: whoever calls it has fetched the page, and runs it in the `sandbox`, because pages are hostile.

mod addresses;
mod around;
mod byline;
mod candidates;
mod date;
mod direct;
mod edges;
mod facts;
mod flat;
mod headline;
mod json_ld;
mod language;
mod light;
mod links;
mod listing;
mod marked;
mod masthead;
mod next_page;
mod offers;
mod outcome;
mod pdf;
mod plain;
mod prepare;
mod published;
mod reader;
mod second;
mod signed;
mod site_name;
mod sites;
mod streamed;
mod title;
mod tree;
mod web;

use serde::{Deserialize, Serialize};

use crate::kind::{self, Kind};
use crate::model::{Article, ArticleOutcome};
use crate::text::{self, BlockKind, Document};

pub use crate::text::canonical_url;
pub use candidates::fetch_urls;
pub use direct::recording;

/// Larger pages are refused, in bytes. No article comes near it.
pub const MAX_PAGE_BYTES: usize = 16 << 20;

/// Version of the reading of pages. Raise it when texts come out better: pages that are kept are then
/// read anew from their bytes when they are opened.
pub const READER: u32 = 3;

/// Larger PDFs are refused, in bytes.
pub const MAX_PDF_BYTES: usize = 30 << 20;

/// A page as it was fetched, or a file as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'p> {
    /// Where it was found in the end, after redirects; relative links are resolved against it.
    pub url: &'p str,
    /// The `Content-Type` header, with its `charset`, where there was one.
    pub content_type: Option<&'p str>,
    /// The body, after any `Content-Encoding` was taken off.
    pub bytes: &'p [u8],
}

/// How much of a page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum View {
    /// The article alone.
    #[default]
    Reader,
    /// All that the page says, menus included: for when the reader left out too much.
    Whole,
}

/// What was read from a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Extracted {
    /// Title, author, date and the like; `url` is the page's, `fetched` is left to the caller.
    pub article: Article,
    /// Whether this is the article at all. Anything but `Readable` must not replace a good copy.
    pub outcome: ArticleOutcome,
    /// The text. The title is not repeated at its beginning.
    pub document: Document,
    /// The text as HTML that is safe to show anywhere (see [`text::to_html`]).
    pub html: String,
    /// How many paragraphs were kept, and how many the whole page has; the first is never larger.
    pub kept: (usize, usize),
    /// The next page of the same article, where it is parted into several.
    #[serde(default)]
    pub next: Option<String>,
}

/// Why there is no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ArticleError {
    /// The PDF needs a password.
    #[error("the pdf is locked with a password; it can be opened in the browser")]
    Locked,
    /// The PDF cannot be read at all.
    #[error("the pdf is broken; it can be opened in the browser")]
    BrokenPdf,
    /// The PDF holds pictures of pages and no text.
    #[error(
        "the pdf holds pictures of pages and no text, as scans do; it can be opened in the browser"
    )]
    Scanned,
    /// The fonts of the PDF do not say which letters they show.
    #[error("the pdf does not say which letters its fonts show; it can be opened in the browser")]
    NoLetters,
    /// The page is a feed or a list of feeds.
    #[error("this is a feed and not an article; it can be added as a show")]
    Feed,
    /// The page is a picture, a recording or another file; the word says which.
    #[error("this is {0} and not an article; it can be opened in the browser")]
    NotText(String),
    /// There is nothing in it.
    #[error("the page is empty; it may show its text only in a browser")]
    Empty,
    /// The page is larger than [`MAX_PAGE_BYTES`].
    #[error("the page is too large to be an article ({0} bytes); it can be opened in the browser")]
    TooLarge(usize),
}

/// Reads a page: what it is told by its bytes (see [`kind::of`]), its encoding by [`text::decode`].
///
/// # Errors
/// [`ArticleError`] where the page holds no text. A check or a notice that stands in the article's
/// place is no error but an [`ArticleOutcome`].
pub fn extract(page: &Page<'_>, view: View) -> Result<Extracted, ArticleError> {
    let kind = kind::of(page.bytes, Some(page.url), page.content_type);
    let largest = if kind == Kind::Pdf { MAX_PDF_BYTES } else { MAX_PAGE_BYTES };
    if page.bytes.len() > largest {
        return Err(ArticleError::TooLarge(page.bytes.len()));
    }
    if let Some(error) = refusal(kind) {
        return Err(error);
    }
    let whole = match kind {
        Kind::Pdf => Some(pdf::read(page.url, page.bytes, view)?),
        Kind::Image => Some(direct::picture(page.url, page.bytes)),
        _ => None,
    };
    if let Some(mut extracted) = whole {
        extracted.html = text::to_html(&extracted.document);
        return Ok(extracted);
    }
    let charset = page.content_type.and_then(charset);
    let decoded = text::decode(page.bytes, charset);
    let text = decoded.text.as_str();
    let mut extracted = match kind {
        _ if light::speaks(page.url) && kind != Kind::Html => {
            marked::read(page.url, &light::markdown(page.url, text), view)
        }
        Kind::Markdown | Kind::SnipdNote => marked::read(page.url, text, view),
        Kind::Html => web::read(page.url, text, view),
        // A head in JSON looks like data.
        _ if text::split_front_matter(text).0.is_some() => marked::read(page.url, text, view),
        _ => match data_language(text) {
            Some(language) => plain::data(page.url, text, language),
            None => plain::read(page.url, text, view),
        },
    };
    if extracted.document.blocks.is_empty() && extracted.outcome == ArticleOutcome::Readable {
        return Err(ArticleError::Empty);
    }
    extracted.html = text::to_html(&extracted.document);
    Ok(extracted)
}

/// The language of a text that is data for programs.
fn data_language(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.starts_with("<?xml") {
        return Some("xml");
    }
    let is_json = text.starts_with(['{', '['])
        && text.ends_with(['}', ']'])
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    is_json.then_some("json")
}

fn refusal(kind: Kind) -> Option<ArticleError> {
    match kind {
        Kind::Feed | Kind::Opml => Some(ArticleError::Feed),
        Kind::Audio => Some(ArticleError::NotText("a recording".to_owned())),
        Kind::Video => Some(ArticleError::NotText("a film".to_owned())),
        _ => None,
    }
}

/// The `charset` of a `Content-Type`.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

/// Blocks that carry words: what a reader would count as paragraphs.
fn paragraphs(document: &Document) -> usize {
    let worded = |kind: &BlockKind| {
        !matches!(kind, BlockKind::Rule | BlockKind::Image { .. } | BlockKind::PageMark { .. })
    };
    document.blocks.iter().filter(|block| worded(&block.kind)).count()
}

#[cfg(test)]
mod tests;
