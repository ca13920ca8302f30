//! What to ask the server for next, and what its answers say of the file.

use std::time::Duration;

use super::answer::{Asked, Version};
use super::recording::{Inside, Recording};
use super::tuning::Tuning;

/// What the filler does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It asks for this, in that version of the file.
    Ask(Asked, u64),
    /// It waits so long for somebody to want something.
    Rest(Duration),
    /// Nothing is missing.
    Whole,
}

impl Recording {
    /// What the filler does next.
    pub(super) fn next(&self) -> Next {
        self.lock().next(&self.tuning)
    }

    /// Takes over what an answer says of the version.
    pub(super) fn adopt(&self, version: Version, final_url: &str, ranges: Option<bool>) {
        let mut inside = self.lock();
        let record = &mut inside.record;
        record.total = record.total.or(version.total);
        record.etag = record.etag.take().or(version.etag);
        record.last_modified = record.last_modified.take().or(version.last_modified);
        record.final_url = Some(final_url.to_owned());
        inside.ranges = ranges.or(inside.ranges);
        inside.answered = true;
        drop(inside);
        self.announce();
    }

    /// The end of the file was seen.
    pub(super) fn ends_at(&self, total: u64) {
        let mut inside = self.lock();
        inside.record.total = Some(total);
        drop(inside);
        self.announce();
    }

    /// Forgets where redirects led, so that they are followed anew. `false` if nothing was remembered.
    pub(super) fn forget_final_url(&self) -> bool {
        let mut inside = self.lock();
        inside.record.final_url.take().is_some_and(|found| found != inside.record.url)
    }
}

impl Inside {
    fn next(&mut self, tuning: &Tuning) -> Next {
        let whole = self.record.total.is_some_and(|total| self.record.have.covers(total));
        if whole {
            return Next::Whole;
        }
        if self.ranges == Some(false) {
            return Next::Ask(Asked::default(), self.version);
        }
        let streams = self.downloads == 0;
        if streams && self.wanted.is_none() && self.record.total.is_some() {
            // Whoever jumps about does not pay for what lies between.
            if let Some(pause) = self.pace.rest(tuning) {
                return Next::Rest(pause);
            }
        }
        let (from, until) = self.place(tuning);
        let piece = if streams || self.wanted.is_some() {
            // The first request of all is one that somebody waits for.
            let waits = self.wanted.is_some() || self.record.total.is_none();
            self.pace.piece(from, waits, tuning)
        } else {
            None
        };
        let gap = self.record.have.missing_until(from);
        let to = [piece, gap, until, self.record.total].into_iter().flatten().min();
        // To the end means to the end, however long it turns out to be.
        let to = to.filter(|to| piece == Some(*to) || self.record.total != Some(*to));
        Next::Ask(Asked { from: self.with_overlap(from, tuning.overlap), to }, self.version)
    }

    /// The next place to fetch from, and where that ends if not at the next gap's end: what a reader
    /// waits for, a cushion for what is read next, what would be liked besides, the rest after the
    /// play head, and what was left out before.
    fn place(&self, tuning: &Tuning) -> (u64, Option<u64>) {
        let have = &self.record.have;
        let Some(total) = self.record.total else { return (have.first_missing(0), None) };
        if let Some(wanted) = self.wanted {
            let missing = have.first_missing(wanted);
            if missing < total {
                return (missing, None);
            }
        }
        let ahead = have.first_missing(self.head);
        let liked = self.pace.liked().map(|(from, until)| (have.first_missing(from), until));
        let liked = liked.filter(|(from, until)| from < until && *from < total);
        match liked {
            Some(_) if ahead < total && ahead - self.head < tuning.cushion => {
                (ahead, Some(self.head.saturating_add(tuning.cushion)))
            }
            Some((from, until)) => (from, Some(until)),
            None if ahead < total => (ahead, None),
            None => (have.first_missing(0), None),
        }
    }

    /// Goes back a little from a gap's start into what is there.
    fn with_overlap(&self, from: u64, overlap: u64) -> u64 {
        from - self.record.have.there_before(from).min(overlap)
    }
}
