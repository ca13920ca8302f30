//! A recording as the tag readers see it: a place that moves, and bytes that are asked for by number.

use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom};

use crate::timeline::TimelineError;

/// Bytes that are read at once: the heads of frames and boxes stand close together, and what lies
/// between them (pictures, sound) is not read.
const CHUNK: usize = 4 << 10;

/// A reader with a place. What lies behind the end of the file reads as nothing.
pub(super) struct Source<R> {
    reader: BufReader<R>,
    at: u64,
    /// The place is one that the file system has no number for.
    nowhere: bool,
}

impl<R: Read + Seek> Source<R> {
    /// A source at the start of `reader`.
    pub(super) fn new(mut reader: R) -> Result<Self, TimelineError> {
        reader.seek(SeekFrom::Start(0))?;
        Ok(Self { reader: BufReader::with_capacity(CHUNK, reader), at: 0, nowhere: false })
    }

    /// Where the next byte is read.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Moves to a place; one that cannot be has no bytes.
    pub(super) fn go(&mut self, at: u64) -> Result<(), TimelineError> {
        let by = i128::from(at) - i128::from(if self.nowhere { 0 } else { self.at });
        let moved = match i64::try_from(by) {
            Ok(_) if self.nowhere => self.reader.seek(SeekFrom::Start(at)).map(|_| ()),
            Ok(by) => self.reader.seek_relative(by),
            Err(_) => Err(ErrorKind::InvalidInput.into()),
        };
        self.nowhere = match moved {
            Ok(()) => false,
            Err(error) if error.kind() == ErrorKind::InvalidInput => true,
            Err(error) => return Err(error.into()),
        };
        self.at = at;
        Ok(())
    }

    /// Up to `count` bytes; fewer at the end of the file.
    pub(super) fn up_to(&mut self, count: u64) -> Result<Vec<u8>, TimelineError> {
        let mut out = Vec::new();
        if self.nowhere {
            return Ok(out);
        }
        match self.reader.by_ref().take(count).read_to_end(&mut out) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {}
            Err(error) => return Err(error.into()),
        }
        self.at = self.at.saturating_add(out.len() as u64);
        Ok(out)
    }

    /// The next `count` bytes; `None` if the file ends before.
    pub(super) fn exactly(&mut self, count: u64) -> Result<Option<Vec<u8>>, TimelineError> {
        let bytes = self.up_to(count)?;
        Ok((bytes.len() as u64 == count).then_some(bytes))
    }

    /// The next `N` bytes; `None` if the file ends before.
    pub(super) fn array<const N: usize>(&mut self) -> Result<Option<[u8; N]>, TimelineError> {
        Ok(self.up_to(N as u64)?.try_into().ok())
    }
}
