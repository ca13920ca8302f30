//! `backup FILE` and `restore FILE`: everything but media in one file, to another machine and back.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{Outcome, code, date};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::progress::megabytes;
use crate::runtime::{Brought, Trouble, bring_back, now, pack_up};
use crate::store::Copied;

/// Arguments of `backup`.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write; one that is there is replaced.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Arguments of `restore`.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// A file of `backup`, or one of the folder of backups; without it these are listed.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Serialize)]
struct Counts {
    version: i64,
    shows: u64,
    episodes: u64,
    snips: u64,
}

impl From<Copied> for Counts {
    fn from(held: Copied) -> Self {
        let Copied { version, shows, episodes, snips } = held;
        Self { version, shows, episodes, snips }
    }
}

#[derive(Serialize)]
struct Written {
    path: String,
    bytes: u64,
    #[serde(flatten)]
    holds: Counts,
}

#[derive(Serialize)]
struct Report<'a> {
    path: &'a str,
    before: Option<String>,
    settings: bool,
    settings_before: Option<String>,
    #[serde(flatten)]
    holds: Counts,
}

#[derive(Serialize)]
struct Listed {
    backups: Vec<Kept>,
}

#[derive(Serialize)]
struct Kept {
    path: String,
    made: Option<String>,
    version: i64,
    bytes: u64,
}

/// Writes the file.
pub(super) fn back_up(context: &Context, args: &Backup) -> Outcome {
    let places = context.places()?;
    let file = absolute(&args.file);
    let (holds, bytes) = pack_up(&places, &file)?;
    let path = file.display().to_string();
    let report = Written { path, bytes, holds: holds.into() };
    context.out.print(&report, |sheet| {
        let Counts { shows, episodes, snips, .. } = report.holds;
        sheet.line(&format!(
            "{}: {shows} shows, {episodes} episodes, {snips} snips, {}; recordings stay here",
            report.path,
            megabytes(report.bytes)
        ));
    })?;
    Ok(code(false))
}

/// Brings what a file holds back, or lists the backups.
pub(super) fn restore(context: &Context, args: &Restore) -> Outcome {
    let Some(file) = &args.file else { return list(context) };
    let places = context.places()?;
    let file = absolute(file);
    if !file.is_file() {
        let why = format!("restoring {}: there is no such file; check the path", file.display());
        return Err(Failure::Trouble(Trouble::new(why)));
    }
    let Brought { holds, before, settings, settings_before } = bring_back(&places, &file, now())?;
    let named = file.display().to_string();
    let shown = |path: Option<PathBuf>| path.map(|path| path.display().to_string());
    let report = Report {
        path: &named,
        before: shown(before),
        settings,
        settings_before: shown(settings_before),
        holds: holds.into(),
    };
    context.out.print(&report, |sheet| {
        let Counts { shows, episodes, snips, .. } = report.holds;
        sheet.line(&format!("restored: {shows} shows, {episodes} episodes, {snips} snips"));
        if let Some(before) = &report.before {
            sheet.line(&format!("what was here before is kept in {before}"));
        }
        if let Some(before) = &report.settings_before {
            sheet.line(&format!("the settings from before are kept in {before}"));
        }
    })?;
    Ok(code(false))
}

fn list(context: &Context) -> Outcome {
    let folder = crate::store::backups_of(&context.places()?.library);
    let kept = |backup: &crate::store::Backup| Kept {
        path: backup.path.display().to_string(),
        made: date(Some(backup.made)),
        version: backup.version,
        bytes: backup.bytes,
    };
    let listed = Listed { backups: crate::store::backups(&folder).iter().map(kept).collect() };
    context.out.print(&listed, |sheet| {
        if listed.backups.is_empty() {
            sheet.line(&format!("no backups in {}", folder.display()));
        }
        for kept in &listed.backups {
            let made = kept.made.as_deref().unwrap_or_default();
            sheet.line(&format!("{made}  {:>8}  {}", megabytes(kept.bytes), kept.path));
        }
    })?;
    Ok(code(false))
}

/// Paths that are printed lead there from everywhere.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
