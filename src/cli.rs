//! The command line: the screen, and the verbs that do the same work without one. Names, fields and
//! exit codes are a promise to scripts.

mod clean;
mod context;
mod failure;
mod input;
mod log;
mod named;
mod output;
mod page;
mod password;
mod progress;
mod quiet;
mod screen;
mod sheet;
mod usage;
mod verbs;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use context::Context;
use failure::Failure;

/// What `--help` says below the options.
const AFTER_HELP: &str = "Without a verb the screen opens. LATETALK_HOME names a folder as --home does; \
    NO_COLOR turns colours off.\nExit codes: 0 done, 1 failed (of several things, any), 2 wrong usage.";

/// Listen to long podcasts and read what they link to, in a terminal.
#[derive(Debug, Parser)]
#[command(name = "latetalk", version, about, after_help = AFTER_HELP)]
pub struct Args {
    /// Keep configuration, library and cache under this folder.
    #[arg(long, global = true, value_name = "DIR", overrides_with = "home")]
    home: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long, global = true, overrides_with = "json")]
    json: bool,
    /// Open the screen on a note, article, feed or recording.
    #[arg(value_name = "FILE|URL")]
    opening: Option<String>,
    #[command(subcommand)]
    verb: Option<verbs::Verb>,
}

/// Runs the program; the exit code is 0 done, 1 failed, 2 wrong usage.
#[must_use]
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(err) => return usage::tell(&err),
    };
    match perform(args) {
        Ok(code) => code,
        // Whoever read the output has seen enough.
        Err(Failure::Pipe) => ExitCode::SUCCESS,
        Err(Failure::Usage(why)) => {
            output::complain(&format!("{why}; see latetalk --help"));
            ExitCode::from(2)
        }
        Err(Failure::Trouble(why)) => {
            output::complain(&why.to_string());
            ExitCode::FAILURE
        }
    }
}

fn perform(args: Args) -> Result<ExitCode, Failure> {
    let context = Context::new(args.home, args.json);
    match (args.verb, args.opening) {
        (Some(_), Some(opening)) => Err(Failure::Usage(format!(
            "“{opening}” stands before the verb, where nothing belongs"
        ))),
        (Some(verb), None) => verbs::perform(&context, verb),
        (None, opening) => {
            if let Some(opening) = opening.as_deref() {
                usage::opening(opening)?;
            }
            Ok(screen::open(&context.places()?, context.settings()?, opening)?)
        }
    }
}
