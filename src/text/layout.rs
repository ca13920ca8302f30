//! A document as lines of one width. Laid out once per width and then only sliced: drawing costs what
//! is visible, whatever the length of the text.

mod breaks;
mod indent;
mod lines;
mod pictures;
mod punctuation;
mod runs;
mod spacing;
mod table;
mod wide;
mod word;
mod wrap;

use std::collections::BTreeSet;

use super::document::{Block, BlockKind, Document, SpanStyle, TokenKind};
use super::width::{Ambiguous, width};
use crate::model::Millis;
use indent::Indents;
use lines::Setter;
use runs::Piece;
pub use wide::Wide;

pub use pictures::{PictureRows, picture_cells, picture_pixels, scaled_picture};

/// What a layout depends on besides the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "choices that do not depend on each other")]
pub struct LayoutOptions {
    /// Columns to fill; 0 counts as 1.
    pub width: u16,
    /// How wide the terminal shows characters of open width.
    pub ambiguous: Ambiguous,
    /// A column is shown between an ideograph and a Latin letter or digit where the author left none.
    pub spacing: bool,
    /// The ends of lines of running text are even.
    pub justify: bool,
    /// Empty rows between lines of running text, 0–2.
    pub line_spacing: u8,
    /// The first lines of Chinese paragraphs are indented by two ideographs.
    pub indent: bool,
    /// Tables that no pane can hold keep their width and are scrolled sideways; else they are stacked.
    pub sideways: bool,
}

impl LayoutOptions {
    /// The same for a text of short lines, such as a transcript: without empty rows, indentation and
    /// even ends.
    #[must_use]
    pub fn of_lines(self) -> LayoutOptions {
        LayoutOptions { justify: false, line_spacing: 0, indent: false, ..self }
    }
}

/// The lines of a document at one width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// All lines from top to bottom. None is wider than asked for but lines of code, which are as long
    /// as they are, and lines with one character that is wider than the whole width.
    pub lines: Vec<Line>,
    /// The blocks that are wider than the width, from top to bottom.
    pub wide: Vec<Wide>,
    /// The blocks that are folded away, from top to bottom.
    pub hidden: Vec<usize>,
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
    /// How many of the runs, from the left, are indentation, which stays where it is when the block is
    /// scrolled sideways.
    pub fixed: usize,
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
    /// What part of code it is.
    pub token: TokenKind,
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
    /// Whether a block is folded away.
    #[must_use]
    pub fn is_hidden(&self, block: usize) -> bool {
        self.hidden.binary_search(&block).is_ok()
    }

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
    laid(document, *options, |_| true)
}

/// Lays `document` out as [`layout`] does, without what summaries head that are not in `open`.
#[must_use]
pub fn layout_folded(
    document: &Document,
    options: &LayoutOptions,
    open: &BTreeSet<usize>,
) -> Layout {
    laid(document, *options, |summary| open.contains(&summary))
}

fn laid(document: &Document, options: LayoutOptions, is_open: impl Fn(usize) -> bool) -> Layout {
    let mut page = Page {
        columns: usize::from(options.width.max(1)),
        options,
        setter: Setter::new(options),
        indents: Indents::new(options.ambiguous),
        layout: Layout::default(),
    };
    let marks = indent::number_columns(document);
    let mut before: Option<&Block> = None;
    // The depth from which on details are folded away.
    let mut folded: Option<u8> = None;
    for (index, block) in document.blocks.iter().enumerate() {
        folded = folded
            .filter(|depth| block.details > *depth || (block.details == *depth && !block.summary));
        if folded.is_some() {
            page.hide(index);
            continue;
        }
        let open = !block.summary || is_open(index);
        folded = Some(block.details).filter(|_| !open);
        if let Some(before) = before {
            let parted = usize::from(is_parted(before, block));
            let spacing = usize::from(options.line_spacing);
            for _ in 0..parted + spacing {
                page.empty_line(index, before.quote.min(block.quote));
            }
        }
        page.layout.first_line.push(page.layout.lines.len());
        page.block(index, block, open, marks.get(index).copied().unwrap_or(0));
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
    options: LayoutOptions,
    setter: Setter,
    indents: Indents,
    layout: Layout,
}

impl Page {
    /// An empty line above the block `below`.
    fn empty_line(&mut self, below: usize, quotes: u8) {
        let block = below.saturating_sub(1);
        let start = self.layout.lines.last().map_or(0, |line| match line.runs.last() {
            Some(run) if !run.kind.is_decoration() => run.start + run.text.len(),
            _ => line.start,
        });
        // The bar of a quote goes on between its paragraphs.
        let runs = self.indents.between(quotes, self.columns, start);
        let fixed = runs.len();
        self.layout.lines.push(Line { block, start, runs, fixed, picture: None });
    }

    /// Notes that a block is folded away; its place is the line of its summary.
    fn hide(&mut self, index: usize) {
        self.layout.first_line.push(self.layout.lines.len().saturating_sub(1));
        self.layout.hidden.push(index);
    }

    fn block(&mut self, index: usize, block: &Block, open: bool, mark: usize) {
        let (first, rest) = self.indents.of(block, self.columns, open, mark);
        let room = self.columns.saturating_sub(rest.columns).max(1);
        let mut lines = self.lines_of(block, room);
        if lines.is_empty() {
            lines.push(Vec::new());
        }
        let is_set = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
        let between = if is_set { usize::from(self.options.line_spacing) } else { 0 };
        let mut last = 0;
        let mut widest = 0;
        for (i, line) in lines.into_iter().enumerate() {
            if i > 0 {
                for _ in 0..between {
                    self.empty_line(index + 1, block.quote);
                }
            }
            let text = line.iter().find(|run| !run.kind.is_decoration()).or(line.first());
            let start = text.map_or(last, |run| run.start);
            last = start;
            let prefix = if i == 0 { &first } else { &rest };
            if !is_set {
                let columns = line.iter().map(|run| width(&run.text, self.options.ambiguous)).sum();
                widest = widest.max(columns);
            }
            let mut runs = prefix.runs(start);
            let fixed = runs.len();
            runs.extend(line);
            self.layout.lines.push(Line { block: index, start, runs, fixed, picture: None });
        }
        if widest > room {
            self.layout.wide.push(Wide { block: index, columns: widest, room });
        }
    }

    /// The lines of a block in so many columns, without its indentation.
    fn lines_of(&mut self, block: &Block, room: usize) -> Vec<Vec<Run>> {
        match &block.kind {
            BlockKind::Paragraph => self.paragraph(block, room),
            BlockKind::Heading(level) => {
                let piece = Piece::new(&block.spans, RunKind::Heading(*level), 0);
                self.setter.ragged(&piece, room, room)
            }
            BlockKind::Code { text, .. } => runs::code(text, &block.tokens, self.options.ambiguous),
            BlockKind::Table(table) => {
                table::table(table, room, self.options.sideways, &mut self.setter)
            }
            BlockKind::Rule => vec![vec![Run {
                text: runs::rule(room, self.options.ambiguous),
                kind: RunKind::Rule,
                ..Run::default()
            }]],
            BlockKind::PageMark { page, of } => vec![vec![Run {
                text: runs::page_mark(*page, *of, room, self.options.ambiguous),
                kind: RunKind::Rule,
                ..Run::default()
            }]],
            BlockKind::Image { .. } => self.image(block, room),
        }
    }

    fn paragraph(&mut self, block: &Block, room: usize) -> Vec<Vec<Run>> {
        let piece = Piece::new(&block.spans, RunKind::Text, 0);
        let indent = if self.is_indented(block, &piece, room) { INDENT } else { 0 };
        let mut lines = self.setter.running(&piece, room - indent, room);
        if let Some(first) = lines.first_mut().filter(|_| indent > 0) {
            first.insert(0, runs::space(indent, 0));
        }
        lines
    }

    /// Whether the first line begins two ideographs to the right: that of running Chinese.
    fn is_indented(&self, block: &Block, piece: &Piece<'_>, room: usize) -> bool {
        let chinese =
            |c: char| !c.is_ascii() && width(c.encode_utf8(&mut [0; 4]), Ambiguous::Wide) == 2;
        self.options.indent
            && block.list == 0
            && block.marker.is_none()
            && room > INDENT * 4
            && piece.text.chars().take(8).any(chinese)
    }

    fn image(&mut self, block: &Block, room: usize) -> Vec<Vec<Run>> {
        let piece = Piece::new(&block.spans, RunKind::Caption, 0);
        // A linked picture without words is its own mark.
        let mark = if piece.text.starts_with('▣') { "" } else { "▣ " };
        let wide = width(mark, self.options.ambiguous);
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
        let lines = self.setter.ragged(&piece, left, left);
        if hang == 0 && !mark.is_empty() && !piece.text.is_empty() {
            let mut all = vec![decorated(0, Vec::new())];
            all.extend(lines);
            return all;
        }
        lines.into_iter().enumerate().map(|(i, runs)| decorated(i, runs)).collect()
    }
}

/// Columns of the indentation of Chinese paragraphs: two ideographs.
const INDENT: usize = 4;

#[cfg(test)]
mod tests;
