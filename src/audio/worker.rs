//! The thread that belongs to one recording: reads, decodes, and fills the deck it was given.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use super::AudioError;
use super::block::Nanos;
use super::chain::{Chain, Dial, Memory};
use super::conductor::Inbox;
use super::gate::{Gate, SharedMedia};
use super::leap::{Leaping, NextLeap};
use super::loudness::Loudness;
use super::survey::Survey;
use super::track::{Length, Reader, Sought, Way};

mod errand;
mod job;
mod measuring;

pub(crate) use errand::{Errand, Say, Task};
use job::Job;

/// How long a worker with a full deck rests.
const REST: Duration = Duration::from_millis(40);
/// How long it waits, where nothing more could be learned, before it looks whether bytes have come.
const LOOK: Duration = Duration::from_millis(200);

/// What a worker is made of.
pub(crate) struct Worker {
    pub(crate) id: u64,
    pub(crate) media: SharedMedia,
    pub(crate) gate: Arc<Gate>,
    pub(crate) leap: NextLeap,
    pub(crate) dial: Dial,
    /// How loud the recording is, as measured before.
    pub(crate) loudness: Option<Loudness>,
    pub(crate) tasks: Receiver<Errand>,
    pub(crate) inbox: Sender<Inbox>,
}

impl Worker {
    /// Works until the conductor lets go.
    pub(crate) fn start(self) -> std::io::Result<()> {
        let builder = std::thread::Builder::new().name("sound-decode".into());
        builder.spawn(move || {
            let (id, inbox) = (self.id, self.inbox.clone());
            // Codecs are young; one that panics on damaged bytes must not take the program along.
            if catch_unwind(AssertUnwindSafe(|| self.work())).is_err() {
                let message = AudioError::Unknown("the decoder gave up on it".into()).to_string();
                let say = Say::Failed { run: u64::MAX, message };
                let _ = inbox.send(Inbox::Worker { id, say });
            }
        })?;
        Ok(())
    }

    fn work(self) {
        let memory = Rc::new(RefCell::new(Memory::default()));
        // What has another length was replaced since it was measured.
        let bytes = self.media.lock().byte_len();
        let known = self.loudness.filter(|known| bytes.is_none_or(|bytes| bytes == known.bytes));
        memory.borrow_mut().meter.known = known;
        let mut desk = Desk {
            worker: self,
            reader: None,
            job: None,
            memory,
            looked: None,
            length: None,
            survey: None,
            surveyed: None,
            stands: false,
        };
        // Opened for its length and title even before anyone wants to hear it.
        desk.open(0);
        while desk.turn() {}
    }

    fn say(&self, say: Say) {
        let _ = self.inbox.send(Inbox::Worker { id: self.id, say });
    }
}

struct Desk {
    worker: Worker,
    reader: Option<Reader>,
    job: Option<Job>,
    memory: Rc<RefCell<Memory>>,
    /// When there was nothing to learn about what lies ahead.
    looked: Option<Instant>,
    length: Option<Length>,
    /// Nothing is taken from the deck.
    stands: bool,
    survey: Option<Survey>,
    /// When it was last asked whether the whole recording can be measured.
    surveyed: Option<Instant>,
}

impl Desk {
    /// One piece of work; `false` when there will be no more.
    fn turn(&mut self) -> bool {
        match self.next_task() {
            Ok(Some(task)) => self.begin(task),
            Ok(None) => {}
            Err(()) => return false,
        }
        let Some(job) = self.job.as_mut() else { return true };
        if job.deck.abandoned() {
            self.job = None;
        } else if job.ready.is_empty() {
            self.decode();
        } else {
            job.pass_on();
            if !job.ready.is_empty() {
                self.use_pause();
            }
        }
        true
    }

    /// The newest task; without a job it is waited for.
    fn next_task(&mut self) -> Result<Option<Task>, ()> {
        let mut newest = None;
        loop {
            match self.worker.tasks.try_recv() {
                Ok(errand) => newest = self.note(errand).or(newest),
                Err(TryRecvError::Disconnected) => return Err(()),
                Err(TryRecvError::Empty) => break,
            }
        }
        if newest.is_none() && self.job.is_none() && !self.look_ahead() {
            return self.worker.tasks.recv().map(|errand| self.note(errand)).map_err(drop);
        }
        Ok(newest)
    }

    fn note(&mut self, errand: Errand) -> Option<Task> {
        match errand {
            Errand::Fill(task) => return Some(task),
            Errand::Stand => self.stands = true,
            Errand::GoOn => self.stands = false,
        }
        None
    }

    fn begin(&mut self, task: Task) {
        let Task { run, from, until, again, way, deck } = task;
        self.job = None;
        if self.reader.is_none() {
            self.open(run);
        }
        self.worker.gate.serve(run);
        if self.reader.is_none() {
            return;
        }
        match self.approach(run, from, way) {
            Ok(()) => {
                let chain = Chain::new(self.worker.dial.get(), deck.rate, Rc::clone(&self.memory));
                let leaping = Leaping::new(self.worker.leap.clone(), from);
                self.job = Some(Job::new(run, until, again, leaping, deck, chain));
            }
            Err(err) => self.fail(run, &err),
        }
        self.report_length();
    }

    /// Goes to a place, and says on the way how far it has come.
    fn approach(&mut self, run: u64, to: Nanos, way: Way) -> Result<(), AudioError> {
        let mut told = None;
        loop {
            let Some(reader) = self.reader.as_mut() else { return Err(AudioError::Stopped) };
            match reader.approach(to, way)? {
                Sought::There { estimated } => {
                    self.worker.say(Say::Arrived { run, estimated });
                    return Ok(());
                }
                Sought::Onward(done) => {
                    let percent = u8::try_from(done / 10).unwrap_or(99).min(99);
                    if told.replace(percent) != Some(percent) {
                        self.worker.say(Say::Seeking { run, percent });
                    }
                }
            }
            if self.worker.gate.abandoned() {
                return Err(AudioError::Stopped);
            }
        }
    }

    fn open(&mut self, run: u64) {
        // Opening serves every run; only closing the gate ends it.
        self.worker.gate.serve(u64::MAX);
        match Reader::open(self.worker.media.clone(), Arc::clone(&self.worker.gate)) {
            Ok(reader) => {
                let (about, length) = (reader.about().clone(), reader.length());
                self.length = Some(length);
                self.looked = None;
                self.reader = Some(reader);
                self.worker.say(Say::Opened { about, length });
            }
            Err(err) => self.fail(run, &err),
        }
    }

    fn decode(&mut self) {
        let (Some(reader), Some(job)) = (self.reader.as_mut(), self.job.as_mut()) else { return };
        if job.over {
            if let Some(from) = job.next_passage() {
                let run = job.run;
                if let Err(err) = reader.seek(from) {
                    self.fail(run, &err);
                }
                return;
            }
            job.deck.finish();
            self.job = None;
            self.report_length();
            return;
        }
        match reader.next() {
            Ok(Some(block)) => job.take(block, self.worker.dial.get()),
            Ok(None) => job.over = true,
            Err(AudioError::Stopped) => self.job = None,
            Err(err) => {
                // What was decoded before is still heard.
                let run = job.run;
                self.fail(run, &err);
            }
        }
        if let Some(job) = self.job.as_mut().filter(|job| job.over) {
            job.ready.extend(job.chain.finish());
            job.sounding |= job.ready.iter().any(|chunk| chunk.frames() > 0);
        }
    }

    fn fail(&mut self, run: u64, err: &AudioError) {
        if !matches!(err, AudioError::Stopped) {
            self.worker.say(Say::Failed { run, message: err.to_string() });
        }
        self.job = None;
    }

    /// The deck is full: learn something or rest.
    fn use_pause(&mut self) {
        if self.look_ahead() {
            return;
        }
        self.measure();
        let learned = self.reader.as_ref().is_none_or(Reader::learned_all);
        let tasks = &self.worker.tasks;
        let errand = match (self.stands, learned) {
            (false, _) => tasks.recv_timeout(REST),
            // What still arrives is learned from while nothing plays, too.
            (true, false) => tasks.recv_timeout(LOOK),
            (true, true) => tasks.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        if let Some(task) = errand.ok().and_then(|errand| self.note(errand)) {
            self.begin(task);
        }
    }

    /// `true` if there is still more to learn.
    fn look_ahead(&mut self) -> bool {
        let Some(reader) = self.reader.as_mut() else { return false };
        if reader.learned_all() || self.looked.is_some_and(|at| at.elapsed() < LOOK) {
            return false;
        }
        // A fault here will come again, and be told, when these bytes are played.
        let more = reader.look_ahead().unwrap_or(false);
        self.looked = (!more).then(Instant::now);
        let run = self.job.as_ref().map(|job| job.run);
        if let (Some(by), Some(run)) = (reader.correction(), run) {
            self.worker.say(Say::Corrected { run, by });
        }
        if !more {
            self.report_length();
        }
        more
    }

    fn report_length(&mut self) {
        let length = self.reader.as_ref().map(Reader::length);
        if let Some(length) = length.filter(|length| self.length != Some(*length)) {
            self.length = Some(length);
            self.worker.say(Say::Length(length));
        }
    }
}
