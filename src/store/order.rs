//! What the user does to keep order: heard, starred, put away, tagged. Each says what was changed, as it
//! was before, so that it can be taken back.

use rusqlite::{Connection, params};

use super::{Result, Store, StoreError, episodes, row, shows};
use crate::model::{EpisodeId, Position, ShowId};

impl Store {
    /// Marks episodes as heard or as not heard; either way they begin at the start again. When they
    /// were listened to last stays as it was. Returns those that were changed, as they were before.
    ///
    /// # Errors
    /// When one of them is not there or the library cannot be written; then none is changed.
    pub fn mark_played(
        &self,
        ids: &[EpisodeId],
        played: bool,
    ) -> Result<Vec<(EpisodeId, Position)>> {
        self.keep(|conn| {
            let before = positions(conn, ids)?;
            let wanted = Position { ms: 0, played };
            let other = |was: &Position| was.played != played || (!played && was.ms > 0);
            let changed = before.into_iter().filter(|(_, position)| other(position));
            let changed: Vec<_> = changed.collect();
            for (id, _) in &changed {
                put_position(conn, *id, wanted)?;
            }
            Ok(changed)
        })
    }

    /// The episodes of the same show that are as old as this one or older, itself among them; the
    /// newest first.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be read.
    pub fn up_to(&self, id: EpisodeId) -> Result<Vec<EpisodeId>> {
        episodes::exists(&self.conn, id)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT e.id FROM episodes e JOIN episodes o ON o.show = e.show
             WHERE o.id = ?1 AND (e.sort_at, e.id) <= (o.sort_at, o.id)
             ORDER BY e.sort_at DESC, e.id DESC",
        )?;
        let rows = statement.query_map([id.0], |row| row.get(0).map(EpisodeId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Gives episodes a star, or takes it away. Returns those that were changed, as they were before.
    ///
    /// # Errors
    /// When one of them is not there or the library cannot be written; then none is changed.
    pub fn set_starred(&self, ids: &[EpisodeId], starred: bool) -> Result<Vec<(EpisodeId, bool)>> {
        self.keep(|conn| set_flag(conn, Flag::Starred, ids, starred))
    }

    /// Puts episodes away, or takes them back. Returns those that were changed, as they were before.
    ///
    /// # Errors
    /// When one of them is not there or the library cannot be written; then none is changed.
    pub fn set_archived(&self, ids: &[EpisodeId], away: bool) -> Result<Vec<(EpisodeId, bool)>> {
        self.keep(|conn| set_flag(conn, Flag::Archived, ids, away))
    }

    /// Puts a show away with all its episodes, or takes it back; whether it was away before.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn archive_show(&self, id: ShowId, away: bool) -> Result<bool> {
        self.keep(|conn| {
            shows::exists(conn, id)?;
            let before = conn
                .prepare_cached("SELECT archived FROM shows WHERE id = ?1")?
                .query_row([id.0], |row| row.get(0))?;
            conn.prepare_cached("UPDATE shows SET archived = ?2 WHERE id = ?1")?
                .execute(params![id.0, away])?;
            Ok(before)
        })
    }

    /// Gives a show these tags in the place of those that it had, which are returned.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn set_tags(&self, id: ShowId, tags: &[String]) -> Result<Vec<String>> {
        let before = self.show(id)?.ok_or(StoreError::NoShow(id.0))?.tags;
        let json = row::to_json(tags)?;
        self.keep(|conn| {
            conn.prepare_cached("UPDATE shows SET tags = ?2 WHERE id = ?1")?
                .execute(params![id.0, json])?;
            Ok(before)
        })
    }

    /// How many episodes are starred; how many episodes and shows were put away.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn put_aside(&self) -> Result<(u64, u64)> {
        let sql = "SELECT (SELECT count(*) FROM episodes WHERE starred = 1),
            (SELECT count(*) FROM episodes WHERE archived > 0 AND archived = 1)
            + (SELECT count(*) FROM shows WHERE archived = 1 AND subscribed = 1)";
        let counts = self
            .conn
            .prepare_cached(sql)?
            .query_row([], |row| Ok((row::uint(row.get(0)?), row::uint(row.get(1)?))))?;
        Ok(counts)
    }
}

/// Where listening stands in these episodes; one that is not there is an error.
fn positions(conn: &Connection, ids: &[EpisodeId]) -> Result<Vec<(EpisodeId, Position)>> {
    let mut statement =
        conn.prepare_cached("SELECT position_ms, played FROM episodes WHERE id = ?1")?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let position = statement
            .query_row([id.0], |row| {
                Ok(Position { ms: row::uint(row.get(0)?), played: row.get(1)? })
            })
            .map_err(|error| missing(*id, error))?;
        all.push((*id, position));
    }
    Ok(all)
}

fn missing(id: EpisodeId, error: rusqlite::Error) -> StoreError {
    match error {
        rusqlite::Error::QueryReturnedNoRows => StoreError::NoEpisode(id.0),
        other => other.into(),
    }
}

/// Writes a position without saying that somebody has listened; nothing happens if there is no such
/// episode.
pub(super) fn put_position(conn: &Connection, id: EpisodeId, position: Position) -> Result<()> {
    conn.prepare_cached("UPDATE episodes SET position_ms = ?2, played = ?3 WHERE id = ?1")?
        .execute(params![id.0, row::int(position.ms), position.played])?;
    Ok(())
}

/// A column of an episode that the user switches.
#[derive(Debug, Clone, Copy)]
pub(super) enum Flag {
    Starred,
    Archived,
}

impl Flag {
    fn column(self) -> &'static str {
        match self {
            Self::Starred => "starred",
            Self::Archived => "archived",
        }
    }
}

fn set_flag(
    conn: &Connection,
    flag: Flag,
    ids: &[EpisodeId],
    on: bool,
) -> Result<Vec<(EpisodeId, bool)>> {
    let sql = format!("SELECT {} FROM episodes WHERE id = ?1", flag.column());
    let mut changed = Vec::new();
    for id in ids {
        let was: bool = conn
            .prepare_cached(&sql)?
            .query_row([id.0], |row| row.get(0))
            .map_err(|error| missing(*id, error))?;
        if was != on {
            put_flag(conn, flag, *id, on)?;
            changed.push((*id, was));
        }
    }
    Ok(changed)
}

/// Writes a switch; nothing happens if there is no such episode.
pub(super) fn put_flag(conn: &Connection, flag: Flag, id: EpisodeId, on: bool) -> Result<()> {
    let sql = format!("UPDATE episodes SET {} = ?2 WHERE id = ?1", flag.column());
    conn.prepare_cached(&sql)?.execute(params![id.0, on])?;
    Ok(())
}
