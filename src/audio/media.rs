//! Where bytes come from: a file, memory, or a download that may block while it fills.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

/// Makes a blocked read of a [`Media`] return soon, with any error; called from another thread.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// The bytes of one recording.
///
/// A read may block while bytes are still being downloaded. It should return an error of kind
/// [`io::ErrorKind::Interrupted`], `TimedOut` or `WouldBlock` from time to time (every second or so), or when its
/// [`Waker`] is called, so that a seek or a stop is not held up. Such an error only means *not
/// yet*; any other error pauses the sound and is tried again. Only `Ok(0)` at [`Media::byte_len`]
/// (or where that is unknown) is the end of the recording.
pub trait Media: Read + Seek + Send + Sync {
    /// Length in bytes, `None` while unknown.
    fn byte_len(&self) -> Option<u64>;

    /// Whether the bytes `from..from + len` (as far as the recording has them) can be read
    /// without waiting. When in doubt `false`: then nothing is read ahead of what is played.
    fn ready(&self, from: u64, len: u64) -> bool {
        let _ = (from, len);
        false
    }

    /// So many bytes from there on will be read in one go, so that they can be fetched in one go.
    fn expect(&self, from: u64, len: u64) {
        let _ = (from, len);
    }

    /// These bytes would be of use too, if there is time to fetch them: after what is read next, before
    /// the rest. The last word counts; `None` takes it back.
    fn like(&self, range: Option<(u64, u64)>) {
        let _ = range;
    }

    /// What was last given to [`Media::keep_memo`] for this recording, if it was kept.
    fn memo(&self) -> Option<Vec<u8>> {
        None
    }

    /// Keeps some bytes beside the recording, instead of those before. What they mean, and whether they
    /// are still right, is the concern of whoever gives them. Not to keep them is no error.
    fn keep_memo(&self, memo: &[u8]) {
        let _ = memo;
    }

    /// A handle that wakes a blocked read, if reads can block.
    fn waker(&self) -> Option<Waker> {
        None
    }
}

impl Media for File {
    fn byte_len(&self) -> Option<u64> {
        self.metadata().ok().map(|meta| meta.len())
    }

    fn ready(&self, _from: u64, _len: u64) -> bool {
        true
    }
}

/// A recording in memory.
#[derive(Clone)]
pub struct MemoryMedia {
    bytes: Cursor<Bytes>,
}

#[derive(Clone)]
enum Bytes {
    Shared(Arc<[u8]>),
    Static(&'static [u8]),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Shared(bytes) => bytes,
            Self::Static(bytes) => bytes,
        }
    }
}

impl MemoryMedia {
    /// Plays these bytes; clones share them.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { bytes: Cursor::new(Bytes::Shared(bytes.into())) }
    }

    /// Plays bytes that are part of the program.
    #[must_use]
    pub fn from_static(bytes: &'static [u8]) -> Self {
        Self { bytes: Cursor::new(Bytes::Static(bytes)) }
    }
}

impl Read for MemoryMedia {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(out)
    }
}

impl Seek for MemoryMedia {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

impl Media for MemoryMedia {
    fn byte_len(&self) -> Option<u64> {
        Some(self.bytes.get_ref().as_ref().len() as u64)
    }

    fn ready(&self, _from: u64, _len: u64) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_the_bytes_but_not_the_place() {
        let mut one = MemoryMedia::new(vec![1, 2, 3]);
        let mut two = one.clone();
        let mut byte = [0];
        one.read_exact(&mut byte).unwrap();
        two.seek(SeekFrom::Start(2)).unwrap();
        two.read_exact(&mut byte).unwrap();
        assert_eq!((one.stream_position().unwrap(), byte[0]), (1, 3));
        assert_eq!(one.byte_len(), Some(3));
    }
}
