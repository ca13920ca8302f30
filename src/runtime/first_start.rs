//! The screen's first start in an empty home: the welcome show, and 晚点聊 LateTalk offered as a
//! subscription. Verbs never do this.

use super::services::now;
use super::{Services, Trouble, import_text, subscribe};
use crate::model::Show;

/// The show that this program was made for.
const OFFERED: (&str, &str) = ("https://feeds.fireside.fm/latetalk/rss", "晚点聊 LateTalk");

/// Fills an empty library. `None` where it was not empty; else the shows to refresh.
pub(crate) async fn fill_if_empty(services: &Services) -> Result<Option<Vec<Show>>, Trouble> {
    if !services.desk.ask(crate::store::Store::is_empty).await? {
        return Ok(None);
    }
    subscribe(services, crate::welcome::FEED).await?;
    let name = crate::welcome::SNIPS.trim_start_matches("welcome:");
    if let Some(snips) = crate::welcome::read(name) {
        import_text(services, String::from_utf8_lossy(snips.bytes).into_owned()).await?;
    }
    let offered = services
        .desk
        .ask(|store| {
            let added = store.add_show(OFFERED.0, Some(OFFERED.1), now())?;
            store.show(added.id)
        })
        .await?;
    Ok(Some(offered.into_iter().collect()))
}
