//! Pictures in a text that is read: their rows come and go, what is read stays where it is.

use super::{Goal, Reader, Target};
use crate::text::PictureRows;

impl Reader {
    /// Gives these pictures their rows in a layout that stays; what is read stays where it is. Whether
    /// anything is another than before.
    pub(super) fn place_pictures(&mut self, pictures: &[PictureRows]) -> bool {
        if self.pictures == pictures {
            return false;
        }
        let anchored = self.anchor.take().filter(|&(_, top)| top == self.top);
        let line = self.layout.lines.get(self.top);
        let row = line.and_then(|line| line.picture);
        let (block, offset) = self.place();
        // A picture that is the first thing in view is seen when it comes.
        let heads = self.layout.first_line.get(block) == Some(&self.top);
        self.layout.set_pictures(pictures);
        self.pictures = pictures.to_vec();
        self.top = self.line_of_row(block, offset, row.or(heads.then_some(0)));
        self.anchor = anchored.map(|(place, _)| (place, self.top));
        true
    }

    /// The line of a place, or, of a picture, of this row of it.
    pub(super) fn line_of_row(&self, block: usize, offset: usize, row: Option<u16>) -> usize {
        let rows = self.pictures_rows(block);
        match (row, self.layout.first_line.get(block)) {
            (Some(row), Some(first)) if rows > 0 => first + usize::from(row.min(rows - 1)),
            _ => self.layout.line_of(block, offset),
        }
    }

    /// How many rows the picture of this block has.
    fn pictures_rows(&self, block: usize) -> u16 {
        self.picture(block).map_or(0, |picture| picture.rows)
    }

    /// The size in cells of the picture of this block, where it has rows.
    #[must_use]
    pub fn picture(&self, block: usize) -> Option<PictureRows> {
        let found = self.pictures.binary_search_by_key(&block, |picture| picture.block);
        found.ok().and_then(|at| self.pictures.get(at)).copied()
    }

    /// Whether a target is a picture that nobody would go to.
    pub(super) fn is_dull(&self, target: &Target) -> bool {
        matches!(target.goal, Goal::Picture(block) if self.dull.binary_search(&block).is_ok())
    }

    /// The line where a target is marked: of a picture the first one in view.
    #[must_use]
    pub fn spot(&self, target: &Target) -> usize {
        let line = self.line_of(target);
        match target.goal {
            Goal::Picture(block) => {
                let first = self.layout.first_line.get(block).copied().unwrap_or(line);
                first.max(self.top.min(line))
            }
            Goal::Link(_) | Goal::Time(_) | Goal::Fold => line,
        }
    }
}
