//! Which pages an episode links to, and to which chapter each belongs: told by the lines of the notes
//! that a link stands in.

use std::collections::HashMap;

use super::usual::is_usual;
use crate::model::{Chapter, Millis};
use crate::text::{Block, BlockKind, Document, Span, canonical_url, letters, lines_of};

/// A page that an episode links to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EpisodeLink {
    /// Its address as the notes name it.
    pub url: String,
    /// The one address of the page, whatever tracks were left on `url`.
    pub key: String,
    /// The linked words, in one line; the address where there are none.
    pub text: String,
    /// The chapter it belongs to, by its index among those that are shown.
    pub chapter: Option<usize>,
    /// The heading that it stands under where that is no chapter.
    pub section: Option<String>,
    /// Not about this episode: the show's home, where to subscribe, profiles.
    pub usual: bool,
    /// Which links of the document lead there.
    pub links: Vec<usize>,
}

/// Where links of an episode can come from.
#[derive(Debug, Clone, Copy, Default)]
pub struct LinkSources<'a> {
    /// The chapters whose times the notes tell.
    pub own: &'a [Chapter],
    /// The chapters that are shown, from whatever source.
    pub shown: &'a [Chapter],
    /// Canonical addresses that other episodes name as well, or that belong to the show.
    pub usual: &'a [String],
}

/// Notes and other sources may tell the start of the same chapter so differently, in ms.
const NEAR: Millis = 1_000;

/// Most links that are looked at; what follows in notes with more is left out.
const MAX_LINKS: usize = 2_000;

/// Most places in the notes that are known to lead to one page.
const MAX_PLACES: usize = 64;

/// Longest line that can be the label of a passage, in characters.
const MAX_LABEL: usize = 30;

/// The pages that the notes link to, in the order of reading, each once: in the lines of a chapter where
/// it stands in some, else where it stands first. What every episode names comes last. Mail addresses,
/// places within the text and links that are only times are none.
#[must_use]
pub fn links_by_chapter(document: &Document, sources: LinkSources<'_>) -> Vec<EpisodeLink> {
    let mut walk = Walk::new(document, sources);
    for block in &document.blocks {
        walk.block(block);
    }
    let mut found = merged(walk.found);
    let named = sources.shown.iter().enumerate().filter_map(|(index, chapter)| {
        Some((index, chapter, chapter.url.as_deref().filter(|url| is_page(url))?))
    });
    for (index, chapter, url) in named.take(MAX_LINKS) {
        add_page_of_chapter(&mut found, index, &chapter.title, url);
    }
    for link in &mut found {
        link.usual = sources.usual.contains(&link.key) || is_usual(&link.url);
    }
    // A stable sort: the order of reading stays within both parts.
    found.sort_by_key(|link| link.usual);
    found
}

fn is_page(url: &str) -> bool {
    ["http://", "https://", "welcome:", "file:"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}

/// One page for each address.
fn merged(found: Vec<EpisodeLink>) -> Vec<EpisodeLink> {
    let mut pages: Vec<EpisodeLink> = Vec::new();
    // Where a page is named in a chapter, that is where it is read.
    let mut places: HashMap<String, usize> = HashMap::new();
    for link in found {
        let known = places.get(&link.key).copied();
        let Some(at) = known else {
            places.insert(link.key.clone(), pages.len());
            pages.push(link);
            continue;
        };
        let Some(page) = pages.get_mut(at) else { continue };
        if page.chapter.is_none() && link.chapter.is_some() {
            let mut links = std::mem::take(&mut page.links);
            page.key.clear();
            links.extend(&link.links);
            places.insert(link.key.clone(), pages.len());
            pages.push(EpisodeLink { links, ..link });
        } else {
            let new = link.links.iter().filter(|at| !page.links.contains(at)).copied();
            let room = MAX_PLACES.saturating_sub(page.links.len());
            let new: Vec<usize> = new.take(room).collect();
            page.links.extend(new);
        }
    }
    pages.retain(|page| !page.key.is_empty());
    pages
}

/// The page that a chapter itself names.
fn add_page_of_chapter(found: &mut Vec<EpisodeLink>, index: usize, title: &str, url: &str) {
    let key = canonical_url(url);
    let known = found.iter().position(|link| link.key == key);
    let mut link = match known {
        Some(at) if found.get(at).is_some_and(|link| link.chapter.is_some()) => return,
        Some(at) => found.remove(at),
        None => {
            let text = if title.is_empty() { url } else { title };
            EpisodeLink {
                url: url.to_owned(),
                key,
                text: text.to_owned(),
                ..EpisodeLink::default()
            }
        }
    };
    link.chapter = Some(index);
    link.section = None;
    // Behind what the chapters before it have, before what stands outside of chapters at the end.
    let behind = found.iter().rposition(|link| link.chapter.is_some_and(|other| other <= index));
    let first = || found.iter().position(|link| link.chapter.is_some());
    let at = behind.map(|at| at + 1).or_else(first).unwrap_or(found.len());
    found.insert(at, link);
}

/// What the lines so far belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// The chapter of the notes with this index.
    Own(usize),
    /// The shown chapter with this index: its title stands above as a heading.
    Titled(usize),
    /// No chapter; the heading above, where there is one.
    Outside(Option<String>),
}

/// Going through the notes from top to bottom.
struct Walk<'a> {
    document: &'a Document,
    own: &'a [Chapter],
    shown: &'a [Chapter],
    place: Place,
    /// Depth in lists, and level as a heading, of the line that opened the chapter.
    entry: (u8, Option<u8>),
    /// The latest chapter that was opened: a time before it only speaks for its own line.
    reached: usize,
    /// The shown chapter that each title, and each section, stands for, by its letters.
    titles: HashMap<String, usize>,
    /// Lines without a time, as deep as those with one, have stood between chapters.
    mixed: bool,
    found: Vec<EpisodeLink>,
}

impl<'a> Walk<'a> {
    fn new(document: &'a Document, sources: LinkSources<'a>) -> Self {
        let own = if sources.own.is_empty() { sources.shown } else { sources.own };
        Self {
            document,
            own,
            shown: sources.shown,
            place: Place::Outside(None),
            entry: (0, None),
            reached: 0,
            titles: titles_of(sources.shown),
            mixed: false,
            found: Vec::new(),
        }
    }

    fn block(&mut self, block: &Block) {
        if let BlockKind::Table(table) = &block.kind {
            for row in &table.rows {
                let line: Vec<Span> = row.iter().flatten().cloned().collect();
                self.line(block, &line, true);
            }
            return;
        }
        for (index, line) in lines_of(&block.spans).iter().enumerate() {
            self.line(block, line, index == 0);
        }
    }

    /// `first` says whether a block begins with this line.
    fn line(&mut self, block: &Block, line: &[Span], first: bool) {
        let time = time_of(line);
        let at = |ms| self.own.binary_search_by_key(&ms, |chapter| chapter.start_ms).ok();
        let opens = time.and_then(at).filter(|index| *index >= self.reached);
        if let Some(index) = opens {
            self.place = Place::Own(index);
            self.reached = index;
            self.entry = (block.list, level_of(block));
        } else if first {
            self.without_time(block, line);
        } else if self.is_last() && is_label(line) {
            self.place = Place::Outside(Some(words_of(line)));
        }
        // A time that begins no chapter still says when its line is meant.
        let at = time.filter(|_| opens.is_none());
        self.collect(line, at);
    }

    /// A line that opens no chapter may end one.
    fn without_time(&mut self, block: &Block, line: &[Span]) {
        let words = words_of(line);
        if words.is_empty() && !matches!(block.kind, BlockKind::Rule) {
            return;
        }
        let inside = match &self.place {
            Place::Own(index) => self.goes_on(*index, block, line),
            Place::Titled(_) | Place::Outside(_) => level_of(block).is_none() && !is_label(line),
        };
        if inside {
            let same = block.list == self.entry.0 && block.list > 0;
            self.mixed |= same && matches!(self.place, Place::Own(_));
            return;
        }
        if level_of(block).is_none() && !is_label(line) {
            self.place = Place::Outside(None);
            return;
        }
        self.place = match self.titled(&words) {
            Some(index) => Place::Titled(index),
            None => Place::Outside(Some(words.trim_end_matches(['：', ':']).to_owned())),
        };
    }

    /// Whether a line without a time still belongs to the chapter that was opened last.
    fn goes_on(&self, index: usize, block: &Block, line: &[Span]) -> bool {
        let (depth, level) = self.entry;
        if let Some(own) = level_of(block) {
            return level.is_some_and(|level| own > level);
        }
        if level.is_some() {
            return !(self.is_last() && is_label(line));
        }
        if block.list > depth && depth > 0 {
            return true;
        }
        if !self.is_last() {
            return true;
        }
        let words = letters(words_of(line).chars());
        let is_point = |point: &String| letters(point.chars()) == words;
        (self.mixed && block.list == depth && depth > 0)
            || self.own.get(index).is_some_and(|chapter| chapter.points.iter().any(is_point))
    }

    /// Whether no chapter comes after the one that was opened last.
    fn is_last(&self) -> bool {
        matches!(self.place, Place::Own(index) if index + 1 >= self.own.len())
    }

    /// The shown chapter that these words are the title of, or the first of the section they name.
    fn titled(&self, words: &str) -> Option<usize> {
        self.titles.get(&letters(words.chars())).copied()
    }

    fn collect(&mut self, spans: &[Span], at: Option<Millis>) {
        let chapter = match (&self.place, at) {
            (_, Some(ms)) => chapter_at(self.shown, ms),
            (Place::Own(index), None) => {
                self.own.get(*index).and_then(|chapter| chapter_at(self.shown, chapter.start_ms))
            }
            (Place::Titled(index), None) => Some(*index),
            (Place::Outside(_), None) => None,
        };
        let section = match &self.place {
            Place::Outside(section) if chapter.is_none() => section.clone(),
            _ => None,
        };
        for run in spans.iter().filter(|run| run.time_ms.is_none()) {
            if self.found.len() >= MAX_LINKS {
                return;
            }
            let Some(index) = run.link.filter(|index| !is_time(spans, *index)) else { continue };
            let Some(link) = self.document.links.get(index).filter(|link| is_page(&link.url))
            else {
                continue;
            };
            let text = crate::text::clean_line(&link.text);
            self.found.push(EpisodeLink {
                url: link.url.clone(),
                key: canonical_url(&link.url),
                text: if text.is_empty() { link.url.clone() } else { text },
                chapter,
                section: section.clone(),
                usual: false,
                links: vec![index],
            });
        }
    }
}

/// The chapter that a heading stands for: one of that title, else the first of a section of that name.
fn titles_of(chapters: &[Chapter]) -> HashMap<String, usize> {
    let mut titles = HashMap::new();
    let named = chapters.iter().enumerate().map(|(index, c)| (index, c.title.as_str()));
    let sections = chapters.iter().enumerate();
    let sections = sections.filter_map(|(index, c)| Some((index, c.section.as_deref()?)));
    for (index, words) in named.chain(sections) {
        let key = letters(words.chars());
        if !key.is_empty() {
            titles.entry(key).or_insert(index);
        }
    }
    titles
}

/// The chapter that begins at this time or about it, else the one that the time lies in.
fn chapter_at(chapters: &[Chapter], ms: Millis) -> Option<usize> {
    let after = chapters.partition_point(|chapter| chapter.start_ms <= ms);
    let near = |at: &usize| chapters.get(*at).is_some_and(|c| c.start_ms.abs_diff(ms) <= NEAR);
    let before = after.checked_sub(1);
    before.filter(near).or(Some(after).filter(near)).or(before)
}

/// Whether this link of a line says a time and nothing else.
fn is_time(spans: &[Span], link: usize) -> bool {
    let mut own = spans.iter().filter(|span| span.link == Some(link));
    let words = |span: &Span| span.text.chars().any(char::is_alphanumeric);
    let timed = spans.iter().any(|span| span.link == Some(link) && span.time_ms.is_some());
    timed && own.all(|span| span.time_ms.is_some() || !words(span))
}

/// The time that a line begins or ends with.
fn time_of(line: &[Span]) -> Option<Millis> {
    let blank =
        |span: &Span| span.time_ms.is_none() && !span.text.chars().any(char::is_alphanumeric);
    let leading = line.iter().find(|span| !blank(span)).and_then(|span| span.time_ms);
    leading.or_else(|| line.iter().rev().find(|span| !blank(span)).and_then(|span| span.time_ms))
}

fn level_of(block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading(level) => Some(level),
        BlockKind::Rule => Some(0),
        _ => None,
    }
}

fn words_of(line: &[Span]) -> String {
    line.iter().map(|span| span.text.as_str()).collect::<String>().trim().to_owned()
}

/// Whether a line names what follows: short, without a link, and ended by a colon, in brackets or strong.
fn is_label(line: &[Span]) -> bool {
    let words = words_of(line);
    if words.is_empty() || words.chars().count() > MAX_LABEL {
        return false;
    }
    if line.iter().any(|span| span.link.is_some()) {
        return false;
    }
    let strong = line.iter().all(|span| span.style.bold || span.text.trim().is_empty());
    let wrapped = [('【', '】'), ('[', ']'), ('「', '」'), ('《', '》'), ('-', '-')];
    let wrapped = wrapped.iter().any(|(a, b)| words.starts_with(*a) && words.ends_with(*b));
    strong || wrapped || words.ends_with(['：', ':'])
}

#[cfg(test)]
mod tests;
