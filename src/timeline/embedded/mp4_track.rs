//! The chapter track of MP4: a text track that the audio track refers to (`tref/chap`, `QuickTime`
//! File Format, "Chapter Lists").

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::bytes::Bytes;
use super::mp4::{boxes, child};
use super::read_up_to;
use crate::model::Chapter;
use crate::timeline::{MAX_CHAPTERS, TimelineError};

/// The chapters of the first text track that a track refers to.
pub(super) fn chapters(
    reader: &mut (impl Read + Seek),
    moov: &[u8],
) -> Result<Vec<Chapter>, TimelineError> {
    let tracks = || boxes(moov).filter(|(name, _)| name == b"trak").map(|(_, body)| body);
    let wanted: Vec<u32> = tracks()
        .filter_map(|track| child(track, *b"tref").and_then(|tref| child(tref, *b"chap")))
        .flat_map(|chap| chap.chunks_exact(4).take(16))
        .filter_map(|id| id.try_into().ok().map(u32::from_be_bytes))
        .collect();
    for track in tracks().filter(|track| id(track).is_some_and(|id| wanted.contains(&id))) {
        if let Some(samples) = samples(track) {
            let list = read(reader, &samples)?;
            if !list.is_empty() {
                return Ok(list);
            }
        }
    }
    Ok(Vec::new())
}

fn id(track: &[u8]) -> Option<u32> {
    let mut bytes = Bytes::new(child(track, *b"tkhd")?);
    let skip = if bytes.u8()? == 1 { 19 } else { 11 };
    bytes.take(skip)?;
    bytes.u32()
}

/// Where a title stands in the file, and when it holds, in milliseconds.
struct Sample {
    offset: u64,
    size: u32,
    start_ms: u64,
    end_ms: u64,
}

/// The samples of a text track; `None` for tracks of another kind (chapters may have pictures).
fn samples(track: &[u8]) -> Option<Vec<Sample>> {
    let media = child(track, *b"mdia")?;
    let handler = child(media, *b"hdlr")?.get(8..12)?;
    if !matches!(handler, b"text" | b"sbtl") {
        return None;
    }
    let scale = u64::from(timescale(media)?).max(1);
    let table = child(child(media, *b"minf")?, *b"stbl")?;
    let sizes = sizes(child(table, *b"stsz")?)?;
    let offsets = offsets(table, &sizes)?;
    let durations = durations(child(table, *b"stts")?, sizes.len())?;
    let mut at = 0_u64;
    let ms = |units: u64| (u128::from(units) * 1000 / u128::from(scale)) as u64;
    let samples = sizes.iter().zip(offsets).zip(durations).map(|((size, offset), duration)| {
        let start_ms = ms(at);
        at = at.saturating_add(u64::from(duration));
        Sample { offset, size: *size, start_ms, end_ms: ms(at) }
    });
    Some(samples.collect())
}

fn timescale(media: &[u8]) -> Option<u32> {
    let mut bytes = Bytes::new(child(media, *b"mdhd")?);
    let skip = if bytes.u8()? == 1 { 19 } else { 11 };
    bytes.take(skip)?;
    bytes.u32()
}

fn sizes(body: &[u8]) -> Option<Vec<u32>> {
    let mut bytes = Bytes::new(body);
    bytes.take(4)?;
    let (fixed, count) = (bytes.u32()?, bytes.u32()? as usize);
    let count = count.min(MAX_CHAPTERS);
    if fixed != 0 {
        return Some(vec![fixed; count]);
    }
    Some((0..count).map_while(|_| bytes.u32()).collect())
}

/// How long each sample holds, in units of the track.
fn durations(body: &[u8], samples: usize) -> Option<Vec<u32>> {
    let mut bytes = Bytes::new(body);
    bytes.take(4)?;
    let mut out = Vec::new();
    for _ in 0..bytes.u32()? {
        let (Some(count), Some(duration)) = (bytes.u32(), bytes.u32()) else { break };
        let room = samples.saturating_sub(out.len());
        out.extend(std::iter::repeat_n(duration, room.min(count as usize)));
        if out.len() >= samples {
            break;
        }
    }
    Some(out)
}

/// Where each sample stands: chunks have a place (`stco`, `co64`) and a number of samples (`stsc`).
fn offsets(table: &[u8], sizes: &[u32]) -> Option<Vec<u64>> {
    let chunks = chunk_offsets(table)?;
    let mut runs = Bytes::new(child(table, *b"stsc")?);
    runs.take(4)?;
    let count = (runs.u32()? as usize).min(MAX_CHAPTERS);
    let runs: Vec<(u32, u32)> = (0..count)
        .map_while(|_| {
            let run = (runs.u32()?, runs.u32()?);
            runs.u32()?;
            Some(run)
        })
        .collect();
    let mut out = Vec::with_capacity(sizes.len());
    let mut run = 0;
    for (place, chunk) in (1_u32..).zip(chunks) {
        while runs.get(run + 1).is_some_and(|(first, _)| *first <= place) {
            run += 1;
        }
        let mut at = chunk;
        for _ in 0..runs.get(run).map_or(1, |(_, samples)| *samples) {
            let Some(size) = sizes.get(out.len()) else { return Some(out) };
            out.push(at);
            at = at.saturating_add(u64::from(*size));
        }
    }
    Some(out)
}

fn chunk_offsets(table: &[u8]) -> Option<Vec<u64>> {
    let wide = child(table, *b"co64");
    let mut bytes = Bytes::new(wide.or_else(|| child(table, *b"stco"))?);
    bytes.take(4)?;
    let count = (bytes.u32()? as usize).min(MAX_CHAPTERS);
    let next = |bytes: &mut Bytes<'_>| match wide {
        Some(_) => bytes.u64(),
        None => bytes.u32().map(u64::from),
    };
    Some((0..count).map_while(|_| next(&mut bytes)).collect())
}

/// Reads the titles. A sample without text is a passage without a chapter.
fn read(
    reader: &mut (impl Read + Seek),
    samples: &[Sample],
) -> Result<Vec<Chapter>, TimelineError> {
    let mut out = Vec::new();
    for sample in samples.iter().filter(|s| i64::try_from(s.offset).is_ok()) {
        reader.seek(SeekFrom::Start(sample.offset))?;
        let body = read_up_to(reader, u64::from(sample.size.min(u32::from(u16::MAX) + 2)))?;
        let title = title(&body).unwrap_or_default();
        if !title.trim().is_empty() {
            out.push(Chapter {
                start_ms: sample.start_ms,
                end_ms: Some(sample.end_ms),
                title,
                ..Chapter::default()
            });
        }
    }
    Ok(out)
}

/// A text sample: a length, then UTF-8, or UTF-16 with a byte order mark.
fn title(body: &[u8]) -> Option<String> {
    let mut bytes = Bytes::new(body);
    let size = usize::from(bytes.u16()?).min(bytes.rest().len());
    Some(match bytes.take(size)? {
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        text => String::from_utf8_lossy(text).into_owned(),
    })
}
