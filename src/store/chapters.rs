//! Chapters that were found outside the feed: in the audio file, in a chapters file.

use rusqlite::params;

use super::{Result, Store, episodes, row};
use crate::model::{ChapterSource, Chapters, EpisodeId};

/// How sources are numbered in the table; never change a number.
const SOURCES: [(ChapterSource, i64); 9] = [
    (ChapterSource::None, 0),
    (ChapterSource::Notes, 1),
    (ChapterSource::Json, 2),
    (ChapterSource::Psc, 3),
    (ChapterSource::Id3, 4),
    (ChapterSource::Mp4, 5),
    (ChapterSource::Vorbis, 6),
    (ChapterSource::Matroska, 7),
    (ChapterSource::Cue, 8),
];

impl Store {
    /// All lists of chapters that were kept for an episode, one for each source. An empty list says
    /// that the source was looked at and has none.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn chapters(&self, episode: EpisodeId) -> Result<Vec<Chapters>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT source, list FROM chapters WHERE episode = ?1 ORDER BY source",
        )?;
        let rows = statement.query_map([episode.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (code, list): (i64, String) = row?;
            let source = SOURCES.iter().find(|(_, known)| *known == code);
            Ok(Chapters {
                source: source.map_or(ChapterSource::None, |(source, _)| *source),
                list: row::from_json("a list of chapters", Some(list))?,
                beyond: 0,
            })
        })
        .collect()
    }

    /// Keeps a list of chapters, in place of the one from the same source.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn put_chapters(&self, episode: EpisodeId, chapters: &Chapters) -> Result<()> {
        let code = SOURCES.iter().find(|(source, _)| *source == chapters.source);
        let code = code.map_or(0, |(_, code)| *code);
        let list = row::to_json(&chapters.list)?.unwrap_or_else(|| "[]".to_owned());
        self.write(|conn| {
            episodes::exists(conn, episode)?;
            conn.prepare_cached(
                "INSERT OR REPLACE INTO chapters (episode, source, list) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![episode.0, code, list])?;
            Ok(())
        })
    }
}
