//! A letter on every visible link and time, so that any of them is two keys away; every other link by its
//! number.

mod numbers;

use super::{Effect, Goal, Overlay, Pane, Reader, State, Typed};
pub use numbers::{numbered_pane, typed_number};

/// A letter (or two) on a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What to type.
    pub label: String,
    /// The pane it stands in.
    pub pane: Pane,
    /// The target's index in that pane's reader.
    pub target: usize,
}

/// Letters in the order in which they are easy to reach.
const LETTERS: &str = "asdfghjklqwertyuiopzxcvbnm";

/// Puts letters on what is in view.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    let shown = super::panes(state);
    let mut places: Vec<(Pane, usize)> = Vec::new();
    if shown.notes.width > 0
        && let Some(opened) = &state.notes.opened
    {
        places.extend(opened.reader.visible_targets().into_iter().map(|t| (Pane::Notes, t)));
    }
    if shown.article.width > 0
        && let Some(reader) = state.articles.reader()
    {
        places.extend(reader.visible_targets().into_iter().map(|t| (Pane::Article, t)));
    }
    if places.is_empty() && numbered_pane(state).is_none() {
        return Vec::new();
    }
    let labels = labels(places.len());
    let hints = places
        .into_iter()
        .zip(labels)
        .map(|((pane, target), label)| Hint { label, pane, target })
        .collect();
    state.overlay = Some(Overlay::Hints { hints, typed: String::new() });
    Vec::new()
}

/// So many labels, none the beginning of another: one letter each while they last, else two.
fn labels(count: usize) -> Vec<String> {
    let letters: Vec<char> = LETTERS.chars().collect();
    if count <= letters.len() {
        return letters.iter().take(count).map(ToString::to_string).collect();
    }
    let pairs = letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}")));
    pairs.take(count).collect()
}

/// A letter or a digit was typed, or what ends a number.
pub(super) fn typed(state: &mut State, key: Typed) -> Vec<Effect> {
    if let Some(effects) = numbers::typed(state, key) {
        return effects;
    }
    let Typed::Char(letter) = key else {
        state.overlay = None;
        return Vec::new();
    };
    let Some(Overlay::Hints { hints, typed }) = &mut state.overlay else { return Vec::new() };
    typed.push(letter.to_ascii_lowercase());
    if let Some(hint) = hints.iter().find(|hint| hint.label == *typed).cloned() {
        state.overlay = None;
        choose(state, hint.pane, hint.target);
        return super::commands::follow_target(state, hint.pane);
    }
    if !hints.iter().any(|hint| hint.label.starts_with(typed.as_str())) {
        state.overlay = None;
    }
    Vec::new()
}

/// Chooses a target of a pane.
pub(super) fn choose(state: &mut State, pane: Pane, target: usize) {
    if let Some(reader) = reader_mut(state, pane) {
        reader.target = Some(target);
    }
}

/// The text of a pane.
pub(super) fn reader_mut(state: &mut State, pane: Pane) -> Option<&mut Reader> {
    match pane {
        Pane::Notes => state.notes.opened.as_mut().map(|opened| &mut opened.reader),
        Pane::Article => state.articles.reader_mut(),
        Pane::Shows | Pane::Episodes => None,
    }
}

/// Where the chosen target of a pane leads: its goal and, for a link, its address.
pub(super) fn goal(state: &State, pane: Pane) -> Option<(Goal, Option<String>)> {
    let reader = match pane {
        Pane::Notes => &state.notes.opened.as_ref()?.reader,
        Pane::Article => state.articles.reader()?,
        Pane::Shows | Pane::Episodes => return None,
    };
    let goal = reader.chosen()?.goal;
    let url = match goal {
        Goal::Link(index) => reader.document.links.get(index).map(|link| link.url.clone()),
        Goal::Picture(block) => {
            super::pictures::address(&reader.document, block).map(str::to_owned)
        }
        Goal::Time(_) | Goal::Fold => None,
    };
    Some((goal, url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another() {
        for count in [1, 26, 27, 100, 676] {
            let labels = labels(count);
            assert_eq!(labels.len(), count);
            for (i, a) in labels.iter().enumerate() {
                assert!(!labels.iter().enumerate().any(|(j, b)| i != j && b.starts_with(a)));
            }
        }
    }
}
