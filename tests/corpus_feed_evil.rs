//! Every file of the corpus, also those that are no feeds and those made to do harm: no panic,
//! bounded time, clean texts. Needs the corpus (`LATETALK_CORPUS`).

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use latetalk::feed;
use latetalk::feed::opml::Outline;
use latetalk::model::ParsedFeed;
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

/// What must never reach a terminal.
fn is_dirty(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

fn check_clean(feed: &ParsedFeed, path: &Path) {
    let mut texts: Vec<&str> = feed.warnings.iter().map(String::as_str).collect();
    texts.extend(
        [&feed.title, &feed.link, &feed.description, &feed.author]
            .into_iter()
            .flatten()
            .map(String::as_str),
    );
    for episode in &feed.episodes {
        assert!(!episode.guid.is_empty(), "{}", path.display());
        texts.push(&episode.guid);
        texts.push(&episode.notes_html);
        texts.extend(
            [&episode.title, &episode.link, &episode.image]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        texts.extend(episode.enclosure.iter().map(|enclosure| enclosure.url.as_str()));
        if let Some(line) = &episode.title {
            assert!(!line.contains('\n'), "{}", path.display());
        }
    }
    for text in texts {
        assert!(!is_dirty(text), "{}: {text:?}", path.display());
    }
}

#[test]
fn what_was_made_to_do_harm_does_none() {
    let Some(root) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut count = 0;
    for expected in files(&root.join("evil")) {
        let Some(input) = expected.to_str().and_then(|path| path.strip_suffix(".expected.json"))
        else {
            continue;
        };
        let json: Value =
            serde_json::from_slice(&fs::read(&expected).expect("readable")).expect("json");
        let kind = json["kind"].as_str().unwrap_or_default();
        if !matches!(kind, "feed" | "jsonfeed" | "opml" | "bytes") {
            continue;
        }
        let mut bytes = fs::read(input).expect("readable");
        if Path::new(input).extension().is_some_and(|suffix| suffix == "gz")
            && !input.contains("truncated")
        {
            let mut opened = Vec::new();
            let mut decoder = flate2::read::GzDecoder::new(&bytes[..]).take(40_000_000);
            if decoder.read_to_end(&mut opened).is_ok() {
                bytes = opened;
            }
        }
        count += 1;
        let must =
            |word: &str| json["must"].as_array().is_some_and(|list| list.iter().any(|m| m == word));
        let least = json["min_items"].as_u64().unwrap_or(0) as usize;
        let begun = Instant::now();
        let (items, told) = if kind == "opml" {
            match feed::opml::parse(&bytes) {
                Ok(list) => (list.outlines.len(), !list.skipped.is_empty()),
                Err(_) => (0, true),
            }
        } else {
            match feed::parse(&bytes, Some("https://evil.example/feed.xml"), None) {
                Ok(feed) => {
                    check_clean(&feed, Path::new(input));
                    (feed.episodes.len(), !feed.warnings.is_empty())
                }
                Err(error) => {
                    assert!(!is_dirty(&error.to_string()));
                    (0, true)
                }
            }
        };
        let seconds = begun.elapsed().as_secs_f64();
        let name = input.rsplit('/').next().unwrap_or_default();
        if seconds > 1.0 {
            println!("{name}: {seconds:.1} s");
        }
        if items < least || (must("error_is_shown") && !told) || (must("usable") && items == 0) {
            wrong.push(format!("{name}: {items} items, told: {told}"));
        }
        if seconds > json["max_seconds"].as_f64().unwrap_or(15.0) {
            wrong.push(format!("{name}: {seconds} s"));
        }
    }
    println!("evil: {} of {count} as they must be", count - wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_of_the_corpus_makes_a_panic() {
    let Some(root) = corpus() else { return };
    for (folder, floor) in [("feeds-podcast", 0.97), ("feeds-articles", 0.9)] {
        let (mut read, mut all, mut mended, mut slowest) = (0, 0, 0, (0.0, PathBuf::new()));
        for path in files(&root.join(folder)) {
            let suffix = path.extension().and_then(|s| s.to_str()).unwrap_or_default();
            if !matches!(suffix, "xml" | "rss" | "atom" | "rdf" | "rss1" | "rss2") {
                continue;
            }
            let bytes = fs::read(&path).expect("readable");
            all += 1;
            let begun = Instant::now();
            match feed::parse(&bytes, Some("https://a.example/feed.xml"), None) {
                Ok(feed) => {
                    check_clean(&feed, &path);
                    read += 1;
                    mended += usize::from(!feed.warnings.is_empty());
                    if std::env::var_os("LATETALK_VERBOSE").is_some() && !feed.warnings.is_empty() {
                        println!("mended {}: {:?}", path.display(), feed.warnings);
                    }
                }
                Err(error) if std::env::var_os("LATETALK_VERBOSE").is_some() => {
                    println!("{}: {error}", path.display());
                }
                Err(_) => {}
            }
            let seconds = begun.elapsed().as_secs_f64();
            if seconds > slowest.0 {
                slowest = (seconds, path);
            }
        }
        println!(
            "{folder}: {read} of {all} read, {mended} with mends, slowest {:.2} s {}",
            slowest.0,
            slowest.1.display()
        );
        assert!(f64::from(read) >= floor * f64::from(all), "{folder}");
    }
}

#[test]
fn feeds_cut_and_damaged_anywhere_do_no_harm() {
    let Some(root) = corpus() else { return };
    let (mut tried, mut whole, mut kept, mut seed) = (0_usize, 0_usize, 0_usize, 7_usize);
    for path in files(&root.join("feeds-podcast")).into_iter().step_by(5) {
        let bytes = fs::read(&path).expect("readable");
        if bytes.len() > 30_000 || bytes.is_empty() {
            continue;
        }
        let Ok(sound) = feed::parse(&bytes, None, None) else { continue };
        for _ in 0..12 {
            // A linear congruential generator (Knuth): the same damage every time.
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = (seed >> 16) % bytes.len();
            let cut = bytes.get(..at).expect("within");
            let mut damaged = bytes.clone();
            damaged.splice(at..at, *b"<a b=\"&]]><!-- \x00\xff");
            if let Ok(feed) = feed::parse(cut, None, None) {
                check_clean(&feed, &path);
                assert!(feed.episodes.len() <= sound.episodes.len());
            }
            tried += 1;
            whole += sound.episodes.len();
            if let Ok(feed) = feed::parse(&damaged, None, None) {
                check_clean(&feed, &path);
                let left = feed.episodes.len().min(sound.episodes.len());
                kept += left;
                if left * 2 < sound.episodes.len() && std::env::var_os("LATETALK_VERBOSE").is_some()
                {
                    println!(
                        "damage {} at {at}: {left} of {} {:?}",
                        path.display(),
                        sound.episodes.len(),
                        feed.warnings
                    );
                }
            } else if std::env::var_os("LATETALK_VERBOSE").is_some() {
                println!(
                    "damage {} at {at}: {:?}",
                    path.display(),
                    feed::parse(&damaged, None, None)
                );
            }
            let _ = feed::opml::parse(&damaged);
        }
    }
    println!("damaged: {kept} of {whole} episodes left in {tried} damaged feeds");
    assert!(kept * 10 >= whole * 8, "damage in one place costs little elsewhere");
}

/// The shows of a list with their tags, in an order that does not depend on their folders.
fn shows_of(outlines: &[Outline]) -> BTreeSet<(&str, &str, BTreeSet<&String>)> {
    outlines.iter().map(|show| (&*show.url, &*show.title, show.tags.iter().collect())).collect()
}

#[test]
fn every_subscription_list_is_read_and_written_again() {
    let Some(root) = corpus() else { return };
    let (mut read, mut all, mut outlines) = (0, 0, 0);
    for path in files(&root.join("opml")) {
        let suffix = path.extension().and_then(|s| s.to_str()).unwrap_or_default();
        if !matches!(suffix, "xml" | "opml" | "opml+") {
            continue;
        }
        all += 1;
        match feed::opml::parse(&fs::read(&path).expect("readable")) {
            Ok(list) => {
                read += 1;
                outlines += list.outlines.len();
                let shows = list.outlines.iter();
                let placed =
                    shows.flat_map(|one| Outline::of_show(&one.title, &one.url, &one.tags));
                let placed: Vec<Outline> = placed.collect();
                let written = feed::opml::write(list.title.as_deref().unwrap_or("x"), &placed);
                let again = feed::opml::parse(written.as_bytes()).expect("what we wrote");
                assert_eq!(
                    shows_of(&again.outlines),
                    shows_of(&list.outlines),
                    "{}",
                    path.display()
                );
            }
            Err(error) => println!("{}: {error}", path.display()),
        }
    }
    println!("opml: {read} of {all} read, {outlines} feeds");
    assert!(read * 10 >= all * 8);
}

#[test]
fn lists_hold_what_their_comments_say() {
    let Some(root) = corpus() else { return };
    let count = regex::Regex::new(r"len\(result\['feeds'\]\) == (\d+)").expect("a pattern");
    let url = regex::Regex::new(r"result\['feeds'\]\[(\d+)\]\['(url|title)'\] == u?'([^']*)'")
        .expect("a pattern");
    let (mut right, mut all) = (0, 0);
    for path in files(&root.join("opml/listparser/opml")) {
        let bytes = fs::read(&path).expect("readable");
        let text = String::from_utf8_lossy(&bytes);
        let Ok(list) = feed::opml::parse(&bytes) else { continue };
        let mut tell = |good: bool, what: String| {
            all += 1;
            right += usize::from(good);
            if !good && std::env::var_os("LATETALK_VERBOSE").is_some() {
                println!("{}: {what} {:?}", path.display(), list.outlines);
            }
        };
        for found in count.captures_iter(&text) {
            tell(found[1].parse() == Ok(list.outlines.len()), found[0].to_owned());
        }
        for found in url.captures_iter(&text) {
            let outline = list.outlines.get(found[1].parse::<usize>().expect("a number"));
            let ours = outline.map(|o| if &found[2] == "url" { &o.url } else { &o.title });
            tell(ours.is_some_and(|ours| ours == &found[3]), found[0].to_owned());
        }
    }
    println!("listparser: {right}/{all}");
    assert!(right * 10 >= all * 8);
}
