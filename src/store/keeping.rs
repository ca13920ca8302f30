//! What the limits on recordings are decided by, and what may come by itself.

use rusqlite::params;

use super::{Result, Store, StoreError, row};
use crate::model::{Candidate, EpisodeId, KeptRecording, ShowId};

/// Under which the episodes are kept whose recordings went and do not come again by themselves.
const DISMISSED: &str = "downloads_dismissed";

/// How many of them are remembered.
const MOST_DISMISSED: usize = 1_000;

impl Store {
    /// The recordings that are here.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn kept_recordings(&self) -> Result<Vec<KeptRecording>> {
        let sql = "SELECT d.episode, e.show, d.bytes, d.finished, e.played,
                e.played = 0 AND e.position_ms > 0, e.starred, e.complete, d.automatic, s.keep,
                EXISTS (SELECT 1 FROM queue q WHERE q.episode = d.episode),
                EXISTS (SELECT 1 FROM snips n WHERE n.episode = d.episode)
             FROM downloads d JOIN episodes e ON e.id = d.episode JOIN shows s ON s.id = e.show
             WHERE d.done = 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(KeptRecording {
                id: EpisodeId(row.get(0)?),
                show: ShowId(row.get(1)?),
                bytes: row::uint(row.get(2)?),
                since: row.get(3)?,
                heard: row.get(4)?,
                begun: row.get(5)?,
                starred: row.get(6)?,
                complete: row.get(7)?,
                automatic: row.get(8)?,
                keep: row.get(9)?,
                queued: row.get(10)?,
                snipped: row.get(11)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Episodes that are to come by themselves: of the newest ones of each show (so many as the show
    /// says, else `for_all`, but no more than are kept of it) those that were not heard, are not here
    /// nor on their way, and did not go before.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn automatic_candidates(&self, for_all: u32, per_show: u32) -> Result<Vec<Candidate>> {
        let dismissed = self.dismissed()?;
        let mut shows = self.conn.prepare_cached(
            "SELECT id, coalesce(auto_download, ?1), coalesce(keep, ?2) FROM shows
             WHERE subscribed = 1 AND archived = 0 AND coalesce(auto_download, ?1) > 0",
        )?;
        let shows = shows
            .query_map([for_all, per_show], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<Vec<(i64, u32, u32)>>>()?;
        let mut newest = self.conn.prepare_cached(
            "SELECT id, enclosure_length FROM
                (SELECT * FROM episodes WHERE show = ?1 ORDER BY sort_at DESC, id DESC LIMIT ?2)
             WHERE played = 0 AND archived = 0 AND enclosure_url LIKE 'http%'
                AND id NOT IN (SELECT episode FROM downloads)",
        )?;
        let mut found = Vec::new();
        for (show, wanted, keep) in shows {
            let most = if keep > 0 { wanted.min(keep) } else { wanted };
            let rows = newest.query_map(params![show, most], |row| {
                let claimed = row.get::<_, Option<i64>>(1)?.map(row::uint);
                Ok(Candidate { id: EpisodeId(row.get(0)?), claimed })
            })?;
            for candidate in rows {
                found.extend(Some(candidate?).filter(|found| !dismissed.contains(&found.id.0)));
            }
        }
        Ok(found)
    }

    /// Notes that these recordings went on purpose: they do not come again by themselves.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn dismiss_downloads(&self, ids: &[EpisodeId]) -> Result<()> {
        let mut all = self.dismissed()?;
        all.retain(|id| !ids.contains(&EpisodeId(*id)));
        all.extend(ids.iter().map(|id| id.0));
        let surplus = all.len().saturating_sub(MOST_DISMISSED);
        let words: Vec<String> = all.iter().skip(surplus).map(ToString::to_string).collect();
        self.set_meta(DISMISSED, &words.join(" "))
    }

    fn dismissed(&self) -> Result<Vec<i64>> {
        let kept = self.meta(DISMISSED)?.unwrap_or_default();
        Ok(kept.split(' ').filter_map(|id| id.parse().ok()).collect())
    }

    /// Keeps how many of a show's newest episodes come by themselves and how many of its recordings are
    /// kept; `None`: as for all.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn set_downloading(
        &self,
        show: ShowId,
        automatic: Option<u32>,
        keep: Option<u32>,
    ) -> Result<()> {
        self.write(|conn| {
            let done = conn
                .prepare_cached("UPDATE shows SET auto_download = ?2, keep = ?3 WHERE id = ?1")?
                .execute(params![show.0, automatic, keep])?;
            if done == 0 {
                return Err(StoreError::NoShow(show.0));
            }
            Ok(())
        })
    }
}
