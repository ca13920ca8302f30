//! Codes with a slip of the pen (`12；30`, `12.30`, `1:02;33`) or with one unit alone (`12分`). Each
//! could be many other things, so that they are looked for at the beginning of a line only and
//! need a list that they fit.

use super::scan::{Chars, build, char_at, is_colon, is_digit, number, run, unit};
use super::{Code, Form, Reading};

/// What makes a number a price, a share or an amount.
const UNITS: &[&str] = &[
    "%", "％", "元", "万", "亿", "倍", "块", "岁", "年", "月", "日", "号", "版", "寸", "米", "公",
    "千", "度", "℃", "°", "个", "折", "小时", "天", "分", "秒", "kg", "km", "cm", "mm", "k", "K",
    "m", "M", "G", "GB", "MB", "L", "ml", "Euro", "EUR", "USD", "RMB", "€", "$", "￥", "x", "X",
    "h",
];

/// Minutes or hours alone.
const ALONE: &[(&str, u64)] = &[
    ("分钟", 60),
    ("分鐘", 60),
    ("分", 60),
    ("min", 60),
    ("小时", 3600),
    ("小時", 3600),
    ("个小时", 3600),
    ("h", 3600),
];

/// The odd code that a line begins with.
pub(super) fn odd(chars: &Chars, len: usize) -> Option<Code> {
    let start = chars.iter().position(|(_, c)| c.is_alphanumeric())?;
    if !is_digit(chars, start) || start > 8 {
        return None;
    }
    let count = run(chars, start);
    let first = number(chars, start, count)?;
    let next = start + count;
    slipped(chars, start, first, len).or_else(|| alone(chars, start..next, first, len))
}

/// Two or three parts, of which one sign between is no colon.
fn slipped(chars: &Chars, start: usize, first: u32, len: usize) -> Option<Code> {
    let mut at = start + run(chars, start);
    let colon_first = char_at(chars, at).is_some_and(is_colon);
    let point_first = matches!(char_at(chars, at), Some('.' | '．' | ',' | '，' | '。'));
    let mut parts = vec![u64::from(first)];
    let mut marks = Vec::new();
    while parts.len() < 3
        && let Some(after) = mark(chars, at)
        && run(chars, after) == 2
    {
        marks.extend(chars.get(at..after).into_iter().flatten().map(|(_, c)| *c));
        parts.push(u64::from(number(chars, after, 2).filter(|n| *n < 60)?));
        at = after + 2;
    }
    let proper = marks.len() + 1 == parts.len() && marks.iter().all(|c| is_colon(*c));
    let goes_on = mark(chars, at).is_some_and(|after| is_digit(chars, after));
    let skip = usize::from(char_at(chars, at) == Some(' '));
    // `12:30，45 years later`: a good code and a title.
    let title = colon_first && parts.len() == 3 && !matches!(marks.last(), Some(';' | '；'));
    // `1.00:42`: the first item and its code.
    let item = point_first && marks.iter().any(|c| is_colon(*c));
    if title
        || item
        || parts.len() < 2
        || proper
        || goes_on
        || unit(chars, at + skip, UNITS).is_some()
    {
        return None;
    }
    let reading = match parts.as_slice() {
        [a, b] => Reading::Two(u32::try_from(*a).ok()?, u32::try_from(*b).ok()?),
        [a, b, c] => Reading::Exact(((a * 60 + b) * 60 + c) * 1000),
        _ => return None,
    };
    Some(build(chars, start..at, reading, Form::Odd, len))
}

/// The place after a colon, after what is typed for one, or after two of them.
fn mark(chars: &Chars, at: usize) -> Option<usize> {
    let is_mark = |c: char| is_colon(c) || matches!(c, '.' | '．' | '。' | ';' | '；' | ',' | '，');
    let one = char_at(chars, at).is_some_and(is_mark);
    let two =
        char_at(chars, at).is_some_and(is_colon) && char_at(chars, at + 1).is_some_and(is_colon);
    one.then_some(at + 1 + usize::from(two))
}

/// `12分 title`, `第12分钟 title`, `1小时 title`.
fn alone(chars: &Chars, number: std::ops::Range<usize>, value: u32, len: usize) -> Option<Code> {
    let (name, size) = ALONE.iter().find(|(name, _)| unit(chars, number.end, &[name]).is_some())?;
    let end = number.end + name.chars().count();
    let next = char_at(chars, end);
    // `3分之一`, `5分钱`, `2小时车程`: only what is set off is a code.
    let set_off = next.is_none_or(|c| !c.is_alphanumeric());
    (set_off && value < 600)
        .then(|| Reading::Exact(u64::from(value) * size * 1000))
        .map(|reading| build(chars, number.start..end, reading, Form::Odd, len))
}
