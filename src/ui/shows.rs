//! The upper list: shelves and shows.

use ratatui::layout::Rect;

use super::{Canvas, heading, hollow};
use crate::app::{Pane, Shelf, content};
use crate::lang::{self, Word};

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, pane: Rect) {
    let state = canvas.state;
    let library = &state.library;
    let focused = state.focus == Pane::Shows;
    let title = canvas.say(Word::Shows);
    let order = lang::show_order_mark(state.tongue, library.orders.shows);
    let right = if library.show_filter.is_empty() {
        format!("{order} · {}", library.shows.len())
    } else {
        format!("/{}", library.show_filter)
    };
    heading(canvas, pane, title, &right, focused);
    let area = content(pane);
    if library.shelves.is_empty() && library.loaded {
        let sentence = canvas.say(Word::NoMatch);
        hollow(canvas, pane, sentence, false);
        return;
    }
    let rows = usize::from(area.height);
    let window = library.shelves.iter().enumerate().skip(library.shelf_list.top).take(rows);
    for (y, (index, shelf)) in (area.y..).zip(window) {
        row(
            canvas,
            Rect { y, height: 1, ..area },
            shelf,
            index == library.shelf_list.selected,
            focused,
        );
    }
}

fn row(canvas: &mut Canvas<'_>, line: Rect, shelf: &Shelf, selected: bool, focused: bool) {
    let state = canvas.state;
    let theme = *canvas.theme;
    let mut tags = String::new();
    let (mark, title, count, bad) = match shelf {
        Shelf::All => {
            let listed = state.library.shows.iter().filter(|show| !show.archived);
            let unplayed = listed.map(|show| show.unplayed).sum();
            ("≡", canvas.say(Word::AllEpisodes).to_owned(), unplayed, false)
        }
        Shelf::InProgress => ("◐", canvas.say(Word::InProgress).to_owned(), 0, false),
        Shelf::Downloaded => ("↓", canvas.say(Word::Downloaded).to_owned(), 0, false),
        Shelf::Snipped => ("✎", canvas.say(Word::Snipped).to_owned(), 0, false),
        Shelf::Starred => {
            let count = state.library.facts.starred;
            ("★", canvas.say(Word::StarredEpisodes).to_owned(), count, false)
        }
        Shelf::Archived => {
            let count = state.library.facts.archived;
            ("▽", canvas.say(Word::PutAway).to_owned(), count, false)
        }
        Shelf::Kept(name) => ("⧩", name.to_string(), 0, false),
        Shelf::Tag(tag) => {
            let tagged = |show: &&crate::model::Show| show.tags.iter().any(|own| **own == **tag);
            let shows = state.library.shows.iter().filter(|show| !show.archived);
            let count = shows.filter(tagged).map(|show| show.unplayed).sum();
            ("#", tag.to_string(), count, false)
        }
        Shelf::Reading => {
            ("❐", canvas.say(Word::ReadingList).to_owned(), state.reading.unread as u64, false)
        }
        Shelf::Show(id) => match state.library.show(*id) {
            Some(show) => {
                for tag in &show.tags {
                    tags.extend([" #", tag]);
                }
                let bad = show.health.error().is_some();
                let mark = if state.jobs.refreshing.contains(id) {
                    "⟳"
                } else if bad {
                    "!"
                } else if show.archived {
                    "▽"
                } else {
                    " "
                };
                (mark, show.title.clone(), show.unplayed, bad)
            }
            None => (" ", String::new(), 0, false),
        },
    };
    if selected {
        let style = if focused { theme.selected } else { theme.selected_away };
        canvas.buffer.set_style(line, style);
    }
    let count = if count == 0 { String::new() } else { format!(" {count}") };
    let mut cells = canvas.cells();
    let count_width = cells.width(&count);
    let mark_style = if bad { theme.bad } else { theme.dim };
    cells.put(line.x, line.y, 2, mark, mark_style);
    let fixed = !matches!(shelf, Shelf::Show(_));
    let style = if selected && focused {
        theme.heading
    } else if fixed {
        theme.dim
    } else {
        ratatui::style::Style::new()
    };
    let room = line.width.saturating_sub(2 + count_width);
    let end = cells.put(line.x + 2, line.y, room, &title, style);
    cells.put(end, line.y, (line.x + 2 + room).saturating_sub(end), &tags, theme.dim);
    let at = line.x + line.width.saturating_sub(count_width);
    cells.put(at, line.y, count_width, &count, theme.accent);
}
