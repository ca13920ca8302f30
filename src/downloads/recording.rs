//! A recording that is on its way: what its filler, its downloads and its streams share.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use crate::fetch::{Client, shown_address};

use super::error::DownloadError;
use super::fill;
use super::job::{Job, Progress};
use super::names::Names;
use super::pace::Pace;
use super::part::open_part;
use super::record::Record;
use super::tuning::Tuning;

/// What happens to a recording.
#[derive(Debug, Clone)]
pub(super) enum Phase {
    /// Nobody fetches it.
    Resting,
    /// Its filler runs.
    Filling,
    /// It is whole.
    Whole(PathBuf, u64),
    /// The filler gave up.
    Failed(DownloadError),
}

/// A recording that is on its way.
#[derive(Debug)]
pub(super) struct Recording {
    pub(super) names: Names,
    pub(super) job: Job,
    pub(super) client: Client,
    pub(super) tuning: Arc<Tuning>,
    handle: Handle,
    inside: Mutex<Inside>,
    /// Wakes blocking readers.
    pub(super) arrived: Condvar,
    /// Wakes waiting downloads.
    tick: watch::Sender<u64>,
    /// Wakes the filler: a reader wants another place, or nobody wants anything.
    pub(super) attention: Notify,
    /// Held while the record is written or removed.
    pub(super) disk: Mutex<()>,
}

/// The part that changes.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) record: Record,
    /// The part file for writing, locked against other processes.
    pub(super) file: Option<File>,
    /// Counts the versions of the file that were seen; each has a part file of its own.
    pub(super) version: u64,
    pub(super) phase: Phase,
    /// Counts how often the filler gave up.
    pub(super) failures: u64,
    /// Streams and downloads that want it.
    pub(super) users: usize,
    /// Those of them that want the whole as soon as possible.
    pub(super) downloads: usize,
    /// Where a reader waits for bytes.
    pub(super) wanted: Option<u64>,
    /// Where a reader read last.
    pub(super) head: u64,
    /// How much is asked for at once.
    pub(super) pace: Pace,
    /// Whether the server does ranges, once that is known.
    pub(super) ranges: Option<bool>,
    /// The server answered in this version, so `record.total` is all that will be said of the length.
    pub(super) answered: bool,
    pub(super) last_arrival: Instant,
    /// Bytes since the record was written.
    pub(super) unsaved: u64,
    /// When that was.
    pub(super) saved: Instant,
    /// Removed by the user; nothing may touch the files any more.
    pub(super) removed: bool,
}

impl Recording {
    /// Takes up a recording where it was left, or begins it.
    pub(super) fn open(
        names: Names,
        job: Job,
        client: Client,
        tuning: Arc<Tuning>,
        handle: Handle,
    ) -> Result<Arc<Self>, DownloadError> {
        let (file, record) = take_up(&names, &job.url)?;
        // Another process may have finished it before the lock was free.
        let phase = match names.find_whole() {
            Some(path) => {
                super::keeping::remove_file(&names.part())?;
                let length = path.metadata().map_or(0, |meta| meta.len());
                Phase::Whole(path, length)
            }
            None => Phase::Resting,
        };
        let inside = Inside {
            record,
            file: Some(file),
            version: 0,
            phase,
            failures: 0,
            users: 0,
            downloads: 0,
            pace: Pace::default(),
            wanted: None,
            head: 0,
            ranges: None,
            answered: false,
            last_arrival: Instant::now(),
            unsaved: 0,
            saved: Instant::now(),
            removed: false,
        };
        Ok(Arc::new(Self {
            names,
            job,
            client,
            tuning,
            handle,
            inside: Mutex::new(inside),
            arrived: Condvar::new(),
            tick: watch::Sender::new(0),
            attention: Notify::new(),
            disk: Mutex::new(()),
        }))
    }

    /// The part that changes. A thread that died with the lock leaves whole sentences behind, so the
    /// lock is taken all the same.
    pub(super) fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address, fit for a sentence.
    pub(super) fn shown(&self) -> String {
        shown_address(&self.job.url)
    }

    /// Tells everybody that something changed.
    pub(super) fn announce(&self) {
        self.arrived.notify_all();
        self.tick.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Sees changes from now on.
    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.tick.subscribe()
    }

    /// Starts the filler unless it runs or there is nothing left for it.
    pub(super) fn wake(self: &Arc<Self>) {
        self.lock().start(self);
    }

    /// Whether another take of it has to be opened for `job`: this one was removed, was finished and then
    /// deleted, or rests and was for another address. In the last case it lets go of its files.
    pub(super) fn give_way(&self, job: &Job) -> bool {
        let mut inside = self.lock();
        let same = self.job.url == job.url && self.job.trust == job.trust;
        let working = inside.users > 0 || matches!(inside.phase, Phase::Filling);
        match &inside.phase {
            _ if inside.removed => true,
            // Somebody may have removed or cut it since.
            Phase::Whole(path, bytes) => {
                !path.metadata().is_ok_and(|facts| facts.is_file() && facts.len() >= *bytes)
            }
            _ if same || working => false,
            _ => {
                inside.removed = true;
                inside.file = None;
                true
            }
        }
    }

    /// Whether so much has come, or so much time has passed, that it should be written down.
    pub(super) fn is_due(&self) -> bool {
        let inside = self.lock();
        let long = inside.saved.elapsed() >= self.tuning.keep_every;
        inside.unsaved >= self.tuning.checkpoint || inside.unsaved > 0 && long
    }

    /// Whether nobody wants it.
    pub(super) fn is_unwanted(&self) -> bool {
        let inside = self.lock();
        inside.users == 0 || inside.removed
    }

    /// Whether every byte is there; then it is made the whole file, whoever still wants it.
    pub(super) fn is_all_there(&self) -> bool {
        let inside = self.lock();
        let total = inside.record.total.filter(|_| !inside.removed && inside.file.is_some());
        total.is_some_and(|total| inside.record.have.covers(total))
    }

    /// Ends the filler if still nobody wants it, and lets other processes have the files.
    pub(super) fn rest(&self) -> bool {
        let mut inside = self.lock();
        if inside.removed {
            return true;
        }
        if inside.users > 0 {
            return false;
        }
        inside.phase = Phase::Resting;
        self.drop_empty(&mut inside);
        inside.file = None;
        drop(inside);
        self.announce();
        true
    }

    /// What happens, and how far it is.
    pub(super) fn view(&self) -> (Phase, Progress) {
        let inside = self.lock();
        let progress = Progress { bytes: inside.record.have.covered(), total: inside.record.total };
        (inside.phase.clone(), progress)
    }
}

impl Inside {
    /// As [`Recording::wake`], with the lock held.
    pub(super) fn start(&mut self, recording: &Arc<Recording>) {
        if self.removed || !matches!(self.phase, Phase::Resting | Phase::Failed(_)) {
            return;
        }
        if let Err(error) = self.reopen(recording) {
            self.phase = Phase::Failed(error);
            self.failures += 1;
            return;
        }
        self.phase = Phase::Filling;
        self.last_arrival = Instant::now();
        recording.handle.spawn(fill::fill(Arc::clone(recording)));
    }

    /// Takes the part file up again after a rest, in which another process may have worked on it.
    fn reopen(&mut self, recording: &Recording) -> Result<(), DownloadError> {
        if self.file.is_some() {
            return Ok(());
        }
        let (file, record) = take_up(&recording.names, &recording.job.url)?;
        if record != self.record {
            self.version += 1;
            self.record = record;
        }
        self.file = Some(file);
        Ok(())
    }
}

/// Opens the part file with what is known of it. What lies there unknown is given up.
fn take_up(names: &Names, url: &str) -> Result<(File, Record), DownloadError> {
    let file = open_part(names)?;
    let length = file.metadata().map_or(0, |meta| meta.len());
    if let Some(record) = Record::load(&names.record(), url, length) {
        return Ok((file, record));
    }
    file.set_len(0).map_err(|why| DownloadError::disk("write", &names.part(), &why))?;
    Ok((file, Record::new(url)))
}

/// Somebody's wish to have the recording. While there is one, the filler works.
#[derive(Debug)]
pub(super) struct Share {
    pub(super) recording: Arc<Recording>,
    want: Want,
}

/// What somebody wants of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// All of it, as soon as possible.
    Whole,
    /// The bytes that are read, when they are read; the rest in time.
    Reading,
}

impl Share {
    /// Joins, and starts the filler.
    pub(super) fn new(recording: Arc<Recording>, want: Want) -> Self {
        let mut inside = recording.lock();
        if inside.users == 0 {
            inside.pace.settle();
        }
        inside.users += 1;
        inside.downloads += usize::from(want == Want::Whole);
        drop(inside);
        recording.wake();
        // The filler may be at ease for the sake of a stream alone.
        recording.attention.notify_one();
        Self { recording, want }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut inside = self.recording.lock();
        inside.users = inside.users.saturating_sub(1);
        let downloads = usize::from(self.want == Want::Whole);
        inside.downloads = inside.downloads.saturating_sub(downloads);
        drop(inside);
        self.recording.attention.notify_one();
    }
}
