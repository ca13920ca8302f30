//! A recording that a page offers becomes an episode of the library, so that its place and its snips
//! are kept; the text of the page becomes its notes.

use super::services::now;
use super::{Services, Trouble, body_of};
use crate::fetch::{FetchError, Trust};
use crate::model::{EpisodeId, Note};
use crate::store::{Store, StoredArticle};
use crate::text::{Document, to_markdown};

/// Takes the recording at `url` into the library; `page` is the identity of the article that offers it.
///
/// # Errors
/// When the page is no longer in the library, or public content leads to a private address.
pub(crate) async fn take_recording(
    services: &Services,
    url: &str,
    page: String,
) -> Result<EpisodeId, Trouble> {
    let kept = services.desk.ask(move |store| store.article(&page)).await?;
    let kept = kept.ok_or_else(|| {
        Trouble::new(format!("playing {url}: its page is no longer in the library, open it again"))
    })?;
    // From here on the episode is the user's own, so it is asked now where the page may lead.
    let trust = Trust::FromContent { of: Some(kept.article.url.clone()) };
    if let Err(why @ FetchError::Forbidden { .. }) = services.client.reaches(url, trust).await {
        return Err(why.into());
    }
    let note = note(&kept, url);
    let taken = services.desk.ask(move |store: &Store| store.import_note(&note, now())).await?;
    Ok(taken.episode)
}

fn note(kept: &StoredArticle, url: &str) -> Note {
    let article = &kept.article;
    let document: Document = serde_json::from_slice(&kept.tree).unwrap_or_default();
    let published = article.published.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok());
    Note {
        title: article.title.clone().unwrap_or_else(|| url.to_owned()),
        show: article.site.clone(),
        author: article.byline.clone(),
        published: published.map(jiff::Timestamp::as_second),
        link: Some(article.url.clone()),
        image: article.lead_image.clone(),
        enclosure: Some(url.to_owned()),
        notes: to_markdown(&body_of(document, article)),
        ..Note::default()
    }
}
