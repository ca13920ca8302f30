//! Which entries a list shows and in which order: sorting, stars, tags, what is put away.

mod filters;
mod orders;

pub use filters::{FilterRow, filter_rows};
pub use orders::Orders;

pub(super) use filters::{delete as delete_filter, edit_name, edit_text};
pub(super) use filters::{name_entered, open as open_filter, text_entered};

use super::undo::{Edit, edit};
use super::{Command, Effect, Overlay, Pane, PromptKind, State, commands, library, snips};
use crate::lang::Notice;
use crate::model::{EpisodeId, EpisodeOrder, KeptFilter, Show, ShowId};

/// What is known of the shelves besides the shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShelfFacts {
    /// Episodes with a star.
    pub starred: u64,
    /// Episodes and shows that were put away.
    pub archived: u64,
    /// Kept filters in their order.
    pub filters: Vec<KeptFilter>,
}

/// Gives one of the commands of this file.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::PlayedToHere => played_to_here(state),
        Command::Archive => archive(state),
        Command::Sort => sort(state),
        _ => filters::show(state),
    }
}

/// Marks as heard what the list has up to the selected episode: in a list with the newest first that one
/// and all older ones, else all from the top to it.
fn played_to_here(state: &mut State) -> Vec<Effect> {
    let library = &state.library;
    let at = library.list.selected;
    if library.selected().is_none() || library.loading.is_some() {
        return Vec::new();
    }
    let ids = if library.order() == EpisodeOrder::Newest {
        library.ids.get(at..)
    } else {
        library.ids.get(..=at)
    };
    vec![edit(Edit::Played(ids.unwrap_or_default().to_vec(), true))]
}

/// The show that a key in the lists is about.
fn show_in_focus(state: &State) -> Option<&Show> {
    match state.focus {
        Pane::Shows => state.library.selected_show(),
        Pane::Episodes => {
            let row = state.library.rows.get(&state.library.selected()?)?;
            state.library.show(row.show)
        }
        Pane::Notes | Pane::Article => None,
    }
}

/// Puts the selected show or episode away, or takes it back.
fn archive(state: &mut State) -> Vec<Effect> {
    if state.focus == Pane::Shows && state.overlay.is_none() {
        let Some(show) = state.library.selected_show() else { return Vec::new() };
        return vec![edit(Edit::ArchiveShow(show.id, !show.archived))];
    }
    let Some(id) = commands::episode_in_focus(state) else { return Vec::new() };
    let away = summary(state, id).is_some_and(|(_, archived)| archived);
    vec![edit(Edit::Archive(id, !away))]
}

/// Whether an episode is starred, and whether it is put away.
fn summary(state: &State, id: EpisodeId) -> Option<(bool, bool)> {
    let opened = state.notes.opened.as_ref().map(|opened| &opened.episode.summary);
    let row = state.library.rows.get(&id).or(opened.filter(|opened| opened.id == id));
    let row = row.or_else(|| state.queue.iter().find(|queued| queued.id == id));
    row.map(|row| (row.starred, row.archived))
}

/// Stars the selected episode, or a snip where one is meant.
pub(super) fn star(state: &mut State) -> Vec<Effect> {
    let in_lists = matches!(state.focus, Pane::Shows | Pane::Episodes);
    let snips_in_front = matches!(state.overlay, Some(Overlay::Snips(_)));
    let queue_in_front = matches!(state.overlay, Some(Overlay::Queue(_)));
    let snip_meant = !in_lists && !queue_in_front && snips::at_hand(state);
    let Some(id) = commands::episode_in_focus(state).filter(|_| !snips_in_front && !snip_meant)
    else {
        return snips::give(state, Command::Star);
    };
    let on = !summary(state, id).is_some_and(|(starred, _)| starred);
    state.library.change_row(id, |row| row.starred = on);
    if let Some(opened) = state.notes.opened.as_mut().filter(|o| o.episode.summary.id == id) {
        opened.episode.summary.starred = on;
    }
    state.say(Notice::Starred(on));
    vec![edit(Edit::Star(id, on))]
}

/// Asks for the tags of the selected show, or of a snip where one is meant.
pub(super) fn edit_tags(state: &mut State) -> Vec<Effect> {
    let show = show_in_focus(state).filter(|_| state.overlay.is_none());
    let Some((id, tags)) = show.map(|show| (show.id, snips::joined(&show.tags))) else {
        return snips::give(state, Command::EditTags);
    };
    commands::prompt(state, PromptKind::ShowTags(id), &tags)
}

/// The tags of a show were written.
pub(super) fn tags_entered(state: &mut State, id: ShowId, text: &str) -> Vec<Effect> {
    let tags = snips::tags(text);
    if state.library.show(id).is_none_or(|show| show.tags == tags) {
        return Vec::new();
    }
    vec![edit(Edit::Tags(id, tags))]
}

/// The next order of the list in focus.
fn sort(state: &mut State) -> Vec<Effect> {
    if state.overlay.is_some() {
        return Vec::new();
    }
    if state.focus == Pane::Shows {
        let order = state.library.orders.shows.next();
        state.library.orders.shows = order;
        state.library.rebuild_shelves();
        state.say(Notice::ShowsOrdered(order));
        return vec![state.library.orders.remember()];
    }
    let order = state.library.order().next();
    let shelf = state.library.shelf.clone();
    state.library.orders.set(&shelf, order);
    state.library.to_top = true;
    state.say(Notice::Ordered(order));
    vec![state.library.orders.remember(), library::load_shelf(state)]
}
