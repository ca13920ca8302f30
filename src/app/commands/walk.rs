//! Moving: through lists, texts, panes and links.

use super::super::layout::lists_give_way;
use super::super::{
    Effect, Overlay, Pane, Reader, State, content, hints, library, notes, panes, transcript,
};

/// The text that keys go to.
pub(in crate::app) fn reader(state: &mut State) -> Option<&mut Reader> {
    if matches!(state.overlay, Some(Overlay::Help(_))) {
        return match &mut state.overlay {
            Some(Overlay::Help(reader)) => Some(reader),
            _ => None,
        };
    }
    if matches!(state.overlay, Some(Overlay::Picture(..))) {
        return match &mut state.overlay {
            Some(Overlay::Picture(reader, _)) => Some(reader),
            _ => None,
        };
    }
    let pane = state.focus;
    if pane == Pane::Notes
        && let Some(opened) = &mut state.notes.opened
    {
        opened.follow = false;
    }
    hints::reader_mut(state, pane)
}

pub(super) fn step(state: &mut State, by: isize) -> Vec<Effect> {
    if let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut) {
        list.step(by);
        return Vec::new();
    }
    if transcript::step(state, by) {
        return Vec::new();
    }
    if let Some(reader) = reader(state) {
        reader.scroll(by);
        return Vec::new();
    }
    walk(state, by)
}

/// Walks through the list in focus; what follows the selection is asked for.
pub(in crate::app) fn walk(state: &mut State, by: isize) -> Vec<Effect> {
    match state.focus {
        Pane::Shows => {
            state.library.shelf_list.step(by);
            library::shelf_selected(state)
        }
        Pane::Episodes if state.library.list.step(by) => notes::preview_selected(state),
        Pane::Episodes | Pane::Notes | Pane::Article => Vec::new(),
    }
}

pub(super) fn page(state: &mut State, by: isize) -> Vec<Effect> {
    let shown = panes(state);
    let rows = match state.focus {
        Pane::Shows => usize::from(content(shown.shows).height),
        _ => library::rows_of_two(usize::from(content(shown.episodes).height)),
    };
    let rows = isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
    if let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut) {
        list.step(by * 10);
        return Vec::new();
    }
    if let Some(reader) = reader(state) {
        reader.page(by);
        transcript::moved_by_hand(state, state.focus);
        return Vec::new();
    }
    walk(state, by * rows)
}

pub(super) fn to_end(state: &mut State, bottom: bool) -> Vec<Effect> {
    let far = if bottom { isize::MAX } else { isize::MIN };
    if let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut) {
        list.step(far);
        return Vec::new();
    }
    if transcript::to_end(state, bottom) {
        return Vec::new();
    }
    if let Some(reader) = reader(state) {
        if bottom {
            reader.to_bottom();
        } else {
            reader.to_top();
        }
        return Vec::new();
    }
    walk(state, far)
}

/// The panes that can have the focus now, from left to right.
pub(super) fn focusable(state: &State) -> Vec<Pane> {
    let mut all = vec![Pane::Shows, Pane::Episodes, Pane::Notes];
    if state.articles.is_open() {
        all.push(Pane::Article);
    }
    all
}

pub(super) fn turn_focus(state: &mut State, by: isize) -> Vec<Effect> {
    let all = focusable(state);
    let at = all.iter().position(|pane| *pane == state.focus).unwrap_or(0);
    state.overlay = None;
    // Where the lists give way to the texts, the key for the next pane swaps the two texts.
    let texts = lists_give_way(state) && by > 0;
    if texts && state.focus == Pane::Article {
        state.focus = Pane::Notes;
        return Vec::new();
    }
    let next = (at + all.len()).saturating_add_signed(by) % all.len();
    state.focus = all.get(next).copied().unwrap_or_default();
    Vec::new()
}

pub(super) fn next_target(state: &mut State, by: isize) -> Vec<Effect> {
    if matches!(state.focus, Pane::Shows | Pane::Episodes) && state.notes.opened.is_some() {
        state.focus = Pane::Notes;
    }
    let finding = reader(state).is_some_and(|reader| reader.finding.is_some());
    if !finding && transcript::step(state, by) {
        return Vec::new();
    }
    if let Some(reader) = reader(state) {
        if finding {
            reader.step_match(by);
            transcript::to_match(state);
        } else {
            reader.step_target(by);
            // The last line now says where the link leads.
            state.toast = None;
        }
    }
    Vec::new()
}
