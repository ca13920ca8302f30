//! What each element does to the text: breaks, styles, links, lists, quotes.

use html5ever::tokenizer::Tag;

use super::Html;
use super::attributes::{timestamp, value};
use super::beside::Place;
use crate::text::address;
use crate::text::document::{BlockKind, Marker};

/// Lists deeper than this are counted, not tracked; layout shows fewer.
const MAX_LISTS: usize = 64;

/// An open list.
#[derive(Debug, Clone, Copy)]
pub(super) enum List {
    Bullets,
    /// The number of the next item.
    Numbers(u64),
}

impl Html {
    /// A piece of code in the line, such as a formula.
    pub(in crate::text) fn coded(&mut self, text: &str) {
        self.sync_style();
        self.builder.style.code = true;
        self.builder.text(text);
        self.builder.style.code = false;
    }

    /// A formula as its author wrote it: in readable characters where that can be done, else as code.
    pub(super) fn tex(&mut self, tex: &str) {
        match crate::text::tex::readable(tex) {
            Some(formula) => self.formula(&formula),
            None => self.coded(tex),
        }
    }

    /// A formula in readable characters.
    pub(in crate::text) fn formula(&mut self, text: &str) {
        self.sync_style();
        self.builder.style.italic = true;
        self.builder.text(text);
        self.sync_style();
    }

    pub(super) fn open(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if self.open_media(tag) {
            return;
        }
        if self.pre.is_some() {
            self.open_in_pre(tag);
            return;
        }
        if self.open_table(tag) {
            return;
        }
        match name {
            "br" if self.script.is_none() => self.builder.line_break(),
            "b" | "strong" => self.bold += 1,
            "i" | "em" | "cite" | "dfn" | "var" => self.italic += 1,
            "code" | "kbd" | "samp" | "tt" => self.code += 1,
            "s" | "del" | "strike" => self.strike += 1,
            "mark" => self.mark += 1,
            "ins" => self.insert += 1,
            "abbr" | "acronym" => self.open_short(tag),
            "a" => self.open_link(tag),
            "sup" => self.open_script(Place::Super),
            "sub" => self.open_script(Place::Sub),
            "rt" => self.open_script(Place::Reading),
            "q" => self.text("“"),
            "input" => self.open_input(tag),
            "span" | "font" | "u" | "small" | "ruby" | "rb" | "wbr" | "label" | "time" => {}
            _ => self.open_block(tag),
        }
    }

    fn open_block(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if let Some(level) = heading_level(name) {
            self.builder.end_block();
            self.builder.heading = Some(level);
            return;
        }
        match name {
            "hr" => self.builder.block(BlockKind::Rule, Vec::new()),
            "ul" | "menu" | "dir" => self.open_list(List::Bullets),
            "ol" => {
                let start = value(tag, "start").and_then(|n| n.trim().parse().ok());
                self.open_list(List::Numbers(start.unwrap_or(1)));
            }
            "li" => self.open_item(tag),
            "dl" => self.builder.end_block(),
            "dt" => {
                self.builder.end_block();
                self.end_definition();
                self.bold += 1;
            }
            "dd" => {
                self.builder.end_block();
                self.end_definition();
                self.definitions = 1;
                self.builder.list += 1;
            }
            "blockquote" => {
                self.builder.end_block();
                self.builder.quote += 1;
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                self.begin_pre(tag);
            }
            "details" => {
                self.builder.end_block();
                self.builder.details += 1;
            }
            "summary" => {
                self.builder.end_block();
                self.builder.summary = true;
                self.bold += 1;
            }
            _ if is_block(name) => self.builder.end_block(),
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        if self.close_media(name) {
            return;
        }
        if self.pre.is_some() {
            self.close_in_pre(name);
            return;
        }
        if self.close_table(name) {
            return;
        }
        match name {
            // A stray `</br>` is a line break and a stray `</p>` an empty paragraph (the standard).
            "br" => self.builder.line_break(),
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "i" | "em" | "cite" | "dfn" | "var" => self.italic = self.italic.saturating_sub(1),
            "code" | "kbd" | "samp" | "tt" => self.code = self.code.saturating_sub(1),
            "s" | "del" | "strike" => self.strike = self.strike.saturating_sub(1),
            "mark" => self.mark = self.mark.saturating_sub(1),
            "ins" => self.insert = self.insert.saturating_sub(1),
            "abbr" | "acronym" => self.close_short(),
            "a" => self.close_link(),
            "sup" | "sub" | "rt" | "ruby" => self.close_script(),
            "q" => self.text("”"),
            "ul" | "menu" | "dir" | "ol" => self.close_list(),
            "details" => {
                self.builder.end_block();
                self.builder.details = self.builder.details.saturating_sub(1);
            }
            "dt" | "summary" => {
                self.builder.end_block();
                self.builder.summary = false;
                self.bold = self.bold.saturating_sub(1);
            }
            "dd" | "dl" => {
                self.builder.end_block();
                self.end_definition();
            }
            "blockquote" => {
                self.builder.end_block();
                self.builder.quote = self.builder.quote.saturating_sub(1);
            }
            "li" => {
                self.builder.end_block();
                self.builder.marker = None;
            }
            _ if heading_level(name).is_some() => {
                self.builder.end_block();
                self.builder.heading = None;
            }
            _ if is_block(name) => self.builder.end_block(),
            _ => {}
        }
    }

    /// Ends whatever is open at the end of the text.
    pub(super) fn close_all(&mut self) {
        self.close_script();
        self.end_pre();
        self.close_all_media();
        self.close_all_tables();
        self.builder.end_block();
    }

    fn open_link(&mut self, tag: &Tag) {
        self.close_link();
        let href = value(tag, "href").unwrap_or_default();
        let time = timestamp(tag).or_else(|| address::fragment_time(href));
        if time.is_some() {
            self.builder.time_ms = time;
            self.linked = true;
        } else if let Some(link) = self.builder.target(href) {
            self.builder.link = Some(link);
            self.linked = true;
            if let Some(script) = &mut self.script {
                script.link = Some(link);
            }
        }
    }

    pub(super) fn close_link(&mut self) {
        if self.linked {
            self.builder.link = None;
            self.builder.time_ms = None;
            self.linked = false;
        }
    }

    fn open_list(&mut self, list: List) {
        self.builder.end_block();
        if self.lists.len() < MAX_LISTS {
            self.lists.push(list);
        } else {
            self.uncounted_lists += 1;
        }
        self.builder.list += 1;
    }

    fn close_list(&mut self) {
        self.builder.end_block();
        self.builder.marker = None;
        if self.uncounted_lists > 0 {
            self.uncounted_lists -= 1;
        } else if self.lists.pop().is_none() {
            return;
        }
        self.builder.list = self.builder.list.saturating_sub(1);
    }

    fn open_item(&mut self, tag: &Tag) {
        self.builder.end_block();
        if self.lists.is_empty() {
            // An item without a list: browsers show a bullet.
            self.lists.push(List::Bullets);
            self.builder.list += 1;
        }
        let number = value(tag, "value").and_then(|n| n.trim().parse().ok());
        self.builder.marker = Some(match self.lists.last_mut() {
            Some(List::Numbers(next)) => {
                let number = number.unwrap_or(*next);
                *next = number.saturating_add(1);
                Marker::Number(number)
            }
            _ => Marker::Bullet,
        });
    }

    fn open_input(&mut self, tag: &Tag) {
        let is_box = value(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
        if is_box && self.builder.marker.is_some() && self.builder.is_at_start() {
            self.builder.marker = Some(Marker::Task(value(tag, "checked").is_some()));
        }
    }

    fn end_definition(&mut self) {
        if self.definitions > 0 {
            self.definitions = 0;
            self.builder.list = self.builder.list.saturating_sub(1);
        }
    }
}

/// The level of `<h1>` to `<h6>`.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Elements that begin and end a block and ask for nothing else. Unknown ones are part of the line.
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 31] = [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dialog",
        "div",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "nav",
        "noscript",
        "option",
        "p",
        "search",
        "section",
        "tbody",
        "tfoot",
        "thead",
        "caption",
        "head",
        "optgroup",
        "video",
    ];
    BLOCKS.contains(&name)
}
