//! A library of each earlier version, with rows in every table that it had, becomes a current one in which
//! everything is found again.

use rusqlite::{Connection, params};

use super::super::{EpisodeFilter, EpisodeState, Store, pack};
use super::{STEPS, migrate};
use crate::model::{Cue, EpisodeId, Position, ShowId, SkippedChapter, Speed, Transcript};

const NOW: i64 = 1_790_000_000;

/// What each version brought, in its own columns; text `n` belongs to version `n + 1`.
const ROWS: &[&str] = &[
    "INSERT INTO meta VALUES ('zoom', '1'), ('listening', '500 10 1');
     INSERT INTO shows (url, url_key, title, title_key, author, added, health, error, etag)
     VALUES ('https://f.example/a', 'f.example/a', '海边', '海边', '林渡', 1, 2, 'no answer', 'e'),
        (NULL, NULL, '旧笔记', '旧笔记', NULL, 1, 0, NULL, NULL);
     UPDATE shows SET subscribed = 0 WHERE id = 2;
     INSERT INTO episodes (show, guid, title, title_key, published, sort_at, claimed_ms, enclosure_url,
        enclosure_length, position_ms, played, from_note)
     VALUES (1, 'e1', '灯塔', '灯塔', 10, 10, 60000, 'https://m.example/1.mp3', 9, 42000, 0, 0),
        (1, 'e2', '退潮', '退潮', 20, 20, NULL, 'https://m.example/2.mp3', 9, 0, 1, 0),
        (1, 'e3', '缆绳', '缆绳', 30, 30, NULL, 'https://m.example/3.mp3', 9, 0, 0, 0),
        (2, 'n1', '手记', '手记', 5, 5, NULL, NULL, NULL, 7000, 0, 1);
     INSERT INTO details (episode, notes, feed_chapters, soundbites)
     VALUES (1, '<p>雾号</p>', '[{\"start_ms\":5,\"title\":\"雾\",\"points\":[]}]',
        '[{\"start_ms\":1,\"duration_ms\":2,\"title\":null}]');
     INSERT INTO queue VALUES (3, 0), (1, 1);
     INSERT INTO snips (episode, start_ms, end_ms, title, note, tags, favorite, created)
     VALUES (1, 10, 20, '雾中', '记下', '[\"海\"]', 1, 9), (4, 1, 2, NULL, '', NULL, 0, NULL);
     INSERT INTO imported (episode, title, notes, rest) VALUES (4, '手记', '正文', '');
     INSERT INTO articles (canonical, url, facts, fetched, block, byte)
     VALUES ('https://a.example/x', 'https://a.example/x', '{\"url\":\"https://a.example/x\"}', 7, 3, 1);
     INSERT INTO article_sources VALUES (1, 1);
     INSERT INTO chapters VALUES (1, 1, '[]');
     INSERT INTO downloads VALUES (3, '3.mp3', 9, 9, 1, NULL), (1, '1.part', 4, 9, 0, 'cut off');
     INSERT INTO texts (id, kind, owner, title, body) VALUES (10, 2, 1, '灯塔', '');
     INSERT INTO words (rowid, title, body, parts, chars, context)
     VALUES (10, '灯塔', '', '', '灯 塔', '');",
    "UPDATE imported SET source = '# 手记' WHERE episode = 4;
     INSERT INTO skipped_chapters VALUES (1, 5, '广告');",
    "UPDATE shows SET speed = 135, trim = 2, skip_intro = 30 WHERE id = 1;",
    "INSERT INTO reading (key, url, title, episode, added, percent, state)
     VALUES ('https://a.example/x', 'https://a.example/x', '长文', 1, 8, 40, 1),
        ('https://a.example/y', 'https://a.example/y', '', NULL, 9, 0, 0);",
    "UPDATE articles SET words = '雾', opened = 9;
     UPDATE article_bodies SET etag = 'p', reader = 2;
     UPDATE episodes SET complete = 1 WHERE id = 3;
     INSERT INTO refused_pages VALUES ('https://a.example/z', 1790000000, 'paid');",
    "INSERT INTO article_names VALUES ('a.example/x', 1, 0);",
    "UPDATE shows SET due = 5, failures = 2, tags = '[\"海\"]', keep = 3 WHERE id = 1;
     UPDATE episodes SET starred = 1 WHERE id = 1;
     UPDATE downloads SET finished = 4 WHERE episode = 3;
     INSERT INTO filters VALUES ('短的', '{}', 0);",
];

/// A library as version `count` left it.
fn made_by(count: usize) -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for version in 1..=count {
        // As the program does, which was closed and opened in between.
        migrate(&conn, STEPS.get(..version).unwrap()).unwrap();
        conn.execute_batch(ROWS.get(version - 1).unwrap()).unwrap();
        if version == 1 {
            let (tree, raw) = (pack::pack(b"tree").unwrap(), pack::pack(b"raw").unwrap());
            let sql = "INSERT INTO article_bodies (article, tree, raw) VALUES (1, ?1, ?2)";
            conn.execute(sql, params![tree, raw]).unwrap();
            let cue = Cue { start_ms: 1, end_ms: 2, speaker: None, text: "雾来了".into() };
            let cues = serde_json::to_vec(&Transcript { cues: vec![cue] });
            let sql = "INSERT INTO transcripts VALUES (1, ?1)";
            conn.execute(sql, [pack::pack(&cues.unwrap()).unwrap()]).unwrap();
        }
    }
    conn
}

#[test]
fn every_table_of_every_version_has_rows_in_this_test() {
    let conn = made_by(STEPS.len());
    let mut statement = conn
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
             AND name NOT LIKE 'words%'",
        )
        .unwrap();
    let names: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        let rows: i64 =
            conn.query_row(&format!("SELECT count(*) FROM {name}"), [], |r| r.get(0)).unwrap();
        assert!(rows > 0, "{name}");
    }
}

#[test]
fn a_library_of_each_version_becomes_a_current_one_and_loses_nothing() {
    for version in 1..=STEPS.len() {
        let conn = made_by(version);
        migrate(&conn, STEPS).unwrap();
        let store = Store::over(conn);
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "version {version}");
        what_the_first_version_had(&store);
        what_later_ones_had(&store, version);
    }
}

fn what_the_first_version_had(store: &Store) {
    let (first, third) = (EpisodeId(1), EpisodeId(3));
    let shows = store.shows().unwrap();
    assert_eq!((shows.len(), shows[0].episodes, shows[0].unplayed), (1, 3, 2));
    assert_eq!(shows[0].etag.as_deref(), Some("e"));
    let episode = store.episode(first).unwrap().unwrap();
    assert_eq!(episode.summary.position, Position { ms: 42_000, played: false });
    assert_eq!((episode.notes.as_str(), episode.feed_chapters.len()), ("<p>雾号</p>", 1));
    assert_eq!(store.soundbites(first).unwrap().len(), 1);
    let queue: Vec<i64> = store.queue().unwrap().iter().map(|episode| episode.id.0).collect();
    assert_eq!(queue, [3, 1]);
    let snips = store.snips(None).unwrap();
    assert_eq!(snips.len(), 2);
    let snip = &store.snips(Some(first)).unwrap()[0].body;
    assert_eq!((snip.note.as_str(), snip.favorite), ("记下", true));
    assert_eq!(snip.tags, ["海"]);
    let downloads = store.downloads().unwrap();
    assert_eq!(downloads.len(), 2);
    assert!(downloads.iter().any(|row| row.episode == third && row.done));
    let downloaded =
        EpisodeFilter { state: Some(EpisodeState::Downloaded), ..EpisodeFilter::default() };
    assert_eq!(store.episode_ids(&downloaded).unwrap(), [third]);
    let article = store.article("https://a.example/x").unwrap().unwrap();
    assert_eq!((article.tree.as_slice(), article.position), (&b"tree"[..], Some((3, 1))));
    assert_eq!(store.articles_of(first).unwrap(), ["https://a.example/x"]);
    assert_eq!(store.transcript(first).unwrap().unwrap().cues.len(), 1);
    assert_eq!(store.meta("zoom").unwrap().as_deref(), Some("1"));
    assert_eq!(store.listening(None).unwrap().heard_ms, 500);
    assert_eq!(store.search("灯塔", &[], 5).unwrap().len(), 1);
    // The counts follow what is done from now on.
    store.set_played(first, true).unwrap();
    store.delete_download(third).unwrap();
    assert_eq!(store.shows().unwrap()[0].unplayed, 1);
    assert_eq!(store.episode_ids(&downloaded).unwrap(), []);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

fn what_later_ones_had(store: &Store, version: usize) {
    let first = EpisodeId(1);
    let skipped = SkippedChapter { start_ms: 5, title: "广告".into() };
    let skips = if version >= 2 { vec![skipped] } else { Vec::new() };
    assert_eq!(store.skipped_chapters(first).unwrap(), skips);
    let speed = (version >= 3).then(|| Speed::of(1.35));
    assert_eq!(store.sounding(ShowId(1)).unwrap().speed, speed);
    let counts = if version >= 4 { (2, 2) } else { (0, 0) };
    assert_eq!(store.reading_counts().unwrap(), counts);
    let refused = store.refused("https://a.example/z", NOW - 1).unwrap();
    assert_eq!(refused.is_some(), version >= 5);
    assert_eq!(store.kept_as("a.example/x", false).unwrap().is_some(), version >= 6);
    let show = store.show(ShowId(1)).unwrap().unwrap();
    let starred = store.summaries(&[first]).unwrap()[0].starred;
    assert_eq!(
        (show.tags.len(), show.failures, show.keep, starred),
        match version {
            ..7 => (0, 0, None, false),
            _ => (1, 2, Some(3), true),
        }
    );
}

/// A library of that version in a file.
fn file_of(path: &std::path::Path, version: usize) {
    let name = path.to_str().unwrap();
    made_by(version).execute("VACUUM INTO ?1", [name]).unwrap();
}

#[test]
fn a_library_is_copied_before_it_becomes_one_of_another_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let older = STEPS.len() - 1;
    file_of(&path, older);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.snips(None).unwrap().len(), 2);
    let kept = super::super::backups(&super::super::backups_of(&path));
    assert_eq!((kept.len(), kept[0].version), (1, older as i64));
    let copy = Connection::open(&kept[0].path).unwrap();
    assert_eq!(super::version(&copy).unwrap(), older as i64);
    let snips: i64 = copy.query_row("SELECT count(*) FROM snips", [], |row| row.get(0)).unwrap();
    assert_eq!(snips, 2);
    // Nothing is copied where nothing changes.
    drop((store, copy));
    drop(Store::open(&path).unwrap());
    assert_eq!(super::super::backups(&super::super::backups_of(&path)).len(), 1);
}

#[test]
fn where_no_copy_can_be_made_but_there_is_room_the_library_is_still_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    file_of(&path, 1);
    std::fs::write(folder.path().join("backups"), "in the way").unwrap();
    let store = Store::open(&path).unwrap();
    assert_eq!(store.snips(None).unwrap().len(), 2);
}

#[test]
fn a_damaged_library_of_an_older_version_is_salvaged_into_a_current_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    file_of(&path, 3);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..100].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    assert!(Store::open(&path).is_err());
    let done = Store::salvage(&path, NOW).unwrap();
    assert_eq!(std::fs::read(&done.aside).unwrap(), bytes);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    what_the_first_version_had(&store);
}
