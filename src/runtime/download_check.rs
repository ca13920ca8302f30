//! What is on the disk is what the list says: files that were removed, renamed or cut by hand are noticed,
//! and those that came without anybody writing it down.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::services::now;
use super::{Services, Trouble, recording};
use crate::app::{DownloadNews, Event, Msg};
use crate::downloads::Held;
use crate::model::{DownloadStage, EpisodeId};
use crate::store::{DownloadRow, Store, StoreError};

/// Begun recordings that nobody wants go after so long.
const STRAY: Duration = Duration::from_hours(14 * 24);

/// Looks everything over in the background when the screen has started, and tells it what is on its way
/// still.
pub(super) fn at_start(services: &Services, inbox: &Sender<Msg>) {
    let (services, inbox) = (services.clone(), inbox.clone());
    services.handle.clone().spawn(async move {
        let tell = |news| {
            // The session may have ended already.
            let _ = inbox.send(Msg::Event(Event::Downloads(news)));
        };
        match look_over(&services).await {
            Ok(gone) if gone.is_empty() => {}
            Ok(gone) => tell(DownloadNews::Gone(gone)),
            Err(why) => tracing::error!("looking over the recordings: {why}"),
        }
        match services.desk.ask(Store::download_list).await {
            Ok(mut all) => {
                all.retain(|entry| entry.stage != DownloadStage::Here);
                tell(DownloadNews::Restored(all));
            }
            Err(why) => tracing::error!("reading the list of downloads: {why}"),
        }
    });
}

/// Makes the list say what is on the disk, and sweeps out strays. The episodes whose recordings are gone.
///
/// # Errors
/// When the library cannot be used.
pub async fn look_over(services: &Services) -> Result<Vec<EpisodeId>, Trouble> {
    let downloads = services.downloads.clone();
    let held = tokio::task::spawn_blocking(move || downloads.inventory()).await;
    let held = held.map_err(|err| Trouble::doing("looking over the recordings", &err))?;
    let downloads = services.downloads.clone();
    let (gone, wanted) = services
        .desk
        .ask(move |store| {
            let mut held: BTreeMap<String, Held> =
                held.into_iter().map(|held| (held.key.clone(), held)).collect();
            let (mut gone, mut wanted) = (Vec::new(), BTreeSet::new());
            for row in store.downloads()? {
                let key = recording::key(row.episode);
                let found = held.remove(&key);
                if !row.done {
                    if let Some(found) = found {
                        take_in(store, row.episode, &found)?;
                    }
                    wanted.insert(key);
                    continue;
                }
                let whole = found.filter(|found| found.url.is_some() || found.bytes >= row.bytes);
                let Some(whole) = whole else {
                    store.delete_download(row.episode)?;
                    gone.push(row.episode);
                    continue;
                };
                if let Err(why) = downloads.note(&whole, "", row.bytes) {
                    tracing::warn!("noting the length of {}: {why}", whole.path.display());
                }
            }
            for (key, found) in held {
                // Streams that were heard to the end leave their recordings.
                if let Some(id) = episode_of(&key) {
                    take_in(store, id, &found)?;
                }
            }
            Ok((gone, wanted))
        })
        .await?;
    let downloads = services.downloads.clone();
    let sweep = move || downloads.sweep(|key| wanted.contains(key), STRAY);
    if let Ok(swept) = tokio::task::spawn_blocking(sweep).await
        && swept.files > 0
    {
        tracing::info!("{} stray files of {} bytes swept out", swept.files, swept.bytes);
    }
    Ok(gone)
}

/// Whether the recording of an episode that is said to be here is here; if not, the list is corrected.
pub(super) fn is_here(services: &Services, id: EpisodeId) -> bool {
    let here = services.downloads.complete(&recording::key(id)).is_some();
    if !here {
        services.desk.post(move |store| store.delete_download(id));
    }
    here
}

fn episode_of(key: &str) -> Option<EpisodeId> {
    key.strip_prefix("episode-")?.parse().ok().map(EpisodeId)
}

/// Takes a recording into the list that is whole and not in it, if it is that of the episode.
fn take_in(store: &Store, id: EpisodeId, held: &Held) -> Result<(), StoreError> {
    let Some(episode) = store.summaries(&[id])?.pop() else { return Ok(()) };
    let plain = |url: &str| url.split(['?', '#']).next().map(str::to_owned);
    let same = episode.enclosure.as_ref().zip(held.url.as_ref());
    if same.is_none_or(|(enclosure, url)| plain(&enclosure.url) != plain(url)) {
        return Ok(());
    }
    store.put_download(&DownloadRow {
        episode: id,
        file: held.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        bytes: held.bytes,
        total: Some(held.bytes),
        done: true,
        automatic: true,
        finished: Some(now()),
        ..DownloadRow::default()
    })
}
