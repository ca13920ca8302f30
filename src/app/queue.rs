//! The queue: what plays next.

use super::{Effect, List, Overlay, State};
use crate::lang::Notice;
use crate::model::{EpisodeId, EpisodeSummary};

/// Adds the episode, or takes it out.
pub(super) fn toggle(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    if state.queue.iter().any(|queued| queued.id == id) {
        state.say(Notice::Dequeued);
        vec![Effect::Dequeue(id)]
    } else {
        state.say(Notice::Enqueued(state.queue.len() + 1));
        vec![Effect::Enqueue(id)]
    }
}

/// The queue as it is now.
pub(super) fn came(state: &mut State, queue: Vec<EpisodeSummary>) -> Vec<Effect> {
    state.queue = queue;
    let len = state.queue.len();
    if let Some(Overlay::Queue(list)) = &mut state.overlay {
        list.resize(len);
    }
    Vec::new()
}

/// Opens the list.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(Overlay::Queue(List::new(state.queue.len())));
    vec![Effect::LoadQueue]
}

/// Plays the first of the queue and takes it out.
pub(super) fn play_next(state: &mut State) -> Vec<Effect> {
    // Snips that play one after another are what comes next.
    if let Some(effects) = super::snips::play_next(state) {
        return effects;
    }
    play(state, 0)
}

/// Plays the one at this place of the queue and takes it out.
pub(super) fn play(state: &mut State, index: usize) -> Vec<Effect> {
    if index >= state.queue.len() {
        return Vec::new();
    }
    let next = state.queue.remove(index);
    if let Some(Overlay::Queue(list)) = &mut state.overlay {
        list.resize(state.queue.len());
    }
    let mut effects = vec![Effect::Dequeue(next.id)];
    effects.extend(super::player::play(state, next.id, None, None));
    effects
}
