//! The recording that is loaded: where it stands, what is wanted of it, what was told.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Instant;

use super::Inbox;
use super::seeking::Clock;
use crate::audio::block::{Nanos, millis, nanos};
use crate::audio::chain::{Dial, Settings};
use crate::audio::deck::{DeckOut, Progress, deck};
use crate::audio::engine::{Event, PlayState};
use crate::audio::gate::{Gate, SharedMedia};
use crate::audio::leap::NextLeap;
use crate::audio::loudness::Loudness;
use crate::audio::media::Media;
use crate::audio::track::{About, Length, Way};
use crate::audio::worker::{Errand, Task, Worker};

/// How far from the end the time of the last sample may be told at the highest speed.
const BLUR: Nanos = 100_000_000;

/// A load order.
pub(super) struct Load {
    pub(super) ticket: u64,
    pub(super) media: Box<dyn Media>,
    pub(super) start_ms: u64,
    pub(super) until_ms: Option<u64>,
    pub(super) play: bool,
    pub(super) hints: Hints,
}

/// What others know about a recording.
pub(super) struct Hints {
    pub(super) duration_ms: Option<u64>,
    pub(super) loudness: Option<Loudness>,
}

/// A deck being filled.
pub(super) struct Run {
    pub(super) id: u64,
    pub(super) progress: Arc<Progress>,
}

/// See the module.
pub(super) struct Session {
    /// The worker's number.
    pub(super) id: u64,
    pub(super) ticket: u64,
    tasks: Sender<Errand>,
    gate: Arc<Gate>,
    pub(super) run: Option<Run>,
    /// Where the run began, or the next one will.
    from: Nanos,
    until: Option<Nanos>,
    /// Where it begins again after `until`.
    again: Option<Nanos>,
    /// What is left out next.
    pub(super) leap: NextLeap,
    /// How the worker should treat sound, from the next block on.
    pub(super) dial: Dial,
    /// What was saved in the runs before.
    saved: Nanos,
    pub(super) told_saved: u64,
    length: Length,
    hint: Option<Nanos>,
    /// How far the way to where the run begins is done, in percent, if it is long.
    pub(super) seeking: Option<u8>,
    /// How sure the run's times are.
    pub(super) clock: Clock,
    /// The listener wants to hear it.
    pub(super) wish: bool,
    pub(super) failed: bool,
    pub(super) ended: bool,
    pub(super) told: Option<PlayState>,
    pub(super) told_ms: Option<u64>,
    pub(super) told_at: Instant,
}

impl Session {
    /// Starts the worker, which opens the recording at once.
    pub(super) fn start(id: u64, load: Load, inbox: Sender<Inbox>) -> Result<Self, (u64, String)> {
        let gate = Arc::new(Gate::default());
        let (tasks, orders) = channel();
        let media = SharedMedia::new(load.media);
        let leap = NextLeap::default();
        let dial = Dial::default();
        let to_worker = (Arc::clone(&gate), leap.clone(), dial.clone());
        let (to_gate, to_leap, to_dial) = to_worker;
        let worker = Worker {
            id,
            media,
            gate: to_gate,
            leap: to_leap,
            dial: to_dial,
            loudness: load.hints.loudness,
            tasks: orders,
            inbox,
        };
        worker.start().map_err(|err| {
            (load.ticket, format!("starting to decode failed: {err}; close other programs"))
        })?;
        Ok(Self {
            id,
            ticket: load.ticket,
            tasks,
            gate,
            run: None,
            from: nanos(load.start_ms),
            until: load.until_ms.map(nanos),
            again: None,
            leap,
            dial,
            saved: 0,
            told_saved: 0,
            length: Length::default(),
            hint: load.hints.duration_ms.map(nanos),
            seeking: None,
            clock: Clock::Exact,
            wish: false,
            failed: false,
            ended: false,
            told: None,
            told_ms: None,
            told_at: Instant::now(),
        })
    }

    /// Lets the worker end; it may be blocked in a read, so nobody waits for it.
    pub(super) fn close(self) {
        self.gate.close();
    }

    /// A new deck, and the task to fill it from where the session stands.
    pub(super) fn begin(
        &mut self,
        id: u64,
        settings: Settings,
        rate: u32,
        urgent: bool,
    ) -> Option<DeckOut> {
        self.leave_run();
        self.dial.set(settings);
        let (input, output, progress) = deck(rate, urgent);
        self.gate.want(id);
        let (from, until, again) = (self.from, self.until, self.again);
        let guess = self.clock != Clock::Exact;
        let way = if guess { Way::Guess { stated: self.hint } } else { Way::Exact };
        let task = Task { run: id, from, until, again, way, deck: input };
        self.run = Some(Run { id, progress });
        self.tasks.send(Errand::Fill(task)).ok().map(|()| output)
    }

    /// Nothing is taken from the deck for a while: the worker needs not look.
    pub(super) fn stand(&self) {
        // A worker that has given up says so when it is asked to fill a deck.
        let _ = self.tasks.send(Errand::Stand);
    }

    /// The deck is being played.
    pub(super) fn go_on(&self) {
        let _ = self.tasks.send(Errand::GoOn);
    }

    /// Sound flows, and the end is not near.
    pub(super) fn plays_on(&self) -> bool {
        let filling = self.run.as_ref().is_some_and(|run| !run.progress.finished());
        filling && self.told == Some(PlayState::Playing)
    }

    /// Whether and how often reading keeps the worker waiting; see [`Gate::waits`].
    pub(super) fn waits(&self) -> (bool, u64) {
        self.gate.waits()
    }

    /// Stands at another place; its run is still to begin.
    pub(super) fn go_to(&mut self, ms: u64, until: Option<u64>) {
        self.stand_at(ms);
        let looped = self.again.take().is_some();
        let kept = self.until.filter(|until| self.from < *until && !self.ended && !looped);
        self.until = until.map(nanos).or(kept);
        self.ended = false;
    }

    /// It plays to the end of the recording from here on.
    pub(super) fn forget_range(&mut self) {
        (self.until, self.again) = (None, None);
    }

    /// Stands at a place of a range that is played again and again; its run is still to begin.
    pub(super) fn go_round(&mut self, from: u64, until: u64, at: u64) {
        self.stand_at(at.clamp(from, until.max(from)));
        (self.until, self.again) = (Some(nanos(until)), Some(nanos(from)));
        self.ended = false;
    }

    fn stand_at(&mut self, ms: u64) {
        self.from = nanos(ms);
        if let Some(length) = self.length.nanos.filter(|_| self.length.exact) {
            self.from = self.from.min(length);
        }
        self.leave_run();
        (self.failed, self.told_ms) = (false, None);
        self.clock = Clock::Exact;
    }

    /// Time of the sample that leaves the output next.
    pub(super) fn position(&self) -> Nanos {
        let heard = self.run.as_ref().filter(|run| run.progress.played() > 0);
        heard.and_then(|run| run.progress.time()).unwrap_or(self.from)
    }

    pub(super) fn position_ms(&self) -> u64 {
        millis(self.position())
    }

    /// The next run will begin where this one is now.
    pub(super) fn hold_position(&mut self) {
        self.from = self.position();
        self.leave_run();
    }

    /// Nothing more is heard of this run.
    fn leave_run(&mut self) {
        self.saved = self.saved();
        self.run = None;
    }

    fn saved(&self) -> Nanos {
        let heard = self.run.as_ref().map_or(0, |run| run.progress.saved());
        self.saved.saturating_add(heard)
    }

    /// How much silence was left out of what was heard.
    pub(super) fn saved_ms(&self) -> u64 {
        millis(self.saved())
    }

    /// What lies before this may have been decoded already.
    pub(super) fn reached(&self) -> Nanos {
        self.run.as_ref().map_or(0, |run| run.progress.reached())
    }

    /// The end was heard; it stands there.
    pub(super) fn end(&mut self) -> Event {
        let position = self.position();
        let length = self.length.nanos.filter(|_| self.length.exact);
        let end = self.until.into_iter().chain(length).min();
        // Sped up, the last frames have no exact time; the end has.
        self.from = match end {
            Some(end) if position > end || position > end - BLUR => end,
            _ => position,
        };
        self.leave_run();
        (self.until, self.again) = (None, None);
        (self.wish, self.ended) = (false, true);
        Event::Ended { ticket: self.ticket, ms: millis(self.from) }
    }

    fn best_length(&self) -> Option<Nanos> {
        let guess = self.length.nanos;
        if self.length.exact { guess } else { self.hint.or(guess) }
    }

    /// How far the way to its place is done; `None`: it is there.
    pub(super) fn sought(&mut self, percent: Option<u8>) -> Option<Event> {
        let before = std::mem::replace(&mut self.seeking, percent);
        (before != percent).then_some(Event::Seeking { ticket: self.ticket, percent })
    }

    /// The same sound stands at another time.
    pub(super) fn correct(&mut self, by: Nanos) {
        self.hold_position();
        self.from = self.from.saturating_add(by).max(0);
        (self.clock, self.told_ms) = (Clock::Exact, None);
    }

    pub(super) fn opened(&mut self, about: &About, length: Length) -> Event {
        self.length = length;
        Event::Loaded {
            ticket: self.ticket,
            duration_ms: self.best_length().map(millis),
            exact: length.exact,
            title: about.title.clone(),
        }
    }

    pub(super) fn learned(&mut self, length: Length) -> Option<Event> {
        self.length = length;
        // What was stated elsewhere beats a guess from the first bit rates.
        let nanos = length.nanos.filter(|_| length.exact || self.hint.is_none())?;
        Some(Event::Duration { ticket: self.ticket, ms: millis(nanos), exact: length.exact })
    }
}
