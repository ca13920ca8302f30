//! Shelves, shows and episodes. The list of episodes is a window on ids: what a row shows is fetched
//! for the rows in view, so that a library of any size costs the same.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::layout::{content, panes};
use super::{Effect, List, Orders, Pane, ShelfFacts, State, Ticket};
use crate::model::{
    EpisodeId, EpisodeOrder, EpisodeSummary, FilterProblem, Show, ShowId, ShowOrder, Wanted,
};
use crate::text::Filter;

/// What a list of episodes is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Shelf {
    /// Every episode of all shows.
    #[default]
    All,
    /// Begun and not finished.
    InProgress,
    /// On this machine.
    Downloaded,
    /// Those with snips.
    Snipped,
    /// Those with a star.
    Starred,
    /// What was put away.
    Archived,
    /// Those of the shows with this tag.
    Tag(Arc<str>),
    /// What the kept filter of this name finds.
    Kept(Arc<str>),
    /// No episodes: the reading list.
    Reading,
    /// One show's.
    Show(ShowId),
}

/// Rows kept in memory; more are dropped and asked for again.
const ROWS_KEPT: usize = 2_000;

/// Shelves, shows and episodes.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is asked for and what is there, independent"
)]
pub struct Library {
    /// The shows by id.
    pub shows: Vec<Show>,
    /// The rows of the upper list: fixed shelves, then the shows that match the filter.
    pub shelves: Vec<Shelf>,
    /// Place in the upper list.
    pub shelf_list: List,
    /// The shelf whose episodes are listed.
    pub shelf: Shelf,
    /// Filter on shows.
    pub show_filter: String,
    /// The listed episodes, newest first.
    pub ids: Vec<EpisodeId>,
    /// What is known of them.
    pub rows: HashMap<EpisodeId, EpisodeSummary>,
    /// Place in the lower list.
    pub list: List,
    /// Filter on episodes, as it is typed.
    pub filter: String,
    /// Why that is not understood; the list is still that of `understood`.
    pub problem: Option<FilterProblem>,
    /// The filter that the list was asked for with.
    understood: String,
    /// In which order lists stand.
    pub orders: Orders,
    /// What is known of the shelves besides the shows.
    pub facts: ShelfFacts,
    /// The open request for the list.
    pub loading: Option<Ticket>,
    /// Ids whose rows were asked for.
    asked: Vec<EpisodeId>,
    /// Select the first entry once the list has come.
    pub(super) to_top: bool,
    /// Open the first entry once the list has come: it was asked for on the way.
    pub(super) open_first: bool,
    /// There is something on the reading list.
    pub(super) reading: bool,
    /// The shelves have been loaded at least once.
    pub loaded: bool,
}

/// Asks for older episodes than the feed's first page has, of the show that is listed, else of the
/// one whose notes are open.
pub(super) fn older(state: &mut State) -> Vec<Effect> {
    let listed = state.library.selected_show().map(|show| show.id);
    let opened = state.notes.opened.as_ref().map(|opened| opened.episode.summary.show);
    match listed.or(opened) {
        Some(show) if !state.jobs.refreshing.contains(&show) => vec![Effect::LoadOlder(show)],
        Some(_) | None => Vec::new(),
    }
}

impl Library {
    /// The selected episode's id.
    #[must_use]
    pub fn selected(&self) -> Option<EpisodeId> {
        self.ids.get(self.list.selected).copied()
    }

    /// The show of that id.
    #[must_use]
    pub fn show(&self, id: ShowId) -> Option<&Show> {
        self.shows.iter().find(|show| show.id == id)
    }

    /// The show that the upper list stands on.
    #[must_use]
    pub fn selected_show(&self) -> Option<&Show> {
        match self.shelves.get(self.shelf_list.selected) {
            Some(Shelf::Show(id)) => self.show(*id),
            _ => None,
        }
    }

    /// The order of the listed shelf.
    #[must_use]
    pub fn order(&self) -> EpisodeOrder {
        self.orders.of(&self.shelf)
    }

    /// All tags of shows that are not put away, in order.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let shown = self.shows.iter().filter(|show| !show.archived);
        let tags: BTreeSet<&String> = shown.flat_map(|show| &show.tags).collect();
        tags.into_iter().cloned().collect()
    }

    /// Builds the upper list again: fixed shelves, kept filters, tags, the shows that match the filter,
    /// what was put away.
    pub(super) fn rebuild_shelves(&mut self) {
        let stood = self.shelves.get(self.shelf_list.selected).cloned();
        let filter = Filter::new(&self.show_filter);
        let mut shelves = Vec::new();
        if filter.is_empty() {
            shelves.extend([Shelf::All, Shelf::InProgress, Shelf::Downloaded, Shelf::Snipped]);
            shelves.extend((self.facts.starred > 0).then_some(Shelf::Starred));
            shelves.extend(self.reading.then_some(Shelf::Reading));
            let kept = self.facts.filters.iter();
            shelves.extend(kept.map(|kept| Shelf::Kept(kept.name.as_str().into())));
            shelves.extend(self.tags().iter().map(|tag| Shelf::Tag(tag.as_str().into())));
        }
        shelves.extend(self.shows_in_order(false, &filter));
        if self.facts.archived > 0 && filter.is_empty() {
            shelves.push(Shelf::Archived);
        }
        // What was put away is seen where it is looked for.
        if self.is_put_away(&self.shelf) || !filter.is_empty() {
            shelves.extend(self.shows_in_order(true, &filter));
        }
        self.shelves = shelves;
        // The reading list has no episodes: while it is selected those of another shelf are listed.
        let wanted = stood.filter(|shelf| *shelf == Shelf::Reading);
        let wanted = wanted.unwrap_or_else(|| self.shelf.clone());
        let at = self.shelves.iter().position(|shelf| *shelf == wanted);
        self.shelf_list.resize(self.shelves.len());
        if let Some(at) = at {
            self.shelf_list.select(at);
        }
    }

    /// Whether a shelf is that of what was put away, or a show of it.
    fn is_put_away(&self, shelf: &Shelf) -> bool {
        match shelf {
            Shelf::Archived => true,
            Shelf::Show(id) => self.show(*id).is_some_and(|show| show.archived),
            _ => false,
        }
    }

    /// The shows that match the filter, in their order: those that were put away, or the others.
    fn shows_in_order(&self, archived: bool, filter: &Filter) -> Vec<Shelf> {
        let shows: Vec<&Show> =
            self.shows.iter().filter(|show| show.archived == archived).collect();
        let tag = self.show_filter.trim().strip_prefix(['#', '＃']).map(str::to_lowercase);
        if let (Some(tag), false) = (&tag, filter.is_empty()) {
            let begins = |own: &String| own.to_lowercase().starts_with(tag.as_str());
            let tagged = shows.into_iter().filter(|show| show.tags.iter().any(begins));
            return tagged.map(|show| Shelf::Show(show.id)).collect();
        }
        // What is typed puts the best match first.
        let meant = filter.meant(shows.iter().map(|show| &show.title));
        let mut shows: Vec<&Show> =
            meant.into_iter().filter_map(|place| shows.get(place).copied()).collect();
        if !filter.is_empty() {
            return shows.into_iter().map(|show| Shelf::Show(show.id)).collect();
        }
        match self.orders.shows {
            ShowOrder::Added => {}
            ShowOrder::Title => shows.sort_by_cached_key(|show| show.title.to_lowercase()),
            ShowOrder::Newest => shows.sort_by_key(|show| std::cmp::Reverse(show.newest)),
            ShowOrder::Unplayed => shows.sort_by_key(|show| std::cmp::Reverse(show.unplayed)),
        }
        shows.into_iter().map(|show| Shelf::Show(show.id)).collect()
    }

    /// Scrolls both lists so that their selections are seen.
    pub(super) fn keep_in_view(&mut self, shelf_rows: usize, episode_rows: usize) {
        self.shelf_list.keep_in_view(shelf_rows);
        self.list.keep_in_view(rows_of_two(episode_rows));
    }

    /// Takes rows in.
    pub(super) fn take_rows(&mut self, rows: Vec<EpisodeSummary>) {
        if self.rows.len() + rows.len() > ROWS_KEPT {
            self.rows.clear();
        }
        for row in rows {
            self.asked.retain(|id| *id != row.id);
            self.rows.insert(row.id, row);
        }
    }

    /// Changes what is known of an episode, if it is known.
    pub(super) fn change_row(&mut self, id: EpisodeId, change: impl FnOnce(&mut EpisodeSummary)) {
        if let Some(row) = self.rows.get_mut(&id) {
            change(row);
        }
    }

    /// All rows are asked for again.
    pub(super) fn forget_rows(&mut self) {
        self.rows.clear();
        self.asked.clear();
    }
}

/// Episodes shown in so many screen rows: two rows each.
#[must_use]
pub(super) fn rows_of_two(rows: usize) -> usize {
    (rows / 2).max(1)
}

/// Asks for the episodes of the shelf.
pub(super) fn load_shelf(state: &mut State) -> Effect {
    let ticket = state.ticket();
    let library = &mut state.library;
    library.loading = Some(ticket);
    match Wanted::read(&library.filter) {
        Ok(_) => {
            library.understood.clone_from(&library.filter);
            library.problem = None;
        }
        Err(problem) => library.problem = Some(problem),
    }
    let (shelf, order) = (library.shelf.clone(), library.order());
    let mut text = library.understood.clone();
    if let Shelf::Kept(name) = &shelf {
        let kept = library.facts.filters.iter().find(|kept| *kept.name == **name);
        let whole = format!("{} {text}", kept.map_or("", |kept| &kept.text));
        whole.trim().clone_into(&mut text);
    }
    Effect::LoadEpisodes { ticket, shelf, text, order }
}

/// The shelves besides the shows have changed; one that is gone is left.
pub(super) fn shelves_changed(state: &mut State) -> Vec<Effect> {
    state.library.rebuild_shelves();
    let kept = |name: &str| state.library.facts.filters.iter().find(|kept| kept.name == name);
    match &state.library.shelf {
        Shelf::Kept(name) if kept(name).is_none() => show_shelf(state, Shelf::All),
        _ => Vec::new(),
    }
}

/// The upper list's selection moved: list that shelf's episodes.
pub(super) fn shelf_selected(state: &mut State) -> Vec<Effect> {
    let shelf = state.library.shelves.get(state.library.shelf_list.selected).cloned();
    let Some(shelf) = shelf else { return Vec::new() };
    if shelf == state.library.shelf || shelf == Shelf::Reading {
        return Vec::new();
    }
    let unfolds =
        state.library.is_put_away(&shelf) || state.library.is_put_away(&state.library.shelf);
    let effects = turn_to(state, shelf);
    if unfolds {
        state.library.rebuild_shelves();
    }
    effects
}

/// Selects a shelf, which may still be on its way, and lists its episodes.
pub(super) fn show_shelf(state: &mut State, shelf: Shelf) -> Vec<Effect> {
    state.library.show_filter.clear();
    let effects = if shelf == state.library.shelf { Vec::new() } else { turn_to(state, shelf) };
    state.library.rebuild_shelves();
    effects
}

fn turn_to(state: &mut State, shelf: Shelf) -> Vec<Effect> {
    state.library.shelf = shelf;
    state.library.filter.clear();
    state.library.to_top = true;
    state.library.open_first = false;
    vec![load_shelf(state)]
}

/// The shows have come.
pub(super) fn shows_came(state: &mut State, shows: Vec<Show>) -> Vec<Effect> {
    state.player.chosen.learn_all(&shows);
    state.library.shows = shows;
    state.library.loaded = true;
    state.library.rebuild_shelves();
    match &state.library.shelf {
        // The last show with this tag has lost it.
        Shelf::Tag(tag) if !state.library.tags().iter().any(|own| **own == **tag) => {
            show_shelf(state, Shelf::All)
        }
        _ => Vec::new(),
    }
}

/// The ids of the list have come; a late answer changes nothing.
pub(super) fn episodes_came(state: &mut State, ticket: Ticket, ids: Vec<EpisodeId>) -> Vec<Effect> {
    if state.library.loading != Some(ticket) {
        return Vec::new();
    }
    let library = &mut state.library;
    library.loading = None;
    let selected = library.selected();
    library.ids = ids;
    library.list.resize(library.ids.len());
    let at = selected.and_then(|id| library.ids.iter().position(|other| *other == id));
    if library.to_top {
        library.list = List::new(library.ids.len());
        library.to_top = false;
    } else if let Some(at) = at {
        library.list.select(at);
    }
    if std::mem::take(&mut library.open_first) && state.focus == Pane::Episodes {
        return open_selected(state);
    }
    // Notes follow the list when its selection moves; what is read, or is about to be, stays.
    let moved = library.selected() != selected;
    let nothing_there = state.notes.opened.is_none() && state.notes.loading.is_none();
    let reading = matches!(state.focus, Pane::Notes | Pane::Article);
    if nothing_there || (moved && !reading) {
        return super::notes::preview_selected(state);
    }
    Vec::new()
}

/// Plays the selected episode. While another list is on its way, its first entry is meant: what is
/// still shown was left by the keys before.
pub(super) fn open_selected(state: &mut State) -> Vec<Effect> {
    if state.library.to_top {
        state.library.open_first = true;
        return Vec::new();
    }
    match state.library.selected() {
        Some(id) => {
            state.focus = Pane::Notes;
            super::player::play(state, id, None, None)
        }
        None => Vec::new(),
    }
}

/// Forgets the rows out of view; the ids of those in view, which are to be asked for again.
pub(super) fn keep_only_seen(state: &mut State) -> Vec<EpisodeId> {
    let rows = rows_of_two(usize::from(content(panes(state).episodes).height)).max(8);
    let library = &mut state.library;
    let seen: Vec<EpisodeId> =
        library.ids.iter().skip(library.list.top).take(rows * 2).copied().collect();
    library.rows.retain(|id, _| seen.contains(id));
    library.asked.clear();
    library.asked.extend(&seen);
    seen
}

/// The rows in view (and a page more) that are not known yet.
pub(super) fn missing_rows(state: &mut State) -> Option<Effect> {
    let rows = rows_of_two(usize::from(content(panes(state).episodes).height)).max(8);
    let library = &mut state.library;
    let window = library.ids.iter().skip(library.list.top).take(rows * 2);
    let missing: Vec<EpisodeId> = window
        .filter(|id| !library.rows.contains_key(id) && !library.asked.contains(id))
        .copied()
        .collect();
    if missing.is_empty() {
        return None;
    }
    library.asked.extend(&missing);
    Some(Effect::LoadRows(missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Command, Event, Msg, Typed, update};
    use crate::lang::Tongue;
    use crate::model::Settings;

    fn settings() -> Settings {
        crate::config::load(None).expect("the example is sound")
    }

    /// The ticket of the list that was asked for.
    fn asked(effects: &[Effect]) -> Ticket {
        let ticket = effects.iter().find_map(|effect| match effect {
            Effect::LoadEpisodes { ticket, .. } => Some(*ticket),
            _ => None,
        });
        ticket.expect("a list is asked for")
    }

    #[test]
    fn enter_right_after_a_filter_opens_what_the_filter_finds() {
        let (mut state, first) = State::new(settings(), Tongue::Chinese, (120, 36));
        let (newest, wanted) = (EpisodeId(1), EpisodeId(2));
        let all = Event::Episodes(asked(&first), vec![newest, wanted]);
        let _ = update(&mut state, Msg::Event(all));
        let _ = update(&mut state, Msg::Command(Command::Find));
        let filtered = asked(&update(&mut state, Msg::Type(Typed::Char('x'))));
        let _ = update(&mut state, Msg::Type(Typed::Enter));
        let _ = update(&mut state, Msg::Command(Command::Open));
        assert_eq!(state.focus, Pane::Episodes, "the list of before is not meant");
        let effects = update(&mut state, Msg::Event(Event::Episodes(filtered, vec![wanted])));
        let opens =
            |effect: &Effect| matches!(effect, Effect::OpenEpisode { id, .. } if *id == wanted);
        assert!(effects.iter().any(opens), "{effects:?}");
        assert_eq!(state.focus, Pane::Notes);
    }
}
