//! `episodes`: the episodes of the library, the newest first.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code, date, day};
use crate::cli::context::Context;
use crate::cli::named;
use crate::cli::sheet::{Ink, Sheet};
use crate::lang::{self, Tongue};
use crate::model::{Enclosure, EpisodeOrder, EpisodeSummary, Wanted, clock};
use crate::store::{EpisodeFilter, EpisodeState};

/// Arguments of `episodes`.
#[derive(Debug, Args)]
pub(crate) struct Episodes {
    /// Only those of this show: id, feed address or title.
    #[arg(long, value_name = "SHOW")]
    show: Option<String>,
    #[command(flatten)]
    state: State,
    /// Only those that meet a filter as the screen has it: `is:new tag:AI <60m words`.
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true, value_parser = wanted)]
    filter: Option<Wanted>,
    /// In this order.
    #[arg(long, value_name = "ORDER", value_parser = order, default_value = "newest")]
    sort: EpisodeOrder,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
}

/// One of these at most.
#[derive(Debug, Args)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "a flag each")]
struct State {
    /// Only those not heard to the end.
    #[arg(long)]
    unplayed: bool,
    /// Only those that are on this machine.
    #[arg(long)]
    downloaded: bool,
    /// Only those that were begun.
    #[arg(long)]
    in_progress: bool,
    /// Only those with a star.
    #[arg(long)]
    starred: bool,
}

impl State {
    fn state(&self) -> Option<EpisodeState> {
        [
            (self.unplayed, EpisodeState::Unplayed),
            (self.downloaded, EpisodeState::Downloaded),
            (self.in_progress, EpisodeState::InProgress),
            (self.starred, EpisodeState::Starred),
        ]
        .into_iter()
        .find_map(|(wanted, state)| wanted.then_some(state))
    }
}

/// Reads a filter.
fn wanted(text: &str) -> Result<Wanted, String> {
    Wanted::read(text).map_err(|problem| lang::filter_problem(Tongue::English, &problem))
}

/// Reads an order.
fn order(name: &str) -> Result<EpisodeOrder, String> {
    EpisodeOrder::named(name).ok_or_else(|| {
        let names: Vec<&str> = EpisodeOrder::ALL.iter().map(|order| order.name()).collect();
        format!("an order is one of {}", names.join(", "))
    })
}

#[derive(Serialize)]
struct Report {
    episodes: Vec<Row>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing that is so or not")]
struct Row {
    id: String,
    show: String,
    show_title: String,
    guid: String,
    title: String,
    number: Option<u32>,
    season: Option<u32>,
    published: Option<String>,
    duration_ms: Option<u64>,
    position_ms: u64,
    played: bool,
    downloaded: bool,
    starred: bool,
    archived: bool,
    enclosure: Option<Enclosure>,
    link: Option<String>,
    #[serde(skip)]
    day: String,
}

impl From<EpisodeSummary> for Row {
    fn from(episode: EpisodeSummary) -> Self {
        Self {
            id: episode.id.0.to_string(),
            show: episode.show.0.to_string(),
            show_title: episode.show_title,
            guid: episode.guid,
            title: episode.title,
            number: episode.number,
            season: episode.season,
            published: date(episode.published),
            duration_ms: episode.duration_ms,
            position_ms: episode.position.ms,
            played: episode.position.played,
            downloaded: episode.downloaded,
            starred: episode.starred,
            archived: episode.archived,
            enclosure: episode.enclosure,
            link: episode.link,
            day: day(episode.published),
        }
    }
}

pub(super) fn run(context: &Context, args: &Episodes) -> Outcome {
    let episodes = context.with_services(async |services| {
        let mut filter = EpisodeFilter {
            state: args.state.state(),
            wanted: args.filter.clone().unwrap_or_default(),
            order: args.sort,
            limit: args.limit,
            ..EpisodeFilter::default()
        };
        if let Some(show) = &args.show {
            filter.show = Some(named::show(&services.desk, show).await?.id);
        }
        Ok(services.desk.ask(move |store| store.episodes(&filter)).await?)
    })?;
    let report = Report { episodes: episodes.into_iter().map(Row::from).collect() };
    context.out.print(&report, |sheet| report.episodes.iter().for_each(|row| draw(sheet, row)))?;
    Ok(code(false))
}

fn draw(sheet: &mut Sheet, row: &Row) {
    let mark = match (row.played, row.position_ms > 0) {
        (true, _) => "✓",
        (false, true) => "▸",
        (false, false) => " ",
    };
    sheet.put(Ink::Dim, &format!("{:>5} {mark} {:<10}  ", row.id, row.day));
    sheet.put(Ink::Bold, &row.title);
    if let Some(length) = row.duration_ms {
        sheet.say(&format!("  {}", clock(length)));
    }
    sheet.put(Ink::Dim, &format!("  {}", row.show_title));
    if row.starred {
        sheet.put(Ink::Dim, "  ★");
    }
    if row.downloaded {
        sheet.put(Ink::Good, "  ↓");
    }
    sheet.end();
}
