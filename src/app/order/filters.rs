//! The list of filters: built-in ones, tags, and those that the user has kept under a name.

use super::super::undo::{Edit, edit};
use super::super::{Effect, List, Overlay, Pane, PromptKind, Shelf, State, commands, library};
use crate::lang::Notice;
use crate::model::{Is, KeptFilter, Wanted, asks_for_tag};

/// Longest name of a filter in characters.
const NAME: usize = 60;

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterRow {
    /// The filter of the list of episodes, to be kept.
    Keep(String),
    /// One that the user has kept.
    Kept(KeptFilter),
    /// Episodes in a state.
    State(Is),
    /// By length: as it is typed.
    Length(&'static str),
    /// The shows with a tag.
    Tag(String),
}

impl FilterRow {
    /// The filter as it is typed.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Keep(text) => text.clone(),
            Self::Kept(kept) => kept.text.clone(),
            Self::State(is) => format!("is:{}", is.word()),
            Self::Length(text) => (*text).to_owned(),
            Self::Tag(tag) => asks_for_tag(tag),
        }
    }
}

/// The entries of the list.
#[must_use]
pub fn filter_rows(state: &State) -> Vec<FilterRow> {
    let library = &state.library;
    let typed = Some(library.filter.trim()).filter(|text| !text.is_empty());
    let typed = typed.filter(|_| library.problem.is_none()).map(str::to_owned);
    let states = [
        Is::New,
        Is::InProgress,
        Is::Unplayed,
        Is::Downloaded,
        Is::Snipped,
        Is::Starred,
        Is::Queued,
    ];
    let mut rows: Vec<FilterRow> = typed.map(FilterRow::Keep).into_iter().collect();
    rows.extend(library.facts.filters.iter().cloned().map(FilterRow::Kept));
    rows.extend(states.map(FilterRow::State));
    rows.extend(["<30m", "<60m", ">2h"].map(FilterRow::Length));
    rows.extend(library.tags().into_iter().map(FilterRow::Tag));
    rows
}

/// Opens the list; pressed again it goes.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Filters(_))) {
        state.overlay = None;
    } else {
        state.overlay = Some(Overlay::Filters(List::new(filter_rows(state).len())));
    }
    Vec::new()
}

fn selected(state: &State) -> Option<FilterRow> {
    match &state.overlay {
        Some(Overlay::Filters(list)) => filter_rows(state).into_iter().nth(list.selected),
        _ => None,
    }
}

/// Shows what the selected filter finds: a kept one is a shelf, others narrow the present list.
pub(in crate::app) fn open(state: &mut State) -> Vec<Effect> {
    let Some(row) = selected(state) else { return Vec::new() };
    match row {
        FilterRow::Keep(_) => commands::prompt(state, PromptKind::FilterName, ""),
        FilterRow::Kept(kept) => {
            (state.overlay, state.focus) = (None, Pane::Episodes);
            library::show_shelf(state, Shelf::Kept(kept.name.into()))
        }
        row => {
            (state.overlay, state.focus) = (None, Pane::Episodes);
            state.library.filter = row.text();
            state.library.to_top = true;
            vec![library::load_shelf(state)]
        }
    }
}

/// Forgets the selected filter, if the user has kept it.
pub(in crate::app) fn delete(state: &State) -> Vec<Effect> {
    match selected(state) {
        Some(FilterRow::Kept(kept)) => vec![edit(Edit::DropFilter(kept.name))],
        _ => Vec::new(),
    }
}

/// Asks for another name of the selected filter.
pub(in crate::app) fn edit_name(state: &mut State) -> Vec<Effect> {
    ask(state, PromptKind::FilterRename, |kept| kept.name)
}

/// Asks for what the selected filter shall find.
pub(in crate::app) fn edit_text(state: &mut State) -> Vec<Effect> {
    ask(state, PromptKind::FilterText, |kept| kept.text)
}

fn ask(
    state: &mut State,
    kind: fn(usize) -> PromptKind,
    text: fn(KeptFilter) -> String,
) -> Vec<Effect> {
    let Some(FilterRow::Kept(kept)) = selected(state) else { return Vec::new() };
    let at = state.library.facts.filters.iter().position(|other| *other == kept);
    commands::prompt(state, kind(at.unwrap_or(usize::MAX)), &text(kept))
}

/// A name was written: for the filter of the list, or for the kept one at this place.
pub(in crate::app) fn name_entered(
    state: &mut State,
    at: Option<usize>,
    text: &str,
) -> Vec<Effect> {
    let name: String = text.chars().take(NAME).collect();
    if name.is_empty() {
        return Vec::new();
    }
    let Some(at) = at else {
        let text = state.library.filter.trim().to_owned();
        state.say(Notice::FilterKept(name.clone()));
        state.overlay = None;
        state.library.filter.clear();
        let kept = KeptFilter { name: name.clone(), text };
        let mut effects = vec![edit(Edit::KeepFilter(None, kept.clone()))];
        // It is known at once, so that its shelf can be listed.
        state.library.facts.filters.retain(|other| other.name != name);
        state.library.facts.filters.push(kept);
        effects.extend(library::show_shelf(state, Shelf::Kept(name.into())));
        return effects;
    };
    let Some(old) = state.library.facts.filters.get(at).cloned() else { return Vec::new() };
    let kept = KeptFilter { name, text: old.text };
    vec![edit(Edit::KeepFilter(Some(old.name), kept))]
}

/// What the kept filter at this place shall find was written; asks again where it makes no sense.
pub(in crate::app) fn text_entered(state: &mut State, at: usize, text: &str) -> Vec<Effect> {
    if let Err(problem) = Wanted::read(text) {
        state.say(Notice::BadFilter(problem));
        return commands::prompt(state, PromptKind::FilterText(at), text);
    }
    let Some(old) = state.library.facts.filters.get(at).cloned() else { return Vec::new() };
    let kept = KeptFilter { name: old.name.clone(), text: text.to_owned() };
    vec![edit(Edit::KeepFilter(Some(old.name), kept))]
}
