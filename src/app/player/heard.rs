//! What the audio thread says, and what is kept of it.

use super::super::{Audio, Effect, Sound, State, notes, queue, sleep, snips, transcript};
use super::{Device, Playback, rewind, skip};
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis, Position};

/// Positions this far from a jump's target are from before it, in ms.
const NEAR: Millis = 1_500;

/// The position is saved when it has moved this far, in ms: no more than that and the time between two
/// looks is lost if the program is killed.
const SAVE_EVERY: Millis = 1_000;

/// From the audio thread; what belongs to another recording changes nothing.
pub(in crate::app) fn heard(state: &mut State, audio: Audio) -> Vec<Effect> {
    match audio {
        // What is over can only be loaded anew.
        Audio::Playing(_) | Audio::Buffering(_) | Audio::Position(..) | Audio::Estimated(..)
            if state.player.playback == Playback::Ended =>
        {
            Vec::new()
        }
        Audio::Device => {
            state.player.device = Device::Ready;
            Vec::new()
        }
        Audio::NoDevice(why) => {
            state.player.device = Device::Missing(why);
            Vec::new()
        }
        Audio::Loaded(ticket, duration) if state.player.is(ticket) => loaded(state, duration),
        Audio::Measured(ticket, ms) if state.player.is(ticket) => {
            if let Some(playing) = &mut state.player.playing {
                playing.measured = true;
            }
            loaded(state, Some(ms))
        }
        Audio::Playing(ticket) if state.player.is(ticket) => {
            state.player.playback = Playback::Playing;
            state.player.held_since = None;
            Vec::new()
        }
        Audio::Paused(ticket) if state.player.is(ticket) => {
            match state.player.playback {
                // Where it stands exactly is only known now.
                Playback::Paused if state.player.kept_ms != state.player.ms => state.player.save(),
                // At the end, or after a failure, standing still says nothing new.
                Playback::Ended | Playback::Failed(_) | Playback::Paused => Vec::new(),
                _ => rewind::hold(state),
            }
        }
        Audio::Buffering(ticket) if state.player.is(ticket) => {
            state.player.playback = Playback::Buffering;
            Vec::new()
        }
        Audio::Position(ticket, ms) if state.player.is(ticket) => {
            state.player.estimated = false;
            position(state, ms)
        }
        Audio::Estimated(ticket, ms) if state.player.is(ticket) => {
            let effects = position(state, ms);
            state.player.estimated = true;
            effects
        }
        Audio::Seeking(ticket, percent) if state.player.is(ticket) => {
            let before = std::mem::replace(&mut state.player.looking, percent);
            if before.is_none() && percent.is_some() {
                state.say(Notice::Seeking);
            }
            Vec::new()
        }
        Audio::Loudness(ticket, loudness) if state.player.is(ticket) => {
            let playing = state.player.playing.as_ref();
            playing.map(|playing| Effect::SaveLoudness(playing.id, loudness)).into_iter().collect()
        }
        Audio::Saved(ticket, ms) if state.player.is(ticket) => {
            state.player.trimmed(ms);
            Vec::new()
        }
        Audio::Ended(ticket, ms) if state.player.is(ticket) => {
            if let Some(at) = sleep::ended_at(state, ms) {
                state.player.ms = at;
                // Sped up, the sound stands a little before it.
                let mut effects = vec![Effect::Sound(Sound::Seek(at))];
                effects.extend(sleep::stop(state));
                return effects;
            }
            let left_out = skip::left_out(state, state.player.ms, None);
            let effects = ended(state, ms);
            // With what was left out at its end it is over as a whole.
            if left_out && state.player.playback == Playback::Ended && state.player.is(ticket) {
                let length = state.player.playing.as_ref().and_then(|playing| playing.duration_ms);
                state.player.ms = length.unwrap_or(ms);
            }
            effects
        }
        Audio::Failed(ticket, why) if state.player.is(ticket) => {
            state.player.playback = Playback::Failed(why.clone());
            state.player.looking = None;
            state.say(Notice::Failed(why));
            let mut effects = state.player.save();
            if let Some(id) = state.player.episode() {
                effects.extend(snips::over(state, id));
            }
            effects
        }
        _ => Vec::new(),
    }
}

pub(super) fn loaded(state: &mut State, duration: Option<Millis>) -> Vec<Effect> {
    let Some(playing) = &mut state.player.playing else { return Vec::new() };
    // A pause that was asked for while the recording was being opened holds.
    let held = state.player.playback == Playback::Paused;
    let mut effects: Vec<Effect> =
        held.then_some(Effect::Sound(Sound::Pause)).into_iter().collect();
    let Some(ms) = duration else { return effects };
    playing.duration_ms = Some(ms);
    let id = playing.id;
    state.library.change_row(id, |row| row.duration_ms = Some(ms));
    if let Some(opened) = state.notes.opened.as_mut().filter(|o| o.episode.summary.id == id) {
        opened.episode.summary.duration_ms = Some(ms);
    }
    effects.push(Effect::SaveDuration { id, ms });
    effects
}

pub(super) fn position(state: &mut State, ms: Millis) -> Vec<Effect> {
    if let Some((target, ignored)) = state.player.seeking {
        // A few positions from before the jump may still be on their way.
        if ms.abs_diff(target) > NEAR && ignored < 5 {
            state.player.seeking = Some((target, ignored + 1));
            return Vec::new();
        }
        state.player.seeking = None;
    }
    if sleep::reached(state, ms) {
        return Vec::new(); // That the sound has ended there is about to be told.
    }
    let before = state.player.chapter_index();
    skip::left_out(state, state.player.ms, Some(ms));
    state.player.ms = ms;
    if state.player.chapter_index() != before {
        notes::follow(state);
    }
    transcript::follow(state);
    if let Some(effects) = skip::pass(state) {
        return effects;
    }
    let (ending, moved) = (state.player.ending, ms.abs_diff(state.player.kept_ms) >= SAVE_EVERY);
    let listening = state.player.playing.as_ref().filter(|playing| playing.until_ms.is_none());
    let Some(playing) = listening else { return Vec::new() };
    let (id, played) = (playing.id, playing.counts_at(ms, ending));
    let turned = played != playing.played;
    if !moved && !turned {
        return Vec::new();
    }
    mark(state, id, Position { ms, played });
    let mut effects = state.player.save();
    effects.extend(state.player.tell_listening_at_times());
    // Their counts have changed.
    effects.extend(turned.then_some(Effect::LoadShows));
    effects
}

/// Shows a position in the lists.
pub(in crate::app) fn mark(state: &mut State, id: EpisodeId, position: Position) {
    state.library.change_row(id, |row| row.position = position);
    if let Some(opened) = state.notes.opened.as_mut().filter(|o| o.episode.summary.id == id) {
        opened.episode.summary.position = position;
    }
}

pub(super) fn ended(state: &mut State, ms: Millis) -> Vec<Effect> {
    let until = state.player.playing.as_ref().and_then(|playing| playing.until_ms);
    if let (Some((from, _)), Some(until)) = (state.player.seeking, until)
        && (ms < from || ms > until.saturating_add(NEAR))
    {
        // The end of what played before this range.
        return Vec::new();
    }
    state.player.ms = ms;
    state.player.playback = Playback::Ended;
    let Some(playing) = &mut state.player.playing else { return Vec::new() };
    let id = playing.id;
    if playing.until_ms.take().is_some() {
        return snips::over(state, id);
    }
    let turned = !std::mem::replace(&mut playing.played, true);
    playing.heard_before = true;
    let position = Position { ms: 0, played: true };
    mark(state, id, position);
    let mut effects = vec![Effect::SavePosition { id, position }];
    effects.extend(turned.then_some(Effect::LoadShows));
    effects.extend(state.player.tell_listening_over());
    match sleep::episode_over(state, ms) {
        Some(stop) => effects.extend(stop),
        None => effects.extend(queue::go_on(state, id)),
    }
    effects
}

/// Where listening stands is kept: before quitting, and whenever the terminal may go away.
pub(in crate::app) fn keep(state: &mut State) -> Vec<Effect> {
    let mut effects =
        if state.player.playback == Playback::Ended { Vec::new() } else { state.player.save() };
    effects.extend(state.player.tell_listening());
    effects
}
