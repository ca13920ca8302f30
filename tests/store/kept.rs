//! The queue, snips, articles, chapters, transcripts and downloads.

use latetalk::model::{
    Article, Chapter, ChapterSource, Chapters, Cue, EpisodeId, NewSnip, SkippedChapter, SnipChange,
    SnipId, Transcript,
};
use latetalk::store::{DownloadRow, HitKind, PageNames, PageStamp, Place, Store, StoredArticle};

use crate::samples::{NOW, id_of, library};

fn queue(store: &Store) -> Vec<String> {
    store.queue().unwrap().into_iter().map(|episode| episode.guid).collect()
}

#[test]
fn the_queue_keeps_the_users_order() {
    let (store, _) = library(5);
    let id = |n: u32| id_of(&store, &format!("guid-{n}"));
    store.queue_add(id(1), Place::Next).unwrap();
    store.queue_add(id(2), Place::End).unwrap();
    store.queue_add(id(3), Place::Front).unwrap();
    store.queue_add(id(4), Place::Next).unwrap();
    assert_eq!(queue(&store), ["guid-3", "guid-4", "guid-1", "guid-2"]);
    store.queue_add(id(3), Place::End).unwrap();
    assert_eq!(queue(&store), ["guid-4", "guid-1", "guid-2", "guid-3"]);
    store.queue_move(id(3), -2).unwrap();
    store.queue_move(id(4), i64::MAX).unwrap();
    assert_eq!(queue(&store), ["guid-3", "guid-1", "guid-2", "guid-4"]);
    store.queue_move(id(4), i64::MIN).unwrap();
    store.queue_move(id(5), 1).unwrap();
    store.queue_remove(id(3)).unwrap();
    assert_eq!(store.queue_take_next().unwrap(), Some(id(4)));
    assert_eq!(queue(&store), ["guid-1", "guid-2"]);
    store.queue_take_next().unwrap();
    store.queue_take_next().unwrap();
    assert_eq!(store.queue_take_next().unwrap(), None);
    assert!(store.queue_add(EpisodeId(99), Place::End).is_err());
}

#[test]
fn snips_are_made_changed_found_and_deleted() {
    let (store, _) = library(2);
    let episode = id_of(&store, "guid-1");
    let mut snip = NewSnip {
        start_ms: 60_000,
        end_ms: 90_000,
        title: Some("地图".into()),
        note: "**记得**带雨衣".into(),
        transcript: Some("别忘了雨衣".into()),
        tags: vec!["装备".into()],
        favorite: true,
        url: Some("https://share.example/snip/1".into()),
        tapped_ms: Some(88_000),
        raw: None,
    };
    let id = store.add_snip(episode, &snip, NOW).unwrap();
    let kept = store.snip(id).unwrap().unwrap();
    assert_eq!((kept.body, kept.created, kept.episode), (snip.clone(), Some(NOW), episode));
    assert_eq!(store.search("装备", &[HitKind::Snips], 9).unwrap()[0].ms, Some(60_000));
    for change in [SnipChange::Note("改了".into()), SnipChange::Tags(Vec::new())] {
        store.change_snip(id, change.clone()).unwrap();
        snip = snip.with(change);
    }
    assert_eq!(store.snips(None).unwrap()[0].body, snip);
    assert!(store.search("装备", &[HitKind::Snips], 9).unwrap().is_empty());
    assert_eq!(store.search("改了", &[HitKind::Snips], 9).unwrap()[0].title, "地图");

    snip.end_ms = snip.start_ms;
    let empty = SnipChange::Range(snip.start_ms, snip.end_ms);
    let refused = store.change_snip(id, empty).unwrap_err().to_string();
    assert!(refused.contains("60000 ms"), "{refused}");
    assert!(store.add_snip(episode, &snip, NOW).is_err());
    store.delete_snip(id).unwrap();
    assert!(store.delete_snip(id).is_err() && store.snip(SnipId(1)).unwrap().is_none());
    assert!(store.search("改了", &[], 9).unwrap().is_empty());
}

#[test]
fn the_words_of_a_snip_go_along_with_its_range_unless_they_are_its_own() {
    let (store, _) = library(1);
    let episode = id_of(&store, "guid-1");
    let cue = |second: u64, text: &str| Cue {
        start_ms: second * 1000,
        end_ms: (second + 10) * 1000,
        text: text.into(),
        ..Cue::default()
    };
    let cues = vec![cue(0, "雾起了。"), cue(10, "雨也来了。"), cue(20, "天亮了。")];
    store.put_transcript(episode, &Transcript { cues }).unwrap();
    let snip = NewSnip { start_ms: 0, end_ms: 10_000, ..NewSnip::default() };
    let id = store.add_snip(episode, &snip, NOW).unwrap();
    let changed = store.change_snip(id, SnipChange::Range(10_000, 30_000)).unwrap();
    assert_eq!(changed.body.transcript.as_deref(), Some("雨也来了。天亮了。"));
    assert_eq!(store.snip(id).unwrap().unwrap(), changed);
    assert_eq!(store.search("天亮", &[HitKind::Snips], 9).unwrap().len(), 1);
    let starred = store.change_snip(id, SnipChange::Favorite(true)).unwrap();
    assert_eq!((starred.body.favorite, starred.body.transcript), (true, changed.body.transcript));

    let own = NewSnip { transcript: Some("我听到的".into()), ..snip };
    let id = store.add_snip(episode, &own, NOW).unwrap();
    let changed = store.change_snip(id, SnipChange::Range(0, 30_000)).unwrap();
    assert_eq!(changed.body.transcript.as_deref(), Some("我听到的"));
    assert!(store.change_snip(id, SnipChange::Range(5, 5)).is_err());
    assert!(store.change_snip(SnipId(99), SnipChange::Favorite(true)).is_err());
}

#[test]
fn articles_are_kept_whole_with_the_place_where_reading_stopped() {
    let (store, _) = library(1);
    let address = "https://read.example/雨";
    let mut stored = StoredArticle {
        article: Article {
            url: address.into(),
            title: Some("雨季的路".into()),
            site: Some("读本".into()),
            fetched: Some(NOW),
            ..Article::default()
        },
        tree: br#"{"blocks":[]}"#.repeat(999),
        raw: vec![0, 159, 146, 150],
        content_type: Some("text/html".into()),
        position: None,
        stamp: PageStamp { etag: Some("\"7\"".into()), last_modified: None, reader: 3 },
        names: PageNames::default(),
    };
    let episode = id_of(&store, "guid-1");
    store.put_article(address, &stored, "雨季里路都断了", Some(episode), NOW).unwrap();
    store.set_article_position(address, (7, 300), "第七段").unwrap();
    store.put_article(address, &stored, "雨季里桥也断了", Some(EpisodeId(99)), NOW).unwrap();
    stored.position = Some((7, 300));
    assert_eq!(store.article(address).unwrap(), Some(stored.clone()));
    assert_eq!(store.articles(10).unwrap(), [stored.article.clone()]);
    assert_eq!(store.articles_of(episode).unwrap(), [address]);
    let hits = store.search("桥也断", &[], 9).unwrap();
    assert_eq!((hits.len(), hits[0].id.as_str(), hits[0].kind), (1, address, HitKind::Articles));
    assert!(store.search("路都断", &[], 9).unwrap().is_empty());
    stored.article.url = "https://read.example/final".into();
    store.put_article(address, &stored, "", None, NOW).unwrap();
    assert_eq!(store.article("https://read.example/final").unwrap(), Some(stored.clone()));
    store.put_article(address, &stored, "雨季里桥也断了", None, NOW).unwrap();
    assert!(store.article("https://read.example/none").unwrap().is_none());
    assert!(store.set_article_position("https://read.example/none", (0, 0), "").is_err());
    store.delete_article(address).unwrap();
    assert!(store.articles(10).unwrap().is_empty());
    assert!(store.search("桥也断", &[], 9).unwrap().is_empty());
}

#[test]
fn chapters_are_kept_for_each_source() {
    let (store, _) = library(1);
    let id = id_of(&store, "guid-1");
    let chapters = |source, title: &str| Chapters {
        source,
        list: vec![Chapter {
            start_ms: 5,
            title: title.into(),
            points: vec!["一".into()],
            ..Chapter::default()
        }],
        beyond: 0,
    };
    store.put_chapters(id, &chapters(ChapterSource::Vorbis, "a")).unwrap();
    store.put_chapters(id, &chapters(ChapterSource::Id3, "b")).unwrap();
    store.put_chapters(id, &chapters(ChapterSource::Id3, "c")).unwrap();
    store
        .put_chapters(id, &Chapters { source: ChapterSource::Json, list: vec![], beyond: 0 })
        .unwrap();
    let kept = store.chapters(id).unwrap();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[1], chapters(ChapterSource::Id3, "c"));
    assert!(kept[0].list.is_empty());
    assert!(store.put_chapters(EpisodeId(99), &kept[0]).is_err());
}

#[test]
fn skipped_chapters_stay_until_they_are_played_again() {
    let (store, _) = library(2);
    let id = id_of(&store, "guid-1");
    let chapter = |start_ms, title: &str| SkippedChapter { start_ms, title: title.into() };
    store.skip_chapter(id, &chapter(90_000, "广告"), true).unwrap();
    store.skip_chapter(id, &chapter(0, "片头"), true).unwrap();
    store.skip_chapter(id, &chapter(0, "片头"), true).unwrap();
    // The same chapter as another source has it takes the place of the first.
    store.skip_chapter(id, &chapter(90_400, "广告："), true).unwrap();
    let kept = [chapter(0, "片头"), chapter(90_400, "广告：")];
    assert_eq!(store.skipped_chapters(id).unwrap(), kept);
    crate::samples::take(&store, latetalk::model::ShowId(1), vec![crate::samples::item(1)]);
    assert_eq!(store.skipped_chapters(id).unwrap(), kept, "a refresh leaves them");
    assert!(store.skipped_chapters(id_of(&store, "guid-2")).unwrap().is_empty());
    store.skip_chapter(id, &chapter(90_000, "广告"), false).unwrap();
    store.skip_chapter(id, &chapter(7, "not there"), false).unwrap();
    assert_eq!(store.skipped_chapters(id).unwrap(), [chapter(0, "片头")]);
    assert!(store.skip_chapter(EpisodeId(99), &chapter(0, ""), true).is_err());
}

#[test]
fn transcripts_are_found_at_the_line_where_it_is_said() {
    let (store, _) = library(1);
    let id = id_of(&store, "guid-1");
    let cue = |n: u64| Cue {
        start_ms: n * 4000,
        end_ms: n * 4000 + 4000,
        speaker: Some(if n.is_multiple_of(2) { "林渡" } else { "河湾" }.into()),
        text: if n == 777 {
            "我们\n见到了雪豹".into()
        } else {
            format!("闲谈第{n}句，没什么")
        },
    };
    let transcript = Transcript { cues: (0..1500).map(cue).collect() };
    store.put_transcript(id, &transcript).unwrap();
    store.put_transcript(id, &transcript).unwrap();
    assert_eq!(store.transcript(id).unwrap().as_ref(), Some(&transcript));
    let hits = store.search("雪豹", &[HitKind::Transcripts], 9).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].ms, hits[0].id.as_str()), (Some(777 * 4000), id.0.to_string().as_str()));
    assert!(hits[0].snippet.contains("我们 见到了雪豹"), "{}", hits[0].snippet);
    let hits = store.search("没什么", &[HitKind::Transcripts], 50).unwrap();
    assert_eq!(hits.len(), 5, "one transcript does not push out everything else");
    let snip = NewSnip {
        start_ms: 0,
        end_ms: 1,
        note: format!("{}没什么", "别的话。".repeat(500)),
        ..NewSnip::default()
    };
    store.add_snip(id, &snip, NOW).unwrap();
    let hits = store.search("没什么", &[], 6).unwrap();
    assert!(hits.iter().any(|hit| hit.kind == HitKind::Snips), "{hits:?}");
    store.put_transcript(id, &Transcript::default()).unwrap();
    assert!(store.search("雪豹", &[], 9).unwrap().is_empty());
    assert_eq!(store.transcript(id).unwrap(), Some(Transcript::default()));
}

#[test]
fn downloads_tell_how_far_they_are() {
    let (store, _) = library(2);
    let id = id_of(&store, "guid-2");
    let mut row = DownloadRow {
        episode: id,
        file: "2.part".into(),
        bytes: 10,
        total: None,
        done: false,
        error: Some("the network is gone".into()),
        ..DownloadRow::default()
    };
    let downloaded = || store.summaries(&[id]).unwrap()[0].downloaded;
    store.put_download(&row).unwrap();
    assert_eq!(store.downloads().unwrap(), [row.clone()]);
    assert!(!downloaded());
    row.done = true;
    row.total = Some(10);
    store.put_download(&row).unwrap();
    assert!(downloaded());
    store.delete_download(id).unwrap();
    assert!(!downloaded() && store.download(id).unwrap().is_none());
    assert!(store.put_download(&DownloadRow::default()).is_err());
}

#[test]
fn a_snip_gets_the_words_of_its_range_when_the_transcript_is_known_or_comes() {
    let (store, _) = library(2);
    let episode = id_of(&store, "guid-1");
    let range = |start_ms, end_ms| NewSnip { start_ms, end_ms, ..NewSnip::default() };
    let words = |id| store.snip(id).unwrap().unwrap().body.transcript;
    let before = store.add_snip(episode, &range(0, 4000), NOW).unwrap();
    let own = NewSnip { transcript: Some("我记下的".into()), ..range(0, 4000) };
    let own = store.add_snip(episode, &own, NOW).unwrap();
    let from_note = NewSnip { raw: Some("### [00:00] 旧\n".into()), ..range(0, 4000) };
    let from_note = store.add_snip(episode, &from_note, NOW).unwrap();
    let outside = store.add_snip(episode, &range(60_000, 90_000), NOW).unwrap();
    let elsewhere = store.add_snip(id_of(&store, "guid-2"), &range(0, 4000), NOW).unwrap();
    assert_eq!(words(before), None);

    let cue = |start_ms: u64, text: &str| Cue {
        start_ms,
        end_ms: start_ms + 4000,
        speaker: Some("林晚".into()),
        text: text.into(),
    };
    let transcript =
        Transcript { cues: vec![cue(0, "先有日晷，"), cue(4000, "后有漏壶。")] };
    store.put_transcript(episode, &transcript).unwrap();
    assert_eq!(words(before).as_deref(), Some("林晚: 先有日晷，"));
    assert_eq!(words(own).as_deref(), Some("我记下的"));
    assert_eq!([from_note, outside, elsewhere].map(words), [None, None, None]);
    assert_eq!(store.search("日晷", &[HitKind::Snips], 9).unwrap().len(), 1);

    let after = store.add_snip(episode, &range(0, 8000), NOW).unwrap();
    assert_eq!(words(after).as_deref(), Some("林晚: 先有日晷，后有漏壶。"));
    assert_eq!(store.search("漏壶", &[HitKind::Snips], 9).unwrap().len(), 1);
}
