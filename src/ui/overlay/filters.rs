//! Filters of episodes: kept ones, built-in ones, tags.

use ratatui::layout::Rect;

use super::{for_rows, row};
use crate::app::{FilterRow, List, content, filter_rows};
use crate::lang::{self, Word};
use crate::ui::{Canvas, heading};

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, list: &List) {
    let rows = filter_rows(canvas.state);
    let title = canvas.say(Word::Filters);
    heading(canvas, area, title, &rows.len().to_string(), true);
    for_rows(canvas, content(area), list, 1, |canvas, place, index| {
        let Some(entry) = rows.get(index) else { return };
        let tongue = canvas.state.tongue;
        let (mark, name) = match entry {
            FilterRow::Keep(_) => ("＋", canvas.say(Word::KeepFilter).to_owned()),
            FilterRow::Kept(kept) => ("⧩", kept.name.clone()),
            FilterRow::State(is) => (" ", lang::state_name(tongue, *is).to_owned()),
            FilterRow::Length(text) => (" ", lang::length_name(tongue, text)),
            FilterRow::Tag(tag) => ("#", tag.clone()),
        };
        let mark_width = canvas.cells().width(mark);
        let pad = " ".repeat(usize::from(3_u16.saturating_sub(mark_width)));
        row(canvas, place, &format!("{mark}{pad}{name}"), &entry.text());
    });
}
