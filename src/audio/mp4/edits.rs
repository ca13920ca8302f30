//! What an edit list, or Apple's gapless note, wants to be heard.

use super::{number, scaled};
use crate::audio::block::Nanos;

/// Most edits of a file; what follows is not heard.
const MOST_EDITS: usize = 1000;
/// Edits nearer to each other than this are one.
const SEAM: Nanos = 2_000_000;

/// A passage of the sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Where it begins in the media; `None` is silence.
    pub(crate) from: Option<Nanos>,
    /// `None` up to the end.
    pub(crate) length: Option<Nanos>,
}

/// How far the media goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum End {
    /// The movie box says so.
    #[default]
    Stated,
    /// It is in fragments that were not looked at.
    Unknown,
    /// Counted over all fragments.
    Counted(Nanos),
}

/// What to take off the media time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Edit {
    /// Time of the first sample that should be heard.
    pub(crate) skip: Nanos,
    /// How long it sounds from there.
    pub(crate) length: Option<Nanos>,
    /// The media is said to go on behind the end of the file.
    pub(crate) cut_off: bool,
    /// The passages that make up the recording, if they are more than one; `skip` and `length` then
    /// say nothing.
    pub(crate) cuts: Vec<Cut>,
    pub(crate) end: End,
}

/// An entry of an edit list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// In the media's scale; `None` is silence.
    pub(super) time: Option<u64>,
    /// In the movie's scale.
    pub(super) length: u64,
}

/// The passages of a track; those that follow each other in the media are one.
pub(super) fn cuts(list: &[Entry], scale: u32, movie_scale: u32) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for entry in list {
        let length = (movie_scale > 0 && entry.length > 0)
            .then(|| scaled(entry.length, movie_scale))
            .filter(|length| *length > 0);
        let from = entry.time.map(|time| scaled(time, scale));
        if from.is_none() && length.is_none() {
            continue;
        }
        if let (Some(last), Some(from)) = (cuts.last_mut(), from)
            && let (Some(begin), Some(long)) = (last.from, last.length)
            && begin.saturating_add(long).abs_diff(from) < SEAM.unsigned_abs()
        {
            last.length = length.map(|length| length.saturating_add(long));
            continue;
        }
        cuts.push(Cut { from, length });
    }
    // What comes behind something without an end is never heard.
    if let Some(open) = cuts.iter().position(|cut| cut.length.is_none()) {
        cuts.truncate(open + 1);
    }
    cuts
}

/// ISO/IEC 14496-12 § 8.6.6.
pub(super) fn edit_list(body: &[u8], wide: bool) -> Vec<Entry> {
    let count = (number(body.get(4..8)) as usize).min(MOST_EDITS);
    let entries = body.get(8..).unwrap_or_default().chunks_exact(if wide { 20 } else { 12 });
    let entry = |entry: &[u8]| {
        let word = |at: usize| Some(u64::from_be_bytes(entry.get(at..at + 8)?.try_into().ok()?));
        let (length, time) = if wide {
            (word(0).unwrap_or(0), word(8).unwrap_or(0) as i64)
        } else {
            (u64::from(number(entry.get(..4))), i64::from(number(entry.get(4..8)) as i32))
        };
        Entry { time: u64::try_from(time).ok(), length }
    };
    entries.take(count).map(entry).collect()
}

/// Priming and length in samples from Apple's gapless note: ` 00000000 00000840 000001C4 …`.
pub(super) fn itunes_gap(body: &[u8]) -> Option<(u64, u64)> {
    let text = String::from_utf8_lossy(body);
    let (_, rest) = text.split_once("iTunSMPB")?;
    let (_, rest) = rest.split_once("data")?;
    let mut fields = rest
        .split(|letter: char| !letter.is_ascii_hexdigit())
        .filter(|field| field.len() >= 8)
        .map(|field| u64::from_str_radix(field, 16).unwrap_or(0));
    let (_, priming, _, length) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    (priming < 1 << 20).then_some((priming, length))
}
