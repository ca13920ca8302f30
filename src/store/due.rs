//! When each feed is asked again, and how often it has failed in a row.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Result, Store, row};
use crate::model::rhythm::{self, Answered, DATES};
use crate::model::{Show, ShowId, UnixSeconds};

impl Store {
    /// The shows that the automatic refresh asks now. One that answers is left alone for `least_s`
    /// seconds whatever its rhythm.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn due_shows(&self, now: UnixSeconds, least_s: i64) -> Result<Vec<Show>> {
        let mut shows = self.shows()?;
        shows.retain(|show| rhythm::is_due(show, now, least_s));
        Ok(shows)
    }
}

/// A feed has answered: what it was due by, and its failures, are over. `rest_s` is the rest that was
/// asked for; where the feed itself was not sent again (`unchanged`), that of its last answer holds.
pub(super) fn answered(
    conn: &Connection,
    id: ShowId,
    now: UnixSeconds,
    rest_s: Option<u64>,
    unchanged: bool,
) -> Result<()> {
    let dates: Vec<UnixSeconds> = conn
        .prepare_cached(
            "SELECT sort_at FROM episodes WHERE show = ?1 AND published IS NOT NULL
             ORDER BY sort_at DESC, id DESC LIMIT ?2",
        )?
        .query_map(params![id.0, row::int(DATES as u64)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let before = if unchanged { last_rest(conn, id, &dates)? } else { None };
    let rest_s = rest_s.max(before);
    let due = rhythm::due_after_answer(&Answered { id, now, dates: &dates, rest_s });
    conn.prepare_cached("UPDATE shows SET due = ?2, failures = 0 WHERE id = ?1")?
        .execute(params![id.0, due])?;
    Ok(())
}

/// The rest that was asked for with the last answer.
fn last_rest(conn: &Connection, id: ShowId, dates: &[UnixSeconds]) -> Result<Option<u64>> {
    let last: Option<(UnixSeconds, UnixSeconds)> = conn
        .prepare_cached(
            "SELECT refreshed, due FROM shows WHERE id = ?1 AND failures = 0
                AND refreshed IS NOT NULL AND due IS NOT NULL",
        )?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let rest = |(now, due)| rhythm::rest_behind(&Answered { id, now, dates, rest_s: None }, due);
    Ok(last.and_then(rest))
}

/// A feed has failed once more.
pub(super) fn failed(conn: &Connection, id: ShowId, now: UnixSeconds) -> Result<()> {
    let failures: Option<u32> = conn
        .prepare_cached(
            "UPDATE shows SET failures = min(failures + 1, 1000) WHERE id = ?1 RETURNING failures",
        )?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    if let Some(failures) = failures {
        let due = rhythm::due_after_failure(id, now, failures);
        conn.prepare_cached("UPDATE shows SET due = ?2 WHERE id = ?1")?
            .execute(params![id.0, due])?;
    }
    Ok(())
}
