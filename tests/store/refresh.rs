//! What a refresh may change and what it may not.

use latetalk::model::{NewSnip, Position, ShowHealth};
use latetalk::store::{
    DownloadRow, EpisodeFilter, EpisodeState, FeedStamp, OlderPage, Place, Store, Taken,
};

use crate::samples::{DAY, FEED, NOW, all, feed, id_of, item, library, plain, take};

#[test]
fn a_refresh_never_loses_what_listening_left() {
    let (store, show) = library(3);
    let id = id_of(&store, "guid-2");
    store.set_position(id, Position { ms: 123_456, played: false }, NOW).unwrap();
    store.set_played(id_of(&store, "guid-1"), true).unwrap();
    store.set_duration(id, 3_601_234).unwrap();
    store.queue_add(id, Place::End).unwrap();
    let snip = NewSnip { start_ms: 1000, end_ms: 2000, note: "好".into(), ..NewSnip::default() };
    store.add_snip(id, &snip, NOW).unwrap();
    let download = DownloadRow {
        episode: id,
        file: "2.mp3".into(),
        bytes: 9,
        total: Some(9),
        done: true,
        error: None,
        ..DownloadRow::default()
    };
    store.put_download(&download).unwrap();

    let mut items: Vec<_> = (1..=4).rev().map(item).collect();
    for item in &mut items {
        item.title = item.title.take().map(|title| format!("{title}（重制）"));
        item.duration_ms = Some(1);
        item.notes_html.push_str("<p>更正</p>");
    }
    assert_eq!(take(&store, show, items.clone()), Taken { new: 1, changed: 3 });
    assert_eq!(take(&store, show, items), Taken { new: 0, changed: 0 });

    let episode = store.episode(id).unwrap().unwrap();
    assert_eq!(episode.summary.position, Position { ms: 123_456, played: false });
    assert_eq!(episode.summary.duration_ms, Some(3_601_234));
    assert!(episode.summary.downloaded && episode.summary.title.ends_with("（重制）"));
    assert!(episode.notes.ends_with("<p>更正</p>"));
    assert_eq!(store.queue().unwrap().len(), 1);
    assert_eq!(store.snips(Some(id)).unwrap()[0].body, snip);
    assert_eq!(store.download(id).unwrap(), Some(download));
    let show = store.show(show).unwrap().unwrap();
    assert_eq!((show.episodes, show.unplayed), (4, 3));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn an_episode_with_a_new_guid_is_the_one_that_was_heard() {
    let (store, show) = library(4);
    for (n, ms) in [(1, 11), (2, 22), (3, 33)] {
        let id = id_of(&store, &format!("guid-{n}"));
        store.set_position(id, Position { ms, played: n == 3 }, NOW).unwrap();
    }
    // The same file behind a counter; another file with the same title and day; neither.
    let mut by_file = item(1);
    by_file.guid = "new-1".into();
    by_file.title = Some("换了名字".into());
    if let Some(enclosure) = &mut by_file.enclosure {
        enclosure.url = "https://count.example/r.mp3/media.example/night/1.mp3?from=x".into();
    }
    let mut by_title = item(2);
    by_title.guid = "new-2".into();
    by_title.duration_ms = Some(3_600_000 + 9 * 60_000);
    if let Some(enclosure) = &mut by_title.enclosure {
        enclosure.url = "https://other.example/two.mp3".into();
    }
    let mut another = item(3);
    another.guid = "new-3".into();
    another.published = another.published.map(|day| day + 7 * DAY);
    if let Some(enclosure) = &mut another.enclosure {
        enclosure.url = "https://other.example/three.mp3".into();
    }
    let taken = take(&store, show, vec![item(4), another, by_title, by_file]);
    assert_eq!(taken, Taken { new: 1, changed: 2 });
    let position = |guid: &str| store.summaries(&[id_of(&store, guid)]).unwrap()[0].position;
    assert_eq!(position("new-1").ms, 11);
    assert_eq!(position("new-2").ms, 22);
    assert_eq!(position("new-3"), Position::default());
    assert_eq!(position("guid-3"), Position { ms: 33, played: true });
}

#[test]
fn episodes_that_share_a_guid_stay_apart() {
    let (store, show) = library(0);
    let same = |n| {
        let mut item = item(n);
        item.guid = "same".into();
        item
    };
    assert_eq!(take(&store, show, vec![same(1)]).new, 1);
    let first = id_of(&store, "same");
    store.set_position(first, Position { ms: 77, played: false }, NOW).unwrap();
    assert_eq!(take(&store, show, vec![same(2), same(1)]), Taken { new: 1, changed: 1 });
    assert_eq!(take(&store, show, vec![same(3), same(2), same(1)]), Taken { new: 1, changed: 0 });
    let kept = store.summaries(&[first]).unwrap().remove(0);
    assert!(kept.title.starts_with("1:") && kept.position.ms == 77, "{kept:?}");
    assert_eq!(all(&store).len(), 3);
}

#[test]
fn two_versions_in_one_feed_are_two_episodes() {
    let (store, show) = library(0);
    let mut video = item(1);
    video.guid = "video".into();
    if let Some(enclosure) = &mut video.enclosure {
        enclosure.url = "https://media.example/night/1.mp4".into();
        enclosure.mime = Some("video/mp4".into());
    }
    assert_eq!(take(&store, show, vec![video.clone(), item(1)]).new, 2);
    assert_eq!(take(&store, show, vec![item(1), video]), Taken::default());
}

#[test]
fn what_vanishes_from_the_feed_stays() {
    let (store, show) = library(5);
    assert_eq!(take(&store, show, vec![item(5)]), Taken::default());
    let mut bare = item(5);
    bare.enclosure = None;
    bare.notes_html = String::new();
    bare.published = None;
    take(&store, show, vec![bare]);
    assert_eq!(all(&store).len(), 5);
    let episode = store.episode(id_of(&store, "guid-5")).unwrap().unwrap();
    assert!(episode.summary.enclosure.is_some() && episode.summary.published.is_some());
    assert!(episode.notes.contains("远行笔记"));
}

#[test]
fn episodes_stand_by_date_and_else_as_the_feed_has_them() {
    let (store, show) = library(0);
    let mut items: Vec<_> = [5, 4, 3, 2, 1].into_iter().map(item).collect();
    items[1].published = None; // between 5 and 3
    items[0].published = Some(NOW + 500 * DAY); // from the future
    items[4].published = items[3].published; // 2 and 1 on the same second
    take(&store, show, items);
    let titles: Vec<String> =
        all(&store).iter().map(|e| e.title.chars().take(1).collect()).collect();
    assert_eq!(titles, ["5", "4", "3", "2", "1"]);

    let undated: Vec<_> = [3, 2, 1]
        .into_iter()
        .map(|n| {
            let mut item = item(n);
            item.guid = format!("undated-{n}");
            item.title = Some(format!("无日期 {n}"));
            item.enclosure = None;
            item.link = None;
            item.published = None;
            item
        })
        .collect();
    let other = store.add_show("https://feeds.example/undated", None, NOW).unwrap().id;
    take(&store, other, undated);
    let filter = EpisodeFilter { show: Some(other), ..EpisodeFilter::default() };
    let guids: Vec<_> = store.episodes(&filter).unwrap().into_iter().map(|e| e.guid).collect();
    assert_eq!(guids, ["undated-3", "undated-2", "undated-1"]);
}

#[test]
fn everything_the_feed_says_comes_back() {
    let (store, show) = library(1);
    let id = id_of(&store, "guid-1");
    let episode = store.episode(id).unwrap().unwrap();
    let said = item(1);
    assert_eq!(episode.feed_chapters, said.chapters);
    assert_eq!(episode.transcripts, said.transcripts);
    assert_eq!(episode.summary.enclosure, said.enclosure);
    assert_eq!(episode.summary.show_title, "夜行电台");
    assert_eq!(episode.notes_base, said.link);
    assert!(!episode.notes_markdown);
    assert_eq!(store.soundbites(id).unwrap(), said.soundbites);
    assert_eq!(store.persons(id).unwrap(), said.persons);
    let show = store.show(show).unwrap().unwrap();
    assert_eq!(show.author.as_deref(), Some("林渡"));
    assert_eq!(show.health, ShowHealth::Good);
}

#[test]
fn failures_are_told_and_change_no_episode() {
    let (store, show) = library(2);
    let stamp = FeedStamp {
        etag: Some("\"a\"".into()),
        last_modified: Some("Mon".into()),
        ..FeedStamp::default()
    };
    store.take_feed(show, &feed(vec![item(2)]), stamp, NOW, &plain).unwrap();
    store.refresh_failed(show, "the server is silent", NOW + 1, Some(NOW + 60)).unwrap();
    let failed = store.show(show).unwrap().unwrap();
    assert_eq!(failed.health.error(), Some("the server is silent"));
    assert_eq!((failed.refreshed, failed.not_before), (Some(NOW + 1), Some(NOW + 60)));
    assert_eq!(failed.etag.as_deref(), Some("\"a\""));
    store.refresh_unchanged(show, NOW + 2, None).unwrap();
    let good = store.show(show).unwrap().unwrap();
    assert_eq!((good.health, good.not_before), (ShowHealth::Good, None));
    store.refresh_gone(show, NOW + 3).unwrap();
    assert_eq!(store.show(show).unwrap().unwrap().health, ShowHealth::Gone);
    assert_eq!(all(&store).len(), 2);
    let nobody = latetalk::model::ShowId(99);
    assert!(store.refresh_gone(nobody, NOW).is_err());
    assert!(store.take_feed(nobody, &feed(vec![]), FeedStamp::default(), NOW, &plain).is_err());
}

#[test]
fn lists_are_limited_by_show_state_text_and_page() {
    let (store, show) = library(30);
    let other = store.add_show("https://feeds.example/b", None, NOW).unwrap().id;
    let mut single = item(900);
    single.guid = "b".into();
    let mut of_other = feed(vec![single]);
    of_other.title = Some("Other".into());
    store.take_feed(other, &of_other, FeedStamp::default(), NOW, &plain).unwrap();
    let count = |filter: &EpisodeFilter| {
        let episodes = store.episodes(filter).unwrap();
        let ids: Vec<_> = episodes.iter().map(|episode| episode.id).collect();
        assert_eq!(ids, store.episode_ids(filter).unwrap());
        ids.len()
    };
    let of = |state| EpisodeFilter { state: Some(state), ..EpisodeFilter::default() };
    assert_eq!(count(&EpisodeFilter::default()), 31);
    assert_eq!(count(&EpisodeFilter { show: Some(show), ..EpisodeFilter::default() }), 30);
    let a = id_of(&store, "guid-7");
    let b = id_of(&store, "guid-8");
    store.set_position(a, Position { ms: 5, played: false }, NOW).unwrap();
    store.set_position(b, Position { ms: 5, played: true }, NOW).unwrap();
    assert_eq!(count(&of(EpisodeState::Unplayed)), 30);
    assert_eq!(count(&of(EpisodeState::InProgress)), 1);
    assert_eq!(count(&of(EpisodeState::Downloaded)), 0);
    store.queue_add(a, Place::End).unwrap();
    store.queue_add(b, Place::Front).unwrap();
    assert_eq!(store.episode_ids(&of(EpisodeState::Queued)).unwrap(), [b, a]);
    let text = |text: &str| EpisodeFilter { text: Some(text.into()), ..EpisodeFilter::default() };
    assert_eq!(count(&text("第７次")), 1);
    assert_eq!(count(&text("%")), 0);
    let page =
        EpisodeFilter { show: Some(show), limit: Some(10), offset: 25, ..EpisodeFilter::default() };
    assert_eq!(count(&page), 5);
}

#[test]
fn many_may_open_a_new_library_at_the_same_moment() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..10 {
        let path = folder.path().join(format!("{round}/library.db"));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let store = Store::open(&path).unwrap();
                    store.add_show(FEED, None, NOW).unwrap();
                });
            }
        });
        assert_eq!(Store::open(&path).unwrap().shows().unwrap().len(), 1);
    }
}

#[test]
fn a_file_library_can_be_used_by_two_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/library.db");
    let (ui, verb) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let show = ui.add_show(FEED, None, NOW).unwrap().id;
    assert!(verb.add_show(FEED, None, NOW).unwrap().existed);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let verb = Store::open(&path).unwrap();
            for n in 1..=40 {
                take(&verb, show, vec![item(n)]);
            }
        });
        for n in 0..200 {
            ui.set_meta("turn", &n.to_string()).unwrap();
            assert!(all(&ui).len() <= 40);
        }
    });
    assert_eq!(all(&ui).len(), 40);
    assert_eq!(verb.meta("turn").unwrap().as_deref(), Some("199"));
}

#[test]
fn a_feed_is_due_by_its_rhythm_and_left_alone_where_it_fails() {
    let store = Store::in_memory().unwrap();
    let show = store.add_show(FEED, None, NOW).unwrap().id;
    let shown = || store.show(show).unwrap().unwrap();
    let due = |now: i64| !store.due_shows(now, 3600).unwrap().is_empty();
    assert!(due(NOW), "never asked for");
    let daily = (0..6).map(|ago| {
        let mut item = item(100 - ago);
        item.published = Some(NOW - i64::from(ago) * DAY);
        item
    });
    take(&store, show, daily.collect());
    let first = shown().due.expect("due");
    assert!((NOW + 3600..NOW + 4 * 3600).contains(&first), "{}", first - NOW);
    assert!(!due(NOW + 60) && due(first));
    // Failures take longer each time, and are forgotten with the next answer.
    store.refresh_failed(show, "silent", NOW, None).unwrap();
    let once = shown().due.expect("due");
    store.refresh_failed(show, "silent", NOW, None).unwrap();
    assert!(shown().due.expect("due") - NOW > (once - NOW) * 3 / 2);
    assert_eq!(shown().failures, 2);
    // The rest that a server asks for holds on while nothing changes.
    store.refresh_unchanged(show, NOW, Some(8 * 3600)).unwrap();
    assert_eq!((shown().failures, shown().due), (0, Some(NOW + 8 * 3600)));
    let later = NOW + 9 * 3600;
    store.refresh_unchanged(show, later, None).unwrap();
    assert_eq!(shown().due, Some(later + 8 * 3600));
}

#[test]
fn an_older_page_adds_what_is_missing_and_touches_nothing_else() {
    let (store, show) = library(0);
    let mut first = feed((5..=8).rev().map(item).collect());
    first.next_page = Some("https://feeds.example/night?page=2".into());
    store.take_feed(show, &first, FeedStamp::default(), NOW, &plain).unwrap();
    assert!(matches!(store.older_page(show).unwrap(), OlderPage::At(_)));
    let before = store.episode(id_of(&store, "guid-5")).unwrap().unwrap();
    let mut page = feed((3..=5).rev().map(item).collect());
    page.title = Some("另一个名字".into());
    page.episodes[0].title = Some("改写".into());
    // Without a date it stands below all that is known, not on top.
    page.episodes[2].published = None;
    page.episodes[1].published = None;
    assert_eq!(store.take_older(show, &page, None, NOW, &plain).unwrap(), 2);
    assert_eq!(store.older_page(show).unwrap(), OlderPage::End);
    assert_eq!(store.show(show).unwrap().unwrap().title, "夜行电台");
    assert_eq!(store.episode(id_of(&store, "guid-5")).unwrap().unwrap(), before);
    let listed: Vec<String> = all(&store).into_iter().map(|row| row.guid).collect();
    assert_eq!(listed, ["guid-8", "guid-7", "guid-6", "guid-5", "guid-4", "guid-3"]);
    // The feed names its second page again; that it was asked for is not forgotten.
    store.take_feed(show, &first, FeedStamp::default(), NOW, &plain).unwrap();
    assert_eq!(store.older_page(show).unwrap(), OlderPage::End);
    // A feed that shrinks to its newest episodes takes none away.
    first.episodes.truncate(1);
    store.take_feed(show, &first, FeedStamp::default(), NOW, &plain).unwrap();
    assert_eq!(all(&store).len(), 6);
}

#[test]
fn a_guid_that_is_used_again_and_a_feed_that_turns_around_lose_nothing() {
    let (store, show) = library(4);
    let heard = id_of(&store, "guid-2");
    store.set_position(heard, Position { ms: 5, played: true }, NOW).unwrap();
    let turned: Vec<_> = (1..=4).map(item).collect();
    assert_eq!(take(&store, show, turned), Taken { new: 0, changed: 0 });
    // Title and guid changed, the file did not; then title and file changed, the guid did not.
    let mut moved = item(2);
    (moved.guid, moved.title) = ("other".into(), Some("新名字".into()));
    assert_eq!(take(&store, show, vec![item(4), item(3), moved.clone(), item(1)]).new, 0);
    assert!(store.episode(heard).unwrap().unwrap().summary.position.played);
    let mut again = moved.clone();
    again.title = Some("又一个名字".into());
    again.enclosure.as_mut().unwrap().url = "https://elsewhere.example/x.mp3".into();
    assert_eq!(take(&store, show, vec![item(4), item(3), again, item(1)]).new, 0);
    assert!(store.episode(heard).unwrap().unwrap().summary.position.played);
    assert_eq!(all(&store).len(), 4);
}
