//! Single words with times, as recognisers write them, joined into passages that can be read.

use super::cues::{Draft, is_cjk};
use crate::model::Millis;

/// A passage this long, in ms, ends with its sentence.
const ENOUGH: Millis = 2_000;
/// One this long ends at a comma or a pause.
const LONG: Millis = 5_000;
/// One this long ends with the word.
const LONGEST: Millis = 8_000;
/// A pause that always ends a passage, in ms, and one that may.
const SILENCE: Millis = 1_500;
const PAUSE: Millis = 300;

/// Fewest passages by which single words are told.
const FEWEST: usize = 3;

/// Joins the words of each sentence, where most of the passages are single words; else nothing changes.
pub(super) fn sentences(drafts: Vec<Draft>) -> Vec<Draft> {
    let words = drafts.iter().filter(|draft| is_word(&draft.text)).count();
    let timed = drafts.iter().filter(|draft| draft.start.is_some()).count();
    if drafts.len() < FEWEST || words * 10 < drafts.len() * 8 || timed * 3 < drafts.len() {
        return drafts;
    }
    // Some write the spaces into their words (` tide`), or as words of their own.
    let spaced = drafts.iter().skip(1).any(|draft| draft.text.starts_with(' '))
        || drafts.iter().any(|draft| draft.text == " ");
    let mut passages: Vec<Draft> = Vec::new();
    for word in drafts {
        match passages.last_mut() {
            Some(open) if !ends(open, &word) => join(open, &word, spaced),
            _ if word.text.trim().is_empty() => {}
            _ => passages.push(word),
        }
    }
    passages
}

/// One word, or as much Chinese as a recogniser takes for one; punctuation too.
fn is_word(text: &str) -> bool {
    let text = text.trim();
    text.split_whitespace().count() <= 1
        && text.chars().filter(|c| is_cjk(*c)).count() <= 4
        && text.chars().count() <= 30
}

/// Whether a passage ends before this word.
fn ends(open: &Draft, word: &Draft) -> bool {
    if !word.text.chars().any(char::is_alphanumeric) {
        return false;
    }
    let other = |(a, b): (&String, &String)| a != b;
    if open.speaker.as_ref().zip(word.speaker.as_ref()).is_some_and(other) {
        return true;
    }
    let (Some(begin), Some(start)) = (open.start, word.start) else { return false };
    let until = open.end.unwrap_or(begin);
    let (length, pause) = (start.saturating_sub(begin), start.saturating_sub(until));
    let last = open.text.trim_end().chars().last();
    let sentence = last.is_some_and(|c| "。！？!?.…".contains(c));
    let comma = last.is_some_and(|c| "，、；：,;:—".contains(c));
    (open.end.is_some() && pause >= SILENCE)
        || (length >= ENOUGH && sentence)
        || (length >= LONG && (comma || pause >= PAUSE))
        || length >= LONGEST
}

fn join(open: &mut Draft, word: &Draft, spaced: bool) {
    let parts = (open.text.chars().last(), word.text.chars().next());
    if let (false, (Some(before), Some(after))) = (spaced, parts)
        && !(is_cjk(before) || is_cjk(after))
        && !",.!?;:%)]}'’”…".contains(after)
        && !"([{“‘$".contains(before)
    {
        open.text.push(' ');
    }
    open.text.push_str(&word.text);
    open.speaker = open.speaker.take().or_else(|| word.speaker.clone());
    open.end = open.end.max(word.end).max(word.start);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(start: Millis, speaker: Option<&str>, text: &str) -> Draft {
        let speaker = speaker.map(str::to_owned);
        Draft { start: Some(start), end: Some(start + 250), speaker, text: text.to_owned() }
    }

    fn texts(drafts: Vec<Draft>) -> Vec<String> {
        sentences(drafts).into_iter().map(|draft| draft.text).collect()
    }

    #[test]
    fn words_become_sentences_of_one_speaker() {
        let words = vec![
            word(500, Some("Ann"), "The"),
            word(1000, Some("Ann"), "tide"),
            word(2400, Some("Ann"), "turned."),
            word(2700, Some("Ann"), "I"),
            word(3000, Some("Ann"), "saw"),
            word(3300, Some("Bo"), "Where?"),
        ];
        assert_eq!(texts(words), ["The tide turned.", "I saw", "Where?"]);
        let chinese = vec![word(0, None, "潮水"), word(300, None, "退了"), word(2600, None, "。")];
        assert_eq!(texts(chinese), ["潮水退了。"]);
    }

    #[test]
    fn endless_speech_is_parted_and_loses_nothing() {
        let words: Vec<Draft> = (0..100).map(|i| word(i * 300, None, "la")).collect();
        let found = sentences(words);
        assert_eq!(found.iter().map(|d| d.text.matches("la").count()).sum::<usize>(), 100);
        let longest = found.iter().map(|d| d.end.unwrap() - d.start.unwrap()).max();
        assert!(longest <= Some(LONGEST + 250), "{longest:?}");
    }

    #[test]
    fn short_answers_among_sentences_stay_as_they_are() {
        let said = ["Yes.", "We walked along the shore.", "No.", "It was late."];
        let drafts: Vec<Draft> = (0..).zip(said).map(|(i, s)| word(i * 900, None, s)).collect();
        assert_eq!(texts(drafts), said);
    }
}
