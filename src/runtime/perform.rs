//! Performs effects: each is handed to the worker it belongs to, whose answer goes into the inbox.

mod deck;
mod library;
mod looking;
mod network;
mod offline;
mod orders;
mod reading;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use tokio::sync::Semaphore;

use self::deck::Deck;
use self::orders::{Load, Orders};
use super::services::now;
use super::{NoteStatus, Services, Trouble};
use crate::app::{Effect, Event, Msg, Ticket};
use crate::downloads::CancelFlag;
use crate::lang::Notice;
use crate::model::EpisodeId;

/// Performs effects.
pub(crate) struct Performer {
    services: Services,
    inbox: Sender<Msg>,
    orders: Orders,
    /// Downloads under way, to stop them.
    downloads: HashMap<EpisodeId, CancelFlag>,
    /// Episodes that are being made complete, to stop that.
    completing: HashMap<EpisodeId, CancelFlag>,
    /// Turns of downloads.
    turns: Arc<Semaphore>,
    /// The newest request to open an episode: older ones need not be worked on.
    newest: Arc<AtomicU64>,
}

/// What the session itself has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leave {
    /// Give the terminal to the shell for a while.
    ForAWhile,
    /// For good.
    ForGood,
}

impl Performer {
    /// A performer whose answers go into this inbox.
    pub(crate) fn new(services: Services, inbox: Sender<Msg>) -> Self {
        let orders = Orders::start(Deck::new(services.clone(), inbox.clone()));
        let turns = Arc::new(Semaphore::new(services.settings.network.downloads_at_once.max(1)));
        Self {
            services,
            inbox,
            orders,
            downloads: HashMap::new(),
            completing: HashMap::new(),
            turns,
            newest: Arc::default(),
        }
    }

    /// Performs one effect; says so if the session has to leave the screen.
    pub(crate) fn perform(&mut self, effect: Effect) -> Option<Leave> {
        match effect {
            Effect::Suspend => return Some(Leave::ForAWhile),
            Effect::Quit => return Some(Leave::ForGood),
            Effect::Sound(sound) => self.orders.sound(sound),
            Effect::Load { ticket, id, start_ms, until_ms } => {
                self.orders.load(Load { ticket, id, start_ms, until_ms });
            }
            Effect::OpenEpisode { ticket, id } => self.open_episode(ticket, id),
            Effect::OpenArticle { ticket, url, from, episode, whole } => {
                self.open_article(ticket, url, from, episode, whole);
            }
            Effect::PlayRecording { url, page, at_ms } => self.play_recording(url, page, at_ms),
            Effect::LoadTranscript { ticket, id } => self.load_transcript(ticket, id),
            Effect::Download(id) => self.download(id),
            Effect::RemoveDownload(id) => self.remove_download(id),
            Effect::Complete(id) => self.complete(id),
            Effect::StopCompleting(id) => self.stop_completing(id),
            Effect::Refresh(shows) => self.refresh(shows),
            Effect::Subscribe(source) => self.subscribe(source),
            Effect::ExportNote(id) => self.export(id),
            Effect::Reading(work) => self.reading(*work),
            Effect::Browser(url) => self.browser(url),
            Effect::Copy(text) => crate::desktop::copy(&text),
            Effect::LoadShows
            | Effect::LoadEpisodes { .. }
            | Effect::LoadRows(_)
            | Effect::SavePosition { .. }
            | Effect::AddListening { .. }
            | Effect::FindNext(_)
            | Effect::SaveDuration { .. }
            | Effect::SaveLoudness(..)
            | Effect::KeepPlace { .. }
            | Effect::Unsubscribe(_)
            | Effect::AddSnip { .. }
            | Effect::ChangeSnip { .. }
            | Effect::DeleteSnip(_)
            | Effect::LoadSnips(_)
            | Effect::SkipChapter { .. }
            | Effect::KeepSounding { .. }
            | Effect::Enqueue(_)
            | Effect::Dequeue(_)
            | Effect::LoadQueue
            | Effect::Search { .. }
            | Effect::Remember { .. } => self.ask_library(effect),
        }
        None
    }

    /// Puts an event into the inbox.
    fn tell(inbox: &Sender<Msg>, event: Event) {
        // The session may have ended already.
        let _ = inbox.send(Msg::Event(event));
    }

    /// Runs network work and puts its event into the inbox.
    fn spawn(&self, work: impl Future<Output = Event> + Send + 'static) {
        let inbox = self.inbox.clone();
        self.services.handle.spawn(async move { Self::tell(&inbox, work.await) });
    }

    fn open_episode(&self, ticket: Ticket, id: EpisodeId) {
        self.newest.store(ticket.0, Ordering::Relaxed);
        let newest = Arc::clone(&self.newest);
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            // Walking quickly through a list asks for many; only the last one is looked at.
            if newest.load(Ordering::Relaxed) != ticket.0 {
                return;
            }
            let event = match super::open_episode(&services, id).await {
                Ok(opened) => Event::EpisodeOpened(ticket, Box::new(opened)),
                Err(why) => Event::EpisodeFailed(ticket, why.to_string()),
            };
            Self::tell(&inbox, event);
        });
    }

    fn export(&self, id: EpisodeId) {
        let services = self.services.clone();
        self.spawn(async move {
            let mut folder = super::NoteFolder::new(&services.places.notes);
            match folder.put(&services, id).await {
                Ok(written) => Event::Notice(exported(&written)),
                Err(why) => failed(&why),
            }
        });
    }

    fn browser(&self, url: String) {
        self.spawn(async move {
            let opened = tokio::task::spawn_blocking(move || crate::desktop::open(&url)).await;
            match opened {
                Ok(Ok(())) => Event::Notice(Notice::InBrowser),
                Ok(Err(why)) => Event::Notice(Notice::Failed(why.to_string())),
                Err(err) => failed(&Trouble::doing("opening the browser", &err)),
            }
        });
    }
}

fn exported(written: &super::WrittenNote) -> Notice {
    let path = written.path.display().to_string();
    match written.status {
        NoteStatus::Written => Notice::Exported(path),
        NoteStatus::Unchanged => Notice::ExportedBefore(path),
        NoteStatus::Appended(snips) => Notice::ExportAppended(snips, path),
        NoteStatus::Edited => Notice::ExportAppended(0, path),
    }
}

fn failed(why: &Trouble) -> Event {
    Event::Notice(Notice::Failed(why.to_string()))
}
