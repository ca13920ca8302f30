//! Folding: the form in which texts are compared. Full width and half width, upper and lower case,
//! letters with and without accents, simplified and traditional characters are one.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Classes of characters that are one, a line each; see the head of the file for where it is from. A
/// table and no converter: which of several traditional forms a word is written with does not matter
/// here, and a search for any of them must find all.
const CLASSES: &str = include_str!("fold/han.txt");

/// The Han characters of the basic plane that the table tells about.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// For each of them the one that stands for its class.
static HAN: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> = (FIRST..=LAST).map(|code| code as u16).collect();
    for class in CLASSES.lines().filter(|line| !line.starts_with('#')) {
        let Some(first) = class.chars().next().and_then(|c| u16::try_from(u32::from(c)).ok())
        else {
            continue;
        };
        for c in class.chars() {
            let place = u32::from(c).checked_sub(FIRST);
            if let Some(entry) = place.and_then(|place| table.get_mut(place as usize)) {
                *entry = first;
            }
        }
    }
    table
});

/// The one character that stands for all the forms of a Han character (发 for 發 and 髮); any other
/// character as it is.
#[must_use]
pub fn one_script(c: char) -> char {
    let place = u32::from(c).wrapping_sub(FIRST);
    let one = HAN.get(place as usize).and_then(|code| char::from_u32(u32::from(*code)));
    one.unwrap_or(c)
}

/// Hands the folded form of one character to `out`, all but its script; it may be several characters
/// or none.
pub fn fold_width(c: char, out: &mut impl FnMut(char)) {
    match c {
        _ if c.is_ascii() => out(c.to_ascii_lowercase()),
        // Han: nothing to fold, and most of a Chinese text.
        '\u{3400}'..='\u{9fff}' => out(c),
        // Accents that follow their letter, zero-width marks and joiners.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fe0f}' => {}
        // Latin with accents: the letter alone. Not for kana and Hangul, whose marks are letters.
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            c.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).for_each(out);
        }
        _ => c.nfkc().flat_map(char::to_lowercase).for_each(out),
    }
}

/// Hands the folded form of one character to `out`; it may be several characters or none.
pub fn fold_char(c: char, out: &mut impl FnMut(char)) {
    fold_width(c, &mut |c| out(one_script(c)));
}

/// Quotes and dashes that are typed in many ways, as one.
#[must_use]
pub fn plain_mark(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‚' | '`' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '。' => '.',
        '、' => ',',
        _ => c,
    }
}

/// A text as lists compare it: folded, quotes and dashes made alike, white space made one space,
/// nothing else that is invisible.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = true;
    for c in text.chars() {
        fold_char(c, &mut |c| {
            if c.is_whitespace() || c.is_control() {
                if !space {
                    folded.push(' ');
                }
                space = true;
            } else {
                folded.push(plain_mark(c));
                space = false;
            }
        });
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_character_is_the_same_one() {
        for class in
            ["发發髮", "后後", "里裡裏", "干乾幹", "台臺颱檯", "为為爲", "说說説", "线線綫"]
        {
            let mut forms: Vec<char> = class.chars().map(one_script).collect();
            forms.dedup();
            assert_eq!(forms.len(), 1, "{class}");
        }
        assert_eq!(['A', '人', 'か', '\u{20000}'].map(one_script), ['A', '人', 'か', '\u{20000}']);
    }

    #[test]
    fn what_stands_for_a_class_stands_for_itself_and_for_that_class_alone() {
        let mut all = std::collections::HashSet::new();
        for class in CLASSES.lines().filter(|line| !line.starts_with('#')) {
            let first = class.chars().next().unwrap();
            assert!(class.chars().count() > 1, "{class}");
            for c in class.chars() {
                assert!(all.insert(c), "{c} is in two classes");
                assert_eq!(one_script(c), first, "{class}");
            }
        }
        assert!(all.len() > 6_000, "{}", all.len());
    }

    #[test]
    fn texts_compare_without_width_case_accents_marks_and_script() {
        assert_eq!(folded("  ＡＩ　時代：“開始”\n— Café "), "ai 时代:\"开始\" - cafe");
        assert_eq!(folded("ｶﾀｶﾅ \u{200b}\u{feff}"), "カタカナ");
        assert_eq!(folded("İstanbul"), "istanbul");
    }
}
