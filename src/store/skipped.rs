//! Chapters that the user always skips.

use rusqlite::params;

use super::{Result, Store, episodes, row};
use crate::model::{Chapter, EpisodeId, SkippedChapter};

impl Store {
    /// The chapters of an episode that are always skipped, by their start.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn skipped_chapters(&self, episode: EpisodeId) -> Result<Vec<SkippedChapter>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT start_ms, title FROM skipped_chapters WHERE episode = ?1
             ORDER BY start_ms, title",
        )?;
        let rows = statement.query_map([episode.0], |row| {
            Ok(SkippedChapter { start_ms: row::uint(row.get(0)?), title: row.get(1)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Skips this chapter from now on, or plays it again. What was kept of the same chapter as
    /// another source has it goes.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn skip_chapter(
        &self,
        episode: EpisodeId,
        chapter: &SkippedChapter,
        skip: bool,
    ) -> Result<()> {
        let same = Chapter {
            start_ms: chapter.start_ms,
            title: chapter.title.clone(),
            ..Chapter::default()
        };
        let known = self.skipped_chapters(episode)?;
        self.keep(|conn| {
            episodes::exists(conn, episode)?;
            for known in known.iter().filter(|known| known.means(&same)) {
                conn.prepare_cached(
                    "DELETE FROM skipped_chapters
                     WHERE episode = ?1 AND start_ms = ?2 AND title = ?3",
                )?
                .execute(params![
                    episode.0,
                    row::int(known.start_ms),
                    known.title
                ])?;
            }
            if skip {
                conn.prepare_cached(
                    "INSERT OR REPLACE INTO skipped_chapters (episode, start_ms, title)
                     VALUES (?1, ?2, ?3)",
                )?
                .execute(params![
                    episode.0,
                    row::int(chapter.start_ms),
                    chapter.title
                ])?;
            }
            Ok(())
        })
    }
}
