//! The output: opened when something shall be heard, closed when nothing is, got back when it is lost.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cpal::HostId;

use super::{Conductor, PlayState};
use crate::audio::device::{Opening, Port};
use crate::audio::engine::{DeviceState, Event};

/// A sound system that does not answer for so long is given up; its answer is then ignored.
const UNANSWERED: Duration = Duration::from_secs(10);
/// An open device costs power: it is closed so long after a pause.
const CLOSE_AFTER: Duration = Duration::from_secs(3);
/// When a device is looked for again, in ms after the last attempt; the last one repeats.
const RETRIES: [u64; 8] = [0, 500, 1000, 1000, 2000, 5000, 10_000, 30_000];
/// A device that is back within this time under its old name only restarted: play on. Headphones
/// that were pulled out leave another device behind, or none: stay paused. Only the same sound system
/// is asked meanwhile: who holds the bare device then keeps a server that starts again from it.
const RESTART: Duration = Duration::from_secs(5);
/// How long a fade may take to come out of the output when the program ends.
const LAST_FADE: Duration = Duration::from_millis(120);
/// What a device still holds when a fade has been given to it.
const DEVICE_HOLDS: Duration = Duration::from_millis(90);

/// A device that is lost more often than so within that time is not played on by itself.
const TRUST: u32 = 3;
const TRUST_FOR: Duration = Duration::from_secs(30);

/// An output that went away while it played.
struct Loss {
    at: Instant,
    name: String,
    system: Option<HostId>,
    /// It had taken sound.
    worked: bool,
}

/// How an output is looked for.
#[derive(Default)]
pub(super) struct Search {
    attempt: Option<(u64, Instant)>,
    tries: usize,
    retry_at: Option<Instant>,
    loss: Option<Loss>,
    /// How often a device was lost since then.
    trusted: u32,
    trusted_at: Option<Instant>,
    told: Option<DeviceState>,
    /// The open output has taken sound.
    pub(super) worked: bool,
}

impl Search {
    /// An attempt to open the output is under way.
    pub(super) fn opening(&self) -> bool {
        self.attempt.is_some()
    }

    /// An attempt is under way or planned.
    pub(super) fn under_way(&self) -> bool {
        self.attempt.is_some() || self.retry_at.is_some()
    }

    /// An attempt begins; the one sound system that is asked, if it is one.
    fn begin(&mut self, attempt: u64) -> Option<HostId> {
        self.attempt = Some((attempt, Instant::now()));
        self.retry_at = None;
        let loss = self.loss.as_ref().filter(|loss| loss.at.elapsed() < RESTART)?;
        loss.system
    }

    /// What was lost is back: whether it only restarted, and may be trusted to go on.
    fn restarted(&mut self, name: &str) -> bool {
        let Some(loss) = self.loss.take() else { return false };
        if self.trusted_at.is_none_or(|at| at.elapsed() >= TRUST_FOR) {
            (self.trusted_at, self.trusted) = (Some(Instant::now()), 0);
        }
        self.trusted += 1;
        let back = loss.worked && loss.at.elapsed() < RESTART && loss.name == name;
        back && self.trusted <= TRUST
    }

    fn plan_retry(&mut self) {
        let pause = RETRIES.get(self.tries).or(RETRIES.last()).copied().unwrap_or(5000);
        self.tries += 1;
        self.retry_at = Some(Instant::now() + Duration::from_millis(pause));
    }
}

impl Conductor {
    /// Looks after the output once.
    pub(super) fn look_at_output(&mut self) {
        if let Some((attempt, since)) = self.search.attempt
            && since.elapsed() >= UNANSWERED
        {
            self.port_opened(attempt, Err("the sound system does not answer".to_owned()));
        }
        if self.search.retry_at.is_some_and(|at| at <= Instant::now()) {
            self.open_port();
        }
        if self.port.as_ref().is_some_and(Port::broken) {
            self.lose("the device stopped answering");
        }
        if !self.wants_sound() {
            self.close_idle_port();
        }
    }

    /// Opens the output in the background, if it is not open.
    pub(super) fn open_port(&mut self) {
        if self.port.is_some() || self.search.opening() {
            return;
        }
        let attempt = self.next_serial();
        let only = self.search.begin(attempt);
        let (controls, inbox) = (Arc::clone(&self.controls), self.to_self.clone());
        (self.opener.open)(Opening { attempt, controls, only, inbox });
    }

    /// What came of an attempt to open the output.
    pub(super) fn port_opened(&mut self, attempt: u64, port: Result<Port, String>) {
        if self.search.attempt.is_none_or(|(current, _)| current != attempt) {
            return;
        }
        self.search.attempt = None;
        match port {
            Ok(port) => self.use_port(port),
            Err(why) => {
                if let Some(session) = self.session.as_mut() {
                    session.wish = false;
                }
                self.tell_state(PlayState::Paused);
                // A server that starts again is not there for a moment; that was told as lost.
                let soon = |loss: &Loss| loss.at.elapsed() < RESTART;
                if !self.search.loss.as_ref().is_some_and(soon) {
                    self.tell_device(DeviceState::Missing { why });
                }
                self.search.plan_retry();
            }
        }
    }

    fn use_port(&mut self, port: Port) {
        let name = port.name.clone();
        let restarted = self.search.restarted(&name);
        (self.search.tries, self.search.worked) = (0, false);
        self.port = Some(port);
        self.tell_device(DeviceState::Ready { name });
        if let Some(session) = self.session.as_mut() {
            session.wish |= restarted;
            self.begin_run(true);
            self.let_play();
        }
        if !self.wants_sound() {
            self.session.iter().for_each(super::Session::stand);
            self.watch.stood_still();
        }
    }

    /// The output is gone. What played stands still where it was heard last.
    pub(super) fn lose(&mut self, why: &str) {
        let playing = self.wants_sound();
        let lost = self.port.take();
        let run = self.session.as_ref().and_then(|session| session.run.as_ref());
        let worked = self.search.worked || run.is_some_and(|run| run.progress.played() > 0);
        if let Some(session) = self.session.as_mut() {
            session.hold_position();
            session.wish = false;
        }
        self.controls.play(false);
        self.watch.restart();
        if playing {
            tracing::warn!("the sound device was lost: {why}");
            self.search.loss = lost.map(|port| Loss {
                at: Instant::now(),
                name: port.name,
                system: port.system,
                worked,
            });
            self.tell_position();
            self.tell_state(PlayState::Paused);
            self.tell_device(DeviceState::Lost { why: why.to_owned() });
            self.search.tries = 0;
            self.search.plan_retry();
        }
    }

    fn close_idle_port(&mut self) {
        if self.opener.costly && self.port.is_some() && self.watch.stood_for(CLOSE_AFTER) {
            self.close_port();
        }
    }

    /// Closes the output; playing on opens it again.
    pub(super) fn close_port(&mut self) {
        if let Some(session) = self.session.as_mut() {
            session.hold_position();
        }
        self.port = None;
    }

    fn tell_device(&mut self, state: DeviceState) {
        if self.search.told.as_ref() != Some(&state) {
            self.search.told = Some(state.clone());
            self.tell(Event::Device(state));
        }
    }

    /// The output and the worker go on, or go on standing, as the listener wishes.
    pub(super) fn let_play(&self) {
        let wanted = self.wants_sound();
        self.controls.play(wanted);
        if let Some(session) = self.session.as_ref().filter(|_| wanted) {
            session.go_on();
        }
        if let Some(port) = self.port.as_ref().filter(|_| wanted) {
            port.nudge();
        }
    }

    /// The last sound fades as well, before the output is closed.
    pub(super) fn fade_away(&self, playing: bool) {
        let sounds = || self.controls.sounding();
        if self.port.is_none() || !(playing || sounds()) {
            return;
        }
        let (end, asked) = (Instant::now() + LAST_FADE, self.controls.asked());
        // Whoever was just being asked may not have heard yet that it is over.
        while (sounds() || self.controls.asked() < asked + 2) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(2));
        }
        if self.opener.costly {
            std::thread::sleep(DEVICE_HOLDS);
        }
    }
}
