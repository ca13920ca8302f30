//! What lies over the panes: help, lists, the palette, the search, a question.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Canvas, heading, hollow, status, text};
use crate::app::{FoundTarget, List, Overlay, Pane, SearchState, SnipList, content, overlay_area};
use crate::lang::{self, Word};
use crate::model::{EpisodeSummary, Snip, clock};

/// Draws what lies over the panes; the cursor's place if something is being typed there.
pub(super) fn draw(canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let state = canvas.state;
    let overlay = state.overlay.as_ref()?;
    if matches!(overlay, Overlay::Hints { .. }) {
        return None; // The letters stand in the text.
    }
    if let Overlay::ConfirmUnsubscribe(_, title) = overlay {
        confirm(canvas, title);
        return None;
    }
    let area = overlay_area(state.size);
    ground(canvas, area);
    match overlay {
        Overlay::Help(reader) => {
            let title = canvas.say(Word::Help);
            heading(canvas, area, title, "Esc", true);
            text::draw(canvas, area, reader, Pane::Shows, false, text::Marked::Nothing);
            None
        }
        Overlay::Palette { line, found, list } => {
            let title = canvas.say(Word::Commands);
            heading(canvas, area, title, &found.len().to_string(), true);
            let rows = under_line(area);
            for_rows(canvas, rows, list, 1, |canvas, place, index| {
                if let Some(command) = found.get(index) {
                    let help = lang::command(canvas.state.tongue, command.name());
                    let keys = canvas.state.bindings.iter().find(|(_, c)| c == command);
                    let keys = keys.map(|(keys, _)| keys.clone()).unwrap_or_default();
                    row(canvas, place, help, &keys);
                }
            });
            Some(status::typed_line(canvas, line_place(area), "", line))
        }
        Overlay::Chapters(list) => {
            chapters(canvas, area, list);
            None
        }
        Overlay::Snips(shown) => {
            snips(canvas, area, shown);
            None
        }
        Overlay::Queue(list) => {
            queue(canvas, area, list);
            None
        }
        Overlay::Search(search) => {
            found(canvas, area, search);
            Some(status::typed_line(canvas, line_place(area), "", &search.line))
        }
        Overlay::Hints { .. } | Overlay::ConfirmUnsubscribe(..) => None,
    }
}

/// Clears the ground under an overlay and draws a frame around it; its heading is the upper edge.
fn ground(canvas: &mut Canvas<'_>, area: Rect) {
    let theme = *canvas.theme;
    let outer = Rect {
        x: area.x.saturating_sub(1),
        width: area.width + 2,
        height: area.height + 1,
        ..area
    }
    .intersection(canvas.buffer.area);
    let mut cells = canvas.cells();
    cells.clear(outer, theme.overlay);
    let (right, bottom) = (outer.right().saturating_sub(1), outer.bottom().saturating_sub(1));
    let edge = |x, y, width, height| Rect { x, y, width, height };
    cells.fill(edge(outer.x, outer.y, outer.width, 1), '─', theme.faint);
    cells.fill(edge(outer.x, bottom, outer.width, 1), '─', theme.faint);
    cells.fill(edge(outer.x, outer.y, 1, outer.height), '│', theme.faint);
    cells.fill(edge(right, outer.y, 1, outer.height), '│', theme.faint);
    for (x, y, corner) in [
        (outer.x, outer.y, '╭'),
        (right, outer.y, '╮'),
        (outer.x, bottom, '╰'),
        (right, bottom, '╯'),
    ] {
        cells.fill(edge(x, y, 1, 1), corner, theme.faint);
    }
}

fn line_place(area: Rect) -> Rect {
    let inner = content(area);
    Rect { height: inner.height.min(1), ..inner }
}

fn under_line(area: Rect) -> Rect {
    let inner = content(area);
    Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner }
}

/// Calls `draw` with the place of each entry in view, the selected one set off.
fn for_rows(
    canvas: &mut Canvas<'_>,
    area: Rect,
    list: &List,
    tall: u16,
    mut draw: impl FnMut(&mut Canvas<'_>, Rect, usize),
) {
    let mut y = area.y;
    for index in list.top..list.len {
        if y + tall > area.y + area.height {
            break;
        }
        let place = Rect { y, height: tall, ..area };
        if index == list.selected {
            let style = canvas.theme.selected;
            canvas.buffer.set_style(place, style);
        }
        draw(canvas, place, index);
        y += tall;
    }
}

/// One row: words at the left, something at the right.
fn row(canvas: &mut Canvas<'_>, place: Rect, left: &str, right: &str) {
    let dim = canvas.theme.dim;
    let mut cells = canvas.cells();
    let width = cells.width(right).min(place.width / 2);
    let room = place.width.saturating_sub(width + 3);
    cells.put(place.x + 1, place.y, room, left, Style::new());
    cells.put(place.x + place.width.saturating_sub(width + 1), place.y, width, right, dim);
}

fn chapters(canvas: &mut Canvas<'_>, area: Rect, list: &List) {
    let state = canvas.state;
    let title = canvas.say(Word::Chapters);
    let Some(opened) = &state.notes.opened else { return };
    let Some(chapters) = opened.shown() else { return };
    heading(canvas, area, title, &chapters.list.len().to_string(), true);
    let playing = state.player.episode() == Some(opened.episode.summary.id);
    let current = if playing { state.player.chapter_index() } else { None };
    for_rows(canvas, content(area), list, 1, |canvas, place, index| {
        let Some(chapter) = chapters.list.get(index) else { return };
        let theme = *canvas.theme;
        let mark = if current == Some(index) { "▶" } else { " " };
        let time = clock(chapter.start_ms);
        let mut cells = canvas.cells();
        cells.put(place.x, place.y, 1, mark, theme.accent);
        let width = cells.width(&time);
        cells.put(place.x + 2 + 7_u16.saturating_sub(width), place.y, width, &time, theme.time);
        let style = if current == Some(index) { theme.accent } else { Style::new() };
        cells.put(place.x + 11, place.y, place.width.saturating_sub(12), &chapter.title, style);
    });
}

fn snips(canvas: &mut Canvas<'_>, area: Rect, shown: &SnipList) {
    let title = canvas.say(if shown.episode.is_some() { Word::Snips } else { Word::AllSnips });
    heading(canvas, area, title, &shown.snips.len().to_string(), true);
    if shown.snips.is_empty() {
        let sentence = canvas.say(Word::NoSnips);
        hollow(canvas, area, sentence, false);
    }
    for_rows(canvas, content(area), &shown.list, 2, |canvas, place, index| {
        let Some(snip) = shown.snips.get(index) else { return };
        let theme = *canvas.theme;
        let body = &snip.body;
        let range = format!("{} – {}", clock(body.start_ms), clock(body.end_ms));
        let first_line = |text: &str| crate::text::clean_line(text.lines().next().unwrap_or(""));
        // Title, note and what was said, as far as there are some: the first two of them are shown.
        let title = body.title.as_deref().map(first_line).unwrap_or_default();
        let said = body.transcript.as_deref().map(first_line).unwrap_or_default();
        let mut words = [title, first_line(&body.note), said].into_iter().filter(|w| !w.is_empty());
        let (first, second) = (words.next(), words.next());
        let second = second.or_else(|| chapter_of(canvas, snip)).unwrap_or_default();
        let style = if first.is_some() { theme.heading } else { theme.dim };
        let first = first.unwrap_or_else(|| canvas.say(Word::Untitled).to_owned());
        let second = if shown.episode.is_none() { snip.episode_title.clone() } else { second };
        let mut parts: Vec<String> = body.tags.iter().map(|tag| format!("#{tag}")).collect();
        parts.push(second);
        let second = parts.join(" ");
        let star = if body.favorite { "★ " } else { "" };
        let mut cells = canvas.cells();
        let at = cells.put(place.x + 1, place.y, 22, &range, theme.time);
        let room = (place.x + place.width).saturating_sub(at + 2);
        cells.put(at + 2, place.y, room, &format!("{star}{first}"), style);
        cells.put(at + 2, place.y + 1, room, &second, theme.dim);
    });
}

/// The chapter that a snip of the opened episode lies in, for snips that say little themselves.
fn chapter_of(canvas: &Canvas<'_>, snip: &Snip) -> Option<String> {
    let opened = canvas.state.notes.opened.as_ref()?;
    let chapters = opened.shown().filter(|_| opened.episode.summary.id == snip.episode)?;
    // The end is where the key was pressed: what was meant is there rather than at the start.
    let index = chapters.at(snip.body.end_ms.saturating_sub(1))?;
    chapters.list.get(index).map(|chapter| format!("› {}", chapter.title))
}

fn queue(canvas: &mut Canvas<'_>, area: Rect, list: &List) {
    let title = canvas.say(Word::Queue);
    let queue: &[EpisodeSummary] = &canvas.state.queue;
    heading(canvas, area, title, &queue.len().to_string(), true);
    if queue.is_empty() {
        let sentence = canvas.say(Word::EmptyQueue);
        hollow(canvas, area, sentence, false);
    }
    for_rows(canvas, content(area), list, 1, |canvas, place, index| {
        if let Some(episode) = queue.get(index) {
            let length = episode.duration_ms.map(clock).unwrap_or_default();
            row(canvas, place, &format!("{}  {}", index + 1, episode.title), &length);
        }
    });
}

fn found(canvas: &mut Canvas<'_>, area: Rect, search: &SearchState) {
    let title = canvas.say(Word::Search);
    heading(canvas, area, title, &search.found.len().to_string(), true);
    if let Some(why) = &search.failed {
        hollow(canvas, area, why, true);
        return;
    }
    if search.found.is_empty() {
        let empty = search.line.text().trim().is_empty();
        if empty || search.ticket.is_none() {
            let sentence = canvas.say(if empty { Word::TypeToSearch } else { Word::NothingFound });
            hollow(canvas, area, sentence, false);
        }
        return;
    }
    for_rows(canvas, under_line(area), &search.list, 2, |canvas, place, index| {
        let Some(hit) = search.found.get(index) else { return };
        let theme = *canvas.theme;
        let mark = match hit.target {
            FoundTarget::Show(_) => "◉",
            FoundTarget::Episode(_) | FoundTarget::Transcript(_) => "▷",
            FoundTarget::Article(_) => "¶",
        };
        let time = hit.ms.map(|ms| format!(" {}", clock(ms))).unwrap_or_default();
        let mut cells = canvas.cells();
        let at = cells.put(place.x + 1, place.y, 2, mark, theme.accent);
        let width = cells.width(&time);
        let room = (place.x + place.width).saturating_sub(at + 2 + width);
        let at = cells.put(at + 1, place.y, room, &hit.title, theme.heading);
        cells.put(at, place.y, width, &time, theme.time);
        cells.put(place.x + 3, place.y + 1, place.width.saturating_sub(4), &hit.snippet, theme.dim);
    });
}

fn confirm(canvas: &mut Canvas<'_>, title: &str) {
    let (width, height) = canvas.state.size;
    let w = width.saturating_sub(4).min(64);
    let area = Rect::new((width - w) / 2, height.saturating_sub(7) / 2, w, 5.min(height));
    ground(canvas, area);
    heading(canvas, area, title, "", true);
    let sentence = canvas.say(Word::ConfirmUnsubscribe);
    let document = crate::text::from_plain(sentence, None);
    let inner = content(area);
    let options = canvas.state.layout_options(inner.width.saturating_sub(2).max(1));
    let lines = crate::text::layout(&document, &options).lines;
    let style = canvas.theme.overlay;
    for (y, line) in (inner.y + 1..inner.y + inner.height).zip(lines) {
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        canvas.cells().put(inner.x + 1, y, inner.width.saturating_sub(2), &text, style);
    }
}
