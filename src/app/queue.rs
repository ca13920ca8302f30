//! The queue: what plays next.

use super::{Command, Effect, List, Overlay, Playback, State, player, sleep};
use crate::lang::Notice;
use crate::model::{EpisodeId, EpisodeSummary, Listening, WhenQueueEmpties};

/// Less time than this is not worth a word, in ms.
const WORTH_A_WORD: u64 = 60_000;

/// Gives one of the commands that change the order of the queue.
pub(super) fn give(_state: &mut State, _command: Command) -> Vec<Effect> {
    Vec::new()
}

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

/// An episode is over: what follows it by itself.
pub(super) fn go_on(state: &mut State, after: EpisodeId) -> Vec<Effect> {
    if state.snips.run.is_some() {
        return play_next(state);
    }
    let audio = &state.settings.audio;
    match state.queue.first().filter(|_| audio.auto_advance) {
        Some(next) => {
            let title = next.title.clone();
            state.say(Notice::PlayingNext(title, 0));
            play_next(state)
        }
        None if audio.auto_advance && audio.when_queue_empties == WhenQueueEmpties::NextOfShow => {
            vec![Effect::FindNext(after)]
        }
        None => {
            sleep::nothing_follows(state);
            Vec::new()
        }
    }
}

/// What follows in the show; the user may have gone on with something else meanwhile.
pub(super) fn found_next(
    state: &mut State,
    after: EpisodeId,
    next: Option<Box<EpisodeSummary>>,
) -> Vec<Effect> {
    if !is_over(state, after) {
        return Vec::new();
    }
    let Some(next) = next else {
        sleep::nothing_follows(state);
        return Vec::new();
    };
    let saved = match state.toast.as_ref().map(|toast| &toast.notice) {
        Some(Notice::TimeSaved(saved)) => *saved,
        _ => 0,
    };
    state.say(Notice::PlayingNext(next.title, saved));
    player::play(state, next.id, None, None)
}

/// Whether this episode is over and nothing else was begun.
fn is_over(state: &State, id: EpisodeId) -> bool {
    let over = state.player.playback == Playback::Ended && state.player.episode() == Some(id);
    over && state.notes.pending.is_none()
}

/// What listening to an episode that is over has saved in all.
pub(super) fn told_what_it_saved(state: &mut State, id: EpisodeId, all: Listening) -> Vec<Effect> {
    let saved = all.saved_ms();
    if saved < WORTH_A_WORD {
        return Vec::new();
    }
    match state.toast.as_ref().map(|toast| &toast.notice) {
        Some(Notice::PlayingNext(title, _)) => {
            let title = title.clone();
            state.say(Notice::PlayingNext(title, saved));
        }
        None if is_over(state, id) => state.say(Notice::TimeSaved(saved)),
        _ => {}
    }
    Vec::new()
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
