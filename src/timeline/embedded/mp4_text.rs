//! A text sample of MP4 (`text` of `QuickTime`, `tx3g` of 3GPP TS 26.245): a length, the text, and boxes
//! that say more of it.

use super::bytes::Bytes;
use super::words::{self, Words};
use crate::model::{Chapter, Millis};
use crate::timeline::listing;

/// Most boxes behind a text.
const MAX_BOXES: usize = 64;

/// What a sample says.
pub(super) struct Text {
    words: Words,
    url: Option<String>,
}

/// Reads a sample; `None` if there is no text in it.
pub(super) fn read(sample: &[u8]) -> Option<Text> {
    let mut bytes = Bytes::new(sample);
    let size = usize::from(bytes.u16()?).min(bytes.rest().len());
    let text = bytes.take(size)?;
    let mut encoding = None;
    let mut url = None;
    for _ in 0..MAX_BOXES {
        let Some(size) = bytes.u32().and_then(|size| (size as usize).checked_sub(8)) else { break };
        let (Some(name), Some(body)) = (bytes.take(4), bytes.take(size)) else { break };
        match name {
            b"encd" => encoding = Bytes::new(body).u32(),
            b"href" => url = url.or_else(|| link(body)),
            _ => {}
        }
    }
    // 0x100 is UTF-16 there, 0x0800_0100 UTF-8; a byte order mark and valid UTF-8 say more.
    let bare_wide = encoding == Some(0x100) && text.contains(&0) && text.len().is_multiple_of(2);
    let words = if bare_wide { Words::Sure(words::wide(text)) } else { Words::of(text) };
    (!words.is_blank()).then_some(Text { words, url })
}

/// A link in the text: where in the text it stands, then the address with its length.
fn link(body: &[u8]) -> Option<String> {
    let mut bytes = Bytes::new(body);
    bytes.u32()?;
    let size = usize::from(bytes.u8()?);
    listing::address(&String::from_utf8_lossy(bytes.take(size)?))
}

/// Chapters of texts with their starts and ends.
pub(super) fn settled(found: Vec<(Millis, Millis, Text)>) -> Vec<Chapter> {
    let mut chapters = Vec::with_capacity(found.len());
    let mut titles = Vec::with_capacity(found.len());
    for (start_ms, end, text) in found {
        titles.push(text.words);
        let (end_ms, url) = (Some(end), text.url);
        chapters.push(Chapter { start_ms, end_ms, url, ..Chapter::default() });
    }
    for (chapter, title) in chapters.iter_mut().zip(words::settle(titles)) {
        chapter.title = title;
    }
    chapters
}
