//! From byte ranges back to styled runs.

use std::ops::Range;

use super::{Run, RunKind};
use crate::text::document::{Span, Token, TokenKind};
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

    /// The bytes of the text that are code, in order.
    pub(super) fn code(&self) -> Vec<Range<usize>> {
        let spans = self.spans.iter().zip(&self.starts).filter(|(span, _)| span.style.code);
        spans.map(|(span, start)| *start..start + span.text.len()).collect()
    }

    /// The runs that show `range` of the text, with columns that no character takes before the bytes in
    /// `shown`.
    pub(super) fn runs(&self, range: Range<usize>, shown: &[(usize, usize)]) -> Vec<Run> {
        let mut runs = Vec::with_capacity(1 + 2 * shown.len());
        let mut shown = shown.iter().copied().peekable();
        let from = self.starts.partition_point(|start| *start <= range.start).saturating_sub(1);
        let spans = self.spans.iter().zip(&self.starts).skip(from);
        for (span, start) in spans.take_while(|(_, start)| **start < range.end) {
            let (mut a, b) = (range.start.max(*start), range.end.min(start + span.text.len()));
            while a < b {
                while let Some((at, columns)) = shown.next_if(|(at, _)| *at <= a) {
                    runs.push(space(columns, self.offset + at));
                }
                let end = shown.peek().map_or(b, |(at, _)| b.min(*at));
                let Some(text) = self.text.get(a..end).filter(|text| !text.is_empty()) else {
                    break;
                };
                runs.push(Run {
                    text: text.to_owned(),
                    kind: self.kind,
                    style: span.style,
                    link: span.link,
                    time_ms: span.time_ms,
                    start: self.offset + a,
                    ..Run::default()
                });
                a = end;
            }
        }
        runs
    }
}

/// Columns that stand for no text, before the text at `start`.
pub(super) fn space(columns: usize, start: usize) -> Run {
    Run { text: " ".repeat(columns), kind: RunKind::Space, start, ..Run::default() }
}

/// Preformatted text, line by line as it stands, tabs as spaces up to the next stop.
pub(super) fn code(text: &str, tokens: &[Token], ambiguous: Ambiguous) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    let mut tokens = Tokens { rest: tokens, end: 0, kind: TokenKind::Plain };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (mut runs, mut at, mut column) = (Vec::new(), start, 0);
        for part in line.trim_end_matches('\n').split_inclusive('\t') {
            let words = part.trim_end_matches('\t');
            column += width(words, ambiguous);
            let end = at + words.len();
            while at < end {
                let (token, until) = tokens.at(at);
                // Whoever counted wrongly must not part a character.
                let until = until.min(end);
                let until = if text.is_char_boundary(until) { until } else { end };
                let text = text.get(at..until).unwrap_or_default().to_owned();
                runs.push(Run { text, kind: RunKind::Code, start: at, token, ..Run::default() });
                at = until;
            }
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

/// The kinds of the parts of code, walked along with it.
struct Tokens<'t> {
    rest: &'t [Token],
    /// Where the part ends that was reached, and its kind.
    end: usize,
    kind: TokenKind,
}

impl Tokens<'_> {
    /// The kind of the text at this byte, and where its part ends; bytes must not go back.
    fn at(&mut self, at: usize) -> (TokenKind, usize) {
        while self.end <= at {
            let Some((next, rest)) = self.rest.split_first() else {
                return (TokenKind::Plain, usize::MAX);
            };
            self.end = self.end.saturating_add(next.len);
            self.kind = next.kind;
            self.rest = rest;
        }
        (self.kind, self.end)
    }
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
