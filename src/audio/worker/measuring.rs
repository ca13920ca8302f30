//! When a recording is measured as a whole.

use std::time::{Duration, Instant};

use super::{Desk, Inbox, Say, Survey};

/// How often is asked whether the whole recording is there.
const ASK: Duration = Duration::from_secs(2);

impl Desk {
    /// Has the whole recording measured once, beside its playing, if loudness is wanted.
    pub(super) fn measure(&mut self) {
        if let Some(found) = self.survey.as_ref().and_then(Survey::found) {
            self.memory.borrow_mut().meter.known = Some(found);
            self.survey = None;
        }
        let known = self.survey.is_some() || self.memory.borrow().meter.known.is_some();
        if known || self.surveyed.is_some_and(|at| at.elapsed() < ASK) {
            return;
        }
        self.surveyed = Some(Instant::now());
        if self.worker.dial.get().loudness.is_none() {
            return;
        }
        let media = self.worker.media.clone();
        let whole = {
            let media = media.lock();
            media.byte_len().is_some_and(|len| media.ready(0, len))
        };
        if whole {
            let (id, inbox) = (self.worker.id, self.worker.inbox.clone());
            let tell = move |loudness| {
                let _ = inbox.send(Inbox::Worker { id, say: Say::Loudness(loudness) });
            };
            // Without a thread the gain is found while playing, as it is in a stream.
            self.survey = Survey::start(media, tell).ok();
        }
    }
}
