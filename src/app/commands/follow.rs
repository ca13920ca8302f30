//! Going where the selected entry or the chosen link leads, and back.

use super::super::{
    Effect, Goal, Overlay, Pane, State, articles, chapters, hints, library, link, offers, outline,
    pictures, player, queue, reading_list, sleep, snips, transcript, typesetting,
};
use super::walk::next_target;
use crate::lang::Notice;

pub(super) fn open(state: &mut State) -> Vec<Effect> {
    match &state.overlay {
        Some(Overlay::Chapters(_)) => return chapters::play_chosen(state),
        Some(Overlay::Outline(_)) => return outline::go(state),
        Some(Overlay::Snips(_)) => return snips::play_selected(state),
        Some(Overlay::Sleep(_)) => return sleep::choose(state),
        Some(Overlay::Filters(_)) => return super::super::order::open_filter(state),
        Some(Overlay::Reading(_)) => return reading_list::open_selected(state),
        Some(Overlay::Queue(list)) => {
            let selected = list.selected;
            return queue::play(state, selected);
        }
        Some(Overlay::Help(_) | Overlay::Picture(..)) => {
            state.overlay = None;
            return Vec::new();
        }
        _ => {}
    }
    match state.focus {
        Pane::Shows => reading_list::by_shelf(state).unwrap_or_else(|| {
            state.focus = Pane::Episodes;
            library::shelf_selected(state)
        }),
        Pane::Episodes => library::open_selected(state),
        pane @ (Pane::Notes | Pane::Article) => follow_target(state, pane),
    }
}

/// Goes where the chosen link or time of a pane leads. In the notes, nothing chosen means play.
pub(in crate::app) fn follow_target(state: &mut State, pane: Pane) -> Vec<Effect> {
    if pane == Pane::Article
        && let Some(effects) = transcript::open(state)
    {
        return effects;
    }
    match hints::goal(state, pane) {
        Some((Goal::Time(ms), _)) => {
            if pane == Pane::Article
                && let Some(effects) = offers::play_at(state, ms)
            {
                return effects;
            }
            let episode = match pane {
                Pane::Article => state.articles.front().and_then(|view| view.episode),
                _ => state.notes.id(),
            };
            match episode {
                Some(id) => player::play(state, id, Some(ms), None),
                None => Vec::new(),
            }
        }
        Some((Goal::Link(index), Some(_))) => link::follow(state, pane, index),
        Some((Goal::Picture(block), _)) => pictures::zoom(state, pane, block),
        Some((Goal::Link(_), None)) => Vec::new(),
        Some((Goal::Fold, _)) => typesetting::toggle_fold(state, pane),
        None if pane == Pane::Notes => match state.notes.id() {
            Some(id) if state.player.episode() != Some(id) => player::play(state, id, None, None),
            _ => next_target(state, 1),
        },
        None => next_target(state, 1),
    }
}

pub(super) fn back(state: &mut State) -> Vec<Effect> {
    match &state.overlay {
        Some(Overlay::Chapters(list)) if !list.filter.is_empty() => {
            chapters::filter(state, "");
            return Vec::new();
        }
        Some(Overlay::Outline(outline)) if !outline.filter.is_empty() => {
            outline::filter(state, "");
            return Vec::new();
        }
        Some(Overlay::Snips(shown)) if !shown.filter.is_empty() => {
            snips::filter(state, "");
            return Vec::new();
        }
        Some(Overlay::Reading(view)) if !view.filter.is_empty() => {
            return reading_list::filter(state, "");
        }
        _ => {}
    }
    if sleep::clear_typed(state) {
        return Vec::new();
    }
    if state.overlay.take().is_some() || transcript::end_selection(state) {
        return Vec::new();
    }
    let pane = state.focus;
    if let Some(reader) = hints::reader_mut(state, pane)
        && (reader.finding.take().is_some() || reader.target.take().is_some())
    {
        return Vec::new();
    }
    if state.zoom {
        state.zoom = false;
        return Vec::new();
    }
    match state.focus {
        Pane::Article => articles::leave(state),
        Pane::Notes => {
            state.focus = Pane::Episodes;
            Vec::new()
        }
        Pane::Episodes if !state.library.filter.is_empty() => {
            state.library.filter.clear();
            vec![library::load_shelf(state)]
        }
        Pane::Shows if !state.library.show_filter.is_empty() => {
            state.library.show_filter.clear();
            state.library.rebuild_shelves();
            Vec::new()
        }
        Pane::Episodes => {
            state.focus = Pane::Shows;
            Vec::new()
        }
        Pane::Shows => Vec::new(),
    }
}

/// The chosen link's address; in an article without a choice its own; in the lists the episode's.
pub(super) fn with_address(
    state: &mut State,
    effect: impl FnOnce(String) -> Effect,
) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Chapters(_))) {
        let Some(url) = chapters::page(state) else {
            state.say(Notice::NoPage);
            return Vec::new();
        };
        return vec![effect(url)];
    }
    if let Some(Overlay::Picture(reader, _)) = &state.overlay {
        let src = pictures::address(&reader.document, 0).map(str::to_owned);
        return src.map(effect).into_iter().collect();
    }
    if matches!(state.overlay, Some(Overlay::Reading(_))) {
        return reading_list::address(state).map(effect).into_iter().collect();
    }
    let chosen = hints::goal(state, state.focus).and_then(|(_, url)| url);
    let own = match state.focus {
        Pane::Article => state.articles.front().map(|view| view.url.clone()),
        _ => state.notes.opened.as_ref().and_then(|opened| opened.episode.summary.link.clone()),
    };
    if let Some(url) = chosen.or(own).filter(|url| !url.is_empty()) {
        return vec![effect(url)];
    }
    state.say(Notice::NoLink);
    Vec::new()
}
