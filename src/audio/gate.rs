//! The one place where bytes are read: waits, retries and gives up there, so that no demuxer
//! mistakes a lost connection for the end of the recording.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use symphonia::core::io::MediaSource;

use super::media::{Media, Waker};

mod veil;

pub(crate) use veil::Veil;

/// Errors in a row are tried again for this long before the recording is called unreadable.
const PATIENCE: Duration = Duration::from_secs(20);
/// A read that takes so long has kept the worker waiting.
const SLOW: Duration = Duration::from_millis(50);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// What the conductor and the worker share about reading.
#[derive(Default)]
pub(crate) struct Gate {
    /// The worker should end.
    closed: AtomicBool,
    /// The run the conductor wants; reads for an older one are abandoned.
    wanted: AtomicU64,
    /// The run the worker is busy with.
    serving: AtomicU64,
    /// A read is under way.
    reading: AtomicBool,
    /// Reads that took long.
    slow: AtomicU64,
    /// Why the last read gave up.
    fault: Mutex<Option<String>>,
    waker: Mutex<Option<Waker>>,
    patience: Mutex<Option<Duration>>,
    /// The same for errors alone.
    errors: Mutex<Option<Duration>>,
}

impl Gate {
    /// Abandons whatever is read for runs before `run`.
    pub(crate) fn want(&self, run: u64) {
        self.wanted.store(run, Ordering::Release);
        self.wake();
    }

    /// Ends reading for good.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.wake();
    }

    /// The worker begins to work on `run`.
    pub(crate) fn serve(&self, run: u64) {
        self.serving.store(run, Ordering::Release);
        self.take_fault();
    }

    /// Whether reading makes no sense any more.
    pub(crate) fn abandoned(&self) -> bool {
        self.closed.load(Ordering::Acquire)
            || self.wanted.load(Ordering::Acquire) > self.serving.load(Ordering::Acquire)
    }

    /// Whether a read is under way, and how often reading has kept the worker waiting so far.
    pub(crate) fn waits(&self) -> (bool, u64) {
        (self.reading.load(Ordering::Acquire), self.slow.load(Ordering::Acquire))
    }

    /// Notes how long reading takes.
    fn timed<T>(&self, read: impl FnOnce() -> T) -> T {
        self.reading.store(true, Ordering::Release);
        let begun = Instant::now();
        let answer = read();
        if begun.elapsed() >= SLOW {
            self.slow.fetch_add(1, Ordering::AcqRel);
        }
        self.reading.store(false, Ordering::Release);
        answer
    }

    /// Why reading failed since the last call, if it did.
    pub(crate) fn take_fault(&self) -> Option<String> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Gives up on errors after this time instead of the usual 20 s; bytes on their way are waited
    /// for all the same.
    pub(crate) fn fail_after(&self, patience: Duration) {
        *self.errors.lock().unwrap_or_else(PoisonError::into_inner) = Some(patience);
    }

    /// Gives up after this time instead of the usual 20 s.
    pub(crate) fn set_patience(&self, patience: Duration) {
        *self.patience.lock().unwrap_or_else(PoisonError::into_inner) = Some(patience);
    }

    fn patience(&self) -> Duration {
        let errors = *self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        let patience = *self.patience.lock().unwrap_or_else(PoisonError::into_inner);
        patience.or(errors).unwrap_or(PATIENCE)
    }

    /// Whether even bytes that are on their way are not waited for longer than that.
    fn limited(&self) -> bool {
        self.patience.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn wake(&self) {
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker();
        }
    }

    fn fail(&self, why: &str) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(why.to_owned());
    }
}

/// A [`Media`] that outlives a failed attempt to open it; one [`Gated`] uses it at a time.
#[derive(Clone)]
pub(crate) struct SharedMedia(Arc<Mutex<Box<dyn Media>>>);

impl SharedMedia {
    pub(crate) fn new(media: Box<dyn Media>) -> Self {
        Self(Arc::new(Mutex::new(media)))
    }

    /// Nobody else reads meanwhile.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Box<dyn Media>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A [`Media`] behind its [`Gate`].
pub(crate) struct Gated {
    media: SharedMedia,
    gate: Arc<Gate>,
    place: u64,
    linear: bool,
    veil: Arc<Veil>,
}

impl Gated {
    pub(crate) fn new(media: SharedMedia, gate: Arc<Gate>) -> Self {
        *gate.waker.lock().unwrap_or_else(PoisonError::into_inner) = media.lock().waker();
        Self { media, gate, place: 0, linear: false, veil: Arc::default() }
    }

    /// The same bytes for a demuxer that must not look at their end, because that is missing.
    pub(crate) fn linear(&self) -> Self {
        let veil = Arc::clone(&self.veil);
        Self { linear: true, veil, ..Self::new(self.media.clone(), Arc::clone(&self.gate)) }
    }

    /// The same bytes without some of them; nothing may have been hidden before.
    pub(crate) fn behind(self, veil: Veil) -> Self {
        Self { veil: Arc::new(veil), ..self }
    }

    /// The bytes `from..until` alone, as if they were a recording.
    pub(crate) fn part(&self, from: u64, until: u64) -> Self {
        let front = self.veil.front.saturating_add(from);
        let until = Some(self.veil.front.saturating_add(until));
        let veil = Arc::new(Veil { front, until, patches: Vec::new() });
        Self { veil, ..Self::new(self.media.clone(), Arc::clone(&self.gate)) }
    }

    /// See [`Media::ready`].
    pub(crate) fn ready(&self, from: u64, len: u64) -> bool {
        self.media.lock().ready(from.saturating_add(self.veil.front), len)
    }

    /// See [`Media::expect`].
    pub(crate) fn expect(&self, from: u64, len: u64) {
        self.media.lock().expect(from.saturating_add(self.veil.front), len);
    }

    /// See [`Media::like`]; the place is one of the whole recording.
    pub(crate) fn like(&self, range: Option<(u64, u64)>) {
        self.media.lock().like(range);
    }

    /// See [`Media::memo`].
    pub(crate) fn memo(&self) -> Option<Vec<u8>> {
        self.media.lock().memo()
    }

    /// See [`Media::keep_memo`].
    pub(crate) fn keep_memo(&self, memo: &[u8]) {
        self.media.lock().keep_memo(memo);
    }

    /// Length in bytes, `None` while unknown.
    pub(crate) fn len(&self) -> Option<u64> {
        let len = self.whole_len().map(|len| len.min(self.veil.until.unwrap_or(len)));
        len.map(|len| len.saturating_sub(self.veil.front))
    }

    fn whole_len(&self) -> Option<u64> {
        self.media.lock().byte_len()
    }

    /// One more try, or the error when it is time to give up.
    fn again(&self, err: &io::Error, since: &mut Option<Instant>, tries: &mut u32) -> bool {
        self.gate.slow.fetch_add(1, Ordering::AcqRel);
        let not_yet = matches!(
            err.kind(),
            ErrorKind::Interrupted | ErrorKind::TimedOut | ErrorKind::WouldBlock
        );
        let limited = self.gate.limited();
        if not_yet && !limited {
            // A source that answers at once must not keep a core busy.
            std::thread::sleep(Duration::from_millis(if *tries == 0 { 0 } else { 5 }));
            *tries = 1;
            return true;
        }
        let start = *since.get_or_insert_with(Instant::now);
        if start.elapsed() >= self.gate.patience() {
            self.gate.fail(&err.to_string());
            return false;
        }
        let pause = Duration::from_millis(100 << (*tries).min(5)).min(LONGEST_PAUSE);
        *tries += 1;
        let until = Instant::now() + pause.min(self.gate.patience());
        while Instant::now() < until && !self.gate.abandoned() {
            std::thread::sleep(Duration::from_millis(10));
        }
        true
    }
}

impl Read for Gated {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let (mut since, mut tries) = (None, 0);
        let left = self.veil.until.map_or(u64::MAX, |until| until.saturating_sub(self.place));
        let room = out.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let out = out.get_mut(..room).unwrap_or_default();
        loop {
            if self.gate.abandoned() {
                return Err(io::Error::other("reading was abandoned"));
            }
            let answer = self.gate.timed(|| self.media.lock().read(out));
            let err = match answer {
                // An answer of nothing before the known end is a source that broke off.
                Ok(0)
                    if !out.is_empty() && self.whole_len().is_some_and(|len| self.place < len) =>
                {
                    io::Error::other("the source broke off before its end")
                }
                Ok(count) => {
                    self.veil.draw(self.place, out.get_mut(..count).unwrap_or_default());
                    self.place += count as u64;
                    return Ok(count);
                }
                Err(err) => err,
            };
            if !self.again(&err, &mut since, &mut tries) {
                return Err(io::Error::other(err.to_string()));
            }
        }
    }
}

impl Seek for Gated {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(place) => SeekFrom::Start(place.saturating_add(self.veil.front)),
            SeekFrom::End(back) if self.veil.until.is_some() => {
                let end = self.len().unwrap_or(0).saturating_add(self.veil.front);
                SeekFrom::Start(end.saturating_add_signed(back))
            }
            other => other,
        };
        let (mut since, mut tries) = (None, 0);
        loop {
            if self.gate.abandoned() {
                return Err(io::Error::other("reading was abandoned"));
            }
            let answer = self.gate.timed(|| self.media.lock().seek(to));
            match answer {
                Ok(place) => {
                    self.place = place;
                    return Ok(place.saturating_sub(self.veil.front));
                }
                // Not a matter of waiting: a place before the start, or no end to count from.
                Err(err)
                    if matches!(err.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) =>
                {
                    return Err(err);
                }
                Err(err) => {
                    if !self.again(&err, &mut since, &mut tries) {
                        return Err(io::Error::other(err.to_string()));
                    }
                }
            }
        }
    }
}

impl MediaSource for Gated {
    fn is_seekable(&self) -> bool {
        !self.linear
    }

    fn byte_len(&self) -> Option<u64> {
        self.len().filter(|_| !self.linear)
    }
}
