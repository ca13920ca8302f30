//! A text as lines of runs: broken, spaced and evened out.

use std::ops::Range;

use super::runs::Piece;
use super::spacing::Spacing;
use super::wrap::Wrapper;
use super::{LayoutOptions, Run};
use crate::text::width::Ambiguous;

/// Sets texts by the options of one layout.
pub(super) struct Setter {
    wrapper: Wrapper,
    spaced: bool,
    even: bool,
}

impl Setter {
    pub(super) fn new(options: LayoutOptions) -> Setter {
        let wrapper = Wrapper::new(options.ambiguous);
        Setter { wrapper, spaced: options.spacing, even: options.justify }
    }

    pub(super) fn ambiguous(&self) -> Ambiguous {
        self.wrapper.ambiguous
    }

    /// Running text, with even ends where that is asked for.
    pub(super) fn running(
        &mut self,
        piece: &Piece<'_>,
        first: usize,
        rest: usize,
    ) -> Vec<Vec<Run>> {
        self.set(piece, first, rest, self.even)
    }

    /// Text of a table, a heading, a caption: with ragged ends.
    pub(super) fn ragged(&mut self, piece: &Piece<'_>, first: usize, rest: usize) -> Vec<Vec<Run>> {
        self.set(piece, first, rest, false)
    }

    fn set(&mut self, piece: &Piece<'_>, first: usize, rest: usize, even: bool) -> Vec<Vec<Run>> {
        let code: Vec<Range<usize>> = if self.spaced { piece.code() } else { Vec::new() };
        let spacing = Spacing::new(self.spaced, &code);
        let lines = self.wrapper.wrap(&piece.text, first, rest, &spacing);
        let mut room = first;
        let mut out = Vec::with_capacity(lines.len());
        for line in lines {
            let spare = (even && !line.last).then(|| room.saturating_sub(line.columns));
            let shown = spacing.on_line(&piece.text, &line.range, spare);
            out.push(piece.runs(line.range, &shown));
            room = rest;
        }
        out
    }
}
