//! The lines without a code around those with one: titles on the next line, points under a chapter,
//! sections above a group.

mod heading;

use std::ops::Range;

use self::heading::{MAX_SECTION, heading, is_dash_line, is_label, is_wrapped, looks_like_heading};
use super::entry::Entry;
use super::line::Line;
use super::{code, context, title};

/// What the lines around an entry add to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// The title, if the line of the code has none.
    pub(super) title: Option<String>,
    /// The section that begins at this entry.
    pub(super) section: Option<String>,
    /// The points under it.
    pub(super) points: Vec<String>,
}

/// Longest plain line that alone between two codes is a section, in characters.
const MAX_SINGLE: usize = 24;

/// Most lines about a section between its heading and its first code.
const MAX_ABOUT: usize = 3;

/// Most lines between two codes that still belong to the first of them.
const MAX_RUN: usize = 40;

/// Finds titles, sections and points for `entries`, which are in the order of the document.
pub(super) fn surroundings(lines: &[Line<'_>], entries: &[Entry]) -> Vec<Surroundings> {
    let shape = Shape::of(lines, entries);
    let mut out = vec![Surroundings::default(); entries.len()];
    if let Some(first) = entries.first() {
        let section = shape.first_section(lines, entries, first.line);
        if let Some(place) = out.first_mut() {
            place.section = section;
        }
    }
    for (place, entry) in entries.iter().enumerate() {
        let next = entries.get(place + 1).map(|e| e.line);
        let mut run = entry.line + 1..next.unwrap_or(lines.len()).max(entry.line + 1);
        if next == Some(entry.line) {
            continue;
        }
        if shape.above && entries.get(place + 1).is_some_and(|e| e.title.is_empty()) {
            // That line is the title of the next.
            run.end = run.end.saturating_sub(1).max(run.start);
        }
        if entry.title.is_empty() {
            let title = shape.title(lines, entry.line, &mut run);
            set(&mut out, place, |s| s.title = title);
        }
        if next.is_some()
            && let Some((line, section)) = shape.section_in(lines, &run)
        {
            run.end = line;
            set(&mut out, place + 1, |s| s.section = Some(section));
        }
        let points = if next.is_some() { shape.points(lines, run) } else { shape.tail(lines, run) };
        set(&mut out, place, |s| s.points = points);
    }
    out
}

fn set(out: &mut [Surroundings], place: usize, change: impl FnOnce(&mut Surroundings)) {
    if let Some(place) = out.get_mut(place) {
        change(place);
    }
}

/// What the gaps between lines say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Each line is a block of its own: the gaps between blocks say nothing.
    Loose,
    /// Lines stand together in blocks: a gap parts what does not belong together.
    Tight,
    /// The codes stand in items of lists.
    Listed,
}

/// How a timeline is laid out, so that like lines are taken alike.
struct Shape {
    layout: Layout,
    /// Lines with a dash right above a code are sections, as the first of them shows.
    dashes: bool,
    /// Titles stand above their codes.
    above: bool,
    /// Where there is a line between two codes it is one short line, and rarely so: a section.
    singles: bool,
}

impl Shape {
    fn of(lines: &[Line<'_>], entries: &[Entry]) -> Self {
        let at = |entry: &Entry| lines.get(entry.line);
        let count = |test: &dyn Fn(&Entry) -> bool| entries.iter().filter(|e| test(e)).count();
        let alone = count(&|e| {
            let own = |i: usize| lines.get(i).map(|l| l.block);
            own(e.line) != own(e.line + 1)
                && (e.line == 0 || own(e.line) != own(e.line.wrapping_sub(1)))
        });
        let listed = count(&|e| at(e).is_some_and(Line::is_item)) * 2 > entries.len();
        let dash_above = |e: &Entry| above(lines, e.line).is_some_and(|l| is_dash_line(l.text));
        let dashes = entries.first().is_some_and(&dash_above) && count(&dash_above) >= 2;
        let bare: Vec<&Entry> = entries.iter().filter(|e| e.title.is_empty()).collect();
        let capped = bare.iter().filter(|e| {
            let here = at(e).map(|l| (l.block, l.apart));
            let next = lines.get(e.line + 1).map(|l| (l.block, l.apart));
            here.is_some_and(|(_, apart)| !apart)
                && next.is_none_or(|(block, apart)| apart || Some(block) != here.map(|h| h.0))
        });
        let titled = |e: &&&Entry| above(lines, e.line).is_some_and(|l| l.heading);
        let capped = capped.count().max(bare.iter().filter(titled).count());
        let above = bare.len() >= 2 && capped * 3 > bare.len() * 2;
        let layout = match (listed, alone * 2 > entries.len()) {
            (true, _) => Layout::Listed,
            (false, true) => Layout::Loose,
            (false, false) => Layout::Tight,
        };
        let singles = layout == Layout::Loose && !above && has_single_lines(lines, entries);
        Self { layout, dashes, above, singles }
    }

    /// The title of a code that stands alone: the next line, or the one above where the layout says
    /// so. The line is taken out of `run`.
    fn title(&self, lines: &[Line<'_>], line: usize, run: &mut Range<usize>) -> Option<String> {
        if self.above {
            return above(lines, line).map(|l| plain(l.text));
        }
        let next = run.clone().next().and_then(|i| lines.get(i))?;
        run.start += 1;
        Some(plain(next.text))
    }

    /// The section that opens in `run` and its line: the last line, or a heading with a word about it
    /// below.
    fn section_in(&self, lines: &[Line<'_>], run: &Range<usize>) -> Option<(usize, String)> {
        if let Some(section) = self.section(lines, run) {
            return Some((run.end - 1, section));
        }
        let from = run.end.saturating_sub(MAX_ABOUT).max(run.start);
        let strong = |l: &Line<'_>| l.heading || is_wrapped(l.text) || is_label(l.text);
        let line = (from..run.end).rev().find(|i| lines.get(*i).is_some_and(strong))?;
        lines.get(line).and_then(|l| heading(l.text)).map(|section| (line, section))
    }

    /// The section that the last line of `run` opens, if it is one.
    fn section(&self, lines: &[Line<'_>], run: &Range<usize>) -> Option<String> {
        if self.above {
            return None;
        }
        let last = run.clone().last().and_then(|i| lines.get(i))?;
        if !code::codes(last.text).is_empty() {
            return None;
        }
        let short = last.text.chars().count() <= MAX_SECTION;
        let dash = self.dashes && is_dash_line(last.text);
        let outside = self.layout == Layout::Listed && !last.is_item();
        let apart = self.layout == Layout::Tight && last.apart && !title::has_bullet(last.text);
        let single = self.singles && run.len() == 1;
        (looks_like_heading(last) || dash || single || (short && (outside || apart)))
            .then(|| heading(last.text))
            .flatten()
    }

    /// The section above the first code: only if what stands there is not the timeline's own
    /// heading, and other sections follow.
    fn first_section(&self, lines: &[Line<'_>], entries: &[Entry], line: usize) -> Option<String> {
        let more = entries.windows(2).any(|pair| match pair {
            [a, b] => self.section_in(lines, &(a.line + 1..b.line.max(a.line + 1))).is_some(),
            _ => false,
        });
        if !more {
            return None;
        }
        let before = above(lines, line)?;
        let fits =
            |l: &Line<'_>| !context::is_heading(l.text) && l.text.chars().count() <= MAX_SECTION;
        let heads = looks_like_heading(before)
            || (self.dashes && is_dash_line(before.text))
            || (self.singles && before.text.chars().count() <= MAX_SINGLE)
            || (self.layout != Layout::Loose && !lines.get(line).is_some_and(|l| l.apart));
        if heads && fits(before) {
            return heading(before.text);
        }
        // A word about the section may stand between.
        let about = line.saturating_sub(MAX_ABOUT)..line.saturating_sub(1);
        let about = lines.get(about)?.iter().rev();
        about.into_iter().find(|l| is_label(l.text) && fits(l)).and_then(|l| heading(l.text))
    }

    /// The points between two codes.
    fn points(&self, lines: &[Line<'_>], run: Range<usize>) -> Vec<String> {
        if run.len() > MAX_RUN {
            return self.tail(lines, run);
        }
        let run = run.filter_map(|i| lines.get(i));
        run.take_while(|l| !l.heading && !is_wrapped(l.text) && !is_label(l.text))
            .map(|l| plain(l.text))
            .filter(|p| !p.is_empty())
            .collect()
    }

    /// The points under the last code, or before a long gap: what stands right under it, or
    /// bulleted lines.
    fn tail(&self, lines: &[Line<'_>], run: Range<usize>) -> Vec<String> {
        let Some(entry) = run.start.checked_sub(1).and_then(|i| lines.get(i)) else {
            return Vec::new();
        };
        run.filter_map(|i| lines.get(i))
            .take(MAX_RUN)
            .take_while(|l| {
                let nested = l.is_item() && l.list > entry.list;
                let bullet = title::has_bullet(l.text)
                    && !is_wrapped(l.text)
                    && self.layout != Layout::Listed;
                let under = self.layout != Layout::Loose && !l.apart && l.block == entry.block;
                !l.heading
                    && (nested || (bullet && (self.layout == Layout::Loose || !l.apart)) || under)
            })
            .take_while(|l| !looks_like_heading(l) && code::codes(l.text).is_empty())
            .map(|l| plain(l.text))
            .filter(|point| !point.is_empty())
            .collect()
    }
}

/// Whether a line with a code is itself a heading of the codes below it.
pub(super) fn heads(lines: &[Line<'_>], entry: &Entry, next: Option<&Entry>) -> bool {
    let line = lines.get(entry.line);
    let below = next.and_then(|next| lines.get(next.line));
    let nests = line.zip(below).is_some_and(|(line, below)| line.list < below.list);
    nests || line.is_some_and(looks_like_heading)
}

/// Whether the lines between codes stand singly, are short and come with fewer than half of them.
fn has_single_lines(lines: &[Line<'_>], entries: &[Entry]) -> bool {
    let runs = entries.windows(2).filter_map(|pair| match pair {
        [a, b] if !a.title.is_empty() => Some(a.line + 1..b.line.max(a.line + 1)),
        _ => None,
    });
    let filled: Vec<Range<usize>> = runs.filter(|run| !run.is_empty()).collect();
    let short = |run: &Range<usize>| {
        run.len() == 1
            && lines
                .get(run.start)
                .is_some_and(|l| l.text.chars().count() <= MAX_SINGLE && !title::has_bullet(l.text))
    };
    !filled.is_empty() && filled.len() * 2 < entries.len() && filled.iter().all(short)
}

fn above<'a>(lines: &'a [Line<'a>], line: usize) -> Option<&'a Line<'a>> {
    line.checked_sub(1).and_then(|i| lines.get(i))
}

fn plain(text: &str) -> String {
    title::line(title::without_bullet(text))
}
