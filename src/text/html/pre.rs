//! Preformatted text: gathered as it stands until the element ends.

use html5ever::tokenizer::Tag;

use super::Html;
use super::attributes::{first, language};
use crate::text::clean::clean;

/// Preformatted text being gathered.
#[derive(Debug, Default)]
pub(super) struct Pre {
    text: String,
    language: Option<String>,
    depth: usize,
    after_code: bool,
}

impl Pre {
    pub(super) fn text(&mut self, text: &str) {
        self.after_code = self.after_code && text.trim().is_empty();
        self.text.push_str(text);
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

impl Html {
    /// Begins preformatted text.
    pub(super) fn begin_pre(&mut self, tag: &Tag) {
        self.builder.end_block();
        self.pre = Some(Pre { language: language(tag), depth: 1, ..Pre::default() });
    }

    /// Ends it, if it is open.
    pub(super) fn end_pre(&mut self) {
        if let Some(pre) = self.pre.take() {
            self.builder.code_block(pre.language, &clean(&pre.text));
        }
    }

    /// A start tag within.
    pub(super) fn open_in_pre(&mut self, tag: &Tag) {
        let Some(pre) = &mut self.pre else { return };
        match &*tag.name {
            "pre" => pre.depth += 1,
            "br" => pre.text.push('\n'),
            "code" => {
                // WeChat and others put every line into its own element.
                if std::mem::take(&mut pre.after_code) {
                    pre.end_line();
                }
                if pre.language.is_none() {
                    pre.language = language(tag);
                }
            }
            "img" => pre.text.push_str(first(tag, &["alt"]).unwrap_or_default()),
            "p" | "div" | "li" | "tr" => pre.end_line(),
            _ => {}
        }
    }

    /// An end tag within.
    pub(super) fn close_in_pre(&mut self, name: &str) {
        let Some(pre) = &mut self.pre else { return };
        match name {
            "code" => pre.after_code = true,
            "p" | "div" | "li" | "tr" => pre.end_line(),
            "pre" | "listing" | "xmp" if pre.depth > 1 => pre.depth -= 1,
            "pre" | "listing" | "xmp" => self.end_pre(),
            _ => {}
        }
    }
}
