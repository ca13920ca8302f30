//! Writing text into cells: by grapheme, never over the end, with the width that the user's terminal
//! gives to characters of ambiguous width.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Ambiguous, width};

/// A buffer that text is written into.
pub(crate) struct Cells<'a> {
    pub(crate) ambiguous: Ambiguous,
    pub(crate) buffer: &'a mut Buffer,
}

impl Cells<'_> {
    /// Columns that this text takes.
    pub(crate) fn width(&self, text: &str) -> u16 {
        u16::try_from(width(text, self.ambiguous)).unwrap_or(u16::MAX)
    }

    /// Writes text from this cell on, at most `room` columns; cut with `…`. The column after it.
    pub(crate) fn put(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        if self.width(text) <= room {
            return self.write(x, y, room, text, style);
        }
        let cut = crate::text::truncate(text, usize::from(room), self.ambiguous);
        self.write(x, y, room, &cut, style)
    }

    /// Writes text from this cell on; what does not fit into `room` columns is left out.
    pub(crate) fn write(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        let end = x.saturating_add(room).min(area.x + area.width);
        if y < area.y || y >= area.y + area.height {
            return x;
        }
        let mut at = x;
        for grapheme in text.graphemes(true) {
            let columns = self.width(grapheme);
            if columns == 0 || grapheme.chars().any(char::is_control) {
                continue;
            }
            if at + columns > end {
                break;
            }
            if let Some(cell) = self.buffer.cell_mut((at, y)) {
                cell.set_symbol(grapheme).set_style(style);
            }
            for behind in at + 1..at + columns {
                if let Some(cell) = self.buffer.cell_mut((behind, y)) {
                    cell.set_symbol(" ").set_style(style);
                }
            }
            at += columns;
        }
        at
    }

    /// Empties an area and gives it this style; a wide character that reaches into it goes as a whole.
    pub(crate) fn clear(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.y..area.bottom() {
            let before = area.x.checked_sub(1).and_then(|x| self.buffer.cell((x, y)));
            if before.is_some_and(|cell| self.width(cell.symbol()) > 1)
                && let Some(cell) = self.buffer.cell_mut((area.x - 1, y))
            {
                cell.set_symbol(" ");
            }
        }
        self.fill(area, ' ', Style::reset());
        self.fill(area, ' ', style);
    }

    /// Fills an area with a character.
    pub(crate) fn fill(&mut self, area: Rect, with: char, style: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.y..area.y + area.height {
            for x in area.x..area.x + area.width {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.set_char(with).set_style(style);
                }
            }
        }
    }
}
