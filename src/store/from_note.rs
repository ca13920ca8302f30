//! Shows and episodes that only an imported note knows.

use rusqlite::{Connection, OptionalExtension, params};

use super::sameness::Traits;
use super::{Result, fold, row};
use crate::model::{Note, UnixSeconds};

/// The name of the show of a note that names none.
pub(super) const NAMELESS: &str = "Untitled";

/// The show of a note, made if need be; whether it is new.
pub(super) fn show(
    conn: &Connection,
    note: &Note,
    key: Option<&str>,
    now: UnixSeconds,
) -> Result<(i64, bool)> {
    let author = note.author.as_deref();
    let title = note.show.as_deref().or(author).map(str::trim).filter(|title| !title.is_empty());
    let title = title.unwrap_or(NAMELESS);
    let key = key.map_or_else(|| fold::key(title), str::to_owned);
    let known = conn
        .prepare_cached(
            "SELECT id FROM shows WHERE title_key = ?1 ORDER BY subscribed DESC, id LIMIT 1",
        )?
        .query_row([&key], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok((id, false));
    }
    conn.execute(
        "INSERT INTO shows (title, title_key, author, image, subscribed, added)
         VALUES (?1, ?2, ?3, ?4, 0, ?5)",
        params![title, key, note.author, note.image, now],
    )?;
    let id = conn.last_insert_rowid();
    super::shows::put_text(conn, crate::model::ShowId(id))?;
    Ok((id, true))
}

pub(super) fn episode(
    conn: &Connection,
    show: i64,
    note: &Note,
    traits: &Traits,
    now: UnixSeconds,
) -> Result<i64> {
    let title = shown_title(note);
    conn.execute(
        "INSERT INTO episodes (show, guid, title, title_key, published, sort_at, claimed_ms,
            title_number, link, link_key, enclosure_url, enclosure_key, from_note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)",
        params![
            show,
            traits.guid,
            title,
            traits.title,
            note.published,
            note.published.or(note.exported).unwrap_or(now).min(now),
            note.duration_ms.map(row::int),
            fold::title_number(title),
            note.link,
            traits.page,
            note.enclosure,
            traits.enclosure,
        ],
    )?;
    let id = conn.last_insert_rowid();
    conn.execute(
        "INSERT INTO details (episode, notes_base, notes_markdown, image) VALUES (?1, ?2, 1, ?3)",
        params![id, note.link, note.image],
    )?;
    Ok(id)
}

/// The title that an episode is listed under: a note may name none.
fn shown_title(note: &Note) -> &str {
    let file = note.enclosure.as_deref().and_then(|url| {
        let path = url.split(['?', '#']).next().unwrap_or(url);
        path.rsplit('/').find(|part| !part.is_empty())
    });
    let named = [Some(note.title.as_str()), file, note.snipd_url.as_deref()];
    let title = named.into_iter().flatten().map(str::trim).find(|title| !title.is_empty());
    title.unwrap_or(NAMELESS)
}
