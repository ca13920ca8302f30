//! Keeping recordings for offline use.

use std::time::Duration;

use super::services::now;
use super::{Services, Trouble, recording};
use crate::downloads::{CancelFlag, DownloadError, Finished, Job, Progress};
use crate::fetch::FetchError;
use crate::model::{EpisodeId, EpisodeSummary};
use crate::store::{DownloadRow, Store, StoreError};

/// Between two looks whether another program has finished.
const BUSY: Duration = Duration::from_millis(500);

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
    // From here on it is in the list, whatever becomes of this program.
    let begin = move |store: &Store| match store.download(id)? {
        Some(_) => Ok(()),
        None => store.begin_download(id, false),
    };
    services.desk.ask(begin).await?;
    let done = fetch(services, job, progress, &cancel).await;
    let row = match &done {
        Ok(finished) => DownloadRow {
            episode: id,
            file: file_name(services, finished),
            bytes: finished.bytes,
            total: Some(finished.bytes),
            done: true,
            finished: Some(now()),
            ..DownloadRow::default()
        },
        Err(err) => DownloadRow {
            episode: id,
            file: recording::key(id),
            bytes: services.downloads.partial_bytes(&recording::key(id)),
            error: Some(err.to_string()),
            ..DownloadRow::default()
        },
    };
    let offline = matches!(&done, Err(DownloadError::Fetch(FetchError::Offline { .. })));
    if !cancel.is_cancelled() && !offline {
        services.desk.ask(move |store| store.put_download(&row)).await?;
    }
    done.map_err(|err| Trouble::doing(&format!("downloading {title}"), &err))
}

/// Fetches a recording; while another program is at it, waits for what becomes of that.
async fn fetch(
    services: &Services,
    job: Job,
    progress: impl Fn(Progress) + Send + Sync,
    cancel: &CancelFlag,
) -> Result<Finished, DownloadError> {
    loop {
        let fetched = services.downloads.fetch(job.clone(), &progress, cancel.clone()).await;
        if !matches!(fetched, Err(DownloadError::Busy { .. })) {
            return fetched;
        }
        if let Some(now) = services.downloads.partial(&job.key) {
            progress(now);
        }
        tokio::select! {
            () = cancel.cancelled() => return Err(DownloadError::Cancelled),
            () = tokio::time::sleep(BUSY) => {}
        }
    }
}

/// The file from the folder of recordings on.
fn file_name(services: &Services, finished: &Finished) -> String {
    let path = &finished.path;
    let path = path.strip_prefix(services.downloads.folder()).unwrap_or(path);
    path.to_string_lossy().into_owned()
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
    let forget = move |store: &Store| {
        store.delete_download(id)?;
        store.dismiss_downloads(&[id])
    };
    services.desk.ask(forget).await
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
