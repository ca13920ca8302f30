//! Gaps in the sound that the machine is to blame for: counted apart from waiting for bytes.

use std::time::{Duration, Instant};

use super::Conductor;
use crate::audio::engine::Event;

/// Gaps are told so far apart, together.
const TELL_EVERY: Duration = Duration::from_secs(5);

/// What is known of gaps.
#[derive(Default)]
pub(super) struct Gaps {
    /// Gaps of the run that were looked at.
    seen: u32,
    /// Slow reads that were looked at.
    waits: u64,
    /// Gaps that are still to be told.
    untold: u32,
    told_at: Option<Instant>,
}

impl Gaps {
    /// A new run begins.
    pub(super) fn begin_run(&mut self) {
        self.seen = 0;
    }

    /// Takes in what there is now: gaps of the run, and whether and how often the worker waited for
    /// bytes.
    fn look(&mut self, gaps: u32, (waiting, waits): (bool, u64)) {
        let new = gaps.saturating_sub(self.seen);
        let missed_bytes = waiting || waits != self.waits;
        (self.seen, self.waits) = (gaps, waits);
        if !missed_bytes {
            self.untold = self.untold.saturating_add(new);
        }
    }

    /// How many are to be told now.
    fn due(&mut self, now: Instant) -> Option<u32> {
        let too_soon = self.told_at.is_some_and(|at| now.duration_since(at) < TELL_EVERY);
        if self.untold == 0 || too_soon {
            return None;
        }
        self.told_at = Some(now);
        Some(std::mem::take(&mut self.untold))
    }
}

impl Conductor {
    /// Counts gaps and tells them, seldom.
    pub(super) fn look_for_gaps(&mut self, gaps: u32) {
        let Some(session) = &self.session else { return };
        let (ticket, waits) = (session.ticket, session.waits());
        self.gaps.look(gaps, waits);
        if let Some(count) = self.gaps.due(Instant::now()) {
            self.tell(Event::Underruns { ticket, count });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_together_and_seldom() {
        let (mut gaps, start) = (Gaps::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        gaps.look(0, (false, 0));
        assert_eq!(gaps.due(at(0)), None);
        gaps.look(2, (false, 0));
        assert_eq!(gaps.due(at(1)), Some(2));
        gaps.look(5, (false, 0));
        assert_eq!(gaps.due(at(2)), None);
        gaps.begin_run();
        gaps.look(1, (false, 0));
        assert_eq!(gaps.due(at(6)), Some(4));
        assert_eq!(gaps.due(at(60)), None);
    }

    #[test]
    fn who_waits_for_bytes_has_no_gap() {
        let (mut gaps, now) = (Gaps::default(), Instant::now());
        gaps.look(1, (true, 0));
        gaps.look(2, (false, 1));
        assert_eq!(gaps.due(now), None);
        gaps.look(3, (false, 1));
        assert_eq!(gaps.due(now), Some(1));
    }
}
