//! WAV (RIFF, RF64) and AIFF: an ID3 tag in a chunk of its own, else markers with names.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::bytes::Bytes;
use super::id3_tag;
use super::source::Source;
use super::words::{self, Words};
use crate::model::{Chapter, ChapterSource};
use crate::timeline::{MAX_CHAPTERS, TimelineError};

/// Most chunks of a file that are looked at.
const MAX_CHUNKS: usize = 4_096;

/// Longest list of markers or names that is read.
const MAX_CHUNK: u64 = 4 << 20;

/// Numbers are little-endian in WAV and big-endian in AIFF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Wav,
    Aiff,
}

/// Markers by their numbers: where they stand in samples, and what they are called.
#[derive(Default)]
struct Markers {
    rate: f64,
    places: BTreeMap<u32, u64>,
    names: BTreeMap<u32, Words>,
    lengths: BTreeMap<u32, u64>,
}

/// The chapters of a file from its first chunk on.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
    form: Form,
) -> Result<(ChapterSource, Vec<Chapter>), TimelineError> {
    let mut markers = Markers::default();
    let mut long_data = None;
    for _ in 0..MAX_CHUNKS {
        let Some([a, b, c, d, size @ ..]) = source.array::<8>()? else { break };
        let start = source.at();
        let mut size = match form {
            Form::Wav => u64::from(u32::from_le_bytes(size)),
            Form::Aiff => u64::from(u32::from_be_bytes(size)),
        };
        let name = [a, b, c, d];
        match &name {
            b"id3 " | b"ID3 " => {
                let list = id3_tag::read(source)?.map(|(list, _)| list).unwrap_or_default();
                if !list.is_empty() {
                    return Ok((ChapterSource::Id3, list));
                }
            }
            // Sizes beyond four gigabytes.
            b"ds64" => {
                let body = source.up_to(16)?;
                let mut bytes = Bytes::new(&body);
                long_data = bytes.u64_le().and_then(|_| bytes.u64_le());
            }
            b"data" if size == u64::from(u32::MAX) => size = long_data.unwrap_or(size),
            b"fmt " | b"cue " | b"LIST" | b"COMM" | b"MARK" => {
                let body = source.up_to(size.min(MAX_CHUNK))?;
                markers.take(name, &body);
            }
            _ => {}
        }
        // Chunks begin at even places.
        source.go(start.saturating_add(size).saturating_add(size & 1))?;
    }
    Ok((ChapterSource::Cue, markers.chapters()))
}

impl Markers {
    fn take(&mut self, name: [u8; 4], body: &[u8]) {
        let mut bytes = Bytes::new(body);
        // A chunk that breaks off is read as far as it goes.
        let _ = match &name {
            b"fmt " => bytes.take(4).and_then(|_| bytes.u32_le()).map(|rate| {
                self.rate = f64::from(rate);
            }),
            b"COMM" => bytes.take(8).and_then(|_| extended(&mut bytes)).map(|rate| {
                self.rate = rate;
            }),
            b"cue " => self.cue_points(&mut bytes),
            b"MARK" => self.marks(&mut bytes),
            _ => bytes.take(4).filter(|kind| *kind == b"adtl").and_then(|_| self.names(&mut bytes)),
        };
    }

    /// `cue `: number, place in the play list, chunk, its start, the block's, the sample.
    fn cue_points(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        let count = (bytes.u32_le()? as usize).min(MAX_CHAPTERS);
        for _ in 0..count {
            let id = bytes.u32_le()?;
            bytes.take(16)?;
            self.places.insert(id, u64::from(bytes.u32_le()?));
        }
        Some(())
    }

    /// `adtl`: `labl` and `note` name a marker, `ltxt` says how long it is.
    fn names(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        loop {
            let kind = bytes.take(4)?;
            let size = bytes.u32_le()? as usize;
            let mut body = Bytes::new(bytes.take(size)?);
            let id = body.u32_le();
            match (kind, id) {
                (b"labl", Some(id)) => {
                    self.names.insert(id, Words::of(Words::before_zero(body.rest())));
                }
                (b"note", Some(id)) => {
                    let name = Words::of(Words::before_zero(body.rest()));
                    self.names.entry(id).or_insert(name);
                }
                (b"ltxt", Some(id)) => {
                    let length = body.u32_le().filter(|length| *length > 0)?;
                    self.lengths.insert(id, u64::from(length));
                }
                _ => {}
            }
            if size & 1 == 1 {
                bytes.take(1)?;
            }
        }
    }

    /// `MARK`: number, place, and a name with its length in one byte, filled up to an even number.
    fn marks(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        for _ in 0..bytes.u16()? {
            let (id, place) = (u32::from(bytes.u16()?), bytes.u32()?);
            let size = bytes.u8()?;
            let name = bytes.take(usize::from(size))?;
            self.places.insert(id, u64::from(place));
            self.names.insert(id, Words::of(Words::before_zero(name)));
            if size & 1 == 0 {
                bytes.take(1)?;
            }
        }
        Some(())
    }

    /// Markers with names, if most of them have one: those of loops and slices have none.
    fn chapters(self) -> Vec<Chapter> {
        let with_name = self.names.values().filter(|name| !name.is_blank()).count();
        if self.rate < 1.0 || with_name * 2 < self.places.len() {
            return Vec::new();
        }
        let (ids, words): (Vec<u32>, Vec<Words>) = self.names.into_iter().unzip();
        let titles: BTreeMap<u32, String> = ids.into_iter().zip(words::settle(words)).collect();
        let millis = |samples: u64| (samples as f64 * 1000.0 / self.rate) as u64;
        let chapter = |(id, place): (u32, u64)| {
            let title = titles.get(&id).filter(|title| !title.trim().is_empty())?.clone();
            let end = self.lengths.get(&id).map(|length| place.saturating_add(*length));
            let (start_ms, end_ms) = (millis(place), end.map(millis));
            Some(Chapter { start_ms, end_ms, title, ..Chapter::default() })
        };
        self.places.into_iter().filter_map(chapter).collect()
    }
}

/// An 80-bit number of IEEE 754, in which AIFF has its sample rate.
fn extended(bytes: &mut Bytes<'_>) -> Option<f64> {
    let exponent = i32::from(bytes.u16()? & 0x7fff) - 16383 - 63;
    let mantissa = bytes.u64()?;
    let value = mantissa as f64 * f64::from(exponent).exp2();
    value.is_finite().then_some(value)
}
