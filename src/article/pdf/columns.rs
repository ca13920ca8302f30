//! The order in which the pieces of a page are read: a column from top to bottom before the next, and
//! what runs over all columns, such as a title, before and after them.

use super::lines::{self, Piece};

/// The lines of a page in reading order, column by column.
pub(super) fn in_order(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut columns = Vec::new();
    split(pieces, 0, &mut columns);
    columns.into_iter().map(lines::lines).filter(|lines| !lines.is_empty()).collect()
}

/// Most columns beside each other: 2 to this power.
const DEEPEST: usize = 3;
/// Lines that must stand beside lines of the other column.
const BESIDE: usize = 4;

fn split(pieces: Vec<Piece>, depth: usize, out: &mut Vec<Vec<Piece>>) {
    let gutter = if depth < DEEPEST { gutter(&pieces) } else { None };
    let Some(at) = gutter else {
        out.push(pieces);
        return;
    };
    // Between two things that run over the gutter, the left column is read before the right one.
    let mut sorted = pieces;
    sorted.sort_by(|a, b| a.base.total_cmp(&b.base));
    let (mut over, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for piece in sorted {
        if piece.left < at && piece.right > at {
            columns(&mut left, &mut right, depth, out);
            over.push(piece);
            continue;
        }
        // What stands beside a line that runs over belongs to it: the mark of a note, a number.
        let with_over = over
            .last()
            .is_some_and(|line: &Piece| (line.base - piece.base).abs() < line.size * 0.3);
        if with_over {
            over.push(piece);
            continue;
        }
        if !over.is_empty() {
            out.push(std::mem::take(&mut over));
        }
        if piece.right <= at { left.push(piece) } else { right.push(piece) }
    }
    columns(&mut left, &mut right, depth, out);
    if !over.is_empty() {
        out.push(over);
    }
}

fn columns(left: &mut Vec<Piece>, right: &mut Vec<Piece>, depth: usize, out: &mut Vec<Vec<Piece>>) {
    for column in [left, right] {
        if !column.is_empty() {
            split(std::mem::take(column), depth + 1, out);
        }
    }
}

/// The middle of the empty stripe between two columns of text, if there are two.
fn gutter(pieces: &[Piece]) -> Option<f64> {
    let left = pieces.iter().map(|piece| piece.left).min_by(f64::total_cmp)?;
    let right = pieces.iter().map(|piece| piece.right).max_by(f64::total_cmp)?;
    let wide = right - left;
    if !(40.0..4000.0).contains(&wide) {
        return None;
    }
    // How many pieces lie over each point of the width.
    let mut over = vec![0_usize; wide as usize + 2];
    for piece in pieces {
        let from = (piece.left - left).max(0.0) as usize;
        let to = (piece.right - left).max(0.0).ceil() as usize;
        for slot in over.get_mut(from..to.min(wide as usize + 1)).unwrap_or_default() {
            *slot += 1;
        }
    }
    let inner = over.len() / 6..over.len() * 5 / 6;
    let fewest = over.get(inner.clone())?.iter().copied().min()?;
    stripes(&over, fewest, inner)
        .into_iter()
        .map(|(from, to)| left + (from + to) as f64 / 2.0)
        .find(|at| is_between_columns(pieces, *at, (left, right)))
}

/// The stretches of the width over which at most a few more than the fewest pieces lie, widest first.
fn stripes(over: &[usize], fewest: usize, within: std::ops::Range<usize>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = None;
    for (at, count) in over.iter().enumerate() {
        let is_low = *count <= fewest + fewest / 4 && within.contains(&at);
        match (is_low, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                found.push((start, at));
                from = None;
            }
            _ => {}
        }
    }
    found.extend(from.map(|start| (start, within.end)));
    found.retain(|(from, to)| to - from >= 4);
    found.sort_by_key(|(from, to)| std::cmp::Reverse(to - from));
    found.truncate(6);
    found
}

/// Whether running text stands on both sides: enough lines beside each other that fill their columns.
fn is_between_columns(pieces: &[Piece], at: f64, (left, right): (f64, f64)) -> bool {
    let one: Vec<&Piece> = pieces.iter().filter(|piece| piece.right <= at).collect();
    let two: Vec<&Piece> = pieces.iter().filter(|piece| piece.left >= at).collect();
    let fills = |side: &[&Piece], wide: f64| {
        let mut widths: Vec<f64> = side.iter().map(|piece| piece.right - piece.left).collect();
        widths.sort_by(f64::total_cmp);
        // The upper third: short last lines, formulas and labels of figures don't count against it.
        widths.get(widths.len() * 2 / 3).is_some_and(|width| *width > wide * 0.55)
    };
    let reach = |side: &[&Piece]| {
        let top = side.iter().map(|piece| piece.top()).min_by(f64::total_cmp);
        let bottom = side.iter().map(|piece| piece.bottom()).max_by(f64::total_cmp);
        top.zip(bottom)
    };
    let (Some(a), Some(b)) = (reach(&one), reach(&two)) else { return false };
    let (top, bottom) = (a.0.max(b.0), a.1.min(b.1));
    let beside = |side: &[&Piece]| {
        side.iter().filter(|piece| piece.base > top && piece.base < bottom).count() >= BESIDE
    };
    beside(&one) && beside(&two) && fills(&one, at - left) && fills(&two, right - at)
}
