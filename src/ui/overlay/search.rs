//! What a search of the library found.

use ratatui::layout::Rect;

use super::{for_rows, under_line};
use crate::app::{FoundTarget, SearchState};
use crate::lang::Word;
use crate::model::clock;
use crate::text::find_words;
use crate::ui::{Canvas, heading, hollow};

/// Draws what was found, two rows a hit.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, search: &SearchState) {
    let title = canvas.say(Word::Search);
    heading(canvas, area, title, &search.found.len().to_string(), true);
    if let Some(why) = &search.failed {
        hollow(canvas, area, why, true);
        return;
    }
    if search.found.is_empty() {
        let empty = search.line.text().trim().is_empty();
        if empty || search.ticket.is_none() {
            let sentence = canvas.say(if empty { Word::TypeToSearch } else { Word::NothingFound });
            hollow(canvas, area, sentence, false);
        }
        return;
    }
    for_rows(canvas, under_line(area), &search.list, 2, |canvas, place, index| {
        let Some(hit) = search.found.get(index) else { return };
        let theme = *canvas.theme;
        let mark = match hit.target {
            FoundTarget::Show(_) => "◉",
            FoundTarget::Episode(_) | FoundTarget::Transcript(_) => "▷",
            FoundTarget::Article(_) => "¶",
        };
        let time = hit.ms.map(|ms| format!(" {}", clock(ms))).unwrap_or_default();
        let mut cells = canvas.cells();
        let at = cells.put(place.x + 1, place.y, 2, mark, theme.accent);
        let width = cells.width(&time);
        let room = (place.x + place.width).saturating_sub(at + 2 + width);
        let title = at + 1;
        let at = cells.put(title, place.y, room, &hit.title, theme.heading);
        cells.put(at, place.y, width, &time, theme.time);
        let below = place.width.saturating_sub(4);
        cells.put(place.x + 3, place.y + 1, below, &hit.snippet, theme.dim);
        let query = search.line.text();
        show_found(canvas, Rect { x: title, width: room, height: 1, ..place }, &hit.title, query);
        let line = Rect { x: place.x + 3, y: place.y + 1, width: below, height: 1 };
        show_found(canvas, line, &hit.snippet, query);
    });
}

/// Marks what was looked for in a line that is drawn there.
fn show_found(canvas: &mut Canvas<'_>, line: Rect, text: &str, query: &str) {
    let style = canvas.theme.found;
    for range in find_words(text, query) {
        let (before, word) = (text.get(..range.start), text.get(range));
        let (Some(before), Some(word)) = (before, word) else { continue };
        let (from, width) = (canvas.cells().width(before), canvas.cells().width(word));
        // What did not fit ends in an ellipsis.
        if from.saturating_add(width) <= line.width {
            let place = Rect { x: line.x + from, width, ..line };
            canvas.buffer.set_style(place.intersection(line), style);
        }
    }
}
