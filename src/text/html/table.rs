//! Tables: those of data become tables, those of layout become the blocks they hold.

use html5ever::tokenizer::Tag;

use super::Html;
use super::attributes::{align, value};
use crate::text::document::{Align, Block, BlockKind, Span, Table};

/// Tables in tables deeper than this are read as their text.
const MAX_TABLES: usize = 6;
/// A cell with more text than this is no datum.
const MAX_CELL: usize = 1200;
/// A cell that covers more is read as covering this much.
const MAX_COLUMNS: usize = 64;
const MAX_ROWS: usize = 1000;

/// An open table.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// What stood before the table, put aside.
    outer: Vec<Block>,
    quote: usize,
    list: usize,
    rows: Vec<Vec<Cell>>,
    /// The open cell, whose blocks are gathered in the builder.
    cell: Option<Cell>,
    nested: bool,
    /// For each column how many further rows a cell above reaches into.
    reach: Vec<usize>,
}

#[derive(Debug, Default)]
struct Cell {
    header: bool,
    blocks: Vec<Block>,
    align: Align,
    /// Columns and rows it covers; at least 1 each.
    columns: usize,
    rows: usize,
}

impl Html {
    /// Whether text would stand between the cells of a table.
    pub(super) fn is_between_cells(&self) -> bool {
        self.tables.last().is_some_and(|frame| frame.cell.is_none())
    }

    /// Whether text stands in a cell.
    pub(super) fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(|frame| frame.cell.is_some())
    }

    pub(super) fn open_table(&mut self, tag: &Tag) -> bool {
        match &*tag.name {
            "table" => self.begin_table(),
            "tr" if !self.tables.is_empty() && self.uncounted_tables == 0 => {
                self.end_cell();
                if let Some(frame) = self.tables.last_mut() {
                    frame.rows.push(Vec::new());
                }
            }
            "td" | "th" if !self.tables.is_empty() && self.uncounted_tables == 0 => {
                self.end_cell();
                if let Some(frame) = self.tables.last_mut() {
                    frame.cell = Some(Cell {
                        header: &*tag.name == "th",
                        align: align(tag),
                        blocks: Vec::new(),
                        columns: span(tag, "colspan", MAX_COLUMNS),
                        rows: span(tag, "rowspan", MAX_ROWS),
                    });
                }
            }
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" => self.builder.end_block(),
            _ => return false,
        }
        true
    }

    pub(super) fn close_table(&mut self, name: &str) -> bool {
        match name {
            "table" if self.uncounted_tables > 0 => {
                self.uncounted_tables -= 1;
                self.builder.end_block();
            }
            "table" => self.end_table(),
            "td" | "th" if self.uncounted_tables == 0 => self.end_cell(),
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" => self.builder.end_block(),
            _ => return false,
        }
        true
    }

    pub(super) fn close_all_tables(&mut self) {
        self.uncounted_tables = 0;
        while !self.tables.is_empty() {
            self.end_table();
        }
    }

    fn begin_table(&mut self) {
        self.builder.end_block();
        if self.tables.len() >= MAX_TABLES {
            self.uncounted_tables += 1;
            return;
        }
        if let Some(frame) = self.tables.last_mut() {
            frame.nested = true;
        }
        self.tables.push(Frame {
            outer: std::mem::take(&mut self.builder.blocks),
            quote: std::mem::take(&mut self.builder.quote),
            list: std::mem::take(&mut self.builder.list),
            ..Frame::default()
        });
    }

    fn end_cell(&mut self) {
        self.close_link();
        self.builder.end_block();
        self.builder.heading = None;
        let Some(frame) = self.tables.last_mut() else { return };
        let Some(mut cell) = frame.cell.take() else { return };
        cell.blocks = std::mem::take(&mut self.builder.blocks);
        if frame.rows.is_empty() {
            frame.rows.push(Vec::new());
        }
        let Some(row) = frame.rows.last_mut() else { return };
        // Columns that a cell above covers stay empty in this row.
        while let Some(reach) = frame.reach.get_mut(row.len()).filter(|reach| **reach > 0) {
            *reach -= 1;
            row.push(Cell { header: cell.header, ..Cell::default() });
        }
        let (at, header, columns, rows) = (row.len(), cell.header, cell.columns, cell.rows);
        row.push(cell);
        row.extend((1..columns).map(|_| Cell { header, ..Cell::default() }));
        if rows > 1 && at < MAX_COLUMNS {
            frame.reach.resize(frame.reach.len().max(at + columns), 0);
            frame.reach.iter_mut().skip(at).take(columns).for_each(|reach| *reach = rows - 1);
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        let Some(mut frame) = self.tables.pop() else { return };
        // What stood between the cells goes before the table, as in browsers.
        let stray = std::mem::replace(&mut self.builder.blocks, std::mem::take(&mut frame.outer));
        self.builder.quote = frame.quote;
        self.builder.list = frame.list;
        self.builder.blocks.extend(stray);
        frame.rows.retain(|row| row.iter().any(|cell| !cell.blocks.is_empty()));
        if frame.is_data() {
            let headed = frame.rows.len() > 1
                && frame.rows.first().is_some_and(|row| {
                    row.iter().all(|cell| cell.header || cell.blocks.is_empty())
                });
            let align = frame.sides();
            let rows = frame.rows.into_iter().map(row_spans).collect();
            self.builder.block(BlockKind::Table(Table { headed, rows, align }), Vec::new());
            return;
        }
        let cap = |depth: usize| depth.min(255) as u8;
        for mut block in frame.rows.into_iter().flatten().flat_map(|cell| cell.blocks) {
            block.quote = block.quote.saturating_add(cap(frame.quote)).min(12);
            block.list = block.list.saturating_add(cap(frame.list)).min(12);
            self.builder.blocks.push(block);
        }
    }
}

/// How many columns or rows a cell covers.
fn span(tag: &Tag, name: &str, most: usize) -> usize {
    let written = value(tag, name).and_then(|value| value.trim().parse().ok());
    written.unwrap_or(1).clamp(1, most)
}

impl Frame {
    /// To which side each column is set: as its first datum says, else its heading. Empty if no cell
    /// says anything.
    fn sides(&self) -> Vec<Align> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let side = |column: usize| {
            let cells = || self.rows.iter().filter_map(|row| row.get(column));
            let said = |cell: &&Cell| cell.align != Align::Natural;
            let datum = cells().filter(|cell| !cell.header).find(said);
            datum.or_else(|| cells().find(said)).map_or(Align::Natural, |cell| cell.align)
        };
        let sides: Vec<Align> = (0..columns).map(side).collect();
        if sides.iter().all(|side| *side == Align::Natural) { Vec::new() } else { sides }
    }

    /// At least two columns and two rows of short, plain cells.
    fn is_data(&self) -> bool {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let filled = |row: &&Vec<Cell>| row.iter().filter(|c| !c.blocks.is_empty()).count() > 1;
        let several = self.rows.iter().filter(filled).count();
        columns > 1
            && (self.rows.len() > 1 || self.rows.iter().flatten().any(|c| c.header))
            && several * 2 > self.rows.len()
            && !self.nested
            && self.rows.iter().flatten().all(Cell::is_datum)
    }
}

impl Cell {
    fn is_datum(&self) -> bool {
        let plain = |block: &Block| match block.kind {
            BlockKind::Paragraph | BlockKind::Heading(_) => true,
            BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Rule
            | BlockKind::PageMark { .. }
            | BlockKind::Image { .. } => false,
        };
        let length: usize =
            self.blocks.iter().flat_map(|block| &block.spans).map(|span| span.text.len()).sum();
        self.blocks.iter().all(plain) && length <= MAX_CELL
    }
}

/// The cells of a row as spans; blocks within one are parted by line breaks.
fn row_spans(row: Vec<Cell>) -> Vec<Vec<Span>> {
    let cell_spans = |cell: Cell| {
        let mut spans: Vec<Span> = Vec::new();
        for block in cell.blocks {
            if !spans.is_empty() {
                spans.push(Span { text: "\n".into(), ..Span::default() });
            }
            spans.extend(block.spans);
        }
        spans
    };
    row.into_iter().map(cell_spans).collect()
}
