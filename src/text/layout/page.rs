//! From block to block: what stands between two of them, and how each is set by its kind.

use super::indent::{self, Indents};
use super::lines::Setter;
use super::numbers::Numbers;
use super::runs::{self, Piece};
use super::{Layout, LayoutOptions, Line, Run, RunKind, Wide, table};
use crate::text::document::{Block, BlockKind, Document};
use crate::text::width::{Ambiguous, width};

/// Columns of the indentation of Chinese paragraphs: two ideographs.
const INDENT: usize = 4;

/// Lays a document out, without what summaries head that are not open.
pub(super) fn laid(
    document: &Document,
    options: LayoutOptions,
    is_open: impl Fn(usize) -> bool,
) -> Layout {
    let mut page = Page {
        columns: usize::from(options.width.max(1)),
        options,
        setter: Setter::new(options),
        indents: Indents::new(options.ambiguous),
        numbers: Numbers::of(&document.links, options),
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
/// lowest heading and the list that it heads, nor a term and its definition.
fn is_parted(above: &Block, below: &Block) -> bool {
    if above.kind == BlockKind::Heading(6) && above.list == 0 && below.list > 0 {
        return above.quote != below.quote;
    }
    // Only definitions stand deeper than what is above them without a mark of their own.
    let is_defined = below.list == above.list + 1
        && below.marker.is_none()
        && below.kind == BlockKind::Paragraph
        && above.kind == BlockKind::Paragraph
        && !above.spans.is_empty()
        && above.spans.iter().all(|span| span.style.bold);
    if is_defined {
        return above.quote != below.quote;
    }
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
    let in_one_list = above.list > 0 && below.list > 0 && above.quote == below.quote;
    !in_one_list || is_heading(above) || is_heading(below)
}

struct Page<'d> {
    columns: usize,
    options: LayoutOptions,
    setter: Setter,
    indents: Indents,
    numbers: Numbers<'d>,
    layout: Layout,
}

impl Page<'_> {
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
                let piece = Piece::new(&block.spans, RunKind::Heading(*level), 0, self.numbers);
                self.setter.ragged(&piece, room, room)
            }
            BlockKind::Code { text, .. } => runs::code(text, &block.tokens, self.options.ambiguous),
            BlockKind::Table(table) => {
                table::table(table, room, self.options.sideways, self.numbers, &mut self.setter)
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
        let piece = Piece::new(&block.spans, RunKind::Text, 0, self.numbers);
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
        let piece = Piece::new(&block.spans, RunKind::Caption, 0, self.numbers);
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
