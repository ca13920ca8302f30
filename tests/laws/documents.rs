//! Laws of documents: what they hold, how they are laid out, searched and written.

use latetalk::model::Millis;
use latetalk::text::{
    self, Block, BlockKind, Document, LayoutOptions, MarkdownOptions, Span, layout,
};

use super::clean::assert_text;

const SCHEMES: [&str; 6] = ["http:", "https:", "mailto:", "file:", "welcome:", "#"];

/// A page, with a base address or none by the last byte.
pub fn html(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let base = data.last().is_some_and(|b| b % 2 == 0).then_some("https://a.example/b/c");
    assert_document(&text::from_html(&text, base), columns(data));
}

/// Markdown with its front matter, and the same as plain text.
pub fn markdown(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (front, body) = text::split_front_matter(&text);
    assert!(text.ends_with(body), "the body is the end of the text");
    if front.is_none() {
        assert_eq!(body.trim_start_matches('\u{feff}'), text.trim_start_matches('\u{feff}'));
    }
    let base = data.last().is_some_and(|b| b % 2 == 0).then_some("https://a.example/b/c");
    let options = MarkdownOptions { keep_line_breaks: data.len().is_multiple_of(2) };
    assert_document(&text::from_markdown_with(body, base, options), columns(data));
    assert_document(&text::from_plain(&text, base), columns(data));
}

/// A width for the layout, chosen by the first byte.
fn columns(data: &[u8]) -> u16 {
    data.first().map_or(0, |b| u16::from(*b) % 100)
}

/// What every document must be.
pub(super) fn assert_document(document: &Document, columns: u16) {
    for link in &document.links {
        assert_text(&link.text);
        assert_text(&link.url);
        assert!(SCHEMES.iter().any(|scheme| link.url.starts_with(scheme)), "{link:?}");
    }
    for block in &document.blocks {
        assert!(block.quote <= Document::MAX_DEPTH && block.list <= Document::MAX_DEPTH);
        assert_text(&block.plain_text());
        match &block.kind {
            BlockKind::Table(table) => {
                for span in table.rows.iter().flatten().flatten() {
                    assert_span(span, document);
                }
            }
            BlockKind::Image { src, alt } => {
                assert_text(src);
                assert_text(alt);
            }
            BlockKind::Heading(level) => assert!((1..=6).contains(level)),
            BlockKind::Code { .. }
            | BlockKind::Paragraph
            | BlockKind::Rule
            | BlockKind::PageMark { .. } => {}
        }
        for span in &block.spans {
            assert_span(span, document);
        }
    }
    let texts: Vec<String> = document.blocks.iter().map(Block::plain_text).collect();
    assert_layout(document, &texts, columns);
    assert_found(document, &texts);
    assert_text(&text::to_html(document));
    assert_text(&text::to_markdown(document));
    assert_text(&document.plain_text());
}

fn assert_span(span: &Span, document: &Document) {
    assert!(span.link.is_none_or(|link| link < document.links.len()), "{span:?}");
    assert!(span.time_ms.is_none_or(|ms: Millis| ms < Millis::MAX / 2), "{span:?}");
}

/// Every run shows the words that it says it shows.
fn assert_layout(document: &Document, texts: &[String], columns: u16) {
    let options = LayoutOptions { width: columns, ..LayoutOptions::default() };
    let page = layout(document, &options);
    assert_eq!(page.first_line.len(), document.blocks.len());
    for line in &page.lines {
        let text = texts.get(line.block);
        assert!(text.is_some(), "{line:?} shows no block");
        for run in &line.runs {
            assert_text(&run.text);
            let shown = text.and_then(|text| text.get(run.start..)).unwrap_or_default();
            assert!(run.kind.is_decoration() || shown.starts_with(&run.text), "{run:?}");
            assert!(run.link.is_none_or(|link| link < document.links.len()), "{run:?}");
        }
    }
}

/// A word of the document is found in it, where it says.
fn assert_found(document: &Document, texts: &[String]) {
    let plain = document.plain_text();
    let Some(word) = plain.split(|c: char| !c.is_ascii_alphanumeric()).find(|w| w.len() > 2) else {
        return;
    };
    for found in text::find(document, word) {
        let shown = texts.get(found.block).and_then(|text| text.get(found.range.clone()));
        assert!(shown.is_some_and(|shown| !shown.is_empty()), "{found:?}");
    }
}
