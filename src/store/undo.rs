//! Taking back what the user changed.

use rusqlite::{Connection, params};

use super::order::{Flag, put_flag, put_position};
use super::{Result, Store, kept_filters, queue, reading_list, row, shows, snips};
use crate::model::{Before, Change, ShowId};

impl Store {
    /// Makes it as it was before the change. What is no longer there stays away; a removed recording
    /// is not the library's to bring back.
    ///
    /// # Errors
    /// When the library cannot be written; then nothing is changed.
    pub fn take_back(&self, change: &Change) -> Result<()> {
        match &change.before {
            Before::Skipped(id, chapter, skip) => return self.skip_chapter(*id, chapter, *skip),
            Before::Downloaded(_) => return Ok(()),
            _ => {}
        }
        self.keep(|conn| restore(conn, &change.before))
    }

    /// Unsubscribes so that it can be taken back: nothing is deleted before [`Store::forget_left`], but
    /// no list shows any more what [`Store::remove_show`] would delete.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn leave_show(&self, id: ShowId) -> Result<()> {
        self.keep(|conn| {
            shows::exists(conn, id)?;
            let sql = format!(
                "UPDATE episodes SET archived = {LEFT} WHERE show = ?1 AND {}",
                shows::UNTOUCHED
            );
            conn.execute(&sql, [id.0])?;
            conn.execute("UPDATE shows SET subscribed = 0 WHERE id = ?1", [id.0])?;
            Ok(())
        })
    }

    /// Deletes what was left by unsubscribing and not taken back. For the start of the program.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn forget_left(&self) -> Result<()> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT DISTINCT e.show FROM episodes e JOIN shows s ON s.id = e.show
             WHERE e.archived > 0 AND e.archived = {LEFT} AND s.subscribed = 0
             UNION SELECT id FROM shows WHERE subscribed = 0 AND episodes = 0 AND etag IS NOT NULL"
        ))?;
        let left = statement.query_map([], |row| row.get(0).map(ShowId))?;
        for show in left.collect::<rusqlite::Result<Vec<_>>>()? {
            self.remove_show(show, false)?;
        }
        Ok(())
    }
}

/// What `archived` is for an episode that unsubscribing will delete.
pub(super) const LEFT: i64 = 2;

/// The episodes of a show that is subscribed to again are listed again.
pub(super) fn come_back(conn: &Connection, id: ShowId) -> Result<()> {
    let sql = format!(
        "UPDATE episodes SET archived = 0 WHERE show = ?1 AND archived > 0 AND archived = {LEFT}"
    );
    conn.prepare_cached(&sql)?.execute([id.0])?;
    Ok(())
}

fn restore(conn: &Connection, before: &Before) -> Result<()> {
    match before {
        Before::Positions(all) => {
            all.iter().try_for_each(|(id, position)| put_position(conn, *id, *position))
        }
        Before::Stars(all) => {
            all.iter().try_for_each(|(id, on)| put_flag(conn, Flag::Starred, *id, *on))
        }
        Before::Archived(all) => {
            all.iter().try_for_each(|(id, on)| put_flag(conn, Flag::Archived, *id, *on))
        }
        Before::ShowArchived(id, away) => {
            conn.execute("UPDATE shows SET archived = ?2 WHERE id = ?1", params![id.0, away])?;
            Ok(())
        }
        Before::Tags(id, tags) => {
            let sql = "UPDATE shows SET tags = ?2 WHERE id = ?1";
            conn.execute(sql, params![id.0, row::to_json(tags)?])?;
            Ok(())
        }
        Before::Queue(ids) => queue::replace(conn, ids),
        Before::Subscribed(id) => {
            // A whole feed is asked for: what was deleted meanwhile comes back with it.
            let sql = "UPDATE shows SET subscribed = 1, etag = NULL, last_modified = NULL
                WHERE id = ?1";
            conn.execute(sql, [id.0])?;
            come_back(conn, *id)
        }
        Before::Snip(snip) => snips::put_back(conn, snip),
        Before::NoSnip(id) => {
            conn.execute("DELETE FROM snips WHERE id = ?1", [id.0])?;
            Ok(())
        }
        Before::Kept(page) => reading_list::put_back(conn, page),
        Before::NotKept(key) => {
            conn.execute("DELETE FROM reading WHERE key = ?1", [key])?;
            Ok(())
        }
        Before::Filters(filters) => kept_filters::replace_all(conn, filters),
        Before::Skipped(..) | Before::Downloaded(_) => Ok(()),
    }
}
