//! Times and dates as Snipd-style notes write them.

use std::sync::LazyLock;

use jiff::{Timestamp, civil, tz::TimeZone};
use regex::Regex;

use crate::model::{Millis, UnixSeconds};

/// `M:SS`, `MM:SS`, `H:MM:SS`, with an optional fraction; colons of either width.
pub(super) const CLOCK: &str = r"\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?";

#[expect(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

static RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"({CLOCK})\s*(?:-|–|—|−|~|～|→|to|至|到|,)\s*({CLOCK})")));

/// The `#t=…` of a text, up to where an address ends.
static FRAGMENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"#(?:[^\s"'<>)\]#]*&)?t=[^\s"'<>)\]]*"#));

/// What people type although Media Fragments ask for two digits: `#t=9:05,10:05`.
static LOOSE_FRAGMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[#&]t=(?:npt:)?(\d{1,3}:[\d:]+(?:\.\d+)?)(?:,(\d{1,3}:[\d:]+(?:\.\d+)?))?$")
});

/// Reads one clock time; minutes above 59 only in the two-part form.
pub(super) fn clock(text: &str) -> Option<Millis> {
    let text = text.trim().replace(',', ".").replace('：', ":");
    crate::model::parse_time(&text).filter(|_| text.contains(':'))
}

static SPELT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(\d{1,3})\s*(?:h|hr|hrs|hours?|小时|時間|个小时)\s*)?(?:(\d{1,4})\s*(?:m|min|mins|minutes?|分|分钟)\s*)?(?:(\d{1,5})\s*(?:s|sec|secs|seconds?|秒)\s*)?$",
    )
});

/// Reads a length: a clock time, `1h 2min`, `62 min`, `1小时2分钟`.
pub(super) fn length(text: &str) -> Option<Millis> {
    let text = text.trim();
    clock(text).or_else(|| {
        let found = SPELT.captures(text)?;
        let field = |index| found.get(index).and_then(|n| n.as_str().parse::<u64>().ok());
        let seconds = [(1, 3600), (2, 60), (3, 1)].map(|(i, unit)| field(i).unwrap_or(0) * unit);
        Some(seconds.iter().sum::<u64>() * 1000).filter(|ms| *ms > 0)
    })
}

/// The first range in a text.
pub(super) fn range_in(text: &str) -> Option<(Millis, Millis)> {
    let found = RANGE.captures(text)?;
    Some((clock(found.get(1)?.as_str())?, clock(found.get(2)?.as_str())?))
}

/// The first media fragment in a text: start and, where it is named, end.
pub(super) fn fragment_in(text: &str) -> Option<(Millis, Option<Millis>)> {
    let fragment = FRAGMENT.find(text)?.as_str();
    crate::model::media_fragment(fragment).or_else(|| {
        let found = LOOSE_FRAGMENT.captures(fragment)?;
        let time = |index| found.get(index).and_then(|t| crate::model::parse_time(t.as_str()));
        Some((time(1)?, time(2)))
    })
}

/// Shows a time as Snipd does, which is also what Media Fragments ask for: `MM:SS` below an hour,
/// `HH:MM:SS` from there on, with thousandths where there are any.
pub(super) fn shown(ms: Millis) -> String {
    let (seconds, rest) = (ms / 1000, ms % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let whole = if hours > 0 {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    };
    if rest > 0 { format!("{whole}.{rest:03}") } else { whole }
}

/// Reads a date or a date with a time; without a zone it is UTC.
pub(super) fn date(text: &str) -> Option<UnixSeconds> {
    let text = text.trim().trim_matches(['\'', '"', '[', ']']);
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return Some(stamp.as_second());
    }
    let date = text.parse::<civil::DateTime>().ok().or_else(|| {
        let date = text.parse::<civil::Date>().ok().or_else(|| spelt_date(text))?;
        Some(date.to_datetime(civil::Time::midnight()))
    });
    Some(date?.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

/// Dates as Notion, Roam and people write them.
fn spelt_date(text: &str) -> Option<civil::Date> {
    const FORMS: [&str; 9] = [
        "%B %d, %Y",
        "%b %d, %Y",
        "%d %B %Y",
        "%d %b %Y",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y年%m月%d日",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ];
    static ORDINAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d)(?:st|nd|rd|th)\b"));
    let text = ORDINAL.replace(text, "$1");
    FORMS.iter().find_map(|form| civil::Date::strptime(form, text.as_ref()).ok())
}

/// Shows a date with its time, UTC.
pub(super) fn shown_date(seconds: UnixSeconds) -> Option<String> {
    let stamp = Timestamp::from_second(seconds).ok()?;
    Some(stamp.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_found_in_all_dresses() {
        assert_eq!(range_in("(59:10 - 01:00:20)"), Some((3_550_000, 3_620_000)));
        assert_eq!(range_in("03:12–05:18 (02:05)"), Some((192_000, 318_000)));
        assert_eq!(range_in("#t=10:36,11:36"), Some((636_000, 696_000)));
        assert_eq!(range_in("00:01,500 to 00:02.25"), Some((1500, 2250)));
        assert_eq!(range_in("10:36"), None);
        assert_eq!(fragment_in("a.mp3?x=1#t=21:54,23:14\">"), Some((1_314_000, Some(1_394_000))));
        assert_eq!(fragment_in("a.mp3#t=90"), Some((90_000, None)));
        assert_eq!(fragment_in("(a.mp3#t=9:05,10:05)"), Some((545_000, Some(605_000))));
        assert_eq!(fragment_in("a.mp3#x=1&t=1,2'"), Some((1000, Some(2000))));
        assert_eq!(fragment_in("a.mp3#t="), None);
        assert_eq!(fragment_in("a.mp3#t=3,"), None);
    }

    #[test]
    fn lengths_are_read_in_figures_and_words() {
        for (text, seconds) in
            [("1h 2min", 3720), ("62 min", 3720), ("45s", 45), ("1小时2分钟", 3720)]
        {
            assert_eq!(length(text), Some(seconds * 1000), "{text}");
        }
        assert_eq!(length("01：02：00"), Some(3_720_000));
        assert_eq!((length(""), length("long"), length("0")), (None, None, None));
    }

    #[test]
    fn times_are_shown_so_that_players_understand_them() {
        assert_eq!(shown(4_530_000), "01:15:30");
        assert_eq!(shown(71_005), "01:11.005");
        assert_eq!(clock("01:11.005"), Some(71_005));
    }

    #[test]
    fn dates_with_and_without_a_time_are_read() {
        assert_eq!(date("2025-01-09"), Some(1_736_380_800));
        assert_eq!(date("'2025-01-09T00:00:01'"), Some(1_736_380_801));
        assert_eq!(date("2025-01-19T11:14"), date("2025-01-19T11:14:00Z"));
        assert_eq!(date("[[2025-01-09]]"), date("2025-01-09"));
        for spelt in
            ["January 9, 2025", "Jan 9th, 2025", "9 January 2025", "2025/1/9", "2025年1月9日"]
        {
            assert_eq!(date(spelt), date("2025-01-09"), "{spelt}");
        }
        assert_eq!(date("soon"), None);
        assert_eq!(shown_date(1_736_380_801).as_deref(), Some("2025-01-09T00:00:01"));
    }
}
