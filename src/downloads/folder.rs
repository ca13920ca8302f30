//! The folder of recordings: what is there, and how more gets there.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::runtime::Handle;

use crate::fetch::{Client, Hosts, embedded};
use crate::welcome::Embedded;

use super::cancel::CancelFlag;
use super::error::DownloadError;
use super::job::{Finished, Job, Progress};
use super::keeping::remove_file;
use super::memo::Memo;
use super::names::{Names, suggested};
use super::record::{Record, fresh};
use super::recording::{Phase, Recording, Share, Want};
use super::sniff::{Looks, look};
use super::stream::Stream;
use super::tuning::Tuning;

/// The folder of recordings. Cheap to clone; clones share what is on its way.
#[derive(Debug, Clone)]
pub struct Downloads {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    client: Client,
    tuning: Arc<Tuning>,
    handle: Handle,
    hosts: Hosts,
    live: Mutex<HashMap<String, Weak<Recording>>>,
}

impl Downloads {
    /// Opens the folder and makes it if need be. `handle` is the tokio runtime that fetches.
    ///
    /// # Errors
    ///
    /// [`DownloadError::Disk`] if the folder cannot be made.
    pub fn new(folder: PathBuf, client: Client, handle: Handle) -> Result<Self, DownloadError> {
        Self::with_tuning(folder, client, handle, Tuning::default())
    }

    /// The same with other numbers.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    pub fn with_tuning(
        folder: PathBuf,
        client: Client,
        handle: Handle,
        mut tuning: Tuning,
    ) -> Result<Self, DownloadError> {
        fs::create_dir_all(&folder).map_err(|why| DownloadError::disk("make", &folder, &why))?;
        tuning.idle = tuning.idle.min(client.patience().idle);
        let live = Mutex::default();
        let (tuning, hosts) = (Arc::new(tuning), Hosts::default());
        let inner = Inner { folder, client, tuning, handle, hosts, live };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// The file of the recording `key`, if it is whole.
    #[must_use]
    pub fn complete(&self, key: &str) -> Option<PathBuf> {
        self.names(key).find_whole()
    }

    /// How far the recording `key` is while it is not whole; `None` if it is, or never was begun.
    #[must_use]
    pub fn partial(&self, key: &str) -> Option<Progress> {
        let names = self.names(key);
        if let Some(recording) = self.live(&names) {
            return match recording.view() {
                (Phase::Whole(..), _) => None,
                (_, progress) => Some(progress),
            };
        }
        let length = names.part().metadata().ok()?.len();
        let record = Record::read(&names.record(), length)?;
        Some(Progress { bytes: record.have.covered(), total: record.total })
    }

    /// The bytes of [`Self::partial`]; 0 if it is whole or never was begun.
    #[must_use]
    pub fn partial_bytes(&self, key: &str) -> u64 {
        self.partial(key).map_or(0, |progress| progress.bytes)
    }

    /// Removes the recording `key`, whole or not. Downloads and streams of it end; nothing to remove is
    /// fine.
    ///
    /// # Errors
    ///
    /// [`DownloadError::Disk`] if a file cannot be removed.
    pub fn remove(&self, key: &str) -> Result<(), DownloadError> {
        let names = self.names(key);
        if let Some(recording) = self.live(&names) {
            recording.remove()?;
        }
        let memo = names.memo().path().to_owned();
        let others = [names.part(), names.record(), fresh(&names.record()), memo];
        names.remove_whole()?;
        others.iter().try_for_each(|path| remove_file(path))
    }

    /// Fetches a recording and keeps it, taking up where an earlier try stopped. Two calls for one key
    /// share one transfer. `progress` is called from this task, whenever something came.
    ///
    /// # Errors
    ///
    /// A [`DownloadError`]; what came until then stays for the next try, unless it was no recording.
    pub async fn fetch(
        &self,
        job: Job,
        progress: impl Fn(Progress) + Send + Sync,
        cancel: CancelFlag,
    ) -> Result<Finished, DownloadError> {
        if cancel.is_cancelled() {
            return Err(DownloadError::Cancelled);
        }
        if let Some(path) = self.complete(&job.key) {
            let bytes = path.metadata().map_or(0, |meta| meta.len());
            return Ok(Finished { path, bytes, already: true });
        }
        if let Some(file) = embedded(&job.url) {
            return self.keep_embedded(&job, file?);
        }
        let host = host_of(&job.url);
        let seat = tokio::select! {
            seat = self.inner.hosts.seat(&host) => seat,
            () = cancel.cancelled() => return Err(DownloadError::Cancelled),
        };
        let share = self.share(job, Want::Whole)?;
        let outcome = watch(&share, progress, &cancel).await;
        if matches!(outcome, Err(DownloadError::Cancelled)) {
            let recording = Arc::clone(&share.recording);
            drop(share);
            settle(&recording).await;
        }
        drop(seat);
        outcome
    }

    /// Opens a recording for reading, whole or not. Never fails at once: what is wrong is said by the
    /// first read. Needs no runtime around it, but reads block.
    #[must_use]
    pub fn open(&self, job: Job) -> Stream {
        if let Some(stream) =
            self.complete(&job.key).and_then(|path| open_whole(&path, self.memo(&job.key)))
        {
            return stream;
        }
        if let Some(file) = embedded(&job.url) {
            return match file {
                Ok(file) => Stream::embedded(file.bytes),
                Err(error) => Stream::broken(error.into()),
            };
        }
        let share = match self.share(job, Want::Reading) {
            Ok(share) => share,
            Err(error) => return Stream::broken(error),
        };
        // Another process, or the filler, may have finished it this very moment.
        let finished = match share.recording.view().0 {
            Phase::Whole(path, _) => open_whole(&path, share.recording.names.memo()),
            _ => None,
        };
        finished.unwrap_or_else(|| Stream::growing(share))
    }

    /// What players keep beside the recording `key`.
    #[must_use]
    pub fn memo(&self, key: &str) -> Memo {
        self.names(key).memo()
    }

    /// Whether nobody in this program is at the recording whose files have this stem.
    pub(super) fn is_idle(&self, stem: &str) -> bool {
        let live = self.inner.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.get(stem).is_none_or(|recording| recording.strong_count() == 0)
    }

    /// What says where the recording `key` is.
    pub(super) fn kept_path(&self, key: &str) -> PathBuf {
        self.names(key).kept()
    }

    fn names(&self, key: &str) -> Names {
        Names::new(&self.inner.folder, key)
    }

    /// The recording, if somebody is at it.
    fn live(&self, names: &Names) -> Option<Arc<Recording>> {
        let live = self.inner.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.get(names.stem()).and_then(Weak::upgrade)
    }

    /// Joins those who want the recording, or is the first.
    fn share(&self, job: Job, want: Want) -> Result<Share, DownloadError> {
        let names = self.names(&job.key);
        let mut live = self.inner.live.lock().unwrap_or_else(PoisonError::into_inner);
        let known = live.get(names.stem()).and_then(Weak::upgrade);
        if let Some(known) = known.filter(|known| !known.give_way(&job)) {
            return Ok(Share::new(known, want));
        }
        live.retain(|_, recording| recording.strong_count() > 0);
        let inner = &self.inner;
        let (client, tuning) = (inner.client.clone(), Arc::clone(&inner.tuning));
        let stem = names.stem().to_owned();
        let recording = Recording::open(names, job, client, tuning, inner.handle.clone())?;
        live.insert(stem, Arc::downgrade(&recording));
        Ok(Share::new(recording, want))
    }

    fn keep_embedded(&self, job: &Job, file: Embedded) -> Result<Finished, DownloadError> {
        let names = self.names(&job.key);
        let suffix = match look(file.bytes) {
            Looks::Media(suffix) => Some(suffix),
            Looks::Text(_) | Looks::Binary => suggested(Some(file.mime), &job.url),
        };
        let path = names.stand(job, suffix.unwrap_or("audio"), file.bytes.len() as u64)?;
        let part = names.part();
        File::create(&part)
            .and_then(|mut part| part.write_all(file.bytes))
            .and_then(|()| fs::rename(&part, &path))
            .map_err(|why| DownloadError::disk("write", &part, &why))?;
        Ok(Finished { path, bytes: file.bytes.len() as u64, already: false })
    }
}

/// Waits for a recording to be whole.
async fn watch(
    share: &Share,
    progress: impl Fn(Progress) + Send + Sync,
    cancel: &CancelFlag,
) -> Result<Finished, DownloadError> {
    let mut ticks = share.recording.watch();
    let mut last = None;
    loop {
        ticks.mark_unchanged();
        let (phase, now) = share.recording.view();
        if last != Some(now) {
            progress(now);
            last = Some(now);
        }
        match phase {
            Phase::Whole(path, bytes) => return Ok(Finished { path, bytes, already: false }),
            Phase::Failed(error) => return Err(error),
            Phase::Resting | Phase::Filling => {}
        }
        tokio::select! {
            // The sender lives in the recording, which this share holds.
            changed = ticks.changed() => changed.map_err(|_| DownloadError::Cancelled)?,
            () = cancel.cancelled() => return Err(DownloadError::Cancelled),
        }
    }
}

/// Waits until the filler has written down what is there, if nobody else wants it.
async fn settle(recording: &Recording) {
    let mut ticks = recording.watch();
    loop {
        ticks.mark_unchanged();
        let working = matches!(recording.view().0, Phase::Filling);
        if !working || !recording.is_unwanted() || ticks.changed().await.is_err() {
            return;
        }
    }
}

fn open_whole(path: &Path, memo: Memo) -> Option<Stream> {
    let file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    Some(Stream::whole(file, length, memo))
}

fn host_of(url: &str) -> String {
    let parsed = url::Url::parse(url).ok();
    parsed.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}
