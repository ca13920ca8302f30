//! How far the feed room agrees with what other parsers made of the same feeds. Needs the corpus
//! (`LATETALK_CORPUS`); `LATETALK_VERBOSE` prints every disagreement.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "tests fail by panicking and print what they measure"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use latetalk::feed;
use latetalk::model::{ParsedEpisode, ParsedFeed};
use serde_json::Value;

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

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

/// Shares of agreement, per field.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (usize, usize)>);

impl Tally {
    fn count(&mut self, field: &'static str, right: bool, file: &Path, what: impl Fn() -> String) {
        let entry = self.0.entry(field).or_default();
        entry.1 += 1;
        entry.0 += usize::from(right);
        if !right && std::env::var_os("LATETALK_VERBOSE").is_some() {
            println!("{}: {field}: {}", file.display(), what());
        }
    }

    /// The share; 1 where there is too little to tell.
    fn share(&self, field: &str) -> f64 {
        let known = self.0.get(field).filter(|(_, all)| *all >= 10);
        known.map_or(1.0, |(right, all)| *right as f64 / *all as f64)
    }

    fn print(&self, name: &str) {
        for (field, (right, all)) in &self.0 {
            println!("{name} {field}: {right}/{all} = {:.3}", *right as f64 / *all as f64);
        }
    }
}

/// What another parser says of an item.
#[derive(Default, Debug)]
struct Expected {
    title: Option<String>,
    link: Option<String>,
    date: Option<i64>,
    enclosure: Option<String>,
    guid: Option<String>,
    duration_s: Option<u64>,
}

fn seconds(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

fn at<'a>(value: &'a Value, pointers: &[&str]) -> Option<&'a str> {
    pointers.iter().find_map(|pointer| value.pointer(pointer)?.as_str()).filter(|t| !t.is_empty())
}

fn expected_items(json: &Value) -> Option<Vec<Expected>> {
    let json = json.get("feed").filter(|f| f.get("items").is_some()).unwrap_or(json);
    let list =
        ["items", "entries", "episodes"].iter().find_map(|name| json.get(name)?.as_array())?;
    let read = |item: &Value| {
        let links = item.get("links").and_then(Value::as_array);
        let alternate = links.and_then(|links| {
            let rel = |link: &&Value| {
                link.get("rel").and_then(Value::as_str).is_none_or(|rel| rel == "alternate")
            };
            links.iter().find(rel)?.get("href")?.as_str().map(str::to_owned)
        });
        let dates = [
            "/publishedParsed",
            "/pubDateParsed",
            "/isoDate",
            "/published",
            "/pubDate",
            "/date_published",
        ];
        Expected {
            title: at(item, &["/title", "/title/content", "/title/value"]).map(str::to_owned),
            link: at(item, &["/link", "/url"]).map(str::to_owned).or(alternate),
            date: at(item, &dates)
                .and_then(seconds)
                .or_else(|| item.get("published")?.as_i64().filter(|seconds| *seconds != 0)),
            enclosure: at(item, &["/enclosures/0/url", "/enclosure/url"]).map(str::to_owned),
            duration_s: item.get("total_time").and_then(Value::as_u64).filter(|s| *s > 0),
            guid: at(item, &["/guid", "/guid/value", "/id"]).map(str::to_owned),
        }
    };
    Some(list.iter().map(read).collect())
}

/// White space folded; tags left out, as our titles are plain.
fn folded(text: &str) -> String {
    let tags = regex::Regex::new(r"</?[a-z][^<>]*>").expect("a pattern");
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let text = tags.replace_all(&text, "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_address(ours: &str, theirs: &str) -> bool {
    let bare =
        |text: &str| text.trim().trim_end_matches('/').replace("&amp;", "&").replace("%20", " ");
    bare(ours) == bare(theirs) || bare(ours).ends_with(bare(theirs).trim_start_matches(['/', '.']))
}

fn compare(tally: &mut Tally, file: &Path, ours: &[ParsedEpisode], theirs: &[Expected]) {
    let counts = (ours.len(), theirs.len());
    // Items that say nothing at all have no identity and are left out.
    let nothing =
        theirs.iter().filter(|t| t.title.is_none() && t.link.is_none() && t.guid.is_none());
    let silent = nothing.count();
    tally.count(
        "count",
        ours.len() <= theirs.len() && ours.len() + silent >= theirs.len(),
        file,
        || format!("{counts:?}"),
    );
    if ours.len() != theirs.len() {
        return;
    }
    for (ours, theirs) in ours.iter().zip(theirs) {
        let show = || {
            format!(
                "ours {:?} {:?} {:?} {:?}\n   theirs {theirs:?}",
                ours.title, ours.link, ours.published, ours.enclosure
            )
        };
        if let Some(title) = &theirs.title {
            let title = folded(title);
            let right = ours.title.as_deref().is_some_and(|ours| folded(ours) == title);
            tally.count("title", right, file, show);
        }
        if let Some(link) = theirs.link.as_deref().filter(|link| link.starts_with("http")) {
            let right = ours.link.as_deref().is_some_and(|ours| same_address(ours, link));
            tally.count("link", right, file, show);
        }
        if let Some(seconds) = theirs.duration_s {
            let right = ours.duration_ms.is_some_and(|ms| ms / 1000 == seconds);
            tally.count("duration", right, file, show);
        }
        let podcast = theirs.duration_s.is_some() || theirs.enclosure.is_some();
        if let Some(guid) =
            theirs.guid.as_ref().filter(|guid| podcast && !guid.starts_with("file:"))
        {
            tally.count("guid", ours.guid == *guid, file, || format!("{} {guid}", ours.guid));
        }
        if let Some(date) = theirs.date {
            tally.count("date", ours.published == Some(date), file, show);
        }
        if let Some(address) = theirs.enclosure.as_deref().filter(|a| a.starts_with("http")) {
            let right =
                ours.enclosure.as_ref().is_some_and(|ours| same_address(&ours.url, address));
            tally.count("enclosure", right, file, show);
        }
    }
}

fn parse(path: &Path, url: Option<&str>) -> Result<ParsedFeed, feed::FeedError> {
    feed::parse(&fs::read(path).expect("a readable file"), url, None)
}

/// The feed that an expected file belongs to.
fn feed_of(expected: &Path) -> Option<PathBuf> {
    let name = expected.to_str()?;
    let stem = name.strip_suffix(".serde.json").or_else(|| name.strip_suffix(".json"))?;
    let beside = ["xml", "rss", "atom", "rdf"].map(|suffix| format!("{stem}.{suffix}"));
    let input = stem.replace("/output/", "/input/");
    let apart = ["xml", "rss", "atom"].map(|suffix| format!("{input}.{suffix}"));
    beside.into_iter().chain(apart).map(PathBuf::from).find(|path| path.is_file())
}

fn agreement(root: &Path, folders: &[&str]) -> Tally {
    let mut tally = Tally::default();
    for folder in folders {
        for expected in files(&root.join(folder)) {
            let Some(input) = feed_of(&expected) else { continue };
            let Ok(json) = serde_json::from_slice(&fs::read(&expected).expect("readable")) else {
                continue;
            };
            let Some(mut theirs) = expected_items(&json) else { continue };
            match parse(&input, folder.contains("podcastparser").then_some("file://tests/data/")) {
                Ok(mut feed) => {
                    // podcastparser sorts by date.
                    if folder.contains("podcastparser") {
                        feed.episodes.sort_by_key(|episode| std::cmp::Reverse(episode.published));
                        theirs.sort_by_key(|item| std::cmp::Reverse(item.date));
                    }
                    compare(&mut tally, &input, &feed.episodes, &theirs);
                }
                Err(error) => {
                    tally.count("count", theirs.is_empty(), &input, || error.to_string());
                }
            }
        }
    }
    tally
}

#[test]
fn podcasts_agree_with_other_parsers() {
    let Some(root) = corpus() else { return };
    let tally = agreement(
        &root,
        &[
            "feeds-podcast/gpodder-podcastparser",
            "feeds-podcast/rbren-rss-parser",
            "feeds-podcast/feed-rs",
            "feeds-podcast/feedkit",
        ],
    );
    tally.print("podcasts");
    for (field, floor) in
        [("count", 0.95), ("title", 0.95), ("link", 0.95), ("date", 0.95), ("enclosure", 0.95)]
    {
        assert!(tally.share(field) >= floor, "{field}");
    }
}

#[test]
fn articles_agree_with_other_parsers() {
    let Some(root) = corpus() else { return };
    for (folder, floor) in [
        ("gofeed", 0.9),
        ("feed-rs", 0.9),
        ("feedsmith", 0.9),
        ("fastfeedparser", 0.9),
        ("rbren-rss-parser", 0.9),
    ] {
        let tally = agreement(&root, &[&format!("feeds-articles/{folder}")]);
        tally.print(folder);
        for field in ["count", "title", "link", "date"] {
            assert!(tally.share(field) >= floor, "{folder} {field}");
        }
    }
}

#[test]
fn chapters_in_feeds_are_read_exactly() {
    let Some(root) = corpus() else { return };
    let (mut right, mut all) = (0, 0);
    for expected in files(&root.join("chapters/psc-from-feeds")) {
        let Some(stem) =
            expected.file_name().and_then(|n| n.to_str()?.strip_suffix(".expected.json"))
        else {
            continue;
        };
        let mut feeds = files(&root.join("feeds-podcast")).into_iter();
        let Some(input) = feeds.find(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.contains(stem)
                && !name.contains("empty")
                && !name.contains("invalid")
                && path.extension().is_some_and(|suffix| suffix == "xml")
        }) else {
            println!("no feed for {stem}");
            continue;
        };
        let feed = parse(&input, None).expect("a feed");
        let json: Value =
            serde_json::from_slice(&fs::read(&expected).expect("readable")).expect("json");
        for item in json.as_array().expect("a list") {
            let guid = at(item, &["/guid"]);
            let ours = feed.episodes.iter().find(|e| Some(e.guid.as_str()) == guid);
            let ours = ours.map_or(&[][..], |e| &e.chapters);
            let theirs = item["chapters"].as_array().expect("a list");
            for chapter in theirs {
                all += 1;
                let start = (chapter["start_s"].as_f64().expect("a time") * 1000.0).round() as u64;
                let title = folded(chapter["title"].as_str().unwrap_or_default());
                right += usize::from(
                    ours.iter().any(|c| c.start_ms == start && folded(&c.title) == title),
                );
            }
        }
    }
    println!("psc: {right}/{all}");
    assert!(right * 100 >= all * 99);
}

#[test]
fn the_feed_this_is_made_for_is_read_perfectly() {
    let Some(root) = corpus() else { return };
    let folder = root.join("feeds-podcast/zh-latetalk-reconstructed");
    for expected in
        files(&folder).iter().filter(|path| path.to_string_lossy().ends_with(".expected.json"))
    {
        let input = PathBuf::from(expected.to_string_lossy().replace(".expected.json", ".xml"));
        let feed = parse(&input, Some("https://podcast.latepost.com/rss")).expect("a feed");
        let json: Value =
            serde_json::from_slice(&fs::read(expected).expect("readable")).expect("json");
        let items = json.as_array().expect("a list");
        assert_eq!(feed.warnings, Vec::<String>::new());
        assert_eq!(feed.episodes.len(), items.len());
        for (episode, item) in feed.episodes.iter().zip(items) {
            assert_eq!(episode.title.as_deref(), at(item, &["/title"]));
            assert_eq!(episode.link.as_deref(), at(item, &["/link"]));
            assert!(episode.published.is_some() && episode.enclosure.is_some());
            assert!(episode.notes_html.contains("<p>"), "the notes with markup say most");
        }
        println!("latetalk: {} episodes", feed.episodes.len());
    }
}

#[test]
fn the_feeds_of_feedparser_hold_what_their_comments_say() {
    let Some(root) = corpus() else { return };
    let pattern = regex::Regex::new(
        r#"(feed|entries\[0\])\[['"](title|link|description|id|author|language)['"]\]\s*==\s*u?(?:'([^'\\]*)'|"([^"\\]*)")\s*(?:\n|-->)"#,
    )
    .expect("a pattern");
    let (mut tally, mut ill) = (Tally::default(), (0, 0));
    for file in files(&root.join("feeds-articles/feedparser")) {
        let bytes = fs::read(&file).expect("readable");
        let text = String::from_utf8_lossy(&bytes);
        let result = feed::parse(&bytes, Some("http://127.0.0.1:8097/feed.xml"), None);
        if file.to_string_lossy().contains("illformed") {
            ill.1 += 1;
            ill.0 += usize::from(result.is_ok());
        }
        let Some(found) = pattern.captures(&text) else { continue };
        let Some(wanted) = found.get(3).or(found.get(4)).map(|m| m.as_str().trim()) else {
            continue;
        };
        let field = &found[2];
        let Ok(feed) = result else {
            tally.count("read", false, &file, || format!("{result:?}"));
            continue;
        };
        let entry = feed.episodes.first();
        let ours = match (&found[1], field) {
            ("feed", "title") => feed.title.clone(),
            ("feed", "link") => feed.link.clone(),
            ("feed", "description") => feed.description.clone(),
            ("feed", "language") => feed.language.clone(),
            ("feed", "author") => feed.author.clone(),
            ("feed", _) => continue,
            (_, "title") => entry.and_then(|entry| entry.title.clone()),
            (_, "link") => entry.and_then(|entry| entry.link.clone()),
            (_, "description") => entry.map(|entry| entry.notes_html.clone()),
            (_, "author") => entry.and_then(|entry| entry.author.clone()),
            (_, "id") => entry.map(|entry| entry.guid.clone()),
            _ => continue,
        };
        if wanted.contains('<') && matches!(field, "title") && ours.is_none() {
            continue; // a picture alone is no title
        }
        let name = match field {
            "title" => "title",
            "link" => "link",
            "author" => "author",
            "id" => "id",
            _ => "text",
        };
        let right = folded(ours.as_deref().unwrap_or_default()) == folded(wanted);
        tally.count(name, right, &file, || format!("ours {ours:?} theirs {wanted:?}"));
    }
    tally.print("feedparser");
    println!("feedparser illformed read: {}/{}", ill.0, ill.1);
    assert!(tally.share("title") >= 0.9);
    assert!(ill.0 + 1 >= ill.1, "all but the empty document give a result");
}
