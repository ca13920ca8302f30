//! The queue: what plays next.

use super::undo::{self, Edit, QueueEdit};
use super::{Command, Effect, List, Overlay, Playback, State, commands, player, sleep};
use crate::lang::Notice;
use crate::model::{EpisodeId, EpisodeSummary, Listening, Millis, WhenQueueEmpties};

/// Less time than this is not worth a word, in ms.
const WORTH_A_WORD: u64 = 60_000;

/// Gives one of the commands that change the order of the queue.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::MoveUp => move_selected(state, -1),
        Command::MoveDown => move_selected(state, 1),
        Command::ClearQueue => clear(state),
        _ => enqueue_next(state),
    }
}

/// Changes the queue; what is shown of it follows at once.
fn change(state: &mut State, edit: QueueEdit) -> Vec<Effect> {
    let order = edit.of(state.queue.iter().map(|queued| queued.id).collect());
    let place = |queued: &EpisodeSummary| order.iter().position(|id| *id == queued.id);
    state.queue.retain(|queued| place(queued).is_some());
    state.queue.sort_by_key(place);
    let len = state.queue.len();
    if let Some(Overlay::Queue(list)) = &mut state.overlay {
        list.resize(len);
    }
    vec![undo::edit(Edit::Queue(edit))]
}

/// The selected one of the list in front.
fn selected(state: &State) -> Option<EpisodeId> {
    match &state.overlay {
        Some(Overlay::Queue(list)) => state.queue.get(list.selected).map(|queued| queued.id),
        _ => None,
    }
}

/// Moves the selected one; the selection stays on it.
fn move_selected(state: &mut State, by: isize) -> Vec<Effect> {
    let Some(id) = selected(state) else { return Vec::new() };
    let before: Vec<EpisodeId> = state.queue.iter().map(|queued| queued.id).collect();
    if QueueEdit::Move(id, by).of(before.clone()) == before {
        return Vec::new();
    }
    let effects = change(state, QueueEdit::Move(id, by));
    if let Some(Overlay::Queue(list)) = &mut state.overlay {
        list.step(by);
    }
    effects
}

/// Takes the selected one out.
pub(super) fn remove_selected(state: &mut State) -> Vec<Effect> {
    let Some(id) = selected(state) else { return Vec::new() };
    state.say(Notice::Dequeued);
    change(state, QueueEdit::Remove(id))
}

fn clear(state: &mut State) -> Vec<Effect> {
    if state.queue.is_empty() {
        return Vec::new();
    }
    state.say(Notice::QueueCleared(state.queue.len()));
    change(state, QueueEdit::Clear)
}

/// The episode plays next.
fn enqueue_next(state: &mut State) -> Vec<Effect> {
    let Some(id) = commands::episode_in_focus(state) else { return Vec::new() };
    if state.queue.first().is_some_and(|first| first.id == id) {
        return Vec::new();
    }
    state.say(Notice::PlaysNext);
    let effects = change(state, QueueEdit::Next(id));
    if let Some(Overlay::Queue(list)) = &mut state.overlay {
        list.select(0);
    }
    effects
}

/// How long all of the queue takes: what is left of it, and the same at the present speed; in ms.
#[must_use]
pub fn queue_length(state: &State) -> (Millis, Millis) {
    let left = |queued: &EpisodeSummary| {
        let heard = if queued.position.played { 0 } else { queued.position.ms };
        queued.duration_ms.map_or(0, |length| length.saturating_sub(heard))
    };
    let all = state.queue.iter().map(left).fold(0, Millis::saturating_add);
    (all, (all as f64 / f64::from(state.player.how.speed.factor().max(0.1))) as Millis)
}

/// Adds the episode, or takes it out.
pub(super) fn toggle(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    if state.queue.iter().any(|queued| queued.id == id) {
        state.say(Notice::Dequeued);
        change(state, QueueEdit::Remove(id))
    } else {
        state.say(Notice::Enqueued(state.queue.len() + 1));
        change(state, QueueEdit::Add(id))
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
