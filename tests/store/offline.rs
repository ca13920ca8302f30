//! What is here without a network, and what goes when it takes too much room.

use latetalk::model::{Article, EpisodeId};
use latetalk::store::{DownloadRow, PageNames, Store, StoredArticle};

use crate::samples::{id_of, library};

/// Bytes that do not shrink, different for each seed.
fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Keeps an article of some ten thousand bytes, fetched at this time.
fn keep(store: &Store, address: &str, at: i64, episode: Option<EpisodeId>) {
    let article = Article { url: address.into(), fetched: Some(at), ..Article::default() };
    let raw = noise(u32::try_from(at).unwrap(), 10_000);
    let stored = StoredArticle { article, raw, ..StoredArticle::default() };
    store.put_article(address, &stored, "潮水", episode, at).unwrap();
}

fn addresses(store: &Store) -> Vec<String> {
    let mut all: Vec<String> =
        store.articles(99).unwrap().into_iter().map(|article| article.url).collect();
    all.sort();
    all
}

#[test]
fn what_was_not_opened_for_longest_makes_room_but_nothing_of_a_download() {
    let (store, _) = library(2);
    let (kept, other) = (id_of(&store, "guid-1"), id_of(&store, "guid-2"));
    store
        .put_download(&DownloadRow { episode: kept, done: true, ..DownloadRow::default() })
        .unwrap();
    for (address, at, episode) in
        [("a", 1, Some(kept)), ("b", 2, Some(other)), ("c", 3, None), ("d", 4, None)]
    {
        keep(&store, address, at, episode);
    }
    store.article_opened("b", 9).unwrap();
    assert_eq!(store.prune_articles(100_000).unwrap(), Vec::<String>::new());
    assert_eq!(store.prune_articles(35_000).unwrap(), ["c"]);
    assert_eq!(store.prune_articles(0).unwrap(), ["d", "b"]);
    assert_eq!(addresses(&store), ["a"]);
    assert_eq!(store.search("潮水", &[], 9).unwrap().len(), 1, "nor are they found any more");
    let sizes = store.kept().unwrap();
    assert_eq!((sizes.articles, sizes.recordings), (1, 1));
    assert!((10_000..12_000).contains(&sizes.article_bytes), "{sizes:?}");
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn an_episode_is_complete_until_its_recording_goes() {
    let (store, _) = library(1);
    let id = id_of(&store, "guid-1");
    let complete = || store.episode(id).unwrap().unwrap().summary.complete;
    store.put_download(&DownloadRow { episode: id, done: true, ..DownloadRow::default() }).unwrap();
    store.set_complete(id, true).unwrap();
    assert!(complete());
    assert_eq!(store.kept().unwrap().complete, 1);
    store.delete_download(id).unwrap();
    assert!(!complete());
}

#[test]
fn a_page_that_refuses_is_remembered_until_it_is_read() {
    let (store, _) = library(1);
    store.put_refused("a", "it shows a check for robots", 100).unwrap();
    assert_eq!(store.refused("a", 100).unwrap().as_deref(), Some("it shows a check for robots"));
    assert_eq!(store.refused("a", 101).unwrap(), None, "that was too long ago");
    keep(&store, "a", 200, None);
    assert_eq!(store.refused("a", 0).unwrap(), None);
}

#[test]
fn a_copy_is_found_by_its_names_and_a_claim_counts_for_less() {
    let (store, _) = library(1);
    let put = |address: &str, own: &[&str], claimed: Option<&str>, at: i64| {
        let own = own.iter().map(|&name| name.to_owned()).collect();
        let names = PageNames { own, claimed: claimed.map(str::to_owned) };
        let article = Article { url: address.into(), fetched: Some(at), ..Article::default() };
        let stored = StoredArticle { article, names, ..StoredArticle::default() };
        store.put_article(address, &stored, "潮水", None, at).unwrap();
    };
    let kept = |name: &str, claimed| store.kept_as(name, claimed).unwrap();
    put("a", &["x/1", "x/1.htm"], Some("x/one"), 1);
    assert_eq!(kept("x/1.htm", false).as_deref(), Some("a"));
    assert_eq!((kept("x/one", false), kept("x/one", true).as_deref()), (None, Some("a")));
    // Another page says the same of itself, and is newer.
    put("b", &["x/2"], Some("x/1"), 2);
    assert_eq!(kept("x/1", true).as_deref(), Some("a"));
    // A page that changes its mind.
    put("a", &["x/3"], None, 3);
    assert_eq!((kept("x/one", true), kept("x/1", false).as_deref()), (None, Some("a")));
    store.delete_article("a").unwrap();
    assert_eq!(kept("x/1", false), None);
    assert_eq!(kept("x/1", true).as_deref(), Some("b"));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}
