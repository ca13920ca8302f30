//! Pages whose article is known, and how near a text comes to it: F1 over words, an ideograph is one.

#![allow(dead_code, reason = "the bench and the tests use different parts of it")]

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use latetalk::text::{from_html, from_markdown};
use serde_json::Value;

/// A page and what is known of it.
pub(crate) struct Labelled {
    /// Its file, perhaps packed.
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) url: String,
    /// The article's text.
    pub(crate) gold: String,
    /// Title, byline and date, empty where they are not known.
    pub(crate) facts: [String; 3],
}

/// The sets of the corpus by name, each sorted.
pub(crate) fn sets(root: &Path) -> Vec<(&'static str, Vec<Labelled>)> {
    let (articles, others) = wcxb(root);
    vec![
        ("wcxb articles", articles),
        ("wcxb others", others),
        ("chinese", chinese(root)),
        ("wceb", wceb(root)),
        ("defuddle", defuddle(root)),
        ("mozilla", mozilla(root)),
    ]
}

fn mozilla(root: &Path) -> Vec<Labelled> {
    let url = "http://fakehost/test/page.html";
    let page = |folder: &PathBuf| {
        let gold = bytes(&folder.join("expected.html.gz"));
        Labelled {
            path: folder.join("source.html.gz"),
            name: name(folder),
            url: url.to_owned(),
            gold: from_html(&String::from_utf8_lossy(&gold), Some(url)).plain_text(),
            facts: facts(
                &json(&folder.join("expected-metadata.json")),
                ["title", "byline", "publishedTime"],
            ),
        }
    };
    files(&root.join("extraction/mozilla")).iter().map(page).collect()
}

fn wcxb(root: &Path) -> (Vec<Labelled>, Vec<Labelled>) {
    let (mut articles, mut others) = (Vec::new(), Vec::new());
    for path in files(&root.join("extraction/wcxb")) {
        if !named(&path, ".json") {
            continue;
        }
        let gold = json(&path);
        let (kind, url) = (string(&gold, "kind"), string(&gold, "url"));
        let page = Labelled {
            path: path.with_extension("html.gz"),
            name: format!("{kind} {} {url}", name(&path)),
            url: url.to_owned(),
            gold: string(&gold, "text").to_owned(),
            facts: facts(&gold, ["title", "author", "date"]),
        };
        if kind == "article" { articles.push(page) } else { others.push(page) }
    }
    (articles, others)
}

fn chinese(root: &Path) -> Vec<Labelled> {
    let mut pages = Vec::new();
    for path in files(&root.join("articles/html-zh-news")) {
        let gold = json(&path.with_extension("expected.json"));
        if named(&path, ".html") && !gold.is_null() {
            let name = name(&path);
            pages.push(Labelled {
                url: format!("https://news.example/{name}"),
                gold: string(&gold, "content").to_owned(),
                facts: facts(&gold, ["title", "author", "publish_time"]),
                path,
                name,
            });
        }
    }
    for folder in files(&root.join("articles/html-zh-readability")) {
        let gold = bytes(&folder.join("expected.html"));
        pages.push(Labelled {
            path: folder.join("source.html"),
            name: name(&folder),
            url: "https://zh.example/".to_owned(),
            gold: from_html(&String::from_utf8_lossy(&gold), None).plain_text(),
            facts: [const { String::new() }; 3],
        });
    }
    pages
}

fn wceb(root: &Path) -> Vec<Labelled> {
    let page = |path: &PathBuf| {
        let gold = json(&path.with_extension("expected.json"));
        let truth = gold.get("ground_truth").cloned().unwrap_or_default();
        let url = string(&gold, "url");
        Labelled {
            path: path.clone(),
            name: format!("{} {url}", name(path)),
            url: url.to_owned(),
            gold: string(&truth, "main_content").to_owned(),
            facts: facts(&truth, ["title", "author", "publish_date"]),
        }
    };
    let files = files(&root.join("articles/html-en-wceb"));
    files.iter().filter(|path| named(path, ".html")).map(page).collect()
}

fn defuddle(root: &Path) -> Vec<Labelled> {
    let page = |path: &PathBuf| {
        let expected = bytes(&path.with_extension("expected.md"));
        let expected = String::from_utf8_lossy(&expected);
        let body = expected.splitn(3, "```").nth(2).unwrap_or_default();
        Labelled {
            path: path.clone(),
            name: name(path),
            url: "https://defuddle.example/x".to_owned(),
            gold: from_markdown(body, None).plain_text(),
            facts: [const { String::new() }; 3],
        }
    };
    let files = files(&root.join("articles/html-defuddle"));
    files.iter().filter(|path| named(path, ".html")).map(page).collect()
}

/// The files of a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

pub(crate) fn named(path: &Path, suffix: &str) -> bool {
    path.to_string_lossy().ends_with(suffix)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is in a file, unpacked.
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_default();
    if !named(path, ".gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    let read = flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked);
    assert!(read.is_ok(), "{}", path.display());
    unpacked
}

pub(crate) fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap_or_default()).unwrap_or_default()
}

pub(crate) fn string<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn facts(value: &Value, keys: [&str; 3]) -> [String; 3] {
    keys.map(|key| string(value, key).to_owned())
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    let mut word = String::new();
    for c in text.to_lowercase().chars().chain([' ']) {
        let alone = matches!(c as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0x20000..=0x3FFFF)
            && c.is_alphanumeric();
        let joins = (c.is_alphanumeric() || c == '_') && !alone;
        if !joins && !word.is_empty() {
            *words.entry(std::mem::take(&mut word)).or_insert(0) += 1;
        }
        if alone {
            *words.entry(c.to_string()).or_insert(0) += 1;
        } else if joins {
            word.push(c);
        }
    }
    words
}

/// Precision, recall and F1 of a text.
pub(crate) fn score(found: &str, gold: &str) -> (f64, f64, f64) {
    let (found, gold) = (words(found), words(gold));
    let common: usize =
        gold.iter().map(|(word, count)| *count.min(found.get(word).unwrap_or(&0))).sum();
    let total = |words: &HashMap<String, usize>| words.values().sum::<usize>().max(1) as f64;
    let (precision, recall) = (common as f64 / total(&found), common as f64 / total(&gold));
    let sum = precision + recall;
    (precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
}
