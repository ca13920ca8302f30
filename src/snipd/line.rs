//! Lines with their numbers, and what a single line is.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

use super::{callout, times::pattern};
pub(super) use head::{Head, head, loose_head, star};
pub(super) use play::{is_play, names_a_snip, says_play_snip, tapped, words_behind};

mod head;
mod play;

/// A line of the file; `number` counts from 1.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: Cow<'a, str>,
}

/// The lines of a text. An outline (Logseq) is flattened: indentation goes, and the bullets before
/// headings and players. Callouts that hold a snip or show notes are opened.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let text = text.trim_start_matches('\u{feff}');
    split(text, is_outline(text))
}

/// The lines of a part of a note, which is no outline whatever it begins with.
pub(super) fn lines_of_part(text: &str) -> Vec<Line<'_>> {
    split(text, false)
}

fn split(text: &str, is_outline: bool) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = text
        .lines()
        .enumerate()
        .map(|(index, line)| {
            let line = line.trim_end_matches('\r');
            let text = if is_outline { Cow::Owned(flat(line)) } else { Cow::Borrowed(line) };
            Line { number: index + 1, text }
        })
        .collect();
    callout::open(&mut lines);
    lines
}

/// Whether a text is an outline from its first line on (properties of the page may stand above), with
/// headings among its bullets.
fn is_outline(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.contains(":: "));
    first.is_some_and(|line| line.starts_with("- "))
        && text.lines().any(|line| {
            line.trim_start().strip_prefix("- ").is_some_and(|rest| heading(rest).is_some())
        })
}

/// What Logseq keeps for itself beside a block.
fn is_block_property(line: &str) -> bool {
    ["collapsed:: ", "id:: ", "heading:: "].iter().any(|key| line.starts_with(key))
}

fn flat(line: &str) -> String {
    let line = line.trim_start();
    if is_block_property(line) {
        return String::new();
    }
    match line.strip_prefix("- ") {
        Some(rest)
            if heading(rest).is_some()
                || is_play(rest)
                || rest.starts_with("<audio")
                || rest.starts_with("#+")
                || rest.starts_with("![") =>
        {
            rest.to_owned()
        }
        _ => line.to_owned(),
    }
}

/// Level (1–6) and words of a heading.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line.get(level..)?;
    let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
    ((1..=6).contains(&level) && ends).then_some((level, rest.trim()))
}

/// Words of a heading without marks, pictures and case: `#### **📚 Transcript**` is `transcript`.
pub(super) fn plain_heading(words: &str) -> String {
    let kept: String =
        words.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || *c == '/').collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The player for browsers: `<audio controls> <source src="…#t=00:00,01:11"> </audio>`.
pub(super) fn is_audio(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("<audio") || line.starts_with("<source") || line.starts_with("</audio")
}

/// Snipd's own player, which only works in Obsidian.
pub(super) fn is_embed(line: &str) -> bool {
    line.trim_start().starts_with("<iframe") && line.contains("snipd.com/embed")
}

/// The advertisement at the end of a file.
pub(super) fn is_footer(line: &str) -> bool {
    line.trim_start().starts_with("Created with [Snipd]")
}

/// A rule between passages.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'*'))
}

/// Whether a line is a heading that links to a snip at Snipd.
pub(super) fn snip_address_in_heading(line: &str) -> bool {
    heading(line).is_some_and(|(_, words)| words.contains("](https://share.snipd.com/snip/"))
}

static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[\[([^\[\]]+)\]\]|#([^\s#,，\[\]]+)"));

/// The tags of a text that holds nothing else; `None` where it does.
pub(super) fn tags(text: &str) -> Option<Vec<String>> {
    let others = TAG.replace_all(text, "");
    if !others.chars().all(|c| c.is_whitespace() || ",，、·|".contains(c)) {
        return None;
    }
    let tags: Vec<String> = TAG
        .captures_iter(text)
        .filter_map(|found| found.get(1).or_else(|| found.get(2)))
        .map(|tag| crate::text::clean_line(tag.as_str().split("\\|").next().unwrap_or_default()))
        .filter(|tag| !tag.is_empty())
        .collect();
    (!tags.is_empty()).then_some(tags)
}

/// `- **Tags:** [[a]] #b`, `Tags: #a`, `- Tags:: #a`.
pub(super) fn tag_line(line: &str) -> Option<Vec<String>> {
    let line = line.trim().trim_start_matches(['-', ' ']).trim_start_matches("**");
    let names = ["Tags", "tags", "标签", "標籤"];
    let rest = names.iter().find_map(|name| line.strip_prefix(name))?.trim_start_matches("**");
    tags(rest.strip_prefix([':', '：'])?.trim_start_matches([':', '*', ' ']))
}

/// A heading above tags: `#### 🏷 Tags`.
pub(super) fn is_tag_heading(line: &str) -> bool {
    heading(line).is_some_and(|(_, words)| matches!(plain_heading(words).as_str(), "tags" | "标签"))
}

/// The target of the last link of a line.
pub(super) fn target(line: &str) -> Option<&str> {
    let (_, rest) = line.rsplit_once("](")?;
    let url = rest.rsplit_once(')').map_or(rest, |(url, _)| url).trim();
    (!url.is_empty()).then_some(url)
}

/// The last address of a line, also in brackets that were typed or converted by hand: `】(…)`, `]（…）`,
/// `<…>`.
pub(super) fn loose_target(line: &str) -> Option<&str> {
    target(line).or_else(|| {
        let at = line.rfind("http://").or_else(|| line.rfind("https://"))?;
        line.get(at..)?.split(|c: char| c.is_whitespace() || ")）>\"'".contains(c)).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_tags_holds_nothing_else() {
        assert_eq!(tag_line("- **Tags:** #a, [[b c]]"), Some(vec!["a".into(), "b c".into()]));
        assert_eq!(tag_line("Tags: #a and more"), None);
        assert_eq!(tag_line("Tags:"), None);
    }
}
