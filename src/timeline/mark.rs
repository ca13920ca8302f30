//! Puts the times that were found back into the document, so that Enter on them seeks.

use std::ops::Range;

use super::Stamp;
use crate::model::Millis;
use crate::text::{BlockKind, Document, Span};

/// Splits spans so that each stamp is a span of its own (or several, where styles change within it)
/// with `time_ms`. Stamps whose block or range does not fit the document change nothing; code
/// blocks, which have no spans, stay as they are. Links stay links. The text does not change, so
/// ranges stay valid.
pub fn mark(document: &mut Document, stamps: &[Stamp]) {
    let mut sorted: Vec<&Stamp> = stamps.iter().filter(|s| s.range.start < s.range.end).collect();
    sorted.sort_by_key(|stamp| (stamp.block, stamp.range.start));
    for group in sorted.chunk_by(|a, b| a.block == b.block) {
        let Some(block) = group.first().and_then(|s| document.blocks.get_mut(s.block)) else {
            continue;
        };
        let mut cursor = Cursor { stamps: group, at: 0 };
        match &mut block.kind {
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| row.iter_mut());
                for cell in cells {
                    cursor.split(cell);
                    // The tab or line break that parts cells in the plain text.
                    cursor.at += 1;
                }
            }
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::PageMark { .. } => {}
            BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Image { .. } => {
                cursor.split(&mut block.spans);
            }
        }
    }
}

/// Walks the spans of a block and its stamps side by side.
struct Cursor<'a> {
    stamps: &'a [&'a Stamp],
    at: usize,
}

impl Cursor<'_> {
    fn split(&mut self, spans: &mut Vec<Span>) {
        let end = self.at + spans.iter().map(|span| span.text.len()).sum::<usize>();
        self.pass(self.at);
        if self.stamps.first().is_none_or(|stamp| stamp.range.start >= end) {
            self.at = end;
            return;
        }
        let mut out = Vec::with_capacity(spans.len() + 2);
        for span in spans.drain(..) {
            let start = self.at;
            self.at += span.text.len();
            self.pieces(span, start, &mut out);
        }
        *spans = out;
    }

    /// Leaves the stamps behind that end at or before `at`.
    fn pass(&mut self, at: usize) {
        while self.stamps.first().is_some_and(|stamp| stamp.range.end <= at) {
            self.stamps = self.stamps.get(1..).unwrap_or_default();
        }
    }

    fn pieces(&mut self, span: Span, start: usize, out: &mut Vec<Span>) {
        let end = start + span.text.len();
        self.pass(start);
        let mut done = 0;
        for stamp in self.stamps.iter().take_while(|stamp| stamp.range.start < end) {
            let from = stamp.range.start.saturating_sub(start).max(done);
            let to = stamp.range.end.min(end) - start;
            if from < to && span.text.is_char_boundary(from) && span.text.is_char_boundary(to) {
                piece(&span, done..from, None, out);
                piece(&span, from..to, Some(stamp.ms), out);
                done = to;
            }
        }
        if done == 0 {
            out.push(span);
        } else {
            piece(&span, done..span.text.len(), None, out);
        }
    }
}

fn piece(span: &Span, range: Range<usize>, ms: Option<Millis>, out: &mut Vec<Span>) {
    if let Some(text) = span.text.get(range).filter(|text| !text.is_empty()) {
        // Not `..span.clone()`: the whole text would be copied for each of its pieces.
        let Span { style, link, .. } = *span;
        out.push(Span { text: text.to_owned(), style, link, time_ms: ms.or(span.time_ms) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Block, SpanStyle, Table};

    fn span(text: &str, bold: bool) -> Span {
        Span {
            text: text.into(),
            style: SpanStyle { bold, ..SpanStyle::default() },
            ..Span::default()
        }
    }

    fn stamp(block: usize, range: Range<usize>, ms: Millis) -> Stamp {
        Stamp { block, range, ms, doubtful: false }
    }

    fn shown(spans: &[Span]) -> Vec<(&str, Option<Millis>)> {
        spans.iter().map(|s| (s.text.as_str(), s.time_ms)).collect()
    }

    #[test]
    fn stamps_become_spans_even_across_styles() {
        let spans = vec![span("听 0", false), span("2:2", true), span("0 开场 03:00", false)];
        let block = Block { spans, ..Block::default() };
        let mut document = Document { blocks: vec![block], links: vec![] };
        mark(&mut document, &[stamp(0, 17..22, 180_000), stamp(0, 4..9, 140_000)]);
        assert_eq!(
            shown(&document.blocks[0].spans),
            [
                ("听 ", None),
                ("0", Some(140_000)),
                ("2:2", Some(140_000)),
                ("0", Some(140_000)),
                (" 开场 ", None),
                ("03:00", Some(180_000)),
            ]
        );
        assert!(document.blocks[0].spans[2].style.bold);
    }

    #[test]
    fn cells_of_tables_are_marked() {
        let rows = vec![
            vec![vec![span("00:00", false)], vec![span("Intro", false)]],
            vec![vec![span("05:15", false)], vec![span("News", false)]],
        ];
        let kind = BlockKind::Table(Table { rows, ..Table::default() });
        let mut document =
            Document { blocks: vec![Block { kind, ..Block::default() }], links: vec![] };
        let text = document.blocks[0].plain_text();
        let at = text.find("05:15").expect("there");
        mark(&mut document, &[stamp(0, at..at + 5, 315_000)]);
        let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("a table") };
        assert_eq!(shown(&table.rows[1][0]), [("05:15", Some(315_000))]);
        assert_eq!(shown(&table.rows[0][0]), [("00:00", None)]);
    }

    #[test]
    fn stamps_that_do_not_fit_change_nothing() {
        let block = Block { spans: vec![span("时间", false)], ..Block::default() };
        let mut document = Document { blocks: vec![block], links: vec![] };
        let before = document.clone();
        mark(
            &mut document,
            &[stamp(0, 1..2, 1), stamp(9, 0..1, 1), stamp(0, 50..60, 1), stamp(0, 3..3, 1)],
        );
        assert_eq!(document, before);
    }
}
