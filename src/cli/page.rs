//! A document for people without the screen: wrapped, its links numbered and listed at the end.

use super::sheet::{Ink, Sheet};
use crate::text::{Document, LayoutOptions, LinkNumbers, Run, RunKind, is_numbered, layout};

/// Writes `document`, `columns` wide, and its links below.
pub(super) fn draw(sheet: &mut Sheet, document: &Document, columns: u16) {
    let numbers = LinkNumbers::Brackets;
    let options = LayoutOptions { width: columns, numbers, ..LayoutOptions::default() };
    for line in layout(document, &options).lines {
        for run in &line.runs {
            sheet.put(ink(run), &run.text);
        }
        sheet.end();
    }
    let mut listed = document.links.iter().enumerate().filter(|(_, link)| is_numbered(&link.url));
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
        RunKind::LinkNumber => Ink::Link,
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
