//! From byte ranges back to styled runs.

use std::ops::Range;

use super::{Run, RunKind};
use crate::text::document::Span;
use crate::text::width::{Ambiguous, clusters, width};

/// Columns between tab stops in code.
const TAB: usize = 4;

/// A stretch of spans that is laid out together: a paragraph, a cell.
pub(super) struct Piece<'s> {
    /// All of its text.
    pub(super) text: String,
    spans: &'s [Span],
    /// Where each span begins in `text`.
    starts: Vec<usize>,
    kind: RunKind,
    /// Where `text` begins in the block's plain text.
    offset: usize,
}

impl<'s> Piece<'s> {
    pub(super) fn new(spans: &'s [Span], kind: RunKind, offset: usize) -> Piece<'s> {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(spans.len());
        for span in spans {
            starts.push(text.len());
            text.push_str(&span.text);
        }
        Piece { text, spans, starts, kind, offset }
    }

    /// Where it begins in the block's plain text.
    pub(super) fn start(&self) -> usize {
        self.offset
    }

    /// The runs that show `range` of the text.
    pub(super) fn runs(&self, range: Range<usize>) -> Vec<Run> {
        let mut runs = Vec::new();
        let from = self.starts.partition_point(|start| *start <= range.start).saturating_sub(1);
        let spans = self.spans.iter().zip(&self.starts).skip(from);
        for (span, start) in spans.take_while(|(_, start)| **start < range.end) {
            let (a, b) = (range.start.max(*start), range.end.min(start + span.text.len()));
            let Some(text) = self.text.get(a..b).filter(|text| !text.is_empty()) else { continue };
            runs.push(Run {
                text: text.to_owned(),
                kind: self.kind,
                style: span.style,
                link: span.link,
                time_ms: span.time_ms,
                start: self.offset + a,
            });
        }
        runs
    }
}

/// Preformatted text, line by line as it stands, tabs as spaces up to the next stop.
pub(super) fn code(text: &str, ambiguous: Ambiguous) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (mut runs, mut at, mut column) = (Vec::new(), start, 0);
        for part in line.trim_end_matches('\n').split_inclusive('\t') {
            let words = part.trim_end_matches('\t');
            column += width(words, ambiguous);
            if !words.is_empty() {
                let text = words.to_owned();
                runs.push(Run { text, kind: RunKind::Code, start: at, ..Run::default() });
            }
            at += words.len();
            if part.len() > words.len() {
                let fill = TAB - column % TAB;
                column += fill;
                let text = " ".repeat(fill);
                runs.push(Run { text, kind: RunKind::Space, start: at, ..Run::default() });
                at += 1;
            }
        }
        if runs.is_empty() {
            // Keeps the place of an empty line.
            runs.push(Run { kind: RunKind::Code, start, ..Run::default() });
        }
        lines.push(runs);
        start += line.len();
    }
    lines
}

/// A horizontal line of `columns` columns.
pub(super) fn rule(columns: usize, ambiguous: Ambiguous) -> String {
    match ambiguous {
        Ambiguous::Narrow => "─".repeat(columns),
        Ambiguous::Wide => "-".repeat(columns),
    }
}

/// The mark of a page in the middle of `columns` columns: `— 3 / 14 —`, or as much of it as fits.
pub(super) fn page_mark(page: u32, of: u32, columns: usize, ambiguous: Ambiguous) -> String {
    let forms = [format!("— {page} / {of} —"), format!("{page} / {of}"), format!("{page}")];
    let fits = forms.into_iter().find(|form| width(form, ambiguous) <= columns);
    let form = fits.unwrap_or_default();
    let left = (columns - width(&form, ambiguous)) / 2;
    format!("{}{form}", " ".repeat(left))
}

/// The widest line of a text, in columns.
pub(super) fn widest_line(text: &str, ambiguous: Ambiguous) -> usize {
    text.split('\n')
        .map(|line| clusters(line, ambiguous).map(|(_, columns)| columns).sum())
        .max()
        .unwrap_or(0)
}
