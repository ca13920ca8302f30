//! Keeping the pages that the notes of an episode link to: few at a time (the client sees to it that no
//! host is asked for more than two at once), none that has refused in the last day.

use std::collections::HashSet;

use futures_util::StreamExt;

use super::{links, pictures};
use crate::article::canonical_url;
use crate::model::{Completed, Episode, EpisodeId, Missing, PageProblem};
use crate::runtime::article::{self, Asked, Read};
use crate::runtime::services::now;
use crate::runtime::{Services, Trouble, kept, notes_document};

/// Most pages that are kept for one episode.
const MOST: usize = 100;
/// Pages at once: each is read in a process of its own.
const AT_ONCE: usize = 4;
/// Seconds for which a page that refuses is not asked again.
const REST: i64 = 24 * 3600;

/// What came of one link.
enum Done {
    /// The page is here, with so many pictures; so many failed.
    Kept(usize, usize),
    /// It is no page to be read but this.
    NoArticle(String),
    /// It is not here.
    Missing(Missing),
}

/// Keeps the pages, and adds what came of it to `all`.
pub(super) async fn keep_all(
    services: &Services,
    episode: &Episode,
    feed: Option<String>,
    mut all: Completed,
    tell: &(impl Fn(usize, usize) + Sync),
) -> Completed {
    let urls = addresses(episode);
    let (of, id) = (urls.len(), episode.summary.id);
    tell(0, of);
    let keep = async |url: String| {
        let done = keep(services, &url, feed.clone(), id).await;
        (url, done)
    };
    let mut coming = futures_util::stream::iter(urls).map(keep).buffer_unordered(AT_ONCE);
    let mut count = 0;
    while let Some((url, done)) = coming.next().await {
        count += 1;
        tell(count, of);
        match done {
            Done::Kept(pictures, failed) => {
                all.articles += 1;
                all.pictures += pictures;
                all.pictures_failed += failed;
            }
            Done::NoArticle(what) => all.no_articles.push((url, what)),
            Done::Missing(missing) => all.missing.push(missing),
        }
    }
    all
}

/// The addresses that the notes name, each page once.
fn addresses(episode: &Episode) -> Vec<String> {
    let links = notes_document(episode).0.links;
    let mut seen = HashSet::new();
    let urls = links.into_iter().map(|link| link.url).filter(|url| !url.starts_with('#'));
    urls.filter(|url| seen.insert(canonical_url(url))).take(MOST).collect()
}

async fn keep(services: &Services, url: &str, feed: Option<String>, id: EpisodeId) -> Done {
    if let Some(what) = links::no_article(url) {
        return Done::NoArticle(what.to_owned());
    }
    match read(services, url, feed, id).await {
        Ok(read) => {
            let (kept, failed) = pictures::keep(services, &read.document, &read.article.url).await;
            Done::Kept(kept, failed)
        }
        Err(why) => understand(url, &why),
    }
}

/// The copy of a page, or the page.
async fn read(
    services: &Services,
    url: &str,
    feed: Option<String>,
    id: EpisodeId,
) -> Result<Read, Trouble> {
    if let Some(kept) = kept::find(services, url).await? {
        let key = kept.read.canonical.clone();
        services.desk.post(move |store| store.add_article_source(&key, id));
        return Ok(kept.read);
    }
    let (key, since) = (canonical_url(url), now() - REST);
    let refused = services.desk.ask(move |store| store.refused(&key, since)).await?;
    if let Some(why) = refused {
        return Err(Trouble::of_page(PageProblem::Blocked, why));
    }
    match article::ask(services, url, feed, Some(id), None).await {
        Ok(Asked::Read(read)) => Ok(*read),
        Ok(Asked::Same) => {
            Err(Trouble::new(format!("{url}: the server says that nothing changed")))
        }
        Err(why) => {
            if matches!(why.page(), PageProblem::Blocked | PageProblem::Deleted) {
                let (key, why) = (canonical_url(url), why.to_string());
                services.desk.post(move |store| store.put_refused(&key, &why, now()));
            }
            Err(why)
        }
    }
}

fn understand(url: &str, why: &Trouble) -> Done {
    let lasting = match why.page() {
        PageProblem::Unreachable | PageProblem::Slow | PageProblem::Busy => false,
        PageProblem::NotText => return Done::NoArticle(why.to_string()),
        // Many home pages have next to no text.
        PageProblem::NoText if links::is_home_page(url) => {
            return Done::NoArticle(why.to_string());
        }
        _ => true,
    };
    Done::Missing(Missing { url: url.to_owned(), why: why.to_string(), lasting })
}
