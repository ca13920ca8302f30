//! Opening an episode: its notes as a text with the times marked, and its chapters.

use super::usual_links::{NEIGHBOURS, usual_links};
use super::{Services, Trouble, chapters_of};
use crate::app::OpenedEpisode;
use crate::model::{
    Chapter, Chapters, Episode, EpisodeId, EpisodeSummary, Millis, OwnSounding, SkippedChapter,
    Snip, clock,
};
use crate::text::{
    Block, BlockKind, Document, MarkdownOptions, Span, SpanStyle, canonical_url, from_html,
    from_markdown_with,
};
use crate::timeline::{self, NotesTimeline};

/// The notes of an episode with their times marked, and the chapters found in them.
#[must_use]
pub fn notes_document(episode: &Episode) -> (Document, Vec<Chapter>) {
    let (document, timeline) = marked_notes(episode);
    (document, timeline.chapters)
}

/// Times of the notes that are no chapters because they stand out of order.
fn out_of_order(timeline: &NotesTimeline) -> Vec<Millis> {
    let starts = |ms: Millis| {
        timeline.chapters.binary_search_by_key(&ms, |chapter| chapter.start_ms).is_ok()
    };
    let doubtful = timeline.stamps.iter().filter(|stamp| stamp.doubtful && !starts(stamp.ms));
    doubtful.map(|stamp| stamp.ms).collect()
}

fn marked_notes(episode: &Episode) -> (Document, NotesTimeline) {
    let base = episode.notes_base.as_deref();
    let mut document = if episode.notes_markdown {
        from_markdown_with(&episode.notes, base, MarkdownOptions { keep_line_breaks: true })
    } else {
        from_html(&episode.notes, base)
    };
    let mut timeline = timeline::from_notes(&document, episode.summary.duration_ms);
    timeline::mark(&mut document, &timeline.stamps);
    timeline.chapters = timeline::tidy(timeline.chapters, episode.summary.duration_ms);
    (document, timeline)
}

/// Links of which it is asked whether they were read; only nonsense has more.
const LINKS: usize = 1_000;

/// Opens an episode of the library.
///
/// # Errors
/// When it is not in the library, or the library cannot be read.
pub async fn open_episode(services: &Services, id: EpisodeId) -> Result<OpenedEpisode, Trouble> {
    type Parts = (Option<Episode>, Vec<Chapters>, Vec<Snip>, Vec<SkippedChapter>, OwnSounding);
    let (parts, around): (Parts, _) = services
        .desk
        .ask(move |store| {
            let (episode, chapters) = (store.episode(id)?, store.chapters(id)?);
            let show = episode.as_ref().map(|episode| episode.summary.show);
            let sounding = store.sounding(show.unwrap_or_default())?;
            let skipped = store.skipped_chapters(id)?;
            let around =
                (store.show(show.unwrap_or_default())?, store.notes_around(id, NEIGHBOURS)?);
            Ok(((episode, chapters, store.snips(Some(id))?, skipped, sounding), around))
        })
        .await?;
    let (Some(episode), kept, snips, skipped, sounding) = parts else {
        return Err(Trouble::new("this episode is no longer in the library"));
    };
    let work = move || {
        let (mut document, timeline) = marked_notes(&episode);
        timeline::arrange(&mut document, &timeline.chapters);
        let doubtful = out_of_order(&timeline);
        let (chapters, best) = chapters_of(&episode, timeline.chapters, kept);
        let (show, around) = around;
        let usual = usual_links(&document, &episode, show.as_ref(), &around);
        let notes = with_head(document, &episode.summary).into();
        OpenedEpisode {
            episode,
            notes,
            chapters,
            best,
            snips,
            skipped,
            doubtful,
            sounding,
            usual,
            read: Vec::new(),
        }
    };
    let opened = tokio::task::spawn_blocking(work)
        .await
        .map_err(|err| Trouble::doing("reading the show notes", &err))?;
    let links = opened.notes.links.iter().take(LINKS);
    let keys: Vec<String> = links.map(|link| canonical_url(&link.url)).collect();
    let read = services.desk.ask(move |store| store.read_among(keys)).await?;
    Ok(OpenedEpisode { read, ..opened })
}

/// Puts title, show, date and length above the notes.
fn with_head(mut notes: Document, episode: &EpisodeSummary) -> Document {
    let span = |text: String, style: SpanStyle| Span { text, style, ..Span::default() };
    let title = span(episode.title.clone(), SpanStyle::default());
    let mut facts = vec![episode.show_title.clone()];
    let date = episode.published.and_then(|at| jiff::Timestamp::from_second(at).ok());
    facts.extend(date.map(|at| at.strftime("%Y-%m-%d").to_string()));
    facts.extend(episode.duration_ms.map(clock));
    facts.retain(|fact| !fact.is_empty());
    let facts = span(facts.join(" · "), SpanStyle { italic: true, ..SpanStyle::default() });
    let head = [
        Block { kind: BlockKind::Heading(1), spans: vec![title], ..Block::default() },
        Block { spans: vec![facts], ..Block::default() },
        Block { kind: BlockKind::Rule, ..Block::default() },
    ];
    if notes.blocks.is_empty() {
        return notes;
    }
    notes.blocks.splice(0..0, head);
    notes
}
