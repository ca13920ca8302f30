//! How long things take in a large library. Run by hand:
//! `SHOWS=200 cargo test --test store measure -- --ignored --nocapture` (500 episodes each).

use std::time::{Duration, Instant};

use latetalk::model::{ParsedEpisode, Position};
use latetalk::store::{EpisodeFilter, EpisodeState, Store};

use crate::samples::{NOW, item, take};

/// Text that repeats its words about as much as real notes do.
fn prose(seed: u64, length: usize) -> String {
    const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经";
    let common: Vec<char> = COMMON.chars().collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |bound: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % bound
    };
    let mut text = String::new();
    while text.len() < length {
        match next(20) {
            0 => text.push('，'),
            1 => text.push_str(["AI ", "OpenAI ", "podcast ", "the ", "and "][next(5) as usize]),
            2..=11 => text.push(common[next(common.len() as u64) as usize]),
            _ => {
                let rare = next(60) * next(50);
                text.push(char::from_u32(0x4e00 + rare as u32).unwrap_or('人'));
            }
        }
    }
    text
}

#[test]
#[ignore = "takes minutes"]
fn a_library_of_a_hundred_thousand_episodes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = Store::open(&path).unwrap();
    let clock = Instant::now();
    let shows = std::env::var("SHOWS").ok().and_then(|shows| shows.parse().ok());
    let mut preparing = Duration::ZERO;
    for show in 0..shows.unwrap_or(200_u32) {
        let url = format!("https://feeds.example/{show}");
        let id = store.add_show(&url, None, NOW).unwrap().id;
        let one = |n: u32| -> ParsedEpisode {
            let mut item = item(n);
            item.title = Some(format!("{n}: {}", prose(u64::from(show * 1000 + n), 60)));
            item.notes_html = prose(u64::from(show * 7000 + n), 1500);
            item
        };
        let began = Instant::now();
        let items = (1..=500).rev().map(one).collect();
        preparing += began.elapsed();
        take(&store, id, items);
    }
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!("taken in: {:?}, {} MB", clock.elapsed().saturating_sub(preparing), bytes >> 20);
    let began = Instant::now();
    let again: Vec<_> = (1..=500).rev().map(item).collect();
    let url = "https://feeds.example/again";
    let id = store.add_show(url, None, NOW).unwrap().id;
    take(&store, id, again.clone());
    println!("one more feed of 500: {:?}", began.elapsed());
    let began = Instant::now();
    take(&store, id, again);
    println!("the same again, unchanged: {:?}", began.elapsed());
    drop(store);
    let timed = |what: &str, work: &dyn Fn() -> usize| {
        let clock = Instant::now();
        let count = work();
        println!("{what}: {:?} ({count})", clock.elapsed());
    };
    let clock = Instant::now();
    let store = Store::open(&path).unwrap();
    println!("opened: {:?}", clock.elapsed());
    let page = EpisodeFilter { limit: Some(50), ..EpisodeFilter::default() };
    timed("shows", &|| store.shows().unwrap().len());
    timed("first page", &|| store.episodes(&page).unwrap().len());
    let unplayed = EpisodeFilter { state: Some(EpisodeState::Unplayed), ..page.clone() };
    timed("unplayed page", &|| store.episodes(&unplayed).unwrap().len());
    let deep = EpisodeFilter { offset: 90_000, ..page.clone() };
    timed("page at 90000", &|| store.episodes(&deep).unwrap().len());
    timed("all ids", &|| store.episode_ids(&EpisodeFilter::default()).unwrap().len());
    let text = EpisodeFilter { text: Some("的一是".into()), ..page };
    timed("title filter", &|| store.episodes(&text).unwrap().len());
    for query in
        ["的", "乐", "的一", "丁国", "的一是在", "a", "ai", "podcast", "openai 国", "没有这个"]
    {
        timed(&format!("search {query}"), &|| store.search(query, &[], 50).unwrap().len());
    }
    let id = store.episode_ids(&EpisodeFilter::default()).unwrap()[0];
    timed("100 positions", &|| {
        for ms in 0..100 {
            store.set_position(id, Position { ms, played: false }, NOW).unwrap();
        }
        100
    });
}
