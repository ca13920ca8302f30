//! Letters as files have them and as readers know them: ligatures taken apart, accents that stand
//! alone put on their letters, radicals made characters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose as composed;

use super::content::Letter;
use super::lines::Piece;

/// The letter as it is shown; `None` for what shows nothing. Ligatures come later, see [`plain`].
pub(super) fn shown(letter: char) -> Option<char> {
    Some(match letter {
        '\u{a0}' | '\t' | '\n' | '\r' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        // Symbols of old fonts that kept no names.
        '\u{f0b7}' | '\u{f06c}' | '\u{f0a7}' | '\u{f06e}' | '\u{f0d8}' | '\u{f0fc}' => '•',
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{e000}'..='\u{f8ff}' => return None,
        letter if letter.is_control() => return None,
        letter => letter,
    })
}

/// Text with ligatures, radicals and characters of old standards as they are written today.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // Latin and Armenian ligatures; radicals, which some fonts name for the characters that
            // look like them; compatibility ideographs.
            '\u{fb00}'..='\u{fb17}' | '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
                out.extend(std::iter::once(letter).nfkc());
            }
            '\u{2e80}'..='\u{2eff}' => out.extend(std::iter::once(letter).nfkc()),
            _ => out.push(letter),
        }
    }
    out
}

/// Puts an accent that was set by itself on the letter that it lies over: before the letter, as `TeX`
/// does, or after it. Says whether it did.
pub(super) fn compose(piece: &mut Piece, last: &Letter, letter: &mut Letter) -> bool {
    let overlap = last.right.min(letter.right) - last.left.max(letter.left);
    let narrower = (last.right - last.left).min(letter.right - letter.left);
    if overlap < narrower * 0.5 || narrower <= 0.0 {
        return false;
    }
    let both = [(last.letter, letter.letter), (letter.letter, last.letter)];
    let Some(whole) =
        both.iter().find_map(|(mark, base)| composed(dotted(*base), combining(*mark)?))
    else {
        return false;
    };
    let Some(run) = piece.runs.last_mut() else { return false };
    if run.text.pop().is_none() {
        return false;
    }
    run.text.push(whole);
    piece.right = piece.right.max(letter.right);
    *letter = Letter { letter: whole, left: last.left.min(letter.left), ..*letter };
    true
}

/// The letter without its dot may carry an accent; for Unicode it is the one with the dot.
fn dotted(letter: char) -> char {
    match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    }
}

/// The accent that combines, for one that stands alone.
fn combining(mark: char) -> Option<char> {
    Some(match mark {
        '`' | 'ˋ' => '\u{300}',
        '´' | 'ˊ' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' | '°' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        '\u{300}'..='\u{328}' => mark,
        _ => return None,
    })
}

/// Characters that are set without spaces between them.
pub(super) fn is_ideographic(letter: char) -> bool {
    matches!(letter,
        '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—')
        && !letter.is_whitespace()
}

/// Whether a character is written Chinese or Japanese.
pub(super) fn is_character(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_and_radicals_become_letters() {
        assert_eq!(plain("eﬃcient ⽂⼈ 﨩"), "efficient 文人 﨩");
        assert_eq!(shown('\u{f0b7}'), Some('•'));
        assert_eq!(shown('\u{7}'), None);
    }
}
