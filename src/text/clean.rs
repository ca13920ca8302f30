//! Text from outside made safe for a terminal: no control characters, no overrides of the writing
//! direction, no towers of combining marks.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// Most combining marks kept on one base character. Real scripts need four at most (Vietnamese,
/// pointed Hebrew); terminals have crashed on thousands (GNU screen, CVE-2021-26937).
const MAX_MARKS: u8 = 8;

/// Returns `text` without what must never reach a terminal or a file name: C0 controls except `\n`
/// and `\t`, DEL, C1 controls, bidirectional overrides and isolates (U+202A–202E, U+2066–2069),
/// tag characters (U+E0000–E007F), byte order marks. `\r\n`, `\r`, U+2028 and U+2029 become `\n`.
/// At most eight combining marks stay on one character. Clean text is borrowed.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut cleaner = Cleaner::default();
    cleaner.push(&mut out, text);
    Cow::Owned(out)
}

/// Returns `text` on one line: cleaned, every run of white space a single space, trimmed. For titles,
/// names and everything else that has one row on the screen.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in clean(text).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether nothing would be changed; the common case, decided without copying.
fn is_clean(text: &str) -> bool {
    let mut marks = 0;
    for c in text.chars() {
        if is_forbidden(c) || is_line_break(c) {
            return false;
        }
        marks = marks_after(marks, c);
        if marks > MAX_MARKS {
            return false;
        }
    }
    true
}

/// Cleans a text that comes in pieces, so that marks are counted over the seams.
#[derive(Debug, Default)]
pub(super) struct Cleaner {
    marks: u8,
    after_cr: bool,
}

impl Cleaner {
    /// Appends the clean form of `piece` to `out`.
    pub(super) fn push(&mut self, out: &mut String, piece: &str) {
        if !piece.is_empty() && piece.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            *self = Cleaner::default();
            return out.push_str(piece);
        }
        for c in piece.chars() {
            let was_cr = std::mem::replace(&mut self.after_cr, c == '\r');
            if is_line_break(c) || c == '\n' {
                if !(was_cr && c == '\n') {
                    out.push('\n');
                }
                self.marks = 0;
            } else if !is_forbidden(c) {
                self.marks = marks_after(self.marks, c);
                if self.marks <= MAX_MARKS {
                    out.push(c);
                }
            }
        }
    }
}

fn marks_after(marks: u8, c: char) -> u8 {
    // The ASCII test comes first: the table look-up would cost more than all the rest.
    if c.is_ascii() || !is_combining_mark(c) { 0 } else { marks.saturating_add(1) }
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\r' | '\u{2028}' | '\u{2029}')
}

fn is_forbidden(c: char) -> bool {
    match c {
        '\n' | '\t' | '\r' => false,
        '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{E0000}'..='\u{E007F}'
        | '\u{FEFF}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(clean("晚上好\n\tgood evening"), Cow::Borrowed(_)));
    }

    #[test]
    fn escapes_and_overrides_disappear_and_the_words_stay() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}c\u{9b}2Jd\u{7f}e\u{0}"), "a[31mbc2Jde");
        assert_eq!(clean("cod\u{202e}3pm.exe\u{2066}\u{2069}"), "cod3pm.exe");
        assert_eq!(clean("旗\u{e0067}\u{e007f}\u{feff}"), "旗");
    }

    #[test]
    fn every_kind_of_line_break_becomes_a_newline() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\u{2029}e\n"), "a\nb\nc\nd\ne\n");
        assert_eq!(clean("a\r\r\nb"), "a\n\nb");
    }

    #[test]
    fn towers_of_marks_are_cut_to_eight() {
        let tower = format!("e{}x{}", "\u{301}".repeat(2000), "\u{302}".repeat(3));
        let cleaned = clean(&tower);
        assert_eq!(cleaned.chars().filter(|c| *c == '\u{301}').count(), 8);
        assert_eq!(cleaned.chars().filter(|c| *c == '\u{302}').count(), 3);
    }

    #[test]
    fn marks_are_counted_over_the_seams_of_pieces() {
        let (mut out, mut cleaner) = (String::from("e"), Cleaner::default());
        for _ in 0..100 {
            cleaner.push(&mut out, "\u{301}");
        }
        assert_eq!(out.chars().count(), 9);
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(clean_line("  第一行\r\n\t第二行 \u{1b}x "), "第一行 第二行 x");
        assert_eq!(clean_line("\u{7}\n"), "");
    }
}
