//! Chapters in the tags of an audio file: told by content, read with bounds.
//!
//! Own readers where crates exist, for three reasons. What comes from a feed is hostile: `id3` follows
//! chapters nested in chapters by recursion and inflates compressed frames without limit, and
//! `mp4ameta` allocates what a table claims. They are strict: one title cut within a character
//! (usual in `chpl`, whose titles end at 255 bytes) makes `mp4ameta` refuse the file. And they read
//! everything: a recording that streams would have to bring its pictures before its chapters are
//! known. `symphonia` wants to own its source and knows no chapters in MP4 and in FLAC comments.
//!
//! ```text
//! id3_tag ─ id3_chapter ─ id3_contents      MP3, ADTS, before FLAC; in WAV and AIFF (chunks)
//! mp4 ─ mp4_box ─ mp4_track ─ mp4_table     MP4, M4A, M4B; mp4_edit, mp4_fragment, mp4_text
//! ogg, flac ─ comments ─ cue_sheet          Vorbis, Opus, FLAC
//! matroska ─ ebml                           Matroska, WebM
//! ```

mod bytes;
mod chunks;
mod comments;
mod cue_sheet;
mod ebml;
mod flac;
mod id3_chapter;
mod id3_contents;
mod id3_tag;
mod matroska;
mod mp4;
mod mp4_box;
mod mp4_edit;
mod mp4_fragment;
mod mp4_table;
mod mp4_text;
mod mp4_track;
mod ogg;
mod source;
mod words;

use std::io::{Read, Seek};

use self::chunks::Form;
use self::source::Source;
use super::{TimelineError, tidy};
use crate::model::{Chapter, ChapterSource, Chapters};

/// Most bytes of tags that are held at once, where they cannot be read in parts.
const MAX_TAG: u64 = 64 << 20;

/// Most ID3 tags one behind another: hosts put their own before that of the show.
const MAX_TAGS: usize = 8;

/// Finds the chapters that an audio file carries: ID3v2.3 and 2.4 `CHAP` and `CTOC` (MP3, AAC, WAV,
/// AIFF), a chapter text track or Nero `chpl` (MP4, M4A, M4B), Vorbis comments `CHAPTERxxx` (Ogg
/// Vorbis, Opus, FLAC), Matroska and `WebM` chapters, named markers (WAV, AIFF), cue sheets (FLAC).
/// `None` if it carries none or is of another kind. The list is tidy; the last end is unknown if the
/// file does not say it. Reads tags only, and of these no pictures; leaves the reader somewhere.
///
/// # Errors
/// If reading fails.
pub fn embedded(reader: &mut (impl Read + Seek)) -> Result<Option<Chapters>, TimelineError> {
    let mut source = Source::new(reader)?;
    let mut start = 0;
    for _ in 0..MAX_TAGS {
        source.go(start)?;
        let Some((list, end)) = id3_tag::read(&mut source)? else { break };
        if !list.is_empty() {
            return Ok(found(ChapterSource::Id3, list));
        }
        start = end;
    }
    source.go(start)?;
    let head = source.up_to(12)?;
    source.go(start)?;
    let (kind, list) = match (head.get(..4), head.get(4..8), head.get(8..12)) {
        (Some(b"fLaC"), ..) => flac::chapters(&mut source)?,
        (Some(b"OggS"), ..) => (ChapterSource::Vorbis, ogg::chapters(&mut source)?),
        (Some(b"\x1a\x45\xdf\xa3"), ..) => {
            (ChapterSource::Matroska, matroska::chapters(&mut source)?)
        }
        (Some(b"RIFF" | b"RF64"), _, Some(b"WAVE")) => {
            source.go(start + 12)?;
            chunks::chapters(&mut source, Form::Wav)?
        }
        (Some(b"FORM"), _, Some(b"AIFF" | b"AIFC")) => {
            source.go(start + 12)?;
            chunks::chapters(&mut source, Form::Aiff)?
        }
        (_, Some(b"ftyp" | b"moov" | b"wide" | b"mdat" | b"free" | b"skip"), _) => {
            (ChapterSource::Mp4, mp4::chapters(&mut source, start)?)
        }
        _ => (ChapterSource::None, Vec::new()),
    };
    Ok(found(kind, list))
}

fn found(source: ChapterSource, list: Vec<Chapter>) -> Option<Chapters> {
    let list = tidy(list, None);
    (!list.is_empty()).then(|| Chapters { source, list, ..Chapters::default() })
}
