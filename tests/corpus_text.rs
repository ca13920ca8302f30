//! Reads every page, note and legacy file of the corpus: no panic, clean text, right encodings and
//! front matter, and how long it takes.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use latetalk::text::{
    Document, LayoutOptions, clean, decode, find, from_html, from_markdown, from_plain, layout,
    split_front_matter, to_html, to_markdown,
};

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

fn files(root: &Path, suffixes: &[&str]) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| suffixes.iter().any(|s| e == *s)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn document(path: &Path) -> Document {
    let bytes = std::fs::read(path).unwrap_or_default();
    let decoded = decode(&bytes, None);
    let base = Some("https://base.example/dir/");
    match path.extension().and_then(|e| e.to_str()) {
        Some("html" | "htm") => from_html(&decoded.text, base),
        Some("md") => from_markdown(split_front_matter(&decoded.text).1, base),
        _ => from_plain(&decoded.text, base),
    }
}

fn assert_is_clean(document: &Document, path: &Path) {
    for block in &document.blocks {
        let text = block.plain_text();
        assert_eq!(clean(&text), text, "{}", path.display());
    }
    for link in &document.links {
        assert_eq!(clean(&link.url), link.url, "{}", path.display());
    }
}

#[test]
fn every_page_and_note_is_read_laid_out_and_written() {
    let Some(root) = corpus() else { return };
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    let (mut count, mut bytes, mut blocks, mut links, mut changed) = (0, 0, 0, 0, 0);
    for folder in ["shownotes", "articles", "evil"] {
        for path in files(&root.join(folder), &["html", "htm", "md", "txt"]) {
            let started = Instant::now();
            let document = document(&path);
            assert_is_clean(&document, &path);
            let read = started.elapsed();
            for width in [1, 13, 80] {
                let laid = layout(&document, &LayoutOptions { width, ..LayoutOptions::default() });
                assert_eq!(laid.first_line.len(), document.blocks.len());
            }
            let again = from_html(&to_html(&document), None);
            let (before, after) = (document.plain_text(), again.plain_text());
            let fold = |text: &str| text.split_whitespace().collect::<String>();
            let (before, after) = (fold(&before), fold(&after));
            if before != after {
                let at = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
                let near =
                    |t: &str| t.chars().skip(at.saturating_sub(20)).take(60).collect::<String>();
                println!("{}:\n  {}\n  {}", path.display(), near(&before), near(&after));
                changed += 1;
            }
            assert!(from_markdown(&to_markdown(&document), None).links.len() < 1_000_000);
            count += 1;
            bytes += std::fs::metadata(&path).map_or(0, |m| m.len());
            blocks += document.blocks.len();
            links += document.links.len();
            let name = path.strip_prefix(&root).unwrap_or(&path).display();
            slowest.push((started.elapsed(), format!("{name} (read {read:?})")));
        }
    }
    slowest.sort();
    println!("{count} files, {bytes} bytes, {blocks} blocks, {links} links");
    for (time, name) in slowest.iter().rev().take(8) {
        println!("{time:?} {name}");
    }
    let (worst, name) = slowest.last().cloned().unwrap_or_default();
    println!("{changed} changed by writing and reading");
    assert!(changed == 0 && count > 300 && worst < Duration::from_secs(10), "{worst:?} {name}");
}

#[test]
fn legacy_encodings_are_recognised() {
    let Some(root) = corpus() else { return };
    let root = root.join("feeds-articles/chardet");
    let (mut right, mut all, mut chinese_right, mut chinese) = (0, 0, 0, 0);
    for path in files(&root, &["xml"]) {
        let folder = path.parent().and_then(|p| p.file_name()).unwrap_or_default();
        let label = folder.to_string_lossy().to_string();
        let bytes = std::fs::read(&path).unwrap();
        let found = decode(&bytes, None);
        // The bytes decide: another name for an encoding that gives the same text is right too.
        let truth = decode(&bytes, Some(&label));
        let same = truth.text == found.text;
        right += usize::from(same);
        all += 1;
        if ["gb", "big5", "hz"].iter().any(|zh| label.to_lowercase().starts_with(zh)) {
            chinese += 1;
            chinese_right += usize::from(same);
        }
        if !same {
            println!("{label}: {} for {}", found.encoding, path.display());
        }
    }
    println!("encodings: {right} of {all}, Chinese {chinese_right} of {chinese}");
    assert!(right * 10 >= all * 9 && chinese_right == chinese);
}

#[test]
fn front_matter_is_found_as_the_expected_files_say() {
    let Some(root) = corpus() else { return };
    let (mut right, mut all) = (0, 0);
    for path in files(&root.join("articles"), &["md"]) {
        let Ok(expected) = std::fs::read_to_string(path.with_extension("expected.json")) else {
            continue;
        };
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let (front, body) = split_front_matter(&text);
        // The labels know no JSON heads and leave out what their own YAML parser refused.
        if text.starts_with('{') || expected.get("error").is_some() {
            continue;
        }
        all += 1;
        let has = expected.get("front_matter").is_some_and(|kind| !kind.is_null());
        let fields =
            expected.get("fields").and_then(|f| f.as_object()).cloned().unwrap_or_default();
        let found = front.as_ref().map(|front| front.fields.clone()).unwrap_or_default();
        let wrong: Vec<_> = fields
            .iter()
            .filter(|(key, value)| {
                let written = |value: &serde_json::Value| value.to_string().replace('T', " ");
                found.get(*key).map(written) != Some(written(value))
            })
            .collect();
        let chars = expected.get("body_chars").and_then(serde_json::Value::as_u64).unwrap_or(0);
        let near = (body.trim().chars().count() as i64 - chars as i64).abs() < 8;
        if front.is_some() == has && wrong.is_empty() && near {
            right += 1;
        } else {
            println!(
                "{}: has {has}, found {}, body {} of {chars}, wrong {:?}",
                path.display(),
                front.is_some(),
                body.trim().chars().count(),
                wrong.iter().take(2).map(|(k, v)| (k, v, found.get(*k))).collect::<Vec<_>>()
            );
        }
    }
    println!("front matter: {right} of {all}");
    assert!(right * 100 >= all * 90);
}

#[test]
fn a_megabyte_is_laid_out() {
    let chinese =
        "电池的故事从“实验室”开始，经过工厂（2018年）和GPT-4o的帮助，走到路上……他说：好。"
            .repeat(9_000);
    let english =
        "The story of a battery begins in a laboratory, goes through a plant (in 2018), and \
                   ends on the road; \u{201c}so be it\u{201d}, he said. "
            .repeat(7_500);
    for (name, text) in [("zh", chinese), ("en", english)] {
        let chars: Vec<char> = text.chars().collect();
        let paragraphs =
            chars.chunks(400).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>();
        let paragraphs = paragraphs.join("\n\n");
        for (form, text) in [("one paragraph", &text), ("paragraphs", &paragraphs)] {
            let started = Instant::now();
            let document = from_plain(text, None);
            let read = started.elapsed();
            let started = Instant::now();
            let options = LayoutOptions { width: 80, ..LayoutOptions::default() };
            let laid = layout(&document, &options);
            let time = started.elapsed();
            let started = Instant::now();
            let found = find(&document, "开始").len() + find(&document, "LABORATORY").len();
            let search = started.elapsed();
            println!(
                "{name}, {form}, {} KB: read {read:?}, {} lines in {time:?}, {found} found in {search:?}",
                text.len() / 1024,
                laid.lines.len()
            );
            assert!(found >= 7_000 && laid.lines.len() > 5_000);
        }
    }
}
