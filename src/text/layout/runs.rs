//! From byte ranges back to styled runs.

use std::borrow::Cow;
use std::ops::Range;

use super::numbers::{Numbers, shown};
use super::{Run, RunKind};
use crate::text::document::{Span, Token, TokenKind};
use crate::text::width::{Ambiguous, clusters, width};

/// Columns between tab stops in code.
const TAB: usize = 4;

/// The number of a link.
struct Number {
    /// Its bytes.
    range: Range<usize>,
    /// Bytes of the numbers before it.
    before: usize,
}

/// A stretch of spans that is laid out together: a paragraph, a cell.
pub(super) struct Piece<'s> {
    /// All of its text, with the numbers of its links.
    pub(super) text: String,
    spans: &'s [Span],
    /// Where each span begins in `text`.
    starts: Vec<usize>,
    /// The numbers of links in `text`, in order.
    numbers: Vec<Number>,
    kind: RunKind,
    /// Where `text` begins in the block's plain text.
    offset: usize,
}

impl<'s> Piece<'s> {
    /// The spans with the numbers of their links behind these.
    pub(super) fn new(
        spans: &'s [Span],
        kind: RunKind,
        offset: usize,
        numbered: Numbers<'_>,
    ) -> Piece<'s> {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(spans.len());
        let mut numbers = Vec::new();
        for (at, span) in spans.iter().enumerate() {
            starts.push(text.len());
            // A link may be several spans, where styles change within it.
            let goes_on = spans.get(at + 1).is_some_and(|next| next.link == span.link);
            let link = span.link.filter(|_| !goes_on);
            let Some(number) = link.and_then(|link| numbered.behind(link)) else {
                text.push_str(&span.text);
                continue;
            };
            let words = span.text.trim_end();
            text.push_str(words);
            let before = numbers.last().map_or(0, |last: &Number| last.before + last.range.len());
            numbers.push(Number { range: text.len()..text.len() + number.len(), before });
            text.push_str(&number);
            text.push_str(span.text.get(words.len()..).unwrap_or_default());
        }
        Piece { text, spans, starts, numbers, kind, offset }
    }

    /// Its text as it stands in the block, without numbers.
    pub(super) fn words(&self) -> Cow<'_, str> {
        if self.numbers.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        Cow::Owned(self.spans.iter().map(|span| span.text.as_str()).collect())
    }

    /// Where a byte of `text` stands in the block's plain text.
    fn plain(&self, at: usize) -> usize {
        let behind = self.numbers.partition_point(|number| number.range.start < at);
        let last = behind.checked_sub(1).and_then(|last| self.numbers.get(last));
        let shown =
            last.map_or(0, |Number { range, before }| before + range.end.min(at) - range.start);
        self.offset + at - shown
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
    /// `spaces`.
    pub(super) fn runs(&self, range: Range<usize>, spaces: &[(usize, usize)]) -> Vec<Run> {
        let mut runs = Vec::with_capacity(1 + 2 * spaces.len());
        let mut spaces = spaces.iter().copied().peekable();
        let numbers = self.numbers.partition_point(|number| number.range.end <= range.start);
        let mut numbers = self.numbers.iter().skip(numbers).map(|number| &number.range).peekable();
        let from = self.starts.partition_point(|start| *start <= range.start).saturating_sub(1);
        let spans = self.spans.iter().zip(&self.starts).enumerate().skip(from);
        for (nth, (span, start)) in spans.take_while(|(_, (_, start))| **start < range.end) {
            let end = self.starts.get(nth + 1).copied().unwrap_or(self.text.len());
            let (mut a, b) = (range.start.max(*start), range.end.min(end));
            while a < b {
                while let Some((at, columns)) = spaces.next_if(|(at, _)| *at <= a) {
                    runs.push(space(columns, self.plain(at)));
                }
                if let Some(number) = numbers.next_if(|number| number.start <= a) {
                    let end = number.end.min(range.end).max(a + 1);
                    runs.extend(self.number(number, a..end, span));
                    a = end;
                    continue;
                }
                let end = spaces.peek().map_or(b, |(at, _)| b.min(*at));
                let end = numbers.peek().map_or(end, |number| end.min(number.start));
                let Some(text) = self.text.get(a..end).filter(|text| !text.is_empty()) else {
                    break;
                };
                runs.push(Run {
                    text: text.to_owned(),
                    kind: self.kind,
                    style: span.style,
                    link: span.link,
                    time_ms: span.time_ms,
                    start: self.plain(a),
                    ..Run::default()
                });
                a = end;
            }
        }
        runs
    }

    /// What a line holds of a number, `part`: all of it, unless the line is narrower than its link. It
    /// stands where the last character of the link does.
    fn number(&self, number: &Range<usize>, part: Range<usize>, span: &Span) -> Option<Run> {
        let text = shown(self.text.get(part)?).to_owned();
        let before = self.text.get(..number.start)?;
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        let start = self.plain(number.start.saturating_sub(last));
        let run = Run { text, kind: RunKind::LinkNumber, link: span.link, start, ..Run::default() };
        Some(run).filter(|run| !run.text.is_empty())
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
