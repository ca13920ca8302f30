//! Performs effects: each is handed to the worker it belongs to, whose answer goes into the inbox.

mod deck;
mod downloads;
mod edits;
mod library;
mod looking;
mod network;
mod offline;
mod orders;
mod pictures;
mod reading;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use tokio::task::AbortHandle;

use self::deck::Deck;
use self::orders::{Load, Orders};
pub(crate) use self::pictures::PictureDesk;
use super::download_line::DownloadLine;
use super::services::now;
use super::{NoteStatus, Services, Trouble};
use crate::app::{DownloadNews, Effect, Event, Msg, Ticket};
use crate::downloads::CancelFlag;
use crate::lang::Notice;
use crate::model::{Article, EpisodeId};
use crate::text::Document;

/// Performs effects.
pub(crate) struct Performer {
    services: Services,
    inbox: Sender<Msg>,
    orders: Orders,
    /// Downloads under way, to stop them, and whether they have ended.
    downloads: HashMap<EpisodeId, (CancelFlag, AbortHandle)>,
    /// Episodes that are being made complete, to stop that.
    completing: HashMap<EpisodeId, CancelFlag>,
    /// The line in which downloads wait.
    line: DownloadLine,
    /// Pages that are asked for, to give them up.
    pages: HashMap<Ticket, AbortHandle>,
    /// The newest request to open an episode: older ones need not be worked on.
    newest: Arc<AtomicU64>,
    /// Pictures of texts.
    pub(crate) pictures: PictureDesk,
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
    pub(crate) fn new(services: Services, inbox: Sender<Msg>, pictures: PictureDesk) -> Self {
        let orders = Orders::start(Deck::new(services.clone(), inbox.clone()));
        let at_once = services.settings.network.downloads_at_once;
        let line = DownloadLine::new(at_once, services.client.is_offline());
        Self {
            services,
            inbox,
            orders,
            downloads: HashMap::new(),
            completing: HashMap::new(),
            line,
            pages: HashMap::new(),
            newest: Arc::default(),
            pictures,
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
            Effect::OpenArticle { ticket, url, from, episode, whole, anew } => {
                self.open_article(ticket, network::Asked { url, from, episode, whole, anew });
            }
            Effect::DropArticle(ticket) => self.drop_article(ticket),
            Effect::LoadPicture { ticket, src, from, fit, cell } => {
                self.load_picture(ticket, src, from, fit, cell);
            }
            Effect::CancelPictures(tickets) => self.cancel_pictures(&tickets),
            Effect::PlayRecording { url, page, at_ms } => self.play_recording(url, page, at_ms),
            Effect::LoadTranscript { ticket, id } => self.load_transcript(ticket, id),
            Effect::Download(id) => self.download(id),
            Effect::RemoveDownload(id) => self.remove_download(id),
            Effect::Downloads(work) => self.downloads(*work),
            Effect::Complete(id) => self.complete(id),
            Effect::StopCompleting(id) => self.stop_completing(id),
            Effect::Refresh(shows) => self.refresh(shows),
            Effect::RefreshDue => self.refresh_due(),
            Effect::LogIn(show, user, password) => self.log_in(show, user, password),
            Effect::LoadOlder(show) => self.load_older(show),
            Effect::Subscribe(source) => self.subscribe(source),
            Effect::ExportNote(id) => self.export(id),
            Effect::SaveArticle { article, document } => self.save_article(*article, document),
            Effect::Edit(edit) => self.edit(*edit),
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
                Ok(mut opened) => {
                    let summary = &mut opened.episode.summary;
                    if summary.downloaded && !super::download_check::is_here(&services, id) {
                        (summary.downloaded, summary.complete) = (false, false);
                        let news = DownloadNews::Gone(vec![id]);
                        Self::tell(&inbox, Event::Downloads(news));
                    }
                    Event::EpisodeOpened(ticket, Box::new(opened))
                }
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

    fn save_article(&self, article: Article, document: Arc<Document>) {
        let services = self.services.clone();
        self.spawn(async move {
            let work = move || super::save_article(&services, &article, &document, now());
            match tokio::task::spawn_blocking(work).await {
                Ok(Ok(saved)) => {
                    let path = saved.path.display().to_string();
                    let said = if saved.new { Notice::Exported } else { Notice::ExportedBefore };
                    Event::Notice(said(path))
                }
                Ok(Err(why)) => failed(&why),
                Err(err) => failed(&Trouble::doing("writing the page", &err)),
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
