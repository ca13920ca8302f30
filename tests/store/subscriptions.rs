//! Subscribing, unsubscribing, moving, and finding by name.

use latetalk::model::{NewSnip, OwnSounding, Position, ShowId, Speed, Trim};
use latetalk::store::{DownloadRow, Place, Store};

use crate::samples::{FEED, NOW, all, id_of, item, library, take};

#[test]
fn a_show_is_subscribed_once_however_its_address_is_written() {
    let store = Store::in_memory().unwrap();
    assert!(store.is_empty().unwrap());
    let first = store.add_show(FEED, Some(" 夜行 "), NOW).unwrap();
    assert!(!first.existed && !store.is_empty().unwrap());
    for same in ["http://www.feeds.example/night/", "HTTPS://FEEDS.example/night#top"] {
        let again = store.add_show(same, None, NOW).unwrap();
        assert_eq!((again.id, again.existed), (first.id, true), "{same}");
    }
    assert_eq!(store.shows().unwrap()[0].title, "夜行");
    let list =
        [("https://b.example/", Some("乙")), (FEED, Some("别名")), ("https://b.example", None)];
    let added: Vec<bool> = store.add_shows(&list, NOW).unwrap().iter().map(|a| a.existed).collect();
    assert_eq!(added, [false, true, true]);
    let titles: Vec<_> = store.shows().unwrap().into_iter().map(|show| show.title).collect();
    assert_eq!(titles, ["夜行", "乙"]);
    assert_eq!(store.show_by_url("feed://feeds.example/night").unwrap().unwrap().id, first.id);
}

#[test]
fn a_removed_show_comes_back_with_what_was_heard() {
    let (store, show) = library(5);
    let (heard, snipped) = (id_of(&store, "guid-1"), id_of(&store, "guid-2"));
    store.set_position(heard, Position { ms: 9, played: true }, NOW).unwrap();
    let snip = NewSnip { start_ms: 1, end_ms: 2, ..NewSnip::default() };
    store.add_snip(snipped, &snip, NOW).unwrap();
    assert!(store.remove_show(show, false).unwrap().is_empty());
    assert!(store.shows().unwrap().is_empty());
    assert!(!store.show(show).unwrap().unwrap().subscribed);
    assert_eq!(all(&store).len(), 2);

    let back = store.add_show(FEED, None, NOW + 1).unwrap();
    assert_eq!((back.id, back.existed), (show, false));
    assert_eq!(take(&store, show, (1..=5).rev().map(item).collect()).new, 3);
    assert!(store.summaries(&[heard]).unwrap()[0].position.played);
    assert_eq!(store.snips(Some(snipped)).unwrap().len(), 1);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn purging_forgets_everything_and_names_the_files() {
    let (store, show) = library(3);
    let id = id_of(&store, "guid-1");
    let download = DownloadRow { episode: id, file: "1.mp3".into(), ..DownloadRow::default() };
    store.put_download(&download).unwrap();
    store.queue_add(id, Place::End).unwrap();
    assert_eq!(store.remove_show(show, true).unwrap(), [download]);
    assert!(all(&store).is_empty() && store.queue().unwrap().is_empty());
    assert!(store.search("远行", &[], 10).unwrap().is_empty());
    assert!(!store.is_empty().unwrap(), "a used library needs no welcome");
    assert!(store.remove_show(show, true).is_err());
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_show_that_moves_onto_another_becomes_one_with_it() {
    let (store, old) = library(3);
    let id = id_of(&store, "guid-2");
    store.set_position(id, Position { ms: 42, played: false }, NOW).unwrap();
    let snip = NewSnip { start_ms: 1, end_ms: 2, ..NewSnip::default() };
    store.add_snip(id, &snip, NOW).unwrap();
    let new = store.add_show("https://new.example/feed", None, NOW).unwrap().id;
    take(&store, new, (2..=4).rev().map(item).collect());
    assert_eq!(store.moved(old, "https://new.example/feed/").unwrap(), new);
    assert!(store.show(old).unwrap().is_none());
    assert_eq!(all(&store).len(), 4);
    let kept = id_of(&store, "guid-2");
    assert_eq!(store.summaries(&[kept]).unwrap()[0].position.ms, 42);
    assert_eq!(store.snips(Some(kept)).unwrap().len(), 1);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());

    assert_eq!(store.moved(new, "https://third.example/").unwrap(), new);
    assert_eq!(store.show(new).unwrap().unwrap().url, "https://third.example/");
}

#[test]
fn shows_and_episodes_are_found_by_what_people_write() {
    let (store, show) = library(12);
    let titles = |text: &str| -> Vec<String> {
        store.find_episodes(text).unwrap().into_iter().map(|episode| episode.title).collect()
    };
    for name in [&show.0.to_string(), FEED, "夜行电台", "电台", " 夜行 "] {
        assert_eq!(store.find_shows(name).unwrap().len(), 1, "{name}");
    }
    assert!(store.find_shows("没有").unwrap().is_empty());
    assert!(store.find_shows("").unwrap().is_empty());
    let third = id_of(&store, "guid-3");
    assert_eq!(store.find_episodes(&third.0.to_string()).unwrap()[0].id, third);
    assert_eq!(titles("夜行电台#3"), ["3: 和河湾谈第3次远行"]);
    assert_eq!(titles("电台＃12"), ["12: 和河湾谈第12次远行"]);
    assert_eq!(titles("第３次"), ["3: 和河湾谈第3次远行"]);
    assert_eq!(titles("和河湾").len(), 12);
    assert!(titles("电台#99").is_empty() && titles("  ").is_empty() && titles("#").is_empty());
    let mut numbered = item(3);
    numbered.number = Some(300);
    take(&store, show, vec![numbered]);
    assert_eq!(titles("夜行电台#300").len(), 1);
}

fn own() -> OwnSounding {
    OwnSounding {
        speed: Some(Speed::of(1.25)),
        trim: Some(Trim::Medium),
        loudness: Some(false),
        voice_boost: Some(true),
        skip_intro: Some(45),
        skip_outro: Some(0),
    }
}

#[test]
fn how_a_show_sounds_is_kept_and_other_shows_stay_as_they_are() {
    let (store, show) = library(2);
    let other = store.add_show("https://b.example/", None, NOW).unwrap().id;
    store.set_sounding(show, &own()).unwrap();
    assert_eq!(store.sounding(show).unwrap(), own());
    assert_eq!(store.show(show).unwrap().unwrap().sounding, own());
    assert_eq!(store.shows().unwrap()[1].sounding, OwnSounding::default());
    assert_eq!(store.sounding(other).unwrap(), OwnSounding::default());
    // A refresh changes nothing of it.
    take(&store, show, (1..=3).rev().map(item).collect());
    assert_eq!(store.sounding(show).unwrap(), own());
    let less = OwnSounding { speed: None, ..own() };
    store.set_sounding(show, &less).unwrap();
    assert_eq!(store.sounding(show).unwrap(), less);
    assert!(store.set_sounding(ShowId(77), &own()).is_err());
    assert_eq!(store.sounding(ShowId(77)).unwrap(), OwnSounding::default());
}

#[test]
fn a_show_that_comes_back_sounds_as_before_even_if_nothing_of_it_was_heard() {
    let (store, show) = library(3);
    store.set_sounding(show, &own()).unwrap();
    store.remove_show(show, false).unwrap();
    assert!(store.shows().unwrap().is_empty() && all(&store).is_empty());
    assert!(store.search("夜行", &[], 10).unwrap().is_empty(), "nobody finds it meanwhile");
    let back = store.add_show(FEED, None, NOW + 1).unwrap();
    assert_eq!((back.id, store.sounding(show).unwrap()), (show, own()));
    assert!(!store.search("夜行", &[], 10).unwrap().is_empty());
    store.remove_show(show, true).unwrap();
    assert!(store.show(show).unwrap().is_none(), "purged is gone");
    let again = store.add_show(FEED, None, NOW + 2).unwrap();
    assert_eq!(store.sounding(again.id).unwrap(), OwnSounding::default());
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn of_two_shows_that_become_one_the_one_that_stays_has_the_first_say() {
    let (store, old) = library(3);
    store.set_sounding(old, &own()).unwrap();
    let new = store.add_show("https://new.example/feed", None, NOW).unwrap().id;
    let slow = OwnSounding { speed: Some(Speed::of(0.8)), ..OwnSounding::default() };
    store.set_sounding(new, &slow).unwrap();
    assert_eq!(store.moved(old, "https://new.example/feed/").unwrap(), new);
    assert_eq!(store.sounding(new).unwrap(), OwnSounding { speed: slow.speed, ..own() });
}
