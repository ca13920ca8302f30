//! One episode from its lines: facts, show notes, snips, and whatever else stands there.

mod facts;

use std::ops::Range;

use super::{
    block, front_matter, highlights, kept,
    line::{self, Line},
    metadata, show_notes, snip,
    split::{Section, section},
};
use crate::{
    model::{NewSnip, Note},
    text::{clean, clean_line},
};

/// Reads the lines of one episode.
pub(super) fn read(lines: &[Line]) -> Note {
    let (mut note, places) = read_with_places(lines);
    note.source = kept::source(lines, &note, &places);
    note.line = lines.first().map_or(1, |line| line.number);
    note
}

/// Where the block of a snip stands.
pub(super) struct Place {
    pub(super) lines: Range<usize>,
    /// Its range had to be mended, so that the block does not say what the snip is.
    pub(super) mended: bool,
}

/// Reads the lines of one episode and gives the place of each snip, as long as all of them are blocks
/// of their own: there are fewer places than snips where some come from lists of highlights.
pub(super) fn read_with_places(lines: &[Line]) -> (Note, Vec<Place>) {
    let mut reader = Reader {
        lines,
        at: 0,
        note: Note::default(),
        heading: None,
        rest: Vec::new(),
        loose: Vec::new(),
        listed: false,
        places: Vec::new(),
    };
    if let Some(fields) = front_matter::range(lines, 0) {
        front_matter::read(&mut reader.note, lines, &fields);
        reader.at = fields.end + 1;
    }
    while reader.at < lines.len() {
        reader.step();
    }
    let places = std::mem::take(&mut reader.places);
    (reader.finish(), places)
}

struct Reader<'a, 'b> {
    lines: &'b [Line<'a>],
    at: usize,
    note: Note,
    /// The title of the page with its line.
    heading: Option<String>,
    rest: Vec<String>,
    /// Lines of facts outside the list that Snipd writes; they count where that says nothing.
    loose: Vec<String>,
    listed: bool,
    places: Vec<Place>,
}

impl Reader<'_, '_> {
    /// Takes in the line at hand, or the passage that it opens.
    fn step(&mut self) {
        let Some(line) = self.lines.get(self.at) else { return };
        let text = line.text.as_ref();
        match section(text) {
            Some(opened @ (Section::Metadata | Section::Snips)) => {
                self.listed = opened == Section::Metadata;
                self.at += 1;
            }
            Some(Section::ShowNotes) => {
                self.at += 1;
                let end = self.end_of_show_notes();
                self.take_show_notes(self.at, end);
            }
            Some(Section::Highlights) => self.take_highlights(),
            None if self.opens_folded_notes() => self.take_folded_notes(),
            None if block::starts(self.lines, self.at) => self.take_snip(),
            None if highlights::opens(text) => self.take_highlights(),
            None if highlights::is_shared(text) => self.take_shared(),
            None => self.take_line(text),
        }
    }

    fn take_line(&mut self, text: &str) {
        self.at += 1;
        if let Some((1, title)) = line::heading(text)
            && !title.is_empty()
        {
            self.take_heading(text, metadata::bare(title));
            return;
        }
        if let Some((2, words)) = line::heading(text)
            && self.heading.is_none()
            && words.starts_with("[[")
        {
            // Logseq puts the page's title one level lower.
            self.heading = Some(metadata::bare(words));
            return;
        }
        if let Some(url) = metadata::picture(text)
            && (self.note.image.is_none() || self.note.image.as_deref() == Some(url.as_str()))
        {
            self.note.image = Some(url);
            return;
        }
        if line::is_footer(text) || line::is_rule(text) || self.take_fact(text) {
            return;
        }
        self.rest.push(text.to_owned());
    }

    /// `<details>` with `<summary>Show notes</summary>`, on one line or two.
    fn opens_folded_notes(&self) -> bool {
        let text = |at: usize| self.lines.get(at).map_or("", |line| line.text.trim());
        let is_summary = |text: &str| {
            let inner = text.trim().strip_prefix("<summary>");
            inner.and_then(|inner| inner.strip_suffix("</summary>")).is_some_and(|words| {
                matches!(line::plain_heading(words).as_str(), "show notes" | "shownotes")
            })
        };
        match text(self.at).strip_prefix("<details>") {
            Some("") => is_summary(text(self.at + 1)),
            Some(rest) => is_summary(rest),
            None => false,
        }
    }

    fn take_folded_notes(&mut self) {
        let opening = self.lines.get(self.at).map_or("", |line| line.text.trim());
        let start = if opening == "<details>" { self.at + 2 } else { self.at + 1 };
        let length = self
            .lines
            .iter()
            .skip(start)
            .position(|line| line.text.trim() == "</details>" || section(&line.text).is_some());
        let end = length.map_or(self.lines.len(), |length| start + length);
        self.take_show_notes(start, end);
        if self.lines.get(end).is_some_and(|line| line.text.trim() == "</details>") {
            self.at = end + 1;
        }
    }

    fn end_of_show_notes(&self) -> usize {
        let after = |at: &usize| {
            let Some(line) = self.lines.get(*at) else { return true };
            let text = line.text.as_ref();
            section(text).is_some()
                || block::starts_with_head(self.lines, *at)
                || highlights::opens(text)
        };
        (self.at..self.lines.len()).find(after).unwrap_or(self.lines.len())
    }

    fn take_show_notes(&mut self, start: usize, end: usize) {
        let lines = self.lines.get(start..end).unwrap_or_default();
        let notes = show_notes::read(lines.iter().map(|line| line.text.as_ref()));
        if self.note.notes.is_empty() {
            self.note.notes = notes;
        } else if !notes.is_empty() {
            self.note.notes.push_str("\n\n");
            self.note.notes.push_str(&notes);
        }
        self.at = end;
    }

    fn take_snip(&mut self) {
        let end = block::end(self.lines, self.at);
        let block = self.lines.get(self.at..end).unwrap_or_default();
        let number = block.first().map_or(0, |line| line.number);
        let read = snip::read(block, self.note.duration_ms);
        if self.note.enclosure.is_none() {
            self.note.enclosure = read.enclosure;
        }
        match read.snip {
            Ok(snip) => {
                self.places.push(Place { lines: self.at..end, mended: read.mended.is_some() });
                if let Some(why) = read.mended {
                    self.note.skipped.push((number, why));
                }
                self.note.snips.push(snip);
            }
            Err(why) => {
                self.note.skipped.push((number, why));
                self.rest.extend(block.iter().map(|line| line.text.to_string()));
            }
        }
        self.at = end;
    }

    fn take_highlights(&mut self) {
        let start = self.at + 1;
        let end = (start..self.lines.len())
            .find(|at| {
                self.lines.get(*at).is_some_and(|line| {
                    line.text.starts_with("# ")
                        || section(&line.text).is_some()
                        || block::starts(self.lines, *at)
                })
            })
            .unwrap_or(self.lines.len());
        let found = highlights::read(self.lines.get(start..end).unwrap_or_default());
        self.take_found(found);
        self.at = end;
    }

    fn take_shared(&mut self) {
        let lines = self.lines.get(self.at..).unwrap_or_default();
        let (length, found, show) = highlights::shared(lines);
        if self.note.show.is_none() {
            self.note.show = show;
        }
        self.take_found(found);
        self.at += length.max(1);
    }

    fn take_found(&mut self, found: Vec<highlights::Found>) {
        for found in found {
            match found {
                highlights::Found::Snip(snip) => self.note.snips.push(*snip),
                highlights::Found::Skipped(number, why, text) => {
                    self.note.skipped.push((number, why));
                    self.rest.push(text);
                }
                highlights::Found::Other(text) => {
                    for line in
                        text.lines().filter(|line| !self.take_fact(line)).collect::<Vec<_>>()
                    {
                        self.rest.push(line.to_owned());
                    }
                }
            }
        }
    }

    fn finish(mut self) -> Note {
        self.settle_loose_facts();
        if let Some(heading) = self.heading {
            if self.note.title.is_empty() {
                self.note.title = heading;
            } else if heading.to_lowercase() != self.note.title.to_lowercase() {
                self.rest.insert(0, format!("# {heading}"));
            }
        }
        self.note.rest = folded(&clean(&self.rest.join("\n")));
        let mut seen = std::collections::HashSet::new();
        self.note.skipped.retain(|(line, why)| seen.insert((*line, why.clone())));
        self.note.snips.iter_mut().for_each(tidy);
        self.note
    }
}

/// Addresses and titles go to the screen.
fn tidy(snip: &mut NewSnip) {
    snip.url = snip.url.take().map(|url| clean_line(&url));
    snip.raw = snip.raw.take().map(|raw| clean(&raw).into_owned());
}

/// At most one empty line in a row, none around.
fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut empty = 0;
    for line in text.lines() {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        out.push_str(line.trim_end());
        empty = 0;
    }
    out
}
