//! Holding, and going on a little before where it was held: the longer the pause, the more of what was
//! said is forgotten.

use super::super::{Effect, Sound, State, sleep};
use super::{Playback, Playing};
use crate::model::{Chapters, EpisodeId, Millis};

/// Pauses shorter than so many ms are gone back for by so many ms.
const STEPS: [(u64, Millis); 4] =
    [(10_000, 0), (60_000, 2_000), (600_000, 5_000), (3_600_000, 10_000)];
/// After a longer pause, or in another start of the program, in ms.
const MOST: Millis = 20_000;

/// Playback stands from now on; where it stands is kept.
pub(in crate::app) fn hold(state: &mut State) -> Vec<Effect> {
    state.player.playback = Playback::Paused;
    state.player.held_since = Some(state.now);
    let mut effects = state.player.save();
    effects.extend(state.player.tell_listening());
    effects
}

/// Playback goes on after a pause.
pub(in crate::app) fn go_on(state: &mut State) -> Vec<Effect> {
    state.player.playback = Playback::Playing;
    let pause = state.player.held_since.take().map(|since| state.now.saturating_sub(since));
    let mut effects = Vec::new();
    if let (Some(pause), Some(playing)) = (pause, &state.player.playing)
        && playing.until_ms.is_none()
    {
        let (id, held) = (playing.id, state.player.ms);
        let from = before(playing, held, step(state, Some(pause)));
        if from < held {
            state.player.ms = from;
            state.player.seeking = Some((from, 0));
            effects.push(Effect::Sound(Sound::Seek(from)));
        }
        sleep::remind(state, id, held);
    }
    effects.push(Effect::Sound(Sound::Play));
    effects
}

/// Where an episode goes on that was left at `ms`, in this start of the program or in another.
pub(super) fn resume(state: &mut State, id: EpisodeId, ms: Millis) -> Millis {
    let away = state.player.left.get(&id).map(|left| state.now.saturating_sub(*left));
    let by = step(state, away);
    sleep::remind(state, id, ms);
    state.player.playing.as_ref().map_or(ms, |playing| before(playing, ms, by))
}

/// The loaded episode is left now for another, or was held before.
pub(super) fn leave(state: &mut State) {
    let since = state.player.held_since.take().unwrap_or(state.now);
    if let Some(id) = state.player.episode() {
        state.player.left.insert(id, since);
    }
}

/// How far is gone back after so long; `None`: since another start of the program.
fn step(state: &State, pause: Option<u64>) -> Millis {
    let known = pause.and_then(|pause| STEPS.iter().find(|(longest, _)| pause < *longest));
    let most = Millis::from(state.settings.audio.rewind_after_pause) * 1000;
    known.map_or(MOST, |(_, by)| *by).min(most)
}

/// So far before a time, but not before the chapter that it lies in.
fn before(playing: &Playing, ms: Millis, by: Millis) -> Millis {
    let chapters: Option<&Chapters> = playing.source.and_then(|at| playing.chapters.get(at));
    let start = chapters.and_then(|found| {
        let passed = found.list.partition_point(|chapter| chapter.start_ms <= ms);
        found.list.get(passed.checked_sub(1)?)
    });
    ms.saturating_sub(by).max(start.map_or(0, |chapter| chapter.start_ms)).min(ms)
}
