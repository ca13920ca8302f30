//! Articles (and transcripts) beside the notes: a stack, so that one can go back.

use std::sync::Arc;

use super::{
    Effect, LinkedFrom, OpenedArticle, Pane, Reader, State, Ticket, TranscriptView, transcript,
};
use crate::model::{Article, EpisodeId, Millis, Transcript};
use crate::text::LayoutOptions;

/// The pane at the right.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Articles {
    /// What was opened, the last one in front.
    pub stack: Vec<ArticleView>,
}

/// One opened page.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleView {
    /// Its address; empty for a transcript.
    pub url: String,
    /// Its identity in the library, once it is there.
    pub key: Option<String>,
    /// Who named it.
    pub from: LinkedFrom,
    /// The episode it belongs to.
    pub episode: Option<EpisodeId>,
    /// The request that answers for it.
    pub ticket: Ticket,
    /// The whole page instead of the article.
    pub whole: bool,
    /// Where a transcript is to be opened.
    pub at_ms: Option<Millis>,
    /// How it stands.
    pub page: Page,
}

/// How an opened page stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Page {
    /// On its way.
    Loading,
    /// Being read.
    Ready {
        /// Its facts.
        article: Box<Article>,
        /// Its text.
        reader: Box<Reader>,
        /// Why the copy from before is shown, where it is.
        offline: Option<String>,
        /// Seconds since the copy was fetched; `None` if it was fetched just now.
        age: Option<u64>,
        /// The page has changed since, and the library has its new text.
        newer: bool,
    },
    /// The transcript of an episode.
    Transcript(Box<TranscriptView>),
    /// It cannot be shown; a sentence.
    Failed(String),
}

/// Pages kept on the stack.
const DEPTH: usize = 50;

impl Articles {
    /// Whether there is something beside the notes.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.stack.is_empty()
    }

    /// What is in front.
    #[must_use]
    pub fn front(&self) -> Option<&ArticleView> {
        self.stack.last()
    }

    /// The text in front.
    pub(super) fn reader_mut(&mut self) -> Option<&mut Reader> {
        match &mut self.stack.last_mut()?.page {
            Page::Ready { reader, .. } => Some(reader),
            Page::Transcript(view) => Some(&mut view.reader),
            Page::Loading | Page::Failed(_) => None,
        }
    }

    /// The text in front.
    #[must_use]
    pub fn reader(&self) -> Option<&Reader> {
        match &self.stack.last()?.page {
            Page::Ready { reader, .. } => Some(reader),
            Page::Transcript(view) => Some(&view.reader),
            Page::Loading | Page::Failed(_) => None,
        }
    }

    pub(super) fn relayout(&mut self, options: LayoutOptions, rows: usize) {
        match self.stack.last_mut().map(|view| &mut view.page) {
            Some(Page::Ready { reader, .. }) => {
                reader.relayout(options, rows);
            }
            Some(Page::Transcript(view)) => view.relayout(options, rows),
            Some(Page::Loading | Page::Failed(_)) | None => {}
        }
    }

    fn waiting(&mut self, ticket: Ticket) -> Option<&mut ArticleView> {
        self.stack
            .iter_mut()
            .find(|view| view.ticket == ticket && matches!(view.page, Page::Loading))
    }

    fn push(&mut self, view: ArticleView) {
        if self.stack.len() >= DEPTH {
            self.stack.remove(0);
        }
        self.stack.push(view);
    }
}

/// Opens a page beside the notes.
pub(super) fn open(state: &mut State, url: String, from: LinkedFrom) -> Vec<Effect> {
    let episode = state.notes.id();
    open_for(state, url, from, episode)
}

/// Opens a page that belongs to this episode.
pub(super) fn open_for(
    state: &mut State,
    url: String,
    from: LinkedFrom,
    episode: Option<EpisodeId>,
) -> Vec<Effect> {
    let mut effects = keep_place(state);
    let ticket = state.ticket();
    let view = ArticleView {
        url: url.clone(),
        from: from.clone(),
        key: None,
        episode,
        ticket,
        whole: false,
        at_ms: None,
        page: Page::Loading,
    };
    state.articles.push(view);
    state.focus = Pane::Article;
    effects.push(Effect::OpenArticle { ticket, url, from, episode, whole: false });
    effects
}

/// Opens the transcript of an episode beside its notes, at a time where one is named.
pub(super) fn open_transcript(
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
    let effects = keep_place(state);
    let ticket = state.ticket();
    state.articles.push(ArticleView {
        url: String::new(),
        from: LinkedFrom::User,
        key: None,
        episode: Some(id),
        ticket,
        whole: false,
        at_ms,
        page: Page::Loading,
    });
    state.focus = Pane::Article;
    effects.into_iter().chain([Effect::LoadTranscript { ticket, id }]).collect()
}

/// The other view of the page in front: the article, or the whole page.
pub(super) fn toggle_whole(state: &mut State) -> Vec<Effect> {
    let ticket = state.ticket();
    let Some(view) = state.articles.stack.last_mut() else { return Vec::new() };
    if view.url.is_empty() {
        return Vec::new();
    }
    view.whole = !view.whole;
    view.ticket = ticket;
    view.page = Page::Loading;
    vec![Effect::OpenArticle {
        ticket,
        url: view.url.clone(),
        from: view.from.clone(),
        episode: view.episode,
        whole: view.whole,
    }]
}

/// A page has come; one that was closed meanwhile is dropped.
pub(super) fn came(
    state: &mut State,
    ticket: Ticket,
    came: Result<OpenedArticle, String>,
) -> Vec<Effect> {
    let Some(view) = state.articles.waiting(ticket) else { return Vec::new() };
    view.page = match came {
        Ok(opened) => {
            view.url.clone_from(&opened.article.url);
            view.key = Some(opened.key);
            Page::Ready {
                article: Box::new(opened.article),
                reader: Box::new(Reader::at(opened.document, opened.position)),
                offline: opened.offline,
                age: opened.age,
                newer: false,
            }
        }
        Err(why) => Page::Failed(why),
    };
    Vec::new()
}

/// A transcript has come.
pub(super) fn transcript_came(
    state: &mut State,
    ticket: Ticket,
    came: Result<Arc<Transcript>, String>,
) -> Vec<Effect> {
    let Some(view) = state.articles.waiting(ticket) else { return Vec::new() };
    view.page = match came {
        Ok(transcript) => Page::Transcript(Box::new(TranscriptView::new(transcript, view.at_ms))),
        Err(why) => Page::Failed(why),
    };
    transcript::follow(state);
    Vec::new()
}

/// Keeps where reading stands in the page in front.
pub(super) fn keep_place(state: &State) -> Vec<Effect> {
    let place = state.articles.front().and_then(|view| match &view.page {
        Page::Ready { reader, .. } => {
            let (place, words) = (reader.place(), reader.words());
            Some(Effect::KeepPlace { key: view.key.clone()?, place, words })
        }
        _ => None,
    });
    place.into_iter().collect()
}

/// Back to the page before, or to the notes.
pub(super) fn back(state: &mut State) -> Vec<Effect> {
    let effects = keep_place(state);
    state.articles.stack.pop();
    if !state.articles.is_open() && state.focus == Pane::Article {
        state.focus = Pane::Notes;
        state.zoom = false;
    }
    effects
}

/// Away with all of them.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    let effects = keep_place(state);
    state.articles.stack.clear();
    if state.focus == Pane::Article {
        state.focus = Pane::Notes;
    }
    state.zoom = false;
    effects
}
