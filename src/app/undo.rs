//! Taking back what was changed last.

use super::{Effect, State};

/// Takes back the last change.
pub(super) fn take_back(_state: &mut State) -> Vec<Effect> {
    Vec::new()
}
