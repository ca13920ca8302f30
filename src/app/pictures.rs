//! Pictures in texts: which are shown, and which have come.

use super::{Effect, State};

/// Shows pictures, or only their captions.
pub(super) fn toggle(_state: &mut State) -> Vec<Effect> {
    Vec::new()
}
