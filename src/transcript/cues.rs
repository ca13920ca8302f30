//! From what a form of transcript yields to the cues that the program keeps.

use std::collections::HashMap;

use super::{MAX_CUES, speakers};
use crate::{
    model::{Cue, Millis, Transcript},
    text::clean_line,
};

/// A cue as a form yields it: nothing cleaned, nothing sorted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    /// Start; `None` where the form has no times.
    pub(super) start: Option<Millis>,
    pub(super) end: Option<Millis>,
    pub(super) speaker: Option<String>,
    pub(super) text: String,
}

/// Longest text of one cue, in characters: more is cut off (an hour of speech has fewer).
const MAX_TEXT: usize = 50_000;

/// Cleans, names speakers, sorts, and closes the gaps that the file left open.
pub(super) fn finish(mut drafts: Vec<Draft>) -> Transcript {
    drafts.truncate(MAX_CUES);
    for draft in &mut drafts {
        draft.text = one_line(&draft.text);
        let name = draft.speaker.take().map(|name| speakers::clean_name(&one_line(&name)));
        draft.speaker = name.filter(|name| !name.is_empty());
    }
    drafts.retain(|draft| !draft.text.is_empty());
    speakers::take_from_texts(&mut drafts);
    drafts.retain(|draft| !draft.text.is_empty());
    fill_starts(&mut drafts);
    drafts.sort_by_key(|draft| draft.start.unwrap_or(0));
    Transcript { cues: close(drafts) }
}

/// A passage without a time among timed ones was said where the one before it was.
fn fill_starts(drafts: &mut [Draft]) {
    let mut last = None;
    for draft in drafts {
        match draft.start {
            Some(_) => last = draft.start,
            None => draft.start = last,
        }
    }
}

/// Ends as written, else at the next later start, else at the start itself.
fn close(drafts: Vec<Draft>) -> Vec<Cue> {
    let mut cues = Vec::with_capacity(drafts.len());
    let mut next_start = None;
    let mut following = None;
    for draft in drafts.into_iter().rev() {
        let start = draft.start.unwrap_or(0);
        if following != Some(start) {
            next_start = following;
            following = Some(start);
        }
        let end = draft.end.filter(|end| *end >= start).or(next_start).unwrap_or(start);
        cues.push(Cue { start_ms: start, end_ms: end, speaker: draft.speaker, text: draft.text });
    }
    cues.reverse();
    cues
}

/// One line without control characters. Lines of Chinese are joined without a space.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = clean_line(line);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let (Some(before), Some(after)) = (out.chars().last(), line.chars().next())
            && !(is_cjk(before) && is_cjk(after))
        {
            out.push(' ');
        }
        out.push_str(line);
    }
    match out.char_indices().nth(MAX_TEXT) {
        Some((at, _)) => {
            out.truncate(at);
            out
        }
        None => out,
    }
}

/// Characters that are written without spaces between them, with their punctuation.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// How often each of some words occurs.
pub(super) fn tally<'a>(words: impl Iterator<Item = &'a str>) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in words {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(start: Option<u64>, end: Option<u64>, text: &str) -> Draft {
        Draft { start, end, speaker: None, text: text.to_owned() }
    }

    #[test]
    fn cues_come_in_order_and_end_where_the_next_begins() {
        let transcript = finish(vec![
            draft(Some(5000), None, "b"),
            draft(Some(1000), None, "a"),
            draft(Some(1000), Some(500), "a2"),
            draft(Some(9000), None, "\u{1b}[31m"),
        ]);
        let ends: Vec<_> = transcript.cues.iter().map(|c| (c.start_ms, c.end_ms)).collect();
        assert_eq!(ends.first(), Some(&(1000, 5000)));
        assert_eq!(ends.get(1), Some(&(1000, 5000)));
        assert_eq!(ends.get(2).map(|e| e.0), Some(5000));
    }

    #[test]
    fn chinese_lines_are_joined_without_a_space() {
        assert_eq!(one_line("第一行\n第二行\r\nand\n words"), "第一行第二行 and words");
    }
}
