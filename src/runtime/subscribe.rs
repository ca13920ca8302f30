//! Subscribing: whatever the user names (a feed, a web page, an Apple or 小宇宙 page, a file, a list)
//! ends as shows in the library.

use super::refresh;
use super::services::now;
use super::source::{self, Fetched};
use super::{Services, Trouble};
use crate::feed::{PodcastPage, XiaoyuzhouKind, opml};
use crate::fetch::{Accept, Trust};
use crate::kind::Kind;
use crate::model::{ParsedFeed, ShowId};
use crate::store::{Added, FeedStamp, ListedShow};

/// A show that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: ShowId,
    /// It was subscribed before.
    pub existed: bool,
    /// Episodes that came with it.
    pub episodes: usize,
    /// How it was found, where that took several steps: a sentence each.
    pub steps: Vec<String>,
}

/// Subscribes to what `source` names. A list (OPML) adds all its shows and fetches nothing.
///
/// # Errors
/// A sentence that says why nothing could be added.
pub async fn subscribe(services: &Services, source: &str) -> Result<Vec<Subscription>, Trouble> {
    let source = super::logins::take_out(services, source.trim())?;
    let source = source.as_str();
    if let Some(page) = crate::feed::podcast_page(source)
        && !std::path::Path::new(source).exists()
    {
        return Ok(vec![from_directory(services, source, &page).await?]);
    }
    if let Some(feed) = crate::feed::youtube_feed(source) {
        return Ok(vec![with_step(
            from_url(services, &feed).await?,
            format!("the channel's feed is {feed}"),
        )]);
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
        Kind::Html if follow && crate::feed::podcast_page(&fetched.url).is_none() => {
            let page = crate::text::decode(&fetched.bytes, fetched.mime.as_deref()).text;
            let found = crate::feed::discover(&page, &fetched.url);
            let mut others = found.iter();
            let first = others.next().ok_or_else(|| {
                Trouble::new(format!(
                    "{source} is a web page that names no feed: look for its RSS link and add that"
                ))
            })?;
            let mut added = from_url(services, &first.url).await?;
            added.steps.push(format!("found {} on the page", first.url));
            let others: Vec<&str> = others.take(5).map(|other| other.url.as_str()).collect();
            if !others.is_empty() {
                added.steps.push(format!("the page also names {}", others.join(", ")));
            }
            Ok(vec![added])
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
    Ok(Subscription { id: added.id, existed: added.existed, episodes, steps: Vec::new() })
}

async fn add_list(services: &Services, bytes: &[u8]) -> Result<Vec<Subscription>, Trouble> {
    let list =
        opml::parse(bytes).map_err(|err| Trouble::doing("reading the subscription list", &err))?;
    let shows = listed(services, list)?;
    let work = move |store: &crate::store::Store| store.add_listed(&shows, now());
    let added = services.desk.ask(work).await?;
    let subscription = |added: Added| Subscription {
        id: added.id,
        existed: added.existed,
        episodes: 0,
        steps: Vec::new(),
    };
    Ok(added.into_iter().map(subscription).collect())
}

/// The shows of a list with bare addresses; names and passwords in them are kept apart.
///
/// # Errors
/// A sentence, when those cannot be kept.
pub(crate) fn listed(
    services: &Services,
    list: opml::OpmlList,
) -> Result<Vec<ListedShow>, Trouble> {
    let show = |outline: opml::Outline| {
        let url = super::logins::take_out(services, &outline.url)?;
        // Without a name of its own the list calls it by its address.
        let title = Some(outline.title).filter(|title| !title.is_empty() && *title != outline.url);
        Ok(ListedShow { url, title, tags: outline.tags })
    };
    list.outlines.into_iter().map(show).collect()
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
    if let Some(url) = show.feed_url {
        let added = from_url(services, &url).await?;
        return Ok(with_step(added, format!("the directory names the feed {url}")));
    }
    let step = "the directory names no feed: its page is asked for new episodes instead".to_owned();
    // An episode's page carries that episode alone; its show has a page with the newest ones.
    let home = show.feed.link.clone().filter(|home| home != source);
    let added = match (page, home) {
        (PodcastPage::Xiaoyuzhou { kind: XiaoyuzhouKind::Episode, .. }, Some(home)) => {
            let added = add_feed(services, home.clone(), show.feed).await?;
            // The episode is there already; the show's page only adds to it.
            match from_url(services, &home).await {
                Ok(whole) => Subscription { existed: added.existed, ..whole },
                Err(why) => with_step(added, format!("its other episodes did not come: {why}")),
            }
        }
        _ => add_feed(services, source.to_owned(), show.feed).await?,
    };
    Ok(with_step(added, step))
}

fn with_step(mut added: Subscription, step: String) -> Subscription {
    added.steps.push(step);
    added
}
