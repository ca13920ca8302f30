//! A recording as a decoder reads it: blocking `Read + Seek` over what is there and what is coming.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use super::error::DownloadError;
use super::memo::Memo;
use super::recording::{Recording, Share};

mod growing;

use growing::Growing;

/// Most bytes that a reader may have asked for in one go: the tables of a very long recording.
const MOST_EXPECTED: u64 = 16 << 20;

/// A recording as a decoder reads it. Reads block until bytes come, so it belongs on a thread of its
/// own, never on the async runtime. While it lives, the recording is fetched: from the play head first,
/// then the rest; once whole, the file stays.
///
/// Errors of a read: `TimedOut` when no byte came for the stall time, `ConnectionAborted` when it was
/// cancelled, `InvalidData` when the file changed on the server after some of it was read, `NotFound`
/// for 404 and 410, others as they come. After an error another read tries again.
#[derive(Debug)]
pub struct Stream {
    source: Source,
    position: u64,
    cancelled: Arc<AtomicBool>,
    nudged: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Source {
    /// A file that is whole.
    Whole(File, u64, Memo),
    /// A file of the embedded show.
    Embedded(Cursor<&'static [u8]>),
    /// One that is on its way.
    Growing(Box<Growing>),
    /// One that could not even be begun.
    Broken(DownloadError),
}

/// Ends the blocking reads of a [`Stream`] from another thread.
#[derive(Debug, Clone)]
pub struct Canceller {
    cancelled: Arc<AtomicBool>,
    nudged: Arc<AtomicBool>,
    recording: Weak<Recording>,
}

impl Canceller {
    /// Ends a read that waits, and all later ones, with `ConnectionAborted`.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        self.wake();
    }

    /// Makes a read that waits, or else the next one that would, return with `Interrupted`.
    pub fn nudge(&self) {
        self.nudged.store(true, Ordering::SeqCst);
        self.wake();
    }

    fn wake(&self) {
        if let Some(recording) = self.recording.upgrade() {
            // With the lock held no reader is between its look at the flag and its sleep.
            let inside = recording.lock();
            recording.arrived.notify_all();
            drop(inside);
        }
    }
}

impl Stream {
    pub(super) fn whole(file: File, length: u64, memo: Memo) -> Self {
        Self::of(Source::Whole(file, length, memo))
    }

    pub(super) fn embedded(bytes: &'static [u8]) -> Self {
        Self::of(Source::Embedded(Cursor::new(bytes)))
    }

    pub(super) fn broken(error: DownloadError) -> Self {
        Self::of(Source::Broken(error))
    }

    pub(super) fn growing(share: Share) -> Self {
        Self::of(Source::Growing(Box::new(Growing::new(share))))
    }

    fn of(source: Source) -> Self {
        Self { source, position: 0, cancelled: Arc::default(), nudged: Arc::default() }
    }

    /// Ends reads from another thread.
    #[must_use]
    pub fn canceller(&self) -> Canceller {
        let recording = match &self.source {
            Source::Growing(growing) => Arc::downgrade(&growing.share.recording),
            _ => Weak::new(),
        };
        let (cancelled, nudged) = (Arc::clone(&self.cancelled), Arc::clone(&self.nudged));
        Canceller { cancelled, nudged, recording }
    }

    /// Length in bytes. Waits for the server's first answer if it is not known yet; `None` if the server
    /// does not say, or does not answer.
    #[must_use]
    pub fn byte_len(&self) -> Option<u64> {
        match &self.source {
            Source::Whole(_, length, _) => Some(*length),
            Source::Embedded(bytes) => Some(bytes.get_ref().len() as u64),
            Source::Growing(growing) => growing.length(&self.cancelled).ok().flatten(),
            Source::Broken(_) => None,
        }
    }
}

impl Stream {
    /// Whether the bytes `from..from + len`, as far as the recording has them, can be read without
    /// waiting.
    #[must_use]
    pub fn is_ready(&self, from: u64, len: u64) -> bool {
        match &self.source {
            Source::Whole(..) | Source::Embedded(_) => true,
            Source::Broken(_) => false,
            Source::Growing(growing) => {
                let inside = growing.share.recording.lock();
                let end = from.saturating_add(len);
                let end = inside.record.total.map_or(end, |total| end.min(total));
                from >= end || inside.record.have.there_until(from).is_some_and(|to| to >= end)
            }
        }
    }
}

impl Stream {
    /// Bytes that are kept beside the recording as long as it is there.
    #[must_use]
    pub fn memo(&self) -> Option<Memo> {
        match &self.source {
            Source::Whole(.., memo) => Some(memo.clone()),
            Source::Growing(growing) => {
                let recording = &growing.share.recording;
                let inside = recording.lock();
                // Of another version, or of nothing at all, nothing is kept.
                let other = growing.read_of.is_some_and(|version| version != inside.version);
                (!other && !inside.removed).then(|| recording.names.memo())
            }
            Source::Embedded(_) | Source::Broken(_) => None,
        }
    }

    /// So many bytes from there on will be read in one go: they are asked for in one request.
    pub fn expect(&self, from: u64, len: u64) {
        if let Source::Growing(growing) = &self.source {
            growing.share.recording.lock().pace.expect(from, len.min(MOST_EXPECTED));
        }
    }

    /// These bytes would be of use too: they are fetched before the rest, once there is enough of what
    /// is read next. The last word counts; `None` takes it back.
    pub fn like(&self, range: Option<(u64, u64)>) {
        if let Source::Growing(growing) = &self.source {
            let recording = &growing.share.recording;
            let fresh = recording.lock().pace.like(range);
            if fresh {
                recording.attention.notify_one();
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cancelled.load(Ordering::SeqCst) {
            return Err(DownloadError::Cancelled.into_io());
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = match &mut self.source {
            Source::Whole(file, ..) => file.read(buffer)?,
            Source::Embedded(bytes) => bytes.read(buffer)?,
            Source::Growing(growing) => {
                growing.read(self.position, buffer, &self.cancelled, &self.nudged)?
            }
            Source::Broken(error) => return Err(error.clone().into_io()),
        };
        self.position = self.position.saturating_add(count as u64);
        Ok(count)
    }
}

impl Seek for Stream {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let base = match to {
            SeekFrom::Start(_) => 0,
            SeekFrom::Current(_) => self.position,
            SeekFrom::End(_) => self.byte_len().ok_or_else(|| {
                let why = "the server does not tell the length, so there is no way from the end";
                io::Error::new(io::ErrorKind::Unsupported, why)
            })?,
        };
        let target = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::Current(offset) | SeekFrom::End(offset) => base.checked_add_signed(offset),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "a place before the beginning");
        let target = target.ok_or_else(before)?;
        match &mut self.source {
            Source::Whole(file, ..) => self.position = file.seek(SeekFrom::Start(target))?,
            Source::Embedded(bytes) => self.position = bytes.seek(SeekFrom::Start(target))?,
            Source::Growing(_) | Source::Broken(_) => self.position = target,
        }
        Ok(self.position)
    }
}
