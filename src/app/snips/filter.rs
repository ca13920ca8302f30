//! Filtering snips as one types: pure, over what is listed.

use crate::model::{Snip, Soundbite};
use crate::text::{Filter, folded};

/// Signs that stand for starred snips.
pub(super) const STARS: [char; 3] = ['*', '★', '＊'];

/// What a typed filter asks for: all of it must hold.
#[derive(Debug)]
pub(super) struct Wanted {
    words: Filter,
    tags: Vec<String>,
    starred: bool,
}

impl Wanted {
    /// Words, `#tag` (its beginning is enough), `*` for starred ones, in any order.
    pub(super) fn read(text: &str) -> Self {
        let mut wanted = Self { words: Filter::new(""), tags: Vec::new(), starred: false };
        let mut words = String::new();
        for word in text.split_whitespace() {
            let mut letters = word.chars();
            if letters.next().is_some_and(|c| STARS.contains(&c)) && letters.next().is_none() {
                wanted.starred = true;
            } else if let Some(tag) = word.strip_prefix(['#', '＃']) {
                wanted.tags.push(folded(tag));
            } else {
                words.push_str(word);
                words.push(' ');
            }
        }
        wanted.words = Filter::new(&words);
        wanted
    }

    /// Whether a snip is meant; `words` is what [`words_of`] gives for it.
    pub(super) fn takes(&self, snip: &Snip, words: &str) -> bool {
        let tagged = |tag: &String| snip.body.tags.iter().any(|own| begins(own, tag));
        (!self.starred || snip.body.favorite)
            && self.tags.iter().all(tagged)
            && self.words.takes(&folded(snip.body.title.as_deref().unwrap_or_default()), words)
    }

    /// Whether a passage of the show is meant.
    pub(super) fn takes_bite(&self, bite: &Soundbite) -> bool {
        let title = bite.title.as_deref().unwrap_or_default();
        !self.starred && self.tags.is_empty() && self.words.fit(title).is_some()
    }
}

fn begins(tag: &str, with: &str) -> bool {
    folded(tag).starts_with(with)
}

/// All words that a snip is found by, folded: title, note, what was said, episode, show.
pub(super) fn words_of(snip: &Snip) -> String {
    let body = &snip.body;
    let parts = [
        body.title.as_deref().unwrap_or_default(),
        &body.note,
        body.transcript.as_deref().unwrap_or_default(),
        &snip.episode_title,
        &snip.show_title,
    ];
    folded(&parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NewSnip;

    fn takes(text: &str) -> bool {
        let snip = Snip {
            episode_title: "12: 灯塔".to_owned(),
            show_title: "海边电台 Seaside".to_owned(),
            body: NewSnip {
                title: Some("雾号".to_owned()),
                note: "声音比光走得远\n*Patience*".to_owned(),
                tags: vec!["访谈".to_owned(), "Fog".to_owned()],
                favorite: true,
                ..NewSnip::default()
            },
            ..Snip::default()
        };
        Wanted::read(text).takes(&snip, &words_of(&snip))
    }

    #[test]
    fn words_tags_and_the_star_must_all_fit() {
        for text in ["", "雾", "patience", "seaside 灯塔", "#访", "#fog *", "＃fog\u{3000}★ 光走"]
        {
            assert!(takes(text), "{text}");
        }
        for text in ["雨", "雾 雨", "#og", "#访谈录", "* 雨"] {
            assert!(!takes(text), "{text}");
        }
    }

    #[test]
    fn passages_of_the_show_have_a_title_only() {
        let bite = Soundbite { title: Some("Fog horn".to_owned()), ..Soundbite::default() };
        assert!(Wanted::read("HORN").takes_bite(&bite));
        assert!(!Wanted::read("*").takes_bite(&bite));
        assert!(!Wanted::read("#fog").takes_bite(&bite));
    }
}
