//! `queue`: lists what plays next, adds to it, takes from it.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::several::{Failed, Named, named};
use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::sheet::{Ink, Sheet};
use crate::model::{EpisodeId, EpisodeSummary, clock};
use crate::runtime::Trouble;

/// Arguments of `queue`.
#[derive(Debug, Args)]
pub(crate) struct Queue {
    #[command(subcommand)]
    action: Option<Action>,
}

/// What to do with the queue; without a word it is listed.
#[derive(Debug, Subcommand)]
enum Action {
    /// Put episodes at the end; those that are there already go there.
    Add(Episodes),
    /// Let episodes play next, in this order.
    Next(Episodes),
    /// List what plays next.
    List,
    /// Take all out.
    Clear,
    /// Take episodes out.
    Remove(Episodes),
}

#[derive(Debug, Args)]
struct Episodes {
    /// Episodes: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE", required = true)]
    episodes: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    /// The queue as it is now, next first.
    queue: Vec<Row>,
    /// The length of all in it, as far as it is known.
    duration_ms: u64,
    failed: Vec<Failed>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    show: String,
    show_title: String,
    title: String,
    duration_ms: Option<u64>,
    position_ms: u64,
    downloaded: bool,
}

impl From<EpisodeSummary> for Row {
    fn from(episode: EpisodeSummary) -> Self {
        Self {
            id: episode.id.0.to_string(),
            show: episode.show.0.to_string(),
            show_title: episode.show_title,
            title: episode.title,
            duration_ms: episode.duration_ms,
            position_ms: episode.position.ms,
            downloaded: episode.downloaded,
        }
    }
}

pub(super) fn run(context: &Context, args: Queue) -> Outcome {
    let action = args.action.unwrap_or(Action::List);
    let report = context.with_services(async |services| {
        let names = match &action {
            Action::Add(named) | Action::Next(named) | Action::Remove(named) => &named.episodes[..],
            Action::List | Action::Clear => &[],
        };
        let Named { found, failed } = named(&services.desk, names).await;
        let ids: Vec<EpisodeId> = found.iter().map(|episode| episode.id).collect();
        let done = services.desk.ask(move |store| {
            if !matches!(action, Action::List) {
                store.change_queue(|queue| edit(queue, &ids, &action))?;
            }
            store.queue()
        });
        let queue = done.await.map_err(|err| Trouble::doing("the queue", &err))?;
        let duration_ms = queue.iter().filter_map(|episode| episode.duration_ms).sum();
        Ok(Report { queue: queue.into_iter().map(Row::from).collect(), duration_ms, failed })
    })?;
    Failed::complain(&report.failed);
    context.out.print(&report, |sheet| {
        let rows = (1..).zip(&report.queue);
        rows.for_each(|(place, row)| draw(sheet, place, row));
    })?;
    Ok(code(!report.failed.is_empty()))
}

/// The queue after an action on these episodes.
fn edit(mut queue: Vec<EpisodeId>, ids: &[EpisodeId], action: &Action) -> Vec<EpisodeId> {
    queue.retain(|id| !ids.contains(id));
    match action {
        Action::Add(_) => queue.extend(ids),
        Action::Next(_) => {
            queue.splice(0..0, ids.iter().copied());
        }
        Action::Clear => queue.clear(),
        Action::Remove(_) | Action::List => {}
    }
    queue
}

fn draw(sheet: &mut Sheet, place: usize, row: &Row) {
    sheet.put(Ink::Dim, &format!("{place:>3}  {:>5}  ", row.id));
    sheet.put(Ink::Bold, &row.title);
    if let Some(length) = row.duration_ms {
        sheet.say(&format!("  {}", clock(length)));
    }
    sheet.put(Ink::Dim, &format!("  {}", row.show_title)).end();
}
