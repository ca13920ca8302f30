//! The list of downloads: what goes on in all, then each with how far it is, or why it stopped.
//!
//! ```text
//! ╭ 下载 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 2 · 34% ╮
//! │ 1.2 MB/s · 还要 3 分钟 · 占 3.4 GB · 空余 120 GB         │
//! │ ↓ 102: 灯塔守护人                                      34% │
//! │   ━━━━━━────────────  12 MB / 34 MB · 1.2 MB/s · 夜航      │
//! ╰────────────────────────────────────────────────────────────╯
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::for_rows;
use crate::app::{Going, List, content, going};
use crate::lang::{self, Word};
use crate::model::DownloadEntry;
use crate::ui::status::downloading;
use crate::ui::{Canvas, heading, hollow};

/// Columns of a bar.
const BAR: u16 = 18;
/// Narrower than this there is a shorter one.
const WIDE: u16 = 60;

/// Draws the list, two rows a download.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, list: &List) {
    let title = canvas.say(Word::DownloadList);
    let state = canvas.state;
    let count = downloading(state).unwrap_or_else(|| state.downloads.entries.len().to_string());
    heading(canvas, area, title, &count, true);
    let entries = &state.downloads.entries;
    if entries.is_empty() && state.downloads.loaded {
        let sentence = canvas.hint(Word::NoDownloads);
        hollow(canvas, area, &sentence, false);
    }
    let inner = content(area);
    let (words, dim) = (in_all(canvas), canvas.theme.dim);
    let room = inner.width.saturating_sub(2);
    canvas.cells().put(inner.x + 1, inner.y, room, &words, dim);
    let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    for_rows(canvas, rows, list, 2, |canvas, place, index| {
        if let Some(entry) = entries.get(index) {
            row(canvas, place, entry);
        }
    });
}

/// What goes on in all: speed, time left, room.
fn in_all(canvas: &Canvas<'_>) -> String {
    let state = canvas.state;
    let (mut rate, mut left) = (0_u64, 0_u64);
    for entry in &state.downloads.entries {
        match going(state, entry) {
            Going::Running { bytes, total, rate: now } => {
                rate = rate.saturating_add(now.unwrap_or(0));
                left = left.saturating_add(total.unwrap_or(0).saturating_sub(bytes));
            }
            Going::Waiting => {
                left = left.saturating_add(entry.total.unwrap_or(0).saturating_sub(entry.bytes));
            }
            Going::Paused | Going::Failed(_) | Going::Here => {}
        }
    }
    let mut parts = Vec::new();
    if state.downloads.offline {
        parts.push(canvas.say(Word::Offline).to_owned());
    }
    if rate > 0 {
        parts.push(format!("{}/s", lang::size(rate)));
        parts.push(lang::time_left(state.tongue, left.div_ceil(rate)));
    }
    if state.downloads.loaded {
        parts.push(lang::room(state.tongue, state.downloads.taken, state.downloads.free));
    }
    parts.join(" · ")
}

fn row(canvas: &mut Canvas<'_>, place: Rect, entry: &DownloadEntry) {
    let theme = *canvas.theme;
    let state = canvas.state;
    let going = going(state, entry);
    let (bytes, total) = match going {
        Going::Running { bytes, total, .. } => (bytes, total),
        _ => (entry.bytes, entry.total),
    };
    let (sign, style) = match going {
        Going::Running { .. } => ("↓", theme.accent),
        Going::Waiting => ("…", theme.dim),
        Going::Paused => ("‖", theme.time),
        Going::Failed(_) => ("!", theme.bad),
        Going::Here => ("✓", theme.dim),
    };
    let percent = total
        .filter(|total| *total > 0)
        .map(|total| format!("{}%", (bytes.saturating_mul(100) / total).min(100)));
    let right = match going {
        Going::Here => lang::size(bytes),
        _ => percent.unwrap_or_default(),
    };
    let name = if going == Going::Here { Style::new() } else { theme.heading };
    let mut cells = canvas.cells();
    cells.put(place.x, place.y, 2, sign, style);
    let width = cells.width(&right).min(place.width / 2);
    let room = place.width.saturating_sub(width + 5);
    cells.put(place.x + 2, place.y, room, &entry.title, name);
    cells.put(place.right().saturating_sub(width + 1), place.y, width, &right, theme.dim);
    let mut at = place.x + 2;
    let (y, end) = (place.y + 1, place.right().saturating_sub(1));
    let begun = bytes > 0 && total.is_some_and(|total| total > 0);
    if begun && !matches!(going, Going::Here | Going::Failed(_)) {
        let bar = if place.width < WIDE { BAR / 2 } else { BAR };
        let done = crate::app::column_of(bytes, total.unwrap_or(1), bar + 1);
        let full = if matches!(going, Going::Running { .. }) { theme.accent } else { theme.dim };
        for (x, sign, style) in [(0..done, '━', full), (done..bar, '─', theme.faint)] {
            let width = x.end.saturating_sub(x.start);
            cells.fill(Rect { x: at + x.start, y, width, height: 1 }, sign, style);
        }
        at += bar + 2;
    }
    let words = words(canvas, entry, going, (bytes, total));
    let style = if matches!(going, Going::Failed(_)) { theme.bad } else { theme.dim };
    canvas.cells().put(at, y, end.saturating_sub(at), &words, style);
}

/// `12 MB / 34 MB · 1.2 MB/s · 还要 18 秒 · 夜航`.
fn words(
    canvas: &Canvas<'_>,
    entry: &DownloadEntry,
    going: Going<'_>,
    (bytes, total): (u64, Option<u64>),
) -> String {
    let tongue = canvas.state.tongue;
    let so_far = match total {
        Some(total) => format!("{} / {}", lang::size(bytes), lang::size(total)),
        None => lang::size(bytes),
    };
    let mut parts = Vec::new();
    match going {
        Going::Waiting => {
            parts.push(canvas.say(Word::WaitsItsTurn).to_owned());
            parts.extend((bytes > 0).then_some(so_far));
        }
        Going::Running { rate, .. } => {
            parts.push(so_far);
            if let Some(rate) = rate.filter(|rate| *rate > 0) {
                parts.push(format!("{}/s", lang::size(rate)));
                let left = total.map(|total| total.saturating_sub(bytes).div_ceil(rate));
                parts.extend(left.map(|left| lang::time_left(tongue, left)));
            }
        }
        Going::Paused => parts.extend([canvas.say(Word::Held).to_owned(), so_far]),
        Going::Failed(why) => return why.to_owned(),
        Going::Here => {}
    }
    if entry.automatic {
        parts.push(canvas.say(Word::CameByItself).to_owned());
    }
    parts.push(entry.show.clone());
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}
