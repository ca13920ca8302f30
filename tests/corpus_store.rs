//! Search against a plain look through real show notes, where a corpus of them is at hand: what the
//! index finds must be exactly what stands there.

#![expect(clippy::unwrap_used, reason = "a failed step of a test is a failed test")]

use std::collections::BTreeSet;
use std::path::Path;

use latetalk::model::{ParsedEpisode, ParsedFeed};
use latetalk::store::{FeedStamp, HitKind, Store};

const NOW: i64 = 1_790_000_000;

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

/// All texts below a folder, as far as they are not huge.
fn texts(folder: &Path, into: &mut Vec<String>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            texts(&path, into);
        } else if std::fs::metadata(&path).unwrap().len() < 200_000 {
            into.push(String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Runs of Han characters of this length, from places spread over the texts.
fn samples(texts: &[String], length: usize, count: usize) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (n, text) in texts.iter().cycle().take(texts.len() * 4).enumerate() {
        let chars: Vec<char> = text.chars().collect();
        let runs: Vec<&[char]> =
            chars.windows(length).filter(|run| run.iter().all(|c| is_han(*c))).collect();
        if let Some(run) = runs.get((n * 7919) % runs.len().max(1)) {
            found.insert(run.iter().collect::<String>());
        }
        if found.len() >= count {
            break;
        }
    }
    found.into_iter().collect()
}

#[test]
fn search_finds_exactly_the_notes_that_hold_the_words() {
    let Some(corpus) = corpus() else {
        return;
    };
    let mut notes = Vec::new();
    texts(&corpus.join("shownotes"), &mut notes);
    let item = |(n, text): (usize, &String)| ParsedEpisode {
        guid: n.to_string(),
        title: Some(format!("{n}")),
        notes_html: text.clone(),
        ..ParsedEpisode::default()
    };
    let feed =
        ParsedFeed { episodes: notes.iter().enumerate().map(item).collect(), ..Default::default() };
    let store = Store::in_memory().unwrap();
    let show = store.add_show("https://feeds.example/corpus", None, NOW).unwrap().id;
    let plain = |item: &ParsedEpisode| item.notes_html.clone();
    store.take_feed(show, &feed, FeedStamp::default(), NOW, &plain).unwrap();

    let (mut asked, mut hits_seen, mut shown) = (0, 0, 0);
    for (length, count) in [(1, 60), (2, 150), (3, 60), (4, 60), (7, 30)] {
        for query in samples(&notes, length, count) {
            let hits = store.search(&query, &[HitKind::Notes], 10_000).unwrap();
            let found: BTreeSet<String> = hits.iter().map(|hit| hit.title.clone()).collect();
            let there: BTreeSet<String> = (0..notes.len())
                .filter(|n| notes[*n].contains(&query))
                .map(|n| n.to_string())
                .collect();
            assert_eq!(found, there, "{query}");
            asked += 1;
            hits_seen += hits.len();
            shown += hits.iter().filter(|hit| hit.snippet.contains(&query)).count();
        }
    }
    println!("{} notes, {asked} queries, {hits_seen} hits, {shown} shown in place", notes.len());
    assert!(asked > 200, "{asked} queries");
    assert!(shown * 100 >= hits_seen * 99, "{shown} of {hits_seen} snippets show the words");
}
