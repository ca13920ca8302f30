//! Invented shows and episodes.

use latetalk::model::{
    Chapter, Enclosure, EpisodeId, EpisodeSummary, ParsedEpisode, ParsedFeed, Person, ShowId,
    Soundbite, TranscriptLink,
};
use latetalk::store::{EpisodeFilter, FeedStamp, Store, Taken};

/// A day in seconds.
pub(crate) const DAY: i64 = 86_400;

/// The moment at which tests happen.
pub(crate) const NOW: i64 = 1_790_000_000;

/// The address of the show that most tests use.
pub(crate) const FEED: &str = "https://feeds.example/night";

/// Episode `n` as its feed has it: a day apart, an hour long.
pub(crate) fn item(n: u32) -> ParsedEpisode {
    ParsedEpisode {
        guid: format!("guid-{n}"),
        title: Some(format!("{n}: 和河湾谈第{n}次远行")),
        link: Some(format!("https://night.example/{n}")),
        published: Some(NOW - 1000 * DAY + i64::from(n) * DAY),
        duration_ms: Some(3_600_000),
        number: None,
        enclosure: Some(Enclosure {
            url: format!("https://media.example/night/{n}.mp3"),
            mime: Some("audio/mpeg".into()),
            length: Some(1_000_000 + u64::from(n)),
        }),
        notes_html: format!("<p>远行笔记 {n}，路线与装备</p>"),
        chapters: vec![Chapter { title: "出发".into(), ..Chapter::default() }],
        transcripts: vec![TranscriptLink {
            url: format!("https://night.example/{n}.vtt"),
            mime: Some("text/vtt".into()),
            language: Some("zh".into()),
        }],
        soundbites: vec![Soundbite { start_ms: 5000, duration_ms: 9000, title: None }],
        persons: vec![Person { name: "河湾".into(), role: Some("guest".into()) }],
        ..ParsedEpisode::default()
    }
}

/// A feed with these episodes in document order.
pub(crate) fn feed(items: Vec<ParsedEpisode>) -> ParsedFeed {
    ParsedFeed {
        title: Some("夜行电台".into()),
        link: Some("https://night.example".into()),
        description: Some("<b>夜里</b>出发的人".into()),
        author: Some("林渡".into()),
        episodes: items,
        ..ParsedFeed::default()
    }
}

/// Notes as text: tags taken off.
pub(crate) fn plain(item: &ParsedEpisode) -> String {
    let mut text = String::new();
    let mut tag = false;
    for c in item.notes_html.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            _ if !tag => text.push(c),
            _ => {}
        }
    }
    text
}

/// Takes a feed in.
pub(crate) fn take(store: &Store, show: ShowId, items: Vec<ParsedEpisode>) -> Taken {
    store.take_feed(show, &feed(items), FeedStamp::default(), NOW, &plain).unwrap()
}

/// A library with one show of `count` episodes, the newest first in the feed.
pub(crate) fn library(count: u32) -> (Store, ShowId) {
    let store = Store::in_memory().unwrap();
    let show = store.add_show(FEED, None, NOW).unwrap().id;
    take(&store, show, (1..=count).rev().map(item).collect());
    (store, show)
}

/// All episodes, newest first.
pub(crate) fn all(store: &Store) -> Vec<EpisodeSummary> {
    store.episodes(&EpisodeFilter::default()).unwrap()
}

/// The one episode whose guid is this.
#[track_caller]
pub(crate) fn id_of(store: &Store, guid: &str) -> EpisodeId {
    let found = store.find_episodes(guid).unwrap();
    assert_eq!(found.len(), 1, "{guid}: {found:?}");
    found[0].id
}
