//! Transcripts within notes (`[00:01:09] Speaker 2: hello`): their codes are times worth a jump, but
//! no chapters.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::timeline::entry::{Entry, Role};

/// Fewest turns that make a transcript.
const LEAST: usize = 12;

/// Longest name of a speaker, in characters.
const MAX_NAME: usize = 16;

/// The lines from the first to the last turn of a transcript, if the notes hold one: many titles
/// that are or begin with one of a few names.
pub(super) fn lines(all: &[Entry]) -> Option<RangeInclusive<usize>> {
    let turns: Vec<(usize, &str)> = all
        .iter()
        .filter(|e| matches!(e.role, Role::Lead | Role::Trail))
        .filter_map(|e| Some((e.line, speaker(&e.title)?)))
        .collect();
    let mut often: Vec<&str> = turns.iter().map(|(_, name)| *name).collect();
    often.sort_unstable();
    let names: BTreeSet<&str> = often
        .chunk_by(|a, b| a == b)
        .filter(|turns| turns.len() >= 4)
        .filter_map(|turns| turns.first().copied())
        .collect();
    let own = |name: &str| names.contains(name);
    let count = turns.iter().filter(|(_, name)| own(name)).count();
    if count < LEAST || names.len() * 6 > count {
        return None;
    }
    let first = turns.iter().find(|(_, name)| own(name))?.0;
    let last = turns.iter().rev().find(|(_, name)| own(name))?.0;
    // Chapters of an interview may begin with a few names too, among others that do not.
    let within = all
        .iter()
        .filter(|e| matches!(e.role, Role::Lead | Role::Trail) && (first..=last).contains(&e.line))
        .count();
    (count * 10 >= within * 7).then_some(first..=last)
}

/// The name that a title begins with, or is.
fn speaker(title: &str) -> Option<&str> {
    let name = title.split([':', '：']).next().unwrap_or_default().trim();
    let count = name.chars().count();
    (1..=MAX_NAME).contains(&count).then_some(name)
}
