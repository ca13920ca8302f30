//! What is left when the program is killed, and files that must not be touched.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use latetalk::model::{EpisodeId, NewSnip, Position};
use latetalk::store::{Store, StoreError};

use crate::samples::{FEED, NOW, all, id_of, item, library, take};

/// Names the library for [`writes_until_it_is_killed`].
const LIBRARY: &str = "LATETALK_TEST_LIBRARY";

/// Runs in a child process, which the next test kills in the middle of its writes. Each line that it
/// prints says that so many rounds were acknowledged.
#[test]
#[ignore = "the other half of the next test"]
fn writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(LIBRARY) else { return };
    let store = Store::open(Path::new(&path)).unwrap();
    let show = store.add_show(FEED, None, NOW).unwrap().id;
    take(&store, show, vec![item(1)]);
    let id = id_of(&store, "guid-1");
    for round in 1..100_000_u32 {
        store.set_position(id, Position { ms: u64::from(round), played: false }, NOW).unwrap();
        let start = u64::from(round);
        let snip = NewSnip { start_ms: start, end_ms: start + 1, ..NewSnip::default() };
        store.add_snip(id, &snip, NOW).unwrap();
        println!("done {round}");
        take(&store, show, (round..round + 20).rev().map(item).collect());
    }
}

#[test]
fn a_killed_program_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    for lines in [1, 4, 9] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::writes_until_it_is_killed", "--ignored", "--nocapture"])
            .env(LIBRARY, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let round = |line: String| line.rsplit_once("done ").and_then(|(_, n)| n.parse().ok());
        let last: u64 = said.by_ref().filter_map(round).nth(lines - 1).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();

        let store = Store::open(&path).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let id: EpisodeId = id_of(&store, "guid-1");
        let position = store.summaries(&[id]).unwrap()[0].position.ms;
        assert!(position >= last, "position {position} after {last} was acknowledged");
        let snips = store.snips(Some(id)).unwrap();
        assert!(snips.iter().any(|snip| snip.body.start_ms == last));
        assert!(all(&store).len() >= 20 * usize::from(lines > 1));
    }
}

#[test]
fn a_library_that_is_not_ours_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.db");
    std::fs::write(&broken, "this is a diary and no database at all ".repeat(100)).unwrap();
    let before = std::fs::read(&broken).unwrap();
    let error = Store::open(&broken).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("broken.db"), "{error}");
    assert_eq!(std::fs::read(&broken).unwrap(), before);

    let other = folder.path().join("other.db");
    let conn = rusqlite::Connection::open(&other).unwrap();
    conn.execute_batch("CREATE TABLE theirs (a)").unwrap();
    drop(conn);
    let before = std::fs::read(&other).unwrap();
    assert!(matches!(Store::open(&other), Err(StoreError::Foreign { .. })));
    assert_eq!(std::fs::read(&other).unwrap(), before);

    let newer = folder.path().join("newer.db");
    drop(Store::open(&newer).unwrap());
    rusqlite::Connection::open(&newer)
        .unwrap()
        .execute_batch("PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    let error = Store::open(&newer).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 999, .. }), "{error}");

    let in_the_way = folder.path().join("newer.db/library.db");
    assert!(matches!(Store::open(&in_the_way), Err(StoreError::Open { .. })));
}

#[test]
fn a_damaged_page_is_reported_and_not_repaired_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    {
        let store = Store::open(&path).unwrap();
        let show = store.add_show(FEED, None, NOW).unwrap().id;
        take(&store, show, (1..=300).rev().map(item).collect());
    }
    let mut bytes = std::fs::read(&path).unwrap();
    let (from, to) = (bytes.len() / 2, bytes.len() / 2 + 20_000);
    bytes[from..to].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    let store = Store::open(&path).unwrap();
    let found = match store.check() {
        Ok(found) => found,
        Err(error) => vec![error.to_string()],
    };
    assert!(!found.is_empty());
    drop(store);
    let after = std::fs::read(&path).unwrap();
    assert_eq!(after.get(from..to), bytes.get(from..to));
}

#[cfg(unix)]
#[test]
fn a_new_library_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(Store::open(&path).unwrap());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_healthy_library_has_nothing_to_report() {
    let (store, _) = library(20);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}
