//! How much is asked for at once: little where a reader has just jumped to, more and more where it stays.

use std::time::{Duration, Instant};

use super::tuning::Tuning;

/// How much larger a first piece is where nobody waits for it.
const UNHURRIED: u64 = 8;

/// How much is asked for at once.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Where the last piece ends, and how large it was meant to be.
    last: Option<(u64, u64)>,
    /// When a reader last waited at a place of its own.
    jumped: Option<Instant>,
    /// A reader knows that it will read from there to there in one go.
    expected: Option<(u64, u64)>,
    /// What a reader would like to have besides: from there to there.
    liked: Option<(u64, u64)>,
}

impl Pace {
    /// The end of the next piece from `from` on, where a reader waits or not; `None` for all that
    /// follows.
    pub(super) fn piece(&mut self, from: u64, waits: bool, tuning: &Tuning) -> Option<u64> {
        let goes_on = self.last.filter(|(end, _)| *end == from);
        let whole = self.expected.filter(|(start, end)| (*start..*end).contains(&from));
        let whole_size = whole.map(|(_, end)| end - from);
        let size = match goes_on {
            Some((_, size)) => size.saturating_mul(2).max(whole_size.unwrap_or(0)),
            None if waits => {
                self.jumped = Some(Instant::now());
                whole_size.unwrap_or(tuning.first_piece)
            }
            None => tuning.first_piece.saturating_mul(UNHURRIED),
        };
        let end = from.saturating_add(size);
        self.last = Some((end, size));
        (size <= tuning.last_piece || whole.is_some()).then_some(end)
    }

    /// Somebody will say in a moment where to read.
    pub(super) fn settle(&mut self) {
        self.jumped = Some(Instant::now());
    }

    /// How long nothing is to be fetched that nobody waits for.
    pub(super) fn rest(&self, tuning: &Tuning) -> Option<Duration> {
        let left = tuning.settle.checked_sub(self.jumped?.elapsed())?;
        (left > Duration::ZERO).then_some(left)
    }

    /// See [`Pace::expected`]; the last word counts.
    pub(super) fn expect(&mut self, from: u64, len: u64) {
        self.expected = Some((from, from.saturating_add(len)));
    }

    /// See [`Pace::liked`]; the last word counts. Whether it is a new one.
    pub(super) fn like(&mut self, range: Option<(u64, u64)>) -> bool {
        let fresh = self.liked != range;
        self.liked = range;
        fresh
    }

    /// What a reader would like to have besides.
    pub(super) fn liked(&self) -> Option<(u64, u64)> {
        self.liked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_grow_where_a_reader_stays_and_begin_anew_where_it_jumps_to() {
        let tuning = Tuning { first_piece: 100, last_piece: 400, ..Tuning::default() };
        let mut pace = Pace::default();
        let mut ends = Vec::new();
        let mut from = 0;
        while let Some(end) = pace.piece(from, true, &tuning) {
            ends.push(end);
            from = end;
        }
        assert_eq!(ends, [100, 300, 700], "then all that follows");
        assert_eq!(pace.piece(5000, true, &tuning), Some(5100));
        assert!(pace.rest(&tuning).is_some());
    }

    #[test]
    fn what_is_expected_is_one_piece() {
        let tuning = Tuning { first_piece: 100, last_piece: 400, ..Tuning::default() };
        let mut pace = Pace::default();
        pace.expect(1000, 5000);
        assert_eq!(pace.piece(1008, true, &tuning), Some(6000));
        assert_eq!(pace.piece(9000, true, &tuning), Some(9100));
    }
}
