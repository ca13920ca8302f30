//! The bytes of a recording for the audio thread: the kept file, the embedded show, a local file, or
//! a stream that is kept while it plays.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use super::{Places, Services, Trouble, source};
use crate::audio::{Media, MemoryMedia, Waker};
use crate::downloads::{Job, Memo, Stream};
use crate::fetch::Trust;
use crate::model::{EpisodeId, EpisodeSummary};

/// Told why a stream does not flow, in a sentence.
pub type Complain = Box<dyn Fn(String) + Send + Sync>;

/// A stream as the audio thread reads it. The audio thread tries again for a while when a read fails;
/// the listener is told the reason at once.
struct Streamed {
    stream: Stream,
    complain: Option<Complain>,
}

impl Streamed {
    fn open(services: &Services, job: Job, complain: Complain) -> Box<dyn Media> {
        Box::new(Self { stream: services.downloads.open(job), complain: Some(complain) })
    }
}

impl Read for Streamed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer);
        if let Err(err) = &read {
            use io::ErrorKind::{ConnectionAborted, Interrupted, TimedOut, WouldBlock};
            let only_late = [TimedOut, Interrupted, WouldBlock, ConnectionAborted];
            if !only_late.contains(&err.kind())
                && let Some(complain) = self.complain.take()
            {
                complain(err.to_string());
            }
        }
        read
    }
}

impl Seek for Streamed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.stream.seek(to)
    }
}

impl Media for Streamed {
    fn byte_len(&self) -> Option<u64> {
        self.stream.byte_len()
    }

    fn ready(&self, from: u64, len: u64) -> bool {
        self.stream.is_ready(from, len)
    }

    fn waker(&self) -> Option<Waker> {
        let reads = self.stream.canceller();
        Some(Arc::new(move || reads.nudge()))
    }

    fn memo(&self) -> Option<Vec<u8>> {
        self.stream.memo()?.read()
    }

    fn keep_memo(&self, memo: &[u8]) {
        if let Some(kept) = self.stream.memo() {
            kept.write(memo);
        }
    }

    fn expect(&self, from: u64, len: u64) {
        self.stream.expect(from, len);
    }

    fn like(&self, range: Option<(u64, u64)>) {
        self.stream.like(range);
    }
}

/// The identity of an episode's recording in the cache.
#[must_use]
pub(crate) fn key(id: EpisodeId) -> String {
    format!("episode-{}", id.0)
}

/// What is to be fetched for an episode; `feed` is the address of the feed that names it. An episode
/// without one came with a note that the user imported: its links open on request wherever they lead.
#[must_use]
pub(crate) fn job(episode: &EpisodeSummary, feed: Option<String>) -> Option<Job> {
    let enclosure = episode.enclosure.as_ref()?;
    let feed = feed.filter(|feed| !feed.is_empty());
    let trust = feed.map_or(Trust::Named, |feed| Trust::FromContent { of: Some(feed) });
    Some(Job {
        key: key(episode.id),
        url: enclosure.url.clone(),
        mime: enclosure.mime.clone(),
        trust,
        place: Some(super::recording_name::place(episode)),
    })
}

/// The recording of an episode.
///
/// # Errors
/// When the episode has none, or its local file cannot be opened. What goes wrong later while it is
/// fetched is told to `complain`, once.
pub fn media(
    services: &Services,
    episode: &EpisodeSummary,
    feed: Option<String>,
    complain: Complain,
) -> Result<Box<dyn Media>, Trouble> {
    let job = job(episode, feed).ok_or_else(|| {
        Trouble::new(format!("playing {}: the feed names no recording for it", episode.title))
    })?;
    if let Some(path) = services.downloads.complete(&job.key) {
        return KeptFile::open(&path, Some(services.downloads.memo(&job.key)));
    }
    if job.url.starts_with("file:") {
        return media_of_file(&source::path_of(&job.url), Some(&services.places));
    }
    Ok(embedded(&job.url).unwrap_or_else(|| Streamed::open(services, job, complain)))
}

/// The recording at an address that the user named; it is kept in the cache under that address.
#[must_use]
pub fn media_of_url(services: &Services, url: &str, complain: Complain) -> Box<dyn Media> {
    let key = format!("url-{:016x}", stable_hash(url));
    let job = Job { key, url: url.to_owned(), mime: None, trust: Trust::Named, place: None };
    embedded(url).unwrap_or_else(|| Streamed::open(services, job, complain))
}

/// A local file. What is learned of it is kept in the cache, if there are places for that.
///
/// # Errors
/// When it cannot be opened.
pub fn media_of_file(path: &Path, places: Option<&Places>) -> Result<Box<dyn Media>, Trouble> {
    let memo = places.and_then(|places| Some(Memo::among(&places.indexes, &state_of(path)?)));
    KeptFile::open(path, memo)
}

/// A name for a file in its present state: where it is, how long it is, when it was changed.
fn state_of(path: &Path) -> Option<String> {
    let about = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let changed = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let place = stable_hash(&std::path::absolute(path).ok()?.to_string_lossy());
    Some(format!("{place:016x}-{}-{}", about.len(), changed.as_nanos()))
}

/// A file with what was learned of it.
struct KeptFile {
    file: File,
    memo: Option<Memo>,
}

impl KeptFile {
    fn open(path: &Path, memo: Option<Memo>) -> Result<Box<dyn Media>, Trouble> {
        let file = File::open(path)
            .map_err(|err| Trouble::doing(&format!("opening {}", path.display()), &err))?;
        Ok(Box::new(Self { file, memo }))
    }
}

impl Read for KeptFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}

impl Seek for KeptFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Media for KeptFile {
    fn byte_len(&self) -> Option<u64> {
        self.file.byte_len()
    }

    fn ready(&self, _from: u64, _len: u64) -> bool {
        true
    }

    fn memo(&self) -> Option<Vec<u8>> {
        self.memo.as_ref()?.read()
    }

    fn keep_memo(&self, bytes: &[u8]) {
        if let Some(memo) = &self.memo {
            memo.write(bytes);
        }
    }
}

fn embedded(url: &str) -> Option<Box<dyn Media>> {
    let file = crate::welcome::read(url.strip_prefix("welcome:")?)?;
    Some(Box::new(MemoryMedia::from_static(file.bytes)))
}

/// FNV-1a: the same on every machine and in every version, unlike the standard hasher.
fn stable_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
