//! HTML that comes as elements and text, as a tree has them, rather than as bytes.

use html5ever::tokenizer::Tag;

use super::Reader;
use crate::text::document::Document;

/// Reads what it is told into a [`Document`], as [`super::from_html`] reads a page.
pub struct HtmlEvents(Reader);

impl HtmlEvents {
    /// Relative addresses are resolved against `base`; without one they are dropped.
    #[must_use]
    pub fn new(base: Option<&str>) -> HtmlEvents {
        HtmlEvents(Reader::new(base, false))
    }

    /// An element begins.
    pub fn start(&self, tag: &Tag) {
        self.0.with(|html| html.start(tag));
    }

    /// An element of this name ends.
    pub fn end(&self, name: &str) {
        self.0.with(|html| html.end(name));
    }

    /// Text of the element that began last.
    pub fn text(&self, text: &str) {
        self.0.with(|html| html.text(text));
    }

    /// A piece of HTML where it stands.
    pub fn markup(&self, markup: &str) {
        self.0.feed(markup);
    }

    /// What was read.
    #[must_use]
    pub fn finish(self) -> Document {
        self.0.finish()
    }
}
