//! The embedded welcome show: the one source that needs no network. Three short episodes with
//! notes, chapters, transcripts and snips, whose linked articles are the program's manual.
//!
//! Files are addressed as `welcome:NAME`. What is said and sounded in them is written in
//! `assets/welcome/make/script.py`; `assets/welcome/make.sh` makes them again and checks them.

/// Address of the show's feed.
pub const FEED: &str = "welcome:feed.xml";

/// Address of a Snipd-style note with snips of the first episode.
pub const SNIPS: &str = "welcome:snips.md";

/// A file that is part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// Its content.
    pub bytes: &'static [u8],
    /// Its MIME type, without parameters.
    pub mime: &'static str,
}

/// The rows of [`FILES`]: name after `welcome:`, MIME type.
macro_rules! embedded {
    ($($name:literal $mime:literal)*) => {
        &[$((
            $name,
            Embedded {
                bytes: include_bytes!(concat!("../assets/welcome/", $name)),
                mime: $mime,
            },
        )),*]
    };
}

const FILES: &[(&str, Embedded)] = embedded! {
    "feed.xml" "application/rss+xml"
    "cover.png" "image/png"
    "snips.md" "text/markdown"
    "articles/keys.html" "text/html"
    "articles/reading.md" "text/markdown"
    "articles/keeping.md" "text/markdown"
    "audio/1.opus" "audio/ogg"
    "audio/2.mp3" "audio/mpeg"
    "audio/3.opus" "audio/ogg"
    "chapters/2.json" "application/json+chapters"
    "transcripts/1.vtt" "text/vtt"
    "transcripts/2.srt" "application/x-subrip"
    "transcripts/3.vtt" "text/vtt"
};

/// The file of the welcome show that is called `name` (as after `welcome:`), if there is one.
/// A fragment or query (`articles/keys.html#top`) must be cut off by the caller.
#[must_use]
pub fn read(name: &str) -> Option<Embedded> {
    FILES.iter().find(|(known, _)| *known == name).map(|&(_, file)| file)
}

/// The names of all files of the show, as after `welcome:`.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|&(name, _)| name)
}

#[cfg(test)]
mod tests;
