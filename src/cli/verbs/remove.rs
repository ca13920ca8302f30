//! `remove SHOW`: unsubscribes; what the user made stays, unless it is to be purged.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::named;
use crate::cli::sheet::Ink;
use crate::model::Show;
use crate::runtime::{Services, Trouble, remove_download};
use crate::store::EpisodeFilter;

/// Arguments of `remove`.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Id, feed address or title.
    #[arg(value_name = "SHOW")]
    show: String,
    /// Also delete snips, positions and downloads.
    #[arg(long)]
    purge: bool,
}

#[derive(Serialize)]
struct Report {
    removed: Vec<Removed>,
}

#[derive(Serialize)]
struct Removed {
    id: String,
    title: String,
}

pub(super) fn run(context: &Context, args: &Remove) -> Outcome {
    let show = context.with_services(async |services| {
        let show = named::show(&services.desk, &args.show).await?;
        if !show.subscribed && !args.purge {
            let why = format!(
                "removing {}: it is not subscribed; --purge deletes what is kept of it",
                show.title
            );
            return Err(Trouble::new(why).into());
        }
        remove(&services, &show, args.purge).await?;
        Ok(show)
    })?;
    let report = Report { removed: vec![Removed { id: show.id.0.to_string(), title: show.title }] };
    context.out.print(&report, |sheet| {
        for show in &report.removed {
            sheet.say("removed ").put(Ink::Bold, &show.title).end();
        }
    })?;
    Ok(code(false))
}

async fn remove(services: &Services, show: &Show, purge: bool) -> Result<(), Trouble> {
    let id = show.id;
    if purge {
        // Recordings that were only streamed have files too, and no row in the library.
        let filter = EpisodeFilter { show: Some(id), ..EpisodeFilter::default() };
        let episodes = services.desk.ask(move |store| store.episode_ids(&filter)).await?;
        for episode in episodes {
            remove_download(services, episode).await?;
        }
    }
    services.desk.ask(move |store| store.remove_show(id, purge)).await?;
    Ok(())
}
