//! The headings of a text, indented by their depth; the one that is being read is marked.
//!
//! ```text
//! ╭─ Headings · 灯塔简史 ━━━━━━━━━━━━━━━━━━ 3/15 ─╮
//! │   灯塔简史                                   │
//! │ ▸   最早的灯塔                               │
//! │       火与木头                               │
//! ```

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::for_rows;
use crate::app::{Outline, Pane, content};
use crate::lang::Word;
use crate::ui::{Canvas, heading, hollow};

/// Headings deeper than this are indented no further.
const DEEPEST: u8 = 5;

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, outline: &Outline) {
    let text = match outline.pane {
        Pane::Article => canvas.state.articles.front().map(|view| view.name().to_owned()),
        _ => None,
    };
    let text = text.unwrap_or_else(|| canvas.say(Word::Notes).to_owned());
    let title = format!("{} · {text}", canvas.say(Word::Headings));
    let many = outline.headings.len();
    let counted = match (outline.filter.is_empty(), outline.chosen()) {
        (false, _) => format!("/{}  {} / {many}", outline.filter, outline.rows.len()),
        (true, Some((index, _))) => format!("{} / {many}", index + 1),
        (true, None) => many.to_string(),
    };
    heading(canvas, area, &title, &counted, true);
    if outline.rows.is_empty() {
        let sentence = canvas.hint(Word::NoMatch);
        hollow(canvas, area, &sentence, false);
        return;
    }
    for_rows(canvas, content(area), &outline.list, 1, |canvas, place, row| {
        let Some(index) = outline.rows.get(row).copied() else { return };
        let Some(shown) = outline.headings.get(index) else { return };
        let theme = *canvas.theme;
        let current = outline.current == Some(index);
        let style = match (current, shown.depth) {
            (true, _) => theme.accent,
            (_, 0) => Style::new().add_modifier(Modifier::BOLD),
            (_, 1) => Style::new(),
            _ => theme.dim,
        };
        let indent = u16::from(shown.depth.min(DEEPEST)) * 2;
        let mut cells = canvas.cells();
        if current {
            cells.put(place.x + 1, place.y, 1, "▸", theme.accent);
        }
        let x = place.x + 3 + indent;
        cells.put(x, place.y, place.right().saturating_sub(x + 1), &shown.title, style);
    });
}
