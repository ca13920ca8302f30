//! What becomes of the pages on the reading list: they are fetched, they are read.

use rusqlite::{Connection, OptionalExtension, params};

use super::reading_list::{FAILED, HERE, one};
use super::{HitKind, Result, Store, index};
use crate::model::{KeptPage, ReadingId, UnixSeconds, minutes_to_read};

impl Store {
    /// Marks a page as read, or as not read.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn mark_reading(&self, id: ReadingId, read: Option<UnixSeconds>) -> Result<()> {
        self.keep(|conn| {
            conn.prepare_cached("UPDATE reading SET read = ?2 WHERE id = ?1")?
                .execute(params![id.0, read])?;
            Ok(())
        })
    }

    /// A page was read as far as this, 0–100; read to its end it counts as read. Whether it is on the
    /// list.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn reading_came_to(&self, key: &str, percent: u8, now: UnixSeconds) -> Result<bool> {
        self.keep(|conn| {
            let done = conn
                .prepare_cached(
                    "UPDATE reading SET percent = max(percent, ?2),
                        read = CASE WHEN ?2 >= 100 THEN coalesce(read, ?3) ELSE read END
                     WHERE key = ?1",
                )?
                .execute(params![key, percent.min(100), now])?;
            Ok(done > 0)
        })
    }

    /// A page of the list could not be fetched, for the reason that the sentence says.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn reading_failed(&self, key: &str, why: &str) -> Result<()> {
        self.write(|conn| {
            let sql = format!(
                "UPDATE reading SET state = {FAILED}, error = ?2 WHERE key = ?1 AND state <> {HERE}"
            );
            conn.prepare_cached(&sql)?.execute(params![key, why])?;
            Ok(())
        })
    }

    /// The page of the list whose text is to be fetched next, in the order in which they were put there;
    /// it counts as tried from now on.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn next_to_fetch(&self) -> Result<Option<KeptPage>> {
        self.write(|conn| {
            let sql = format!(
                "SELECT id FROM reading WHERE state <> {HERE} AND tried = 0 ORDER BY added, id LIMIT 1"
            );
            let next = conn.prepare_cached(&sql)?.query_row([], |row| row.get(0)).optional()?;
            let Some(id) = next else { return Ok(None) };
            conn.prepare_cached("UPDATE reading SET tried = 1 WHERE id = ?1")?.execute([id])?;
            one(conn, ReadingId(id))
        })
    }

    /// The text of a page is in the library: on the list it is here from now on.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn reading_is_here(&self, key: &str) -> Result<bool> {
        self.write(|conn| found_here(conn, key))
    }

    /// Pages that could not be fetched may be asked for again.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn retry_reading(&self) -> Result<()> {
        self.write(|conn| {
            let sql = format!("UPDATE reading SET tried = 0 WHERE state <> {HERE} AND tried = 1");
            conn.prepare_cached(&sql)?.execute([])?;
            Ok(())
        })
    }

    /// Those of these canonical addresses that were read: opened and left, or marked so on the list.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn read_among(&self, keys: Vec<String>) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM articles WHERE canonical = ?1 AND block IS NOT NULL)
                OR EXISTS (SELECT 1 FROM reading WHERE key = ?1 AND read IS NOT NULL)",
        )?;
        let mut read = Vec::new();
        for key in keys {
            if statement.query_row([&key], |row| row.get(0))? {
                read.push(key);
            }
        }
        Ok(read)
    }
}

/// What the list knows of a page that has come: where it was linked helps to find it.
pub(super) fn context_of(conn: &Connection, key: &str) -> Result<String> {
    let titles: Option<(Option<String>, Option<String>)> = conn
        .prepare_cached("SELECT episode_title, show_title FROM reading WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (episode, show) = titles.unwrap_or_default();
    Ok([episode, show].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// The text of a page has come into the library: on the list it is here from now on.
pub(super) fn came(
    conn: &Connection,
    key: &str,
    title: Option<&str>,
    site: Option<&str>,
    plain_text: &str,
) -> Result<()> {
    let sql = format!(
        "UPDATE reading SET state = {HERE}, error = NULL, minutes = ?2,
            title = coalesce(nullif(?3, ''), title), site = coalesce(nullif(?4, ''), site)
         WHERE key = ?1 RETURNING id"
    );
    let id: Option<i64> = conn
        .prepare_cached(&sql)?
        .query_row(params![key, minutes_to_read(plain_text), title, site], |row| row.get(0))
        .optional()?;
    match id {
        Some(id) => index::drop_all(conn, HitKind::Articles, -id),
        None => Ok(()),
    }
}

/// A page was put on the list: if its text is in the library it is here at once, and is found by where
/// it was linked as well. Whether it is.
pub(super) fn found_here(conn: &Connection, key: &str) -> Result<bool> {
    let text: Option<(i64, String, String, String)> = conn
        .prepare_cached(
            "SELECT a.id, a.facts, t.title, t.body FROM articles a
             JOIN texts t ON t.kind = ?2 AND t.owner = a.id AND t.part = 0
             WHERE a.canonical = ?1",
        )?
        .query_row(params![key, HitKind::Articles.code()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((owner, facts, title, body)) = text else { return Ok(false) };
    let facts = super::articles::facts_of(&facts)?;
    came(conn, key, facts.title.as_deref(), facts.site.as_deref(), &body)?;
    let context = super::articles::context_of(&facts, &context_of(conn, key)?);
    index::put(
        conn,
        &index::Text {
            kind: HitKind::Articles,
            owner,
            part: 0,
            title: &title,
            titled: true,
            body: &body,
            context: &context,
            marks: None,
        },
    )?;
    Ok(true)
}
