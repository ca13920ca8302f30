//! `notes EPISODE|FILE`: show notes as text, with their links, times and chapters.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::{Input, Named, Whole};
use crate::cli::named;
use crate::cli::output::Output;
use crate::cli::page;
use crate::cli::sheet::Ink;
use crate::kind::Kind;
use crate::model::{Chapter, Link, Millis};
use crate::runtime::{Trouble, open_episode};
use crate::text::{
    Block, BlockKind, Document, MarkdownOptions, from_html, from_markdown_with, from_plain,
    split_front_matter,
};
use crate::timeline;

/// Arguments of `notes`.
#[derive(Debug, Args)]
pub(crate) struct Notes {
    /// An episode (id, guid, SHOW#N, title), or a file; `-` for standard input.
    #[arg(value_name = "EPISODE|FILE")]
    of: String,
    /// Columns to fill; what JSON holds is never wrapped.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
}

#[derive(Serialize)]
struct Report<'a> {
    title: Option<&'a str>,
    text: String,
    links: &'a [Link],
    timestamps: Vec<Timestamp>,
    chapters: &'a [Chapter],
}

#[derive(Serialize)]
struct Timestamp {
    ms: Millis,
    text: String,
}

/// Notes as they were understood.
#[derive(Debug, Default)]
pub(super) struct Understood {
    /// What they are the notes of.
    pub(super) title: Option<String>,
    /// The notes alone.
    pub(super) document: Document,
    /// The length of the recording, where it is known.
    pub(super) duration_ms: Option<Millis>,
}

pub(super) fn run(context: &Context, args: &Notes) -> Outcome {
    let (notes, chapters) = understand(context, &args.of)?;
    let timeline = timeline::from_notes(&notes.document, notes.duration_ms);
    let found = timeline::tidy(timeline.chapters, notes.duration_ms);
    let report = Report {
        title: notes.title.as_deref().filter(|title| !title.is_empty()),
        text: notes.document.plain_text(),
        links: &notes.document.links,
        timestamps: stamps(&notes.document, &timeline.stamps),
        chapters: chapters.as_ref().unwrap_or(&found),
    };
    context.out.print(&report, |sheet| {
        if let Some(title) = report.title {
            sheet.put(Ink::Bold, &crate::text::clean_line(title)).end();
            sheet.end();
        }
        page::draw(sheet, &notes.document, Output::columns(args.width));
    })?;
    Ok(code(false))
}

/// The notes, and for an episode its chapters from the best source that is at hand.
fn understand(context: &Context, of: &str) -> Result<(Understood, Option<Vec<Chapter>>), Failure> {
    let name = match Named::of(of) {
        Named::File(name) => return Ok((of_file(&name)?, None)),
        Named::Url(name) | Named::Episode(name) => name,
    };
    context.with_services(async |services| {
        let id = named::episode(&services.desk, &name).await?.id;
        let opened = open_episode(&services, id).await?;
        let (document, _) = crate::runtime::notes_document(&opened.episode);
        let best = opened.best.and_then(|best| opened.chapters.get(best));
        let chapters = best.map(|chapters| chapters.list.clone()).unwrap_or_default();
        let summary = opened.episode.summary;
        let (title, duration_ms) = (Some(summary.title), summary.duration_ms);
        Ok((Understood { title, document, duration_ms }, Some(chapters)))
    })
}

fn of_file(name: &str) -> Result<Understood, Trouble> {
    match Input::open(name)? {
        Input::Recording(_) => {
            let why =
                format!("reading the notes of {name}: it is a recording; its chapters can be read");
            Err(Trouble::new(why))
        }
        Input::Whole(bytes) => of_bytes(&bytes),
    }
}

/// Reads notes from a file of any kind that can hold some.
pub(super) fn of_bytes(file: &Whole) -> Result<Understood, Trouble> {
    let text = file.text();
    match file.kind {
        Kind::SnipdNote => Ok(of_snipd(&text)),
        Kind::Markdown => Ok(of_markdown(&text)),
        Kind::Html => {
            let document = from_html(&text, base(file));
            Ok(Understood { title: page_title(&text), document, duration_ms: None })
        }
        Kind::PlainText | Kind::Subtitle => {
            let document = from_plain(&text, base(file));
            Ok(Understood { document, ..Understood::default() })
        }
        // An empty file holds no notes, which is no mistake.
        Kind::Unknown if text.trim().is_empty() => Ok(Understood::default()),
        Kind::Feed
        | Kind::Opml
        | Kind::ChaptersJson
        | Kind::TranscriptJson
        | Kind::Audio
        | Kind::Video
        | Kind::Pdf
        | Kind::Image
        | Kind::Unknown => Err(Trouble::new(format!(
            "reading the notes in {}: it is {}; notes are Markdown, HTML or plain text",
            file.name,
            crate::cli::input::called(file.kind)
        ))),
    }
}

/// The address that relative links are of; files have none that leads anywhere.
fn base(file: &Whole) -> Option<&str> {
    (file.name != "-").then_some(file.url.as_str())
}

/// The first episode of a note that has notes.
fn of_snipd(text: &str) -> Understood {
    let notes = crate::snipd::parse(text);
    let with_notes = notes.iter().position(|note| !note.notes.trim().is_empty());
    let Some(note) = notes.get(with_notes.unwrap_or(0)) else { return of_markdown(text) };
    let options = MarkdownOptions { keep_line_breaks: true };
    Understood {
        title: Some(note.title.clone()),
        document: from_markdown_with(&note.notes, None, options),
        duration_ms: note.duration_ms,
    }
}

fn of_markdown(text: &str) -> Understood {
    let (front, body) = split_front_matter(text);
    let options = MarkdownOptions { keep_line_breaks: true };
    let mut document = from_markdown_with(body, None, options);
    let named = front.and_then(|front| front.title);
    let first = document.blocks.first().filter(|block| block.kind == BlockKind::Heading(1));
    let first = first.map(Block::plain_text);
    let title = named.or_else(|| first.clone());
    if first.is_some() && first.as_deref().map(str::trim) == title.as_deref().map(str::trim) {
        document.blocks.remove(0);
    }
    Understood { title, document, duration_ms: None }
}

/// What `<title>` says, where there is one.
fn page_title(html: &str) -> Option<String> {
    let head: String = html.chars().take(64 << 10).collect();
    let at = head.to_ascii_lowercase().find("<title")?;
    let rest = head.get(at..)?.split_once('>')?.1;
    let inner = rest.split("</").next()?;
    let title = crate::text::clean_line(&from_html(inner, None).plain_text());
    (!title.is_empty()).then_some(title)
}

/// Every time that the notes name, as it is written there.
fn stamps(document: &Document, stamps: &[timeline::Stamp]) -> Vec<Timestamp> {
    let mut found = Vec::with_capacity(stamps.len());
    // A block may be long and hold thousands of times: its text is put together once.
    for group in stamps.chunk_by(|a, b| a.block == b.block) {
        let block = group.first().and_then(|stamp| document.blocks.get(stamp.block));
        let text = block.map(Block::plain_text).unwrap_or_default();
        let of = |stamp: &timeline::Stamp| text.get(stamp.range.clone()).unwrap_or_default().into();
        found.extend(group.iter().map(|stamp| Timestamp { ms: stamp.ms, text: of(stamp) }));
    }
    found
}
