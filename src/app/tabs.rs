//! Where notes and article share one place, their names stand beside each other above it: what is shown,
//! and what the next pane would show.

use std::ops::Range;

use super::layout::panes;
use super::{Page, Pane, State};
use crate::lang::{self, Word};
use crate::text::width;

/// The names above a text, in cells of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTabs {
    /// Columns that they take, from the left edge of the pane.
    pub columns: u16,
    /// Where the line between them stands.
    pub bar: u16,
    notes: (Range<u16>, &'static str),
    article: (Range<u16>, &'static str),
    /// The article is shown.
    second: bool,
}

impl TextTabs {
    /// Each name: its cells with one for the mark before it, the name, and whether it is shown.
    #[must_use]
    pub fn each(&self) -> [(Range<u16>, &'static str, bool); 2] {
        let ((notes, first), (article, second)) = (self.notes.clone(), self.article.clone());
        [(notes, first, !self.second), (article, second, self.second)]
    }
}

/// The names, where just one of the two texts is on the screen.
#[must_use]
pub fn text_tabs(state: &State) -> Option<TextTabs> {
    let shown = panes(state);
    let front = state.articles.front()?;
    let pane = match (shown.notes.width, shown.article.width) {
        (0, 1..) => shown.article,
        (1.., 0) => shown.notes,
        _ => return None,
    };
    let kind = match front.page {
        Page::Transcript(_) => Word::Transcript,
        _ if front.url.is_empty() => Word::Transcript,
        _ => Word::Article,
    };
    let (first, second) = (lang::word(state.tongue, Word::Notes), lang::word(state.tongue, kind));
    let wide = |name: &str| u16::try_from(width(name, state.ambiguous())).unwrap_or(u16::MAX);
    // ` 笔记 │▌文章 `
    let notes = pane.x + 1..pane.x + 2 + wide(first);
    let bar = notes.end + 1;
    let article = bar + 1..bar + 2 + wide(second);
    let columns = article.end + 1 - pane.x;
    // Where there is no room for a title beside them, there is none for them.
    (columns + 8 <= pane.width).then_some(TextTabs {
        columns,
        bar,
        notes: (notes, first),
        article: (article, second),
        second: shown.article.width > 0,
    })
}

/// The text whose name stands in this cell.
#[must_use]
pub(super) fn tab_at(state: &State, x: u16, y: u16) -> Option<Pane> {
    let tabs = text_tabs(state)?;
    let shown = panes(state);
    let top = if shown.article.width > 0 { shown.article.y } else { shown.notes.y };
    let on = |range: &Range<u16>| y == top && range.contains(&x);
    match (on(&tabs.notes.0), on(&tabs.article.0)) {
        (true, _) => Some(Pane::Notes),
        (_, true) => Some(Pane::Article),
        _ => None,
    }
}
