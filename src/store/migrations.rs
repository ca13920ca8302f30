//! Versions of the library: which file is ours, and how an older one becomes a current one.

use std::path::PathBuf;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Result, StoreError};

/// Marks the file as ours (`PRAGMA application_id`): `LTlk`.
pub(super) const APPLICATION: i64 = 0x4c54_6c6b;

pub(super) use super::schema::STEPS;

/// Refuses a database that another program made. Changes nothing.
pub(super) fn recognise(conn: &Connection) -> Result<()> {
    // In one transaction: another process may be making the tables at this moment.
    let look = conn.unchecked_transaction()?;
    let tables: i64 = look.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = look.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Err(StoreError::Foreign { path: PathBuf::new() });
    }
    let (found, known) = (version(&look)?, STEPS.len() as i64);
    if found > known {
        return Err(StoreError::Newer { path: PathBuf::new(), found, known });
    }
    Ok(())
}

/// Takes the steps that are missing, each in its own transaction: a crash leaves one version or the
/// next, never something between. Two processes that start together take each step once.
pub(super) fn migrate(conn: &Connection, steps: &[&str]) -> Result<()> {
    let known = steps.len() as i64;
    while version(conn)? < known {
        let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        let current = version(&transaction)?;
        let next = usize::try_from(current).ok().and_then(|index| steps.get(index));
        if let Some(step) = next {
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", current + 1)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

pub(super) fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Libraries as each version made them, with rows in every table.
#[cfg(test)]
mod earlier;

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(conn: &Connection) -> i64 {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b')";
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_older_library_is_brought_up_step_by_step() {
        let conn = Connection::open_in_memory().unwrap();
        migrate(&conn, &["CREATE TABLE a (x); INSERT INTO a VALUES (7);"]).unwrap();
        let steps = ["never run again", "CREATE TABLE b AS SELECT x FROM a;"];
        migrate(&conn, &steps).unwrap();
        migrate(&conn, &steps).unwrap();
        assert_eq!(version(&conn).unwrap(), 2);
        let kept: i64 = conn.query_row("SELECT x FROM b", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 7);
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let conn = Connection::open_in_memory().unwrap();
        let broken = ["CREATE TABLE a (x);", "CREATE TABLE b (x); no sql;"];
        assert!(migrate(&conn, &broken).is_err());
        assert_eq!((version(&conn).unwrap(), tables(&conn)), (1, 1));
        migrate(&conn, &["", "CREATE TABLE b (x);"]).unwrap();
        assert_eq!((version(&conn).unwrap(), tables(&conn)), (2, 2));
    }

    #[test]
    fn a_library_of_the_first_version_keeps_what_it_has_and_learns_to_skip_chapters() {
        let conn = Connection::open_in_memory().unwrap();
        migrate(&conn, &STEPS[..1]).unwrap();
        conn.execute_batch(
            "INSERT INTO shows (title, title_key, added) VALUES ('海边', '海边', 1);
             INSERT INTO episodes (show, guid, title, title_key, sort_at, position_ms)
             VALUES (1, 'e1', '灯塔', '灯塔', 1, 42000);
             INSERT INTO snips (episode, start_ms, end_ms) VALUES (1, 10, 20);",
        )
        .unwrap();
        migrate(&conn, STEPS).unwrap();
        let store = super::super::Store::over(conn);
        let id = crate::model::EpisodeId(1);
        let position = store.episode(id).unwrap().unwrap().summary.position.ms;
        assert_eq!((position, store.snips(Some(id)).unwrap().len()), (42_000, 1));
        let skipped = crate::model::SkippedChapter { start_ms: 5, title: "广告".into() };
        store.skip_chapter(id, &skipped, true).unwrap();
        assert_eq!(store.skipped_chapters(id).unwrap(), [skipped]);
    }

    #[test]
    fn shows_of_older_libraries_sound_as_all_do_and_can_be_given_a_sound_of_their_own() {
        for steps in [&STEPS[..1], &STEPS[..2]] {
            let conn = Connection::open_in_memory().unwrap();
            migrate(&conn, steps).unwrap();
            conn.execute_batch(
                "INSERT INTO shows (title, title_key, added) VALUES ('海边', '海边', 1)",
            )
            .unwrap();
            migrate(&conn, STEPS).unwrap();
            let store = super::super::Store::over(conn);
            let id = crate::model::ShowId(1);
            assert_eq!(store.sounding(id).unwrap(), crate::model::OwnSounding::default());
            let own = crate::model::OwnSounding {
                speed: Some(crate::model::Speed::of(1.35)),
                trim: Some(crate::model::Trim::Off),
                ..crate::model::OwnSounding::default()
            };
            store.set_sounding(id, &own).unwrap();
            assert_eq!(store.sounding(id).unwrap(), own);
            assert_eq!(store.check().unwrap(), Vec::<String>::new());
        }
    }

    #[test]
    fn older_libraries_keep_their_articles_and_get_a_reading_list() {
        for steps in [&STEPS[..1], &STEPS[..2], &STEPS[..3]] {
            let conn = Connection::open_in_memory().unwrap();
            migrate(&conn, steps).unwrap();
            conn.execute_batch(
                "INSERT INTO articles (canonical, url, facts, fetched, block)
                 VALUES ('https://a.example/x', 'https://a.example/x', '{\"url\":\"x\"}', 7, 3)",
            )
            .unwrap();
            migrate(&conn, STEPS).unwrap();
            let store = super::super::Store::over(conn);
            let key = "https://a.example/x".to_owned();
            assert_eq!(store.read_among(vec![key.clone()]).unwrap(), [key.as_str()]);
            let page = crate::model::PageToKeep {
                url: key.clone(),
                key,
                ..crate::model::PageToKeep::default()
            };
            store.toggle_reading(&page, 1).unwrap();
            assert_eq!(store.reading_counts().unwrap(), (1, 1));
            assert_eq!(store.check().unwrap(), Vec::<String>::new());
        }
    }

    #[test]
    fn every_released_version_leads_to_the_present_one() {
        for start in 0..=STEPS.len() {
            let conn = Connection::open_in_memory().unwrap();
            migrate(&conn, STEPS.get(..start).unwrap()).unwrap();
            recognise(&conn).unwrap();
            migrate(&conn, STEPS).unwrap();
            assert_eq!(version(&conn).unwrap(), STEPS.len() as i64);
        }
    }
}
