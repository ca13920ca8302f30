//! Running heads and page numbers: lines that stand at the same edge of page after page.

use std::collections::HashMap;

use super::lines::Piece;

/// How much of a page its head and its foot may take, each.
const EDGE: f64 = 0.13;
/// How many lines a head or a foot may have.
const LINES: usize = 3;

/// The pieces of a page and its height in points.
pub(super) struct Sheet {
    pub(super) pieces: Vec<Piece>,
    pub(super) height: f64,
}

/// A line at an edge: its height on the page, what it says, and how far it is from the edge, in lines.
struct Edge {
    base: f64,
    says: String,
    nth: usize,
    is_top: bool,
    /// It stands clearly apart from the text.
    apart: bool,
}

/// Takes running heads and page numbers off the pages.
pub(super) fn take_off(sheets: &mut [Sheet]) {
    let edges: Vec<Vec<Edge>> = sheets.iter().map(edges).collect();
    let mut seen: HashMap<(bool, &str), usize> = HashMap::new();
    for page in &edges {
        for (at, edge) in page.iter().enumerate() {
            let again = page.iter().take(at).any(|other| other.says == edge.says);
            if !again {
                *seen.entry((edge.is_top, edge.says.as_str())).or_default() += 1;
            }
        }
    }
    // A first line that stands apart at the same height on many pages is a head, whatever it says.
    let mut heights: HashMap<(bool, i64), usize> = HashMap::new();
    for edge in edges.iter().flatten().filter(|edge| edge.nth == 0 && edge.apart) {
        *heights.entry((edge.is_top, edge.base.round() as i64)).or_default() += 1;
    }
    let many = (sheets.len() * 2 / 5).max(3);
    let enough = if sheets.len() <= 4 { 2 } else { 3 };
    let gone: Vec<Vec<f64>> = edges
        .iter()
        .map(|page| {
            let repeats = |edge: &&Edge| {
                let times = seen.get(&(edge.is_top, edge.says.as_str())).copied().unwrap_or(0);
                let height = (edge.is_top, edge.base.round() as i64);
                let level = heights.get(&height).copied().unwrap_or(0);
                let heads = edge.nth == 0 && edge.apart && level >= many;
                times >= enough || heads || (edge.nth == 0 && is_number(&edge.says))
            };
            page.iter().filter(repeats).map(|edge| edge.base).collect()
        })
        .collect();
    let single = sheets.len() == 1;
    for (sheet, gone) in sheets.iter_mut().zip(gone) {
        let is_gone =
            |piece: &Piece| gone.iter().any(|base| (piece.base - base).abs() < piece.size * 0.4);
        // One page of nothing but such lines is better shown than lost.
        if !(single && sheet.pieces.iter().all(is_gone)) {
            sheet.pieces.retain(|piece| !is_gone(piece));
        }
    }
}

fn edges(sheet: &Sheet) -> Vec<Edge> {
    let mut sorted: Vec<&Piece> = sheet.pieces.iter().collect();
    sorted.sort_by(|a, b| a.base.total_cmp(&b.base));
    let top = rows(sorted.iter().copied(), |piece| piece.base < sheet.height * EDGE);
    let bottom =
        rows(sorted.iter().rev().copied(), |piece| piece.base > sheet.height * (1.0 - EDGE));
    let bases: Vec<f64> = sorted.iter().map(|piece| piece.base).collect();
    let edge = |is_top: bool| {
        let bases = &bases;
        move |(nth, row): (usize, Vec<&Piece>)| {
            let (base, size) = row.first().map_or((0.0, 1.0), |piece| (piece.base, piece.size));
            let near = |other: &&f64| (**other - base).abs() > size * 0.4;
            let gap = bases.iter().filter(near).map(|other| (other - base).abs());
            let apart = gap.min_by(f64::total_cmp).is_none_or(|gap| gap > size * 1.7);
            Edge { base, says: says(row), nth, is_top, apart }
        }
    };
    let top = top.into_iter().enumerate().map(edge(true));
    top.chain(bottom.into_iter().enumerate().map(edge(false))).collect()
}

/// The first rows of pieces, as long as they are within the edge.
fn rows<'p>(
    pieces: impl Iterator<Item = &'p Piece>,
    within: impl Fn(&Piece) -> bool,
) -> Vec<Vec<&'p Piece>> {
    let mut rows: Vec<Vec<&Piece>> = Vec::new();
    for piece in pieces.take_while(|piece| within(piece)) {
        let level = rows.last().and_then(|row| row.first()).is_some_and(|first| {
            (first.base - piece.base).abs() < first.size.max(piece.size) * 0.4
        });
        if !level && rows.len() == LINES {
            break;
        }
        match rows.last_mut().filter(|_| level) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    rows
}

/// What a row says, all numbers alike.
fn says(mut row: Vec<&Piece>) -> String {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut said = String::new();
    for letter in row.iter().flat_map(|piece| piece.text().chars().collect::<Vec<_>>()) {
        if letter.is_ascii_digit() {
            if !said.ends_with('#') {
                said.push('#');
            }
        } else if !letter.is_whitespace() {
            said.extend(letter.to_lowercase());
        }
    }
    said.chars().take(120).collect()
}

/// Whether a row is the number of a page and nothing else: `12`, `– 12 –`, `12 / 30`, `第 12 页`, `xii`.
fn is_number(said: &str) -> bool {
    let roman = !said.is_empty() && said.len() <= 5 && said.chars().all(|c| "ivxl".contains(c));
    let rest = said.trim_matches(|c: char| "-–—·|.()[]".contains(c));
    let rest = rest.strip_prefix("page").or_else(|| rest.strip_prefix('第')).unwrap_or(rest);
    let rest = rest.strip_suffix('页').or_else(|| rest.strip_suffix('頁')).unwrap_or(rest);
    roman || matches!(rest, "#" | "#/#" | "#of#" | "#／#" | "#页/共#" | "#页共#")
}
