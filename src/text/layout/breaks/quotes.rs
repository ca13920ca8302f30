//! Quotation marks, which are the same in Chinese and in English and break differently: next to East
//! Asian characters they open and close as brackets do.

use super::barred::is_east_asian;
use super::easy::Easy;

/// Tells the quotation marks of one stretch of text apart.
pub(super) struct Quotes<'t> {
    text: &'t str,
    /// Where the row of marks ends that was looked at last, and whether it is next to an East Asian
    /// character. A row is looked at once, however long it is.
    row: (usize, bool),
}

impl<'t> Quotes<'t> {
    pub(super) fn new(text: &'t str) -> Quotes<'t> {
        Quotes { text, row: (0, false) }
    }

    /// Whether the mark at this byte breaks as a bracket; bytes must not go back.
    fn is_bracket(&mut self, at: usize) -> bool {
        if at >= self.row.0 {
            let (head, tail) = self.text.split_at_checked(at).unwrap_or_default();
            let len = tail.find(|c| !is_quote(c)).unwrap_or(tail.len());
            let after = tail.get(len..).and_then(|rest| rest.chars().next());
            let before = head.chars().next_back();
            self.row =
                (at + len, after.is_some_and(is_east_asian) || before.is_some_and(is_east_asian));
        }
        self.row.1
    }

    /// How the mark `c` at this byte breaks.
    pub(super) fn kind(&mut self, c: char, at: usize) -> Easy {
        match (opens(c), self.is_bracket(at)) {
            (true, true) => Easy::Opening,
            (true, false) => Easy::QuoteOpen,
            (false, true) => Easy::Mark,
            (false, false) => Easy::QuoteClose,
        }
    }
}

/// Copies a stretch; marks that break as brackets become brackets, which take as many bytes.
pub(super) fn bracketed(stretch: &str, out: &mut String) {
    if !stretch.contains(is_quote) {
        out.push_str(stretch);
        return;
    }
    let mut quotes = Quotes::new(stretch);
    for (at, c) in stretch.char_indices() {
        out.push(match is_quote(c) && quotes.is_bracket(at) {
            true if opens(c) => '（',
            true => '）',
            false => c,
        });
    }
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '‘')
}
