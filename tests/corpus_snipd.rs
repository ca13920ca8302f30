//! Measures the reading of Snipd-style notes against a corpus with known answers.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test without its files has to fail, and what it measures has to be seen"
)]

use std::path::{Path, PathBuf};

use latetalk::{
    model::{NewSnip, Note},
    snipd,
};
use serde_json::Value;

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

fn notes_with_answers(root: &Path) -> Vec<(PathBuf, String, Option<Vec<Value>>)> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root.join("snipd")).unwrap().flatten() {
        let Ok(files) = std::fs::read_dir(folder.path()) else { continue };
        for path in files.flatten().map(|file| file.path()) {
            if path.extension().is_none_or(|suffix| suffix != "md") {
                continue;
            }
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            let answer = std::fs::read(path.with_extension("expected.json")).ok();
            let answer = answer.map(|json| match serde_json::from_slice(&json).unwrap() {
                Value::Array(list) => list,
                one => vec![one],
            });
            found.push((path, text, answer));
        }
    }
    found.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    found
}

#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
}

impl Score {
    fn count(&mut self, right: bool, what: impl FnOnce() -> String) {
        self.all += 1;
        self.right += usize::from(right);
        if !right {
            println!("  differs: {}", what());
        }
    }
}

fn millis(value: &Value) -> Option<u64> {
    value.as_f64().map(|seconds| (seconds * 1000.0).round() as u64)
}

fn compare(score: &mut Score, path: &Path, note: &Note, answer: &Value) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
    score.count(Some(note.title.clone()) == text("episode_title"), || {
        format!("{name}: title {:?}", note.title)
    });
    for (key, value) in
        [("show", &note.show), ("host", &note.author), ("episode_url", &note.snipd_url)]
    {
        // Readwise knows one name for both.
        let alone = key == "show" && note.show.is_none() && note.author == text(key);
        score.count(*value == text(key) || alone, || format!("{name}: {key} {value:?}"));
    }
    let published = note.published.and_then(|s| jiff::Timestamp::from_second(s).ok());
    score.count(published.map(|p| p.to_string()[..10].to_owned()) == text("published"), || {
        format!("{name}: published {published:?}")
    });
    let expected = answer.get("snips").and_then(Value::as_array).cloned().unwrap_or_default();
    score.count(note.snips.len() == expected.len(), || {
        format!("{name}: {} snips, not {}", note.snips.len(), expected.len())
    });
    for (snip, wanted) in note.snips.iter().zip(&expected) {
        compare_snip(score, &name, note, snip, wanted);
    }
}

fn compare_snip(score: &mut Score, name: &str, note: &Note, snip: &NewSnip, wanted: &Value) {
    let field = |key: &str| wanted.get(key).filter(|value| !value.is_null());
    let title = field("title").and_then(Value::as_str).unwrap_or("Untitled");
    score.count(snip.title.as_deref().unwrap_or("Untitled") == title, || {
        format!("{name}: snip title {:?}", snip.title)
    });
    if let Some(start) = field("start_s").and_then(millis) {
        score.count(snip.start_ms == start, || format!("{name}: start {}", snip.start_ms));
    }
    if let Some(end) = field("end_s").and_then(millis) {
        score.count(snip.end_ms == end, || format!("{name}: end {}", snip.end_ms));
        let tapped = field("at_s").and_then(millis).unwrap_or(end);
        score.count(snip.tapped_ms.unwrap_or(snip.end_ms) == tapped, || {
            format!("{name}: tapped {:?}", snip.tapped_ms)
        });
    }
    let url = field("snip_url").and_then(Value::as_str);
    score.count(snip.url.as_deref() == url, || format!("{name}: url {:?}", snip.url));
    if let Some(audio) = field("audio_url").and_then(Value::as_str) {
        score.count(note.enclosure.as_deref() == Some(audio), || {
            format!("{name}: enclosure {:?}", note.enclosure)
        });
    }
}

#[test]
fn the_notes_of_the_corpus_are_read_as_they_are_known_to_be() {
    let Some(root) = corpus() else {
        return;
    };
    let mut score = Score::default();
    let mut snips = 0;
    for (path, text, answer) in notes_with_answers(&root) {
        assert!(snipd::looks_like(&text), "{}", path.display());
        let notes = snipd::parse(&text);
        snips += notes.iter().map(|note| note.snips.len()).sum::<usize>();
        for note in &notes {
            for (line, why) in &note.skipped {
                println!("  {}:{line}: {why}", path.display());
            }
        }
        let Some(answer) = answer else { continue };
        score.count(notes.len() == answer.len(), || {
            format!("{}: {} episodes, not {}", path.display(), notes.len(), answer.len())
        });
        for (note, answer) in notes.iter().zip(&answer) {
            compare(&mut score, &path, note, answer);
        }
    }
    println!("{} of {} facts agree, {snips} snips", score.right, score.all);
    assert!(score.right as f64 >= 0.99 * score.all as f64);
}

/// What has to be the same after writing and reading.
fn essence(note: &Note) -> Note {
    let mut note = note.clone();
    (note.front_matter, note.source, note.line) = (None, None, 0);
    note.skipped.clear();
    note.snips.iter_mut().for_each(|snip| snip.raw = None);
    note
}

#[test]
fn every_note_of_the_corpus_survives_writing() {
    let Some(root) = corpus() else {
        return;
    };
    let mut kept = 0;
    for (path, text, _) in notes_with_answers(&root) {
        for note in snipd::parse(&text) {
            let written = snipd::write(&note);
            let again = snipd::parse(&written);
            let [again] = again.as_slice() else { panic!("{}: {again:#?}", path.display()) };
            assert_eq!(essence(again), essence(&note), "{}", path.display());
            assert_eq!(snipd::write(again), written, "{}", path.display());
            kept += note.snips.len();
        }
    }
    println!("{kept} snips kept");
}

/// Lines without the keys that this program adds.
fn without_own_keys(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with("latetalk")).collect()
}

#[test]
fn notes_in_the_form_that_is_written_come_back_line_by_line() {
    let Some(root) = corpus() else {
        return;
    };
    let mut texts: Vec<(PathBuf, String)> =
        notes_with_answers(&root).into_iter().map(|(path, text, _)| (path, text)).collect();
    for seed in std::fs::read_dir(root.join("../seeds")).into_iter().flatten().flatten() {
        texts.push((
            seed.path(),
            String::from_utf8_lossy(&std::fs::read(seed.path()).unwrap()).into(),
        ));
    }
    let mut same = 0;
    for (path, text) in texts {
        for note in snipd::parse(&text).iter().filter(|note| note.source.is_some()) {
            let written = snipd::write(note);
            let seal = snipd::seal(&written).unwrap();
            assert!(seal.untouched, "{}", path.display());
            assert_eq!(
                without_own_keys(&written),
                text.lines().collect::<Vec<_>>(),
                "{}",
                path.display()
            );
            same += 1;
        }
    }
    println!("{same} notes came back line by line");
    assert!(same >= 20);
}

/// One file of many episodes: the corpus' notes again and again, each time as other episodes.
fn whole_account(root: &Path, episodes: usize, snips: usize) -> (String, usize, Vec<(u64, u64)>) {
    let mut all: Vec<Note> =
        notes_with_answers(root).iter().flat_map(|(_, text, _)| snipd::parse(text)).collect();
    all.retain(|note| !note.snips.is_empty());
    let (mut text, mut count, mut ranges) = (String::new(), 0, Vec::new());
    while count < episodes || ranges.len() < snips {
        let Some(note) = all.get(count % all.len().max(1)) else { break };
        text.push_str(&episode(note, count));
        ranges.extend(note.snips.iter().map(|snip| (snip.start_ms, snip.end_ms)));
        count += 1;
    }
    (text, count, ranges)
}

/// An episode as the export of a whole account has it; `count` makes it another one each time.
fn episode(note: &Note, count: usize) -> String {
    let (title, show) = (&note.title, note.show.as_deref().unwrap_or("x"));
    let lines: Vec<String> =
        note.notes.lines().map(|line| format!("> {}<br/>", line.trim_end())).collect();
    let head = format!(
        "# {title} ({count})\n\n## Episode metadata\n- Episode title:: [[{title} ({count})]]\n\
         - Show:: [[{show}]]\n- Episode link:: [open in Snipd](https://share.snipd.com/episode/{count})\n\
         <details>\n<summary>Show notes</summary>\n{}\n</details>\n\n## Snips\n\n",
        lines.concat()
    );
    let blocks = note.snips.iter().enumerate().map(|(index, snip)| {
        let address = format!("share.snipd.com/snip/{count}-{index}-");
        let raw = snip.raw.as_deref().unwrap_or_default();
        let block = if raw.starts_with("### ") && raw.contains("Play snip") {
            raw.replace("share.snipd.com/snip/", &address)
        } else {
            let (start, end) = (clock(snip.start_ms), clock(snip.end_ms));
            let title = snip.title.as_deref().unwrap_or("Untitled");
            format!("### [{end}] {title}\n\n🎧 {start} - {end}\n")
        };
        format!("{block}\n\n---\n\n")
    });
    head + &blocks.collect::<Vec<_>>().concat()
}

fn clock(ms: u64) -> String {
    let seconds = ms / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[test]
fn a_whole_account_keeps_every_range_and_takes_seconds() {
    let Some(root) = corpus() else {
        return;
    };
    let (text, episodes, ranges) = whole_account(&root, 500, 3000);
    let started = std::time::Instant::now();
    let notes = snipd::parse(&text);
    let parsed = started.elapsed();
    assert_eq!(notes.len(), episodes);
    let found: Vec<(u64, u64)> =
        notes.iter().flat_map(|n| &n.snips).map(|s| (s.start_ms, s.end_ms)).collect();
    assert_eq!(found, ranges);

    let started = std::time::Instant::now();
    for note in &notes {
        let again = snipd::parse(&snipd::write(note));
        let [again] = again.as_slice() else { panic!("{}: {again:#?}", note.title) };
        assert_eq!(essence(again), essence(note));
    }
    let written = started.elapsed();

    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let store = latetalk::store::Store::open(&library).unwrap();
    let started = std::time::Instant::now();
    let taken = store.import_notes(&notes, 1_700_000_000).unwrap();
    let imported = started.elapsed();
    let new: usize = taken.iter().map(|note| note.as_ref().unwrap().new_snips).sum();
    assert_eq!(new, ranges.len());
    let again = store.import_notes(&notes, 1_700_000_001).unwrap();
    assert!(again.iter().all(|note| note.as_ref().unwrap().new_snips == 0));
    assert_eq!(store.snips(None).unwrap().len(), ranges.len());
    println!(
        "{episodes} episodes, {} snips, {} bytes: read in {parsed:?}, written and read again in \
         {written:?}, taken in by the library in {imported:?}",
        ranges.len(),
        text.len()
    );
    assert!(parsed + imported < std::time::Duration::from_mins(1));
}
