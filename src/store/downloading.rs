//! The list of downloads: what waits, what is held, what failed, what is here; kept so that nothing is
//! forgotten when the program ends in the middle.

use rusqlite::{Row, params};

use super::{Result, Store, episodes, row};
use crate::model::{DownloadEntry, DownloadStage, EpisodeId};

/// Under which the order of those that wait is kept.
const ORDER: &str = "download_order";

/// Recordings that are listed; the newest.
const MOST_HERE: i64 = 2_000;

impl Store {
    /// Notes that an episode is to be downloaded. What is here stays so; what was held or had failed
    /// waits again.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn begin_download(&self, id: EpisodeId, automatic: bool) -> Result<()> {
        self.write(|conn| {
            episodes::exists(conn, id)?;
            conn.prepare_cached(
                "INSERT INTO downloads (episode, file, bytes, done, automatic)
                 VALUES (?1, '', 0, 0, ?2)
                 ON CONFLICT (episode) DO UPDATE SET paused = 0, error = NULL,
                    automatic = min(automatic, excluded.automatic)
                 WHERE done = 0",
            )?
            .execute(params![id.0, automatic])?;
            Ok(())
        })
    }

    /// Notes that the user holds a download, and how far it is.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn pause_download(&self, id: EpisodeId, bytes: u64, total: Option<u64>) -> Result<()> {
        self.write(|conn| {
            conn.prepare_cached(
                "UPDATE downloads SET paused = 1, error = NULL, bytes = ?2,
                    total = coalesce(?3, total) WHERE episode = ?1 AND done = 0",
            )?
            .execute(params![id.0, row::int(bytes), total.map(row::int)])?;
            Ok(())
        })
    }

    /// Keeps the order of the downloads that wait.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn order_downloads(&self, order: &[EpisodeId]) -> Result<()> {
        let ids: Vec<String> = order.iter().map(|id| id.0.to_string()).collect();
        self.set_meta(ORDER, &ids.join(" "))
    }

    /// All downloads: first those that are not finished, in their order, then those that are here, the
    /// newest first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn download_list(&self) -> Result<Vec<DownloadEntry>> {
        let sql = "SELECT d.episode, e.title, s.title, d.bytes, d.total, d.done, d.paused, d.error,
                d.automatic
             FROM downloads d JOIN episodes e ON e.id = d.episode JOIN shows s ON s.id = e.show
             ORDER BY d.done, CASE WHEN d.done THEN -coalesce(d.finished, 0) ELSE 0 END, d.rowid
             LIMIT ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([MOST_HERE], entry)?;
        let mut all = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let order: Vec<i64> = self
            .meta(ORDER)?
            .unwrap_or_default()
            .split(' ')
            .filter_map(|id| id.parse().ok())
            .collect();
        let place = |entry: &DownloadEntry| match entry.stage {
            DownloadStage::Here => usize::MAX,
            _ => order.iter().position(|id| *id == entry.id.0).unwrap_or(usize::MAX - 1),
        };
        all.sort_by_key(place);
        Ok(all)
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<DownloadEntry> {
    let (done, paused, error): (bool, bool, Option<String>) =
        (row.get(5)?, row.get(6)?, row.get(7)?);
    let stage = match (done, paused, error) {
        (true, ..) => DownloadStage::Here,
        (_, true, _) => DownloadStage::Paused,
        (.., Some(why)) => DownloadStage::Failed(why),
        _ => DownloadStage::Waiting,
    };
    Ok(DownloadEntry {
        id: EpisodeId(row.get(0)?),
        title: row.get(1)?,
        show: row.get(2)?,
        bytes: row::uint(row.get(3)?),
        total: row.get::<_, Option<i64>>(4)?.map(row::uint),
        stage,
        automatic: row.get(8)?,
    })
}
