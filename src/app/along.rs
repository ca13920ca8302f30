//! Reading along: the pages that an episode links to, in the order and the chapters of its notes.

mod links;
mod usual;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use links::{EpisodeLink, LinkSources, links_by_chapter};

use super::{Command, Effect, LinkedFrom, Playback, State, Ticket, articles, notes};
use crate::lang::Notice;
use crate::model::{ChapterSource, Chapters, EpisodeId};
use crate::text::{Document, canonical_url};

/// The pages that an episode links to. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EpisodePages {
    /// In the order of reading; what every episode names stands last.
    pub list: Arc<[EpisodeLink]>,
    notes: Arc<Document>,
    usual: Arc<[String]>,
}

impl EpisodePages {
    /// The pages of these notes; `usual` are canonical addresses that other episodes name as well.
    #[must_use]
    pub fn new(notes: Arc<Document>, usual: Vec<String>) -> Self {
        Self { list: Arc::default(), notes, usual: usual.into() }
    }

    /// Finds them, and to which chapter each belongs.
    fn arrange(&mut self, chapters: &[Chapters], source: Option<usize>) {
        let own = chapters.iter().find(|found| found.source == ChapterSource::Notes);
        let shown = source.and_then(|at| chapters.get(at));
        let sources = LinkSources {
            own: own.map(|found| found.list.as_slice()).unwrap_or_default(),
            shown: shown.map(|found| found.list.as_slice()).unwrap_or_default(),
            usual: &self.usual,
        };
        self.list = links_by_chapter(&self.notes, sources).into();
    }

    /// The pages to read along with this chapter, each with its index.
    pub fn of_chapter(&self, chapter: usize) -> impl Iterator<Item = (usize, &EpisodeLink)> {
        let wanted = move |link: &EpisodeLink| link.chapter == Some(chapter) && !link.usual;
        self.list.iter().enumerate().filter(move |(_, link)| wanted(link))
    }

    fn place_of(&self, key: &str) -> Option<usize> {
        self.list.iter().position(|link| link.key == key)
    }
}

/// What has been read along.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Along {
    /// Canonical addresses of the pages that were opened, now or in other starts.
    opened: BTreeSet<String>,
    /// The page in front when it was looked at last.
    front: Option<Ticket>,
    /// The chapter whose pages were told of last.
    told: Option<(EpisodeId, Option<usize>)>,
}

impl Along {
    /// Whether this page was opened.
    #[must_use]
    pub fn was_opened(&self, link: &EpisodeLink) -> bool {
        self.opened.contains(&link.key)
    }

    /// These pages were opened in other starts.
    pub(super) fn recall(&mut self, keys: Vec<String>) {
        self.opened.extend(keys);
    }
}

/// Does what the user means.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::NextArticle => turn(state, true),
        Command::PreviousArticle => turn(state, false),
        _ => read_along(state),
    }
}

/// The notes or the chapters that are shown are other ones: finds the pages anew.
pub(super) fn renew(state: &mut State) {
    if let Some(opened) = &mut state.notes.opened {
        opened.pages.arrange(&opened.chapters, opened.source);
    }
    let opened = state.notes.opened.as_ref();
    if let Some(playing) = &mut state.player.playing {
        match opened.filter(|opened| opened.episode.summary.id == playing.id) {
            Some(opened) => playing.pages.clone_from(&opened.pages),
            None => playing.pages.arrange(&playing.chapters, playing.source),
        }
    }
}

/// The pages of an episode that is open or plays.
#[must_use]
pub fn pages_of(state: &State, id: EpisodeId) -> Option<&EpisodePages> {
    let opened = state.notes.opened.as_ref().filter(|o| o.episode.summary.id == id);
    let playing = || state.player.playing.as_ref().filter(|playing| playing.id == id);
    opened.map(|opened| &opened.pages).or_else(|| playing().map(|playing| &playing.pages))
}

/// Which of how many pages of its episode the one in front is, from 1.
#[must_use]
pub fn place(state: &State) -> Option<(usize, usize)> {
    let id = state.articles.front()?.episode?;
    let pages = pages_of(state, id)?;
    let depth = state.articles.stack.len().checked_sub(1)?;
    Some((page_at(state, id, pages, depth)? + 1, pages.list.len()))
}

/// How many pages of the chapter that plays have not been opened.
#[must_use]
pub fn readable(state: &State) -> usize {
    let Some((playing, now)) = sounding(state) else { return 0 };
    let Some(now) = now else { return 0 };
    playing.pages.of_chapter(now).filter(|(_, link)| !state.along.was_opened(link)).count()
}

/// What plays or is held, and its chapter.
fn sounding(state: &State) -> Option<(&super::Playing, Option<usize>)> {
    let player = &state.player;
    match player.playback {
        Playback::Playing | Playback::Paused | Playback::Buffering | Playback::Loading => {
            Some((player.playing.as_ref()?, player.chapter_index()))
        }
        Playback::Idle | Playback::Ended | Playback::Failed(_) => None,
    }
}

/// The next page of the chapter that plays, those that were not opened first.
fn read_along(state: &mut State) -> Vec<Effect> {
    let context = match sounding(state) {
        Some((playing, now)) => Some((playing.id, playing.pages.clone(), now)),
        None => state.notes.opened.as_ref().map(|opened| {
            let id = opened.episode.summary.id;
            (id, opened.pages.clone(), chapter_under_cursor(state))
        }),
    };
    let Some((id, pages, chapter)) = context else {
        state.say(Notice::NoPages);
        return Vec::new();
    };
    let pool: Vec<usize> = match chapter {
        Some(chapter) => pages.of_chapter(chapter).map(|(at, _)| at).collect(),
        None => (0..pages.list.len())
            .filter(|at| pages.list.get(*at).is_some_and(|link| !link.usual))
            .collect(),
    };
    let front = front_of(state, id, &pages).map(|(_, at)| at).filter(|at| pool.contains(at));
    let fresh = |at: &usize| pages.list.get(*at).is_some_and(|l| !state.along.was_opened(l));
    let next = pool.iter().copied().find(fresh).or_else(|| match front {
        Some(front) => pool.iter().copied().find(|at| *at > front),
        None => pool.first().copied(),
    });
    if let Some(at) = next {
        open(state, id, &pages, at)
    } else {
        state.say(match (pool.is_empty(), pages.list.is_empty()) {
            (true, true) => Notice::NoPages,
            (true, false) => Notice::NoPagesInChapter,
            (false, _) => Notice::AllRead,
        });
        Vec::new()
    }
}

/// The chapter of the notes in whose lines the chosen link or time stands.
fn chapter_under_cursor(state: &State) -> Option<usize> {
    let opened = state.notes.opened.as_ref()?;
    let chosen = opened.reader.chosen()?;
    match chosen.goal {
        super::Goal::Time(ms) => opened.shown()?.at(ms),
        super::Goal::Link(link) => {
            opened.pages.list.iter().find(|page| page.links.contains(&link))?.chapter
        }
        super::Goal::Fold | super::Goal::Picture(_) => None,
    }
}

/// The next or the previous page of the episode in the place of the one in front.
fn turn(state: &mut State, ahead: bool) -> Vec<Effect> {
    let in_front = state.articles.front().and_then(|view| view.episode);
    let id = in_front.or(state.notes.id()).or(state.player.episode());
    let pages = id.and_then(|id| Some((id, pages_of(state, id)?.clone())));
    let Some((id, pages)) = pages.filter(|(_, pages)| !pages.list.is_empty()) else {
        state.say(Notice::NoPages);
        return Vec::new();
    };
    let front = front_of(state, id, &pages).map(|(_, at)| at);
    let last = pages.list.len() - 1;
    let next = match (front, ahead) {
        (None, true) => Some(0),
        (None, false) => Some(last),
        (Some(at), true) => Some(at + 1).filter(|at| *at <= last),
        (Some(at), false) => at.checked_sub(1),
    };
    if let Some(at) = next {
        open(state, id, &pages, at)
    } else {
        state.say(if ahead { Notice::LastPage } else { Notice::FirstPage });
        Vec::new()
    }
}

/// Opens a page of an episode beside its notes, in the place of the one that was opened so before.
fn open(state: &mut State, id: EpisodeId, pages: &EpisodePages, at: usize) -> Vec<Effect> {
    let Some(link) = pages.list.get(at) else { return Vec::new() };
    let mut effects = articles::keep_place(state);
    if let Some((depth, _)) = front_of(state, id, pages) {
        effects.extend(articles::cut(state, depth));
    }
    if state.notes.id() != Some(id) && state.notes.loading.is_none() {
        effects.extend(notes::open(state, id));
    }
    state.overlay = None;
    let from = LinkedFrom::Notes(id);
    let title = Some(link.text.clone());
    effects.extend(articles::open_for(state, link.url.clone(), from, Some(id), title));
    state.say(Notice::PageOf(at + 1, pages.list.len(), link.text.clone()));
    effects
}

/// The page of this episode that was opened last: its depth in the stack and its place in the list.
/// Pages that were opened from within it lie in front of it.
fn front_of(state: &State, id: EpisodeId, pages: &EpisodePages) -> Option<(usize, usize)> {
    let depths = (0..state.articles.stack.len()).rev();
    depths.into_iter().find_map(|depth| Some((depth, page_at(state, id, pages, depth)?)))
}

fn page_at(state: &State, id: EpisodeId, pages: &EpisodePages, depth: usize) -> Option<usize> {
    let view = state.articles.stack.get(depth)?;
    if view.url.is_empty() || view.episode != Some(id) {
        return None;
    }
    match &view.key {
        Some(key) => pages.place_of(key),
        None => pages.place_of(&canonical_url(&view.url)),
    }
}

/// Notes which page is in front, and tells once of the pages of a chapter that has begun to play.
pub(super) fn tend(state: &mut State) {
    let front = state.articles.front().map(|view| view.ticket);
    if front != state.along.front {
        state.along.front = front;
        let opened = state.articles.front().filter(|view| !view.url.is_empty());
        if let Some(key) = opened.map(|view| canonical_url(&view.url)) {
            state.along.opened.insert(key);
        }
    }
    if state.player.playback != Playback::Playing {
        return;
    }
    let now = state.player.episode().map(|id| (id, state.player.chapter_index()));
    if now == state.along.told {
        return;
    }
    state.along.told = now;
    let count = readable(state);
    if count > 0 && state.toast.is_none() {
        state.say(Notice::Readable(count));
    }
}
