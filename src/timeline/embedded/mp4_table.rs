//! The sample table of an MP4 track: sizes, durations and places of its samples.

use std::io::{Read, Seek};

use super::bytes::Bytes;
use super::mp4_box::Place;
use super::mp4_track::Sample;
use super::source::Source;
use crate::timeline::{MAX_CHAPTERS, TimelineError};

/// Longest table that is read: twelve bytes for each chapter.
const MAX_TABLE: u64 = 12 * MAX_CHAPTERS as u64 + 64;

/// The samples of a track; none if a table is missing.
pub(super) fn samples<R: Read + Seek>(
    source: &mut Source<R>,
    table: &Place,
) -> Result<Vec<Sample>, TimelineError> {
    let mut read = |name: &[u8; 4]| match table.at(&[name]) {
        Some(place) => place.read(source, MAX_TABLE).map(Some),
        None => Ok(None),
    };
    let sizes = match (read(b"stsz")?, read(b"stz2")?) {
        (Some(body), _) => sizes(&body),
        (None, Some(body)) => compact_sizes(&body),
        (None, None) => None,
    };
    let chunks = match (read(b"co64")?, read(b"stco")?) {
        (Some(body), _) => Some(chunks(&body, true)),
        (None, Some(body)) => Some(chunks(&body, false)),
        (None, None) => None,
    };
    let (Some(sizes), Some(chunks)) = (sizes, chunks) else { return Ok(Vec::new()) };
    let (Some(times), Some(runs)) = (read(b"stts")?, read(b"stsc")?) else { return Ok(Vec::new()) };
    let durations = durations(&times, sizes.len());
    let offsets = offsets(&chunks, &runs, &sizes);
    let mut start = 0_u64;
    let all = sizes.iter().zip(offsets).zip(durations).map(|((size, offset), duration)| {
        let sample = Sample { offset, size: *size, start, duration: u64::from(duration) };
        start = start.saturating_add(u64::from(duration));
        sample
    });
    Ok(all.collect())
}

/// The entries behind version, flags and their number.
fn counted(body: &[u8]) -> (Bytes<'_>, usize) {
    let mut bytes = Bytes::new(body);
    let count = bytes.take(4).and_then(|_| bytes.u32()).unwrap_or_default();
    (bytes, (count as usize).min(MAX_CHAPTERS))
}

fn sizes(body: &[u8]) -> Option<Vec<u32>> {
    let mut bytes = Bytes::new(body);
    bytes.take(4)?;
    let (fixed, count) = (bytes.u32()?, (bytes.u32()? as usize).min(MAX_CHAPTERS));
    if fixed != 0 {
        return Some(vec![fixed; count]);
    }
    Some((0..count).map_while(|_| bytes.u32()).collect())
}

/// Sizes of 4, 8 or 16 bits.
fn compact_sizes(body: &[u8]) -> Option<Vec<u32>> {
    let mut bytes = Bytes::new(body);
    bytes.take(7)?;
    let (bits, count) = (bytes.u8()?, (bytes.u32()? as usize).min(MAX_CHAPTERS));
    let all: Vec<u32> = match bits {
        4 => bytes.rest().iter().flat_map(|b| [u32::from(b >> 4), u32::from(b & 15)]).collect(),
        8 => bytes.rest().iter().map(|b| u32::from(*b)).collect(),
        16 => (0..count).map_while(|_| bytes.u16().map(u32::from)).collect(),
        _ => return None,
    };
    Some(all.into_iter().take(count).collect())
}

/// How long each sample holds, in units of the track.
fn durations(body: &[u8], samples: usize) -> Vec<u32> {
    let (mut bytes, count) = counted(body);
    let mut out = Vec::new();
    for _ in 0..count {
        let (Some(count), Some(duration)) = (bytes.u32(), bytes.u32()) else { break };
        let room = samples.saturating_sub(out.len());
        out.extend(std::iter::repeat_n(duration, room.min(count as usize)));
    }
    out
}

fn chunks(body: &[u8], wide: bool) -> Vec<u64> {
    let (mut bytes, count) = counted(body);
    let next = |bytes: &mut Bytes<'_>| if wide { bytes.u64() } else { bytes.u32().map(u64::from) };
    (0..count).map_while(|_| next(&mut bytes)).collect()
}

/// Where each sample stands: chunks have a place and a number of samples (`stsc`).
fn offsets(chunks: &[u64], runs: &[u8], sizes: &[u32]) -> Vec<u64> {
    let (mut bytes, count) = counted(runs);
    let runs: Vec<(u32, u32)> = (0..count)
        .map_while(|_| {
            let run = (bytes.u32()?, bytes.u32()?);
            bytes.u32().map(|_| run)
        })
        .collect();
    let mut out = Vec::with_capacity(sizes.len());
    let mut run = 0;
    for (place, chunk) in (1_u32..).zip(chunks) {
        while runs.get(run + 1).is_some_and(|(first, _)| *first <= place) {
            run += 1;
        }
        let mut at = *chunk;
        for _ in 0..runs.get(run).map_or(1, |(_, samples)| *samples) {
            let Some(size) = sizes.get(out.len()) else { return out };
            out.push(at);
            at = at.saturating_add(u64::from(*size));
        }
    }
    out
}
