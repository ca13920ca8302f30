//! Pixels to cells: as the terminal shows a picture best, and as half blocks. Every row stands for
//! itself, so that drawing never has to encode anything.

use image::{DynamicImage, RgbaImage, imageops};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::{Image, Resize};

use super::{Trouble, kitty};
use crate::app::{Picture, TerminalImage};
use crate::sandbox::Raster;

/// The cell that kitty puts a part of an image into.
const PLACEHOLDER: char = '\u{10EEEE}';

/// Makes the cells of a picture, on this ground (red, green, blue) where it is transparent. `id` is the
/// number that its image gets in the terminal, where it gets one.
///
/// # Errors
/// When it cannot be encoded.
pub(crate) fn cells_of(
    src: String,
    raster: Raster,
    picker: &Picker,
    ground: (u8, u8, u8),
    id: u32,
) -> Result<Picture, Trouble> {
    let original = raster.original;
    let font = picker.font_size();
    let (wide, tall) = (u32::from(font.width.max(1)), u32::from(font.height.max(1)));
    let (columns, rows) = (raster.width.div_ceil(wide), raster.height.div_ceil(tall));
    let (Ok(columns), Ok(rows)) = (u16::try_from(columns), u16::try_from(rows)) else {
        return Err(Trouble::new("showing a picture: it is too large for the screen"));
    };
    let pixels = RgbaImage::from_raw(raster.width, raster.height, raster.rgba)
        .ok_or_else(|| Trouble::new("showing a picture: pixels are missing"))?;
    let whole = (u32::from(columns) * wide, u32::from(rows) * tall);
    let flat = on_ground(&pixels, whole, ground);
    let size = Size::new(columns, rows);
    let mut half = picker.clone();
    half.set_protocol_type(ProtocolType::Halfblocks);
    let blocks = draw(&half, flat.clone(), size)?;
    let (cells, image) = match picker.protocol_type() {
        ProtocolType::Halfblocks => (None, None),
        ProtocolType::Kitty => {
            // The terminal's own ground shows through.
            let mut clear = RgbaImage::new(whole.0, whole.1);
            imageops::replace(&mut clear, &pixels, 0, 0);
            if picker.tmux_detected() {
                let (cells, image) = named_in_cells(picker, clear, size)?;
                (Some(cells), image)
            } else {
                let image = kitty::image(id, &clear, tall)?;
                (Some(Buffer::empty(Rect::new(0, 0, columns, rows))), Some(image))
            }
        }
        ProtocolType::Sixel | ProtocolType::Iterm2 => (Some(by_rows(picker, &flat, size)?), None),
    };
    Ok(Picture { src, original, columns, rows, cells, blocks, image })
}

/// The picture on a ground that fills whole cells.
fn on_ground(pixels: &RgbaImage, whole: (u32, u32), ground: (u8, u8, u8)) -> DynamicImage {
    let (red, green, blue) = ground;
    let mut flat = RgbaImage::from_pixel(whole.0, whole.1, image::Rgba([red, green, blue, 255]));
    imageops::overlay(&mut flat, pixels, 0, 0);
    DynamicImage::ImageRgba8(flat)
}

/// The cells that the library draws for a picture of just this size.
fn draw(picker: &Picker, picture: DynamicImage, size: Size) -> Result<Buffer, Trouble> {
    let protocol = picker
        .new_protocol(picture, size, Resize::Crop(None))
        .map_err(|err| Trouble::doing("showing a picture", &err))?;
    let area = Rect::new(0, 0, size.width, size.height);
    let mut buffer = Buffer::empty(area);
    Image::new(&protocol).allow_clipping(true).render(area, &mut buffer);
    Ok(buffer)
}

/// Cells that name parts of an image, and the image, which the terminal has to be given first. Its
/// order stands in the first cell, from where it is taken. Within tmux there is no other way; older
/// versions of kitty do not know it.
fn named_in_cells(
    picker: &Picker,
    clear: RgbaImage,
    size: Size,
) -> Result<(Buffer, Option<TerminalImage>), Trouble> {
    let mut cells = draw(picker, DynamicImage::ImageRgba8(clear), size)?;
    let mut image = None;
    if let Some(first) = cells.cell_mut((0, 0)) {
        let symbol = first.symbol().to_owned();
        if let Some(at) = symbol.find(PLACEHOLDER) {
            let (transmit, cell) = symbol.split_at(at);
            first.set_symbol(cell);
            let id = transmit.split_once("i=").map(|(_, rest)| rest);
            let id = id.and_then(|rest| rest.split(',').next()?.parse().ok());
            let transmit = transmit.to_owned();
            image = id.map(|id| TerminalImage { id, transmit, placed: None });
        }
    }
    Ok((cells, image))
}

/// Every row of cells as a picture of its own.
fn by_rows(picker: &Picker, flat: &DynamicImage, size: Size) -> Result<Buffer, Trouble> {
    let tall = u32::from(picker.font_size().height.max(1));
    let mut cells = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    for row in 0..size.height {
        let slice = flat.crop_imm(0, u32::from(row) * tall, flat.width(), tall);
        let drawn = draw(picker, slice, Size::new(size.width, 1))?;
        for column in 0..size.width {
            if let (Some(from), Some(to)) = (drawn.cell((column, 0)), cells.cell_mut((column, row)))
            {
                to.clone_from(from);
            }
        }
    }
    Ok(cells)
}
