//! A piece of the file in memory: small reads that do not reach further than needed.

use std::io::{self, Read, Seek, SeekFrom};

use crate::audio::gate::Gated;

/// Bytes asked for at once.
const CHUNK: usize = 64 * 1024;

/// The bytes last read and where they are.
#[derive(Default)]
pub(crate) struct Window {
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    /// Up to `len` bytes from `place`: fewer only at the end of the recording.
    ///
    /// # Errors
    /// When reading failed for good, see [`Gated`].
    pub(crate) fn at(&mut self, media: &mut Gated, place: u64, len: usize) -> io::Result<&[u8]> {
        if self.kept(place).is_none_or(|kept| self.bytes.len() - kept < len) {
            self.refill(media, place, len)?;
        }
        let from = self.kept(place).unwrap_or(self.bytes.len());
        let rest = self.bytes.get(from..).unwrap_or_default();
        Ok(rest.get(..len).unwrap_or(rest))
    }

    /// Where `place` is in the kept bytes.
    fn kept(&self, place: u64) -> Option<usize> {
        let offset = usize::try_from(place.checked_sub(self.start)?).ok()?;
        (offset <= self.bytes.len()).then_some(offset)
    }

    fn refill(&mut self, media: &mut Gated, place: u64, len: usize) -> io::Result<()> {
        match self.kept(place) {
            Some(offset) => drop(self.bytes.drain(..offset)),
            None => self.bytes.clear(),
        }
        self.start = place;
        media.seek(SeekFrom::Start(place + self.bytes.len() as u64))?;
        while self.bytes.len() < len {
            let have = self.bytes.len();
            self.bytes.resize(have + CHUNK, 0);
            let space = self.bytes.get_mut(have..).unwrap_or_default();
            let got = media.read(space);
            self.bytes.truncate(have + got.as_ref().copied().unwrap_or(0).min(CHUNK));
            if got? == 0 {
                break;
            }
        }
        Ok(())
    }
}
