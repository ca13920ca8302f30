//! Rows for pictures: each picture that can be shown gets rows above its caption, in a layout that was
//! made without them.

use super::{Layout, Line, Run, RunKind};

/// The place of a picture in a text, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PictureRows {
    /// The block that it is.
    pub block: usize,
    /// How wide it is shown.
    pub columns: u16,
    /// How tall it is shown.
    pub rows: u16,
}

/// The size in pixels at which a picture is shown: at most `fit` (width, height), its shape kept, never
/// enlarged, at least 1 × 1.
#[must_use]
pub fn scaled_picture(original: (u32, u32), fit: (u32, u32)) -> (u32, u32) {
    let (width, height) = (u64::from(original.0.max(1)), u64::from(original.1.max(1)));
    let (most_wide, most_tall) = (u64::from(fit.0.max(1)), u64::from(fit.1.max(1)));
    let side = |number: u64| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
    if width <= most_wide && height <= most_tall {
        return (side(width), side(height));
    }
    // Which side has to shrink more decides.
    if width * most_tall >= height * most_wide {
        (side(most_wide), side((height * most_wide + width / 2) / width))
    } else {
        (side((width * most_tall + height / 2) / height), side(most_tall))
    }
}

/// The size in cells of a picture: at most `fit` (columns, rows) cells of `cell` pixels each.
#[must_use]
pub fn picture_cells(original: (u32, u32), fit: (u16, u16), cell: (u16, u16)) -> (u16, u16) {
    let (width, height) = scaled_picture(original, picture_pixels(fit, cell));
    let cells = |pixels: u32, cell: u16, most: u16| {
        u16::try_from(pixels.div_ceil(u32::from(cell.max(1)))).unwrap_or(most).clamp(1, most.max(1))
    };
    (cells(width, cell.0, fit.0), cells(height, cell.1, fit.1))
}

/// The pixels of so many cells (columns, rows).
#[must_use]
pub fn picture_pixels(cells: (u16, u16), cell: (u16, u16)) -> (u32, u32) {
    let side = |cells: u16, cell: u16| u32::from(cells.max(1)) * u32::from(cell.max(1));
    (side(cells.0, cell.0), side(cells.1, cell.1))
}

impl Layout {
    /// Gives these pictures (ascending by block) their rows, and takes the rows of all others away. A
    /// row of a picture is indented as its caption is.
    pub fn set_pictures(&mut self, pictures: &[PictureRows]) {
        let mut wanted = pictures.iter().peekable();
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut begun = None;
        for line in std::mem::take(&mut self.lines) {
            if line.picture.is_some() {
                continue;
            }
            let first = line.block;
            // An empty line above a block belongs to the block before: the first line that is the
            // block's own is where its rows go.
            if begun != Some(first) {
                begun = Some(first);
                while wanted.next_if(|picture| picture.block < first).is_some() {}
                if let Some(picture) = wanted.next_if(|picture| picture.block == first) {
                    lines.extend((0..picture.rows).map(|row| row_of(&line, row)));
                }
            }
            lines.push(line);
        }
        self.lines = lines;
        self.find_first_lines();
    }

    /// Finds the first line of every block again.
    fn find_first_lines(&mut self) {
        let mut found = vec![None; self.first_line.len()];
        for (index, line) in self.lines.iter().enumerate() {
            if let Some(slot @ None) = found.get_mut(line.block) {
                *slot = Some(index);
            }
        }
        let mut last = self.lines.len();
        for (slot, found) in self.first_line.iter_mut().zip(found).rev() {
            last = found.unwrap_or(last);
            *slot = last;
        }
    }
}

/// A row of the picture above this line.
fn row_of(caption: &Line, row: u16) -> Line {
    let left = |run: &&Run| matches!(run.kind, RunKind::Quote | RunKind::Space | RunKind::Marker);
    let runs = caption.runs.iter().take_while(left).map(|run| match run.kind {
        // The mark of an item stands once, at its caption.
        RunKind::Marker => {
            Run { text: " ".repeat(run.text.chars().count()), kind: RunKind::Space, ..run.clone() }
        }
        _ => run.clone(),
    });
    Line { picture: Some(row), runs: runs.collect(), ..caption.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{LayoutOptions, from_markdown, layout};

    #[test]
    fn a_picture_shrinks_to_its_room_and_keeps_its_shape() {
        assert_eq!(scaled_picture((1200, 600), (400, 900)), (400, 200));
        assert_eq!(scaled_picture((600, 1200), (900, 400)), (200, 400));
        assert_eq!(scaled_picture((300, 200), (900, 900)), (300, 200));
        assert_eq!(scaled_picture((u32::MAX, 1), (10, 10)), (10, 1));
        assert_eq!(scaled_picture((0, 0), (0, 0)), (1, 1));
        assert_eq!(picture_cells((1200, 600), (40, 30), (10, 20)), (40, 10));
        assert_eq!(picture_cells((95, 41), (40, 30), (10, 20)), (10, 3));
        assert_eq!(picture_cells((9, 9), (0, 0), (0, 0)), (1, 1));
    }

    #[test]
    fn rows_come_above_the_caption_and_go_without_a_trace() {
        let text =
            "a\n\n![one](https://a.example/1.png)\n\n> ![two](https://a.example/2.png)\n\nb\n";
        let document = from_markdown(text, None);
        let options = LayoutOptions { width: 30, ..LayoutOptions::default() };
        let plain = layout(&document, &options);
        let mut pictured = plain.clone();
        let rows = |block, rows| PictureRows { block, columns: 20, rows };
        pictured.set_pictures(&[rows(1, 3), rows(2, 2)]);
        let first = pictured.first_line[1];
        let of_picture: Vec<Option<u16>> =
            pictured.lines[first..first + 4].iter().map(|line| line.picture).collect();
        assert_eq!(of_picture, [Some(0), Some(1), Some(2), None]);
        assert_eq!(pictured.lines.len(), plain.lines.len() + 5);
        // The bar of the quote goes on beside its picture.
        let quoted = &pictured.lines[pictured.first_line[2]];
        assert!(quoted.runs.iter().all(|run| run.kind == RunKind::Quote), "{quoted:?}");
        pictured.set_pictures(&[rows(2, 4)]);
        assert_eq!(pictured.lines.len(), plain.lines.len() + 4);
        pictured.set_pictures(&[]);
        assert_eq!(pictured, plain);
    }
}
