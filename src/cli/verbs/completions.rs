//! `completions SHELL`: for packaging.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Outcome, code};
use crate::cli::output::Output;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Completions) -> Outcome {
    let mut script = Vec::new();
    let mut command = crate::cli::Args::command();
    clap_complete::generate(args.shell, &mut command, "latetalk", &mut script);
    Output::text(&String::from_utf8_lossy(&script))?;
    Ok(code(false))
}
