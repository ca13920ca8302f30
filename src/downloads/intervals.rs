//! Which bytes of a file are there.

use serde::{Deserialize, Serialize};

/// Ranges of bytes `[start, end)`: ascending, never empty, never touching each other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Intervals {
    spans: Vec<(u64, u64)>,
}

impl Intervals {
    /// Adds `[start, end)`.
    pub(super) fn add(&mut self, start: u64, end: u64) {
        if start >= end {
            return;
        }
        let first = self.spans.partition_point(|span| span.1 < start);
        let after = self.spans.partition_point(|span| span.0 <= end);
        let touched = self.spans.get(first..after).unwrap_or_default();
        let low = touched.first().map_or(start, |span| span.0.min(start));
        let high = touched.last().map_or(end, |span| span.1.max(end));
        self.spans.splice(first..after, [(low, high)]);
    }

    /// Where the bytes that are there from `at` on end; `None` if `at` is missing.
    pub(super) fn there_until(&self, at: u64) -> Option<u64> {
        let index = self.spans.partition_point(|span| span.1 <= at);
        let span = self.spans.get(index)?;
        (span.0 <= at).then_some(span.1)
    }

    /// Where the bytes that are missing from `at` on end; `None` if `at` is there or nothing follows.
    pub(super) fn missing_until(&self, at: u64) -> Option<u64> {
        let index = self.spans.partition_point(|span| span.1 <= at);
        self.spans.get(index).map(|span| span.0).filter(|start| *start > at)
    }

    /// The first missing place at or after `from`.
    pub(super) fn first_missing(&self, from: u64) -> u64 {
        self.there_until(from).unwrap_or(from)
    }

    /// How many bytes directly before `at` are there.
    pub(super) fn there_before(&self, at: u64) -> u64 {
        let index = self.spans.partition_point(|span| span.1 < at);
        match self.spans.get(index) {
            Some(span) if span.0 < at => at - span.0,
            _ => 0,
        }
    }

    /// How many bytes are there.
    pub(super) fn covered(&self) -> u64 {
        self.spans.iter().map(|span| span.1 - span.0).sum()
    }

    /// The end of the last range.
    pub(super) fn end(&self) -> u64 {
        self.spans.last().map_or(0, |span| span.1)
    }

    /// Whether `[0, total)` is there.
    pub(super) fn covers(&self, total: u64) -> bool {
        total == 0 || self.there_until(0).is_some_and(|end| end >= total)
    }

    /// The same with everything in order, whatever a file said.
    pub(super) fn normalised(&self) -> Self {
        let mut good = Self::default();
        for (start, end) in &self.spans {
            good.add(*start, *end);
        }
        good
    }

    /// How many ranges there are.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, byte by byte.
    fn model(spans: &[(u64, u64)]) -> Vec<bool> {
        let mut bytes = vec![false; 64];
        for (start, end) in spans {
            for byte in *start..*end {
                bytes[byte as usize] = true;
            }
        }
        bytes
    }

    #[test]
    fn ranges_added_in_any_order_say_what_a_map_of_bytes_says() {
        // A small linear congruential generator: the same cases every time.
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..500 {
            let spans: Vec<(u64, u64)> =
                (0..next(7)).map(|_| (next(60), next(60))).filter(|(a, b)| a < b).collect();
            let mut intervals = Intervals::default();
            for (start, end) in &spans {
                intervals.add(*start, *end);
            }
            let bytes = model(&spans);
            assert_eq!(intervals.covered(), bytes.iter().filter(|there| **there).count() as u64);
            for at in 0..64_u64 {
                let rest = &bytes[at as usize..];
                let run = rest.iter().take_while(|there| **there).count() as u64;
                assert_eq!(
                    intervals.there_until(at),
                    (run > 0).then_some(at + run),
                    "{spans:?} {at}"
                );
                assert_eq!(intervals.first_missing(at), at + run);
                let hole = rest.iter().take_while(|there| !**there).count() as u64;
                let closed = hole > 0 && at + hole < 64;
                assert_eq!(
                    intervals.missing_until(at),
                    closed.then_some(at + hole),
                    "{spans:?} {at}"
                );
                let before =
                    bytes[..at as usize].iter().rev().take_while(|there| **there).count() as u64;
                assert_eq!(intervals.there_before(at), before, "{spans:?} {at}");
                assert_eq!(intervals.covers(at), bytes[..at as usize].iter().all(|there| *there));
            }
        }
    }

    #[test]
    fn disorder_in_a_file_is_put_in_order() {
        let wild: Intervals = serde_json::from_str("[[9,5],[4,6],[1,4],[20,30]]").unwrap();
        let good = wild.normalised();
        assert_eq!(serde_json::to_string(&good).unwrap(), "[[1,6],[20,30]]");
    }
}
