//! MP4: the boxes (ISO/IEC 14496-12), and Nero's list of chapters `moov/udta/chpl`.

use std::io::{Read, Seek, SeekFrom};

use super::bytes::Bytes;
use super::{MAX_TAG, mp4_track, read_up_to};
use crate::model::Chapter;
use crate::timeline::TimelineError;

/// Most boxes at the top of a file before `moov` is given up; fragmented files have thousands behind
/// it.
const MAX_BOXES: usize = 4_096;

/// The chapters of an MP4 file: the text track, whose titles may be of any length, unless `chpl` has
/// more.
pub(super) fn chapters(reader: &mut (impl Read + Seek)) -> Result<Vec<Chapter>, TimelineError> {
    let Some(moov) = moov(reader)? else { return Ok(Vec::new()) };
    let track = mp4_track::chapters(reader, &moov)?;
    let list = child(&moov, *b"udta").and_then(|udta| child(udta, *b"chpl")).map(nero);
    let list = list.unwrap_or_default();
    Ok(if track.len() >= list.len() { track } else { list })
}

/// The content of `moov`, wherever it stands.
fn moov(reader: &mut (impl Read + Seek)) -> Result<Option<Vec<u8>>, TimelineError> {
    let mut at = 0_u64;
    for _ in 0..MAX_BOXES {
        reader.seek(SeekFrom::Start(at))?;
        let head = read_up_to(reader, 16)?;
        let mut bytes = Bytes::new(&head);
        let (Some(size), Some(name)) = (bytes.u32(), bytes.take(4)) else { return Ok(None) };
        let (header, size) = match size {
            0 => (8, u64::MAX),
            1 => (16, bytes.u64().unwrap_or_default()),
            size => (8, u64::from(size)),
        };
        let Some(content) = size.checked_sub(header) else { return Ok(None) };
        if name == b"moov" {
            if content > MAX_TAG && size != u64::MAX {
                let why = format!("its table of contents claims {content} bytes");
                return Err(TimelineError::Broken { kind: "MP4", why });
            }
            reader.seek(SeekFrom::Start(at + header))?;
            return read_up_to(reader, content.min(MAX_TAG)).map(Some);
        }
        match at.checked_add(size) {
            // Offsets are signed in the file system.
            Some(next) if i64::try_from(next).is_ok() => at = next,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// The boxes in `content`, as name and content; stops where the structure breaks off.
pub(super) fn boxes(content: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut bytes = Bytes::new(content);
    std::iter::from_fn(move || {
        let size = bytes.u32()?;
        let name: [u8; 4] = bytes.take(4)?.try_into().ok()?;
        let size = match size {
            0 => bytes.rest().len(),
            1 => usize::try_from(bytes.u64()?).ok()?.checked_sub(16)?,
            size => (size as usize).checked_sub(8)?,
        };
        Some((name, bytes.take(size)?))
    })
    .take(MAX_BOXES)
}

/// The first box of a name in `content`.
pub(super) fn child(content: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    boxes(content).find(|(found, _)| *found == name).map(|(_, body)| body)
}

/// Nero's list: version, flags, in version 1 four more bytes, a count of one byte, then starts in
/// units of 100 ns and titles of at most 255 bytes, which may end within a character.
fn nero(body: &[u8]) -> Vec<Chapter> {
    let mut bytes = Bytes::new(body);
    let version = bytes.u8();
    let reserved = if version == Some(0) { 3 } else { 7 };
    let (Some(_), Some(count)) = (bytes.take(reserved), bytes.u8()) else { return Vec::new() };
    let mut out = Vec::new();
    for _ in 0..count {
        let Some(start) = bytes.u64() else { break };
        let Some(title) = bytes.u8().and_then(|size| bytes.take(usize::from(size))) else { break };
        let title = String::from_utf8_lossy(title);
        out.push(Chapter {
            start_ms: start / 10_000,
            title: title.trim_end_matches(['\u{fffd}', '\0']).to_owned(),
            ..Chapter::default()
        });
    }
    out
}
