//! Articles (and transcripts) beside the notes: a stack, so that one can go back.

mod asking;
mod coming;
mod forward;
mod leaving;

pub(super) use self::asking::{open, open_for, open_titled, open_transcript, renew, toggle_whole};
pub(super) use self::coming::{came, transcript_came};
pub(super) use self::forward::forward;
pub(super) use self::leaving::{back, cut, keep_place, leave};
use super::{LinkedFrom, Pane, Pictures, Reader, Ticket, TranscriptView};
use crate::app::PageFailure;
use crate::model::{Article, EpisodeId, Millis};
use crate::text::{Document, LayoutOptions, ReadingTime};

/// The pane at the right.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Articles {
    /// What was opened, the last one in front.
    pub stack: Vec<ArticleView>,
    /// What was left by going back, the last one left at the end; read pages only.
    ahead: Vec<ArticleView>,
    /// Pages are read with the whole screen for them, as the user has chosen.
    pub zoomed: bool,
}

/// One opened page.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleView {
    /// Its address; empty for a transcript.
    pub url: String,
    /// The words of the link that led here: its title until it says one itself.
    pub title: Option<String>,
    /// Its identity in the library, once it is there.
    pub key: Option<String>,
    /// Who named it.
    pub from: LinkedFrom,
    /// The episode it belongs to.
    pub episode: Option<EpisodeId>,
    /// The request that answers for it.
    pub ticket: Ticket,
    /// When it was asked for, in ms since the start.
    pub asked: u64,
    /// The pane that had the focus then.
    pub opener: Pane,
    /// The whole page instead of the article.
    pub whole: bool,
    /// Where a transcript is to be opened.
    pub at_ms: Option<Millis>,
    /// The request of a newer copy, while this one is read on.
    pub renewing: Option<Ticket>,
    /// What was read before in its place, and where: the text that comes opens there.
    held: Option<(std::sync::Arc<Document>, (usize, usize))>,
    /// What a search of the library was for: the text that comes opens there.
    pub(super) sought: Option<String>,
    /// How it stands.
    pub page: Page,
}

/// The page in front is shown where a search of the library found it.
pub(super) fn seek(state: &mut super::State, query: String) {
    let Some(view) = state.articles.stack.last_mut() else { return };
    match &mut view.page {
        Page::Ready { reader, .. } => reader.seek(&query),
        _ => view.sought = Some(query),
    }
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
        /// How long it takes to read.
        time: ReadingTime,
        /// The page has changed since, and the library has its new text.
        newer: bool,
    },
    /// The transcript of an episode.
    Transcript(Box<TranscriptView>),
    /// It cannot be shown.
    Failed(PageFailure),
}

impl ArticleView {
    /// Whether an answer is waited for.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.renewing.is_some() || matches!(self.page, Page::Loading)
    }

    /// What it is called: by itself, by the link that led here, or by its address.
    #[must_use]
    pub fn name(&self) -> &str {
        let own = match &self.page {
            Page::Ready { article, .. } => article.title.as_deref(),
            _ => None,
        };
        let named = own.or(self.title.as_deref()).map(str::trim);
        named.filter(|title| !title.is_empty()).unwrap_or(&self.url)
    }
}

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

    pub(super) fn relayout(&mut self, options: LayoutOptions, rows: usize, pictures: &Pictures) {
        match self.stack.last_mut().map(|view| &mut view.page) {
            Some(Page::Ready { reader, .. }) => {
                pictures.relayout(reader, options, rows);
            }
            Some(Page::Transcript(view)) => view.relayout(options, rows),
            Some(Page::Loading | Page::Failed(_)) | None => {}
        }
    }
}
