//! Breaks that UAX #14 allows and the setting of Chinese, Korean and numbers does not.

use unicode_width::UnicodeWidthChar;

use crate::text::layout::punctuation::{closes, opens};

/// Whether the setting of Chinese, Korean or numbers forbids a break that UAX #14 allows.
pub(super) fn is_barred(text: &str, at: usize) -> bool {
    let Some((head, tail)) = text.split_at_checked(at) else { return false };
    let Some(next) = tail.chars().next() else { return false };
    if closes(next) {
        return true;
    }
    let mut before = head.chars().rev();
    let Some(last) = before.next() else { return false };
    if last == ' ' {
        let word = head.trim_end_matches(' ');
        return word.chars().next_back().is_some_and(|c| {
            opens(c) || (c.is_ascii_digit() && head.len() - word.len() == 1 && is_unit(tail))
        });
    }
    if opens(last) {
        return true;
    }
    match (last, next) {
        ('·' | '‧', next) => next.is_ascii(),
        ('—', '—') => true,
        ('：' | '∶' | '～' | '〜' | '–', next) if next.is_ascii_digit() => {
            before.next().is_some_and(|c| c.is_ascii_digit())
        }
        (last, next) if last.is_ascii_digit() => counts(next),
        ('-' | '/' | '‐', next) if next.is_ascii_alphanumeric() => is_short_compound(head, tail),
        (last, next) => is_hangul(last) && is_hangul(next),
    }
}

/// Ideographs that go with the number before them.
fn counts(c: char) -> bool {
    "年月日号號时時点點分秒万萬亿億千百元块塊美欧角岁歲倍度米公克斤吨噸里个個名家位次条條页頁章节節期集岁种種代届".contains(c)
}

/// Whether a text begins with a unit that is written behind a space.
fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 46] = [
        "mm", "cm", "m", "km", "nm", "g", "kg", "mg", "t", "s", "ms", "min", "h", "Hz", "kHz",
        "MHz", "GHz", "W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "A", "Ah",
        "mAh", "K", "B", "KB", "MB", "GB", "TB", "PB", "kB", "px", "pt", "dB", "fps", "bps",
        "Mbps", "Gbps", "°C",
    ];
    if text.chars().next().is_some_and(|c| !c.is_ascii() && counts(c)) {
        return true;
    }
    let end = text.find(|c: char| !c.is_alphabetic() && c != '°').unwrap_or(text.len());
    // A word of a Chinese text may follow the unit at once.
    let unit = text.get(..end).unwrap_or_default();
    let unit = unit.split(is_east_asian).next().unwrap_or_default();
    UNITS.contains(&unit)
}

/// Whether a hyphen or slash joins parts too short to stand alone on a line: less than three letters.
fn is_short_compound(head: &str, tail: &str) -> bool {
    let joint = head.chars().next_back();
    let letters = |c: &char| c.is_alphabetic() && !is_east_asian(*c);
    let before = head.chars().rev().skip(1).take_while(letters).take(3).count();
    let after = tail.chars().take_while(letters).take(3).count();
    joint == Some('/') || before < 3 || after < 3
}

pub(super) fn is_east_asian(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(2) && !is_hangul(c)
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}')
}
