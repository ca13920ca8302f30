//! What the codes of a list mean: `01:07` is a minute and a bit, unless its neighbours say that it
//! is an hour and a bit.

use super::code::Reading;
use crate::model::Millis;

/// From here on a list may switch from `59:11` to `1:07` for one hour and seven minutes.
const SWITCH_FROM: Millis = 30 * 60_000;

/// How far such a switch may lead.
const SWITCH_STEP: Millis = 60 * 60_000;

/// How a whole list is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// Two parts are minutes and seconds.
    Usual,
    /// Two parts are hours and minutes.
    Hours,
    /// Three parts are minutes, seconds and frames.
    Frames,
}

/// The times of a list of codes in the order of the document.
///
/// Two parts are minutes and seconds. The whole list is read as hours and minutes only if at least
/// four codes cover less than 3 % of the recording otherwise and fit it so; a single code if it
/// would fall back behind its predecessor and fits before its successor as hours and minutes.
/// Three parts are minutes, seconds and frames if most of them lie beyond the end otherwise.
pub(super) fn times(readings: &[Reading], duration: Option<Millis>) -> Vec<Millis> {
    match duration.map_or(Scale::Usual, |duration| scale(readings, duration)) {
        Scale::Hours => readings.iter().map(|r| r.long()).collect(),
        Scale::Frames => readings.iter().map(|r| frames(*r)).collect(),
        Scale::Usual => one_by_one(readings, duration),
    }
}

fn scale(readings: &[Reading], duration: Millis) -> Scale {
    let rises = |times: &[Millis]| times.windows(2).all(|w| w.first() <= w.last());
    let two: Vec<Reading> =
        readings.iter().copied().filter(|r| matches!(r, Reading::Two(..))).collect();
    if two.len() == readings.len() && two.len() >= 4 {
        let long: Vec<Millis> = two.iter().map(|r| r.long()).collect();
        let last = two.last().map_or(0, |r| r.short());
        let fits = long.last().is_some_and(|ms| *ms < duration && *ms > duration / 2);
        if fits && rises(&long) && last < duration / 100 * 3 {
            return Scale::Hours;
        }
    }
    let three: Vec<Reading> =
        readings.iter().copied().filter(|r| matches!(r, Reading::Exact(_))).collect();
    let beyond = three.iter().filter(|r| r.short() >= duration).count();
    if three.len() >= 3 && beyond * 2 > three.len() {
        let times: Vec<Millis> = three.iter().map(|r| frames(*r)).collect();
        if rises(&times) && times.last().is_some_and(|ms| *ms < duration) {
            return Scale::Frames;
        }
    }
    Scale::Usual
}

/// `01:10:11` as a minute, ten seconds and eleven frames.
fn frames(reading: Reading) -> Millis {
    match reading {
        Reading::Exact(ms) => ms / 60_000 * 1000,
        Reading::Two(..) => reading.short(),
    }
}

fn one_by_one(readings: &[Reading], duration: Option<Millis>) -> Vec<Millis> {
    let mut out: Vec<Millis> = Vec::with_capacity(readings.len());
    for (place, reading) in readings.iter().enumerate() {
        let before = out.last().copied().unwrap_or(0);
        let (short, long) = (reading.short(), reading.long());
        let falls_back = short < before && matches!(reading, Reading::Two(..));
        let reaches = before >= SWITCH_FROM && long > before && long - before <= SWITCH_STEP;
        let fits_end = duration.is_none_or(|end| long < end);
        let fits_next = readings.get(place + 1).is_none_or(|next| {
            long <= next.short() || (next.short() < before && long <= next.long())
        });
        let switches = falls_back && reaches && fits_end && fits_next;
        out.push(if switches { long } else { short });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(readings: &[Reading], duration: Option<Millis>) -> Vec<u64> {
        times(readings, duration).into_iter().map(|ms| ms / 1000).collect()
    }

    #[test]
    fn one_code_may_switch_to_hours_and_minutes() {
        let list = [Reading::Two(59, 11), Reading::Two(1, 7), Reading::Two(68, 19)];
        assert_eq!(minutes(&list, Some(5_000_000)), [3551, 4020, 4099]);
        let list = [Reading::Two(58, 0), Reading::Two(1, 2), Reading::Two(1, 15)];
        assert_eq!(minutes(&list, None), [3480, 3720, 4500]);
    }

    #[test]
    fn a_code_out_of_order_stays_what_it_is() {
        let list = [Reading::Two(35, 26), Reading::Two(33, 10), Reading::Two(40, 0)];
        assert_eq!(minutes(&list, None), [2126, 1990, 2400]);
        let list = [Reading::Two(10, 0), Reading::Two(5, 0), Reading::Two(10, 0)];
        assert_eq!(minutes(&list, None), [600, 300, 600]);
    }

    #[test]
    fn a_list_that_covers_nothing_is_in_hours_and_minutes() {
        let list =
            [Reading::Two(0, 0), Reading::Two(0, 32), Reading::Two(1, 5), Reading::Two(1, 48)];
        assert_eq!(minutes(&list, Some(2 * 3_600_000)), [0, 1920, 3900, 6480]);
        assert_eq!(minutes(&list, Some(10 * 60_000)), [0, 32, 65, 108]);
        assert_eq!(minutes(&list, None), [0, 32, 65, 108]);
    }

    #[test]
    fn frames_are_known_by_times_beyond_the_end() {
        let exact = |h: u64, m: u64, s: u64| Reading::Exact(((h * 60 + m) * 60 + s) * 1000);
        let list = [exact(0, 21, 15), exact(1, 10, 11), exact(3, 16, 0), exact(24, 1, 3)];
        assert_eq!(minutes(&list, Some(1_500_000)), [21, 70, 196, 1441]);
        assert_eq!(minutes(&list[..3], None), [1275, 4211, 11760]);
    }
}
