//! Older episodes of feeds that come in pages (RFC 5005, `rel="next"`): asked for on demand.

use std::collections::BTreeSet;

use super::refresh::{self, refresh};
use super::services::now;
use super::source;
use super::{Refreshed, Services, Trouble};
use crate::fetch::{Accept, Trust};
use crate::model::{Show, ShowId};
use crate::store::OlderPage;

/// Most pages that are asked for in one go.
pub const MOST_PAGES: usize = 200;

/// What asking for older episodes has brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Older {
    /// Episodes that the library did not have.
    pub new: usize,
    /// Pages that were read.
    pub pages: usize,
    /// There is at least one more page.
    pub more: bool,
}

/// Asks for the next pages of a show's feed, at most `pages`, and adds what the library does not have.
/// With `until_new` it ends at the first page that brings something.
///
/// # Errors
/// A sentence that says which page could not be had and why; what came before is kept.
pub async fn older(
    services: &Services,
    id: ShowId,
    pages: usize,
    until_new: bool,
) -> Result<Older, Trouble> {
    let find = move |store: &crate::store::Store| Ok((store.show(id)?, store.older_page(id)?));
    let (show, mut at) = services.desk.ask(find).await?;
    let show = show.ok_or_else(|| Trouble::new("the show is no longer in the library"))?;
    if at == OlderPage::Unknown {
        at = first_page(services, &show).await?;
    }
    let mut seen = BTreeSet::from([show.url.clone()]);
    let mut older = Older::default();
    while let OlderPage::At(url) = &at {
        if older.pages == pages.min(MOST_PAGES) || (until_new && older.new > 0) {
            older.more = true;
            break;
        }
        if !same_host(url, &show.url) {
            return Err(Trouble::new(format!(
                "the next page of the feed is on another host ({url}): add it by itself if you want it"
            )));
        }
        seen.insert(url.clone());
        let (new, next) = page(services, id, url, &seen).await?;
        older.new += new;
        older.pages += 1;
        at = next.map_or(OlderPage::End, OlderPage::At);
    }
    Ok(older)
}

/// Asks for the feed itself, unconditionally: it was not seen to name a further page.
async fn first_page(services: &Services, show: &Show) -> Result<OlderPage, Trouble> {
    let id = show.id;
    let whole = Show { etag: None, last_modified: None, ..show.clone() };
    for refreshed in refresh(services, vec![whole], |_| {}, |_| {}).await {
        if let Refreshed::Failed { why, .. } = refreshed.how {
            return Err(Trouble::new(why));
        }
    }
    services.desk.ask(move |store| store.older_page(id)).await
}

/// Reads one page into the library; how many episodes were new, and where the next page is.
async fn page(
    services: &Services,
    id: ShowId,
    url: &str,
    seen: &BTreeSet<String>,
) -> Result<(usize, Option<String>), Trouble> {
    let reply = source::get(services, url, Accept::Feed, Trust::Named).await?;
    let found_at = reply.final_url.clone();
    let page = refresh::parse(reply.body, Some(reply.final_url), reply.content_type).await?;
    // A page that leads back, or that says nothing, is the last one.
    let next = page
        .next_page
        .clone()
        .filter(|next| !page.episodes.is_empty() && !seen.contains(next) && *next != found_at);
    let after = next.clone();
    let take = move |store: &crate::store::Store| {
        store.take_older(id, &page, next.as_deref(), now(), &refresh::plain_notes)
    };
    Ok((services.desk.ask(take).await?, after))
}

fn same_host(a: &str, b: &str) -> bool {
    let host = |text: &str| Some(url::Url::parse(text).ok()?.host_str()?.to_ascii_lowercase());
    let bare = |host: String| host.trim_start_matches("www.").to_owned();
    host(a).map(bare).zip(host(b).map(bare)).is_some_and(|(a, b)| a == b)
}
