//! Which entries a list shows and in which order: sorting, kept filters, what is put away.

use super::{Command, Effect, State};

/// Gives one of the commands of this file.
pub(super) fn give(_state: &mut State, _command: Command) -> Vec<Effect> {
    Vec::new()
}
