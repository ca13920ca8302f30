//! Keeping recordings for offline use.

use super::{Services, Trouble, recording};
use crate::downloads::{CancelFlag, Finished, Progress};
use crate::model::{EpisodeId, EpisodeSummary};
use crate::store::{DownloadRow, Store, StoreError};

/// Fetches the recording of an episode and keeps it; resumes what was begun.
///
/// # Errors
/// When the episode has no recording, or it cannot be fetched or kept.
pub async fn download(
    services: &Services,
    id: EpisodeId,
    progress: impl Fn(Progress) + Send + Sync,
    cancel: CancelFlag,
) -> Result<Finished, Trouble> {
    let (episode, feed) = with_feed(services, id).await?;
    let title = episode.title.clone();
    let job = recording::job(&episode, feed).ok_or_else(|| {
        Trouble::new(format!("downloading {title}: the feed names no recording for it"))
    })?;
    if job.url.starts_with("file:") {
        return Err(Trouble::new(format!("downloading {title}: it is already a local file")));
    }
    let done = services.downloads.fetch(job, progress, cancel.clone()).await;
    let row = match &done {
        Ok(finished) => DownloadRow {
            episode: id,
            file: file_name(finished),
            bytes: finished.bytes,
            total: Some(finished.bytes),
            done: true,
            error: None,
        },
        Err(err) => DownloadRow {
            episode: id,
            file: recording::key(id),
            bytes: services.downloads.partial_bytes(&recording::key(id)),
            error: Some(err.to_string()),
            ..DownloadRow::default()
        },
    };
    if !cancel.is_cancelled() {
        services.desk.ask(move |store| store.put_download(&row)).await?;
    }
    done.map_err(|err| Trouble::doing(&format!("downloading {title}"), &err))
}

fn file_name(finished: &Finished) -> String {
    finished.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Forgets the recording of an episode, whole or not.
///
/// # Errors
/// When the file cannot be removed.
pub async fn remove_download(services: &Services, id: EpisodeId) -> Result<(), Trouble> {
    services
        .downloads
        .remove(&recording::key(id))
        .map_err(|err| Trouble::doing("removing the download", &err))?;
    services.desk.ask(move |store| store.delete_download(id)).await
}

/// An episode and the address of its feed.
pub(crate) async fn with_feed(
    services: &Services,
    id: EpisodeId,
) -> Result<(EpisodeSummary, Option<String>), Trouble> {
    let found = services.desk.ask(move |store| find_with_feed(store, id)).await?;
    found.ok_or_else(gone)
}

/// [`with_feed`] for threads without an executor.
pub(crate) fn with_feed_now(
    services: &Services,
    id: EpisodeId,
) -> Result<(EpisodeSummary, Option<String>), Trouble> {
    let found = services.desk.ask_now(move |store| find_with_feed(store, id))?;
    found.ok_or_else(gone)
}

fn find_with_feed(
    store: &Store,
    id: EpisodeId,
) -> Result<Option<(EpisodeSummary, Option<String>)>, StoreError> {
    let Some(episode) = store.summaries(&[id])?.pop() else { return Ok(None) };
    let feed = store.show(episode.show)?.map(|show| show.url);
    Ok(Some((episode, feed)))
}

fn gone() -> Trouble {
    Trouble::new("this episode is no longer in the library")
}
