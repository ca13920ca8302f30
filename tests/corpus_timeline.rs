//! Scores chapters from real show notes, and reads the chapters files, where the corpus is present.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why and stops")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use latetalk::text::{self, Document};
use latetalk::timeline;

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/timeline_score.rs"]
mod timeline_score;

use timeline_score::{Score, document, duration, files, json, score};

/// A part of the corpus.
fn corpus(part: &str) -> Option<PathBuf> {
    Some(corpus::corpus()?.join(part))
}

#[test]
fn chapters_of_real_notes_are_found() {
    let Some(folder) = corpus("shownotes") else { return };
    let mut folders: BTreeMap<String, Score> = BTreeMap::new();
    let mut logs = Vec::new();
    for path in files(&folder) {
        let Some(document) = document(&path) else { continue };
        let timeline = timeline::from_notes(&document, duration(&path));
        check_stamps(&document, &timeline, &path);
        let Some(expected) = json(&path.with_extension("expected.json")) else { continue };
        let found: Vec<(u64, String)> =
            timeline.chapters.iter().map(|c| (c.start_ms, c.title.clone())).collect();
        let mut log = Vec::new();
        let one = score(&found, &expected, &mut log);
        if !log.is_empty() {
            logs.push((log.len(), path.clone(), log));
        }
        let name = path.parent().and_then(Path::file_name).expect("a folder").to_string_lossy();
        folders.entry(name.into_owned()).or_default().add(one);
    }
    logs.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    for (_, path, log) in logs.iter().take(40) {
        println!("{}", path.display());
        log.iter().take(8).for_each(|line| println!("{line}"));
    }
    let mut all = Score::default();
    for (name, score) in &folders {
        println!(
            "{name}: {} files, {} right, {} missed, {} wrong, F1 {:.4}",
            score.files,
            score.hits,
            score.missed,
            score.wrong,
            score.figures()[2]
        );
        all.add(*score);
    }
    let [precision, recall, f1] = all.figures();
    println!("all: {} files, precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}", all.files);
    assert!(f1 >= 0.998, "F1 fell to {f1:.4}");
}

/// Stamps lie on character boundaries of their blocks, and marking changes no text.
fn check_stamps(document: &Document, timeline: &timeline::NotesTimeline, path: &Path) {
    let texts: Vec<String> = document.blocks.iter().map(text::Block::plain_text).collect();
    for stamp in &timeline.stamps {
        let digits = texts.get(stamp.block).and_then(|text| text.get(stamp.range.clone()));
        assert!(digits.is_some_and(|d| !d.is_empty()), "{}: {stamp:?}", path.display());
    }
    let mut marked = document.clone();
    timeline::mark(&mut marked, &timeline.stamps);
    assert_eq!(marked.plain_text(), document.plain_text(), "{}", path.display());
    let count = marked.blocks.iter().flat_map(|b| &b.spans).filter(|s| s.time_ms.is_some()).count();
    let plain = |b: &text::Block| {
        !matches!(b.kind, text::BlockKind::Table(_) | text::BlockKind::Code { .. })
    };
    let expected =
        timeline.stamps.iter().filter(|s| document.blocks.get(s.block).is_some_and(plain)).count();
    assert!(count >= expected, "{}: {count} of {expected} marked", path.display());
}

#[test]
fn chapters_files_are_read_or_say_why_not() {
    let Some(folder) = corpus("chapters") else { return };
    let (mut read, mut chapters, mut refused) = (0, 0, 0);
    for path in files(&folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains(".expected.") || !matches!(kind.as_str(), "json" | "txt") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("readable");
        let text = String::from_utf8_lossy(&bytes);
        let found = if kind == "json" {
            timeline::from_json(&text)
        } else {
            Ok(timeline::from_text(&text))
        };
        match found {
            Ok(list) => {
                read += 1;
                chapters += list.len();
                assert!(list.windows(2).all(|w| w[0].start_ms < w[1].start_ms), "{name}");
                if let Some(expected) = json(&path.with_extension("expected.json")) {
                    let starts: Vec<f64> = expected
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|c| c["start_s"].as_f64())
                        .collect();
                    let own: Vec<f64> = list.iter().map(|c| c.start_ms as f64 / 1000.0).collect();
                    assert_eq!(own, starts, "{name}");
                }
            }
            Err(error) => {
                refused += 1;
                println!("{name}: {error}");
            }
        }
    }
    println!("chapters files: {read} read with {chapters} chapters, {refused} refused");
    assert!(chapters >= 100 && refused <= 2);
}

#[test]
fn hostile_notes_do_no_harm() {
    let Some(folder) = corpus("evil") else { return };
    let mut count = 0;
    for path in files(&folder).into_iter().filter(|p| p.to_string_lossy().contains("timestamps")) {
        let Some(document) = document(&path) else { continue };
        let start = std::time::Instant::now();
        let found = timeline::from_notes(&document, None).chapters.len();
        let expected = json(&path.with_extension("txt.expected.json"));
        let least = expected.as_ref().and_then(|e| e["min_items"].as_u64()).unwrap_or_default();
        println!("{}: {found} chapters in {:?}", path.display(), start.elapsed());
        assert!(found as u64 >= least);
        count += 1;
    }
    assert!(count > 0);
}
