//! When a feed is worth asking again: by the rhythm in which its episodes come, what its makers and
//! its server ask for, and how often it has failed.

use super::{Show, ShowHealth, ShowId, UnixSeconds};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// No feed is asked by itself sooner than this after an answer.
const SHORTEST: i64 = HOUR;
/// Every feed that answers is asked after this long at the latest.
const LONGEST: i64 = 7 * DAY;
/// The longest rest that a feed or its server may ask for; some say a year and mean nothing by it.
const LONGEST_REST: i64 = DAY;
/// The rest after a first failure; it doubles with each further one.
const FIRST_RETRY: i64 = 15 * MINUTE;
/// A feed is asked so many times between two of its episodes.
const TIMES_BETWEEN: i64 = 12;
/// The rhythm is that of so many of the newest episodes.
pub const DATES: usize = 11;

/// What is known of a feed that has just answered.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The show; spreads feeds that were asked together.
    pub id: ShowId,
    /// Now.
    pub now: UnixSeconds,
    /// When its newest episodes were published, newest first; [`DATES`] are enough.
    pub dates: &'a [UnixSeconds],
    /// Seconds that the feed or its server ask to be left alone for.
    pub rest_s: Option<u64>,
}

/// When to ask a feed again that has answered: a twelfth of the usual time between its episodes from
/// now, or when the next one is expected, but not before the rest that was asked for (a day at most),
/// nor within the hour, nor after a week.
#[must_use]
pub fn due_after_answer(answered: &Answered<'_>) -> UnixSeconds {
    let Answered { id, now, dates, rest_s } = *answered;
    let asked = rest_s.map_or(0, |rest| i64::try_from(rest).unwrap_or(i64::MAX));
    let least = asked.clamp(SHORTEST, LONGEST_REST);
    let wait = match usual_gap(now, dates) {
        None => DAY,
        Some((gap, newest)) => {
            // A show that has fallen silent is asked ever less often.
            let silence = now.saturating_sub(newest);
            let wait = gap.max(silence) / TIMES_BETWEEN;
            let expected = gap.saturating_sub(silence).saturating_add(10 * MINUTE);
            if expected > SHORTEST { wait.min(expected) } else { wait }
        }
    };
    let wait = wait.clamp(SHORTEST, LONGEST);
    now.saturating_add(spread(id, wait).max(least).min(LONGEST))
}

/// The rest that was asked for when a feed became due at `due`, if it was longer than the feed's own
/// rhythm; `answered` is as things stood then.
#[must_use]
pub fn rest_behind(answered: &Answered<'_>, due: UnixSeconds) -> Option<u64> {
    let own = due_after_answer(&Answered { rest_s: None, ..*answered });
    if due <= own {
        return None;
    }
    u64::try_from(due.saturating_sub(answered.now)).ok()
}

/// When to ask a feed again that has failed `failures` times in a row (1 for the first time).
#[must_use]
pub fn due_after_failure(id: ShowId, now: UnixSeconds, failures: u32) -> UnixSeconds {
    let doubled = FIRST_RETRY.saturating_mul(1 << failures.saturating_sub(1).min(20));
    now.saturating_add(spread(id, doubled.min(LONGEST)).min(LONGEST))
}

/// Whether the automatic refresh asks this show now. A feed that answers well is left alone for
/// `least_s` seconds after each answer, whatever its rhythm.
#[must_use]
pub fn is_due(show: &Show, now: UnixSeconds, least_s: i64) -> bool {
    // Times in the far future were written by a clock that was wrong.
    let reached = |at: Option<UnixSeconds>, most: i64| {
        at.is_none_or(|at| at <= now || at.saturating_sub(now) > most)
    };
    let rested = show.failures > 0
        || show.refreshed.is_none_or(|at| at.saturating_add(least_s) <= now || at > now);
    show.subscribed
        && !show.archived
        && show.health != ShowHealth::Gone
        && reached(show.not_before, i64::MAX)
        && reached(show.due, LONGEST)
        && rested
}

/// The usual time between two of the newest episodes, and when the last one came.
fn usual_gap(now: UnixSeconds, dates: &[UnixSeconds]) -> Option<(i64, UnixSeconds)> {
    let mut dates: Vec<UnixSeconds> = dates.iter().copied().filter(|date| *date <= now).collect();
    dates.sort_unstable_by(|a, b| b.cmp(a));
    let last = *dates.first()?;
    let mut gaps: Vec<i64> = dates
        .windows(2)
        .take(DATES - 1)
        .filter_map(|pair| Some(pair.first()?.saturating_sub(*pair.get(1)?)))
        // Several at once count as one.
        .filter(|gap| *gap > MINUTE)
        .collect();
    gaps.sort_unstable();
    let middle = gaps.get(gaps.len() / 2).copied();
    Some((middle.unwrap_or_else(|| now.saturating_sub(last)), last))
}

/// Up to a tenth longer, by the show: feeds that were asked together do not stay together.
fn spread(id: ShowId, wait: i64) -> i64 {
    // Neighbouring ids fall far apart (multiplication by the golden ratio).
    let mixed = id.0.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
    let part = i64::try_from(mixed).unwrap_or(0);
    wait.saturating_add((wait / 10).saturating_mul(part) / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixSeconds = 1_750_000_000;

    /// Hours until a feed is due whose episodes come every `every` hours, the last one `ago` hours ago.
    fn hours(every: i64, ago: i64, rest_s: Option<u64>) -> f64 {
        let dates: Vec<_> = (0..10).map(|n| NOW - (ago + n * every) * HOUR).collect();
        let due = due_after_answer(&Answered { id: ShowId(0), now: NOW, dates: &dates, rest_s });
        (due - NOW) as f64 / HOUR as f64
    }

    #[test]
    fn a_feed_is_due_by_its_rhythm() {
        for (every, ago, rest, low, high) in [
            (24 * 7, 0, None, 14.0, 15.4),          // weekly, just published
            (24 * 7, 24 * 6 + 20, None, 4.0, 4.7),  // the next one is expected today
            (24, 1, None, 2.0, 2.2),                // daily
            (1, 0, None, 1.0, 1.1),                 // all day long
            (24 * 30, 0, None, 60.0, 66.0),         // monthly
            (24 * 7, 24 * 365, None, 168.0, 168.0), // silent for a year
            (1, 0, Some(6 * 3600), 6.0, 6.0),       // the server asks for rest
            (1, 0, Some(31_536_000), 24.0, 24.0),   // and exaggerates
            (24 * 30, 0, Some(60), 60.0, 66.0),     // a short rest changes nothing
            (1, 0, Some(u64::MAX), 24.0, 24.0),
        ] {
            let due = hours(every, ago, rest);
            assert!((low..=high).contains(&due), "{every} {ago} {rest:?}: {due}");
        }
    }

    #[test]
    fn a_feed_without_dates_is_asked_daily_and_strange_dates_do_no_harm() {
        let due = |dates: &[i64]| {
            due_after_answer(&Answered { id: ShowId(0), now: NOW, dates, rest_s: None }) - NOW
        };
        assert_eq!(due(&[]), DAY);
        assert_eq!(due(&[NOW + 99 * DAY]), DAY, "the future tells nothing");
        for dates in [&[i64::MIN, i64::MAX][..], &[0, 0, 0], &[NOW; 5], &[i64::MIN; 3]] {
            assert!((SHORTEST..=LONGEST).contains(&due(dates)), "{dates:?}");
        }
    }

    #[test]
    fn a_feed_that_fails_is_asked_ever_less_often() {
        let wait = |failures| due_after_failure(ShowId(0), NOW, failures) - NOW;
        let table =
            [(0, 15), (1, 15), (2, 30), (3, 60), (6, 480), (12, 7 * 1440), (u32::MAX, 7 * 1440)];
        for (failures, minutes) in table {
            assert_eq!(wait(failures), minutes * MINUTE, "{failures}");
        }
    }

    #[test]
    fn the_rest_that_was_asked_for_can_be_told_from_the_rhythm() {
        let dates = [NOW, NOW - HOUR];
        let asked = |rest_s| Answered { id: ShowId(3), now: NOW, dates: &dates, rest_s };
        let behind = |rest_s| rest_behind(&asked(None), due_after_answer(&asked(rest_s)));
        assert_eq!(behind(Some(6 * 3600)), Some(6 * 3600));
        assert_eq!(behind(Some(60)), None);
        assert_eq!(behind(None), None);
    }

    #[test]
    fn feeds_asked_together_are_not_due_together() {
        let dates = [NOW, NOW - 7 * DAY];
        let due = |id| {
            due_after_answer(&Answered { id: ShowId(id), now: NOW, dates: &dates, rest_s: None })
        };
        let all: std::collections::BTreeSet<i64> = (1..=100).map(due).collect();
        assert!(all.len() > 80, "{}", all.len());
        assert_eq!(due(7), due(7), "without chance");
    }

    #[test]
    fn only_shows_that_want_it_are_asked_by_themselves() {
        let show = Show { subscribed: true, ..Show::default() };
        let at = |show: Show| is_due(&show, NOW, 6 * HOUR);
        assert!(at(show.clone()), "never asked");
        let good = Show { refreshed: Some(NOW - 7 * HOUR), due: Some(NOW - 1), ..show.clone() };
        assert!(at(good.clone()));
        for (why, show) in [
            ("not yet due", Show { due: Some(NOW + 60), ..good.clone() }),
            ("asked an hour ago", Show { refreshed: Some(NOW - HOUR), ..good.clone() }),
            ("put away", Show { archived: true, ..good.clone() }),
            ("gone", Show { health: ShowHealth::Gone, ..good.clone() }),
            ("asked for patience", Show { not_before: Some(NOW + 60), ..good.clone() }),
            ("not subscribed", Show { subscribed: false, ..good.clone() }),
        ] {
            assert!(!at(show), "{why}");
        }
        let failed = Show { refreshed: Some(NOW - HOUR), failures: 1, ..good.clone() };
        assert!(at(failed), "a failure is tried again before the hours are over");
        let clock = Show { due: Some(NOW + 400 * DAY), refreshed: Some(NOW + 9 * DAY), ..good };
        assert!(at(clock), "a clock that ran ahead does not silence a feed");
    }
}
