//! Jumps: by time and by chapter. The state moves at once, so that quick presses add up.

use super::super::{Effect, Sound, State, notes, transcript};
use super::{Playback, play};
use crate::lang::Notice;
use crate::model::Millis;

/// "Previous chapter" goes to the start of this one when it has played this long, in ms at speed 1.
const RESTART_AFTER: Millis = 3_000;

/// Jumps to a time; the state moves at once, so that quick presses add up.
pub(in crate::app) fn seek(state: &mut State, ms: Millis) -> Vec<Effect> {
    let Some(playing) = &state.player.playing else { return Vec::new() };
    let end = playing.duration_ms.unwrap_or(Millis::MAX);
    let ms = ms.min(end);
    if matches!(state.player.playback, Playback::Ended | Playback::Failed(_)) {
        let id = playing.id;
        return play(state, id, Some(ms), None);
    }
    state.player.ms = ms;
    state.player.seeking = Some((ms, 0));
    if let Some(opened) = &mut state.notes.opened {
        opened.follow = true;
    }
    let mut effects = vec![Effect::Sound(Sound::Seek(ms))];
    effects.extend(state.player.save());
    notes::follow(state);
    transcript::attach(state);
    effects
}

/// Jumps by so many milliseconds.
pub(in crate::app) fn seek_by(state: &mut State, by: i64) -> Vec<Effect> {
    let ms = state.player.ms.saturating_add_signed(by);
    seek(state, ms)
}

/// To the next chapter; from the last one nowhere.
pub(in crate::app) fn next_chapter(state: &mut State) -> Vec<Effect> {
    let now = state.player.ms;
    let next = state.player.chapters().and_then(|chapters| {
        chapters.list.iter().map(|chapter| chapter.start_ms).find(|&start| start > now)
    });
    if let Some(start) = next {
        return seek(state, start);
    }
    no_chapters(state);
    Vec::new()
}

/// To the start of this chapter, or of the one before if this one has only begun.
pub(in crate::app) fn previous_chapter(state: &mut State) -> Vec<Effect> {
    let now = state.player.ms;
    let grace = (RESTART_AFTER as f32 * state.player.speed) as Millis;
    let before = state.player.chapters().map(|chapters| {
        let starts = chapters.list.iter().map(|chapter| chapter.start_ms);
        starts.rev().find(|&start| start.saturating_add(grace) <= now).unwrap_or(0)
    });
    if let Some(start) = before {
        return seek(state, start);
    }
    no_chapters(state);
    Vec::new()
}

pub(super) fn no_chapters(state: &mut State) {
    if state.player.playing.is_some() && state.player.chapters().is_none() {
        state.say(Notice::NoChapters);
    }
}

/// Chapters from the next source that has some.
pub(in crate::app) fn next_source(state: &mut State) -> Vec<Effect> {
    let Some(opened) = &mut state.notes.opened else { return Vec::new() };
    let count = opened.chapters.len();
    if count == 0 {
        state.say(Notice::NoChapters);
        return Vec::new();
    }
    opened.source = Some(opened.source.map_or(0, |source| (source + 1) % count));
    let (id, source) = (opened.episode.summary.id, opened.source);
    let named = opened.shown().map(|chapters| (chapters.source, chapters.list.len()));
    if let Some(playing) = state.player.playing.as_mut().filter(|playing| playing.id == id) {
        playing.source = source;
    }
    if let Some((source, count)) = named {
        state.say(Notice::ChaptersFrom(source, count));
    }
    Vec::new()
}
