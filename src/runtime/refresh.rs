//! Refreshing: many shows at once, asked conditionally; one show's failure is that show's alone.

use futures_util::StreamExt;

use super::services::now;
use super::{Services, Trouble};
use crate::app::RefreshFailure;
use crate::fetch::{Accept, Request, Status, Trust};
use crate::model::{ParsedEpisode, ParsedFeed, Show, ShowHealth, ShowId};
use crate::store::FeedStamp;

/// What became of one show's refresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShowRefresh {
    /// The show as it was before.
    pub show: Show,
    /// What became of it.
    pub how: Refreshed,
}

/// How a refresh ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refreshed {
    /// The feed was read: episodes that are new, and that have changed.
    Updated {
        /// New episodes.
        new: usize,
        /// Episodes whose notes or facts are different now.
        changed: usize,
    },
    /// The server says that nothing has changed.
    Unchanged,
    /// It failed.
    Failed {
        /// Why, as a sentence.
        why: String,
        /// No server was reached at all: the network is away, or this host.
        offline: bool,
    },
    /// The server says that it is gone for good.
    Gone,
}

impl Refreshed {
    /// New episodes, or what went wrong as the screen takes it.
    ///
    /// # Errors
    /// The failure.
    pub fn outcome(&self) -> Result<usize, RefreshFailure> {
        match self {
            Self::Updated { new, .. } => Ok(*new),
            Self::Unchanged => Ok(0),
            Self::Failed { why, offline } => {
                Err(RefreshFailure { why: why.clone(), offline: *offline })
            }
            Self::Gone => {
                let why = "the feed is gone (410) and no longer asked for".to_owned();
                Err(RefreshFailure { why, offline: false })
            }
        }
    }
}

/// Largest feed that is taken, in bytes; some shows carry a thousand long notes.
const LARGEST_FEED: u64 = 64 << 20;

/// Asks for these shows, `feeds_at_once` at a time. `began` and `done` are told as it happens.
/// Shows that are gone (410) or that asked for patience (`Retry-After`) are left alone.
pub async fn refresh(
    services: &Services,
    shows: Vec<Show>,
    began: impl Fn(ShowId),
    done: impl Fn(&ShowRefresh),
) -> Vec<ShowRefresh> {
    let at_once = services.settings.network.feeds_at_once.clamp(1, 64);
    let (began, done) = (&began, &done);
    futures_util::stream::iter(shows)
        .map(|show| async move {
            began(show.id);
            let how = one(services, &show).await;
            let refreshed = ShowRefresh { show, how };
            done(&refreshed);
            refreshed
        })
        .buffer_unordered(at_once)
        .collect()
        .await
}

async fn one(services: &Services, show: &Show) -> Refreshed {
    if show.health == ShowHealth::Gone {
        return Refreshed::Gone;
    }
    // What the user wants is no failure of the show.
    let remote = !show.url.starts_with("welcome:") && !show.url.starts_with("file:");
    if services.client.is_offline() && remote {
        let why = "offline mode is on: the network is not asked".to_owned();
        return Refreshed::Failed { why, offline: true };
    }
    if let Some(wait) = show.not_before.filter(|&until| until > now()) {
        let seconds = wait - now();
        let why = format!("the server asked not to be asked again for {seconds} s: try later");
        return Refreshed::Failed { why, offline: false };
    }
    let show = match without_login(services, show).await {
        Ok(show) => show,
        Err(why) => return Refreshed::Failed { why: why.to_string(), offline: false },
    };
    match ask(services, &show).await {
        Ok(how) => how,
        Err(Failure { why, retry_after, offline }) => {
            let (id, sentence) = (show.id, why.to_string());
            let not_before = retry_after.and_then(|s| i64::try_from(s).ok()).map(|s| now() + s);
            if services.client.is_offline() {
                // Nobody was asked: it says nothing about the feed.
                return Refreshed::Failed { why: sentence, offline: true };
            }
            let kept = sentence.clone();
            services.desk.post(move |store| store.refresh_failed(id, &kept, now(), not_before));
            Refreshed::Failed { why: sentence, offline }
        }
    }
}

/// The show with a bare address: libraries of before hold names and passwords in addresses.
async fn without_login(services: &Services, show: &Show) -> Result<Show, Trouble> {
    let url = super::logins::take_out(services, &show.url)?;
    if url == show.url {
        return Ok(show.clone());
    }
    let (id, bare) = (show.id, url.clone());
    let id = services.desk.ask(move |store| store.moved(id, &bare)).await?;
    Ok(Show { id, url, ..show.clone() })
}

struct Failure {
    why: Trouble,
    retry_after: Option<u64>,
    offline: bool,
}

impl From<Trouble> for Failure {
    fn from(why: Trouble) -> Self {
        Self { why, retry_after: None, offline: false }
    }
}

async fn ask(services: &Services, show: &Show) -> Result<Refreshed, Failure> {
    let id = show.id;
    if show.url.starts_with("file:") {
        let fetched = super::source::read_file(&show.url)?;
        let feed = parse(fetched.bytes, Some(fetched.url), None).await?;
        return Ok(take(services, id, feed, FeedStamp::default()).await?);
    }
    let request = Request {
        url: show.url.clone(),
        accept: Accept::Feed,
        etag: show.etag.clone(),
        last_modified: show.last_modified.clone(),
        limit: LARGEST_FEED,
        trust: Trust::Named,
    };
    let reply = services.client.get(request).await.map_err(|err| Failure {
        retry_after: err.retry_after(),
        offline: err.status().is_none() && err.is_worth_waiting(),
        why: err.into(),
    })?;
    let fresh_for = reply.fresh_for;
    match reply.status {
        Status::NotModified => {
            services.desk.ask(move |store| store.refresh_unchanged(id, now(), fresh_for)).await?;
            Ok(Refreshed::Unchanged)
        }
        Status::Gone => {
            services.desk.ask(move |store| store.refresh_gone(id, now())).await?;
            Ok(Refreshed::Gone)
        }
        Status::Fresh => {
            let stamp =
                FeedStamp { etag: reply.etag, last_modified: reply.last_modified, fresh_for };
            let feed = parse(reply.body, Some(reply.final_url), reply.content_type).await?;
            let moved = reply.moved_to.or_else(|| new_address(show, &feed));
            let how = take(services, id, feed, stamp).await?;
            if let Some(url) = moved {
                services.desk.ask(move |store| store.moved(id, &url).map(|_| ())).await?;
            }
            Ok(how)
        }
    }
}

/// The address that a feed asks to be known by from now on.
fn new_address(show: &Show, feed: &ParsedFeed) -> Option<String> {
    let url = feed.new_feed_url.as_ref()?;
    let web = url.starts_with("https://") || url.starts_with("http://");
    (web && *url != show.url && !show.url.starts_with("welcome:")).then(|| url.clone())
}

/// Parses a feed away from the executor's threads.
pub(crate) async fn parse(
    bytes: Vec<u8>,
    url: Option<String>,
    mime: Option<String>,
) -> Result<ParsedFeed, Trouble> {
    let work = move || crate::feed::parse(&bytes, url.as_deref(), mime.as_deref());
    let parsed = tokio::task::spawn_blocking(work).await;
    let parsed = parsed.map_err(|err| Trouble::doing("reading the feed", &err))?;
    parsed.map_err(|err| Trouble::doing("reading the feed", &err))
}

/// Takes a feed into the library.
pub(crate) async fn take(
    services: &Services,
    id: ShowId,
    feed: ParsedFeed,
    stamp: FeedStamp,
) -> Result<Refreshed, Trouble> {
    let work =
        move |store: &crate::store::Store| store.take_feed(id, &feed, stamp, now(), &plain_notes);
    let taken = services.desk.ask(work).await?;
    Ok(Refreshed::Updated { new: taken.new, changed: taken.changed })
}

/// What the search finds of an episode's notes.
pub(crate) fn plain_notes(episode: &ParsedEpisode) -> String {
    crate::text::from_html(&episode.notes_html, None).plain_text()
}
