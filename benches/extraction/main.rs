//! How well and how fast articles are found, beside others that do the same: `cargo bench --bench
//! extraction`. Everyone reads the same pages; HTML that comes out becomes text in the same way. The
//! two from elsewhere are fetched by `set-up.sh` into a folder for temporary files; `skipped` is said
//! where that fails. With a name behind `--`, only that reader is measured.

#![expect(clippy::print_stdout, reason = "the table is what the bench is for")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use dom_smoothie::{Config, Readability};
use latetalk::article::{Page, View, extract};
use latetalk::text::{decode, from_html};
use serde_json::{Value, json};

#[path = "../../tests/support/corpus.rs"]
mod corpus;
#[path = "../../tests/support/extraction.rs"]
mod extraction;

use extraction::{Labelled, bytes, score, sets};

/// A text and how long it took, in milliseconds; by page.
type Found = HashMap<PathBuf, (String, f64)>;

/// What makes text of a page's address and bytes.
type Read = fn(&str, &[u8]) -> String;

/// Readers from elsewhere: what runs them (in the folder, or on the path), and what is run.
const SCRIPTED: [(&str, &str, &str); 2] = [
    ("Readability.js", "node", "readability.mjs"),
    ("trafilatura", "python/bin/python", "trafilatura_pages.py"),
];

fn main() {
    let Some(root) = corpus::corpus() else { return };
    let sets = sets(&root);
    let pages: Vec<&Labelled> = sets.iter().flat_map(|(_, pages)| pages).collect();
    let alone = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let wanted = |name: &str| alone.as_deref().is_none_or(|alone| alone == name);
    let folder = std::env::temp_dir().join("extraction-bench");
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/extraction");
    let fetches = wanted(SCRIPTED[0].0) || wanted(SCRIPTED[1].0);
    let ready = fetches
        && Command::new("sh")
            .arg(scripts.join("set-up.sh"))
            .arg(&folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
    let here: [(&str, Read); 2] = [("latetalk", ours), ("dom_smoothie alone", unaided)];
    let here = here.into_iter().filter(|(name, _)| wanted(name));
    let mut readers: Vec<_> = here.map(|(name, read)| (name, measured(&pages, read))).collect();
    let list = folder.join("pages.json");
    let written = ready && write_list(&list, &pages);
    for (name, program, script) in SCRIPTED.into_iter().filter(|(name, ..)| wanted(name)) {
        let program = if program == "node" { PathBuf::from(program) } else { folder.join(program) };
        match written.then(|| elsewhere(&program, &scripts.join(script), &list)).flatten() {
            Some(found) => readers.push((name, found)),
            None => println!("skipped: {name} could not be fetched or started"),
        }
    }
    print(&sets, &readers);
}

fn measured(pages: &[&Labelled], read: Read) -> Found {
    let one = |page: &&Labelled| {
        let bytes = bytes(&page.path);
        let started = Instant::now();
        let text = read(&page.url, &bytes);
        (page.path.clone(), (text, started.elapsed().as_secs_f64() * 1000.0))
    };
    pages.iter().map(one).collect()
}

fn ours(url: &str, bytes: &[u8]) -> String {
    let page = Page { url, content_type: Some("text/html"), bytes };
    extract(&page, View::Reader).map(|read| read.document.plain_text()).unwrap_or_default()
}

fn unaided(url: &str, bytes: &[u8]) -> String {
    let html = decode(bytes, None).text;
    let read = Readability::new(html.as_str(), Some(url), Some(Config::default()))
        .and_then(|mut readability| readability.parse());
    read.map(|article| from_html(&article.content, Some(url)).plain_text()).unwrap_or_default()
}

/// The pages as the scripts read them: decoded, so that nobody fails on a charset.
fn write_list(list: &Path, pages: &[&Labelled]) -> bool {
    let page = |page: &&Labelled| {
        let html = decode(&bytes(&page.path), None).text;
        json!({ "path": page.path, "url": page.url, "html": html })
    };
    let lines: Vec<String> = pages.iter().map(|one| page(one).to_string()).collect();
    std::fs::write(list, lines.join("\n")).is_ok()
}

/// Runs a script over the list; each line that it prints is a page with `html` or `text`, and `ms`.
fn elsewhere(program: &Path, script: &Path, list: &Path) -> Option<Found> {
    let output = Command::new(program).arg(script).arg(list).stderr(Stdio::null()).output().ok()?;
    let mut found = Found::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Value = serde_json::from_str(line).ok()?;
        let string = |key: &str| line.get(key).and_then(Value::as_str);
        let text = string("html").map(|html| from_html(html, string("url")).plain_text());
        let text = text.or_else(|| string("text").map(str::to_owned)).unwrap_or_default();
        let ms = line.get("ms").and_then(Value::as_f64).unwrap_or_default();
        found.insert(PathBuf::from(string("path")?), (text, ms));
    }
    (!found.is_empty()).then_some(found)
}

fn print(sets: &[(&str, Vec<Labelled>)], readers: &[(&str, Found)]) {
    println!("| set | pages | reader | P | R | F1 | below 0.8 | ms a page |");
    println!("|---|--:|---|--:|--:|--:|--:|--:|");
    for (set, pages) in sets {
        for (name, found) in readers {
            let missing = (String::new(), 0.0);
            let (mut sums, mut low, mut time) = ([0.0; 3], 0, 0.0);
            for page in pages {
                let (text, ms) = found.get(&page.path).unwrap_or(&missing);
                let (precision, recall, f1) = score(text, &page.gold);
                for (sum, value) in sums.iter_mut().zip([precision, recall, f1]) {
                    *sum += value;
                }
                low += usize::from(f1 < 0.8);
                time += ms;
            }
            let count = pages.len().max(1) as f64;
            let [precision, recall, f1] = sums.map(|sum| sum / count);
            println!(
                "| {set} | {} | {name} | {precision:.3} | {recall:.3} | {f1:.4} | {low} | {:.1} |",
                pages.len(),
                time / count
            );
        }
    }
}
