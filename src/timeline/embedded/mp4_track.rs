//! The chapter track of MP4: a text track that the audio track refers to (`tref/chap`, `QuickTime`
//! File Format, "Chapter Lists").

use std::io::{Read, Seek};

use super::bytes::Bytes;
use super::mp4_box::Place;
use super::mp4_edit::Edits;
use super::source::Source;
use super::{mp4_fragment, mp4_table, mp4_text};
use crate::model::Chapter;
use crate::timeline::{MAX_CHAPTERS, TimelineError};

/// Most tracks that one track may refer to.
const MAX_REFERENCES: usize = 16;

/// Longest sample: a text of 65,535 bytes and what hangs on it.
const MAX_SAMPLE: u32 = 68 << 10;

/// Longest head or list of edits of a track.
const MAX_SMALL: u64 = 64 << 10;

/// Where a title stands in the file, and when it holds, in units of its track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) offset: u64,
    pub(super) size: u32,
    pub(super) start: u64,
    pub(super) duration: u64,
}

/// A text track with what is needed to read it.
struct TextTrack {
    /// Units in a second.
    scale: u64,
    edits: Edits,
    samples: Vec<Sample>,
}

/// The chapters of the text track with the most titles among those that a track refers to. A further
/// track whose texts are addresses gives the chapters their links.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
    moov: &Place,
    behind: u64,
) -> Result<Vec<Chapter>, TimelineError> {
    let mut wanted = Vec::new();
    for chap in moov.all(b"trak").filter_map(|track| track.at(&[b"tref", b"chap"])) {
        let ids = chap.read(source, 4 * MAX_REFERENCES as u64)?;
        wanted.extend(ids.chunks_exact(4).filter_map(number));
    }
    let movie_scale = match moov.at(&[b"mvhd"]) {
        Some(head) => scale(&head.read(source, MAX_SMALL)?),
        None => 1000,
    };
    let mut best: Vec<Chapter> = Vec::new();
    let mut others = Vec::new();
    for track in moov.all(b"trak") {
        let id = match track.at(&[b"tkhd"]) {
            Some(head) => after_dates(&head.read(source, MAX_SMALL)?),
            None => None,
        };
        let Some(id) = id.filter(|id| wanted.contains(id)) else { continue };
        let Some(mut text) = text_track(source, track, movie_scale)? else { continue };
        if text.samples.is_empty() && moov.at(&[b"mvex"]).is_some() {
            text.samples = mp4_fragment::samples(source, moov, behind, id)?;
        }
        let list = read(source, &text)?;
        let list = if list.len() > best.len() { std::mem::replace(&mut best, list) } else { list };
        others.extend(list);
    }
    for other in others {
        let link = other.url.or_else(|| crate::timeline::listing::address(&other.title));
        let same = best.iter_mut().find(|chapter| chapter.start_ms == other.start_ms);
        if let Some(chapter) = same {
            chapter.url = chapter.url.take().or(link);
        }
    }
    Ok(best)
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.try_into().ok().map(u32::from_be_bytes)
}

/// `None` for tracks of another kind (chapters may have pictures).
fn text_track<R: Read + Seek>(
    source: &mut Source<R>,
    track: &Place,
    movie_scale: u64,
) -> Result<Option<TextTrack>, TimelineError> {
    let Some(media) = track.at(&[b"mdia"]) else { return Ok(None) };
    let (Some(kind), Some(head)) = (media.at(&[b"hdlr"]), media.at(&[b"mdhd"])) else {
        return Ok(None);
    };
    if !matches!(kind.read(source, 12)?.get(8..12), Some(b"text" | b"sbtl" | b"subt")) {
        return Ok(None);
    }
    let scale = scale(&head.read(source, MAX_SMALL)?);
    let edits = match track.at(&[b"edts", b"elst"]) {
        Some(list) => Edits::new(&list.read(source, MAX_SMALL)?, scale, movie_scale),
        None => Edits::default(),
    };
    let samples = match media.at(&[b"minf", b"stbl"]) {
        Some(table) => mp4_table::samples(source, table)?,
        None => Vec::new(),
    };
    Ok(Some(TextTrack { scale, edits, samples }))
}

/// Units in a second, from the head of a movie or of media.
fn scale(head: &[u8]) -> u64 {
    after_dates(head).map_or(1, u64::from).max(1)
}

/// The number behind version, flags and two dates.
fn after_dates(head: &[u8]) -> Option<u32> {
    let mut bytes = Bytes::new(head);
    let skip = if bytes.u8()? == 1 { 19 } else { 11 };
    bytes.take(skip)?;
    bytes.u32()
}

/// Reads the titles. A sample without text is a passage without a chapter.
fn read<R: Read + Seek>(
    source: &mut Source<R>,
    track: &TextTrack,
) -> Result<Vec<Chapter>, TimelineError> {
    let mut found = Vec::new();
    for sample in track.samples.iter().take(MAX_CHAPTERS) {
        let until = sample.start.saturating_add(sample.duration);
        let Some((start, end)) = track.edits.shown(sample.start, until) else { continue };
        source.go(sample.offset)?;
        let body = source.up_to(u64::from(sample.size.min(MAX_SAMPLE)))?;
        if body.len() < sample.size.min(MAX_SAMPLE) as usize {
            // The file is cut off; a piece of a title is none.
            continue;
        }
        let Some(text) = mp4_text::read(&body) else { continue };
        found.push((millis(start, track.scale), millis(end, track.scale), text));
    }
    Ok(mp4_text::settled(found))
}

fn millis(units: u64, scale: u64) -> u64 {
    u64::try_from(u128::from(units) * 1000 / u128::from(scale.max(1))).unwrap_or(u64::MAX)
}
