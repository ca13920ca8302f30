//! JSON without anything that a terminal would obey: the last net under what verbs print.

use std::io::{self, Write};

use serde_json::ser::{CharEscape, CompactFormatter, Formatter};

/// Writes compact JSON whose strings are clean even where nobody cleaned them before.
#[derive(Debug, Default)]
pub(super) struct Clean(CompactFormatter);

impl Formatter for Clean {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Cleaning makes line breaks of U+2028 and the like; in JSON they must be escaped.
        let clean = crate::text::clean(fragment).replace('\n', "\\n");
        self.0.write_string_fragment(writer, &clean)
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        match escape {
            CharEscape::Backspace
            | CharEscape::FormFeed
            | CharEscape::CarriageReturn
            | CharEscape::AsciiControl(_) => Ok(()),
            CharEscape::Quote
            | CharEscape::ReverseSolidus
            | CharEscape::Solidus
            | CharEscape::LineFeed
            | CharEscape::Tab => self.0.write_char_escape(writer, escape),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    #[test]
    fn no_string_of_a_document_holds_what_a_terminal_obeys() {
        let mut bytes = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Clean::default());
        let text = "a\u{1b}[2J\u{9b}b\u{202e}c\r\nd\t\"e\\\u{7f}\u{2028}f\u{c}";
        serde_json::json!({ text: [text] }).serialize(&mut serializer).unwrap();
        let read: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let clean = "a[2Jbc\nd\t\"e\\\nf";
        assert_eq!(read, serde_json::json!({ clean: [clean] }));
    }
}
