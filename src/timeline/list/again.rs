//! Lists that start over: a show of two parts with a timeline each, references below the timeline.
//! They belong to different things, so that only one of them is the timeline.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::Millis;
use crate::timeline::code::Reading;
use crate::timeline::entry::Entry;
use crate::timeline::line::Line;
use crate::timeline::meaning;

/// Fewest codes of a list of its own.
const LEAST: usize = 3;

/// Most lists that notes hold; more of them are something else.
const MAX_LISTS: usize = 8;

/// The one list that is the timeline: of those that fit the recording the longest, the first of
/// equals. Lists with the same starts (two languages) and lists without a line between are one.
pub(super) fn one_of(lines: &[Line<'_>], list: Vec<Entry>, duration: Option<Millis>) -> Vec<Entry> {
    let readings: Vec<Reading> = list.iter().map(|e| e.code.reading).collect();
    let times = meaning::times(&readings, duration);
    let cuts = cuts(lines, &list, &times);
    if cuts.is_empty() {
        return list;
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([list.len()]);
    let lists: Vec<Range<usize>> = starts.zip(ends).map(|(from, to)| from..to).collect();
    let of = |part: &Range<usize>| times.get(part.clone()).unwrap_or_default();
    let falls = |part| of(part).windows(2).filter(|pair| pair.first() > pair.last()).count();
    if lists.iter().any(|part| part.len() < LEAST || falls(part) * 8 > part.len()) {
        return list;
    }
    let fits = |part: &Range<usize>| {
        duration.is_none_or(|duration| of(part).last().is_none_or(|last| *last < duration))
    };
    // The first of equals: `max_by_key` takes the last.
    let best = lists.into_iter().rev().max_by_key(|part| (fits(part), part.len()));
    best.and_then(|part| list.get(part)).map(<[Entry]>::to_vec).unwrap_or_default()
}

/// Where a list starts over: at a code that is earlier than the second of the list before, with a
/// line without a code above it.
fn cuts(lines: &[Line<'_>], list: &[Entry], times: &[Millis]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut second = times.get(1).copied().unwrap_or(0);
    for (cut, (pair, around)) in list.windows(2).zip(times.windows(2)).enumerate() {
        let ([above, entry], [before, now]) = (pair, around) else { continue };
        let heading = lines.get(entry.line).is_some_and(|line| line.apart && line.heading);
        let apart = entry.line > above.line + 1 || heading;
        if now < &second && now < before && apart {
            second = times.get(cut + 2).copied().unwrap_or(0);
            out.push(cut + 1);
        }
    }
    if out.len() > MAX_LISTS {
        return Vec::new();
    }
    out.retain(|cut| !shared(times, *cut));
    out
}

/// Whether most times from `cut` on stand before it too.
fn shared(times: &[Millis], cut: usize) -> bool {
    let (before, after) = times.split_at(cut.min(times.len()));
    let known: BTreeSet<&Millis> = before.iter().collect();
    after.iter().filter(|ms| known.contains(ms)).count() * 2 > after.len()
}
