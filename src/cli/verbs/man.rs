//! `man`: the manual page with all verbs, for packaging.

use std::io::Write;

use clap::CommandFactory;
use clap_mangen::Man;

use super::{Outcome, code};
use crate::cli::output::Output;
use crate::runtime::Trouble;

pub(super) fn run() -> Outcome {
    let page = page().map_err(|err| Trouble::doing("writing the manual page", &err))?;
    Output::text(&String::from_utf8_lossy(&page))?;
    Ok(code(false))
}

/// One page: the program, then a section for each verb.
fn page() -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let mut command = crate::cli::Args::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        writeln!(page, ".SH \"latetalk {}\"", verb.get_name())?;
        let man = Man::new(verb.clone());
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}
