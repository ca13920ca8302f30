//! The reading list: kept, found, read, and outliving the show it came from.

use std::time::Instant;

use latetalk::model::{Article, EpisodeId, KeptPage, KeptState, PageToKeep, ReadingId};
use latetalk::store::{HitKind, Store, StoredArticle, Toggled};

use crate::samples::{NOW, id_of, library};

fn page(name: &str, title: &str, episode: Option<EpisodeId>) -> PageToKeep {
    let url = format!("https://www.read.example/{name}?utm_source=notes");
    let key = format!("https://www.read.example/{name}");
    PageToKeep { key, url, title: title.into(), episode, named_by: None }
}

#[track_caller]
fn keep(store: &Store, page: &PageToKeep, now: i64) -> ReadingId {
    match store.toggle_reading(page, now).unwrap() {
        Toggled::Kept(id, _) => id,
        other @ Toggled::Forgotten(_) => unreachable!("{other:?}"),
    }
}

#[track_caller]
fn row(store: &Store, id: ReadingId) -> KeptPage {
    store.kept_pages(&[id]).unwrap().into_iter().next().unwrap()
}

/// The page comes into the library as reading it puts it there.
fn fetched(store: &Store, key: &str, title: &str, text: &str) {
    let article = Article { url: key.into(), title: Some(title.into()), ..Article::default() };
    let stored = StoredArticle { article, tree: b"{}".to_vec(), ..StoredArticle::default() };
    store.put_article(key, &stored, text, None, NOW).unwrap();
}

fn ids(store: &Store, words: &str, kinds: &[HitKind]) -> Vec<String> {
    store.search(words, kinds, 9).unwrap().into_iter().map(|hit| hit.id).collect()
}

#[test]
fn a_page_is_kept_and_forgotten_by_the_same_step_and_can_be_put_back() {
    let (store, _) = library(1);
    let rain = page("rain", "雨季的路", Some(id_of(&store, "guid-1")));
    let id = keep(&store, &rain, NOW);
    let kept = row(&store, id);
    assert_eq!((&kept.page, kept.added, kept.read), (&rain, NOW, None));
    assert_eq!((kept.site.as_str(), &kept.state), ("read.example", &KeptState::Waiting));
    assert_eq!(kept.show_title.as_deref(), Some("夜行电台"));
    assert_eq!(store.reading_counts().unwrap(), (1, 1));
    store.mark_reading(id, Some(NOW + 5)).unwrap();
    assert_eq!(store.reading_counts().unwrap(), (0, 1));
    let Toggled::Forgotten(gone) = store.toggle_reading(&rain, NOW + 9).unwrap() else {
        panic!("it was on the list");
    };
    assert_eq!((store.reading_counts().unwrap(), gone.read), ((0, 0), Some(NOW + 5)));
    assert!(ids(&store, "雨季", &[]).is_empty(), "the search forgets it as well");
    store.restore_reading(&gone).unwrap();
    store.restore_reading(&gone).unwrap();
    let again = store.reading_ids("").unwrap();
    assert_eq!(again.len(), 1);
    let back = row(&store, again[0]);
    assert_eq!((back.added, back.read), (NOW, Some(NOW + 5)), "as it stood");
    assert!(store.forget_reading(ReadingId(99)).unwrap().is_none());
}

#[test]
fn a_page_is_found_before_and_after_its_text_has_come_and_each_time_once() {
    let (store, _) = library(1);
    let rain = page("rain", "雨季的路", Some(id_of(&store, "guid-1")));
    let id = keep(&store, &rain, NOW);
    let articles = [HitKind::Articles];
    for words in ["雨季", "read.example", "雨季 夜行电台"] {
        assert_eq!(ids(&store, words, &articles), [rain.key.as_str()], "{words}");
    }
    fetched(&store, &rain.key, "雨季里的路", &"桥也断了。".repeat(200));
    for words in ["雨季", "桥也断", "桥也断 夜行电台", "雨季 远行"] {
        assert_eq!(ids(&store, words, &articles), [rain.key.as_str()], "{words}");
    }
    let kept = row(&store, id);
    assert_eq!((kept.page.title.as_str(), kept.minutes), ("雨季里的路", Some(2)));
    assert_eq!(kept.state, KeptState::Here);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_page_that_was_read_before_is_here_at_once_and_found_by_where_it_was_linked() {
    let (store, _) = library(1);
    let rain = page("rain", "", Some(id_of(&store, "guid-1")));
    fetched(&store, &rain.key, "雨季的路", "桥也断了");
    assert!(ids(&store, "桥也断 夜行电台", &[]).is_empty());
    let Toggled::Kept(id, here) = store.toggle_reading(&rain, NOW).unwrap() else {
        panic!("it was not on the list");
    };
    assert!(here);
    assert_eq!(row(&store, id).page.title, "雨季的路");
    assert_eq!(ids(&store, "桥也断 夜行电台", &[]), [rain.key]);
    assert!(store.next_to_fetch().unwrap().is_none());
}

#[test]
fn pages_are_fetched_once_each_in_their_order_until_they_are_tried_again() {
    let (store, _) = library(0);
    for (at, name) in ["a", "b", "c"].into_iter().enumerate() {
        keep(&store, &page(name, "", None), NOW + at as i64);
    }
    let next = || store.next_to_fetch().unwrap().map(|kept| kept.page.key);
    let first = next().unwrap();
    assert!(first.ends_with("/a"));
    store.reading_failed(&first, "the server did not answer").unwrap();
    let second = next().unwrap();
    fetched(&store, &second, "乙", "乙");
    assert!(next().unwrap().ends_with("/c"));
    assert_eq!(next(), None);
    let all = store.kept_pages(&store.reading_ids("").unwrap()).unwrap();
    let states: Vec<&KeptState> = all.iter().map(|kept| &kept.state).collect();
    let failed = KeptState::Failed("the server did not answer".into());
    assert_eq!(states, [&KeptState::Waiting, &KeptState::Here, &failed], "newest first");
    store.retry_reading().unwrap();
    assert_eq!(next().as_deref(), Some(first.as_str()));
    // What is here never fails.
    store.reading_failed(&second, "late").unwrap();
    assert!(store.reading_is_here(&second).unwrap());
}

#[test]
fn reading_to_the_end_marks_a_page_as_read_and_reading_less_never_takes_it_back() {
    let (store, _) = library(0);
    let rain = page("rain", "", None);
    let id = keep(&store, &rain, NOW);
    assert!(store.reading_came_to(&rain.key, 40, NOW + 1).unwrap());
    assert_eq!((row(&store, id).percent, row(&store, id).read), (40, None));
    store.reading_came_to(&rain.key, 100, NOW + 2).unwrap();
    store.reading_came_to(&rain.key, 7, NOW + 3).unwrap();
    assert_eq!((row(&store, id).percent, row(&store, id).read), (100, Some(NOW + 2)));
    assert!(!store.reading_came_to("https://other.example", 100, NOW).unwrap());
    let asked = vec![rain.key.clone(), "https://other.example".into()];
    assert_eq!(store.read_among(asked).unwrap(), [rain.key]);
}

#[test]
fn the_list_outlives_its_show() {
    let (store, show) = library(1);
    let id = keep(&store, &page("rain", "雨", Some(id_of(&store, "guid-1"))), NOW);
    store.remove_show(show, true).unwrap();
    let kept = row(&store, id);
    assert_eq!(kept.page.episode, None);
    assert_eq!(kept.show_title.as_deref(), Some("夜行电台"));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn the_filter_takes_all_words_from_wherever_they_stand() {
    let (store, _) = library(1);
    let episode = Some(id_of(&store, "guid-1"));
    let rain = keep(&store, &page("rain", "雨季的路 Rainy Roads", episode), NOW);
    let snow = keep(&store, &page("snow_100%", "雪", None), NOW + 1);
    for (words, found) in [
        ("", vec![snow, rain]),
        ("雨季", vec![rain]),
        ("roads 夜行", vec![rain]),
        ("read.example", vec![snow, rain]),
        ("100%", vec![snow]),
        ("w_1", vec![snow]),
        ("a_n", vec![]),
    ] {
        assert_eq!(store.reading_ids(words).unwrap(), found, "{words}");
    }
}

#[test]
fn ten_thousand_pages_are_listed_and_filtered_at_once() {
    let (store, _) = library(0);
    for number in 0..10_000_i64 {
        keep(&store, &page(&number.to_string(), &format!("第 {number} 篇"), None), NOW + number);
    }
    let started = Instant::now();
    assert_eq!(store.reading_ids("").unwrap().len(), 10_000);
    let listed = started.elapsed();
    let filtered = store.reading_ids("第 9999").unwrap();
    let both = started.elapsed();
    assert_eq!((filtered.len(), store.kept_pages(&filtered).unwrap().len()), (1, 1));
    println!(
        "10,000 pages: listed in {listed:?}, filtered in {:?}",
        both.checked_sub(listed).unwrap()
    );
    assert!(both.as_millis() < 2_000, "{both:?}");
}
