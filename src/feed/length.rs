//! Lengths and times of recordings as feeds write them.

use crate::model::Millis;

/// Longer recordings than this (100 hours) are slips.
const MAX: f64 = 360_000.0;

/// Reads `itunes:duration`: seconds, `MM:SS`, `H:MM:SS`, `1h02m`, `90 min`. Fields may run over
/// (`00:59:60`). `None` for garbage, for nothing and for zero.
pub(super) fn duration(text: &str) -> Option<Millis> {
    let text = text.trim();
    let seconds =
        if text.contains(':') { colons(text) } else { plain(text).or_else(|| units(text)) };
    seconds.filter(|seconds| *seconds > 0.0 && *seconds <= MAX).map(millis)
}

/// Reads a Normal Play Time (RFC 2326 3.6): `1:02:03.5`, `02:03`, `3723.5`, with or without `npt:`;
/// also with a comma for the point.
pub(super) fn play_time(text: &str) -> Option<Millis> {
    let text = text.trim().to_ascii_lowercase().replace(',', ".");
    let text = text.trim_start_matches("npt").trim_start_matches([':', '=']).trim();
    let seconds = if text.contains(':') { colons(text) } else { plain(text) };
    seconds.filter(|seconds| *seconds <= MAX).map(millis)
}

fn millis(seconds: f64) -> Millis {
    (seconds * 1000.0).round() as Millis
}

/// A number of seconds with an optional fraction; no sign, no exponent.
fn plain(text: &str) -> Option<f64> {
    let sound = !text.is_empty()
        && text.len() <= 20
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if sound { text.parse().ok() } else { None }
}

fn colons(text: &str) -> Option<f64> {
    let fields: Vec<&str> = text.split(':').map(str::trim).collect();
    if fields.len() > 3 {
        return None;
    }
    let last = fields.len() - 1;
    fields.iter().enumerate().try_fold(0.0, |seconds, (index, field)| {
        // The first field may be left out (`:45`).
        let value = if index == 0 && field.is_empty() { 0.0 } else { plain(field)? };
        let whole = index == last || !field.contains('.');
        (whole && (index == 0 || value <= 60.0)).then_some(seconds * 60.0 + value)
    })
}

/// `1h02m`, `1 hr 2 min`, `PT1H2M3S`, `65分钟`.
fn units(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    let mut rest = lower.trim_start_matches("pt").trim();
    let (mut seconds, mut found) = (0.0, false);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at_checked(digits)?;
        let tail = tail.trim_start();
        let unit_end = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(unit_end)?;
        let unit = unit.trim().trim_end_matches([',', '.']).trim();
        let scale = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" | "小时" | "时" => 3600.0,
            "m" | "min" | "mins" | "minute" | "minutes" | "分" | "分钟" => 60.0,
            "s" | "sec" | "secs" | "second" | "seconds" | "秒" => 1.0,
            _ => return None,
        };
        seconds += plain(number)? * scale;
        found = true;
        rest = tail;
    }
    found.then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_all_their_forms() {
        for (text, expected) in [
            ("1:02:03", 3_723_000),
            ("62:03", 3_723_000),
            ("3723", 3_723_000),
            ("00:59:60", 3_600_000),
            ("1h02m", 3_720_000),
            ("PT1H2M3S", 3_723_000),
            ("90 min", 5_400_000),
            ("65分钟", 3_900_000),
            (" 12:34 ", 754_000),
            ("3600.7", 3_600_700),
        ] {
            assert_eq!(duration(text), Some(expected), "{text}");
        }
        for text in ["", "0", "00:00", "-1", "abc", "1:2:3:4", "1e9", "99:99:99", "9999999999", "½"]
        {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn play_times_keep_their_fractions_and_zero() {
        assert_eq!(play_time("00:00:00.000"), Some(0));
        assert_eq!(play_time("01:02:03.456"), Some(3_723_456));
        assert_eq!(play_time("02:03"), Some(123_000));
        assert_eq!(play_time("npt:1:02:03,5"), Some(3_723_500));
        assert_eq!(play_time("NPT=187.25"), Some(187_250));
        assert_eq!(play_time("90:00"), Some(5_400_000));
        for wrong in ["x", "", "npt:", "-1", "now", "1:2:3:4", "1e3", "1:61"] {
            assert_eq!(play_time(wrong), None, "{wrong}");
        }
    }
}
