//! A document as the lines that a reader sees, each with its place and with the links in it.

use std::ops::Range;

use crate::model::Millis;
use crate::text::{Block, BlockKind, Document, Span};

/// Longest part of a line that is looked at, in bytes: a line is a heading or a paragraph.
const MAX_LINE: usize = 64 << 10;

/// One line of one block.
pub(super) struct Line<'a> {
    /// Index of its block.
    pub(super) block: usize,
    /// Where it begins in the block's plain text.
    pub(super) offset: usize,
    /// Its text without the line break.
    pub(super) text: &'a str,
    /// Whether it is the first of its block or stands under an empty line.
    pub(super) apart: bool,
    /// Whether its block is a heading.
    pub(super) heading: bool,
    /// How many lists its block stands in.
    pub(super) list: u8,
    /// Whether all its text is bold.
    pub(super) bold: bool,
}

impl Line<'_> {
    /// Whether its block is an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.list > 0
    }
}

/// A stretch of a block that is linked or already carries a time; in bytes of its plain text.
pub(super) struct Anchor {
    /// Where it is.
    pub(super) range: Range<usize>,
    /// The time that the page gave it.
    pub(super) ms: Option<Millis>,
    /// The address it leads to.
    pub(super) url: Option<String>,
}

/// The lines of all blocks with text; `texts` are the blocks' plain texts. Lines of white space are
/// left out, [`Line::apart`] of the next remembers them.
pub(super) fn lines<'a>(document: &Document, texts: &'a [String]) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    for (index, (block, text)) in document.blocks.iter().zip(texts).enumerate() {
        let mut offset = 0;
        let mut apart = true;
        let bold = !block.spans.is_empty()
            && block.spans.iter().all(|s| s.style.bold || s.text.trim().is_empty());
        for whole in text.split_inclusive(['\n', '\r']) {
            let line = whole.trim_end_matches(['\n', '\r']);
            if line.chars().all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}') {
                apart = apart || whole.len() == line.len() || !whole.ends_with('\r');
            } else {
                let quoted = quote_marks(line);
                out.push(Line {
                    block: index,
                    offset: offset + quoted,
                    text: bounded(line.get(quoted..).unwrap_or(line)),
                    apart,
                    heading: matches!(block.kind, BlockKind::Heading(_)),
                    list: block.list,
                    bold,
                });
                apart = false;
            }
            offset += whole.len();
        }
    }
    out
}

/// The links and ready times of a block, neighbours with one target joined.
pub(super) fn anchors(document: &Document, block: &Block) -> Vec<Anchor> {
    let mut out: Vec<(Option<usize>, Anchor)> = Vec::new();
    let mut at = 0;
    let mut add = |span: &Span, at: usize| {
        let range = at..at + span.text.len();
        if span.link.is_none() && span.time_ms.is_none() {
            return;
        }
        if let Some((link, last)) = out.last_mut()
            && *link == span.link
            && last.ms == span.time_ms
            && last.range.end == range.start
        {
            last.range.end = range.end;
            return;
        }
        let url = span.link.and_then(|i| document.links.get(i)).map(|link| link.url.clone());
        out.push((span.link, Anchor { range, ms: span.time_ms, url }));
    };
    match &block.kind {
        BlockKind::Table(table) => {
            for cell in table.rows.iter().flatten() {
                for span in cell {
                    add(span, at);
                    at += span.text.len();
                }
                at += 1;
            }
        }
        BlockKind::Code { .. } | BlockKind::Rule | BlockKind::PageMark { .. } => {}
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Image { .. } => {
            for span in &block.spans {
                add(span, at);
                at += span.text.len();
            }
        }
    }
    out.into_iter().map(|(_, anchor)| anchor).collect()
}

/// How many bytes of a line are marks of quotes in plain text (`> > title`), with a word behind.
fn quote_marks(line: &str) -> usize {
    let rest = line.trim_start_matches(|c: char| matches!(c, '>' | '＞') || c.is_whitespace());
    let marks = line.len() - rest.len();
    if line.trim_start().starts_with(['>', '＞']) && !rest.is_empty() { marks } else { 0 }
}

fn bounded(line: &str) -> &str {
    if line.len() <= MAX_LINE {
        return line;
    }
    let end = (0..=MAX_LINE).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
    line.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Link;

    #[test]
    fn lines_know_their_place_and_what_stands_between_them() {
        let span = Span { text: "甲\n\n 乙\r丙".into(), ..Span::default() };
        let block = Block { spans: vec![span], ..Block::default() };
        let document = Document { blocks: vec![block], links: vec![] };
        let texts = vec![document.blocks[0].plain_text()];
        let all: Vec<_> = lines(&document, &texts)
            .iter()
            .map(|l| (l.offset, l.text.to_owned(), l.apart))
            .collect();
        assert_eq!(
            all,
            [(0, "甲".into(), true), (5, " 乙".into(), true), (10, "丙".into(), false)]
        );
    }

    #[test]
    fn links_over_several_spans_are_one() {
        let link = |text: &str| Span { text: text.into(), link: Some(0), ..Span::default() };
        let plain = Span { text: "a ".into(), ..Span::default() };
        let block = Block { spans: vec![plain, link("00:"), link("36")], ..Block::default() };
        let links = vec![Link { text: "00:36".into(), url: "#t=00:36".into() }];
        let document = Document { blocks: vec![block], links };
        let found = anchors(&document, &document.blocks[0]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].range.clone(), found[0].url.as_deref()), (2..7, Some("#t=00:36")));
    }
}
