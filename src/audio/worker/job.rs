//! One run of a worker: a range of the recording, or the same range round after round.

use crate::audio::block::{Block, Nanos};
use crate::audio::chain::{Chain, Settings};
use crate::audio::deck::DeckIn;
use crate::audio::leap::Leaping;
use crate::audio::times::Chunk;

/// Ends of ranges are faded over this time, so that they do not click.
const FADE: Nanos = 5_000_000;

/// See the module.
pub(super) struct Job {
    pub(super) run: u64,
    until: Option<Nanos>,
    again: Option<Nanos>,
    /// This round began at `again`.
    whole: bool,
    /// This round has given some sound.
    pub(super) sounding: bool,
    leaping: Leaping,
    pub(super) deck: DeckIn,
    pub(super) chain: Chain,
    pub(super) ready: Vec<Chunk>,
    pub(super) over: bool,
}

impl Job {
    /// A run up to `until`, or round after round from `again` to there.
    pub(super) fn new(
        run: u64,
        until: Option<Nanos>,
        again: Option<Nanos>,
        leaping: Leaping,
        deck: DeckIn,
        chain: Chain,
    ) -> Self {
        let (ready, whole, sounding, over) = (Vec::new(), false, false, false);
        Self { run, until, again, whole, sounding, leaping, deck, chain, ready, over }
    }

    /// Sends a block through the chain, up to the end of the range.
    pub(super) fn take(&mut self, mut block: Block, settings: Settings) {
        self.ready = self.chain.adjust(settings);
        if self.until.is_none() {
            self.over = self.leaping.cut(&mut block);
        }
        if let Some(until) = self.until {
            self.over = block.end() >= until;
            block.cut_at(until);
            block.fade(until, until.saturating_sub(FADE));
        }
        // Where the first round begins, the output fades.
        if let Some(from) = self.again.filter(|_| self.whole) {
            block.fade(from, from.saturating_add(FADE));
        }
        self.deck.reach(block.end());
        self.ready.extend(self.chain.feed(block));
        self.sounding |= self.ready.iter().any(|chunk| chunk.frames() > 0);
    }

    /// Where it goes on after what is over: behind a passage that is left out, or in the next round.
    pub(super) fn next_passage(&mut self) -> Option<Nanos> {
        if let Some(to) = self.leaping.land() {
            self.over = false;
            return Some(to);
        }
        self.next_round()
    }

    /// Where the next round begins; `None` without a loop, or when a whole round gave no sound: the
    /// recording ends before it.
    fn next_round(&mut self) -> Option<Nanos> {
        let from = self.again.filter(|_| self.sounding || !self.whole)?;
        (self.whole, self.sounding, self.over) = (true, false, false);
        Some(from)
    }

    /// Moves what fits into the deck.
    pub(super) fn pass_on(&mut self) {
        for chunk in &mut self.ready {
            self.deck.push(chunk);
            if !chunk.samples.is_empty() {
                break;
            }
        }
        self.ready.retain(|chunk| !chunk.samples.is_empty());
    }
}
