//! Which codes make up the timeline, and whether there is one at all.

use std::collections::BTreeSet;

use super::code::{Form, Reading};
use super::entry::{Entry, Role};
use super::line::Line;
use super::{context, meaning, title};
use crate::model::Millis;

/// Picks the entries that make up the timeline, in the order of the document; none if there is no
/// timeline.
pub(super) fn choose_list(
    lines: &[Line<'_>],
    all: &[Entry],
    duration: Option<Millis>,
) -> Vec<Entry> {
    let headed = lines.iter().any(|line| context::is_heading(line.text));
    let music = music(lines, all);
    let of = |role: Role| -> Vec<Entry> {
        let wanted = |e: &&Entry| e.role == role && !music.contains(&e.line);
        all.iter().filter(wanted).cloned().collect()
    };
    let leads = leading_list(lines, &of(Role::Lead), all, headed, duration);
    let trails = ascending_list(lines, of(Role::Trail), if headed { 2 } else { 3 }, duration);
    let middles = ascending_list(lines, of(Role::Middle), 3, duration);
    if trails.len() > leads.len() {
        return trails;
    }
    if middles.len() > leads.len() { middles } else { leads }
}

/// The lines with codes in a list of music, if the notes have a timeline besides: a second list
/// that starts over under a heading such as 音乐.
fn music(lines: &[Line<'_>], all: &[Entry]) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let mut playing = false;
    let mut others = 0;
    let mut last: Option<&Entry> = None;
    for entry in all.iter().filter(|e| matches!(e.role, Role::Lead | Role::Trail)) {
        let from = last.map_or(0, |e| e.line + 1);
        let between = lines.get(from..entry.line).unwrap_or_default();
        if let Some(heading) = between.iter().rev().take(3).find(|l| !title::has_bullet(l.text)) {
            let starts_over =
                last.is_none_or(|e| e.code.reading.short() >= entry.code.reading.short());
            let trails = entry.role == Role::Trail;
            playing = context::is_music(heading.text) && (starts_over || playing || trails);
        }
        if playing {
            out.insert(entry.line);
        } else {
            others += 1;
        }
        last = Some(entry);
    }
    // A few numbers behind titles may ascend by chance: they are lengths.
    let lengths = out.len() < 5 && last.is_some_and(|e| e.role == Role::Trail);
    if others >= 2 || lengths { out } else { BTreeSet::new() }
}

/// The list of leading codes, with trailing ones that stand between them.
fn leading_list(
    lines: &[Line<'_>],
    leads: &[Entry],
    all: &[Entry],
    headed: bool,
    duration: Option<Millis>,
) -> Vec<Entry> {
    let strong: Vec<Entry> = leads.iter().filter(|e| e.code.form != Form::Short).cloned().collect();
    let starts_at_zero = strong.first().is_some_and(|e| e.code.reading.short() == 0);
    let least = if headed || starts_at_zero { 1 } else { 2 };
    let rises = strong.windows(2).all(|w| match w {
        [a, b] => a.code.reading.short() <= b.code.reading.short(),
        _ => true,
    });
    let few = strong.len() <= 2 && !rises;
    if strong.len() < least || few || is_programme(lines, &strong, duration) {
        return Vec::new();
    }
    let mut list = without_strays(strong);
    for entry in all {
        let weak = entry.role == Role::Lead && entry.code.form == Form::Short;
        let between = entry.role == Role::Trail || entry.role == Role::Middle;
        if (weak || between) && fits_between(entry, &list, weak, lines) {
            let at = list.partition_point(|e| e.order() < entry.order());
            list.insert(at, entry.clone());
        }
    }
    list
}

/// Takes off a first or last code that stands far from the others and out of their order: `20:00
/// 准时开播` below a timeline is a clock time.
fn without_strays(mut list: Vec<Entry>) -> Vec<Entry> {
    let stray = |list: &[Entry], end: &Entry, beside: &Entry| {
        let rises = list.windows(2).all(|w| match w {
            [a, b] => a.code.reading.short() <= b.code.reading.short(),
            _ => true,
        });
        let widest = list.windows(2).map(|w| match w {
            [a, b] => b.line - a.line,
            _ => 0,
        });
        let far = end.line.abs_diff(beside.line) > widest.max().unwrap_or(0) * 2 + 2;
        list.len() >= 4 && rises && far
    };
    if let [.., beside, end] = list.as_slice() {
        let kept = list.get(..list.len() - 1).unwrap_or_default();
        if end.code.reading.short() < beside.code.reading.short() && stray(kept, end, beside) {
            list.pop();
        }
    }
    if let [first, beside, ..] = list.as_slice()
        && first.code.reading.short() > beside.code.reading.short()
        && stray(list.get(1..).unwrap_or_default(), first, beside)
    {
        list.remove(0);
    }
    list
}

/// Whether an entry that is no proof of a timeline continues one: its time lies between those of
/// its neighbours, and they stand close by.
fn fits_between(entry: &Entry, list: &[Entry], weak: bool, lines: &[Line<'_>]) -> bool {
    let at = list.partition_point(|e| e.order() < entry.order());
    let before = at.checked_sub(1).and_then(|i| list.get(i));
    let after = list.get(at);
    let ms = entry.code.reading.short();
    let later = before.is_some_and(|b| b.code.reading.short() < ms);
    let earlier = after.is_some_and(|a| a.code.reading.short() > ms);
    if weak {
        let Reading::Two(a, b) = entry.code.reading else { return later && earlier };
        // Pictures and pairs, not times.
        let ratio =
            [(16, 9), (9, 16), (4, 3), (3, 4), (3, 2), (1, 1), (2, 1), (21, 9)].contains(&(a, b));
        return list.len() >= 2 && later && (earlier || after.is_none()) && !ratio;
    }
    let near = |e: &Entry| {
        e.line.abs_diff(entry.line) == 1
            && lines.get(e.line).map(Line::is_item) == lines.get(entry.line).map(Line::is_item)
    };
    // Headings of their own with a code each, where other codes stand alone under their headings.
    if lines.get(entry.line).is_some_and(|l| l.heading) {
        let bare = |e: &Entry| e.title.is_empty();
        let among = before.is_some_and(bare) || after.is_some_and(bare);
        return among && later && (earlier || after.is_none());
    }
    later && earlier && before.is_some_and(near) && after.is_some_and(near)
}

/// The list of codes at the end of lines or in the middle: only if it is long enough and rises.
fn ascending_list(
    lines: &[Line<'_>],
    entries: Vec<Entry>,
    least: usize,
    duration: Option<Millis>,
) -> Vec<Entry> {
    let readings: Vec<Reading> = entries.iter().map(|e| e.code.reading).collect();
    let times = meaning::times(&readings, duration);
    let falls = times.windows(2).filter(|w| w.first() >= w.last()).count();
    let inside = times.iter().filter(|ms| duration.is_none_or(|d| **ms < d)).count();
    if inside < least || falls * 5 > entries.len() || is_programme(lines, &entries, duration) {
        return Vec::new();
    }
    entries
}

/// Whether a list is the programme of an event: round clock times of the day with words about an
/// event near them; or nearly all of it lies beyond the end.
fn is_programme(lines: &[Line<'_>], list: &[Entry], duration: Option<Millis>) -> bool {
    let readings: Vec<Reading> = list.iter().map(|e| e.code.reading).collect();
    let times = meaning::times(&readings, duration);
    let beyond = times.iter().filter(|ms| duration.is_some_and(|d| **ms >= d)).count();
    if beyond * 2 > list.len() {
        return true;
    }
    let round = list
        .iter()
        .filter(|e| matches!(e.code.reading, Reading::Two(6..=23, b) if b % 5 == 0))
        .count();
    let (Some(top), Some(bottom)) = (list.first(), list.last()) else { return false };
    let near = top.line.saturating_sub(4)..(bottom.line + 3).min(lines.len());
    let near = lines.get(near).unwrap_or_default();
    round == list.len() && near.iter().take(200).any(|l| context::is_programme(l.text))
}
