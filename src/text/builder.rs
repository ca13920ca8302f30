//! Builds a [`Document`] from a stream of words, breaks and marks, whatever language they were
//! written in. White space is folded, addresses are linked and all text is cleaned here, once.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;
use url::Url;

use crate::model::{Link, Millis};

use super::clean::Cleaner;
use super::document::{Block, BlockKind, Document, Marker, Span, SpanStyle};
use super::{address, anchors};

/// White space that was read and is not yet written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Gap {
    #[default]
    None,
    Space,
    /// With a line break of the source in it: nothing between two ideographs.
    Fold,
}

/// The document under construction.
#[derive(Debug, Default)]
pub(super) struct Builder {
    base: Option<Url>,
    /// Targets of links; texts are gathered at the end.
    targets: Vec<String>,
    pub(super) blocks: Vec<Block>,
    spans: Vec<Span>,
    gap: Gap,
    last: Option<char>,
    cleaner: Cleaner,
    /// Style, link and time of the text that comes.
    pub(super) style: SpanStyle,
    pub(super) link: Option<usize>,
    pub(super) time_ms: Option<Millis>,
    /// Nesting, uncapped; capped when a block is made.
    pub(super) quote: usize,
    pub(super) list: usize,
    pub(super) heading: Option<u8>,
    /// The mark of the next block.
    pub(super) marker: Option<Marker>,
    /// How many `<details>` are open, and whether the next block heads the innermost.
    pub(super) details: usize,
    pub(super) summary: bool,
    /// Names of the block that is being built.
    anchors: Vec<String>,
}

/// Names that a block keeps; longer names than any real one are left out.
const MAX_ANCHORS: usize = 64;
const MAX_ANCHOR: usize = 256;

impl Builder {
    pub(super) fn new(base: Option<&str>) -> Builder {
        Builder { base: base.and_then(|base| Url::parse(base).ok()), ..Builder::default() }
    }

    /// The index of a link to `href`, if it may be followed.
    pub(super) fn target(&mut self, href: &str) -> Option<usize> {
        let url = address::resolve(href, self.base.as_ref())?;
        self.targets.push(url);
        Some(self.targets.len() - 1)
    }

    /// The address of a picture, made whole where a base is known; anything unsafe becomes empty.
    pub(super) fn source(&self, src: &str) -> String {
        let whole = address::resolve(src, self.base.as_ref()).filter(|url| !url.starts_with('#'));
        let relative = || {
            let src = super::clean_line(src);
            let local = self.base.is_none() && Url::parse(&src).is_err() && src.len() < 1024;
            if local { src } else { String::new() }
        };
        whole.unwrap_or_else(relative)
    }

    /// Names the block that is being built, so that links within the text reach it.
    pub(super) fn anchor(&mut self, name: &str) {
        if !name.is_empty() && name.len() <= MAX_ANCHOR && self.anchors.len() < MAX_ANCHORS {
            self.anchors.push(super::clean_line(name));
        }
    }

    /// Adds text, folding its white space as HTML does.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if is_folded(c) {
                let end = rest.find(|c| !is_folded(c)).unwrap_or(rest.len());
                let (space, after) = rest.split_at(end);
                let gap = if space.contains('\n') { Gap::Fold } else { Gap::Space };
                if self.gap == Gap::None || gap == Gap::Fold {
                    self.gap = gap;
                }
                rest = after;
            } else {
                let end = rest.find(is_folded).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                self.word(word);
                rest = after;
            }
        }
    }

    /// Adds text with its line breaks kept; an empty line ends the block.
    pub(super) fn lines(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.line_break();
            }
            self.text(line);
        }
    }

    /// Ends the line; twice in a row ends the block.
    pub(super) fn line_break(&mut self) {
        self.gap = Gap::None;
        match self.last {
            None => {}
            Some('\n') => self.end_block(),
            Some(_) => self.append("\n"),
        }
    }

    /// Ends the block, if there is text in it.
    pub(super) fn end_block(&mut self) {
        self.gap = Gap::None;
        self.last = None;
        self.cleaner = Cleaner::default();
        let mut spans = std::mem::take(&mut self.spans);
        trim(&mut spans);
        if spans.is_empty() {
            return;
        }
        let spans = self.linked(spans);
        let kind = self.heading.map_or(BlockKind::Paragraph, BlockKind::Heading);
        self.push(kind, spans);
    }

    /// Ends the running block and adds one of another kind.
    pub(super) fn block(&mut self, kind: BlockKind, spans: Vec<Span>) {
        self.end_block();
        self.push(kind, spans);
    }

    /// Adds preformatted text, already cleaned; nothing if it is empty. Ends in one `\n`.
    pub(super) fn code_block(&mut self, language: Option<String>, text: &str) {
        // The line break right after `<pre>` is not part of the text; blank ends say nothing.
        let text = text.trim_start_matches('\n').trim_end();
        if text.is_empty() {
            return;
        }
        self.block(BlockKind::Code { language, text: format!("{text}\n") }, Vec::new());
    }

    /// Takes the text of the running block away, as spans.
    pub(super) fn take_spans(&mut self) -> Vec<Span> {
        self.gap = Gap::None;
        self.last = None;
        let mut spans = std::mem::take(&mut self.spans);
        trim(&mut spans);
        self.linked(spans)
    }

    /// Whether the running block has no text yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.spans.is_empty()
    }

    /// The finished document, its links in the order in which they appear.
    pub(super) fn finish(mut self) -> Document {
        self.end_block();
        let mut links: Vec<Link> = Vec::new();
        let mut renumbered: Vec<Option<usize>> = vec![None; self.targets.len()];
        for span in self.blocks.iter_mut().flat_map(spans_of) {
            let Some(target) = span.link else { continue };
            let Some(slot) = renumbered.get_mut(target) else { continue };
            let url = self.targets.get(target).map(String::as_str).unwrap_or_default();
            let index = *slot.get_or_insert_with(|| {
                links.push(Link { text: String::new(), url: url.to_owned() });
                links.len() - 1
            });
            span.link = Some(index);
            if let Some(link) = links.get_mut(index)
                && link.text.len() < 1024
            {
                link.text.push_str(&span.text);
            }
        }
        for link in &mut links {
            link.text = super::clean_line(&link.text);
            if link.text.is_empty() {
                link.text.clone_from(&link.url);
            }
        }
        anchors::keep_linked(&mut self.blocks, &self.targets);
        Document { blocks: self.blocks, links }
    }

    fn push(&mut self, kind: BlockKind, spans: Vec<Span>) {
        let cap = |depth: usize| depth.min(usize::from(Document::MAX_DEPTH)) as u8;
        self.blocks.push(Block {
            kind,
            quote: cap(self.quote),
            list: cap(self.list),
            marker: self.marker.take(),
            spans,
            details: cap(self.details),
            summary: self.details > 0 && std::mem::take(&mut self.summary),
            anchors: std::mem::take(&mut self.anchors),
            tokens: Vec::new(),
        });
    }

    fn word(&mut self, word: &str) {
        // The ideographic space indents paragraphs by hand; layout does that, if anyone.
        let at_start = matches!(self.last, None | Some('\n'));
        let word = if at_start { word.trim_start_matches(['\u{3000}', '\u{a0}']) } else { word };
        let Some(first) = word.chars().next() else { return };
        let gap = std::mem::take(&mut self.gap);
        let glued =
            gap == Gap::Fold && self.last.is_some_and(is_ideographic) && is_ideographic(first);
        if gap != Gap::None && !at_start && !glued {
            self.space();
        }
        self.append(word);
    }

    /// A space between words, which belongs to a link, a time or code only within one.
    fn space(&mut self) {
        let Builder { style, link, time_ms, .. } = *self;
        let is_free = |link: Option<usize>, time: Option<Millis>| link.is_none() && time.is_none();
        match self.spans.last_mut() {
            Some(last)
                if (last.link, last.time_ms) == (link, time_ms)
                    && last.style.code == style.code =>
            {
                self.append(" ");
            }
            Some(last) if is_free(last.link, last.time_ms) && !last.style.code => {
                last.text.push(' ');
                self.last = Some(' ');
            }
            _ if is_free(link, time_ms) && !style.code => self.append(" "),
            _ => {
                self.link = None;
                self.time_ms = None;
                self.style = SpanStyle::default();
                self.append(" ");
                (self.style, self.link, self.time_ms) = (style, link, time_ms);
            }
        }
    }

    fn append(&mut self, text: &str) {
        let Builder { style, link, time_ms, .. } = *self;
        let fits = |s: &Span| s.style == style && s.link == link && s.time_ms == time_ms;
        if !self.spans.last().is_some_and(fits) {
            self.spans.push(Span { text: String::new(), style, link, time_ms });
        }
        let Some(span) = self.spans.last_mut() else { return };
        let before = span.text.len();
        if text.contains(['\u{a0}', '\u{ad}']) {
            // A no-break space holds the place of a space; soft hyphens hold nothing.
            let plain = text.replace('\u{a0}', " ").replace('\u{ad}', "");
            self.cleaner.push(&mut span.text, &plain);
        } else {
            self.cleaner.push(&mut span.text, text);
        }
        if let Some(c) = span.text.get(before..).and_then(|added| added.chars().next_back()) {
            self.last = Some(c);
        }
    }

    /// Links the bare addresses in spans that are no links yet and no code.
    fn linked(&mut self, spans: Vec<Span>) -> Vec<Span> {
        let mut out = Vec::with_capacity(spans.len());
        for span in spans {
            if span.link.is_some() || span.time_ms.is_some() || span.style.code {
                out.push(span);
                continue;
            }
            let piece = |range: Range<usize>, link: Option<usize>| {
                let text = span.text.get(range).unwrap_or_default().to_owned();
                // Not cloned from the span: a text of many addresses would be copied for each.
                Span { text, link, style: span.style, time_ms: None }
            };
            let mut at = 0;
            while let Some(found) = address::next_bare(&span.text, at) {
                if found.start > at {
                    out.push(piece(at..found.start, None));
                }
                self.targets.push(found.url);
                out.push(piece(found.start..found.end, Some(self.targets.len() - 1)));
                at = found.end;
            }
            if at == 0 {
                out.push(span);
            } else if at < span.text.len() {
                out.push(piece(at..span.text.len(), None));
            }
        }
        out
    }
}

fn is_folded(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Wide characters that are set without spaces: ideographs, kana, their punctuation; not Hangul.
fn is_ideographic(c: char) -> bool {
    !c.is_ascii()
        && c.width() == Some(2)
        && !matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn trim(spans: &mut Vec<Span>) {
    let blank = spans.iter().take_while(|span| span.text.trim().is_empty()).count();
    spans.drain(..blank);
    if let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
}

/// All spans of a block, those of its cells included.
pub(super) fn spans_of(block: &mut Block) -> Box<dyn Iterator<Item = &mut Span> + '_> {
    match &mut block.kind {
        BlockKind::Table(table) => Box::new(table.rows.iter_mut().flatten().flatten()),
        _ => Box::new(block.spans.iter_mut()),
    }
}
