//! What is here without a network: which episodes are complete, which pages refuse, how much room the
//! articles take and which of them go when it is too much.

use rusqlite::{OptionalExtension, params};

use super::{Result, Store};
use crate::model::{EpisodeId, UnixSeconds};

/// How much is kept for reading and listening without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Articles.
    pub articles: u64,
    /// Bytes that their texts and pages take, compressed.
    pub article_bytes: u64,
    /// Recordings that are whole.
    pub recordings: u64,
    /// Bytes of them.
    pub recording_bytes: u64,
    /// Transcripts.
    pub transcripts: u64,
    /// Bytes that they take, compressed.
    pub transcript_bytes: u64,
    /// Episodes that are complete.
    pub complete: u64,
}

/// Seconds after which nobody asks any more whether a page has refused.
const OLD: UnixSeconds = 30 * 24 * 3600;

/// Articles that may go: no downloaded episode links to them, nor does the reading list.
const SPARE: &str = "NOT EXISTS (
    SELECT 1 FROM article_sources s JOIN episodes e ON e.id = s.episode
    WHERE s.article = a.id AND (e.downloaded = 1 OR e.complete = 1))
    AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.key = a.canonical)";

impl Store {
    /// Says whether an episode is here with all that belongs to it.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_complete(&self, id: EpisodeId, complete: bool) -> Result<()> {
        self.write(|conn| {
            conn.execute(
                "UPDATE episodes SET complete = ?2 WHERE id = ?1",
                params![id.0, complete],
            )?;
            Ok(())
        })
    }

    /// Says that an episode links to an article that is kept; nothing happens if either is not there.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn add_article_source(&self, canonical: &str, episode: EpisodeId) -> Result<()> {
        self.write(|conn| {
            conn.execute(
                "INSERT OR IGNORE INTO article_sources (article, episode)
                 SELECT a.id, e.id FROM articles a, episodes e
                 WHERE a.canonical = ?1 AND e.id = ?2",
                params![canonical, episode.0],
            )?;
            Ok(())
        })
    }

    /// Says that an article was opened now: those opened last stay longest.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn article_opened(&self, canonical: &str, now: UnixSeconds) -> Result<()> {
        self.write(|conn| {
            conn.execute(
                "UPDATE articles SET opened = ?2 WHERE canonical = ?1",
                params![canonical, now],
            )?;
            Ok(())
        })
    }

    /// Says that the page of an article is still the same now.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn article_unchanged(&self, canonical: &str, now: UnixSeconds) -> Result<()> {
        self.write(|conn| {
            conn.execute(
                "UPDATE articles SET fetched = ?2, facts = json_set(facts, '$.fetched', ?2)
                 WHERE canonical = ?1 AND json_valid(facts)",
                params![canonical, now],
            )?;
            Ok(())
        })
    }

    /// Keeps that a page refuses to be read, and why, as a sentence.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn put_refused(&self, canonical: &str, why: &str, now: UnixSeconds) -> Result<()> {
        self.write(|conn| {
            conn.execute("DELETE FROM refused_pages WHERE at < ?1", [now - OLD])?;
            conn.execute(
                "INSERT OR REPLACE INTO refused_pages (canonical, at, why) VALUES (?1, ?2, ?3)",
                params![canonical, now, why],
            )?;
            Ok(())
        })
    }

    /// Why a page refused to be read, if that was at `since` or later.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn refused(&self, canonical: &str, since: UnixSeconds) -> Result<Option<String>> {
        let sql = "SELECT why FROM refused_pages WHERE canonical = ?1 AND at >= ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row(params![canonical, since], |row| row.get(0)).optional()?)
    }

    /// How much is kept.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn kept(&self) -> Result<Kept> {
        let two = |sql: &str| {
            self.conn.query_row(sql, [], |row| {
                let number = |index| row.get::<_, i64>(index).map(super::row::uint);
                Ok((number(0)?, number(1)?))
            })
        };
        let (articles, article_bytes) = two(
            "SELECT count(*), coalesce(sum(length(tree) + length(raw)), 0) FROM article_bodies",
        )?;
        let (recordings, recording_bytes) =
            two("SELECT count(*), coalesce(sum(bytes), 0) FROM downloads WHERE done = 1")?;
        let (transcripts, transcript_bytes) =
            two("SELECT count(*), coalesce(sum(length(cues)), 0) FROM transcripts")?;
        let (complete, _) = two("SELECT count(*), 0 FROM episodes WHERE complete = 1")?;
        Ok(Kept {
            articles,
            article_bytes,
            recordings,
            recording_bytes,
            transcripts,
            transcript_bytes,
            complete,
        })
    }

    /// Forgets articles until all of them take at most `limit` bytes: those first that were not
    /// opened for the longest time, and none that a downloaded episode or the reading list needs. Their
    /// canonical addresses.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn prune_articles(&self, limit: u64) -> Result<Vec<String>> {
        let over = self.kept()?.article_bytes.saturating_sub(limit);
        if over == 0 {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT a.canonical, length(b.tree) + length(b.raw)
             FROM articles a JOIN article_bodies b ON b.article = a.id WHERE {SPARE}
             ORDER BY coalesce(a.opened, a.fetched), a.id"
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let (mut freed, mut gone) = (0, Vec::new());
        while freed < over
            && let Some(row) = rows.next()?
        {
            gone.push(row.get(0)?);
            freed += super::row::uint(row.get(1)?);
        }
        drop(rows);
        self.write(|conn| {
            let mut delete = conn.prepare_cached("DELETE FROM articles WHERE canonical = ?1")?;
            gone.iter().try_for_each(|canonical: &String| {
                delete.execute([canonical])?;
                Ok(())
            })
        })?;
        Ok(gone)
    }
}
