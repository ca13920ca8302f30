//! How texts are set: line spacing, line ends, and what is wider than its pane.

use super::{Command, Effect, State};

/// Does what the user means.
pub(super) fn give(_state: &mut State, _command: Command) -> Vec<Effect> {
    Vec::new()
}
