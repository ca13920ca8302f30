//! Scores chapters against the hand-checked lists of the corpus: starts exactly, titles folded.

use std::path::{Path, PathBuf};

use latetalk::text::{self, Document, MarkdownOptions};
use serde_json::Value;

/// All files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

/// A file of notes as the program reads it; `None` for files of other kinds.
pub(crate) fn document(path: &Path) -> Option<Document> {
    let bytes = std::fs::read(path).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let options = MarkdownOptions { keep_line_breaks: true };
    match path.extension()?.to_str()? {
        "html" => Some(text::from_html(&text, None)),
        "md" => Some(text::from_markdown_with(text::split_front_matter(&text).1, None, options)),
        "txt" => Some(text::from_plain(&text, None)),
        _ => None,
    }
}

/// A JSON file, if it is there.
pub(crate) fn json(path: &Path) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

/// The length of the recording that the notes at `path` belong to, in milliseconds.
pub(crate) fn duration(path: &Path) -> Option<u64> {
    let meta = json(&path.with_extension("meta.json"))?;
    meta["duration_s"].as_f64().map(|s| (s * 1000.0) as u64)
}

/// White space folded, punctuation and bullets at both ends gone.
fn folded(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn same_title(found: &str, expected: &Value) -> bool {
    let found = folded(found);
    let alternatives = expected["alt"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let title = expected["title"].as_str().unwrap_or_default();
    std::iter::once(title).chain(alternatives).map(folded).any(|title| {
        let prefix = |a: &str, b: &str| a.chars().count() >= 4 && b.starts_with(a);
        title == found || prefix(&title, &found) || prefix(&found, &title)
    })
}

/// How many chapters were right, missed and wrong.
#[derive(Default, Clone, Copy)]
pub(crate) struct Score {
    pub(crate) hits: usize,
    pub(crate) missed: usize,
    pub(crate) wrong: usize,
    pub(crate) files: usize,
}

impl Score {
    /// Adds the figures of other files.
    pub(crate) fn add(&mut self, other: Score) {
        self.hits += other.hits;
        self.missed += other.missed;
        self.wrong += other.wrong;
        self.files += other.files;
    }

    /// Precision, recall and F1; 1 where there is nothing to find.
    pub(crate) fn figures(&self) -> [f64; 3] {
        let share = |part: usize, of: usize| if of == 0 { 1.0 } else { part as f64 / of as f64 };
        [
            share(self.hits, self.hits + self.wrong),
            share(self.hits, self.hits + self.missed),
            share(2 * self.hits, 2 * self.hits + self.missed + self.wrong),
        ]
    }
}

/// Compares as the corpus asks; entries marked as optional are free. What differs goes to `log`.
pub(crate) fn score(found: &[(u64, String)], expected: &Value, log: &mut Vec<String>) -> Score {
    let mut open: Vec<&Value> = expected.as_array().into_iter().flatten().collect();
    let mut score = Score { files: 1, ..Score::default() };
    for (start, title) in found {
        let hit = open.iter().position(|e| {
            e["start_s"].as_f64().is_some_and(|s| (s * 1000.0 - *start as f64).abs() < 0.5)
                && same_title(title, e)
        });
        match hit.map(|at| open.remove(at)) {
            Some(entry) if entry["optional"] == Value::Bool(true) => {}
            Some(_) => score.hits += 1,
            None => {
                score.wrong += 1;
                log.push(format!("    + {start} {}", title.chars().take(60).collect::<String>()));
            }
        }
    }
    for entry in open.iter().filter(|e| e["optional"] != Value::Bool(true)) {
        score.missed += 1;
        let title: String = entry["title"].as_str().unwrap_or_default().chars().take(60).collect();
        log.push(format!("    - {} {title}", entry["start_s"]));
    }
    score
}
