//! Looking after the sound while nobody gives orders: positions, the end, standstills.

use std::time::{Duration, Instant, SystemTime};

use super::{Conductor, PlayState};

/// Positions are told this far apart.
pub(super) const POSITIONS: Duration = Duration::from_millis(200);
/// Waiting for samples is told only when it lasts.
const PATIENCE: Duration = Duration::from_millis(150);
/// A device that takes no samples for so long is lost.
const FROZEN: Duration = Duration::from_secs(2);
/// The same for one that has just been opened: some take their time.
const FROZEN_AT_START: Duration = Duration::from_secs(5);
/// When nobody has looked for so long, the program itself stood still.
const STOPPED: Duration = Duration::from_secs(1);
/// When the clock on the wall has gone on by so much more than the time in which programs run, the
/// machine has slept.
const SLEPT: Duration = Duration::from_secs(10);

/// What is being watched.
#[derive(Default)]
pub(super) struct Watch {
    starved_since: Option<Instant>,
    /// Frames played when last looked, and since when.
    still: Option<(u64, Instant)>,
    paused_at: Option<Instant>,
    /// When was looked last while something played.
    looked: Option<(Instant, SystemTime)>,
}

/// What happened since the last look.
#[derive(Debug, PartialEq, Eq)]
enum Since {
    /// Nothing.
    Awake,
    /// The program was stopped for a while.
    Stopped,
    /// The machine slept.
    Slept,
}

impl Since {
    /// Told by how far programs' time and the wall's went on.
    fn of(ran: Duration, passed: Duration) -> Self {
        if passed >= ran.saturating_add(SLEPT) {
            Self::Slept
        } else if ran >= STOPPED {
            Self::Stopped
        } else {
            Self::Awake
        }
    }
}

impl Watch {
    /// Playing begins, or begins anew.
    pub(super) fn restart(&mut self) {
        (self.starved_since, self.still, self.paused_at) = (None, None, None);
        self.looked = None;
    }

    pub(super) fn stood_still(&mut self) {
        self.restart();
        self.paused_at = Some(Instant::now());
    }

    /// Whether nothing has played for so long.
    pub(super) fn stood_for(&self, time: Duration) -> bool {
        self.paused_at.is_none_or(|at| at.elapsed() >= time)
    }

    fn look(&mut self) -> Since {
        let now = (Instant::now(), SystemTime::now());
        let Some((before, wall)) = self.looked.replace(now) else { return Since::Awake };
        let passed = now.1.duration_since(wall).unwrap_or_default();
        Since::of(now.0.duration_since(before), passed)
    }
}

impl Conductor {
    /// Looks at everything once.
    pub(super) fn look(&mut self) {
        if self.wants_sound() {
            match self.watch.look() {
                Since::Awake => {}
                // The device is not to blame for samples that nobody gave or took.
                Since::Stopped => self.watch.restart(),
                // Nobody may be there any more to listen, or others are.
                Since::Slept => {
                    self.stand_still();
                    self.close_port();
                }
            }
        }
        self.look_at_output();
        if self.wants_sound() {
            self.look_at_run();
        }
    }

    fn look_at_run(&mut self) {
        let Some(session) = self.session.as_mut() else { return };
        let Some(progress) = session.run.as_ref().map(|run| &run.progress) else {
            if self.search.opening() {
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
        let (played, starved, gaps) = (progress.played(), progress.starved(), progress.gaps());
        let due = session.told_at.elapsed() >= POSITIONS;
        if due && played > 0 {
            self.tell_position();
        }
        self.look_for_gaps(gaps);
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
        let frozen = if self.search.worked { FROZEN } else { FROZEN_AT_START };
        if played > 0 && moved {
            self.search.worked = true;
            self.tell_state(PlayState::Playing);
        } else if now.duration_since(since) >= frozen {
            self.lose("the device takes no more sound");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_of_the_program_is_told_from_a_sleep_of_the_machine() {
        let seconds = Duration::from_secs;
        let ms = Duration::from_millis;
        assert_eq!(Since::of(ms(100), ms(100)), Since::Awake);
        assert_eq!(Since::of(ms(100), ms(3100)), Since::Awake, "a clock that was set");
        assert_eq!(Since::of(ms(100), ms(0)), Since::Awake, "a clock that was set back");
        assert_eq!(Since::of(seconds(90), seconds(90)), Since::Stopped);
        assert_eq!(Since::of(ms(100), seconds(3600)), Since::Slept);
        assert_eq!(Since::of(seconds(2), seconds(3600)), Since::Slept);
    }
}
