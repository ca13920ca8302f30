//! A passage that is left out while playing on: shared between who orders it and who decodes, so that
//! nothing has to begin anew.

use std::sync::{Arc, Mutex, PoisonError};

use super::block::{Block, Nanos, nanos};

/// The sound fades over this time before the passage and after it, so that nothing clicks.
const FADE: Nanos = 5_000_000;

/// A passage to leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leap {
    /// Where it begins, in ms.
    pub at: u64,
    /// Where playing goes on, in ms, behind `at`; `None`: it ends there.
    pub to: Option<u64>,
}

/// The passage that is left out next, if any.
#[derive(Debug, Clone, Default)]
pub(crate) struct NextLeap(Arc<Mutex<Option<Leap>>>);

impl NextLeap {
    pub(crate) fn set(&self, leap: Option<Leap>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = leap;
    }

    fn get(&self) -> Option<Leap> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leaving passages out of one run.
#[derive(Debug, Default)]
pub(crate) struct Leaping {
    next: NextLeap,
    /// Where the run began: who starts in a passage, or right at its start, hears it.
    from: Nanos,
    /// The passage that has just been reached.
    reached: Option<Leap>,
    /// Where it went on after the last one.
    landed: Option<Nanos>,
}

impl Leaping {
    pub(crate) fn new(next: NextLeap, from: Nanos) -> Self {
        Self { next, from, reached: None, landed: None }
    }

    /// Cuts a block where the passage begins; whether it has been reached. One that was passed before
    /// it was ordered is not gone back for.
    pub(crate) fn cut(&mut self, block: &mut Block) -> bool {
        if let Some(to) = self.landed {
            block.fade(to, to.saturating_add(FADE));
        }
        let Some(leap) = self.next.get() else { return false };
        let at = nanos(leap.at);
        let forward = leap.to.is_none_or(|to| to > leap.at);
        if at <= self.from || block.start >= at || block.end() < at || !forward {
            return false;
        }
        block.cut_at(at);
        block.fade(at, at.saturating_sub(FADE));
        self.reached = Some(leap);
        true
    }

    /// Where it goes on after the passage that has been reached.
    pub(crate) fn land(&mut self) -> Option<Nanos> {
        let to = self.reached.take()?.to.map(nanos)?;
        (self.from, self.landed) = (to, Some(to));
        Some(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second of ones, from there on.
    fn block(start_ms: u64) -> Block {
        Block { rate: 1000, channels: 1, start: nanos(start_ms), samples: vec![1.0; 1000] }
    }

    fn leaping(from_ms: u64, leap: Leap) -> Leaping {
        let next = NextLeap::default();
        next.set(Some(leap));
        Leaping::new(next, nanos(from_ms))
    }

    #[test]
    fn a_block_ends_where_the_passage_begins() {
        let mut leaping = leaping(0, Leap { at: 2_500, to: Some(9_000) });
        for (start, frames, reached) in [(0, 1000, false), (1_000, 1000, false), (2_000, 500, true)]
        {
            let mut block = block(start);
            assert_eq!((leaping.cut(&mut block), block.frames()), (reached, frames), "{start}");
        }
        assert_eq!(leaping.land(), Some(nanos(9_000)));
        let mut after = block(9_000);
        assert!(!leaping.cut(&mut after));
        assert!(after.samples[0].abs() < 0.1 && after.samples[10] > 0.9, "it fades in");
    }

    #[test]
    fn who_begins_in_the_passage_hears_it() {
        for from in [2_000, 2_400] {
            let mut leaping = leaping(from, Leap { at: 2_000, to: Some(9_000) });
            assert!(!leaping.cut(&mut block(from)), "{from}");
        }
    }

    #[test]
    fn a_passage_that_nothing_follows_ends_the_run() {
        let mut leaping = leaping(0, Leap { at: 500, to: None });
        assert!(leaping.cut(&mut block(0)));
        assert_eq!(leaping.land(), None);
    }

    #[test]
    fn nobody_is_sent_back() {
        let mut leaping = leaping(0, Leap { at: 500, to: Some(400) });
        assert!(!leaping.cut(&mut block(0)));
    }
}
