//! A line for each source of feeds in the corpus: how many of its files are read, mended and refused,
//! and how far what is read agrees with what another parser made of it. Needs the corpus
//! (`LATETALK_CORPUS`).

#![expect(clippy::expect_used, reason = "tests fail by panicking and print what they measure")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use latetalk::feed;
use latetalk::model::ParsedFeed;
use serde_json::Value;

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

/// What became of the files of one source.
#[derive(Default)]
struct Line {
    files: usize,
    read: usize,
    mended: usize,
    refused: usize,
    /// Facts that another parser gives: agreeing and all.
    titles: (usize, usize),
    links: (usize, usize),
    enclosures: (usize, usize),
}

fn files(root: &Path) -> Vec<PathBuf> {
    let (mut open, mut found) = (vec![root.to_path_buf()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Whether a file is a feed to read, not an answer or a note about one.
fn is_feed(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let suffix = path.extension().and_then(|suffix| suffix.to_str()).unwrap_or_default();
    !name.contains(".expected") && matches!(suffix, "xml" | "rss" | "atom" | "rdf" | "feed")
}

/// The answer of another parser to this feed.
fn answer(input: &Path) -> Option<Value> {
    let stem = input.with_extension("");
    let stem = stem.to_str()?;
    let apart = stem.replace("/input/", "/output/");
    let names = [format!("{stem}.json"), format!("{stem}.serde.json"), format!("{apart}.json")];
    let bytes = names.iter().find_map(|name| fs::read(name).ok())?;
    let json: Value = serde_json::from_slice(&bytes).ok()?;
    let json = json.get("feed").filter(|feed| feed.get("items").is_some()).unwrap_or(&json);
    ["items", "entries", "episodes"].iter().find_map(|name| json.get(name)).cloned()
}

fn text<'a>(item: &'a Value, pointers: &[&str]) -> Option<&'a str> {
    pointers.iter().find_map(|at| item.pointer(at)?.as_str()).filter(|text| !text.is_empty())
}

/// Letters and digits alone: parsers differ in white space, markup and escapes.
fn bare(text: &str) -> String {
    static TAGS: LazyLock<regex::Regex> =
        LazyLock::new(|| regex::Regex::new(r"</?[a-z][^<>]*>").expect("a pattern"));
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    TAGS.replace_all(&text, "").chars().filter(|c| c.is_alphanumeric()).collect()
}

fn count(tally: &mut (usize, usize), ours: Option<&str>, theirs: Option<&str>) {
    let Some(theirs) = theirs else { return };
    tally.1 += 1;
    tally.0 += usize::from(ours.is_some_and(|ours| bare(ours).ends_with(&bare(theirs))));
}

fn compare(line: &mut Line, feed: &ParsedFeed, theirs: &Value) {
    let Some(theirs) = theirs.as_array().filter(|list| list.len() == feed.episodes.len()) else {
        return;
    };
    let titles = feed.episodes.iter().map(|episode| episode.title.as_deref().map(bare));
    let titles: Vec<Option<String>> = titles.collect();
    for theirs in theirs {
        let title = text(theirs, &["/title", "/title/content", "/title/value"]);
        // Some sort by date; an item is found by what it says.
        let wanted = title.map(bare);
        let place = titles.iter().position(|ours| *ours == wanted);
        let ours = place.and_then(|place| feed.episodes.get(place));
        count(&mut line.titles, ours.and_then(|ours| ours.title.as_deref()), title);
        let Some(ours) = ours else { continue };
        let link = text(theirs, &["/link", "/url"]).filter(|link| link.starts_with("http"));
        count(&mut line.links, ours.link.as_deref(), link);
        let file = text(theirs, &["/enclosures/0/url", "/enclosure/url"]);
        let file = file.filter(|file| file.starts_with("http"));
        count(&mut line.enclosures, ours.enclosure.as_ref().map(|e| e.url.as_str()), file);
    }
}

#[test]
fn every_file_is_read_or_refused_with_a_sentence() {
    let Some(root) = corpus() else { return };
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for set in ["feeds-podcast", "feeds-articles", "evil"] {
        for path in files(&root.join(set)).into_iter().filter(|path| is_feed(path)) {
            let below = path.strip_prefix(&root).expect("below the corpus");
            let name: PathBuf = match set {
                "evil" => PathBuf::from(set),
                _ => below.components().take(2).collect(),
            };
            let line = lines.entry(name.display().to_string()).or_default();
            line.files += 1;
            let bytes = fs::read(&path).expect("readable");
            match feed::parse(&bytes, Some("https://feeds.example/feed"), None) {
                Ok(feed) => {
                    line.read += 1;
                    line.mended += usize::from(!feed.warnings.is_empty());
                    if let Some(theirs) = answer(&path) {
                        compare(line, &feed, &theirs);
                    }
                }
                Err(why) => {
                    line.refused += 1;
                    let why = why.to_string();
                    assert!(why.starts_with("reading the feed failed: "), "{below:?}: {why}");
                }
            }
        }
    }
    println!("{:<44} files  read mended refused      titles       links  enclosures", "source");
    let share = |(right, all): (usize, usize)| match all {
        0 => "-".to_owned(),
        _ => format!("{right}/{all}"),
    };
    let mut all = Line::default();
    for (name, line) in &lines {
        let Line { files, read, mended, refused, titles, links, enclosures } = line;
        println!(
            "{name:<44} {files:5} {read:5} {mended:6} {refused:7} {:>11} {:>11} {:>11}",
            share(*titles),
            share(*links),
            share(*enclosures)
        );
        all.files += files;
        all.read += read;
        for (sum, part) in [(&mut all.titles, titles), (&mut all.links, links)] {
            sum.0 += part.0;
            sum.1 += part.1;
        }
    }
    println!("{} of {} read", all.read, all.files);
    assert!(all.read * 100 >= all.files * 90, "{} of {}", all.read, all.files);
    assert!(all.titles.0 * 100 >= all.titles.1 * 95, "titles {:?}", all.titles);
    assert!(all.links.0 * 100 >= all.links.1 * 95, "links {:?}", all.links);
}
