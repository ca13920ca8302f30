//! Making one of two: shows whose feeds turned out to be one, episodes that were known twice.
//! Nothing that the user made is lost.

use rusqlite::{Connection, OptionalExtension, params};

use super::sameness::Traits;
use super::{Result, index, sounding};
use crate::model::ShowId;

/// Id, guid, file, title and date of an episode that moves.
type Moving = (i64, String, Option<String>, String, Option<i64>);

/// Moves all episodes of `from` to `into` and deletes `from`. Episodes that both have become one.
pub(super) fn shows(conn: &Connection, from: ShowId, into: ShowId) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "SELECT id, guid, enclosure_key, title_key, published FROM episodes WHERE show = ?1",
    )?;
    let moving: Vec<Moving> = statement
        .query_map([from.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (id, guid, enclosure, title, published) in moving {
        let same: Option<i64> = conn
            .prepare_cached(
                "SELECT id FROM episodes WHERE show = ?1 AND (guid = ?2 OR enclosure_key = ?3
                    OR (title_key = ?4 AND published > ?5 - 43200 AND published < ?5 + 43200))
                 ORDER BY guid = ?2 DESC, enclosure_key IS ?3 DESC LIMIT 1",
            )?
            .query_row(params![into.0, guid, enclosure, title, published], |row| row.get(0))
            .optional()?;
        match same {
            Some(same) => episodes(conn, id, same)?,
            None => {
                conn.prepare_cached("UPDATE episodes SET show = ?2 WHERE id = ?1")?
                    .execute([id, into.0])?;
            }
        }
    }
    sounding::merge(conn, from, into)?;
    conn.prepare_cached(
        "UPDATE shows AS s SET tags = coalesce(s.tags, f.tags)
         FROM (SELECT tags FROM shows WHERE id = ?1) AS f WHERE s.id = ?2",
    )?
    .execute([from.0, into.0])?;
    conn.execute("DELETE FROM shows WHERE id = ?1", [from.0])?;
    Ok(())
}

/// Gives `into` all that is kept of `from`, where it has nothing of its own, and deletes `from`.
fn episodes(conn: &Connection, from: i64, into: i64) -> Result<()> {
    conn.prepare_cached(
        "UPDATE episodes AS e SET
            played = max(e.played, f.played),
            starred = max(e.starred, f.starred),
            archived = min(e.archived, f.archived),
            position_ms = iif(coalesce(f.heard_at, -1) > coalesce(e.heard_at, -1)
                OR e.position_ms = 0, f.position_ms, e.position_ms),
            heard_at = nullif(max(coalesce(e.heard_at, -1), coalesce(f.heard_at, -1)), -1),
            measured_ms = coalesce(e.measured_ms, f.measured_ms)
         FROM (SELECT * FROM episodes WHERE id = ?1) AS f WHERE e.id = ?2",
    )?
    .execute([from, into])?;
    // What `into` has already stays; the rest of `from` goes with it.
    for table in [
        "queue",
        "downloads",
        "imported",
        "transcripts",
        "chapters",
        "article_sources",
        "skipped_chapters",
    ] {
        let sql = format!("UPDATE OR IGNORE {table} SET episode = ?2 WHERE episode = ?1");
        conn.prepare_cached(&sql)?.execute([from, into])?;
    }
    // The same snip may have come with two notes.
    conn.prepare_cached(
        "DELETE FROM snips AS a WHERE episode = ?1 AND EXISTS (SELECT 1 FROM snips b
            WHERE b.episode = ?2 AND b.start_ms = a.start_ms AND b.end_ms = a.end_ms
            AND b.url IS a.url AND b.title IS a.title AND b.note = a.note)",
    )?
    .execute([from, into])?;
    conn.prepare_cached("UPDATE snips SET episode = ?2 WHERE episode = ?1")?
        .execute([from, into])?;
    conn.prepare_cached(
        "UPDATE OR IGNORE texts SET owner = ?2 WHERE owner = ?1 AND kind IN (3, 4)",
    )?
    .execute([from, into])?;
    let bare: bool = conn
        .prepare_cached(
            "SELECT NOT EXISTS (SELECT 1 FROM details WHERE episode = ?1 AND trim(notes) <> '')",
        )?
        .query_row([into], |row| row.get(0))?;
    if bare {
        conn.prepare_cached(
            "UPDATE OR REPLACE details SET episode = ?2 WHERE episode = ?1 AND trim(notes) <> ''",
        )?
        .execute([from, into])?;
    }
    conn.prepare_cached("DELETE FROM episodes WHERE id = ?1")?.execute([from])?;
    Ok(())
}

/// Takes over the episodes of a show with the same title that was only known from imported notes.
pub(super) fn adopt_noted(conn: &Connection, id: ShowId) -> Result<()> {
    let noted: Option<i64> = conn
        .prepare_cached(
            "SELECT n.id FROM shows n JOIN shows s ON s.title_key = n.title_key
             WHERE s.id = ?1 AND n.id <> s.id AND n.url IS NULL AND n.title_key <> ''",
        )?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    match noted {
        Some(noted) => shows(conn, ShowId(noted), id),
        None => Ok(()),
    }
}

/// Takes over an episode with this audio file that was only known from an imported note, under
/// whatever show the note named: titles of shows change.
pub(super) fn adopt_episode(conn: &Connection, show: ShowId, item: &Traits) -> Result<Option<i64>> {
    let Some(enclosure) = &item.enclosure else { return Ok(None) };
    let noted: Option<(i64, i64)> = conn
        .prepare_cached(
            "SELECT e.id, e.show FROM episodes e JOIN shows s ON s.id = e.show
             WHERE e.enclosure_key = ?1 AND e.from_note = 1 AND s.url IS NULL LIMIT 1",
        )?
        .query_row([enclosure], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, from)) = noted else { return Ok(None) };
    let moved = conn
        .prepare_cached("UPDATE OR IGNORE episodes SET show = ?2 WHERE id = ?1")?
        .execute([id, show.0])?;
    conn.prepare_cached("DELETE FROM shows WHERE id = ?1 AND episodes = 0")?.execute([from])?;
    Ok((moved > 0).then_some(id))
}

/// Makes the index follow when an episode's notes came from a note.
pub(super) fn put_noted_text(
    conn: &Connection,
    id: i64,
    title: &str,
    show: &str,
    notes: Option<&str>,
) -> Result<()> {
    let mut text = index::Text {
        kind: super::HitKind::Episodes,
        owner: id,
        part: 0,
        title,
        titled: true,
        body: "",
        context: show,
        marks: None,
    };
    index::put(conn, &text)?;
    let Some(notes) = notes else { return Ok(()) };
    let plain = index::without_marks(notes);
    text.kind = super::HitKind::Notes;
    text.titled = false;
    text.body = plain.trim();
    index::put(conn, &text)
}
