//! What the user changes in the library, and taking it back: a stack of how things were before.

use super::{Effect, OrderNews, Shelf, State, library, outside};
use crate::lang::Notice;
use crate::model::{Before, Change, EpisodeId, KeptFilter, ShowId, SkippedChapter};

/// Changes that can be taken back.
const DEEP: usize = 50;

/// A change of the library that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Heard, or not heard.
    Played(Vec<EpisodeId>, bool),
    /// With a star, or without.
    Star(EpisodeId, bool),
    /// Put an episode away, or take it back.
    Archive(EpisodeId, bool),
    /// Put a show away, or take it back.
    ArchiveShow(ShowId, bool),
    /// The tags of a show.
    Tags(ShowId, Vec<String>),
    /// The queue: `Event::Queue` comes too.
    Queue(QueueEdit),
    /// Keep a filter, in the place of the one with that name.
    KeepFilter(Option<String>, KeptFilter),
    /// Forget the filter of that name.
    DropFilter(String),
    /// Make it as it was: `OrderNews::TakenBack`.
    TakeBack(Box<Change>),
}

/// A change of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueEdit {
    /// To the end.
    Add(EpisodeId),
    /// To the front.
    Next(EpisodeId),
    /// Out of it.
    Remove(EpisodeId),
    /// So many places, towards the front if it is negative.
    Move(EpisodeId, isize),
    /// All out of it.
    Clear,
}

impl QueueEdit {
    /// The queue after it.
    #[must_use]
    pub fn of(self, mut queue: Vec<EpisodeId>) -> Vec<EpisodeId> {
        let place = |queue: &[EpisodeId], id| queue.iter().position(|other| *other == id);
        match self {
            Self::Clear => queue.clear(),
            Self::Remove(id) => queue.retain(|other| *other != id),
            Self::Add(id) => {
                queue.retain(|other| *other != id);
                queue.push(id);
            }
            Self::Next(id) => {
                queue.retain(|other| *other != id);
                queue.insert(0, id);
            }
            Self::Move(id, by) => {
                if let Some(from) = place(&queue, id) {
                    let to = from.saturating_add_signed(by).min(queue.len().saturating_sub(1));
                    let moved = queue.remove(from);
                    queue.insert(to, moved);
                }
            }
        }
        queue
    }
}

/// What can be taken back, the last change at the end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Undo {
    changes: Vec<Change>,
}

impl Undo {
    /// One more change.
    pub(super) fn push(&mut self, change: Change) {
        // A step more of the same way through the queue is the same change.
        let goes_on = matches!(
            (self.changes.last(), &change.before),
            (Some(Change { before: Before::Queue(was), title }), Before::Queue(now))
                if !title.is_empty() && *title == change.title && was.len() == now.len()
        );
        if !goes_on {
            self.changes.push(change);
        }
        let old = self.changes.len().saturating_sub(DEEP);
        self.changes.drain(..old);
    }

    /// How many changes can be taken back.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.changes.len()
    }
}

/// Asks for a change.
pub(super) fn edit(edit: Edit) -> Effect {
    Effect::Edit(Box::new(edit))
}

/// Takes back the last change.
pub(super) fn take_back(state: &mut State) -> Vec<Effect> {
    let Some(change) = state.undo.changes.pop() else {
        state.say(Notice::NothingToUndo);
        return Vec::new();
    };
    if let Before::Downloaded(id) = change.before {
        state.say(Notice::TakenBack(Box::new(change)));
        return vec![Effect::Download(id)];
    }
    vec![edit(Edit::TakeBack(Box::new(change)))]
}

/// Something has become of what the user wanted changed.
pub(super) fn happened(state: &mut State, news: OrderNews) -> Vec<Effect> {
    match news {
        OrderNews::Changed(change) => changed(state, *change),
        OrderNews::TakenBack(change) => taken_back(state, change),
        OrderNews::Shelves(facts) => {
            state.library.facts = facts;
            library::shelves_changed(state)
        }
        OrderNews::Skipped(id, skipped) => {
            skips(state, id, &skipped);
            Vec::new()
        }
    }
}

fn changed(state: &mut State, change: Change) -> Vec<Effect> {
    let effects = match &change.before {
        Before::Positions(all) => {
            if all.len() > 1 {
                state.say(Notice::Marked(all.len()));
            }
            Vec::new()
        }
        Before::Archived(all) => {
            let away = all.iter().any(|(_, was)| !was);
            state.say(Notice::PutAway(change.title.clone(), away));
            vec![library::load_shelf(state)]
        }
        Before::ShowArchived(_, was) => {
            state.say(Notice::PutAway(change.title.clone(), !was));
            vec![library::load_shelf(state)]
        }
        Before::Subscribed(show) => {
            state.say(Notice::Unsubscribed(change.title.clone()));
            if state.library.shelf == Shelf::Show(*show) {
                library::show_shelf(state, Shelf::All)
            } else {
                vec![library::load_shelf(state)]
            }
        }
        _ => Vec::new(),
    };
    state.undo.push(change);
    effects
}

fn taken_back(state: &mut State, change: Box<Change>) -> Vec<Effect> {
    let mut effects = outside::changed(state);
    if let Before::Subscribed(show) = change.before {
        effects.push(Effect::Refresh(vec![show]));
    }
    state.say(Notice::TakenBack(change));
    effects
}

/// The chapters of an episode that are always skipped are these now.
fn skips(state: &mut State, id: EpisodeId, skipped: &[SkippedChapter]) {
    if let Some(opened) = state.notes.opened.as_mut().filter(|o| o.episode.summary.id == id) {
        opened.skipped = skipped.to_vec();
    }
    if let Some(playing) = state.player.playing.as_mut().filter(|playing| playing.id == id) {
        playing.skipped = skipped.to_vec();
    }
}
