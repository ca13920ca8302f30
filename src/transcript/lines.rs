//! Transcripts as lines: `[00:01:02] words`, `00:03 Name: words`, `Name 00:03` above its words, LRC,
//! Markdown with times, and text without any.

use std::collections::HashMap;

use super::{
    cues::{Draft, tally},
    speakers,
    stamps::{self, Stamp},
    tags, times,
};
use crate::model::Millis;

/// Fewer timed lines than this must not hold only a small part of the text.
const FEW: usize = 3;

/// A line, and what its beginning says.
enum Line<'a> {
    Timed(Stamp<'a>),
    Words(&'a str),
}

/// Reads lines. With timed lines, headings and tables of contents before the first time are passed
/// over and untimed lines continue the cue above; without any, each paragraph is a cue.
pub(super) fn cues(text: &str) -> Vec<Draft> {
    let (_, text) = crate::text::split_front_matter(text);
    let lines = read(text);
    if !has_times(&lines) {
        return paragraphs(text);
    }
    let shift = lyrics_offset(text);
    let heads = heads(&lines);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut again: Vec<Draft> = Vec::new();
    let mut name: Option<&str> = None;
    for (index, line) in lines.iter().enumerate() {
        match line {
            Line::Timed(stamp) => {
                let speaker = stamp.name.or(name.take()).map(str::to_owned);
                let at = |ms: Millis| Some(ms.saturating_add_signed(shift));
                let text = plain(stamp.rest);
                for ms in &stamp.again {
                    let speaker = speaker.clone();
                    again.push(Draft { start: at(*ms), end: None, speaker, text: text.clone() });
                }
                drafts.push(Draft { start: at(stamp.start), end: stamp.end, speaker, text });
            }
            Line::Words(words)
                if heads.contains_key(words) && stands_over_a_time(&lines, index) =>
            {
                name = Some(words);
            }
            Line::Words(words) => match drafts.last_mut() {
                // A heading between passages is the editor's, not said by anybody.
                _ if is_heading(words) => {}
                Some(last) => continue_cue(last, words),
                None if is_sentence(words) => drafts.push(said_first(words)),
                None => {}
            },
        }
    }
    take_heads(&mut drafts);
    drafts.append(&mut again);
    drafts
}

fn said_first(words: &str) -> Draft {
    Draft { start: Some(0), text: plain(words), ..Draft::default() }
}

/// The lines that say something, with the names before times that are believed.
fn read(text: &str) -> Vec<Line<'_>> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !is_contents(line) && !is_lyrics_tag(line))
        .collect();
    let heads: Vec<_> = lines.iter().map(|line| stamps::named(line)).collect();
    let counts = tally(heads.iter().flatten().filter_map(|(stamp, _)| stamp.name));
    // Names that stand alone with a time need not come again, if there are several.
    let alone = heads.iter().flatten().filter(|(stamp, _)| stamp.rest.is_empty()).count();
    let believed = |stamp: &Stamp<'_>, sure: bool| {
        let Some(name) = stamp.name.filter(|name| speakers::could_be_name(name)) else {
            return false;
        };
        let known = counts.get(name).copied().unwrap_or(0);
        let shaped = speakers::has_shape_of_name(name) && counts.len() > 1;
        known > 1 || (sure && (shaped || (stamp.rest.is_empty() && alone > 1)))
    };
    lines
        .iter()
        .copied()
        .zip(heads)
        .map(|(line, head)| match (stamps::leading(line), head) {
            (Some(stamp), _) => Line::Timed(stamp),
            (None, Some((stamp, sure))) if believed(&stamp, sure) => Line::Timed(stamp),
            _ => Line::Words(line),
        })
        .collect()
}

/// Whether the times are those of a recording: most of them ascend, and they are not a few among much
/// other text.
fn has_times(lines: &[Line<'_>]) -> bool {
    let starts: Vec<Millis> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Timed(stamp) => Some(stamp.start),
            Line::Words(_) => None,
        })
        .collect();
    let before: usize = lines
        .iter()
        .map_while(|line| match line {
            Line::Words(words) => Some(words.len()),
            Line::Timed(_) => None,
        })
        .sum();
    let all: usize = lines
        .iter()
        .map(|line| match line {
            Line::Words(words) => words.len(),
            Line::Timed(stamp) => stamp.rest.len(),
        })
        .sum();
    let ascending = starts.windows(2).filter(|two| two.first() <= two.last()).count();
    let pairs = starts.len().saturating_sub(1);
    // Times at some of the names, and many names without: they are asides to paragraphs.
    let labels = |line: &&Line<'_>| matches!(line, Line::Words(words) if begins_with_name(words));
    let asides = lines.iter().filter(labels).count() >= starts.len().saturating_mul(2);
    !starts.is_empty()
        && !asides
        && (starts.len() >= FEW || before * 2 <= all)
        && (pairs < FEW || ascending * 10 >= pairs * 6)
}

/// Names that stand alone over lines with nothing but a time, more than once.
fn heads<'a>(lines: &[Line<'a>]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let Line::Words(words) = line
            && words.len() <= 90
            && stands_over_a_time(lines, index)
            && speakers::could_be_name(words)
        {
            *counts.entry(*words).or_insert(0) += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    counts
}

fn stands_over_a_time(lines: &[Line<'_>], index: usize) -> bool {
    matches!(lines.get(index + 1), Some(Line::Timed(stamp)) if stamp.rest.is_empty())
}

/// `00:01 发言人1` above its words: the rest of the timed line is a name, where such names come again.
fn take_heads(drafts: &mut [Draft]) {
    let head = |draft: &Draft| {
        let (head, body) = draft.text.split_once('\n')?;
        let head = head.trim_matches(['*', ' ', ':', '：']);
        let named = draft.speaker.is_none() && !body.trim().is_empty();
        (named && head.chars().count() <= 30 && speakers::could_be_name(head))
            .then(|| (head.to_owned(), body.to_owned()))
    };
    let heads: Vec<String> = drafts.iter().filter_map(|d| Some(head(d)?.0)).collect();
    let counts = tally(heads.iter().map(String::as_str));
    for draft in drafts {
        if let Some((name, body)) = head(draft)
            && counts.get(&name).is_some_and(|count| *count >= 2)
        {
            draft.speaker = Some(name);
            draft.text = body;
        }
    }
}

fn continue_cue(draft: &mut Draft, line: &str) {
    if !draft.text.is_empty() {
        draft.text.push('\n');
    }
    draft.text.push_str(&plain(line));
}

fn is_heading(line: &str) -> bool {
    line.starts_with('#') && line.trim_start_matches('#').starts_with(' ')
}

/// Words before the first time are kept if they are a sentence; a title or a date is none.
fn is_sentence(line: &str) -> bool {
    line.chars().count() >= 12 && line.ends_with(['。', '！', '？', '.', '!', '?', '”', '…'])
}

/// An entry of a table of contents: a link to a place in the same page.
fn is_contents(line: &str) -> bool {
    line.contains("](#") && line.ends_with(')')
}

/// `[ti:潮水]`: a fact about a file of lyrics.
fn is_lyrics_tag(line: &str) -> bool {
    let Some((key, _)) = line.strip_prefix('[').and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    line.ends_with(']')
        && ["ti", "ar", "al", "au", "by", "re", "ve", "length", "offset", "tool", "la", "lr"]
            .contains(&key.to_ascii_lowercase().as_str())
}

/// `[offset:+500]` of lyrics: a positive number shows the words that many milliseconds sooner.
fn lyrics_offset(text: &str) -> i64 {
    let offset = text.lines().take(40).find_map(|line| {
        let inner = line.trim().strip_prefix("[offset:")?.strip_suffix(']')?;
        inner.trim().trim_start_matches('+').parse::<i64>().ok()
    });
    offset.map_or(0, |ms| ms.clamp(-60_000, 60_000).saturating_neg())
}

/// A line without the marks of Markdown and HTML; `**Name:** words` keeps its marks for the search of
/// speakers.
fn plain(line: &str) -> String {
    let line = line.trim_start_matches('#').trim();
    let line = line.strip_prefix("> ").unwrap_or(line);
    let text: String = tags::voices(line).into_iter().map(|voice| voice.text).collect();
    if text.starts_with("**") { text } else { text.replace("**", "") }
}

/// Paragraphs of a text without times. Lines that each begin with a name are cues of their own. A time
/// in brackets at the beginning of some of them counts until the next.
fn paragraphs(text: &str) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut gap = true;
    let mut fenced = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if line.is_empty() || is_contents(line) {
            gap = true;
            continue;
        }
        let names_someone = !fenced && begins_with_name(line);
        match drafts.last_mut() {
            Some(last) if !gap && !names_someone => continue_cue(last, line),
            _ => drafts.push(Draft { text: plain(line), ..Draft::default() }),
        }
        gap = false;
    }
    take_asides(&mut drafts);
    drafts
}

/// Takes the times out of the paragraphs that have one, if there are several and they ascend.
fn take_asides(drafts: &mut [Draft]) {
    let found: Vec<_> = drafts.iter().map(|draft| stamps::aside(&draft.text)).collect();
    let starts: Vec<Millis> = found.iter().flatten().map(|(start, _)| *start).collect();
    if starts.len() < 2 || !starts.is_sorted() {
        return;
    }
    let mut now = None;
    for (draft, found) in drafts.iter_mut().zip(found) {
        if let Some((start, text)) = found {
            now = Some(start);
            draft.text = text;
        }
        draft.start = now;
    }
}

/// A short word and a colon: whether it is a name is decided over the whole text.
fn begins_with_name(line: &str) -> bool {
    let line = line.trim_start_matches('*');
    if speakers::bracketed(line).is_some() {
        return true;
    }
    line.find([':', '：']).and_then(|at| line.get(..at)).is_some_and(|name| {
        !name.is_empty()
            && name.chars().count() <= 24
            && !name.contains("http")
            && times::clock(line.get(..5).unwrap_or_default()).is_none()
    })
}

#[cfg(test)]
mod tests;
