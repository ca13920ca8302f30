//! A password: from the environment, from a terminal that does not show it, or from standard input.

use std::io::{BufRead, IsTerminal, Write};

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::runtime::Trouble;

/// The variable that is looked at first.
const VARIABLE: &str = "LATETALK_PASSWORD";

/// Longest password that is read.
const LONGEST: u64 = 4096;

/// Asks for the password of `user`.
///
/// # Errors
/// A sentence, when there is none.
pub(crate) fn ask(user: &str) -> Result<String, Trouble> {
    if let Ok(password) = std::env::var(VARIABLE) {
        return Ok(password);
    }
    let input = std::io::stdin();
    let failed = |err: &std::io::Error| Trouble::doing("reading the password", err);
    let hidden = if input.is_terminal() {
        let mut out = std::io::stderr();
        let asked = write!(out, "password of {}: ", crate::text::clean_line(user));
        asked.and_then(|()| out.flush()).map_err(|err| failed(&err))?;
        Some(Hidden::begin().map_err(|err| failed(&err))?)
    } else {
        None
    };
    let mut line = String::new();
    let read = std::io::Read::take(input.lock(), LONGEST).read_line(&mut line);
    drop(hidden);
    read.map_err(|err| failed(&err))?;
    let password = line.trim_end_matches(['\n', '\r']);
    if password.is_empty() {
        return Err(Trouble::new(format!(
            "no password was given: type it, set {VARIABLE}, or send it on standard input"
        )));
    }
    Ok(password.to_owned())
}

/// A terminal that does not show what is typed, until this is dropped.
struct Hidden {
    before: rustix::termios::Termios,
}

impl Hidden {
    fn begin() -> std::io::Result<Self> {
        let before = tcgetattr(std::io::stdin())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        silent.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(std::io::stdin(), OptionalActions::Flush, &silent)?;
        Ok(Self { before })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        if let Err(err) = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.before) {
            tracing::error!("giving the terminal back: {err}");
        }
    }
}
