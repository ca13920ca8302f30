//! Putting bytes into the part file. What comes twice is compared, never written twice.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::time::Instant;

use super::error::DownloadError;
use super::recording::{Inside, Recording};
use super::tuning::Tuning;

/// What the filler does after some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Onward {
    /// Goes on with this answer.
    Continue,
    /// Leaves it and asks for another place.
    Elsewhere,
}

/// Why bytes were not taken.
#[derive(Debug)]
pub(super) enum NotTaken {
    /// They are of another version of the file.
    Changed,
    /// Anything else.
    Error(DownloadError),
}

impl Recording {
    /// Takes bytes that belong at `at` in version `version` of the file.
    pub(super) fn take(&self, version: u64, at: u64, bytes: &[u8]) -> Result<Onward, NotTaken> {
        let mut inside = self.lock();
        if inside.version != version || inside.removed {
            return Ok(Onward::Elsewhere);
        }
        let end = at.saturating_add(bytes.len() as u64);
        if end > self.tuning.largest {
            let limit = self.tuning.largest;
            return Err(NotTaken::Error(DownloadError::TooLarge { url: self.shown(), limit }));
        }
        if inside.record.total.is_some_and(|total| end > total) {
            return Err(NotTaken::Changed);
        }
        let same = inside.merge(at, bytes).map_err(|error| {
            NotTaken::Error(DownloadError::disk("write", &self.names.part(), &error))
        })?;
        if !same {
            return Err(NotTaken::Changed);
        }
        inside.last_arrival = Instant::now();
        let onward = inside.onward(end, &self.tuning);
        drop(inside);
        self.announce();
        Ok(onward)
    }

    /// Whether the filler, which has come to `at`, should go on there.
    pub(super) fn onward(&self, version: u64, at: u64) -> Onward {
        let mut inside = self.lock();
        if inside.version == version { inside.onward(at, &self.tuning) } else { Onward::Elsewhere }
    }
}

impl Inside {
    /// Writes what is missing and compares what is there. `false` if it differs.
    fn merge(&mut self, at: u64, bytes: &[u8]) -> io::Result<bool> {
        let Some(file) = &mut self.file else {
            return Err(io::Error::other("the part file is closed"));
        };
        let have = &mut self.record.have;
        let (mut at, mut rest) = (at, bytes);
        while !rest.is_empty() {
            let there = have.there_until(at);
            let until = there.or_else(|| have.missing_until(at)).unwrap_or(u64::MAX);
            let length = usize::try_from(until - at).unwrap_or(usize::MAX).min(rest.len());
            let (now, later) = rest.split_at(length);
            if there.is_some() {
                if read_at(file, at, length)? != now {
                    return Ok(false);
                }
            } else {
                file.seek(SeekFrom::Start(at))?;
                file.write_all(now)?;
                have.add(at, at + length as u64);
                self.unsaved += length as u64;
            }
            at += length as u64;
            rest = later;
        }
        Ok(true)
    }

    fn onward(&mut self, at: u64, tuning: &Tuning) -> Onward {
        // At least what is compared anyway.
        let near = tuning.near.max(tuning.overlap);
        if self.users == 0 || self.removed {
            return Onward::Elsewhere;
        }
        let have = &self.record.have;
        if self.wanted.is_some_and(|wanted| have.there_until(wanted).is_some()) {
            self.wanted = None;
        }
        if self.ranges == Some(false) {
            return Onward::Continue;
        }
        let wanted_elsewhere = self.wanted.is_some_and(|wanted| wanted < at || wanted - at > near);
        // A long stretch that is there already is not fetched again.
        let known_ahead = have.there_until(at).is_some_and(|until| until - at > near);
        if wanted_elsewhere || known_ahead || self.called_away(at, tuning) {
            Onward::Elsewhere
        } else {
            Onward::Continue
        }
    }

    /// What would be liked besides is fetched once there is a cushion for what is read next, and left
    /// for it when that runs out.
    fn called_away(&self, at: u64, tuning: &Tuning) -> bool {
        let have = &self.record.have;
        let Some((from, until)) = self.pace.liked() else { return false };
        // Nothing else would be fetched now.
        if self.pace.rest(tuning).is_some() {
            return false;
        }
        let missing = have.first_missing(from);
        if self.wanted.is_some() || missing >= until.min(self.record.total.unwrap_or(until)) {
            return false;
        }
        let cushion = have.there_until(self.head).unwrap_or(self.head) - self.head;
        let at_the_end = self.record.total.is_some_and(|total| self.head + cushion >= total);
        if (from..until).contains(&at) {
            return cushion < tuning.cushion / 4 && !at_the_end;
        }
        at == self.head + cushion && cushion > tuning.cushion
    }
}

fn read_at(file: &mut File, at: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
