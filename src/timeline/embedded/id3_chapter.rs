//! `CHAP` and `CTOC` frames with their sub-frames (<https://id3.org/id3v2-chapters-1.0>).

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::bytes::Bytes;
use super::id3_tag::{Frame, Version, frames};
use crate::model::Chapter;
use crate::timeline::listing;

/// "Not used": the time of a chapter that is given in bytes only.
const UNUSED: u32 = u32::MAX;

/// How deep tables of contents may nest.
const MAX_NESTING: usize = 8;

/// Most entries that a table can name; from here on chapters without an entry are not hidden ones
/// but those that found no room.
const FULL_TABLE: usize = 255;

/// Chapters in the order of time. Those that the tables of contents leave out are hidden ones and
/// left out; the title of a nested table is the section of its chapters.
pub(super) fn chapters(all: &[Frame], version: Version) -> Vec<Chapter> {
    let found: Vec<(Vec<u8>, Chapter)> = all
        .iter()
        .filter(|frame| &frame.name == b"CHAP")
        .filter_map(|frame| chapter(&frame.body, version))
        .collect();
    let tables: BTreeMap<Vec<u8>, Contents> = all
        .iter()
        .filter(|frame| &frame.name == b"CTOC")
        .filter_map(|frame| contents(&frame.body, version))
        .collect();
    let mut listed = BTreeMap::new();
    let nested: BTreeSet<&Vec<u8>> = tables.values().flat_map(|t| &t.entries).collect();
    for (id, table) in &tables {
        if table.top || !nested.contains(id) {
            collect(table, &tables, None, 0, &mut listed);
        }
    }
    let known = found.iter().any(|(id, _)| listed.contains_key(id));
    let full = tables.values().any(|table| table.entries.len() >= FULL_TABLE);
    found
        .into_iter()
        .filter(|(id, _)| !known || full || listed.contains_key(id))
        .map(|(id, chapter)| Chapter { section: listed.get(&id).cloned().flatten(), ..chapter })
        .collect()
}

/// A table of contents.
struct Contents {
    top: bool,
    title: Option<String>,
    entries: Vec<Vec<u8>>,
}

/// Notes the entries of a table and of those in it, with the title of the nested table.
fn collect(
    table: &Contents,
    tables: &BTreeMap<Vec<u8>, Contents>,
    section: Option<&String>,
    depth: usize,
    listed: &mut BTreeMap<Vec<u8>, Option<String>>,
) {
    for entry in &table.entries {
        let first = !listed.contains_key(entry);
        match tables.get(entry) {
            Some(inner) if first && depth < MAX_NESTING => {
                listed.insert(entry.clone(), None);
                collect(inner, tables, inner.title.as_ref().or(section), depth + 1, listed);
            }
            Some(_) => {}
            None => {
                listed.entry(entry.clone()).or_insert_with(|| section.cloned());
            }
        }
    }
}

fn contents(body: &[u8], version: Version) -> Option<(Vec<u8>, Contents)> {
    let mut bytes = Bytes::new(body);
    let id = bytes.until_zero().to_vec();
    let flags = bytes.u8()?;
    let count = bytes.u8()?;
    let entries: Vec<Vec<u8>> = (0..count)
        .map(|_| bytes.until_zero().to_vec())
        .take_while(|entry| !entry.is_empty())
        .collect();
    let titles = frames(bytes.rest(), version, |name| name == b"TIT2");
    let title = titles.first().map(|frame| text(&frame.body)).filter(|t| !t.trim().is_empty());
    Some((id, Contents { top: flags & 2 != 0, title, entries }))
}

fn chapter(body: &[u8], version: Version) -> Option<(Vec<u8>, Chapter)> {
    let mut bytes = Bytes::new(body);
    let id = bytes.until_zero().to_vec();
    let start = bytes.u32()?;
    let end = bytes.u32()?;
    bytes.take(8)?;
    if start == UNUSED {
        return None;
    }
    let mut chapter = Chapter {
        start_ms: u64::from(start),
        end_ms: (end != UNUSED).then_some(u64::from(end)),
        ..Chapter::default()
    };
    let wanted = |name: &[u8; 4]| matches!(name, b"TIT2" | b"WXXX" | b"APIC") || name[0] == b'W';
    for frame in frames(bytes.rest(), version, wanted) {
        match &frame.name {
            b"TIT2" if chapter.title.is_empty() => chapter.title = text(&frame.body),
            b"TIT2" => {}
            b"APIC" => chapter.image = chapter.image.take().or_else(|| picture(&frame.body)),
            b"WXXX" => chapter.url = chapter.url.take().or_else(|| user_link(&frame.body)),
            _ => {
                let link = || listing::address(&latin(&frame.body));
                chapter.url = chapter.url.take().or_else(link);
            }
        }
    }
    Some((id, chapter))
}

/// The address in a `WXXX` frame: encoding, description, address in Latin 1.
fn user_link(body: &[u8]) -> Option<String> {
    let mut bytes = Bytes::new(body);
    let encoding = bytes.u8()?;
    skip_text(&mut bytes, encoding);
    let url = bytes.until_zero();
    // Seen in the wild: the address in the encoding of the description.
    listing::address(&latin(url)).or_else(|| listing::address(&text(body)))
}

/// The address of a picture that is not in the file itself (type `-->`).
fn picture(body: &[u8]) -> Option<String> {
    let mut bytes = Bytes::new(body);
    let encoding = bytes.u8()?;
    if bytes.until_zero() != b"-->" {
        return None;
    }
    bytes.u8()?;
    skip_text(&mut bytes, encoding);
    listing::address(&latin(bytes.until_zero()))
}

fn skip_text(bytes: &mut Bytes<'_>, encoding: u8) {
    if matches!(encoding, 1 | 2) {
        bytes.until_wide_zero();
    } else {
        bytes.until_zero();
    }
}

/// The text of a frame: a byte for the encoding, then the text up to its end or a zero.
fn text(body: &[u8]) -> String {
    let Some((encoding, rest)) = body.split_first() else { return String::new() };
    let mut bytes = Bytes::new(rest);
    match encoding {
        1 => wide(bytes.until_wide_zero()),
        2 => UTF_16BE.decode_without_bom_handling(bytes.until_wide_zero()).0.into_owned(),
        3 => String::from_utf8_lossy(bytes.until_zero()).into_owned(),
        _ => latin(bytes.until_zero()),
    }
}

/// UTF-16 with a byte order mark; without one little-endian, as Windows writes it.
fn wide(text: &[u8]) -> String {
    match text {
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] | rest => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
    }
}

/// Latin 1 by name; UTF-8 if it is valid as such, for many tools put that in.
fn latin(text: &[u8]) -> String {
    std::str::from_utf8(text).map_or_else(
        |_| WINDOWS_1252.decode_without_bom_handling(text).0.into_owned(),
        str::to_owned,
    )
}
