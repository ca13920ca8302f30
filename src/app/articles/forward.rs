//! Forward again to what was left by going back, or by closing it.

use super::{ArticleView, Articles, Page, keep_place};
use crate::app::{Effect, Pane, State};
use crate::lang::Notice;

/// Pages that one can go forward to at most: each holds its whole text.
const MOST: usize = 12;

impl Articles {
    /// Remembers a page that was left, if there was something to read.
    pub(super) fn left(&mut self, view: ArticleView) {
        if !matches!(view.page, Page::Ready { .. }) {
            return;
        }
        if self.ahead.len() >= MOST {
            self.ahead.remove(0);
        }
        // Nobody waits for what it was waiting for.
        self.ahead.push(ArticleView { renewing: None, ..view });
    }

    /// Forgets the way forward: another one was taken.
    pub(super) fn take_another_way(&mut self) {
        self.ahead.clear();
    }
}

/// To the page that was left last, where reading stood in it.
pub(in crate::app) fn forward(state: &mut State) -> Vec<Effect> {
    let Some(view) = state.articles.ahead.pop() else {
        state.say(Notice::NothingAhead);
        return Vec::new();
    };
    let effects = keep_place(state);
    if !state.articles.is_open() && state.articles.zoomed {
        state.zoom = true;
    }
    state.say(Notice::Forward(view.name().to_owned()));
    state.articles.stack.push(view);
    state.focus = Pane::Article;
    effects
}
