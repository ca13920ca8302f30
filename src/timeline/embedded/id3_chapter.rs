//! `CHAP` frames with their sub-frames (<https://id3.org/id3v2-chapters-1.0>).

use std::io::{Cursor, Read, Seek};

use super::bytes::Bytes;
use super::id3_contents::{self, Contents, Table};
use super::id3_tag::{Frame, Next, Tag};
use super::source::Source;
use super::words::{self, Words};
use crate::model::Chapter;
use crate::timeline::{MAX_CHAPTERS, TimelineError, listing};

/// "Not used": the time of a chapter that is given in bytes only.
const UNUSED: u32 = u32::MAX;

/// Longest identifier of a chapter.
const MAX_ID: u64 = 256;

/// Longest text or address that is read, in bytes.
const MAX_TEXT: u64 = 8 << 10;

/// How much of a picture is read: only addresses of pictures are wanted, not pictures.
const MAX_PICTURE: u64 = 4 << 10;

/// Longest frame that is unpacked in memory; others are read where they stand.
const MAX_FRAME: u64 = 4 << 20;

/// A chapter as its frame has it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) id: Vec<u8>,
    start: u32,
    end: u32,
    title: Words,
    subtitle: Words,
    url: Option<String>,
    image: Option<String>,
}

/// The chapters among the frames up to `end`, without those that the tables of contents hide. Only
/// chapters and tables are read, and of these no pictures.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
    end: u64,
    tag: Tag,
) -> Result<Vec<Chapter>, TimelineError> {
    let mut found = Vec::new();
    let mut tables = Vec::new();
    tag.each(source, end, |source, tag, frame| {
        match &frame.name {
            b"CHAP" if found.len() < MAX_CHAPTERS => found.extend(chapter(source, tag, frame)?),
            b"CTOC" if tables.len() < MAX_CHAPTERS => tables.extend(table(source, tag, frame)?),
            _ => {}
        }
        Ok(true)
    })?;
    Ok(settled(found, tables))
}

/// Decodes all texts together and applies the tables of contents.
fn settled(found: Vec<Found>, tables: Vec<Table>) -> Vec<Chapter> {
    let count = found.len();
    let mut titles: Vec<Words> = Vec::with_capacity(count + tables.len());
    let mut chapters = Vec::with_capacity(count);
    for one in found {
        titles.push(if one.title.is_blank() { one.subtitle } else { one.title });
        let chapter = Chapter {
            start_ms: u64::from(one.start),
            end_ms: (one.end != UNUSED).then_some(u64::from(one.end)),
            url: one.url,
            image: one.image,
            ..Chapter::default()
        };
        chapters.push((one.id, chapter));
    }
    titles.extend(tables.iter().map(|table| table.title.clone()));
    let mut titles = words::settle(titles).into_iter();
    for ((_, chapter), title) in chapters.iter_mut().zip(titles.by_ref()) {
        chapter.title = title;
    }
    Contents::new(tables, titles).apply(chapters)
}

/// A chapter; `None` if it has no time, is encrypted or cut off.
fn chapter<R: Read + Seek>(
    source: &mut Source<R>,
    tag: Tag,
    frame: &Frame,
) -> Result<Option<Found>, TimelineError> {
    if tag.is_plain(frame) {
        return content(source, tag, frame.end);
    }
    let Some(body) = tag.body(source, frame, MAX_FRAME)? else { return Ok(None) };
    let end = body.len() as u64;
    content(&mut Source::new(Cursor::new(body))?, tag.inside(), end)
}

fn table<R: Read + Seek>(
    source: &mut Source<R>,
    tag: Tag,
    frame: &Frame,
) -> Result<Option<Table>, TimelineError> {
    let Some(body) = tag.body(source, frame, MAX_FRAME)? else { return Ok(None) };
    id3_contents::table(body, tag)
}

fn content<R: Read + Seek>(
    source: &mut Source<R>,
    tag: Tag,
    end: u64,
) -> Result<Option<Found>, TimelineError> {
    let start = source.at();
    let head = source.up_to(MAX_ID.min(end.saturating_sub(start)))?;
    let mut bytes = Bytes::new(&head);
    let id = bytes.until_zero().to_vec();
    let times = (bytes.u32(), bytes.u32(), bytes.take(8));
    let (Some(from), Some(to), Some(_)) = times else { return Ok(None) };
    if from == UNUSED {
        return Ok(None);
    }
    source.go(start + (head.len() - bytes.rest().len()) as u64)?;
    let mut found = Found { id, start: from, end: to, ..Found::default() };
    let stopped =
        tag.each(source, end, |source, tag, frame| take(&mut found, source, tag, frame))?;
    Ok((!matches!(stopped, Next::Cut)).then_some(found))
}

/// Takes over what a sub-frame says; `false` if it is cut off.
fn take<R: Read + Seek>(
    found: &mut Found,
    source: &mut Source<R>,
    tag: Tag,
    frame: &Frame,
) -> Result<bool, TimelineError> {
    let limit = match &frame.name {
        b"TIT2" | b"TIT3" | [b'W', ..] => MAX_TEXT,
        b"APIC" => MAX_PICTURE,
        _ => return Ok(true),
    };
    let Some(body) = tag.body(source, frame, limit)? else {
        // Encrypted ones are no reason to stop.
        return Ok(source.at() >= frame.start.saturating_add(limit.min(frame.end - frame.start)));
    };
    match &frame.name {
        b"TIT2" if found.title.is_blank() => found.title = text(&body),
        b"TIT3" if found.subtitle.is_blank() => found.subtitle = text(&body),
        b"TIT2" | b"TIT3" => {}
        b"APIC" => found.image = found.image.take().or_else(|| picture(&body)),
        b"WXXX" => found.url = found.url.take().or_else(|| user_link(&body)),
        _ => found.url = found.url.take().or_else(|| address(&body)),
    }
    Ok(true)
}

/// The address in a `WXXX` frame: encoding, description, address in Latin 1. Seen in the wild: the
/// address in the encoding of the description, or in its place.
fn user_link(body: &[u8]) -> Option<String> {
    let mut bytes = Bytes::new(body);
    let encoding = bytes.u8()?;
    let described = description(&mut bytes, encoding);
    let link = bytes.rest();
    address(link)
        .or_else(|| listing::address(words::wide(link).trim_matches('\0')))
        .or_else(|| address(described))
}

/// The address of a picture that is not in the file itself (type `-->`).
fn picture(body: &[u8]) -> Option<String> {
    let mut bytes = Bytes::new(body);
    let encoding = bytes.u8()?;
    if bytes.until_zero() != b"-->" {
        return None;
    }
    bytes.u8()?;
    description(&mut bytes, encoding);
    address(bytes.rest())
}

fn description<'a>(bytes: &mut Bytes<'a>, encoding: u8) -> &'a [u8] {
    if matches!(encoding, 1 | 2) { bytes.until_wide_zero() } else { bytes.until_zero() }
}

fn address(bytes: &[u8]) -> Option<String> {
    listing::address(&String::from_utf8_lossy(Words::before_zero(bytes)))
}

/// The text of a frame: a byte for the encoding, then the text up to its end or a zero.
pub(super) fn text(body: &[u8]) -> Words {
    let Some((encoding, rest)) = body.split_first() else { return Words::default() };
    let marked = rest.starts_with(&[0xff, 0xfe]) || rest.starts_with(&[0xfe, 0xff]);
    match encoding {
        // Without a mark it is big-endian.
        2 if !marked => {
            let text = Bytes::new(rest).until_wide_zero();
            Words::Sure(words::wide(&[&[0xfe, 0xff], text].concat()))
        }
        0..=3 if marked || *encoding == 1 => {
            Words::Sure(words::wide(Bytes::new(rest).until_wide_zero()))
        }
        // The byte was forgotten.
        0x20.. => Words::of(Words::before_zero(body)),
        _ => Words::of(Words::before_zero(rest)),
    }
}
