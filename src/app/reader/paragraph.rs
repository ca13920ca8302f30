//! Which paragraph of a text the reader means, and which lines it takes.

use std::ops::Range;

use super::Reader;

impl Reader {
    /// The block that is meant: that of the chosen link or time, else of the match that is shown, else
    /// the topmost one that is seen whole, else the topmost one; only of what is in view, and with text.
    #[must_use]
    pub fn paragraph(&self) -> Option<usize> {
        let in_view = |block: &usize| {
            let lines = self.lines_of_block(*block);
            lines.start < self.shown().end && lines.end > self.shown().start
        };
        let chosen = self.chosen().map(|target| target.block).filter(in_view);
        let found = self.finding.as_ref().and_then(|finding| finding.matches.get(finding.current));
        let found = found.map(|found| found.block).filter(in_view);
        chosen.or(found).or_else(|| self.topmost())
    }

    fn topmost(&self) -> Option<usize> {
        let shown = self.shown();
        let lines = self.layout.lines.get(shown.clone()).unwrap_or_default();
        let mut blocks: Vec<usize> = lines.iter().map(|line| line.block).collect();
        blocks.dedup();
        blocks.retain(|block| {
            self.document.blocks.get(*block).is_some_and(|b| !b.plain_text().trim().is_empty())
        });
        let whole = |block: &&usize| {
            let lines = self.lines_of_block(**block);
            lines.start >= shown.start && lines.end <= shown.end
        };
        blocks.iter().find(whole).or(blocks.first()).copied()
    }

    /// The lines of a block, without the empty ones behind it.
    #[must_use]
    pub fn lines_of_block(&self, block: usize) -> Range<usize> {
        let lines = self.layout.lines.len();
        let first = self.layout.first_line.get(block).copied().unwrap_or(lines);
        let end = self.layout.first_line.get(block.saturating_add(1)).copied().unwrap_or(lines);
        let all = self.layout.lines.get(first..end).unwrap_or_default();
        let blank = all.iter().rev().take_while(|line| line.runs.is_empty()).count();
        first..(end - blank).max(first)
    }

    /// Puts the first line of a block at the top of the view, as far as the text goes.
    pub fn go_to_block(&mut self, block: usize) {
        self.top = self.layout.line_of(block, 0);
        self.clamp();
    }

    /// Whether the end of the text is in view.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.rows > 0 && self.shown().end >= self.layout.lines.len()
    }
}
