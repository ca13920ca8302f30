//! Dates as feeds write them: RFC 2822 and RFC 3339 with all their usual lies, and what is left.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use regex::{Captures, Regex};

use crate::model::UnixSeconds;

/// Reads a date. A missing zone means UTC, a wrong weekday is ignored, a missing time is midnight.
/// `None` if there is no date in the text.
pub(super) fn parse(text: &str) -> Option<UnixSeconds> {
    if text.len() > 200 {
        return None;
    }
    let text = half_width(text.trim());
    if let Some(seconds) = unix(&text) {
        return Some(seconds);
    }
    if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
        return Some(timestamp.as_second());
    }
    let (date, rest) = find_date(&text)?;
    let clock = find_clock(&rest);
    let (hour, minute, second) = clock.unwrap_or((0, 0, 0));
    let offset = if clock.is_some() { find_offset(&rest) } else { 0 };
    let moment = date.at(hour.min(23), minute, second.min(59), 0);
    let zone = TimeZone::fixed(Offset::from_seconds(offset).ok()?);
    let seconds = moment.to_zoned(zone).ok()?.timestamp().as_second();
    // 24:00 is the next midnight.
    Some(if hour == 24 { seconds + 3600 } else { seconds })
}

/// Seconds (10 digits) or milliseconds (13 digits) since the epoch, as some programs write them.
fn unix(text: &str) -> Option<UnixSeconds> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        10 => text.parse().ok(),
        13 => text.parse::<UnixSeconds>().ok().map(|millis| millis / 1000),
        _ => None,
    }
}

/// Full-width digits and colons become ASCII.
fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{a0}' | '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(narrow).collect()
}

struct Patterns {
    iso: Regex,
    compact: Regex,
    ordinal: Regex,
    named: Regex,
    month_first: Regex,
    slashed: Regex,
    year_month: Regex,
    clock: Regex,
    military: Regex,
    offset: Regex,
    zone: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let regex = |pattern: &str| Regex::new(pattern).ok();
    Some(Patterns {
        iso: regex(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일]?")?,
        compact: regex(r"^(\d{4})(\d{2})(\d{2})(?:\D|$)")?,
        ordinal: regex(r"^(\d{4})-?(\d{3})(?:\D|$)")?,
        named: regex(
            r"(?i)(\d{1,2})(?:st|nd|rd|th)?[\s.,\-/]*(?:de\s+)?(\p{L}{2,}|\d{1,2}月)[\s.,\-/]*(?:de\s+)?'?(\d{4}|\d{2})\b",
        )?,
        month_first: regex(
            r"(?i)(\p{L}{3,})[\s.]+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(.*?)\s)??(\d{4})\b",
        )?,
        slashed: regex(r"^\D*?(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")?,
        year_month: regex(r"^(\d{4})(?:-(\d{1,2}))?(?:\D|$)")?,
        clock: regex(
            r"(?i)(上午|下午|晚上|凌晨|오전|오후)?\s*(\d{1,2})\s*[:.时시]\s*(\d{1,2})(?:\s*[:.分분]\s*(\d{1,2}))?(?:[.,]\d+)?\s*([ap]\.?m\b)?",
        )?,
        military: regex(r"^\D*?\b([01]\d|2[0-3])([0-5]\d) [A-Z+\-]")?,
        offset: regex(r"([+\-−])\s?(\d{1,2})(?::?(\d{2}))?(?:\D|$)")?,
        zone: regex(r"\b([A-Z]{1,5})\b")?,
    })
});

/// Finds the date and gives the rest of the text, where the time is.
fn find_date(text: &str) -> Option<(Date, String)> {
    let patterns = PATTERNS.as_ref()?;
    let number = |found: &Captures<'_>, index: usize| -> Option<i16> {
        found.get(index)?.as_str().parse().ok()
    };
    let without = |found: &Captures<'_>| {
        let whole = found.get(0).map_or(0..0, |all| all.range());
        let (before, after) =
            (text.get(..whole.start).unwrap_or(""), text.get(whole.end..).unwrap_or(""));
        format!("{before} {after}")
    };
    if let Some(found) = patterns.iso.captures(text) {
        let date = day(number(&found, 1)?, number(&found, 2)?, number(&found, 3)?)?;
        return Some((date, without(&found)));
    }
    for found in patterns.named.captures_iter(text) {
        if let Some(month) = found.get(2).and_then(|name| month(name.as_str())) {
            let date = day(full_year(number(&found, 3)?), month, number(&found, 1)?)?;
            return Some((date, without(&found)));
        }
    }
    for found in patterns.month_first.captures_iter(text) {
        if let Some(month) = found.get(1).and_then(|name| month(name.as_str())) {
            let date = day(number(&found, 4)?, month, number(&found, 2)?)?;
            let between = found.get(3).map_or("", |between| between.as_str());
            return Some((date, format!("{} {between}", without(&found))));
        }
    }
    if let Some(found) = patterns.slashed.captures(text) {
        let (first, second) = (number(&found, 1)?, number(&found, 2)?);
        let (month, of_month) = if first > 12 { (second, first) } else { (first, second) };
        return Some((day(number(&found, 3)?, month, of_month)?, without(&found)));
    }
    if let Some(found) = patterns.compact.captures(text) {
        let date = day(number(&found, 1)?, number(&found, 2)?, number(&found, 3)?)?;
        return Some((date, without(&found)));
    }
    if let Some(found) = patterns.ordinal.captures(text) {
        let first = day(number(&found, 1)?, 1, 1)?;
        let days = jiff::Span::new().try_days(number(&found, 2)?.checked_sub(1)?).ok()?;
        return Some((first.checked_add(days).ok()?, without(&found)));
    }
    let found = patterns.year_month.captures(text)?;
    Some((day(number(&found, 1)?, number(&found, 2).unwrap_or(1), 1)?, String::new()))
}

/// A day of the calendar, after 1900 and before 2200: anything else is a slip of the pen.
fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1900..2200).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Two-digit years as RFC 2822 (4.3) reads them.
fn full_year(year: i16) -> i16 {
    match year {
        0..50 => year + 2000,
        50..100 => year + 1900,
        year => year,
    }
}

/// The beginnings of the names of the months in English, German, French, Spanish, Italian,
/// Portuguese, Dutch and Russian, and the Chinese names, as blog software writes them.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen", "янв", "一月"],
    &["feb", "fév", "fev", "фев", "二月"],
    &["mar", "mär", "maa", "mrt", "мар", "三月"],
    &["apr", "avr", "abr", "апр", "四月"],
    &["may", "mai", "mei", "mag", "май", "мая", "五月"],
    &["jun", "juin", "giu", "июн", "六月"],
    &["jul", "juil", "lug", "июл", "七月"],
    &["aug", "aoû", "ago", "авг", "八月"],
    &["sep", "set", "сен", "九月"],
    &["oct", "okt", "out", "ott", "окт", "十月"],
    &["nov", "ноя", "十一月"],
    &["dec", "dez", "déc", "dic", "дек", "十二月"],
];

/// The number of the month of that name.
fn month(name: &str) -> Option<i16> {
    let name = name.to_lowercase();
    if let Some(number) = name.strip_suffix('月').and_then(|number| number.parse().ok()) {
        return Some(number);
    }
    let is = |starts: &&[&str]| starts.iter().any(|start| name.starts_with(start));
    MONTHS.iter().position(is).and_then(|index| i16::try_from(index + 1).ok())
}

/// Hour (0–24), minute and second.
fn find_clock(text: &str) -> Option<(i8, i8, i8)> {
    let patterns = PATTERNS.as_ref()?;
    if let Some(found) = patterns.military.captures(text) {
        let number = |index: usize| found.get(index)?.as_str().parse::<i8>().ok();
        return Some((number(1)?, number(2)?, 0));
    }
    let found = patterns.clock.captures(text)?;
    let number =
        |index: usize| found.get(index).map_or(Ok(0), |field| field.as_str().parse::<i8>());
    let (mut hour, minute, second) = (number(2).ok()?, number(3).ok()?, number(4).ok()?);
    let half = found.get(1).or(found.get(5)).map(|half| half.as_str().to_lowercase());
    match half.as_deref() {
        Some("下午" | "晚上" | "오후") if hour < 12 => hour += 12,
        Some("上午" | "凌晨" | "오전") if hour == 12 => hour = 0,
        Some(half) if half.starts_with('p') && hour < 12 => hour += 12,
        Some(half) if half.starts_with('a') && hour == 12 => hour = 0,
        _ => {}
    }
    ((0..=24).contains(&hour) && minute < 60 && second <= 61).then_some((hour, minute, second))
}

/// Seconds east of UTC: `+0800`, `GMT+8`, `+08:00`, `EST`, `Z`; 0 for what is not known.
fn find_offset(text: &str) -> i32 {
    let Some(patterns) = PATTERNS.as_ref() else { return 0 };
    let clock_end = patterns.clock.find(text).map_or(0, |found| found.end());
    let text = text.get(clock_end..).unwrap_or_default();
    if let Some(found) = patterns.offset.captures(text) {
        let number = |index: usize| {
            found.get(index).and_then(|field| field.as_str().parse::<i32>().ok()).unwrap_or(0)
        };
        let (hours, minutes) = (number(2), number(3));
        if hours <= 14 && minutes < 60 {
            let seconds = hours * 3600 + minutes * 60;
            return if found.get(1).is_some_and(|sign| sign.as_str() == "+") {
                seconds
            } else {
                -seconds
            };
        }
    }
    patterns.zone.find_iter(text).find_map(|zone| named_zone(zone.as_str())).unwrap_or(0)
}

/// The zones of RFC 822 and the ones that feeds use besides; `CST` is the American one, as there.
fn named_zone(name: &str) -> Option<i32> {
    let hours = match name {
        "Z" | "UT" | "UTC" | "GMT" | "WET" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" | "AKDT" => -8,
        "AKST" => -9,
        "HST" => -10,
        "BST" | "CET" | "MEZ" | "WEST" => 1,
        "CEST" | "MESZ" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "HKT" | "SGT" | "AWST" => 8,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        "NZST" => 12,
        "NZDT" => 13,
        _ => return None,
    };
    Some(hours * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_all_their_usual_lies() {
        let noon: UnixSeconds = 1_714_996_800; // 2024-05-06T12:00:00Z
        for text in [
            "Mon, 06 May 2024 12:00:00 GMT",
            "Mon, 06 May 2024 12:00:00 +0000",
            "Sun, 6 May 2024 12:00:00 GMT",
            "06 May 2024 12:00",
            "Mon, 06 May 2024 20:00:00 GMT+8",
            "Mon, 06 May 2024 20:00:00 +08:00",
            "Mon, 06 May 24 08:00:00 EDT",
            "Monday, 6 May 2024 12:00:00 UTC",
            "2024-05-06T12:00:00Z",
            "2024-05-06T20:00:00+08:00",
            "2024-05-06 12:00:00",
            "2024-05-06T12:00",
            "2024-05-06T20:00:00.123+0800",
            "2024/5/6 12:00",
            "2024年5月6日 下午12:00",
            "2024年05月06日 12:00:00",
            "May 6, 2024 12:00 PM",
            "Mon May  6 12:00:00 2024",
            "05/06/2024 12:00:00",
            "lun., 06 mai 2024 12:00:00 +0000",
            "周一, 06 5月 2024 20:00:00 +0800",
            "星期一, 06 五月 2024 20:00:00 +0800",
            "06 May 24 1200 GMT",
            "1714996800",
            "1714996800123",
        ] {
            assert_eq!(parse(text), Some(noon), "{text}");
        }
    }

    #[test]
    fn days_without_a_time_begin_at_midnight() {
        for text in ["2024-05-06", "20240506", "2024-127", "06 May 2024", "2024年5月6日"] {
            assert_eq!(parse(text), Some(1_714_953_600), "{text}");
        }
        assert_eq!(parse("2024-05"), Some(1_714_521_600));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "2024-13-45", "00:00", "🙂", "-1", "99 Foo 2024"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
