//! Tables: side by side if they fit, with wrapped cells if they nearly do, wider than the pane and
//! scrolled sideways if not, and as records where the pane is too narrow for that.

mod columns;
mod records;

use super::lines::Setter;
use super::numbers::Numbers;
use super::runs::{Piece, space};
use super::{Run, RunKind};
use crate::text::document::{Align, Table};
use crate::text::width::{Ambiguous, width};
use columns::Columns;
use records::records;

/// A pane narrower than this shows a table that does not fit as records.
const NARROW: usize = 36;

/// The lines of a table in `room` columns; only if `sideways` may they be wider.
pub(super) fn table(
    table: &Table,
    room: usize,
    sideways: bool,
    numbers: Numbers<'_>,
    setter: &mut Setter,
) -> Vec<Vec<Run>> {
    let rows = pieces(table, numbers);
    let columns = Columns::of(&rows, setter.ambiguous());
    if columns.count() == 0 {
        return Vec::new();
    }
    let wide = || (sideways && room >= NARROW).then(|| columns.wide(room));
    match columns.within(room).or_else(wide) {
        Some(widths) => Grid { rows: &rows, widths, table }.lines(setter),
        None => records(&rows, table.headed, room, setter),
    }
}

/// The cells with their places in the plain text, where a tab or a line break parts them.
fn pieces<'t>(table: &'t Table, numbers: Numbers<'_>) -> Vec<Vec<Piece<'t>>> {
    let mut offset = 0;
    let mut rows = Vec::with_capacity(table.rows.len());
    for (i, row) in table.rows.iter().enumerate() {
        let kind = if i == 0 && table.headed { RunKind::TableHead } else { RunKind::Text };
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            let piece = Piece::new(cell, kind, offset, numbers);
            offset += piece.words().len() + 1;
            cells.push(piece);
        }
        // A row without cells still takes its line break.
        offset += usize::from(row.is_empty());
        rows.push(cells);
    }
    rows
}

/// A table whose columns have their widths.
struct Grid<'t> {
    rows: &'t [Vec<Piece<'t>>],
    widths: Vec<usize>,
    table: &'t Table,
}

impl Grid<'_> {
    fn lines(&self, setter: &mut Setter) -> Vec<Vec<Run>> {
        let sides: Vec<Align> = (0..self.widths.len()).map(|column| self.side(column)).collect();
        let mut out = Vec::new();
        // Rows of several lines are told apart by an empty one.
        let mut tall = false;
        for (i, row) in self.rows.iter().enumerate() {
            let cells: Vec<Vec<Vec<Run>>> = row
                .iter()
                .zip(&self.widths)
                .map(|(cell, wide)| setter.ragged(cell, *wide, *wide))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(1);
            let start = row.first().map_or(0, Piece::start);
            let first = i == usize::from(self.table.headed);
            if (tall || height > 1) && i > 0 && !first {
                out.push(self.line(&[], 0, &sides, start, setter.ambiguous()));
            }
            tall = height > 1 && !(i == 0 && self.table.headed);
            for line in 0..height {
                out.push(self.line(&cells, line, &sides, start, setter.ambiguous()));
            }
            if i == 0 && self.table.headed {
                out.push(self.rule(start, setter.ambiguous()));
            }
        }
        out
    }

    /// The rule under the headings.
    fn rule(&self, start: usize, ambiguous: Ambiguous) -> Vec<Run> {
        let (line, cross) = match ambiguous {
            Ambiguous::Narrow => ("─", "─┼─"),
            Ambiguous::Wide => ("-", "-+-"),
        };
        let text = self.widths.iter().map(|w| line.repeat(*w)).collect::<Vec<_>>().join(cross);
        let start = self.rows.get(1).and_then(|row| row.first()).map_or(start, Piece::start);
        vec![Run { text, kind: RunKind::TableBorder, start, ..Run::default() }]
    }

    /// To which side a column is set: as its author says, else numbers to the right.
    fn side(&self, column: usize) -> Align {
        let asked = self.table.align.get(column).copied().unwrap_or_default();
        if asked != Align::Natural {
            return asked;
        }
        let body = self.rows.iter().skip(usize::from(self.table.headed));
        let mut filled = body
            .filter_map(|row| row.get(column))
            .map(Piece::words)
            .filter(|text| !text.trim().is_empty())
            .peekable();
        let numbers = filled.peek().is_some() && filled.all(|text| is_number(text.trim()));
        if numbers { Align::Right } else { Align::Left }
    }

    /// One line of a row: a line of each cell, filled up to its column's width.
    fn line(
        &self,
        cells: &[Vec<Vec<Run>>],
        line: usize,
        sides: &[Align],
        start: usize,
        ambiguous: Ambiguous,
    ) -> Vec<Run> {
        let border = match ambiguous {
            Ambiguous::Narrow => " │ ",
            Ambiguous::Wide => " | ",
        };
        let mut out: Vec<Run> = Vec::new();
        for (column, (wide, side)) in self.widths.iter().zip(sides).enumerate() {
            let at = out.last().map_or(start, |run| run.start);
            if column > 0 {
                let text = border.to_owned();
                out.push(Run { text, kind: RunKind::TableBorder, start: at, ..Run::default() });
            }
            let cell = cells.get(column).and_then(|cell| cell.get(line));
            let runs = cell.cloned().unwrap_or_default();
            let used: usize = runs.iter().map(|run| width(&run.text, ambiguous)).sum();
            let fill = wide.saturating_sub(used);
            let before = match side {
                Align::Right => fill,
                Align::Centre => fill / 2,
                Align::Left | Align::Natural => 0,
            };
            if before > 0 {
                out.push(space(before, runs.first().map_or(at, |run| run.start)));
            }
            out.extend(runs);
            if fill > before && column + 1 < self.widths.len() {
                out.push(space(fill - before, at));
            }
        }
        out
    }
}

/// Whether a cell holds a number: digits with signs, separators, a share or a currency.
fn is_number(text: &str) -> bool {
    text.len() <= 24
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "+-−–.,:%‰ $€£¥￥±~≈()/×xeE".contains(c))
}
