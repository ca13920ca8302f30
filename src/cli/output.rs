//! How verbs print: one JSON document, or text for people; complaints on standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;

use super::clean::Clean;
use super::failure::Failure;
use super::sheet::Sheet;

/// How this call prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    /// One JSON document instead of text for people.
    pub(super) json: bool,
    colours: bool,
}

impl Output {
    /// Colours only on a terminal that can show them, and not where `NO_COLOR` is set.
    pub(super) fn new(json: bool) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self { json, colours: !refused && io::stdout().is_terminal() }
    }

    /// Prints a JSON document and a line break.
    pub(super) fn document(document: &impl Serialize) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, Clean::default());
        document.serialize(&mut serializer).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    }

    /// Prints the JSON document, or what `draw` writes for people.
    pub(super) fn print(
        self,
        document: &impl Serialize,
        draw: impl FnOnce(&mut Sheet),
    ) -> Result<(), Failure> {
        if self.json {
            return Self::document(document);
        }
        let mut sheet = Sheet::new(self.colours);
        draw(&mut sheet);
        Self::text(sheet.text())
    }

    /// Prints text that is clean already.
    pub(super) fn text(text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// The columns that people have: as asked for, those of the terminal, or 80.
    pub(super) fn columns(asked: Option<u16>) -> u16 {
        let terminal = || {
            let size = io::stdout().is_terminal().then(crossterm::terminal::size)?;
            size.ok().map(|(columns, _)| columns).filter(|&columns| columns > 0)
        };
        asked.or_else(terminal).unwrap_or(80)
    }
}

/// One line on standard error.
pub(super) fn complain(why: &str) {
    // If standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "latetalk: {}", crate::text::clean_line(why));
}
