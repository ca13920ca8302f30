//! How long the fragments of an MP4 file last together: nothing at its start says so.

use std::io::{self, Read, Seek, SeekFrom};

use super::{LONGEST, number};

/// More fragments than a day has at one in half a second.
const MOST_FRAGMENTS: usize = 200_000;

/// Ends of tracks in their own scale.
pub(super) struct Fragments<'m, M> {
    pub(super) media: &'m mut M,
    pub(super) track: u32,
    /// Of a sample, where a fragment does not say.
    pub(super) duration: u32,
}

impl<M: Read + Seek> Fragments<'_, M> {
    /// When the last fragment ends; `None` without one.
    pub(super) fn end(&mut self, len: u64) -> io::Result<Option<u64>> {
        let (mut place, mut end) = (0, None);
        for _ in 0..MOST_FRAGMENTS {
            if len.saturating_sub(place) < 16 {
                break;
            }
            self.media.seek(SeekFrom::Start(place))?;
            let mut head = [0; 16];
            self.media.read_exact(&mut head)?;
            let short = u64::from(number(head.get(..4)));
            let long =
                || u64::from(number(head.get(8..12))) << 32 | u64::from(number(head.get(12..16)));
            let (size, inside) = if short == 1 { (long(), 16) } else { (short, 8) };
            if size < inside {
                break;
            }
            if head.get(4..8) == Some(b"moof") {
                self.media.seek(SeekFrom::Start(place + inside))?;
                let mut body = Vec::new();
                (&mut *self.media)
                    .take((size - inside).min(LONGEST * 16))
                    .read_to_end(&mut body)?;
                for part in children(&body, *b"traf") {
                    end = self.track_end(part, end).or(end);
                }
            }
            place = place.saturating_add(size);
        }
        Ok(end)
    }

    fn track_end(&self, part: &[u8], before: Option<u64>) -> Option<u64> {
        let head = children(part, *b"tfhd").next()?;
        if number(head.get(4..8)) != self.track {
            return None;
        }
        let usual = usual_duration(head).unwrap_or(self.duration);
        let begin = children(part, *b"tfdt").next().map(|body| {
            let long = u64::from(number(body.get(4..8))) << 32 | u64::from(number(body.get(8..12)));
            if body.first() == Some(&1) { long } else { u64::from(number(body.get(4..8))) }
        });
        let runs: u64 = children(part, *b"trun").map(|run| run_length(run, usual)).sum();
        Some(begin.or(before).unwrap_or(0).saturating_add(runs))
    }
}

/// The bodies of the boxes of a kind (ISO/IEC 14496-12 § 8.8).
fn children(mut body: &[u8], kind: [u8; 4]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        loop {
            let size = number(body.get(..4)) as usize;
            let name = body.get(4..8)?;
            let inside = body.get(8..size)?;
            body = body.get(size..)?;
            if name == kind {
                return Some(inside);
            }
        }
    })
}

/// § 8.8.7.
fn usual_duration(head: &[u8]) -> Option<u32> {
    let flags = number(head.get(..4));
    let at = 8 + if flags & 1 != 0 { 8 } else { 0 } + if flags & 2 != 0 { 4 } else { 0 };
    (flags & 8 != 0).then(|| number(head.get(at..at + 4)))
}

/// § 8.8.8.
fn run_length(run: &[u8], usual: u32) -> u64 {
    let flags = number(run.get(..4));
    let count = number(run.get(4..8));
    if flags & 0x100 == 0 {
        return u64::from(count) * u64::from(usual);
    }
    let at = 8 + 4 * ((flags & 1) + (flags >> 2 & 1)) as usize;
    let each = 4 * (flags >> 8 & 15).count_ones() as usize;
    let samples = run.get(at..).unwrap_or_default().chunks_exact(each.max(4));
    samples.take(count as usize).map(|sample| u64::from(number(sample.get(..4)))).sum()
}
