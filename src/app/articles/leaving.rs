//! Leaving pages: where reading stands is kept, what nobody waits for any more is given up.

use super::{ArticleView, Page};
use crate::app::{Effect, Pane, State};
use crate::lang::Notice;

/// Keeps where reading stands in the page in front.
pub(in crate::app) fn keep_place(state: &State) -> Vec<Effect> {
    // The place in a whole page means nothing in the article.
    let view = state.articles.front().filter(|view| !view.whole);
    let place = view.and_then(|view| match &view.page {
        Page::Ready { reader, .. } => {
            let (place, words) = (reader.place(), reader.words());
            Some(Effect::KeepPlace { key: view.key.clone()?, place, words })
        }
        _ => None,
    });
    place.into_iter().collect()
}

/// Back to the page before, or to where the page in front was opened.
pub(in crate::app) fn back(state: &mut State) -> Vec<Effect> {
    let mut effects = keep_place(state);
    let Some(left) = state.articles.stack.pop() else { return effects };
    effects.extend(left.give_up());
    let unread = matches!(left.page, Page::Loading | Page::Failed(_));
    let opener = left.opener;
    state.articles.left(left);
    if let Some(front) = state.articles.front() {
        let name = front.name().to_owned();
        // A transcript has none.
        if !name.is_empty() {
            state.say(Notice::Back(name));
        }
    } else {
        if state.focus == Pane::Article {
            state.focus = match opener {
                opener @ (Pane::Shows | Pane::Episodes) if unread => opener,
                _ => Pane::Notes,
            };
        }
        state.zoom = false;
    }
    effects
}

/// Away with the pages in front of the first `depth`.
pub(in crate::app) fn cut(state: &mut State, depth: usize) -> Vec<Effect> {
    let depth = depth.min(state.articles.stack.len());
    let left = state.articles.stack.drain(depth..);
    left.filter_map(|view: ArticleView| view.give_up()).collect()
}

/// Away with the page in front: one that is not there yet, or cannot be shown, alone; else all.
pub(in crate::app) fn leave(state: &mut State) -> Vec<Effect> {
    match state.articles.front().map(|view| &view.page) {
        Some(Page::Loading | Page::Failed(_)) => back(state),
        _ => close(state),
    }
}

/// Away with all of them.
fn close(state: &mut State) -> Vec<Effect> {
    let mut effects = keep_place(state);
    if let Some(left) = state.articles.stack.pop() {
        effects.extend(left.give_up());
        state.articles.take_another_way();
        state.articles.left(left);
    }
    effects.extend(cut(state, 0));
    if state.focus == Pane::Article {
        state.focus = Pane::Notes;
    }
    state.zoom = false;
    effects
}
