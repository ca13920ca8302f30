//! The list of downloads over starts, and what comes and stays by itself.

use latetalk::model::{DownloadStage, EpisodeId, NewSnip, Position};
use latetalk::store::{DownloadRow, Place, Store};

use crate::samples::{NOW, id_of, library};

fn list(store: &Store) -> Vec<(EpisodeId, DownloadStage)> {
    let all = store.download_list().unwrap();
    all.into_iter().map(|entry| (entry.id, entry.stage)).collect()
}

fn here(store: &Store, id: EpisodeId, finished: i64) {
    let finished = Some(finished);
    let row = DownloadRow { episode: id, bytes: 9, done: true, finished, ..DownloadRow::default() };
    store.put_download(&row).unwrap();
}

#[test]
fn what_waits_is_held_or_failed_is_still_so_after_a_start() {
    let (store, _) = library(6);
    let ids: Vec<EpisodeId> = (1..=5).map(|n| id_of(&store, &format!("guid-{n}"))).collect();
    for id in &ids[..4] {
        store.begin_download(*id, false).unwrap();
    }
    store.pause_download(ids[1], 5, Some(10)).unwrap();
    let failed = DownloadRow {
        episode: ids[2],
        error: Some("the host refused".into()),
        ..DownloadRow::default()
    };
    store.put_download(&failed).unwrap();
    here(&store, ids[4], NOW);
    store.order_downloads(&[ids[3], ids[0]]).unwrap();
    let waiting = DownloadStage::Waiting;
    let expected = [
        (ids[3], waiting.clone()),
        (ids[0], waiting.clone()),
        (ids[1], DownloadStage::Paused),
        (ids[2], DownloadStage::Failed("the host refused".into())),
        (ids[4], DownloadStage::Here),
    ];
    assert_eq!(list(&store), expected);
    let held = store.download(ids[1]).unwrap().unwrap();
    assert_eq!((held.bytes, held.total, held.paused), (5, Some(10), true));
    // Asked for again, what is held or failed waits, and what is here stays.
    for id in &ids {
        store.begin_download(*id, false).unwrap();
    }
    assert_eq!(list(&store).iter().filter(|(_, stage)| *stage == waiting).count(), 4);
    assert_eq!(store.download(ids[4]).unwrap().unwrap().finished, Some(NOW));
}

#[test]
fn the_newest_of_each_show_come_by_themselves_but_not_those_that_went() {
    let (store, show) = library(6);
    let id = |n: u32| id_of(&store, &format!("guid-{n}"));
    let comes = |for_all, per_show| -> Vec<i64> {
        let found = store.automatic_candidates(for_all, per_show).unwrap();
        found.into_iter().map(|candidate| candidate.id.0).collect()
    };
    assert!(comes(0, 0).is_empty());
    assert_eq!(comes(3, 0), [id(6).0, id(5).0, id(4).0]);
    assert_eq!(comes(3, 2), [id(6).0, id(5).0], "no more than are kept");
    store.set_played(id(6), true).unwrap();
    assert_eq!(comes(3, 0), [id(5).0, id(4).0], "what was heard counts and does not come");
    here(&store, id(5), NOW);
    store.dismiss_downloads(&[id(4)]).unwrap();
    assert!(comes(3, 0).is_empty());
    store.set_downloading(show, Some(4), None).unwrap();
    assert_eq!(comes(0, 0), [id(3).0], "a show has its own number");
    store.set_downloading(show, Some(0), Some(9)).unwrap();
    assert!(comes(3, 0).is_empty());
    let own = store.show(show).unwrap().unwrap();
    assert_eq!((own.auto_download, own.keep), (Some(0), Some(9)));
}

#[test]
fn what_holds_a_recording_is_known() {
    let (store, _) = library(6);
    let ids: Vec<EpisodeId> = (1..=4).map(|n| id_of(&store, &format!("guid-{n}"))).collect();
    for id in &ids {
        here(&store, *id, NOW);
    }
    store.set_position(ids[0], Position { ms: 5_000, played: false }, NOW).unwrap();
    store.set_position(ids[1], Position { ms: 0, played: true }, NOW).unwrap();
    store.queue_add(ids[2], Place::End).unwrap();
    let snip = NewSnip { start_ms: 1_000, end_ms: 2_000, ..NewSnip::default() };
    store.add_snip(ids[3], &snip, NOW).unwrap();
    let kept = store.kept_recordings().unwrap();
    let facts: Vec<_> =
        kept.iter().map(|one| (one.begun, one.heard, one.queued, one.snipped)).collect();
    let only = |at: usize| (at == 0, at == 1, at == 2, at == 3);
    assert_eq!(facts, [only(0), only(1), only(2), only(3)]);
    assert!(kept.iter().all(|one| one.bytes == 9 && one.since == Some(NOW)));
}
