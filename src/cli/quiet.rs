//! Quiet around the sound system: its libraries write to standard error without being asked, where
//! scripts expect one line at most.

use std::path::Path;

use crate::term::{self, Stderr};

/// While this lives, standard error goes nowhere, but for panics.
pub(super) struct Quiet {
    _stderr: Option<Stderr>,
}

impl Quiet {
    pub(super) fn new() -> Self {
        // Where this cannot be had there is noise, which does no harm.
        let stderr = Stderr::redirect(Path::new("/dev/null")).ok();
        if let Some(stderr) = &stderr {
            term::restore_on_panic(stderr.try_clone().ok());
        }
        Self { _stderr: stderr }
    }
}
