//! Tables: side by side if they fit, with wrapped cells if they nearly do, as records if not.

use super::runs::{Piece, rule, widest_line};
use super::wrap::wrap;
use super::{Run, RunKind};
use crate::text::document::Table;
use crate::text::width::{Ambiguous, truncate, width};

/// A column is never made narrower than this to fit a table in.
const LEAST: usize = 8;
/// Columns between two cells.
const BETWEEN: usize = 3;

/// The lines of a table in `room` columns.
pub(super) fn table(table: &Table, room: usize, ambiguous: Ambiguous) -> Vec<Vec<Run>> {
    let rows = pieces(table);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return Vec::new();
    }
    let mut natural = vec![1; columns];
    for row in &rows {
        for (cell, wide) in row.iter().zip(natural.iter_mut()) {
            *wide = widest_line(&cell.text, ambiguous).max(*wide);
        }
    }
    match shared(&natural, room) {
        Some(widths) => grid(&rows, &widths, table.headed, ambiguous),
        None => records(&rows, table.headed, room, ambiguous),
    }
}

/// The cells with their places in the plain text, where a tab or a line break parts them.
fn pieces(table: &Table) -> Vec<Vec<Piece<'_>>> {
    let mut offset = 0;
    let mut rows = Vec::with_capacity(table.rows.len());
    for (i, row) in table.rows.iter().enumerate() {
        let kind = if i == 0 && table.headed { RunKind::TableHead } else { RunKind::Text };
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            let piece = Piece::new(cell, kind, offset);
            offset += piece.text.len() + 1;
            cells.push(piece);
        }
        // A row without cells still takes its line break.
        offset += usize::from(row.is_empty());
        rows.push(cells);
    }
    rows
}

/// The widths of the columns within `room`: narrow ones keep theirs, wide ones share what is left.
/// `None` if a column would become too narrow to read.
fn shared(natural: &[usize], room: usize) -> Option<Vec<usize>> {
    let borders = BETWEEN * (natural.len() - 1);
    let mut left = room.checked_sub(borders)?;
    if natural.iter().sum::<usize>() <= left {
        return Some(natural.to_vec());
    }
    let mut order: Vec<usize> = (0..natural.len()).collect();
    order.sort_by_key(|column| natural.get(*column).copied().unwrap_or(0));
    let mut widths = vec![0; natural.len()];
    for (done, column) in order.iter().enumerate() {
        let wanted = natural.get(*column).copied().unwrap_or(0);
        let given = wanted.min(left / (natural.len() - done));
        if given < wanted.min(LEAST) {
            return None;
        }
        *widths.get_mut(*column)? = given;
        left -= given;
    }
    Some(widths)
}

fn grid(
    rows: &[Vec<Piece<'_>>],
    widths: &[usize],
    headed: bool,
    ambiguous: Ambiguous,
) -> Vec<Vec<Run>> {
    let mut out = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let cells: Vec<Vec<Vec<Run>>> = row
            .iter()
            .zip(widths)
            .map(|(cell, wide)| {
                let lines = wrap(&cell.text, *wide, *wide, ambiguous);
                lines.into_iter().map(|range| cell.runs(range)).collect()
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        let start = row.first().map_or(0, Piece::start);
        for line in 0..height {
            out.push(grid_line(&cells, line, widths, start, ambiguous));
        }
        if i == 0 && headed {
            let (line, cross) = match ambiguous {
                Ambiguous::Narrow => ("─", "─┼─"),
                Ambiguous::Wide => ("-", "-+-"),
            };
            let text = widths.iter().map(|w| line.repeat(*w)).collect::<Vec<_>>().join(cross);
            let start = rows.get(1).and_then(|row| row.first()).map_or(start, Piece::start);
            out.push(vec![Run { text, kind: RunKind::TableBorder, start, ..Run::default() }]);
        }
    }
    out
}

/// One line of a row: a line of each cell, filled up to its column's width.
fn grid_line(
    cells: &[Vec<Vec<Run>>],
    line: usize,
    widths: &[usize],
    start: usize,
    ambiguous: Ambiguous,
) -> Vec<Run> {
    let border = match ambiguous {
        Ambiguous::Narrow => " │ ",
        Ambiguous::Wide => " | ",
    };
    let mut out: Vec<Run> = Vec::new();
    for (column, wide) in widths.iter().enumerate() {
        let at = out.last().map_or(start, |run| run.start);
        if column > 0 {
            let text = border.to_owned();
            out.push(Run { text, kind: RunKind::TableBorder, start: at, ..Run::default() });
        }
        let runs = cells.get(column).and_then(|cell| cell.get(line)).cloned().unwrap_or_default();
        let used: usize = runs.iter().map(|run| width(&run.text, ambiguous)).sum();
        out.extend(runs);
        let fill = wide.saturating_sub(used);
        if fill > 0 && column + 1 < widths.len() {
            let text = " ".repeat(fill);
            out.push(Run { text, kind: RunKind::Space, start: at, ..Run::default() });
        }
    }
    out
}

/// Each row as a record: the name of the column, then the value below or beside it.
fn records(
    rows: &[Vec<Piece<'_>>],
    headed: bool,
    room: usize,
    ambiguous: Ambiguous,
) -> Vec<Vec<Run>> {
    let heads = rows.first().filter(|_| headed);
    let mut out = Vec::new();
    for (i, row) in rows.iter().enumerate().skip(usize::from(headed && rows.len() > 1)) {
        if !out.is_empty() {
            let start = row.first().map_or(0, Piece::start);
            let text = rule(room.min(12), ambiguous);
            out.push(vec![Run { text, kind: RunKind::TableBorder, start, ..Run::default() }]);
        }
        for (column, cell) in row.iter().enumerate() {
            let head = heads.filter(|_| i > 0).and_then(|heads| heads.get(column));
            let label = head.map(|head| head.text.replace('\n', " ")).unwrap_or_default();
            let label = truncate(label.trim(), room / 2, ambiguous);
            if cell.text.trim().is_empty() {
                continue;
            }
            out.extend(record(cell, &label, room, ambiguous));
        }
    }
    out
}

fn record(cell: &Piece<'_>, label: &str, room: usize, ambiguous: Ambiguous) -> Vec<Vec<Run>> {
    let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
    // A label that leaves no room for the value is no help.
    let wide = Some(width(&label, ambiguous)).filter(|wide| wide + 2 <= room).unwrap_or(0);
    let left = room - wide;
    let hang = if wide > 2 && room > 4 { 2 } else { 0 };
    let mut out = Vec::new();
    for (i, range) in wrap(&cell.text, left, room - hang, ambiguous).into_iter().enumerate() {
        let runs = cell.runs(range);
        let start = runs.first().map_or(cell.start(), |run| run.start);
        let (text, kind) = match i {
            0 if wide > 0 => (label.clone(), RunKind::TableLabel),
            0 => (String::new(), RunKind::TableLabel),
            _ => (" ".repeat(hang), RunKind::Space),
        };
        let decoration = Run { text, kind, start, ..Run::default() };
        let decoration = Some(decoration).filter(|run| !run.text.is_empty());
        out.push(decoration.into_iter().chain(runs).collect());
    }
    out
}
