//! Chapters in audio files, written by other hands where there are some: the `id3` crate writes tags,
//! everything else is put together after the specifications.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why and stops")]

use std::io::Cursor;

use latetalk::model::Chapters;
use latetalk::timeline::embedded;

#[path = "chapters/bounds.rs"]
mod bounds;
#[path = "chapters/id3_odd.rs"]
mod id3_odd;
#[path = "chapters/id3_tags.rs"]
mod id3_tags;
#[path = "chapters/markers.rs"]
mod markers;
#[path = "chapters/matroska.rs"]
mod matroska;
#[path = "chapters/mp4.rs"]
mod mp4;
#[path = "chapters/vorbis.rs"]
mod vorbis;
#[path = "chapters/writers.rs"]
mod writers;

/// What is found in a file.
fn read(bytes: &[u8]) -> Option<Chapters> {
    embedded(&mut Cursor::new(bytes)).expect("readable")
}

/// Start, end and title of each chapter.
fn shown(chapters: &Chapters) -> Vec<(u64, Option<u64>, &str)> {
    chapters.list.iter().map(|c| (c.start_ms, c.end_ms, c.title.as_str())).collect()
}

/// The titles that are found in a file.
fn titles(bytes: &[u8]) -> Vec<String> {
    read(bytes).unwrap_or_default().list.into_iter().map(|c| c.title).collect()
}
