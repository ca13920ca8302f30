//! `export`: an episode as a Snipd-style note, or the subscriptions as OPML.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::named;
use crate::cli::output::Output;
use crate::feed::opml;
use crate::runtime::{Services, Trouble, export_note, write_whole};
use crate::store::Store;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The episode: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE", required_unless_present = "opml", conflicts_with = "opml")]
    episode: Option<String>,
    /// The subscriptions instead of an episode.
    #[arg(long)]
    opml: bool,
    /// The file to write; standard output without it.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report<'a> {
    /// The file that was written.
    path: Option<String>,
    /// What was exported, where no file was named.
    text: Option<&'a str>,
}

pub(super) fn run(context: &Context, args: &Export) -> Outcome {
    let text = context.with_services(async |services| match &args.episode {
        Some(name) => {
            let id = named::episode(&services.desk, name).await?.id;
            Ok(export_note(&services, id).await?.0)
        }
        None => Ok(subscriptions(&services).await?),
    })?;
    let text = crate::text::clean(&text);
    match &args.output {
        Some(path) if path.as_os_str() != "-" => {
            write_whole(path, text.as_bytes())?;
            let path = path.display().to_string();
            let report = Report { path: Some(path.clone()), text: None };
            context.out.print(&report, |sheet| {
                sheet.say("written to ").line(&path);
            })?;
        }
        _ if context.out.json => Output::document(&Report { path: None, text: Some(&text) })?,
        _ => Output::text(&text)?,
    }
    Ok(code(false))
}

/// The subscriptions as OPML; the embedded show is part of every program and is left out.
async fn subscriptions(services: &Services) -> Result<String, Trouble> {
    let shows = services.desk.ask(Store::shows).await?;
    let outlines: Vec<opml::Outline> = shows
        .into_iter()
        .filter(|show| !show.url.starts_with("welcome:"))
        .map(|show| opml::Outline { title: show.title, url: show.url, ..opml::Outline::default() })
        .collect();
    Ok(opml::write("latetalk", &outlines))
}
