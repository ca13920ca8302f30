//! Search of the whole library: asked again with every letter; a late answer changes nothing.

use super::{
    Effect, Found, FoundTarget, LinkedFrom, List, Overlay, Pane, SearchState, Shelf, State, Ticket,
};

/// Opens the search.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(Overlay::Search(SearchState::default()));
    Vec::new()
}

/// The line has changed: ask again.
pub(super) fn typed(state: &mut State) -> Vec<Effect> {
    let ticket = state.ticket();
    let Some(Overlay::Search(search)) = &mut state.overlay else { return Vec::new() };
    let query = search.line.text().trim().to_owned();
    if query.is_empty() {
        search.ticket = None;
        search.failed = None;
        search.found.clear();
        search.list = List::default();
        return Vec::new();
    }
    search.ticket = Some(ticket);
    vec![Effect::Search { ticket, query }]
}

/// What was found.
pub(super) fn came(
    state: &mut State,
    ticket: Ticket,
    hits: Result<Vec<Found>, String>,
) -> Vec<Effect> {
    if let Some(Overlay::Search(search)) = &mut state.overlay
        && search.ticket == Some(ticket)
    {
        search.ticket = None;
        match hits {
            Ok(found) => {
                search.list = List::new(found.len());
                search.found = found;
                search.failed = None;
            }
            Err(why) => search.failed = Some(why),
        }
    }
    Vec::new()
}

/// Opens what was found, at the place that was found; a hit with a time plays from there, one in a
/// transcript is shown there.
pub(super) fn open(state: &mut State, found: &Found) -> Vec<Effect> {
    let query = match state.overlay.take() {
        Some(Overlay::Search(search)) => search.line.text().trim().to_owned(),
        _ => String::new(),
    };
    match &found.target {
        FoundTarget::Show(id) => {
            state.focus = Pane::Episodes;
            super::library::show_shelf(state, Shelf::Show(*id))
        }
        FoundTarget::Episode(id) => {
            state.focus = Pane::Notes;
            match found.ms {
                Some(ms) => super::player::play(state, *id, Some(ms), None),
                None => super::notes::open_at(state, *id, query),
            }
        }
        FoundTarget::Transcript(id) => {
            let mut effects = super::notes::open(state, *id);
            effects.extend(super::articles::open_transcript(state, *id, found.ms));
            effects
        }
        FoundTarget::Article(url) => {
            let effects = super::articles::open(state, url.clone(), LinkedFrom::User);
            super::articles::seek(state, query);
            effects
        }
    }
}
