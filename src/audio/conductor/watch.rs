//! Looking after the sound while nobody gives orders: positions, the end, and lost devices.

use std::time::{Duration, Instant};

use super::{Conductor, DeviceState, Output, PlayState, Port};

/// Positions are told this far apart.
const POSITIONS: Duration = Duration::from_millis(200);
/// Waiting for samples is told only when it lasts.
const PATIENCE: Duration = Duration::from_millis(150);
/// A device that takes no samples for so long is lost.
const FROZEN: Duration = Duration::from_secs(2);
/// A sound system that does not answer for so long is given up; its answer is then ignored.
const UNANSWERED: Duration = Duration::from_secs(10);
/// An open device costs power: it is closed so long after a pause.
const CLOSE_AFTER: Duration = Duration::from_secs(3);
/// When a device is looked for again, in ms after the last attempt; the last one repeats.
const RETRIES: [u64; 5] = [0, 500, 1000, 2000, 5000];
/// A device that is back within this time under its old name only restarted: play on. Headphones
/// that were pulled out leave another device behind, or none: stay paused.
const RESTART: Duration = Duration::from_millis(2500);

struct Loss {
    at: Instant,
    name: String,
}

/// What is being watched.
#[derive(Default)]
pub(super) struct Watch {
    attempt: Option<(u64, Instant)>,
    tries: usize,
    retry_at: Option<Instant>,
    loss: Option<Loss>,
    told: Option<DeviceState>,
    starved_since: Option<Instant>,
    /// Frames played when last looked, and since when.
    still: Option<(u64, Instant)>,
    paused_at: Option<Instant>,
}

impl Watch {
    /// An attempt to open the output is under way.
    pub(super) fn opening(&self) -> bool {
        self.attempt.is_some()
    }

    /// Another attempt is planned.
    pub(super) fn retrying(&self) -> bool {
        self.retry_at.is_some()
    }

    pub(super) fn attempt(&mut self, attempt: u64) {
        self.attempt = Some((attempt, Instant::now()));
        self.retry_at = None;
    }

    /// Playing begins, or begins anew.
    pub(super) fn restart(&mut self) {
        (self.starved_since, self.still, self.paused_at) = (None, None, None);
    }

    pub(super) fn stood_still(&mut self) {
        self.restart();
        self.paused_at = Some(Instant::now());
    }

    fn plan_retry(&mut self) {
        let pause = RETRIES.get(self.tries).or(RETRIES.last()).copied().unwrap_or(5000);
        self.tries += 1;
        self.retry_at = Some(Instant::now() + Duration::from_millis(pause));
    }
}

impl Conductor {
    /// Looks at everything once.
    pub(super) fn look(&mut self) {
        if let Some((attempt, since)) = self.watch.attempt
            && since.elapsed() >= UNANSWERED
        {
            self.port_opened(attempt, Err("the sound system does not answer".to_owned()));
        }
        if self.watch.retry_at.is_some_and(|at| at <= Instant::now()) {
            self.open_port();
        }
        if self.port.as_ref().is_some_and(Port::broken) {
            self.lose("the device stopped answering");
        }
        if self.wants_sound() {
            self.look_at_run();
        } else {
            self.close_idle_port();
        }
    }

    fn look_at_run(&mut self) {
        let Some(session) = self.session.as_mut() else { return };
        let Some(progress) = session.run.as_ref().map(|run| &run.progress) else {
            if self.watch.opening() {
                self.tell_state(PlayState::Buffering);
            }
            return;
        };
        if progress.drained() {
            let end = session.end();
            self.controls.play(false);
            self.tell_position();
            self.tell(end);
            self.tell_state(PlayState::Paused);
            self.watch.stood_still();
            return;
        }
        let (played, starved) = (progress.played(), progress.starved());
        let due = session.told_at.elapsed() >= POSITIONS;
        if due && played > 0 {
            self.tell_position();
        }
        self.look_for_standstill(played, starved);
    }

    fn look_for_standstill(&mut self, played: u64, starved: bool) {
        let now = Instant::now();
        let moved = self.watch.still.is_none_or(|(before, _)| before != played);
        if moved {
            self.watch.still = Some((played, now));
        }
        let since = self.watch.still.map_or(now, |(_, since)| since);
        if starved {
            let since = *self.watch.starved_since.get_or_insert(now);
            if now.duration_since(since) >= PATIENCE {
                self.tell_state(PlayState::Buffering);
            }
            // Not the device's fault.
            self.watch.still = None;
            return;
        }
        self.watch.starved_since = None;
        if played > 0 && moved {
            self.tell_state(PlayState::Playing);
        } else if now.duration_since(since) >= FROZEN {
            self.lose("the device takes no more sound");
        }
    }

    fn close_idle_port(&mut self) {
        let long_enough = self.watch.paused_at.is_none_or(|at| at.elapsed() >= CLOSE_AFTER);
        if self.output == Output::Device && self.port.is_some() && long_enough {
            if let Some(session) = self.session.as_mut() {
                session.hold_position();
            }
            self.port = None;
        }
    }

    fn lose(&mut self, why: &str) {
        let playing = self.wants_sound();
        let name = self.port.take().map(|port| port.name).unwrap_or_default();
        if let Some(session) = self.session.as_mut() {
            session.hold_position();
            session.wish = false;
        }
        self.controls.play(false);
        self.watch.restart();
        if playing {
            self.watch.loss = Some(Loss { at: Instant::now(), name });
            self.tell_position();
            self.tell_state(PlayState::Paused);
            self.tell_device(DeviceState::Lost { why: why.to_owned() });
            self.watch.tries = 0;
            self.watch.plan_retry();
        }
    }

    fn tell_device(&mut self, state: DeviceState) {
        if self.watch.told.as_ref() != Some(&state) {
            self.watch.told = Some(state.clone());
            self.tell(super::Event::Device(state));
        }
    }

    /// What came of an attempt to open the output.
    pub(super) fn port_opened(&mut self, attempt: u64, port: Result<Port, String>) {
        if self.watch.attempt.is_none_or(|(current, _)| current != attempt) {
            return;
        }
        self.watch.attempt = None;
        match port {
            Ok(port) => self.use_port(port),
            Err(why) => {
                if let Some(session) = self.session.as_mut() {
                    session.wish = false;
                }
                self.tell_state(PlayState::Paused);
                self.tell_device(DeviceState::Missing { why });
                self.watch.plan_retry();
            }
        }
    }

    fn use_port(&mut self, port: Port) {
        let name = port.name.clone();
        self.watch.tries = 0;
        let restarted = self
            .watch
            .loss
            .take()
            .is_some_and(|loss| loss.at.elapsed() < RESTART && loss.name == name);
        self.port = Some(port);
        self.tell_device(DeviceState::Ready { name });
        if let Some(session) = self.session.as_mut() {
            session.wish |= restarted;
            self.begin_run(true);
            let wanted = self.wants_sound();
            self.controls.play(wanted);
        }
        if !self.wants_sound() {
            self.watch.stood_still();
        }
    }
}
