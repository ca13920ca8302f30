//! `refresh [SHOW…]`: asks the shows named, or all, for what is new; at once, whatever is due.

use std::time::Instant;

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::named;
use crate::cli::output::complain;
use crate::cli::progress::Progress;
use crate::cli::sheet::{Ink, Sheet};
use crate::model::{Show, ShowId};
use crate::runtime::{MOST_PAGES, Refreshed, Services, ShowRefresh, older, refresh};
use crate::store::Store;

/// Arguments of `refresh`.
#[derive(Debug, Args)]
pub(crate) struct Refresh {
    /// Ids, feed addresses or titles; all shows if there is none.
    #[arg(value_name = "SHOW")]
    shows: Vec<String>,
    /// Also ask for all older pages of the feeds named, where they come in pages.
    #[arg(long, requires = "shows")]
    all_pages: bool,
}

#[derive(Serialize)]
struct Report {
    shows: Vec<Row>,
    elapsed_ms: u64,
}

#[derive(Serialize)]
struct Row {
    id: Option<String>,
    title: String,
    url: Option<String>,
    status: &'static str,
    new: usize,
    changed: usize,
    error: Option<String>,
}

pub(super) fn run(context: &Context, args: Refresh) -> Outcome {
    let started = Instant::now();
    let shows = context.with_services(async |services| {
        let (shows, unknown) = wanted(&services, args.shows).await?;
        let order: Vec<ShowId> = shows.iter().map(|show| show.id).collect();
        let mut done = ask(&services, shows).await;
        done.sort_by_key(|done| order.iter().position(|id| *id == done.show.id));
        let mut rows = Vec::with_capacity(done.len() + unknown.len());
        for refreshed in done {
            let mut row = row(&services, refreshed.clone()).await?;
            if args.all_pages && row.error.is_none() {
                add_older(&services, refreshed.show.id, &mut row).await;
            }
            rows.push(row);
        }
        rows.extend(unknown);
        Ok(rows)
    })?;
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let report = Report { shows, elapsed_ms };
    for row in &report.shows {
        if let Some(why) = &row.error {
            complain(&format!("refreshing {}: {why}", row.title));
        }
    }
    context.out.print(&report, |sheet| report.shows.iter().for_each(|row| draw(sheet, row)))?;
    Ok(code(report.shows.iter().any(|row| matches!(row.status, "failed" | "gone"))))
}

/// The shows named (each once), and a row for each name that means none.
async fn wanted(services: &Services, names: Vec<String>) -> Result<(Vec<Show>, Vec<Row>), Failure> {
    if names.is_empty() {
        return Ok((services.desk.ask(Store::shows).await?, Vec::new()));
    }
    let (mut shows, mut unknown): (Vec<Show>, Vec<Row>) = (Vec::new(), Vec::new());
    for name in names {
        let why = match named::show(&services.desk, &name).await {
            Ok(show) if !show.subscribed => "it is not subscribed: add it first".to_owned(),
            Ok(show) => {
                if !shows.iter().any(|known| known.id == show.id) {
                    shows.push(show);
                }
                continue;
            }
            Err(why) => why.to_string(),
        };
        unknown.push(Row {
            id: None,
            title: name,
            url: None,
            status: "failed",
            new: 0,
            changed: 0,
            error: Some(why),
        });
    }
    Ok((shows, unknown))
}

async fn ask(services: &Services, shows: Vec<Show>) -> Vec<ShowRefresh> {
    let progress = Progress::new();
    let (all, done) = (shows.len(), std::cell::Cell::new(0_usize));
    refresh(
        services,
        shows,
        |_| {},
        |refreshed| {
            done.set(done.get() + 1);
            progress.tell(|| format!("{}/{all} {}", done.get(), refreshed.show.title));
        },
    )
    .await
}

/// The show as it is after the refresh: its title and address may be new.
async fn row(services: &Services, refreshed: ShowRefresh) -> Result<Row, Failure> {
    let ShowRefresh { show: before, how } = refreshed;
    let id = before.id;
    let show = services.desk.ask(move |store| store.show(id)).await?.unwrap_or(before);
    let (status, new, changed, error) = match how {
        Refreshed::Updated { new, changed } => ("updated", new, changed, None),
        Refreshed::Unchanged => ("unchanged", 0, 0, None),
        Refreshed::Failed { why, .. } => ("failed", 0, 0, Some(why)),
        Refreshed::Gone => {
            let why = "the feed is gone (410): it is no longer asked for";
            ("gone", 0, 0, Some(why.to_owned()))
        }
    };
    let (id, url) = (Some(id.0.to_string()), Some(show.url));
    Ok(Row { id, title: show.title, url, status, new, changed, error })
}

/// Asks for the older pages of a show; how many episodes they brought joins its row.
async fn add_older(services: &Services, id: ShowId, row: &mut Row) {
    match older(services, id, MOST_PAGES, false).await {
        Ok(older) if older.new > 0 => {
            row.status = "updated";
            row.new += older.new;
        }
        Ok(_) => {}
        Err(why) => {
            row.status = "failed";
            row.error = Some(why.to_string());
        }
    }
}

fn draw(sheet: &mut Sheet, row: &Row) {
    let ink = if row.error.is_some() { Ink::Bad } else { Ink::Dim };
    sheet.put(ink, &format!("{:<10}", row.status)).put(Ink::Bold, &row.title);
    if row.new > 0 {
        sheet.put(Ink::Good, &format!("  {} new", row.new));
    }
    if row.changed > 0 {
        sheet.say(&format!("  {} changed", row.changed));
    }
    sheet.end();
}
