//! The words of the sleep timer.

use super::Tongue;
use crate::model::{Millis, SleepAfter, clock};

/// What the sleep timer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SleepNotice {
    /// It is set.
    Set(SleepAfter),
    /// It is off.
    Off,
    /// A key was pressed before it stopped: the same again.
    Extended(SleepAfter),
    /// It stops playback in so many ms.
    Soon(SleepAfter, Millis),
    /// It has stopped playback there.
    Over(Millis),
    /// Listening goes on where it had stopped; where its key goes.
    Here(Millis, Millis),
    /// Where the sound began to grow quieter; whether its key then goes to the last key.
    Faded(Millis, bool),
    /// Where listening stood when the last key was pressed.
    Awake(Millis),
    /// Where it stopped playback.
    Stopped(Millis),
    /// It has not stopped anything yet.
    NoMark,
}

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

pub(super) fn chinese(notice: SleepNotice) -> String {
    match notice {
        SleepNotice::Set(after) => format!("睡眠定时：{}停下", until(after, Tongue::Chinese)),
        SleepNotice::Off => "睡眠定时已关".to_owned(),
        SleepNotice::Extended(after) => {
            format!("睡眠定时：再听{}", one_more(after, Tongue::Chinese))
        }
        SleepNotice::Soon(after, left) => {
            let more = one_more(after, Tongue::Chinese);
            format!("睡眠定时：{} 后停下，按任意键再听{more}", clock(left))
        }
        SleepNotice::Over(ms) => format!("睡眠定时到了，停在 {}。晚安", clock(ms)),
        SleepNotice::Here(stopped, back) => {
            format!("睡眠定时在 {} 停下；{{sleep_mark}} 回到 {}", clock(stopped), clock(back))
        }
        SleepNotice::Faded(ms, awake) => {
            let next = if awake { "最后一次按键的" } else { "停下的" };
            format!("声音在 {} 开始变轻；再按 {{sleep_mark}} 去{next}地方", clock(ms))
        }
        SleepNotice::Awake(ms) => {
            format!("最后一次按键在 {}；再按 {{sleep_mark}} 去停下的地方", clock(ms))
        }
        SleepNotice::Stopped(ms) => format!("睡眠定时在 {} 停下", clock(ms)),
        SleepNotice::NoMark => "睡眠定时还没有在哪里停下过".to_owned(),
    }
}

pub(super) fn english(notice: SleepNotice) -> String {
    match notice {
        SleepNotice::Set(after) => format!("sleep timer: stops {}", until(after, Tongue::English)),
        SleepNotice::Off => "the sleep timer is off".to_owned(),
        SleepNotice::Extended(after) => {
            format!("sleep timer: {} more", one_more(after, Tongue::English))
        }
        SleepNotice::Soon(after, left) => {
            let more = one_more(after, Tongue::English);
            format!("stops in {}; any key goes on for {more}", clock(left))
        }
        SleepNotice::Over(ms) => format!("the sleep timer stopped at {}; good night", clock(ms)),
        SleepNotice::Here(stopped, back) => {
            let (stopped, back) = (clock(stopped), clock(back));
            format!("the sleep timer stopped at {stopped}; {{sleep_mark}} goes back to {back}")
        }
        SleepNotice::Faded(ms, awake) => {
            let next = if awake { "the last key" } else { "where it stopped" };
            format!("it grew quieter from {}; {{sleep_mark}} again: {next}", clock(ms))
        }
        SleepNotice::Awake(ms) => {
            format!("the last key came at {}; {{sleep_mark}} again: where it stopped", clock(ms))
        }
        SleepNotice::Stopped(ms) => format!("the sleep timer stopped at {}", clock(ms)),
        SleepNotice::NoMark => "the sleep timer has not stopped anything yet".to_owned(),
    }
}

/// When it stops, within a sentence.
fn until(after: SleepAfter, tongue: Tongue) -> String {
    let chinese = tongue == Tongue::Chinese;
    match after {
        SleepAfter::Time(ms) if chinese => format!("听 {}后", length(ms, tongue)),
        SleepAfter::Time(ms) => format!("after {}", length(ms, tongue)),
        SleepAfter::Chapter => tongue.pick("这一章听完就", "with the chapter").to_owned(),
        SleepAfter::Episodes(1) => tongue.pick("这一集听完就", "with the episode").to_owned(),
        SleepAfter::Episodes(count) if chinese => format!("{count} 集听完就"),
        SleepAfter::Episodes(count) => format!("after {count} episodes"),
    }
}

/// What a key adds before it stops, within a sentence.
fn one_more(after: SleepAfter, tongue: Tongue) -> String {
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
