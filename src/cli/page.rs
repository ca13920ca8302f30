//! A document for people without the screen: wrapped, its links numbered and listed at the end.

use super::sheet::{Ink, Sheet};
use crate::text::{Block, BlockKind, Document, LayoutOptions, Run, RunKind, Span, layout};

/// Writes `document`, `columns` wide, and its links below.
pub(super) fn draw(sheet: &mut Sheet, document: &Document, columns: u16) {
    let numbered = with_numbers(document);
    let options = LayoutOptions { width: columns, ..LayoutOptions::default() };
    for line in layout(&numbered, &options).lines {
        for run in &line.runs {
            sheet.put(ink(run), &run.text);
        }
        sheet.end();
    }
    let mut listed = document.links.iter().enumerate().filter(|(_, link)| is_listed(&link.url));
    if let Some(first) = listed.next() {
        sheet.end();
        for (index, link) in std::iter::once(first).chain(listed) {
            sheet.put(Ink::Dim, &format!("[{}] ", index + 1));
            sheet.put(Ink::Link, &link.url).end();
        }
    }
}

fn ink(run: &Run) -> Ink {
    match run.kind {
        RunKind::Heading(_) | RunKind::TableHead => Ink::Bold,
        RunKind::Quote | RunKind::Rule | RunKind::TableBorder | RunKind::Picture => Ink::Dim,
        RunKind::Text
        | RunKind::Code
        | RunKind::Caption
        | RunKind::Marker
        | RunKind::Space
        | RunKind::TableLabel => match (run.link.is_some(), run.style.bold) {
            (true, _) => Ink::Link,
            (false, true) => Ink::Bold,
            (false, false) => Ink::Plain,
        },
    }
}

/// A place within the text itself needs no address.
fn is_listed(url: &str) -> bool {
    !url.starts_with('#')
}

/// The document with `[n]` behind each link.
fn with_numbers(document: &Document) -> Document {
    let mut numbered = document.clone();
    for block in &mut numbered.blocks {
        number_block(block, document);
    }
    numbered
}

fn number_block(block: &mut Block, document: &Document) {
    match &mut block.kind {
        BlockKind::Table(table) => {
            for cell in table.rows.iter_mut().flatten() {
                number(cell, document);
            }
        }
        BlockKind::Code { .. } | BlockKind::Rule | BlockKind::PageMark { .. } => {}
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Image { .. } => {
            number(&mut block.spans, document);
        }
    }
}

fn number(spans: &mut Vec<Span>, document: &Document) {
    let mut numbered = Vec::with_capacity(spans.len());
    let mut rest = std::mem::take(spans).into_iter().peekable();
    while let Some(span) = rest.next() {
        let link = span.link;
        // A link may be several spans, where styles change within it.
        let goes_on = rest.peek().is_some_and(|next| next.link == link);
        numbered.push(span);
        let Some(index) = link.filter(|_| !goes_on) else { continue };
        if document.links.get(index).is_some_and(|link| is_listed(&link.url)) {
            numbered.push(Span { text: format!("[{}]", index + 1), link, ..Span::default() });
        }
    }
    *spans = numbered;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_numbered_where_they_stand_and_listed_below() {
        let html = "<p>See <a href='https://a.example/x'>the <b>first</b></a>, \
                    <a href='https://b.example/'>second</a>.</p>";
        let mut sheet = Sheet::new(false);
        draw(&mut sheet, &crate::text::from_html(html, None), 80);
        assert_eq!(
            sheet.text(),
            "See the first[1], second[2].\n\n[1] https://a.example/x\n[2] https://b.example/\n"
        );
    }
}
