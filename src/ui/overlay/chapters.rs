//! The list of chapters.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::for_rows;
use crate::app::{List, content};
use crate::lang::Word;
use crate::model::clock;
use crate::ui::{Canvas, heading};

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, list: &List) {
    let state = canvas.state;
    let title = canvas.say(Word::Chapters);
    let Some(opened) = &state.notes.opened else { return };
    let Some(chapters) = opened.shown() else { return };
    heading(canvas, area, title, &chapters.list.len().to_string(), true);
    let playing = state.player.episode() == Some(opened.episode.summary.id);
    let current = if playing { state.player.chapter_index() } else { None };
    for_rows(canvas, content(area), list, 1, |canvas, place, index| {
        let Some(chapter) = chapters.list.get(index) else { return };
        let theme = *canvas.theme;
        let mark = if current == Some(index) { "▶" } else { " " };
        let time = clock(chapter.start_ms);
        let mut cells = canvas.cells();
        cells.put(place.x, place.y, 1, mark, theme.accent);
        let width = cells.width(&time);
        cells.put(place.x + 2 + 7_u16.saturating_sub(width), place.y, width, &time, theme.time);
        let style = if current == Some(index) { theme.accent } else { Style::new() };
        cells.put(place.x + 11, place.y, place.width.saturating_sub(12), &chapter.title, style);
    });
}
