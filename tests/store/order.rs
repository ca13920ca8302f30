//! What keeps a library in order, and taking it back: after each change and its undoing the library says
//! the same as before.

use latetalk::model::{
    Before, Change, EpisodeId, EpisodeOrder, KeptFilter, KeptPage, NewSnip, PageToKeep, Position,
    Show, ShowId, SkippedChapter, Snip, SnipChange, Wanted,
};
use latetalk::store::{EpisodeFilter, EpisodeState, Place, Store, Toggled};

use crate::samples::{FEED, NOW, all, id_of, item, library, take};

/// All that the user can change of a library.
#[derive(Debug, PartialEq)]
struct Seen {
    shows: Vec<Show>,
    episodes: Vec<latetalk::model::EpisodeSummary>,
    queue: Vec<EpisodeId>,
    snips: Vec<Snip>,
    reading: Vec<KeptPage>,
    skipped: Vec<SkippedChapter>,
    filters: Vec<KeptFilter>,
}

fn seen(store: &Store) -> Seen {
    let reading = store.reading_ids("").unwrap();
    let mut reading = store.kept_pages(&reading).unwrap();
    // A page that was put back has another number.
    for page in &mut reading {
        page.id = latetalk::model::ReadingId(0);
    }
    Seen {
        shows: store.shows().unwrap(),
        episodes: all(store),
        queue: store.queue().unwrap().iter().map(|queued| queued.id).collect(),
        snips: store.snips(None).unwrap(),
        reading,
        skipped: store.skipped_chapters(id_of(store, "guid-1")).unwrap(),
        filters: store.filters().unwrap(),
    }
}

/// A library in which something of everything was done.
fn used() -> (Store, ShowId) {
    let (store, show) = library(6);
    let id = |n: u32| id_of(&store, &format!("guid-{n}"));
    store.set_position(id(2), Position { ms: 42_000, played: false }, NOW).unwrap();
    store.set_position(id(3), Position { ms: 0, played: true }, NOW).unwrap();
    store.set_starred(&[id(4)], true).unwrap();
    store.set_tags(show, &["夜".to_owned(), "long talks".to_owned()]).unwrap();
    for n in [1, 2, 3] {
        store.queue_add(id(n), Place::End).unwrap();
    }
    let snip = NewSnip { start_ms: 10, end_ms: 20, note: "潮".into(), ..NewSnip::default() };
    store.add_snip(id(1), &snip, NOW).unwrap();
    store.toggle_reading(&page("https://a.example/x"), NOW).unwrap();
    store.keep_filter(None, &KeptFilter { name: "路上".into(), text: "<30m".into() }).unwrap();
    (store, show)
}

fn page(url: &str) -> PageToKeep {
    PageToKeep { url: url.to_owned(), key: url.to_owned(), ..PageToKeep::default() }
}

/// Does something, sees that it shows, takes it back, sees that nothing is left of it.
#[track_caller]
fn undone(act: impl FnOnce(&Store, ShowId) -> Before) {
    let (store, show) = used();
    let before = seen(&store);
    let change = Change { title: String::new(), before: act(&store, show) };
    assert_ne!(seen(&store), before, "{change:?} shows");
    store.take_back(&change).unwrap();
    assert_eq!(seen(&store), before, "{change:?}");
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn marks_are_taken_back_with_their_positions() {
    undone(|store, _| {
        let older = store.up_to(id_of(store, "guid-5")).unwrap();
        assert_eq!(older.len(), 5);
        let before = store.mark_played(&older, true).unwrap();
        assert_eq!(before.len(), 4, "one was heard already");
        Before::Positions(before)
    });
    undone(|store, _| {
        let both = [id_of(store, "guid-2"), id_of(store, "guid-3")];
        Before::Positions(store.mark_played(&both, false).unwrap())
    });
}

#[test]
fn stars_tags_and_what_was_put_away_are_taken_back() {
    undone(|store, _| {
        let both = [id_of(store, "guid-4"), id_of(store, "guid-5")];
        Before::Stars(store.set_starred(&both, true).unwrap())
    });
    undone(|store, _| {
        Before::Archived(store.set_archived(&[id_of(store, "guid-5")], true).unwrap())
    });
    undone(|store, show| Before::ShowArchived(show, store.archive_show(show, true).unwrap()));
    undone(|store, show| Before::Tags(show, store.set_tags(show, &[]).unwrap()));
}

#[test]
fn every_change_of_the_queue_is_taken_back() {
    undone(|store, _| Before::Queue(store.change_queue(|_| Vec::new()).unwrap()));
    undone(|store, _| {
        Before::Queue(store.change_queue(|queue| queue.into_iter().rev().collect()).unwrap())
    });
    let (store, _) = used();
    let gone = vec![EpisodeId(99), id_of(&store, "guid-1")];
    store.take_back(&Change { title: String::new(), before: Before::Queue(gone) }).unwrap();
    assert_eq!(seen(&store).queue, [id_of(&store, "guid-1")], "what is gone stays away");
}

#[test]
fn snips_come_back_as_they_were() {
    undone(|store, _| {
        let snip = store.snips(None).unwrap().remove(0);
        store.delete_snip(snip.id).unwrap();
        assert!(store.search("潮", &[], 5).unwrap().is_empty());
        Before::Snip(Box::new(snip))
    });
    undone(|store, _| {
        let snip = store.snips(None).unwrap().remove(0);
        store.change_snip(snip.id, SnipChange::Note("光".into())).unwrap();
        Before::Snip(Box::new(snip))
    });
    undone(|store, _| {
        let snip = NewSnip { start_ms: 1, end_ms: 2, ..NewSnip::default() };
        Before::NoSnip(store.add_snip(id_of(store, "guid-2"), &snip, NOW).unwrap())
    });
    let (store, _) = used();
    let snip = store.snips(None).unwrap().remove(0);
    store.delete_snip(snip.id).unwrap();
    let change = Change { title: String::new(), before: Before::Snip(Box::new(snip)) };
    store.take_back(&change).unwrap();
    assert_eq!(store.search("潮", &[], 5).unwrap().len(), 1, "it is found again");
}

#[test]
fn the_reading_list_chapters_and_filters_are_taken_back() {
    undone(|store, _| {
        let known = page("https://a.example/x");
        let Toggled::Forgotten(kept) = store.toggle_reading(&known, NOW).unwrap() else {
            unreachable!("it is on the list")
        };
        Before::Kept(kept)
    });
    undone(|store, _| {
        let kept = store.kept_pages(&store.reading_ids("").unwrap()).unwrap().remove(0);
        store.mark_reading(kept.id, Some(NOW)).unwrap();
        Before::Kept(Box::new(kept))
    });
    undone(|store, _| {
        store.toggle_reading(&page("https://b.example/y"), NOW).unwrap();
        Before::NotKept("https://b.example/y".into())
    });
    undone(|store, _| {
        let (id, chapter) = (id_of(store, "guid-1"), "广告".to_owned());
        let chapter = SkippedChapter { start_ms: 5, title: chapter };
        store.skip_chapter(id, &chapter, true).unwrap();
        Before::Skipped(id, chapter, false)
    });
    undone(|store, _| Before::Filters(store.drop_filter("路上").unwrap()));
}

#[test]
fn a_show_comes_back_with_its_tags_and_all_its_episodes() {
    undone(|store, show| {
        store.leave_show(show).unwrap();
        assert_eq!(store.shows().unwrap(), []);
        // Only those stay of which something was kept.
        assert_eq!(all(store).len(), 4);
        Before::Subscribed(show)
    });
    let (store, show) = used();
    store.leave_show(show).unwrap();
    store.forget_left().unwrap();
    assert_eq!(store.episode_ids(&EpisodeFilter::default()).unwrap().len(), 4);
    store.forget_left().unwrap();
    store.take_back(&Change { title: String::new(), before: Before::Subscribed(show) }).unwrap();
    assert_eq!(store.shows().unwrap()[0].tags.len(), 2, "its tags were kept");
    take(&store, show, (1..=6).rev().map(item).collect());
    assert_eq!(all(&store).len(), 6, "the others come with its feed");
    assert!(all(&store).iter().any(|episode| episode.starred));
    // Subscribing again is as good.
    store.leave_show(show).unwrap();
    store.add_show(FEED, None, NOW).unwrap();
    assert_eq!(all(&store).len(), 6);
}

fn titles(store: &Store, filter: &EpisodeFilter) -> String {
    let found = store.episodes(filter).unwrap();
    let ids: Vec<EpisodeId> = found.iter().map(|episode| episode.id).collect();
    assert_eq!(store.episode_ids(filter).unwrap(), ids, "{filter:?}");
    let number = |title: &str| title.split(':').next().unwrap_or_default().to_owned();
    found.iter().map(|episode| number(&episode.title)).collect()
}

#[test]
fn filters_find_by_state_tag_length_show_and_words() {
    let (store, show) = used();
    store.set_duration(id_of(&store, "guid-6"), 600_000).unwrap();
    store.set_archived(&[id_of(&store, "guid-5")], true).unwrap();
    let found = |text: &str| {
        let wanted = Wanted::read(text).unwrap();
        titles(&store, &EpisodeFilter { wanted, ..EpisodeFilter::default() })
    };
    for (text, expected) in [
        ("", "654321"),
        ("is:new", "6541"),
        ("is:unplayed", "65421"),
        ("is:heard", "3"),
        ("is:progress", "2"),
        ("is:snips", "1"),
        ("is:queued -is:heard", "21"),
        ("*", "4"),
        ("is:archived", "5"),
        ("-is:archived is:new", "641"),
        ("tag:夜", "654321"),
        ("tag:\"Long Talks\" <30m", "6"),
        ("#long >30m -第3次", "5421"),
        ("tag:lon", "654321"),
        ("tag:ong", ""),
        ("show:夜行 第2次", "2"),
        ("夜行 第２次", "2"),
        ("-show:夜行", ""),
        ("'; DROP TABLE shows", ""),
        ("%", ""),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
    let of = |filter: EpisodeFilter| titles(&store, &filter);
    let away = |archived| EpisodeFilter { archived: Some(archived), ..EpisodeFilter::default() };
    assert_eq!((of(away(false)).as_str(), of(away(true)).as_str()), ("64321", "5"));
    let starred = Some(EpisodeState::Starred);
    assert_eq!(of(EpisodeFilter { state: starred, ..EpisodeFilter::default() }), "4");
    let tag = Some("夜".to_owned());
    assert_eq!(of(EpisodeFilter { tag, ..away(false) }), "64321");
    store.archive_show(show, true).unwrap();
    assert_eq!((of(away(false)).as_str(), of(away(true)).as_str()), ("", "654321"));
    assert_eq!(of(EpisodeFilter { show: Some(show), ..away(false) }), "64321");
    assert_eq!(store.put_aside().unwrap(), (1, 2));
}

#[test]
fn lists_stand_in_the_order_that_is_wished() {
    let (store, _) = used();
    store.set_duration(id_of(&store, "guid-6"), 600_000).unwrap();
    store.set_duration(id_of(&store, "guid-2"), 7_200_000).unwrap();
    store.set_position(id_of(&store, "guid-3"), Position::default(), NOW + 9).unwrap();
    for (order, expected) in [
        (EpisodeOrder::Newest, "654321"),
        (EpisodeOrder::Oldest, "123456"),
        (EpisodeOrder::Longest, "254316"),
        (EpisodeOrder::Shortest, "654312"),
        (EpisodeOrder::Title, "123456"),
        (EpisodeOrder::Heard, "326541"),
    ] {
        let filter = EpisodeFilter { order, ..EpisodeFilter::default() };
        assert_eq!(titles(&store, &filter), expected, "{order:?}");
    }
}
