//! The verbs, a file each: its arguments, its JSON, what it does.

mod add;
mod backup;
mod chapters;
mod completions;
mod doctor;
mod download;
mod episodes;
mod export;
mod import;
mod inspect;
mod man;
mod mark;
mod notes;
mod play;
mod probe;
mod queue;
mod read;
mod refresh;
mod remove;
mod search;
mod several;
mod shows;
mod snips;
mod star;
mod transcript;

use std::process::ExitCode;

use clap::Subcommand;

use super::context::Context;
use super::failure::Failure;

/// What a verb comes to.
type Outcome = Result<ExitCode, Failure>;

/// What can be done without the screen.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Subscribe to shows.
    Add(add::Add),
    /// Unsubscribe from a show.
    Remove(remove::Remove),
    /// Ask shows for new episodes.
    Refresh(refresh::Refresh),
    /// List the subscribed shows.
    Shows,
    /// List episodes, the newest first.
    Episodes(episodes::Episodes),
    /// Show what is understood of a feed, without subscribing.
    Inspect(inspect::Inspect),
    /// Print show notes.
    Notes(notes::Notes),
    /// Print chapters and where they come from.
    Chapters(chapters::ChaptersOf),
    /// Print a transcript.
    Transcript(transcript::TranscriptOf),
    /// Print a page as a clean article.
    Read(read::Read),
    /// Play without the screen; keys: space, arrows, q.
    Play(play::Play),
    /// Keep recordings for offline use.
    Download(download::Download),
    /// Mark episodes as heard or as not heard.
    Mark(mark::Mark),
    /// Give episodes a star, or take it away.
    Star(star::Star),
    /// List and change what plays next.
    Queue(queue::Queue),
    /// List, make and cut out snips.
    Snips(snips::Snips),
    /// Take in subscriptions (OPML) or Snipd-style notes.
    Import(import::Import),
    /// Write a Snipd-style note, or the subscriptions as OPML.
    Export(export::Export),
    /// Search everything in the library.
    Search(search::Search),
    /// Tell what an audio file is.
    Probe(probe::ProbeFile),
    /// Write everything but recordings to one file, to carry it to another machine.
    Backup(backup::Backup),
    /// Bring back what a backup holds; what is here is kept beside it.
    Restore(backup::Restore),
    /// Check what the program depends on, and say how to mend it.
    Doctor(doctor::Doctor),
    /// Print the completions for a shell.
    Completions(completions::Completions),
    /// Print the manual page.
    Man,
}

/// Does what a verb says.
pub(super) fn perform(context: &Context, verb: Verb) -> Outcome {
    match verb {
        Verb::Add(args) => add::run(context, args),
        Verb::Remove(args) => remove::run(context, &args),
        Verb::Refresh(args) => refresh::run(context, args),
        Verb::Shows => shows::run(context),
        Verb::Episodes(args) => episodes::run(context, &args),
        Verb::Inspect(args) => inspect::run(context, &args),
        Verb::Notes(args) => notes::run(context, &args),
        Verb::Chapters(args) => chapters::run(context, &args),
        Verb::Transcript(args) => transcript::run(context, &args),
        Verb::Read(args) => read::run(context, &args),
        Verb::Play(args) => play::run(context, &args),
        Verb::Download(args) => download::run(context, args),
        Verb::Mark(args) => mark::run(context, &args),
        Verb::Star(args) => star::run(context, &args),
        Verb::Queue(args) => queue::run(context, args),
        Verb::Snips(args) => snips::run(context, args),
        Verb::Import(args) => import::run(context, args),
        Verb::Export(args) => export::run(context, &args),
        Verb::Search(args) => search::run(context, args),
        Verb::Probe(args) => probe::run(context, &args),
        Verb::Backup(args) => backup::back_up(context, &args),
        Verb::Restore(args) => backup::restore(context, &args),
        Verb::Doctor(args) => doctor::run(context, &args),
        Verb::Completions(args) => completions::run(&args),
        Verb::Man => man::run(),
    }
}

/// 0 if everything was done, 1 if something failed.
fn code(failed: bool) -> ExitCode {
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// A date as JSON has it: RFC 3339, UTC.
fn date(at: Option<crate::model::UnixSeconds>) -> Option<String> {
    at.and_then(|at| jiff::Timestamp::from_second(at).ok()).map(|at| at.to_string())
}

/// A date as people read it; empty if there is none.
fn day(at: Option<crate::model::UnixSeconds>) -> String {
    let at = at.and_then(|at| jiff::Timestamp::from_second(at).ok());
    at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// Reads a time as arguments have it.
fn time(text: &str) -> Result<crate::model::Millis, String> {
    crate::model::parse_time(text)
        .ok_or_else(|| "a time is seconds, M:SS or H:MM:SS, each with an optional fraction".into())
}
