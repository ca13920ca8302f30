//! Lays out the timelines of real show notes, where the corpus is present: no letter, link or time goes.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why and stops")]

use std::path::{Path, PathBuf};

use latetalk::text::{self, BlockKind, Document, Span};
use latetalk::timeline;

#[path = "support/corpus.rs"]
mod corpus;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

/// The notes in a file as the screen reads them.
fn notes(path: &Path) -> Option<Document> {
    let bytes = std::fs::read(path).expect("readable");
    let text = String::from_utf8_lossy(&bytes);
    let lines = text::MarkdownOptions { keep_line_breaks: true };
    match path.extension()?.to_str()? {
        "html" => Some(text::from_html(&text, None)),
        "md" => Some(text::from_markdown_with(text::split_front_matter(&text).1, None, lines)),
        "txt" => Some(text::from_plain(&text, None)),
        _ => None,
    }
}

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
