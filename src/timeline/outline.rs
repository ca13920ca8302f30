//! The lines without a code around those with one: titles on the next line, points under a chapter,
//! sections above a group.

use std::ops::Range;

use super::entry::Entry;
use super::line::Line;
use super::{context, title};

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

/// Longest heading of a section, in characters.
const MAX_SECTION: usize = 40;

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
        if entry.title.is_empty() {
            let title = shape.title(lines, entry.line, &mut run);
            set(&mut out, place, |s| s.title = title);
        }
        if next.is_some()
            && let Some(section) = shape.section(lines, &run)
        {
            run.end -= 1;
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

/// How a timeline is laid out, so that like lines are taken alike.
struct Shape {
    /// Each line is a block of its own: the gaps between blocks say nothing.
    loose: bool,
    /// The codes stand in items of lists.
    listed: bool,
    /// Lines with a dash right above a code are sections, as the first of them shows.
    dashes: bool,
    /// Titles stand above their codes.
    above: bool,
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
        let listed = count(&|e| at(e).is_some_and(|l| l.item)) * 2 > entries.len();
        let dash_above = |e: &Entry| above(lines, e.line).is_some_and(|l| is_dash_line(l.text));
        let dashes = entries.first().is_some_and(&dash_above) && count(&dash_above) >= 2;
        let bare: Vec<&Entry> = entries.iter().filter(|e| e.title.is_empty()).collect();
        let capped = bare.iter().filter(|e| {
            let here = at(e).map(|l| (l.block, l.apart));
            let next = lines.get(e.line + 1).map(|l| (l.block, l.apart));
            here.is_some_and(|(_, apart)| !apart)
                && next.is_none_or(|(block, apart)| apart || Some(block) != here.map(|h| h.0))
        });
        let above = bare.len() >= 2 && capped.count() * 3 > bare.len() * 2;
        Self { loose: !listed && alone * 2 > entries.len(), listed, dashes, above }
    }

    /// The title of a code that stands alone: the next line, or the one above where the layout says
    /// so. The line is taken out of `run`.
    fn title(&self, lines: &[Line<'_>], line: usize, run: &mut Range<usize>) -> Option<String> {
        if self.above {
            // The next code's title is the last line of this run.
            run.end = run.end.saturating_sub(1).max(run.start);
            return above(lines, line).map(|l| plain(l.text));
        }
        let next = run.clone().next().and_then(|i| lines.get(i))?;
        run.start += 1;
        Some(plain(next.text))
    }

    /// The section that the last line of `run` opens, if it is one.
    fn section(&self, lines: &[Line<'_>], run: &Range<usize>) -> Option<String> {
        if self.above {
            return None;
        }
        let last = run.clone().last().and_then(|i| lines.get(i))?;
        let short = last.text.chars().count() <= MAX_SECTION;
        let dash = self.dashes && is_dash_line(last.text);
        let outside = self.listed && !last.item;
        let apart = !self.loose && !self.listed && last.apart && !title::has_bullet(last.text);
        (looks_like_heading(last) || dash || (short && (outside || apart)))
            .then(|| heading(last.text))
            .flatten()
    }

    /// The section above the first code: only if what stands there is not the timeline's own
    /// heading, and other sections follow.
    fn first_section(&self, lines: &[Line<'_>], entries: &[Entry], line: usize) -> Option<String> {
        let before = above(lines, line)?;
        if context::is_heading(before.text) || before.text.chars().count() > MAX_SECTION {
            return None;
        }
        let more = entries.windows(2).any(|pair| match pair {
            [a, b] => self.section(lines, &(a.line + 1..b.line.max(a.line + 1))).is_some(),
            _ => false,
        });
        let heads = looks_like_heading(before)
            || (self.dashes && is_dash_line(before.text))
            || (!self.loose && !lines.get(line).is_some_and(|l| l.apart));
        (more && heads).then(|| heading(before.text)).flatten()
    }

    /// The points between two codes.
    fn points(&self, lines: &[Line<'_>], run: Range<usize>) -> Vec<String> {
        if run.len() > MAX_RUN {
            return self.tail(lines, run);
        }
        let run = run.filter_map(|i| lines.get(i));
        run.take_while(|l| !l.heading && !is_wrapped(l.text))
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
                let nested = l.item && l.list > entry.list;
                let bullet = title::has_bullet(l.text) && !is_wrapped(l.text) && !self.listed;
                let under = !self.loose && !l.apart && l.block == entry.block;
                !l.heading && (nested || (bullet && (self.loose || !l.apart)) || under)
            })
            .take_while(|l| !looks_like_heading(l))
            .map(|l| plain(l.text))
            .filter(|point| !point.is_empty())
            .collect()
    }
}

fn above<'a>(lines: &'a [Line<'a>], line: usize) -> Option<&'a Line<'a>> {
    line.checked_sub(1).and_then(|i| lines.get(i))
}

fn plain(text: &str) -> String {
    title::line(title::without_bullet(text))
}

/// A section's name without the marks around it; `None` if nothing is left.
fn heading(text: &str) -> Option<String> {
    let marks = |c: char| {
        c.is_whitespace()
            || title::is_dash(c)
            || title::is_opening(c)
            || title::is_closing(c)
            || "#|｜=*：:/".contains(c)
    };
    let name = title::line(text.trim_matches(marks));
    (!name.is_empty()).then_some(name)
}

fn is_dash_line(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(title::is_dash) && !text.ends_with(title::is_dash)
}

/// `【开场】`, `#自我#`, `｜方法论｜`, `- 主播的话 -`.
fn is_wrapped(text: &str) -> bool {
    let text = text.trim();
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    let same =
        first == last && (matches!(first, '#' | '|' | '｜' | '/' | '=') || title::is_dash(first));
    let brackets = matches!(
        (first, last),
        ('【', '】') | ('[', ']') | ('［', '］') | ('〖', '〗') | ('〔', '〕')
    );
    text.chars().count() > 2 && text.chars().count() <= MAX_SECTION && (same || brackets)
}

/// Whether a line looks like the heading of what follows rather than like a point.
fn looks_like_heading(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let count = text.chars().count();
    if line.heading || is_wrapped(text) {
        return true;
    }
    if count > MAX_SECTION || title::has_bullet(text) {
        return false;
    }
    let label = text.split_whitespace().next().is_some_and(|word| {
        let word = word.trim_end_matches(['：', ':', '.', '、']).to_lowercase();
        word == "part" || (word.starts_with("part") && word.len() <= 6)
    });
    let first = text.chars().next();
    let symbol = first.is_some_and(|c| {
        !c.is_alphanumeric()
            && !c.is_ascii()
            && !"“‘「『《（〈…！？。，、；：～".contains(c)
            && !title::is_opening(c)
    });
    let colon = text.ends_with(['：', ':']) && count <= 24;
    line.bold || label || symbol || colon
}
