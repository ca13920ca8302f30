//! What is told while something plays: JSON Lines, or one line that is written over on a terminal.

use std::io::{IsTerminal, Write};

use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::model::{Millis, clock};
use crate::text::{Ambiguous, clean_line, truncate};

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    /// Sound flows.
    Playing,
    /// It stands still.
    Paused,
    /// It waits for bytes or for the device.
    #[default]
    Waiting,
}

/// What the line shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shown {
    pub(super) ms: Millis,
    /// That time is estimated.
    pub(super) estimated: bool,
    /// The place is still looked for: percent of the way that are done.
    pub(super) seeking: Option<u8>,
    pub(super) duration_ms: Option<Millis>,
    pub(super) state: State,
    /// Index and title.
    pub(super) chapter: Option<(usize, String)>,
}

/// The lines of `--json`.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Line<'a> {
    Started {
        duration_ms: Option<Millis>,
        title: &'a str,
    },
    Position {
        ms: Millis,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        estimated: bool,
    },
    Seeking {
        percent: u8,
    },
    Chapter {
        index: usize,
        title: &'a str,
    },
    Ended {
        ms: Millis,
    },
    Error {
        message: &'a str,
    },
}

/// Tells people or programs.
pub(super) struct Telling {
    out: Output,
    title: String,
    speed: f32,
    /// Standard output is a terminal, and people read it.
    live: bool,
    drawn: String,
}

impl Telling {
    pub(super) fn new(out: Output, title: &str, speed: f32) -> Self {
        let live = !out.json && std::io::stdout().is_terminal();
        Self { out, title: clean_line(title), speed, live, drawn: String::new() }
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    fn line(&self, line: &Line<'_>) -> Result<(), Failure> {
        if self.out.json { Output::document(line) } else { Ok(()) }
    }

    pub(super) fn started(&self, duration_ms: Option<Millis>) -> Result<(), Failure> {
        if !self.live && !self.out.json {
            let length = duration_ms.map(|ms| format!(" ({})", clock(ms))).unwrap_or_default();
            Output::text(&format!("playing {}{length}\n", self.title))?;
        }
        self.line(&Line::Started { duration_ms, title: &self.title })
    }

    pub(super) fn position(&self, ms: Millis, estimated: bool) -> Result<(), Failure> {
        self.line(&Line::Position { ms, estimated })
    }

    pub(super) fn seeking(&self, percent: Option<u8>) -> Result<(), Failure> {
        percent.map_or(Ok(()), |percent| self.line(&Line::Seeking { percent }))
    }

    pub(super) fn chapter(&self, index: usize, title: &str) -> Result<(), Failure> {
        self.line(&Line::Chapter { index, title })
    }

    pub(super) fn ended(&self, ms: Millis) -> Result<(), Failure> {
        self.line(&Line::Ended { ms })
    }

    pub(super) fn error(&self, message: &str) -> Result<(), Failure> {
        self.line(&Line::Error { message })
    }

    /// Writes the line anew where something in it changed.
    pub(super) fn draw(&mut self, shown: &Shown) -> Result<(), Failure> {
        if !self.live {
            return Ok(());
        }
        let columns = crossterm::terminal::size().map_or(80, |(columns, _)| columns);
        let room = usize::from(columns).saturating_sub(1);
        let line = truncate(&self.words(shown), room, Ambiguous::Wide);
        if line != self.drawn {
            let mut out = std::io::stdout().lock();
            write!(out, "\r\u{1b}[K{line}")?;
            out.flush()?;
            self.drawn = line;
        }
        Ok(())
    }

    fn words(&self, shown: &Shown) -> String {
        let mark = match shown.state {
            State::Playing => "▶",
            State::Paused => "⏸",
            State::Waiting => "…",
        };
        let about = if shown.estimated { "≈" } else { "" };
        let mut line = format!("{mark} {about}{}", clock(shown.ms));
        if let Some(length) = shown.duration_ms {
            line.push_str(" / ");
            line.push_str(&clock(length));
        }
        if let Some(percent) = shown.seeking {
            line.push_str("  seeking… ");
            line.push_str(&percent.to_string());
            line.push_str(" %, ~ to jump now");
        }
        if (self.speed - 1.0).abs() > f32::EPSILON {
            line.push_str("  ");
            line.push_str(&self.speed.to_string());
            line.push('×');
        }
        for part in shown.chapter.iter().map(|(_, title)| title).chain([&self.title]) {
            line.push_str("  ");
            line.push_str(&clean_line(part));
        }
        line
    }

    /// Leaves the line; what comes next begins below.
    pub(super) fn clear(&mut self) {
        if self.live && !self.drawn.is_empty() {
            // If the terminal is gone there is nothing to leave.
            let _ = write!(std::io::stdout(), "\r\n");
            self.drawn.clear();
        }
    }
}
