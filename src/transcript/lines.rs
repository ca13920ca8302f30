//! Transcripts as lines: `[00:01:02] words`, `00:03 Name: words`, `Name 00:03` above its words,
//! Markdown with times, and text without any.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    cues::{Draft, tally},
    speakers, tags, times,
};

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by a test")]
static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    // A time, perhaps in brackets and bold, perhaps a range, at the beginning of a line.
    Regex::new(concat!(
        r"^(?:#{1,6}\s+|[-*+]\s+|>\s*)?(?:\*\*|__|`)?\s*[\[(【（<]?\s*",
        r"(\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?)",
        r"(?:\s*(?:-->|-|–|—|~|～|to|至|到)\s*(\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?))?",
        r"\s*[\])】）>]?(?:\((?:https?:|#|\?|/)[^()\s]*\))?\s*(?:\*\*|__|`)?\s*[:：|｜-]?\s*",
    ))
    .expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by a test")]
static TRAILING: LazyLock<Regex> = LazyLock::new(|| {
    // `发言人1   00:02`, `**Ann Lee** (00:02)`: a short name, then a time, and nothing else.
    Regex::new(concat!(
        r"^(?:#{1,6}\s+)?(?:\*\*|__)?\s*([^\s:：,，。!！?？][^:：,，。!！?？]{0,39}?)\s*[:：]?\s*(?:\*\*|__)?\s*",
        r"[\[(（]?(\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?)[\])）]?\s*(?:\*\*|__)?\s*[:：]?$",
    ))
    .expect("a constant pattern")
});

/// Longest line that is looked at for a time, in bytes; the time stands at its beginning.
const LOOKED_AT: usize = 300;

/// Reads lines. With at least one timed line, text before the first time (titles, tables of contents)
/// is passed over and untimed lines continue the cue above; without any, each paragraph is a cue.
pub(super) fn cues(text: &str) -> Vec<Draft> {
    let (_, text) = crate::text::split_front_matter(text);
    let mut drafts: Vec<Draft> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || is_contents(line) {
            continue;
        }
        if let Some(draft) = timed(line) {
            drafts.push(draft);
        } else if let Some(last) = drafts.last_mut() {
            // A heading between passages is the editor's, not said by anybody.
            if line.starts_with('#') && line.trim_start_matches('#').starts_with(' ') {
                continue;
            }
            continue_cue(last, line);
        }
    }
    if drafts.is_empty() {
        return paragraphs(text);
    }
    take_heads(&mut drafts);
    drafts
}

/// `00:01 发言人1` above its words: the rest of the timed line is a name, where such names come again.
fn take_heads(drafts: &mut [Draft]) {
    let head = |draft: &Draft| {
        let (head, body) = draft.text.split_once('\n')?;
        let head = head.trim_matches(['*', ' ']);
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

/// A line that begins with a time, or is a name with a time.
fn timed(line: &str) -> Option<Draft> {
    if let Some(found) = LEADING.captures(head(line)) {
        let start = found.get(1).and_then(|time| times::clock(&ascii(time.as_str())))?;
        let end = found.get(2).and_then(|time| times::clock(&ascii(time.as_str())));
        let whole = found.get(0)?.end();
        let rest = line.get(whole..)?;
        // `12:30pm`, `3:45%`, `1:30:xx` are no times of the recording.
        if rest.starts_with(|c: char| c.is_ascii_digit() || c == '%') {
            return None;
        }
        return Some(Draft { start: Some(start), end, speaker: None, text: plain(rest) });
    }
    if line.len() > 120 {
        return None;
    }
    let found = TRAILING.captures(line)?;
    let name = found.get(1)?.as_str();
    let start = times::clock(&ascii(found.get(2)?.as_str()))?;
    let words = name.split_whitespace().count();
    (words <= 4).then(|| Draft {
        start: Some(start),
        end: None,
        speaker: Some(name.trim_matches(['*', '_', ' ']).to_owned()),
        text: String::new(),
    })
}

fn head(line: &str) -> &str {
    let end = (0..=LOOKED_AT.min(line.len())).rev().find(|end| line.is_char_boundary(*end));
    line.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn ascii(time: &str) -> String {
    time.replace('：', ":")
}

/// An entry of a table of contents: a link to a place in the same page.
fn is_contents(line: &str) -> bool {
    line.contains("](#") && line.ends_with(')')
}

/// A line without the marks of Markdown and HTML; `**Name:** words` keeps its marks for the search of
/// speakers.
fn plain(line: &str) -> String {
    let line = line.trim_start_matches(['#', '>']).trim();
    let text: String = tags::voices(line).into_iter().map(|voice| voice.text).collect();
    if text.starts_with("**") { text } else { text.replace("**", "") }
}

/// Paragraphs of a text without times. Lines that each begin with a name are cues of their own.
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
    drafts
}

/// A short word and a colon: whether it is a name is decided over the whole text.
fn begins_with_name(line: &str) -> bool {
    let line = line.trim_start_matches('*');
    line.find([':', '：']).and_then(|at| line.get(..at)).is_some_and(|name| {
        !name.is_empty() && name.chars().count() <= 24 && !name.contains("http")
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn said(text: &str) -> Vec<(u64, Option<String>, String)> {
        let transcript = parse(text.as_bytes(), None).unwrap();
        transcript.cues.into_iter().map(|c| (c.start_ms, c.speaker, c.text)).collect()
    }

    fn start_of(line: &str) -> Option<u64> {
        timed(line)?.start
    }

    #[test]
    fn the_patterns_compile_and_times_are_found_in_all_dresses() {
        for line in [
            "[00:01:02] 好",
            "00:01:02 好",
            "**[1:02]** 好",
            "(1:02) 好",
            "- 1:02 好",
            "【01:02】好",
            "01：02 好",
            "## [00:01:02] 好",
            "01:02 - 01:09 好",
            "[01:02](https://example.org/a?t=62) 好",
        ] {
            assert_eq!(start_of(line), Some(62_000), "{line}");
        }
        for line in ["好 01:02 的时候我们说了很多话", "1:2 比分", "比例是 16:9", "12:300 个"]
        {
            assert_eq!(start_of(line), None, "{line}");
        }
    }

    #[test]
    fn lines_with_times_are_cues_and_the_title_is_none() {
        let text = "---\ntitle: 某一期\n---\n# 某一期\n\n[00:00:00] 大家好  \n[00:00:07] 林晚：欢迎\n还有一句\n\n[00:00:11] 林晚：嗯";
        assert_eq!(
            said(text),
            [
                (0, None, "大家好".into()),
                (7000, Some("林晚".into()), "欢迎还有一句".into()),
                (11_000, Some("林晚".into()), "嗯".into())
            ]
        );
    }

    #[test]
    fn a_name_with_a_time_stands_above_its_words() {
        let text = "发言人1   00:02\n大家好。\n\n发言人2 00:09\n你好。\n我是周南。\n";
        assert_eq!(
            said(text),
            [
                (2000, Some("发言人1".into()), "大家好。".into()),
                (9000, Some("发言人2".into()), "你好。我是周南。".into())
            ]
        );
    }

    #[test]
    fn a_name_may_follow_the_time_above_its_words() {
        let text =
            "00:00 林晚\n大家好。\n\n00:09 周南\n你好。\n\n00:12 林晚\n嗯。\n\n00:15 周南\n好。";
        let names: Vec<_> = said(text).into_iter().filter_map(|cue| cue.1).collect();
        assert_eq!(names, ["林晚", "周南", "林晚", "周南"]);
    }

    #[test]
    fn text_without_times_is_read_by_paragraphs() {
        let text = "**Ann Lee:** Hello there,\nall of you.\n\n**Bo:** Hi.\n\n*[laughter]*\n";
        assert_eq!(
            said(text),
            [
                (0, Some("Ann Lee".into()), "Hello there, all of you.".into()),
                (0, Some("Bo".into()), "Hi.".into()),
                (0, None, "*[laughter]*".into())
            ]
        );
    }
}
