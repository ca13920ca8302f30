//! Reading along: the pages that an episode links to, in the order and the chapters of its notes.

use super::{Command, Effect, State};

/// Does what the user means.
pub(super) fn give(_state: &mut State, _command: Command) -> Vec<Effect> {
    Vec::new()
}
