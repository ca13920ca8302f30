//! What lines without a code look like: headings of sections or points.

use crate::timeline::line::Line;
use crate::timeline::title;

/// Longest heading of a section, in characters.
pub(super) const MAX_SECTION: usize = 40;

/// A section's name without the marks around it; `None` if nothing is left.
pub(super) fn heading(text: &str) -> Option<String> {
    let marks = |c: char| c.is_whitespace() || title::is_dash(c) || "#|｜=*：:/".contains(c);
    let mut name = text.trim_matches(marks);
    let inner =
        name.strip_prefix(title::is_opening).and_then(|n| n.strip_suffix(title::is_closing));
    if let Some(inner) = inner.filter(|inner| !inner.contains(title::is_closing)) {
        name = inner.trim_matches(marks);
    }
    let name = title::line(name);
    (!name.is_empty()).then_some(name)
}

pub(super) fn is_dash_line(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(title::is_dash) && !text.ends_with(title::is_dash)
}

/// `【开场】`, `#自我#`, `｜方法论｜`, `- 主播的话 -`.
pub(super) fn is_wrapped(text: &str) -> bool {
    let text = text.trim();
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    let same =
        first == last && (matches!(first, '#' | '|' | '｜' | '/' | '=') || title::is_dash(first));
    let brackets = matches!(
        (first, last),
        ('【', '】') | ('[', ']') | ('［', '］') | ('〖', '〗') | ('〔', '〕')
    );
    text.chars().count() > 2 && text.chars().count() <= MAX_SECTION && (same || brackets)
}

/// `Part 2 …`, `第三部分 …`.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.trim();
    let word = text.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches(['：', ':', '.', '、']).to_lowercase();
    let part = word.strip_prefix("part").is_some_and(|n| n.chars().count() <= 2);
    let numbered = text.strip_prefix('第').is_some_and(|rest| {
        let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
        let tail = rest.trim_start_matches(number);
        tail.len() < rest.len()
            && (tail.starts_with("部分") || tail.starts_with(['章', '篇', '幕']))
    });
    part || numbered
}

/// Whether a line looks like the heading of what follows rather than like a point.
pub(super) fn looks_like_heading(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let count = text.chars().count();
    if line.heading || is_wrapped(text) {
        return true;
    }
    if count > MAX_SECTION || title::has_bullet(text) {
        return false;
    }
    let first = text.chars().next();
    let symbol = first.is_some_and(|c| {
        !c.is_alphanumeric()
            && !c.is_ascii()
            && !"“‘「『《（〈…！？。，、；：～".contains(c)
            && !title::is_opening(c)
    });
    let colon = text.ends_with(['：', ':']) && count <= 24;
    line.bold || is_label(text) || symbol || colon
}
