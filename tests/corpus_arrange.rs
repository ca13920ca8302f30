//! Lays out the timelines of real show notes, where the corpus is present: no letter, link or time goes.

use latetalk::text::{self, BlockKind, Document, Span};
use latetalk::timeline;

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/notes.rs"]
mod notes;

use notes::{files, notes};

fn letters(document: &Document) -> String {
    let texts: Vec<String> = document.blocks.iter().map(text::Block::plain_text).collect();
    texts.concat().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Letters under links, and times.
fn goals(document: &Document) -> (usize, Vec<u64>) {
    let spans = || document.blocks.iter().flat_map(|block| &block.spans);
    let count = |span: &Span| span.text.chars().filter(|c| c.is_alphanumeric()).count();
    let linked = spans().filter(|span| span.link.is_some()).map(count).sum();
    (linked, spans().filter_map(|span| span.time_ms).collect())
}

#[test]
fn laying_out_loses_nothing_of_real_notes() {
    let Some(root) = corpus::corpus() else { return };
    let (mut read, mut laid, mut sections, mut points) = (0, 0, 0, 0);
    for path in files(&root.join("shownotes")) {
        let Some(mut document) = notes(&path) else { continue };
        let found = timeline::from_notes(&document, None);
        timeline::mark(&mut document, &found.stamps);
        let before = document.clone();
        timeline::arrange(&mut document, &found.chapters);
        assert_eq!(letters(&document), letters(&before), "{}", path.display());
        assert_eq!(goals(&document), goals(&before), "{}", path.display());
        let headings = |document: &Document| {
            document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading(6))).count()
        };
        let deep = |document: &Document| document.blocks.iter().filter(|b| b.list > 1).count();
        read += 1;
        laid += usize::from(document != before);
        sections += headings(&document) - headings(&before);
        points += deep(&document) - deep(&before);
    }
    println!("{read} notes, {laid} laid out: {sections} sections, {points} points");
    assert!(laid * 4 > read, "{laid} of {read} were laid out");
}
