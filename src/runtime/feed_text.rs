//! What a feed itself says of a page: many feeds bring the whole text of their articles, so it can be
//! read where the page cannot be had.

use super::Services;
use super::article::{Read, with_head};
use super::episode::notes_document;
use crate::model::Article;
use crate::text::canonical_url;

/// With fewer letters than this a feed only says that there is something to read.
const TEASER: usize = 200;

/// The text that a subscribed feed has for the page at `url`, and why it stands in for the page.
pub(super) async fn feed_text(services: &Services, url: &str, why: &str) -> Option<Read> {
    let page = url.to_owned();
    let found = services.desk.ask(move |store| {
        let Some(summary) = store.episode_by_page(&page)? else { return Ok(None) };
        store.episode(summary.id)
    });
    let episode = found.await.ok().flatten()?;
    let (document, _) = notes_document(&episode);
    let letters = document.plain_text().chars().filter(|c| !c.is_whitespace()).count();
    if letters < TEASER {
        return None;
    }
    let published = episode.summary.published;
    let published = published.and_then(|at| jiff::Timestamp::from_second(at).ok());
    let article = Article {
        url: url.to_owned(),
        title: Some(episode.summary.title.clone()).filter(|title| !title.is_empty()),
        site: Some(episode.summary.show_title.clone()).filter(|show| !show.is_empty()),
        published: published.map(|at| at.to_string()),
        ..Article::default()
    };
    let document = with_head(document, &article);
    let offline = Some(why.to_owned());
    Some(Read {
        article,
        document,
        offline,
        age: None,
        position: None,
        canonical: canonical_url(url),
    })
}
