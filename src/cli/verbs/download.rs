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
use crate::model::{EpisodeId, EpisodeSummary};
use crate::runtime::{
    Services, Trouble, download, notes_document, path_of, read_article, with_feed,
};

/// Most articles that are read for one episode, and at once.
const MOST_ARTICLES: usize = 60;
const ARTICLES_AT_ONCE: usize = 4;

/// Arguments of `download`.
#[derive(Debug, Args)]
pub(crate) struct Download {
    /// Episodes: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE", required = true)]
    episodes: Vec<String>,
    /// Also keep the pages that the notes link to.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<Articles>,
}

impl Row {
    /// A recording that is there.
    fn of(episode: &EpisodeSummary, status: &'static str, path: String, bytes: u64) -> Self {
        let (episode, path, bytes) = (episode.id.0.to_string(), Some(path), Some(bytes));
        Self { episode, path, bytes, status, error: None, articles: None }
    }

    /// A recording that is not.
    fn failed(episode: String, why: &Trouble) -> Self {
        let error = Some(why.to_string());
        Self { episode, path: None, bytes: None, status: "failed", error, articles: None }
    }
}

/// The pages that the notes link to.
#[derive(Serialize, Default)]
struct Articles {
    kept: usize,
    failed: Vec<Unread>,
}

#[derive(Serialize)]
struct Unread {
    url: String,
    error: String,
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
        for unread in row.articles.iter().flat_map(|articles| &articles.failed) {
            complain(&format!("keeping {}: {}", unread.url, unread.error));
        }
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
    if let Some(articles) = &row.articles {
        sheet.say(&format!("  {} articles", articles.kept));
    }
    sheet.end();
}

async fn one(services: &Services, name: String, articles: bool, progress: &Progress) -> Row {
    let episode = match named::episode(&services.desk, &name).await {
        Ok(episode) => episode,
        Err(why) => return Row::failed(name, &why),
    };
    let mut row = recording(services, &episode, progress)
        .await
        .unwrap_or_else(|why| Row::failed(episode.id.0.to_string(), &why));
    if articles {
        row.articles = match keep_articles(services, episode.id, progress).await {
            Ok(articles) => Some(articles),
            Err(why) => {
                complain(&format!("reading the notes of {}: {why}", episode.title));
                Some(Articles::default())
            }
        };
    }
    row
}

async fn recording(
    services: &Services,
    episode: &EpisodeSummary,
    progress: &Progress,
) -> Result<Row, Trouble> {
    if let Some((path, bytes)) = local(episode) {
        return Ok(Row::of(episode, "already", path, bytes));
    }
    let tell = |now: crate::downloads::Progress| {
        progress.tell(|| {
            let of = now.total.map(|total| format!(" of {}", megabytes(total)));
            format!("{}{}  {}", megabytes(now.bytes), of.unwrap_or_default(), episode.title)
        });
    };
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

/// Reads the pages that the notes link to, so that they are there offline.
async fn keep_articles(
    services: &Services,
    id: EpisodeId,
    progress: &Progress,
) -> Result<Articles, Trouble> {
    let (_, feed) = with_feed(services, id).await?;
    let episode = services.desk.ask(move |store| store.episode(id)).await?;
    let links = episode.map(|episode| notes_document(&episode).0.links).unwrap_or_default();
    let mut urls: Vec<String> = links.into_iter().map(|link| link.url).collect();
    urls.retain(|url| ["http:", "https:", "welcome:"].iter().any(|way| url.starts_with(way)));
    let mut seen = std::collections::HashSet::new();
    urls.retain(|url| seen.insert(crate::article::canonical_url(url)));
    urls.truncate(MOST_ARTICLES);
    let read = async |url: String| {
        progress.tell(|| format!("keeping {url}"));
        let kept = read_article(services, &url, feed.clone(), Some(id), false).await;
        (url, kept.map(|_| ()))
    };
    let mut articles = Articles::default();
    let mut done = futures_util::stream::iter(urls).map(read).buffer_unordered(ARTICLES_AT_ONCE);
    while let Some((url, kept)) = done.next().await {
        match kept {
            Ok(()) => articles.kept += 1,
            Err(why) => articles.failed.push(Unread { url, error: why.to_string() }),
        }
    }
    Ok(articles)
}
