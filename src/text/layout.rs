//! A document as lines of one width. Laid out once per width and then only sliced: drawing costs what
//! is visible, whatever the length of the text.

mod breaks;
mod indent;
mod pictures;
mod runs;
mod table;
mod wrap;

use super::document::{Block, BlockKind, Document, SpanStyle};
use super::width::{Ambiguous, width};
use crate::model::Millis;
use indent::Indents;
use runs::Piece;
use wrap::wrap;

pub use pictures::{PictureRows, picture_cells, picture_pixels, scaled_picture};

/// What a layout depends on besides the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LayoutOptions {
    /// Columns to fill; 0 counts as 1.
    pub width: u16,
    /// How wide the terminal shows characters of open width.
    pub ambiguous: Ambiguous,
}

/// The lines of a document at one width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// All lines from top to bottom. None is wider than asked for but lines of code, which are as long
    /// as they are, and lines with one character that is wider than the whole width.
    pub lines: Vec<Line>,
    /// For each block of the document the index of its first line.
    pub first_line: Vec<usize>,
}

/// One line on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The block that it shows; an empty line belongs to the block above it.
    pub block: usize,
    /// Byte offset in that block's [`Block::plain_text`] of the first character on the line: a place
    /// that survives a new width. Within a block it never falls from line to line, but in tables.
    pub start: usize,
    /// What is on the line, from left to right.
    pub runs: Vec<Run>,
    /// The row of a picture that this line is, from the top of the picture; its runs are only what
    /// stands at the left of the picture.
    pub picture: Option<u16>,
}

/// A piece of a line that looks the same throughout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// What is shown. Unless the kind is a decoration, exactly the bytes `start..start + text.len()`
    /// of the block's plain text.
    pub text: String,
    /// What it is.
    pub kind: RunKind,
    /// How it is set off.
    pub style: SpanStyle,
    /// Index into [`Document::links`].
    pub link: Option<usize>,
    /// The time in the recording that it names.
    pub time_ms: Option<Millis>,
    /// Byte offset in the block's plain text; of a decoration, of the text that it stands before.
    pub start: usize,
}

/// What a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RunKind {
    /// Running text.
    #[default]
    Text,
    /// A heading of level 1–6.
    Heading(u8),
    /// A line of preformatted text.
    Code,
    /// The caption of a picture, or its alternative text.
    Caption,
    /// A heading of a table.
    TableHead,
    /// Decoration: the bar beside a quote.
    Quote,
    /// Decoration: the mark of a list item.
    Marker,
    /// Decoration: empty columns at the left, between the cells of a table, or in place of a tab.
    Space,
    /// Decoration: a rule.
    Rule,
    /// Decoration: a line between the cells of a table.
    TableBorder,
    /// Decoration: the name of a column beside a value of a table that is too wide to be one.
    TableLabel,
    /// Decoration: the mark before the caption of a picture.
    Picture,
}

impl RunKind {
    /// Whether the run stands for no text of the document.
    #[must_use]
    pub fn is_decoration(self) -> bool {
        match self {
            RunKind::Text
            | RunKind::Heading(_)
            | RunKind::Code
            | RunKind::Caption
            | RunKind::TableHead => false,
            RunKind::Quote
            | RunKind::Marker
            | RunKind::Space
            | RunKind::Rule
            | RunKind::TableBorder
            | RunKind::TableLabel
            | RunKind::Picture => true,
        }
    }
}

impl Layout {
    /// The line on which the byte `offset` of the plain text of `block` is shown; the nearest before
    /// it if it is not shown (a space at a line end). 0 if there is no such block.
    #[must_use]
    pub fn line_of(&self, block: usize, offset: usize) -> usize {
        let Some(first) = self.first_line.get(block).copied() else { return 0 };
        let end = self.first_line.get(block + 1).copied().unwrap_or(self.lines.len());
        let lines = self.lines.get(first..end).unwrap_or_default();
        let holds = |run: &Run| {
            !run.kind.is_decoration() && run.start <= offset && offset < run.start + run.text.len()
        };
        // Lines of running text ascend; rows of a table do not, so their runs are asked.
        let found = if lines.is_sorted_by_key(|line| line.start) {
            lines.partition_point(|line| line.start <= offset).saturating_sub(1)
        } else {
            lines.iter().position(|line| line.runs.iter().any(holds)).unwrap_or(0)
        };
        first + found
    }
}

/// Lays `document` out. Works at every width from 1; linear in the size of the document.
#[must_use]
pub fn layout(document: &Document, options: &LayoutOptions) -> Layout {
    let mut page = Page {
        columns: usize::from(options.width.max(1)),
        ambiguous: options.ambiguous,
        indents: Indents::new(options.ambiguous),
        layout: Layout::default(),
    };
    let mut before: Option<&Block> = None;
    for (index, block) in document.blocks.iter().enumerate() {
        if let Some(before) = before
            && is_parted(before, block)
        {
            page.empty_line(index, before.quote.min(block.quote));
        }
        page.layout.first_line.push(page.layout.lines.len());
        page.block(index, block);
        before = Some(block);
    }
    page.layout
}

/// Whether an empty line stands between two blocks: not between the items of a list, nor between the
/// lowest heading and the list that it heads.
fn is_parted(above: &Block, below: &Block) -> bool {
    if above.kind == BlockKind::Heading(6) && above.list == 0 && below.list > 0 {
        return above.quote != below.quote;
    }
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
    let in_one_list = above.list > 0 && below.list > 0 && above.quote == below.quote;
    !in_one_list || is_heading(above) || is_heading(below)
}

struct Page {
    columns: usize,
    ambiguous: Ambiguous,
    indents: Indents,
    layout: Layout,
}

impl Page {
    fn empty_line(&mut self, below: usize, quotes: u8) {
        let block = below.saturating_sub(1);
        let start = self.layout.lines.last().map_or(0, |line| match line.runs.last() {
            Some(run) if !run.kind.is_decoration() => run.start + run.text.len(),
            _ => line.start,
        });
        // The bar of a quote goes on between its paragraphs.
        let runs = self.indents.between(quotes, self.columns, start);
        self.layout.lines.push(Line { block, start, runs, picture: None });
    }

    fn block(&mut self, index: usize, block: &Block) {
        let (first, rest) = self.indents.of(block, self.columns);
        let room = self.columns.saturating_sub(rest.columns).max(1);
        let mut lines: Vec<Vec<Run>> = match &block.kind {
            BlockKind::Paragraph => self.spans(block, RunKind::Text, room),
            BlockKind::Heading(level) => self.spans(block, RunKind::Heading(*level), room),
            BlockKind::Code { text, .. } => runs::code(text, self.ambiguous),
            BlockKind::Table(table) => table::table(table, room, self.ambiguous),
            BlockKind::Rule => vec![vec![Run {
                text: runs::rule(room, self.ambiguous),
                kind: RunKind::Rule,
                ..Run::default()
            }]],
            BlockKind::PageMark { page, of } => vec![vec![Run {
                text: runs::page_mark(*page, *of, room, self.ambiguous),
                kind: RunKind::Rule,
                ..Run::default()
            }]],
            BlockKind::Image { .. } => self.image(block, room),
        };
        if lines.is_empty() {
            lines.push(Vec::new());
        }
        let mut last = 0;
        for (i, line) in lines.into_iter().enumerate() {
            let text = line.iter().find(|run| !run.kind.is_decoration()).or(line.first());
            let start = text.map_or(last, |run| run.start);
            last = start;
            let prefix = if i == 0 { &first } else { &rest };
            let mut runs = prefix.runs(start);
            runs.extend(line);
            self.layout.lines.push(Line { block: index, start, runs, picture: None });
        }
    }

    fn spans(&self, block: &Block, kind: RunKind, room: usize) -> Vec<Vec<Run>> {
        let piece = Piece::new(&block.spans, kind, 0);
        let lines = wrap(&piece.text, room, room, self.ambiguous);
        lines.into_iter().map(|range| piece.runs(range)).collect()
    }

    fn image(&self, block: &Block, room: usize) -> Vec<Vec<Run>> {
        let piece = Piece::new(&block.spans, RunKind::Caption, 0);
        // A linked picture without words is its own mark.
        let mark = if piece.text.starts_with('▣') { "" } else { "▣ " };
        let wide = width(mark, self.ambiguous);
        let hang = if wide + 2 <= room { wide } else { 0 };
        let left = room - hang;
        let decorated = |i: usize, mut runs: Vec<Run>| {
            let start = runs.first().map_or(0, |run| run.start);
            let (text, kind) = match i {
                0 => (mark.trim_end_matches(if hang == 0 { ' ' } else { '\0' }), RunKind::Picture),
                _ => (if hang == 0 { "" } else { "  " }, RunKind::Space),
            };
            if !text.is_empty() && !mark.is_empty() {
                runs.insert(0, Run { text: text.to_owned(), kind, start, ..Run::default() });
            }
            runs
        };
        let lines = wrap(&piece.text, left, left, self.ambiguous);
        if hang == 0 && !mark.is_empty() && !piece.text.is_empty() {
            let mut all = vec![decorated(0, Vec::new())];
            all.extend(lines.into_iter().map(|range| piece.runs(range)));
            return all;
        }
        lines.into_iter().enumerate().map(|(i, range)| decorated(i, piece.runs(range))).collect()
    }
}

#[cfg(test)]
mod tests;
