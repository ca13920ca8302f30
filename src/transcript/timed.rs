//! Timed text: WebVTT (W3C), `SubRip` and SBV, with the mistakes that people and tools make in them.

use super::{cues::Draft, tags, times};
use crate::model::Millis;

/// Whether a text has timing lines at all.
pub(super) fn has_timing_lines(text: &str) -> bool {
    text.lines().any(|line| timing(line).is_some())
}

/// Reads WebVTT. Words reach to the next empty line; notes, styles and regions are passed over.
pub(super) fn webvtt(text: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        if let Some((start, end)) = timing(line) {
            close(open.take(), &mut drafts);
            open = Some(Block { start, end, words: String::new() });
        } else if line.trim().is_empty() {
            close(open.take(), &mut drafts);
        } else if line.contains("-->") {
            // A timing line that cannot be read: what follows belongs to no time.
            close(open.take(), &mut drafts);
        } else if let Some(block) = &mut open {
            block.add(line);
        }
    }
    close(open, &mut drafts);
    drafts
}

/// Reads `SubRip` and SBV. Words reach to the next timing line, across empty lines, which many files
/// have where they should not; the index before a timing line is taken off.
pub(super) fn subrip(text: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut open: Option<Block> = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end_matches('\r');
        if let Some((start, end)) = timing(line) {
            close(open.take(), &mut drafts);
            open = Some(Block { start, end, words: String::new() });
        } else if line.contains("-->") {
            close(open.take(), &mut drafts);
        } else if is_index(line) && lines.peek().is_some_and(|next| next.contains("-->")) {
            // The index of the next cue.
        } else if let Some(block) = &mut open {
            block.add(line);
        }
    }
    close(open, &mut drafts);
    drafts
}

struct Block {
    start: Millis,
    end: Millis,
    words: String,
}

impl Block {
    fn add(&mut self, line: &str) {
        self.words.push_str(line);
        self.words.push('\n');
    }
}

/// One cue for each voice.
fn close(block: Option<Block>, drafts: &mut Vec<Draft>) {
    let Some(block) = block else { return };
    for voice in tags::voices(&block.words) {
        drafts.push(Draft {
            start: Some(block.start),
            end: Some(block.end),
            speaker: voice.name,
            text: voice.text,
        });
    }
}

fn is_index(line: &str) -> bool {
    let line = line.trim_matches(['\u{feff}', ' ', '\t']);
    !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit())
}

/// `start --> end [settings]`, or SBV's `start,end`.
fn timing(line: &str) -> Option<(Millis, Millis)> {
    if let Some((start, rest)) = line.split_once("-->") {
        let end = rest.split_whitespace().next()?;
        return Some((times::clock(start.trim_start_matches('\u{feff}'))?, times::clock(end)?));
    }
    let line = line.trim();
    if line.len() > 40 || !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (start, end) = line.split_once(',')?;
    if !(start.contains('.') && end.contains('.')) {
        return None;
    }
    Some((times::clock(start)?, times::clock(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(drafts: &[Draft]) -> Vec<&str> {
        drafts.iter().map(|draft| draft.text.trim()).collect()
    }

    #[test]
    fn sbv_and_missing_indices_are_read() {
        let sbv = "0:00:01.000,0:00:02.000\nhello\nthere\n\n0:00:03.000,0:00:04.000\nagain\n";
        assert_eq!(texts(&subrip(sbv)), ["hello\nthere", "again"]);
    }

    #[test]
    fn an_empty_line_inside_srt_loses_no_words() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\none\n\nstill one\n2\n00:00:02,000 --> 00:00:03,000\n42\n";
        assert_eq!(texts(&subrip(srt)), ["one\n\nstill one", "42"]);
    }

    #[test]
    fn identifiers_and_unreadable_times_of_webvtt_yield_nothing() {
        let vtt = "WEBVTT\n\nid 1\n00:01.000 --> 00:02.000\nyes\n\nid 2\nbad --> worse\nno\n";
        assert_eq!(texts(&webvtt(vtt)), ["yes"]);
    }
}
