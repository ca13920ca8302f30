//! The transcript of an episode: kept, from a file beside a local recording, or from the feed's link.

use std::path::{Path, PathBuf};

use super::{Services, Trouble, source};
use crate::fetch::{Accept, Trust};
use crate::model::{Episode, EpisodeId, Transcript, TranscriptLink};

/// The transcript of an episode; what was found is kept.
///
/// # Errors
/// When there is none, or it cannot be fetched or read.
pub async fn transcript_of(services: &Services, id: EpisodeId) -> Result<Transcript, Trouble> {
    let (kept, episode, feed) = services
        .desk
        .ask(move |store| {
            let episode = store.episode(id)?;
            let feed = match &episode {
                Some(episode) => store.show(episode.summary.show)?.map(|show| show.url),
                None => None,
            };
            Ok((store.transcript(id)?, episode, feed))
        })
        .await?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let episode =
        episode.ok_or_else(|| Trouble::new("this episode is no longer in the library"))?;
    let found = match beside(&episode).await? {
        Some(found) => found,
        None => from_feed(services, &episode, feed).await?,
    };
    let to_keep = found.clone();
    services.desk.post(move |store| store.put_transcript(id, &to_keep));
    Ok(found)
}

/// A transcript file beside a local recording.
async fn beside(episode: &Episode) -> Result<Option<Transcript>, Trouble> {
    let url = episode.summary.enclosure.as_ref().map(|enclosure| enclosure.url.clone());
    let Some(url) = url.filter(|url| url.starts_with("file:")) else { return Ok(None) };
    let look = move || transcript_beside(&source::path_of(&url));
    let found = tokio::task::spawn_blocking(look).await;
    found.map_err(|err| Trouble::doing("looking for a transcript beside the recording", &err))
}

/// Suffixes of transcripts, those that say most first.
const SUFFIXES: [&str; 9] = ["vtt", "srt", "ttml", "sbv", "json", "lrc", "html", "md", "txt"];

/// The transcript that stands beside a recording: a file of the same name with a transcript's suffix,
/// perhaps with a language before it (`x.zh-Hans.vtt`) or after the recording's own suffix
/// (`x.mp3.srt`). Files that cannot be read or say nothing are passed over.
#[must_use]
pub fn transcript_beside(recording: &Path) -> Option<Transcript> {
    let mut files: Vec<((usize, usize, String), PathBuf)> = std::fs::read_dir(recording.parent()?)
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| Some((rank(recording, &entry.path())?, entry.path())))
        .collect();
    files.sort();
    files.into_iter().find_map(|(_, path)| {
        let name = path.to_string_lossy().into_owned();
        let fetched = source::read_file(&name).ok()?;
        let read = crate::transcript::parse(&fetched.bytes, Some(&name)).ok()?;
        (!read.cues.is_empty()).then_some(read)
    })
}

/// How well a file's name fits a recording: the plain name first, then Chinese, then other languages;
/// among them by suffix. `None` for other files.
fn rank(recording: &Path, path: &Path) -> Option<(usize, usize, String)> {
    let stem = recording.file_stem()?.to_str()?;
    let suffix = path.extension()?.to_str()?.to_ascii_lowercase();
    let suffix = SUFFIXES.iter().position(|known| *known == suffix)?;
    let between = path.file_stem()?.to_str()?.strip_prefix(stem)?;
    let own = recording.extension().and_then(|own| own.to_str()).unwrap_or_default();
    let between = between.trim_start_matches('.').to_ascii_lowercase();
    let language = match between.as_str() {
        "" | "transcript" | "文稿" => 0,
        between if between == own.to_ascii_lowercase() => 0,
        // Facts that a downloader keeps, not words.
        "info" | "meta" => return None,
        between if between.starts_with("zh") || between.starts_with("cmn") => 1,
        between if is_language(between) => 2,
        _ => return None,
    };
    Some((language, suffix, between))
}

/// `en`, `pt-br`, `en-orig`, `auto`: short words joined by `-` or `_`.
fn is_language(text: &str) -> bool {
    let mut parts = text.split(['-', '_', '.']);
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(|first| (2..=4).contains(&first.len()) && letters(first))
        && parts.all(|part| (1..=8).contains(&part.len()))
}

async fn from_feed(
    services: &Services,
    episode: &Episode,
    feed: Option<String>,
) -> Result<Transcript, Trouble> {
    let mut why = Trouble::new("this episode has no transcript: its feed names none");
    let language = is_chinese(&episode.summary.title).then_some("zh");
    for link in by_worth(&episode.transcripts, language) {
        match fetched(services, link, feed.clone()).await {
            Ok(found) => return Ok(found),
            Err(err) => why = err,
        }
    }
    Err(why)
}

async fn fetched(
    services: &Services,
    link: &TranscriptLink,
    feed: Option<String>,
) -> Result<Transcript, Trouble> {
    let trust = Trust::FromContent { of: feed };
    let reply = source::get(services, &link.url, Accept::Any, trust).await?;
    let hint = link.mime.clone().or(reply.content_type).unwrap_or_else(|| link.url.clone());
    let work = move || crate::transcript::parse(&reply.body, Some(&hint));
    let parsed = tokio::task::spawn_blocking(work).await;
    let parsed = parsed.map_err(|err| Trouble::doing("reading the transcript", &err))?;
    let parsed = parsed.map_err(|err| Trouble::new(err.to_string()))?;
    if parsed.cues.is_empty() {
        let why = format!("reading the transcript: there are no words in {}", link.url);
        return Err(Trouble::new(why));
    }
    Ok(parsed)
}

/// Whether a title is Chinese (and not Japanese): then its transcript in Chinese is the original.
fn is_chinese(title: &str) -> bool {
    let kana = title.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}'));
    !kana && title.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// The links in the order in which they are tried: this language first, where the links say theirs,
/// then those that say most (times and speakers).
fn by_worth<'a>(links: &'a [TranscriptLink], language: Option<&str>) -> Vec<&'a TranscriptLink> {
    let main = |language: &str| {
        language.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase()
    };
    let own = language.map(main).filter(|own| !own.is_empty());
    let rank = |link: &&TranscriptLink| {
        let hint = format!("{} {}", link.mime.as_deref().unwrap_or(""), link.url).to_lowercase();
        let order = ["vtt", "srt", "subrip", "ttml", "json", "html"];
        let form = order.iter().position(|word| hint.contains(word)).unwrap_or(order.len());
        let spoken = link.language.as_deref().map(main);
        let foreign = spoken.zip(own.clone()).is_some_and(|(spoken, own)| spoken != own);
        (foreign, form)
    };
    let mut links: Vec<&TranscriptLink> = links.iter().collect();
    links.sort_by_key(rank);
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(name: &str) -> Option<usize> {
        rank(Path::new("/pod/第 7 期.mp3"), Path::new(name)).map(|rank| rank.0)
    }

    #[test]
    fn files_beside_a_recording_are_known_by_their_names() {
        for (name, wanted) in [
            ("/pod/第 7 期.srt", Some(0)),
            ("/pod/第 7 期.mp3.vtt", Some(0)),
            ("/pod/第 7 期.zh-Hans.vtt", Some(1)),
            ("/pod/第 7 期.en.json", Some(2)),
            ("/pod/第 7 期.info.json", None),
            ("/pod/第 7 期.chapters.json", None),
            ("/pod/第 70 期.srt", None),
            ("/pod/第 7 期.mp3", None),
        ] {
            assert_eq!(fits(name), wanted, "{name}");
        }
    }

    #[test]
    fn the_transcript_beside_a_recording_is_the_one_that_says_most() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        put("a.mp3", "");
        put("a.txt", "只有字");
        put("a.en.srt", "1\n00:00:01,000 --> 00:00:02,000\nthe tide\n");
        let first = |name: &str| {
            let found = transcript_beside(&folder.path().join(name));
            found.and_then(|found| found.cues.into_iter().next()).map(|cue| cue.text)
        };
        assert_eq!(first("a.mp3").as_deref(), Some("只有字"));
        put("a.vtt", "WEBVTT\n\n");
        put("a.zh.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n潮水\n");
        assert_eq!(first("a.mp3").as_deref(), Some("只有字"), "an empty one says nothing");
        put("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n退潮\n");
        assert_eq!(first("a.mp3").as_deref(), Some("退潮"));
        assert_eq!(first("b.mp3"), None);
    }

    #[test]
    fn links_in_the_language_of_the_talk_come_first_and_then_the_richest() {
        let link = |url: &str, language: &str| TranscriptLink {
            url: url.to_owned(),
            language: Some(language.to_owned()),
            ..TranscriptLink::default()
        };
        let links = [link("a.html", "zh-CN"), link("b.vtt", "en"), link("c.srt", "zh")];
        let urls = |language| {
            by_worth(&links, language).iter().map(|link| link.url.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(urls(Some("zh")), ["c.srt", "a.html", "b.vtt"]);
        assert_eq!(urls(None), ["b.vtt", "c.srt", "a.html"]);
    }
}
