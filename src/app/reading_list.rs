//! The reading list: pages kept for later, with or without an episode.

mod view;

pub use view::ReadingView;

use super::{
    Command, Effect, Goal, LinkedFrom, Overlay, Page, Pane, PromptKind, Shelf, State, Ticket,
    articles, chapters, commands, hints,
};
use crate::lang::Notice;
use crate::model::{EpisodeId, KeptPage, PageToKeep, ReadingId, UnixSeconds};
use crate::text::{canonical_url, clean_line};

/// Work on the reading list.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadingWork {
    /// Put a page on the list and fetch it, or take it off if it is there: `ReadingNews::Kept` or
    /// `ReadingNews::TakenOff`.
    Toggle {
        /// The page; who names it is told beside.
        page: PageToKeep,
        /// Who names it.
        from: LinkedFrom,
    },
    /// The ids of the list: `ReadingNews::Ids`.
    Load {
        /// The request.
        ticket: Ticket,
        /// Only those with these words.
        text: String,
    },
    /// What the list shows of these pages: `ReadingNews::Rows`.
    Rows(Vec<ReadingId>),
    /// Take a page off: `ReadingNews::TakenOff`.
    Forget(ReadingId),
    /// Put a page back as it stood: `ReadingNews::Changed`.
    Restore(Box<KeptPage>),
    /// Mark a page as read, or as not read: `ReadingNews::Changed`.
    Mark(ReadingId, bool),
    /// A page was read as far as this, 0–100.
    CameTo {
        /// Its identity in the library.
        key: String,
        /// How far.
        percent: u8,
    },
    /// Fetch what could not be fetched before.
    Retry,
}

/// What has happened to the reading list.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadingNews {
    /// The ids asked for, newest first, and the time now.
    Ids(Ticket, Vec<ReadingId>, UnixSeconds),
    /// What is known of these pages.
    Rows(Vec<KeptPage>),
    /// How many pages were not read, and how many there are.
    Counts(usize, usize),
    /// A page is on the list now: its title.
    Kept(String),
    /// A page was taken off.
    TakenOff(Box<KeptPage>),
    /// Something about its pages is another than before.
    Changed,
}

/// The reading list as far as it is known outside of its view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadingList {
    /// Pages that were not read.
    pub unread: usize,
    /// All pages.
    pub total: usize,
    /// What was taken off last and can be put back.
    taken_off: Option<Box<KeptPage>>,
    /// The page in front, and how far it was read at most.
    front: Option<(String, u8)>,
}

/// Does what the user means.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    match (command, &state.overlay) {
        (Command::ReadingList, Some(Overlay::Reading(_))) => {
            state.overlay = None;
            Vec::new()
        }
        (Command::ReadingList, _) => show(state),
        (_, Some(Overlay::Reading(_))) => put_back(state),
        _ => keep(state),
    }
}

/// Opens the list.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(Overlay::Reading(ReadingView::default()));
    load(state)
}

/// The list opens where its shelf is chosen.
pub(super) fn by_shelf(state: &mut State) -> Option<Vec<Effect>> {
    let shelf = state.library.shelves.get(state.library.shelf_list.selected);
    (shelf == Some(&Shelf::Reading)).then(|| show(state))
}

fn load(state: &mut State) -> Vec<Effect> {
    let ticket = state.ticket();
    let Some(Overlay::Reading(view)) = &mut state.overlay else { return Vec::new() };
    view.loading = Some(ticket);
    vec![work(ReadingWork::Load { ticket, text: view.filter.clone() })]
}

fn work(work: ReadingWork) -> Effect {
    Effect::Reading(Box::new(work))
}

/// Keeps what is chosen or in front, or forgets it; asks for an address where nothing is.
fn keep(state: &mut State) -> Vec<Effect> {
    match meant(state) {
        Some((page, from)) => toggle(page, from),
        None => commands::prompt(state, PromptKind::KeepPage, ""),
    }
}

fn toggle(page: PageToKeep, from: LinkedFrom) -> Vec<Effect> {
    vec![work(ReadingWork::Toggle { page, from })]
}

/// The page that is meant, and who names it.
fn meant(state: &State) -> Option<(PageToKeep, LinkedFrom)> {
    if let Some((id, chapter)) = chapters::chosen(state) {
        let page = chapter.url.clone().map(|url| page(url, &chapter.title, Some(id)));
        return Some((page?, LinkedFrom::Notes(id)));
    }
    if let Some((Goal::Link(link), Some(url))) = hints::goal(state, state.focus) {
        let (reader, from, episode) = if state.focus == Pane::Article {
            let view = state.articles.front()?;
            let reader = state.articles.reader()?;
            (reader, LinkedFrom::Page(view.url.clone()), view.episode)
        } else {
            let opened = state.notes.opened.as_ref()?;
            let id = opened.episode.summary.id;
            (&opened.reader, LinkedFrom::Notes(id), Some(id))
        };
        let text = reader.document.links.get(link).map(|link| link.text.as_str());
        return readable(&url).then(|| (page(url, text.unwrap_or_default(), episode), from));
    }
    if matches!(state.focus, Pane::Shows | Pane::Episodes) {
        return None;
    }
    let view = state.articles.front().filter(|view| !view.url.is_empty())?;
    let title = match &view.page {
        Page::Ready { article, .. } => article.title.clone().unwrap_or_default(),
        _ => String::new(),
    };
    let mut page = page(view.url.clone(), &title, view.episode);
    if let Some(key) = &view.key {
        page.key.clone_from(key);
    }
    Some((page, view.from.clone()))
}

fn page(url: String, title: &str, episode: Option<EpisodeId>) -> PageToKeep {
    let title = clean_line(title);
    let title = if title == url { String::new() } else { title };
    PageToKeep { key: canonical_url(&url), url, title, episode, named_by: None }
}

fn readable(url: &str) -> bool {
    ["http://", "https://", "welcome:", "file:"].iter().any(|scheme| url.starts_with(scheme))
}

/// An address was typed.
pub(super) fn entered(state: &mut State, text: &str) -> Vec<Effect> {
    if text.is_empty() {
        return Vec::new();
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    if !is_web_page(&whole) {
        state.say(Notice::NoAddress);
        return commands::prompt(state, PromptKind::KeepPage, text);
    }
    toggle(page(whole, "", None), LinkedFrom::User)
}

/// Whether this is the address of something on the web, as people type it.
fn is_web_page(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else { return false };
    let host = url.host_str().unwrap_or_default();
    matches!(url.scheme(), "http" | "https") && (host.contains(['.', ':']) || host == "localhost")
}

/// Puts back what was taken off last; asks for an address where nothing was.
fn put_back(state: &mut State) -> Vec<Effect> {
    match state.reading.taken_off.take() {
        Some(kept) => vec![work(ReadingWork::Restore(kept))],
        None => commands::prompt(state, PromptKind::KeepPage, ""),
    }
}

fn selected(state: &State) -> Option<&KeptPage> {
    match &state.overlay {
        Some(Overlay::Reading(view)) => view.selected(),
        _ => None,
    }
}

/// The address of the selected page.
pub(super) fn address(state: &State) -> Option<String> {
    selected(state).map(|kept| kept.page.url.clone())
}

/// Opens the selected page beside the notes; alone where no notes are open.
pub(super) fn open_selected(state: &mut State) -> Vec<Effect> {
    let Some(kept) = selected(state).cloned() else { return Vec::new() };
    state.overlay = None;
    let from = match kept.page.named_by {
        Some(page) => LinkedFrom::Page(page),
        None => LinkedFrom::User,
    };
    let title = Some(kept.page.title).filter(|title| !title.is_empty());
    let effects = articles::open_for(state, kept.page.url, from, kept.page.episode, title);
    state.zoom |= state.notes.opened.is_none();
    effects
}

/// Takes the selected page off.
pub(super) fn forget_selected(state: &State) -> Vec<Effect> {
    let id = selected(state).map(|kept| kept.id);
    id.map(|id| work(ReadingWork::Forget(id))).into_iter().collect()
}

/// Marks the selected page as read, or as not read; `None` where no list is in front.
pub(super) fn mark_selected(state: &State) -> Option<Vec<Effect>> {
    if !matches!(state.overlay, Some(Overlay::Reading(_))) {
        return None;
    }
    let kept = selected(state);
    let marked = kept.map(|kept| work(ReadingWork::Mark(kept.id, kept.read.is_none())));
    Some(marked.into_iter().collect())
}

/// Fetches again what could not be fetched; `None` where no list is in front.
pub(super) fn retry(state: &mut State) -> Option<Vec<Effect>> {
    if !matches!(state.overlay, Some(Overlay::Reading(_))) {
        return None;
    }
    state.say(Notice::FetchingKept);
    Some(vec![work(ReadingWork::Retry)])
}

/// Only pages with these words, as they are typed.
pub(super) fn filter(state: &mut State, text: &str) -> Vec<Effect> {
    match &mut state.overlay {
        Some(Overlay::Reading(view)) if view.filter != text => {
            text.clone_into(&mut view.filter);
            view.to_top = true;
            load(state)
        }
        _ => Vec::new(),
    }
}

/// Something has happened to the list.
pub(super) fn happened(state: &mut State, news: ReadingNews) -> Vec<Effect> {
    match news {
        ReadingNews::Ids(ticket, ids, now) => {
            if let Some(Overlay::Reading(view)) = &mut state.overlay
                && view.loading == Some(ticket)
            {
                view.take_ids(ids, now);
            }
            Vec::new()
        }
        ReadingNews::Rows(rows) => {
            if let Some(Overlay::Reading(view)) = &mut state.overlay {
                view.take_rows(rows);
            }
            Vec::new()
        }
        ReadingNews::Counts(unread, total) => {
            (state.reading.unread, state.reading.total) = (unread, total);
            if state.library.reading != (total > 0) {
                state.library.reading = total > 0;
                state.library.rebuild_shelves();
            }
            Vec::new()
        }
        ReadingNews::Kept(title) => {
            state.reading.taken_off = None;
            state.say(Notice::KeptForLater(title));
            load(state)
        }
        ReadingNews::TakenOff(kept) => {
            let title = if kept.page.title.is_empty() { &kept.page.url } else { &kept.page.title };
            let in_list = matches!(state.overlay, Some(Overlay::Reading(_)));
            state.say(Notice::NoLongerKept((!in_list).then(|| title.clone())));
            state.reading.taken_off = Some(kept);
            load(state)
        }
        ReadingNews::Changed => load(state),
    }
}

/// Notes how far the page in front has been read, and has it kept once another one is in front.
pub(super) fn tend(state: &mut State) -> Vec<Effect> {
    let now = state.articles.front().and_then(|view| match &view.page {
        Page::Ready { reader, .. } if !reader.layout.lines.is_empty() => {
            Some((view.key.clone()?, reader.percent()))
        }
        _ => None,
    });
    match (&mut state.reading.front, now) {
        (Some((key, most)), Some((now, percent))) if *key == now => {
            *most = (*most).max(percent);
            Vec::new()
        }
        (_, now) => {
            let effects = leaving(state);
            state.reading.front = now;
            effects
        }
    }
}

/// Keeps how far the page in front was read.
pub(super) fn leaving(state: &mut State) -> Vec<Effect> {
    let left = state.reading.front.take();
    let left = left.filter(|_| state.reading.total > 0);
    let came = left.map(|(key, percent)| work(ReadingWork::CameTo { key, percent }));
    came.into_iter().collect()
}

/// What the view shows and does not know yet.
pub(super) fn missing_rows(state: &mut State) -> Option<Effect> {
    let rows = usize::from(super::content(super::overlay_of(state)).height) / 2 + 1;
    match &mut state.overlay {
        Some(Overlay::Reading(view)) => view.missing(rows).map(|ids| work(ReadingWork::Rows(ids))),
        _ => None,
    }
}
