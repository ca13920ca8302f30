//! Where timers stopped playback: kept, told of when listening goes on there, and gone to by a key.

use super::super::{Effect, State, player};
use super::Sleep;
use crate::lang::{Notice, SleepNotice};
use crate::model::{EpisodeId, Millis, SleepMark};

/// So many marks are kept.
const KEPT: usize = 50;
/// Listening that goes on so near to a mark goes on where the timer stopped it, in ms.
const HERE: Millis = 30_000;
/// The key goes on to the next place of a mark when it is pressed again so soon, in ms.
const AGAIN: u64 = 15_000;

/// Marks where the timer stopped what plays.
pub(super) fn put(
    state: &mut State,
    stopped_ms: Millis,
    faded: Option<(EpisodeId, Millis)>,
    awake: Option<(EpisodeId, Millis)>,
) -> Vec<Effect> {
    let Some(episode) = state.player.episode() else { return Vec::new() };
    let ours = |place: Option<(EpisodeId, Millis)>| {
        place.filter(|(id, ms)| *id == episode && *ms <= stopped_ms).map(|(_, ms)| ms)
    };
    let faded_ms = ours(faded).unwrap_or(stopped_ms);
    let mark = SleepMark { episode, stopped_ms, faded_ms, awake_ms: ours(awake) };
    let marks = &mut state.sleep.marks;
    marks.retain(|old| old.episode != episode);
    marks.push(mark);
    marks.drain(..marks.len().saturating_sub(KEPT));
    let written: Vec<String> = marks.iter().map(SleepMark::written).collect();
    vec![Effect::Remember { key: Sleep::KEPT[1], value: written.join(" ") }]
}

/// Listening goes on at `ms`: if a timer stopped it there, the user is told of the way back.
pub(in crate::app) fn remind(state: &mut State, id: EpisodeId, ms: Millis) {
    let mark = state.sleep.mark(id).filter(|mark| mark.stopped_ms.abs_diff(ms) <= HERE);
    if let Some(mark) = mark {
        let notice = SleepNotice::Here(mark.stopped_ms, mark.faded_ms);
        state.say(Notice::Sleep(notice));
    }
}

/// The places of a mark, as the key goes to them one after another, each with what it is called.
fn places(mark: &SleepMark) -> Vec<(SleepNotice, Millis)> {
    let awake = mark.awake_ms.map(|ms| (SleepNotice::Awake(ms), ms));
    let mut places = vec![(SleepNotice::Faded(mark.faded_ms, awake.is_some()), mark.faded_ms)];
    places.extend(awake);
    places.push((SleepNotice::Stopped(mark.stopped_ms), mark.stopped_ms));
    places
}

/// Goes to the mark of the episode that is loaded, else of the one that is open, else to the newest;
/// pressed again, to its next place.
pub(in crate::app) fn go_to_mark(state: &mut State) -> Vec<Effect> {
    let at_hand = [state.player.episode(), state.notes.id()];
    let mut marks = at_hand.into_iter().flatten().filter_map(|id| state.sleep.mark(id));
    let Some(mark) = marks.next().or(state.sleep.marks.last()).copied() else {
        state.say(Notice::Sleep(SleepNotice::NoMark));
        return Vec::new();
    };
    let places = places(&mark);
    let before = state
        .sleep
        .shown
        .filter(|(id, _, at)| *id == mark.episode && state.now.saturating_sub(*at) <= AGAIN);
    let index = before.map_or(0, |(_, index, _)| (index + 1) % places.len());
    let Some((notice, ms)) = places.into_iter().nth(index) else { return Vec::new() };
    state.sleep.shown = Some((mark.episode, index, state.now));
    let effects = player::play(state, mark.episode, Some(ms), None);
    state.say(Notice::Sleep(notice));
    effects
}
