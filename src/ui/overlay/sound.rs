//! The table of how it sounds: a row for everything that can be chosen, a column for one show and one
//! for all. A dot stands before what applies; the cell that the keys change has arrows.
//!
//! ```text
//! ╭ Sound · Slow Trains ━━━━━━━━━━━━━━━━━━━━━━━━━━━ Esc ╮
//! │                       this show         all shows    │
//! │  speed              ● ‹ 1.25× ›           1.0×       │
//! │  trim pauses            –             ●   off        │
//! ╰──────────────────────────────────────────────────────╯
//! ```

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{SoundColumns, SoundTable, content, sound_columns};
use crate::lang::Word;
use crate::lang::{aspect_about, aspect_name, scope_name, value_name};
use crate::model::{Millis, SoundAspect, SoundScope, SoundValue, clock};
use crate::ui::{Canvas, heading, key_hints};

/// Draws the table.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, table: &SoundTable) {
    let title = canvas.say(Word::Sound);
    let named = table.show.as_ref().map(|(_, name)| format!("{title} · {name}"));
    let title = named.unwrap_or_else(|| title.to_owned());
    heading(canvas, area, &title, "Esc", true);
    let inner = content(area);
    let columns = sound_columns(area);
    let row = |at: u16| Rect { y: inner.y.saturating_add(at), height: 1, ..inner };
    let shown = |place: &Rect| place.y < inner.bottom();
    if shown(&row(0)) {
        names(canvas, row(0), &columns, table);
    }
    for (at, aspect) in (1..).zip(SoundAspect::ALL) {
        let place = row(at);
        if shown(&place) {
            line(canvas, place, &columns, table, aspect);
        }
    }
    let below = Rect { y: inner.y + 8, height: inner.height.saturating_sub(8), ..inner };
    if below.height > 0 {
        about(canvas, below, table);
    }
}

/// The names of the columns, that of the chosen one set off.
fn names(canvas: &mut Canvas<'_>, row: Rect, columns: &SoundColumns, table: &SoundTable) {
    let (theme, tongue) = (*canvas.theme, canvas.state.tongue);
    for (scope, column) in both(columns) {
        if scope == SoundScope::ThisShow && table.show.is_none() {
            continue;
        }
        let style = if table.scope == scope { theme.accent } else { theme.dim };
        let at = value_at(&column);
        let room = column.end.saturating_sub(at);
        canvas.cells().put(at, row.y, room, scope_name(scope, tongue), style);
    }
}

fn both(columns: &SoundColumns) -> [(SoundScope, Range<u16>); 2] {
    [(SoundScope::ThisShow, columns.own.clone()), (SoundScope::AllShows, columns.all.clone())]
}

fn line(
    canvas: &mut Canvas<'_>,
    row: Rect,
    columns: &SoundColumns,
    table: &SoundTable,
    aspect: SoundAspect,
) {
    let (theme, tongue) = (*canvas.theme, canvas.state.tongue);
    let selected = table.aspect() == aspect;
    if selected {
        canvas.buffer.set_style(row, theme.selected);
    }
    let room = columns.own.start.saturating_sub(row.x + 1);
    let name = aspect_name(aspect, tongue);
    canvas.cells().put(row.x + 1, row.y, room, name, Style::new());
    let chosen = &canvas.state.player.chosen;
    let own = table.show.as_ref().and_then(|(show, _)| chosen.of(*show).get(aspect));
    let all = chosen.all.get(aspect);
    for (scope, column) in both(columns) {
        let value = match scope {
            SoundScope::ThisShow if table.show.is_none() => continue,
            SoundScope::ThisShow => own,
            SoundScope::AllShows => Some(all),
        };
        let applies = match scope {
            SoundScope::ThisShow => own.is_some(),
            SoundScope::AllShows => own.is_none(),
        };
        let cell = Cell { value, applies, chosen: selected && table.scope == scope };
        cell.draw(canvas, row.y, &column);
    }
}

/// One value of the table.
struct Cell {
    value: Option<SoundValue>,
    applies: bool,
    chosen: bool,
}

impl Cell {
    fn draw(&self, canvas: &mut Canvas<'_>, y: u16, column: &Range<u16>) {
        let (theme, tongue) = (*canvas.theme, canvas.state.tongue);
        let words = self.value.map_or_else(|| "–".to_owned(), |value| value_name(value, tongue));
        let (gap, at) = (gap(column), value_at(column));
        let style = match (self.chosen, self.applies) {
            (true, _) => theme.chosen,
            (false, true) => theme.heading,
            (false, false) => theme.dim,
        };
        let mut cells = canvas.cells();
        let room = |at: u16| column.end.saturating_sub(at);
        if self.applies {
            let dot = at.saturating_sub(2 * gap).max(column.start);
            cells.put(dot, y, room(dot), "●", theme.accent);
        }
        if self.chosen {
            let (before, after) = if gap > 1 { ("‹ ", " ›") } else { ("‹", "›") };
            let arrow = at.saturating_sub(gap).max(column.start);
            cells.put(arrow, y, room(arrow), before, style);
            let end = cells.put(at, y, room(at), &words, style);
            cells.put(end, y, room(end), after, style);
        } else {
            cells.put(at, y, room(at), &words, style);
        }
    }
}

/// Cells from the dot to the arrow, and from there to the value.
fn gap(column: &Range<u16>) -> u16 {
    if column.end.saturating_sub(column.start) >= 14 { 2 } else { 1 }
}

/// Where the values of a column begin.
fn value_at(column: &Range<u16>) -> u16 {
    column.start + 2 * gap(column)
}

/// What the selected row means, and what the dot does.
fn about(canvas: &mut Canvas<'_>, area: Rect, table: &SoundTable) {
    let theme = *canvas.theme;
    let tongue = canvas.state.tongue;
    let mut words = key_hints::fill(canvas.state, aspect_about(table.aspect(), tongue));
    if let Some(saved) = saved(canvas).filter(|_| table.aspect() == SoundAspect::Trim) {
        words = format!("{words} {saved}");
    }
    let legend = canvas.say(Word::Applies);
    let document = crate::text::from_plain(&words, None);
    let options = canvas.state.layout_options(area.width.saturating_sub(2).max(1));
    let lines = crate::text::layout(&document, &options).lines;
    let last = area.bottom().saturating_sub(1);
    let room = area.width.saturating_sub(1);
    for (y, line) in (area.y..last).zip(&lines) {
        let line: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        canvas.cells().put(area.x + 1, y, room, &line, theme.dim);
    }
    canvas.cells().put(area.x + 1, last, room, legend, theme.dim);
    canvas.cells().put(area.x + 1, last, 1, "●", theme.accent);
}

/// How much time shorter pauses have saved.
fn saved(canvas: &Canvas<'_>) -> Option<String> {
    let ms: Millis = canvas.state.player.saved_ms;
    (ms >= 1000).then(|| format!("{} {}", canvas.say(Word::SavedTime), clock(ms)))
}
