//! A text as lines of runs: broken, spaced and evened out.

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
    /// The columns that no character takes on the line at hand.
    shown: Vec<(usize, usize)>,
}

impl Setter {
    pub(super) fn new(options: LayoutOptions) -> Setter {
        let wrapper = Wrapper::new(options.ambiguous);
        Setter { wrapper, spaced: options.spacing, even: options.justify, shown: Vec::new() }
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
        let spacing =
            if self.spaced { Spacing::new(&piece.text, &piece.code()) } else { Spacing::none() };
        let lines = self.wrapper.wrap(&piece.text, first, rest, &spacing);
        let mut room = first;
        let mut out = Vec::with_capacity(lines.len());
        for line in lines {
            let spare = (even && !line.last).then(|| room.saturating_sub(line.columns));
            spacing.on_line(&piece.text, &line.range, spare, &mut self.shown);
            out.push(piece.runs(line.range, &self.shown));
            room = rest;
        }
        out
    }
}
