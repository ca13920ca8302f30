//! A text in a pane: only the lines in view are looked at, whatever the text's length.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::margin::Times;
use super::{Canvas, picture};
use crate::app::{Goal, Overlay, Pane, Reader, content, numbered_pane, text_area, typed_number};
use crate::text::{Line, Run, RunKind, TokenKind};
use crate::theme::{Syntax, Theme};

/// What is marked in the margin.
#[derive(Debug, Clone)]
pub(super) enum Marked<'a> {
    /// Nothing.
    Nothing,
    /// Times of chapters: what plays, what is skipped, what is not believed.
    Times(Times<'a>),
}

/// Draws a text into a pane.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    pane: Rect,
    reader: &Reader,
    which: Pane,
    focused: bool,
    marked: &Marked<'_>,
) {
    let area = text_area(pane, canvas.state.settings.ui.measure);
    let playing = playing_lines(reader, marked);
    let lines = (reader.top..).map_while(|index| Some((index, reader.shown_line(index)?)));
    for (y, (index, line)) in (area.y..area.y + area.height).zip(lines) {
        let line = &*line;
        let begins = playing.as_ref().is_some_and(|lines| lines.start == index);
        let plays = playing.as_ref().is_some_and(|lines| lines.contains(&index));
        let mark = match marked {
            _ if begins => Some(('▶', canvas.theme.accent)),
            Marked::Times(times) => times.mark(canvas, line),
            Marked::Nothing => None,
        };
        let along = plays.then_some(('│', canvas.theme.accent));
        if let Some((sign, style)) = mark.or(along) {
            let place = Rect { x: area.x.saturating_sub(2), y, width: 1, height: 1 };
            canvas.cells().fill(place, sign, style);
        }
        // What is said in a chapter is marked in the margin, its title also by weight.
        let head = playing.as_ref().and_then(|lines| reader.layout.lines.get(lines.start));
        let strong = plays && head.is_some_and(|head| head.block == line.block);
        draw_line(canvas, area, y, line, reader, focused, strong);
    }
    draw_hints(canvas, area, reader, which);
    scrollbar(canvas, pane, reader);
}

/// Draws a text that fills its pane from side to side, in the middle of it: a picture alone.
pub(super) fn draw_alone(canvas: &mut Canvas<'_>, pane: Rect, reader: &Reader) {
    let inner = content(pane);
    let widest = reader.picture(0).map_or(0, |picture| picture.columns);
    let spare = inner.width.saturating_sub(widest) / 2;
    let spare_rows = usize::from(inner.height).saturating_sub(reader.layout.lines.len()) / 2;
    let top = inner.y + u16::try_from(spare_rows).unwrap_or(0);
    let area = Rect { x: inner.x + spare, width: inner.width - spare, ..inner };
    let lines = reader.layout.lines.iter().skip(reader.top);
    for (y, line) in (top..inner.y + inner.height).zip(lines) {
        draw_line(canvas, area, y, line, reader, false, false);
    }
    scrollbar(canvas, pane, reader);
}

/// The lines of what is playing.
fn playing_lines(reader: &Reader, marked: &Marked<'_>) -> Option<Range<usize>> {
    match marked {
        Marked::Nothing => None,
        Marked::Times(times) => times.playing(reader),
    }
}

fn draw_line(
    canvas: &mut Canvas<'_>,
    area: Rect,
    y: u16,
    line: &Line,
    reader: &Reader,
    focused: bool,
    playing: bool,
) {
    let end = area.x + area.width;
    let mut x = area.x;
    let chosen = reader.chosen().filter(|_| focused);
    let picked = chosen.is_some_and(|target| target.goal == Goal::Picture(line.block));
    for run in &line.runs {
        let mut style = style_of(canvas, run);
        if playing && matches!(run.kind, RunKind::Text) && run.link.is_none() {
            style = canvas.theme.heading.patch(style).add_modifier(Modifier::BOLD);
        }
        let is_chosen = chosen.is_some_and(|target| {
            target.block == line.block
                && (run.link.is_some() || run.time_ms.is_some() || target.goal == Goal::Fold)
                && target.range.contains(&run.start)
        });
        if is_chosen || (picked && run.kind == RunKind::Picture) {
            style = style.patch(canvas.theme.chosen);
        }
        x = put_run(canvas, x, y, end, line.block, run, style, reader);
        if x >= end {
            break;
        }
    }
    mark_ends(canvas, area, y, line, reader);
    if let Some(row) = line.picture {
        picture::draw_row(canvas, reader, line, row, (x, y), end);
        if picked {
            let bar = canvas.theme.accent;
            let place = Rect { x: area.x.saturating_sub(2), y, width: 1, height: 1 };
            canvas.cells().fill(place, '▌', bar);
        }
    }
}

/// Says at the edges of a line that there is more of it sideways.
fn mark_ends(canvas: &mut Canvas<'_>, area: Rect, y: u16, line: &Line, reader: &Reader) {
    let Some(wide) = reader.layout.wide(line.block) else { return };
    let columns_of = |runs: &[Run], canvas: &mut Canvas<'_>| {
        let cells = canvas.cells();
        runs.iter().map(|run| usize::from(cells.width(&run.text))).sum::<usize>()
    };
    let (ground, style) = (canvas.theme.text, canvas.theme.accent.remove_modifier(Modifier::BOLD));
    let fixed = columns_of(line.runs.get(..line.fixed).unwrap_or_default(), canvas);
    let whole = columns_of(&line.runs, canvas);
    if whole > fixed + wide.room && area.width > 0 {
        let last = Rect { x: area.x + area.width - 1, y, width: 1, height: 1 };
        canvas.cells().clear(last, ground);
        canvas.cells().fill(last, '›', style);
    }
    if reader.scrolled(line.block) > 0 && whole > fixed {
        let first = u16::try_from(fixed).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
        let first = Rect { x: area.x + first, y, width: 1, height: 1 };
        canvas.cells().clear(first, ground);
        canvas.cells().fill(first, '‹', style);
    }
}

/// Sets a paragraph off that was just copied.
pub(super) fn draw_flash(
    canvas: &mut Canvas<'_>,
    pane: Rect,
    reader: &Reader,
    block: Option<usize>,
) {
    let Some(block) = block else { return };
    let area = text_area(pane, canvas.state.settings.ui.measure);
    let (shown, lines) = (reader.shown(), reader.lines_of_block(block));
    for line in lines.start.max(shown.start)..lines.end.min(shown.end) {
        let row = u16::try_from(line - shown.start).unwrap_or(u16::MAX);
        let place = Rect {
            x: area.x.saturating_sub(1),
            y: area.y.saturating_add(row),
            width: area.width + 2,
            height: 1,
        };
        let style = canvas.theme.selected;
        canvas.buffer.set_style(place.intersection(content(pane)), style);
    }
}

/// Writes one run, its matches set off.
#[expect(clippy::too_many_arguments, reason = "a place, a run and what surrounds it")]
pub(super) fn put_run(
    canvas: &mut Canvas<'_>,
    x: u16,
    y: u16,
    end: u16,
    block: usize,
    run: &Run,
    style: Style,
    reader: &Reader,
) -> u16 {
    let found = canvas.theme.found;
    let found_current = canvas.theme.found_current;
    let mut cells = canvas.cells();
    let Some(finding) = reader.finding.as_ref().filter(|_| is_words(run.kind)) else {
        return cells.write(x, y, end.saturating_sub(x), &run.text, style);
    };
    let (mut at, mut x) = (0, x);
    let run_end = run.start + run.text.len();
    let first = finding.matches.partition_point(|m| (m.block, m.range.end) <= (block, run.start));
    for (index, found_at) in finding.matches.iter().enumerate().skip(first) {
        if found_at.block != block || found_at.range.start >= run_end {
            break;
        }
        let from = found_at.range.start.saturating_sub(run.start).max(at);
        let to = (found_at.range.end - run.start).min(run.text.len());
        let set_off = if index == finding.current { found_current } else { found };
        let before = run.text.get(at..from).unwrap_or_default();
        let inside = run.text.get(from..to).unwrap_or_default();
        x = cells.write(x, y, end.saturating_sub(x), before, style);
        x = cells.write(x, y, end.saturating_sub(x), inside, style.patch(set_off));
        at = to.max(from);
    }
    let rest = run.text.get(at..).unwrap_or_default();
    cells.write(x, y, end.saturating_sub(x), rest, style)
}

/// Whether a run is part of the text, not a decoration.
fn is_words(kind: RunKind) -> bool {
    matches!(
        kind,
        RunKind::Text | RunKind::Heading(_) | RunKind::Code | RunKind::TableHead | RunKind::Caption
    )
}

fn style_of(canvas: &Canvas<'_>, run: &Run) -> Style {
    let theme = canvas.theme;
    let mut style = match run.kind {
        RunKind::Heading(level) => heading(theme, level),
        RunKind::TableHead => theme.heading,
        RunKind::Code => token(&theme.syntax, run.token),
        RunKind::Rule | RunKind::TableBorder | RunKind::Quote => theme.faint,
        RunKind::Marker => theme.accent.remove_modifier(Modifier::BOLD),
        RunKind::Caption => theme.dim,
        RunKind::LinkNumber => return theme.dim,
        _ => Style::new(),
    };
    if run.style.bold {
        style = style.add_modifier(Modifier::BOLD);
    }
    if run.style.italic {
        style = style.add_modifier(Modifier::ITALIC);
    }
    if run.style.strike {
        style = style.add_modifier(Modifier::CROSSED_OUT);
    }
    if run.style.insert {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    if run.style.code {
        style = style.patch(theme.code);
    }
    if run.style.mark {
        style = style.patch(theme.marked);
    }
    if run.time_ms.is_some() {
        style = style.patch(theme.time);
    } else if run.link.is_some() {
        style = style.patch(theme.link);
    }
    style
}

/// A heading by its level.
fn heading(theme: &Theme, level: u8) -> Style {
    let plain = |style: Style| style.remove_modifier(Modifier::BOLD);
    match level {
        1 => theme.heading.patch(theme.accent),
        3 => plain(theme.accent),
        4 => plain(theme.heading).add_modifier(Modifier::ITALIC),
        5 => theme.dim.add_modifier(Modifier::BOLD),
        // The lowest heads a list, and stands beside no other.
        _ => theme.heading,
    }
}

fn token(syntax: &Syntax, kind: TokenKind) -> Style {
    match kind {
        TokenKind::Plain => syntax.plain,
        TokenKind::Comment => syntax.comment,
        TokenKind::String => syntax.string,
        TokenKind::Number => syntax.number,
        TokenKind::Keyword => syntax.keyword,
        TokenKind::Function => syntax.function,
        TokenKind::Type => syntax.class,
        TokenKind::Removed => syntax.removed,
        TokenKind::Added => syntax.added,
    }
}

/// Letters on the targets in view.
pub(super) fn draw_hints(canvas: &mut Canvas<'_>, area: Rect, reader: &Reader, which: Pane) {
    let Some(Overlay::Hints { hints, typed }) = &canvas.state.overlay else { return };
    let style = canvas.theme.hint;
    let ambiguous = canvas.ambiguous();
    for hint in
        hints.iter().filter(|hint| hint.pane == which && hint.label.starts_with(typed.as_str()))
    {
        let Some(target) = reader.targets.get(hint.target) else { continue };
        let Some(row) = reader.spot(target).checked_sub(reader.top) else { continue };
        let Some(line) = reader.shown_line(reader.top + row) else { continue };
        let before = line.runs.iter().take_while(|run| {
            !(is_words(run.kind) && run.start + run.text.len() > target.range.start)
        });
        let column: usize = before.map(|run| crate::text::width(&run.text, ambiguous)).sum();
        let is_picture = matches!(target.goal, Goal::Picture(_));
        let (Ok(row), Ok(column)) = (u16::try_from(row), u16::try_from(column)) else { continue };
        if row < area.height {
            // On a picture nothing can be written: its letter stands at its left.
            let x = if is_picture {
                area.x.saturating_sub(2)
            } else {
                area.x + column.min(area.width.saturating_sub(1))
            };
            canvas.cells().put(x, area.y + row, 2, &hint.label, style);
        }
    }
    if numbered_pane(canvas.state) == Some(which) {
        draw_numbers(canvas, area, reader, typed);
    }
}

/// The numbers of links in view in plain digits, those set off that begin as is typed.
fn draw_numbers(canvas: &mut Canvas<'_>, area: Rect, reader: &Reader, typed: &str) {
    let ambiguous = canvas.ambiguous();
    let lines = (reader.top..).map_while(|index| reader.shown_line(index));
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let mut column = 0;
        for run in &line.runs {
            let at = column;
            column += crate::text::width(&run.text, ambiguous);
            let Some(link) = run.link.filter(|_| run.kind == RunKind::LinkNumber) else { continue };
            let number = (link + 1).to_string();
            let style = match typed_number(typed) {
                Some(_) if number.starts_with(typed) => canvas.theme.hint,
                Some(_) => continue,
                None => canvas.theme.accent,
            };
            let small = run.text.chars().count() == number.len();
            let words = if small { number.as_str() } else { run.text.as_str() };
            let Ok(at) = u16::try_from(at) else { continue };
            let room = area.width.saturating_sub(at);
            canvas.cells().write(area.x.saturating_add(at), y, room, words, style);
        }
    }
}

/// A thumb at the right that says where the view stands.
pub(super) fn scrollbar(canvas: &mut Canvas<'_>, pane: Rect, reader: &Reader) {
    let area = content(pane);
    if reader.fits() || area.height < 3 || area.width < 12 {
        return;
    }
    let rows = usize::from(area.height);
    let lines = reader.layout.lines.len();
    let size = (rows * rows / lines).clamp(1, rows);
    let from = reader.top * (rows - size) / (lines - rows).max(1);
    let x = area.x + area.width - 1;
    let style = canvas.theme.faint;
    let thumb = Rect {
        x,
        y: area.y + u16::try_from(from).unwrap_or(0),
        width: 1,
        height: u16::try_from(size).unwrap_or(1),
    };
    canvas.cells().fill(thumb.intersection(area), '┃', style);
}
