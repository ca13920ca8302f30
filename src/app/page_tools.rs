//! What can be done with the page in front besides reading it: its headings, a paragraph to the clipboard, a
//! file of it, its copy in a web archive.

use super::{Command, Effect, State};

/// Does what the user means.
pub(super) fn give(_state: &mut State, _command: Command) -> Vec<Effect> {
    Vec::new()
}
