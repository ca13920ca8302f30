//! Subscribing: whatever the user names (a feed, a web page, an Apple or 小宇宙 page, a file, a list)
//! ends as shows in the library.

use super::refresh;
use super::services::now;
use super::source::{self, Fetched};
use super::{Services, Trouble};
use crate::feed::{PodcastPage, opml};
use crate::fetch::{Accept, Trust};
use crate::kind::Kind;
use crate::model::{ParsedFeed, ShowId};
use crate::store::FeedStamp;

/// A show that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: ShowId,
    /// It was subscribed before.
    pub existed: bool,
    /// Episodes that came with it.
    pub episodes: usize,
}

/// Subscribes to what `source` names. A list (OPML) adds all its shows and fetches nothing.
///
/// # Errors
/// A sentence that says why nothing could be added.
pub async fn subscribe(services: &Services, source: &str) -> Result<Vec<Subscription>, Trouble> {
    let source = source.trim();
    if let Some(page) = crate::feed::podcast_page(source) {
        return Ok(vec![from_directory(services, source, &page).await?]);
    }
    let fetched = source::read_source(services, source, Accept::Feed).await?;
    take_in(services, source, fetched, true).await
}

async fn from_url(services: &Services, url: &str) -> Result<Subscription, Trouble> {
    let fetched = source::read_source(services, url, Accept::Feed).await?;
    let mut added = Box::pin(take_in(services, url, fetched, false)).await?;
    added.pop().ok_or_else(|| Trouble::new(format!("{url} names no feed")))
}

async fn take_in(
    services: &Services,
    source: &str,
    fetched: Fetched,
    follow: bool,
) -> Result<Vec<Subscription>, Trouble> {
    match crate::kind::of(&fetched.bytes, Some(&fetched.url), fetched.mime.as_deref()) {
        Kind::Opml => add_list(services, &fetched.bytes).await,
        Kind::Html if follow => {
            let page = crate::text::decode(&fetched.bytes, fetched.mime.as_deref()).text;
            let found = crate::feed::discover(&page, &fetched.url);
            let first = found.first().ok_or_else(|| {
                Trouble::new(format!(
                    "{source} is a web page that names no feed: look for its RSS link and add that"
                ))
            })?;
            Ok(vec![from_url(services, &first.url).await?])
        }
        _ => {
            let url = address(source, &fetched);
            let feed = refresh::parse(fetched.bytes, Some(fetched.url), fetched.mime).await?;
            Ok(vec![add_feed(services, url, feed).await?])
        }
    }
}

/// The address that the show is known by: what the user named, if that is an address.
fn address(source: &str, fetched: &Fetched) -> String {
    source::as_url(source).unwrap_or_else(|| fetched.url.clone())
}

async fn add_feed(
    services: &Services,
    url: String,
    feed: ParsedFeed,
) -> Result<Subscription, Trouble> {
    let title = feed.title.clone();
    let work = move |store: &crate::store::Store| store.add_show(&url, title.as_deref(), now());
    let added = services.desk.ask(work).await?;
    let episodes = feed.episodes.len();
    refresh::take(services, added.id, feed, FeedStamp::default()).await?;
    Ok(Subscription { id: added.id, existed: added.existed, episodes })
}

async fn add_list(services: &Services, bytes: &[u8]) -> Result<Vec<Subscription>, Trouble> {
    let list =
        opml::parse(bytes).map_err(|err| Trouble::doing("reading the subscription list", &err))?;
    let work = move |store: &crate::store::Store| {
        let add = |outline: &opml::Outline| {
            let title = Some(outline.title.as_str()).filter(|title| !title.is_empty());
            let added = store.add_show(&outline.url, title, now())?;
            Ok(Subscription { id: added.id, existed: added.existed, episodes: 0 })
        };
        list.outlines.iter().map(add).collect()
    };
    services.desk.ask(work).await
}

/// A show that a page of a podcast directory is about. 小宇宙 seldom tells the feed's address; the
/// page itself then serves as one, with the episodes that it carries.
async fn from_directory(
    services: &Services,
    source: &str,
    page: &PodcastPage,
) -> Result<Subscription, Trouble> {
    let accept = match page {
        PodcastPage::Apple { .. } => Accept::Json,
        PodcastPage::Xiaoyuzhou { .. } => Accept::Page,
    };
    let reply = source::get(services, &page.lookup_url(), accept, Trust::Named).await?;
    let text = crate::text::decode(&reply.body, reply.content_type.as_deref()).text;
    let show = match page {
        PodcastPage::Apple { .. } => crate::feed::apple_lookup(&text),
        PodcastPage::Xiaoyuzhou { .. } => crate::feed::xiaoyuzhou_page(&text),
    };
    let show = show.map_err(|err| Trouble::new(err.to_string()))?;
    match show.feed_url {
        Some(url) => from_url(services, &url).await,
        None => add_feed(services, source.to_owned(), show.feed).await,
    }
}
