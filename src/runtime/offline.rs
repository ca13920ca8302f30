//! Making an episode complete for reading and listening without a network: recording, cover,
//! transcript, chapters, the pages that its notes link to and the pictures in them.

mod links;
mod pages;
mod pictures;

use super::{Reach, Services, Trouble, download, find_chapters, path_of, transcript_of};
use crate::downloads::{CancelFlag, Finished, Progress};
use crate::model::{Completed, Episode, EpisodeId, Part};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Bytes of the recording.
    Recording(Progress),
    /// The recording is whole.
    Recorded,
    /// So many of so many linked pages are done.
    Pages(usize, usize),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The file of the recording, where there is one.
    pub recording: Option<Finished>,
    /// All that belongs to the episode.
    pub all: Completed,
}

/// Fetches all that belongs to an episode and is not here yet; what failed before is tried again, but
/// pages that refused in the last day. Sets the mark that the lists show. Stopped, it keeps what has
/// come.
///
/// # Errors
/// When the episode is not in the library, the library cannot be used, or it was stopped. All that
/// fails else is in what is returned.
pub async fn complete(
    services: &Services,
    id: EpisodeId,
    tell: impl Fn(Step) + Send + Sync,
    cancel: &CancelFlag,
) -> Result<Made, Trouble> {
    let (_, feed) = super::with_feed(services, id).await?;
    let feed = feed.filter(|feed| !feed.is_empty());
    let episode = services.desk.ask(move |store| store.episode(id)).await?;
    let episode =
        episode.ok_or_else(|| Trouble::new("this episode is no longer in the library"))?;
    let texts = async {
        tokio::select! {
            biased;
            () = cancel.cancelled() => None,
            all = texts(services, &episode, feed, &tell) => Some(all),
        }
    };
    let (recording, all) = tokio::join!(record(services, &episode, &tell, cancel), texts);
    let (Some(mut all), false) = (all, cancel.is_cancelled()) else {
        return Err(Trouble::new(format!("{}: stopped", episode.summary.title)));
    };
    let recording = match recording {
        Ok(finished) => {
            all.recording = finished.as_ref().map_or(Part::Absent, |_| Part::Kept);
            finished
        }
        Err(why) => {
            all.recording = Part::Failed(why.to_string());
            None
        }
    };
    // Last: the tags of the recording are looked at too.
    all.chapters = chapters(services, &episode).await;
    let is_complete = all.is_complete();
    services.desk.ask(move |store| store.set_complete(id, is_complete)).await?;
    make_room(services);
    Ok(Made { recording, all })
}

/// Lets go of articles that take more room than the settings allow.
pub fn make_room(services: &Services) {
    let limit = u64::from(services.settings.library.articles_mb) << 20;
    if limit > 0 {
        services.desk.post(move |store| {
            let gone = store.prune_articles(limit)?;
            if !gone.is_empty() {
                tracing::info!("{} articles made room", gone.len());
            }
            Ok(())
        });
    }
}

/// The recording; `None` where the feed names none.
async fn record(
    services: &Services,
    episode: &Episode,
    tell: &(impl Fn(Step) + Send + Sync),
    cancel: &CancelFlag,
) -> Result<Option<Finished>, Trouble> {
    let summary = &episode.summary;
    let Some(enclosure) = &summary.enclosure else { return Ok(None) };
    if enclosure.url.starts_with("file:") {
        let path = path_of(&enclosure.url);
        let about = std::fs::metadata(&path)
            .map_err(|err| Trouble::doing(&format!("looking for {}", path.display()), &err))?;
        return Ok(Some(Finished { path, bytes: about.len(), already: true }));
    }
    let progress = |now: Progress| tell(Step::Recording(now));
    let finished = download(services, summary.id, progress, cancel.clone()).await?;
    tell(Step::Recorded);
    Ok(Some(finished))
}

/// All but the recording and the chapters.
async fn texts(
    services: &Services,
    episode: &Episode,
    feed: Option<String>,
    tell: &(impl Fn(Step) + Send + Sync),
) -> Completed {
    let (cover, transcript) = tokio::join!(
        pictures::cover(services, episode, feed.clone()),
        transcript(services, episode)
    );
    let all = Completed { cover, transcript, ..Completed::default() };
    pages::keep_all(services, episode, feed, all, &|done, of| tell(Step::Pages(done, of))).await
}

async fn transcript(services: &Services, episode: &Episode) -> Part {
    match transcript_of(services, episode.summary.id).await {
        Ok(_) => Part::Kept,
        Err(_) if episode.transcripts.is_empty() => Part::Absent,
        Err(why) => Part::Failed(why.to_string()),
    }
}

async fn chapters(services: &Services, episode: &Episode) -> Part {
    let found = find_chapters(services, episode.summary.id, Reach::Here).await;
    let trouble = found.map_or_else(Some, |found| found.trouble);
    match (trouble, &episode.chapters_url) {
        (Some(why), _) => Part::Failed(why.to_string()),
        (None, Some(_)) => Part::Kept,
        (None, None) => Part::Absent,
    }
}
