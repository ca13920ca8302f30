//! Bytes of a feed to what it says: RSS, Atom, RSS 1.0, JSON Feed with the podcast namespaces;
//! subscription lists (OPML); feeds that a web page points to.
//!
//! XML takes four steps: `mend` (text that can be walked), `tree` (names and depth one can
//! rely on), `shape` (head and items as the feed crates read them), then the crates themselves,
//! item by item.

mod address;
mod atom_feed;
mod date;
mod directory;
mod discover;
mod element;
mod enclosure;
mod entity;
mod episode;
mod json_feed;
mod length;
mod mend;
mod namespace;
mod notes;
pub mod opml;
mod podcast;
mod rest;
mod rss_feed;
mod settle;
mod shape;
mod token;
mod tree;
mod write;
mod youtube;

use std::collections::HashMap;

use url::Url;

use crate::model::{FeedFormat, ParsedFeed};
use mend::Mends;
use shape::Family;

pub use directory::{
    DirectoryError, DirectoryShow, PodcastPage, XiaoyuzhouKind, apple_lookup, podcast_page,
    xiaoyuzhou_page,
};
pub use discover::{Discovered, discover};
pub use youtube::youtube_feed;

/// Larger documents are refused.
const MAX_BYTES: usize = 128 * 1024 * 1024;

/// Why a document gives no feed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FeedError {
    /// There is nothing in it.
    #[error("reading the feed failed: the document is empty; try again later")]
    Empty,
    /// It is too large to be a feed.
    #[error("reading the feed failed: it is larger than 128 MB; this is hardly a feed")]
    TooLarge,
    /// It is a web page.
    #[error(
        "reading the feed failed: this is a web page, not a feed; look for an RSS link on it, or log in with a browser if it asks for that"
    )]
    Html,
    /// It is a subscription list.
    #[error(
        "reading the feed failed: this is a subscription list (OPML), not a feed; use import for it"
    )]
    Opml,
    /// It is a picture, a sound or something else that is not text.
    #[error("reading the feed failed: this is not text but binary data; check the address")]
    Binary,
    /// It is JSON that cannot be read.
    #[error("reading the feed failed: the JSON is broken ({0}); tell the makers of the feed")]
    Json(String),
    /// It is something else.
    #[error("reading the feed failed: this is neither RSS, Atom nor JSON Feed; check the address")]
    NotAFeed,
    /// It breaks off before the first item ends.
    #[error("reading the feed failed: it breaks off before its first item; try again later")]
    BreaksOff,
    /// It is a page of a podcast directory that does not carry its show.
    #[error("reading the feed failed: {0}")]
    Directory(String),
    /// Its document type declares entities that explode.
    #[error(
        "reading the feed failed: its document type declares entities that would fill the memory; this looks like an attack"
    )]
    EntityBomb,
}

/// Reads a feed of any family. `url` is its address (base for relative links), `content_type` the
/// header it came with (for the encoding). What was mended is in the warnings.
///
/// # Errors
/// If the document is no feed, or so broken that no item is left.
pub fn parse(
    bytes: &[u8],
    url: Option<&str>,
    content_type: Option<&str>,
) -> Result<ParsedFeed, FeedError> {
    if bytes.len() > MAX_BYTES {
        return Err(FeedError::TooLarge);
    }
    if is_binary(bytes) {
        return Err(FeedError::Binary);
    }
    let mut mends = Mends::default();
    let decoded = crate::text::decode(bytes, charset(content_type).as_deref());
    if decoded.lossy {
        mends.note("some bytes are no text in the feed's encoding and were replaced");
    }
    tell_encoding(&decoded, &mut mends);
    let text = decoded.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
        return Err(FeedError::Empty);
    }
    let base = url.and_then(|url| Url::parse(url).ok());
    let local = base.as_ref().is_some_and(|base| base.scheme() == "file");
    if text.starts_with('{') || text.starts_with('[') {
        return json(text, base.as_ref(), local, mends);
    }
    xml(text, base, local, mends)
}

fn xml(
    text: &str,
    base: Option<Url>,
    local: bool,
    mut mends: Mends,
) -> Result<ParsedFeed, FeedError> {
    let mended = mend::mend(text, &mut mends).map_err(|_| FeedError::EntityBomb)?;
    let tree = tree::grow(&mended, &mut mends);
    drop(mended);
    let format = match shape::family(&tree.top) {
        Family::Feed(format) => format,
        Family::Opml => return Err(FeedError::Opml),
        Family::Html if directory::carries_show(base.as_ref()) => {
            let page =
                xiaoyuzhou_page(text).map_err(|why| FeedError::Directory(why.to_string()))?;
            return Ok(page.feed);
        }
        Family::Html => return Err(FeedError::Html),
        Family::Unknown if looks_like_html(text) => return Err(FeedError::Html),
        Family::Unknown => return Err(FeedError::NotAFeed),
    };
    let atom = format == FeedFormat::Atom;
    let shaped = shape::shape(tree.top, atom, base, &mut mends);
    let rest_s = rest::rest(&shaped.head);
    let mut feed = if atom {
        atom_feed::read(shaped, local, &mut mends)
    } else {
        rss_feed::read(shaped, format, local, &mut mends)
    };
    if tree.broken_off && feed.episodes.is_empty() {
        return Err(FeedError::BreaksOff);
    }
    tell_twins_apart(&mut feed, &mut mends);
    feed.rest_s = rest_s;
    feed.warnings = mends.into_warnings();
    Ok(feed)
}

/// Tells when the declaration names another encoding than the one that the bytes are in.
fn tell_encoding(decoded: &crate::text::Decoded, mends: &mut Mends) {
    let prolog = notes::cut(&decoded.text, 200).trim_start();
    let declared = prolog
        .strip_prefix("<?xml")
        .and_then(|prolog| prolog.split_once("?>"))
        .and_then(|(prolog, _)| prolog.split_once("encoding"))
        .map(|(_, value)| value.trim_start_matches([' ', '=', '"', '\'']))
        .and_then(|value| value.split(['"', '\'', ' ']).next())
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let family = |name: &str| name.replace("gb18030", "GBK").replace("UTF-16LE", "UTF-16BE");
    if let Some(declared) = declared
        && family(declared.name()) != family(decoded.encoding)
        && !decoded.text.is_ascii()
    {
        mends.note(&format!(
            "the feed says that it is in {} but it is in {}",
            declared.name(),
            decoded.encoding
        ));
    }
}

/// Some makers give all items one guid. Where the recordings differ, they are different episodes:
/// the later ones are known by their recording instead.
fn tell_twins_apart(feed: &mut ParsedFeed, mends: &mut Mends) {
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    for episode in &mut feed.episodes {
        let recording = episode.enclosure.as_ref().map(|enclosure| enclosure.url.clone());
        match known.get(&episode.guid) {
            Some(first) if recording.is_some() && *first != recording => {
                mends.note("several items have one guid; they are told apart by their recordings");
                episode.guid = recording.unwrap_or_default();
            }
            Some(_) => {}
            None => {
                known.insert(episode.guid.clone(), recording);
            }
        }
    }
}

fn json(
    text: &str,
    base: Option<&Url>,
    local: bool,
    mends: Mends,
) -> Result<ParsedFeed, FeedError> {
    let document: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| FeedError::Json(crate::text::clean_line(&error.to_string())))?;
    let mut feed = json_feed::read(&document, base, local).ok_or(FeedError::NotAFeed)?;
    let mut warnings = mends.into_warnings();
    warnings.append(&mut feed.warnings);
    feed.warnings = warnings;
    Ok(feed)
}

/// The `charset` of a `Content-Type` header.
fn charset(content_type: Option<&str>) -> Option<String> {
    let parameters = content_type?.split(';').skip(1);
    let charset = parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.1.trim().trim_matches(['"', '\'']).to_owned())
}

/// Whether the first bytes are those of a known binary file.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 11] = [
        b"\x89PNG",
        b"ID3",
        b"OggS",
        b"fLaC",
        b"RIFF",
        b"\xff\xd8\xff",
        b"GIF8",
        b"%PDF",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x00\x00\x00",
    ];
    let utf32 = bytes.starts_with(b"\x00\x00\xfe\xff") || bytes.starts_with(b"\x00\x00\x00<");
    let mp3_frame = matches!(bytes, [0xff, 0xe2..=0xfb, ..]) && !bytes.starts_with(b"\xff\xfe");
    !utf32 && (mp3_frame || MAGIC.iter().any(|magic| bytes.starts_with(magic)))
}

/// Whether a document without a known root is a web page all the same.
fn looks_like_html(text: &str) -> bool {
    let head = notes::cut(text, 4096).to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<div", "<script", "<p>", "<meta"]
        .iter()
        .any(|mark| head.contains(mark))
}
