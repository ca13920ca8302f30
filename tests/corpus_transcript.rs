//! Measures the reading of transcripts against a corpus, and what kinds its files are told to be.

use std::path::{Path, PathBuf};

use latetalk::{
    kind::{self, Kind},
    transcript,
};
use serde_json::Value;

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn suffix(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().into_owned()
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Words alone: no tags, entities, white space.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag && c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

/// The words of a cue that still has its tags and entities.
fn tagged_words(text: &str) -> String {
    let named = ["&lt;", "&gt;", "&amp;", "&lrm;", "&rlm;", "&nbsp;"];
    words(&named.iter().fold(text.to_owned(), |text, name| text.replace(name, " ")))
}

/// The words of a cue that is read: no tags are left in it.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn webvtt_is_read_as_the_reference_reads_it() {
    let Some(root) = corpus() else {
        return;
    };
    let (mut right, mut worded, mut all) = (0, 0, 0);
    for path in files(&root.join("transcripts/vttjs")) {
        let Some(answer) = json(&path.with_extension("json")) else { continue };
        if suffix(&path) != "vtt" {
            continue;
        }
        let read = transcript::parse(&std::fs::read(&path).unwrap(), None).unwrap();
        let mut wanted: Vec<(u64, u64, String)> = Vec::new();
        for cue in answer.get("cues").and_then(Value::as_array).into_iter().flatten() {
            let time = |key: &str| {
                (cue.get(key).and_then(Value::as_f64).unwrap_or(0.0) * 1000.0).round() as u64
            };
            let text = tagged_words(cue.get("text").and_then(Value::as_str).unwrap_or_default());
            wanted.push((time("startTime"), time("endTime"), text));
        }
        wanted.sort_by_key(|cue| cue.0);
        all += 1;
        let found: Vec<(u64, u64, String)> =
            read.cues.iter().map(|c| (c.start_ms, c.end_ms, letters(&c.text))).collect();
        let same = found.len() == wanted.len()
            && found.iter().zip(&wanted).all(|(a, b)| (a.0, a.1) == (b.0, b.1));
        right += usize::from(same);
        let said =
            |cues: &[(u64, u64, String)]| cues.iter().map(|cue| cue.2.as_str()).collect::<String>();
        worded += usize::from(said(&found) == said(&wanted));
        if !same || said(&found) != said(&wanted) {
            println!("  {}: {found:?}, not {wanted:?}", path.display());
        }
    }
    println!("{right} of {all} WebVTT files agree in their times, {worded} in their words");
    assert!(right * 100 >= all * 95 && worded * 100 >= all * 95);
}

#[test]
fn every_form_of_one_transcript_gives_the_same_cues() {
    let Some(root) = corpus() else {
        return;
    };
    let folder = root.join("transcripts/latetalk-derived");
    for path in files(&folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains("expected") {
            continue;
        }
        let stem = name.split('.').next().unwrap_or_default().to_owned();
        let Some(answer) = json(&folder.join(format!("{stem}.expected.json"))) else { continue };
        let read = transcript::parse(&std::fs::read(&path).unwrap(), None).unwrap();
        let wanted = answer.as_array().cloned().unwrap_or_default();
        let same = read
            .cues
            .iter()
            .zip(&wanted)
            .filter(|(cue, wanted)| {
                let start = wanted.get("start_s").and_then(Value::as_f64).unwrap_or(-1.0);
                let text = wanted.get("text").and_then(Value::as_str).unwrap_or_default();
                cue.start_ms == (start * 1000.0) as u64 && words(&cue.text) == words(text)
            })
            .count();
        let named = read.cues.iter().filter(|cue| cue.speaker.is_some()).count();
        println!(
            "{name}: {same} of {} cues agree, {named} named, {} read",
            wanted.len(),
            read.cues.len()
        );
        assert_eq!(read.cues.len(), wanted.len(), "{name}");
        assert!(same * 100 >= wanted.len() * 99, "{name}");
    }
}

#[test]
fn every_file_of_the_corpus_gives_cues_or_a_reason() {
    let Some(root) = corpus() else {
        return;
    };
    for path in files(&root.join("transcripts")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains("expected")
            || (suffix(&path) == "json" && path.to_string_lossy().contains("vttjs"))
        {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        match transcript::parse(&bytes, Some(&name)) {
            Ok(read) => {
                let speakers: std::collections::BTreeSet<_> =
                    read.cues.iter().filter_map(|cue| cue.speaker.as_deref()).collect();
                if !path.to_string_lossy().contains("vttjs") {
                    println!("{name}: {} cues, speakers {speakers:?}", read.cues.len());
                }
                assert!(read.cues.windows(2).all(|w| w[0].start_ms <= w[1].start_ms), "{name}");
                assert!(read.cues.iter().all(|c| c.start_ms <= c.end_ms), "{name}");
                assert!(read.cues.iter().all(|c| !c.text.chars().any(char::is_control)), "{name}");
            }
            Err(error) => println!("{name}: {error}"),
        }
    }
}

#[test]
fn kinds_are_told_by_content() {
    let Some(root) = corpus() else {
        return;
    };
    let expected = |path: &Path| -> Option<&'static [Kind]> {
        let place = path.strip_prefix(&root).ok()?.to_string_lossy().into_owned();
        let name = path.file_name()?.to_string_lossy().into_owned();
        if name.contains(".expected") || name.contains(".meta") {
            return None;
        }
        Some(match (place.split('/').next()?, suffix(path).as_str()) {
            ("feeds-podcast", "rss" | "xml" | "atom") => &[Kind::Feed],
            ("opml", "opml") => &[Kind::Opml],
            ("shownotes", "txt") => &[Kind::PlainText],
            ("snipd", "md") => &[Kind::SnipdNote],
            ("articles" | "shownotes", "md") => &[Kind::Markdown],
            ("articles" | "shownotes", "html") => &[Kind::Html],
            ("transcripts", "srt" | "vtt" | "sbv") => &[Kind::Subtitle],
            ("transcripts", "json") if !place.contains("vttjs") => &[Kind::TranscriptJson],
            ("chapters", "json") => &[Kind::ChaptersJson],
            _ => return None,
        })
    };
    let mut table = std::collections::BTreeMap::<String, (usize, usize)>::new();
    for path in files(&root) {
        let Some(wanted) = expected(&path) else { continue };
        let bytes = std::fs::read(&path).unwrap();
        // The name must not be needed.
        let told = kind::of(&bytes, None, None);
        let place = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
        let row = format!("{} {}", place.split('/').next().unwrap_or_default(), suffix(&path));
        let entry = table.entry(row).or_default();
        entry.1 += 1;
        entry.0 += usize::from(wanted.contains(&told));
        if !wanted.contains(&told) {
            println!("  {place}: {told:?}");
        }
    }
    let (right, all) = table.values().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    for (row, (right, all)) in &table {
        println!("{row}: {right} of {all}");
    }
    println!("{right} of {all} kinds are right without a name");
    assert!(right * 100 >= all * 97);
}

#[test]
fn hostile_files_do_no_harm_and_take_no_time() {
    let Some(root) = corpus() else {
        return;
    };
    let mut slowest = (std::time::Duration::ZERO, PathBuf::new());
    for path in files(&root.join("evil")) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.to_string_lossy().into_owned();
        let begin = std::time::Instant::now();
        let _ = kind::of(&bytes, Some(&name), None);
        if let Ok(read) = transcript::parse(&bytes, Some(&name)) {
            assert!(read.cues.iter().all(|cue| !cue.text.chars().any(char::is_control)), "{name}");
        }
        let text = String::from_utf8_lossy(&bytes);
        for note in latetalk::snipd::parse(&text) {
            let written = latetalk::snipd::write(&note);
            assert!(!written.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{name}");
        }
        let took = begin.elapsed();
        if took.as_millis() > 500 {
            println!("{name}: {took:?}");
        }
        if took > slowest.0 {
            slowest = (took, path);
        }
    }
    println!("slowest: {:?} {}", slowest.0, slowest.1.display());
    assert!(slowest.0.as_secs() < 10);
}
