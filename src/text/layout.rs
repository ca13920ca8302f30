//! A document as lines of one width. Laid out once per width and then only sliced: drawing costs what
//! is visible, whatever the length of the text.

mod breaks;
mod indent;
mod lines;
mod numbers;
mod page;
mod pictures;
mod punctuation;
mod runs;
mod spacing;
mod table;
mod wide;
mod word;
mod wrap;

use std::collections::BTreeSet;

use super::document::{Document, SpanStyle, TokenKind};
use super::width::Ambiguous;
use crate::model::Millis;
pub use numbers::{LinkNumbers, is_numbered};
use page::laid;
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
    /// How links are numbered.
    pub numbers: LinkNumbers,
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
    /// Byte offset in that block's [`crate::text::Block::plain_text`] of the first character on the line: a place
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
    /// Decoration: the number of the link that it stands behind; its start is that of the link's last
    /// character.
    LinkNumber,
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
            | RunKind::Picture
            | RunKind::LinkNumber => true,
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

#[cfg(test)]
mod tests;
