//! Samples of a track that stand in movie fragments (`moof`), as files for streaming have them.

use std::io::{Read, Seek};

use super::bytes::Bytes;
use super::mp4_box::{self, Place};
use super::mp4_track::Sample;
use super::source::Source;
use crate::timeline::{MAX_CHAPTERS, TimelineError};

/// Most fragments that are looked at.
const MAX_FRAGMENTS: usize = 20_000;

/// Longest box of a fragment that is read.
const MAX_BOX: u64 = 1 << 20;

/// What samples have that do not say otherwise.
#[derive(Debug, Default, Clone, Copy)]
struct Usual {
    duration: u32,
    size: u32,
}

/// The samples of the track `id` in all fragments behind a place.
pub(super) fn samples<R: Read + Seek>(
    source: &mut Source<R>,
    moov: &Place,
    mut from: u64,
    id: u32,
) -> Result<Vec<Sample>, TimelineError> {
    let usual = usual(source, moov, id)?;
    let mut out: Vec<Sample> = Vec::new();
    for _ in 0..MAX_FRAGMENTS {
        let Some((fragment, next)) = mp4_box::find(source, from, *b"moof")? else { break };
        // The heads of boxes are eight bytes in all fragments that are seen.
        let base = fragment.start.saturating_sub(8);
        for part in fragment.all(b"traf") {
            track_part(source, part, id, (base, usual), &mut out)?;
        }
        if out.len() >= MAX_CHAPTERS {
            break;
        }
        from = next;
    }
    Ok(out)
}

fn usual<R: Read + Seek>(
    source: &mut Source<R>,
    moov: &Place,
    id: u32,
) -> Result<Usual, TimelineError> {
    for place in moov.all(b"mvex").flat_map(|mvex| mvex.all(b"trex")) {
        let body = place.read(source, MAX_BOX)?;
        let mut bytes = Bytes::new(&body);
        let head = bytes.take(4).and_then(|_| bytes.u32());
        let rest = bytes.u32().and_then(|_| bytes.u32().zip(bytes.u32()));
        if let (Some(_), Some((duration, size))) = (head.filter(|found| *found == id), rest) {
            return Ok(Usual { duration, size });
        }
    }
    Ok(Usual::default())
}

/// Takes the samples of one track in one fragment.
fn track_part<R: Read + Seek>(
    source: &mut Source<R>,
    part: &Place,
    id: u32,
    (base, usual): (u64, Usual),
    out: &mut Vec<Sample>,
) -> Result<(), TimelineError> {
    let Some(head) = part.at(&[b"tfhd"]) else { return Ok(()) };
    let Some((base, usual)) = header(&head.read(source, MAX_BOX)?, id, base, usual) else {
        return Ok(());
    };
    let mut at = match part.at(&[b"tfdt"]) {
        Some(place) => decode_time(&place.read(source, 16)?),
        None => None,
    }
    .unwrap_or_else(|| out.last().map_or(0, |last| last.start.saturating_add(last.duration)));
    for run in part.all(b"trun") {
        take_run(&run.read(source, MAX_BOX)?, base, usual, &mut at, out);
    }
    Ok(())
}

/// Where offsets count from and what is usual in this fragment; `None` for another track.
fn header(body: &[u8], id: u32, mut base: u64, mut usual: Usual) -> Option<(u64, Usual)> {
    let mut bytes = Bytes::new(body);
    let flags = bytes.u32()?;
    if bytes.u32()? != id {
        return None;
    }
    if flags & 0x01 != 0 {
        base = bytes.u64()?;
    }
    if flags & 0x02 != 0 {
        bytes.u32()?;
    }
    if flags & 0x08 != 0 {
        usual.duration = bytes.u32()?;
    }
    if flags & 0x10 != 0 {
        usual.size = bytes.u32()?;
    }
    Some((base, usual))
}

fn decode_time(body: &[u8]) -> Option<u64> {
    let mut bytes = Bytes::new(body);
    let version = bytes.u8()?;
    bytes.take(3)?;
    if version == 1 { bytes.u64() } else { bytes.u32().map(u64::from) }
}

fn take_run(body: &[u8], base: u64, usual: Usual, at: &mut u64, out: &mut Vec<Sample>) {
    let mut bytes = Bytes::new(body);
    let (Some(flags), Some(count)) = (bytes.u32(), bytes.u32()) else { return };
    let mut offset = base;
    if flags & 0x01 != 0 {
        let Some(by) = bytes.u32() else { return };
        offset = offset.saturating_add_signed(i64::from(by.cast_signed()));
    }
    if flags & 0x04 != 0 {
        bytes.u32();
    }
    for _ in 0..count {
        let mut field = |bit: u32, usual: u32| {
            if flags & bit == 0 { Some(usual) } else { bytes.u32() }
        };
        let duration = field(0x100, usual.duration);
        let size = field(0x200, usual.size);
        let (Some(duration), Some(size)) = (duration, size) else { return };
        if field(0x400, 0).is_none() || field(0x800, 0).is_none() || out.len() >= MAX_CHAPTERS {
            return;
        }
        out.push(Sample { offset, size, start: *at, duration: u64::from(duration) });
        *at = at.saturating_add(u64::from(duration));
        offset = offset.saturating_add(u64::from(size));
    }
}
