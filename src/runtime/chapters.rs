//! Chapters of an episode from every source: the notes, the feed, a chapters file, the recording.

use std::io::{Read, Seek};

use super::{Services, Trouble, source};
use crate::fetch::{Accept, Trust};
use crate::model::{ChapterSource, Chapters, Episode, Millis};
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

/// Fetches the `podcast:chapters` file of an episode.
///
/// # Errors
/// When it does not come or cannot be read.
pub(crate) async fn fetch_json(
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
