//! Mending what can be made again from the rest: the full-text index, the counts of shows.

use rusqlite::Connection;

use super::refold::Old;
use super::{Result, Store};

/// What was mended, so that it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mended {
    /// Shows whose counts were wrong.
    pub counts: usize,
    /// The full-text index was made anew.
    pub index: bool,
}

impl Store {
    /// Mends what is wrong and can be made again without any loss. Reads a good part of the file.
    ///
    /// # Errors
    /// When the library cannot be read or written.
    pub fn mend(&self) -> Result<Mended> {
        let counts = if self.miscounted()? > 0 { self.write(recount)? } else { 0 };
        let sound = self.conn.execute("INSERT INTO words (words) VALUES ('integrity-check')", []);
        let whole = sound.is_ok() && missing_words(&self.conn)? == 0;
        if !whole {
            self.write(|conn| self.rebuild_index(conn))?;
        }
        Ok(Mended { counts, index: !whole })
    }
}

/// Texts that no word leads to.
fn missing_words(conn: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM texts WHERE id NOT IN (SELECT id FROM words_docsize)";
    Ok(conn.query_row(sql, [], |row| row.get(0))?)
}

/// Counts the episodes of all shows anew; how many counts were wrong.
pub(super) fn recount(conn: &Connection) -> Result<usize> {
    let sql = "UPDATE shows SET episodes = c.all_of_it, unplayed = c.unplayed
        FROM (SELECT s.id AS show, count(e.id) AS all_of_it,
                count(e.id) FILTER (WHERE e.played = 0) AS unplayed
            FROM shows s LEFT JOIN episodes e ON e.show = s.id GROUP BY s.id) c
        WHERE c.show = shows.id
            AND (shows.episodes <> c.all_of_it OR shows.unplayed <> c.unplayed)";
    Ok(conn.execute(sql, [])?)
}

impl Store {
    /// Makes the full-text index anew from the texts that it is about.
    pub(super) fn rebuild_index(&self, conn: &Connection) -> Result<()> {
        conn.execute("INSERT INTO words (words) VALUES ('delete-all')", [])?;
        let mut ids = conn.prepare("SELECT id FROM texts ORDER BY id")?;
        let ids = ids.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        for id in ids {
            let sql = "SELECT kind, owner, title, body FROM texts WHERE id = ?1";
            let text = conn.prepare_cached(sql)?.query_row([id], |row| {
                let (kind, owner) = (row.get(0)?, row.get(1)?);
                Ok(Old { id, kind, owner, title: row.get(2)?, body: row.get(3)? })
            })?;
            text.put(self, conn)?;
        }
        Ok(())
    }
}
