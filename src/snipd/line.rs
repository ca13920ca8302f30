//! Lines with their numbers, and what a single line is.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

use super::{
    callout,
    times::{self, pattern},
};
pub(super) use play::{is_play, names_a_snip, says_play_snip, tapped, words_behind};

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

/// The head of a snip, as far as one line tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Head {
    pub(super) favorite: bool,
    pub(super) title: String,
    pub(super) time: Option<u64>,
    pub(super) range: Option<(u64, u64)>,
    pub(super) url: Option<String>,
    pub(super) tags: Vec<String>,
}

static TIME_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let clock = times::CLOCK;
    pattern(&format!(
        r"^[`*_]*\\?[\[【［]\s*({clock})(?:\s*[-–—~]\s*({clock}))?\s*\\?[\]】］][`*_]*(?:\((https?://[^)\s]+)\))?\s*(.*)$"
    ))
});

static BARE_TIME_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let clock = times::CLOCK;
    pattern(&format!(
        r"^[(（`*_]*({clock})(?:\s*[-–—~]\s*({clock}))?(?:[)）`*_]+[\s:：|·.-]*|[\s:：|·.-]+|$)(.*)$"
    ))
});

static LINK_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\[(.*)\]\((https?://share\.snipd\.com/[^)\s]*snip[^)\s]*)\)\s*(.*)$")
});

/// Reads a heading as the head of a snip: it has a time in brackets or an address of a snip.
pub(super) fn head(line: &str) -> Option<Head> {
    let (level, words) = heading(line)?;
    if level == 1 {
        return None;
    }
    let (favorite, words) = star(words);
    if let Some(found) = TIME_FIRST.captures(words) {
        let first = times::clock(found.get(1)?.as_str())?;
        let second = found.get(2).and_then(|time| times::clock(time.as_str()));
        let (later_star, title) = star(found.get(4)?.as_str());
        return Some(Head {
            favorite: favorite || later_star,
            title: title.to_owned(),
            time: second.is_none().then_some(first),
            range: second.map(|second| (first, second)),
            url: found.get(3).map(|url| url.as_str().to_owned()),
            tags: Vec::new(),
        });
    }
    let found = LINK_FIRST.captures(words)?;
    let after = found.get(3)?.as_str();
    Some(Head {
        favorite,
        title: found.get(1)?.as_str().to_owned(),
        time: None,
        range: times::range_in(after),
        url: Some(found.get(2)?.as_str().to_owned()),
        tags: tags(after).unwrap_or_default(),
    })
}

/// Reads the words of a heading that stands above a play line, and so is the head of a snip: they may
/// begin with a time in any dress.
pub(super) fn loose_head(words: &str) -> Head {
    let (mut favorite, mut words) = star(words);
    for sign in STARS {
        if let Some(rest) = words.strip_suffix(sign) {
            (favorite, words) = (true, rest.trim_end());
        }
    }
    let plain = || Head { favorite, title: words.to_owned(), ..Head::default() };
    let Some(found) = BARE_TIME_FIRST.captures(words) else { return plain() };
    let time = |index| found.get(index).and_then(|time| times::clock(time.as_str()));
    let (Some(first), second) = (time(1), time(2)) else { return plain() };
    let (later_star, title) = star(found.get(3).map_or("", |title| title.as_str()));
    Head {
        favorite: favorite || later_star,
        title: title.to_owned(),
        time: second.is_none().then_some(first),
        range: second.map(|second| (first, second)),
        ..Head::default()
    }
}

const STARS: [&str; 4] = ["⭐\u{fe0f}", "⭐", "🌟", "★"];

/// Takes a star off the front.
pub(super) fn star(words: &str) -> (bool, &str) {
    let words = words.trim();
    for sign in STARS {
        if let Some(rest) = words.strip_prefix(sign) {
            return (true, rest.trim());
        }
    }
    (false, words)
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
    fn heads_of_all_exports_are_known() {
        let manual = head("### [01:11] Untitled").unwrap();
        assert_eq!((manual.time, manual.title.as_str()), (Some(71_000), "Untitled"));
        let plugin =
            head("###  ⭐ [为什么 [x] 重要](https://share.snipd.com/snip/u-1) [[声音]] [[a b]]")
                .unwrap();
        assert!(plugin.favorite);
        assert_eq!(plugin.title, "为什么 [x] 重要");
        assert_eq!(plugin.tags, ["声音", "a b"]);
        let notion = head("### [13:08](https://share.snipd.com/snip/u-2) 1min").unwrap();
        assert_eq!((notion.time, notion.url.is_some()), (Some(788_000), true));
        assert_eq!(head("### ✨ Key takeaways"), None);
        assert_eq!(head("### [not a time] x"), None);
    }

    #[test]
    fn heads_in_other_dress_are_known_too() {
        for words in
            ["### 【01：11】 题", "### ［01:11］题", "### `[01:11]` 题", "### **[01:11]** 题"]
        {
            let head = head(words).unwrap();
            assert_eq!((head.time, head.title.as_str()), (Some(71_000), "题"), "{words}");
        }
        for words in ["(01:11) 题", "01:11 题", "（01：11）题", "⭐ 01:11 - 题", "01:11：题"]
        {
            let head = loose_head(words);
            assert_eq!((head.time, head.title.as_str()), (Some(71_000), "题"), "{words}");
        }
        assert_eq!(loose_head("01:11 - 02:12 题").range, Some((71_000, 132_000)));
        assert_eq!(loose_head("1984 年").title, "1984 年");
    }

    #[test]
    fn a_line_of_tags_holds_nothing_else() {
        assert_eq!(tag_line("- **Tags:** #a, [[b c]]"), Some(vec!["a".into(), "b c".into()]));
        assert_eq!(tag_line("Tags: #a and more"), None);
        assert_eq!(tag_line("Tags:"), None);
    }
}
