//! What of which episode is on this machine.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Result, Store, episodes, row};
use crate::model::{EpisodeId, ShowId, UnixSeconds};

/// The download of one episode.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DownloadRow {
    /// The episode.
    pub episode: EpisodeId,
    /// The file, as the one who downloads names it.
    pub file: String,
    /// Bytes that are there.
    pub bytes: u64,
    /// Bytes of the whole file, where they are known.
    pub total: Option<u64>,
    /// The whole file is there.
    pub done: bool,
    /// Why it stopped, as a sentence.
    pub error: Option<String>,
    /// Held by the user.
    pub paused: bool,
    /// Nobody asked for it.
    pub automatic: bool,
    /// Since when the whole file is there.
    pub finished: Option<UnixSeconds>,
}

/// The columns of [`DownloadRow`].
const COLUMNS: &str = "episode, file, bytes, total, done, error, paused, automatic, finished";

impl Store {
    /// The download of an episode.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn download(&self, id: EpisodeId) -> Result<Option<DownloadRow>> {
        let sql = format!("SELECT {COLUMNS} FROM downloads WHERE episode = ?1");
        Ok(self.conn.prepare_cached(&sql)?.query_row([id.0], from_row).optional()?)
    }

    /// All downloads, by episode.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn downloads(&self) -> Result<Vec<DownloadRow>> {
        let sql = format!("SELECT {COLUMNS} FROM downloads ORDER BY episode");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_map([], from_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps how far a download is; [`EpisodeSummary::downloaded`] follows `done`. Whether somebody asked
    /// for one that is known already stays as it was.
    ///
    /// [`EpisodeSummary::downloaded`]: crate::model::EpisodeSummary::downloaded
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn put_download(&self, download: &DownloadRow) -> Result<()> {
        self.write(|conn| {
            episodes::exists(conn, download.episode)?;
            conn.prepare_cached(
                "INSERT INTO downloads (episode, file, bytes, total, done, error, paused, automatic,
                    finished)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (episode) DO UPDATE SET file = excluded.file, bytes = excluded.bytes,
                    total = excluded.total, done = excluded.done, error = excluded.error,
                    paused = excluded.paused,
                    finished = iif(excluded.done, coalesce(finished, excluded.finished), NULL)",
            )?
            .execute(params![
                download.episode.0,
                download.file,
                row::int(download.bytes),
                download.total.map(row::int),
                download.done,
                download.error,
                download.paused,
                download.automatic,
                download.finished,
            ])?;
            Ok(())
        })
    }

    /// Forgets a download; the file is the caller's.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn delete_download(&self, id: EpisodeId) -> Result<()> {
        self.write(|conn| {
            conn.execute("DELETE FROM downloads WHERE episode = ?1", [id.0])?;
            Ok(())
        })
    }
}

/// The downloads of one show.
pub(super) fn of_show(conn: &Connection, show: ShowId) -> Result<Vec<DownloadRow>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM downloads
         WHERE episode IN (SELECT id FROM episodes WHERE show = ?1) ORDER BY episode"
    ))?;
    Ok(statement.query_map([show.0], from_row)?.collect::<rusqlite::Result<_>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<DownloadRow> {
    Ok(DownloadRow {
        episode: EpisodeId(row.get(0)?),
        file: row.get(1)?,
        bytes: row::uint(row.get(2)?),
        total: row.get::<_, Option<i64>>(3)?.map(row::uint),
        done: row.get(4)?,
        error: row.get(5)?,
        paused: row.get(6)?,
        automatic: row.get(7)?,
        finished: row.get(8)?,
    })
}
