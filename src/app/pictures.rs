//! Pictures in texts: which are wanted because they are near the view, and which have come. What is
//! far away is let go again, so that a text full of pictures costs what its view costs.

mod near;
mod zoom;

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::{Effect, Reader, State, Ticket};
use crate::lang::Notice;
use crate::text::{BlockKind, Document, LayoutOptions, PictureRows, picture_cells};

pub(super) use self::near::{plan, zoomed};
pub(super) use self::zoom::{click, zoom};

/// A picture ready to be put on the screen, as cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Its address.
    pub src: String,
    /// Its own width and height, in pixels.
    pub original: (u32, u32),
    /// Columns that it takes.
    pub columns: u16,
    /// Rows that it takes.
    pub rows: u16,
    /// The cells as the terminal shows them best: each row stands for itself, so that any part of the
    /// picture can be shown. `None` where half blocks are the best.
    pub cells: Option<Buffer>,
    /// The same as half blocks, for where something lies over a part of it.
    pub blocks: Buffer,
    /// What the terminal has to be given before `cells` show anything.
    pub image: Option<TerminalImage>,
}

/// An image that a terminal keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalImage {
    /// Its number in the terminal.
    pub id: u32,
    /// The escape sequence that gives it to the terminal.
    pub transmit: String,
    /// Where it has to be put over the cells by an order of its own: its width and the height of one
    /// row of cells, in pixels. Else its cells name it.
    pub placed: Option<(u32, u32)>,
}

/// What is known of a picture before its pixels are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Its width and height, in pixels.
    Size(u32, u32),
    /// An icon or a counting pixel.
    Small,
    /// It did not come, at this tick (ms).
    Failed(u64),
}

/// A request under way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    src: String,
    /// Columns and rows that it has to fit into.
    fit: (u16, u16),
}

/// A picture that has come.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    picture: Arc<Picture>,
    /// What it takes in memory, in bytes.
    weight: usize,
}

/// The pictures of the texts that are open.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// Whether they are shown; else only their captions are.
    pub shown: bool,
    /// Width and height of a cell in pixels; `None` where no picture can be shown.
    pub cell: Option<(u16, u16)>,
    known: BTreeMap<String, Known>,
    /// Those that have come, the newest last.
    here: Vec<Held>,
    asked: BTreeMap<Ticket, Asked>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            shown: true,
            cell: None,
            known: BTreeMap::new(),
            here: Vec::new(),
            asked: BTreeMap::new(),
        }
    }
}

/// Pictures with a shorter side are icons or counting pixels.
const SMALLEST: u32 = 32;
/// Pictures that are kept though they are not near the view, in bytes.
const MOST: usize = 48 << 20;
/// A picture that did not come is asked for again after so many ms.
const AGAIN: u64 = 60_000;
/// Addresses that something is remembered of.
const ADDRESSES: usize = 10_000;
/// Rows of a picture that is much taller than wide and looked at alone.
const STRIP: u16 = 200;

/// Whether a picture may stand at this address.
pub(super) fn is_address(src: &str) -> bool {
    ["http://", "https://", "file:"].iter().any(|scheme| src.starts_with(scheme))
}

/// The blocks of a text that are pictures with an address.
pub(super) fn images(document: &Document) -> Vec<usize> {
    let is_image =
        |kind: &BlockKind| matches!(kind, BlockKind::Image { src, .. } if is_address(src));
    let blocks = document.blocks.iter().enumerate();
    blocks.filter(|(_, block)| is_image(&block.kind)).map(|(index, _)| index).collect()
}

/// The address of the picture that a block is.
pub(super) fn address(document: &Document, block: usize) -> Option<&str> {
    match &document.blocks.get(block)?.kind {
        BlockKind::Image { src, .. } => Some(src),
        _ => None,
    }
}

impl Pictures {
    /// The size of a cell, where pictures are to be seen.
    fn seen(&self) -> Option<(u16, u16)> {
        self.cell.filter(|_| self.shown)
    }

    /// The picture of this address in this size, if it is here.
    #[must_use]
    pub fn find(&self, src: &str, columns: u16, rows: u16) -> Option<&Arc<Picture>> {
        let mut here = self.here.iter().map(|held| &held.picture);
        here.find(|p| (p.columns, p.rows) == (columns, rows) && p.src == src)
    }

    /// What the terminal has to be given for the pictures that are here.
    pub fn images(&self) -> impl Iterator<Item = &TerminalImage> {
        self.here.iter().filter_map(|held| held.picture.image.as_ref())
    }

    /// The cells that a picture may take at most in a text of this width and a view of so many rows.
    fn fit(&self, reader: &Reader, block: usize, room: Room) -> (u16, u16) {
        let indent = reader.document.blocks.get(block).map_or(0, |block| {
            u16::from(block.quote).saturating_mul(2) + u16::from(block.list).saturating_mul(3)
        });
        let columns = room.columns.saturating_sub(indent.min(room.columns / 2)).max(1);
        let rows = if room.alone { room.rows.saturating_sub(2) } else { room.rows / 3 * 2 };
        let rows = rows.max(2);
        let known = address(&reader.document, block).and_then(|src| self.known.get(src));
        match (known, self.cell) {
            // Much taller than the view: as wide as it can be, and scrolled through.
            (Some(Known::Size(width, height)), Some(cell)) if room.alone => {
                let fitting = picture_cells((*width, *height), (columns, rows), cell);
                if fitting.0 < columns / 4 { (columns, rows.max(STRIP)) } else { (columns, rows) }
            }
            _ => (columns, rows),
        }
    }

    /// The rows of the pictures of a text whose sizes are known.
    pub(super) fn rows(&self, reader: &Reader, room: Room) -> Vec<PictureRows> {
        let Some(cell) = self.seen() else { return Vec::new() };
        let rows_of = |&block: &usize| {
            let src = address(&reader.document, block)?;
            let Some(Known::Size(width, height)) = self.known.get(src) else { return None };
            let fit = self.fit(reader, block, room);
            let (columns, rows) = picture_cells((*width, *height), fit, cell);
            Some(PictureRows { block, columns, rows })
        };
        reader.images.iter().filter_map(rows_of).collect()
    }

    /// The pictures of a text that are not worth going to.
    pub(super) fn dull(&self, reader: &Reader) -> Vec<usize> {
        let is_dull = |block: &usize| {
            let known = address(&reader.document, *block).and_then(|src| self.known.get(src));
            self.cell.is_none() || matches!(known, Some(Known::Small))
        };
        reader.images.iter().copied().filter(is_dull).collect()
    }

    /// Lays a text out with its pictures; whether anything is another than before.
    pub(super) fn relayout(
        &self,
        reader: &mut Reader,
        options: LayoutOptions,
        rows: usize,
    ) -> bool {
        let tall = u16::try_from(rows).unwrap_or(u16::MAX);
        let room = Room { columns: options.width, rows: tall, alone: false };
        reader.dull = self.dull(reader);
        let pictures = self.rows(reader, room);
        reader.relayout_with(options, rows, pictures)
    }

    /// What a picture takes in memory, in bytes.
    fn weight(picture: &Picture) -> usize {
        let cells = usize::from(picture.columns) * usize::from(picture.rows);
        let strings = picture.cells.iter().flat_map(|buffer| &buffer.content);
        let longer = strings.map(|cell| cell.symbol().len()).filter(|length| *length > 24);
        let image = picture.image.as_ref().map_or(0, |image| image.transmit.len());
        cells * 100 + longer.sum::<usize>() + image
    }
}

/// The room that a text gives its pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Columns of its lines.
    pub(super) columns: u16,
    /// Rows of its view.
    pub(super) rows: u16,
    /// The picture is looked at alone.
    pub(super) alone: bool,
}

/// Shows pictures, or only their captions.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    if state.pictures.cell.is_none() {
        state.say(Notice::NoPictures);
        return Vec::new();
    }
    state.pictures.shown = !state.pictures.shown;
    state.pictures.known.retain(|_, known| !matches!(known, Known::Failed(_)));
    state.say(Notice::Pictures(state.pictures.shown));
    let value = if state.pictures.shown { "shown" } else { "captions" };
    vec![Effect::Remember { key: "pictures", value: value.to_owned() }]
}

/// The cells of the terminal have this size; pictures for others are of no use.
pub(super) fn cells_are(state: &mut State, cell: (u16, u16)) -> Vec<Effect> {
    let pictures = &mut state.pictures;
    if pictures.cell == Some(cell) {
        return Vec::new();
    }
    pictures.cell = Some(cell);
    pictures.here.clear();
    let asked: Vec<Ticket> = std::mem::take(&mut pictures.asked).into_keys().collect();
    if asked.is_empty() { Vec::new() } else { vec![Effect::CancelPictures(asked)] }
}

/// A picture has come, or not; one that nobody waits for any more is dropped.
pub(super) fn came(state: &mut State, ticket: Ticket, came: Result<Picture, String>) {
    let now = state.now;
    let pictures = &mut state.pictures;
    let Some(asked) = pictures.asked.remove(&ticket) else { return };
    if pictures.known.len() >= ADDRESSES {
        pictures.known.clear();
    }
    match came {
        Ok(picture) => {
            let (width, height) = picture.original;
            if width.min(height) < SMALLEST {
                pictures.known.insert(asked.src, Known::Small);
                return;
            }
            pictures.known.insert(asked.src, Known::Size(width, height));
            let same = |held: &Held| {
                let p = &held.picture;
                (&p.src, p.columns, p.rows) == (&picture.src, picture.columns, picture.rows)
            };
            pictures.here.retain(|held| !same(held));
            let weight = Pictures::weight(&picture);
            pictures.here.push(Held { picture: Arc::new(picture), weight });
        }
        Err(_) => {
            pictures.known.insert(asked.src, Known::Failed(now));
        }
    }
}
