//! `download EPISODE…`: keeps recordings, and on request the articles that the notes link to.

use clap::Args;
use futures_util::StreamExt;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::named;
use crate::cli::output::complain;
use crate::cli::progress::{Progress, megabytes};
use crate::cli::sheet::{Ink, Sheet};
use crate::downloads::CancelFlag;
use crate::lang::{self, Tongue};
use crate::model::{Completed, EpisodeSummary, Part};
use crate::runtime::{Made, Services, Step, Trouble, complete, download, path_of};

/// Arguments of `download`.
#[derive(Debug, Args)]
pub(crate) struct Download {
    /// Episodes: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE", required = true)]
    episodes: Vec<String>,
    /// Also keep transcript, chapters, cover, and the pages that the notes link to with their pictures.
    #[arg(long)]
    with_articles: bool,
}

#[derive(Serialize)]
struct Report {
    downloads: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    episode: String,
    path: Option<String>,
    bytes: Option<u64>,
    status: &'static str,
    error: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    all: Option<All>,
}

impl Row {
    /// A recording that is there.
    fn of(episode: &EpisodeSummary, status: &'static str, path: String, bytes: u64) -> Self {
        let (episode, path, bytes) = (episode.id.0.to_string(), Some(path), Some(bytes));
        Self { episode, path, bytes, status, error: None, all: None }
    }

    /// A recording that is not.
    fn failed(episode: String, why: &Trouble) -> Self {
        let error = Some(why.to_string());
        Self { episode, path: None, bytes: None, status: "failed", error, all: None }
    }
}

/// All that belongs to an episode.
#[derive(Serialize)]
struct All {
    complete: bool,
    articles: Articles,
    pictures: Pictures,
    transcript: Thing,
    chapters: Thing,
    cover: Thing,
    #[serde(skip)]
    summary: String,
}

/// The pages that the notes link to.
#[derive(Serialize)]
struct Articles {
    kept: usize,
    failed: Vec<Unread>,
    /// Links that lead to no page to be read.
    skipped: Vec<Unread>,
}

#[derive(Serialize)]
struct Unread {
    url: String,
    error: String,
}

#[derive(Serialize)]
struct Pictures {
    kept: usize,
    failed: usize,
}

/// One thing that belongs to it: `none` where the feed names none.
#[derive(Serialize)]
struct Thing {
    status: &'static str,
    error: Option<String>,
}

impl From<Part> for Thing {
    fn from(part: Part) -> Self {
        match part {
            Part::Absent => Self { status: "none", error: None },
            Part::Kept => Self { status: "kept", error: None },
            Part::Failed(why) => Self { status: "failed", error: Some(why) },
        }
    }
}

impl All {
    fn of(title: &str, all: Completed) -> Self {
        let summary = lang::summary(Tongue::English, title, &all);
        let complete = all.is_complete();
        let failed = all.missing.into_iter().map(|m| Unread { url: m.url, error: m.why });
        let skipped = all.no_articles.into_iter().map(|(url, error)| Unread { url, error });
        let (failed, skipped) = (failed.collect(), skipped.collect());
        Self {
            complete,
            articles: Articles { kept: all.articles, failed, skipped },
            pictures: Pictures { kept: all.pictures, failed: all.pictures_failed },
            transcript: all.transcript.into(),
            chapters: all.chapters.into(),
            cover: all.cover.into(),
            summary,
        }
    }

    /// What failed, a sentence each.
    fn troubles(&self) -> impl Iterator<Item = String> {
        let things = [
            ("transcript", &self.transcript),
            ("chapters", &self.chapters),
            ("cover", &self.cover),
        ];
        let things = things.into_iter().filter_map(|(name, thing)| {
            thing.error.as_ref().map(|why| format!("keeping the {name}: {why}"))
        });
        let pages = self.articles.failed.iter();
        things.chain(pages.map(|unread| format!("keeping {}: {}", unread.url, unread.error)))
    }
}

pub(super) fn run(context: &Context, args: Download) -> Outcome {
    let rows = context.with_services(async |services| {
        let progress = Progress::new();
        let at_once = services.settings.network.downloads_at_once.clamp(1, 8);
        let (services, progress) = (&services, &progress);
        let rows = futures_util::stream::iter(args.episodes)
            .map(|name| one(services, name, args.with_articles, progress))
            .buffered(at_once);
        Ok(rows.collect::<Vec<Row>>().await)
    })?;
    let report = Report { downloads: rows };
    for row in &report.downloads {
        if let Some(why) = &row.error {
            complain(why);
        }
        row.all.iter().flat_map(All::troubles).for_each(|why| complain(&why));
    }
    context.out.print(&report, |sheet| report.downloads.iter().for_each(|row| draw(sheet, row)))?;
    Ok(code(report.downloads.iter().any(|row| row.status == "failed")))
}

fn draw(sheet: &mut Sheet, row: &Row) {
    let ink = if row.error.is_some() { Ink::Bad } else { Ink::Good };
    sheet.put(ink, &format!("{:<8}", row.status)).say(&format!("{:>5}  ", row.episode));
    sheet.say(row.path.as_deref().unwrap_or_default());
    if let Some(bytes) = row.bytes {
        sheet.put(Ink::Dim, &format!("  {}", megabytes(bytes)));
    }
    sheet.end();
    if let Some(all) = &row.all {
        sheet.put(Ink::Dim, &format!("                {}", all.summary)).end();
    }
}

async fn one(services: &Services, name: String, articles: bool, progress: &Progress) -> Row {
    let episode = match named::episode(&services.desk, &name).await {
        Ok(episode) => episode,
        Err(why) => return Row::failed(name, &why),
    };
    let done = if articles {
        everything(services, &episode, progress).await
    } else {
        recording(services, &episode, progress).await
    };
    done.unwrap_or_else(|why| Row::failed(episode.id.0.to_string(), &why))
}

/// The recording and all else.
async fn everything(
    services: &Services,
    episode: &EpisodeSummary,
    progress: &Progress,
) -> Result<Row, Trouble> {
    let title = &episode.title;
    let tell = |step: Step| match step {
        Step::Recording(now) => bytes(progress, now, title),
        Step::Recorded => {}
        Step::Pages(done, all) => progress.tell(|| format!("{done} of {all} pages  {title}")),
    };
    let Made { recording, all } = complete(services, episode.id, tell, &CancelFlag::new()).await?;
    let mut row = match (recording, &all.recording) {
        (Some(file), _) => {
            let status = if file.already { "already" } else { "done" };
            Row::of(episode, status, file.path.display().to_string(), file.bytes)
        }
        (None, Part::Failed(why)) => Row::failed(episode.id.0.to_string(), &Trouble::new(why)),
        (None, _) => {
            let why = format!("downloading {title}: the feed names no recording for it");
            Row::failed(episode.id.0.to_string(), &Trouble::new(why))
        }
    };
    row.all = Some(All::of(title, all));
    Ok(row)
}

fn bytes(progress: &Progress, now: crate::downloads::Progress, title: &str) {
    progress.tell(|| {
        let of = now.total.map(|total| format!(" of {}", megabytes(total)));
        format!("{}{}  {title}", megabytes(now.bytes), of.unwrap_or_default())
    });
}

async fn recording(
    services: &Services,
    episode: &EpisodeSummary,
    progress: &Progress,
) -> Result<Row, Trouble> {
    if let Some((path, bytes)) = local(episode) {
        return Ok(Row::of(episode, "already", path, bytes));
    }
    let tell = |now| bytes(progress, now, &episode.title);
    let done = download(services, episode.id, tell, CancelFlag::new()).await?;
    let status = if done.already { "already" } else { "done" };
    Ok(Row::of(episode, status, done.path.display().to_string(), done.bytes))
}

/// A recording that is a local file needs no download.
fn local(episode: &EpisodeSummary) -> Option<(String, u64)> {
    let url = episode.enclosure.as_ref().map(|enclosure| enclosure.url.as_str())?;
    let path = url.starts_with("file:").then(|| path_of(url))?;
    let bytes = std::fs::metadata(&path).ok()?.len();
    Some((path.display().to_string(), bytes))
}
