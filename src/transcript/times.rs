//! Times as transcripts write them.

use crate::model::Millis;

/// Longest time that is believed: 999 hours, 59 minutes, 59.999 seconds.
const LONGEST: Millis = 3_599_999_999;

/// Reads `M:SS`, `H:MM:SS` with an optional fraction after `.`, `,` or `:` in the four-part form of
/// some cutters. Hours and leading minutes may have up to three digits; minutes and seconds above 59
/// are believed in WebVTT's spirit only for the leading field. `None` for anything else.
pub(super) fn clock(text: &str) -> Option<Millis> {
    let text = text.trim();
    let (whole, fraction) = match text.find(['.', ',', '，']) {
        Some(at) => {
            let (whole, rest) = text.split_at_checked(at)?;
            (whole, rest.trim_start_matches(['.', ',', '，']))
        }
        None => (text, "0"),
    };
    if fraction.is_empty() || fraction.len() > 9 || !digits(fraction) {
        return None;
    }
    let mut seconds: u64 = 0;
    let mut fields = 0;
    for field in whole.split([':', '：']) {
        let longest = if fields == 0 { 3 } else { 2 };
        if field.is_empty() || field.len() > longest || !digits(field) {
            return None;
        }
        let value: u64 = field.parse().ok()?;
        if fields > 0 && value > 59 {
            return None;
        }
        seconds = seconds.checked_mul(60)?.checked_add(value)?;
        fields += 1;
    }
    if !(2..=3).contains(&fields) {
        return None;
    }
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    let total = seconds.checked_mul(1000)?.checked_add(thousandths.parse().ok()?)?;
    (total <= LONGEST).then_some(total)
}

/// Seconds as a number, where they can be a time.
pub(super) fn seconds(value: f64) -> Option<Millis> {
    millis(value * 1000.0)
}

/// Milliseconds as a number, where they can be a time.
pub(super) fn millis(value: f64) -> Option<Millis> {
    let rounded = value.round();
    (rounded.is_finite() && (0.0..=LONGEST as f64).contains(&rounded)).then_some(rounded as Millis)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_every_tool_are_read() {
        assert_eq!(clock("0:00"), Some(0));
        assert_eq!(clock("75:30"), Some(4_530_000));
        assert_eq!(clock("1:02:03.5"), Some(3_723_500));
        assert_eq!(clock("00:00:01,000"), Some(1000));
        assert_eq!(clock("100:00:00,000"), Some(360_000_000));
        for wrong in ["", "12", "1:60", "1:2:3:4", "-1:00", "99999999:59:59,999", "1:00.", "aa:bb"]
        {
            assert_eq!(clock(wrong), None, "{wrong}");
        }
        assert_eq!(seconds(f64::NAN), None);
        assert_eq!(seconds(-1.0), None);
        assert_eq!(seconds(0.5), Some(500));
    }
}
