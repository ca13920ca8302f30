//! Pictures, players and frames: what the terminal shows in their place.

use html5ever::tokenizer::Tag;

use super::Html;
use super::attributes::{classes, first, value};
use super::element::{heading_level, is_block};
use super::math::Math;
use crate::text::clean::clean_line;
use crate::text::document::{BlockKind, Span};

/// An open `<figure>`; its caption goes to the last picture in it.
#[derive(Debug, Default)]
pub(super) struct Figure {
    first_block: usize,
    captions: usize,
}

/// An open `<video>` or `<audio>`; what is in it is for those who cannot play it.
#[derive(Debug)]
pub(super) struct Player {
    title: Option<String>,
    shown: bool,
}

/// Where lazily loaded pages keep the true address. `src` is last: there it is a grey dot.
const SOURCES: [&str; 6] =
    ["data-src", "data-original", "data-actualsrc", "data-lazy-src", "data-croporisrc", "src"];
const SOURCE_SETS: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

/// Tags that end a formula whose own end was forgotten (HTML standard, 13.2.6.5).
fn breaks_out(name: &str) -> bool {
    let lists_and_such =
        ["ul", "ol", "li", "dl", "dd", "dt", "table", "td", "blockquote", "pre", "hr"];
    is_block(name) || heading_level(name).is_some() || lists_and_such.contains(&name)
}

impl Html {
    /// Whether the start tag was one of these.
    pub(super) fn open_media(&mut self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        if self.math.is_some() && breaks_out(name) {
            self.end_math();
        }
        if let Some(math) = &mut self.math {
            math.open(name, value(tag, "encoding"));
            return true;
        }
        if let Some(player) = &self.player {
            if name == "source" && !player.shown {
                let title = player.title.clone();
                self.media_line(tag, title);
                if let Some(player) = &mut self.player {
                    player.shown = true;
                }
            }
            return true;
        }
        match name {
            "img" | "image" if self.pre.is_none() => self.picture(tag),
            "figure" => {
                self.builder.end_block();
                let first_block = self.builder.blocks.len();
                self.figure = Some(Figure { first_block, captions: 0 });
            }
            "figcaption" if self.figure.is_some() => {
                self.builder.end_block();
                let blocks = self.builder.blocks.len();
                if let Some(figure) = &mut self.figure {
                    figure.captions = blocks;
                }
            }
            "iframe" | "embed" => {
                self.media_line(tag, None);
            }
            "video" | "audio" => {
                let title = first(tag, &["title", "aria-label"]).map(str::to_owned);
                let shown = self.media_line(tag, title.clone());
                if !tag.self_closing {
                    self.player = Some(Player { title, shown });
                }
            }
            "math" => {
                self.math = Some(Math::new(first(tag, &["alttext"])));
            }
            _ => return false,
        }
        true
    }

    /// Whether the end tag was one of these.
    pub(super) fn close_media(&mut self, name: &str) -> bool {
        if self.math.is_some() && breaks_out(name) {
            self.end_math();
        }
        if let Some(math) = &mut self.math {
            if name == "math" {
                self.end_math();
            } else {
                math.close(name);
            }
            return true;
        }
        if self.player.is_some() {
            if matches!(name, "video" | "audio") {
                self.player = None;
            }
            return true;
        }
        match name {
            "figcaption" if self.figure.is_some() => {
                self.caption();
                true
            }
            "figure" => {
                self.builder.end_block();
                self.figure = None;
                true
            }
            _ => false,
        }
    }

    pub(super) fn close_all_media(&mut self) {
        self.player = None;
        self.end_math();
    }

    fn end_math(&mut self) {
        match self.math.take().and_then(Math::formula) {
            Some((formula, true)) => self.tex(&clean_line(&formula)),
            Some((formula, false)) => self.formula(&clean_line(&formula)),
            None => {}
        }
    }

    fn picture(&mut self, tag: &Tag) {
        let alt = clean_line(first(tag, &["alt", "title"]).unwrap_or_default());
        let size =
            |name| value(tag, name).and_then(|v| v.trim_end_matches("px").parse::<u32>().ok());
        let small = |limit: u32| {
            size("width").is_some_and(|w| w <= limit) || size("height").is_some_and(|h| h <= limit)
        };
        let is_emoji = || classes(tag).any(|c| c.contains("emoji") || c.contains("smiley"));
        if small(2) {
            return; // A counting pixel.
        }
        if small(32) || is_emoji() || self.in_cell() || self.script.is_some() {
            self.text(&alt);
            return;
        }
        let src = self.picture_source(tag);
        if (src.is_empty() && alt.is_empty()) || self.repeats_last(&src, &alt) {
            return;
        }
        let link = self.builder.link;
        let text = if alt.is_empty() && link.is_some() { "▣".to_owned() } else { alt.clone() };
        let span = Span { text, link, ..Span::default() };
        let spans = if span.text.is_empty() { Vec::new() } else { vec![span] };
        self.builder.block(BlockKind::Image { src, alt }, spans);
    }

    fn picture_source(&self, tag: &Tag) -> String {
        let single = SOURCES.iter().filter_map(|name| value(tag, name)).map(str::to_owned);
        let sets = SOURCE_SETS.iter().filter_map(|name| value(tag, name)).filter_map(|set| {
            let last = set.split(", ").last()?;
            last.split_whitespace().next().map(str::to_owned)
        });
        single
            .chain(sets)
            .filter(|src| !src.trim_start().starts_with("data:"))
            .map(|src| self.builder.source(&src))
            .find(|src| !src.is_empty())
            .unwrap_or_default()
    }

    /// Whether this is the copy in `<noscript>` of a picture that is loaded by script. A picture whose
    /// address was unknown gets it from its copy.
    fn repeats_last(&mut self, src: &str, alt: &str) -> bool {
        if !self.builder.is_at_start() {
            return false;
        }
        match self.builder.blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Image { src: before, .. }) if before == src => !src.is_empty(),
            Some(BlockKind::Image { src: before, alt: words }) if before.is_empty() => {
                let same = words == alt;
                if same {
                    src.clone_into(before);
                }
                same
            }
            _ => false,
        }
    }

    /// Makes the blocks since `<figcaption>` the caption of the figure's last picture.
    fn caption(&mut self) {
        self.builder.end_block();
        let Some(figure) = &self.figure else { return };
        let blocks = &mut self.builder.blocks;
        let from = figure.captions.min(blocks.len());
        let picture = blocks
            .iter()
            .take(from)
            .skip(figure.first_block)
            .rposition(|block| matches!(block.kind, BlockKind::Image { .. }));
        // A caption above its picture, or of a table or a piece of code, stays a paragraph.
        let Some(picture) = picture.map(|at| at + figure.first_block) else { return };
        if blocks.iter().skip(from).any(|b| b.kind != BlockKind::Paragraph) {
            return;
        }
        let mut spans: Vec<Span> = Vec::new();
        for block in blocks.drain(from..) {
            if !spans.is_empty() {
                spans.push(Span { text: "\n".into(), ..Span::default() });
            }
            spans.extend(block.spans);
        }
        if let Some(block) = blocks.get_mut(picture)
            && !spans.is_empty()
        {
            block.spans = spans;
        }
    }

    /// A line with a link in place of something that plays elsewhere. Whether there was an address.
    fn media_line(&mut self, tag: &Tag, title: Option<String>) -> bool {
        let Some(src) = first(tag, &["data-src", "src"]).map(str::to_owned) else { return false };
        let Some(link) = self.builder.target(&src) else { return false };
        let title = title.or_else(|| first(tag, &["title", "aria-label"]).map(str::to_owned));
        let whole = if src.starts_with("//") { format!("https:{src}") } else { src };
        let text = title.map(|t| clean_line(&t)).filter(|t| !t.is_empty()).unwrap_or(whole);
        self.builder.end_block();
        let before = self.builder.link.replace(link);
        self.sync_style();
        self.builder.text(&format!("▶ {text}"));
        self.builder.end_block();
        self.builder.link = before;
        true
    }
}
