//! Moving within a text: sideways over what is wider than the pane, into what is folded away, to the
//! place that a link of the text names, and back.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Goal, Reader};
use crate::text::{Block, BlockKind, Layout, Line, Wide, is_named, layout_folded};

/// Places that one can go back to; older ones are forgotten.
const TRAIL: usize = 50;

/// Where one stands within a text, besides its first line in view.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Within {
    /// Columns that blocks wider than the pane are scrolled to the right, as far as each goes.
    left: usize,
    /// Summaries whose text is shown.
    pub(super) open: BTreeSet<usize>,
    /// The layout is of other folds.
    stale: bool,
    /// Places (block, byte offset) from which links within the text were followed.
    trail: Vec<(usize, usize)>,
    /// Places that one went back from.
    ahead: Vec<(usize, usize)>,
}

impl Within {
    pub(super) fn is_stale(&self) -> bool {
        self.stale
    }

    pub(super) fn laid(&mut self, layout: &Layout) {
        self.stale = false;
        let most = layout.wide.iter().map(Wide::most).max().unwrap_or(0);
        self.left = self.left.min(most);
    }
}

impl Reader {
    /// Scrolls what is wider than the pane and in view by columns; stops at its ends.
    pub fn scroll_sideways(&mut self, by: isize) {
        let blocks = self.layout.lines.get(self.shown()).unwrap_or_default();
        let wide = blocks.iter().filter_map(|line| self.layout.wide(line.block));
        let Some(most) = wide.map(Wide::most).max() else { return };
        self.within.left = self.within.left.min(most).saturating_add_signed(by).min(most);
    }

    /// How many columns of a block are scrolled out at the left.
    #[must_use]
    pub fn scrolled(&self, block: usize) -> usize {
        self.layout.wide(block).map_or(0, |wide| self.within.left.min(wide.most()))
    }

    /// A line as it is shown: scrolled sideways where it belongs to a block that is.
    #[must_use]
    pub fn shown_line(&self, index: usize) -> Option<Cow<'_, Line>> {
        let line = self.layout.lines.get(index)?;
        let columns = self.scrolled(line.block);
        Some(match self.laid {
            Some(laid) if columns > 0 => Cow::Owned(line.scrolled(columns, laid.ambiguous)),
            _ => Cow::Borrowed(line),
        })
    }

    /// Shows what a summary heads, or folds it away.
    pub fn toggle_fold(&mut self, summary: usize) {
        if !self.within.open.remove(&summary) {
            self.within.open.insert(summary);
        }
        self.within.stale = true;
    }

    /// Shows a block that is folded away, at once.
    pub(super) fn unfold(&mut self, block: usize) {
        let Some(options) = self.laid.filter(|_| self.layout.is_hidden(block)) else { return };
        let around = |block: &Block| block.details - u8::from(block.summary && block.details > 0);
        let mut depth = self.document.blocks.get(block).map_or(0, around);
        let above = self.document.blocks.get(..block).unwrap_or_default();
        for (index, above) in above.iter().enumerate().rev() {
            if depth == 0 {
                break;
            }
            if above.summary && above.details <= depth {
                self.within.open.insert(index);
                depth = around(above);
            }
        }
        let place = self.place();
        self.layout = layout_folded(&self.document, &options, &self.within.open);
        self.layout.set_pictures(&self.pictures);
        self.within.laid(&self.layout);
        self.top = self.layout.line_of(place.0, place.1);
    }

    /// Goes to the block that this fragment names; whether there is one.
    pub fn to_anchor(&mut self, fragment: &str) -> bool {
        let named = |block: &Block| is_named(block, fragment);
        let found = self.document.blocks.iter().position(named);
        found.is_some_and(|block| self.follow_to(block))
    }

    /// Goes to this block, from where [`Self::back_from_anchor`] leads back. Always true.
    pub(in crate::app) fn follow_to(&mut self, block: usize) -> bool {
        if self.within.trail.len() >= TRAIL {
            self.within.trail.remove(0);
        }
        self.within.trail.push(self.place());
        self.within.ahead.clear();
        self.unfold(block);
        // A heading stands at the top, with its passage under it; a note keeps what surrounds it.
        let kind = self.document.blocks.get(block).map(|block| &block.kind);
        if matches!(kind, Some(BlockKind::Heading(_))) {
            self.go_to_block(block);
        } else {
            let line = self.layout.line_of(block, 0);
            self.reveal(line);
        }
        // The first link there, which often leads back.
        self.target = self
            .targets
            .iter()
            .position(|target| target.block == block && matches!(target.goal, Goal::Link(_)));
        true
    }

    /// Back to where the last link within the text was followed; whether one was.
    pub fn back_from_anchor(&mut self) -> bool {
        let Some(place) = self.within.trail.pop() else { return false };
        self.within.ahead.push(self.place());
        self.stand_at(place);
        true
    }

    /// Forward again to where [`Self::back_from_anchor`] came from; whether it did.
    pub fn forward_to_anchor(&mut self) -> bool {
        let Some(place) = self.within.ahead.pop() else { return false };
        self.within.trail.push(self.place());
        self.stand_at(place);
        true
    }

    fn stand_at(&mut self, (block, offset): (usize, usize)) {
        self.unfold(block);
        self.top = self.layout.line_of(block, offset);
        self.clamp();
        self.target = None;
    }
}
