//! `export`: an episode as a Snipd-style note, all episodes with snips, or the subscriptions as OPML.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::named;
use crate::cli::output::{Output, complain};
use crate::cli::sheet::Sheet;
use crate::feed::opml;
use crate::fetch::Login;
use crate::runtime::{
    NoteFolder, NoteStatus, Services, Trouble, WrittenNote, export_note, write_note, write_whole,
};
use crate::store::Store;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The episode: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE", required_unless_present_any = ["opml", "all"])]
    episode: Option<String>,
    /// Every episode that has snips, as Show/Episode.md in the folder of notes.
    #[arg(long, conflicts_with_all = ["episode", "opml"])]
    all: bool,
    /// The subscriptions instead of an episode.
    #[arg(long, conflicts_with = "episode")]
    opml: bool,
    /// The file or folder to write; without it standard output, or for --all the folder of the
    /// setting `library.notes_folder`.
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
}

/// What became of one note or list.
#[derive(Serialize, Default)]
struct Report<'a> {
    /// The file that was written.
    path: Option<String>,
    /// `written`, `unchanged`, `appended` or `edited`; of a note in a file.
    status: Option<&'static str>,
    /// How many snips were added to a file that the user has edited.
    added: usize,
    /// What was exported, where no file was named.
    text: Option<&'a str>,
}

impl Report<'_> {
    fn of(written: &WrittenNote) -> Self {
        let (status, added) = match written.status {
            NoteStatus::Written => ("written", 0),
            NoteStatus::Unchanged => ("unchanged", 0),
            NoteStatus::Appended(added) => ("appended", added),
            NoteStatus::Edited => ("edited", 0),
        };
        let path = Some(written.path.display().to_string());
        Self { path, status: Some(status), added, text: None }
    }

    fn draw(&self, sheet: &mut Sheet) {
        let path = self.path.as_deref().unwrap_or_default();
        let how = match (self.status, self.added) {
            (Some("appended"), added) => format!("edited by you; {added} snips added to "),
            (Some("edited"), _) => "edited by you, all snips are in ".to_owned(),
            (Some("unchanged"), _) => "nothing has changed in ".to_owned(),
            _ => "written to ".to_owned(),
        };
        sheet.say(&how).line(path);
    }
}

/// What became of all notes.
#[derive(Serialize)]
struct AllReport {
    notes: Vec<Report<'static>>,
    failed: Vec<FailedNote>,
}

#[derive(Serialize)]
struct FailedNote {
    episode: String,
    error: String,
}

pub(super) fn run(context: &Context, args: &Export) -> Outcome {
    let output = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    match &args.episode {
        Some(name) => one(context, name, output),
        None if args.all => all(context, output),
        None => list(context, output),
    }
}

/// One note: to standard output, into a file, or into a folder.
fn one(context: &Context, name: &str, output: Option<&Path>) -> Outcome {
    let (text, written) = context.with_services(async |services| {
        let id = named::episode(&services.desk, name).await?.id;
        let written = match output {
            Some(folder) if is_folder(folder) => {
                Some(NoteFolder::new(folder).put_flat(&services, id).await?)
            }
            Some(path) => {
                let (text, note) = export_note(&services, id).await?;
                Some(write_note(path, &text, &note)?)
            }
            None => return Ok((export_note(&services, id).await?.0, None)),
        };
        Ok((String::new(), written))
    })?;
    match written {
        Some(written) => {
            let report = Report::of(&written);
            context.out.print(&report, |sheet| report.draw(sheet))?;
        }
        None => print(context, &text)?,
    }
    Ok(code(false))
}

/// A path that is a folder, or is written like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// A note for each episode that has snips. What fails does not keep the others out.
fn all(context: &Context, output: Option<&Path>) -> Outcome {
    let report = context.with_services(async |services| {
        let root = output.unwrap_or(&services.places.notes);
        if root.exists() && !root.is_dir() {
            let why = format!("exporting all notes: {} is a file, no folder", root.display());
            return Err(Trouble::new(why).into());
        }
        let mut folder = NoteFolder::new(root);
        let mut report = AllReport { notes: Vec::new(), failed: Vec::new() };
        for id in services.desk.ask(Store::episodes_with_snips).await? {
            match folder.put(&services, id).await {
                Ok(written) => report.notes.push(Report::of(&written)),
                Err(why) => {
                    complain(&why.to_string());
                    let (episode, error) = (id.0.to_string(), why.to_string());
                    report.failed.push(FailedNote { episode, error });
                }
            }
        }
        Ok(report)
    })?;
    context.out.print(&report, |sheet| report.notes.iter().for_each(|note| note.draw(sheet)))?;
    Ok(code(!report.failed.is_empty()))
}

fn list(context: &Context, output: Option<&Path>) -> Outcome {
    let text = context.with_services(async |services| Ok(subscriptions(&services).await?))?;
    match output {
        Some(path) => {
            write_whole(path, crate::text::clean(&text).as_bytes())?;
            let path = Some(path.display().to_string());
            let report = Report { path, ..Report::default() };
            context.out.print(&report, |sheet| report.draw(sheet))?;
        }
        None => print(context, &text)?,
    }
    Ok(code(false))
}

fn print(context: &Context, text: &str) -> Result<(), Failure> {
    let text = crate::text::clean(text);
    if context.out.json {
        return Output::document(&Report { text: Some(&text), ..Report::default() });
    }
    Output::text(&text)
}

/// The subscriptions as OPML; the embedded show is part of every program and is left out.
async fn subscriptions(services: &Services) -> Result<String, Trouble> {
    let shows = services.desk.ask(Store::shows).await?;
    let outlines: Vec<opml::Outline> = shows
        .into_iter()
        .filter(|show| !show.url.starts_with("welcome:"))
        .flat_map(|show| {
            opml::Outline::of_show(&show.title, &Login::split(&show.url).0, &show.tags)
        })
        .collect();
    Ok(opml::write("latetalk", &outlines))
}
