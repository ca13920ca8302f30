//! What to ask the server for next, and what its answers say of the file.

use super::answer::{Asked, Version};
use super::recording::{Inside, Recording};

impl Recording {
    /// What to ask the server for next, with the version that it is for; `None` if nothing is missing.
    pub(super) fn next_ask(&self) -> Option<(Asked, u64)> {
        let inside = self.lock();
        inside.next_ask(self.tuning.overlap).map(|asked| (asked, inside.version))
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
    fn next_ask(&self, overlap: u64) -> Option<Asked> {
        let have = &self.record.have;
        let Some(total) = self.record.total else {
            let from = if self.ranges == Some(false) { 0 } else { have.first_missing(0) };
            return Some(Asked { from: self.with_overlap(from, overlap), to: None });
        };
        if have.covers(total) {
            return None;
        }
        if self.ranges == Some(false) {
            return Some(Asked::default());
        }
        let ahead = have.first_missing(self.wanted.unwrap_or(self.head));
        let from = if ahead < total { ahead } else { have.first_missing(0) };
        Some(Asked { from: self.with_overlap(from, overlap), to: have.missing_until(from) })
    }

    /// Goes back a little from a gap's start into what is there.
    fn with_overlap(&self, from: u64, overlap: u64) -> u64 {
        from - self.record.have.there_before(from).min(overlap)
    }
}
