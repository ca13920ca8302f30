//! `add SOURCE…`: subscribes to what each source names.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::output::complain;
use crate::cli::password;
use crate::cli::progress::Progress;
use crate::cli::sheet::Ink;
use crate::fetch::Login;
use crate::model::Secret;
use crate::runtime::{Services, Trouble, keep_login, subscribe};

/// Arguments of `add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Feed address, web page, Apple Podcasts or 小宇宙 page, feed file, OPML.
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<String>,
    /// The name to log in with at these feeds; the password comes from `LATETALK_PASSWORD`, the terminal
    /// or standard input.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
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
    /// How it was found, where that took several steps.
    steps: Vec<String>,
}

#[derive(Serialize)]
struct Failed {
    source: String,
    error: String,
}

pub(super) fn run(context: &Context, args: Add) -> Outcome {
    let password = args.user.as_deref().map(password::ask).transpose()?;
    let login = args.user.zip(password);
    let report = context.with_services(async |services| {
        let mut report = Report::default();
        let progress = Progress::new();
        for source in args.sources {
            // What is printed and logged has no password in it.
            let shown = Login::split(&source).0;
            progress.tell(|| format!("adding {shown}"));
            match add(&services, &source, login.as_ref()).await {
                Ok(added) => report.added.extend(added),
                Err(why) => {
                    complain(&format!("adding {shown}: {why}"));
                    report.failed.push(Failed { source: shown, error: why.to_string() });
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
            for step in &show.steps {
                sheet.put(Ink::Dim, "  ").line(step);
            }
        }
    })?;
    Ok(code(!report.failed.is_empty()))
}

/// Subscribes to one source, with a name and a password where they are given.
async fn add(
    services: &Services,
    source: &str,
    login: Option<&(String, String)>,
) -> Result<Vec<Added>, Trouble> {
    if source == "-" {
        return Err(Trouble::new(
            "standard input has no address to refresh from: name a file, or `import -` a list",
        ));
    }
    if let Some((user, password)) = login {
        let (address, _) = Login::split(source);
        let (user, password) = (user.clone(), Secret(password.clone()));
        keep_login(services, Login { address, user, password })?;
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
            steps: subscription.steps,
        });
    }
    Ok(added)
}
