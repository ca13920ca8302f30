//! The reading list: pages kept for later, with or without an episode.

use super::{Command, Effect, State};

/// Does what the user means.
pub(super) fn give(_state: &mut State, _command: Command) -> Vec<Effect> {
    Vec::new()
}
