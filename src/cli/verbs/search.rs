//! `search QUERY`: everything in the library that holds all words of the query.

use std::time::Instant;

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::sheet::{Ink, Sheet};
use crate::model::{Millis, clock};
use crate::store::{Hit, HitKind};

/// Hits without `--limit`.
const HITS: usize = 50;

/// Arguments of `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words; quotes hold words together.
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Where to look: shows, episodes, notes, transcripts, articles, snips.
    #[arg(long = "in", value_name = "KINDS", value_delimiter = ',', value_parser = kind)]
    kinds: Vec<HitKind>,
    /// At most so many hits; 50 without it.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

fn kind(name: &str) -> Result<HitKind, String> {
    HitKind::from_name(name.trim()).ok_or_else(|| {
        let names: Vec<&str> = HitKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("it is one of {}", names.join(", "))
    })
}

#[derive(Serialize)]
struct Report {
    hits: Vec<Row>,
    elapsed_ms: u64,
}

#[derive(Serialize)]
struct Row {
    kind: &'static str,
    id: String,
    title: String,
    snippet: String,
    ms: Option<Millis>,
    score: f64,
}

impl From<Hit> for Row {
    fn from(hit: Hit) -> Self {
        let Hit { kind, id, title, snippet, ms, score } = hit;
        Self { kind: kind.name(), id, title, snippet, ms, score }
    }
}

pub(super) fn run(context: &Context, args: Search) -> Outcome {
    let report = context.with_services(async |services| {
        let (query, kinds) = (args.query.join(" "), args.kinds);
        let limit = args.limit.unwrap_or(HITS);
        let started = Instant::now();
        let hits = services.desk.ask(move |store| store.search(&query, &kinds, limit)).await?;
        let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Report { hits: hits.into_iter().map(Row::from).collect(), elapsed_ms })
    })?;
    context.out.print(&report, |sheet| report.hits.iter().for_each(|row| draw(sheet, row)))?;
    Ok(code(false))
}

fn draw(sheet: &mut Sheet, row: &Row) {
    sheet.put(Ink::Dim, &format!("{:<11} {:>5}  ", row.kind, row.id)).put(Ink::Bold, &row.title);
    if let Some(ms) = row.ms {
        sheet.say(&format!("  {}", clock(ms)));
    }
    sheet.end();
    if row.snippet != row.title {
        sheet.say("                   ").line(&row.snippet);
    }
}
