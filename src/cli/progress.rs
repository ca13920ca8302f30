//! How far long work is: one line on standard error that is written over, only on a terminal.

use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Shortest time between two states of the line.
const EVERY: Duration = Duration::from_millis(100);

/// The line. Dropping it takes it away.
pub(super) struct Progress {
    shown: bool,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal(), last: Mutex::default() }
    }

    /// Shows how far it is; what comes too soon after the last is passed over.
    pub(super) fn tell(&self, what: impl FnOnce() -> String) {
        if !self.shown {
            return;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|at| at.elapsed() < EVERY) {
            return;
        }
        *last = Some(Instant::now());
        let columns = crossterm::terminal::size().map_or(80, |(columns, _)| columns);
        let room = usize::from(columns).saturating_sub(1);
        let ambiguous = crate::text::Ambiguous::Wide;
        let line = crate::text::truncate(&crate::text::clean_line(&what()), room, ambiguous);
        // If standard error is gone there is nobody to tell.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let used = self.last.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        if self.shown && used {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// Bytes as people read them.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
