//! Chapters that are always skipped, and the ending that is: the sound is told beforehand what to
//! leave out, so that nothing of it is heard. Where playback comes into a chapter all the same (it was
//! chosen a moment ago), it goes on behind it. Who jumps into one hears it.

use super::super::{Effect, Sound, State, sleep};
use super::{Playback, Player, Playing, edges, heard, jump};
use crate::lang::Notice;
use crate::model::{Chapter, Millis};

/// A chapter of which less than this remains is not worth a jump, in ms.
const REST: Millis = 250;

/// Listening that stopped so soon after the start of a skipped chapter had not come by hand, in ms.
const JUST_BEGUN: Millis = 3_000;

/// A way past chapters that are skipped, one or several in a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leap {
    /// Starts of the first and the last of them.
    pub(super) over: (Millis, Millis),
    /// Where the first of them begins.
    at: Millis,
    /// Where it goes on; `None` where nothing follows.
    pub(super) to: Option<Millis>,
    /// `None` where playback only stops there.
    notice: Option<Notice>,
}

/// The way past the skipped chapter that `ms` lies in; `None` if it lies in none.
pub(super) fn leap(player: &Player, ms: Millis) -> Option<Leap> {
    let playing = player.playing.as_ref()?;
    let list = playing.source.and_then(|source| playing.chapters.get(source))?;
    let first = list.at(ms)?;
    let skipped = |index: usize| list.list.get(index).filter(|chapter| playing.skips(chapter));
    let title = skipped(first)?.title.clone();
    let mut index = first;
    let mut end = end_of(playing, &list.list, index);
    // Each round takes a later chapter, so this ends.
    while let Some(next) = end.and_then(|end| list.at(end)).filter(|&next| next > index)
        && skipped(next).is_some()
    {
        index = next;
        end = end_of(playing, &list.list, index);
    }
    if end.is_some_and(|end| end <= ms.saturating_add(REST)) {
        return None;
    }
    let over_at = edges::ending(player, ms).or(playing.duration_ms);
    let nothing_follows =
        |end: &Millis| over_at.is_some_and(|over_at| end.saturating_add(REST) >= over_at);
    let start = |index: usize| list.list.get(index).map_or(0, |chapter| chapter.start_ms);
    Some(Leap {
        over: (start(first), start(index)),
        at: start(first),
        to: end.filter(|end| !nothing_follows(end)),
        notice: Some(Notice::ChapterSkipped(title, index - first + 1)),
    })
}

/// Where a chapter ends: as it says, else at the next one, else with the recording, if that is known.
fn end_of(playing: &Playing, list: &[Chapter], index: usize) -> Option<Millis> {
    let next = list.get(index + 1).map(|chapter| chapter.start_ms);
    list.get(index)?.end_ms.or(next).or(playing.duration_ms)
}

/// Tells the sound what to leave out next, if that is another than it knows.
pub(in crate::app) fn plan(state: &mut State) -> Vec<Effect> {
    let player = &state.player;
    let whole = player.playing.as_ref().is_some_and(|playing| playing.until_ms.is_none());
    let next = if whole { next_leap(player) } else { None };
    // For the sleep timer the sound ends with a chapter: nothing that follows is heard.
    let stop = sleep::stops_at(state).filter(|&at| next.as_ref().is_none_or(|next| at <= next.at));
    let next = match stop {
        Some(at) => Some(Leap { over: (at, at), at, to: None, notice: None }),
        None => next,
    };
    let order = |leap: &Leap| (leap.at, leap.to);
    let (told, wanted) = (player.planned.as_ref().map(order), next.as_ref().map(order));
    state.player.planned = next;
    if told == wanted { Vec::new() } else { vec![Effect::Sound(Sound::Leap(wanted))] }
}

/// What is to be left out next: a skipped chapter, or the ending.
fn next_leap(player: &Player) -> Option<Leap> {
    let chapter = next_skipped(player);
    let length = player.playing.as_ref().and_then(|playing| playing.duration_ms).unwrap_or(0);
    let ending = edges::ending(player, player.ms).map(|at| Leap {
        over: (at, at),
        at,
        to: None,
        notice: Some(Notice::OutroSkipped(length.saturating_sub(at))),
    });
    match (chapter, ending) {
        (Some(chapter), Some(ending)) if ending.at < chapter.at => Some(ending),
        (None, ending) => ending,
        (chapter, _) => chapter,
    }
}

fn next_skipped(player: &Player) -> Option<Leap> {
    let playing = player.playing.as_ref().filter(|playing| !playing.skipped.is_empty())?;
    let chapters = player.chapters()?;
    let after = chapters.list.partition_point(|chapter| chapter.start_ms <= player.ms);
    let behind = chapters.list.get(after..).unwrap_or_default();
    let next = behind.iter().find(|chapter| playing.skips(chapter))?;
    leap(player, next.start_ms)
}

/// The sound has come from one time to another, or to the end: if it left out on its way what it was
/// told to, the user is told. Whether it did.
pub(super) fn left_out(state: &mut State, from: Millis, to: Option<Millis>) -> bool {
    let done = state.player.planned.as_ref().filter(|leap| {
        let came = match (to, leap.to) {
            (Some(to), Some(behind)) => to + REST >= behind,
            (None, None) => leap.at.saturating_sub(from) < JUST_BEGUN,
            _ => false,
        };
        from < leap.at && came
    });
    let Some(notice) = done.map(|leap| leap.notice.clone()) else { return false };
    if let Some(notice) = notice {
        state.say(notice);
    }
    true
}

/// Playback stands where it stands: if that is in a skipped chapter, it goes on behind it.
pub(super) fn pass(state: &mut State) -> Option<Vec<Effect>> {
    let ms = state.player.ms;
    let heard_now = matches!(state.player.playback, Playback::Playing | Playback::Buffering);
    let playing = state.player.playing.as_ref()?;
    if !heard_now || playing.until_ms.is_some() {
        return None;
    }
    let now = state.player.chapter().map(|chapter| chapter.start_ms);
    if let (Some(now), Some((from, to))) = (now, state.player.let_through)
        && (from..=to).contains(&now)
    {
        return None;
    }
    state.player.let_through = None;
    let leap = leap(&state.player, ms)?;
    // Even if the jump does not land, it is not tried again and again.
    state.player.let_through = Some(leap.over);
    leap.notice.into_iter().for_each(|notice| state.say(notice));
    let Some(to) = leap.to else { return Some(finish(state)) };
    Some(jump::go_to(state, to))
}

/// Nothing but skipped chapters follows: the episode is over.
fn finish(state: &mut State) -> Vec<Effect> {
    let end = state.player.playing.as_ref().and_then(|playing| playing.duration_ms);
    let ms = end.unwrap_or(state.player.ms);
    let mut effects = vec![Effect::Sound(Sound::Pause)];
    effects.extend(heard::ended(state, ms));
    effects
}

/// The chapter that plays was just chosen to be skipped: it goes on behind it at once.
pub(in crate::app) fn skip_now(state: &mut State, chapter: &Chapter) -> Vec<Effect> {
    if state.player.chapter().map(|now| now.start_ms) != Some(chapter.start_ms) {
        return Vec::new();
    }
    state.player.let_through = None;
    pass(state).unwrap_or_default()
}

/// Where an episode goes on that was left at `ms`: behind a skipped chapter that had just begun.
pub(super) fn resume(state: &mut State, ms: Millis) -> Millis {
    let Some(leap) = leap(&state.player, ms) else { return ms };
    match leap.to {
        Some(to) if ms.saturating_sub(leap.over.0) < JUST_BEGUN => {
            leap.notice.into_iter().for_each(|notice| state.say(notice));
            to
        }
        _ => ms,
    }
}

/// Where it goes on behind the skipped chapters that begin at `ms`, if some do.
pub(in crate::app) fn behind_skipped(state: &State, ms: Millis) -> Option<Millis> {
    leap(&state.player, ms)?.to
}

/// Whoever jumps into a chapter hears it, skipped or not.
pub(super) fn let_through(state: &mut State) {
    let start = state.player.chapter().map(|chapter| chapter.start_ms);
    state.player.let_through = start.map(|start| (start, start));
}
