//! How wide the columns of a table are.

use crate::text::layout::runs::{Piece, widest_line};
use crate::text::width::{Ambiguous, clusters};

/// A column is never made narrower than this to fit a table in, nor its words cut up to the second.
const LEAST: usize = 8;
const LONGEST_WORD: usize = 16;
/// Columns of text between two borders at most, where a table is wider than its pane.
const MOST: usize = 40;
/// Columns between two cells.
const BETWEEN: usize = 3;

/// What the columns of a table ask for.
pub(super) struct Columns {
    /// Widths at which no cell is wrapped.
    natural: Vec<usize>,
    /// Widths below which cells are hard to read.
    least: Vec<usize>,
}

impl Columns {
    pub(super) fn of(rows: &[Vec<Piece<'_>>], ambiguous: Ambiguous) -> Columns {
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let (mut natural, mut least) = (vec![1; count], vec![1; count]);
        for row in rows {
            for ((cell, natural), least) in row.iter().zip(&mut natural).zip(&mut least) {
                let wide = widest_line(&cell.text, ambiguous);
                *natural = wide.max(*natural);
                let word = longest_word(&cell.text, ambiguous).min(LONGEST_WORD);
                *least = wide.min(LEAST.max(word)).max(*least);
            }
        }
        Columns { natural, least }
    }

    pub(super) fn count(&self) -> usize {
        self.natural.len()
    }

    /// The widths within `room`: narrow columns keep theirs, wide ones share what is left. `None` if a
    /// column would become too narrow to read.
    pub(super) fn within(&self, room: usize) -> Option<Vec<usize>> {
        let borders = BETWEEN * (self.natural.len() - 1);
        let left = room.checked_sub(borders)?;
        if self.natural.iter().sum::<usize>() <= left {
            return Some(self.natural.clone());
        }
        let needed: usize = self.least.iter().sum();
        let mut spare = left.checked_sub(needed)?;
        let mut widths = self.least.clone();
        // Those that lack least get what they lack first; the others share evenly.
        let lack = |column: usize| {
            let wanted = self.natural.get(column).copied().unwrap_or(0);
            wanted - self.least.get(column).copied().unwrap_or(0).min(wanted)
        };
        let mut order: Vec<usize> = (0..self.natural.len()).collect();
        order.sort_by_key(|column| lack(*column));
        for (done, column) in order.iter().enumerate() {
            let given = lack(*column).min(spare / (order.len() - done));
            *widths.get_mut(*column)? += given;
            spare -= given;
        }
        Some(widths)
    }

    /// The widths of a table that is wider than its pane: cells are as long as they are, up to what the
    /// eye can follow.
    pub(super) fn wide(&self, room: usize) -> Vec<usize> {
        self.natural.iter().map(|wide| (*wide).min(MOST.min(room))).collect()
    }
}

/// The widest word between spaces or ideographs.
fn longest_word(text: &str, ambiguous: Ambiguous) -> usize {
    let (mut longest, mut word) = (0, 0);
    for (cluster, columns) in clusters(text, ambiguous) {
        let joins =
            cluster.chars().all(|c| c.is_alphanumeric() && columns < 2 || "-_.%/".contains(c));
        word = if joins { word + columns } else { 0 };
        longest = longest.max(word);
    }
    longest
}
