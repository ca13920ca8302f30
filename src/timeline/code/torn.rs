//! A code at the beginning of a line that has been torn apart by spaces (`0  1:1  3  :  53`), as
//! happens when a page puts single digits into elements of their own.

use super::scan::{Chars, build, char_at, code, digit, is_colon, is_digit};
use super::{Code, Form, Reading};

/// Most digits and colons that are looked at.
const MAX_KEPT: usize = 12;

/// The torn code that a line begins with, and the place after it. Only the full form, or spaces
/// around the one colon, so that a number before a code is not swallowed; and never more than the
/// code: the title may begin with digits.
pub(super) fn torn(chars: &Chars, len: usize) -> Option<(Code, usize)> {
    let start = chars.iter().position(|(_, c)| c.is_alphanumeric())?;
    if !is_digit(chars, start) || start > 8 {
        return None;
    }
    // `02:20: 35 years` is whole; what stands behind the second colon is the title.
    if let Some((code, end)) = code(chars, start, len)
        && code.form == Form::Plain
        && char_at(chars, end).is_some_and(is_colon)
    {
        return None;
    }
    let mut kept: Vec<(usize, char)> = Vec::new();
    // How many were kept at each end of a run, and where it ends.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (at, (_, c)) in chars.iter().enumerate().skip(start) {
        if digit(*c).is_some() || is_colon(*c) {
            kept.push((0, *c));
            if kept.len() > MAX_KEPT {
                break;
            }
        } else if c.is_whitespace() {
            ends.push((kept.len(), at));
        } else {
            ends.push((kept.len(), at));
            break;
        }
    }
    if kept.len() <= MAX_KEPT {
        ends.push((kept.len(), chars.len()));
    }
    ends.dedup_by_key(|(count, _)| *count);
    ends.into_iter().rev().find_map(|(count, end)| {
        let kept = kept.get(..count).unwrap_or_default();
        let reading = joined(chars, start..end, kept)?;
        Some((build(chars, start..end, reading, Form::Plain, len), end))
    })
}

/// What the kept characters of a range say, if they are a whole code with spaces where a page tears
/// one apart.
fn joined(chars: &Chars, range: std::ops::Range<usize>, kept: &[(usize, char)]) -> Option<Reading> {
    let plain = |at: usize| is_digit(chars, at) || char_at(chars, at).is_some_and(is_colon);
    let gaps = || range.clone().filter(|i| !plain(*i));
    if kept.len() > 8 || gaps().next().is_none() {
        return None;
    }
    let colons = kept.iter().filter(|(_, c)| is_colon(*c)).count();
    let beside_colon = |i: usize| {
        let before = (range.start..i).rev().find(|i| plain(*i)).and_then(|i| char_at(chars, i));
        let after = (i..range.end).find(|i| plain(*i)).and_then(|i| char_at(chars, i));
        before.is_some_and(is_colon) || after.is_some_and(is_colon)
    };
    let behind_colon = |i: usize| chars.iter().take(i).skip(range.start).any(|(_, c)| is_colon(*c));
    let tight = gaps().all(beside_colon);
    let full = colons == 2 && kept.len() == 8;
    let half = colons == 1 && kept.len() == 5 && gaps().all(|i| beside_colon(i) || behind_colon(i));
    if !(full || half || (tight && colons >= 1 && kept.len() >= 4)) {
        return None;
    }
    let (code, used) = code(kept, 0, 0)?;
    // A whole time that stands unbroken is not to be glued to the number before it.
    let whole = used == kept.len() && code.form == Form::Plain;
    (whole && !(full && !tight && unbroken(chars, range))).then_some(code.reading)
}

/// Whether the digits from the second word on are a whole `H:MM:SS`.
fn unbroken(chars: &Chars, mut range: std::ops::Range<usize>) -> bool {
    let end = range.end;
    let gap = range.find(|i| char_at(chars, *i).is_some_and(char::is_whitespace));
    let word = gap.and_then(|gap| (gap..end).find(|i| is_digit(chars, *i)));
    word.and_then(|at| code(chars, at, 0))
        .is_some_and(|(code, used)| used == end && matches!(code.reading, Reading::Exact(_)))
}
