//! The same episode twice is one note, the same snip twice one snip.

use std::collections::HashMap;

use crate::model::{NewSnip, Note};

/// Merges notes of one episode (by its address at Snipd, else by title and show) and their snips.
/// Notes that say nothing are left out, unless something in them was skipped.
pub(super) fn merged(notes: Vec<Note>) -> Vec<Note> {
    let mut out: Vec<Note> = Vec::new();
    let mut places = HashMap::new();
    for mut note in notes {
        note.snips = distinct(note.snips);
        if note.title.is_empty() && note.snips.is_empty() && note.skipped.is_empty() {
            continue;
        }
        let key = match &note.snipd_url {
            Some(url) => (url.clone(), String::new()),
            None => (note.title.clone(), note.show.clone().unwrap_or_default()),
        };
        if let Some(first) = places.get(&key).and_then(|place: &usize| out.get_mut(*place)) {
            join(first, note);
        } else {
            places.insert(key, out.len());
            out.push(note);
        }
    }
    out
}

fn join(first: &mut Note, second: Note) {
    let snips = std::mem::take(&mut first.snips);
    first.snips = distinct(snips.into_iter().chain(second.snips).collect());
    if first.notes.is_empty() {
        first.notes = second.notes;
    }
    // Two texts cannot be written as one.
    first.source = None;
    first.guid = first.guid.take().or(second.guid);
    if !second.rest.is_empty() && !first.rest.contains(&second.rest) {
        first.rest = below(&first.rest, &second.rest);
    }
    first.show = first.show.take().or(second.show);
    first.author = first.author.take().or(second.author);
    first.published = first.published.or(second.published);
    first.link = first.link.take().or(second.link);
    first.enclosure = first.enclosure.take().or(second.enclosure);
    first.skipped.extend(second.skipped);
}

fn below(first: &str, second: &str) -> String {
    format!("{first}\n\n{second}").trim().to_owned()
}

/// One snip for each address; words that only the later one has are added. Without addresses, snips of
/// one range are one if the later one says nothing else: two thoughts on a passage stay two.
fn distinct(snips: Vec<NewSnip>) -> Vec<NewSnip> {
    gathered(snips).0
}

/// For each snip, whether it is read as one with an earlier one.
pub(super) fn copies(snips: &[NewSnip]) -> Vec<bool> {
    gathered(snips.to_vec()).1
}

/// The [`distinct`] snips and, for each of the given ones, whether it went into an earlier one.
fn gathered(snips: Vec<NewSnip>) -> (Vec<NewSnip>, Vec<bool>) {
    let mut out: Vec<NewSnip> = Vec::new();
    let mut copies = Vec::with_capacity(snips.len());
    let mut by_url = HashMap::new();
    let mut by_range: HashMap<_, Vec<usize>> = HashMap::new();
    for snip in snips {
        let place = if let Some(url) = &snip.url {
            *by_url.entry(url.clone()).or_insert(out.len())
        } else {
            let places = by_range.entry((snip.start_ms, snip.end_ms)).or_default();
            let said = |at: &&usize| out.get(**at).is_some_and(|first| says_all(first, &snip));
            let found = places.iter().take(MOST_ALIKE).find(said).copied();
            found.unwrap_or_else(|| {
                places.push(out.len());
                out.len()
            })
        };
        copies.push(place < out.len());
        match out.get_mut(place) {
            Some(first) => complete(first, snip),
            None => out.push(snip),
        }
    }
    (out, copies)
}

/// Most snips of one range that are compared with each other.
const MOST_ALIKE: usize = 100;

/// Whether a snip says all the words of another.
fn says_all(first: &NewSnip, second: &NewSnip) -> bool {
    (second.title.is_none() || second.title == first.title)
        && (second.transcript.is_none() || second.transcript == first.transcript)
        && second.note.lines().all(|line| first.note.contains(line.trim()))
}

fn complete(first: &mut NewSnip, second: NewSnip) {
    let new: Vec<&str> =
        second.note.lines().filter(|line| !first.note.contains(line.trim())).collect();
    if !new.is_empty() {
        first.note = below(&first.note, &new.join("\n"));
    }
    first.title = first.title.take().or(second.title);
    first.transcript = first.transcript.take().or(second.transcript);
    first.favorite |= second.favorite;
    for tag in second.tags {
        if !first.tags.contains(&tag) {
            first.tags.push(tag);
        }
    }
}
