//! How much room a stretch of text takes that should not be broken.

use super::spacing::Spacing;
use crate::text::width::{Ambiguous, width};

/// A stretch of text up to where a line may end, measured.
pub(super) struct Word {
    /// Its bytes without the white space at its end.
    pub(super) len: usize,
    /// Their columns, spaces between scripts within them included.
    pub(super) columns: usize,
    /// Columns of the white space.
    pub(super) blank: usize,
}

impl Word {
    /// Measures `text`, which begins at the byte `start` of the text that `spacing` is of. One
    /// ideograph and a word of ASCII, which is nearly all there is, are told by their bytes.
    pub(super) fn measured(
        text: &str,
        start: usize,
        spacing: &Spacing,
        ambiguous: Ambiguous,
    ) -> Word {
        let bytes = text.as_bytes();
        if let [0xE4..=0xE9, _, _] = bytes {
            return Word { len: 3, columns: 2, blank: 0 };
        }
        let len = bytes.iter().take_while(|b| b.is_ascii_graphic()).count();
        if bytes.iter().skip(len).all(|b| *b == b' ') {
            return Word { len, columns: len, blank: bytes.len() - len };
        }
        let word = text.trim_end();
        let blank = text.get(word.len()..).unwrap_or_default();
        let columns = columns(word, start, spacing, ambiguous);
        Word { len: word.len(), columns, blank: width(blank, ambiguous) }
    }
}

/// The columns of a word that begins at the byte `start`, spaces between scripts within it included.
pub(super) fn columns(word: &str, start: usize, spacing: &Spacing, ambiguous: Ambiguous) -> usize {
    width(word, ambiguous) + spacing.within(&(start..start + word.len())).len()
}
