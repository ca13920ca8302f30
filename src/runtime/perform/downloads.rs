//! Effects about downloads.

use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::looking::more_chapters;
use super::{Performer, failed};
use crate::app::{DownloadNews, DownloadState, DownloadWork, Event, Msg};
use crate::downloads::{CancelFlag, Progress};
use crate::model::{EpisodeId, ShowId};
use crate::runtime::{Reach, Services, Trouble, download, download_keeping, recording};
use crate::store::Store;

/// Progress of a download is told this often at most.
const TELL_EVERY: Duration = Duration::from_millis(250);

impl Performer {
    /// Downloads what the user asked for.
    pub(super) fn download(&mut self, id: EpisodeId) {
        self.services.desk.post(move |store| store.begin_download(id, false));
        self.transfer(id);
    }

    /// Downloads what is in the list already, when it is its turn.
    fn transfer(&mut self, id: EpisodeId) {
        self.stop_transfer(id);
        let cancel = CancelFlag::new();
        let flag = cancel.clone();
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        let line = self.line.clone();
        let task = self.services.handle.spawn(async move {
            let host = host_of(&services, id).await;
            let done = loop {
                let _turn = tokio::select! {
                    biased;
                    () = cancel.cancelled() => return,
                    turn = line.turn(id, host.clone()) => turn,
                };
                let tell = telling(inbox.clone(), id);
                let done = download::download(&services, id, tell, cancel.clone()).await;
                if cancel.is_cancelled() {
                    return; // Whoever cancelled it says so.
                }
                if done.is_ok() || !services.client.is_offline() {
                    break done;
                }
                // The mode began in this very moment: it waits for its end.
                Self::tell(&inbox, Event::Download(id, DownloadState::Waiting));
                tokio::time::sleep(TELL_EVERY).await;
            };
            let state = match done {
                Ok(_) => DownloadState::Done,
                Err(why) => DownloadState::Failed(why.to_string()),
            };
            let is_done = state == DownloadState::Done;
            Self::tell(&inbox, Event::Download(id, state));
            if is_done {
                more_chapters(&services, &inbox, id, Reach::Here).await;
            }
        });
        self.downloads.retain(|_, (_, task)| !task.is_finished());
        self.downloads.insert(id, (flag, task.abort_handle()));
    }

    fn stop_transfer(&mut self, id: EpisodeId) {
        if let Some((cancel, _)) = self.downloads.remove(&id) {
            cancel.cancel();
        }
    }

    pub(super) fn remove_download(&mut self, id: EpisodeId) {
        self.stop_transfer(id);
        self.stop_completing(id);
        let services = self.services.clone();
        self.spawn(async move {
            match download::remove_download(&services, id).await {
                Ok(()) => Event::Download(id, DownloadState::Removed),
                Err(why) => Event::Download(id, DownloadState::Failed(why.to_string())),
            }
        });
    }

    /// Work on the list of downloads.
    pub(super) fn downloads(&mut self, work: DownloadWork) {
        match work {
            DownloadWork::Load => self.list_downloads(),
            DownloadWork::Pause(id) => self.pause_download(id),
            DownloadWork::Resume(id) => self.transfer(id),
            DownloadWork::Move(id, by) => {
                if self.line.shift(id, by) {
                    let order = self.line.order();
                    self.services.desk.post(move |store| store.order_downloads(&order));
                }
                self.list_downloads();
            }
            DownloadWork::Tidy(playing) => self.tidy_downloads(playing),
            DownloadWork::Automatic => self.begin_automatic(),
            DownloadWork::SetAutomatic { show, automatic, keep } => {
                self.set_automatic(show, automatic, keep);
            }
            DownloadWork::Offline(on) => self.go_offline(on),
        }
    }

    fn list_downloads(&self) {
        let services = self.services.clone();
        self.spawn(async move {
            let entries = match services.desk.ask(Store::download_list).await {
                Ok(entries) => entries,
                Err(why) => return failed(&why),
            };
            let downloads = services.downloads.clone();
            let room = tokio::task::spawn_blocking(move || downloads.room()).await;
            let (taken, free) = room.unwrap_or_default();
            Event::Downloads(DownloadNews::List { entries, taken, free })
        });
    }

    fn pause_download(&mut self, id: EpisodeId) {
        self.stop_transfer(id);
        let services = self.services.clone();
        self.spawn(async move {
            let partial = services.downloads.partial(&recording::key(id));
            let (bytes, total) = partial.map_or((0, None), |now| (now.bytes, now.total));
            let held = services.desk.ask(move |store| store.pause_download(id, bytes, total)).await;
            match held {
                Ok(()) => Event::Download(id, DownloadState::Paused(bytes, total)),
                Err(why) => failed(&why),
            }
        });
    }

    fn tidy_downloads(&self, playing: Option<EpisodeId>) {
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            match download_keeping::tidy(&services, playing).await {
                Ok(tidied) if tidied.gone.is_empty() => {}
                Ok(tidied) => {
                    let news = DownloadNews::Tidied(tidied.gone, tidied.bytes);
                    Self::tell(&inbox, Event::Downloads(news));
                }
                Err(why) => Self::tell(&inbox, failed(&why)),
            }
        });
    }

    fn begin_automatic(&self) {
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            match download_keeping::automatic(&services).await {
                Ok(begun) if begun.is_empty() => {}
                Ok(begun) => Self::tell(&inbox, Event::Downloads(DownloadNews::Begun(begun))),
                Err(why) => Self::tell(&inbox, failed(&why)),
            }
        });
    }

    fn set_automatic(&self, show: ShowId, automatic: Option<u32>, keep: Option<u32>) {
        let inbox = self.inbox.clone();
        self.services.desk.post(move |store| {
            let kept = store.set_downloading(show, automatic, keep).and_then(|()| store.shows());
            match kept {
                Ok(shows) => {
                    Self::tell(&inbox, Event::Shows(shows));
                    Ok(())
                }
                Err(err) => {
                    Self::tell(&inbox, failed(&Trouble::doing("the library", &err)));
                    Err(err)
                }
            }
        });
        self.begin_automatic();
    }

    /// Nothing is asked of the network from now on, or again. What was on its way waits for that.
    fn go_offline(&mut self, on: bool) {
        self.services.client.set_offline(on);
        self.line.close(on);
        if on {
            let under_way = self.downloads.iter().filter(|(_, (_, task))| !task.is_finished());
            let under_way: Vec<EpisodeId> = under_way.map(|(id, _)| *id).collect();
            for id in under_way {
                Self::tell(&self.inbox, Event::Download(id, DownloadState::Waiting));
                self.transfer(id);
            }
        } else {
            crate::runtime::reading_later::fetch_again(&self.services, &self.inbox);
        }
        self.list_downloads();
    }
}

/// The host that an episode's recording comes from.
pub(super) async fn host_of(services: &Services, id: EpisodeId) -> String {
    let found = download::with_feed(services, id).await.ok();
    let url = found.and_then(|(episode, _)| Some(episode.enclosure?.url));
    let url = url.and_then(|url| url::Url::parse(&url).ok());
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Tells of the progress of a download, not too often.
pub(super) fn telling(inbox: Sender<Msg>, id: EpisodeId) -> impl Fn(Progress) + Send + Sync {
    let told = Mutex::new((None::<Instant>, inbox));
    move |progress: Progress| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, inbox) = &mut *told;
        if last.is_none_or(|at| at.elapsed() >= TELL_EVERY) {
            *last = Some(Instant::now());
            let state = DownloadState::Running(progress.bytes, progress.total);
            Performer::tell(inbox, Event::Download(id, state));
        }
    }
}
