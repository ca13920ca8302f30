//! Reads the pages of the corpus and measures what comes out against the known texts: F1 over words
//! (an ideograph is one), titles, dates; and that no page does harm.

#![expect(clippy::print_stdout, reason = "the measured numbers are what the test is for")]

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use latetalk::article::{ArticleError, Extracted, Page, View, extract};
use latetalk::model::ArticleOutcome;
use latetalk::text::{clean, from_html, from_markdown};
use serde_json::Value;

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

/// The files of a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn named(path: &Path, suffix: &str) -> bool {
    path.to_string_lossy().ends_with(suffix)
}

fn bytes(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_default();
    if !named(path, ".gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    let read = flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked);
    assert!(read.is_ok(), "{}", path.display());
    unpacked
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap_or_default()).unwrap_or_default()
}

fn string<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn read(url: &str, bytes: &[u8], view: View) -> Result<Extracted, ArticleError> {
    extract(&Page { url, content_type: Some("text/html"), bytes }, view)
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
fn score(found: &str, gold: &str) -> (f64, f64, f64) {
    let (found, gold) = (words(found), words(gold));
    let common: usize =
        gold.iter().map(|(word, count)| *count.min(found.get(word).unwrap_or(&0))).sum();
    let total = |words: &HashMap<String, usize>| words.values().sum::<usize>().max(1) as f64;
    let (precision, recall) = (common as f64 / total(&found), common as f64 / total(&gold));
    let sum = precision + recall;
    (precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
}

/// Scores of one set of pages.
#[derive(Default)]
struct Tally {
    scores: Vec<(f64, f64, f64, String)>,
    titles: (usize, usize),
    dates: (usize, usize),
    bylines: (usize, usize),
    slowest: Duration,
}

impl Tally {
    fn add(&mut self, name: &str, url: &str, page: &[u8], gold: &str) -> Option<Extracted> {
        let started = Instant::now();
        let read = read(url, page, View::Reader);
        self.slowest = self.slowest.max(started.elapsed());
        let text = read.as_ref().map(|read| read.document.plain_text()).unwrap_or_default();
        if let Ok(read) = &read
            && read.outcome != ArticleOutcome::Readable
        {
            println!("{name}: {:?}", read.outcome);
        }
        assert_eq!(clean(&text), text, "{name}");
        let (precision, recall, f1) = score(&text, gold);
        self.scores.push((f1, precision, recall, name.to_owned()));
        read.ok()
    }

    fn facts(&mut self, found: Option<&Extracted>, title: &str, byline: &str, date: &str) {
        let article = found.map(|found| found.article.clone()).unwrap_or_default();
        let name = self.scores.last().map(|score| score.3.clone()).unwrap_or_default();
        let verbose = std::env::var_os("LATETALK_VERBOSE").is_some();
        let fold = |text: &str| {
            text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>()
        };
        let check = |tally: &mut (usize, usize), what: &str, found: &str, gold: &str| {
            if gold.is_empty() {
                return;
            }
            tally.1 += 1;
            if fold(found) == fold(gold) {
                tally.0 += 1;
            } else if verbose {
                println!("  {what} {name}: «{found}» for «{gold}»");
            }
        };
        check(&mut self.titles, "title", article.title.as_deref().unwrap_or_default(), title);
        check(&mut self.bylines, "byline", article.byline.as_deref().unwrap_or_default(), byline);
        let day = |date: &str| {
            let digits: Vec<String> = date
                .split(|c: char| !c.is_ascii_digit())
                .filter(|part| !part.is_empty())
                .take(3)
                .map(|part| format!("{part:0>2}"))
                .collect();
            digits.join("-")
        };
        let found = day(article.published.as_deref().unwrap_or_default());
        check(&mut self.dates, "date", &found, &day(date));
    }

    /// Prints the means and the worst pages; returns the mean F1.
    fn print(&mut self, set: &str) -> f64 {
        self.scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        let count = self.scores.len() as f64;
        let mean = |of: fn(&(f64, f64, f64, String)) -> f64| {
            self.scores.iter().map(of).sum::<f64>() / count.max(1.0)
        };
        let f1 = mean(|score| score.0);
        println!(
            "{set}: {count} pages, P {:.4} R {:.4} F1 {f1:.4}; titles {:?}, bylines {:?}, dates {:?}; slowest {:?}",
            mean(|score| score.1),
            mean(|score| score.2),
            self.titles,
            self.bylines,
            self.dates,
            self.slowest
        );
        for (f1, precision, recall, name) in
            self.scores.iter().take_while(|score| score.0 < 0.85).take(14)
        {
            println!("   {f1:.3} (P {precision:.2} R {recall:.2}) {name}");
        }
        f1
    }
}

#[test]
fn the_pages_of_readability_read_as_it_reads_them() {
    let Some(root) = corpus() else { return };
    let mut tally = Tally::default();
    for folder in files(&root.join("extraction/mozilla")) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().to_string();
        let page = bytes(&folder.join("source.html.gz"));
        let gold = String::from_utf8_lossy(&bytes(&folder.join("expected.html.gz"))).into_owned();
        let gold = from_html(&gold, Some("http://fakehost/test/page.html")).plain_text();
        let facts = json(&folder.join("expected-metadata.json"));
        let read = tally.add(&name, "http://fakehost/test/page.html", &page, &gold);
        let [title, byline, date] =
            ["title", "byline", "publishedTime"].map(|key| string(&facts, key));
        tally.facts(read.as_ref(), title, byline, date);
    }
    assert!(tally.print("mozilla") > 0.995);
}

#[test]
fn articles_and_other_pages_of_the_web_are_read() {
    let Some(root) = corpus() else { return };
    let mut kinds: HashMap<String, Tally> = HashMap::new();
    for path in files(&root.join("extraction/wcxb")) {
        if !named(&path, ".json") {
            continue;
        }
        let gold = json(&path);
        let kind = string(&gold, "kind");
        let other = if kind == "article" { "articles" } else { "others" };
        let page = bytes(&path.with_extension("html.gz"));
        let name = format!("{kind} {} {}", path.display(), string(&gold, "url"));
        let name = name.replace(&format!("{}/extraction/wcxb/", root.display()), "");
        let tally = kinds.entry(other.to_owned()).or_default();
        let read = tally.add(&name, string(&gold, "url"), &page, string(&gold, "text"));
        let [title, byline, date] = ["title", "author", "date"].map(|key| string(&gold, key));
        tally.facts(read.as_ref(), title, byline, date);
    }
    let mut print = |kind: &str| kinds.entry(kind.to_owned()).or_default().print(kind);
    let (articles, others) = (print("articles"), print("others"));
    assert!(articles > 0.93 && others > 0.6, "{articles} {others}");
}

#[test]
fn chinese_pages_are_read() {
    let Some(root) = corpus() else { return };
    let mut tally = Tally::default();
    for path in files(&root.join("articles/html-zh-news")) {
        if !named(&path, ".html") {
            continue;
        }
        let gold = json(&path.with_extension("expected.json"));
        let page = bytes(&path);
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
        let url = format!("https://news.example/{name}");
        if gold.is_null() {
            let read = read(&url, &page, View::Reader).unwrap();
            println!(
                "{name}: {:?} {:?} {}",
                read.article,
                read.kept,
                read.document.plain_text().len()
            );
            assert!(read.document.plain_text().chars().count() > 200, "{name}");
            continue;
        }
        let read = tally.add(&name, &url, &page, string(&gold, "content"));
        let [title, byline, date] =
            ["title", "author", "publish_time"].map(|key| string(&gold, key));
        tally.facts(read.as_ref(), title, byline, date);
    }
    for folder in files(&root.join("articles/html-zh-readability")) {
        let gold = String::from_utf8_lossy(&bytes(&folder.join("expected.html"))).into_owned();
        let gold = from_html(&gold, None).plain_text();
        let name = folder.display().to_string();
        tally.add(&name, "https://zh.example/", &bytes(&folder.join("source.html")), &gold);
    }
    assert!(tally.print("chinese") > 0.97);
}

#[test]
fn pages_of_two_other_sets_are_read() {
    let Some(root) = corpus() else { return };
    let mut tally = Tally::default();
    for path in files(&root.join("articles/html-en-wceb")) {
        if !named(&path, ".html") {
            continue;
        }
        let gold = json(&path.with_extension("expected.json"));
        let truth = gold.get("ground_truth").cloned().unwrap_or_default();
        let url = string(&gold, "url");
        let name = format!("{} {url}", path.file_name().unwrap_or_default().display());
        let read = tally.add(&name, url, &bytes(&path), string(&truth, "main_content"));
        let [title, byline, date] =
            ["title", "author", "publish_date"].map(|key| string(&truth, key));
        tally.facts(read.as_ref(), title, byline, date);
    }
    let mut defuddle = Tally::default();
    for path in files(&root.join("articles/html-defuddle")) {
        if !named(&path, ".html") {
            continue;
        }
        let expected =
            std::fs::read_to_string(path.with_extension("expected.md")).unwrap_or_default();
        let body = expected.splitn(3, "```").nth(2).unwrap_or_default();
        let gold = from_markdown(body, None).plain_text();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
        defuddle.add(&name, "https://defuddle.example/x", &bytes(&path), &gold);
    }
    assert!(tally.print("wceb") > 0.9);
    assert!(defuddle.print("defuddle") > 0.87);
}
