//! The names of authors without the words and dates that stand beside them.

use crate::text::clean_line;

/// A longer line is a sentence in the wrong place.
const MAX_NAME: usize = 120;
const BEFORE: [&str; 15] = [
    "written by: ",
    "written by ",
    "posted by ",
    "published by ",
    "reviewed by ",
    "by: ",
    "by ",
    "von ",
    "par ",
    "por ",
    "作者：",
    "作者:",
    "撰文：",
    "文/",
    "文｜",
];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Words of templates and buttons.
const NO_NAMES: [&str; 10] = [
    "author",
    "the author",
    "admin",
    "administrator",
    "name",
    "unknown",
    "anonymous",
    "share",
    "null",
    "undefined",
];

/// The names alone; `None` if nothing is left that could be one.
pub(super) fn normal(written: &str) -> Option<String> {
    let line = clean_line(written);
    let mut name = line.as_str();
    for before in BEFORE {
        let head = name.get(..before.len());
        if head.is_some_and(|head| head.to_lowercase() == before) {
            name = name.get(before.len()..).unwrap_or_default().trim_start();
        }
    }
    let name =
        without_date(name).trim_matches(|c: char| c.is_whitespace() || "|·•-–—,，:：*".contains(c));
    let lower = name.to_lowercase();
    let is_name = name.chars().any(char::is_alphabetic)
        && name.len() <= MAX_NAME
        && !NO_NAMES.contains(&lower.as_str())
        && !lower.starts_with("http")
        && !lower.starts_with("follow ")
        && !name.contains(['@', '{', '<', '。'])
        && !(name.contains('.') && !name.contains(' ') && name.is_ascii() && name.len() > 20);
    is_name.then(|| name.to_owned())
}

/// Cuts off a date behind a name: `Zhou Ye May 1, 2024`, `林夏 2024-05-01`.
fn without_date(name: &str) -> &str {
    let year = name.match_indices("20").find(|(at, _)| {
        let rest = name.get(*at..).unwrap_or_default();
        rest.len() >= 4 && rest.bytes().take(4).all(|byte| byte.is_ascii_digit())
    });
    let Some((year, _)) = year else { return name };
    let before = name.get(..year).unwrap_or_default();
    // The month stands before the year, or nothing of the date does.
    let month = MONTHS.iter().filter_map(|month| before.rfind(month)).max();
    let cut = before.get(..month.unwrap_or(before.len())).unwrap_or_default();
    cut.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || ",/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_beside_a_name_go() {
        for (written, name) in [
            ("By Zhou Ye", Some("Zhou Ye")),
            ("Written by: Zhou Ye", Some("Zhou Ye")),
            ("Zhou Ye - May 1, 2024 8:02 pm", Some("Zhou Ye")),
            ("Zhou Ye 1 May 2024", Some("Zhou Ye")),
            ("林夏 2024-05-01", Some("林夏")),
            ("作者：林夏", Some("林夏")),
            ("Byron May", Some("Byron May")),
            ("104363", None),
            ("name, email@a.example", None),
            ("The Author", None),
            ("page.head.extra.author", None),
            ("https://a.example/u", None),
            ("", None),
        ] {
            assert_eq!(normal(written).as_deref(), name, "{written}");
        }
    }
}
