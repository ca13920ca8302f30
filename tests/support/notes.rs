//! Show notes of the corpus as the screen reads them.
#![cfg(test)]

use std::path::{Path, PathBuf};

use latetalk::text::{self, Document};

/// All files below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

/// The notes in a file as the screen reads them.
pub(crate) fn notes(path: &Path) -> Option<Document> {
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
