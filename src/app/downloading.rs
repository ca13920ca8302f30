//! The list of downloads, and doing without a network.

use super::{Command, Effect, State};

/// Gives one of the commands of this file.
pub(super) fn give(_state: &mut State, _command: Command) -> Vec<Effect> {
    Vec::new()
}
