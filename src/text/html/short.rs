//! What letters stand for (`<abbr title="…">`): said once, behind the first of them.

use html5ever::tokenizer::Tag;

use super::Html;
use super::attributes::value;

/// Letters and their meanings that are remembered at most.
const MOST: usize = 500;
/// Longest meaning, in bytes.
const LONGEST: usize = 120;

/// Letters that are being read.
#[derive(Debug)]
pub(super) struct Short {
    meaning: String,
    letters: String,
}

impl Html {
    /// Begins letters that stand for something.
    pub(super) fn open_short(&mut self, tag: &Tag) {
        let meaning = value(tag, "title").map(crate::text::clean_line).unwrap_or_default();
        let is_meant = meaning.len() <= LONGEST
            && meaning.chars().next().is_some_and(char::is_alphabetic)
            && self.explained.len() < MOST;
        self.short = is_meant.then(|| Short { meaning, letters: String::new() });
    }

    /// Keeps what the letters are.
    pub(super) fn note_short(&mut self, text: &str) {
        if let Some(short) = self.short.as_mut().filter(|short| short.letters.len() < LONGEST) {
            short.letters.push_str(text);
        }
    }

    /// Says what they stand for, the first time. Only of capitals: times and names have such titles, too,
    /// and nobody asks for them.
    pub(super) fn close_short(&mut self) {
        let Some(Short { meaning, letters }) = self.short.take() else { return };
        let letters = letters.trim().to_owned();
        let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "&-./".contains(c);
        let is_short = (2..=12).contains(&letters.len())
            && letters.chars().all(is_capital)
            && letters.starts_with(|c: char| c.is_ascii_uppercase())
            && meaning.chars().count() > letters.len();
        if is_short && self.explained.insert(letters) {
            let is_wide = meaning.chars().any(|c| matches!(c, '\u{3041}'..='\u{9fff}'));
            let said = if is_wide { format!("（{meaning}）") } else { format!(" ({meaning})") };
            self.text(&said);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::from_html;

    #[test]
    fn what_letters_stand_for_is_said_once_behind_the_first() {
        let read = |html: &str| from_html(html, None).plain_text();
        let wlo = "<abbr title='World Lamp Office'>WLO</abbr>";
        assert_eq!(read(&format!("<p>The {wlo} said, {wlo}.")), "The WLO (World Lamp Office) said, WLO.");
        assert_eq!(read("<p>据<abbr title='世界灯塔组织'>WLO</abbr>说"), "据WLO（世界灯塔组织）说");
        for html in [
            "<p><abbr title='2026-03-01'>MAR</abbr>",
            "<p><abbr title='Sunday evening'>yesterday</abbr>",
            "<p><abbr>WLO</abbr>",
        ] {
            assert!(!read(html).contains('('), "{html}");
        }
    }
}
