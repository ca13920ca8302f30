//! Copies of pages: shown at once, asked about behind the reader's back, never given up for something
//! worse, and read anew from their own bytes when extraction has become better.

use super::article::{self, Asked, Read};
use super::services::now;
use super::{Services, Trouble};
use crate::app::Checked;
use crate::article::{READER, View, canonical_url};
use crate::model::{Article, EpisodeId, PageProblem};
use crate::sandbox::OwnedPage;
use crate::store::{KeptText, PageNames, PageStamp, Store, StoreError, StoredArticle};
use crate::text::{Document, page_name};

/// Seconds for which a copy is shown without asking whether its page has changed.
const FRESH: u64 = 24 * 3600;

/// A text of fewer characters may be replaced by one however short.
const SHORT: usize = 300;

/// A copy of a page.
pub(super) struct KeptArticle {
    pub(super) read: Read,
    pub(super) stamp: PageStamp,
    /// How the paragraph begins in which reading stopped.
    words: Option<String>,
}

impl KeptArticle {
    /// Whether it is so new that its page is not asked for again.
    pub(super) fn is_fresh(&self) -> bool {
        self.read.age.is_some_and(|age| age < FRESH)
    }

    /// Whether its text was made by the present way of reading.
    pub(super) fn is_read_well(&self) -> bool {
        self.stamp.reader == READER
    }

    /// Where reading stopped, in another version of the text.
    pub(super) fn place_in(&self, document: &Document) -> Option<(usize, usize)> {
        let place = self.read.position?;
        Some(same_paragraph(document, place, self.words.as_deref().unwrap_or_default()))
    }
}

/// The copy of a page. One whose text is damaged is read anew from its bytes; if they are damaged too,
/// there is none, and the page has to be fetched again.
pub(super) async fn find(services: &Services, url: &str) -> Result<Option<KeptArticle>, Trouble> {
    let (key, name) = (canonical_url(url), page_name(url));
    let found = services.desk.ask(move |store| kept_at(store, &key, name, false)).await?;
    match found {
        Some(found) => whole_copy(services, found).await,
        None => Ok(None),
    }
}

/// A copy of a page that says that it is this one: for want of a network, because another writer of the
/// same site may say so too.
pub(super) async fn claimed(services: &Services, url: &str) -> Option<KeptArticle> {
    let (key, name) = (canonical_url(url), page_name(url));
    let found = services.desk.ask(move |store| kept_at(store, &key, name, true)).await;
    let found = found.inspect_err(|why| tracing::error!("looking for a copy of {url}: {why}"));
    whole_copy(services, found.ok().flatten()?).await.ok().flatten()
}

/// The copy at an address, else the one of the page that has this name.
fn kept_at(
    store: &Store,
    key: &str,
    name: Option<String>,
    claimed: bool,
) -> Result<Option<KeptText>, StoreError> {
    if let Some(found) = store.kept_text(key)? {
        return Ok(Some(found));
    }
    let Some(name) = name else { return Ok(None) };
    let other = store.kept_as(&name, claimed)?;
    other.map_or(Ok(None), |key| store.kept_text(&key))
}

async fn whole_copy(services: &Services, found: KeptText) -> Result<Option<KeptArticle>, Trouble> {
    match serde_json::from_slice::<Document>(&found.tree) {
        Ok(document) => Ok(Some(copy_of(found, document))),
        Err(err) => {
            tracing::warn!("the text of {} is read anew: {err}", found.canonical);
            match read_again(services, &found).await {
                Ok((article, document)) => {
                    Ok(Some(copy_of(KeptText { article, ..found }, document)))
                }
                Err(why) => {
                    tracing::warn!("the copy of {} is damaged: {why}", found.canonical);
                    Ok(None)
                }
            }
        }
    }
}

fn copy_of(found: KeptText, document: Document) -> KeptArticle {
    let place = found.position.map(|(block, byte)| (block as usize, byte as usize));
    let words = found.words.unwrap_or_default();
    let position = place.map(|place| same_paragraph(&document, place, &words));
    let age = found.article.fetched.map(|at| now().saturating_sub(at).max(0).unsigned_abs());
    let (article, canonical) = (found.article, found.canonical);
    let read = Read { article, document, offline: None, age, position, canonical };
    KeptArticle { read, stamp: found.stamp, words: Some(words) }
}

/// Reads the page of a copy anew from its bytes, and keeps the better text.
async fn read_again(services: &Services, kept: &KeptText) -> Result<(Article, Document), Trouble> {
    let url = kept.article.url.clone();
    let (page, extracted) = from_bytes(services, &kept.canonical, &url, View::Reader).await?;
    let read = Read {
        article: Article { fetched: kept.article.fetched, ..extracted.article.clone() },
        document: article::with_head(extracted.document, &extracted.article),
        offline: None,
        age: None,
        position: None,
        canonical: kept.canonical.clone(),
    };
    let stamp = PageStamp { reader: READER, ..kept.stamp.clone() };
    put(services, &read, page.bytes, page.content_type, stamp, None);
    Ok((read.article, read.document))
}

async fn from_bytes(
    services: &Services,
    canonical: &str,
    url: &str,
    view: View,
) -> Result<(OwnedPage, crate::article::Extracted), Trouble> {
    let key = canonical.to_owned();
    let page = services.desk.ask(move |store| store.kept_page(&key)).await?;
    let (bytes, content_type) =
        page.ok_or_else(|| Trouble::new(format!("{canonical} is not in the library")))?;
    let page = OwnedPage { url: url.to_owned(), content_type, bytes };
    let extracted = article::extract(services, page.clone(), view).await?;
    article::readable(&extracted, url)?;
    if view == View::Reader && extracted.next.is_some() {
        let why = format!("{url} is one of several pages, and only its own bytes are here");
        return Err(Trouble::new(why));
    }
    Ok((page, extracted))
}

/// All that the page of a copy says, where there is one that can be read.
pub(super) async fn whole(services: &Services, url: &str) -> Option<Read> {
    let kept = find(services, url).await.ok().flatten()?;
    let (canonical, url) = (kept.read.canonical.clone(), kept.read.article.url.clone());
    let (_, extracted) = from_bytes(services, &canonical, &url, View::Whole).await.ok()?;
    let article = Article { fetched: kept.read.article.fetched, ..extracted.article };
    let document = article::with_head(extracted.document, &article);
    Some(Read { article, document, position: None, ..kept.read })
}

/// Keeps what was read; where reading stopped stays as it is.
pub(super) fn put(
    services: &Services,
    read: &Read,
    raw: Vec<u8>,
    content_type: Option<String>,
    stamp: PageStamp,
    episode: Option<EpisodeId>,
) {
    let plain = read.document.plain_text();
    let tree = serde_json::to_vec(&read.document).unwrap_or_default();
    let article = read.article.clone();
    let key = read.canonical.clone();
    let own = [key.as_str(), &article.url].into_iter().filter_map(page_name).collect();
    let names = PageNames { own, claimed: article.canonical.as_deref().and_then(page_name) };
    let stored = StoredArticle { article, tree, raw, content_type, position: None, stamp, names };
    services.desk.post(move |store| {
        store.put_article(&key, &stored, &plain, episode, now())?;
        store.article_opened(&key, now())
    });
}

/// The page of a copy is still the same.
pub(super) fn unchanged(services: &Services, kept: &KeptArticle, episode: Option<EpisodeId>) {
    let key = kept.read.canonical.clone();
    services.desk.post(move |store| {
        store.article_unchanged(&key, now())?;
        episode.map_or(Ok(()), |episode| store.add_article_source(&key, episode))
    });
}

/// Says so if a text is so much shorter than the copy that it must be something else: a notice, a
/// form for a login, the beginning of what is sold.
pub(super) fn not_worse(kept: &Read, document: &Document, url: &str) -> Result<(), Trouble> {
    let length = |document: &Document| document.plain_text().chars().count();
    let before = length(&kept.document);
    if before >= SHORT && length(document).saturating_mul(3) < before {
        let why = format!(
            "{url} has less than a third of its text now; the copy from before is kept, and the \
             browser shows the page"
        );
        return Err(Trouble::of_page(PageProblem::Refused, why));
    }
    Ok(())
}

/// A copy that is shown while its page is asked about; see [`check`].
pub(super) async fn opened(services: &Services, url: &str) -> Option<KeptArticle> {
    let kept = find(services, url).await;
    let kept = kept.inspect_err(|why| tracing::error!("looking for a copy of {url}: {why}"));
    let kept = kept.ok().flatten()?;
    let key = kept.read.canonical.clone();
    services.desk.post(move |store| store.article_opened(&key, now()));
    Some(kept)
}

/// Looks behind a copy that is shown: reads it anew if extraction has become better, else asks whether
/// the page has changed if that was not done for a day. `None` if there is nothing to say.
pub(super) async fn check(
    services: &Services,
    kept: &KeptArticle,
    url: &str,
    from: Option<String>,
    episode: Option<EpisodeId>,
) -> Option<Checked> {
    let improved = if kept.is_read_well() { None } else { improve(services, kept).await };
    let better = improved.filter(|better| better.document != kept.read.document);
    let better = better.map(|_| Checked::Newer);
    if kept.is_fresh() {
        if let Some(episode) = episode {
            let key = kept.read.canonical.clone();
            services.desk.post(move |store| store.add_article_source(&key, episode));
        }
        return better;
    }
    let asked = article::ask(services, url, from, episode, Some(kept)).await;
    Some(match asked {
        Ok(Asked::Same) => better.unwrap_or(Checked::Same),
        Ok(Asked::Read(_)) => Checked::Newer,
        Err(why) if is_unreached(&why) => better.unwrap_or(Checked::Unreached(why.to_string())),
        Err(why) => Checked::Worse(why.to_string()),
    })
}

fn is_unreached(why: &Trouble) -> bool {
    matches!(why.page(), PageProblem::Unreachable | PageProblem::Slow | PageProblem::Busy)
}

/// A copy with the text that the present way of reading makes of its page, which is kept in its place.
/// `None` where that is no better, or cannot be done without the network.
pub(super) async fn improve(services: &Services, kept: &KeptArticle) -> Option<Read> {
    let read = &kept.read;
    let (canonical, url) = (read.canonical.clone(), read.article.url.clone());
    let (page, extracted) = from_bytes(services, &canonical, &url, View::Reader)
        .await
        .inspect_err(|why| tracing::info!("reading the copy of {url} anew: {why}"))
        .ok()?;
    not_worse(read, &extracted.document, &url).ok()?;
    let article = Article { fetched: read.article.fetched, ..extracted.article };
    let document = article::with_head(extracted.document, &article);
    let position = kept.place_in(&document);
    let better = Read { article, document, position, ..read.clone() };
    let stamp = PageStamp { reader: READER, ..kept.stamp.clone() };
    put(services, &better, page.bytes, page.content_type, stamp, None);
    Some(better)
}

/// The place of a paragraph that begins with `words`: where it was, else nearest to that.
fn same_paragraph(document: &Document, place: (usize, usize), words: &str) -> (usize, usize) {
    let (block, _) = place;
    let begins = |at: usize| {
        let found = document.blocks.get(at);
        found.is_some_and(|found| found.plain_text().starts_with(words))
    };
    if words.is_empty() || begins(block) {
        return place;
    }
    let blocks = 0..document.blocks.len();
    let nearest = blocks.filter(|at| begins(*at)).min_by_key(|at| at.abs_diff(block));
    nearest.map_or(place, |at| (at, place.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_plain;

    fn read(text: &str) -> Read {
        let (article, document) = (Article::default(), from_plain(text, None));
        let (offline, age, position, canonical) = (None, None, None, String::new());
        Read { article, document, offline, age, position, canonical }
    }

    #[test]
    fn a_paragraph_is_found_where_it_has_moved_to() {
        let document = from_plain("新的一段\n\n潮水退了\n\n灯亮了\n\n潮水又来", None);
        assert_eq!(same_paragraph(&document, (1, 6), "潮水退了"), (1, 6));
        assert_eq!(same_paragraph(&document, (0, 6), "潮水"), (1, 6));
        assert_eq!(same_paragraph(&document, (3, 0), "潮水"), (3, 0));
        assert_eq!(same_paragraph(&document, (2, 3), "不在了"), (2, 3));
        assert_eq!(same_paragraph(&document, (9, 0), ""), (9, 0));
    }

    #[test]
    fn a_text_that_lost_two_thirds_is_worse_and_a_shorter_one_is_not() {
        let kept = read(&"海上的雾散了又来。".repeat(60));
        let worse = |text: &str| not_worse(&kept, &from_plain(text, None), "https://a.example");
        assert!(worse("请登录后继续阅读").is_err());
        assert!(worse(&"海上的雾散了。".repeat(30)).is_ok());
        let stub = read("短短一句");
        assert!(not_worse(&stub, &from_plain("空", None), "https://a.example").is_ok());
    }
}
