//! Plain text to a document: paragraphs by empty lines, lines kept, bare addresses linked.

use super::builder::Builder;
use super::clean::clean;
use super::document::Document;

/// Reads plain text. An empty line ends a paragraph; other line breaks are kept. `base` is only there
/// for symmetry with the other readers: bare addresses are always whole.
#[must_use]
pub fn from_plain(text: &str, base: Option<&str>) -> Document {
    let mut builder = Builder::new(base);
    builder.lines(&clean(text));
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::super::document::Block;
    use super::*;

    #[test]
    fn lines_stay_and_empty_lines_part_paragraphs() {
        let document = from_plain("第一行\r\n第二行\n\n\n第三 https://a.example/x。\n", None);
        let texts: Vec<String> = document.blocks.iter().map(Block::plain_text).collect();
        assert_eq!(texts, ["第一行\n第二行", "第三 https://a.example/x。"]);
        assert_eq!(document.links.first().map(|l| l.url.as_str()), Some("https://a.example/x"));
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(from_plain(" \n\u{1b}\n", None), Document::default());
    }
}
