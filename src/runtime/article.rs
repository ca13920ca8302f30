//! Reading an article: from the network, else the copy kept from before (`kept`); extraction runs in
//! a child process, because a hostile page can kill a process.

mod extracting;
mod head;

pub(crate) use self::extracting::extract;
pub(in crate::runtime) use self::extracting::readable;
pub use self::head::body_of;
pub(crate) use self::head::with_head;
use super::feed_text::feed_text;
use super::kept::{self, KeptArticle};
use super::pages;
use super::services::now;
use super::source::{self, LARGEST};
use super::{Services, Trouble};
use crate::article::{self, Extracted, View};
use crate::fetch::{Accept, Request, Status, Trust};
use crate::model::{Article, EpisodeId, PageProblem};
use crate::sandbox::OwnedPage;
use crate::store::PageStamp;
use crate::text::Document;

/// An article as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Its facts.
    pub article: Article,
    /// Its text.
    pub document: Document,
    /// It is the copy from before; why the network did not give a new one.
    pub offline: Option<String>,
    /// Seconds since the copy was fetched; `None` if it was fetched just now.
    pub age: Option<u64>,
    /// Where reading stopped: block and byte offset.
    pub position: Option<(usize, usize)>,
    /// Its address in the cache.
    pub canonical: String,
}

/// What the network says of a page.
pub(super) enum Asked {
    /// It has been read, and is kept.
    Read(Box<Read>),
    /// It is what the copy is.
    Same,
}

/// Reads the page at `url` as an article: the copy of it if that is less than a day old, else what the
/// network gives, else the copy. `from` is the page or feed that links to it; `whole` asks for all
/// that the page says, of the copy where there is one, because that is what is being read.
///
/// # Errors
/// A sentence that says why there is nothing to read.
pub async fn read_article(
    services: &Services,
    url: &str,
    from: Option<String>,
    episode: Option<EpisodeId>,
    whole: bool,
) -> Result<Read, Trouble> {
    if let Some(read) = recording(url) {
        return Ok(read);
    }
    if whole && let Some(read) = kept::whole(services, url).await {
        return Ok(read);
    }
    if whole {
        return fetch_whole(services, url, from).await;
    }
    let kept = kept::find(services, url).await?;
    match kept {
        Some(kept) if kept.is_fresh() && kept.is_read_well() => Ok(kept.read),
        Some(kept) if kept.is_fresh() => {
            Ok(kept::improve(services, &kept).await.unwrap_or(kept.read))
        }
        kept => ask_or_keep(services, url, from, episode, kept).await,
    }
}

/// The same, asking for the page however new the copy of it is that is here.
///
/// # Errors
/// As [`read_article`].
pub async fn read_anew(
    services: &Services,
    url: &str,
    from: Option<String>,
    episode: Option<EpisodeId>,
    whole: bool,
) -> Result<Read, Trouble> {
    if let Some(read) = recording(url) {
        return Ok(read);
    }
    if whole {
        return fetch_whole(services, url, from).await;
    }
    let kept = kept::find(services, url).await?;
    ask_or_keep(services, url, from, episode, kept).await
}

async fn ask_or_keep(
    services: &Services,
    url: &str,
    from: Option<String>,
    episode: Option<EpisodeId>,
    kept: Option<KeptArticle>,
) -> Result<Read, Trouble> {
    match ask(services, url, from, episode, kept.as_ref()).await {
        Ok(Asked::Read(read)) => Ok(*read),
        Ok(Asked::Same) => {
            let Some(KeptArticle { mut read, .. }) = kept else { return Err(nothing(url)) };
            (read.age, read.article.fetched) = (None, Some(now()));
            Ok(read)
        }
        Err(why) => match kept {
            Some(kept) => Ok(Read { offline: Some(why.to_string()), ..kept.read }),
            None => match kept::claimed(services, url).await {
                Some(kept) => Ok(Read { offline: Some(why.to_string()), ..kept.read }),
                None => feed_text(services, url, &why.to_string()).await.ok_or(why),
            },
        },
    }
}

/// A link to a recording is not fetched: it is offered to be played.
fn recording(url: &str) -> Option<Read> {
    let extracted = article::recording(url)?;
    let document = with_head(extracted.document, &extracted.article);
    Some(Read {
        article: extracted.article,
        document,
        offline: None,
        age: None,
        position: None,
        canonical: article::canonical_url(url),
    })
}

/// All that a page says; it is not kept.
async fn fetch_whole(
    services: &Services,
    url: &str,
    from: Option<String>,
) -> Result<Read, Trouble> {
    let fresh = fetch_and_extract(services, url, from, View::Whole, None).await?;
    Ok(fresh.ok_or_else(|| nothing(url))?.into_read(article::canonical_url(url)))
}

/// Asks the network for a page, conditionally where there is a copy, and keeps what is better.
pub(super) async fn ask(
    services: &Services,
    url: &str,
    from: Option<String>,
    episode: Option<EpisodeId>,
    kept: Option<&KeptArticle>,
) -> Result<Asked, Trouble> {
    let fresh = fetch_and_extract(services, url, from, View::Reader, kept).await?;
    let Some(fresh) = fresh else {
        if let Some(kept) = kept {
            kept::unchanged(services, kept, episode);
        }
        return Ok(Asked::Same);
    };
    if let Some(kept) = kept {
        kept::not_worse(&kept.read, &fresh.extracted.document, url)?;
    }
    let (raw, content_type) = (fresh.raw.clone(), fresh.content_type.clone());
    let stamp = fresh.stamp.clone();
    let canonical =
        kept.map_or_else(|| article::canonical_url(url), |kept| kept.read.canonical.clone());
    let mut read = fresh.into_read(canonical);
    read.position = kept.and_then(|kept| kept.place_in(&read.document));
    kept::put(services, &read, raw, content_type, stamp, episode);
    let same = kept.is_some_and(|kept| kept.read.document == read.document);
    Ok(if same { Asked::Same } else { Asked::Read(Box::new(read)) })
}

/// A page that has come and was read.
struct Fresh {
    /// Where it was found in the end.
    url: String,
    raw: Vec<u8>,
    content_type: Option<String>,
    stamp: PageStamp,
    extracted: Extracted,
}

impl Fresh {
    fn into_read(self, canonical: String) -> Read {
        let article = Article { fetched: Some(now()), ..self.extracted.article };
        let document = with_head(self.extracted.document, &article);
        Read { article, document, offline: None, age: None, position: None, canonical }
    }
}

fn nothing(url: &str) -> Trouble {
    Trouble::new(format!("{url} is not an address that can be read"))
}

/// `None` where the copy is still right.
async fn fetch_and_extract(
    services: &Services,
    url: &str,
    from: Option<String>,
    view: View,
    kept: Option<&KeptArticle>,
) -> Result<Option<Fresh>, Trouble> {
    let mut failed = None;
    for candidate in article::fetch_urls(url) {
        match read_one(services, &candidate, from.clone(), view, kept).await {
            Ok(None) => return Ok(None),
            Ok(Some(mut fresh)) => {
                let found = fresh.url.clone();
                fresh.extracted = pages::join(services, &found, fresh.extracted).await;
                return Ok(Some(fresh));
            }
            Err(why) => failed = Some(why),
        }
    }
    // The last address is the page itself; why that failed is what the reader wants to know.
    Err(failed.unwrap_or_else(|| nothing(url)))
}

/// Fetches and reads one address; a check or a notice in the article's place is an error. `None` where
/// the copy is still right.
async fn read_one(
    services: &Services,
    url: &str,
    from: Option<String>,
    view: View,
    kept: Option<&KeptArticle>,
) -> Result<Option<Fresh>, Trouble> {
    // What a copy is revalidated by belongs to the address where it was found.
    let known = kept.filter(|kept| kept.read.article.url == url && kept.is_read_well());
    let fetched = fetch_if_changed(services, url, from, known.map(|kept| &kept.stamp)).await?;
    let Some((page, stamp)) = fetched else { return Ok(None) };
    let (raw, content_type) = (page.bytes.clone(), page.content_type.clone());
    let found = page.url.clone();
    let extracted = extract(services, page, view).await?;
    readable(&extracted, url)?;
    Ok(Some(Fresh { url: found, raw, content_type, stamp, extracted }))
}

/// What the user names, or a local file, may be a local file; what the web names may not.
fn may_name_files(from: Option<&str>) -> bool {
    from.is_none_or(|from| from.starts_with("file:"))
}

/// Fetches a page, however new the copy of it is.
pub(super) async fn fetch_page(
    services: &Services,
    url: &str,
    from: Option<String>,
) -> Result<OwnedPage, Trouble> {
    let fetched = fetch_if_changed(services, url, from, None).await?;
    fetched.map(|(page, _)| page).ok_or_else(|| nothing(url))
}

/// `None` where the page is still what `known` was.
async fn fetch_if_changed(
    services: &Services,
    url: &str,
    from: Option<String>,
    known: Option<&PageStamp>,
) -> Result<Option<(OwnedPage, PageStamp)>, Trouble> {
    let stamp = |etag, last_modified| PageStamp { etag, last_modified, reader: article::READER };
    if url.starts_with("file:") {
        if !may_name_files(from.as_deref()) {
            return Err(Trouble::new(format!(
                "{url} is a file on this machine, which a page or feed from elsewhere may not open: \
                 open it yourself with `latetalk FILE`"
            )));
        }
        let fetched = source::read_file(url)?;
        let page = OwnedPage { url: fetched.url, content_type: None, bytes: fetched.bytes };
        return Ok(Some((page, stamp(None, None))));
    }
    let trust = from.map_or(Trust::Named, |of| Trust::FromContent { of: Some(of) });
    let request = Request {
        url: url.to_owned(),
        accept: Accept::Page,
        etag: known.and_then(|known| known.etag.clone()),
        last_modified: known.and_then(|known| known.last_modified.clone()),
        limit: LARGEST / 2,
        trust,
    };
    let reply = services.client.get(request).await?;
    match reply.status {
        Status::NotModified => return Ok(None),
        Status::Gone => {
            let why = format!("cannot fetch {url}: it is gone for good (410)");
            return Err(Trouble::of_page(PageProblem::Gone, why));
        }
        Status::Fresh => {}
    }
    let (url, content_type) = (reply.final_url, reply.content_type);
    let page = OwnedPage { url, content_type, bytes: reply.body };
    Ok(Some((page, stamp(reply.etag, reply.last_modified))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_user_and_local_files_lead_to_local_files() {
        assert!(may_name_files(None));
        assert!(may_name_files(Some("file:///home/li/notes.md")));
        for from in ["https://a.example/feed", "http://127.0.0.1/feed", "welcome:feed.xml", ""] {
            assert!(!may_name_files(Some(from)), "{from}");
        }
    }
}
