//! Pages come, or do not.

use std::sync::Arc;

use super::{ArticleView, Page};
use crate::app::{
    Effect, OpenedArticle, PageFailure, Reader, State, Ticket, TranscriptView, transcript,
};
use crate::lang::Notice;
use crate::model::Transcript;
use crate::text::{ReadingTime, same_place};

/// A page has come; one that was closed meanwhile is dropped.
pub(in crate::app) fn came(
    state: &mut State,
    ticket: Ticket,
    came: Result<OpenedArticle, PageFailure>,
) -> Vec<Effect> {
    if let Some(view) = renewing(state, ticket) {
        view.renewing = None;
        let notice = renewed(view, came);
        state.say(notice);
        return Vec::new();
    }
    let Some(view) = waiting(state, ticket) else { return Vec::new() };
    let mut copy = None;
    match came {
        Ok(opened) => {
            copy.clone_from(&opened.offline);
            show(view, opened);
        }
        Err(failure) => view.page = Page::Failed(failure),
    }
    if let Some(why) = copy {
        state.say(Notice::ReadFromCopy(why));
    }
    Vec::new()
}

/// The page that waits for this answer.
fn waiting(state: &mut State, ticket: Ticket) -> Option<&mut ArticleView> {
    let mut all = state.articles.stack.iter_mut();
    all.find(|view| view.ticket == ticket && matches!(view.page, Page::Loading))
}

/// The page that is read while this answer is waited for.
fn renewing(state: &mut State, ticket: Ticket) -> Option<&mut ArticleView> {
    state.articles.stack.iter_mut().find(|view| view.renewing == Some(ticket))
}

/// Shows what has come, where reading stopped.
fn show(view: &mut ArticleView, opened: OpenedArticle) {
    let held = view.held.take();
    let held = held.and_then(|(old, place)| same_place(&old, place, &opened.document));
    view.url.clone_from(&opened.article.url);
    view.key = Some(opened.key);
    view.page = Page::Ready {
        article: Box::new(opened.article),
        time: ReadingTime::of(&opened.document),
        reader: Box::new(Reader::at(opened.document, held.or(opened.position))),
        offline: opened.offline,
        age: opened.age,
        newer: false,
    };
    if let (Some(query), Page::Ready { reader, .. }) = (view.sought.take(), &mut view.page) {
        reader.seek(&query);
    }
}

/// A newer copy of what is being read has come, or not.
fn renewed(view: &mut ArticleView, came: Result<OpenedArticle, PageFailure>) -> Notice {
    let opened = match came {
        Ok(opened) => opened,
        Err(failure) => return Notice::Failed(failure.why),
    };
    if let Some(why) = opened.offline {
        return Notice::Failed(why);
    }
    let mut changed = true;
    if let Page::Ready { reader, .. } = &view.page {
        changed = reader.document != opened.document;
        view.held = Some((Arc::clone(&reader.document), reader.place()));
    }
    show(view, opened);
    Notice::Renewed(changed)
}

/// A transcript has come.
pub(in crate::app) fn transcript_came(
    state: &mut State,
    ticket: Ticket,
    came: Result<Arc<Transcript>, String>,
) -> Vec<Effect> {
    let Some(view) = waiting(state, ticket) else { return Vec::new() };
    view.page = match came {
        Ok(transcript) => Page::Transcript(Box::new(TranscriptView::new(transcript, view.at_ms))),
        Err(why) => Page::Failed(why.into()),
    };
    transcript::follow(state);
    Vec::new()
}
