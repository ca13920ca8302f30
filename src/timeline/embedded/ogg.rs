//! Ogg (RFC 3533): the comments of its streams (Vorbis; Opus, RFC 7845; FLAC), their second packets.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};

use super::bytes::Bytes;
use super::source::Source;
use super::{MAX_TAG, comments};
use crate::model::Chapter;
use crate::timeline::TimelineError;

/// Most pages that the headers of the streams may take.
const MAX_PAGES: usize = 8_192;

/// Most streams side by side: sound, a picture, a skeleton.
const MAX_STREAMS: usize = 16;

/// The first packets of a stream.
#[derive(Default)]
struct Stream {
    /// Packets that are whole.
    whole: usize,
    /// The second packet, as far as it has come.
    second: Vec<u8>,
}

/// The chapters of the first stream whose comments have some.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
) -> Result<Vec<Chapter>, TimelineError> {
    let mut streams: BTreeMap<u32, Stream> = BTreeMap::new();
    let mut size = 0;
    for _ in 0..MAX_PAGES {
        let Some(page) = page(source)? else { break };
        size += page.body.len() as u64;
        if size > MAX_TAG {
            break;
        }
        // All streams begin before any of them goes on.
        let late = !page.first && !streams.is_empty();
        if !streams.contains_key(&page.serial) && (late || streams.len() >= MAX_STREAMS) {
            continue;
        }
        let stream = streams.entry(page.serial).or_default();
        if stream.take(&page) {
            let list = of_packet(&stream.second)?;
            if !list.is_empty() {
                return Ok(list);
            }
        }
        if streams.values().all(|stream| stream.whole > 1) {
            break;
        }
    }
    // A file that was cut off within the comments is read as far as it goes.
    for stream in streams.values().filter(|stream| stream.whole == 1) {
        let list = of_packet(&stream.second)?;
        if !list.is_empty() {
            return Ok(list);
        }
    }
    Ok(Vec::new())
}

impl Stream {
    /// Takes in a page; whether the second packet has become whole with it.
    fn take(&mut self, page: &Page) -> bool {
        let before = self.whole;
        let mut body = Bytes::new(&page.body);
        for lace in &page.laces {
            let part = body.take(usize::from(*lace)).unwrap_or_default();
            if self.whole == 1 {
                self.second.extend_from_slice(part);
            }
            self.whole += usize::from(*lace < 255);
        }
        before < 2 && self.whole >= 2
    }
}

fn of_packet(packet: &[u8]) -> Result<Vec<Chapter>, TimelineError> {
    let body = packet
        .strip_prefix(b"\x03vorbis")
        .or_else(|| packet.strip_prefix(b"OpusTags"))
        // FLAC in Ogg: a metadata block with its four bytes of header.
        .or_else(|| packet.get(4..).filter(|_| packet.first().is_some_and(|b| b & 0x7f == 4)));
    let Some(body) = body else { return Ok(Vec::new()) };
    comments::chapters(&mut Source::new(Cursor::new(body))?, body.len() as u64)
}

struct Page {
    serial: u32,
    /// A stream begins with it.
    first: bool,
    laces: Vec<u8>,
    body: Vec<u8>,
}

fn page<R: Read + Seek>(source: &mut Source<R>) -> Result<Option<Page>, TimelineError> {
    let head = source.up_to(27)?;
    let mut bytes = Bytes::new(&head);
    if bytes.take(4) != Some(b"OggS".as_slice()) {
        return Ok(None);
    }
    let (Some(_), Some(flags), Some(_)) = (bytes.u8(), bytes.u8(), bytes.take(8)) else {
        return Ok(None);
    };
    let (Some(serial), Some(_), Some(count)) = (bytes.u32_le(), bytes.take(8), bytes.u8()) else {
        return Ok(None);
    };
    let laces = source.up_to(u64::from(count))?;
    let size: u64 = laces.iter().map(|lace| u64::from(*lace)).sum();
    let body = source.up_to(size)?;
    Ok(Some(Page { serial, first: flags & 2 != 0, body, laces }))
}
