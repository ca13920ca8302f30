//! Which pane stands where: a function of the size and the state, used by drawing, paging and the
//! mouse alike.
//!
//! ```text
//! │ shows     │ notes                    │ article                 │
//! │───────────│                          │                         │
//! │ episodes  │                          │                         │
//! │ player: what plays, chapter, time, speed                       │
//! │ progress line with chapter ticks                               │
//! │ last line: message, prompt or keys                             │
//! ```

use std::ops::Range;

use ratatui::layout::Rect;

use super::{Overlay, Pane, State};
use crate::model::Millis;

/// Narrower than this, only the focused column is shown.
const ONE_COLUMN: u16 = 60;
/// Narrower than this, an open article takes the place of the lists.
const THREE_COLUMNS: u16 = 150;
/// Narrower than this, only one text is shown: the article, unless the notes have the focus.
const TWO_TEXTS: u16 = 100;
/// Lower than this, only the focused list is shown in the left column.
const BOTH_LISTS: u16 = 14;

/// Columns of the sleep timer's short entries.
const SLEEP: u16 = 46;

/// Rows under a list of chapters that tell more of the selected one, with the rule above them.
const DETAILS: u16 = 5;

/// Columns of the table of how it sounds.
const SOUND_WIDTH: u16 = 62;
/// Columns of the names at the left, at least.
const SOUND_NAMES: u16 = 13;
/// Its rows: names of the columns, the table, and what the selected row means.
const SOUND_ROWS: u16 = 11;

/// Where everything is. A pane that is not shown has no width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// Shelves and shows.
    pub shows: Rect,
    /// Episodes.
    pub episodes: Rect,
    /// Notes.
    pub notes: Rect,
    /// Article.
    pub article: Rect,
    /// What plays: one row of words, one of progress.
    pub player: Rect,
    /// The last line.
    pub status: Rect,
}

/// The places of all panes.
#[must_use]
pub fn panes(state: &State) -> Panes {
    let (width, height) = state.size;
    let status = Rect::new(0, height.saturating_sub(1), width, height.min(1));
    let rows = player_rows(height);
    let player = Rect::new(0, status.y.saturating_sub(rows), width, rows);
    let body = Rect::new(0, 0, width, player.y);
    let mut all = Panes { player, status, ..Panes::default() };
    let article_open = state.articles.is_open();
    let lists_focused = matches!(state.focus, Pane::Shows | Pane::Episodes);
    if state.zoom || width < ONE_COLUMN {
        match state.focus {
            Pane::Article if article_open => all.article = body,
            Pane::Notes | Pane::Article => all.notes = body,
            Pane::Shows | Pane::Episodes => place_lists(&mut all, state, body),
        }
        return all;
    }
    let lists_width = share(width, state.split.lists).clamp(24, 56);
    let show_lists = !article_open || width >= THREE_COLUMNS || lists_focused;
    let mut texts = body;
    if show_lists {
        place_lists(&mut all, state, Rect { width: lists_width, ..body });
        texts = Rect { x: lists_width, width: width - lists_width, ..body };
    }
    if !article_open {
        all.notes = texts;
    } else if show_lists && width < THREE_COLUMNS {
        // Coming from the lists one looks for another episode.
        all.notes = texts;
    } else if width < TWO_TEXTS {
        match state.focus {
            Pane::Notes => all.notes = texts,
            _ => all.article = texts,
        }
    } else {
        let article = share(texts.width, state.split.article).clamp(16, texts.width - 16);
        all.notes = Rect { width: texts.width - article, ..texts };
        all.article = Rect { x: texts.x + texts.width - article, width: article, ..texts };
    }
    all
}

/// Rows of the player: what plays, and its progress where there is room for it.
fn player_rows(height: u16) -> u16 {
    if height >= 8 { 2 } else { height.saturating_sub(3).min(2) }
}

/// So many percent of a width, rounded.
fn share(width: u16, percent: u16) -> u16 {
    let columns = (u32::from(width) * u32::from(percent) + 50) / 100;
    u16::try_from(columns).unwrap_or(width)
}

/// Shares the left column between shows and episodes.
fn place_lists(all: &mut Panes, state: &State, column: Rect) {
    if column.height < BOTH_LISTS {
        if state.focus == Pane::Shows {
            all.shows = column;
        } else {
            all.episodes = column;
        }
        return;
    }
    let wanted = u16::try_from(state.library.shelves.len() + 2).unwrap_or(u16::MAX);
    let shows = wanted.clamp(5, column.height / 3 + 1);
    all.shows = Rect { height: shows, ..column };
    all.episodes = Rect { y: column.y + shows, height: column.height - shows, ..column };
}

/// Whether notes and article have the room between them, without the lists.
#[must_use]
pub(super) fn lists_give_way(state: &State) -> bool {
    state.articles.is_open() && (state.zoom || state.size.0 < THREE_COLUMNS)
}

/// The part of a pane under its heading.
#[must_use]
pub fn content(pane: Rect) -> Rect {
    let heading = pane.height.min(1);
    Rect {
        x: pane.x + pane.width.min(1),
        y: pane.y + heading,
        width: pane.width.saturating_sub(2),
        height: pane.height - heading,
    }
}

/// Columns of text in a pane: two at the left stay free for marks, one at the right for the thumb.
#[must_use]
pub(super) fn text_width(pane: Rect, measure: u16) -> u16 {
    content(pane).width.saturating_sub(3).clamp(1, measure.max(20))
}

/// Where the text of a pane stands: in the middle where the pane is wider than a line may be.
#[must_use]
pub fn text_area(pane: Rect, measure: u16) -> Rect {
    let inner = content(pane);
    let width = text_width(pane, measure);
    let spare = inner.width.saturating_sub(3 + width);
    Rect { x: inner.x + 2.min(inner.width) + spare / 2, width, ..inner }
}

/// Where a list or a text lies over the panes: its first row is its heading. Around it stays room for
/// a frame, and what plays stays in view.
#[must_use]
pub(super) fn overlay(size: (u16, u16)) -> Rect {
    let (width, height) = size;
    let body = height.saturating_sub(1 + player_rows(height));
    let w = width.saturating_sub(2).min(92);
    let h = body.saturating_sub(1).min(34);
    Rect::new((width - w) / 2, body.saturating_sub(h + 1) / 2, w, h)
}

/// Where what lies in front stands: lists that are known whole are no taller than they have to be,
/// and no lower while a filter leaves some of it out.
#[must_use]
pub fn overlay_of(state: &State) -> Rect {
    let whole = overlay(state.size);
    if matches!(state.overlay, Some(Overlay::Sound(_))) {
        return sound_table(whole);
    }
    if matches!(state.overlay, Some(Overlay::Picture(..))) {
        let (width, height) = state.size;
        let body = height.saturating_sub(1 + player_rows(height));
        return Rect::new(1.min(width), 0, width.saturating_sub(2), body.saturating_sub(1));
    }
    let rows = match &state.overlay {
        Some(Overlay::Chapters(list)) => list.tallest + usize::from(DETAILS),
        Some(Overlay::Outline(outline)) => outline.headings.len(),
        Some(Overlay::Snips(shown)) => shown.total() * 2,
        Some(Overlay::Reading(view)) if view.filter.is_empty() => view.ids.len().saturating_mul(2),
        Some(Overlay::Downloads(list)) => list.len.saturating_mul(2).saturating_add(1),
        Some(Overlay::Queue(_)) => state.queue.len(),
        Some(Overlay::Filters(list)) => list.len,
        Some(Overlay::Sleep(_)) => super::sleep::TALLEST,
        _ => return whole,
    };
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let height = rows.saturating_add(1).max(8).min(whole.height);
    let width = match &state.overlay {
        Some(Overlay::Sleep(_)) => whole.width.min(SLEEP),
        _ => whole.width,
    };
    let (x, y) = (whole.x + (whole.width - width) / 2, whole.y + (whole.height - height) / 2);
    Rect { x, y, width, height }
}

/// Where the table of how it sounds stands: as wide and as tall as it has to be.
fn sound_table(whole: Rect) -> Rect {
    let (width, height) = (whole.width.min(SOUND_WIDTH), whole.height.min(SOUND_ROWS + 1));
    let (x, y) = (whole.x + (whole.width - width) / 2, whole.y + (whole.height - height) / 2);
    Rect { x, y, width, height }
}

/// The columns of the table of how it sounds, in cells of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundColumns {
    /// What the show has of its own.
    pub own: Range<u16>,
    /// What all shows have.
    pub all: Range<u16>,
}

/// Where the columns of the table stand in its place.
#[must_use]
pub fn sound_columns(area: Rect) -> SoundColumns {
    let inner = content(area);
    let width = (inner.width.saturating_sub(SOUND_NAMES) / 2).clamp(1, 18);
    let end = inner.x + inner.width;
    let all = end.saturating_sub(width).max(inner.x)..end;
    SoundColumns { own: all.start.saturating_sub(width).max(inner.x)..all.start, all }
}

/// Where a strip of so many rows under a heading lies: at the bottom of the panes, over what plays.
#[must_use]
pub fn strip(size: (u16, u16), rows: u16) -> Rect {
    let (width, height) = size;
    let body = height.saturating_sub(1 + player_rows(height));
    let w = width.saturating_sub(2).min(92);
    let h = rows.saturating_add(1).min(body.saturating_sub(1));
    Rect::new((width - w) / 2, body.saturating_sub(h + 1), w, h)
}

/// The row under this cell within the content of a pane, if it is in there.
#[must_use]
pub fn hit_row(pane: Rect, column: u16, row: u16) -> Option<usize> {
    let inside = pane.width > 0
        && (pane.x..pane.x + pane.width).contains(&column)
        && (pane.y..pane.y + pane.height).contains(&row);
    let content = content(pane);
    (inside && row >= content.y).then(|| usize::from(row - content.y))
}

/// The progress line within the player: the cells that stand for the recording.
#[must_use]
pub fn progress(player: Rect) -> Rect {
    Rect {
        x: player.x + player.width.min(1),
        y: player.y + 1,
        width: player.width.saturating_sub(2),
        height: player.height.saturating_sub(1),
    }
}

/// Rows of the list of chapters among so many under its heading: where there is room, the rest tells
/// more of the selected one, under a rule.
#[must_use]
pub fn chapter_rows(rows: u16) -> u16 {
    if rows < 6 + DETAILS { rows } else { rows - DETAILS }
}

/// The column of a line of this width that stands for a time of a recording with this end.
#[must_use]
pub fn column_of(ms: Millis, end: Millis, width: u16) -> u16 {
    let column = u128::from(ms) * u128::from(width) / u128::from(end.max(1));
    u16::try_from(column).unwrap_or(u16::MAX).min(width.saturating_sub(1))
}

/// The earliest time that this column stands for.
#[must_use]
pub fn time_of(column: u16, end: Millis, width: u16) -> Millis {
    let ms = (u128::from(end) * u128::from(column)).div_ceil(u128::from(width.max(1)));
    Millis::try_from(ms).unwrap_or(end).min(end)
}
