//! A document written block by block, for readers that find the blocks themselves: PDF, plain text.

use super::builder::Builder;
use super::clean::clean;
use super::document::{BlockKind, Document, Marker, SpanStyle};

/// Writes a [`Document`]. What comes in may hold anything: text is cleaned and its white space folded,
/// bare addresses become links, targets of other schemes are dropped.
#[derive(Debug, Default)]
pub struct Composer(Builder);

impl Composer {
    /// An empty document; relative targets are resolved against `base`.
    #[must_use]
    pub fn new(base: Option<&str>) -> Composer {
        Composer(Builder::new(base))
    }

    /// Begins a paragraph.
    pub fn paragraph(&mut self) {
        self.begin(None, None);
    }

    /// Begins a heading of a level, 1–6.
    pub fn heading(&mut self, level: u8) {
        self.begin(Some(level.clamp(1, 6)), None);
    }

    /// Begins an item of a list; `depth` is 1 for an outer one. What follows in the same item is
    /// begun by [`Composer::paragraph`] after [`Composer::nest`].
    pub fn item(&mut self, depth: usize, marker: Marker) {
        self.begin(None, Some(marker));
        self.0.list = depth.max(1);
    }

    /// Sets in how many quotes and lists the next paragraph stands.
    pub fn nest(&mut self, quotes: usize, lists: usize) {
        self.begin(None, None);
        (self.0.quote, self.0.list) = (quotes, lists);
    }

    /// Adds text to the block that was begun.
    pub fn text(&mut self, text: &str, style: SpanStyle, href: Option<&str>) {
        self.0.style = style;
        self.0.link = href.and_then(|href| self.0.target(href));
        self.0.text(text);
        self.0.link = None;
        self.0.style = SpanStyle::default();
    }

    /// Ends the line within the block.
    pub fn line_break(&mut self) {
        self.0.line_break();
    }

    /// Adds preformatted text.
    pub fn code(&mut self, language: Option<&str>, text: &str) {
        self.begin(None, None);
        self.0.code_block(language.map(str::to_owned), &clean(text));
    }

    /// Adds a rule, a mark of a page, a picture: a block without text of its own.
    pub fn block(&mut self, kind: BlockKind) {
        self.begin(None, None);
        self.0.block(kind, Vec::new());
    }

    /// The address of a picture made whole; empty if it is not safe.
    #[must_use]
    pub fn source(&self, src: &str) -> String {
        self.0.source(src)
    }

    /// The finished document.
    #[must_use]
    pub fn finish(self) -> Document {
        self.0.finish()
    }

    fn begin(&mut self, heading: Option<u8>, marker: Option<Marker>) {
        self.0.end_block();
        if marker.is_none() && self.0.marker.is_none() && heading.is_some() {
            self.0.list = 0;
        }
        self.0.heading = heading;
        self.0.marker = marker;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_written_as_they_come_and_made_safe() {
        let plain = SpanStyle::default();
        let mut composer = Composer::new(Some("https://a.example/x/"));
        composer.heading(2);
        composer.text("电池\u{1b}[2J", plain, None);
        composer.item(1, Marker::Number(3));
        composer.text("see  ", plain, None);
        composer.text("this", plain, Some("y.html"));
        composer.text(" or ", plain, Some("javascript:alert(1)"));
        composer.text("https://b.example", plain, None);
        composer.nest(0, 0);
        composer.block(BlockKind::PageMark { page: 2, of: 3 });
        composer.code(None, "a\n\tb");
        let document = composer.finish();
        assert_eq!(document.plain_text(), "电池[2J\n\nsee this or https://b.example\n\na\n\tb");
        let urls: Vec<&str> = document.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(urls, ["https://a.example/x/y.html", "https://b.example"]);
        assert_eq!(document.blocks[1].marker, Some(Marker::Number(3)));
        assert_eq!((document.blocks[1].list, document.blocks[2].list), (1, 0));
    }
}
