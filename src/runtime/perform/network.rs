//! Effects that need the network: articles, transcripts, refreshes, subscriptions.

use std::sync::Arc;

use super::{Performer, failed};
use crate::app::{Event, LinkedFrom, OpenedArticle, PageFailure, Ticket};
use crate::fetch::Login;
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis, Secret, Show, ShowId};
use crate::runtime::services::now;
use crate::runtime::{self, Services, Trouble, kept};
use crate::store::{Store, StoreError};

/// A page that is asked for; see `Effect::OpenArticle`.
pub(super) struct Asked {
    pub(super) url: String,
    pub(super) from: LinkedFrom,
    pub(super) episode: Option<EpisodeId>,
    pub(super) whole: bool,
    pub(super) anew: bool,
}

impl Performer {
    pub(super) fn open_article(&mut self, ticket: Ticket, asked: Asked) {
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        let Asked { url, from, episode, whole, anew } = asked;
        let work = self.services.handle.spawn(async move {
            let tell = |read: Result<runtime::Read, Trouble>| {
                let opened = read.map(opened);
                let opened =
                    opened.map_err(|why| PageFailure { problem: why.page(), why: why.to_string() });
                Self::tell(&inbox, Event::Article(ticket, Box::new(opened)));
            };
            let from = match page_that_links(&services, from).await {
                Ok(from) => from,
                Err(why) => return tell(Err(why)),
            };
            if anew {
                return tell(runtime::read_anew(&services, &url, from, episode, whole).await);
            }
            let kept = if whole { None } else { kept::opened(&services, &url).await };
            let Some(kept) = kept else {
                return tell(runtime::read_article(&services, &url, from, episode, whole).await);
            };
            tell(Ok(kept.read.clone()));
            if let Some(how) = kept::check(&services, &kept, &url, from, episode).await {
                Self::tell(&inbox, Event::Checked(ticket, how));
            }
        });
        self.pages.retain(|_, work| !work.is_finished());
        self.pages.insert(ticket, work.abort_handle());
    }

    /// Nobody waits for this page any more.
    pub(super) fn drop_article(&mut self, ticket: Ticket) {
        if let Some(work) = self.pages.remove(&ticket) {
            work.abort();
        }
    }

    pub(super) fn play_recording(&self, url: String, page: String, at_ms: Option<Millis>) {
        let services = self.services.clone();
        self.spawn(async move {
            match runtime::offered::take_recording(&services, &url, page).await {
                Ok(id) => Event::Recording(id, at_ms),
                Err(why) => Event::Notice(Notice::Failed(why.to_string())),
            }
        });
    }

    pub(super) fn load_transcript(&self, ticket: Ticket, id: EpisodeId) {
        let services = self.services.clone();
        self.spawn(async move {
            let found = runtime::transcript_of(&services, id).await;
            Event::Transcript(ticket, found.map(Arc::new).map_err(|why| why.to_string()))
        });
    }

    pub(super) fn refresh(&self, shows: Vec<ShowId>) {
        if self.services.client.is_offline() {
            return; // The state says so where somebody asked.
        }
        let chosen = move |store: &Store| {
            let mut all = store.shows()?;
            all.retain(|show| shows.is_empty() || shows.contains(&show.id));
            Ok(all)
        };
        self.refresh_those(chosen, |_| Ok(()), true);
    }

    pub(super) fn refresh_due(&self) {
        if self.services.client.is_offline() {
            return;
        }
        let hours = i64::from(self.services.settings.library.refresh_hours);
        let chosen = move |store: &Store| store.due_shows(now(), hours * 3600);
        self.refresh_those(chosen, |_| Ok(()), false);
    }

    pub(super) fn log_in(&self, show: ShowId, user: String, password: Secret) {
        let services = self.services.clone();
        let chosen = move |store: &Store| Ok(store.show(show)?.into_iter().collect());
        let keep = move |shows: &[Show]| {
            let login = |show: &Show| {
                let address = Login::split(&show.url).0;
                let (user, password) = (user.clone(), password.clone());
                runtime::keep_login(&services, Login { address, user, password })
            };
            shows.iter().try_for_each(login)
        };
        self.refresh_those(chosen, keep, true);
    }

    pub(super) fn load_older(&self, show: ShowId) {
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            Self::tell(&inbox, Event::Refreshing(show));
            let older = runtime::older(&services, show, runtime::MOST_PAGES, true).await;
            let new = older.as_ref().map_or(0, |older| older.new);
            Self::tell(&inbox, Event::Refreshed(show, Ok(new)));
            let said = match older {
                Ok(runtime::Older { new, more, .. }) => Event::Notice(Notice::Older(new, more)),
                Err(why) => failed(&why),
            };
            Self::tell(&inbox, said);
        });
    }

    /// Asks the chosen shows after `first` is done; with none to ask, that is only said where the user
    /// wanted it.
    fn refresh_those(
        &self,
        chosen: impl FnOnce(&Store) -> Result<Vec<Show>, StoreError> + Send + 'static,
        first: impl FnOnce(&[Show]) -> Result<(), Trouble> + Send + 'static,
        wanted: bool,
    ) {
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            let chosen = match services.desk.ask(chosen).await {
                Ok(chosen) if chosen.is_empty() && !wanted => return,
                Ok(chosen) => chosen,
                Err(why) => return Self::tell(&inbox, failed(&why)),
            };
            if let Err(why) = first(&chosen) {
                return Self::tell(&inbox, failed(&why));
            }
            let began = |id| Self::tell(&inbox, Event::Refreshing(id));
            let done = |refreshed: &runtime::ShowRefresh| {
                let outcome = refreshed.how.outcome();
                Self::tell(&inbox, Event::Refreshed(refreshed.show.id, outcome));
            };
            let all = runtime::refresh(&services, chosen, began, done).await;
            let new = all.iter().filter_map(|refreshed| refreshed.how.outcome().ok()).sum();
            Self::tell(&inbox, Event::RefreshDone(new));
        });
    }

    pub(super) fn subscribe(&self, source: String) {
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            let added = match subscribe_or_import(&services, &source).await {
                Ok(added) => added,
                Err(why) => {
                    return Self::tell(&inbox, Event::Subscribed(Err(why.to_string())));
                }
            };
            match added {
                Added::Show(id) => Self::tell(&inbox, Event::Subscribed(Ok(id))),
                Added::Notes(notice, shows) => {
                    Self::tell(&inbox, Event::Shows(shows));
                    Self::tell(&inbox, Event::Notice(notice));
                }
            }
        });
    }
}

fn opened(read: runtime::Read) -> OpenedArticle {
    OpenedArticle {
        article: read.article,
        document: Arc::new(read.document),
        offline: read.offline,
        age: read.age,
        position: read.position,
        key: read.canonical,
    }
}

enum Added {
    Show(ShowId),
    Notes(Notice, Vec<Show>),
}

/// What is typed may also be the path of a Snipd-style note.
async fn subscribe_or_import(services: &Services, source: &str) -> Result<Added, Trouble> {
    if let Ok(fetched) = runtime::source::read_file(source)
        && crate::kind::of(&fetched.bytes, Some(source), None) == crate::kind::Kind::SnipdNote
    {
        let text = crate::text::decode(&fetched.bytes, None).text;
        let imported = runtime::import_text(services, text).await?;
        let shows = services.desk.ask(crate::store::Store::shows).await?;
        let notice = Notice::Imported(imported.shows, imported.episodes, imported.snips);
        return Ok(Added::Notes(notice, shows));
    }
    let added = runtime::subscribe(services, source).await?;
    let first = added.first().map(|added| added.id);
    first.map(Added::Show).ok_or_else(|| Trouble::new(format!("{source} names no feed")))
}

/// Where the content was found that names a page; `None` if the user does, or a note of theirs.
pub(super) async fn page_that_links(
    services: &Services,
    from: LinkedFrom,
) -> Result<Option<String>, Trouble> {
    match from {
        LinkedFrom::User => Ok(None),
        LinkedFrom::Page(url) => Ok(Some(url)),
        LinkedFrom::Notes(id) => {
            let (_, feed) = runtime::download::with_feed(services, id).await?;
            Ok(feed.filter(|feed| !feed.is_empty()))
        }
    }
}
