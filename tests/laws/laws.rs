//! What must hold for any bytes whatever: the laws of the parsers. A law takes bytes and panics where
//! it is broken. Shared by the fuzz targets in `fuzz/` and by tests on stable Rust.
//!
//! Where a parser can be asked in several ways, the first or the last byte chooses; no byte is taken
//! off, so that a found input stays the file that it is.
#![allow(dead_code, unreachable_pub, reason = "each test takes in only what it needs")]

pub mod seeds;

mod addresses;
mod articles;
mod chapters;
mod clean;
mod documents;
mod feeds;
mod kinds;
mod notes;
mod sound;
mod spoken;

pub use addresses::times;
pub use articles::article;
pub use chapters::{chapters_json, id3, matroska, mp4, ogg, timeline};
pub use documents::{html, markdown};
pub use feeds::{directory, feed, opml};
pub use kinds::kind;
pub use notes::snipd;
pub use sound::recording;
pub use spoken::transcript;

/// A law.
pub type Law = fn(&[u8]);

/// All laws by the name of their fuzz target.
pub const ALL: [(&str, Law); 17] = [
    ("timeline", timeline),
    ("snipd", snipd),
    ("id3", id3),
    ("mp4", mp4),
    ("ogg", ogg),
    ("matroska", matroska),
    ("chapters_json", chapters_json),
    ("transcript", transcript),
    ("times", times),
    ("feed", feed),
    ("opml", opml),
    ("html", html),
    ("markdown", markdown),
    ("article", article),
    ("kind", kind),
    ("directory", directory),
    ("recording", recording),
];
