//! The tree of a text, kept flat: a list of blocks, each with its depth. Flat, because hostile pages
//! nest without end, and because a place in a text is then simply (block, byte offset), which
//! survives a new width and a new layout.

use serde::{Deserialize, Serialize};

use crate::model::{Link, Millis};

/// A text with its links. Contains no control characters except `\n` (a line break within a block)
/// and, in code, `\t`; no bidirectional overrides. Whoever builds one guarantees that
/// (see [`super::clean`]).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// The blocks from top to bottom.
    pub blocks: Vec<Block>,
    /// The links that spans point to by index, in order of first appearance. Only `http`, `https`,
    /// `mailto`, `file`, `welcome` and fragment (`#…`) targets; anything else is dropped.
    pub links: Vec<Link>,
}

/// One block: a paragraph, a heading, an item …
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// How many quotes it stands in, at most [`Document::MAX_DEPTH`].
    pub quote: u8,
    /// How many lists it stands in (1 for an item of an outer list), at most
    /// [`Document::MAX_DEPTH`].
    pub list: u8,
    /// The mark of a list item on its first block; `None` on its further ones.
    pub marker: Option<Marker>,
    /// Its text. Empty for rules, tables and code.
    pub spans: Vec<Span>,
    /// How many `<details>` it stands in.
    #[serde(skip_serializing_if = "is_zero")]
    pub details: u8,
    /// Whether it heads its innermost `<details>`: what follows, down to the next block that stands in
    /// fewer or heads another one, can be folded away.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub summary: bool,
    /// The fragments (without `#`) by which links of the document reach it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<String>,
    /// What the parts of code are, from its first byte on; a text without colours has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<Token>,
}

/// A part of code of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its length in bytes.
    pub len: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// What a part of code is, in the few kinds that colours tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum TokenKind {
    /// Anything else.
    #[default]
    Plain,
    /// A comment.
    Comment,
    /// A text.
    String,
    /// A number, a constant.
    Number,
    /// A word of the language.
    Keyword,
    /// The name of a function, also where it is called.
    Function,
    /// The name of a type, a tag, a class.
    Type,
    /// What was taken away, in a patch.
    Removed,
    /// What was added, in a patch.
    Added,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(depth: &u8) -> bool {
    *depth == 0
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading of level 1–6.
    Heading(u8),
    /// Preformatted text; lines end in `\n`, tabs are kept.
    Code {
        /// The language, where it is named.
        language: Option<String>,
        /// The text as it stands.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A rule between passages.
    Rule,
    /// Where a page of a printed document begins. It is shown and is no part of the text.
    PageMark {
        /// The number of the page, from 1.
        page: u32,
        /// How many pages there are.
        of: u32,
    },
    /// A picture; the caption (or the alternative text) is in the block's spans.
    Image {
        /// Its address, resolved where a base is known.
        src: String,
        /// Alternative text.
        alt: String,
    },
}

/// The mark of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(u64),
    /// A task that is open (`false`) or done (`true`).
    Task(bool),
}

/// A table: rows of cells of spans. Rows may differ in length.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// Whether the first row holds the headings.
    pub headed: bool,
    /// The rows.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// To which side the columns are set; those that are not named are set by what is in them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub align: Vec<Align>,
}

/// To which side the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Align {
    /// Numbers to the right, all else to the left.
    #[default]
    Natural,
    /// To the left.
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}

/// A run of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// The text; `\n` is a line break.
    pub text: String,
    /// How it is set off.
    pub style: SpanStyle,
    /// Index into [`Document::links`].
    pub link: Option<usize>,
    /// A time in the recording that this span names: Enter on it seeks there.
    pub time_ms: Option<Millis>,
}

/// How a span is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "marks that combine freely")]
#[serde(default)]
pub struct SpanStyle {
    /// Strong.
    pub bold: bool,
    /// Emphasis.
    pub italic: bool,
    /// Code or keys.
    pub code: bool,
    /// Deleted.
    pub strike: bool,
    /// Set off as with a marker.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mark: bool,
    /// Added later, underlined.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub insert: bool,
}

/// The spans of a block line by line; a span that goes over a line break is parted there.
#[must_use]
pub fn lines_of(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut lines = vec![Vec::new()];
    for span in spans {
        for (index, text) in span.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                line.push(Span { text: text.to_owned(), ..span.clone() });
            }
        }
    }
    lines
}

impl Document {
    /// Deepest nesting of quotes and of lists that is kept; deeper ones are flattened to it.
    pub const MAX_DEPTH: u8 = 12;

    /// The text alone, blocks parted by an empty line, items of one list by one line break; no
    /// Markdown marks, no link numbers, no image placeholders; table cells parted by a tab.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        let mut in_list = false;
        for block in &self.blocks {
            let text = block.plain_text();
            if text.trim().is_empty() || matches!(block.kind, BlockKind::Image { .. }) {
                continue;
            }
            if !out.is_empty() {
                out.push_str(if in_list && block.list > 0 { "\n" } else { "\n\n" });
            }
            out.push_str(text.trim_matches('\n'));
            in_list = block.list > 0;
        }
        out
    }
}

impl Block {
    /// The text of the block alone, with its line breaks.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let joined =
            |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
        match &self.kind {
            BlockKind::Code { text, .. } => text.clone(),
            BlockKind::Table(table) => {
                let row = |row: &Vec<Vec<Span>>| {
                    row.iter().map(|c| joined(c)).collect::<Vec<_>>().join("\t")
                };
                table.rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            BlockKind::Rule | BlockKind::PageMark { .. } => String::new(),
            BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Image { .. } => {
                joined(&self.spans)
            }
        }
    }
}
