//! `CTOC` frames: tables of contents, which hide chapters that they do not name and group the others.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use super::bytes::Bytes;
use super::id3_chapter::text;
use super::id3_tag::Tag;
use super::source::Source;
use super::words::Words;
use crate::model::Chapter;
use crate::timeline::{MAX_CHAPTERS, TimelineError};

/// How deep tables of contents may nest.
const MAX_NESTING: usize = 8;

/// Most entries that a table can name; from here on chapters without an entry are not hidden ones
/// but those that found no room.
const FULL_TABLE: usize = 255;

/// Longest title of a table, in bytes.
const MAX_TITLE: u64 = 4 << 10;

/// A table as its frame has it.
pub(super) struct Table {
    id: Vec<u8>,
    top: bool,
    entries: Vec<Vec<u8>>,
    pub(super) title: Words,
}

/// Reads the content of a `CTOC` frame.
pub(super) fn table(body: Vec<u8>, tag: Tag) -> Result<Option<Table>, TimelineError> {
    let mut bytes = Bytes::new(&body);
    let id = bytes.until_zero().to_vec();
    let (Some(flags), Some(count)) = (bytes.u8(), bytes.u8()) else { return Ok(None) };
    let mut entries: Vec<Vec<u8>> = (0..count)
        .map(|_| bytes.until_zero().to_vec())
        .take_while(|entry| !entry.is_empty())
        .collect();
    let more = entries_of(bytes.rest());
    let (at, end) = ((body.len() - bytes.rest().len()) as u64, body.len() as u64);
    let mut title = Words::default();
    let mut framed = false;
    let mut source = Source::new(Cursor::new(body))?;
    source.go(at)?;
    tag.inside().each(&mut source, end, |source, tag, frame| {
        framed = true;
        if &frame.name == b"TIT2"
            && let Some(body) = tag.body(source, frame, MAX_TITLE)?
        {
            title = text(&body);
        }
        Ok(true)
    })?;
    if !framed {
        // The count of one byte ran over: what follows is no frame but further entries.
        entries.extend(more);
    }
    Ok(Some(Table { id, top: flags & 2 != 0, entries, title }))
}

/// Entries up to padding or the end.
fn entries_of(rest: &[u8]) -> Vec<Vec<u8>> {
    let parts = rest.split(|byte| *byte == 0).take_while(|entry| !entry.is_empty());
    parts.take(MAX_CHAPTERS).map(<[u8]>::to_vec).collect()
}

/// All tables of a tag.
pub(super) struct Contents {
    tables: BTreeMap<Vec<u8>, Table>,
    titles: BTreeMap<Vec<u8>, String>,
}

impl Contents {
    /// Tables with their titles, in the same order.
    pub(super) fn new(tables: Vec<Table>, titles: impl Iterator<Item = String>) -> Self {
        let titles = tables.iter().map(|table| table.id.clone()).zip(titles).collect();
        let tables = tables.into_iter().map(|table| (table.id.clone(), table)).collect();
        Self { tables, titles }
    }

    /// Chapters that some table names; the title of a nested table is the section of its chapters.
    /// All of them if no table names any.
    pub(super) fn apply(&self, found: Vec<(Vec<u8>, Chapter)>) -> Vec<Chapter> {
        let nested: BTreeSet<&Vec<u8>> = self.tables.values().flat_map(|t| &t.entries).collect();
        let mut listed = BTreeMap::new();
        for (id, table) in &self.tables {
            if table.top || !nested.contains(id) {
                self.collect(table, None, 0, &mut listed);
            }
        }
        let known = found.iter().any(|(id, _)| listed.contains_key(id));
        let full = self.tables.values().any(|table| table.entries.len() >= FULL_TABLE);
        found
            .into_iter()
            .filter(|(id, _)| !known || full || listed.contains_key(id))
            .map(|(id, chapter)| Chapter { section: listed.get(&id).cloned().flatten(), ..chapter })
            .collect()
    }

    /// Notes the entries of a table and of those in it, with the title of the nested table.
    fn collect(
        &self,
        table: &Table,
        section: Option<&String>,
        depth: usize,
        listed: &mut BTreeMap<Vec<u8>, Option<String>>,
    ) {
        for entry in &table.entries {
            let first = !listed.contains_key(entry);
            match self.tables.get(entry) {
                Some(inner) if first && depth < MAX_NESTING => {
                    listed.insert(entry.clone(), None);
                    let title = self.titles.get(entry).filter(|title| !title.trim().is_empty());
                    self.collect(inner, title.or(section), depth + 1, listed);
                }
                Some(_) => {}
                None => {
                    listed.entry(entry.clone()).or_insert_with(|| section.cloned());
                }
            }
        }
    }
}
