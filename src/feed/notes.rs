//! Which of several texts of an item are its show notes, and plain text out of marked-up lines.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::entity;

/// Show notes beyond this many bytes are cut.
const MAX_NOTES: usize = 2 * 1024 * 1024;
/// One-line texts beyond this many bytes are cut.
const MAX_LINE: usize = 4096;
/// How much of each text is looked at to compare it with the others.
const LOOKED_AT: usize = 256 * 1024;

static TELLING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?:\d{1,3}:)?\d{1,3}[:：]\d{2}|https?://[^\s"'<>）)]+"#).ok());
static INLINE_TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    )
    .ok()
});

/// The text that says most: the one with most different timestamps and links, then the longest.
/// Of equals the first.
pub(super) fn richest(candidates: impl IntoIterator<Item = Option<String>>) -> String {
    let mut best: Option<((usize, usize), String)> = None;
    for text in candidates.into_iter().flatten() {
        let weight = (telling(cut(&text, LOOKED_AT)), text.len());
        if best.as_ref().is_none_or(|(known, _)| weight > *known) {
            best = Some((weight, text));
        }
    }
    let text = best.map(|(_, text)| text).unwrap_or_default();
    crate::text::clean(cut(&text, MAX_NOTES)).trim().to_owned()
}

fn telling(text: &str) -> usize {
    let found = TELLING.iter().flat_map(|regex| regex.find_iter(text));
    found.map(|found| found.as_str().trim_end_matches('/')).collect::<HashSet<_>>().len()
}

/// One line of plain text out of a line that may be marked up (`A &amp;amp; B`, `<b>`): inline tags
/// go, references are resolved. `None` if nothing is left.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = cut(text, MAX_LINE);
    let untagged = match INLINE_TAG.as_ref() {
        Some(regex) if text.contains('<') => regex.replace_all(text, ""),
        _ => text.into(),
    };
    let line = crate::text::clean_line(&entity::unescape(&untagged));
    Some(line).filter(|line| !line.is_empty())
}

/// A description: cleaned, bounded, markup kept.
pub(super) fn description(text: &str) -> Option<String> {
    let text = crate::text::clean(cut(text, MAX_NOTES)).trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}

/// The text up to `max` bytes, not splitting a character.
pub(super) fn cut(text: &str, max: usize) -> &str {
    text.get(..text.floor_char_boundary(max)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_and_links_beat_length() {
        let short = "00:10 a <a href=\"https://a.example\">x</a>";
        let long = "A long text that says nothing that one could jump to.";
        assert_eq!(richest([Some(long.to_owned()), Some(short.to_owned())]), short);
        assert_eq!(richest([Some("ab".to_owned()), Some("abc".to_owned())]), "abc");
        assert_eq!(richest([None, None]), "");
    }

    #[test]
    fn titles_lose_their_markup_and_nothing_else() {
        assert_eq!(plain("<b>A &amp; B</b><br/>").as_deref(), Some("A & B"));
        assert_eq!(plain("Vec<T> < 3 > 2").as_deref(), Some("Vec<T> < 3 > 2"));
        assert_eq!(plain(" \n "), None);
    }
}
