//! The grammar of codes: numbers with colons, quotes or units between them.

use super::{Code, Form, Reading};
use crate::model::Millis;

/// A line as characters with their byte offsets.
pub(super) type Chars = [(usize, char)];

pub(super) fn char_at(chars: &Chars, at: usize) -> Option<char> {
    chars.get(at).map(|(_, c)| *c)
}

fn offset(chars: &Chars, at: usize, len: usize) -> usize {
    chars.get(at).map_or(len, |(offset, _)| *offset)
}

/// The value of an ASCII or full-width digit.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

/// Whether there is a digit, ASCII or full-width, at `at`.
pub(super) fn is_digit(chars: &Chars, at: usize) -> bool {
    char_at(chars, at).and_then(digit).is_some()
}

/// Colons of all widths.
pub(super) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：' | '∶' | '꞉' | '︰' | '﹕' | 'ː')
}

fn is_minute_quote(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '′' | '＇' | '`' | '´')
}

/// How many digits stand at `at`.
pub(super) fn run(chars: &Chars, at: usize) -> usize {
    chars.iter().skip(at).take_while(|(_, c)| digit(*c).is_some()).count()
}

/// The number of `count` digits at `at`; `None` for more than three digits.
pub(super) fn number(chars: &Chars, at: usize, count: usize) -> Option<u32> {
    if !(1..=3).contains(&count) {
        return None;
    }
    chars.iter().skip(at).take(count).try_fold(0, |sum, (_, c)| Some(sum * 10 + digit(*c)?))
}

/// The place after the digits and colons at `at`, at least one further: a part of what is no code
/// is no code either.
pub(super) fn after_digits(chars: &Chars, at: usize) -> usize {
    let mut end = at;
    while is_digit(chars, end)
        || (end > at && char_at(chars, end).is_some_and(is_colon) && is_digit(chars, end + 1))
    {
        end += 1;
    }
    end.max(at + 1)
}

/// The code that begins at `at`, and the place after it.
pub(super) fn code(chars: &Chars, at: usize, len: usize) -> Option<(Code, usize)> {
    let count = run(chars, at);
    let first = number(chars, at, count)?;
    let next = at + count;
    let (reading, form, end) = colons(chars, first, next)
        .or_else(|| quotes(chars, first, next))
        .or_else(|| units(chars, at))?;
    let mut code = build(chars, at..end, reading, form, len);
    code.cut = other_colon(chars, at..end).map(|cut| offset(chars, cut, len));
    Some((code, end))
}

pub(super) fn build(
    chars: &Chars,
    at: std::ops::Range<usize>,
    reading: Reading,
    form: Form,
    len: usize,
) -> Code {
    let end = offset(chars, at.end, len);
    Code { range: offset(chars, at.start, len)..end, reading, form, until: None, end, cut: None }
}

type Parsed = (Reading, Form, usize);

/// `M:SS`, `H:MM:SS`, with an optional fraction of three digits.
fn colons(chars: &Chars, first: u32, at: usize) -> Option<Parsed> {
    let colon = |at: usize| char_at(chars, at).is_some_and(is_colon) && is_digit(chars, at + 1);
    if !colon(at) {
        return None;
    }
    let second_at = at + 1;
    let count = run(chars, second_at);
    if count > 2 || !colon(second_at + count) {
        let (second, form, end) = last(chars, second_at, count)?;
        // A ratio such as 1:1000 is no time.
        let odd = form == Form::Glued && at > 0 && first < 10 && run(chars, at - 1) < 2 && {
            !is_digit(chars, at.wrapping_sub(2))
        };
        if odd || colon(end) {
            return None;
        }
        let (ms, end) = fraction(chars, end);
        let reading = match ms {
            0 => Reading::Two(first, second),
            _ => Reading::Exact((u64::from(first) * 60 + u64::from(second)) * 1000 + ms),
        };
        return Some((reading, form, end));
    }
    let second = number(chars, second_at, count).filter(|n| *n < 60)?;
    let third_at = second_at + count + 1;
    let Some((third, form, end)) = last(chars, third_at, run(chars, third_at)) else {
        // `00:08：80 years ago`: the second colon of another width belongs to the title.
        let other = count == 2 && differ(chars, at, third_at - 1);
        return other.then_some((Reading::Two(first, second), Form::Plain, third_at - 1));
    };
    if colon(end) && !differ(chars, third_at - 1, end) {
        return None;
    }
    let form = if form == Form::Glued { Form::Plain } else { form };
    let (ms, end) = fraction(chars, end);
    let seconds = (u64::from(first) * 60 + u64::from(second)) * 60 + u64::from(third);
    Some((Reading::Exact(seconds * 1000 + ms), form, end))
}

/// The place of a second colon that is of another width than the first, if what stands behind it
/// goes on into the title.
fn other_colon(chars: &Chars, code: std::ops::Range<usize>) -> Option<usize> {
    let goes_on = char_at(chars, code.end).is_some_and(char::is_alphanumeric);
    let mut colons = code.filter(|i| char_at(chars, *i).is_some_and(is_colon));
    let (first, second) = (colons.next()?, colons.next()?);
    let two_digits = second.checked_sub(first) == Some(3);
    (goes_on && differ(chars, first, second) && two_digits).then_some(second)
}

/// Whether two colons are of different width.
fn differ(chars: &Chars, first: usize, second: usize) -> bool {
    let ascii = |at: usize| char_at(chars, at).map(|c| c.is_ascii());
    ascii(first) != ascii(second)
}

/// The last part: two digits below 60, whatever digits follow; or one digit alone.
fn last(chars: &Chars, at: usize, count: usize) -> Option<(u32, Form, usize)> {
    let take = count.min(2);
    let value = number(chars, at, take).filter(|n| *n < 60)?;
    let form = match count {
        1 => Form::Short,
        2 => Form::Plain,
        _ => Form::Glued,
    };
    Some((value, form, at + take))
}

/// `.500` after the seconds, in milliseconds.
fn fraction(chars: &Chars, at: usize) -> (Millis, usize) {
    if matches!(char_at(chars, at), Some('.' | ','))
        && run(chars, at + 1) == 3
        && let Some(ms) = number(chars, at + 1, 3)
    {
        return (u64::from(ms), at + 4);
    }
    (0, at)
}

/// `26‘48`, `08'52''`, `4’56″`.
fn quotes(chars: &Chars, minutes: u32, at: usize) -> Option<Parsed> {
    if !char_at(chars, at).is_some_and(is_minute_quote) || run(chars, at + 1) != 2 {
        return None;
    }
    let seconds = number(chars, at + 1, 2).filter(|n| *n < 60)?;
    let mut end = at + 3;
    for _ in 0..2 {
        let closes = |c: char| is_minute_quote(c) || matches!(c, '"' | '″' | '”' | '“' | '＂');
        if char_at(chars, end).is_some_and(closes) {
            end += 1;
        }
    }
    let ms = (u64::from(minutes) * 60 + u64::from(seconds)) * 1000;
    Some((Reading::Exact(ms), Form::Spelled, end))
}

const HOURS: &[&str] = &["个小时", "小时", "小時", "時", "时", "hr", "h", "H"];
const MINUTES: &[&str] = &["分钟", "分鐘", "分", "min", "m", "M", "'"];
const SECONDS: &[&str] = &["秒钟", "秒", "sec", "s", "S"];

/// `23分4秒`, `1小时5分`, `1h02m03s`: at least two units, or minutes with two digits
/// behind or `第` before.
fn units(chars: &Chars, at: usize) -> Option<Parsed> {
    let mut seconds = 0;
    let mut end = at;
    let mut parts = 0;
    let (mut fits, mut hours) = (true, false);
    let nth = at.checked_sub(1).and_then(|i| char_at(chars, i)) == Some('第');
    let mut minutes = false;
    for (names, size, most) in [(HOURS, 3600, 99), (MINUTES, 60, 999), (SECONDS, 1, 59)] {
        let start = if parts > 0 && char_at(chars, end) == Some(' ') { end + 1 } else { end };
        let count = run(chars, start);
        let Some(value) = number(chars, start, count) else { break };
        let bare = size == 1 && parts > 0 && !hours && count == 2;
        match unit(chars, start + count, names) {
            Some(after) => end = after,
            None if bare
                && unit(chars, start + count, &["%", "个", "人", "年", "岁"]).is_none() =>
            {
                end = start + count;
            }
            None => continue,
        }
        fits &= value <= most && (parts == 0 || value < 60);
        hours |= size == 3600;
        minutes |= size == 60;
        seconds += u64::from(value) * size;
        parts += 1;
    }
    (fits && (parts >= 2 || (nth && minutes))).then_some((
        Reading::Exact(seconds * 1000),
        Form::Spelled,
        end,
    ))
}

/// The place after one of `names` at `at`; a Latin unit must not be the beginning of a word.
pub(super) fn unit(chars: &Chars, at: usize, names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| {
        let end = at + name.chars().count();
        let fits = name.chars().zip(at..).all(|(c, i)| char_at(chars, i) == Some(c));
        let latin = name.is_ascii();
        let word = latin && char_at(chars, end).is_some_and(|c| c.is_ascii_alphabetic());
        (fits && !word).then_some(end)
    })
}
