//! Times in lines of text: `[00:01:02] words`, `00:03 - 00:09 words`, `Name 00:12`, `Name (00:12): words`.

use std::sync::LazyLock;

use regex::Regex;

use super::times;
use crate::model::Millis;

/// A time as a group of a pattern.
macro_rules! time {
    () => {
        r"(\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?)"
    };
}

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by a test")]
static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    // A time, perhaps in brackets and bold, perhaps a range, at the beginning of a line.
    Regex::new(concat!(
        r"^(?:#{1,6}\s+|[-*+•·]\s+|>\s*)?(?:\*\*|__|`)?\s*\\?[\[(【（<{]?\s*",
        time!(),
        r"(?:\s*(?:-->|-|–|—|~|～|to|至|到|→)\s*",
        time!(),
        r")?\s*\\?[\])】）>}]?(?:\((?:https?:|#|\?|/)[^()\s]*\))?\s*(?:\*\*|__|`)?\s*[:：|｜-]?\s*",
    ))
    .expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by a test")]
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    // `发言人1   00:02`, `**Ann Lee** (00:02)`, `Ann [00:02]: words`: a short name, then a time.
    Regex::new(concat!(
        r"^(?:#{1,6}\s+)?(?:\*\*|__)?\s*([^\s:：,，。!！?？\d\[(（【][^:：,，。!！?？\[(（【]{0,39}?)\s*[:：]?\s*(?:\*\*|__)?\s*",
        r"(\\?[\[(（【])?",
        time!(),
        r"(?:\\?[\])）】])?\s*(?:\*\*|__)?\s*[:：]?(?:\s+|$)(.*)$",
    ))
    .expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by a test")]
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    // A further stamp of LRC, where one line is sung more than once.
    Regex::new(concat!(r"^\[", time!(), r"\]\s*")).expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by a test")]
static AFTER_NAME: LazyLock<Regex> = LazyLock::new(|| {
    // `**Ann:** \[10:12\] words`: a time now and then in a text that has none elsewhere.
    Regex::new(concat!(
        r"^(\*\*[^*\n]{1,60}\*\*\s*[:：]?\s*|[^\s:：\[(]{1,30}[:：]\s*)?\\?[\[(]",
        time!(),
        r"\\?[\])]\s*",
    ))
    .expect("a constant pattern")
});

/// Longest line that is looked at for a time, in bytes; the time stands at its beginning.
const LOOKED_AT: usize = 300;

/// What the beginning of a line says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp<'a> {
    pub(super) start: Millis,
    pub(super) end: Option<Millis>,
    pub(super) name: Option<&'a str>,
    /// The words after it; may be empty.
    pub(super) rest: &'a str,
    /// More times of the same words.
    pub(super) again: Vec<Millis>,
}

/// A line that begins with a time.
pub(super) fn leading(line: &str) -> Option<Stamp<'_>> {
    let found = LEADING.captures(head(line))?;
    let start = found.get(1).and_then(|time| clock(time.as_str()))?;
    let end = found.get(2).and_then(|time| clock(time.as_str()));
    let mut rest = line.get(found.get(0)?.end()..)?;
    // `12:30pm`, `3:45%`, `1:30:xx` are no times of the recording.
    let lower = rest.get(..2).unwrap_or_default().to_ascii_lowercase();
    if rest.starts_with(|c: char| c.is_ascii_digit() || c == '%') || lower == "am" || lower == "pm"
    {
        return None;
    }
    let mut again = Vec::new();
    while let Some(found) = LATER.captures(head(rest)) {
        again.extend(found.get(1).and_then(|time| clock(time.as_str())));
        rest = rest.get(found.get(0)?.end()..)?;
    }
    Some(Stamp { start, end, name: None, rest, again })
}

/// A line that begins with a short name and a time; words on the same line only after a time in
/// brackets, or where the caller knows the name.
pub(super) fn named(line: &str) -> Option<(Stamp<'_>, bool)> {
    let found = NAMED.captures(head(line))?;
    let name = found.get(1)?.as_str().trim_matches(['*', '_', ' ', '>']);
    let start = clock(found.get(3)?.as_str())?;
    let rest = line.get(found.get(4)?.start()..)?.trim();
    let sure = rest.is_empty() || found.get(2).is_some();
    let short = name.split_whitespace().count() <= 4 && !name.is_empty();
    short.then_some((Stamp { start, end: None, name: Some(name), rest, again: Vec::new() }, sure))
}

/// A paragraph with a time in brackets at its beginning or after its name: the time, and the paragraph
/// without it.
pub(super) fn aside(paragraph: &str) -> Option<(Millis, String)> {
    let found = AFTER_NAME.captures(head(paragraph))?;
    let start = clock(found.get(2)?.as_str())?;
    let name = found.get(1).map_or("", |name| name.as_str());
    Some((start, format!("{name}{}", paragraph.get(found.get(0)?.end()..)?)))
}

fn head(line: &str) -> &str {
    let end = (0..=LOOKED_AT.min(line.len())).rev().find(|end| line.is_char_boundary(*end));
    line.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn clock(time: &str) -> Option<Millis> {
    times::clock(&time.replace('：', ":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_found_in_all_dresses() {
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
            "\\[01:02\\] 好",
            "[01:02.00]好",
        ] {
            let stamp = leading(line);
            assert_eq!(stamp.map(|s| (s.start, s.rest)), Some((62_000, "好")), "{line}");
        }
        let long =
            ["好 01:02 的时候我们说了很多话", "1:2 比分", "比例是 16:9", "12:300 个", "1:30pm"];
        for line in long {
            assert_eq!(leading(line), None, "{line}");
        }
        let sung = leading("[00:12.00][01:15.50]潮水").unwrap();
        assert_eq!((sung.start, sung.again, sung.rest), (12_000, vec![75_500], "潮水"));
    }

    #[test]
    fn a_name_may_stand_before_the_time() {
        for line in
            ["林晚 00:12", "林晚（00:12）", "**林晚** [00:12]", "林晚：00:12", "## 林晚 00:12"]
        {
            let (stamp, sure) = named(line).unwrap();
            assert_eq!(
                (stamp.start, stamp.name, stamp.rest, sure),
                (12_000, Some("林晚"), "", true)
            );
        }
        let (stamp, sure) = named("Ann Lee (00:12): out it goes").unwrap();
        assert_eq!((stamp.name, stamp.rest, sure), (Some("Ann Lee"), "out it goes", true));
        let (stamp, sure) = named("发言人1 00:12 大家好").unwrap();
        assert_eq!((stamp.name, stamp.rest, sure), (Some("发言人1"), "大家好", false));
        assert!(named("我们说好 9:30, then more").is_none_or(|(_, sure)| !sure));
    }
}
