//! `mark EPISODE…`: heard, or not heard.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use super::several::{Failed, Named, named};
use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::sheet::Ink;
use crate::model::{EpisodeId, Position};
use crate::runtime::Trouble;

/// Arguments of `mark`.
#[derive(Debug, Args)]
pub(crate) struct Mark {
    /// Episodes: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE", required = true)]
    episodes: Vec<String>,
    #[command(flatten)]
    how: How,
    /// Also all older episodes of the same show.
    #[arg(long)]
    up_to: bool,
}

/// Exactly one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct How {
    /// They were heard.
    #[arg(long)]
    played: bool,
    /// They were not heard.
    #[arg(long)]
    unplayed: bool,
}

#[derive(Serialize)]
struct Report {
    /// The episodes that are marked so now.
    marked: Vec<Row>,
    failed: Vec<Failed>,
    /// How many of them were not marked so before.
    changed: usize,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    played: bool,
    position_ms: u64,
}

pub(super) fn run(context: &Context, args: &Mark) -> Outcome {
    let played = args.how.played;
    let report = context.with_services(async |services| {
        let Named { found, failed } = named(&services.desk, &args.episodes).await;
        let (ids, up_to) = (found.iter().map(|e| e.id).collect::<Vec<_>>(), args.up_to);
        let work = move |store: &crate::store::Store| {
            let mut all = ids;
            if up_to {
                let older = all.iter().map(|id| store.up_to(*id));
                all = older.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
            }
            let mut seen = BTreeSet::new();
            all.retain(|id| seen.insert(*id));
            let changed = store.mark_played(&all, played)?;
            Ok((store.summaries(&all)?, changed))
        };
        let done = services.desk.ask(work).await;
        let (all, changed): (_, Vec<(EpisodeId, Position)>) =
            done.map_err(|err| Trouble::doing("marking episodes", &err))?;
        let rows = all.into_iter().map(|episode| Row {
            id: episode.id.0.to_string(),
            title: episode.title,
            played: episode.position.played,
            position_ms: episode.position.ms,
        });
        Ok(Report { marked: rows.collect(), failed, changed: changed.len() })
    })?;
    Failed::complain(&report.failed);
    context.out.print(&report, |sheet| {
        for row in &report.marked {
            let mark = if row.played { "✓" } else { "•" };
            sheet.put(Ink::Dim, &format!("{:>5} {mark} ", row.id)).line(&row.title);
        }
    })?;
    Ok(code(!report.failed.is_empty()))
}
