//! Chapters that are always skipped: where playback comes into one by itself it goes on behind it;
//! who jumps into one hears it.

use super::super::{Effect, Sound, State};
use super::{Playback, Playing, heard, jump};
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
    /// Where it goes on; `None` where nothing follows.
    pub(super) to: Option<Millis>,
    notice: Notice,
}

/// The way past the skipped chapter that `ms` lies in; `None` if it lies in none.
pub(super) fn leap(playing: &Playing, ms: Millis) -> Option<Leap> {
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
    let nothing_follows =
        |end: &Millis| playing.duration_ms.is_some_and(|length| end.saturating_add(REST) >= length);
    let start = |index: usize| list.list.get(index).map_or(0, |chapter| chapter.start_ms);
    Some(Leap {
        over: (start(first), start(index)),
        to: end.filter(|end| !nothing_follows(end)),
        notice: Notice::ChapterSkipped(title, index - first + 1),
    })
}

/// Where a chapter ends: as it says, else at the next one, else with the recording, if that is known.
fn end_of(playing: &Playing, list: &[Chapter], index: usize) -> Option<Millis> {
    let next = list.get(index + 1).map(|chapter| chapter.start_ms);
    list.get(index)?.end_ms.or(next).or(playing.duration_ms)
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
    let leap = leap(playing, ms)?;
    // Even if the jump does not land, it is not tried again and again.
    state.player.let_through = Some(leap.over);
    state.say(leap.notice);
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
    let Some(playing) = &state.player.playing else { return ms };
    let Some(leap) = leap(playing, ms) else { return ms };
    match leap.to {
        Some(to) if ms.saturating_sub(leap.over.0) < JUST_BEGUN => {
            state.say(leap.notice);
            to
        }
        _ => ms,
    }
}

/// Whoever jumps into a chapter hears it, skipped or not.
pub(super) fn let_through(state: &mut State) {
    let start = state.player.chapter().map(|chapter| chapter.start_ms);
    state.player.let_through = start.map(|start| (start, start));
}
