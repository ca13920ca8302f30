//! The reading list: pages kept for later.

use super::{EpisodeId, Millis, UnixSeconds};

/// Identifies a page on the reading list; 0 is never used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ReadingId(pub i64);

/// A page that is to be kept for later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageToKeep {
    /// Its one address in the library.
    pub key: String,
    /// Its address as it was named.
    pub url: String,
    /// What is known of its title; may be empty.
    pub title: String,
    /// The episode that links to it.
    pub episode: Option<EpisodeId>,
    /// The page or feed that names it, which decides which hosts it may lead to; `None`: the user.
    pub named_by: Option<String>,
}

/// Whether the text of a kept page is here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum KeptState {
    /// Not yet.
    #[default]
    Waiting,
    /// It can be read without a network.
    Here,
    /// It could not be fetched; a sentence.
    Failed(String),
}

/// A page on the reading list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptPage {
    /// Its identity.
    pub id: ReadingId,
    /// What it is.
    pub page: PageToKeep,
    /// Name of the site, where known; else its host.
    pub site: String,
    /// The episode's title, where it is from one.
    pub episode_title: Option<String>,
    /// The show's title, where it is from an episode.
    pub show_title: Option<String>,
    /// When it was put on the list.
    pub added: UnixSeconds,
    /// When it was read.
    pub read: Option<UnixSeconds>,
    /// How far it has been read, 0–100.
    pub percent: u8,
    /// How long it takes to read, in minutes, where its text is known.
    pub minutes: Option<u32>,
    /// Whether its text is here.
    pub state: KeptState,
}

/// Chinese characters that are read in a minute.
const CHARACTERS: u64 = 400;
/// Words of other languages that are read in a minute.
const WORDS: u64 = 230;

/// How long this text takes to read, in minutes, at least one.
#[must_use]
pub fn minutes_to_read(text: &str) -> u32 {
    u32::try_from(reading_ms(text).div_ceil(60_000)).unwrap_or(u32::MAX).max(1)
}

/// How long this text takes to read, in ms: 400 Chinese characters or 230 words a minute.
#[must_use]
pub fn reading_ms(text: &str) -> Millis {
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
    use super::*;

    #[test]
    fn ideographs_and_words_take_their_time() {
        assert_eq!(minutes_to_read(""), 1);
        assert_eq!(minutes_to_read(&"潮".repeat(400)), 1);
        assert_eq!(minutes_to_read(&"潮".repeat(4_001)), 11);
        assert_eq!(minutes_to_read(&"don't panic ".repeat(220)), 2);
        assert_eq!(minutes_to_read(&("潮".repeat(200) + &" tide".repeat(110))), 1);
    }
}
