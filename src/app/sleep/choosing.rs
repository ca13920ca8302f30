//! Choosing when to stop: a short list, or a number that is typed over it.

use super::super::{Effect, List, Overlay, State, Typed};
use super::{Sleep, running};
use crate::lang::{Notice, SleepNotice};
use crate::model::{SleepAfter, parse_time};

/// Minutes to choose from.
const MINUTES: [u64; 7] = [5, 10, 15, 30, 45, 60, 90];
/// The longest thing that can be typed.
const TYPED: usize = 8;

/// The list in front.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SleepList {
    /// A number of minutes or episodes, or a time as `1:30`, as far as it is typed.
    pub typed: String,
    /// What can be chosen.
    pub rows: Vec<SleepRow>,
    /// Place among the rows.
    pub list: List,
}

/// One entry of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SleepRow {
    /// Stop then.
    After(SleepAfter),
    /// Do not stop.
    Off,
}

/// How many entries the list has at most.
pub(in crate::app) const TALLEST: usize = MINUTES.len() + 4;

impl SleepList {
    /// Whether this character can be typed over the list.
    #[must_use]
    pub fn takes(letter: char) -> bool {
        letter.is_ascii_digit() || matches!(letter, ':' | '：' | '.')
    }

    fn new(state: &State) -> Self {
        let timer = state.sleep.timer.as_ref();
        let mut rows: Vec<SleepRow> = Vec::new();
        rows.extend(timer.map(|_| SleepRow::Off));
        let minutes = MINUTES.map(|minutes| SleepAfter::Time(minutes * 60_000));
        rows.extend(minutes.map(SleepRow::After));
        let chapters = state.player.chapters().is_some_and(|found| !found.list.is_empty());
        rows.extend(chapters.then_some(SleepRow::After(SleepAfter::Chapter)));
        rows.extend([1, 2].map(|count| SleepRow::After(SleepAfter::Episodes(count))));
        let mut list = List::new(rows.len());
        let before = SleepRow::After(state.sleep.last);
        if timer.is_none() {
            match rows.iter().position(|row| *row == before) {
                Some(at) => list.select(at),
                // What was typed the last time is offered first.
                None if chapters || state.sleep.last != SleepAfter::Chapter => {
                    rows.insert(0, before);
                    list = List::new(rows.len());
                }
                None => {}
            }
        }
        Self { typed: String::new(), rows, list }
    }

    /// What a typed number can mean: minutes or episodes; a time can only be one.
    fn of_typed(typed: &str) -> Vec<SleepRow> {
        let time = if typed.contains(':') {
            parse_time(typed)
        } else {
            // A number alone is minutes: `25`, `0.5`.
            parse_time(typed).and_then(|ms| ms.checked_mul(60))
        };
        let count = typed.parse::<u64>().ok().and_then(SleepAfter::episodes);
        let after = time.and_then(SleepAfter::time).into_iter().chain(count);
        after.map(SleepRow::After).collect()
    }

    fn selected(&self) -> Option<SleepRow> {
        self.rows.get(self.list.selected).copied()
    }
}

/// Opens the list: on what was chosen last, or, where a timer runs, on its end. Pressed again it goes.
pub(in crate::app) fn show(state: &mut State) -> Vec<Effect> {
    state.overlay = match state.overlay {
        Some(Overlay::Sleep(_)) => None,
        _ => Some(Overlay::Sleep(SleepList::new(state))),
    };
    Vec::new()
}

/// A character for the number.
pub(in crate::app) fn typed(state: &mut State, typed: Typed) -> Vec<Effect> {
    let whole = SleepList::new(state);
    let Some(Overlay::Sleep(shown)) = &mut state.overlay else { return Vec::new() };
    match typed {
        Typed::Char(letter) if SleepList::takes(letter) && shown.typed.len() < TYPED => {
            shown.typed.push(if letter == '：' { ':' } else { letter });
        }
        Typed::Backspace => {
            shown.typed.pop();
        }
        _ => return Vec::new(),
    }
    if shown.typed.is_empty() {
        *shown = whole;
    } else {
        shown.rows = SleepList::of_typed(&shown.typed);
        shown.list = List::new(shown.rows.len());
    }
    Vec::new()
}

/// Forgets what was typed; whether there was anything.
pub(in crate::app) fn clear_typed(state: &mut State) -> bool {
    let whole = SleepList::new(state);
    match &mut state.overlay {
        Some(Overlay::Sleep(shown)) if !shown.typed.is_empty() => {
            *shown = whole;
            true
        }
        _ => false,
    }
}

/// Sets the timer as the selected entry says.
pub(in crate::app) fn choose(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Sleep(shown)) = &state.overlay else { return Vec::new() };
    let Some(row) = shown.selected() else { return Vec::new() };
    state.overlay = None;
    match row {
        SleepRow::Off => {
            state.sleep.timer = None;
            state.say(Notice::Sleep(SleepNotice::Off));
            Vec::new()
        }
        SleepRow::After(after) => {
            running::begin(state, after);
            state.sleep.last = after;
            state.say(Notice::Sleep(SleepNotice::Set(after)));
            vec![Effect::Remember { key: Sleep::KEPT[0], value: after.written() }]
        }
    }
}
