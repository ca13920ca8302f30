//! Cutting texts into words for the full-text index.
//!
//! Chinese, Japanese, Korean and Thai have no spaces between words: each character together with the
//! next is a word (播客节目 → 播客 客节 节目 目), so a part of any length is found as a phrase; single
//! characters are kept apart. SQLite's own trigrams cannot find the one- and
//! two-character words that Chinese is made of. All else is cut at spaces and marks and found from
//! its beginning (`pod` finds `podcast`, `AI` does not find `said`).

use std::collections::HashSet;

use crate::text::fold_char;

/// Longest word that is kept, in characters; the rest of a longer one is left out.
const LONGEST_WORD: usize = 40;

/// Most words of one search term.
const MOST_WORDS: usize = 48;

#[derive(Default)]
struct Cutter {
    word: String,
    length: usize,
    /// The last character of a run without spaces, and how many of the run were seen.
    previous: Option<char>,
    run: usize,
}

impl Cutter {
    fn take(&mut self, c: char, out: &mut impl FnMut(&str)) {
        if is_unspaced(c) {
            self.end_word(out);
            if let Some(previous) = self.previous.replace(c) {
                pair(previous, Some(c), out);
            }
            self.run += 1;
        } else if c.is_alphanumeric() {
            self.end_run(out);
            if self.length < LONGEST_WORD {
                self.word.push(c);
                self.length += 1;
            }
        } else {
            self.end_word(out);
            self.end_run(out);
        }
    }

    fn end_word(&mut self, out: &mut impl FnMut(&str)) {
        if !self.word.is_empty() {
            out(&self.word);
            self.word.clear();
            self.length = 0;
        }
    }

    fn end_run(&mut self, out: &mut impl FnMut(&str)) {
        if let Some(last) = self.previous.take() {
            pair(last, None, out);
        }
        self.run = 0;
    }
}

fn pair(first: char, second: Option<char>, out: &mut impl FnMut(&str)) {
    let mut bytes = [0; 8];
    let mut length = first.encode_utf8(&mut bytes).len();
    if let (Some(second), Some(rest)) = (second, bytes.get_mut(length..)) {
        length += second.encode_utf8(rest).len();
    }
    if let Some(word) = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()) {
        out(word);
    }
}

/// Scripts that are written without spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'       // Thai, Lao
        | '\u{1000}'..='\u{109f}'   // Myanmar
        | '\u{1780}'..='\u{17ff}'   // Khmer
        | '\u{2e80}'..='\u{2fdf}'   // radicals
        | '\u{3005}'..='\u{3007}'   // 々〆〇
        | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' // kana
        | '\u{3105}'..='\u{318f}'   // Bopomofo, jamo
        | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' // Han
        | '\u{ac00}'..='\u{d7a3}'   // Hangul
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The words of `text`, parted by spaces, as the index takes them.
pub(super) fn for_index(text: &str) -> String {
    let mut words = String::with_capacity(text.len() * 2);
    let mut out = |word: &str| {
        words.push_str(word);
        words.push(' ');
    };
    let mut cutter = Cutter::default();
    for c in text.chars() {
        fold_char(c, &mut |c| cutter.take(c, &mut out));
    }
    cutter.end_word(&mut out);
    cutter.end_run(&mut out);
    words
}

/// Each character of scripts without spaces once, parted by spaces.
pub(super) fn chars(texts: &[&str]) -> String {
    let mut seen = HashSet::new();
    let mut chars = String::new();
    for c in texts.iter().flat_map(|text| text.chars()) {
        fold_char(c, &mut |c| {
            if is_unspaced(c) && seen.insert(c) {
                chars.push(c);
                chars.push(' ');
            }
        });
    }
    chars
}

/// The later parts of words that are written together, such as `GPT` of `ChatGPT` and `AI` of
/// `OpenAI`, parted by spaces. They have a column of their own, so that they do not stand between
/// the words of a phrase.
pub(super) fn parts(text: &str) -> String {
    let mut parts = String::new();
    let mut from = None;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        if previous.is_lowercase() && c.is_uppercase() {
            end_part(text, &mut from, at, &mut parts);
            from = Some(at);
        } else if !c.is_alphanumeric() || is_unspaced(c) {
            end_part(text, &mut from, at, &mut parts);
        }
        previous = c;
    }
    end_part(text, &mut from, text.len(), &mut parts);
    parts
}

fn end_part(text: &str, from: &mut Option<usize>, to: usize, parts: &mut String) {
    if let Some(part) = from.take().and_then(|from| text.get(from..to)) {
        parts.push_str(&for_index(part));
    }
}

/// One search term as FTS5 writes it: a phrase of words, the last one perhaps only begun. `None` if
/// there is nothing in it that could be found. Words hold letters and digits alone, so nothing of
/// them can be syntax.
pub(super) fn for_query(term: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let mut out = |word: &str| words.push(word.to_owned());
    let mut cutter = Cutter::default();
    for c in term.chars() {
        fold_char(c, &mut |c| cutter.take(c, &mut out));
    }
    // A run at the end is open: 播客 must also find 播客节, so its last character is no word of its
    // own, unless it is all there is.
    let begun = !cutter.word.is_empty() || cutter.run == 1;
    cutter.end_word(&mut out);
    if cutter.run == 1 {
        cutter.end_run(&mut out);
    }
    let cut = words.len() > MOST_WORDS;
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        return None;
    }
    let phrase = words.join(" ");
    if phrase.chars().count() == 1 && phrase.chars().all(is_unspaced) {
        return Some(format!("({{chars context}} : \"{phrase}\")"));
    }
    Some(if begun && !cut { format!("\"{phrase}\" *") } else { format!("\"{phrase}\"") })
}

/// The parts of a search that must all be found: words, and phrases in quotes of any kind.
pub(super) fn terms(query: &str) -> Vec<String> {
    const LONGEST: usize = 400;
    const MOST: usize = 12;
    let mut terms = Vec::new();
    let mut term = String::new();
    let mut quoted = false;
    for c in query.chars().take(LONGEST) {
        let quote = matches!(c, '"' | '“' | '”' | '＂' | '「' | '」');
        if quote || (c.is_whitespace() && !quoted) {
            terms.push(std::mem::take(&mut term));
            quoted = quote && !quoted;
        } else {
            term.push(c);
        }
    }
    terms.push(term);
    terms.retain(|term| !term.trim().is_empty());
    terms.truncate(MOST);
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unspaced_scripts_are_cut_in_pairs_and_others_in_words() {
        assert_eq!(for_index("聊ＡＩ时代，Hello-World"), "聊 ai 时代 代 hello world ");
        assert_eq!(for_index(""), "");
        assert_eq!(for_index("😀 --"), "");
    }

    #[test]
    fn a_term_becomes_a_phrase_whose_end_is_open() {
        assert_eq!(for_query("播客节").as_deref(), Some("\"播客 客节\""));
        assert_eq!(for_query("播").as_deref(), Some("({chars context} : \"播\")"));
        assert_eq!(for_query("用AI").as_deref(), Some("\"用 ai\" *"));
        assert_eq!(for_query("AI用").as_deref(), Some("\"ai 用\" *"));
        assert_eq!(for_query("工具AI").as_deref(), Some("\"工具 具 ai\" *"));
        assert_eq!(for_query("gpt-4").as_deref(), Some("\"gpt 4\" *"));
        assert_eq!(for_query("\"*()^:{}"), None);
    }

    #[test]
    fn later_parts_of_words_are_words_too() {
        assert_eq!(parts("用ChatGPT和OpenAI的 LateTalk, iPhone15 GPT"), "gpt ai talk phone15 ");
        assert_eq!(parts("aBcD"), "bc d ");
        assert_eq!(parts(""), "");
    }

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(terms("a  “b c” d\"e f"), ["a", "b c", "d", "e f"]);
        assert_eq!(terms(" \" "), Vec::<String>::new());
    }
}
