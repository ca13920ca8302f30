//! A range as it is typed: `12:30-13:45 title`, in the ways that people write it.

use crate::model::{Millis, NewSnip, parse_time};

/// What is wrong with a typed range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeProblem {
    /// It does not begin with a time.
    NoTime,
    /// It ends before it begins, or is shorter than a second.
    Empty,
    /// It lies behind the end of the recording.
    Beyond,
}

/// Signs and words between two times.
const BETWEEN: &[&str] =
    &["-", "–", "—", "―", "−", "－", "~", "～", "〜", "→", "至", "到", "to ", "until "];

/// Reads `12:30-13:45 title`: any dash, `~`, 至 or 到 between the times, full-width digits and colons,
/// `H:MM:SS`, `M:SS` or seconds with an optional fraction. One time alone ends a range of `before`
/// milliseconds. A sign that no second time follows belongs to nothing: `12:30 – title`.
pub(super) fn read(text: &str, before: Millis) -> Result<NewSnip, RangeProblem> {
    let (first, rest) = time(text).ok_or(RangeProblem::NoTime)?;
    let behind = sign(rest);
    let (start_ms, end_ms, title) = match behind.and_then(time) {
        Some((second, title)) => (first, second, title),
        None => (first.saturating_sub(before), first, behind.unwrap_or(rest)),
    };
    if end_ms < start_ms.saturating_add(1_000) {
        return Err(RangeProblem::Empty);
    }
    let title = Some(crate::text::clean_line(title)).filter(|title| !title.is_empty());
    Ok(NewSnip { start_ms, end_ms, title, ..NewSnip::default() })
}

/// The time at the start and what follows it.
fn time(text: &str) -> Option<(Millis, &str)> {
    let text = text.trim_start();
    let mut plain = String::new();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let Some(c) = plain_sign(c) else { break };
        plain.push(c);
        end = at + text.get(at..)?.chars().next()?.len_utf8();
    }
    let rest = text.get(end..)?;
    // Digits glued to a letter are a word: `3D`.
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    Some((parse_time(&plain)?, rest))
}

/// A character of a time, in its half-width form.
fn plain_sign(c: char) -> Option<char> {
    match c {
        '0'..='9' | ':' | '.' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        '：' | '︰' | '∶' => Some(':'),
        '．' => Some('.'),
        _ => None,
    }
}

/// What follows the signs between two times, if there are some.
fn sign(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    let mut found = false;
    while let Some(after) = BETWEEN.iter().find_map(|sign| rest.strip_prefix(sign)) {
        (rest, found) = (after.trim_start(), true);
    }
    found.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> Result<(Millis, Millis, Option<String>), RangeProblem> {
        read(text, 60_000).map(|snip| (snip.start_ms, snip.end_ms, snip.title))
    }

    #[test]
    fn two_times_and_a_title_in_all_their_dresses() {
        let wanted = Ok((750_000, 825_000, Some("潮汐 tables".to_owned())));
        for text in [
            "12:30-13:45 潮汐 tables",
            "12：30—13：45  潮汐 tables",
            "１２：３０ ～ １３：４５ 潮汐 tables",
            "12:30 至 13:45潮汐 tables",
            "750 – 825 潮汐 tables",
            "0:12:30——0:13:45.0 潮汐 tables",
            " 12:30 to 13:45 潮汐 tables ",
        ] {
            assert_eq!(range(text), wanted, "{text}");
        }
        assert_eq!(range("1:02:03.5 – 1:05:00"), Ok((3_723_500, 3_900_000, None)));
    }

    #[test]
    fn one_time_ends_a_range() {
        assert_eq!(range("12:30"), Ok((690_000, 750_000, None)));
        assert_eq!(range("0:20 开头"), Ok((0, 20_000, Some("开头".to_owned()))));
        assert_eq!(range("12:30 - 三件事"), Ok((690_000, 750_000, Some("三件事".to_owned()))));
        assert_eq!(range("12:30 3D 打印"), Ok((690_000, 750_000, Some("3D 打印".to_owned()))));
    }

    #[test]
    fn what_is_no_range_says_why() {
        for text in ["", "潮汐", "-12:30", "12:99-13:00", "3D", "1:2:3:4"] {
            assert_eq!(range(text), Err(RangeProblem::NoTime), "{text}");
        }
        for text in ["13:45-12:30", "12:30-12:30", "12:30-12:30.9", "0"] {
            assert_eq!(range(text), Err(RangeProblem::Empty), "{text}");
        }
    }

    #[test]
    fn nothing_that_can_be_typed_breaks_it() {
        for text in ["99999999999999:00", "：", ".", "…", "9.", "1-", "1--", "到", "12:30 to"] {
            let _ = range(text);
        }
        assert_eq!(range("99999999999999:00"), Err(RangeProblem::NoTime));
    }
}
