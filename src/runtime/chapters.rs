//! Chapters of an episode from every source: the notes, the feed, a chapters file, the recording.

use std::io::{Read, Seek};

use super::{Services, Trouble, recording, source};
use crate::fetch::{Accept, Trust};
use crate::model::{ChapterSource, Chapters, Episode, EpisodeId, Millis};
use crate::timeline;

/// Chapters from the notes, from the feed and those kept from before, with the index of the best.
#[must_use]
pub fn chapters_of(
    episode: &Episode,
    from_notes: Vec<crate::model::Chapter>,
    kept: Vec<Chapters>,
) -> (Vec<Chapters>, Option<usize>) {
    let duration = episode.summary.duration_ms;
    let mut found = kept;
    let feed = timeline::tidy(episode.feed_chapters.clone(), duration);
    found.push(Chapters { source: ChapterSource::Psc, list: feed });
    found.push(Chapters { source: ChapterSource::Notes, list: from_notes });
    found.retain(|chapters| !chapters.list.is_empty());
    let best = timeline::choose(&found);
    (found, best)
}

/// Chapters of an episode after looking everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundChapters {
    /// The episode.
    pub episode: Episode,
    /// Every list that was found.
    pub chapters: Vec<Chapters>,
    /// Index of the best.
    pub best: Option<usize>,
    /// Something was found that the library did not have yet.
    pub fresh: bool,
    /// Why the chapters file that the feed names did not come.
    pub trouble: Option<Trouble>,
}

/// Fetches the chapters file and reads the kept recording's tags, where that was not done yet; what
/// was found is kept.
///
/// # Errors
/// When the episode is not in the library, or the library cannot be read or written.
pub async fn find_chapters(services: &Services, id: EpisodeId) -> Result<FoundChapters, Trouble> {
    let work = move |store: &crate::store::Store| {
        let episode = store.episode(id)?;
        let feed = match &episode {
            Some(episode) => store.show(episode.summary.show)?.map(|show| show.url),
            None => None,
        };
        Ok((episode, store.chapters(id)?, feed))
    };
    let (Some(episode), mut kept, feed) = services.desk.ask(work).await? else {
        return Err(Trouble::new("this episode is no longer in the library"));
    };
    let duration = episode.summary.duration_ms;
    let (mut fresh, mut trouble) = (Vec::new(), None);
    if let Some(url) = &episode.chapters_url
        && !kept.iter().any(|chapters| chapters.source == ChapterSource::Json)
    {
        match fetch_json(services, url, feed, duration).await {
            Ok(found) => fresh.push(found),
            Err(why) => trouble = Some(why),
        }
    }
    let embedded = [ChapterSource::Id3, ChapterSource::Mp4, ChapterSource::Vorbis];
    if !kept.iter().any(|chapters| embedded.contains(&chapters.source)) {
        fresh.extend(in_recording(services, &episode).await);
    }
    for chapters in &fresh {
        let chapters = chapters.clone();
        services.desk.ask(move |store| store.put_chapters(id, &chapters)).await?;
    }
    let is_fresh = !fresh.is_empty();
    kept.extend(fresh);
    let work = move || {
        let (_, from_notes) = super::notes_document(&episode);
        let (chapters, best) = chapters_of(&episode, from_notes, kept);
        FoundChapters { episode, chapters, best, fresh: is_fresh, trouble }
    };
    let found = tokio::task::spawn_blocking(work).await;
    found.map_err(|err| Trouble::doing("reading chapters", &err))
}

/// Chapters in the tags of a recording that is whole on this machine.
async fn in_recording(services: &Services, episode: &Episode) -> Option<Chapters> {
    let duration = episode.summary.duration_ms;
    let url = episode.summary.enclosure.as_ref()?.url.clone();
    let file = services.downloads.complete(&recording::key(episode.summary.id));
    let file = file.or_else(|| url.starts_with("file:").then(|| source::path_of(&url)));
    let work = move || {
        if let Some(name) = url.strip_prefix("welcome:") {
            let bytes = crate::welcome::read(name)?.bytes;
            return embedded_chapters(&mut std::io::Cursor::new(bytes), duration);
        }
        let mut file = std::fs::File::open(file?).ok()?;
        embedded_chapters(&mut file, duration)
    };
    tokio::task::spawn_blocking(work).await.ok().flatten()
}

/// Fetches the `podcast:chapters` file of an episode.
async fn fetch_json(
    services: &Services,
    url: &str,
    feed: Option<String>,
    duration: Option<Millis>,
) -> Result<Chapters, Trouble> {
    let trust = Trust::FromContent { of: feed };
    let reply = source::get(services, url, Accept::Json, trust).await?;
    let text = crate::text::decode(&reply.body, reply.content_type.as_deref()).text;
    let list = timeline::from_json(&text)
        .map_err(|err| Trouble::doing("reading the chapters file", &err))?;
    Ok(Chapters { source: ChapterSource::Json, list: timeline::tidy(list, duration) })
}

/// Chapters in the tags of a recording, if it has some that can be read.
pub fn embedded_chapters(
    recording: &mut (impl Read + Seek),
    duration: Option<Millis>,
) -> Option<Chapters> {
    match timeline::embedded(recording) {
        Ok(found) => {
            let mut chapters = found?;
            chapters.list = timeline::tidy(chapters.list, duration);
            (!chapters.list.is_empty()).then_some(chapters)
        }
        Err(err) => {
            tracing::warn!("chapters in the recording: {err}");
            None
        }
    }
}
