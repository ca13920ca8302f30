//! Pictures in a text: row by row, so that one that is half out of view is cut where the view ends.

use ratatui::layout::Rect;
use ratatui::style::Color;

use super::Canvas;
use crate::app::{Overlay, Reader, TerminalImage, overlay_of};
use crate::text::{BlockKind, Line};

/// A part of an image over the cells of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The image's number in the terminal.
    pub id: u32,
    /// The column of its left side, from 0.
    pub x: u16,
    /// The row of its upper side, from 0.
    pub y: u16,
    /// How wide it is, in cells.
    pub columns: u16,
    /// How many rows of it are seen.
    pub rows: u16,
    /// The first row of it that is seen.
    pub first: u16,
    /// Its width and the height of one row, in pixels.
    pub pixels: (u32, u32),
}

/// Draws the row of a picture that a line is, from column `x` on, over no column from `end` on. Where
/// the picture has not come yet, an empty frame stands for it.
pub(super) fn draw_row(
    canvas: &mut Canvas<'_>,
    reader: &Reader,
    line: &Line,
    row: u16,
    (x, y): (u16, u16),
    end: u16,
) {
    let Some(place) = reader.picture(line.block) else { return };
    let Some(block) = reader.document.blocks.get(line.block) else { return };
    let BlockKind::Image { src, .. } = &block.kind else { return };
    let room = end.saturating_sub(x).min(place.columns);
    let state = canvas.state;
    let Some(picture) = state.pictures.find(src, place.columns, place.rows) else {
        frame(canvas, (x, y), room, row, place.rows);
        return;
    };
    let whole = room == place.columns && !is_covered(canvas, Rect::new(x, y, room, 1));
    if let Some(image) = picture.image.as_ref().filter(|_| whole) {
        put(canvas, image, (x, y), row, place.columns);
    }
    let cells = picture.cells.as_ref().filter(|_| whole).unwrap_or(&picture.blocks);
    for column in 0..room {
        let from = cells.cell((column, row));
        if let (Some(from), Some(to)) = (from, canvas.buffer.cell_mut((x + column, y))) {
            let ground = to.bg;
            to.clone_from(from);
            // Where the picture is clear, the theme's ground shows through.
            if to.bg == Color::Reset {
                to.bg = ground;
            }
        }
    }
}

/// One more row of an image is seen; rows that follow each other are one part of it.
fn put(canvas: &mut Canvas<'_>, image: &TerminalImage, (x, y): (u16, u16), row: u16, columns: u16) {
    let Some(pixels) = image.placed else { return };
    if let Some(last) = canvas.placed.last_mut()
        && (last.id, last.x) == (image.id, x)
        && (last.y + last.rows, last.first + last.rows) == (y, row)
    {
        last.rows += 1;
        return;
    }
    canvas.placed.push(Placed { id: image.id, x, y, columns, rows: 1, first: row, pixels });
}

/// Whether something that lies in front covers a part of this. Half blocks can be covered by anything;
/// what a terminal draws as an image cannot.
fn is_covered(canvas: &Canvas<'_>, place: Rect) -> bool {
    let state = canvas.state;
    let writes = state.prompt.as_ref().is_some_and(|prompt| prompt.line.has_lines());
    if writes || state.snips.adjusting.is_some() {
        return true;
    }
    match &state.overlay {
        None | Some(Overlay::Hints { .. }) => false,
        Some(Overlay::Picture(..)) => !canvas.in_front,
        Some(Overlay::ConfirmUnsubscribe(..)) => true,
        Some(_) => {
            let front = overlay_of(state);
            let around = Rect {
                x: front.x.saturating_sub(1),
                y: front.y.saturating_sub(1),
                width: front.width.saturating_add(2),
                height: front.height.saturating_add(2),
            };
            around.intersects(place)
        }
    }
}

/// A row of the frame that stands for a picture on its way.
fn frame(canvas: &mut Canvas<'_>, (x, y): (u16, u16), width: u16, row: u16, rows: u16) {
    let style = canvas.theme.faint;
    let mut cells = canvas.cells();
    let last = width.saturating_sub(1);
    let (left, line, right) = match row {
        0 => ('╭', '─', '╮'),
        _ if row + 1 == rows => ('╰', '─', '╯'),
        _ => ('│', ' ', '│'),
    };
    let at = |x, width| Rect { x, y, width, height: 1 };
    if line != ' ' {
        cells.fill(at(x, width), line, style);
    }
    cells.fill(at(x, width.min(1)), left, style);
    cells.fill(at(x + last, width.min(1)), right, style);
}
