//! Damaged libraries: what can be read is saved, the damaged file stays as it is under another name.

use std::fs;
use std::path::{Path, PathBuf};

use latetalk::model::{NewSnip, Position};
use latetalk::store::{Place, Salvaged, Store, StoreError, backups_of};
use tempfile::TempDir;

use crate::samples::{FEED, NOW, all, id_of, item, take};

const EPISODES: u32 = 400;

/// A library with something of everything, closed.
fn library() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = Store::open(&path).unwrap();
    let show = store.add_show(FEED, None, NOW).unwrap().id;
    take(&store, show, (1..=EPISODES).rev().map(item).collect());
    for n in 1..=60_u32 {
        let id = id_of(&store, &format!("guid-{n}"));
        let start_ms = u64::from(n) * 1000;
        let snip = NewSnip {
            start_ms,
            end_ms: start_ms + 500,
            note: "值得再听".repeat(30),
            ..NewSnip::default()
        };
        store.add_snip(id, &snip, NOW).unwrap();
        store.set_position(id, Position { ms: start_ms, played: n % 7 == 0 }, NOW).unwrap();
    }
    store.queue_add(id_of(&store, "guid-5"), Place::End).unwrap();
    drop(store);
    (folder, path)
}

/// Salvages, and checks what always holds.
#[track_caller]
fn salvaged(path: &Path) -> (Store, Salvaged) {
    let damaged = fs::read(path).unwrap();
    let done = Store::salvage(path, NOW).unwrap();
    assert_eq!(fs::read(&done.aside).unwrap(), damaged, "the damaged file stays as it is");
    let store = Store::open(path).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let left = fs::read_dir(path.parent().unwrap()).unwrap().flatten();
    let parts = left.filter(|entry| entry.file_name().to_string_lossy().starts_with('.'));
    assert_eq!(parts.count(), 0, "nothing half made is left");
    (store, done)
}

#[track_caller]
fn assert_all_there(store: &Store) {
    assert_eq!(all(store).len(), EPISODES as usize);
    assert_eq!(store.snips(None).unwrap().len(), 60);
    assert_eq!(store.queue().unwrap().len(), 1);
    let five = store.summaries(&[id_of(store, "guid-5")]).unwrap();
    assert_eq!(five[0].position.ms, 5000);
    assert!(!store.search("远行", &[], 5).unwrap().is_empty());
}

#[test]
fn a_lost_header_costs_nothing() {
    let (_folder, path) = library();
    let mut bytes = fs::read(&path).unwrap();
    bytes[..100].fill(0);
    fs::write(&path, bytes).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(error.to_string().contains("doctor --repair"), "{error}");
    let (store, done) = salvaged(&path);
    assert_eq!(done.hurt, Vec::<String>::new());
    assert_all_there(&store);
}

#[test]
fn pages_lost_in_the_middle_cost_only_what_stood_in_them() {
    let (_whole_folder, path) = library();
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    let (mut episodes, mut snips, mut lost) = (0, 0, 0);
    // Not the first page, which tells where all the others are.
    for page in (1..pages).step_by((pages / 12).max(1)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xa5);
        fs::write(&path, bytes).unwrap();
        let (store, done) = salvaged(&path);
        episodes += all(&store).len();
        snips += store.snips(None).unwrap().len();
        lost += usize::from(!done.hurt.is_empty());
    }
    let rounds = (1..pages).step_by((pages / 12).max(1)).count();
    println!(
        "{rounds} pages lost, one each: {lost} times a table was hurt; kept {episodes} of {} \
        episodes, {snips} of {} snips",
        rounds * EPISODES as usize,
        rounds * 60
    );
    assert!(episodes * 10 >= rounds * EPISODES as usize * 9, "{episodes} in {rounds} rounds");
    assert!(snips * 10 >= rounds * 60 * 9, "{snips} in {rounds} rounds");
}

#[test]
fn what_is_lost_comes_back_from_the_newest_backup() {
    let (_folder, path) = library();
    Store::back_up(&path, &backups_of(&path), NOW).unwrap();
    {
        // Since then more was heard.
        let store = Store::open(&path).unwrap();
        let id = id_of(&store, "guid-5");
        store.set_position(id, Position { ms: 99_000, played: false }, NOW + 60).unwrap();
    }
    let mut bytes = fs::read(&path).unwrap();
    let from = bytes.len() / 4096 / 3 * 4096;
    let to = bytes.len() / 4096 / 2 * 4096;
    bytes[from..to].fill(0);
    fs::write(&path, bytes).unwrap();
    let (store, done) = salvaged(&path);
    assert!(!done.hurt.is_empty() && done.filled_from.is_some(), "{done:?}");
    assert_eq!(all(&store).len(), EPISODES as usize);
    assert_eq!(store.snips(None).unwrap().len(), 60);
}

#[test]
fn a_file_that_was_cut_off_keeps_its_beginning() {
    let (_folder, path) = library();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() * 3 / 4]).unwrap();
    let (store, done) = salvaged(&path);
    println!("cut off at three quarters: {done:?}");
    assert!(done.rows > 0);
    assert!(all(&store).len() + store.snips(None).unwrap().len() > 100);
}

#[test]
fn where_nothing_can_be_read_the_backup_counts_and_without_one_nothing_is_touched() {
    let (_folder, path) = library();
    Store::back_up(&path, &backups_of(&path), NOW).unwrap();
    let zeros = vec![0; 60_000];
    fs::write(&path, &zeros).unwrap();
    let (store, done) = salvaged(&path);
    assert_eq!((done.rows, done.filled_from.is_some()), (0, true));
    assert_all_there(&store);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    fs::write(&path, &zeros).unwrap();
    let error = Store::salvage(&path, NOW).unwrap_err();
    assert!(matches!(error, StoreError::NothingLeft { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), zeros);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_log_that_does_not_fit_is_passed_over() {
    let (_folder, path) = library();
    fs::write(path.with_extension("db-wal"), b"not a log at all ".repeat(4000)).unwrap();
    let store = Store::open(&path).unwrap();
    assert_all_there(&store);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn wrong_counts_and_an_emptied_index_are_mended_without_a_word() {
    let (_folder, path) = library();
    {
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.execute_batch(
            "UPDATE shows SET episodes = 3, unplayed = 77;
             INSERT INTO words (words) VALUES ('delete-all');",
        )
        .unwrap();
    }
    let store = Store::open(&path).unwrap();
    assert!(store.search("远行", &[], 5).unwrap().is_empty());
    let mended = store.mend().unwrap();
    assert_eq!((mended.counts, mended.index), (1, true));
    assert_all_there(&store);
    assert_eq!(store.shows().unwrap()[0].unplayed, u64::from(EPISODES) - 8);
    assert_eq!(store.mend().unwrap(), latetalk::store::Mended::default());
}
