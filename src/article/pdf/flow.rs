//! Lines to paragraphs, headings, items of lists and code; and paragraphs that go on in the next
//! column or on the next page.

use super::letters;
use super::lines::{Piece, Run};
use super::measure::Measure;
use super::shape::{self, Mark};

/// A paragraph or another block of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    pub(super) kind: Kind,
    /// Its lines, from top to bottom.
    pub(super) lines: Vec<Piece>,
    /// The page that it begins on, from 1.
    pub(super) page: u32,
    /// The least distance of two of its lines.
    closest: Option<f64>,
    /// Its last line ends before the right edge of its column: nothing follows in it.
    ends_short: bool,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Heading,
    Item(Mark),
    Code,
}

/// The passages of a column.
pub(super) fn passages(lines: &[Piece], page: u32, measure: &Measure) -> Vec<Passage> {
    let left = lines.iter().map(|line| line.left).min_by(f64::total_cmp).unwrap_or(0.0);
    let right = right_edge(lines);
    let column = Column { left, right, measure };
    let mut out: Vec<Passage> = Vec::new();
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { break };
        let next = lines.get(at + 1);
        let goes_on = !out.is_empty() && !column.parts(&out, line, next);
        if let Some(open) = out.last_mut().filter(|_| goes_on) {
            open.add(line.clone());
        } else {
            let kind = column.kind(line, &out);
            let lines = vec![line.clone()];
            out.push(Passage { kind, lines, page, closest: None, ends_short: false });
        }
    }
    for passage in &mut out {
        passage.settle(measure);
        let last = passage.lines.last();
        passage.ends_short = last.is_some_and(|line| line.right < right - line.size * 2.5);
    }
    out
}

/// The right edge of the text of a column: most long lines end there.
fn right_edge(lines: &[Piece]) -> f64 {
    let mut rights: Vec<f64> = lines.iter().map(|line| line.right).collect();
    rights.sort_by(f64::total_cmp);
    rights.get(rights.len().saturating_sub(1) * 9 / 10).copied().unwrap_or(0.0)
}

struct Column<'m> {
    left: f64,
    right: f64,
    measure: &'m Measure,
}

impl Column<'_> {
    fn kind(&self, line: &Piece, before: &[Passage]) -> Kind {
        if self.measure.is_code(line) {
            return Kind::Code;
        }
        if self.measure.is_large(line) {
            return Kind::Heading;
        }
        let last = before.iter().rev().take(8).find_map(|before| match before.kind {
            Kind::Item(Mark::Number(number)) => Some(Mark::Number(number)),
            _ => None,
        });
        shape::mark(&line.text(), last).map_or(Kind::Text, |(mark, _)| Kind::Item(mark))
    }

    /// Whether a new passage begins with `line`.
    fn parts(&self, before: &[Passage], line: &Piece, next: Option<&Piece>) -> bool {
        let Some(open) = before.last() else { return true };
        let Some(last) = open.lines.last() else { return true };
        let measure = self.measure;
        let size = last.size.max(line.size);
        let gap = line.base - last.base;
        // Columns of a page may follow each other in one list.
        if gap <= 0.0 || self.is_far(open, gap, size) {
            return true;
        }
        if size > last.size.min(line.size) * 1.08 && !is_scrap(last) && !is_scrap(line) {
            return true;
        }
        if measure.is_code(line) != (open.kind == Kind::Code) {
            return true;
        }
        if open.kind == Kind::Code {
            return false;
        }
        if open.kind == Kind::Heading {
            return shape::number(&line.text()).is_some();
        }
        if shape::is_bold(last) != shape::is_bold(line)
            && (shape::is_bold(line) || self.is_short(last))
        {
            return true;
        }
        // Rows of a table, or a line with a date at its other end.
        if last.gap > size * 2.5 || line.gap > size * 2.5 {
            return true;
        }
        if matches!(self.kind(line, before), Kind::Item(_)) {
            return true;
        }
        if shape::begins_reference(&line.text()) && line.left < last.left + size {
            return true;
        }
        !is_parted_word(last, line)
            && (self.is_indented(open, last, line, next) || self.ended(last, line))
    }

    /// Whether the gap is wider than between the lines of a paragraph.
    fn is_far(&self, open: &Passage, gap: f64, size: f64) -> bool {
        match open.closest {
            Some(within) => gap > within * 1.22 + 1.0,
            None => gap > self.measure.leading * (size / self.measure.size).max(0.8) * 1.3,
        }
    }

    /// By the indents of a first line, or of all lines but the first.
    fn is_indented(
        &self,
        open: &Passage,
        last: &Piece,
        line: &Piece,
        next: Option<&Piece>,
    ) -> bool {
        let step = line.size * 0.7;
        let first = open.lines.first().map_or(last.left, |line| line.left);
        let hangs = matches!(open.kind, Kind::Item(_));
        if open.lines.len() >= 2 {
            let inner = open.lines.get(1).map_or(last.left, |line| line.left);
            // Further in than the lines before it: a first line. Further out: after a hanging indent.
            return line.left > inner + step || line.left < inner - step;
        }
        if hangs {
            return line.left < first + step * 0.5 && self.is_short(last);
        }
        if line.left <= first + step {
            return false;
        }
        // The second line is further in: a new first line if the one after it comes back.
        next.is_none_or(|next| next.left <= first + step) && first <= self.left + step
    }

    fn is_short(&self, line: &Piece) -> bool {
        line.right < self.right - line.size * 2.5
    }

    /// Whether the paragraph ended: the first word of the next line had room on the last one.
    fn ended(&self, last: &Piece, line: &Piece) -> bool {
        let text = line.text();
        let per_letter = (line.right - line.left) / text.chars().count().max(1) as f64;
        let first = text.chars().next().unwrap_or(' ');
        let word = if letters::is_ideographic(first) {
            // A character and a mark after it that may not begin a line.
            2.0 * line.size
        } else {
            let word = text.split(' ').next().unwrap_or_default().chars().count();
            word as f64 * per_letter
        };
        last.right + word + line.size * 0.9 < self.right
    }
}

/// Whether a line ends in the middle of a word.
fn is_parted_word(last: &Piece, line: &Piece) -> bool {
    let (last, line) = (last.text(), line.text());
    let stem = last.trim_end().strip_suffix(['-', '\u{ad}', '\u{2010}']);
    stem.is_some_and(|stem| stem.ends_with(char::is_alphabetic))
        && line.starts_with(char::is_lowercase)
}

/// Too little to say what size a line has: a mark of a note, half a formula.
fn is_scrap(line: &Piece) -> bool {
    line.letters < 3
}

impl Passage {
    fn add(&mut self, line: Piece) {
        if let Some(last) = self.lines.last() {
            let gap = line.base - last.base;
            self.closest = Some(self.closest.map_or(gap, |closest| closest.min(gap)));
        }
        self.lines.push(line);
    }

    /// What it is once all its lines are known.
    fn settle(&mut self, measure: &Measure) {
        let letters: usize = self.lines.iter().map(|line| line.letters).sum();
        let text = self.text();
        match self.kind {
            Kind::Heading if !(2..=240).contains(&letters) => self.kind = Kind::Text,
            Kind::Text | Kind::Item(Mark::Number(_))
                if self.lines.len() <= 3
                    && self.lines.iter().all(shape::is_bold)
                    && !measure.is_bold
                    && shape::may_head(&text) =>
            {
                self.kind = Kind::Heading;
            }
            Kind::Text if self.lines.len() == 1 && shape::is_chapter(&text) => {
                self.kind = Kind::Heading;
            }
            _ => {}
        }
    }

    pub(super) fn text(&self) -> String {
        let texts: Vec<String> = self.lines.iter().map(Piece::text).collect();
        texts.join(" ")
    }

    /// The size of its letters.
    pub(super) fn size(&self) -> f64 {
        let largest = self.lines.iter().max_by_key(|line| line.letters);
        largest.map_or(0.0, |line| line.size)
    }

    /// Whether it is smaller than the running text: a note at the foot, the words below a picture.
    fn is_aside(&self, measure: &Measure) -> bool {
        self.size() < measure.size * 0.94
    }
}

/// Puts the columns one after the other; a paragraph that stops in the middle goes on in the next
/// column, over notes at the foot of the one and pictures at the head of the other.
pub(super) fn flow(columns: Vec<Vec<Passage>>, measure: &Measure) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for mut column in columns {
        let stands = |passage: &Passage| !passage.is_aside(measure);
        let from = out.iter().rposition(stands).filter(|at| out.len() - at <= 6);
        let to = column.iter().take(4).position(stands);
        if let (Some(from), Some(to)) = (from, to)
            && let (Some(open), Some(next)) = (out.get_mut(from), column.get(to))
            && goes_on(open, next)
        {
            let next = column.remove(to);
            open.ends_short = next.ends_short;
            open.lines.extend(next.lines);
        }
        out.append(&mut column);
    }
    out
}

fn goes_on(open: &Passage, next: &Passage) -> bool {
    if !matches!(open.kind, Kind::Text | Kind::Item(_)) || next.kind != Kind::Text {
        return false;
    }
    let (a, b) = (open.size(), next.size());
    let end = open.lines.last().and_then(|line| line.text().trim_end().chars().next_back());
    let begin = next.lines.first().and_then(|line| line.text().chars().next());
    let (Some(end), Some(begin)) = (end, begin) else { return false };
    let is_end =
        matches!(end, '.' | '!' | '?' | ':' | '。' | '！' | '？' | '：' | '；' | '”' | '」');
    if a > b * 1.06 || b > a * 1.06 || is_end {
        return false;
    }
    begin.is_lowercase() || end == '-' || (!open.ends_short && !is_first_line(next))
}

/// Whether the first line is further in than the others.
fn is_first_line(passage: &Passage) -> bool {
    let (first, second) = (passage.lines.first(), passage.lines.get(1));
    first.zip(second).is_some_and(|(first, second)| first.left > second.left + first.size * 0.7)
}

/// The lines of a passage as one text; words that were parted at line ends are whole again.
pub(super) fn text_of(passage: &Passage, measure: &Measure) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for line in &passage.lines {
        let text = line.text();
        let first = text.chars().next().unwrap_or(' ');
        let before = out.last().map_or("", |run| tail(&run.text));
        let last = before.trim_end().chars().next_back();
        if let Some(last) = last {
            if matches!(last, '-' | '\u{ad}' | '\u{2010}') && first.is_alphabetic() {
                if measure.is_one_word(before, &text) {
                    drop_last(&mut out);
                }
            } else if !(letters::is_ideographic(last) && letters::is_ideographic(first)) {
                push(&mut out, &Run { text: " ".into(), ..Run::default() });
            }
        }
        for run in &line.runs {
            push(&mut out, &Run { text: letters::plain(&run.text), ..run.clone() });
        }
    }
    out
}

/// The end of a text, long enough for its last word.
fn tail(text: &str) -> &str {
    let from = (text.len().saturating_sub(80)..=text.len()).find(|at| text.is_char_boundary(*at));
    from.and_then(|from| text.get(from..)).unwrap_or_default()
}

fn drop_last(runs: &mut [Run]) {
    if let Some(run) = runs.last_mut() {
        let kept = run.text.trim_end().len();
        run.text.truncate(kept);
        run.text.pop();
    }
}

fn push(runs: &mut Vec<Run>, run: &Run) {
    match runs.last_mut() {
        Some(last) if last.look == run.look && last.link == run.link => {
            last.text.push_str(&run.text);
        }
        _ => runs.push(run.clone()),
    }
}
