//! `import FILE…`: subscriptions (OPML) or Snipd-style notes; the same file again changes nothing.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::input::{Input, called};
use crate::cli::output::complain;
use crate::cli::sheet::Ink;
use crate::feed::opml;
use crate::kind::Kind;
use crate::runtime::{Services, Trouble, import_text, listed, now};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// OPML or Snipd-style Markdown; `-` for standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

/// How many were new, and what could not be taken in.
#[derive(Serialize, Default)]
struct Report {
    shows: usize,
    episodes: usize,
    snips: usize,
    skipped: Vec<Skipped>,
    failed: Vec<Failed>,
}

#[derive(Serialize)]
struct Skipped {
    file: String,
    line: usize,
    why: String,
}

#[derive(Serialize)]
struct Failed {
    file: String,
    error: String,
}

/// What one file brought.
#[derive(Default)]
struct Brought {
    shows: usize,
    episodes: usize,
    snips: usize,
    skipped: Vec<(usize, String)>,
}

pub(super) fn run(context: &Context, args: Import) -> Outcome {
    let report = context.with_services(async |services| {
        let mut report = Report::default();
        for file in args.files {
            match take_in(&services, &file).await {
                Ok(brought) => {
                    report.shows += brought.shows;
                    report.episodes += brought.episodes;
                    report.snips += brought.snips;
                    let skipped = brought.skipped.into_iter();
                    let skipped =
                        skipped.map(|(line, why)| Skipped { file: file.clone(), line, why });
                    report.skipped.extend(skipped);
                }
                Err(why) => {
                    complain(&format!("importing {file}: {why}"));
                    report.failed.push(Failed { file, error: why.to_string() });
                }
            }
        }
        Ok(report)
    })?;
    context.out.print(&report, |sheet| {
        let Report { shows, episodes, snips, .. } = &report;
        sheet.line(&format!("new: {shows} shows, {episodes} episodes, {snips} snips"));
        for skipped in &report.skipped {
            sheet.put(Ink::Dim, &format!("{}:{}: ", skipped.file, skipped.line)).line(&skipped.why);
        }
    })?;
    Ok(code(!report.failed.is_empty()))
}

async fn take_in(services: &Services, name: &str) -> Result<Brought, Trouble> {
    let wrong = |kind| {
        let called = called(kind);
        Trouble::new(format!("it is {called}, neither OPML nor Snipd-style Markdown"))
    };
    let file = match Input::open(name)? {
        Input::Recording(_) => return Err(wrong(Kind::Audio)),
        Input::Whole(file) => file,
    };
    match file.kind {
        Kind::Opml => subscriptions(services, &file.bytes).await,
        Kind::SnipdNote | Kind::Markdown | Kind::PlainText => {
            let taken = import_text(services, file.text()).await?;
            Ok(Brought {
                shows: taken.shows,
                episodes: taken.episodes,
                snips: taken.snips,
                skipped: taken.skipped,
            })
        }
        Kind::Unknown if file.text().trim().is_empty() => Err(Trouble::new("it is empty")),
        // Lists whose outermost element was lost are lists all the same.
        Kind::Unknown | Kind::Html if opml::parse(&file.bytes).is_ok() => {
            subscriptions(services, &file.bytes).await
        }
        kind => Err(wrong(kind)),
    }
}

/// Subscribes to all feeds of a list in one go; asks none of them.
async fn subscriptions(services: &Services, bytes: &[u8]) -> Result<Brought, Trouble> {
    let mut list = opml::parse(bytes).map_err(|err| Trouble::new(err.to_string()))?;
    let skipped = std::mem::take(&mut list.skipped);
    let shows = listed(services, list)?;
    let work = move |store: &crate::store::Store| store.add_listed(&shows, now());
    let added = services.desk.ask(work).await?;
    let shows = added.iter().filter(|added| !added.existed).count();
    Ok(Brought { shows, skipped, ..Brought::default() })
}
