//! The words of the sleep timer.

use super::Tongue;
use crate::model::{Millis, SleepAfter, clock};

/// A choice of the sleep timer as its list names it.
#[must_use]
pub fn sleep_name(after: SleepAfter, tongue: Tongue) -> String {
    let chinese = tongue == Tongue::Chinese;
    match after {
        SleepAfter::Time(ms) => length(ms, tongue),
        SleepAfter::Chapter => tongue.pick("这一章听完", "the end of the chapter").to_owned(),
        SleepAfter::Episodes(1) => tongue.pick("这一集听完", "the end of the episode").to_owned(),
        SleepAfter::Episodes(count) if chinese => format!("{count} 集听完"),
        SleepAfter::Episodes(count) => format!("the end of {count} episodes"),
    }
}

/// How the bar says what the timer waits for, where it does not say how long.
#[must_use]
pub fn sleep_short(after: SleepAfter, episodes_left: u32, tongue: Tongue) -> String {
    match after {
        SleepAfter::Time(ms) => clock(ms),
        SleepAfter::Chapter => tongue.pick("本章末", "chapter").to_owned(),
        SleepAfter::Episodes(_) if episodes_left <= 1 => {
            tongue.pick("本集末", "episode").to_owned()
        }
        SleepAfter::Episodes(_) => {
            format!("{episodes_left}{}", tongue.pick(" 集", " episodes"))
        }
    }
}

/// When it stops, within a sentence.
pub(super) fn until(after: SleepAfter, tongue: Tongue) -> String {
    let chinese = tongue == Tongue::Chinese;
    match after {
        SleepAfter::Time(ms) if chinese => format!("听 {} 后", length(ms, tongue)),
        SleepAfter::Time(ms) => format!("after {}", length(ms, tongue)),
        SleepAfter::Chapter => tongue.pick("这一章听完就", "with the chapter").to_owned(),
        SleepAfter::Episodes(1) => tongue.pick("这一集听完就", "with the episode").to_owned(),
        SleepAfter::Episodes(count) if chinese => format!("{count} 集听完就"),
        SleepAfter::Episodes(count) => format!("after {count} episodes"),
    }
}

/// What a key adds before it stops, within a sentence.
pub(super) fn one_more(after: SleepAfter, tongue: Tongue) -> String {
    match after {
        SleepAfter::Time(ms) if tongue == Tongue::Chinese => format!(" {}", length(ms, tongue)),
        SleepAfter::Time(ms) => length(ms, tongue),
        SleepAfter::Chapter => tongue.pick("一章", "another chapter").to_owned(),
        SleepAfter::Episodes(_) => tongue.pick("一集", "another episode").to_owned(),
    }
}

/// Whole minutes, cut.
pub(super) fn whole_minutes(ms: Millis) -> Millis {
    ms / 60_000
}

/// Whole minutes as such, others as a clock shows them.
fn length(ms: Millis, tongue: Tongue) -> String {
    match whole_minutes(ms) {
        minutes if minutes > 0 && ms.is_multiple_of(60_000) => {
            format!("{minutes}{}", tongue.pick(" 分钟", " min"))
        }
        _ if ms < 60_000 => format!("{}{}", ms / 1000, tongue.pick(" 秒", " s")),
        _ => clock(ms),
    }
}
