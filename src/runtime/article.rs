//! Reading an article: from the network where it answers, else the copy kept from before; extraction
//! runs in a child process, because a hostile page can kill a process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::pages;
use super::services::now;
use super::source::{self, LARGEST};
use super::{Services, Trouble};
use crate::article::{self, ArticleError, Extracted, View};
use crate::fetch::{Accept, Request, Trust};
use crate::model::{Article, ArticleOutcome, EpisodeId, PageProblem};
use crate::sandbox::{self, OwnedPage, SandboxError};
use crate::store::StoredArticle;
use crate::text::{Block, BlockKind, Document, Span, SpanStyle, same_place};

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

/// Reads the page at `url` as an article. `from` is the page or feed that links to it.
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
    if whole {
        return read_anew(services, url, from, episode, whole).await;
    }
    let canonical = article::canonical_url(url);
    let key = canonical.clone();
    let kept = services.desk.ask(move |store| store.article(&key)).await?;
    // A page that was read in the last day is not asked for again.
    if let Some(kept) = kept.as_ref().filter(|kept| fresh(kept)) {
        return from_kept(kept, canonical, None);
    }
    read_anew(services, url, from, episode, whole).await
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
    let canonical = article::canonical_url(url);
    let key = canonical.clone();
    let kept = services.desk.ask(move |store| store.article(&key)).await?;
    let view = if whole { View::Whole } else { View::Reader };
    match fetch_and_extract(services, url, from, view).await {
        Ok((page, extracted)) => {
            Ok(keep(services, canonical, page, extracted, kept, episode, whole))
        }
        Err(why) => match kept {
            Some(kept) => from_kept(&kept, canonical, Some(why.to_string())),
            None => Err(why),
        },
    }
}

/// Seconds for which a kept article is shown without asking again.
const FRESH: i64 = 24 * 3600;

fn fresh(kept: &StoredArticle) -> bool {
    kept.article.fetched.is_some_and(|at| (0..FRESH).contains(&(now() - at)))
}

fn from_kept(
    kept: &StoredArticle,
    canonical: String,
    offline: Option<String>,
) -> Result<Read, Trouble> {
    let document = serde_json::from_slice(&kept.tree)
        .map_err(|err| Trouble::doing("reading the kept article", &err))?;
    let position = kept.position.map(|(block, byte)| (block as usize, byte as usize));
    let age = kept.article.fetched.map(|at| now().saturating_sub(at).max(0).unsigned_abs());
    Ok(Read { article: kept.article.clone(), document, offline, age, position, canonical })
}

async fn fetch_and_extract(
    services: &Services,
    url: &str,
    from: Option<String>,
    view: View,
) -> Result<(OwnedPage, Extracted), Trouble> {
    let mut failed = None;
    for candidate in article::fetch_urls(url) {
        match read_one(services, &candidate, from.clone(), view).await {
            Ok((page, extracted)) => {
                let extracted = pages::join(services, &page.url, extracted).await;
                return Ok((page, extracted));
            }
            Err(why) => failed = Some(why),
        }
    }
    // The last address is the page itself; why that failed is what the reader wants to know.
    Err(failed.unwrap_or_else(|| Trouble::new(format!("{url} is not an address that can be read"))))
}

/// Fetches and reads one address; a check or a notice in the article's place is an error.
async fn read_one(
    services: &Services,
    url: &str,
    from: Option<String>,
    view: View,
) -> Result<(OwnedPage, Extracted), Trouble> {
    let page = fetch_page(services, url, from).await?;
    let extracted = extract(services, page.clone(), view).await?;
    readable(&extracted, url)?;
    Ok((page, extracted))
}

/// What the user names, or a local file, may be a local file; what the web names may not.
fn may_name_files(from: Option<&str>) -> bool {
    from.is_none_or(|from| from.starts_with("file:"))
}

pub(super) async fn fetch_page(
    services: &Services,
    url: &str,
    from: Option<String>,
) -> Result<OwnedPage, Trouble> {
    if url.starts_with("file:") {
        if !may_name_files(from.as_deref()) {
            return Err(Trouble::new(format!(
                "{url} is a file on this machine, which a page or feed from elsewhere may not open: \
                 open it yourself with `latetalk FILE`"
            )));
        }
        let fetched = source::read_file(url)?;
        return Ok(OwnedPage { url: fetched.url, content_type: None, bytes: fetched.bytes });
    }
    let trust = from.map_or(Trust::Named, |of| Trust::FromContent { of: Some(of) });
    let request = Request {
        url: url.to_owned(),
        accept: Accept::Page,
        etag: None,
        last_modified: None,
        limit: LARGEST / 2,
        trust,
    };
    let reply = services.client.get(request).await?;
    Ok(OwnedPage { url: reply.final_url, content_type: reply.content_type, bytes: reply.body })
}

/// Tells, once it is dropped, that nobody waits for the page any more.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Extracts in a child process, which ends at once if this work is dropped.
pub(crate) async fn extract(
    services: &Services,
    page: OwnedPage,
    view: View,
) -> Result<Extracted, Trouble> {
    let program = services.program.clone();
    let given_up = GivenUp::default();
    let flag = Arc::clone(&given_up.0);
    let limits = sandbox::Limits::default();
    let work = move || sandbox::extract_unless(&program, page, view, limits, &flag);
    let extracted = tokio::task::spawn_blocking(work).await;
    drop(given_up);
    let extracted = extracted.map_err(|err| Trouble::doing("reading the page", &err))?;
    extracted.map_err(|err| Trouble::of_page(problem_of(&err), err.to_string()))
}

/// What it is to a reader that nothing was extracted.
fn problem_of(error: &SandboxError) -> PageProblem {
    match error {
        SandboxError::Article(ArticleError::Empty) | SandboxError::Died => PageProblem::NoText,
        SandboxError::Article(ArticleError::NotText(_)) => PageProblem::NotText,
        _ => PageProblem::Other,
    }
}

fn readable(extracted: &Extracted, url: &str) -> Result<(), Trouble> {
    match extracted.outcome {
        ArticleOutcome::Readable => Ok(()),
        ArticleOutcome::Blocked => Err(Trouble::of_page(
            PageProblem::Blocked,
            format!("{url} shows a check for robots instead of the page: open it in the browser"),
        )),
        ArticleOutcome::Deleted => {
            let why = format!("{url} was deleted by the one who published it");
            Err(Trouble::of_page(PageProblem::Deleted, why))
        }
    }
}

/// Keeps what was read.
fn keep(
    services: &Services,
    canonical: String,
    page: OwnedPage,
    extracted: Extracted,
    before: Option<StoredArticle>,
    episode: Option<EpisodeId>,
    whole: bool,
) -> Read {
    let article = Article { fetched: Some(now()), ..extracted.article };
    let plain = extracted.document.plain_text();
    let document = with_head(extracted.document, &article);
    let position = before.and_then(|before| place_in(&document, &before));
    if !whole {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let stored = StoredArticle {
            article: article.clone(),
            tree: serde_json::to_vec(&document).unwrap_or_default(),
            raw: page.bytes,
            content_type: page.content_type,
            position: position.map(|(block, byte)| (small(block), small(byte))),
        };
        let key = canonical.clone();
        services.desk.post(move |store| store.put_article(&key, &stored, &plain, episode, now()));
    }
    Read { article, document, offline: None, age: None, position, canonical }
}

/// Where reading stopped in the copy from before, found again in the new text by its words.
fn place_in(document: &Document, before: &StoredArticle) -> Option<(usize, usize)> {
    let (block, byte) = before.position?;
    let old: Document = serde_json::from_slice(&before.tree).ok()?;
    same_place(&old, (block as usize, byte as usize), document)
}

/// The text of an article alone: without the title and the facts that [`read_article`] puts above.
#[must_use]
pub fn body_of(mut document: Document, article: &Article) -> Document {
    let titled = begins_with_title(&document, article);
    let facts = facts_of(article);
    let stated = document
        .blocks
        .get(usize::from(titled))
        .is_some_and(|block| !facts.is_empty() && block.plain_text() == facts);
    document.blocks.drain(..usize::from(titled) + usize::from(stated));
    document
}

fn begins_with_title(document: &Document, article: &Article) -> bool {
    let title = article.title.as_deref().unwrap_or_default().trim();
    document.blocks.first().is_some_and(|block| {
        matches!(block.kind, BlockKind::Heading(_)) && block.plain_text().trim() == title
    })
}

/// Who, where and when, in one line; may be empty.
fn facts_of(article: &Article) -> String {
    let date = article.published.as_deref().map(|at| at.get(..10).unwrap_or(at).to_owned());
    let facts = [article.byline.clone(), article.site.clone(), date];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|f| !f.is_empty()).collect();
    facts.join(" · ")
}

/// Puts title and facts above the text, unless it begins with its title itself.
pub(crate) fn with_head(mut document: Document, article: &Article) -> Document {
    let span = |text: String, style: SpanStyle| Span { text, style, ..Span::default() };
    let mut head = Vec::new();
    let title = article.title.clone().unwrap_or_default();
    let repeated = begins_with_title(&document, article);
    if !title.is_empty() && !repeated {
        let spans = vec![span(title, SpanStyle::default())];
        head.push(Block { kind: BlockKind::Heading(1), spans, ..Block::default() });
    }
    let facts = facts_of(article);
    if !facts.is_empty() {
        let style = SpanStyle { italic: true, ..SpanStyle::default() };
        head.push(Block { spans: vec![span(facts, style)], ..Block::default() });
    }
    let at = usize::from(repeated);
    document.blocks.splice(at..at, head);
    document
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
