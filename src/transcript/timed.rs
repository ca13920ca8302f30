//! Timed text: WebVTT (W3C), `SubRip` and SBV, with the mistakes that people and tools make in them.

use super::{
    cues::Draft,
    rolling::{Block, unroll},
    tags, times,
};
use crate::model::Millis;

/// Arrows that stand between two times; only the first is WebVTT's.
const ARROWS: [&str; 6] = ["-->", "—>", "–>", "->", "→", "=>"];

/// Whether a text has timing lines at all.
pub(super) fn has_timing_lines(text: &str) -> bool {
    text.lines().any(|line| loose_timing(line).is_some())
}

/// Reads WebVTT. Words reach to the next empty line; notes, styles and regions are passed over.
pub(super) fn webvtt(text: &str) -> Vec<Draft> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        if let Some((start, end)) = timing(line) {
            blocks.extend(open.take());
            open = Some(Block { start, end: Some(end), words: String::new() });
        } else if line.is_empty() {
            // A line with a space in it does not end a cue; YouTube writes such lines.
            blocks.extend(open.take());
        } else if line.contains("-->") {
            // A timing line that cannot be read: what follows belongs to no time.
            blocks.extend(open.take());
        } else if let Some(block) = &mut open {
            add(block, line);
        }
    }
    blocks.extend(open);
    drafts(blocks)
}

/// Reads `SubRip` and SBV. Words reach to the next timing line, across empty lines, which many files
/// have where they should not; the index before a timing line is taken off. Words under a timing line
/// that cannot be read begin where the cue above ended.
pub(super) fn subrip(text: &str) -> Vec<Draft> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end_matches('\r');
        if let Some((start, end)) = loose_timing(line) {
            blocks.extend(open.take());
            open = Some(Block { start, end, words: String::new() });
        } else if line.contains("-->") {
            let start = open.as_ref().map_or(0, |block| block.end.unwrap_or(block.start));
            blocks.extend(open.take());
            open = Some(Block { start, end: None, words: String::new() });
        } else if is_index(line) && lines.peek().is_some_and(|next| is_timing_line(next)) {
            // The index of the next cue.
        } else if let Some(block) = &mut open {
            add(block, line);
        }
    }
    blocks.extend(open);
    drafts(blocks)
}

fn add(block: &mut Block, line: &str) {
    block.words.push_str(line);
    block.words.push('\n');
}

/// One cue for each voice.
fn drafts(blocks: Vec<Block>) -> Vec<Draft> {
    let mut drafts = Vec::with_capacity(blocks.len());
    for block in unroll(blocks) {
        for voice in tags::voices(&block.words) {
            drafts.push(Draft {
                start: Some(block.start),
                end: block.end,
                speaker: voice.name,
                text: voice.text,
            });
        }
    }
    drafts
}

fn is_index(line: &str) -> bool {
    let line = line.trim_matches(['\u{feff}', ' ', '\t']);
    !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit())
}

fn is_timing_line(line: &str) -> bool {
    line.contains("-->") || loose_timing(line).is_some()
}

/// `start --> end [settings]`, as WebVTT has it, or SBV's `start,end`.
fn timing(line: &str) -> Option<(Millis, Millis)> {
    if let Some((start, rest)) = line.split_once("-->") {
        let end = rest.split_whitespace().next()?;
        return Some((clock(start)?, times::clock(end)?));
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

/// A timing line with any arrow, spaces within the times (`00:00:01, 000`), the index before it, or an
/// end that cannot be read.
fn loose_timing(line: &str) -> Option<(Millis, Option<Millis>)> {
    if line.len() > 200 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some((start, end)) = timing(line) {
        return Some((start, Some(end)));
    }
    let (arrow, (before, after)) =
        ARROWS.iter().find_map(|arrow| Some((*arrow, line.split_once(arrow)?)))?;
    let start = clock(before).or_else(|| clock(before.rsplit(char::is_whitespace).next()?));
    let start = start.or_else(|| clock(&before.replace(' ', "")))?;
    let end = times::clock(&after.replace(' ', ""));
    if arrow == "-->" {
        // Settings may follow; and with the true arrow half a line is enough.
        return Some((start, end.or_else(|| times::clock(after.split_whitespace().next()?))));
    }
    Some((start, Some(end?)))
}

fn clock(text: &str) -> Option<Millis> {
    times::clock(text.trim_start_matches('\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(drafts: &[Draft]) -> Vec<&str> {
        drafts.iter().map(|draft| draft.text.trim()).collect()
    }

    fn times(drafts: &[Draft]) -> Vec<(u64, Option<u64>)> {
        drafts.iter().map(|draft| (draft.start.unwrap_or(u64::MAX), draft.end)).collect()
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
    fn broken_timing_lines_of_srt_lose_no_words() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n00:00:02,000 --> 00:0x\ntwo\n\n\
                   3\nwhen? --> 00:00:09,000\nthree\n\n4\n00:00:10, 500 -> 00:00: 11,000\nfour\n";
        let drafts = subrip(srt);
        assert_eq!(texts(&drafts), ["one", "two", "three", "four"]);
        assert_eq!(
            times(&drafts),
            [(1000, Some(2000)), (2000, None), (2000, None), (10_500, Some(11_000))]
        );
    }

    #[test]
    fn a_line_with_a_space_does_not_end_a_cue_of_webvtt() {
        let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n \nthe<00:01.500><c> tide</c>\n\nno cue\n";
        assert_eq!(texts(&webvtt(vtt)), ["the tide"]);
    }

    #[test]
    fn identifiers_and_unreadable_times_of_webvtt_yield_nothing() {
        let vtt = "WEBVTT\n\nid 1\n00:01.000 --> 00:02.000\nyes\n\nid 2\nbad --> worse\nno\n";
        assert_eq!(texts(&webvtt(vtt)), ["yes"]);
    }
}
