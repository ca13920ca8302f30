//! What lies over the panes: help, lists, the palette, the search, a question.

mod adjusting;
mod chapters;
mod downloads;
mod filters;
mod outline;
mod queue;
mod reading_list;
mod search;
mod sleep;
mod snips;
mod sound;
mod writing;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Canvas, heading, status, text};
use crate::app::{List, Overlay, Pane, content, overlay_of};
use crate::lang::{self, Word};

/// Draws what lies over the panes; the cursor's place if something is being typed there.
pub(super) fn draw(canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let state = canvas.state;
    let overlay = state.overlay.as_ref()?;
    if matches!(overlay, Overlay::Hints { .. }) {
        return None; // The letters stand in the text.
    }
    if let Overlay::ConfirmUnsubscribe(_, title) = overlay {
        confirm(canvas, title);
        return None;
    }
    let area = overlay_of(state);
    ground(canvas, area);
    match overlay {
        Overlay::Help(reader) => {
            let title = canvas.say(Word::Help);
            heading(canvas, area, title, "Esc", true);
            text::draw(canvas, area, reader, Pane::Shows, false, &text::Marked::Nothing);
            None
        }
        Overlay::Picture(reader, _) => {
            let words = reader.document.blocks.first().map(crate::text::Block::plain_text);
            let title = words.filter(|words| !words.is_empty());
            heading(canvas, area, title.as_deref().unwrap_or("▣"), "Esc", true);
            text::draw_alone(canvas, area, reader);
            None
        }
        Overlay::Palette { line, found, list } => {
            let title = canvas.say(Word::Commands);
            heading(canvas, area, title, &found.len().to_string(), true);
            let rows = under_line(area);
            for_rows(canvas, rows, list, 1, |canvas, place, index| {
                if let Some(command) = found.get(index) {
                    let help = lang::command(canvas.state.tongue, command.name());
                    let keys = canvas.state.bindings.iter().find(|(_, c)| c == command);
                    let keys = keys.map(|(keys, _)| keys.clone()).unwrap_or_default();
                    row(canvas, place, help, &keys);
                }
            });
            Some(status::typed_line(canvas, line_place(area), "", line))
        }
        Overlay::Chapters(list) => {
            chapters::draw(canvas, area, list);
            None
        }
        Overlay::Outline(outline) => {
            outline::draw(canvas, area, outline);
            None
        }
        Overlay::Snips(shown) => {
            snips::draw(canvas, area, shown);
            None
        }
        Overlay::Queue(list) => {
            queue::draw(canvas, area, list);
            None
        }
        Overlay::Downloads(list) => {
            downloads::draw(canvas, area, list);
            None
        }
        Overlay::Filters(list) => {
            filters::draw(canvas, area, list);
            None
        }
        Overlay::Reading(view) => {
            reading_list::draw(canvas, area, view);
            None
        }
        Overlay::Sleep(shown) => {
            sleep::draw(canvas, area, shown);
            None
        }
        Overlay::Sound(table) => {
            sound::draw(canvas, area, table);
            None
        }
        Overlay::Search(search) => {
            search::draw(canvas, area, search);
            Some(status::typed_line(canvas, line_place(area), "", &search.line))
        }
        Overlay::Hints { .. } | Overlay::ConfirmUnsubscribe(..) => None,
    }
}

/// Draws what lies right over the player: a snip's ends, or a text that is being written. The
/// cursor's place.
pub(super) fn draw_strip(canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let state = canvas.state;
    if let Some(adjusting) = &state.snips.adjusting {
        adjusting::draw(canvas, adjusting);
    }
    let prompt = state.prompt.as_ref().filter(|prompt| prompt.line.has_lines())?;
    let title = canvas.say(Word::NotePrompt);
    Some(writing::draw(canvas, title, &prompt.line))
}

/// Clears the ground under an overlay and draws a frame around it; its heading is the upper edge.
fn ground(canvas: &mut Canvas<'_>, area: Rect) {
    let theme = *canvas.theme;
    let outer = Rect {
        x: area.x.saturating_sub(1),
        width: area.width + 2,
        height: area.height + 1,
        ..area
    }
    .intersection(canvas.buffer.area);
    let mut cells = canvas.cells();
    cells.clear(outer, theme.overlay);
    let (right, bottom) = (outer.right().saturating_sub(1), outer.bottom().saturating_sub(1));
    let edge = |x, y, width, height| Rect { x, y, width, height };
    cells.fill(edge(outer.x, outer.y, outer.width, 1), '─', theme.faint);
    cells.fill(edge(outer.x, bottom, outer.width, 1), '─', theme.faint);
    cells.fill(edge(outer.x, outer.y, 1, outer.height), '│', theme.faint);
    cells.fill(edge(right, outer.y, 1, outer.height), '│', theme.faint);
    for (x, y, corner) in [
        (outer.x, outer.y, '╭'),
        (right, outer.y, '╮'),
        (outer.x, bottom, '╰'),
        (right, bottom, '╯'),
    ] {
        cells.fill(edge(x, y, 1, 1), corner, theme.faint);
    }
}

fn line_place(area: Rect) -> Rect {
    let inner = content(area);
    Rect { height: inner.height.min(1), ..inner }
}

fn under_line(area: Rect) -> Rect {
    let inner = content(area);
    Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner }
}

/// Calls `draw` with the place of each entry in view, the selected one set off.
fn for_rows(
    canvas: &mut Canvas<'_>,
    area: Rect,
    list: &List,
    tall: u16,
    mut draw: impl FnMut(&mut Canvas<'_>, Rect, usize),
) {
    let mut y = area.y;
    for index in list.top..list.len {
        if y + tall > area.y + area.height {
            break;
        }
        let place = Rect { y, height: tall, ..area };
        if index == list.selected {
            let style = canvas.theme.selected;
            canvas.buffer.set_style(place, style);
        }
        draw(canvas, place, index);
        y += tall;
    }
}

/// One row: words at the left, something at the right.
fn row(canvas: &mut Canvas<'_>, place: Rect, left: &str, right: &str) {
    let dim = canvas.theme.dim;
    let mut cells = canvas.cells();
    let width = cells.width(right).min(place.width / 2);
    let room = place.width.saturating_sub(width + 3);
    cells.put(place.x + 1, place.y, room, left, Style::new());
    cells.put(place.x + place.width.saturating_sub(width + 1), place.y, width, right, dim);
}

fn confirm(canvas: &mut Canvas<'_>, title: &str) {
    let (width, height) = canvas.state.size;
    let w = width.saturating_sub(4).min(64);
    let area = Rect::new((width - w) / 2, height.saturating_sub(7) / 2, w, 5.min(height));
    ground(canvas, area);
    heading(canvas, area, title, "", true);
    let sentence = canvas.say(Word::ConfirmUnsubscribe);
    let document = crate::text::from_plain(sentence, None);
    let inner = content(area);
    let options = canvas.state.layout_options(inner.width.saturating_sub(2).max(1));
    let lines = crate::text::layout(&document, &options).lines;
    let style = canvas.theme.overlay;
    for (y, line) in (inner.y + 1..inner.y + inner.height).zip(lines) {
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        canvas.cells().put(inner.x + 1, y, inner.width.saturating_sub(2), &text, style);
    }
}
