//! Small values by name, whether the library was ever used, and whether it is whole.

use rusqlite::{OptionalExtension, params};

use super::{Result, Store};

impl Store {
    /// A value that was kept under a name.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>> {
        Ok(self
            .conn
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// Keeps a value under a name.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_meta(&self, key: &str, value: &str) -> Result<()> {
        self.write(|conn| {
            conn.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
                .execute(params![key, value])?;
            Ok(())
        })
    }

    /// A number that is another one after another program has changed the library. What this one does
    /// leaves it as it is.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn changes_of_others(&self) -> Result<i64> {
        Ok(self.conn.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Whether the library never held a show or an episode. A library whose shows were all removed is
    /// not empty in this sense: its owner needs no welcome.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn is_empty(&self) -> Result<bool> {
        // SQLite counts here how many ids were ever given.
        let used = self.conn.query_row(
            "SELECT count(*) FROM sqlite_sequence WHERE name IN ('shows', 'episodes')",
            [],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(used == 0)
    }

    /// Looks for damage: pages and indexes of the file, references, counts, the full-text index. A
    /// sentence for each thing found; none if all is well. Reads the whole file.
    ///
    /// # Errors
    /// When the library cannot even be read.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let mut statement = self.conn.prepare("PRAGMA integrity_check(20)")?;
        for line in statement.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                found.push(format!("the file is damaged: {line}"));
            }
        }
        let mut statement = self.conn.prepare("PRAGMA foreign_key_check")?;
        let lost = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))?;
        for line in lost.take(20) {
            let (table, id) = line?;
            found.push(format!("row {} of {table} belongs to nothing", id.unwrap_or_default()));
        }
        let miscounted = self.miscounted()?;
        if miscounted > 0 {
            found.push(format!("{miscounted} shows have a wrong count of episodes"));
        }
        if let Err(error) =
            self.conn.execute("INSERT INTO words (words) VALUES ('integrity-check')", [])
        {
            found.push(format!("the search index is damaged: {error}"));
        }
        Ok(found)
    }

    /// How many shows have a wrong count of episodes.
    pub(super) fn miscounted(&self) -> Result<i64> {
        Ok(self.conn.query_row(
            "SELECT count(*) FROM shows s WHERE
                s.episodes <> (SELECT count(*) FROM episodes e WHERE e.show = s.id)
                OR s.unplayed <> (SELECT count(*) FROM episodes e
                    WHERE e.show = s.id AND e.played = 0)",
            [],
            |row| row.get(0),
        )?)
    }

    /// Looks quickly for damage of the file itself; `None` if there is none.
    ///
    /// # Errors
    /// When the library cannot even be read.
    pub fn quick_check(&self) -> Result<Option<String>> {
        let line: String = self.conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok(Some(line).filter(|line| line != "ok"))
    }
}
