//! What stands right before and behind a code and shows that it is none: addresses, clock times with
//! `pm`, prices, versions, verses.

use super::Reading;
use super::scan::{Chars, is_colon, is_digit};

/// How far back an address is looked for.
const MAX_WORD: usize = 300;

/// Whether the characters around `start..end` leave the code a code.
pub(super) fn allows(chars: &Chars, start: usize, end: usize, reading: Reading) -> bool {
    let clock = match reading {
        Reading::Two(hour @ 0..=24, _) => is_of_day(chars, end, hour),
        _ => false,
    };
    before(chars, start) && behind(chars, end) && !clock && !in_address(chars, start)
}

fn at(chars: &Chars, index: usize) -> Option<char> {
    chars.get(index).map(|(_, c)| *c)
}

fn before(chars: &Chars, start: usize) -> bool {
    let Some(previous) = start.checked_sub(1).and_then(|i| at(chars, i)) else { return true };
    match previous {
        '/' | '=' | '+' | '$' | '¥' | '€' | '£' | '￥' | '_' | '\\' => false,
        // `1.00:42` is the first item of a list, `1.2:30` inside a sentence is not.
        '.' | ',' => !is_digit(chars, start.wrapping_sub(2)) || is_number_of_item(chars, start),
        c if is_colon(c) => !is_digit(chars, start.wrapping_sub(2)),
        '-' | '–' => !is_digit(chars, start.wrapping_sub(2)) || is_end_of_range(chars, start),
        c if (c as u32) < 0x2e80 => !c.is_alphabetic(),
        _ => true,
    }
}

/// `1.` or `12.` with nothing but marks before it.
fn is_number_of_item(chars: &Chars, start: usize) -> bool {
    let digits = (0..start - 1).rev().take_while(|i| is_digit(chars, *i)).count();
    let head = chars.iter().take((start - 1).saturating_sub(digits));
    digits <= 2 && head.clone().count() < 8 && head.clone().all(|(_, c)| !c.is_alphanumeric())
}

/// Whether the digits before a dash belong to a code (`00:00-03:20`) and not to a date.
fn is_end_of_range(chars: &Chars, start: usize) -> bool {
    let digits = (0..start - 1).rev().take_while(|i| is_digit(chars, *i)).count();
    let mark = (start - 1).checked_sub(digits + 1).and_then(|i| at(chars, i));
    mark.is_some_and(|c| is_colon(c) || "'’‘′".contains(c))
}

fn behind(chars: &Chars, end: usize) -> bool {
    let Some(next) = at(chars, end) else { return true };
    match next {
        '%' | '％' | '°' => false,
        '/' => !is_digit(chars, end + 1),
        // Verses: `5:27-32`. A range of times has a colon in its second half.
        '-' | '–' | '—' => !is_digit(chars, end + 1) || has_colon_soon(chars, end + 1),
        _ => true,
    }
}

fn has_colon_soon(chars: &Chars, from: usize) -> bool {
    let digits = (from..chars.len()).take_while(|i| is_digit(chars, *i)).take(4).count();
    at(chars, from + digits).is_some_and(|c| is_colon(c) || "'’‘′分".contains(c) || digits > 2)
}

/// `pm`, `a.m.`, `Uhr`, `GMT`, the `Z` of a date, with or without a space before.
fn is_of_day(chars: &Chars, end: usize, hour: u32) -> bool {
    let skip = usize::from(at(chars, end) == Some(' '));
    let rest = || chars.iter().skip(end + skip).map(|(_, c)| *c);
    let word: String =
        rest().take(6).take_while(|c| c.is_ascii_alphabetic() || *c == '.').collect();
    let cut = rest().nth(word.chars().count()).is_some_and(char::is_alphanumeric);
    if cut {
        return false;
    }
    let letters: String = word.chars().filter(|c| *c != '.').collect();
    // Halves of the day have twelve hours: `27:55 PM's work`, `00:30 PM's work` are titles.
    let half = (1..=12).contains(&hour) && ["AM", "PM", "am", "pm"].contains(&letters.as_str());
    let zone = ["Uhr", "UTC", "GMT", "CET", "PST", "EST"].contains(&letters.as_str());
    half || zone || (skip == 0 && matches!(letters.as_str(), "Z" | "h"))
}

/// Whether the word that the code stands in is an address.
fn in_address(chars: &Chars, start: usize) -> bool {
    let word = chars.iter().take(start).rev().take(MAX_WORD).map(|(_, c)| *c);
    let back: String = word.take_while(char::is_ascii_graphic).collect();
    back.contains("//:") || back.contains(".www") || (back.contains('@') && back.contains('.'))
}
