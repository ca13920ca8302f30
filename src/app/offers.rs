//! What a page offers besides its text: a line at its head whose links subscribe and play.

use std::sync::Arc;

use super::{Effect, OpenedArticle, Page, State, player};
use crate::lang::{Tongue, Word, word};
use crate::model::{EpisodeId, Millis, Offer};
use crate::text::{Block, BlockKind, Document, Span, SpanStyle};

/// A page with the line of its offers, below its title and facts.
pub(super) fn with_line(tongue: Tongue, mut opened: OpenedArticle) -> OpenedArticle {
    if opened.article.offers.is_empty() {
        return opened;
    }
    let mut document = Arc::unwrap_or_clone(opened.document);
    let at = head_of(&document);
    let line = line(tongue, &opened.article.offers, &mut document);
    document.blocks.insert(at, line);
    opened.document = Arc::new(document);
    opened
}

/// How many blocks title and facts take: a heading of the first level, then one line in italics.
fn head_of(document: &Document) -> usize {
    let title = document.blocks.first().is_some_and(|b| b.kind == BlockKind::Heading(1));
    let titled = usize::from(title);
    let stated = document.blocks.get(titled).is_some_and(|block| {
        block.kind == BlockKind::Paragraph
            && !block.spans.is_empty()
            && block.spans.iter().all(|span| span.style.italic)
    });
    titled + usize::from(stated)
}

fn line(tongue: Tongue, offers: &[Offer], document: &mut Document) -> Block {
    let mut spans: Vec<Span> = Vec::new();
    // What is said first is what a listener most likely wants.
    let (play, subscribe): (Vec<_>, Vec<_>) =
        offers.iter().partition(|offer| matches!(offer, Offer::Recording { .. }));
    for offer in play.into_iter().chain(subscribe) {
        let name = match offer {
            Offer::Recording { .. } => Word::PlayRecording,
            Offer::Feed { .. } => Word::SubscribeShow,
        };
        if !spans.is_empty() {
            spans.push(Span { text: "   ".to_owned(), ..Span::default() });
        }
        let text = word(tongue, name).to_owned();
        document.links.push(crate::model::Link { text: text.clone(), url: offer.url().to_owned() });
        let link = document.links.len().checked_sub(1);
        let style = SpanStyle { bold: true, ..SpanStyle::default() };
        spans.push(Span { text, style, link, ..Span::default() });
    }
    Block { spans, ..Block::default() }
}

/// Takes up the offer of the page in front that this address stands for.
pub(super) fn take(state: &mut State, url: &str) -> Option<Vec<Effect>> {
    let offer = of_front(state).iter().find(|offer| offer.url() == url)?.clone();
    Some(match offer {
        Offer::Feed { url } => {
            state.jobs.subscribing = true;
            vec![Effect::Subscribe(url)]
        }
        Offer::Recording { url } => play(state, url, None)?,
    })
}

/// A time in a page about a recording is a time in that recording.
pub(super) fn play_at(state: &mut State, ms: Millis) -> Option<Vec<Effect>> {
    let recording = of_front(state).iter().find_map(|offer| match offer {
        Offer::Recording { url } => Some(url.clone()),
        Offer::Feed { .. } => None,
    });
    play(state, recording?, Some(ms))
}

fn play(state: &State, url: String, at_ms: Option<Millis>) -> Option<Vec<Effect>> {
    let page = state.articles.front()?;
    let key = page.key.clone()?;
    Some(vec![Effect::PlayRecording { url, page: key, at_ms }])
}

fn of_front(state: &State) -> &[Offer] {
    match state.articles.front().map(|view| &view.page) {
        Some(Page::Ready { article, .. }) => &article.offers,
        _ => &[],
    }
}

/// The recording of a page is an episode of the library now.
pub(super) fn recording_came(
    state: &mut State,
    id: EpisodeId,
    at_ms: Option<Millis>,
) -> Vec<Effect> {
    player::play(state, id, at_ms, None)
}
