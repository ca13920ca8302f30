//! How texts are set: line spacing, line ends, what is wider than its pane, and ways within a text:
//! to a footnote and back, into what is folded away.

use super::{Command, Effect, Pane, State, commands, hints};
use crate::lang::Notice;

/// The names under which even line ends and empty rows between lines are kept across starts.
pub const TYPESETTING_KEPT: [&str; 2] = ["justify", "line_spacing"];

/// Empty rows between lines at most.
const MOST_ROWS: u8 = 2;
/// Columns by which one key scrolls sideways.
const STEP: isize = 8;

/// Does what the user means.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::LineSpacing => next_line_spacing(state),
        Command::Justify => toggle_justify(state),
        Command::SidewaysRight => sideways(state, STEP),
        Command::SidewaysLeft => sideways(state, -STEP),
        _ => Vec::new(),
    }
}

fn next_line_spacing(state: &mut State) -> Vec<Effect> {
    let rows = &mut state.settings.ui.line_spacing;
    *rows = if *rows >= MOST_ROWS { 0 } else { *rows + 1 };
    let rows = *rows;
    state.say(Notice::LineSpacing(rows));
    let [_, key] = TYPESETTING_KEPT;
    vec![Effect::Remember { key, value: rows.to_string() }]
}

fn toggle_justify(state: &mut State) -> Vec<Effect> {
    let even = !state.settings.ui.justify;
    state.settings.ui.justify = even;
    state.say(Notice::Justified(even));
    let [key, _] = TYPESETTING_KEPT;
    vec![Effect::Remember { key, value: even.to_string() }]
}

fn sideways(state: &mut State, by: isize) -> Vec<Effect> {
    if let Some(reader) = commands::reader(state) {
        reader.scroll_sideways(by);
    }
    Vec::new()
}

/// Back to where a link within the text was followed; `None` if none was.
pub(super) fn back(state: &mut State) -> Option<Vec<Effect>> {
    let reader = hints::reader_mut(state, state.focus)?;
    reader.back_from_anchor().then(Vec::new)
}

/// Forward again within the text; `None` if nothing was gone back from.
pub(super) fn forward(state: &mut State) -> Option<Vec<Effect>> {
    let reader = hints::reader_mut(state, state.focus)?;
    reader.forward_to_anchor().then(Vec::new)
}

/// Folds what a summary heads away, or shows it.
pub(super) fn toggle_fold(state: &mut State, pane: Pane) -> Vec<Effect> {
    if let Some(reader) = hints::reader_mut(state, pane)
        && let Some(block) = reader.chosen().map(|target| target.block)
    {
        reader.toggle_fold(block);
    }
    Vec::new()
}
