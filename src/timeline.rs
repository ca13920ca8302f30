//! Where chapters come from (show notes, chapters JSON, tags of audio files) and which of them
//! wins. Pure: readers come in by argument, nothing is opened here.
//!
//! ```text
//! notes     Document ─ line ─▶ code ─▶ entry ─▶ meaning ─▶ outline ─▶ chapters + stamps ─▶ mark
//! json      podcast:chapters 1.2                     ┐
//! listing   CHAPTER001=…, 00:00:00.000 title         ├▶ tidy ─▶ choose
//! embedded  ID3, MP4, Vorbis, Matroska, WAV, AIFF    ┘
//! ```
//!
//! Which list wins is written down at [`choose()`], what all lists have in common at [`tidy()`].

mod arrange;
mod choose;
mod code;
mod context;
mod embedded;
mod entry;
mod error;
mod json;
mod line;
mod list;
mod listing;
mod loose;
mod mark;
mod meaning;
mod notes;
mod outline;
mod tidy;
mod title;
mod verse;

pub use arrange::arrange;
pub use choose::choose;
pub use embedded::embedded;
pub use error::TimelineError;
pub use json::from_json;
pub use listing::from_text;
pub use mark::mark;
pub use notes::{NotesTimeline, Stamp, from_notes};
pub use tidy::{fit, tidy};

/// The most chapters that are taken from one source; what follows is left out. The longest honest
/// lists have some hundreds.
pub const MAX_CHAPTERS: usize = 20_000;

/// The latest start that is believed, 1,000 hours; it keeps nonsense such as `1e308` out.
pub const MAX_MILLIS: crate::model::Millis = 1_000 * 3_600_000;
