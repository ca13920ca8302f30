//! Ranges: snips that end by themselves, or play round after round. They leave alone where listening
//! stopped.

use super::super::notes::{self, PendingPlay};
use super::super::{Effect, Sound, State};
use super::{Playback, keep, mark, skip};
use crate::model::{EpisodeId, Millis, Position};

/// Whether a range of this episode can be played without opening its recording again.
pub(in crate::app) fn can_play_range(state: &State, id: EpisodeId) -> bool {
    let open = !matches!(state.player.playback, Playback::Failed(_) | Playback::Idle);
    open && state.player.episode() == Some(id)
}

/// Plays a range of the recording that is loaded, or from there to its end.
pub(super) fn play_range(state: &mut State, pending: PendingPlay) -> Vec<Effect> {
    let resume = state.notes.opened.as_ref().map(|opened| opened.episode.summary.position);
    let resume = resume.filter(|position| !position.played).unwrap_or_default();
    let from = pending.start_ms.unwrap_or(resume.ms);
    let mut effects = enter_range(state, from, pending.until_ms);
    effects.push(Effect::Sound(Sound::Range { from, until: pending.until_ms }));
    effects
}

/// The state at the start of a range; where listening stood is kept.
pub(in crate::app) fn enter_range(
    state: &mut State,
    from: Millis,
    until: Option<Millis>,
) -> Vec<Effect> {
    let effects = keep(state);
    if !effects.is_empty()
        && let Some(playing) = &state.player.playing
    {
        let position = Position { ms: state.player.ms, played: playing.played };
        mark(state, playing.id, position);
    }
    if let Some(playing) = &mut state.player.playing {
        playing.until_ms = until;
    }
    stand_at(state, from, Playback::Playing);
    effects
}

fn stand_at(state: &mut State, ms: Millis, playback: Playback) {
    state.player.ms = ms;
    state.player.kept_ms = ms;
    state.player.held_since = None;
    state.player.seeking = Some((ms, 0));
    state.player.playback = playback;
    if let Some(opened) = &mut state.notes.opened {
        opened.follow = true;
    }
    skip::let_through(state);
    notes::follow(state);
}

/// Back from a range to where listening stood in this episode: `back` is the place and whether it
/// played; without it, where it stopped the last time.
pub(in crate::app) fn go_back(
    state: &mut State,
    id: EpisodeId,
    back: Option<(Millis, bool)>,
) -> Vec<Effect> {
    if state.notes.pending.is_some_and(|pending| pending.id == id) {
        state.notes.pending = None;
    }
    let ours = state.player.playing.as_mut().filter(|playing| playing.id == id);
    let Some(playing) = ours else { return Vec::new() };
    playing.until_ms = None;
    if matches!(state.player.playback, Playback::Failed(_) | Playback::Idle) {
        return Vec::new();
    }
    let stopped = state.notes.opened.as_ref().filter(|o| o.episode.summary.id == id);
    let stopped = stopped.map(|opened| opened.episode.summary.position);
    let stopped = stopped.filter(|position| !position.played).map_or(0, |position| position.ms);
    let (ms, plays) = back.unwrap_or((stopped, false));
    stand_at(state, ms, if plays { Playback::Playing } else { Playback::Paused });
    let mut effects = vec![Effect::Sound(Sound::Pause), Effect::Sound(Sound::Seek(ms))];
    if plays {
        effects.push(Effect::Sound(Sound::Play));
    }
    effects
}

/// Holds a range where it is.
pub(in crate::app) fn keep_still(state: &mut State) -> Vec<Effect> {
    if state.player.playback != Playback::Playing {
        return Vec::new();
    }
    state.player.playback = Playback::Paused;
    vec![Effect::Sound(Sound::Pause)]
}
