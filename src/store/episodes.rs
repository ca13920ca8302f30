//! One episode: what is shown of it, and what listening leaves behind.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Result, Store, StoreError, row};
use crate::model::{Episode, EpisodeId, EpisodeSummary, Millis, Position, UnixSeconds};
use crate::model::{Person, Soundbite};

/// So often positions are flushed to the disk, in seconds.
const FLUSHED_EVERY: u64 = 10;

impl Store {
    /// What lists show of these episodes, in the order asked for; those that are gone are left out.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn summaries(&self, ids: &[EpisodeId]) -> Result<Vec<EpisodeSummary>> {
        let sql = format!(
            "SELECT {} FROM episodes e JOIN shows s ON s.id = e.show WHERE e.id = ?1",
            row::SUMMARY
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut summaries = Vec::with_capacity(ids.len());
        for id in ids {
            summaries.extend(statement.query_row([id.0], row::summary).optional()?);
        }
        Ok(summaries)
    }

    /// An episode with its notes and all that is shown when it is opened.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn episode(&self, id: EpisodeId) -> Result<Option<Episode>> {
        let Some(summary) = self.summaries(&[id])?.pop() else { return Ok(None) };
        let mut statement = self.conn.prepare_cached(
            "SELECT d.notes, d.notes_base, d.notes_markdown, d.chapters_url, d.feed_chapters,
                d.transcripts, d.image, i.front_matter
             FROM episodes e LEFT JOIN details d ON d.episode = e.id
             LEFT JOIN imported i ON i.episode = e.id WHERE e.id = ?1",
        )?;
        let (mut episode, chapters, transcripts) = statement.query_row([id.0], |row| {
            let episode = Episode {
                summary,
                notes: row.get::<_, Option<String>>(0)?.unwrap_or_default(),
                notes_base: row.get(1)?,
                notes_markdown: row.get::<_, Option<bool>>(2)?.unwrap_or_default(),
                chapters_url: row.get(3)?,
                image: row.get(6)?,
                front_matter: row.get(7)?,
                ..Episode::default()
            };
            Ok((episode, row.get(4)?, row.get(5)?))
        })?;
        episode.feed_chapters = row::from_json("the list of chapters", chapters)?;
        episode.transcripts = row::from_json("the list of transcripts", transcripts)?;
        Ok(Some(episode))
    }

    /// The passages that the makers recommend.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn soundbites(&self, id: EpisodeId) -> Result<Vec<Soundbite>> {
        #[derive(serde::Deserialize)]
        struct Stored {
            start_ms: Millis,
            duration_ms: Millis,
            title: Option<String>,
        }
        let list: Vec<Stored> = self.detail_list(id, "soundbites", "the list of soundbites")?;
        let model = |s: Stored| Soundbite {
            start_ms: s.start_ms,
            duration_ms: s.duration_ms,
            title: s.title,
        };
        Ok(list.into_iter().map(model).collect())
    }

    /// The people whom the feed names for this episode.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn persons(&self, id: EpisodeId) -> Result<Vec<Person>> {
        #[derive(serde::Deserialize)]
        struct Stored {
            name: String,
            role: Option<String>,
        }
        let list: Vec<Stored> = self.detail_list(id, "persons", "the list of people")?;
        Ok(list.into_iter().map(|s| Person { name: s.name, role: s.role }).collect())
    }

    fn detail_list<T: serde::de::DeserializeOwned>(
        &self,
        id: EpisodeId,
        column: &'static str,
        what: &'static str,
    ) -> Result<Vec<T>> {
        let sql = format!("SELECT {column} FROM details WHERE episode = ?1");
        let json = self.conn.query_row(&sql, [id.0], |row| row.get(0)).optional()?;
        row::from_json(what, json.flatten())
    }

    /// Keeps where listening stopped and whether the episode counts as heard. After it returns, no crash
    /// of the program loses it; a power cut may take the last `FLUSHED_EVERY` seconds: a disk flush
    /// for every second of listening would keep a disk awake all day.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn set_position(&self, id: EpisodeId, position: Position, now: UnixSeconds) -> Result<()> {
        let work = |conn: &Connection| {
            let done = conn
                .prepare_cached(
                    "UPDATE episodes SET position_ms = ?2, played = ?3, heard_at = ?4
                     WHERE id = ?1",
                )?
                .execute(params![id.0, row::int(position.ms), position.played, now])?;
            found(id, done)
        };
        // The clock may have been set back meanwhile.
        if now.abs_diff(self.flushed.get()) < FLUSHED_EVERY {
            return self.write(work);
        }
        self.keep(work)?;
        self.flushed.set(now);
        Ok(())
    }

    /// Marks an episode as heard or not; its position stays.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn set_played(&self, id: EpisodeId, played: bool) -> Result<()> {
        self.keep(|conn| {
            let done = conn
                .prepare_cached("UPDATE episodes SET played = ?2 WHERE id = ?1")?
                .execute(params![id.0, played])?;
            found(id, done)
        })
    }

    /// Keeps the measured length, which is shown instead of the one that the feed claims.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn set_duration(&self, id: EpisodeId, ms: Millis) -> Result<()> {
        self.write(|conn| {
            let done = conn
                .prepare_cached("UPDATE episodes SET measured_ms = ?2 WHERE id = ?1")?
                .execute(params![id.0, row::int(ms)])?;
            found(id, done)
        })
    }
}

fn found(id: EpisodeId, rows: usize) -> Result<()> {
    if rows == 0 { Err(StoreError::NoEpisode(id.0)) } else { Ok(()) }
}

/// Fails if there is no such episode.
pub(super) fn exists(conn: &Connection, id: EpisodeId) -> Result<()> {
    let there = conn.prepare_cached("SELECT 1 FROM episodes WHERE id = ?1")?.exists([id.0])?;
    found(id, usize::from(there))
}
