//! Markdown to a document: `CommonMark` with tables, footnotes, strikethrough, definitions and tasks; the HTML in it
//! is read by the HTML reader, into the same builder.

mod callouts;
mod marks;
mod source;
mod tags;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::clean::clean;
use super::document::{Align, BlockKind, Document, Marker, Span, Table};
use super::html::{Html, Reader};
use super::{address, tex};
use source::prepared;

/// How Markdown is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkdownOptions {
    /// Whether a single line break is one. Off: it is a space, or nothing between two ideographs, as
    /// in articles. On: as in show notes and snips, where each line is a line.
    pub keep_line_breaks: bool,
}

/// Reads Markdown as articles write it: line breaks within paragraphs mean nothing. Front matter must
/// be split off before (see [`super::split_front_matter`]).
#[must_use]
pub fn from_markdown(markdown: &str, base: Option<&str>) -> Document {
    from_markdown_with(markdown, base, MarkdownOptions::default())
}

/// Reads Markdown. Shortcodes of Hugo (`{{< … >}}`, `{{% … %}}`) and tags of Liquid (`{% … %}`) are
/// left out, what stands between a pair of them stays.
#[must_use]
pub fn from_markdown_with(
    markdown: &str,
    base: Option<&str>,
    options: MarkdownOptions,
) -> Document {
    let cleaned = clean(markdown);
    let source = prepared(&cleaned);
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_TASKLISTS;
    let mut writer = Writer { reader: Reader::new(base, false), options, ..Writer::default() };
    for event in Parser::new_ext(&source, extensions) {
        writer.event(event);
    }
    writer.reader.finish()
}

#[derive(Default)]
struct Writer {
    reader: Reader,
    options: MarkdownOptions,
    code: Option<(Option<String>, String)>,
    /// Inside a picture: its address, and its text so far.
    picture: Option<(String, String)>,
    table: Option<Table>,
    /// Numbers of the next items of the open lists; none for bullets.
    lists: Vec<Option<u64>>,
    footnote: Option<String>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => match &mut self.picture {
                Some((_, alt)) => alt.push_str(&text),
                None => self.reader.with(|html| html.coded(&text)),
            },
            Event::InlineMath(text) => match tex::readable(&text) {
                Some(formula) => self.reader.with(|html| html.formula(&formula)),
                // Prices are no formulas.
                None if !tex::is_formula(&text) => self.text(&format!("${text}$")),
                None => self.reader.with(|html| html.coded(&text)),
            },
            Event::DisplayMath(text) => {
                self.reader.with(|html| match tex::readable(&text) {
                    Some(formula) => html.formula(&formula),
                    None => html.coded(&text),
                });
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if self.picture.is_none() && self.table.is_none() {
                    self.reader.feed(&html);
                } else if html.starts_with("<br") {
                    self.reader.with(|html| html.builder.line_break());
                }
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak if self.options.keep_line_breaks => self.hard_break(),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.reader.with(|html| html.builder.block(BlockKind::Rule, Vec::new())),
            Event::TaskListMarker(done) => {
                self.reader.with(|html| html.builder.marker = Some(Marker::Task(done)));
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if let Some((_, alt)) = &mut self.picture {
            alt.push_str(text);
        } else {
            self.reader.with(|html| html.text(text));
        }
    }

    fn hard_break(&mut self) {
        match &mut self.picture {
            Some((_, alt)) => alt.push(' '),
            None => self.reader.with(|html| html.builder.line_break()),
        }
    }

    fn footnote_reference(&mut self, label: &str) {
        self.reader.with(|html| {
            let before = html.builder.link;
            html.builder.link = html.builder.target(&format!("#fn-{label}"));
            html.text(&format!("[{label}]"));
            html.builder.link = before;
            html.builder.anchor(&format!("fnref-{label}"));
        });
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock if self.footnote.is_some() => {
                let label = self.footnote.take().unwrap_or_default();
                self.reader.with(|html| {
                    html.builder.end_block();
                    // The number of a note leads back to where it is used.
                    html.builder.anchor(&format!("fn-{label}"));
                    html.builder.link = html.builder.target(&format!("#fnref-{label}"));
                    html.text(&format!("[{label}]"));
                    html.builder.link = None;
                    html.text(" ");
                });
            }
            Tag::Heading { level, .. } => self.reader.with(|html| {
                html.builder.end_block();
                html.builder.heading = Some(heading(level));
            }),
            Tag::BlockQuote(_) => self.reader.with(|html| {
                html.builder.end_block();
                html.builder.quote += 1;
            }),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => None,
                };
                self.reader.with(|html| html.builder.end_block());
                self.code = Some((language, String::new()));
            }
            Tag::List(first) => {
                self.lists.push(first);
                self.reader.with(|html| {
                    html.builder.end_block();
                    html.builder.list += 1;
                });
            }
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(label) => {
                self.reader.with(|html| html.builder.end_block());
                self.footnote = Some(label.into_string());
            }
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } if self.picture.is_none() => {
                self.picture = Some((dest_url.into_string(), String::new()));
            }
            Tag::Table(sides) => {
                self.reader.with(|html| html.builder.end_block());
                let align = sides.into_iter().map(side).collect();
                self.table = Some(Table { headed: true, align, ..Table::default() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.reader.with(|html| html.style_italic(true)),
            Tag::Strong => self.reader.with(|html| html.style_bold(true)),
            Tag::Strikethrough => self.reader.with(|html| html.style_strike(true)),
            Tag::DefinitionListTitle => self.reader.with(|html| {
                html.builder.end_block();
                html.style_bold(true);
            }),
            Tag::DefinitionListDefinition => self.reader.with(|html| {
                html.builder.end_block();
                html.builder.list += 1;
            }),
            _ => self.reader.with(Html::end_text),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.reader.with(|html| {
                html.builder.end_block();
                html.builder.heading = None;
            }),
            TagEnd::BlockQuote(_) => self.reader.with(|html| {
                html.builder.end_block();
                html.builder.quote = html.builder.quote.saturating_sub(1);
            }),
            TagEnd::CodeBlock => {
                let Some((language, text)) = self.code.take() else { return };
                self.reader.with(|html| html.builder.code_block(language, &text));
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.reader.with(|html| {
                    html.builder.end_block();
                    html.builder.list = html.builder.list.saturating_sub(1);
                });
            }
            TagEnd::Item => self.reader.with(|html| {
                html.builder.end_block();
                html.builder.marker = None;
            }),
            TagEnd::Link => self.reader.with(|html| {
                html.builder.link = None;
                html.builder.time_ms = None;
            }),
            TagEnd::Image => self.end_picture(),
            TagEnd::TableCell => {
                let spans = self.reader.with(|html| html.builder.take_spans());
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(spans);
                }
            }
            TagEnd::Table => {
                let Some(table) = self.table.take() else { return };
                self.reader.with(|html| html.builder.block(BlockKind::Table(table), Vec::new()));
            }
            TagEnd::Emphasis => self.reader.with(|html| html.style_italic(false)),
            TagEnd::Strong => self.reader.with(|html| html.style_bold(false)),
            TagEnd::Strikethrough => self.reader.with(|html| html.style_strike(false)),
            TagEnd::DefinitionListTitle => self.reader.with(|html| {
                html.builder.end_block();
                html.style_bold(false);
            }),
            TagEnd::DefinitionListDefinition => self.reader.with(|html| {
                html.builder.end_block();
                html.builder.list = html.builder.list.saturating_sub(1);
            }),
            TagEnd::TableHead | TagEnd::TableRow => {}
            _ => self.reader.with(Html::end_text),
        }
    }

    fn item(&mut self) {
        let marker = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = *next;
                *next = number.saturating_add(1);
                Marker::Number(number)
            }
            _ => Marker::Bullet,
        };
        self.reader.with(|html| {
            html.builder.end_block();
            html.builder.marker = Some(marker);
        });
    }

    fn link(&mut self, href: &str) {
        let time = address::fragment_time(href);
        self.reader.with(|html| {
            html.builder.time_ms = time;
            html.builder.link = if time.is_some() { None } else { html.builder.target(href) };
        });
    }

    fn end_picture(&mut self) {
        let Some((address, alt)) = self.picture.take() else { return };
        let in_table = self.table.is_some();
        self.reader.with(|html| {
            let link = html.builder.link;
            let alt = super::clean_line(&alt);
            let src = html.builder.source(&address);
            if in_table || (src.is_empty() && !alt.is_empty()) {
                html.text(&alt);
            } else if !src.is_empty() {
                let text =
                    if alt.is_empty() && link.is_some() { "▣".into() } else { alt.clone() };
                let span = Span { text, link, ..Span::default() };
                let spans = if span.text.is_empty() { Vec::new() } else { vec![span] };
                html.builder.block(BlockKind::Image { src, alt }, spans);
            }
        });
    }
}

fn heading(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn side(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Natural,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

/// The language is the first word of the line after the fence.
fn language(info: &str) -> Option<String> {
    let name = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
    // An entity in it may stand for anything.
    let name = super::clean_line(name);
    (!name.is_empty() && name.len() <= 32).then_some(name)
}

#[cfg(test)]
mod tests;
