//! Chapters from show notes: precision, recall and F1 of (start, title) over the hand-checked files
//! of the corpus, where it is present, and how fast a note of a megabyte is read.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use latetalk::text::{Document, from_html, from_plain};
use latetalk::timeline::from_notes;

#[path = "../tests/support/corpus.rs"]
mod corpus;
#[path = "../tests/support/timeline_score.rs"]
mod timeline_score;

use timeline_score::{Score, document, duration, files, json, score};

/// Bytes of a long note.
const LONG: usize = 1_000_000;

/// How often each note is read; the fastest counts.
const TIMES: usize = 5;

fn main() {
    // `cargo bench` and `cargo test --benches` pass arguments; there is nothing to choose here.
    match corpus::corpus() {
        Some(corpus) => quality(&corpus.join("shownotes")),
        None => say("no corpus, so only speed"),
    }
    speed();
}

#[expect(clippy::print_stdout, reason = "what a benchmark is for")]
fn say(line: &str) {
    println!("{line}");
}

/// A line for each folder with hand-checked lists and one for all.
fn quality(folder: &Path) {
    let mut folders: BTreeMap<String, Score> = BTreeMap::new();
    for path in files(folder) {
        let Some(expected) = json(&path.with_extension("expected.json")) else { continue };
        let Some(document) = document(&path) else { continue };
        let timeline = from_notes(&document, duration(&path));
        let found: Vec<(u64, String)> =
            timeline.chapters.into_iter().map(|c| (c.start_ms, c.title)).collect();
        let name = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let one = score(&found, &expected, &mut Vec::new());
        folders.entry(name.into_owned()).or_default().add(one);
    }
    say(&format!(
        "{:<18} {:>5} {:>8} {:>6} {:>6}  {:>9} {:>6} {:>6}",
        "notes", "files", "chapters", "missed", "wrong", "precision", "recall", "F1"
    ));
    let mut all = Score::default();
    for (name, score) in &folders {
        row(name, score);
        all.add(*score);
    }
    row("all", &all);
}

fn row(name: &str, score: &Score) {
    let [precision, recall, f1] = score.figures();
    say(&format!(
        "{name:<18} {:>5} {:>8} {:>6} {:>6}  {precision:>9.4} {recall:>6.4} {f1:>6.4}",
        score.files,
        score.hits + score.missed,
        score.missed,
        score.wrong
    ));
}

fn speed() {
    let repeated = |part: &dyn Fn(usize) -> String| {
        let mut text = String::with_capacity(LONG + 200);
        for place in 0.. {
            if text.len() >= LONG {
                break;
            }
            text.push_str(&part(place));
        }
        text
    };
    let code = |s: usize| format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
    let honest = repeated(&|n| format!("{} 和林溪聊离开小城的那一年\n", code(n)));
    let prose = repeated(&|n| format!("<p>潮水退下去（见第 {n} 页），守灯的人走下来。</p>"));
    let digits = repeated(&|_| "1:2:3:4:5:".to_owned());
    let one_line = repeated(&|n| format!("{} a ", code(n)));
    for (name, document) in [
        ("a list", from_plain(&honest, None)),
        ("prose", from_html(&prose, None)),
        ("digits and colons", from_plain(&digits, None)),
        ("a list in one line", from_plain(&one_line, None)),
    ] {
        let best = (0..TIMES).map(|_| timed(&document)).min().unwrap_or_default();
        let rate = LONG as f64 / 1e6 / best.as_secs_f64().max(1e-9);
        say(&format!("{name:<18} {:>8.1} ms {rate:>8.1} MB/s", best.as_secs_f64() * 1000.0));
    }
}

fn timed(document: &Document) -> Duration {
    let start = Instant::now();
    std::hint::black_box(from_notes(document, None));
    start.elapsed()
}
