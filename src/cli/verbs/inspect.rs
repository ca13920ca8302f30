//! `inspect FILE|URL`: what is understood of a feed, without subscribing to it.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code, date, day};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::Named;
use crate::cli::sheet::{Ink, Sheet};
use crate::fetch::Accept;
use crate::model::{
    Chapter, Enclosure, FeedFormat, ParsedEpisode, ParsedFeed, Person, Soundbite, TranscriptLink,
    clock,
};
use crate::runtime::{Fetched, Trouble, read_file, read_source};

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The feed; `-` for standard input.
    #[arg(value_name = "FILE|URL")]
    source: String,
}

#[derive(Serialize)]
struct Report {
    format: FeedFormat,
    title: Option<String>,
    link: Option<String>,
    description: Option<String>,
    language: Option<String>,
    image: Option<String>,
    author: Option<String>,
    next_page: Option<String>,
    new_feed_url: Option<String>,
    warnings: Vec<String>,
    episodes: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    guid: String,
    title: Option<String>,
    link: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    duration_ms: Option<u64>,
    season: Option<u32>,
    episode: Option<u32>,
    #[serde(rename = "type")]
    kind: Option<String>,
    explicit: Option<bool>,
    image: Option<String>,
    author: Option<String>,
    enclosure: Option<Enclosure>,
    notes_html: String,
    chapters_url: Option<String>,
    chapters: Vec<Chapter>,
    transcripts: Vec<TranscriptLink>,
    soundbites: Vec<Soundbite>,
    persons: Vec<Person>,
    #[serde(skip)]
    day: String,
}

impl From<ParsedFeed> for Report {
    fn from(feed: ParsedFeed) -> Self {
        Self {
            format: feed.format,
            title: feed.title,
            link: feed.link,
            description: feed.description,
            language: feed.language,
            image: feed.image,
            author: feed.author,
            next_page: feed.next_page,
            new_feed_url: feed.new_feed_url,
            warnings: feed.warnings,
            episodes: feed.episodes.into_iter().map(Row::from).collect(),
        }
    }
}

impl From<ParsedEpisode> for Row {
    fn from(episode: ParsedEpisode) -> Self {
        Self {
            guid: episode.guid,
            title: episode.title,
            link: episode.link,
            published: date(episode.published),
            updated: date(episode.updated),
            duration_ms: episode.duration_ms,
            season: episode.season,
            episode: episode.number,
            kind: episode.kind,
            explicit: episode.explicit,
            image: episode.image,
            author: episode.author,
            enclosure: episode.enclosure,
            notes_html: episode.notes_html,
            chapters_url: episode.chapters_url,
            chapters: episode.chapters,
            transcripts: episode.transcripts,
            soundbites: episode.soundbites,
            persons: episode.persons,
            day: day(episode.published),
        }
    }
}

pub(super) fn run(context: &Context, args: &Inspect) -> Outcome {
    let fetched = fetch(context, &args.source)?;
    let feed = crate::feed::parse(&fetched.bytes, Some(&fetched.url), fetched.mime.as_deref())
        .map_err(|err| Trouble::doing(&format!("inspecting {}", args.source), &err))?;
    let report = Report::from(feed);
    context.out.print(&report, |sheet| draw(sheet, &report))?;
    Ok(code(false))
}

fn fetch(context: &Context, source: &str) -> Result<Fetched, Failure> {
    match Named::of(source) {
        Named::File(name) => Ok(read_file(&name)?),
        Named::Url(url) => context
            .with_services(async |services| Ok(read_source(&services, &url, Accept::Feed).await?)),
        Named::Episode(name) => {
            let why = format!("inspecting {name}: there is no such file, and it is no address");
            Err(Trouble::new(why).into())
        }
    }
}

fn draw(sheet: &mut Sheet, report: &Report) {
    let or = |text: &Option<String>| text.clone().unwrap_or_default();
    sheet.put(Ink::Bold, &crate::text::clean_line(&or(&report.title))).end();
    let facts = [Some(format!("{:?}", report.format)), report.author.clone(), report.link.clone()];
    sheet.line(&facts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    for warning in &report.warnings {
        sheet.put(Ink::Bad, "! ").line(warning);
    }
    for episode in &report.episodes {
        sheet.put(Ink::Dim, &format!("{:<10}  ", episode.day)).say(&or(&episode.title));
        if let Some(length) = episode.duration_ms {
            sheet.put(Ink::Dim, &format!("  {}", clock(length)));
        }
        sheet.end();
    }
}
