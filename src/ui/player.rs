//! What plays: title, chapter, time; under it the progress.
//!
//! ```text
//!  ▶ 12: 灯塔守护人 › 2/3 第一束光 -12:32   12:40 / 1:30:00  1.25×  停顿中  80%
//! ```

mod marks;

use ratatui::layout::Rect;

use super::{Canvas, progress as line};
use crate::app::{Playback, Player, progress};
use crate::lang::{Word, sleep_short};
use crate::model::{Millis, SleepAfter, clock};

/// The title is left out where it has fewer columns than this beside a chapter.
const TITLE: u16 = 10;
/// Where there is less room, the chapter stands without its number.
const NUMBERS: u16 = 44;
/// Where there is less room, the chapter stands without what is left of it.
const REST: u16 = 56;

/// Draws the bar.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let bar = canvas.theme.bar;
    canvas.buffer.set_style(area, bar);
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    if canvas.state.player.playing.is_some() {
        words(canvas, inner);
    } else {
        nothing(canvas, inner);
    }
    if area.height > 1 {
        line::draw(canvas, progress(area));
    }
}

fn nothing(canvas: &mut Canvas<'_>, inner: Rect) {
    let dim = canvas.theme.dim;
    let text = format!("■ {}", canvas.say(Word::NothingPlays));
    let right = marks::fitting(canvas, inner.width.max(60), inner.width);
    let mut cells = canvas.cells();
    let width = cells.width(&right).min(inner.width);
    cells.put(inner.x, inner.y, inner.width.saturating_sub(width + 1), &text, dim);
    cells.put(inner.right() - width, inner.y, width, &right, dim);
}

fn words(canvas: &mut Canvas<'_>, inner: Rect) {
    let theme = *canvas.theme;
    let player = &canvas.state.player;
    let Some(playing) = &player.playing else { return };
    let mark = match player.playback {
        Playback::Playing => "▶",
        Playback::Loading | Playback::Buffering => "…",
        Playback::Paused => "‖",
        Playback::Ended | Playback::Idle => "■",
        Playback::Failed(_) => "!",
    };
    let end = playing.duration_ms.map_or_else(|| "--:--".to_owned(), clock);
    let about = if player.estimated { "≈" } else { "" };
    let times = format!("{about}{} / {end}", clock(player.ms));
    // The time is never cut; what is said beside it leaves the greater part to what plays.
    let room = inner.width.saturating_sub(columns(canvas, &times));
    let right = format!("{times}{}", marks::fitting(canvas, inner.width, room));
    let mut cells = canvas.cells();
    let width = cells.width(&right).min(inner.width);
    let room_end = inner.right() - width;
    cells.put(room_end, inner.y, width, &right, theme.bar);
    let mut at = cells.put(inner.x, inner.y, 3, &format!("{mark} "), theme.accent);
    let room = room_end.saturating_sub(at + 1);
    let Some(chapter) = Label::of(player, room) else {
        cells.put(at, inner.y, room, &playing.title, theme.heading);
        return;
    };
    // The chapter is what one looks for; the title gives way, down to nothing.
    let wanted =
        cells.width(&chapter.title) + cells.width(&chapter.number) + cells.width(&chapter.rest) + 3;
    let least = if room < 40 { 0 } else { room * 2 / 5 };
    let title_room = room.saturating_sub(wanted).max(least);
    if title_room >= TITLE {
        at = cells.put(at, inner.y, title_room, &playing.title, theme.heading);
        at = cells.put(at, inner.y, room_end.saturating_sub(at + 1).min(3), " › ", theme.dim);
    }
    let rest = cells.width(&chapter.rest);
    let left = |at: u16| room_end.saturating_sub(at + 1);
    at = cells.put(at, inner.y, left(at), &chapter.number, theme.dim);
    at = cells.put(at, inner.y, left(at).saturating_sub(rest), &chapter.title, theme.accent);
    cells.put(at, inner.y, left(at).min(rest), &chapter.rest, theme.dim);
}

fn columns(canvas: &Canvas<'_>, text: &str) -> u16 {
    u16::try_from(crate::text::width(text, canvas.ambiguous())).unwrap_or(u16::MAX)
}

/// What is said of the chapter that plays.
struct Label {
    /// `2/15 `, where there is room.
    number: String,
    title: String,
    /// ` -1:23`: what is left of it, where there is room.
    rest: String,
}

impl Label {
    fn of(player: &Player, room: u16) -> Option<Self> {
        let chapters = player.chapters()?;
        let index = player.chapter_index()?;
        let chapter = chapters.list.get(index)?;
        let next = chapters.list.get(index + 1).map(|next| next.start_ms);
        let length = player.playing.as_ref().and_then(|playing| playing.duration_ms);
        let rest = chapter.end_ms.or(next).or(length).map(|end| end.saturating_sub(player.ms));
        let number = format!("{}/{} ", index + 1, chapters.list.len());
        let minus = |ms: Millis| format!(" -{}", clock(ms));
        Some(Self {
            number: if room < NUMBERS { String::new() } else { number },
            title: chapter.title.clone(),
            rest: rest.filter(|_| room >= REST).map(minus).unwrap_or_default(),
        })
    }
}

/// What the sleep timer waits for: `☾ 12:40`, `☾ 本章末`, and how long where it is soon.
pub(super) fn sleep_label(canvas: &Canvas<'_>) -> Option<String> {
    let state = canvas.state;
    let timer = state.sleep.timer.as_ref()?;
    let counted = matches!(timer.after, SleepAfter::Time(_)) || state.sleep_is_near();
    // A second counts as long as some of it is left.
    let left = state.sleep_left().filter(|_| counted).map(|ms| clock(ms.saturating_add(999)));
    let short = || sleep_short(timer.after, timer.episodes_left, state.tongue);
    Some(format!("☾ {}", left.unwrap_or_else(short)))
}
