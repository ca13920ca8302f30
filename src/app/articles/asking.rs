//! Asking for pages: by a link, again, anew, as a whole.

use std::sync::Arc;

use super::{ArticleView, Page, keep_place};
use crate::app::{Effect, LinkedFrom, Pane, State, TranscriptView};
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis};

/// Pages kept on the stack.
const DEPTH: usize = 50;

/// Opens a page beside the notes.
pub(in crate::app) fn open(state: &mut State, url: String, from: LinkedFrom) -> Vec<Effect> {
    open_titled(state, url, from, None)
}

/// The same, with the words of the link that leads there.
pub(in crate::app) fn open_titled(
    state: &mut State,
    url: String,
    from: LinkedFrom,
    title: Option<String>,
) -> Vec<Effect> {
    let episode = state.notes.id();
    open_for(state, url, from, episode, title)
}

/// The same, for a page that belongs to this episode.
pub(in crate::app) fn open_for(
    state: &mut State,
    url: String,
    from: LinkedFrom,
    episode: Option<EpisodeId>,
    title: Option<String>,
) -> Vec<Effect> {
    let mut effects = put_in_front(state, url.clone(), from.clone(), episode);
    let Some(view) = state.articles.stack.last_mut() else { return effects };
    view.title = title;
    let ticket = view.ticket;
    effects.push(Effect::OpenArticle { ticket, url, from, episode, whole: false, anew: false });
    effects
}

/// Opens the transcript of an episode beside its notes, at a time where one is named.
pub(in crate::app) fn open_transcript(
    state: &mut State,
    id: EpisodeId,
    at_ms: Option<Millis>,
) -> Vec<Effect> {
    if let Some(view) = state.articles.stack.last_mut().filter(|view| view.episode == Some(id))
        && let Page::Transcript(shown) = &mut view.page
    {
        if at_ms.is_some() {
            **shown = TranscriptView::new(Arc::clone(&shown.transcript), at_ms);
        }
        state.focus = Pane::Article;
        return Vec::new();
    }
    let mut effects = put_in_front(state, String::new(), LinkedFrom::User, Some(id));
    let Some(view) = state.articles.stack.last_mut() else { return effects };
    view.at_ms = at_ms;
    effects.push(Effect::LoadTranscript { ticket: view.ticket, id });
    effects
}

/// Puts a page in front that is on its way, and the focus into it.
fn put_in_front(
    state: &mut State,
    url: String,
    from: LinkedFrom,
    episode: Option<EpisodeId>,
) -> Vec<Effect> {
    let effects = keep_place(state);
    let ticket = state.ticket();
    if !state.articles.is_open() && state.articles.zoomed {
        state.zoom = true;
    }
    if state.articles.stack.len() >= DEPTH {
        state.articles.stack.remove(0);
    }
    state.articles.take_another_way();
    state.articles.stack.push(ArticleView {
        url,
        title: None,
        key: None,
        from,
        episode,
        ticket,
        asked: state.now,
        opener: state.focus,
        whole: false,
        at_ms: None,
        renewing: None,
        held: None,
        sought: None,
        page: Page::Loading,
    });
    state.focus = Pane::Article;
    effects
}

/// The other view of the page in front: the article, or the whole page.
pub(in crate::app) fn toggle_whole(state: &mut State) -> Vec<Effect> {
    let is_page = state.articles.front().is_some_and(|view| !view.url.is_empty());
    if !is_page {
        return Vec::new();
    }
    let mut effects = keep_place(state);
    let (ticket, now) = (state.ticket(), state.now);
    let Some(view) = state.articles.stack.last_mut() else { return effects };
    effects.extend(view.give_up());
    view.whole = !view.whole;
    view.ask(ticket, now);
    effects.push(view.request(false));
    effects
}

/// Asks for the page in front anew. What is read stays until the answer comes.
pub(in crate::app) fn renew(state: &mut State) -> Vec<Effect> {
    let (ticket, now) = (state.ticket(), state.now);
    let Some(view) = state.articles.stack.last_mut() else { return Vec::new() };
    if view.url.is_empty() || view.is_waiting() {
        return Vec::new();
    }
    if let Page::Ready { .. } = view.page {
        view.renewing = Some(ticket);
        view.asked = now;
        let request = view.request(true);
        state.say(Notice::Renewing);
        return vec![request];
    }
    view.ask(ticket, now);
    vec![view.request(true)]
}

impl ArticleView {
    /// It is on its way (again); what was read in its place is held.
    fn ask(&mut self, ticket: crate::app::Ticket, now: u64) {
        if let Page::Ready { reader, .. } = &self.page {
            self.held = Some((Arc::clone(&reader.document), reader.place()));
        }
        self.ticket = ticket;
        self.asked = now;
        self.renewing = None;
        self.page = Page::Loading;
    }

    /// The request that answers for it.
    fn request(&self, anew: bool) -> Effect {
        Effect::OpenArticle {
            ticket: self.renewing.unwrap_or(self.ticket),
            url: self.url.clone(),
            from: self.from.clone(),
            episode: self.episode,
            whole: self.whole,
            anew,
        }
    }

    /// Nobody waits for its answer any more.
    pub(super) fn give_up(&self) -> Option<Effect> {
        let ticket = self.renewing.unwrap_or(self.ticket);
        (self.is_waiting() && !self.url.is_empty()).then_some(Effect::DropArticle(ticket))
    }
}
