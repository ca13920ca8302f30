//! `star EPISODE…`: gives a star, or takes it away. Starred recordings are never cleaned up.

use clap::Args;
use serde::Serialize;

use super::several::{Failed, Named, named};
use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::sheet::Ink;
use crate::runtime::Trouble;

/// Arguments of `star`.
#[derive(Debug, Args)]
pub(crate) struct Star {
    /// Episodes: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE", required = true)]
    episodes: Vec<String>,
    /// Take the star away.
    #[arg(long)]
    off: bool,
}

#[derive(Serialize)]
struct Report {
    starred: Vec<Row>,
    failed: Vec<Failed>,
    /// How many of them are another than before.
    changed: usize,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    starred: bool,
}

pub(super) fn run(context: &Context, args: &Star) -> Outcome {
    let on = !args.off;
    let report = context.with_services(async |services| {
        let Named { found, failed } = named(&services.desk, &args.episodes).await;
        let ids: Vec<_> = found.iter().map(|episode| episode.id).collect();
        let changed = services.desk.ask(move |store| store.set_starred(&ids, on)).await;
        let changed = changed.map_err(|err| Trouble::doing("starring episodes", &err))?;
        let rows = found.into_iter().map(|episode| Row {
            id: episode.id.0.to_string(),
            title: episode.title,
            starred: on,
        });
        Ok(Report { starred: rows.collect(), failed, changed: changed.len() })
    })?;
    Failed::complain(&report.failed);
    context.out.print(&report, |sheet| {
        for row in &report.starred {
            let mark = if row.starred { "★" } else { "☆" };
            sheet.put(Ink::Dim, &format!("{:>5} {mark} ", row.id)).line(&row.title);
        }
    })?;
    Ok(code(!report.failed.is_empty()))
}
