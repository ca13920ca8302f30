//! The strip in which a text of several lines is written.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::ground;
use crate::app::{Line, content, strip_area};
use crate::text::{Ambiguous, width};
use crate::ui::{Canvas, heading};

/// Rows of the strip at least and at most.
const ROWS: (u16, u16) = (3, 12);

/// Draws the strip; where the cursor stands.
pub(super) fn draw(canvas: &mut Canvas<'_>, title: &str, line: &Line) -> (u16, u16) {
    let columns = content(strip_area(canvas.state.size, 1)).width.saturating_sub(2).max(2);
    let laid = lay(line, usize::from(columns), canvas.ambiguous());
    let most = (canvas.state.size.1 / 2).clamp(1, ROWS.1);
    let rows = u16::try_from(laid.rows.len()).unwrap_or(most).clamp(ROWS.0.min(most), most);
    let area = strip_area(canvas.state.size, rows);
    ground(canvas, area);
    heading(canvas, area, title, "", true);
    let inner = content(area);
    let place = Rect { x: inner.x + 1, width: columns, ..inner };
    let height = usize::from(place.height.max(1));
    let top = (laid.cursor.0 + 1).saturating_sub(height);
    let style = canvas.theme.heading.remove_modifier(ratatui::style::Modifier::BOLD);
    let mut cells = canvas.cells();
    for (y, row) in (place.y..place.bottom()).zip(laid.rows.iter().skip(top)) {
        cells.write(place.x, y, place.width, row, style);
    }
    let down = u16::try_from(laid.cursor.0 - top).unwrap_or(0);
    let right = u16::try_from(laid.cursor.1).unwrap_or(0).min(columns.saturating_sub(1));
    (place.x + right, (place.y + down).min(place.bottom().saturating_sub(1)))
}

/// A text cut into rows, and the row and column of the cursor.
struct Laid {
    rows: Vec<String>,
    cursor: (usize, usize),
}

/// Cuts where a row is full: what is written must not jump between rows as one types.
fn lay(line: &Line, columns: usize, ambiguous: Ambiguous) -> Laid {
    let cursor_at = line.before().len();
    let mut laid = Laid { rows: vec![String::new()], cursor: (0, 0) };
    let mut column = 0;
    for (at, grapheme) in line.text().grapheme_indices(true) {
        let shown = if grapheme == "\t" { " " } else { grapheme };
        let wide = if grapheme == "\n" { 0 } else { width(shown, ambiguous) };
        if column + wide > columns {
            laid.rows.push(String::new());
            column = 0;
        }
        if at <= cursor_at {
            laid.cursor = (laid.rows.len() - 1, column);
        }
        if grapheme == "\n" {
            laid.rows.push(String::new());
            column = 0;
        } else if let Some(row) = laid.rows.last_mut() {
            row.push_str(shown);
            column += wide;
        }
    }
    if cursor_at >= line.text().len() {
        if column >= columns {
            laid.rows.push(String::new());
            column = 0;
        }
        laid.cursor = (laid.rows.len() - 1, column);
    }
    laid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_full_and_the_cursor_stands_where_one_writes() {
        let mut line = Line::with_lines("潮汐表abc\n\nx");
        let laid = lay(&line, 6, Ambiguous::Narrow);
        assert_eq!(laid.rows, ["潮汐表", "abc", "", "x"]);
        assert_eq!(laid.cursor, (3, 1));
        line.step_line(-1);
        assert_eq!(lay(&line, 6, Ambiguous::Narrow).cursor, (2, 0));
        line.step(-4);
        assert_eq!(lay(&line, 6, Ambiguous::Narrow).cursor, (1, 0));
        assert_eq!(lay(&Line::with_lines("abcdef"), 6, Ambiguous::Narrow).cursor, (1, 0));
    }
}
