//! A cache in a folder of its own, and its streams as the engine reads them.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use latetalk::audio::{Media, Waker};
use latetalk::downloads::{Downloads, Job, Stream, Tuning};
use latetalk::fetch::{Client, Patience, Trust};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A cache of recordings.
pub(crate) struct Cache {
    folder: TempDir,
    runtime: Runtime,
    pub(crate) downloads: Downloads,
}

impl Cache {
    /// An empty one with the numbers of every day.
    pub(crate) fn new() -> Self {
        Self::with(Tuning { stall: Duration::from_secs(1), ..Tuning::default() })
    }

    pub(crate) fn with(tuning: Tuning) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.unwrap();
        let path = folder.path().join("recordings");
        let client = Client::with_patience(Patience::with_idle(Duration::from_secs(5))).unwrap();
        let handle = runtime.handle().clone();
        let downloads = Downloads::with_tuning(path, client, handle, tuning).unwrap();
        Self { folder, runtime, downloads }
    }

    /// The folder of recordings.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("recordings")
    }

    /// The recording at an address as the engine reads it.
    pub(crate) fn media(&self, url: &str) -> Box<dyn Media> {
        let job = Job {
            key: "talk".into(),
            url: url.into(),
            mime: None,
            trust: Trust::Named,
            place: None,
        };
        Box::new(Streamed(self.downloads.open(job)))
    }
}

struct Streamed(Stream);

impl Read for Streamed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Seek for Streamed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl Media for Streamed {
    fn byte_len(&self) -> Option<u64> {
        self.0.byte_len()
    }

    fn ready(&self, from: u64, len: u64) -> bool {
        self.0.is_ready(from, len)
    }

    fn waker(&self) -> Option<Waker> {
        let reads = self.0.canceller();
        Some(Arc::new(move || reads.nudge()))
    }

    fn memo(&self) -> Option<Vec<u8>> {
        self.0.memo()?.read()
    }

    fn keep_memo(&self, memo: &[u8]) {
        if let Some(kept) = self.0.memo() {
            kept.write(memo);
        }
    }

    fn expect(&self, from: u64, len: u64) {
        self.0.expect(from, len);
    }

    fn like(&self, range: Option<(u64, u64)>) {
        self.0.like(range);
    }
}
