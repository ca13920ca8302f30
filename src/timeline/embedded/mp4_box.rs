//! The boxes of MP4 (ISO/IEC 14496-12): where they stand. Contents are read only when asked for.

use std::io::{Read, Seek};

use super::source::Source;
use crate::timeline::TimelineError;

/// Most boxes that are looked at in `moov` and `moof` boxes.
const MAX_BOXES: usize = 20_000;

/// Most boxes at the top of a file before `moov` is given up.
const MAX_TOP: usize = 4_096;

/// How deep boxes may nest.
const MAX_DEPTH: usize = 8;

/// Boxes that hold boxes, as far as chapters need them.
const CONTAINERS: [&[u8; 4]; 11] = [
    b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"tref", b"mvex", b"moof",
    b"traf",
];

/// A box and those in it.
#[derive(Debug)]
pub(super) struct Place {
    name: [u8; 4],
    /// Where its content stands.
    pub(super) start: u64,
    end: u64,
    inner: Vec<Place>,
}

impl Place {
    /// Boxes of a name in it.
    pub(super) fn all<'a>(&'a self, name: &'a [u8; 4]) -> impl Iterator<Item = &'a Place> {
        self.inner.iter().filter(move |inner| inner.name == *name)
    }

    /// The first box at a path in it.
    pub(super) fn at(&self, path: &[&[u8; 4]]) -> Option<&Place> {
        path.iter().try_fold(self, |place, name| place.inner.iter().find(|i| i.name == **name))
    }

    /// Its content, up to `limit` bytes.
    pub(super) fn read<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        limit: u64,
    ) -> Result<Vec<u8>, TimelineError> {
        source.go(self.start)?;
        source.up_to((self.end - self.start).min(limit))
    }
}

/// The first box of a name at the top of a file, from a place on, with the place behind it.
pub(super) fn find<R: Read + Seek>(
    source: &mut Source<R>,
    mut from: u64,
    name: [u8; 4],
) -> Result<Option<(Place, u64)>, TimelineError> {
    for _ in 0..MAX_TOP {
        let Some((mut place, next)) = head(source, from, u64::MAX)? else { return Ok(None) };
        if place.name == name {
            let mut left = MAX_BOXES;
            fill(source, &mut place, &mut left, 0)?;
            return Ok(Some((place, next)));
        }
        from = next;
    }
    Ok(None)
}

/// The head of the box at a place, and where the next one stands; `None` where the structure breaks
/// off.
fn head<R: Read + Seek>(
    source: &mut Source<R>,
    at: u64,
    end: u64,
) -> Result<Option<(Place, u64)>, TimelineError> {
    if at.saturating_add(8) > end {
        return Ok(None);
    }
    source.go(at)?;
    let Some([a, b, c, d, name @ ..]) = source.array::<8>()? else { return Ok(None) };
    let (header, size) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (8, end - at),
        1 => (16, source.array()?.map(u64::from_be_bytes).unwrap_or_default()),
        size => (8, u64::from(size)),
    };
    let next = at.checked_add(size).filter(|next| size >= header && *next <= end);
    Ok(next.map(|next| {
        let place = Place { name, start: at + header, end: next, inner: Vec::new() };
        (place, next)
    }))
}

/// Notes what is in a box.
fn fill<R: Read + Seek>(
    source: &mut Source<R>,
    place: &mut Place,
    left: &mut usize,
    depth: usize,
) -> Result<(), TimelineError> {
    let mut at = place.start;
    while *left > 0
        && let Some((mut inner, next)) = head(source, at, place.end)?
    {
        *left -= 1;
        if depth < MAX_DEPTH && CONTAINERS.contains(&&inner.name) {
            fill(source, &mut inner, left, depth + 1)?;
        }
        place.inner.push(inner);
        at = next;
    }
    Ok(())
}
