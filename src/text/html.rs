//! HTML to a document. The tokenizer of html5ever drives a flat builder: no tree is made, so nesting
//! costs nothing, nothing recurses, and broken markup is read as it comes. (A tree of 20,000 nested
//! elements takes a parser seconds and its users the stack.)

mod attributes;
mod beside;
mod element;
mod events;
mod math;
mod media;
mod pre;
mod short;
mod skip;
mod table;

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::builder::Builder;
use super::document::Document;

pub use events::HtmlEvents;

/// Reads HTML: a page, a part of one, or show notes. Relative addresses are resolved against `base`;
/// without one they are dropped (pictures keep theirs). Scripts, styles, templates and what is marked
/// hidden are left out; frames, video and audio become a line with a link. If there is no `<p>`,
/// `<br>`, `<div>` or `<li>`, line breaks are kept and empty lines part paragraphs. Takes time in
/// proportion to its size, however it nests.
#[must_use]
pub fn from_html(html: &str, base: Option<&str>) -> Document {
    let reader = Reader::new(base, !has_block_tags(html));
    reader.feed(html);
    reader.finish()
}

/// Whether the text is structured by tags, so that its line breaks mean nothing.
fn has_block_tags(html: &str) -> bool {
    const TAGS: [&str; 17] = [
        "p",
        "br",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "section",
        "table",
        "pre",
        "article",
        "body",
        "blockquote",
        "dl",
        "ul",
        "td",
    ];
    html.split('<').skip(1).any(|rest| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        name.len() <= 10 && TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag))
    })
}

/// A tokenizer and what it fills. HTML may be fed in pieces, with other content between.
pub(super) struct Reader {
    tokenizer: Tokenizer<Sink>,
}

struct Sink(RefCell<Html>);

/// The state of reading: the builder and what the open elements ask for.
#[derive(Default)]
pub(super) struct Html {
    pub(super) builder: Builder,
    keeps_lines: bool,
    bold: usize,
    italic: usize,
    code: usize,
    strike: usize,
    mark: usize,
    insert: usize,
    lists: Vec<element::List>,
    /// Lists deeper than are tracked.
    uncounted_lists: usize,
    definitions: usize,
    linked: bool,
    pre: Option<pre::Pre>,
    skip: Option<skip::Skip>,
    script: Option<beside::Script>,
    figure: Option<media::Figure>,
    player: Option<media::Player>,
    short: Option<short::Short>,
    /// Letters whose meaning was said.
    explained: std::collections::BTreeSet<String>,
    math: Option<math::Math>,
    tables: Vec<table::Frame>,
    /// Tables deeper than are tracked.
    uncounted_tables: usize,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader::new(None, false)
    }
}

impl Reader {
    pub(super) fn new(base: Option<&str>, keeps_lines: bool) -> Reader {
        let builder = Builder::new(base);
        let html = Html { builder, keeps_lines, ..Html::default() };
        let sink = Sink(RefCell::new(html));
        Reader { tokenizer: Tokenizer::new(sink, TokenizerOpts::default()) }
    }

    pub(super) fn feed(&self, html: &str) {
        let input = BufferQueue::default();
        let html = attributes::without_floods(html);
        input.push_back(StrTendril::from(&*html));
        // The sink never asks to stop, so one call reads all; the loop only guards that.
        while !input.is_empty() {
            let before = input.peek();
            let _ = self.tokenizer.feed(&input);
            if input.peek() == before && before.is_some() {
                break;
            }
        }
    }

    /// Works on the state between pieces.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Html) -> T) -> T {
        work(&mut self.tokenizer.sink.0.borrow_mut())
    }

    pub(super) fn finish(self) -> Document {
        self.tokenizer.end();
        let mut html = self.tokenizer.sink.0.into_inner();
        html.close_all();
        html.builder.finish()
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut html = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => html.tag(&tag),
            Token::CharacterTokens(text) => {
                html.text(&text);
                TokenSinkResult::Continue
            }
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => TokenSinkResult::Continue,
        }
    }
}

impl Html {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if tag.kind == TagKind::EndTag {
            self.end(name);
            return TokenSinkResult::Continue;
        }
        self.start(tag);
        // What the tokenizer must not read as tags (HTML standard, 13.2.6.4.4 and .7).
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" if !self.is_skipping("svg") => TokenSinkResult::RawData(RawKind::Rcdata),
            "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    /// An element begins.
    fn start(&mut self, tag: &Tag) {
        if !self.start_skip(tag) {
            self.open(tag);
            let name = attributes::value(tag, "id").or_else(|| attributes::anchor_name(tag));
            if let Some(name) = name {
                self.builder.anchor(name);
            }
        }
    }

    /// An element ends.
    fn end(&mut self, name: &str) {
        if !self.end_skip(name) {
            self.close(name);
        }
    }

    /// Text where it belongs: code, a note on a character, math, or the running block.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(skip) = &mut self.skip {
            skip.text(text);
        } else if let Some(math) = &mut self.math {
            math.text(text);
        } else if self.player.is_some() {
        } else if let Some(pre) = &mut self.pre {
            pre.text(text);
        } else if let Some(script) = &mut self.script {
            script.text.push_str(text);
        } else if self.is_between_cells() && text.trim().is_empty() {
        } else {
            self.note_short(text);
            self.sync_style();
            for (i, part) in text.split(['\u{2028}', '\u{2029}']).enumerate() {
                if i > 0 {
                    self.builder.line_break();
                }
                if self.keeps_lines { self.builder.lines(part) } else { self.builder.text(part) }
            }
        }
    }

    /// Opens or closes bold text, as `<b>` does.
    pub(super) fn style_bold(&mut self, on: bool) {
        self.bold = if on { self.bold + 1 } else { self.bold.saturating_sub(1) };
    }

    /// Opens or closes italic text, as `<i>` does.
    pub(super) fn style_italic(&mut self, on: bool) {
        self.italic = if on { self.italic + 1 } else { self.italic.saturating_sub(1) };
    }

    /// Opens or closes deleted text, as `<s>` does.
    pub(super) fn style_strike(&mut self, on: bool) {
        self.strike = if on { self.strike + 1 } else { self.strike.saturating_sub(1) };
    }

    /// Ends the running block.
    pub(super) fn end_text(&mut self) {
        self.builder.end_block();
    }

    fn sync_style(&mut self) {
        let style = &mut self.builder.style;
        style.bold = self.bold > 0;
        style.italic = self.italic > 0;
        style.code = self.code > 0;
        style.strike = self.strike > 0;
        style.mark = self.mark > 0;
        style.insert = self.insert > 0;
    }
}

#[cfg(test)]
mod tests;
