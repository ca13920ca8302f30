//! Chapters in the tags of a recording: one that is whole, or one that streams, of which no more is
//! asked for than the tags need.

use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::time::Duration;

use super::chapters::Reach;
use super::{Services, recording, source};
use crate::downloads::Stream;
use crate::model::{Chapters, EpisodeSummary};
use crate::timeline::{self, TimelineError};

/// How often a streaming recording may be asked for another place: the start, the tag behind a
/// picture, a table of contents at the end.
const ASKS: usize = 6;

/// Bytes that may be waited for in all.
const PATIENCE: u64 = 8 << 20;

/// A place at most this many bytes ahead is no other place: the stream reads on to it.
const NEAR: u64 = 256 << 10;

/// How long a stream may take.
const LONGEST: Duration = Duration::from_secs(6);

/// What looking for tags came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Looked {
    /// They were read; `None` if there are no chapters in them.
    Read(Option<Chapters>),
    /// They are not there yet.
    NotYet,
    /// There is no recording, or its tags cannot be read.
    Not,
}

/// Looks for chapters in the tags of an episode's recording.
pub(super) async fn look(
    services: &Services,
    episode: &EpisodeSummary,
    feed: Option<String>,
    reach: Reach,
) -> Looked {
    let Some(job) = recording::job(episode, feed) else { return Looked::Not };
    let file = services.downloads.complete(&job.key);
    let file = file.or_else(|| job.url.starts_with("file:").then(|| source::path_of(&job.url)));
    let Some(file) = file else {
        let embedded = job.url.starts_with("welcome:");
        if !embedded && reach == Reach::Here {
            return Looked::NotYet;
        }
        return in_stream(services.downloads.open(job)).await;
    };
    let work = move || match std::fs::File::open(file) {
        Ok(mut file) => read(&mut file),
        Err(err) => failed(&err.into()),
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(Looked::Not)
}

async fn in_stream(stream: Stream) -> Looked {
    let canceller = stream.canceller();
    let work = tokio::task::spawn_blocking(move || read(&mut Sparing::new(stream)));
    if let Ok(looked) = tokio::time::timeout(LONGEST, work).await {
        return looked.unwrap_or(Looked::Not);
    }
    canceller.cancel();
    Looked::NotYet
}

fn read(recording: &mut (impl Read + Seek)) -> Looked {
    match timeline::embedded(recording) {
        Ok(chapters) => Looked::Read(chapters),
        Err(error) => failed(&error),
    }
}

fn failed(error: &TimelineError) -> Looked {
    match error {
        TimelineError::Io(error) if error.kind() == ErrorKind::WouldBlock => Looked::NotYet,
        other => {
            tracing::warn!("{other}");
            Looked::Not
        }
    }
}

/// Chapters in the tags of a recording, if it has some that can be read.
pub fn embedded_chapters(recording: &mut (impl Read + Seek)) -> Option<Chapters> {
    match read(recording) {
        Looked::Read(chapters) => chapters,
        Looked::NotYet | Looked::Not => None,
    }
}

/// What a reader of tags needs to know of a stream.
trait Streaming: Read + Seek {
    /// Whether the byte at a place can be read without waiting.
    fn is_there(&self, at: u64) -> bool;
}

impl Streaming for Stream {
    fn is_there(&self, at: u64) -> bool {
        self.is_ready(at, 1)
    }
}

/// A stream that is spared: what is there is read freely, what is not is asked for seldom, then reads
/// fail as [`ErrorKind::WouldBlock`]. Whoever plays the same recording is not held up for long.
struct Sparing<S> {
    stream: S,
    at: u64,
    /// Where the last byte was waited for.
    waited: Option<u64>,
    asks: usize,
    patience: u64,
}

impl<S: Streaming> Sparing<S> {
    fn new(stream: S) -> Self {
        Self { stream, at: 0, waited: None, asks: ASKS, patience: PATIENCE }
    }

    /// Whether the bytes at this place may be waited for.
    fn may_wait(&mut self) -> bool {
        let ahead = self.waited.and_then(|waited| self.at.checked_sub(waited));
        match ahead.filter(|ahead| *ahead <= NEAR) {
            Some(ahead) => self.patience = self.patience.saturating_sub(ahead),
            None if self.asks == 0 || self.patience == 0 => return false,
            None => self.asks -= 1,
        }
        self.patience > 0
    }
}

impl<S: Streaming> Read for Sparing<S> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let waits = !self.stream.is_there(self.at);
        if waits && !self.may_wait() {
            return Err(ErrorKind::WouldBlock.into());
        }
        let count = self.stream.read(buffer)?;
        self.at = self.at.saturating_add(count as u64);
        if waits {
            self.waited = Some(self.at);
        }
        Ok(count)
    }
}

impl<S: Streaming> Seek for Sparing<S> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = self.stream.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Bytes of which only some places are there; it counts what was waited for.
    struct Slow {
        bytes: Cursor<Vec<u8>>,
        there: std::ops::Range<u64>,
        waits: usize,
    }

    impl Slow {
        fn new(there: std::ops::Range<u64>) -> Self {
            Self { bytes: Cursor::new(vec![7; 40 << 20]), there, waits: 0 }
        }
    }

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.waits += usize::from(!self.is_there(self.bytes.position()));
            self.bytes.read(buffer)
        }
    }

    impl Seek for Slow {
        fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
            self.bytes.seek(to)
        }
    }

    impl Streaming for Slow {
        fn is_there(&self, at: u64) -> bool {
            self.there.contains(&at)
        }
    }

    fn kinds(sparing: &mut Sparing<Slow>, places: impl Iterator<Item = u64>) -> Vec<bool> {
        let mut read = |at| {
            sparing.seek(SeekFrom::Start(at)).unwrap();
            sparing.read(&mut [0; 100]).is_ok()
        };
        places.map(&mut read).collect()
    }

    #[test]
    fn what_is_there_is_read_without_end() {
        let mut sparing = Sparing::new(Slow::new(0..40 << 20));
        assert!(kinds(&mut sparing, (0..39).map(|n| n << 20)).iter().all(|ok| *ok));
        assert_eq!(sparing.stream.waits, 0);
    }

    #[test]
    fn few_places_are_waited_for() {
        let mut sparing = Sparing::new(Slow::new(0..0));
        let read = kinds(&mut sparing, (0..10).map(|n| n << 20));
        assert_eq!(read.iter().filter(|ok| **ok).count(), ASKS);
        assert_eq!(sparing.stream.waits, ASKS);
    }

    #[test]
    fn reading_on_is_one_place_but_not_for_ever() {
        let mut sparing = Sparing::new(Slow::new(0..0));
        let read = kinds(&mut sparing, (0..200).map(|n| n * (200 << 10)));
        let count = read.iter().filter(|ok| **ok).count();
        assert_eq!(sparing.asks, ASKS - 1);
        assert_eq!(count, 1 + (PATIENCE / (200 << 10)) as usize);
    }
}
