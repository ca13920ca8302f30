//! How long a text takes to read: so many characters of Chinese, so many words of other languages a minute.

use super::document::Document;
use crate::model::Millis;

/// Chinese characters that are read in a minute.
const CHARACTERS: u64 = 400;
/// Words of other languages that are read in a minute.
const WORDS: u64 = 230;

/// How long a text takes to read from any place on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadingTime {
    /// For each block how much comes before it, in ms, and its bytes; at the end the whole text.
    before: Vec<(Millis, usize)>,
}

impl ReadingTime {
    /// Measures a text: 400 Chinese characters or 230 words a minute. Costs one walk through it.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut all: Millis = 0;
        let mut before = Vec::with_capacity(document.blocks.len() + 1);
        for block in &document.blocks {
            let text = block.plain_text();
            before.push((all, text.len()));
            all = all.saturating_add(time_of(&text));
        }
        before.push((all, 0));
        Self { before }
    }

    /// How long the rest takes from this block and byte on, in ms.
    #[must_use]
    pub fn left(&self, (block, offset): (usize, usize)) -> Millis {
        let all = self.before.last().map_or(0, |(all, _)| *all);
        let Some((start, bytes)) = self.before.get(block).copied() else { return 0 };
        let end = self.before.get(block.saturating_add(1)).map_or(all, |(end, _)| *end);
        let part = u128::from(end.saturating_sub(start)) * offset.min(bytes) as u128;
        let read = part.checked_div(bytes as u128).unwrap_or(0);
        all.saturating_sub(start.saturating_add(Millis::try_from(read).unwrap_or(0)))
    }
}

fn time_of(text: &str) -> Millis {
    let (mut characters, mut words, mut in_word) = (0, 0, false);
    for c in text.chars() {
        let alone = is_ideograph(c);
        let letter = c.is_alphanumeric() && !alone;
        characters += u64::from(alone);
        words += u64::from(letter && !in_word);
        // An apostrophe or a hyphen does not end a word.
        in_word = letter || (in_word && matches!(c, '\'' | '’' | '-'));
    }
    characters * 60_000 / CHARACTERS + words * 60_000 / WORDS
}

/// Whether a character is read as one sign: ideographs, kana, Hangul syllables.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::super::from_plain;
    use super::*;

    const MINUTE: Millis = 60_000;

    fn left(text: &str, place: (usize, usize)) -> Millis {
        ReadingTime::of(&from_plain(text, None)).left(place)
    }

    #[test]
    fn four_hundred_characters_or_230_words_are_a_minute() {
        assert_eq!(left(&"潮".repeat(400), (0, 0)), MINUTE);
        assert_eq!(left(&"don't well-read ".repeat(115), (0, 0)), MINUTE);
        let mixed = format!("{}，{}。", "潮水".repeat(200), "tide ".repeat(230));
        assert_eq!(left(&mixed, (0, 0)), 2 * MINUTE);
        assert_eq!(left("", (0, 0)), 0);
    }

    #[test]
    fn what_was_read_no_longer_counts() {
        let text = format!("{}\n\n{}", "潮".repeat(400), "汐".repeat(800));
        assert_eq!(left(&text, (0, 600)), MINUTE / 2 + 2 * MINUTE);
        assert_eq!(left(&text, (1, 0)), 2 * MINUTE);
        assert_eq!(left(&text, (1, 2400)), 0);
        assert_eq!((left(&text, (1, 9999)), left(&text, (7, 0))), (0, 0));
    }
}
