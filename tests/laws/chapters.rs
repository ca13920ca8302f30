//! Laws of chapters, whatever their source.

use std::io::Cursor;

use latetalk::model::{Chapter, ChapterSource, Millis};
use latetalk::text::{self, Document, MarkdownOptions};
use latetalk::timeline::{self, MAX_CHAPTERS, MAX_MILLIS, Stamp};

use super::clean::{assert_error, assert_line, assert_lines, assert_text};

/// What every list of chapters must be.
#[track_caller]
pub(super) fn assert_chapters(list: &[Chapter], duration: Option<Millis>) {
    let latest = duration.filter(|d| *d > 0).unwrap_or(MAX_MILLIS);
    assert!(list.len() <= MAX_CHAPTERS);
    let ascend = list.windows(2).all(|pair| match pair {
        [a, b] => a.start_ms < b.start_ms,
        _ => true,
    });
    assert!(ascend, "starts do not ascend: {list:?}");
    for chapter in list {
        assert!(chapter.start_ms < latest, "{chapter:?} starts after {latest}");
        assert!(chapter.end_ms.is_none_or(|end| end > chapter.start_ms), "{chapter:?} is empty");
        assert!(chapter.end_ms.is_none_or(|end| end <= latest), "{chapter:?} ends after {latest}");
        assert_line(&chapter.title);
        assert_lines(&chapter.section);
        assert_lines(&chapter.points);
        assert_lines(&chapter.url);
        assert_lines(&chapter.image);
    }
}

/// Show notes as HTML, Markdown (with and without its own line breaks) or plain text, by the first
/// byte; with or without the length of the recording, by the last.
pub fn timeline(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let keep = MarkdownOptions { keep_line_breaks: true };
    let mut document = match data.first().map(|b| b % 4) {
        Some(0) => text::from_html(&text, None),
        Some(1) => text::from_markdown(&text, None),
        Some(2) => text::from_markdown_with(&text, None, keep),
        _ => text::from_plain(&text, None),
    };
    let duration = match data.last().map(|b| b % 4) {
        Some(0) => Some(5_400_000),
        Some(1) => Some(90_000),
        Some(2) => Some(0),
        _ => None,
    };
    let found = timeline::from_notes(&document, duration);
    assert_chapters(&found.chapters, duration);
    assert_chapters(&timeline::tidy(found.chapters.clone(), None), None);
    assert_stamps(&document, &found.stamps);
    let before = document.plain_text();
    timeline::mark(&mut document, &found.stamps);
    assert_eq!(document.plain_text(), before, "marking times changes the words");
    let marked = timeline::from_notes(&document, duration);
    assert_chapters(&marked.chapters, duration);
    assert_stamps(&document, &marked.stamps);
}

/// Stamps lie in their blocks, on some words, one behind another.
fn assert_stamps(document: &Document, stamps: &[Stamp]) {
    let mut last = (0, 0);
    let mut block = (usize::MAX, String::new());
    for stamp in stamps {
        if block.0 != stamp.block {
            let found = document.blocks.get(stamp.block);
            assert!(found.is_some(), "{stamp:?} lies in no block");
            block = (stamp.block, found.map(text::Block::plain_text).unwrap_or_default());
        }
        let words = block.1.get(stamp.range.clone());
        assert!(words.is_some_and(|words| !words.is_empty()), "{stamp:?}");
        assert!((stamp.block, stamp.range.start) >= last, "{stamp:?} overlaps the one before");
        last = (stamp.block, stamp.range.end);
        assert!(stamp.ms <= MAX_MILLIS || stamp.doubtful, "{stamp:?}");
    }
}

/// A chapters file, and a listing for tagging tools.
pub fn chapters_json(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match timeline::from_json(&text) {
        Ok(list) => assert_chapters(&list, None),
        Err(why) => assert_error(&why),
    }
    assert_chapters(&timeline::from_text(&text), None);
}

/// A recording that begins with an ID3 tag. Bytes that do not are the body of one: the first says
/// version and flags.
pub fn id3(data: &[u8]) {
    if data.starts_with(b"ID3") {
        return embedded(data);
    }
    let Some((first, body)) = data.split_first() else { return };
    let size = body.len().min((1 << 28) - 1);
    let size = [size >> 21, size >> 14, size >> 7, size].map(|part| (part & 127) as u8);
    let version = 3 + (first & 1);
    embedded(&[b"ID3", [version, 0, first & 0xfe].as_slice(), &size, body].concat());
}

/// An MP4 file. Bytes that do not begin like one follow its first box.
pub fn mp4(data: &[u8]) {
    if data.get(4..8) == Some(b"ftyp") {
        return embedded(data);
    }
    embedded(&[b"\0\0\0\x0cftypM4A ".as_slice(), data].concat());
}

/// An Ogg or FLAC file. Bytes that do not begin like one are comments, in a file of one of the three
/// kinds by the first byte.
pub fn ogg(data: &[u8]) {
    if data.starts_with(b"OggS") || data.starts_with(b"fLaC") {
        return embedded(data);
    }
    let comments = data.get(..60_000).unwrap_or(data);
    embedded(&match data.first().map(|b| b % 3) {
        Some(0) => ogg_file(&[b"OpusHead".to_vec(), [b"OpusTags", comments].concat()]),
        Some(1) => ogg_file(&[b"\x01vorbis".to_vec(), [b"\x03vorbis", comments].concat()]),
        _ => {
            let size = (comments.len() as u32).to_be_bytes();
            let block = [[0x84].as_slice(), size.get(1..).unwrap_or_default()].concat();
            [b"fLaC".as_slice(), &block, comments].concat()
        }
    });
}

/// Packets on pages of one stream.
pub(super) fn ogg_file(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    for packet in packets {
        let mut parts: Vec<&[u8]> = packet.chunks(255).collect();
        if packet.len().is_multiple_of(255) {
            parts.push(&[]);
        }
        for segments in parts.chunks(255) {
            out.extend(b"OggS\0\0");
            out.extend([0; 20]);
            out.push(segments.len() as u8);
            out.extend(segments.iter().map(|s| s.len() as u8));
            out.extend(segments.concat());
        }
    }
    out
}

/// A Matroska file. Bytes that do not begin like one follow its head.
pub fn matroska(data: &[u8]) {
    if data.starts_with(b"\x1a\x45\xdf\xa3") {
        return embedded(data);
    }
    // The EBML head without fields, then a segment of unknown size.
    let head = b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff";
    embedded(&[head.as_slice(), data].concat());
}

/// Any file: what it carries is a list of chapters that is not empty, or an error in words.
pub(super) fn embedded(bytes: &[u8]) {
    match timeline::embedded(&mut Cursor::new(bytes)) {
        Ok(Some(found)) => {
            assert!(!found.list.is_empty());
            assert_ne!(found.source, ChapterSource::None);
            assert_chapters(&found.list, None);
            assert_eq!(timeline::choose(std::slice::from_ref(&found)), Some(0));
        }
        Ok(None) => {}
        Err(why) => assert_text(&why.to_string()),
    }
}
