//! What the user writes about a snip: note, title, tags, a star.

use super::super::{Effect, PromptKind, State, commands};
use super::chosen_own;
use crate::lang::Notice;
use crate::model::{SnipChange, SnipId};

/// Most tags that a snip may have.
const TAGS: usize = 50;
/// Longest tag in characters.
const TAG: usize = 100;

/// Asks for the note.
pub(in crate::app) fn edit_note(state: &mut State) -> Vec<Effect> {
    let Some(snip) = chosen_own(state) else { return Vec::new() };
    if !super::super::Line::holds(&snip.body.note) {
        state.say(Notice::NoteTooLong);
        return Vec::new();
    }
    commands::prompt_text(state, PromptKind::SnipNote(snip.id), &snip.body.note)
}

/// Asks for the title.
pub(in crate::app) fn edit_title(state: &mut State) -> Vec<Effect> {
    let Some(snip) = chosen_own(state) else { return Vec::new() };
    let title = snip.body.title.unwrap_or_default();
    commands::prompt(state, PromptKind::SnipTitle(snip.id), &title)
}

/// Asks for the tags.
pub(in crate::app) fn edit_tags(state: &mut State) -> Vec<Effect> {
    let Some(snip) = chosen_own(state) else { return Vec::new() };
    commands::prompt(state, PromptKind::SnipTags(snip.id), &joined(&snip.body.tags))
}

/// Gives a star, or takes it away.
pub(in crate::app) fn star(state: &mut State) -> Vec<Effect> {
    let Some(snip) = chosen_own(state) else { return Vec::new() };
    let star = !snip.body.favorite;
    state.say(Notice::Starred(star));
    vec![Effect::ChangeSnip { id: snip.id, change: SnipChange::Favorite(star) }]
}

/// The note was written. Empty lines around it go, all others stay.
pub(in crate::app) fn written_note(id: SnipId, text: &str) -> Vec<Effect> {
    let note = text.trim_end().trim_start_matches('\n').to_owned();
    vec![Effect::ChangeSnip { id, change: SnipChange::Note(note) }]
}

/// The title was written; an empty one is none.
pub(in crate::app) fn written_title(id: SnipId, text: &str) -> Vec<Effect> {
    let title = Some(text.trim().to_owned()).filter(|title| !title.is_empty());
    vec![Effect::ChangeSnip { id, change: SnipChange::Title(title) }]
}

/// The tags were written.
pub(in crate::app) fn written_tags(id: SnipId, text: &str) -> Vec<Effect> {
    vec![Effect::ChangeSnip { id, change: SnipChange::Tags(tags(text)) }]
}

/// Tags as they are typed: parted by commas of any kind, or by spaces where there is no comma.
pub(in crate::app) fn tags(text: &str) -> Vec<String> {
    let commas = [',', '，', '、', ';', '；'];
    let parts: Vec<&str> = if text.contains(commas) {
        text.split(commas).collect()
    } else {
        text.split_whitespace().collect()
    };
    let mut tags: Vec<String> = Vec::new();
    for part in parts {
        let bare = part.trim().trim_start_matches(['#', '＃']).replace(['[', ']'], "");
        let tag: String = bare.trim().chars().take(TAG).collect();
        if !tag.is_empty() && !tags.contains(&tag) && tags.len() < TAGS {
            tags.push(tag);
        }
    }
    tags
}

/// Tags as [`tags`] reads them again.
pub(in crate::app) fn joined(tags: &[String]) -> String {
    let spaced = tags.iter().any(|tag| tag.contains(char::is_whitespace));
    match tags {
        [one] if spaced => format!("{one},"),
        many if spaced => many.join(", "),
        many => many.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_parted_by_spaces_or_by_commas_of_any_kind() {
        assert_eq!(tags("访谈 #fog  ＃海"), ["访谈", "fog", "海"]);
        assert_eq!(tags("访谈，fog horn、海,"), ["访谈", "fog horn", "海"]);
        assert_eq!(tags("[[two words]], x; x"), ["two words", "x"]);
        assert_eq!(tags(" # ，"), Vec::<String>::new());
    }

    #[test]
    fn tags_are_shown_so_that_they_are_read_again() {
        for list in [&["a", "b"][..], &["two words"], &["two words", "b"], &[]] {
            let list: Vec<String> = list.iter().map(|&tag| tag.to_owned()).collect();
            assert_eq!(tags(&joined(&list)), list);
        }
    }
}
