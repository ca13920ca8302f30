//! Links by their numbers: any link of a text, in view or not, is `f`, its number, Enter away; Enter is
//! spared where no longer number begins so.

use super::{choose, reader_mut};
use crate::app::{Effect, Goal, Overlay, Pane, Reader, State, Typed, link};
use crate::lang::Notice;
use crate::text::is_numbered;

/// Digits of a number at most; no text has more links.
const DIGITS: usize = 7;

/// The text whose links are meant by numbers: the one in focus, else the article, else the notes.
#[must_use]
pub fn numbered_pane(state: &State) -> Option<Pane> {
    let has_links = |pane: &Pane| {
        let reader = match pane {
            Pane::Notes => state.notes.opened.as_ref().map(|opened| &opened.reader),
            Pane::Article => state.articles.reader(),
            Pane::Shows | Pane::Episodes => None,
        };
        reader.is_some_and(|r| r.document.links.iter().any(|link| is_numbered(&link.url)))
    };
    match state.focus {
        pane @ (Pane::Notes | Pane::Article) => Some(pane).filter(has_links),
        Pane::Shows | Pane::Episodes => [Pane::Article, Pane::Notes].into_iter().find(has_links),
    }
}

/// The number that is being typed; `None` while it is letters, or nothing yet.
#[must_use]
pub fn typed_number(typed: &str) -> Option<usize> {
    typed.parse().ok()
}

/// A key while a number is typed, or a digit that begins one; `None` for all others.
pub(super) fn typed(state: &mut State, key: Typed) -> Option<Vec<Effect>> {
    let Some(Overlay::Hints { typed, .. }) = &mut state.overlay else { return None };
    let in_number = typed_number(typed).is_some();
    match key {
        Typed::Char(digit) if digit.is_ascii_digit() && (in_number || typed.is_empty()) => {
            if typed.len() < DIGITS && (in_number || digit != '0') {
                typed.push(digit);
            }
        }
        Typed::Backspace if in_number => {
            typed.pop();
            return Some(Vec::new());
        }
        Typed::Enter if in_number => {
            let number = typed_number(typed)?;
            return Some(go(state, number));
        }
        // A letter is no part of a number: nothing is opened by mistake.
        Typed::Char(_) if in_number => return Some(Vec::new()),
        _ => return None,
    }
    let number = typed_number(typed)?;
    Some(if may_go_on(state, number) { Vec::new() } else { go(state, number) })
}

/// Whether the text has links with a longer number that begins so.
fn may_go_on(state: &mut State, number: usize) -> bool {
    let pane = numbered_pane(state);
    let Some(reader) = pane.and_then(|pane| reader_mut(state, pane)) else { return false };
    let (mut from, mut to) = (number, number);
    while from <= reader.document.links.len() {
        (from, to) = (from.saturating_mul(10), to.saturating_mul(10).saturating_add(9));
        if (from..=to.min(reader.document.links.len())).any(|number| has(reader, number)) {
            return true;
        }
    }
    false
}

fn has(reader: &Reader, number: usize) -> bool {
    let link = number.checked_sub(1).and_then(|index| reader.document.links.get(index));
    link.is_some_and(|link| is_numbered(&link.url))
}

/// Follows the link with this number.
fn go(state: &mut State, number: usize) -> Vec<Effect> {
    state.overlay = None;
    let pane = numbered_pane(state);
    let reader = pane.and_then(|pane| reader_mut(state, pane));
    let index = number.saturating_sub(1);
    let (Some(pane), Some(reader)) = (pane, reader.filter(|reader| has(reader, number))) else {
        state.say(Notice::NoSuchLink(number));
        return Vec::new();
    };
    let target = reader.targets.iter().position(|target| target.goal == Goal::Link(index));
    if let Some(target) = target {
        choose(state, pane, target);
    }
    link::follow(state, pane, index)
}
