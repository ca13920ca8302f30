//! The reading list: pages kept for later.

use super::{EpisodeId, UnixSeconds};

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

/// Ideographs, kana and syllables that are read in a minute.
const IDEOGRAPHS: usize = 400;

/// Words that are read in a minute.
const WORDS: usize = 220;

/// How long this text takes to read, in minutes, at least one.
#[must_use]
pub fn minutes_to_read(text: &str) -> u32 {
    let wide = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}');
    let (mut ideographs, mut words, mut inside) = (0_usize, 0_usize, false);
    for c in text.chars() {
        let letter = c.is_alphanumeric() && !wide(c);
        ideographs += usize::from(wide(c));
        words += usize::from(letter && !inside);
        inside = letter || (inside && matches!(c, '\'' | '’' | '-'));
    }
    let minutes = (ideographs * WORDS + words * IDEOGRAPHS).div_ceil(IDEOGRAPHS * WORDS);
    u32::try_from(minutes).unwrap_or(u32::MAX).max(1)
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
