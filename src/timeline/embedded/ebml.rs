//! EBML (RFC 8794): elements of an identifier, a size and a content.

use std::io::{Read, Seek};

use super::source::Source;
use crate::timeline::TimelineError;

/// An element: where its content stands. The identifier has its marker bit, as it is written in
/// specifications.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) id: u32,
    pub(super) start: u64,
    /// Where the next one begins; the end of what it stands in if its size is unknown.
    pub(super) end: u64,
    /// Its size is written down.
    pub(super) sized: bool,
}

/// The element at the source's place; `None` at `end` or where there is none.
pub(super) fn element<R: Read + Seek>(
    source: &mut Source<R>,
    end: u64,
) -> Result<Option<Element>, TimelineError> {
    if source.at() >= end {
        return Ok(None);
    }
    let Some((id, _, length)) = number(source)? else { return Ok(None) };
    let id = u32::try_from(id).ok().filter(|_| length <= 4);
    let (Some(id), Some((_, value, length))) = (id, number(source)?) else { return Ok(None) };
    let start = source.at();
    // All bits set: a stream that was written as it came.
    let sized = value != (1_u64 << (7 * length)) - 1;
    let until = if sized { start.saturating_add(value) } else { end };
    // The head itself may reach beyond the end.
    Ok((start..=end).contains(&until).then_some(Element { id, start, end: until, sized }))
}

/// A number of one to eight bytes whose first bits tell how many: with that marker, without it, and
/// its length in bytes.
fn number<R: Read + Seek>(
    source: &mut Source<R>,
) -> Result<Option<(u64, u64, u32)>, TimelineError> {
    let Some([first]) = source.array::<1>()? else { return Ok(None) };
    let length = first.leading_zeros() + 1;
    if length > 8 {
        return Ok(None);
    }
    let Some(rest) = source.exactly(u64::from(length) - 1)? else { return Ok(None) };
    let whole = rest.iter().fold(u64::from(first), |value, byte| value << 8 | u64::from(*byte));
    let marker = 1_u64 << (7 * length);
    Ok(Some((whole, whole ^ marker, length)))
}

impl Element {
    /// Hands each element in it to `look`, which leaves the source anywhere.
    pub(super) fn each<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        mut look: impl FnMut(&mut Source<R>, Element) -> Result<(), TimelineError>,
    ) -> Result<(), TimelineError> {
        source.go(self.start)?;
        while let Some(inner) = element(source, self.end)? {
            look(source, inner)?;
            source.go(inner.end)?;
        }
        Ok(())
    }

    /// Its content, up to `limit` bytes; `None` if it is longer or the file ends before.
    pub(super) fn read<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, TimelineError> {
        source.go(self.start)?;
        let size = self.end - self.start;
        if size <= limit { source.exactly(size) } else { Ok(None) }
    }

    /// Its content as an unsigned number.
    pub(super) fn unsigned<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
    ) -> Result<Option<u64>, TimelineError> {
        let bytes = self.read(source, 8)?;
        Ok(bytes.map(|b| b.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))))
    }
}
