//! The reading list: title, minutes and how far it was read; under it where it is from, when it was kept
//! and whether it is here.
//!
//! ```text
//! ● 潮汐钟为什么走得慢                            8 分钟  62%
//!   tide.example · 2 天前 · 12: 灯塔守护人
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::for_rows;
use crate::app::{ReadingView, content};
use crate::lang::{self, Word};
use crate::model::{KeptPage, KeptState, UnixSeconds};
use crate::ui::{Canvas, heading, hollow};

/// Draws the list, two rows a page.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, view: &ReadingView) {
    let reading = &canvas.state.reading;
    let (unread, total) = (reading.unread, reading.total);
    let title = canvas.say(Word::ReadingList);
    let (title, count) = if view.filter.is_empty() {
        (title.to_owned(), format!("{unread} {} / {total}", canvas.say(Word::Unread)))
    } else {
        (format!("{title} › {}", view.filter), format!("{} / {total}", view.ids.len()))
    };
    heading(canvas, area, &title, &count, true);
    if view.ids.is_empty() && view.loaded {
        let empty = if view.filter.is_empty() { Word::NothingKept } else { Word::NoKeptMatch };
        let sentence = canvas.hint(empty);
        hollow(canvas, area, &sentence, false);
    }
    for_rows(canvas, content(area), &view.list, 2, |canvas, place, index| {
        if let Some(kept) = view.row(index) {
            row(canvas, place, kept, view.now);
        }
    });
}

fn row(canvas: &mut Canvas<'_>, place: Rect, kept: &KeptPage, now: UnixSeconds) {
    let theme = *canvas.theme;
    let begun = kept.percent > 0 && kept.read.is_none();
    let (mark, mark_style, style) = match (kept.read.is_some(), begun) {
        (true, _) => ("✓", theme.dim, theme.dim),
        (_, true) => ("◐", theme.accent, theme.heading),
        _ => ("●", theme.accent, theme.heading),
    };
    let right = measures(canvas, kept, begun);
    let (from, trouble) = (origin(canvas, kept, now), trouble(canvas, kept));
    let title = if kept.page.title.is_empty() { &kept.page.url } else { &kept.page.title };
    let mut cells = canvas.cells();
    let width = cells.width(&right).min(place.width / 2);
    cells.put(place.x, place.y, 2, mark, mark_style);
    let room = place.width.saturating_sub(width + 5);
    cells.put(place.x + 2, place.y, room, title, style);
    let at = (place.x + place.width).saturating_sub(width + 1);
    cells.put(at, place.y, width, &right, theme.dim);
    if place.height > 1 {
        let (y, end) = (place.y + 1, place.right().saturating_sub(1));
        let mut at = place.x + 2;
        if let Some((words, bad)) = trouble {
            let style = if bad { theme.bad } else { Style::new() };
            at = cells.put(at, y, end.saturating_sub(at), &words, style);
            at = cells.put(at, y, end.saturating_sub(at), " · ", theme.dim);
        }
        cells.put(at, y, end.saturating_sub(at), &from, theme.dim);
    }
}

/// `8 分钟  62%`.
fn measures(canvas: &Canvas<'_>, kept: &KeptPage, begun: bool) -> String {
    let minutes = kept.minutes.map(|minutes| format!("{minutes} {}", canvas.say(Word::Minutes)));
    let percent = begun.then(|| format!("{}%", kept.percent));
    [minutes, percent].into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// Why its text is not here, and whether that is bad.
fn trouble(canvas: &Canvas<'_>, kept: &KeptPage) -> Option<(String, bool)> {
    match &kept.state {
        KeptState::Here => None,
        KeptState::Waiting => Some((format!("↓ {}", canvas.say(Word::Waiting)), false)),
        KeptState::Failed(why) => {
            Some((format!("! {}: {why}", canvas.say(Word::NotFetched)), true))
        }
    }
}

/// The site, when it was kept, and the episode that links to it.
fn origin(canvas: &Canvas<'_>, kept: &KeptPage, now: UnixSeconds) -> String {
    let since = u64::try_from(now.saturating_sub(kept.added)).unwrap_or(0);
    let episode = kept.episode_title.clone().or(kept.show_title.clone());
    let parts = [Some(kept.site.clone()), Some(lang::age(canvas.state.tongue, since)), episode];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}
