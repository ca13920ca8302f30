//! A text that is read: where it stands, which link or time is chosen, what is searched in it. Used
//! for notes, articles, transcripts and help alike.

mod paragraph;
mod pictures;
mod within;

use std::ops::Range;
use std::sync::Arc;

use crate::model::Millis;
use crate::text::{
    BlockKind, Document, Layout, LayoutOptions, Match, PictureRows, Span, find, layout_folded,
};
use within::Within;

/// What a place in a text leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// A link, by its index in the document.
    Link(usize),
    /// A time in the recording.
    Time(Millis),
    /// What the block heads is shown or folded away.
    Fold,
    /// A picture, by its block.
    Picture(usize),
}

/// A place in a text that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The block.
    pub block: usize,
    /// Bytes in the block's plain text.
    pub range: Range<usize>,
    /// Where it leads.
    pub goal: Goal,
}

/// A search in the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Finding {
    /// What is looked for.
    pub query: String,
    /// Where it was found, in order.
    pub matches: Vec<Match>,
    /// The match that is shown.
    pub current: usize,
}

/// A text and where reading stands. Lines are counted in the layout of the current width.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reader {
    /// The text.
    pub document: Arc<Document>,
    /// Its lines at the current width.
    pub layout: Layout,
    /// The options of that layout.
    laid: Option<LayoutOptions>,
    /// Rows in view.
    rows: usize,
    /// The first line in view.
    pub top: usize,
    /// Links, times and pictures in order.
    pub targets: Vec<Target>,
    /// The blocks that are pictures with an address, ascending.
    pub images: Vec<usize>,
    /// The pictures that have rows of their own in the layout.
    pub(super) pictures: Vec<PictureRows>,
    /// The pictures that are not worth going to: too small, or not there.
    pub(super) dull: Vec<usize>,
    /// The chosen one.
    pub target: Option<usize>,
    /// A search that is on.
    pub finding: Option<Finding>,
    /// What to look for once it is laid out.
    sought: Option<String>,
    /// Where to stand once it is laid out: (block, byte offset).
    wanted: Option<(usize, usize)>,
    /// The place that the last new width was laid out for, and the line that it led to. While the
    /// view still stands there, the next width starts from the same place, so that widths back and
    /// forth do not creep through a long paragraph.
    anchor: Option<((usize, usize), usize)>,
    /// What is scrolled sideways, unfolded and come from within the text.
    within: Within,
}

impl Reader {
    /// A reader at the top of this text.
    #[must_use]
    pub fn new(document: Arc<Document>) -> Self {
        let targets = targets(&document);
        let images = super::pictures::images(&document);
        Self { document, targets, images, ..Self::default() }
    }

    /// A reader at this place of the text.
    #[must_use]
    pub fn at(document: Arc<Document>, place: Option<(usize, usize)>) -> Self {
        Self { wanted: place, ..Self::new(document) }
    }

    /// Lays out for this width if it is a new one; the place in the text stays. Whether anything is
    /// another than before.
    pub fn relayout(&mut self, options: LayoutOptions, rows: usize) -> bool {
        self.relayout_with(options, rows, Vec::new())
    }

    /// The same with rows for these pictures, ascending by block.
    pub fn relayout_with(
        &mut self,
        options: LayoutOptions,
        rows: usize,
        pictures: Vec<PictureRows>,
    ) -> bool {
        let fresh = self.laid == Some(options) && !self.within.is_stale();
        let moved = fresh && self.place_pictures(&pictures);
        let same = self.rows == rows && fresh;
        self.rows = rows;
        if !fresh {
            let anchored = self.anchor.take().filter(|&(_, top)| top == self.top);
            let place = (self.wanted.take())
                .or(anchored.map(|(place, _)| place))
                .or_else(|| self.laid.map(|_| self.place()));
            let row = self.layout.lines.get(self.top).and_then(|line| line.picture);
            self.layout = layout_folded(&self.document, &options, &self.within.open);
            self.within.laid(&self.layout);
            self.layout.set_pictures(&pictures);
            self.pictures = pictures;
            self.laid = Some(options);
            if let Some((block, offset)) = place {
                self.top = self.line_of_row(block, offset, row);
            }
            self.clamp();
            self.anchor = place.map(|place| (place, self.top));
        }
        self.clamp();
        if let Some(query) = self.sought.take() {
            self.look_for(&query);
        }
        moved || !same
    }

    fn clamp(&mut self) {
        self.top = self.top.min(self.layout.lines.len().saturating_sub(self.rows));
    }

    /// Where the first line in view stands: (block, byte offset); survives another width.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        self.layout.lines.get(self.top).map_or((0, 0), |line| (line.block, line.start))
    }

    /// How the block begins in which the first line in view stands, at most 80 characters.
    #[must_use]
    pub fn words(&self) -> String {
        let block = self.document.blocks.get(self.place().0);
        block.map(|block| block.plain_text().chars().take(80).collect()).unwrap_or_default()
    }

    /// How far it has been read, 0–100.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let seen = (self.top + self.rows).min(self.layout.lines.len());
        (seen * 100).checked_div(self.layout.lines.len()).unwrap_or(100) as u8
    }

    /// Whether it all fits into the pane.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.layout.lines.len() <= self.rows
    }

    /// Scrolls by lines; stops at the ends.
    pub fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
        self.clamp();
    }

    /// Scrolls by pages, keeping a line of context.
    pub fn page(&mut self, by: isize) {
        let page = isize::try_from(self.rows.saturating_sub(2).max(1)).unwrap_or(1);
        self.scroll(by * page);
    }

    /// To the top.
    pub fn to_top(&mut self) {
        self.top = 0;
    }

    /// To the bottom.
    pub fn to_bottom(&mut self) {
        self.top = usize::MAX;
        self.clamp();
    }

    /// Scrolls so that this line is seen, with some lines before it where it was out of view.
    pub fn reveal(&mut self, line: usize) {
        if line < self.top || line >= self.top + self.rows {
            self.top = line.saturating_sub(self.rows / 4);
            self.clamp();
        }
    }

    /// The lines in view.
    #[must_use]
    pub fn shown(&self) -> Range<usize> {
        self.top..(self.top + self.rows).min(self.layout.lines.len())
    }

    /// Scrolls just as far as is needed to show these lines; where they are too many, the first.
    pub fn show_lines(&mut self, first: usize, last: usize) {
        if last >= self.top + self.rows {
            self.top = (last + 1).saturating_sub(self.rows);
        }
        self.top = self.top.min(first);
        self.clamp();
    }

    /// Scrolls so that this line stands in the upper part of the view, with what follows under it.
    /// Lines that stand there already move nothing.
    pub fn keep_up_with(&mut self, line: usize) {
        if line < self.top || line >= self.top + (self.rows * 2 / 3).max(1) {
            self.top = line.saturating_sub(self.rows / 4);
            self.clamp();
        }
    }

    /// The line where this target begins.
    #[must_use]
    pub fn line_of(&self, target: &Target) -> usize {
        self.layout.line_of(target.block, target.range.start)
    }

    /// The place that tells this time as the head of a line rather than in a sentence.
    #[must_use]
    pub fn target_of_time(&self, ms: Millis) -> Option<&Target> {
        let times = self.targets.iter().filter(|target| target.goal == Goal::Time(ms));
        times.min_by_key(|target| target.range.start)
    }

    /// The lines of what a time is the head of: its own block, and deeper items under it.
    #[must_use]
    pub fn lines_of_time(&self, ms: Millis) -> Option<Range<usize>> {
        let target = self.target_of_time(ms)?;
        let first = self.line_of(target);
        let depth = self.document.blocks.get(target.block)?.list;
        let behind = self.document.blocks.iter().skip(target.block + 1);
        let inner = behind.take_while(|block| block.list > depth && depth > 0).count();
        let end = self.layout.first_line.get(target.block + 1 + inner).copied();
        let end = end.unwrap_or(self.layout.lines.len());
        // An empty line above the next block belongs to nobody.
        let lines = self.layout.lines.get(first..end).unwrap_or_default();
        let blank = lines.iter().rev().take_while(|line| line.runs.is_empty()).count();
        Some(first..(end - blank).max(first + 1))
    }

    /// Scrolls so that all of these lines are seen, or as many as there is room for.
    pub fn reveal_all(&mut self, lines: &Range<usize>) {
        let hidden = lines.end > self.top + self.rows && lines.start > self.top;
        if hidden || lines.start < self.top {
            self.top = lines.start.saturating_sub(self.rows / 4);
            self.clamp();
        }
    }

    /// Chooses the next (`+1`) or previous (`-1`) link or time, starting from what is in view.
    pub fn step_target(&mut self, by: isize) {
        let visible = self.top..self.top + self.rows;
        let shown = |target: &Target| !self.layout.is_hidden(target.block);
        let chosen = self.target.filter(|&index| {
            self.targets.get(index).is_some_and(|t| visible.contains(&self.spot(t)))
        });
        let worth = |target: &Target| !self.is_dull(target) && shown(target);
        let next = match chosen {
            Some(at) if by > 0 => {
                let behind = self.targets.iter().skip(at + 1).position(worth);
                behind.map(|further| at + 1 + further)
            }
            Some(at) => self.targets.iter().take(at).rposition(worth),
            None if by > 0 => {
                self.targets.iter().position(|t| worth(t) && self.spot(t) >= self.top)
            }
            None => self.targets.iter().rposition(|t| worth(t) && self.spot(t) < visible.end),
        };
        if let Some((index, target)) = next.and_then(|i| self.targets.get(i).map(|t| (i, t))) {
            let (goal, line) = (target.goal, self.line_of(target));
            self.target = Some(index);
            match goal {
                // All of it, with the first line of its caption.
                Goal::Picture(block) => {
                    let first = self.layout.first_line.get(block).copied().unwrap_or(line);
                    self.show_lines(first, line);
                }
                Goal::Link(_) | Goal::Time(_) | Goal::Fold => self.reveal(line),
            }
        }
    }

    /// The chosen target.
    #[must_use]
    pub fn chosen(&self) -> Option<&Target> {
        self.targets.get(self.target?)
    }

    /// Indices of the targets in view.
    #[must_use]
    pub fn visible_targets(&self) -> Vec<usize> {
        let visible = self.top..self.top + self.rows;
        let inside = |target: &Target| {
            visible.contains(&self.spot(target))
                && !self.is_dull(target)
                && !self.layout.is_hidden(target.block)
        };
        (0..self.targets.len()).filter(|&i| self.targets.get(i).is_some_and(inside)).collect()
    }

    /// The target at this place of a line, if there is one.
    #[must_use]
    pub fn target_at(&self, block: usize, offset: usize) -> Option<usize> {
        self.targets.iter().position(|t| t.block == block && t.range.contains(&offset))
    }

    /// Looks for this text and shows the first match at or below what is in view. How many there are.
    pub fn find(&mut self, query: &str) -> usize {
        let matches = if query.is_empty() { Vec::new() } else { find(&self.document, query) };
        let count = matches.len();
        let top = self.top;
        let line = |m: &Match| self.layout.line_of(m.block, m.range.start);
        let current = matches.iter().position(|m| line(m) >= top).unwrap_or(0);
        self.finding = Some(Finding { query: query.to_owned(), matches, current });
        self.show_match();
        count
    }

    /// Shows what a search of the library was for, now or as soon as the text is laid out: all of it
    /// together, else the longest of its words that is there.
    pub fn seek(&mut self, query: &str) {
        self.sought = Some(query.to_owned());
        if self.laid.is_some() {
            self.sought = None;
            self.look_for(query);
        }
    }

    fn look_for(&mut self, query: &str) {
        let quote = |c: char| matches!(c, '"' | '“' | '”' | '＂' | '「' | '」');
        let whole = query.replace(quote, " ");
        let mut words: Vec<&str> = whole.split_whitespace().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        if !std::iter::once(whole.trim()).chain(words).any(|words| self.find(words) > 0) {
            self.finding = None;
        }
    }

    /// The next or previous match, around the ends.
    pub fn step_match(&mut self, by: isize) {
        if let Some(finding) = &mut self.finding {
            let len = finding.matches.len();
            if len > 0 {
                let step = if by < 0 { len - 1 } else { 1 };
                finding.current = (finding.current + step) % len;
            }
        }
        self.show_match();
    }

    fn show_match(&mut self) {
        let place = self.finding.as_ref().and_then(|f| f.matches.get(f.current)).cloned();
        if let Some(place) = place {
            self.unfold(place.block);
            let line = self.layout.line_of(place.block, place.range.start);
            self.reveal(line);
        }
    }
}

/// All places that lead somewhere, in order. Neighbouring spans of one link are one place.
fn targets(document: &Document) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let mut offset = 0;
        if block.summary {
            let range = 0..block.plain_text().len();
            found.push(Target { block: index, range, goal: Goal::Fold });
        }
        if let BlockKind::Image { src, .. } = &block.kind
            && super::pictures::is_address(src)
        {
            let range = 0..block.spans.iter().map(|span| span.text.len()).sum();
            found.push(Target { block: index, range, goal: Goal::Picture(index) });
        }
        if let BlockKind::Table(table) = &block.kind {
            for row in &table.rows {
                for cell in row {
                    collect(&mut found, index, cell, &mut offset);
                    offset += 1; // The tab or line break after a cell in the plain text.
                }
            }
        } else {
            collect(&mut found, index, &block.spans, &mut offset);
        }
    }
    found
}

fn collect(found: &mut Vec<Target>, block: usize, spans: &[Span], offset: &mut usize) {
    for span in spans {
        let range = *offset..*offset + span.text.len();
        *offset = range.end;
        let goal = match (span.time_ms, span.link) {
            (Some(ms), _) => Goal::Time(ms),
            (None, Some(link)) => Goal::Link(link),
            (None, None) => continue,
        };
        match found.last_mut() {
            Some(last)
                if last.block == block && last.range.end == range.start && last.goal == goal =>
            {
                last.range.end = range.end;
            }
            _ => found.push(Target { block, range, goal }),
        }
    }
}
