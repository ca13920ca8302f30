//! What opening a kept article costs: out of the library, unpacked, read and laid out; against reading
//! the page's own file from the disk.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on says why and stops")]

use divan::Bencher;
use divan::counter::BytesCount;
use latetalk::app::Reader;
use latetalk::model::Article;
use latetalk::store::{Store, StoredArticle};
use latetalk::text::{Document, LayoutOptions, from_plain};
use std::sync::Arc;

/// Bytes of text of a short, a long and a very long article.
const TEXTS: [usize; 3] = [10_000, 100_000, 1_000_000];
const ADDRESS: &str = "https://tide.example/long";

fn chinese(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 400);
    for count in 0.. {
        if text.len() >= bytes {
            break;
        }
        let line = format!(
            "第 {count} 夜，潮水慢慢地退下去，露出「礁石」和 a few shells，守灯的人沿着石阶走下来。"
        );
        text.push_str(&line.repeat(3));
        text.push_str("\n\n");
    }
    text
}

/// A library that has read an article, and its page as a file.
fn library(bytes: usize) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("library.db")).expect("a library");
    let text = chinese(bytes);
    let document = from_plain(&text, None);
    let page = format!("<html><body><p>{}</p></body></html>", text.replace("\n\n", "</p>\n<p>"));
    std::fs::write(folder.path().join("page.html"), &page).expect("a file");
    let stored = StoredArticle {
        article: Article { url: ADDRESS.into(), ..Article::default() },
        tree: serde_json::to_vec(&document).expect("a document"),
        raw: page.into_bytes(),
        ..StoredArticle::default()
    };
    store.put_article(ADDRESS, &stored, &text, None, 1).expect("kept");
    (folder, store)
}

#[divan::bench(args = TEXTS, sample_count = 20)]
fn opening_a_kept_article(bencher: Bencher<'_, '_>, bytes: usize) {
    let (_folder, store) = library(bytes);
    let options = LayoutOptions { width: 80, ..LayoutOptions::default() };
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let kept = store.kept_text(ADDRESS).expect("the library").expect("the article");
        let document: Document = serde_json::from_slice(&kept.tree).expect("a document");
        let mut reader = Reader::at(Arc::new(document), None);
        reader.relayout(options, 30);
        reader
    });
}

#[divan::bench(args = TEXTS, sample_count = 20)]
fn finding_it(bencher: Bencher<'_, '_>, bytes: usize) {
    let (_folder, store) = library(bytes);
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| store.kept_text(ADDRESS).expect("the library"));
}

#[divan::bench(args = TEXTS, sample_count = 20)]
fn reading_the_file_of_its_page(bencher: Bencher<'_, '_>, bytes: usize) {
    let (folder, _store) = library(bytes);
    let path = folder.path().join("page.html");
    bencher.counter(BytesCount::new(bytes)).bench(|| std::fs::read(&path).expect("the file"));
}

fn main() {
    divan::main();
}
