//! The ring between a worker and the output: samples, and what both sides know about them.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rtrb::{Consumer, Producer, RingBuffer};

use super::block::Nanos;
use super::times::{Chunk, Times};

/// Milliseconds of sound a deck holds.
const LENGTH_MS: usize = 400;

/// How far a run has come; counted in frames of the output.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    played: AtomicU64,
    written: AtomicU64,
    finished: AtomicBool,
    starved: AtomicBool,
    reached: AtomicI64,
    gaps: AtomicU32,
    times: Mutex<Times>,
}

impl Progress {
    /// Frames that left the ring.
    pub(crate) fn played(&self) -> u64 {
        self.played.load(Ordering::Acquire)
    }

    /// Whether the worker has put in all there is.
    pub(crate) fn finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    /// Whether all there is was played.
    pub(crate) fn drained(&self) -> bool {
        self.finished() && self.played() >= self.written.load(Ordering::Acquire)
    }

    /// Whether the output wants samples that are not there.
    pub(crate) fn starved(&self) -> bool {
        self.starved.load(Ordering::Acquire) && !self.finished()
    }

    /// Does something while the times are locked.
    #[cfg(test)]
    pub(crate) fn while_locked<T>(&self, work: impl FnOnce() -> T) -> T {
        let _times = self.times.lock();
        work()
    }

    /// How often the output ran out of samples while it played.
    pub(crate) fn gaps(&self) -> u32 {
        self.gaps.load(Ordering::Acquire)
    }

    /// Time in the recording of the next sample to leave; `None` before the first was written.
    pub(crate) fn time(&self) -> Option<Nanos> {
        let played = self.played();
        if self.written.load(Ordering::Acquire) == 0 {
            return None;
        }
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        times.forget(played.saturating_sub(1));
        // After the last sample the time is where that sample ends, not what may come after it.
        let place = times.at(played.saturating_sub(1) as f64);
        let step = if played == 0 { 0 } else { place.step as Nanos };
        Some(place.time.saturating_add(step))
    }

    /// How much silence was left out before what was heard last.
    pub(crate) fn saved(&self) -> Nanos {
        let played = self.played();
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        if played == 0 { 0 } else { times.at(played.saturating_sub(1) as f64).saved }
    }

    /// How far in the recording was decoded.
    pub(crate) fn reached(&self) -> Nanos {
        self.reached.load(Ordering::Acquire)
    }
}

/// The worker's side.
pub(crate) struct DeckIn {
    ring: Producer<f32>,
    progress: Arc<Progress>,
    /// Frames per second.
    pub(crate) rate: u32,
    written: u64,
}

/// The output's side.
pub(crate) struct DeckOut {
    ring: Consumer<f32>,
    progress: Arc<Progress>,
    /// What plays now should stop at once rather than when this is ready.
    pub(crate) urgent: bool,
    played: u64,
}

/// A new ring at the output's rate.
pub(crate) fn deck(rate: u32, urgent: bool) -> (DeckIn, DeckOut, Arc<Progress>) {
    let (input, output) = RingBuffer::new(rate as usize * LENGTH_MS / 1000 * 2);
    let progress = Arc::new(Progress::default());
    let ends = (Arc::clone(&progress), Arc::clone(&progress));
    (
        DeckIn { ring: input, progress: ends.0, rate, written: 0 },
        DeckOut { ring: output, progress: ends.1, urgent, played: 0 },
        progress,
    )
}

impl DeckIn {
    /// Puts in as much as there is room for and takes it off the chunk.
    pub(crate) fn push(&mut self, chunk: &mut Chunk) {
        let room = self.ring.slots().min(chunk.samples.len()) / 2 * 2;
        if room == 0 {
            return;
        }
        {
            let mut times = self.progress.times.lock().unwrap_or_else(PoisonError::into_inner);
            times.push(self.written, chunk);
        }
        let (pushed, _) =
            self.ring.push_partial_slice(chunk.samples.get(..room).unwrap_or_default());
        let frames = pushed.len() / 2;
        self.written += frames as u64;
        self.progress.written.store(self.written, Ordering::Release);
        chunk.time = chunk.time.saturating_add((frames as f64 * chunk.step) as Nanos);
        chunk.samples.drain(..frames * 2);
    }

    /// Has decoded so far.
    pub(crate) fn reach(&self, time: Nanos) {
        self.progress.reached.store(time, Ordering::Release);
    }

    /// Nothing will follow.
    pub(crate) fn finish(&self) {
        self.progress.finished.store(true, Ordering::Release);
    }

    /// Whether nobody will play this any more.
    pub(crate) fn abandoned(&self) -> bool {
        self.ring.is_abandoned()
    }
}

impl DeckOut {
    /// The next frame.
    pub(crate) fn pop(&mut self) -> Option<[f32; 2]> {
        if self.ring.slots() < 2 {
            return None;
        }
        let left = self.ring.pop().ok()?;
        self.played += 1;
        Some([left, self.ring.pop().ok()?])
    }

    /// Frames that wait.
    pub(crate) fn waiting(&self) -> usize {
        self.ring.slots() / 2
    }

    /// Whether any frame was played.
    pub(crate) fn fresh(&self) -> bool {
        self.played == 0
    }

    /// Whether no more frames will come than wait now.
    pub(crate) fn finished(&self) -> bool {
        self.progress.finished()
    }

    /// The sound broke off for lack of samples.
    pub(crate) fn count_gap(&self) {
        self.progress.gaps.fetch_add(1, Ordering::AcqRel);
    }

    /// Tells the others how far it is, and whether samples are missing.
    pub(crate) fn publish(&self, starved: bool) {
        self.progress.played.store(self.played, Ordering::Release);
        self.progress.starved.store(starved, Ordering::Release);
    }
}
