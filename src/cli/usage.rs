//! Wrong usage as one line, help and version on standard output.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;

use super::failure::Failure;
use super::output;
use crate::runtime::as_url;

/// Says what clap has to say: help on standard output, a mistake as one line on standard error.
pub(super) fn tell(err: &clap::Error) -> ExitCode {
    let said = err.render().to_string();
    if matches!(err.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A reader that has gone away has seen enough.
        let _ = std::io::stdout().write_all(crate::text::clean(&said).as_bytes());
        return ExitCode::SUCCESS;
    }
    output::complain(&one_line(&said));
    ExitCode::from(2)
}

/// Clap's message on one line: what is wrong, the usage, and where there is more.
fn one_line(said: &str) -> String {
    let said = crate::text::clean(said);
    let mut parts = said.split("\n\n");
    let what = parts.next().unwrap_or_default().trim_start_matches("error: ");
    let rest: Vec<&str> = parts.map(str::trim).collect();
    let usage = rest.iter().find_map(|part| part.strip_prefix("Usage:"));
    let tip = rest.iter().find_map(|part| part.strip_prefix("tip: "));
    let mut line = crate::text::clean_line(what);
    for (word, part) in [("", tip), ("usage: ", usage)] {
        if let Some(part) = part {
            line.push_str("; ");
            line.push_str(word);
            line.push_str(&crate::text::clean_line(part));
        }
    }
    line.push_str("; see latetalk --help");
    line
}

/// What the screen is to be opened on must be a file or an address; anything else is a mistyped
/// verb.
pub(super) fn opening(named: &str) -> Result<(), Failure> {
    if named == "-"
        || as_url(named).is_some()
        || named.starts_with("file:")
        || Path::new(named).exists()
    {
        return Ok(());
    }
    let looks_like_path = named.contains(['/', '.', '\\']);
    if looks_like_path {
        let why = format!("opening {named}: there is no such file; check the path");
        return Err(Failure::Trouble(crate::runtime::Trouble::new(why)));
    }
    Err(Failure::Usage(format!("“{named}” is no verb, no file and no address")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_one_line_without_controls() {
        let said = "error: unexpected argument '--x\u{1b}[31m' found\n\n  tip: a similar one exists: \
                    '--y'\n\nUsage: latetalk shows [OPTIONS]\n\nFor more information, try '--help'.\n";
        assert_eq!(
            one_line(said),
            "unexpected argument '--x[31m' found; a similar one exists: '--y'; usage: latetalk shows \
             [OPTIONS]; see latetalk --help"
        );
    }
}
