//! A table in a pane that is too narrow for one: each row a record, the name of the column beside each
//! value.

use crate::text::layout::lines::Setter;
use crate::text::layout::runs::{Piece, rule, space};
use crate::text::layout::{Run, RunKind};
use crate::text::width::{truncate, width};

/// Columns of the rule between two records.
const RULE: usize = 12;

pub(super) fn records(
    rows: &[Vec<Piece<'_>>],
    headed: bool,
    room: usize,
    setter: &mut Setter,
) -> Vec<Vec<Run>> {
    let heads = rows.first().filter(|_| headed);
    let ambiguous = setter.ambiguous();
    let mut out = Vec::new();
    for (i, row) in rows.iter().enumerate().skip(usize::from(headed && rows.len() > 1)) {
        if !out.is_empty() {
            let start = row.first().map_or(0, Piece::start);
            let text = rule(room.min(RULE), ambiguous);
            out.push(vec![Run { text, kind: RunKind::TableBorder, start, ..Run::default() }]);
        }
        for (column, cell) in row.iter().enumerate() {
            let head = heads.filter(|_| i > 0).and_then(|heads| heads.get(column));
            let label = head.map(|head| head.words().replace('\n', " ")).unwrap_or_default();
            let label = truncate(label.trim(), room / 2, ambiguous);
            if cell.words().trim().is_empty() {
                continue;
            }
            out.extend(record(cell, &label, room, setter));
        }
    }
    out
}

fn record(cell: &Piece<'_>, label: &str, room: usize, setter: &mut Setter) -> Vec<Vec<Run>> {
    let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
    // A label that leaves no room for the value is no help.
    let wide = width(&label, setter.ambiguous());
    let wide = Some(wide).filter(|wide| wide + 2 <= room).unwrap_or(0);
    let left = room - wide;
    let hang = if wide > 2 && room > 4 { 2 } else { 0 };
    let mut out = Vec::new();
    for (i, runs) in setter.ragged(cell, left, room - hang).into_iter().enumerate() {
        let start = runs.first().map_or(cell.start(), |run| run.start);
        let decoration = match i {
            0 if wide > 0 => Some(Run {
                text: label.clone(),
                kind: RunKind::TableLabel,
                start,
                ..Run::default()
            }),
            0 => None,
            _ => Some(space(hang, start)).filter(|_| hang > 0),
        };
        out.push(decoration.into_iter().chain(runs).collect());
    }
    out
}
