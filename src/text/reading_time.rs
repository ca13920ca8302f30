//! How long a text takes to read: so many characters of Chinese, so many words of other languages a minute.

use super::document::Document;
use crate::model::{Millis, reading_ms};

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
            all = all.saturating_add(reading_ms(&text));
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
