//! How a verb can fail, and what that is as an exit code.

use std::io;

use crate::runtime::Trouble;

/// Why a verb ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command makes no sense: exit code 2.
    Usage(String),
    /// It could not be done: exit code 1.
    Trouble(Trouble),
    /// Nobody reads the output any more: a quiet end.
    Pipe,
}

impl From<Trouble> for Failure {
    fn from(why: Trouble) -> Self {
        Self::Trouble(why)
    }
}

/// For writing to standard output alone.
impl From<io::Error> for Failure {
    fn from(err: io::Error) -> Self {
        if err.kind() == io::ErrorKind::BrokenPipe {
            return Self::Pipe;
        }
        Self::Trouble(Trouble::doing("writing to standard output", &err))
    }
}
