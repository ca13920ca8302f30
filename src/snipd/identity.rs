//! The same episode twice is one note, the same snip twice one snip.

use crate::model::{NewSnip, Note};

/// Merges notes of one episode (by its address at Snipd, else by title and show) and their snips.
/// Notes that say nothing are left out, unless something in them was skipped.
pub(super) fn merged(notes: Vec<Note>) -> Vec<Note> {
    let mut out: Vec<Note> = Vec::new();
    let mut places = std::collections::HashMap::new();
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

/// One snip for each address, else for each range; words that only the later one has are added.
fn distinct(snips: Vec<NewSnip>) -> Vec<NewSnip> {
    let mut out: Vec<NewSnip> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for snip in snips {
        let key = snip.url.clone().unwrap_or_else(|| format!("{}-{}", snip.start_ms, snip.end_ms));
        if let Some(first) = places.get(&key).and_then(|place: &usize| out.get_mut(*place)) {
            complete(first, snip);
        } else {
            places.insert(key, out.len());
            out.push(snip);
        }
    }
    out
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
