//! One recording from start to end: what the engine tells is passed on, keys become orders, the
//! position is kept.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use signal_hook::consts::signal::{SIGHUP, SIGINT, SIGTERM};

use super::device::{Device, Next};
use super::keeper::Keeper;
use super::keys::{Key, Keys};
use super::telling::{Shown, State, Telling};
use super::{Incoming, Target};
use crate::audio::{DeviceState, Engine, Event, Leap, Order, PlayState};
use crate::cli::failure::Failure;
use crate::cli::output::{Output, complain};
use crate::cli::quiet::Quiet;
use crate::model::{AudioSettings, Chapters, Millis, Position};
use crate::runtime::{SoundGaps, Trouble, log_gaps, output, strength};

/// The position is kept each time it has moved so far: no more than that and the time between two looks
/// is lost if the program is killed.
const SAVE_EVERY: Millis = 1_000;

/// Plays it. Comes back at the end, at `until`, or when the user has enough.
pub(super) fn play(out: Output, target: Target, how: &AudioSettings) -> Result<(), Failure> {
    let (inbox, arrivals) = target.inbox;
    watch_signals(inbox.clone())?;
    let quiet = Quiet::new();
    let heard = Ear(inbox.clone());
    let engine = Engine::start(output(), move |event| heard.hear(event));
    engine.send(Order::Volume(how.volume));
    engine.send(Order::Speed(how.speed));
    engine.send(Order::TrimSilence(strength(how.trim_silence)));
    engine.send(Order::Loudness(how.loudness.then_some(how.loudness_target)));
    engine.send(Order::VoiceBoost(how.voice_boost));
    let Target { media, title, chapters, start_ms, until_ms, duration_ms, keeper, played, .. } =
        target;
    let loudness = keeper.as_ref().map(Keeper::loudness).transpose()?.flatten();
    engine.send(Order::Load {
        ticket: 1,
        media,
        start_ms,
        until_ms,
        play: true,
        duration_hint_ms: duration_ms,
        loudness,
    });
    let mut session = Session {
        engine,
        telling: Telling::new(out, &title, how.speed),
        shown: Shown { ms: start_ms, duration_ms, ..Shown::default() },
        chapters,
        gaps: keeper.as_ref().map(Keeper::gaps),
        keeper,
        notes: Vec::new(),
        until_ms,
        saved_ms: start_ms,
        played,
        stage: Stage::Opening,
        wants_sound: true,
        device: Device::default(),
        people: false,
        how: how.clone(),
    };
    let keys = Keys::take(out, inbox);
    session.people = keys.taken();
    let done = session.run(&arrivals);
    // The line and the raw mode go before anything is said about what went wrong.
    session.telling.clear();
    drop(keys);
    let kept = session.keep_at_end();
    let notes = std::mem::take(&mut session.notes);
    // The engine's end may still be noisy.
    drop(session);
    drop(quiet);
    for note in &notes {
        complain(note);
    }
    done.and(kept)
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The recording is not open yet.
    Opening,
    /// It is open.
    Open,
    /// A position was told, so there is one worth keeping.
    Heard,
}

struct Session {
    engine: Engine,
    telling: Telling,
    shown: Shown,
    chapters: Chapters,
    keeper: Option<Keeper>,
    gaps: Option<SoundGaps>,
    /// What went wrong on the way, told at the end.
    notes: Vec<String>,
    until_ms: Option<Millis>,
    saved_ms: Millis,
    played: bool,
    stage: Stage,
    wants_sound: bool,
    device: Device,
    /// Somebody can press keys.
    people: bool,
    how: AudioSettings,
}

impl Session {
    fn run(&mut self, arrivals: &Receiver<Incoming>) -> Result<(), Failure> {
        loop {
            // Without news there is nothing to do, but for a device that is looked for.
            let incoming = match self.device.pause() {
                Some(pause) => arrivals.recv_timeout(pause),
                None => arrivals.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let over = match incoming {
                Ok(Incoming::Heard(event)) => self.hear(event)?,
                Ok(Incoming::Key(key)) => self.press(key),
                Ok(Incoming::Complaint(why)) => {
                    self.complain(&why)?;
                    false
                }
                Ok(Incoming::End) => true,
                Err(RecvTimeoutError::Timeout) => false,
                Ok(Incoming::Deaf) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(Trouble::new("playing: the sound thread ended; try again").into());
                }
            };
            if over {
                return Ok(());
            }
            self.look_for_device()?;
            self.telling.draw(&self.shown)?;
        }
    }

    /// Takes in what the engine tells; whether it is over.
    fn hear(&mut self, event: Event) -> Result<bool, Failure> {
        match event {
            Event::Loaded { duration_ms, exact, .. } => {
                self.shown.duration_ms = duration_ms.or(self.shown.duration_ms);
                if self.stage == Stage::Opening {
                    self.stage = Stage::Open;
                    self.telling.started(self.shown.duration_ms)?;
                }
                self.measured(exact);
            }
            Event::Duration { ms, exact, .. } => {
                self.shown.duration_ms = Some(ms);
                self.measured(exact);
            }
            Event::State { state, .. } => {
                self.shown.state = match state {
                    PlayState::Playing => State::Playing,
                    PlayState::Paused => State::Paused,
                    PlayState::Buffering => State::Waiting,
                };
                if state == PlayState::Playing {
                    self.wants_sound |= std::mem::take(&mut self.device.lost);
                }
                if state == PlayState::Paused && self.stage == Stage::Heard {
                    self.keep();
                }
            }
            Event::Position { ms, estimated, .. } => {
                self.shown.estimated = estimated;
                self.at(ms)?;
            }
            Event::Seeking { percent, .. } => {
                self.shown.seeking = percent;
                self.telling.seeking(percent)?;
            }
            // The line has no room for it.
            Event::Saved { .. } => {}
            Event::Loudness { loudness, .. } => {
                if let Some(keeper) = &self.keeper {
                    keeper.keep_loudness(loudness);
                }
            }
            Event::Underruns { count, .. } => {
                log_gaps(count);
                if let Some(gaps) = &self.gaps {
                    gaps.add(count);
                }
            }
            Event::Ended { ms, .. } => {
                self.shown.ms = ms;
                if self.until_ms.is_none() {
                    self.played = true;
                    // The next time begins at the start again.
                    self.shown.ms = 0;
                }
                self.telling.ended(ms)?;
                return Ok(true);
            }
            Event::Failed { message, .. } => return Err(self.fail(&message)),
            Event::Device(DeviceState::Ready { .. }) => {
                let came = self.device.came();
                if self.device.lost && self.people {
                    // Another device than before may be one that everybody hears: a key goes on.
                    self.wants_sound = false;
                } else if came && self.wants_sound {
                    self.engine.send(Order::Play);
                }
            }
            Event::Device(DeviceState::Missing { why }) => self.device.went(why, Instant::now()),
            Event::Device(DeviceState::Lost { why }) => {
                self.device.lost = true;
                self.device.went(why, Instant::now());
            }
        }
        Ok(false)
    }

    fn at(&mut self, ms: Millis) -> Result<(), Failure> {
        (self.shown.ms, self.stage) = (ms, Stage::Heard);
        self.telling.position(ms, self.shown.estimated)?;
        let index = self.chapters.at(ms);
        if index != self.shown.chapter.as_ref().map(|(index, _)| *index) {
            let chapter = index.and_then(|index| Some((index, self.chapters.list.get(index)?)));
            self.shown.chapter = chapter.map(|(index, chapter)| (index, chapter.title.clone()));
            if let Some((index, title)) = &self.shown.chapter {
                self.telling.chapter(*index, title)?;
            }
        }
        let near = Millis::from(self.how.played_before_end) * 1000;
        let over = |end: Millis| end > 2 * near && ms.saturating_add(near) >= end;
        if self.until_ms.is_none() && self.shown.duration_ms.is_some_and(over) {
            self.played = true;
        }
        if ms.abs_diff(self.saved_ms) >= SAVE_EVERY {
            self.keep();
        }
        Ok(())
    }

    /// Keeps where it stands, if that is not kept yet.
    fn keep(&mut self) {
        let Some(keeper) = self.keeper.as_ref().filter(|_| self.saved_ms != self.shown.ms) else {
            return;
        };
        keeper.keep(self.position());
        self.saved_ms = self.shown.ms;
    }

    fn keep_at_end(&self) -> Result<(), Failure> {
        match &self.keeper {
            Some(keeper) if self.stage == Stage::Heard => keeper.keep_at_end(self.position()),
            _ => Ok(()),
        }
    }

    fn position(&self) -> Position {
        Position { ms: self.shown.ms, played: self.played }
    }

    /// The length is known; if it is the real one, it is kept, and the ending is not played that the
    /// show always has.
    fn measured(&self, exact: bool) {
        let Some(ms) = self.shown.duration_ms.filter(|_| exact) else { return };
        if let Some(keeper) = &self.keeper {
            keeper.keep_duration(ms);
        }
        let (_, outro) = self.how.sounding().skips(Some(ms));
        if outro > 0 {
            // Who begins behind it, or jumps there, hears the ending.
            self.engine.send(Order::Leap(Some(Leap { at: ms.saturating_sub(outro), to: None })));
        }
    }

    fn look_for_device(&mut self) -> Result<(), Failure> {
        match self.device.next(Instant::now()) {
            Next::Nothing => Ok(()),
            Next::Look => {
                self.engine.send(Order::RetryDevice);
                Ok(())
            }
            Next::GiveUp(why) => Err(self.fail(&format!(
                "there is no sound device ({why}): connect one or start the sound server; \
                 `latetalk doctor` says more"
            ))),
        }
    }

    /// A stream that never began will not begin; one that stops is tried again for a while.
    fn complain(&mut self, why: &str) -> Result<(), Failure> {
        if self.stage == Stage::Opening {
            return Err(self.fail(why));
        }
        self.notes.push(format!("playing {}: {why}", self.telling.title()));
        Ok(())
    }

    fn fail(&mut self, message: &str) -> Failure {
        let why = Trouble::new(format!("playing {}: {message}", self.telling.title()));
        match self.telling.error(&why.to_string()) {
            Ok(()) => why.into(),
            Err(failure) => failure,
        }
    }

    /// Does what a key means; whether it is over.
    fn press(&mut self, key: Key) -> bool {
        let short = i64::from(self.how.seek_short) * 1000;
        let long = i64::from(self.how.seek_long) * 1000;
        match key {
            Key::Quit => return true,
            Key::Pause => {
                self.wants_sound = !self.wants_sound;
                let order = if self.wants_sound { Order::Play } else { Order::Pause };
                self.engine.send(order);
            }
            Key::Estimate => self.engine.send(Order::Estimate),
            Key::Left => self.jump(-short),
            Key::Right => self.jump(short),
            Key::Down => self.jump(-long),
            Key::Up => self.jump(long),
        }
        false
    }

    fn jump(&mut self, by: i64) {
        let ms = self.shown.ms.saturating_add_signed(by);
        let last = self.shown.duration_ms.map_or(ms, |end| ms.min(end.saturating_sub(1000)));
        self.shown.ms = last;
        self.engine.send(Order::Seek { ms: last });
        if self.stage == Stage::Heard {
            self.keep();
        }
    }
}

/// Passes on what the engine tells, and that it has ended.
struct Ear(Sender<Incoming>);

impl Ear {
    fn hear(&self, event: Event) {
        // Nobody listens any more once playing is over.
        let _ = self.0.send(Incoming::Heard(event));
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let _ = self.0.send(Incoming::Deaf);
    }
}

/// Lets signals that end a process end the session in order.
fn watch_signals(inbox: Sender<Incoming>) -> Result<(), Failure> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])
        .map_err(|err| Trouble::doing("watching for signals", &err))?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            if inbox.send(Incoming::End).is_err() {
                break;
            }
        }
    });
    Ok(())
}
