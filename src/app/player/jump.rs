//! Jumps: by time and by chapter. The state moves at once, so that quick presses add up.

use super::super::{Effect, Sound, State, along, chapters, notes, transcript};
use super::{Playback, play, skip};
use crate::lang::Notice;
use crate::model::{Chapters, EpisodeId, Millis};

/// "Previous chapter" goes to the start of this one when it has played this long, in ms at speed 1.
const RESTART_AFTER: Millis = 3_000;

/// The user jumps to a time: what lies there is heard, and the notes follow again.
pub(in crate::app) fn seek(state: &mut State, ms: Millis) -> Vec<Effect> {
    let effects = go_to(state, ms);
    skip::let_through(state);
    if let Some(opened) = &mut state.notes.opened {
        opened.follow = true;
    }
    notes::follow(state);
    transcript::attach(state);
    effects
}

/// Goes to a time; the state moves at once.
pub(super) fn go_to(state: &mut State, ms: Millis) -> Vec<Effect> {
    let Some(playing) = &mut state.player.playing else { return Vec::new() };
    let ms = ms.min(playing.duration_ms.unwrap_or(Millis::MAX));
    if matches!(state.player.playback, Playback::Ended | Playback::Failed(_)) {
        let id = playing.id;
        return play(state, id, Some(ms), None);
    }
    if playing.until_ms.is_some_and(|until| ms >= until) {
        // Behind a snip's end is no longer that snip.
        playing.until_ms = None;
        state.snips.run = None;
    }
    state.player.ms = ms;
    state.player.seeking = Some((ms, 0));
    // Who has looked around meanwhile goes on exactly there.
    state.player.held_since = None;
    let mut effects = vec![Effect::Sound(Sound::Seek(ms))];
    effects.extend(state.player.save());
    notes::follow(state);
    effects
}

/// At once to where the place that is looked for probably is.
pub(in crate::app) fn jump_now(state: &mut State) -> Vec<Effect> {
    if state.player.looking.is_none() {
        state.say(Notice::NotSeeking);
        return Vec::new();
    }
    vec![Effect::Sound(Sound::Estimate)]
}

/// Jumps by so many milliseconds.
pub(in crate::app) fn seek_by(state: &mut State, by: i64) -> Vec<Effect> {
    let ms = state.player.ms.saturating_add_signed(by);
    seek(state, ms)
}

/// To the next chapter; from the last one nowhere.
pub(in crate::app) fn next_chapter(state: &mut State) -> Vec<Effect> {
    by_chapter(state, |chapters, now, _| {
        chapters.list.iter().map(|chapter| chapter.start_ms).find(|&start| start > now)
    })
}

/// To the start of this chapter, or of the one before if this one has only begun.
pub(in crate::app) fn previous_chapter(state: &mut State) -> Vec<Effect> {
    by_chapter(state, |chapters, now, speed| {
        let grace = (RESTART_AFTER as f32 * speed) as Millis;
        let starts = chapters.list.iter().map(|chapter| chapter.start_ms);
        Some(starts.rev().find(|&start| start.saturating_add(grace) <= now).unwrap_or(0))
    })
}

/// Jumps by chapter in what plays; where nothing is loaded, in the opened episode, which then plays.
fn by_chapter(
    state: &mut State,
    target: impl Fn(&Chapters, Millis, f32) -> Option<Millis>,
) -> Vec<Effect> {
    let (id, now, chapters) = if let Some(playing) = &state.player.playing {
        (playing.id, state.player.ms, state.player.chapters())
    } else {
        let Some(opened) = &state.notes.opened else { return Vec::new() };
        let summary = &opened.episode.summary;
        let now = if summary.position.played { 0 } else { summary.position.ms };
        (summary.id, now, opened.shown())
    };
    let Some(chapters) = chapters.filter(|chapters| !chapters.list.is_empty()) else {
        state.say(Notice::NoChapters);
        return Vec::new();
    };
    let target = target(chapters, now, state.player.how.speed.factor());
    let Some(start) = target.filter(|&start| !is_beyond(state, id, start)) else {
        state.say(Notice::LastChapter);
        return Vec::new();
    };
    let effects = match state.player.playing {
        Some(_) => seek(state, start),
        None => play(state, id, Some(start), None),
    };
    chapters::to_playing(state);
    effects
}

/// Whether a time lies at or behind the end of an episode, as far as its length is known.
pub(in crate::app) fn is_beyond(state: &State, id: EpisodeId, ms: Millis) -> bool {
    let loaded = state.player.playing.as_ref().filter(|playing| playing.id == id);
    let opened = state.notes.opened.as_ref().filter(|opened| opened.episode.summary.id == id);
    let length = loaded
        .map(|playing| playing.duration_ms)
        .or(opened.map(|opened| opened.episode.summary.duration_ms));
    ms > 0 && length.flatten().is_some_and(|length| length > 0 && ms >= length)
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
    let shown = opened.shown();
    let named = shown.map(|c| Notice::ChaptersFrom(c.source, c.list.len(), c.beyond));
    if let Some(playing) = state.player.playing.as_mut().filter(|playing| playing.id == id) {
        playing.source = source;
    }
    if let Some(named) = named {
        state.say(named);
    }
    chapters::renew(state);
    along::renew(state);
    Vec::new()
}
