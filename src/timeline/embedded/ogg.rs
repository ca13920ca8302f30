//! Vorbis comments of Ogg (Vorbis, Opus, FLAC in Ogg) and FLAC
//! (<https://www.xiph.org/vorbis/doc/v-comment.html>, RFC 3533, RFC 7845, RFC 9639).

use std::io::{Read, Seek, SeekFrom};

use super::bytes::Bytes;
use super::{MAX_TAG, read_up_to};
use crate::timeline::TimelineError;

/// Most comments that are read.
const MAX_COMMENTS: u32 = 100_000;

/// Most pages that the header of an Ogg stream may take.
const MAX_PAGES: usize = 4_096;

/// Longest comment that is kept, in bytes; pictures hide in comments, titles do not need more.
const MAX_COMMENT: usize = 64 << 10;

/// The comments of a FLAC file; the reader stands at `fLaC`.
pub(super) fn flac_comments(
    reader: &mut (impl Read + Seek),
) -> Result<Vec<(String, String)>, TimelineError> {
    read_up_to(reader, 4)?;
    for _ in 0..1024 {
        let head = read_up_to(reader, 4)?;
        let Ok([kind, a, b, c]) = <[u8; 4]>::try_from(head) else { break };
        let size = u32::from_be_bytes([0, a, b, c]);
        match kind & 0x7f {
            4 => return comments(&read_up_to(reader, u64::from(size))?),
            127 => break,
            _ => reader.seek(SeekFrom::Current(i64::from(size)))?,
        };
        if kind & 0x80 != 0 {
            break;
        }
    }
    Ok(Vec::new())
}

/// The comments of the first stream of an Ogg file: its second packet.
pub(super) fn ogg_comments(
    reader: &mut (impl Read + Seek),
) -> Result<Vec<(String, String)>, TimelineError> {
    let mut serial = None;
    let mut packets: Vec<Vec<u8>> = vec![Vec::new()];
    let mut size = 0;
    for _ in 0..MAX_PAGES {
        let Some(page) = page(reader)? else { break };
        size += page.body.len() as u64;
        if *serial.get_or_insert(page.serial) != page.serial {
            continue;
        }
        let mut body = Bytes::new(&page.body);
        for lace in &page.laces {
            let part = body.take(usize::from(*lace)).unwrap_or_default();
            if let Some(packet) = packets.last_mut() {
                packet.extend_from_slice(part);
            }
            if *lace < 255 {
                packets.push(Vec::new());
            }
        }
        if packets.len() > 2 || size > MAX_TAG {
            break;
        }
    }
    let Some(packet) = packets.get(1) else { return Ok(Vec::new()) };
    let body = packet
        .strip_prefix(b"\x03vorbis")
        .or_else(|| packet.strip_prefix(b"OpusTags"))
        // FLAC in Ogg: a metadata block with its four bytes of header.
        .or_else(|| packet.get(4..).filter(|_| packet.first().is_some_and(|b| b & 0x7f == 4)));
    body.map_or_else(|| Ok(Vec::new()), comments)
}

struct Page {
    serial: u32,
    laces: Vec<u8>,
    body: Vec<u8>,
}

fn page(reader: &mut impl Read) -> Result<Option<Page>, TimelineError> {
    let head = read_up_to(reader, 27)?;
    let mut bytes = Bytes::new(&head);
    if bytes.take(4) != Some(b"OggS".as_slice()) || bytes.take(10).is_none() {
        return Ok(None);
    }
    let (Some(serial), Some(_), Some(count)) = (bytes.u32_le(), bytes.take(8), bytes.u8()) else {
        return Ok(None);
    };
    let laces = read_up_to(reader, u64::from(count))?;
    let size: u64 = laces.iter().map(|lace| u64::from(*lace)).sum();
    Ok(Some(Page { serial, body: read_up_to(reader, size)?, laces }))
}

/// The comments of a comment header: vendor, count, then `KEY=value` each with its length.
fn comments(packet: &[u8]) -> Result<Vec<(String, String)>, TimelineError> {
    let broken =
        || TimelineError::Broken { kind: "Vorbis", why: "the list of comments breaks off".into() };
    let mut bytes = Bytes::new(packet);
    let vendor = bytes.u32_le().ok_or_else(broken)?;
    bytes.take(vendor as usize).ok_or_else(broken)?;
    let count = bytes.u32_le().ok_or_else(broken)?;
    let mut out = Vec::new();
    for _ in 0..count.min(MAX_COMMENTS) {
        // A list that breaks off is read as far as it goes.
        let Some(comment) = bytes.u32_le().and_then(|size| bytes.take(size as usize)) else {
            break;
        };
        if comment.len() > MAX_COMMENT {
            continue;
        }
        let text = String::from_utf8_lossy(comment);
        if let Some((key, value)) = text.split_once('=') {
            out.push((key.to_owned(), value.to_owned()));
        }
    }
    Ok(out)
}
