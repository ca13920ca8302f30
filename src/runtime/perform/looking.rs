//! Looking for chapters in the recording that plays and behind its feed's link.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::Performer;
use crate::app::{Event, Msg, Ticket};
use crate::model::EpisodeId;
use crate::runtime::{self, Reach, Services};

/// When to look for chapters, each time after a pause. The sound goes first: only once it flows a
/// stream is asked for its tags.
const LOOKS: [(Duration, Reach); 4] = [
    (Duration::ZERO, Reach::Here),
    (Duration::from_secs(3), Reach::Afar),
    (Duration::from_secs(20), Reach::Afar),
    (Duration::from_mins(2), Reach::Afar),
];

/// Looks for chapters of what plays.
pub(super) struct Looking {
    services: Services,
    inbox: Sender<Msg>,
    /// The newest request to play an episode: of older ones no chapters are looked for any more.
    newest: Arc<AtomicU64>,
}

impl Looking {
    /// Whose findings go into this inbox.
    pub(super) fn new(services: Services, inbox: Sender<Msg>) -> Self {
        Self { services, inbox, newest: Arc::default() }
    }

    /// Looks into the recording and behind the feed's link for chapters that are not known yet; into a
    /// recording that streams again later, while it is the one that plays.
    pub(super) fn begin(&self, ticket: Ticket, id: EpisodeId) {
        self.newest.store(ticket.0, Ordering::Relaxed);
        let newest = Arc::clone(&self.newest);
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            for (pause, reach) in LOOKS {
                tokio::time::sleep(pause).await;
                let plays = newest.load(Ordering::Relaxed) == ticket.0;
                if !plays || !more_chapters(&services, &inbox, id, reach).await {
                    break;
                }
            }
        });
    }
}

/// Looks for chapters and tells the screen of new ones. Whether it is worth looking again later.
pub(super) async fn more_chapters(
    services: &Services,
    inbox: &Sender<Msg>,
    id: EpisodeId,
    reach: Reach,
) -> bool {
    let found = match runtime::find_chapters(services, id, reach).await {
        Ok(found) => found,
        Err(why) => {
            tracing::warn!("looking for chapters: {why}");
            return false;
        }
    };
    if let Some(why) = found.trouble {
        tracing::warn!("the chapters file: {why}");
    }
    if found.fresh {
        Performer::tell(inbox, Event::Chapters(id, found.chapters, found.best));
    }
    found.later
}
