//! `add SOURCE…`: subscribes to what each source names.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::output::complain;
use crate::cli::progress::Progress;
use crate::cli::sheet::Ink;
use crate::runtime::{Services, Trouble, subscribe};

/// Arguments of `add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Feed address, web page, Apple Podcasts or 小宇宙 page, feed file, OPML.
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<String>,
}

#[derive(Serialize, Default)]
struct Report {
    added: Vec<Added>,
    failed: Vec<Failed>,
}

#[derive(Serialize)]
struct Added {
    id: String,
    title: String,
    url: String,
    episodes: usize,
    /// It was subscribed before.
    existed: bool,
}

#[derive(Serialize)]
struct Failed {
    source: String,
    error: String,
}

pub(super) fn run(context: &Context, args: Add) -> Outcome {
    let report = context.with_services(async |services| {
        let mut report = Report::default();
        let progress = Progress::new();
        for source in args.sources {
            progress.tell(|| format!("adding {source}"));
            match add(&services, &source).await {
                Ok(added) => report.added.extend(added),
                Err(why) => {
                    complain(&format!("adding {source}: {why}"));
                    report.failed.push(Failed { source, error: why.to_string() });
                }
            }
        }
        Ok(report)
    })?;
    context.out.print(&report, |sheet| {
        for show in &report.added {
            sheet.put(Ink::Dim, &format!("{}  ", show.id)).put(Ink::Bold, &show.title);
            let known = if show.existed { ", subscribed before" } else { "" };
            sheet.say(&format!("  {} episodes{known}", show.episodes)).end();
        }
    })?;
    Ok(code(!report.failed.is_empty()))
}

async fn add(services: &Services, source: &str) -> Result<Vec<Added>, Trouble> {
    if source == "-" {
        return Err(Trouble::new(
            "standard input has no address to refresh from: name a file, or `import -` a list",
        ));
    }
    let mut added = Vec::new();
    for subscription in subscribe(services, source).await? {
        let id = subscription.id;
        let Some(show) = services.desk.ask(move |store| store.show(id)).await? else { continue };
        added.push(Added {
            id: id.0.to_string(),
            title: show.title,
            url: show.url,
            episodes: subscription.episodes,
            existed: subscription.existed,
        });
    }
    Ok(added)
}
