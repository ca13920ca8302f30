//! The effect that makes an episode complete.

use super::looking::more_chapters;
use super::{Performer, downloads};
use crate::app::{Completing, DownloadState, Event};
use crate::downloads::CancelFlag;
use crate::model::{EpisodeId, Part};
use crate::runtime::{self, Reach, Step};

impl Performer {
    pub(super) fn complete(&mut self, id: EpisodeId) {
        let cancel = CancelFlag::new();
        self.completing.insert(id, cancel.clone());
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        let line = self.line.clone();
        self.services.handle.spawn(async move {
            let host = downloads::host_of(&services, id).await;
            let turn = tokio::select! {
                biased;
                () = cancel.cancelled() => None,
                turn = line.turn(id, host) => Some(turn),
            };
            let tell = |how| Self::tell(&inbox, Event::Completing(id, how));
            let Some(_turn) = turn else { return tell(Completing::Stopped) };
            let recorded = downloads::telling(inbox.clone(), id);
            let step = |step: Step| match step {
                Step::Recording(progress) => recorded(progress),
                Step::Recorded => Self::tell(&inbox, Event::Download(id, DownloadState::Done)),
                Step::Pages(done, all) => tell(Completing::Pages(done, all)),
            };
            let made = runtime::complete(&services, id, step, &cancel).await;
            match made {
                _ if cancel.is_cancelled() => tell(Completing::Stopped),
                Ok(made) => {
                    if let Part::Failed(why) = &made.all.recording {
                        let failed = DownloadState::Failed(why.clone());
                        Self::tell(&inbox, Event::Download(id, failed));
                    }
                    for missing in &made.all.missing {
                        tracing::warn!("{} is not kept: {}", missing.url, missing.why);
                    }
                    tell(Completing::Done(Box::new(made.all)));
                    more_chapters(&services, &inbox, id, Reach::Here).await;
                }
                Err(why) => tell(Completing::Failed(why.to_string())),
            }
        });
    }

    /// Whatever was begun ends by itself and says so.
    pub(super) fn stop_completing(&mut self, id: EpisodeId) {
        if let Some(cancel) = self.completing.remove(&id) {
            cancel.cancel();
        }
    }
}
