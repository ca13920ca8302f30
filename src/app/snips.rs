//! Snips: ranges of a recording that are kept with a note. A file per thing that is done with them.

mod adjusting;
mod filter;
mod keeping;
mod list;
mod playing;
mod typed_range;
mod writing;

pub use adjusting::{Adjusting, Side};
pub use list::{SnipList, SnipRow};
pub use playing::{Passage, Run};
pub use typed_range::RangeProblem;

pub(super) use adjusting::{loop_of, while_adjusting, words_came};
pub(super) use keeping::{keep, keep_range, kept};
pub(super) use list::{came, changed, delete_selected, filter, soundbites_came};
pub(super) use playing::{over, play_next, play_selected};
pub(super) use writing::{joined, tags, written_note, written_tags, written_title};

use super::{Command, Effect, Overlay, State};
use crate::model::Snip;

/// What is going on with snips, besides their list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snips {
    /// The one kept or changed last.
    pub last: Option<Snip>,
    /// The one whose ends are being moved.
    pub adjusting: Option<Box<Adjusting>>,
    /// Passages that play one after another.
    pub run: Option<Run>,
}

/// Does what a command about snips means.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Snip => keeping::keep(state),
        Command::SnipRange => keeping::ask_range(state),
        Command::AdjustSnip => adjusting::begin(state),
        Command::Snips => list::show(state),
        Command::PlayAll => playing::play_all(state),
        Command::Star => writing::star(state),
        Command::EditTags => writing::edit_tags(state),
        Command::EditTitle => writing::edit_title(state),
        Command::EditNote => writing::edit_note(state),
        _ => Vec::new(),
    }
}

/// The snip that a key is about: the selected one of the list, else the one kept last, else the
/// newest of the opened episode. `Err` for a passage that is not the user's own.
fn chosen(state: &State) -> Option<Result<&Snip, ()>> {
    if let Some(Overlay::Snips(shown)) = &state.overlay {
        return shown.selected().map(|row| match row {
            SnipRow::Own(snip) => Ok(snip),
            SnipRow::Show(_) => Err(()),
        });
    }
    let newest = || state.notes.opened.as_ref()?.snips.iter().max_by_key(|snip| snip.id);
    // One of an episode that was left is meant only where there is none at hand.
    let last = state.snips.last.as_ref();
    let at_hand = |snip: &&Snip| {
        let id = Some(snip.episode);
        id == state.player.episode() || id == state.notes.id()
    };
    last.filter(at_hand).or_else(newest).or(last).map(Ok)
}

/// Whether there is a snip that a key would be about.
pub(super) fn at_hand(state: &State) -> bool {
    chosen(state).is_some()
}

/// The snip that a key is about, to be changed; says why where there is none.
fn chosen_own(state: &mut State) -> Option<Snip> {
    let notice = match chosen(state) {
        Some(Ok(snip)) => return Some(snip.clone()),
        Some(Err(())) => crate::lang::Notice::OfTheShow,
        None => crate::lang::Notice::NoSnip,
    };
    state.say(notice);
    None
}
