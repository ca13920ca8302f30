//! Chapters of an episode from every source: the notes, the feed, a chapters file, the recording.

use super::tags::{self, Looked};
use super::{Services, Trouble, source};
use crate::fetch::{Accept, Trust};
use crate::model::{ChapterSource, Chapters, Episode, EpisodeId};
use crate::timeline;

/// Chapters from the notes, from the feed and those kept from before, with the index of the best.
#[must_use]
pub fn chapters_of(
    episode: &Episode,
    from_notes: Vec<crate::model::Chapter>,
    kept: Vec<Chapters>,
) -> (Vec<Chapters>, Option<usize>) {
    let mut duration = episode.summary.duration_ms;
    // What the recording itself says is right: then the length is only what the feed claims.
    let embedded = kept.iter().filter(|chapters| chapters.source.is_embedded());
    let latest = embedded.flat_map(|chapters| &chapters.list).map(|chapter| chapter.start_ms).max();
    duration = duration.filter(|end| latest.is_none_or(|latest| latest < *end));
    let feed = Chapters {
        source: ChapterSource::Psc,
        list: episode.feed_chapters.clone(),
        ..Chapters::default()
    };
    let mut found = kept;
    found.push(feed);
    found.push(Chapters { source: ChapterSource::Notes, list: from_notes, ..Chapters::default() });
    let fitted = found.into_iter().map(|chapters| timeline::fit(chapters, duration));
    let found: Vec<Chapters> = fitted.filter(|chapters| !chapters.list.is_empty()).collect();
    let best = timeline::choose(&found);
    (found, best)
}

/// How far to look for the tags of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only into recordings that are whole on this machine.
    Here,
    /// Also into those that are not: what has come of them is read, and a little more is asked for,
    /// which stays in the cache.
    Afar,
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
    /// The recording's tags could not be read yet: looking again later may find more.
    pub later: bool,
    /// Why the chapters file that the feed names did not come.
    pub trouble: Option<Trouble>,
}

/// Fetches the chapters file where that was not done yet, and reads the recording's tags; what was
/// found is kept. A recording that is whole on this machine is always read: another version may have
/// been downloaded.
///
/// # Errors
/// When the episode is not in the library, or the library cannot be read or written.
pub async fn find_chapters(
    services: &Services,
    id: EpisodeId,
    reach: Reach,
) -> Result<FoundChapters, Trouble> {
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
    let (mut fresh, mut trouble) = (Vec::new(), None);
    if let Some(url) = &episode.chapters_url
        && !kept.iter().any(|chapters| chapters.source == ChapterSource::Json)
    {
        match fetch_json(services, url, feed.clone()).await {
            Ok(found) => fresh.push(found),
            Err(why) => trouble = Some(why),
        }
    }
    let known = kept.iter().any(|chapters| chapters.source.is_embedded());
    let reach = if known { Reach::Here } else { reach };
    let looked = tags::look(services, &episode.summary, feed, reach).await;
    if let Looked::Read(tags) = &looked {
        fresh.extend(other_tags(&kept, tags.clone()));
    }
    for chapters in &fresh {
        let chapters = chapters.clone();
        services.desk.ask(move |store| store.put_chapters(id, &chapters)).await?;
    }
    let is_fresh = !fresh.is_empty();
    kept.retain(|chapters| !fresh.iter().any(|fresh| fresh.source == chapters.source));
    kept.extend(fresh);
    let work = move || {
        let (_, from_notes) = super::notes_document(&episode);
        let (chapters, best) = chapters_of(&episode, from_notes, kept);
        let later = looked == Looked::NotYet && !known;
        FoundChapters { episode, chapters, best, fresh: is_fresh, later, trouble }
    };
    let found = tokio::task::spawn_blocking(work).await;
    found.map_err(|err| Trouble::doing("reading chapters", &err))
}

/// What changes about the embedded lists when the recording carries these: lists of another version
/// of it are emptied.
fn other_tags(kept: &[Chapters], tags: Option<Chapters>) -> Vec<Chapters> {
    let old = kept.iter().filter(|chapters| chapters.source.is_embedded());
    let gone = old.clone().filter(|old| {
        !old.list.is_empty() && tags.as_ref().is_none_or(|tags| tags.source != old.source)
    });
    let mut out: Vec<Chapters> =
        gone.map(|old| Chapters { source: old.source, ..Chapters::default() }).collect();
    let known =
        |tags: &Chapters| old.clone().any(|old| old.source == tags.source && old.list == tags.list);
    out.extend(tags.filter(|tags| !known(tags)));
    out
}

/// Fetches the `podcast:chapters` file of an episode.
async fn fetch_json(
    services: &Services,
    url: &str,
    feed: Option<String>,
) -> Result<Chapters, Trouble> {
    let trust = Trust::FromContent { of: feed };
    let reply = source::get(services, url, Accept::Json, trust).await?;
    let text = crate::text::decode(&reply.body, reply.content_type.as_deref()).text;
    let list = timeline::from_json(&text)
        .map_err(|err| Trouble::doing("reading the chapters file", &err))?;
    Ok(Chapters { source: ChapterSource::Json, list, ..Chapters::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Chapter;

    fn list(source: ChapterSource, starts: &[u64]) -> Chapters {
        let chapter = |&start_ms| Chapter { start_ms, ..Chapter::default() };
        Chapters { source, list: starts.iter().map(chapter).collect(), ..Chapters::default() }
    }

    #[test]
    fn tags_of_another_version_take_the_place_of_those_before() {
        let kept = [list(ChapterSource::Json, &[1]), list(ChapterSource::Id3, &[5])];
        let same = list(ChapterSource::Id3, &[5]);
        assert_eq!(other_tags(&kept, Some(same)), []);
        let moved = list(ChapterSource::Id3, &[6]);
        assert_eq!(other_tags(&kept, Some(moved.clone())), [moved]);
        let other = list(ChapterSource::Mp4, &[5]);
        let emptied = list(ChapterSource::Id3, &[]);
        assert_eq!(other_tags(&kept, Some(other.clone())), [emptied.clone(), other]);
        assert_eq!(other_tags(&kept, None), [emptied]);
    }

    #[test]
    fn a_recording_that_runs_longer_than_the_feed_says_keeps_its_chapters() {
        let mut episode = Episode::default();
        episode.summary.duration_ms = Some(1_000);
        let kept = vec![list(ChapterSource::Id3, &[0, 500, 2_000])];
        let (found, best) = chapters_of(&episode, Vec::new(), kept);
        assert_eq!((best, found[0].list.len(), found[0].beyond), (Some(0), 3, 0));
        let kept = vec![list(ChapterSource::Json, &[0, 500, 2_000])];
        let (found, _) = chapters_of(&episode, Vec::new(), kept);
        assert_eq!((found[0].list.len(), found[0].beyond), (2, 1));
    }
}
