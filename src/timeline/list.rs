//! Which codes make up the timeline, and whether there is one at all.

mod again;
mod fit;
mod speech;

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
    let speech = speech::lines(all);
    let of = |role: Role| -> Vec<Entry> {
        let said = |e: &Entry| speech.as_ref().is_some_and(|said| said.contains(&e.line));
        let wanted = |e: &&Entry| e.role == role && !music.contains(&e.line) && !said(e);
        all.iter().filter(wanted).cloned().collect()
    };
    let (leads, seconds) = (of(Role::Lead), of(Role::Second));
    let mut trails = of(Role::Trail);
    let others: Vec<Entry> = [trails.as_slice(), &of(Role::Middle)].concat();
    let leading = leading_list(lines, &leads, &others, headed, duration);
    // `第一章 12:30` begins like a label and is a title among others that end in their codes.
    trails.extend(leads.iter().filter_map(|e| fit::named_before(e, lines)));
    trails.sort_by_key(Entry::order);
    let trailing = ascending_list(lines, trails, if headed { 2 } else { 3 }, duration);
    let middles = ascending_list(lines, of(Role::Middle), 3, duration);
    if trailing.len() > leading.len() {
        return trailing;
    }
    if middles.len() > leading.len() {
        return middles;
    }
    again::one_of(lines, fit::with_seconds(leading, &seconds, lines), duration)
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
    others: &[Entry],
    headed: bool,
    duration: Option<Millis>,
) -> Vec<Entry> {
    let (weak, strong): (Vec<Entry>, Vec<Entry>) =
        leads.iter().cloned().partition(|e| matches!(e.code.form, Form::Short | Form::Odd));
    let starts_at_zero = strong.first().is_some_and(|e| e.code.reading.short() == 0);
    let least = if headed || starts_at_zero { 1 } else { 2 };
    let few = strong.len() <= 2 && !fit::rises(&strong);
    if strong.len() < least {
        let odd = fit::odd_list(weak, headed);
        return if is_programme(lines, &odd, duration) { Vec::new() } else { odd };
    }
    if few || is_programme(lines, &strong, duration) {
        return Vec::new();
    }
    let mut more: Vec<&Entry> = weak.iter().chain(others).collect();
    more.sort_by_key(|e| e.order());
    fit::with_fitting(without_strays(strong), &more, lines)
}

/// Takes off a first or last code that stands far from the others and out of their order: `20:00
/// 准时开播` below a timeline is a clock time.
fn without_strays(mut list: Vec<Entry>) -> Vec<Entry> {
    let stray = |list: &[Entry], end: &Entry, beside: &Entry| {
        let widest = list.windows(2).map(|w| match w {
            [a, b] => b.line - a.line,
            _ => 0,
        });
        let far = end.line.abs_diff(beside.line) > widest.max().unwrap_or(0) * 2 + 2;
        list.len() >= 4 && fit::rises(list) && far
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
