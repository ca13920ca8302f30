//! The strip in which the ends of a snip are moved.
//!
//! ```text
//! ╭ Adjust the snip · 雾号 ──────────────────────────── 00:47.5 ╮
//! │  ▸ from 07:08.0  −2.0                     to 07:55.5  +0.5   │
//! │  ─────────◆━━━━━━━━━━━━━━●━━━━━━━━━━━━━━━━━━━━┫──────┼─────  │
//! │  The fog signal is older than the light, he says, and then … │
//! ╰─────────────────────────────────────────────────────────────╯
//! ```

use ratatui::layout::Rect;

use super::ground;
use crate::app::{Adjusting, Side, content, strip_area};
use crate::lang::Word;
use crate::model::{Millis, clock};
use crate::ui::{Canvas, heading};

/// Draws the strip.
pub(super) fn draw(canvas: &mut Canvas<'_>, adjusting: &Adjusting) {
    let rows = if adjusting.words.is_some() { 3 } else { 2 };
    let area = strip_area(canvas.state.size, rows);
    ground(canvas, area);
    let body = &adjusting.snip.body;
    let named = body.title.as_deref().or(body.note.lines().next());
    let named = named.map(crate::text::clean_line).filter(|name| !name.is_empty());
    let title = canvas.say(Word::AdjustSnip);
    let title = named.map_or_else(|| title.to_owned(), |name| format!("{title} · {name}"));
    let length = adjusting.end_ms.saturating_sub(adjusting.start_ms);
    heading(canvas, area, &title, &precise(length), true);
    let inner = content(area);
    let row = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
    if inner.height > 0 {
        ends(canvas, row, adjusting);
    }
    if inner.height > 1 {
        ruler(canvas, Rect { y: row.y + 1, ..row }, adjusting);
    }
    if inner.height > 2 {
        words(canvas, Rect { y: row.y + 2, ..row }, adjusting);
    }
}

/// Both times, the active one set off, and by how much they were moved.
fn ends(canvas: &mut Canvas<'_>, row: Rect, adjusting: &Adjusting) {
    let theme = *canvas.theme;
    let body = &adjusting.snip.body;
    let sides = [
        (Side::Start, Word::From, adjusting.start_ms, body.start_ms),
        (Side::End, Word::Until, adjusting.end_ms, body.end_ms),
    ];
    for (side, word, now, before) in sides {
        let label = canvas.say(word);
        let active = adjusting.side == side;
        let text = format!(" {label} {} ", precise(now));
        let text = if active { format!("▸{text}") } else { format!(" {text}") };
        let moved = difference(now, before);
        let mut cells = canvas.cells();
        let gap = u16::from(!moved.is_empty());
        let width = cells.width(&text) + gap + cells.width(&moved);
        let x = match side {
            Side::Start => row.x,
            Side::End => (row.x + row.width).saturating_sub(width).max(row.x),
        };
        let style = if active { theme.chosen } else { theme.time };
        let room = (row.x + row.width).saturating_sub(x);
        let at = cells.put(x, row.y, room, &text, style);
        let room = (row.x + row.width).saturating_sub(at + 1);
        cells.put(at + 1, row.y, room, &moved, theme.dim);
    }
}

/// By how much an end was moved: `+2.0`, `−0.1`, nothing.
fn difference(now: Millis, before: Millis) -> String {
    let by = now.abs_diff(before);
    let tenths = (by + 50) / 100;
    match now.cmp(&before) {
        std::cmp::Ordering::Less => format!("−{}.{}", tenths / 10, tenths % 10),
        std::cmp::Ordering::Equal => String::new(),
        std::cmp::Ordering::Greater => format!("+{}.{}", tenths / 10, tenths % 10),
    }
}

/// The part of the recording around the snip: its range, chapters, and what is heard now.
fn ruler(canvas: &mut Canvas<'_>, row: Rect, adjusting: &Adjusting) {
    let theme = *canvas.theme;
    let (from, to) = adjusting.window();
    if row.width < 2 || to <= from {
        return;
    }
    let last = u64::from(row.width - 1);
    let column = |ms: Millis| {
        let at = u128::from(ms.clamp(from, to) - from) * u128::from(last) / u128::from(to - from);
        u16::try_from(at).unwrap_or(0)
    };
    let inside = |ms: &Millis| (from..=to).contains(ms);
    let player = &canvas.state.player;
    let plays = player.episode() == Some(adjusting.snip.episode);
    let head = Some(player.ms).filter(|ms| plays && inside(ms)).map(column);
    let (start, end) = (column(adjusting.start_ms), column(adjusting.end_ms));
    let chapters = player.chapters().filter(|_| plays).map(|chapters| chapters.list.as_slice());
    let starts = chapters.unwrap_or_default().iter().map(|chapter| chapter.start_ms);
    let ticks: Vec<u16> = starts.filter(inside).map(column).collect();
    let mark = |side: Side, sign| if adjusting.side == side { "◆" } else { sign };
    let (first, second) = (mark(Side::Start, "┣"), mark(Side::End, "┫"));
    let mut cells = canvas.cells();
    for x in 0..row.width {
        let kept = (start..=end).contains(&x);
        let tick = ticks.contains(&x);
        let (sign, style) = match x {
            x if x == start => (first, theme.accent),
            x if x == end => (second, theme.accent),
            x if Some(x) == head => ("●", theme.heading),
            _ if tick && kept => ("┿", theme.time),
            _ if tick => ("┼", theme.dim),
            _ if kept => ("━", theme.time),
            _ => ("─", theme.faint),
        };
        cells.put(row.x + x, row.y, 1, sign, style);
    }
}

/// What is said at the active end: the first words of the snip, or its last ones.
fn words(canvas: &mut Canvas<'_>, row: Rect, adjusting: &Adjusting) {
    let Some(said) = adjusting.said() else { return };
    let dim = canvas.theme.dim;
    let most = usize::from(row.width) + 1;
    let at_start = adjusting.side == Side::Start;
    let from = if at_start { 0 } else { said.chars().count().saturating_sub(most) };
    let near: String = said.chars().skip(from).take(most).collect();
    let said = crate::text::clean_line(&near.replace('\n', " "));
    let mut cells = canvas.cells();
    if at_start || (from == 0 && cells.width(&said) <= row.width) {
        cells.put(row.x, row.y, row.width, &said, dim);
        return;
    }
    let mut tail = said.as_str();
    while cells.width(tail) >= row.width && !tail.is_empty() {
        let next = tail.char_indices().nth(1).map_or(tail.len(), |(at, _)| at);
        tail = tail.get(next..).unwrap_or_default();
    }
    let at = (row.x + row.width).saturating_sub(cells.width(tail) + 1);
    cells.put(at, row.y, row.width, &format!("…{tail}"), dim);
}

/// A time with tenths of seconds.
fn precise(ms: Millis) -> String {
    format!("{}.{}", clock(ms), ms % 1000 / 100)
}
