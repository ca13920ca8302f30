//! Dates as pages write them, in one form.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::rfc2822};

use crate::text::clean_line;

/// Longer texts hold more than a date.
const MAX_LENGTH: usize = 100;
/// In English, and in other languages where they begin otherwise.
const MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "agosto",
    "septembre",
    "oktober",
    "novembre",
    "dezember",
];

/// RFC 3339 where the date can be read, else as written on one line. A time without an offset is
/// Chinese time on a Chinese page; on others only the date is certain, and only the date is kept.
pub(super) fn normal(written: &str, is_chinese: bool) -> String {
    in_language(written, is_chinese.then_some("zh"))
}

/// The same for a page in a language, which says what `01/05/2024` means.
pub(super) fn in_language(written: &str, language: Option<&str>) -> String {
    let line = clean_line(written);
    let order = Order::of(language);
    let read = if line.len() > MAX_LENGTH { None } else { read(&line, order) };
    let Some(moment) = read else { return line };
    let china = Offset::constant(8);
    let is_chinese = language.is_some_and(|language| language.starts_with("zh"));
    match (moment.time, moment.offset) {
        (Some(time), Some(offset)) => with_offset(moment.date.to_datetime(time), offset),
        (Some(time), None) if is_chinese => with_offset(moment.date.to_datetime(time), china),
        _ => moment.date.to_string(),
    }
}

/// A moment that is given in seconds since the epoch, in Chinese time.
pub(super) fn from_unix(seconds: i64) -> Option<String> {
    let moment = Timestamp::from_second(seconds).ok()?;
    let offset = Offset::constant(8);
    Some(with_offset(offset.to_datetime(moment), offset))
}

/// Whether a text is a date that can be read.
pub(super) fn is_date(written: &str) -> bool {
    written.len() <= MAX_LENGTH && read(written, Order::Unknown).is_some()
}

fn with_offset(moment: DateTime, offset: Offset) -> String {
    let seconds = offset.seconds();
    let zone = if seconds == 0 {
        "Z".to_owned()
    } else {
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.unsigned_abs() / 60;
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    };
    format!("{}{zone}", moment.strftime("%Y-%m-%dT%H:%M:%S"))
}

struct Moment {
    date: Date,
    time: Option<Time>,
    offset: Option<Offset>,
}

fn read(line: &str, order: Order) -> Option<Moment> {
    let moment = standard(line).or_else(|| unix(line)).or_else(|| loose(line, order))?;
    (1900..=2200).contains(&moment.date.year()).then_some(moment)
}

fn standard(line: &str) -> Option<Moment> {
    if let Ok(pieces) = Pieces::parse(line) {
        let offset = pieces.to_numeric_offset();
        return Some(Moment { date: pieces.date(), time: pieces.time(), offset });
    }
    let zoned = rfc2822::parse(line).ok()?;
    Some(Moment { date: zoned.date(), time: Some(zoned.time()), offset: Some(zoned.offset()) })
}

/// Ten digits are seconds since the epoch, thirteen are milliseconds.
fn unix(line: &str) -> Option<Moment> {
    let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: i64 = match line.len() {
        10 if is_number => line.parse().ok()?,
        13 if is_number => line.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let moment = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(Moment { date: moment.date(), time: Some(moment.time()), offset: Some(Offset::UTC) })
}

/// `2024年5月1日 08:30`, `2024/5/1`, `May 1, 2024 8:30 pm`, `1 May 2024`: a year of four digits with a
/// month and a day beside it.
fn loose(line: &str, order: Order) -> Option<Moment> {
    let (date, _) = find_in(line, order)?;
    Some(Moment { date, time: clock(line), offset: None })
}

/// Which number of `01/05/2024` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    MonthFirst,
    DayFirst,
    Unknown,
}

impl Order {
    /// Americans write the month first, all but the English-speaking the day.
    fn of(language: Option<&str>) -> Order {
        match language {
            Some("en-US") => Order::MonthFirst,
            None | Some("en") => Order::Unknown,
            // The year stands first there, so this is something else.
            Some(tag) if ["zh", "ja", "ko"].iter().any(|east| tag.starts_with(east)) => {
                Order::Unknown
            }
            Some(_) => Order::DayFirst,
        }
    }
}

/// The first day that is written in a text, with the bytes that say it.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    find_in(text, Order::Unknown).map(|(_, place)| place)
}

fn find_in(text: &str, order: Order) -> Option<(Date, Range<usize>)> {
    let words = words(text);
    let gap = |from: usize, to: usize| {
        let (from, to) = (words.get(from)?, words.get(to)?);
        text.get(from.end..to.start)
    };
    let joined = |from: usize, to: usize| {
        gap(from, to).is_some_and(|gap| gap.trim().len() <= 3 && gap.len() <= 5)
    };
    let word = |at: usize| words.get(at).and_then(|place| text.get(place.clone()));
    let small = |at: usize| word(at).filter(|word| word.len() <= 2)?.parse::<i8>().ok();
    let place = |from: usize, to: usize| Some(words.get(from)?.start..words.get(to)?.end);
    for at in 0..words.len() {
        let Some(year) = word(at).filter(|word| word.len() == 4).and_then(|y| y.parse().ok())
        else {
            continue;
        };
        if !(1900..=2200).contains(&year) {
            continue;
        }
        let made = |month: Option<i8>, day: Option<i8>| Date::new(year, month?, day?).ok();
        // 2024-05-01, 2024年5月1日: the marks stand right behind the numbers.
        let is_marked = |at: usize| {
            gap(at, at + 1).is_some_and(|gap| {
                gap.trim_end().len() <= 3 && gap.starts_with(['-', '/', '.', '年', '月', '–', '_'])
            })
        };
        if is_marked(at)
            && is_marked(at + 1)
            && let Some(date) = made(small(at + 1), small(at + 2))
        {
            return place(at, at + 2).map(|place| (date, place));
        }
        let Some((one, two)) = at.checked_sub(2).map(|one| (one, at - 1)) else { continue };
        if !joined(one, two) || !joined(two, at) {
            continue;
        }
        let (first, second) = (small(one), small(two));
        let named = |at: usize| word(at).and_then(month);
        let date = match (named(one), named(two)) {
            (Some(month), _) => made(Some(month), second),
            (_, Some(month)) => made(Some(month), first),
            _ => {
                let is_dotted = gap(one, two).is_some_and(|gap| gap.starts_with('.'));
                numbered(year, first, second, if is_dotted { Order::DayFirst } else { order })
            }
        };
        if let Some(date) = date {
            return place(one, at).map(|place| (date, place));
        }
    }
    None
}

/// `01/05/2024` may be January or May where the order is not known; `01/25/2024` can be but one day.
fn numbered(year: i16, first: Option<i8>, second: Option<i8>, order: Order) -> Option<Date> {
    let (first, second) = (first?, second?);
    let (month, day) = match order {
        _ if first > 12 => (second, first),
        _ if second > 12 || first == second => (first, second),
        Order::MonthFirst => (first, second),
        Order::DayFirst => (second, first),
        Order::Unknown => return None,
    };
    Date::new(year, month, day).ok()
}

/// The month that a word names, or is the beginning of.
fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
    i8::try_from(at % 12 + 1).ok()
}

/// Where the runs of digits and the runs of letters stand. `1st` and `5月1日` fall apart into numbers and
/// words; a clock is no part of a date.
fn words(line: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) =
        line.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_alphanumeric()))
    {
        let start = at + start;
        let rest = line.get(start..).unwrap_or_default();
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let ends = |c: char| if digits { !c.is_ascii_digit() } else { !c.is_ascii_alphabetic() };
        let end = start + rest.find(ends).unwrap_or(rest.len());
        at = end;
        let after = line.get(end..).unwrap_or_default();
        if digits
            && after.starts_with(':')
            && after.get(1..2).is_some_and(|c| c.starts_with(|c: char| c.is_ascii_digit()))
        {
            let clock = |c: char| !c.is_ascii_digit() && c != ':';
            at = end + after.find(clock).unwrap_or(after.len());
            continue;
        }
        words.push(start..end);
        // The ending of an ordinal is no word.
        let is_ordinal =
            digits && ["st", "nd", "rd", "th"].iter().any(|end| after.starts_with(end));
        at += if is_ordinal { 2 } else { 0 };
    }
    words
}

/// The first `h:mm` or `h:mm:ss`, with `pm` behind it or not.
fn clock(line: &str) -> Option<Time> {
    let colon = line.find(':')?;
    let before = line.get(..colon)?;
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count().min(2);
    let mut hour: i8 = before.get(before.len() - digits..)?.parse().ok()?;
    let rest = line.get(colon + 1..)?;
    let minute: i8 = rest.get(..2)?.parse().ok()?;
    let rest = rest.get(2..)?;
    let second = rest.strip_prefix(':').and_then(|rest| rest.get(..2)).map(str::parse);
    let second: i8 = second.and_then(Result::ok).unwrap_or(0);
    let half = rest.to_ascii_lowercase();
    if hour < 12 && (half.contains("pm") || half.contains("p.m") || before.contains("下午")) {
        hour += 12;
    } else if hour == 12 && (half.contains("am") || half.contains("a.m")) {
        hour = 0;
    }
    Time::new(hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_that_pages_use() {
        for (written, chinese, other) in [
            ("2024-05-01T08:30:00+08:00", "2024-05-01T08:30:00+08:00", "2024-05-01T08:30:00+08:00"),
            ("2024-05-01T08:30:00.123Z", "2024-05-01T08:30:00Z", "2024-05-01T08:30:00Z"),
            ("2024-05-01 08:30:00", "2024-05-01T08:30:00+08:00", "2024-05-01"),
            ("2024年5月1日 8:30", "2024-05-01T08:30:00+08:00", "2024-05-01"),
            ("2024/5/1", "2024-05-01", "2024-05-01"),
            ("May 1st, 2024 8:30 pm", "2024-05-01T20:30:00+08:00", "2024-05-01"),
            ("1 May 2024", "2024-05-01", "2024-05-01"),
            ("05-25-2024", "2024-05-25", "2024-05-25"),
            ("25/05/2024", "2024-05-25", "2024-05-25"),
            ("Wed, 01 May 2024 08:30:00 GMT", "2024-05-01T08:30:00Z", "2024-05-01T08:30:00Z"),
            ("1714523400", "2024-05-01T00:30:00Z", "2024-05-01T00:30:00Z"),
        ] {
            assert_eq!(normal(written, true), chinese);
            assert_eq!(normal(written, false), other);
        }
        assert_eq!(from_unix(1_714_523_400).as_deref(), Some("2024-05-01T08:30:00+08:00"));
    }

    #[test]
    fn the_language_says_which_number_is_the_month() {
        for (written, language, day) in [
            ("01/05/2024", "en-US", "2024-01-05"),
            ("01/05/2024", "en-GB", "2024-05-01"),
            ("01/05/2024", "fr", "2024-05-01"),
            ("01.05.2024", "en", "2024-05-01"),
            ("Thu, 09/25/2025 - 11:08", "en", "2025-09-25"),
            ("1 juin 2024", "fr", "2024-06-01"),
            ("3. Oktober 2024", "de", "2024-10-03"),
        ] {
            assert_eq!(in_language(written, Some(language)), day, "{written}");
        }
    }

    #[test]
    fn a_day_is_found_within_a_line() {
        for (line, found) in [
            ("Dec 17, 2025Zhou Ye", Some("Dec 17, 2025")),
            ("Zhou Ye | Senior Writer | July 2, 2025", Some("July 2, 2025")),
            ("来源：工业周刊 2024年5月1日 08:30", Some("2024年5月1")),
            ("Updated on 23 Oct 2025 at 9:30", Some("23 Oct 2025")),
            ("11 lamps for 2025", None),
            ("the war of 1914 to 1918", None),
            ("5 marked, 2024", None),
            ("版本 2024.5", None),
        ] {
            let place = find(line);
            assert_eq!(place.and_then(|place| line.get(place)), found, "{line}");
        }
    }

    #[test]
    fn what_cannot_be_read_stays_as_written() {
        for written in ["昨天 08:30", "01/05/2024", "3 hours ago", "2024年13月1日", "", "::", "5:é"]
        {
            assert_eq!(normal(written, true), written);
        }
    }
}
