//! Snips: passages with notes. They are the user's own words, so every change is flushed to disk.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::{HitKind, Result, Store, StoreError, episodes, index, row, transcripts};
use crate::model::{EpisodeId, NewSnip, Snip, SnipChange, SnipId, Transcript, UnixSeconds};

const COLUMNS: &str = "p.id, p.episode, e.title, p.created, p.start_ms, p.end_ms, p.title, p.note, \
    p.transcript, p.tags, p.favorite, p.url, p.tapped_ms, p.raw, s.title";
/// The columns of what a snip itself says.
const BODY: &str = "start_ms, end_ms, title, note, transcript, tags, favorite, url, tapped_ms, raw";
const TABLES: &str = "snips p JOIN episodes e ON e.id = p.episode JOIN shows s ON s.id = e.show";

impl Store {
    /// The snips of one episode in order of time, or of all episodes: the newest snips first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn snips(&self, episode: Option<EpisodeId>) -> Result<Vec<Snip>> {
        let tail = match episode {
            Some(_) => "WHERE p.episode = ?1 ORDER BY p.start_ms, p.end_ms, p.id",
            None => "WHERE ?1 IS NULL ORDER BY p.created DESC, p.id DESC",
        };
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} {tail}");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([episode.map(|id| id.0)], |row| Ok(from_row(row)))?;
        rows.map(|row| row?).collect()
    }

    /// One snip.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn snip(&self, id: SnipId) -> Result<Option<Snip>> {
        one(&self.conn, id)
    }

    /// Keeps a new snip. One without words gets those of its range from the episode's transcript, if
    /// there is one.
    ///
    /// # Errors
    /// When there is no such episode, the range is empty or the library cannot be written.
    pub fn add_snip(&self, episode: EpisodeId, snip: &NewSnip, now: UnixSeconds) -> Result<SnipId> {
        self.keep(|conn| {
            episodes::exists(conn, episode)?;
            let words = match &snip.transcript {
                Some(_) => None,
                None => transcripts::words_between(conn, episode, snip.start_ms, snip.end_ms)?,
            };
            match words {
                Some(words) => {
                    let snip = NewSnip { transcript: Some(words), ..snip.clone() };
                    insert(conn, episode, &snip, Some(now))
                }
                None => insert(conn, episode, snip, Some(now)),
            }
        })
    }

    /// Changes one thing of a snip. Words that were those of its range in the episode's transcript
    /// go along with the range.
    ///
    /// # Errors
    /// When there is no such snip, the new range is empty or the library cannot be written.
    pub fn change_snip(&self, id: SnipId, change: SnipChange) -> Result<Snip> {
        self.keep(|conn| {
            let Some(snip) = one(conn, id)? else { return Err(StoreError::NoSnip(id.0)) };
            let old = (snip.body.start_ms, snip.body.end_ms);
            let mut body = snip.body.with(change);
            let new = (body.start_ms, body.end_ms);
            if new != old {
                let words =
                    |(start, end)| transcripts::words_between(conn, snip.episode, start, end);
                if body.transcript.is_none() || body.transcript == words(old)? {
                    body.transcript = words(new)?;
                }
            }
            replace(conn, id, &body)?;
            Ok(Snip { body, ..snip })
        })
    }

    /// Deletes a snip.
    ///
    /// # Errors
    /// When there is no such snip or the library cannot be written.
    pub fn delete_snip(&self, id: SnipId) -> Result<()> {
        self.keep(|conn| {
            let done = conn.execute("DELETE FROM snips WHERE id = ?1", [id.0])?;
            if done == 0 { Err(StoreError::NoSnip(id.0)) } else { Ok(()) }
        })
    }
}

fn one(conn: &Connection, id: SnipId) -> Result<Option<Snip>> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE p.id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    statement.query_row([id.0], |row| Ok(from_row(row))).optional()?.transpose()
}

fn replace(conn: &Connection, id: SnipId, snip: &NewSnip) -> Result<()> {
    check_range(snip)?;
    let mut values = vec![Value::from(id.0)];
    values.extend(values_of(snip)?);
    let marks = "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11";
    let sql = format!("UPDATE snips SET ({BODY}) = ({marks}) WHERE id = ?1");
    let done = conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    if done == 0 { Err(StoreError::NoSnip(id.0)) } else { put_text(conn, id.0, snip) }
}

/// Gives a snip what it lacks of what another copy of it says. Its own words stay; a text that begins
/// with them and goes on takes their place.
pub(super) fn complete(conn: &Connection, id: SnipId, copy: &NewSnip) -> Result<()> {
    let Some(Snip { body: own, .. }) = one(conn, id)? else { return Ok(()) };
    let goes_on = copy.note.starts_with(&own.note);
    let mut whole = NewSnip {
        title: own.title.or_else(|| copy.title.clone()),
        note: if goes_on { copy.note.clone() } else { own.note },
        transcript: own.transcript.or_else(|| copy.transcript.clone()),
        favorite: own.favorite || copy.favorite,
        url: own.url.or_else(|| copy.url.clone()),
        raw: copy.raw.clone(),
        ..own
    };
    for tag in &copy.tags {
        if !whole.tags.contains(tag) {
            whole.tags.push(tag.clone());
        }
    }
    replace(conn, id, &whole)
}

/// What belongs into the columns of [`BODY`].
fn values_of(snip: &NewSnip) -> Result<[Value; 10]> {
    Ok([
        row::int(snip.start_ms).into(),
        row::int(snip.end_ms).into(),
        snip.title.clone().into(),
        snip.note.clone().into(),
        snip.transcript.clone().into(),
        row::to_json(&snip.tags)?.into(),
        snip.favorite.into(),
        snip.url.clone().into(),
        snip.tapped_ms.map(row::int).into(),
        snip.raw.clone().into(),
    ])
}

fn check_range(snip: &NewSnip) -> Result<()> {
    if row::int(snip.start_ms) < row::int(snip.end_ms) {
        return Ok(());
    }
    Err(StoreError::EmptyRange { start_ms: snip.start_ms, end_ms: snip.end_ms })
}

/// Adds a snip to an episode that exists.
pub(super) fn insert(
    conn: &Connection,
    episode: EpisodeId,
    snip: &NewSnip,
    created: Option<UnixSeconds>,
) -> Result<SnipId> {
    check_range(snip)?;
    let mut values = vec![Value::from(episode.0), Value::from(created)];
    values.extend(values_of(snip)?);
    let marks = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12";
    let sql = format!("INSERT INTO snips (episode, created, {BODY}) VALUES ({marks})");
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    let id = conn.last_insert_rowid();
    put_text(conn, id, snip)?;
    Ok(SnipId(id))
}

/// Gives the words of a transcript to the snips of its episode that have none. Those that came from a
/// note stay as they were written there.
pub(super) fn fill_words(
    conn: &Connection,
    episode: EpisodeId,
    transcript: &Transcript,
) -> Result<()> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE p.episode = ?1 AND p.transcript IS NULL AND p.raw IS NULL AND p.url IS NULL"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([episode.0], |row| Ok(from_row(row)))?;
    let silent = rows.map(|row| row?).collect::<Result<Vec<Snip>>>()?;
    for snip in silent {
        let words = transcript.words_between(snip.body.start_ms, snip.body.end_ms);
        if words.is_some() {
            conn.prepare_cached("UPDATE snips SET transcript = ?2 WHERE id = ?1")?
                .execute(params![snip.id.0, words])?;
            put_text(conn, snip.id.0, &NewSnip { transcript: words, ..snip.body })?;
        }
    }
    Ok(())
}

/// Makes a snip as it was, with its id; nothing happens if its episode is gone.
pub(super) fn put_back(conn: &Connection, snip: &Snip) -> Result<()> {
    if one(conn, snip.id)?.is_some() {
        return replace(conn, snip.id, &snip.body);
    }
    if episodes::exists(conn, snip.episode).is_err() {
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO snips (id, episode, created, start_ms, end_ms) VALUES (?1, ?2, ?3, 0, 1)",
    )?
    .execute(params![snip.id.0, snip.episode.0, snip.created])?;
    replace(conn, snip.id, &snip.body)
}

fn put_text(conn: &Connection, id: i64, snip: &NewSnip) -> Result<()> {
    let episode: String = conn
        .prepare_cached(
            "SELECT e.title FROM snips p JOIN episodes e ON e.id = p.episode WHERE p.id = ?1",
        )?
        .query_row([id], |row| row.get(0))?;
    let mut body = index::without_marks(&snip.note);
    if let Some(transcript) = &snip.transcript {
        body.push_str(transcript);
        body.push('\n');
    }
    body.push_str(&snip.tags.join(" "));
    let title = snip.title.as_deref().filter(|title| !title.trim().is_empty());
    let text = index::Text {
        kind: HitKind::Snips,
        owner: id,
        part: 0,
        title: title.unwrap_or(&episode),
        titled: title.is_some(),
        body: body.trim(),
        context: if title.is_some() { &episode } else { "" },
        marks: None,
    };
    index::put(conn, &text)
}

fn from_row(row: &Row<'_>) -> Result<Snip> {
    Ok(Snip {
        id: SnipId(row.get(0)?),
        episode: EpisodeId(row.get(1)?),
        episode_title: row.get(2)?,
        show_title: row.get(14)?,
        created: row.get(3)?,
        body: NewSnip {
            start_ms: row::uint(row.get(4)?),
            end_ms: row::uint(row.get(5)?),
            title: row.get(6)?,
            note: row.get(7)?,
            transcript: row.get(8)?,
            tags: row::from_json("the tags of a snip", row.get(9)?)?,
            favorite: row.get(10)?,
            url: row.get(11)?,
            tapped_ms: row.get::<_, Option<i64>>(12)?.map(row::uint),
            raw: row.get(13)?,
        },
    })
}
