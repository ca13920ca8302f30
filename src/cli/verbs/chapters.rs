//! `chapters EPISODE|FILE`: chapters, and where they come from.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code, notes, time};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::{Input, Named, Recording, Whole};
use crate::cli::named;
use crate::cli::output::complain;
use crate::cli::sheet::{Ink, Sheet};
use crate::kind::Kind;
use crate::model::{Chapter, ChapterSource, Chapters, Millis, clock};
use crate::runtime::{Reach, Services, Trouble, find_chapters};
use crate::timeline;

/// Arguments of `chapters`.
#[derive(Debug, Args)]
pub(crate) struct ChaptersOf {
    /// An episode (id, guid, SHOW#N, title), or a file: notes, a Snipd-style note, chapters JSON, a
    /// recording; `-` for standard input.
    #[arg(value_name = "EPISODE|FILE")]
    of: String,
    /// How long the recording is: the last chapter ends there, what lies beyond is left out.
    #[arg(long, value_name = "H:MM:SS", value_parser = time)]
    duration: Option<Millis>,
}

#[derive(Serialize)]
struct Report {
    source: ChapterSource,
    /// Chapters that are left out because the recording is over when they would begin.
    #[serde(skip_serializing_if = "is_none")]
    beyond: usize,
    chapters: Vec<Chapter>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

pub(super) fn run(context: &Context, args: &ChaptersOf) -> Outcome {
    let (chapters, failed) = match Named::of(&args.of) {
        Named::File(name) => (of_file(&name, args.duration)?, false),
        Named::Url(name) | Named::Episode(name) => context
            .with_services(async |services| of_episode(&services, &name, args.duration).await)?,
    };
    let source = if chapters.list.is_empty() { ChapterSource::None } else { chapters.source };
    let beyond = chapters.beyond;
    let report = Report { source, beyond, chapters: chapters.list };
    context.out.print(&report, |sheet| draw(sheet, &report))?;
    if beyond > 0 {
        complain(&format!(
            "{} begin after the end and are left out: the list was made for another version of the \
             recording",
            if beyond == 1 {
                "1 chapter would".to_owned()
            } else {
                format!("{beyond} chapters would")
            }
        ));
    }
    Ok(code(failed))
}

fn draw(sheet: &mut Sheet, report: &Report) {
    let mut section = None;
    for (index, chapter) in report.chapters.iter().enumerate() {
        if chapter.section != section {
            section.clone_from(&chapter.section);
            sheet.put(Ink::Bold, section.as_deref().unwrap_or("–")).end();
        }
        sheet.put(Ink::Dim, &format!("{:>3}  ", index + 1));
        sheet.say(&format!("{:>8}  ", clock(chapter.start_ms))).put(Ink::Bold, &chapter.title);
        if let Some(url) = &chapter.url {
            sheet.put(Ink::Link, &format!("  {url}"));
        }
        sheet.end();
        for point in &chapter.points {
            sheet.put(Ink::Dim, &format!("               · {point}")).end();
        }
    }
}

/// The chapters from the best source, and whether the chapters file would not come while nothing
/// else is there.
async fn of_episode(
    services: &Services,
    name: &str,
    duration: Option<Millis>,
) -> Result<(Chapters, bool), Failure> {
    let id = named::episode(&services.desk, name).await?.id;
    let found = find_chapters(services, id, Reach::Afar).await?;
    let mut best =
        found.best.and_then(|best| found.chapters.get(best).cloned()).unwrap_or_default();
    if duration.is_some() {
        best = timeline::fit(best, duration);
    }
    if let Some(why) = &found.trouble {
        complain(&format!("fetching the chapters file: {why}"));
    }
    let failed = found.trouble.is_some() && best.list.is_empty();
    Ok((best, failed))
}

fn of_file(name: &str, duration: Option<Millis>) -> Result<Chapters, Trouble> {
    match Input::open(name)? {
        Input::Recording(recording) => of_recording(&recording, duration),
        Input::Whole(bytes) => of_bytes(&bytes, duration),
    }
}

/// The chapters in a recording's tags; the last ends where the recording does.
pub(super) fn of_recording(
    recording: &Recording,
    duration: Option<Millis>,
) -> Result<Chapters, Trouble> {
    // The length only says where the last chapter ends: tags can be read where sound cannot.
    let length = || crate::audio::probe(recording.media(None).ok()?).ok()?.duration_ms;
    let Some(found) = recording.chapters()? else { return Ok(Chapters::default()) };
    Ok(timeline::fit(found, duration.or_else(length)))
}

fn of_bytes(file: &Whole, duration: Option<Millis>) -> Result<Chapters, Trouble> {
    let named_json = file.name.to_ascii_lowercase().ends_with(".json");
    let (source, list) = match file.kind {
        Kind::ChaptersJson => (ChapterSource::Json, from_json(file)?),
        Kind::Unknown if named_json => (ChapterSource::Json, from_json(file)?),
        Kind::Feed => of_feed(&file.name, &file.bytes, &file.url)?,
        Kind::Unknown if file.text().contains(":chapters") => of_fragment(file)?,
        Kind::PlainText | Kind::Markdown if is_listing(&file.text()) => {
            let comments = file.text().to_ascii_uppercase().contains("CHAPTER");
            let source = if comments { ChapterSource::Vorbis } else { ChapterSource::Mp4 };
            (source, timeline::from_text(&file.text()))
        }
        _ => {
            let notes = notes::of_bytes(file)?;
            let duration = duration.or(notes.duration_ms);
            let found = timeline::from_notes(&notes.document, duration);
            (ChapterSource::Notes, found.chapters)
        }
    };
    Ok(timeline::fit(Chapters { source, list, beyond: 0 }, duration))
}

fn from_json(file: &Whole) -> Result<Vec<Chapter>, Trouble> {
    timeline::from_json(&file.text())
        .map_err(|err| Trouble::doing(&format!("reading the chapters in {}", file.name), &err))
}

/// Podlove Simple Chapters as they were cut out of a feed.
fn of_fragment(file: &Whole) -> Result<(ChapterSource, Vec<Chapter>), Trouble> {
    let text = file.text();
    let body = match text.split_once("?>") {
        Some((head, body)) if head.trim_start().starts_with("<?xml") => body,
        _ => &text,
    };
    let feed = format!(
        "<rss version=\"2.0\" xmlns:psc=\"http://podlove.org/simple-chapters\"><channel><item>\
         <guid>fragment</guid>{body}</item></channel></rss>"
    );
    of_feed(&file.name, feed.as_bytes(), &file.url)
}

/// A feed of one episode holds chapters of one recording: its own, else those in its notes.
fn of_feed(name: &str, bytes: &[u8], url: &str) -> Result<(ChapterSource, Vec<Chapter>), Trouble> {
    let doing = format!("reading the chapters in {name}");
    let feed =
        crate::feed::parse(bytes, Some(url), None).map_err(|err| Trouble::doing(&doing, &err))?;
    let [episode] = feed.episodes.as_slice() else {
        return Err(Trouble::new(format!(
            "{doing}: it is a feed of {} episodes; `inspect` shows the chapters of each",
            feed.episodes.len()
        )));
    };
    if !episode.chapters.is_empty() {
        return Ok((ChapterSource::Psc, episode.chapters.clone()));
    }
    let document = crate::text::from_html(&episode.notes_html, None);
    let found = timeline::from_notes(&document, episode.duration_ms);
    Ok((ChapterSource::Notes, found.chapters))
}

/// Whether a text is a list of chapters for a tagging tool (`CHAPTER001=…`, `00:00:00.000 title`)
/// and nothing else.
fn is_listing(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let full = |time: &str| {
        let time = time.trim();
        time.matches(':').count() == 2
            && time.contains('.')
            && crate::model::parse_time(time).is_some()
    };
    let is_entry = |line: &str| {
        let upper = line.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("CHAPTER"));
        (upper && line.contains('=')) || line.split_whitespace().next().is_some_and(full)
    };
    lines.peek().is_some() && lines.all(is_entry)
}
