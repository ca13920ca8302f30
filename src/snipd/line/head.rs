//! The head of a snip: a heading with a time, an address, or a play line below.

use std::sync::LazyLock;

use regex::Regex;

use super::super::times::{self, pattern};
use super::{heading, tags};

/// The head of a snip, as far as one line tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) struct Head {
    pub(in super::super) favorite: bool,
    pub(in super::super) title: String,
    pub(in super::super) time: Option<u64>,
    pub(in super::super) range: Option<(u64, u64)>,
    pub(in super::super) url: Option<String>,
    pub(in super::super) tags: Vec<String>,
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
pub(in super::super) fn head(line: &str) -> Option<Head> {
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
pub(in super::super) fn loose_head(words: &str) -> Head {
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
pub(in super::super) fn star(words: &str) -> (bool, &str) {
    let words = words.trim();
    for sign in STARS {
        if let Some(rest) = words.strip_prefix(sign) {
            return (true, rest.trim());
        }
    }
    (false, words)
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
}
