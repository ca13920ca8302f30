//! The thread that answers orders, watches the output and tells what is heard. It never reads
//! bytes and never waits for anything but its inbox.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::block::{Nanos, SECOND};
use super::chain::Settings;
use super::device::{Opener, Port};
use super::engine::{Event, Order, PlayState};
use super::outlet::Controls;
use super::worker::Say;

mod gaps;
mod orders;
mod output;
mod seeking;
mod session;
#[cfg(test)]
mod tests;
mod watch;

use gaps::Gaps;
use output::Search;
use session::{Hints, Load, Session};
use watch::{POSITIONS, Watch};

/// How often is looked while something is about to play or to end.
const TICK: Duration = Duration::from_millis(40);
/// How often is looked while it plays on.
const STEADY_TICK: Duration = Duration::from_millis(100);
/// How often is looked while an output is open, or one is wanted.
const SLOW_TICK: Duration = Duration::from_millis(250);

/// So far ahead of what is heard may be decoded, at the highest speed.
const NEAR: Nanos = 3 * SECOND;

/// What reaches the conductor.
pub(crate) enum Inbox {
    Order(Order),
    Worker { id: u64, say: Say },
    Port { attempt: u64, port: Result<Port, String> },
    Quit,
}

/// The state of the engine.
pub(crate) struct Conductor {
    events: Box<dyn Fn(Event) + Send + Sync>,
    inbox: Receiver<Inbox>,
    to_self: Sender<Inbox>,
    opener: Opener,
    controls: Arc<Controls>,
    settings: Settings,
    port: Option<Port>,
    /// How the output is got back.
    search: Search,
    watch: Watch,
    gaps: Gaps,
    session: Option<Session>,
    /// Numbers for runs, workers and attempts; each is used once.
    serial: u64,
}

impl Conductor {
    pub(crate) fn new(
        opener: Opener,
        events: Box<dyn Fn(Event) + Send + Sync>,
        inbox: Receiver<Inbox>,
        to_self: Sender<Inbox>,
    ) -> Self {
        let controls = Arc::new(Controls::default());
        controls.set_volume(100);
        Self {
            events,
            inbox,
            to_self,
            opener,
            controls,
            settings: Settings::default(),
            port: None,
            search: Search::default(),
            watch: Watch::default(),
            gaps: Gaps::default(),
            session: None,
            serial: 0,
        }
    }

    /// Works until told to quit.
    pub(crate) fn run(mut self) {
        loop {
            let message = match self.pause() {
                Some(pause) => self.inbox.recv_timeout(pause),
                None => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(Inbox::Order(order)) => self.obey(order),
                Ok(Inbox::Worker { id, say }) => self.hear(id, say),
                Ok(Inbox::Port { attempt, port }) => self.port_opened(attempt, port),
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Inbox::Quit) | Err(RecvTimeoutError::Disconnected) => break,
            }
            self.look();
        }
        let playing = self.wants_sound();
        self.let_go();
        self.fade_away(playing);
    }

    /// How long there is nothing to look at.
    fn pause(&self) -> Option<Duration> {
        if self.wants_sound() {
            let steady = self.session.as_ref().is_some_and(Session::plays_on);
            let told = self.session.as_ref().map(|session| session.told_at.elapsed());
            let due = POSITIONS.saturating_sub(told.unwrap_or_default());
            return Some(if steady { due.clamp(TICK, STEADY_TICK) } else { TICK });
        }
        let closing = self.port.is_some() && self.opener.costly;
        (closing || self.search.under_way()).then_some(SLOW_TICK)
    }

    fn wants_sound(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.wish)
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    fn tell(&self, event: Event) {
        (self.events)(event);
    }

    fn load(&mut self, load: Load) {
        self.let_go();
        let (id, play) = (self.next_serial(), load.play);
        match Session::start(id, load, self.to_self.clone()) {
            Ok(session) => self.session = Some(session),
            Err((ticket, message)) => return self.tell(Event::Failed { ticket, message }),
        }
        if play {
            self.play();
        } else {
            self.begin_run(true);
            self.session.iter().for_each(Session::stand);
            self.tell_state(PlayState::Paused);
            self.watch.stood_still();
        }
    }

    fn let_go(&mut self) {
        self.controls.play(false);
        if let Some(session) = self.session.take() {
            session.close();
            self.watch.stood_still();
        }
    }

    fn play(&mut self) {
        let Some(session) = self.session.as_mut() else { return };
        session.wish = true;
        let again = std::mem::take(&mut session.failed) || std::mem::take(&mut session.ended);
        if self.port.is_none() {
            self.open_port();
        } else {
            let standing = self.session.as_ref().is_some_and(|session| session.run.is_none());
            if again || standing {
                self.begin_run(true);
            }
            self.let_play();
        }
        self.watch.restart();
    }

    fn stand_still(&mut self) {
        self.controls.play(false);
        if let Some(session) = self.session.as_mut() {
            session.wish = false;
            session.stand();
            self.tell_position();
            self.tell_state(PlayState::Paused);
            self.watch.stood_still();
        }
    }

    fn seek(&mut self, ms: u64, until: Option<u64>) {
        let Some(session) = self.session.as_mut() else { return };
        session.go_to(ms, until);
        self.begin_run(true);
        self.tell_position();
    }

    /// Sound that flows goes over to other settings without a seam, after what is decoded by now;
    /// what stands still begins with them.
    fn change(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        self.settings = settings;
        let Some(session) = self.session.as_mut() else { return };
        session.dial.set(settings);
        if !session.wish && session.run.is_some() {
            session.hold_position();
            self.begin_run(false);
        }
    }

    /// Lets the worker fill a new deck from where the session stands. Without an output there is
    /// nothing to fill; that is made up for when one opens.
    fn begin_run(&mut self, urgent: bool) {
        let run = self.next_serial();
        let (Some(session), Some(port)) = (self.session.as_mut(), self.port.as_mut()) else {
            if let Some(session) = self.session.as_mut() {
                session.hold_position();
            }
            return;
        };
        match session.begin(run, self.settings, port.rate, urgent) {
            Some(deck) => port.give(deck),
            None => {
                self.fail(
                    "playing on failed: the decoder gave up; open the recording again".into(),
                );
            }
        }
        self.gaps.begin_run();
        self.watch.restart();
    }

    fn hear(&mut self, id: u64, say: Say) {
        let Some(session) = self.session.as_mut().filter(|session| session.id == id) else {
            return;
        };
        let event = match say {
            Say::Opened { about, length } => Some(session.opened(&about, length)),
            Say::Length(length) => session.learned(length),
            Say::Loudness(loudness) => Some(Event::Loudness { ticket: session.ticket, loudness }),
            Say::Seeking { run, percent } => {
                if !session.is_at(run) {
                    return;
                }
                session.sought(Some(percent))
            }
            Say::Arrived { run, estimated } => return self.arrived(run, estimated),
            Say::Corrected { run, by } => return self.corrected(run, by),
            Say::Failed { run, message } => {
                if session.run.as_ref().is_some_and(|current| current.id > run) {
                    return;
                }
                return self.fail(message);
            }
        };
        if let Some(event) = event {
            self.tell(event);
        }
    }

    /// The recording cannot be played on; it stands where it is.
    fn fail(&mut self, message: String) {
        let Some(session) = self.session.as_mut() else { return };
        session.hold_position();
        (session.failed, session.wish, session.seeking) = (true, false, None);
        let ticket = session.ticket;
        self.controls.play(false);
        self.tell_state(PlayState::Paused);
        self.tell(Event::Failed { ticket, message });
        self.watch.stood_still();
    }

    fn tell_state(&mut self, state: PlayState) {
        let Some(session) = self.session.as_mut().filter(|session| session.told != Some(state))
        else {
            return;
        };
        session.told = Some(state);
        let ticket = session.ticket;
        self.tell(Event::State { ticket, state });
    }

    fn tell_position(&mut self) {
        let Some(session) = self.session.as_mut() else { return };
        let (ticket, ms, estimated) =
            (session.ticket, session.position_ms(), session.is_estimated());
        session.told_at = Instant::now();
        if session.told_ms.replace(ms) != Some(ms) {
            self.tell_saved();
            self.tell(Event::Position { ticket, ms, estimated });
        }
    }

    fn tell_saved(&mut self) {
        let Some(session) = self.session.as_mut() else { return };
        let (ticket, ms) = (session.ticket, session.saved_ms());
        if session.told_saved != ms {
            session.told_saved = ms;
            self.tell(Event::Saved { ticket, ms });
        }
    }
}
