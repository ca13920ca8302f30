//! FLAC (RFC 9639): the blocks before the sound, of which comments and the cue sheet may hold chapters.

use std::io::{Read, Seek};

use super::bytes::Bytes;
use super::comments;
use super::source::Source;
use crate::model::{Chapter, ChapterSource};
use crate::timeline::TimelineError;

/// Most blocks that are looked at.
const MAX_BLOCKS: usize = 1024;

/// The number of the track that stands for the end of the disc, on compact discs and elsewhere.
const LEAD_OUT: [u8; 2] = [170, 255];

/// The chapters of a FLAC file from its mark `fLaC` on: those of the comments, else the tracks of the
/// cue sheet, which have no titles.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
) -> Result<(ChapterSource, Vec<Chapter>), TimelineError> {
    source.array::<4>()?;
    let mut rate = 0;
    let mut tracks = Vec::new();
    for _ in 0..MAX_BLOCKS {
        let Some([kind, size @ ..]) = source.array::<4>()? else { break };
        let [a, b, c] = size;
        let end = source.at().saturating_add(u64::from(u32::from_be_bytes([0, a, b, c])));
        match kind & 0x7f {
            0 => rate = sample_rate(source)?,
            4 => {
                let list = comments::chapters(source, end)?;
                if !list.is_empty() {
                    return Ok((ChapterSource::Vorbis, list));
                }
            }
            5 => tracks = cue_sheet(&source.up_to(end - source.at())?, rate),
            127 => break,
            _ => {}
        }
        source.go(end)?;
        if kind & 0x80 != 0 {
            break;
        }
    }
    Ok((ChapterSource::Cue, tracks))
}

/// Hz, from the first block.
fn sample_rate<R: Read + Seek>(source: &mut Source<R>) -> Result<u64, TimelineError> {
    let block = source.up_to(13)?;
    Ok(match block.get(10..13) {
        Some([a, b, c]) => u64::from(u32::from_be_bytes([0, *a, *b, *c])) >> 4,
        _ => 0,
    })
}

/// Starts of the tracks: each an offset in samples to which that of its index 1 is added.
fn cue_sheet(block: &[u8], rate: u64) -> Vec<Chapter> {
    let mut bytes = Bytes::new(block);
    let mut out = Vec::new();
    // Catalogue number, samples of lead-in, flags.
    let Some(count) = bytes.take(128 + 8 + 259).and_then(|_| bytes.u8()) else { return out };
    for _ in 0..count {
        let (Some(offset), Some(number)) = (bytes.u64(), bytes.u8()) else { break };
        let Some(indices) = bytes.take(12 + 1 + 13).and_then(|_| bytes.u8()) else { break };
        let mut start = None;
        for _ in 0..indices {
            let (Some(more), Some(index), Some(_)) = (bytes.u64(), bytes.u8(), bytes.take(3))
            else {
                return out;
            };
            if index == 1 {
                start = offset.checked_add(more);
            }
        }
        let ms = start.and_then(|start| start.checked_mul(1000)?.checked_div(rate));
        if let Some(start_ms) = ms.filter(|_| !LEAD_OUT.contains(&number)) {
            out.push(Chapter { start_ms, ..Chapter::default() });
        }
    }
    // A sheet of one track says nothing.
    if out.len() < 2 { Vec::new() } else { out }
}
