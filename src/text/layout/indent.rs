//! What stands at the left of a line: bars of quotes, marks of list items, and the space under them.

use super::{Run, RunKind};
use crate::text::document::{Block, Document, Marker};
use crate::text::width::{Ambiguous, width};

/// At most this share of the columns goes to indentation: half.
const SHARE: usize = 2;

/// A number is moved to the right by at most so many columns.
const MOST_DIGITS: usize = 4;

/// For each block with a number, the columns that the widest number of its list takes; 0 for all others.
pub(super) fn number_columns(document: &Document) -> Vec<usize> {
    let mut columns = vec![0; document.blocks.len()];
    // For each depth, the items of the list that is open there, and their widest mark.
    let mut open: Vec<(Vec<usize>, usize)> =
        vec![(Vec::new(), 0); usize::from(Document::MAX_DEPTH) + 1];
    let mut close = |list: &mut (Vec<usize>, usize)| {
        for item in list.0.drain(..) {
            if let Some(slot) = columns.get_mut(item) {
                *slot = list.1;
            }
        }
        list.1 = 0;
    };
    for (index, block) in document.blocks.iter().enumerate() {
        let depth = usize::from(block.list.min(Document::MAX_DEPTH));
        open.iter_mut().skip(depth + 1).for_each(&mut close);
        let Some(list) = open.get_mut(depth) else { continue };
        match block.marker {
            Some(Marker::Number(number)) => {
                list.0.push(index);
                list.1 = list.1.max(number.to_string().len() + 2);
            }
            Some(Marker::Bullet | Marker::Task(_)) => close(list),
            None => {}
        }
    }
    open.iter_mut().for_each(close);
    columns
}

/// The left edge of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Indent {
    parts: Vec<(String, RunKind)>,
    pub(super) columns: usize,
}

impl Indent {
    /// Its runs, before the text at `start`.
    pub(super) fn runs(&self, start: usize) -> Vec<Run> {
        let run = |(text, kind): &(String, RunKind)| Run {
            text: text.clone(),
            kind: *kind,
            start,
            ..Run::default()
        };
        self.parts.iter().map(run).collect()
    }

    fn push(&mut self, text: String, kind: RunKind, columns: usize) {
        if !text.is_empty() {
            self.columns += columns;
            self.parts.push((text, kind));
        }
    }
}

/// The indentation of the lists that are open, which depends on how wide their marks are.
pub(super) struct Indents {
    ambiguous: Ambiguous,
    /// Columns up to the text of an item, per depth.
    texts: [usize; Document::MAX_DEPTH as usize + 1],
}

impl Indents {
    pub(super) fn new(ambiguous: Ambiguous) -> Indents {
        Indents { ambiguous, texts: std::array::from_fn(|depth| depth * 2) }
    }

    /// The left edges of the first and of the further lines of a block, in `columns`.
    /// A summary whose text is folded away has another mark than one that is `open`.
    /// `mark` is how many columns the widest mark of the same list takes: numbers are set to the right.
    pub(super) fn of(
        &mut self,
        block: &Block,
        columns: usize,
        open: bool,
        mark: usize,
    ) -> (Indent, Indent) {
        let room = columns / SHARE;
        let bars = self.bars(block.quote, room);
        if block.details > 0 && block.list == 0 {
            return self.of_details(block, room, bars, open);
        }
        let depth = usize::from(block.list.min(Document::MAX_DEPTH));
        let outer = self.text_column(depth.saturating_sub(1));
        let mark = block.marker.map(|marker| {
            let text = self.mark(marker);
            let missing = mark.saturating_sub(width(&text, self.ambiguous));
            format!("{}{text}", " ".repeat(missing.min(MOST_DIGITS)))
        });
        let mark_columns = mark.as_deref().map_or(0, |mark| width(mark, self.ambiguous));
        if let (Some(slot), Some(_)) = (self.texts.get_mut(depth), &mark) {
            *slot = outer + mark_columns;
        }
        let left = room.saturating_sub(bars.columns);
        let space = |indent: &mut Indent, columns: usize| {
            indent.push(" ".repeat(columns), RunKind::Space, columns);
        };
        let (mut first, mut rest) = (bars.clone(), bars);
        match mark {
            // Too narrow to hang: the mark stands in the line.
            Some(mark) if mark_columns > left => {
                first.push(mark.trim_end().to_owned(), RunKind::Marker, mark_columns);
                rest = first.clone();
                rest.parts.retain(|(_, kind)| *kind == RunKind::Quote);
                if first.columns >= columns {
                    first.columns = rest.columns;
                    first.parts.clone_from(&rest.parts);
                }
                rest.columns = first.columns;
            }
            Some(mark) => {
                let outer = outer.min(left - mark_columns);
                space(&mut first, outer);
                first.push(mark, RunKind::Marker, mark_columns);
                space(&mut rest, outer + mark_columns);
            }
            None => {
                let inner = if depth == 0 { 0 } else { self.text_column(depth).min(left) };
                space(&mut first, inner);
                space(&mut rest, inner);
            }
        }
        (first, rest)
    }

    /// The left edges of a block in `<details>`: the mark of the summary, the space under it.
    fn of_details(&self, block: &Block, room: usize, bars: Indent, open: bool) -> (Indent, Indent) {
        let (mut first, mut rest) = (bars.clone(), bars);
        let outer = usize::from(block.details.saturating_sub(1)) * 2;
        let outer = outer.min(room.saturating_sub(first.columns + 2) / 2 * 2);
        if first.columns + outer + 2 > room {
            return (first, rest);
        }
        first.push(" ".repeat(outer), RunKind::Space, outer);
        let mark = match (block.summary, open, self.ambiguous) {
            (false, ..) => "  ",
            (true, true, Ambiguous::Narrow) => "▾ ",
            (true, false, Ambiguous::Narrow) => "▸ ",
            (true, true, Ambiguous::Wide) => "- ",
            (true, false, Ambiguous::Wide) => "+ ",
        };
        let kind = if block.summary { RunKind::Marker } else { RunKind::Space };
        first.push(mark.to_owned(), kind, 2);
        rest.push(" ".repeat(outer + 2), RunKind::Space, outer + 2);
        (first, rest)
    }

    /// The left edge of the empty line between two blocks that share `depth` quotes.
    pub(super) fn between(&self, depth: u8, columns: usize, start: usize) -> Vec<Run> {
        self.bars(depth, columns / SHARE).runs(start)
    }

    fn text_column(&self, depth: usize) -> usize {
        self.texts.get(depth).copied().unwrap_or(0)
    }

    fn bars(&self, depth: u8, room: usize) -> Indent {
        let bar = match self.ambiguous {
            Ambiguous::Narrow => "│ ",
            Ambiguous::Wide => "| ",
        };
        let mut indent = Indent::default();
        for _ in 0..depth.min(Document::MAX_DEPTH) {
            if indent.columns + 2 <= room {
                indent.push(bar.to_owned(), RunKind::Quote, 2);
            }
        }
        indent
    }

    fn mark(&self, marker: Marker) -> String {
        match (marker, self.ambiguous) {
            (Marker::Bullet, Ambiguous::Narrow) => "• ".into(),
            (Marker::Bullet, Ambiguous::Wide) => "- ".into(),
            (Marker::Number(number), _) => format!("{number}. "),
            (Marker::Task(false), _) => "[ ] ".into(),
            (Marker::Task(true), _) => "[x] ".into(),
        }
    }
}
