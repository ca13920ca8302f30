//! What plays: title, chapter, time; under it the progress with a tick for every chapter.

use ratatui::layout::Rect;

use super::Canvas;
use crate::app::{Device, Playback, progress};
use crate::lang::Word;
use crate::model::{Millis, clock};

/// The title is left out where it has fewer columns than this beside a chapter.
const TITLE: u16 = 10;

/// Draws the bar.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let bar = canvas.theme.bar;
    canvas.buffer.set_style(area, bar);
    let theme = *canvas.theme;
    let player = &canvas.state.player;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let Some(playing) = &player.playing else {
        let text = canvas.say(Word::NothingPlays);
        let right = right_side(canvas, false);
        let mut cells = canvas.cells();
        let width = cells.width(&right);
        cells.put(
            inner.x,
            inner.y,
            inner.width.saturating_sub(width + 1),
            &format!("■ {text}"),
            theme.dim,
        );
        cells.put(inner.x + inner.width.saturating_sub(width), inner.y, width, &right, theme.dim);
        if area.height > 1 {
            cells.fill(progress(area), '─', theme.faint);
        }
        return;
    };
    let mark = match player.playback {
        Playback::Playing => "▶",
        Playback::Loading | Playback::Buffering => "…",
        Playback::Paused => "‖",
        Playback::Ended | Playback::Idle => "■",
        Playback::Failed(_) => "!",
    };
    let end = playing.duration_ms.map_or_else(|| "--:--".to_owned(), clock);
    let times = format!("{} / {end}", clock(player.ms));
    // Where there is little room, only what is not as usual stands beside the time.
    let narrow = inner.width < 60;
    let right = format!("{times}{}", right_side(canvas, narrow));
    let chapter = player.chapter().map(|chapter| chapter.title.clone());
    let mut cells = canvas.cells();
    let width = cells.width(&right).min(inner.width);
    let room_end = inner.x + inner.width - width;
    let at = cells.put(inner.x, inner.y, 3, &format!("{mark} "), theme.accent);
    let room = room_end.saturating_sub(at + 1);
    // The chapter is what one looks for; the title gives way, down to nothing.
    let chapter = chapter.unwrap_or_default();
    let for_chapter = if chapter.is_empty() { 0 } else { cells.width(&chapter) + 3 };
    let least = if room < 40 { 0 } else { room * 2 / 5 };
    let title_room = room.saturating_sub(for_chapter).max(least);
    let mut at = at;
    if chapter.is_empty() || title_room >= TITLE {
        at = cells.put(at, inner.y, title_room, &playing.title, theme.heading);
        if !chapter.is_empty() {
            let room = room_end.saturating_sub(at + 1).min(3);
            at = cells.put(at, inner.y, room, " › ", theme.dim);
        }
    }
    cells.put(at, inner.y, room_end.saturating_sub(at + 1), &chapter, theme.accent);
    cells.put(room_end, inner.y, width, &right, bar);
    if area.height > 1 {
        line(canvas, progress(area), playing.duration_ms);
    }
}

/// Speed, volume, device; `narrow`: only what is not as usual.
fn right_side(canvas: &Canvas<'_>, narrow: bool) -> String {
    let player = &canvas.state.player;
    let mut parts = Vec::new();
    match player.playback {
        Playback::Buffering => parts.push(canvas.say(Word::Buffering).to_owned()),
        Playback::Loading => parts.push(canvas.say(Word::Opening).to_owned()),
        _ => {}
    }
    if matches!(player.device, Device::Missing(_)) {
        parts.push(canvas.say(Word::NoDevice).to_owned());
    }
    if !narrow || (player.speed - 1.0).abs() > 0.01 {
        parts.push(format!("{:.1}×", player.speed));
    }
    if !narrow || player.volume == 0 {
        parts.push(format!("{}%", player.volume));
    }
    // Each part stands two columns from what is before it.
    parts.iter().flat_map(|part| ["  ", part.as_str()]).collect()
}

/// The progress line.
fn line(canvas: &mut Canvas<'_>, area: Rect, duration: Option<Millis>) {
    let theme = *canvas.theme;
    let player = &canvas.state.player;
    let Some(end) = duration.filter(|end| *end > 0 && area.width > 0) else {
        canvas.cells().fill(area, '─', theme.faint);
        return;
    };
    let column = |ms: Millis| {
        let at = ms.min(end) * u64::from(area.width - 1) / end;
        u16::try_from(at).unwrap_or(0)
    };
    let head = column(player.ms);
    let chapters = player.chapters().map(|chapters| chapters.list.as_slice()).unwrap_or_default();
    let ticks: Vec<u16> = chapters.iter().map(|chapter| column(chapter.start_ms)).collect();
    let snips: Vec<(u16, u16)> = canvas
        .state
        .notes
        .opened
        .as_ref()
        .filter(|opened| Some(opened.episode.summary.id) == player.episode())
        .map(|opened| {
            let ranges = opened.snips.iter().map(|snip| &snip.body);
            ranges.map(|snip| (column(snip.start_ms), column(snip.end_ms))).collect()
        })
        .unwrap_or_default();
    let mut cells = canvas.cells();
    for x in 0..area.width {
        let done = x < head;
        let tick = ticks.contains(&x) && x > 0;
        let kept = snips.iter().any(|&(from, to)| (from..=to).contains(&x));
        let (sign, style) = match (x == head, tick, done) {
            (true, ..) => ("●", theme.accent),
            (_, true, true) => ("┿", theme.accent),
            (_, true, false) => ("┼", theme.dim),
            (_, false, true) => ("━", theme.accent),
            (_, false, false) => ("─", theme.faint),
        };
        let style = if kept && x != head { theme.time } else { style };
        cells.put(area.x + x, area.y, 1, sign, style);
    }
}
