//! Chapters from the timestamps in show notes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::code::{self, Code, Form, Reading};
use super::entry::{self, Entry, Role};
use super::line::{self, Line};
use super::{MAX_CHAPTERS, MAX_MILLIS, context, list, meaning, outline, tidy, title};
use crate::model::{Chapter, Millis};
use crate::text::Document;

/// What the notes say about times in the recording.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotesTimeline {
    /// The chapters, tidy (see [`tidy()`]); empty if the notes have no timeline.
    pub chapters: Vec<Chapter>,
    /// Every time that is named, in the order of the document, those of the chapters included.
    pub stamps: Vec<Stamp>,
}

/// A time named in the notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Index of the block in the document.
    pub block: usize,
    /// Where the digits stand, in bytes of the block's plain text.
    pub range: Range<usize>,
    /// The time that they mean.
    pub ms: Millis,
    /// It is out of order in its list, or at or beyond the end of the recording.
    pub doubtful: bool,
}

/// Reads the timeline out of show notes.
///
/// A code is a chapter if it leads or ends a line (or, in notes that have it so throughout, stands
/// in the middle), and if the codes together look like a timeline: at least two that lead (one
/// under a heading such as 时间轴 or at 0:00), at least three that trail (two under a heading) and ascend.
/// A line may hold two chapters, or all of them. A slip of the pen (`12；30`, `12.30`) counts where it
/// fits its neighbours, or where the whole list is written so. Of lists that start over one is the
/// timeline; the turns of a transcript are none.
///
/// Codes in sentences are stamps. Clock times, ratios, scores, verses, dates, the programme of an
/// event and addresses are neither. `MM:SS` and `HH:MM` are told apart by order and duration.
/// Chapters out of order are sorted; codes at or beyond the end are left out.
#[must_use]
pub fn from_notes(document: &Document, duration_ms: Option<Millis>) -> NotesTimeline {
    let duration = duration_ms.filter(|d| *d > 0);
    let texts: Vec<String> = document.blocks.iter().map(crate::text::Block::plain_text).collect();
    let lines = line::lines(document, &texts);
    let all = all_entries(document, &lines);
    let chosen = list::choose_list(&lines, &all, duration);
    let mut stamps = mentions(&lines, &all, &chosen, duration);
    let chapters = chapters(&lines, &chosen, duration, &mut stamps);
    stamps.sort_by_key(|stamp| (stamp.block, stamp.range.start));
    NotesTimeline { chapters, stamps }
}

/// The codes of all lines with their roles.
fn all_entries(document: &Document, lines: &[Line<'_>]) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut anchors: (usize, Vec<line::Anchor>) = (usize::MAX, Vec::new());
    let mut linked = BTreeSet::new();
    for (index, line) in lines.iter().enumerate() {
        if anchors.0 != line.block {
            let block = document.blocks.get(line.block);
            anchors = (line.block, block.map(|b| line::anchors(document, b)).unwrap_or_default());
        }
        let (codes, in_words) = anchored(line, code::codes(line.text), &anchors.1);
        if in_words {
            linked.insert(index);
        }
        out.extend(entry::entries(index, line.text, codes));
        if out.len() >= MAX_CHAPTERS {
            break;
        }
    }
    entry::by_style(&mut out, lines);
    // A show that links whole lines does so throughout; one link that begins with a code is the
    // headline of something else.
    let leads = out.iter().filter(|e| e.role == Role::Lead).count();
    if linked.len() < 2 || linked.len() * 2 < leads {
        out.retain(|e| !linked.contains(&e.line));
    }
    out
}

/// Sorts out codes in links: those that are part of a link's words or of an address shown go, those
/// that are the link stay. Times that the page itself gives come in. Also says whether a link's
/// words go on behind the code that begins the line.
fn anchored(line: &Line<'_>, codes: Vec<Code>, anchors: &[line::Anchor]) -> (Vec<Code>, bool) {
    let mut in_words = false;
    let end = line.offset + line.text.len();
    let first = anchors.partition_point(|a| a.range.end <= line.offset);
    let here: Vec<&line::Anchor> =
        anchors.iter().skip(first).take_while(|a| a.range.start < end).collect();
    if here.is_empty() {
        return (codes, false);
    }
    let local = |range: &Range<usize>| {
        range.start.saturating_sub(line.offset)..(range.end - line.offset).min(line.text.len())
    };
    let touches = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let mut out: Vec<Code> = codes
        .into_iter()
        .filter_map(|mut code| {
            let at = here.partition_point(|a| local(&a.range).end <= code.range.start);
            let anchor = here.get(at).filter(|a| touches(&local(&a.range), &code.range));
            let Some(anchor) = anchor else { return Some(code) };
            if let Some(ms) = anchor.ms {
                code.reading = Reading::Exact(ms);
                code.form = Form::Given;
                return Some(code);
            }
            let words = line.text.get(local(&anchor.range)).unwrap_or_default();
            let core = words.trim_matches(|c: char| !c.is_alphanumeric());
            let whole = line.text.get(code.range.start..code.end).is_some_and(|c| core == c)
                || core.len() <= code.range.len();
            let before = line.text.get(..code.range.start).unwrap_or_default();
            let leads = !before.chars().any(char::is_alphanumeric);
            let timed = anchor.url.as_deref().and_then(fragment_time).is_some();
            in_words |= leads && !whole && !timed;
            (whole || leads || timed).then_some(code)
        })
        .collect();
    let found = out.len();
    for anchor in here {
        let range = local(&anchor.range);
        let ms = anchor.ms.or_else(|| {
            anchor.url.as_deref().filter(|url| url.starts_with('#')).and_then(fragment_time)
        });
        if let Some(ms) = ms.filter(|ms| *ms <= MAX_MILLIS)
            && !covered(out.get(..found).unwrap_or_default(), &range)
        {
            let end = range.end;
            out.push(Code {
                range,
                reading: Reading::Exact(ms),
                form: Form::Given,
                until: None,
                end,
                cut: None,
            });
        }
    }
    out.sort_by_key(|code| code.range.start);
    (out, in_words)
}

/// Whether one of the codes, which are in order, touches a range.
fn covered(codes: &[Code], range: &Range<usize>) -> bool {
    let at = codes.partition_point(|code| code.range.end <= range.start);
    codes.get(at).is_some_and(|code| code.range.start < range.end)
}

/// The time in `…#t=1:36`, `…?t=95`, `…&t=1m35s`.
fn fragment_time(url: &str) -> Option<Millis> {
    let at = url.rfind("#t=").or_else(|| url.rfind("?t=")).or_else(|| url.rfind("&t="))?;
    let value = url.get(at + 3..)?.split(['&', '#', ',']).next()?;
    let value = value.strip_prefix("npt:").unwrap_or(value);
    crate::model::parse_time(value.trim_end_matches('s')).filter(|ms| *ms <= MAX_MILLIS)
}

/// The stamps of codes that are no chapters.
fn mentions(
    lines: &[Line<'_>],
    all: &[Entry],
    chosen: &[Entry],
    duration: Option<Millis>,
) -> Vec<Stamp> {
    let single = all.iter().filter(|e| !matches!(e.role, Role::Mention(_))).count() <= 2;
    let taken: BTreeSet<(usize, usize)> = chosen.iter().map(Entry::order).collect();
    all.iter()
        .filter(|e| !taken.contains(&e.order()))
        .filter(|e| match e.role {
            Role::Mention(likely) => likely,
            Role::Lead | Role::Second | Role::Trail | Role::Middle => {
                let strong = !matches!(e.code.form, Form::Short | Form::Odd);
                strong && (!chosen.is_empty() || (single && is_alone(lines, e)))
            }
        })
        .filter_map(|e| {
            let ms = e.code.reading.short();
            // A code in a sentence that lies beyond the end is a clock time.
            let inside = duration.is_none_or(|d| ms < d) && ms <= MAX_MILLIS;
            inside.then(|| stamp(lines, e, ms, false)).flatten()
        })
        .collect()
}

/// Whether a code that is no chapter for want of company is surely a time in the recording: not a
/// round time of the day, nor a line about an event.
fn is_alone(lines: &[Line<'_>], entry: &Entry) -> bool {
    let of_day = matches!(entry.code.reading, Reading::Two(6..=24, minutes) if minutes % 5 == 0);
    let long = entry.code.form != Form::Plain || entry.code.range.len() >= 5;
    let event = lines.get(entry.line).is_some_and(|line| context::is_programme(line.text));
    long && !of_day && !event
}

fn stamp(lines: &[Line<'_>], entry: &Entry, ms: Millis, doubtful: bool) -> Option<Stamp> {
    let line = lines.get(entry.line)?;
    let Range { start, end } = entry.code.range;
    Some(Stamp { block: line.block, range: line.offset + start..line.offset + end, ms, doubtful })
}

/// Makes chapters of the chosen entries and adds their stamps.
fn chapters(
    lines: &[Line<'_>],
    chosen: &[Entry],
    duration: Option<Millis>,
    stamps: &mut Vec<Stamp>,
) -> Vec<Chapter> {
    let readings: Vec<Reading> = chosen.iter().map(|e| e.code.reading).collect();
    let times = meaning::times(&readings, duration);
    let mut latest = 0;
    let mut section = None;
    let mut out = Vec::with_capacity(chosen.len());
    let around = outline::surroundings(lines, chosen);
    for (place, ((entry, &ms), around)) in chosen.iter().zip(&times).zip(around).enumerate() {
        let beyond = ms > MAX_MILLIS || duration.is_some_and(|d| ms >= d);
        stamps.extend(stamp(lines, entry, ms, beyond || ms < latest));
        if around.section.is_some() {
            section = around.section;
        }
        if beyond {
            continue;
        }
        latest = latest.max(ms);
        let own = Some(entry.title.clone()).filter(|t| !t.is_empty());
        let title = title::line(&own.or(around.title).unwrap_or_default());
        // `#### [01:15] Rust 1.60` above `[01:15] what changed` is a section.
        let next = chosen.get(place + 1);
        if times.get(place + 1) == Some(&ms)
            && next.is_some_and(|next| !next.title.is_empty() && next.title != title)
            && !title.is_empty()
            && outline::heads(lines, entry, next)
        {
            section = Some(title);
            continue;
        }
        out.push(Chapter {
            start_ms: ms,
            end_ms: entry.code.until.map(|until| end(ms, entry.code.reading, until)),
            title,
            section: section.clone(),
            points: around.points,
            ..Chapter::default()
        });
    }
    tidy(fold(out), duration)
}

/// The end of a range, read as its start was.
fn end(start_ms: Millis, start: Reading, until: Reading) -> Millis {
    if start_ms == start.short() { until.short() } else { until.long() }
}

/// Of two neighbours with one start and different titles the second becomes a point under the
/// first. In the order of the document.
fn fold(chapters: Vec<Chapter>) -> Vec<Chapter> {
    let mut out: Vec<Chapter> = Vec::with_capacity(chapters.len());
    for mut chapter in chapters {
        let twin = out.last_mut().filter(|last| {
            last.start_ms == chapter.start_ms
                && ![&last.title, &chapter.title].into_iter().any(String::is_empty)
        });
        match twin {
            Some(last) if last.title == chapter.title => last.points.append(&mut chapter.points),
            Some(last) => {
                last.points.push(chapter.title);
                last.points.append(&mut chapter.points);
            }
            None => out.push(chapter),
        }
    }
    out
}
