//! What an argument names: a file (a path that exists, or `-`), an address, or an episode.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::audio::{Media, MemoryMedia};
use crate::kind::{self, Kind};
use crate::model::Chapters;
use crate::runtime::{
    Places, Trouble, as_url, embedded_chapters, media_of_file, path_of, read_file,
};

/// How much of a file tells whether it is a recording.
const HEAD: u64 = 64 << 10;

/// What an argument names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// A local file, or `-`.
    File(String),
    /// An address of the web (or of the embedded show).
    Url(String),
    /// Anything else: an episode by some name.
    Episode(String),
}

impl Named {
    /// A path that exists is a file; a folder is one only if it is written as a path.
    pub(super) fn of(text: &str) -> Self {
        let path = Path::new(text);
        let is_folder = path.is_dir();
        let file = text == "-"
            || text.starts_with("file:")
            || (path.exists() && (!is_folder || text.contains(std::path::is_separator)));
        if file {
            return Self::File(text.to_owned());
        }
        match as_url(text) {
            Some(url) => Self::Url(url),
            None => Self::Episode(text.to_owned()),
        }
    }
}

/// A local file: a recording is not read as a whole, everything else is.
pub(super) enum Input {
    /// A recording (or a film, for its sound).
    Recording(Recording),
    /// Anything else.
    Whole(Whole),
}

/// A file that is no recording.
#[derive(Debug)]
pub(super) struct Whole {
    /// As the user wrote it.
    pub(super) name: String,
    /// Its address: `file:…`.
    pub(super) url: String,
    /// Its content.
    pub(super) bytes: Vec<u8>,
    /// What it is, told by its content.
    pub(super) kind: Kind,
}

impl Whole {
    /// The text, in whatever encoding it is.
    pub(super) fn text(&self) -> String {
        crate::text::decode(&self.bytes, None).text
    }
}

/// A recording that can be opened several times.
#[derive(Debug, Clone)]
pub(super) enum Recording {
    /// A file.
    File(PathBuf),
    /// What came on standard input.
    Memory(Arc<[u8]>),
}

impl Recording {
    /// Its bytes for the decoder; what is learned of them is kept in these places, if any.
    pub(super) fn media(&self, places: Option<&Places>) -> Result<Box<dyn Media>, Trouble> {
        match self {
            Self::File(path) => media_of_file(path, places),
            Self::Memory(bytes) => Ok(Box::new(MemoryMedia::new(Arc::clone(bytes)))),
        }
    }

    /// The chapters in its tags.
    pub(super) fn chapters(&self) -> Result<Option<Chapters>, Trouble> {
        match self {
            Self::File(path) => {
                let doing = format!("reading {}", path.display());
                let mut file =
                    std::fs::File::open(path).map_err(|err| Trouble::doing(&doing, &err))?;
                Ok(embedded_chapters(&mut file))
            }
            Self::Memory(bytes) => Ok(embedded_chapters(&mut Cursor::new(bytes))),
        }
    }
}

impl Input {
    /// Opens a file, `-` for standard input.
    pub(super) fn open(name: &str) -> Result<Self, Trouble> {
        if name != "-"
            && let Some(path) = recording(name)?
        {
            return Ok(Self::Recording(Recording::File(path)));
        }
        let fetched = read_file(name)?;
        let hint = (name != "-").then_some(name);
        let kind = kind::of(&fetched.bytes, hint, None);
        if matches!(kind, Kind::Audio | Kind::Video) {
            return Ok(Self::Recording(Recording::Memory(fetched.bytes.into())));
        }
        let (name, url, bytes) = (name.to_owned(), fetched.url, fetched.bytes);
        Ok(Self::Whole(Whole { name, url, bytes, kind }))
    }
}

/// The path of a regular file that begins like a recording.
fn recording(name: &str) -> Result<Option<PathBuf>, Trouble> {
    let path = path_of(name);
    let doing = format!("reading {}", path.display());
    let failed = |err: std::io::Error| Trouble::doing(&doing, &err);
    // What comes through a pipe can be read only once.
    if !std::fs::metadata(&path).map_err(failed)?.is_file() {
        return Ok(None);
    }
    let mut head = Vec::new();
    let file = std::fs::File::open(&path).map_err(failed)?;
    file.take(HEAD).read_to_end(&mut head).map_err(failed)?;
    let kind = kind::of(&head, Some(name), None);
    Ok(matches!(kind, Kind::Audio | Kind::Video).then_some(path))
}

/// What people call a kind.
pub(super) fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Feed => "a feed (`inspect` reads it)",
        Kind::Opml => "a subscription list (`import` takes it in)",
        Kind::SnipdNote => "a note with snips",
        Kind::Markdown => "Markdown",
        Kind::Html => "a web page",
        Kind::PlainText => "plain text",
        Kind::ChaptersJson => "a list of chapters (`chapters` reads it)",
        Kind::Subtitle | Kind::TranscriptJson => "a transcript (`transcript` reads it)",
        Kind::Audio => "a recording (`play` and `probe` read it)",
        Kind::Video => "a film",
        Kind::Pdf => "a PDF",
        Kind::Image => "a picture",
        Kind::Unknown => "nothing that is known here",
    }
}
