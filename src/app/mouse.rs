//! The mouse: it focuses, selects, opens, scrolls, seeks and moves the borders between panes.

use super::failure::offer_at;
use super::layout::{column_of, overlay_of, time_of};
use super::tabs::tab_at;
use super::{
    Effect, Mouse, Overlay, Pane, Panes, State, commands, hints, hit_row, library, notes, panes,
    pictures, player, reading_list, sounding, transcript,
};

/// A border between panes that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Between the lists and the texts.
    Lists,
    /// Between notes and article.
    Article,
}

/// The mouse did something.
pub(super) fn moved(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    if state.snips.adjusting.is_some() {
        // The keys move its ends; a jump would leave it behind.
        return Vec::new();
    }
    let shown = panes(state);
    match mouse {
        Mouse::ScrollDown(x, y) => scroll(state, &shown, x, y, 3),
        Mouse::ScrollUp(x, y) => scroll(state, &shown, x, y, -3),
        Mouse::ScrollRight(x, y) => scroll_sideways(state, &shown, x, y, 4),
        Mouse::ScrollLeft(x, y) => scroll_sideways(state, &shown, x, y, -4),
        Mouse::Click(x, y) => click(state, &shown, x, y),
        Mouse::Drag(x, _) => drag(state, &shown, x),
        Mouse::Release(..) => {
            let held = state.dragging.take();
            held.map_or_else(Vec::new, |_| commands::remember_split(state))
        }
    }
}

fn pane_at(shown: &Panes, x: u16, y: u16) -> Option<Pane> {
    let inside = |r: ratatui::layout::Rect| {
        (r.x..r.x + r.width).contains(&x) && (r.y..r.y + r.height).contains(&y)
    };
    [
        (shown.shows, Pane::Shows),
        (shown.episodes, Pane::Episodes),
        (shown.notes, Pane::Notes),
        (shown.article, Pane::Article),
    ]
    .into_iter()
    .find_map(|(rect, pane)| inside(rect).then_some(pane))
}

fn scroll(state: &mut State, shown: &Panes, x: u16, y: u16, by: isize) -> Vec<Effect> {
    if let Some(overlay) = &mut state.overlay {
        if let Overlay::Help(reader) | Overlay::Picture(reader, _) = overlay {
            reader.scroll(by);
        } else if let Some(list) = overlay.list_mut() {
            list.step(by.signum());
        }
        return Vec::new();
    }
    let Some(pane) = pane_at(shown, x, y) else { return Vec::new() };
    if let Some(reader) = hints::reader_mut(state, pane) {
        reader.scroll(by);
        if let (Pane::Notes, Some(opened)) = (pane, &mut state.notes.opened) {
            opened.follow = false;
        }
        transcript::moved_by_hand(state, pane);
        return Vec::new();
    }
    if matches!(pane, Pane::Shows | Pane::Episodes) {
        state.focus = pane;
    }
    commands::walk(state, by.signum())
}

/// Scrolls what is wider than the pane under the mouse.
fn scroll_sideways(state: &mut State, shown: &Panes, x: u16, y: u16, by: isize) -> Vec<Effect> {
    if state.overlay.is_none()
        && let Some(pane) = pane_at(shown, x, y)
        && let Some(reader) = hints::reader_mut(state, pane)
    {
        reader.scroll_sideways(by);
    }
    Vec::new()
}

fn click(state: &mut State, shown: &Panes, x: u16, y: u16) -> Vec<Effect> {
    if state.overlay.is_some() {
        return click_overlay(state, x, y);
    }
    if shown.player.height > 1 && y == shown.player.y + 1 {
        return seek_to_column(state, shown, x);
    }
    if shown.player.height > 0 && y == shown.player.y {
        return player::toggle(state);
    }
    if let Some(border) = border_at(shown, x, y) {
        state.dragging = Some(border);
        return Vec::new();
    }
    if let Some(pane) = tab_at(state, x, y) {
        state.focus = pane;
        return Vec::new();
    }
    match pane_at(shown, x, y) {
        Some(Pane::Shows) => {
            state.focus = Pane::Shows;
            if let Some(row) = hit_row(shown.shows, x, y) {
                let at = state.library.shelf_list.top + row;
                if at < state.library.shelf_list.len {
                    state.library.shelf_list.select(at);
                    return reading_list::by_shelf(state)
                        .unwrap_or_else(|| library::shelf_selected(state));
                }
            }
            Vec::new()
        }
        Some(Pane::Episodes) => click_episode(state, shown, x, y),
        Some(pane) => click_text(state, shown, pane, x, y),
        None => Vec::new(),
    }
}

/// The first click selects, one on the selected episode plays.
fn click_episode(state: &mut State, shown: &Panes, x: u16, y: u16) -> Vec<Effect> {
    let focused = state.focus == Pane::Episodes;
    state.focus = Pane::Episodes;
    let Some(row) = hit_row(shown.episodes, x, y) else { return Vec::new() };
    let at = state.library.list.top + row / 2;
    if at >= state.library.list.len {
        return Vec::new();
    }
    if focused && state.library.list.selected == at {
        return commands::give(state, super::Command::Open);
    }
    state.library.list.select(at);
    notes::preview_selected(state)
}

fn click_text(state: &mut State, shown: &Panes, pane: Pane, x: u16, y: u16) -> Vec<Effect> {
    state.focus = pane;
    if pane == Pane::Article
        && let Some(command) = offer_at(state, shown.article, x, y)
    {
        return commands::give(state, command);
    }
    let rect = if pane == Pane::Notes { shown.notes } else { shown.article };
    let ambiguous = state.ambiguous();
    let Some(row) = hit_row(rect, x, y) else { return Vec::new() };
    let left = super::text_area(rect, state.settings.ui.measure).x;
    if pane == Pane::Article {
        let column = usize::from(x.saturating_sub(left));
        if let Some(effects) = transcript::clicked(state, row, column) {
            return effects;
        }
    }
    let Some(column) = x.checked_sub(left).map(usize::from) else { return Vec::new() };
    let Some(reader) = hints::reader_mut(state, pane) else { return Vec::new() };
    let Some(line) = reader.shown_line(reader.top + row) else { return Vec::new() };
    let mut at = 0;
    let mut hit = None;
    if reader.document.blocks.get(line.block).is_some_and(|block| block.summary) {
        hit = Some((line.block, line.start));
    }
    for run in &line.runs {
        let width = crate::text::width(&run.text, ambiguous);
        if (at..at + width).contains(&column) && (run.link.is_some() || run.time_ms.is_some()) {
            hit = Some((line.block, run.start));
        }
        at += width;
    }
    if let Some(target) = hit.and_then(|(block, start)| reader.target_at(block, start)) {
        hints::choose(state, pane, target);
        return commands::follow_target(state, pane);
    }
    let line = reader.top + row;
    pictures::click(state, pane, line).unwrap_or_default()
}

fn click_overlay(state: &mut State, x: u16, y: u16) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Picture(..))) {
        state.overlay = None;
        return Vec::new();
    }
    if matches!(state.overlay, Some(Overlay::Sound(_))) {
        return sounding::clicked(state, x, y);
    }
    let place = overlay_of(state);
    let inside = hit_row(place, x, y);
    let (skip, tall) = match &state.overlay {
        Some(Overlay::Palette { .. }) => (2, 1),
        Some(Overlay::Search(_)) => (2, 2),
        Some(Overlay::Downloads(_)) => (1, 2),
        Some(Overlay::Snips(_) | Overlay::Reading(_)) => (0, 2),
        _ => (0, 1),
    };
    let Some(row) = inside.and_then(|row| row.checked_sub(skip)) else {
        if inside.is_none() {
            state.overlay = None;
        }
        return Vec::new();
    };
    if let Some(Overlay::Chapters(chapters)) = &mut state.overlay {
        // Headings of sections lie between the chapters.
        let Some(at) = chapters.place_of_row(chapters.list.top + row) else { return Vec::new() };
        chapters.list.select(at);
        return commands::give(state, super::Command::Open);
    }
    if let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut) {
        let at = list.top + row / tall;
        if at < list.len {
            list.select(at);
            let letters = state.overlay.as_ref().is_some_and(Overlay::takes_letters);
            return if letters {
                super::typing::typed(state, super::Typed::Enter)
            } else {
                commands::give(state, super::Command::Open)
            };
        }
    }
    Vec::new()
}

fn seek_to_column(state: &mut State, shown: &Panes, x: u16) -> Vec<Effect> {
    let line = super::layout::progress(shown.player);
    let Some(end) = state.player.playing.as_ref().and_then(|playing| playing.duration_ms) else {
        return Vec::new();
    };
    if line.width == 0 || end == 0 {
        return Vec::new();
    }
    let column = x.saturating_sub(line.x).min(line.width - 1);
    // A tick stands for its chapter.
    let chapters = state.player.chapters().map(|chapters| chapters.list.as_slice());
    let tick = chapters
        .unwrap_or_default()
        .iter()
        .map(|chapter| chapter.start_ms)
        .filter(|&start| start < end)
        .find(|&start| column_of(start, end, line.width) == column);
    player::seek(state, tick.unwrap_or_else(|| time_of(column, end, line.width)))
}

fn border_at(shown: &Panes, x: u16, y: u16) -> Option<Border> {
    let left = shown.shows.width.max(shown.episodes.width);
    let body = y < shown.player.y;
    let texts = shown.notes.width > 0 || shown.article.width > 0;
    let lists = left > 0 && texts && x.checked_add(1) == Some(left);
    let article = shown.article.width > 0
        && shown.notes.width > 0
        && x.checked_add(1) == Some(shown.article.x);
    match (body, lists, article) {
        (true, true, _) => Some(Border::Lists),
        (true, _, true) => Some(Border::Article),
        _ => None,
    }
}

fn drag(state: &mut State, shown: &Panes, x: u16) -> Vec<Effect> {
    match state.dragging {
        Some(Border::Lists) => {
            state.split.lists = percent(x.saturating_add(1), state.size.0).clamp(10, 60);
        }
        Some(Border::Article) => {
            let texts = shown.notes.width + shown.article.width;
            let right = shown.article.x + shown.article.width;
            let article = right.saturating_sub(x.saturating_add(1));
            state.split.article = percent(article, texts).clamp(20, 80);
        }
        None => {}
    }
    Vec::new()
}

/// How much of the whole a part is, rounded, at most 100.
fn percent(part: u16, whole: u16) -> u16 {
    let whole = u32::from(whole.max(1));
    let percent = (u32::from(part) * 100 + whole / 2) / whole;
    u16::try_from(percent.min(100)).unwrap_or(100)
}
