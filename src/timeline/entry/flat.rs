//! A whole timeline in one line, as it comes out of pages that lost their line breaks.

use super::label::leads;
use super::pair::is_tied;
use super::{Entry, Role, is_sentence_end};
use crate::timeline::code::{Code, Form};
use crate::timeline::{context, title};

/// A whole timeline in one line: `时间轴： 1:32 a 3:16 b 8:53 c`, or titles first: `a 1:32, b 3:16`.
pub(super) fn flattened(
    line: usize,
    text: &str,
    before: &str,
    codes: &[Code],
) -> Option<Vec<Entry>> {
    // Ratios in titles are no codes of the list.
    let codes: Vec<&Code> =
        codes.iter().filter(|c| !matches!(c.form, Form::Short | Form::Odd)).collect();
    let falls = codes.windows(2).filter(|pair| match pair {
        [a, b] => a.reading.short() >= b.reading.short(),
        _ => false,
    });
    // A long list may have a slip or two, a short one none.
    if codes.len() < 3 || falls.count() * 8 > codes.len() {
        return None;
    }
    let gap = |place: usize| {
        let from = codes.get(place).map_or(0, |c| c.end);
        let to = codes.get(place + 1).map_or(text.len(), |c| c.range.start);
        text.get(from..to).unwrap_or_default()
    };
    let named = |gap: &str| gap.chars().any(char::is_alphabetic);
    if !(0..codes.len() - 1).all(|place| named(gap(place))) {
        return None;
    }
    let words = std::iter::once(before).chain((0..codes.len() - 1).map(gap));
    let tied = words.filter(|words| is_tied(words)).count();
    if tied * 3 > codes.len() {
        return None;
    }
    let tail = gap(codes.len() - 1);
    let leading = leads(before) || announces(before) || codes.len() >= 5;
    let (role, titles): (Role, Vec<String>) = if named(tail) && leading {
        (
            Role::Lead,
            (0..codes.len())
                .map(|place| title::after_code(without_number(without_next_part(gap(place)))))
                .collect(),
        )
    } else if !named(tail) && named(before) && !is_sentence_end(tail) {
        let gaps = (0..codes.len() - 1).map(gap);
        let titles = std::iter::once(before).chain(gaps);
        (
            Role::Trail,
            titles.map(|gap| title::before_code(gap.trim_start_matches(is_trail_mark))).collect(),
        )
    } else {
        return None;
    };
    let entry =
        |(code, title): (&&Code, String)| Entry { line, code: (*code).clone(), role, title };
    Some(codes.iter().zip(titles).map(entry).collect())
}

fn is_trail_mark(c: char) -> bool {
    c.is_whitespace() || title::is_closing(c) || "、，,;；/|｜。.".contains(c)
}

/// Whether the words before the first code of a line end like an announcement or a sentence.
fn announces(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(title::is_opening).trim_end();
    before.ends_with(['：', ':', '】', '|', '｜', '。', '！', '!', '?', '？', '.'])
        || context::is_heading(before.rsplit(['。', '！', ' ']).next().unwrap_or_default())
}

/// `尾声 【音乐】…`: what the page put behind the timeline.
fn without_next_part(gap: &str) -> &str {
    match gap.find('【') {
        Some(at) if gap.get(..at).is_some_and(|head| head.chars().any(char::is_alphanumeric)) => {
            gap.get(..at).unwrap_or(gap)
        }
        _ => gap,
    }
}

/// The number of the next item at the end of this one: `开场 2、` → `开场`.
fn without_number(gap: &str) -> &str {
    let end = gap.trim_end_matches(|c: char| c.is_whitespace() || title::is_opening(c));
    let bare = end.trim_end_matches(['、', '.', '．', ')', '）']);
    let stem = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = bare.len() - stem.len();
    if bare.len() < end.len() && (1..=2).contains(&digits) && stem.ends_with(char::is_whitespace) {
        return stem;
    }
    gap
}
