//! The queue: what plays next, in the user's order.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Result, Store, episodes, row};
use crate::model::{EpisodeId, EpisodeSummary};

/// Where an episode goes in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Behind all others.
    End,
    /// Before all others.
    Front,
    /// Behind the first one, which plays or is about to; the front of an empty queue.
    Next,
}

impl Store {
    /// The queue in order.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn queue(&self) -> Result<Vec<EpisodeSummary>> {
        let sql = format!(
            "SELECT {} FROM queue q JOIN episodes e ON e.id = q.episode
             JOIN shows s ON s.id = e.show ORDER BY q.place, q.episode",
            row::SUMMARY
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_map([], row::summary)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Puts an episode into the queue; one that is there already goes to its new place.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn queue_add(&self, id: EpisodeId, place: Place) -> Result<()> {
        self.keep(|conn| {
            episodes::exists(conn, id)?;
            let mut queue = ids(conn)?;
            queue.retain(|other| *other != id.0);
            let at = match place {
                Place::End => queue.len(),
                Place::Front => 0,
                Place::Next => queue.len().min(1),
            };
            queue.insert(at, id.0);
            put(conn, &queue)
        })
    }

    /// Takes an episode out of the queue; nothing happens if it is not there.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn queue_remove(&self, id: EpisodeId) -> Result<()> {
        self.keep(|conn| {
            conn.execute("DELETE FROM queue WHERE episode = ?1", [id.0])?;
            Ok(())
        })
    }

    /// Moves an episode by `delta` places, towards the front if it is negative; at the ends it stops.
    /// Nothing happens if it is not in the queue.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn queue_move(&self, id: EpisodeId, delta: i64) -> Result<()> {
        self.keep(|conn| {
            let mut queue = ids(conn)?;
            let Some(from) = queue.iter().position(|other| *other == id.0) else { return Ok(()) };
            let last = queue.len().saturating_sub(1) as i64;
            let to = (from as i64).saturating_add(delta).clamp(0, last) as usize;
            let moved = queue.remove(from);
            queue.insert(to, moved);
            put(conn, &queue)
        })
    }

    /// Makes the queue what `edit` makes of it; episodes that are not there are left out. Returns it as
    /// it was.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn change_queue(
        &self,
        edit: impl FnOnce(Vec<EpisodeId>) -> Vec<EpisodeId>,
    ) -> Result<Vec<EpisodeId>> {
        self.keep(|conn| {
            let before: Vec<EpisodeId> = ids(conn)?.into_iter().map(EpisodeId).collect();
            replace(conn, &edit(before.clone()))?;
            Ok(before)
        })
    }

    /// Takes the first episode out of the queue and returns it.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn queue_take_next(&self) -> Result<Option<EpisodeId>> {
        self.keep(|conn| {
            let first = conn
                .query_row(
                    "DELETE FROM queue WHERE episode =
                        (SELECT episode FROM queue ORDER BY place, episode LIMIT 1)
                     RETURNING episode",
                    [],
                    |row| row.get(0),
                )
                .optional()?;
            Ok(first.map(EpisodeId))
        })
    }
}

fn ids(conn: &Connection) -> Result<Vec<i64>> {
    let mut statement = conn.prepare_cached("SELECT episode FROM queue ORDER BY place, episode")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Makes these the queue; those that are not there are left out.
pub(super) fn replace(conn: &Connection, queue: &[EpisodeId]) -> Result<()> {
    conn.execute("DELETE FROM queue", [])?;
    let mut there = Vec::with_capacity(queue.len());
    for id in queue {
        if !there.contains(&id.0) && episodes::exists(conn, *id).is_ok() {
            there.push(id.0);
        }
    }
    put(conn, &there)
}

/// Writes the places anew; rows that keep theirs are not touched.
fn put(conn: &Connection, queue: &[i64]) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO queue (episode, place) VALUES (?1, ?2)
         ON CONFLICT (episode) DO UPDATE SET place = excluded.place
         WHERE place <> excluded.place",
    )?;
    for (place, id) in queue.iter().enumerate() {
        statement.execute(params![id, place as i64])?;
    }
    Ok(())
}
