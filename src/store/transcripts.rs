//! Transcripts, kept whole for showing and in passages for searching.

use rusqlite::{Connection, OptionalExtension, params};

use super::{HitKind, Result, Store, episodes, index, pack, row, snips};
use crate::model::{Cue, EpisodeId, Millis, Transcript};

/// Bytes of text from which a passage is long enough to stand alone in the index.
const PASSAGE: usize = 1200;

impl Store {
    /// The transcript of an episode.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn transcript(&self, episode: EpisodeId) -> Result<Option<Transcript>> {
        read(&self.conn, episode)
    }

    /// Keeps a transcript, in place of the one before, and makes it searchable. The user's snips of
    /// the episode that have no words get theirs.
    ///
    /// # Errors
    /// When there is no such episode or the library cannot be written.
    pub fn put_transcript(&self, episode: EpisodeId, transcript: &Transcript) -> Result<()> {
        let json = serde_json::to_vec(transcript)
            .map_err(|error| row::unreadable("the transcript", &error))?;
        let packed = pack::pack(&json)?;
        self.write(|conn| {
            episodes::exists(conn, episode)?;
            conn.prepare_cached(
                "INSERT OR REPLACE INTO transcripts (episode, cues) VALUES (?1, ?2)",
            )?
            .execute(params![episode.0, packed])?;
            index::drop_all(conn, HitKind::Transcripts, episode.0)?;
            put_passages(conn, episode, &transcript.cues)?;
            snips::fill_words(conn, episode, transcript)
        })
    }
}

fn read(conn: &Connection, episode: EpisodeId) -> Result<Option<Transcript>> {
    let packed: Option<Vec<u8>> = conn
        .prepare_cached("SELECT cues FROM transcripts WHERE episode = ?1")?
        .query_row([episode.0], |row| row.get(0))
        .optional()?;
    let Some(packed) = packed else { return Ok(None) };
    let json = pack::unpack("a transcript", &packed)?;
    serde_json::from_slice(&json).map(Some).map_err(|error| row::unreadable("a transcript", &error))
}

/// What the transcript of an episode has between two times.
pub(super) fn words_between(
    conn: &Connection,
    episode: EpisodeId,
    start: Millis,
    end: Millis,
) -> Result<Option<String>> {
    Ok(read(conn, episode)?.and_then(|transcript| transcript.words_between(start, end)))
}

/// Cuts the cues into passages. A passage begins with the last cue of the one before, so that words
/// on both sides of a cut are found together.
fn put_passages(conn: &Connection, episode: EpisodeId, cues: &[Cue]) -> Result<()> {
    let title: String = conn
        .prepare_cached("SELECT title FROM episodes WHERE id = ?1")?
        .query_row([episode.0], |row| row.get(0))?;
    let mut start = 0;
    let mut part = 0;
    while start < cues.len() {
        let mut bytes = 0;
        let rest = cues.get(start..).unwrap_or_default();
        let long = rest.iter().position(|cue| {
            bytes += cue.text.len();
            bytes >= PASSAGE
        });
        let count = long.map_or(rest.len(), |at| at + 1);
        let passage = rest.get(..count).unwrap_or(rest);
        put_passage(conn, episode, part, &title, passage)?;
        part += 1;
        start += if count < rest.len() && count > 1 { count - 1 } else { count };
    }
    Ok(())
}

fn put_passage(
    conn: &Connection,
    episode: EpisodeId,
    part: i64,
    title: &str,
    cues: &[Cue],
) -> Result<()> {
    let line = |cue: &Cue| cue.text.replace(['\n', '\r'], " ");
    let body = cues.iter().map(line).collect::<Vec<_>>().join("\n");
    let marks = cues.iter().map(|cue| cue.start_ms.to_string()).collect::<Vec<_>>().join(",");
    let mut speakers: Vec<&str> = cues.iter().filter_map(|cue| cue.speaker.as_deref()).collect();
    speakers.dedup();
    let text = index::Text {
        kind: HitKind::Transcripts,
        owner: episode.0,
        part,
        title,
        titled: false,
        body: &body,
        context: &speakers.join(" "),
        marks: Some(&marks),
    };
    index::insert(conn, &text)
}
