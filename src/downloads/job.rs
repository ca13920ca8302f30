//! What is to be downloaded, how far it is, and what came of it.

use std::path::PathBuf;

use super::place::Place;
use crate::fetch::Trust;

/// A recording to be downloaded or streamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its identity and the stem of its file until it is whole: letters, digits, `-` and `_`. Anything else is replaced.
    pub key: String,
    /// Where it is: `http:`, `https:` or `welcome:`.
    pub url: String,
    /// MIME type as the feed claims; a hint for the file's suffix.
    pub mime: Option<String>,
    /// Who named the address.
    pub trust: Trust,
    /// Where it stands once it is whole; `None`: under its key.
    pub place: Option<Place>,
}

/// How far a download is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are there, those of earlier runs included.
    pub bytes: u64,
    /// Bytes of the whole, where known.
    pub total: Option<u64>,
}

/// A recording that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Its file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// It was there before; nothing was fetched.
    pub already: bool,
}
