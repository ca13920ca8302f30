//! Places that are not reached at once: how far it is, going there by estimate, and the correction.

use super::Conductor;
use super::session::Session;
use crate::audio::block::Nanos;

/// How sure the times of a run are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// To the sample.
    Exact,
    /// They may be estimated, if that saves waiting; which of both is still to be heard.
    Hurried,
    /// They are estimated.
    Estimated,
}

impl Session {
    /// Whether its times are known to be estimated.
    pub(super) fn is_estimated(&self) -> bool {
        self.clock == Clock::Estimated
    }

    /// Whether this is the run that is wanted.
    pub(super) fn is_at(&self, run: u64) -> bool {
        self.run.as_ref().is_some_and(|current| current.id == run)
    }
}

impl Conductor {
    /// Goes at once to where the place probably is, if it has not been reached yet.
    pub(super) fn estimate(&mut self) {
        let Some(session) = self.session.as_mut() else { return };
        if session.seeking.is_some() {
            session.clock = Clock::Hurried;
            self.begin_run(true);
        }
    }

    /// A run begins.
    pub(super) fn arrived(&mut self, run: u64, estimated: bool) {
        let Some(session) = self.session.as_mut().filter(|session| session.is_at(run)) else {
            return;
        };
        let there = session.sought(None);
        let before = session.is_estimated();
        session.clock = if estimated { Clock::Estimated } else { Clock::Exact };
        let other = before != estimated;
        if other {
            session.told_ms = None;
        }
        if let Some(there) = there {
            self.tell(there);
        }
        if other {
            self.tell_position();
        }
    }

    /// It is known now what time it really is.
    pub(super) fn corrected(&mut self, run: u64, by: Nanos) {
        let Some(session) = self.session.as_mut() else { return };
        // Without a run it stands where that run was, if its times were estimated.
        let held = session.run.is_none() && session.is_estimated();
        if !held && !session.is_at(run) {
            return;
        }
        session.correct(by);
        self.begin_run(false);
        self.tell_position();
    }
}
