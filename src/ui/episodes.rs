//! The lower list: episodes, two rows each.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Canvas, heading, hollow};
use crate::app::{Completing, DownloadState, Pane, Shelf, content};
use crate::lang::{self, Tongue, Word};
use crate::model::{EpisodeSummary, UnixSeconds, clock};

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, pane: Rect) {
    let state = canvas.state;
    let library = &state.library;
    let focused = state.focus == Pane::Episodes;
    let title = match &library.shelf {
        Shelf::Show(id) => library.show(*id).map_or(String::new(), |show| show.title.clone()),
        Shelf::All | Shelf::Reading => canvas.say(Word::Episodes).to_owned(),
        Shelf::InProgress => canvas.say(Word::InProgress).to_owned(),
        Shelf::Downloaded => canvas.say(Word::Downloaded).to_owned(),
        Shelf::Snipped => canvas.say(Word::Snipped).to_owned(),
        Shelf::Starred => canvas.say(Word::StarredEpisodes).to_owned(),
        Shelf::Archived => canvas.say(Word::PutAway).to_owned(),
        Shelf::Tag(tag) => format!("#{tag}"),
        Shelf::Kept(name) => name.to_string(),
    };
    let order = lang::order_mark(state.tongue, library.order());
    let right = if library.filter.is_empty() {
        format!("{order} · {}", library.ids.len())
    } else {
        format!("/{} {order} · {}", library.filter, library.ids.len())
    };
    heading(canvas, pane, &title, &right, focused);
    if library.ids.is_empty() {
        empty(canvas, pane);
        return;
    }
    let area = content(pane);
    let window = library.ids.iter().enumerate().skip(library.list.top);
    for (y, (index, id)) in (area.y..area.y + area.height).step_by(2).zip(window) {
        let height = (area.y + area.height - y).min(2);
        let place = Rect { y, height, ..area };
        let selected = index == library.list.selected;
        if selected {
            let style = if focused { canvas.theme.selected } else { canvas.theme.selected_away };
            canvas.buffer.set_style(place, style);
        }
        if let Some(row) = library.rows.get(id) {
            self::row(canvas, place, row, selected && focused);
        }
    }
}

fn empty(canvas: &mut Canvas<'_>, pane: Rect) {
    let library = &canvas.state.library;
    if library.loading.is_some() || !library.loaded {
        return;
    }
    let found = !library.filter.is_empty() || matches!(library.shelf, Shelf::Kept(_));
    let which = if found {
        Word::NoMatch
    } else if library.shows.is_empty() {
        Word::NoShows
    } else {
        Word::NoEpisodes
    };
    let failed = match &library.shelf {
        Shelf::Show(id) => {
            library.show(*id).and_then(|show| show.health.error()).map(str::to_owned)
        }
        _ => None,
    };
    let sentence = failed.clone().unwrap_or_else(|| canvas.hint(which));
    hollow(canvas, pane, &sentence, failed.is_some());
}

fn row(canvas: &mut Canvas<'_>, place: Rect, row: &EpisodeSummary, strong: bool) {
    let state = canvas.state;
    let theme = *canvas.theme;
    let playing = state.player.episode() == Some(row.id);
    let (mark, mark_style) = if playing {
        ("▶", theme.accent)
    } else if row.position.played {
        ("✓", theme.faint)
    } else if row.position.ms > 0 {
        ("◐", theme.accent)
    } else {
        ("•", theme.accent)
    };
    let title_style = if playing {
        theme.accent
    } else if strong {
        theme.heading
    } else if row.position.played {
        theme.dim
    } else {
        Style::new()
    };
    let detail = detail(canvas, row, place.width.saturating_sub(2));
    let mut cells = canvas.cells();
    cells.put(place.x, place.y, 2, mark, mark_style);
    cells.put(place.x + 2, place.y, place.width.saturating_sub(2), &row.title, title_style);
    if place.height > 1 {
        cells.put(place.x + 2, place.y + 1, place.width.saturating_sub(2), &detail, theme.dim);
    }
}

/// The show's name is left out where it has less room than this.
const NAME: usize = 6;

/// Where a row has fewer columns than this, dates are shorter.
const FULL_DATE: usize = 24;

/// The second row: download, date, length or what is left, show (on mixed shelves).
fn detail(canvas: &Canvas<'_>, row: &EpisodeSummary, room: u16) -> String {
    let room = usize::from(room);
    let width = |text: &str| crate::text::width(text, canvas.ambiguous());
    // In a narrow list the century gives way.
    let facts = facts(canvas, row, if room < FULL_DATE { "%y-%m-%d" } else { "%Y-%m-%d" });
    let left = room.saturating_sub(width(&facts));
    if matches!(canvas.state.library.shelf, Shelf::Show(_)) || left < NAME + 3 {
        return facts;
    }
    let parted = if facts.is_empty() { "" } else { " · " };
    format!("{facts}{parted}{}", row.show_title)
}

fn facts(canvas: &Canvas<'_>, row: &EpisodeSummary, date_form: &str) -> String {
    let state = canvas.state;
    let mut parts = Vec::new();
    if let Some(published) = row.published {
        parts.push(date(published, date_form));
    }
    if let Some(duration) = row.duration_ms {
        let left = duration.saturating_sub(row.position.ms);
        if row.position.ms > 0 && !row.position.played {
            parts.push(format!("-{}", clock(left)));
        } else {
            parts.push(length(state.tongue, duration));
        }
    }
    let completing = state.jobs.completing.get(&row.id);
    let download = match state.jobs.downloads.get(&row.id) {
        Some(DownloadState::Waiting) => "↓ … ".to_owned(),
        Some(DownloadState::Running(bytes, Some(total))) if *total > 0 => {
            format!("↓ {}% ", (bytes.saturating_mul(100) / total).min(100))
        }
        Some(DownloadState::Running(bytes, _)) => format!("↓ {} MB ", bytes >> 20),
        Some(DownloadState::Paused(..)) => "↓ ‖ ".to_owned(),
        Some(DownloadState::Failed(_)) => "↓ ! ".to_owned(),
        _ if matches!(completing, Some(Completing::Pages(..))) => String::new(),
        _ if row.complete => "↓≡ ".to_owned(),
        _ if row.downloaded => "↓ ".to_owned(),
        _ => String::new(),
    };
    let star = if row.starred { "★ " } else { "" };
    let pages = match completing {
        Some(Completing::Pages(done, all)) => format!("≡ {done}/{all} "),
        _ => String::new(),
    };
    star.to_owned() + &download + &pages + &parts.join(" · ")
}

/// A date in this form, in UTC.
fn date(seconds: UnixSeconds, form: &str) -> String {
    jiff::Timestamp::from_second(seconds)
        .map_or_else(|_| String::new(), |at| at.strftime(form).to_string())
}

fn length(tongue: Tongue, ms: u64) -> String {
    let minutes = ms.div_ceil(60_000);
    format!("{minutes} {}", crate::lang::word(tongue, Word::Minutes))
}
