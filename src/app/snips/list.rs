//! The list of snips: of an episode with the passages that its show recommends, or of all.

use std::collections::HashSet;

use super::super::{Effect, List, Overlay, State};
use super::filter::{self, Wanted, words_of};
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis, Snip, SnipId, Soundbite};

/// The list of snips.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SnipList {
    /// Of this episode, or of all.
    pub episode: Option<EpisodeId>,
    /// The snips: by time in an episode, the newest first of all.
    pub snips: Vec<Snip>,
    /// Passages that the show recommends, by time.
    pub by_show: Vec<Soundbite>,
    /// Only those with this: words, `#tag`, `*`.
    pub filter: String,
    /// Place among the rows.
    pub list: List,
    /// Which snips and passages are rows now, in order.
    rows: Vec<Place>,
    /// What each snip is found by; made when the first letter of a filter is typed.
    words: Vec<String>,
}

/// One entry of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SnipRow<'a> {
    /// A snip of the user.
    Own(&'a Snip),
    /// A passage that the show recommends.
    Show(&'a Soundbite),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Own(usize),
    Show(usize),
}

impl Place {
    fn own(self) -> Option<usize> {
        match self {
            Self::Own(at) => Some(at),
            Self::Show(_) => None,
        }
    }
}

impl SnipList {
    /// The row at this place.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<SnipRow<'_>> {
        match *self.rows.get(index)? {
            Place::Own(at) => self.snips.get(at).map(SnipRow::Own),
            Place::Show(at) => self.by_show.get(at).map(SnipRow::Show),
        }
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<SnipRow<'_>> {
        self.row(self.list.selected)
    }

    /// Rows in order.
    pub fn rows(&self) -> impl Iterator<Item = SnipRow<'_>> {
        (0..self.rows.len()).filter_map(|index| self.row(index))
    }

    /// How many entries there are without the filter.
    #[must_use]
    pub fn total(&self) -> usize {
        self.snips.len() + self.by_show.len()
    }

    /// Changes what is listed; the selection stays on its entry where it can.
    fn change(&mut self, act: impl FnOnce(&mut Self)) {
        let selected = self.selected().map(identity);
        act(self);
        self.find_rows(0..self.snips.len());
        self.select_again(selected);
    }

    /// Another filter. One that goes on where the one before ended looks only at what that one left.
    fn filter_by(&mut self, text: &str) {
        let selected = self.selected().map(identity);
        let narrower = text.starts_with(&self.filter) && !self.filter.ends_with(filter::STARS);
        text.clone_into(&mut self.filter);
        if narrower {
            let left: Vec<usize> = self.rows.iter().filter_map(|place| place.own()).collect();
            self.find_rows(left.into_iter());
        } else {
            self.find_rows(0..self.snips.len());
        }
        self.select_again(selected);
    }

    fn select_again(&mut self, selected: Option<(Option<SnipId>, Millis)>) {
        let again = self.rows().position(|row| Some(identity(row)) == selected);
        if let Some(index) = again {
            self.list.select(index);
        }
    }

    /// Makes the rows: of these snips and of the show's passages those that the filter takes.
    fn find_rows(&mut self, among: impl Iterator<Item = usize>) {
        let wanted = Wanted::read(&self.filter);
        if !self.filter.is_empty() && self.words.len() != self.snips.len() {
            self.words = self.snips.iter().map(words_of).collect();
        }
        let takes = |at: &usize| {
            let words = self.words.get(*at).map(String::as_str).unwrap_or_default();
            self.filter.is_empty() || self.snips.get(*at).is_some_and(|s| wanted.takes(s, words))
        };
        let own = among.filter(takes).map(Place::Own);
        let bites = self.by_show.iter().enumerate();
        let bites = bites.filter(|(_, bite)| wanted.takes_bite(bite));
        let mut rows: Vec<Place> = own.chain(bites.map(|(at, _)| Place::Show(at))).collect();
        if !self.by_show.is_empty() {
            rows.sort_by_key(|place| self.start_of(*place));
        }
        self.rows = rows;
        self.list.resize(self.rows.len());
    }

    fn start_of(&self, place: Place) -> Millis {
        match place {
            Place::Own(at) => self.snips.get(at).map_or(0, |snip| snip.body.start_ms),
            Place::Show(at) => self.by_show.get(at).map_or(0, |bite| bite.start_ms),
        }
    }
}

/// What tells one entry from another while the list changes.
fn identity(row: SnipRow<'_>) -> (Option<SnipId>, Millis) {
    match row {
        SnipRow::Own(snip) => (Some(snip.id), 0),
        SnipRow::Show(bite) => (None, bite.start_ms),
    }
}

/// Where a recommended passage begins and ends.
pub(super) fn passage(bite: &Soundbite) -> (Millis, Millis) {
    (bite.start_ms, bite.start_ms.saturating_add(bite.duration_ms))
}

/// Opens the list: of the opened episode, or of all where there is none.
pub(in crate::app) fn show(state: &mut State) -> Vec<Effect> {
    let episode = match state.overlay {
        // Pressed again: all snips.
        Some(Overlay::Snips(SnipList { episode: Some(_), .. })) => None,
        _ => state.notes.id().or(state.player.episode()),
    };
    state.overlay = Some(Overlay::Snips(SnipList { episode, ..SnipList::default() }));
    vec![Effect::LoadSnips(episode)]
}

/// Shows only what has all that is typed.
pub(in crate::app) fn filter(state: &mut State, text: &str) {
    if let Some(Overlay::Snips(shown)) = &mut state.overlay
        && shown.filter != text
    {
        shown.filter_by(text);
        if !text.is_empty() {
            shown.list = List::new(shown.list.len);
        }
    }
}

/// The snips asked for.
pub(in crate::app) fn came(
    state: &mut State,
    episode: Option<EpisodeId>,
    snips: Vec<Snip>,
) -> Vec<Effect> {
    let gone = |last: &Snip| {
        let theirs = episode.is_none_or(|id| id == last.episode);
        theirs && !snips.iter().any(|snip| snip.id == last.id)
    };
    if state.snips.last.as_ref().is_some_and(gone) {
        state.snips.last = None;
    }
    if let Some(opened) = &mut state.notes.opened
        && episode == Some(opened.episode.summary.id)
    {
        opened.snips.clone_from(&snips);
    }
    match &mut state.overlay {
        Some(Overlay::Snips(shown)) if shown.episode == episode => {
            shown.change(|shown| {
                shown.snips = snips;
                shown.words.clear();
            });
        }
        // The list of all is open and some of them are gone.
        Some(Overlay::Snips(shown)) if shown.episode.is_none() => {
            let left: HashSet<SnipId> = snips.iter().map(|snip| snip.id).collect();
            shown.change(|shown| {
                shown.snips.retain(|snip| Some(snip.episode) != episode || left.contains(&snip.id));
                shown.words.clear();
            });
        }
        _ => {}
    }
    Vec::new()
}

/// The passages that the show recommends.
pub(in crate::app) fn soundbites_came(
    state: &mut State,
    episode: EpisodeId,
    mut bites: Vec<Soundbite>,
) -> Vec<Effect> {
    if let Some(Overlay::Snips(shown)) = &mut state.overlay
        && shown.episode == Some(episode)
    {
        bites.retain(|bite| bite.duration_ms > 0);
        bites.sort_by_key(|bite| bite.start_ms);
        shown.change(|shown| shown.by_show = bites);
    }
    Vec::new()
}

/// A snip was changed.
pub(in crate::app) fn changed(state: &mut State, snip: &Snip) -> Vec<Effect> {
    let put = |list: &mut Vec<Snip>| {
        if let Some(old) = list.iter_mut().find(|old| old.id == snip.id) {
            old.clone_from(snip);
        }
    };
    if let Some(opened) = &mut state.notes.opened {
        put(&mut opened.snips);
        opened.snips.sort_by_key(|snip| (snip.body.start_ms, snip.id));
    }
    if let Some(Overlay::Snips(shown)) = &mut state.overlay {
        shown.change(|shown| {
            put(&mut shown.snips);
            if shown.episode.is_some() {
                shown.snips.sort_by_key(|snip| (snip.body.start_ms, snip.id));
            }
            shown.words.clear();
        });
    }
    state.snips.last = Some(snip.clone());
    Vec::new()
}

/// Forgets the selected snip.
pub(in crate::app) fn delete_selected(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Snips(shown)) = &state.overlay else { return Vec::new() };
    match shown.selected() {
        Some(SnipRow::Own(snip)) => vec![Effect::DeleteSnip(snip.id)],
        Some(SnipRow::Show(_)) => {
            state.say(Notice::OfTheShow);
            Vec::new()
        }
        None => Vec::new(),
    }
}
