//! The transcript of an episode: kept, from a file beside a local recording, or from the feed's link.

use super::{Services, Trouble, source};
use crate::fetch::{Accept, Trust};
use crate::model::{Cue, Episode, EpisodeId, Transcript, TranscriptLink, clock};
use crate::text::{Block, Document, Span, SpanStyle};

/// The transcript of an episode; what was fetched is kept.
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
    let found = match beside(&episode) {
        Some(found) => found,
        None => from_feed(services, &episode, feed).await?,
    };
    let to_keep = found.clone();
    services.desk.post(move |store| store.put_transcript(id, &to_keep));
    Ok(found)
}

/// A transcript file beside a local recording, with the same name.
fn beside(episode: &Episode) -> Option<Transcript> {
    let url = &episode.summary.enclosure.as_ref()?.url;
    let path = url.starts_with("file:").then(|| source::path_of(url))?;
    ["srt", "vtt", "json", "txt"].into_iter().find_map(|suffix| {
        let path = path.with_extension(suffix);
        let name = path.to_string_lossy().into_owned();
        let fetched = source::read_file(&name).ok()?;
        crate::transcript::parse(&fetched.bytes, Some(&name)).ok()
    })
}

async fn from_feed(
    services: &Services,
    episode: &Episode,
    feed: Option<String>,
) -> Result<Transcript, Trouble> {
    let link = best_link(&episode.transcripts)
        .ok_or_else(|| Trouble::new("this episode has no transcript: its feed names none"))?;
    let trust = Trust::FromContent { of: feed };
    let reply = source::get(services, &link.url, Accept::Any, trust).await?;
    let hint = link.mime.clone().or(reply.content_type).unwrap_or_else(|| link.url.clone());
    let work = move || crate::transcript::parse(&reply.body, Some(&hint));
    let parsed = tokio::task::spawn_blocking(work).await;
    let parsed = parsed.map_err(|err| Trouble::doing("reading the transcript", &err))?;
    parsed.map_err(|err| Trouble::new(err.to_string()))
}

/// The link that says most: times and speakers first.
fn best_link(links: &[TranscriptLink]) -> Option<&TranscriptLink> {
    let rank = |link: &TranscriptLink| {
        let hint = format!("{} {}", link.mime.as_deref().unwrap_or(""), link.url).to_lowercase();
        let order = ["vtt", "srt", "subrip", "json", "html"];
        order.iter().position(|word| hint.contains(word)).unwrap_or(order.len())
    };
    links.iter().min_by_key(|link| rank(link))
}

/// Longest paragraph of a transcript, in characters, where the speaker does not change.
const PARAGRAPH: usize = 160;

/// A transcript as a text: a paragraph per passage, each with its time.
#[must_use]
pub fn transcript_document(transcript: &Transcript) -> Document {
    let mut document = Document::default();
    let mut speaker: Option<&str> = None;
    let mut length = usize::MAX;
    for cue in &transcript.cues {
        let same = cue.speaker.as_deref() == speaker;
        if !same || length >= PARAGRAPH {
            document.blocks.push(Block { spans: opening(cue, same), ..Block::default() });
            speaker = cue.speaker.as_deref();
            length = 0;
        } else if let Some(last) = document.blocks.last_mut().and_then(|b| b.spans.last_mut()) {
            let ascii = |c: Option<char>| {
                c.is_some_and(|c| c.is_ascii_alphanumeric() || ".,!?".contains(c))
            };
            if ascii(last.text.chars().last()) && ascii(cue.text.chars().next()) {
                last.text.push(' ');
            }
            last.text.push_str(&cue.text);
        }
        length += cue.text.chars().count();
    }
    document
}

fn opening(cue: &Cue, same: bool) -> Vec<Span> {
    let mut spans = vec![
        Span { text: clock(cue.start_ms), time_ms: Some(cue.start_ms), ..Span::default() },
        Span { text: "  ".to_owned(), ..Span::default() },
    ];
    if let Some(speaker) = cue.speaker.as_deref().filter(|_| !same) {
        let style = SpanStyle { bold: true, ..SpanStyle::default() };
        spans.push(Span { text: format!("{speaker}  "), style, ..Span::default() });
    }
    spans.push(Span { text: cue.text.clone(), ..Span::default() });
    spans
}
