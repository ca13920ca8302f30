//! The piece of a text that shows why it was found.

use super::tokens;
use crate::text::fold_char;

/// Characters before the place that was found.
const BEFORE: usize = 24;

/// Characters of a whole snippet.
const LENGTH: usize = 96;

/// Characters of a text that are looked through.
const LOOKED_THROUGH: usize = 400_000;

/// A text with its folded form, so that a place in one can be told in the other.
struct Folded {
    /// The text's characters, as they are shown.
    shown: Vec<char>,
    /// The folded characters.
    compared: Vec<char>,
    /// For each folded character the index of the one it came from.
    origin: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let shown: Vec<char> = text.chars().take(LOOKED_THROUGH).collect();
        let mut compared = Vec::with_capacity(shown.len());
        let mut origin = Vec::with_capacity(shown.len());
        for (index, c) in shown.iter().enumerate() {
            fold_char(*c, &mut |c| {
                compared.push(c);
                origin.push(index);
            });
        }
        Self { shown, compared, origin }
    }

    /// Where `term` (folded) first stands, as an index of what is shown: at the beginning of a word
    /// if it begins with a letter of a spaced script, as the index finds it.
    /// With `anywhere` also within a word.
    fn find(&self, term: &[char], anywhere: bool) -> Option<usize> {
        let first = term.first()?;
        let spaced = first.is_alphanumeric() && !tokens::is_unspaced(*first);
        let starts = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| self.compared.get(before));
            anywhere
                || !spaced
                || before.is_none_or(|c| !c.is_alphanumeric() || tokens::is_unspaced(*c))
        };
        let mut windows = self.compared.windows(term.len()).enumerate();
        let at = windows.find(|(at, window)| *window == term && starts(*at))?.0;
        self.origin.get(at).copied()
    }
}

/// Where the first of the terms stands in the text, in characters.
fn place(folded: &Folded, terms: &[String]) -> Option<usize> {
    let fold = |text: &str| {
        let mut out = Vec::new();
        text.trim().chars().for_each(|c| fold_char(c, &mut |c| out.push(c)));
        out
    };
    let whole =
        |anywhere: bool| terms.iter().filter_map(|term| folded.find(&fold(term), anywhere)).min();
    // A phrase may stand in the text with other marks between its words.
    let parted = || {
        let words = terms.iter().flat_map(|term| term.split(|c: char| !c.is_alphanumeric()));
        words
            .filter(|word| !word.is_empty())
            .filter_map(|word| folded.find(&fold(word), false))
            .min()
    };
    whole(false).or_else(parted).or_else(|| whole(true))
}

/// A snippet of `text` around the first of `terms`, and the line (from 0) it stands in; `None` if no
/// term is there. White space is one space, control characters are left out, and an ellipsis marks
/// where the text goes on.
pub(super) fn around(text: &str, terms: &[String]) -> Option<(String, usize)> {
    let folded = Folded::new(text);
    let at = place(&folded, terms)?;
    let line = folded.shown.iter().take(at).filter(|c| **c == '\n').count();
    Some((cut(&folded.shown, at.saturating_sub(BEFORE)), line))
}

/// Whether the terms stand in a title or a text together, as they were typed; other marks and spaces
/// between them do not count.
pub(super) fn together(title: &str, body: &str, terms: &[String]) -> bool {
    let wanted = letters(&terms.concat());
    !wanted.is_empty() && (letters(title).contains(&wanted) || letters(body).contains(&wanted))
}

/// The folded letters and digits of a text without anything between.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars().take(LOOKED_THROUGH) {
        fold_char(c, &mut |c| {
            if c.is_alphanumeric() {
                letters.push(c);
            }
        });
    }
    letters
}

/// A snippet from the beginning of `text`.
pub(super) fn beginning(text: &str) -> String {
    let shown: Vec<char> = text.chars().take(LENGTH * 4).collect();
    cut(&shown, 0)
}

fn cut(shown: &[char], from: usize) -> String {
    let mut snippet = String::new();
    if from > 0 {
        snippet.push('…');
    }
    let mut rest = shown.iter().skip(from).peekable();
    let mut length = 0;
    let mut space = true;
    while length < LENGTH {
        let Some(c) = rest.next() else { break };
        if c.is_whitespace() || c.is_control() {
            if !space {
                snippet.push(' ');
                length += 1;
            }
            space = true;
        } else if !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            snippet.push(*c);
            length += 1;
            space = false;
        }
    }
    let more = rest.peek().is_some();
    snippet.truncate(snippet.trim_end().len());
    if more {
        snippet.push('…');
    }
    snippet
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(terms: &[&str]) -> Vec<String> {
        terms.iter().map(|term| (*term).to_owned()).collect()
    }

    #[test]
    fn a_snippet_shows_the_place_with_what_is_around_it() {
        let text = format!("{}关于ＡＩ\u{1b}[31m芯片\n的讨论{}", "前".repeat(60), "后".repeat(200));
        let (snippet, line) = around(&text, &words(&["芯片"])).unwrap();
        assert!(snippet.starts_with("…前") && snippet.ends_with("后…"), "{snippet}");
        assert!(snippet.contains("关于ＡＩ [31m芯片 的讨论"), "{snippet}");
        assert_eq!(line, 0);
        assert_eq!(around(&text, &words(&["讨论"])).unwrap().1, 1);
        assert!(around(&text, &words(&["ai芯"])).is_none());
    }

    #[test]
    fn latin_terms_are_shown_where_a_word_begins() {
        let (snippet, _) = around("He said: AI", &words(&["ai"])).unwrap();
        assert_eq!(snippet, "He said: AI");
        let text = format!("{} then AI comes", "he said again ".repeat(30));
        assert!(around(&text, &words(&["ai"])).unwrap().0.ends_with("then AI comes"));
    }

    #[test]
    fn other_marks_between_the_words_of_a_phrase_do_no_harm() {
        assert_eq!(around("about GPT 4 now", &words(&["gpt-4"])).unwrap().0, "about GPT 4 now");
        assert!(around("", &words(&["a"])).is_none());
        assert!(around("text", &words(&["--"])).is_none());
    }
}
