//! How fast bytes come.

use std::collections::VecDeque;

/// What was told within this time counts, in ms.
const WINDOW: u64 = 8_000;

/// After so long without news nothing comes, in ms.
const STALE: u64 = 4_000;

/// How fast bytes come: what was told in the last seconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pace {
    /// Ticks in ms, and bytes that were there.
    told: VecDeque<(u64, u64)>,
}

impl Pace {
    /// So many bytes are there at this tick.
    pub fn tell(&mut self, now: u64, bytes: u64) {
        if self.told.back().is_some_and(|(_, before)| *before > bytes) {
            self.told.clear();
        }
        self.told.push_back((now, bytes));
        while self.told.front().is_some_and(|(at, _)| now.saturating_sub(*at) > WINDOW) {
            self.told.pop_front();
        }
    }

    /// Bytes in a second; `None` while that cannot be said.
    #[must_use]
    pub fn rate(&self, now: u64) -> Option<u64> {
        let ((from, before), (to, after)) = (self.told.front()?, self.told.back()?);
        if now.saturating_sub(*to) > STALE {
            return Some(0);
        }
        let ms = to.checked_sub(*from).filter(|ms| *ms >= 500)?;
        Some(after.saturating_sub(*before).saturating_mul(1000) / ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_that_of_the_last_seconds() {
        let mut pace = Pace::default();
        assert_eq!(pace.rate(0), None);
        pace.tell(0, 5_000_000);
        pace.tell(250, 5_100_000);
        assert_eq!(pace.rate(250), None, "too early to say");
        for second in 1..=20 {
            pace.tell(second * 1000, 5_000_000 + second * 1_000_000);
        }
        assert_eq!(pace.rate(20_000), Some(1_000_000));
        assert_eq!(pace.rate(30_000), Some(0), "nothing comes any more");
        pace.tell(31_000, 10);
        assert_eq!(pace.rate(31_000), None, "it began anew");
    }
}
