//! Times in a recording: milliseconds, how they are shown and how they are read.

/// A time or a length in a recording, in milliseconds.
pub type Millis = u64;

/// A date: seconds since the Unix epoch, UTC.
pub type UnixSeconds = i64;

/// Shows a time as people write it in notes: `M:SS` below an hour (`02:20` has two minute digits),
/// `H:MM:SS` from an hour on. Fractions are cut, not rounded, so a chapter never seems to start later
/// than it does.
#[must_use]
pub fn clock(ms: Millis) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

/// Reads a time of the command line: seconds, `M:SS` or `H:MM:SS`, each with an optional fraction.
/// The leading field may be any size (`75:30`), later ones are below 60. `None` for anything else.
#[must_use]
pub fn parse_time(text: &str) -> Option<Millis> {
    let text = text.trim();
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut seconds: u64 = 0;
    let fields: Vec<&str> = whole.split(':').collect();
    if fields.len() > 3 {
        return None;
    }
    for (i, field) in fields.iter().enumerate() {
        if field.is_empty() || field.len() > 9 || !field.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let value: u64 = field.parse().ok()?;
        if i > 0 && (value > 59 || field.len() > 2) {
            return None;
        }
        seconds = seconds.checked_mul(60)?.checked_add(value)?;
    }
    let mut millis = seconds.checked_mul(1000)?;
    if let Some(fraction) = fraction {
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
        millis += digits.parse::<u64>().ok()?;
    }
    Some(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_as_people_write_them() {
        assert_eq!(clock(0), "00:00");
        assert_eq!(clock(140_999), "02:20");
        assert_eq!(clock(3_600_000), "1:00:00");
        assert_eq!(clock(36_000_000 + 61_000), "10:01:01");
    }

    #[test]
    fn times_are_read_in_all_forms_of_the_command_line() {
        assert_eq!(parse_time("90"), Some(90_000));
        assert_eq!(parse_time("1:30"), Some(90_000));
        assert_eq!(parse_time("75:30.25"), Some(4_530_250));
        assert_eq!(parse_time("1:02:03.5"), Some(3_723_500));
        for wrong in ["", ":", "1:60", "1:2:3:4", "-5", "1.", "a", "1:002", "99999999999"] {
            assert_eq!(parse_time(wrong), None, "{wrong}");
        }
    }
}
