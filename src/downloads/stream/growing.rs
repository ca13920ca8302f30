//! Reading of a recording that is on its way: bytes that are there at once, others when they come.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::downloads::error::DownloadError;
use crate::downloads::recording::{Inside, Phase, Recording, Share};

/// The reader's end of a recording that is being fetched.
#[derive(Debug)]
pub(super) struct Growing {
    pub(super) share: Share,
    /// The file for reading, with the version that it is of.
    file: Option<(u64, File)>,
    /// The version that bytes were read of.
    pub(super) read_of: Option<u64>,
    /// The filler's failures that were reported or are older than this stream.
    reported: u64,
}

impl Growing {
    pub(super) fn new(share: Share) -> Self {
        let reported = share.recording.lock().failures;
        Self { share, file: None, read_of: None, reported }
    }

    /// Reads as [`Read`](std::io::Read) does, waiting for what is on its way.
    pub(super) fn read(
        &mut self,
        at: u64,
        buffer: &mut [u8],
        cancelled: &AtomicBool,
        nudged: &AtomicBool,
    ) -> io::Result<usize> {
        let outcome = self.read_when_there(at, buffer, cancelled, nudged);
        if outcome.is_err() {
            // Nobody waits there any more; whoever waits elsewhere may say so now.
            let mut inside = self.share.recording.lock();
            inside.wanted = inside.wanted.filter(|wanted| *wanted != at);
            self.share.recording.arrived.notify_all();
        }
        outcome
    }

    fn read_when_there(
        &mut self,
        at: u64,
        buffer: &mut [u8],
        cancelled: &AtomicBool,
        nudged: &AtomicBool,
    ) -> io::Result<usize> {
        let recording = Arc::clone(&self.share.recording);
        let began = Instant::now();
        let mut inside = recording.lock();
        loop {
            self.check(&inside, cancelled)?;
            if inside.record.total.is_some_and(|total| at >= total) {
                return Ok(0);
            }
            if let Some(until) = inside.record.have.there_until(at) {
                // What is liked besides is read in passing; playing goes on elsewhere.
                if inside.pace.liked().is_none_or(|(from, until)| !(from..until).contains(&at)) {
                    inside.head = at;
                }
                inside.wanted = inside.wanted.filter(|wanted| *wanted != at);
                self.open(&inside)?;
                self.read_of = Some(inside.version);
                drop(inside);
                return self.read_file(at, until, buffer);
            }
            if nudged.swap(false, Ordering::SeqCst) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            // The first to wait is served first: two readers must not call the filler to and fro.
            if inside.wanted.is_none() {
                inside.wanted = Some(at);
                recording.attention.notify_one();
            }
            inside = self.wait(inside, began)?;
        }
    }

    /// Ends early if the stream was cancelled, or the file is not the one that was read so far.
    fn check(&self, inside: &Inside, cancelled: &AtomicBool) -> io::Result<()> {
        if cancelled.load(Ordering::SeqCst) || inside.removed {
            return Err(DownloadError::Cancelled.into_io());
        }
        if self.read_of.is_some_and(|version| version != inside.version) {
            let why = "the recording changed on the server while it was read; open it again";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(())
    }

    /// Opens the file of the current version for reading, apart from the filler's.
    fn open(&mut self, inside: &Inside) -> io::Result<()> {
        if self.file.as_ref().is_some_and(|(version, _)| *version == inside.version) {
            return Ok(());
        }
        let part = self.share.recording.names.part();
        let path = match &inside.phase {
            Phase::Whole(path, _) => path,
            Phase::Resting | Phase::Filling | Phase::Failed(_) => &part,
        };
        self.file = Some((inside.version, File::open(path)?));
        Ok(())
    }

    /// Reads bytes that are there. The lock is not needed for that: what is there in a version never
    /// changes, and another version is in another file.
    fn read_file(&mut self, at: u64, until: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let Some((_, file)) = &mut self.file else {
            return Err(io::Error::other("the part file is closed"));
        };
        let length = usize::try_from(until - at).unwrap_or(usize::MAX).min(buffer.len());
        let Some(target) = buffer.get_mut(..length) else { return Ok(0) };
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(target)?;
        Ok(length)
    }

    /// Sleeps until something changes, with the filler at work.
    fn wait<'a>(
        &mut self,
        mut inside: MutexGuard<'a, Inside>,
        began: Instant,
    ) -> io::Result<MutexGuard<'a, Inside>> {
        let recording = Arc::clone(&self.share.recording);
        if matches!(inside.phase, Phase::Resting)
            || matches!(inside.phase, Phase::Failed(_)) && inside.failures <= self.reported
        {
            inside.start(&recording);
        }
        match &inside.phase {
            Phase::Failed(error) => {
                self.reported = inside.failures;
                return Err(error.clone().into_io());
            }
            Phase::Whole(..) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Phase::Resting | Phase::Filling => {}
        }
        let stall = recording.tuning.stall;
        let silent_since = began.max(inside.last_arrival);
        let left = stall.saturating_sub(silent_since.elapsed());
        if left == Duration::ZERO {
            let why = format!("no byte came for {} s; check the network", stall.as_secs());
            return Err(io::Error::new(io::ErrorKind::TimedOut, why));
        }
        Ok(sleep(&self.share.recording, inside, left))
    }

    /// The length, once the server has answered.
    pub(super) fn length(&self, cancelled: &AtomicBool) -> io::Result<Option<u64>> {
        let recording = &self.share.recording;
        let began = Instant::now();
        let mut inside = recording.lock();
        loop {
            self.check(&inside, cancelled)?;
            let over = matches!(inside.phase, Phase::Failed(_) | Phase::Resting);
            if inside.record.total.is_some() || inside.answered || over {
                return Ok(inside.record.total);
            }
            if let Phase::Whole(_, length) = &inside.phase {
                return Ok(Some(*length));
            }
            let left = recording.tuning.stall.saturating_sub(began.elapsed());
            if left == Duration::ZERO {
                return Ok(None);
            }
            inside = sleep(recording, inside, left);
        }
    }
}

fn sleep<'a>(
    recording: &Recording,
    inside: MutexGuard<'a, Inside>,
    longest: Duration,
) -> MutexGuard<'a, Inside> {
    let woken = recording.arrived.wait_timeout(inside, longest);
    woken.unwrap_or_else(PoisonError::into_inner).0
}
