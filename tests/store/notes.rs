//! Snipd-style notes going in and out.

use latetalk::model::{NewSnip, Note, Position, SnipChange};
use latetalk::store::{EpisodeFilter, FeedStamp, Store};

use crate::samples::{DAY, FEED, NOW, all, feed, id_of, item, library, plain, take};

fn snip(start: u64, url: Option<&str>) -> NewSnip {
    NewSnip {
        start_ms: start,
        end_ms: start + 60_000,
        note: format!("第 {start} 处"),
        url: url.map(str::to_owned),
        raw: Some("### 原样".into()),
        ..NewSnip::default()
    }
}

/// A note about episode `n` of the sample show.
fn note(n: u32) -> Note {
    let item = item(n);
    Note {
        title: item.title.unwrap(),
        show: Some("夜行电台".into()),
        author: Some("林渡".into()),
        guests: vec!["河湾".into()],
        published: item.published.map(|at| at - at.rem_euclid(DAY)),
        exported: Some(NOW - 5),
        notes: "**路线** 见 [地图](https://map.example)".into(),
        snips: vec![snip(1000, Some("https://share.example/1")), snip(2000, None)],
        front_matter: Some("type: podcast-episode".into()),
        rest: "尾声".into(),
        ..Note::default()
    }
}

#[test]
fn a_note_finds_its_episode_by_file_page_or_titles() {
    let (store, _) = library(3);
    let by_titles = note(1);
    let by_page = Note {
        show: None,
        title: "另一个名字".into(),
        link: Some("http://night.example/2/".into()),
        ..note(2)
    };
    let file = "https://count.example/x/media.example/night/3.mp3?k=1";
    let by_file = Note {
        show: Some("别的".into()),
        title: "无题".into(),
        published: None,
        enclosure: Some(file.into()),
        ..note(3)
    };
    for (note, guid) in [(by_titles, "guid-1"), (by_page, "guid-2"), (by_file, "guid-3")] {
        let imported = store.import_note(&note, NOW).unwrap();
        assert_eq!(imported.episode, id_of(&store, guid));
        assert!(!imported.new_show && !imported.new_episode);
        assert_eq!(imported.new_snips, 2);
        let episode = store.episode(imported.episode).unwrap().unwrap();
        assert!(!episode.notes_markdown && episode.notes.contains("远行笔记"), "{guid}");
        assert_eq!(episode.front_matter.as_deref(), Some("type: podcast-episode"));
    }
    assert_eq!(all(&store).len(), 3);
}

#[test]
fn importing_again_changes_nothing() {
    let store = Store::in_memory().unwrap();
    let first = store.import_note(&note(1), NOW).unwrap();
    assert!(first.new_show && first.new_episode);
    assert_eq!(first.new_snips, 2);
    let again = store.import_note(&note(1), NOW + 9).unwrap();
    assert_eq!(again.episode, first.episode);
    assert_eq!((again.new_show, again.new_episode, again.new_snips), (false, false, 0));
    let other = store.import_note(&note(2), NOW).unwrap();
    assert!(!other.new_show && other.new_episode);
    assert_eq!(all(&store).len(), 2);
    assert_eq!(store.snips(None).unwrap().len(), 4);
    assert!(store.shows().unwrap().is_empty());

    // One more snip in a later export; the one that the user changed meanwhile stays changed.
    let mine = store.snips(Some(first.episode)).unwrap().remove(0);
    store.change_snip(mine.id, SnipChange::Note("我的".into())).unwrap();
    let mut more = note(1);
    more.snips.push(snip(9000, Some("https://share.example/9")));
    assert_eq!(store.import_note(&more, NOW).unwrap().new_snips, 1);
    assert_eq!(store.snip(mine.id).unwrap().unwrap().body.note, "我的");
}

#[test]
fn another_copy_of_a_snip_adds_what_is_missing_and_replaces_nothing() {
    let store = Store::in_memory().unwrap();
    let id = store.import_note(&note(1), NOW).unwrap().episode;
    let mine = store.snips(Some(id)).unwrap().remove(0);
    store.change_snip(mine.id, SnipChange::Note("我的话".into())).unwrap();
    store.change_snip(mine.id, SnipChange::Title(Some("我的题".into()))).unwrap();
    // The very same note says nothing new, even where the user took words away.
    let other = store.snips(Some(id)).unwrap().remove(1);
    store.change_snip(other.id, SnipChange::Note(String::new())).unwrap();
    store.import_note(&note(1), NOW).unwrap();
    assert_eq!(store.snip(other.id).unwrap().unwrap().body.note, "");

    let mut copy = note(1);
    for snip in &mut copy.snips {
        snip.title = Some("他们的题".into());
        snip.note = "他们的话".into();
        snip.transcript = Some("林渡: 好。".into());
        snip.tags = vec!["夜".into()];
        snip.favorite = true;
        snip.raw = Some("### 别样".into());
    }
    assert_eq!(store.import_note(&copy, NOW).unwrap().new_snips, 0);
    let first = store.snip(mine.id).unwrap().unwrap().body;
    assert_eq!((first.note.as_str(), first.title.as_deref()), ("我的话", Some("我的题")));
    assert_eq!(first.transcript.as_deref(), Some("林渡: 好。"));
    assert!(first.favorite && first.tags == ["夜"]);
    let second = store.snip(other.id).unwrap().unwrap().body;
    assert_eq!((second.note.as_str(), second.title.as_deref()), ("他们的话", Some("他们的题")));
    assert_eq!(store.search("他们的话", &[], 9).unwrap().len(), 1);
    // A longer copy of one's own words takes their place.
    copy.snips[0].note = "我的话，还有一句".into();
    copy.snips[0].raw = Some("### 又别样".into());
    store.import_note(&copy, NOW).unwrap();
    assert_eq!(store.snip(mine.id).unwrap().unwrap().body.note, "我的话，还有一句");
}

#[test]
fn a_poorer_note_takes_nothing_away() {
    let store = Store::in_memory().unwrap();
    let rich = Note {
        source: Some("原文\n".into()),
        link: Some("https://night.example/1".into()),
        ..note(1)
    };
    let id = store.import_note(&rich, NOW).unwrap().episode;
    let poor = Note {
        title: rich.title.clone(),
        show: rich.show.clone(),
        published: rich.published,
        rest: "另一处".into(),
        ..Note::default()
    };
    for _ in 0..2 {
        assert_eq!(store.import_note(&poor, NOW).unwrap().episode, id);
        assert_eq!(store.import_note(&rich, NOW).unwrap().episode, id);
    }
    let kept = store.note_of(id).unwrap().unwrap();
    assert_eq!((&kept.source, &kept.link, &kept.guests), (&rich.source, &rich.link, &rich.guests));
    assert_eq!((kept.notes, kept.front_matter), (rich.notes, rich.front_matter));
    assert_eq!(kept.rest, "尾声\n\n另一处");
}

#[test]
fn a_guid_finds_its_episode_where_show_or_title_agree() {
    let (store, _) = library(3);
    let by_guid =
        Note {
            guid: Some("guid-2".into()), title: "新的题目".into(), published: None, ..note(1)
        };
    assert_eq!(store.import_note(&by_guid, NOW).unwrap().episode, id_of(&store, "guid-2"));
    let elsewhere = Note { show: Some("别的台".into()), title: "别的".into(), ..by_guid };
    assert!(store.import_note(&elsewhere, NOW).unwrap().new_episode);
    let bare =
        Note { enclosure: Some("https://media.example/a%20b/名.mp3?x".into()), ..Note::default() };
    let id = store.import_note(&bare, NOW).unwrap().episode;
    assert_eq!(store.episode(id).unwrap().unwrap().summary.title, "名.mp3");
    assert_eq!(store.note_of(id).unwrap().unwrap().show, None);
}

#[test]
fn two_thoughts_on_one_passage_both_come_in_once() {
    let store = Store::in_memory().unwrap();
    let mut twice = note(1);
    twice.snips = vec![
        snip(1000, None),
        NewSnip { note: "又想到".into(), ..snip(1000, None) },
        snip(1000, Some("https://share.example/1")),
        snip(1000, Some("https://share.example/1")),
        snip(1000, None),
    ];
    assert_eq!(store.import_note(&twice, NOW).unwrap().new_snips, 3);
    assert_eq!(store.import_note(&twice, NOW).unwrap().new_snips, 0);
    twice.snips.truncate(1);
    twice.snips[0].url = Some("https://share.example/new".into());
    assert_eq!(store.import_note(&twice, NOW).unwrap().new_snips, 0);
}

#[test]
fn a_note_comes_back_as_it_was() {
    let store = Store::in_memory().unwrap();
    let written = note(1);
    let id = store.import_note(&written, NOW).unwrap().episode;
    let came_back = store.note_of(id).unwrap().unwrap();
    assert!(came_back.guid.is_some());
    assert_eq!(Note { guid: None, ..came_back }, written);
    let episode = store.episode(id).unwrap().unwrap();
    assert!(episode.notes_markdown && episode.notes == written.notes);
    let hits = store.search("地图", &[], 9).unwrap();
    assert_eq!(hits[0].snippet, "路线 见 地图");

    let (store, _) = library(1);
    let id = id_of(&store, "guid-1");
    store.add_snip(id, &snip(5, None), NOW).unwrap();
    let fresh = store.note_of(id).unwrap().unwrap();
    assert_eq!(fresh.show.as_deref(), Some("夜行电台"));
    assert_eq!(fresh.enclosure.as_deref(), Some("https://media.example/night/1.mp3"));
    assert_eq!((fresh.notes.as_str(), fresh.snips.len()), ("", 1));
    assert!(store.note_of(latetalk::model::EpisodeId(99)).unwrap().is_none());
}

#[test]
fn subscribing_later_takes_the_imported_episodes_over() {
    let store = Store::in_memory().unwrap();
    let id = store.import_note(&note(2), NOW).unwrap().episode;
    store.set_position(id, Position { ms: 31, played: false }, NOW).unwrap();
    let show = store.add_show(FEED, None, NOW).unwrap().id;
    let taken = take(&store, show, (1..=3).rev().map(item).collect());
    assert_eq!((taken.new, taken.changed), (2, 1));
    assert_eq!(id_of(&store, "guid-2"), id);
    let episode = store.episode(id).unwrap().unwrap();
    assert_eq!((episode.summary.show, episode.summary.position.ms), (show, 31));
    assert!(!episode.notes_markdown && episode.notes.contains("远行笔记"));
    assert_eq!(store.snips(Some(id)).unwrap().len(), 2);
    assert_eq!(store.note_of(id).unwrap().unwrap().rest, "尾声");
    assert_eq!(store.find_shows("夜行电台").unwrap().len(), 1);
    assert_eq!(store.import_note(&note(2), NOW).unwrap().new_snips, 0);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn subscribing_under_another_title_finds_the_same_files() {
    let store = Store::in_memory().unwrap();
    let enclosure = Some("https://media.example/night/2.mp3".into());
    let imported = Note { show: Some("夜行（旧名）".into()), enclosure, ..note(2) };
    let id = store.import_note(&imported, NOW).unwrap().episode;
    let show = store.add_show(FEED, None, NOW).unwrap().id;
    let taken = take(&store, show, (1..=3).rev().map(item).collect());
    assert_eq!((taken.new, taken.changed), (2, 1));
    assert_eq!(id_of(&store, "guid-2"), id);
    assert!(store.find_shows("旧名").unwrap().is_empty());
    assert_eq!(take(&store, show, (1..=3).rev().map(item).collect()).changed, 0);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn notes_with_the_shows_home_page_stay_apart() {
    let store = Store::in_memory().unwrap();
    for n in 1..=3 {
        let note = Note { link: Some("https://night.example/show".into()), ..note(n) };
        assert!(store.import_note(&note, NOW).unwrap().new_episode, "{n}");
    }
    let daily = |n: i64| Note {
        title: "早报".into(),
        published: Some(NOW - NOW % DAY - n * 7 * DAY),
        ..note(9)
    };
    for n in 0..3 {
        assert!(store.import_note(&daily(n), NOW).unwrap().new_episode);
    }
    for n in 0..3 {
        assert!(!store.import_note(&daily(n), NOW).unwrap().new_episode);
    }
    assert_eq!(all(&store).len(), 6);
}

#[test]
fn a_note_with_a_broken_snip_is_not_half_taken_in() {
    let store = Store::in_memory().unwrap();
    let mut broken = note(1);
    broken.snips.push(NewSnip { start_ms: 5, end_ms: 5, ..NewSnip::default() });
    assert!(store.import_note(&broken, NOW).is_err());
    assert!(all(&store).is_empty() && store.is_empty().unwrap());
    let answers = store.import_notes(&[note(1), broken, note(2)], NOW).unwrap();
    let news: Vec<_> = answers.iter().map(|a| a.as_ref().ok().map(|a| a.new_snips)).collect();
    assert_eq!(news, [Some(2), None, Some(2)]);
    assert_eq!((all(&store).len(), store.snips(None).unwrap().len()), (2, 4));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    assert!(store.import_note(&Note::default(), NOW).unwrap().new_episode);
    assert!(!store.import_note(&Note::default(), NOW).unwrap().new_episode);
}

#[test]
fn a_refresh_without_notes_leaves_the_imported_ones() {
    let store = Store::in_memory().unwrap();
    let id = store.import_note(&note(1), NOW).unwrap().episode;
    let show = store.add_show(FEED, None, NOW).unwrap().id;
    let mut bare = item(1);
    bare.notes_html = " ".into();
    store.take_feed(show, &feed(vec![bare]), FeedStamp::default(), NOW, &plain).unwrap();
    let episode = store.episode(id).unwrap().unwrap();
    assert!(episode.notes_markdown && episode.notes.starts_with("**路线**"));
    let filter = EpisodeFilter { show: Some(show), ..EpisodeFilter::default() };
    assert_eq!(store.episode_ids(&filter).unwrap(), [id]);
}
