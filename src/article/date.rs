//! Dates as pages write them, in one form.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::rfc2822};

use crate::text::clean_line;

/// Longer texts hold more than a date.
const MAX_LENGTH: usize = 100;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// RFC 3339 where the date can be read, else as written on one line. A time without an offset is
/// Chinese time on a Chinese page; on others only the date is certain, and only the date is kept.
pub(super) fn normal(written: &str, is_chinese: bool) -> String {
    let line = clean_line(written);
    let read = if line.len() > MAX_LENGTH { None } else { read(&line) };
    let Some(moment) = read else { return line };
    let china = Offset::constant(8);
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
    written.len() <= MAX_LENGTH && read(written).is_some()
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

fn read(line: &str) -> Option<Moment> {
    let moment = standard(line).or_else(|| unix(line)).or_else(|| loose(line))?;
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
fn loose(line: &str) -> Option<Moment> {
    let words = words(line);
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<i16>().ok());
    let year_at = words.iter().position(|word| {
        word.len() == 4 && word.parse::<i16>().is_ok_and(|year| (1900..=2200).contains(&year))
    })?;
    let year = number(year_at)?;
    let small = |at: Option<usize>| at.and_then(number).and_then(|n| i8::try_from(n).ok());
    let month_at = words.iter().position(|word| month(word).is_some());
    let date = if let Some(at) = month_at {
        let name = words.get(at).and_then(|word| month(word))?;
        let day = [at.checked_sub(1), Some(at + 1)].into_iter().find_map(small)?;
        Date::new(year, name, day).ok()?
    } else if let (Some(month), Some(day)) = (small(Some(year_at + 1)), small(Some(year_at + 2))) {
        Date::new(year, month, day).ok()?
    } else {
        // `01/05/2024` may be January or May and stays as written; `01/25/2024` can be but one day.
        let first = year_at.checked_sub(2).and_then(|at| small(Some(at)))?;
        let second = year_at.checked_sub(1).and_then(|at| small(Some(at)))?;
        let (month, day) = if first > 12 { (second, first) } else { (first, second) };
        if first == second || day > 12 { Date::new(year, month, day).ok()? } else { return None }
    };
    Some(Moment { date, time: clock(line), offset: None })
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

/// Runs of digits and runs of letters. `1st` and `5月1日` fall apart into numbers and words.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        rest = rest.get(start..).unwrap_or_default();
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let ends = |c: char| if digits { !c.is_ascii_digit() } else { !c.is_ascii_alphabetic() };
        let end = rest.find(ends).unwrap_or(rest.len());
        words.push(rest.get(..end).unwrap_or_default());
        rest = rest.get(end..).unwrap_or_default();
        // The ending of an ordinal is no word.
        for ending in ["st", "nd", "rd", "th"] {
            if digits && let Some(after) = rest.strip_prefix(ending) {
                rest = after;
            }
        }
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
    fn what_cannot_be_read_stays_as_written() {
        for written in ["昨天 08:30", "01/05/2024", "3 hours ago", "2024年13月1日", "", "::", "5:é"]
        {
            assert_eq!(normal(written, true), written);
        }
    }
}
