//! Temporal Media Fragments: the `#t=10,20` behind the address of a recording.
//!
//! W3C, Media Fragments URI 1.0, sections 4.2.1 and 5: normal play time only.

use super::Millis;

/// The range that an address names: where it begins and, if it says so, where it ends. `None` where
/// there is no range, or one that the standard says to ignore (`t=3,`, `t=7,3`, other clocks). The
/// last valid one counts.
#[must_use]
pub fn media_fragment(address: &str) -> Option<(Millis, Option<Millis>)> {
    let (_, fragment) = address.split_once('#')?;
    let pairs = url::form_urlencoded::parse(fragment.as_bytes());
    pairs.filter(|(name, _)| name == "t").filter_map(|(_, value)| range(&value)).last()
}

fn range(value: &str) -> Option<(Millis, Option<Millis>)> {
    let value = value.strip_prefix("npt:").unwrap_or(value);
    let Some((start, end)) = value.split_once(',') else { return Some((npt(value)?, None)) };
    let start = if start.is_empty() { 0 } else { npt(start)? };
    let end = npt(end)?;
    (start < end).then_some((start, Some(end)))
}

/// `S`, `MM:SS` or `H:MM:SS`, each with a fraction; minutes and seconds have two digits below 60.
fn npt(text: &str) -> Option<Millis> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number = |field: &str| -> Option<u64> {
        let digits = !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| field.parse().ok()).flatten()
    };
    let sixty = |field: &str| number(field).filter(|n| *n < 60 && field.len() == 2);
    let fields: Vec<&str> = whole.split(':').collect();
    let seconds = match fields.as_slice() {
        [seconds] => number(seconds)?,
        [minutes, seconds] => sixty(minutes)? * 60 + sixty(seconds)?,
        [hours, minutes, seconds] => {
            number(hours)?.checked_mul(3600)?.checked_add(sixty(minutes)? * 60 + sixty(seconds)?)?
        }
        _ => return None,
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    seconds.checked_mul(1000)?.checked_add(number(&thousandths)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The temporal cases of the W3C's test suite for user agents, by what is to be played.
    #[test]
    fn fragments_are_read_as_the_standard_has_them() {
        let ms = |seconds: f64| (seconds * 1000.0) as Millis;
        for (fragment, start, end) in [
            ("t=3,7", 3.0, Some(7.0)),
            ("t=npt:3,7", 3.0, Some(7.0)),
            ("t=3", 3.0, None),
            ("t=,7", 0.0, Some(7.0)),
            ("t=npt:,7", 0.0, Some(7.0)),
            ("t=0,7", 0.0, Some(7.0)),
            ("t=3.5,7.25", 3.5, Some(7.25)),
            ("t=3.,7.", 3.0, Some(7.0)),
            ("t=00:03,00:07", 3.0, Some(7.0)),
            ("t=00:00:03,00:00:07", 3.0, Some(7.0)),
            ("t=npt:01:02:03.5", 3723.5, None),
            ("t=100:00:00", 360_000.0, None),
            ("t=0:02:00,121.5", 120.0, Some(121.5)),
            ("track=1&t=3,7&xywh=0,0,1,1", 3.0, Some(7.0)),
            ("t=1,2&t=3,7", 3.0, Some(7.0)),
            ("t=3,7&t=7,3", 3.0, Some(7.0)),
            ("%74=3,7", 3.0, Some(7.0)),
            ("t=%6ept:%33,7", 3.0, Some(7.0)),
            ("t=3%2C7", 3.0, Some(7.0)),
        ] {
            let address = format!("https://a.example/x.mp3?t=9#{fragment}");
            assert_eq!(media_fragment(&address), Some((ms(start), end.map(ms))), "{fragment}");
        }
    }

    #[test]
    fn what_the_standard_ignores_is_no_range() {
        for fragment in [
            "t=",
            "t=,",
            "t=3,",
            "t=3,3",
            "t=7,3",
            "t=,0",
            "t=3,7,9",
            "t= 3",
            "t=-1,7",
            "t=3s",
            "t=0:03",
            "t=00:60",
            "t=00:60:00",
            "t=1:2:3",
            "t=00:00:00:03",
            "t=3,npt:7",
            "T=3,7",
            "t=smpte:0:00:01:00",
            "t=clock:2009-07-26T11:19:01Z",
            "t=%",
            "t=٣",
            "t=1e2",
            "t=3;7",
            "t=npt%3",
            "t=99999999999999999999",
            "t=18446744073709552",
            "x=3",
            "",
            "t",
        ] {
            assert_eq!(media_fragment(&format!("x.mp3#{fragment}")), None, "{fragment}");
        }
        assert_eq!(media_fragment("x.mp3?t=3,7"), None);
    }
}
