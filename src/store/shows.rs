//! Shows: subscribing, unsubscribing, and how their refreshes went.

use rusqlite::{Connection, OptionalExtension, params};

use super::{DownloadRow, HitKind, Result, Store, StoreError, due, fold, index, merge, row};
use crate::model::{Show, ShowId, UnixSeconds};

/// The episodes that go when their show does: nobody has done anything with them.
pub(super) const UNTOUCHED: &str = "position_ms = 0 AND played = 0 AND heard_at IS NULL
    AND starred = 0 AND id NOT IN (SELECT episode FROM snips)
    AND id NOT IN (SELECT episode FROM downloads)
    AND id NOT IN (SELECT episode FROM queue)
    AND id NOT IN (SELECT episode FROM imported)";

/// What became of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The show.
    pub id: ShowId,
    /// It was subscribed to already.
    pub existed: bool,
}

impl Store {
    /// The subscribed shows, in order of subscription.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn shows(&self) -> Result<Vec<Show>> {
        let sql = format!("SELECT {} FROM shows WHERE subscribed = 1 ORDER BY id", row::SHOW);
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_map([], row::show)?.collect::<rusqlite::Result<_>>()?)
    }

    /// One show, subscribed or not.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn show(&self, id: ShowId) -> Result<Option<Show>> {
        let sql = format!("SELECT {} FROM shows WHERE id = ?1", row::SHOW);
        Ok(self.conn.prepare_cached(&sql)?.query_row([id.0], row::show).optional()?)
    }

    /// The show with this feed, subscribed or not. `http` and `https`, `www.` and a closing slash
    /// make no difference.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn show_by_url(&self, url: &str) -> Result<Option<Show>> {
        let Some(key) = fold::url_key(url) else { return Ok(None) };
        let sql = format!("SELECT {} FROM shows WHERE url_key = ?1", row::SHOW);
        Ok(self.conn.prepare_cached(&sql)?.query_row([key], row::show).optional()?)
    }

    /// Subscribes. A show that was removed comes back with all that was kept of it; a title given
    /// here stands until the feed says its own.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn add_show(&self, url: &str, title: Option<&str>, now: UnixSeconds) -> Result<Added> {
        self.keep(|conn| add(conn, url, title, now))
    }

    /// Subscribes to many shows at once (a subscription list), in one transaction; the answers are in
    /// the order of the addresses.
    ///
    /// # Errors
    /// When the library cannot be written; then nothing is subscribed.
    pub fn add_shows(
        &self,
        shows: &[(&str, Option<&str>)],
        now: UnixSeconds,
    ) -> Result<Vec<Added>> {
        self.keep(|conn| shows.iter().map(|(url, title)| add(conn, url, *title, now)).collect())
    }

    /// Unsubscribes. Episodes with a position, a star, snips, a download, a place in the queue or an
    /// imported note stay, and so does what is theirs, and the show's tags and sound, unless `purge`. Returns the
    /// downloads that the library has forgotten, so that their files can be deleted.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn remove_show(&self, id: ShowId, purge: bool) -> Result<Vec<DownloadRow>> {
        self.keep(|conn| {
            exists(conn, id)?;
            let forgotten = if purge { super::downloads::of_show(conn, id)? } else { Vec::new() };
            if purge {
                conn.execute("DELETE FROM shows WHERE id = ?1", [id.0])?;
                return Ok(forgotten);
            }
            let sql = format!("DELETE FROM episodes WHERE show = ?1 AND {UNTOUCHED}");
            conn.execute(&sql, [id.0])?;
            // Without the validators the next subscription gets the whole feed again.
            conn.execute(
                "UPDATE shows SET subscribed = 0, etag = NULL, last_modified = NULL,
                    health = 0, error = NULL, not_before = NULL WHERE id = ?1",
                [id.0],
            )?;
            // What was chosen for its sound cannot be fetched again; nobody is to find it meanwhile.
            let bare = conn
                .prepare_cached("SELECT 1 FROM shows WHERE id = ?1 AND episodes = 0")?
                .exists([id.0])?;
            if bare {
                index::drop_all(conn, HitKind::Shows, id.0)?;
            }
            conn.execute(
                "DELETE FROM shows WHERE id = ?1 AND episodes = 0
                    AND coalesce(speed, trim, loudness, voice_boost, skip_intro, skip_outro) IS NULL
                    AND tags IS NULL",
                [id.0],
            )?;
            Ok(forgotten)
        })
    }

    /// Notes that a refresh failed: `why` is the sentence to show; `not_before` is when the server
    /// may be asked again, where it said so. Episodes are not touched.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn refresh_failed(
        &self,
        id: ShowId,
        why: &str,
        now: UnixSeconds,
        not_before: Option<UnixSeconds>,
    ) -> Result<()> {
        self.write(|conn| {
            due::failed(conn, id, now)?;
            refreshed(conn, id, row::FAILED, Some(why), now, not_before)
        })
    }

    /// Notes that the feed has not changed since the last refresh; its server says that it stays so
    /// for `fresh_for` seconds.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn refresh_unchanged(
        &self,
        id: ShowId,
        now: UnixSeconds,
        fresh_for: Option<u64>,
    ) -> Result<()> {
        self.write(|conn| {
            due::answered(conn, id, now, fresh_for, true)?;
            refreshed(conn, id, row::GOOD, None, now, None)
        })
    }

    /// Notes that the server said 410. The episodes stay.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn refresh_gone(&self, id: ShowId, now: UnixSeconds) -> Result<()> {
        self.write(|conn| refreshed(conn, id, row::GONE, None, now, None))
    }

    /// Notes that the feed has moved for good. If the library has a show at `new_url` already, the
    /// two become one: the returned show, which has the episodes and states of both.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn moved(&self, id: ShowId, new_url: &str) -> Result<ShowId> {
        let new_url = new_url.trim();
        self.keep(|conn| {
            exists(conn, id)?;
            let Some(key) = fold::url_key(new_url) else { return Ok(id) };
            let other: Option<i64> = conn
                .query_row(
                    "SELECT id FROM shows WHERE url_key = ?1 AND id <> ?2",
                    params![key, id.0],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(other) = other.map(ShowId) {
                conn.execute(
                    "UPDATE shows SET subscribed = max(subscribed,
                        (SELECT subscribed FROM shows WHERE id = ?2)) WHERE id = ?1",
                    [other.0, id.0],
                )?;
                merge::shows(conn, id, other)?;
                return Ok(other);
            }
            conn.execute(
                "UPDATE shows SET url = ?2, url_key = ?3, etag = NULL, last_modified = NULL
                 WHERE id = ?1",
                params![id.0, new_url, key],
            )?;
            Ok(id)
        })
    }
}

pub(super) fn add(
    conn: &Connection,
    url: &str,
    title: Option<&str>,
    now: UnixSeconds,
) -> Result<Added> {
    let url = url.trim();
    let key = fold::url_key(url).unwrap_or_default();
    let title = title.map(str::trim).filter(|title| !title.is_empty());
    let known: Option<(i64, bool)> = conn
        .prepare_cached("SELECT id, subscribed FROM shows WHERE url_key = ?1")?
        .query_row([&key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((id, existed)) = known {
        if !existed {
            conn.execute(
                "UPDATE shows SET subscribed = 1, added = ?2, health = 0, error = NULL,
                    not_before = NULL WHERE id = ?1",
                params![id, now],
            )?;
            super::undo::come_back(conn, ShowId(id))?;
            put_text(conn, ShowId(id))?;
        }
        return Ok(Added { id: ShowId(id), existed });
    }
    let shown = title.unwrap_or(url);
    conn.execute(
        "INSERT INTO shows (url, url_key, title, title_key, added)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![url, key, shown, fold::key(shown), now],
    )?;
    let id = ShowId(conn.last_insert_rowid());
    put_text(conn, id)?;
    Ok(Added { id, existed: false })
}

fn refreshed(
    conn: &Connection,
    id: ShowId,
    health: i64,
    error: Option<&str>,
    now: UnixSeconds,
    not_before: Option<UnixSeconds>,
) -> Result<()> {
    let done = conn
        .prepare_cached(
            "UPDATE shows SET health = ?2, error = ?3, refreshed = ?4, not_before = ?5
             WHERE id = ?1",
        )?
        .execute(params![id.0, health, error, now, not_before])?;
    if done == 0 { Err(StoreError::NoShow(id.0)) } else { Ok(()) }
}

/// Fails if there is no such show.
pub(super) fn exists(conn: &Connection, id: ShowId) -> Result<()> {
    let found = conn.prepare_cached("SELECT 1 FROM shows WHERE id = ?1")?.exists([id.0])?;
    if found { Ok(()) } else { Err(StoreError::NoShow(id.0)) }
}

/// Makes the show's title, author and description searchable as they stand now.
pub(super) fn put_text(conn: &Connection, id: ShowId) -> Result<()> {
    let (title, author, description): (String, Option<String>, Option<String>) = conn
        .prepare_cached("SELECT title, author, description FROM shows WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let body = index::without_marks(&description.unwrap_or_default());
    let body = match author {
        Some(author) => format!("{author}\n{body}"),
        None => body,
    };
    let text = index::Text {
        kind: HitKind::Shows,
        owner: id.0,
        part: 0,
        title: &title,
        titled: true,
        body: body.trim(),
        context: "",
        marks: None,
    };
    index::put(conn, &text)
}
