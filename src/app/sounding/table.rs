//! The table of how it sounds: a row for everything that can be chosen, a column for one show and one
//! for all of them. What applies is marked; the keys change the cell that is chosen.

use super::super::layout::{SoundColumns, overlay_of, sound_columns};
use super::super::{Command, Effect, List, Overlay, Pane, State, hit_row};
use super::{choose, forget};
use crate::lang::Notice;
use crate::model::{Millis, ShowId, SoundAspect, SoundScope, SoundValue};

/// The table in front.
#[derive(Debug, Clone, PartialEq)]
pub struct SoundTable {
    /// The show that it is about, and its title; `None`: there is only the column for all.
    pub show: Option<(ShowId, String)>,
    /// Place among the rows.
    pub list: List,
    /// The column that the keys change.
    pub scope: SoundScope,
}

impl SoundTable {
    /// The row that the keys change.
    #[must_use]
    pub fn aspect(&self) -> SoundAspect {
        SoundAspect::ALL.get(self.list.selected).copied().unwrap_or(SoundAspect::Speed)
    }

    /// The show whose own choice the keys change; `None`: that for all.
    fn target(&self) -> Option<ShowId> {
        let show = self.show.as_ref().map(|(id, _)| *id);
        show.filter(|_| self.scope == SoundScope::ThisShow)
    }

    fn turn(&mut self) {
        self.scope = match self.scope {
            SoundScope::AllShows if self.show.is_some() => SoundScope::ThisShow,
            _ => SoundScope::AllShows,
        };
    }
}

/// Opens the table; pressed again it goes.
pub(in crate::app) fn show(state: &mut State) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Sound(_))) {
        state.overlay = None;
        return Vec::new();
    }
    let show = show_in_question(state);
    let scope = show.as_ref().map_or(SoundScope::AllShows, |_| SoundScope::ThisShow);
    let list = List::new(SoundAspect::ALL.len());
    state.overlay = Some(Overlay::Sound(SoundTable { show, list, scope }));
    Vec::new()
}

/// The show that is selected where the focus is on shows, else the one that plays, else the one whose
/// notes are open.
fn show_in_question(state: &State) -> Option<(ShowId, String)> {
    let selected = state.library.selected_show().filter(|_| state.focus == Pane::Shows);
    let selected = selected.map(|show| (show.id, show.title.clone()));
    let plays = state.player.playing.as_ref();
    let plays = plays.map(|playing| (playing.show_id, playing.show.clone()));
    let opened = state.notes.opened.as_ref().map(|opened| &opened.episode.summary);
    let opened = opened.map(|summary| (summary.show, summary.show_title.clone()));
    selected.or(plays).or(opened)
}

/// What a command means while the table is in front; `None` where it means what it always does.
pub(in crate::app) fn in_front(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    let Some(Overlay::Sound(table)) = &mut state.overlay else { return None };
    let (by, far) = steps(table.aspect());
    Some(match command {
        Command::SeekForward => more(state, by),
        Command::SeekBack => more(state, -by),
        Command::SeekForwardLong => more(state, far),
        Command::SeekBackLong => more(state, -far),
        Command::Wider => more(state, 1),
        Command::Narrower => more(state, -1),
        Command::NextPane | Command::PreviousPane => {
            table.turn();
            Vec::new()
        }
        Command::Delete => {
            let (target, aspect) = (table.target(), table.aspect());
            forget(state, target, aspect)
        }
        Command::Follow => up_to_here(state),
        Command::Open | Command::Back => {
            state.overlay = None;
            Vec::new()
        }
        _ => return None,
    })
}

/// Steps of the short and of the long jump keys: of speed 0.05, of strength one, seconds.
fn steps(aspect: SoundAspect) -> (i32, i32) {
    match aspect {
        SoundAspect::Speed => (1, 5),
        SoundAspect::Trim | SoundAspect::Loudness | SoundAspect::VoiceBoost => (1, 1),
        SoundAspect::SkipIntro | SoundAspect::SkipOutro => (5, 30),
    }
}

/// More of what is chosen, or less. What a show has not chosen yet begins as all have it.
fn more(state: &mut State, by: i32) -> Vec<Effect> {
    let Some(Overlay::Sound(table)) = &state.overlay else { return Vec::new() };
    let (target, aspect) = (table.target(), table.aspect());
    let now = state.player.chosen.applies_to(target).get(aspect);
    choose(state, target, now.more(by))
}

/// The beginning ends, or the end begins, at what is heard now.
fn up_to_here(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Sound(table)) = &state.overlay else { return Vec::new() };
    let (target, aspect) = (table.target(), table.aspect());
    let here = state.player.ms;
    let playing = state.player.playing.as_ref();
    let playing = playing.filter(|playing| target.is_none_or(|show| show == playing.show_id));
    let Some(playing) = playing else {
        state.say(Notice::NothingPlays);
        return Vec::new();
    };
    let seconds = |ms: Millis| u32::try_from(ms / 1000).unwrap_or(u32::MAX);
    let left = playing.duration_ms.map(|end| end.saturating_sub(here));
    let value = match (aspect, left) {
        (SoundAspect::SkipIntro, _) => SoundValue::SkipIntro(seconds(here)),
        (SoundAspect::SkipOutro, Some(left)) => SoundValue::SkipOutro(seconds(left)),
        _ => return Vec::new(),
    };
    // Too far from the edge is no beginning and no end.
    if value.more(0) != value {
        state.say(Notice::TooLongToSkip);
        return Vec::new();
    }
    let scope = target.map_or(SoundScope::AllShows, |_| SoundScope::ThisShow);
    state.say(Notice::Sounds(value, scope));
    choose(state, target, value)
}

/// A click: on another cell it chooses that one, on an arrow of the chosen one it changes it.
pub(in crate::app) fn clicked(state: &mut State, x: u16, y: u16) -> Vec<Effect> {
    let area = overlay_of(state);
    let Some(Overlay::Sound(table)) = &mut state.overlay else { return Vec::new() };
    let Some(row) = hit_row(area, x, y) else {
        state.overlay = None;
        return Vec::new();
    };
    // The first row names the columns.
    let Some(row) = row.checked_sub(1).filter(|&row| row < SoundAspect::ALL.len()) else {
        return Vec::new();
    };
    let SoundColumns { own, all } = sound_columns(area);
    let inside = |column: &std::ops::Range<u16>| column.contains(&x);
    let scope = match (inside(&own), inside(&all)) {
        (true, _) if table.show.is_some() => SoundScope::ThisShow,
        (_, true) => SoundScope::AllShows,
        _ => {
            table.list.select(row);
            return Vec::new();
        }
    };
    if (table.list.selected, table.scope) != (row, scope) {
        table.list.select(row);
        table.scope = scope;
        return Vec::new();
    }
    let column = if scope == SoundScope::ThisShow { own } else { all };
    let (by, _) = steps(table.aspect());
    let middle = column.start + (column.end - column.start) / 2;
    more(state, if x < middle { -by } else { by })
}
