//! The progress line: how far listening has come, with a tick for every chapter. What is kept as a
//! snip is a double line, what is always skipped a dashed one, where the sleep timer stopped a moon, so that no colour is needed to tell.
//!
//! ```text
//! ━━━━┿━━━━━━═══━━┿━━●───┼┄┄┄┄┼──────═══════─────────┼───────
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Canvas;
use crate::app::{Playing, column_of};
use crate::model::{Chapter, Millis};
use crate::theme::Theme;

/// What a cell of the line stands for, beside how far it has come.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    tick: bool,
    kept: bool,
    skipped: bool,
}

/// Draws the line.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let theme = *canvas.theme;
    let player = &canvas.state.player;
    let playing = player.playing.as_ref();
    let length = playing.and_then(|playing| playing.duration_ms).filter(|length| *length > 0);
    let (Some(playing), Some(end)) = (playing, length) else {
        canvas.cells().fill(area, '─', theme.faint);
        return;
    };
    let chapters = player.chapters().map(|chapters| chapters.list.as_slice()).unwrap_or_default();
    let cells = marked(canvas, playing, chapters, area.width, end);
    let slept = canvas.state.sleep.mark(playing.id).map(|mark| mark.stopped_ms.min(end));
    let slept = slept.map(|ms| column_of(ms, end, area.width));
    let head = column_of(player.ms, end, area.width);
    for (x, cell) in (0..area.width).zip(cells) {
        let (sign, style) = match x.cmp(&head) {
            std::cmp::Ordering::Equal => ('●', theme.accent),
            _ if slept == Some(x) => ('☾', theme.time),
            order => sign(cell, order.is_lt(), &theme),
        };
        let place = Rect { x: area.x + x, width: 1, height: 1, ..area };
        canvas.cells().fill(place, sign, style);
    }
}

fn sign(cell: Cell, done: bool, theme: &Theme) -> (char, Style) {
    match (cell.tick, cell.kept, cell.skipped, done) {
        (true, true, ..) => ('╪', theme.time),
        (true, _, _, true) => ('┿', theme.accent),
        (true, _, _, false) => ('┼', theme.dim),
        (_, true, ..) => ('═', theme.time),
        (_, _, true, _) => ('┄', theme.dim),
        (.., true) => ('━', theme.accent),
        (.., false) => ('─', theme.faint),
    }
}

fn marked(
    canvas: &Canvas<'_>,
    playing: &Playing,
    chapters: &[Chapter],
    width: u16,
    end: Millis,
) -> Vec<Cell> {
    let column = |ms: Millis| usize::from(column_of(ms.min(end), end, width));
    let mut cells = vec![Cell::default(); usize::from(width)];
    let mut each = |from: Millis, to: Millis, mark: &dyn Fn(&mut Cell)| {
        let range = column(from)..=column(to);
        cells.get_mut(range).unwrap_or_default().iter_mut().for_each(mark);
    };
    for (index, chapter) in chapters.iter().enumerate() {
        if playing.skips(chapter) {
            let next = chapters.get(index + 1).map(|next| next.start_ms);
            let until = chapter.end_ms.or(next).unwrap_or(end);
            each(chapter.start_ms, until.saturating_sub(1), &|cell| cell.skipped = true);
        }
        if chapter.start_ms > 0 && chapter.start_ms < end {
            each(chapter.start_ms, chapter.start_ms, &|cell| cell.tick = true);
        }
    }
    let opened = canvas.state.notes.opened.as_ref();
    let opened = opened.filter(|opened| opened.episode.summary.id == playing.id);
    for snip in opened.map(|opened| opened.snips.as_slice()).unwrap_or_default() {
        let body = &snip.body;
        each(body.start_ms, body.end_ms.saturating_sub(1), &|cell| cell.kept = true);
    }
    cells
}
