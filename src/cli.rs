//! The command line: the screen, and the verbs that do the same work without one. Names, fields and
//! exit codes are a promise to scripts.

mod screen;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::config;
use crate::model::Settings;
use crate::runtime::{Places, Trouble};

/// Listen to long podcasts and read what they link to, in a terminal.
#[derive(Debug, Parser)]
#[command(name = "latetalk", version, about, args_conflicts_with_subcommands = true)]
pub struct Args {
    /// Keep configuration, library and cache under this folder.
    #[arg(long, global = true, env = "LATETALK_HOME", value_name = "DIR")]
    home: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long, global = true)]
    json: bool,
    /// Open the screen on a note, article, feed or recording.
    #[arg(value_name = "FILE|URL")]
    opening: Option<String>,
}

/// Runs the program; the exit code is 0 done, 1 failed, 2 wrong usage.
#[must_use]
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(err) => {
            let _ = err.print();
            return ExitCode::from(u8::try_from(err.exit_code()).unwrap_or(2));
        }
    };
    match perform(args) {
        Ok(code) => code,
        Err(why) => {
            complain(&why);
            ExitCode::FAILURE
        }
    }
}

fn perform(args: Args) -> Result<ExitCode, Trouble> {
    let places = Places::find(args.home.as_deref())?;
    let settings = settings(&places)?;
    screen::open(&places, settings, args.opening)
}

/// One line on standard error.
fn complain(why: &Trouble) {
    use std::io::Write;
    // If standard error is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "latetalk: {why}");
}

/// The settings of this home.
fn settings(places: &Places) -> Result<Settings, Trouble> {
    let user = match std::fs::read_to_string(&places.config) {
        Ok(text) => Some(text),
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => None,
        Err(err) => {
            let doing = format!("reading {}", places.config.display());
            return Err(Trouble::doing(&doing, &err));
        }
    };
    config::load(user.as_deref()).map_err(|problems| {
        let path = places.config.display();
        Trouble::new(format!("the configuration {path} has mistakes: {}", problems.join("; ")))
    })
}
