//! Everything of an episode for the train, and copies of pages that are read meanwhile.

use super::{Checked, Completing, Effect, Page, State, Ticket, jobs};
use crate::lang::Notice;
use crate::model::EpisodeId;

/// Makes an episode complete for reading and listening without a network, or stops that. Again for one
/// that is complete: what failed is tried again.
pub(super) fn complete(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    if state.jobs.completing.contains_key(&id) {
        return vec![Effect::StopCompleting(id)];
    }
    state.jobs.completing.insert(id, Completing::Waiting);
    state.say(Notice::Completing);
    vec![Effect::Complete(id)]
}

/// It has moved on.
pub(super) fn completing(state: &mut State, id: EpisodeId, how: Completing) -> Vec<Effect> {
    match how {
        Completing::Waiting | Completing::Pages(..) => {
            // One that was stopped meanwhile stays so.
            if let Some(now) = state.jobs.completing.get_mut(&id) {
                *now = how;
            }
        }
        Completing::Done(all) => {
            let complete = all.is_complete();
            state.jobs.completing.remove(&id);
            state.library.change_row(id, |row| row.complete = complete);
            if let Some(opened) = &mut state.notes.opened
                && opened.episode.summary.id == id
            {
                opened.episode.summary.complete = complete;
            }
            let title = jobs::title_of(state, id);
            state.say(Notice::Completed(title, all));
        }
        Completing::Failed(why) => {
            state.jobs.completing.remove(&id);
            state.say(Notice::Failed(why));
        }
        Completing::Stopped => {
            state.jobs.completing.remove(&id);
            state.jobs.downloads.remove(&id);
            state.say(Notice::CompletingStopped);
        }
    }
    Vec::new()
}

/// Whether the page has changed whose copy is being read. The text under the reader's eyes stays.
pub(super) fn checked(state: &mut State, ticket: Ticket, how: Checked) -> Vec<Effect> {
    let views = &mut state.articles.stack;
    let Some(view) = views.iter_mut().find(|view| view.ticket == ticket) else {
        return Vec::new();
    };
    let Page::Ready { offline, age, newer, .. } = &mut view.page else { return Vec::new() };
    match how {
        Checked::Same => *age = Some(0),
        Checked::Newer => {
            *newer = true;
            state.say(Notice::NewerPage);
        }
        Checked::Unreached(why) => *offline = Some(why),
        Checked::Worse(why) => {
            *offline = Some(why.clone());
            state.say(Notice::KeptOld(why));
        }
    }
    Vec::new()
}
