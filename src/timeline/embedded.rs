//! Chapters in the tags of an audio file: told by content, read with bounds.
//!
//! Own readers where crates exist, for two reasons. What comes from a feed is hostile: `id3` follows
//! chapters nested in chapters by recursion and inflates compressed frames without limit, and
//! `mp4ameta` allocates what a table claims. And they are strict: one title cut within a character
//! (usual in `chpl`, whose titles end at 255 bytes) makes `mp4ameta` refuse the file. `symphonia`
//! wants to own its source and knows no chapters in MP4 and in FLAC comments.

mod bytes;
mod id3_chapter;
mod id3_tag;
mod mp4;
mod mp4_track;
mod ogg;

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use super::{TimelineError, listing, tidy};
use crate::model::{Chapter, ChapterSource, Chapters};

/// Most bytes of tags that are read; pictures for each chapter make them large.
const MAX_TAG: u64 = 64 << 20;

/// Finds the chapters that an audio file carries: ID3v2.3 and 2.4 `CHAP` and `CTOC` (MP3), a chapter
/// text track or Nero `chpl` (MP4, M4A, M4B), Vorbis comments `CHAPTERxxx` (Ogg Vorbis, Opus, FLAC).
/// `None` if it carries none or is of another kind. The list is tidy; the last end is unknown if the
/// file does not say it. Reads tags only, never the sound; leaves the reader somewhere.
///
/// # Errors
/// If reading fails, or if the tags are so broken that nothing can be made of them.
pub fn embedded(reader: &mut (impl Read + Seek)) -> Result<Option<Chapters>, TimelineError> {
    reader.seek(SeekFrom::Start(0))?;
    let mut head = read_up_to(reader, 12)?;
    let mut start = 0;
    if head.starts_with(b"ID3") {
        let (chapters, end) = id3(reader)?;
        if chapters.is_some() {
            return Ok(chapters);
        }
        // Some tools put an ID3 tag before FLAC.
        start = reader.seek(SeekFrom::Start(end))?;
        head = read_up_to(reader, 12)?;
    }
    reader.seek(SeekFrom::Start(start))?;
    if head.starts_with(b"fLaC") {
        return Ok(vorbis(&ogg::flac_comments(reader)?));
    }
    if head.starts_with(b"OggS") {
        return Ok(vorbis(&ogg::ogg_comments(reader)?));
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Ok(found(ChapterSource::Mp4, mp4::chapters(reader)?));
    }
    Ok(None)
}

/// The chapters of the ID3 tag at the start, and where the tag ends.
fn id3(reader: &mut (impl Read + Seek)) -> Result<(Option<Chapters>, u64), TimelineError> {
    reader.seek(SeekFrom::Start(0))?;
    let head = read_up_to(reader, 10)?;
    let Some(size) = id3_tag::size(&head) else { return Ok((None, 0)) };
    let body = read_up_to(reader, size.min(MAX_TAG))?;
    let list = id3_tag::chapters(&head, body);
    Ok((found(ChapterSource::Id3, list), size + 10))
}

fn vorbis(comments: &[(String, String)]) -> Option<Chapters> {
    let pairs = comments.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    found(ChapterSource::Vorbis, listing::from_comments(pairs))
}

fn found(source: ChapterSource, list: Vec<Chapter>) -> Option<Chapters> {
    let list = tidy(list, None);
    (!list.is_empty()).then_some(Chapters { source, list })
}

/// Up to `limit` bytes; fewer at the end of the file.
fn read_up_to(reader: &mut impl Read, limit: u64) -> Result<Vec<u8>, TimelineError> {
    let mut out = Vec::new();
    match reader.by_ref().take(limit).read_to_end(&mut out) {
        Ok(_) => Ok(out),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(out),
        Err(error) => Err(error.into()),
    }
}
