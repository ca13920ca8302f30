//! Beginning, holding and going on.

use super::super::notes::{self, PendingPlay};
use super::super::{Effect, Sound, State, snips, sounding, transcript};
use super::range::play_range;
use super::{Playback, Playing, can_play_range, edges, is_beyond, keep, rewind, seek, skip};
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis};

/// Plays an episode: from where listening stopped, or from `start_ms` (to `until_ms`).
pub(in crate::app) fn play(
    state: &mut State,
    id: EpisodeId,
    start_ms: Option<Millis>,
    until_ms: Option<Millis>,
) -> Vec<Effect> {
    state.snips.run = None;
    play_on(state, id, start_ms, until_ms)
}

/// The same for the next passage of several that play one after another.
pub(in crate::app) fn play_on(
    state: &mut State,
    id: EpisodeId,
    start_ms: Option<Millis>,
    until_ms: Option<Millis>,
) -> Vec<Effect> {
    let pending = PendingPlay { id, start_ms, until_ms };
    if state.notes.id() == Some(id) {
        // Whatever else was still to be opened and played is no longer wanted.
        state.notes.loading = None;
        state.notes.pending = None;
        return start(state, pending);
    }
    state.notes.pending = Some(pending);
    notes::open(state, id)
}

/// Plays the opened episode.
pub(in crate::app) fn start(state: &mut State, pending: PendingPlay) -> Vec<Effect> {
    if let Some(ms) = pending.start_ms.filter(|&ms| is_beyond(state, pending.id, ms)) {
        state.say(Notice::BeyondEnd(ms));
        let snip = pending.until_ms.is_some();
        return if snip { snips::over(state, pending.id) } else { Vec::new() };
    }
    let loaded = state.player.episode() == Some(pending.id);
    let usable =
        !matches!(state.player.playback, Playback::Failed(_) | Playback::Ended | Playback::Idle);
    let until = state.player.playing.as_ref().and_then(|playing| playing.until_ms);
    if loaded && usable && pending.until_ms.is_none() && until.is_none() {
        let Some(ms) = pending.start_ms else { return rewind::go_on(state) };
        let mut effects = seek(state, ms);
        effects.push(Effect::Sound(Sound::Play));
        return effects;
    }
    if (pending.until_ms.is_some() || until.is_some()) && can_play_range(state, pending.id) {
        return play_range(state, pending);
    }
    load(state, pending)
}

pub(super) fn load(state: &mut State, pending: PendingPlay) -> Vec<Effect> {
    let recording = state.notes.opened.as_ref().map(|o| o.episode.summary.enclosure.is_some());
    if recording == Some(false) {
        state.say(Notice::NoRecording);
        return snips::over(state, pending.id);
    }
    let mut effects = keep(state);
    rewind::leave(state);
    let ticket = state.ticket();
    let Some(opened) = &mut state.notes.opened else { return effects };
    let summary = &opened.episode.summary;
    let resume = if summary.position.played { 0 } else { summary.position.ms };
    opened.follow = true;
    state.player.playing = Some(Playing {
        id: pending.id,
        title: summary.title.clone(),
        show_id: summary.show,
        show: summary.show_title.clone(),
        ticket,
        duration_ms: summary.duration_ms,
        measured: false,
        played: summary.position.played,
        heard_before: summary.position.played,
        until_ms: pending.until_ms,
        chapters: opened.chapters.clone(),
        source: opened.source,
        skipped: opened.skipped.clone(),
        pages: opened.pages.clone(),
    });
    // Beforehand, so that it sounds right from its first moment.
    effects.extend(sounding::tune(state));
    let start_ms = pending.start_ms.unwrap_or_else(|| {
        let begin = edges::begin(state, resume);
        let ms = skip::resume(state, begin);
        rewind::resume(state, pending.id, ms).max(edges::intro(&state.player))
    });
    state.player.playback = Playback::Loading;
    state.player.ms = start_ms;
    state.player.kept_ms = start_ms;
    state.player.saved_ms = 0;
    state.player.seeking = None;
    (state.player.estimated, state.player.looking) = (false, None);
    state.player.planned = None;
    transcript::attach(state);
    skip::let_through(state);
    notes::follow(state);
    effects.push(Effect::Load { ticket, id: pending.id, start_ms, until_ms: pending.until_ms });
    effects.extend(snips::loop_of(state, pending.id));
    effects
}

/// Space: hold, go on, or play what is opened.
pub(in crate::app) fn toggle(state: &mut State) -> Vec<Effect> {
    match state.player.playback {
        // The state moves at once, so that two quick presses hold and go on.
        Playback::Playing | Playback::Buffering | Playback::Loading => {
            let mut effects = vec![Effect::Sound(Sound::Pause)];
            effects.extend(rewind::hold(state));
            effects
        }
        Playback::Paused => rewind::go_on(state),
        Playback::Idle | Playback::Ended | Playback::Failed(_) => {
            let loaded = state.player.playing.as_ref().map(|playing| playing.id);
            let at = (state.player.playback != Playback::Idle).then_some(state.player.ms);
            let Some(id) = loaded.or(state.notes.id()).or(state.library.selected()) else {
                return Vec::new();
            };
            let end = state.player.playing.as_ref().and_then(|playing| playing.duration_ms);
            // At the very end, playing again begins at the beginning.
            let at = at.filter(|&ms| end.is_none_or(|end| ms + 1_000 < end));
            let over = state.player.playback == Playback::Ended;
            play(state, id, at.or(loaded.filter(|_| !over).map(|_| 0)), None)
        }
    }
}
