//! Between rows and the nouns of the model.

use rusqlite::Row;

use super::{Result, StoreError, sounding};
use crate::model::{Enclosure, EpisodeId, EpisodeSummary, Position, Show, ShowHealth, ShowId};

/// The columns of [`summary`], from `episodes e` and `shows s`.
pub(super) const SUMMARY: &str = "e.id, e.show, s.title, e.guid, e.title, e.published, \
    coalesce(e.measured_ms, e.claimed_ms), e.position_ms, e.played, e.number, e.season, \
    e.enclosure_url, e.enclosure_type, e.enclosure_length, e.link, e.downloaded, e.complete, \
    e.starred, e.archived";

/// The columns of [`show`], from `shows`.
pub(super) const SHOW: &str = "id, title, url, link, author, description, image, episodes, \
    unplayed, health, error, subscribed, etag, last_modified, refreshed, not_before, \
    speed, trim, loudness, voice_boost, skip_intro, skip_outro, \
    due, failures, next_page, archived, tags, auto_download, keep, \
    (SELECT max(e.sort_at) FROM episodes e WHERE e.show = shows.id)";

/// What `health` in the table means.
pub(super) const GOOD: i64 = 1;
pub(super) const FAILED: i64 = 2;
pub(super) const GONE: i64 = 3;

/// A length or a time as SQLite keeps it; nothing real comes near the bound.
pub(super) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The same back. The library never holds negative ones.
pub(super) fn uint(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(super) fn summary(row: &Row<'_>) -> rusqlite::Result<EpisodeSummary> {
    let url: Option<String> = row.get(11)?;
    let (mime, length) = (row.get(12)?, row.get::<_, Option<i64>>(13)?.map(uint));
    Ok(EpisodeSummary {
        id: EpisodeId(row.get(0)?),
        show: ShowId(row.get(1)?),
        show_title: row.get(2)?,
        guid: row.get(3)?,
        title: row.get(4)?,
        published: row.get(5)?,
        duration_ms: row.get::<_, Option<i64>>(6)?.map(uint),
        position: Position { ms: uint(row.get(7)?), played: row.get(8)? },
        number: row.get(9)?,
        season: row.get(10)?,
        enclosure: url.map(|url| Enclosure { url, mime, length }),
        link: row.get(14)?,
        downloaded: row.get(15)?,
        complete: row.get(16)?,
        starred: row.get(17)?,
        archived: row.get(18)?,
    })
}

pub(super) fn show(row: &Row<'_>) -> rusqlite::Result<Show> {
    let (error, tags): (Option<String>, Option<String>) = (row.get(10)?, row.get(26)?);
    let health = match row.get(9)? {
        GOOD => ShowHealth::Good,
        FAILED => ShowHealth::Failed(error.unwrap_or_default()),
        GONE => ShowHealth::Gone,
        _ => ShowHealth::Unknown,
    };
    Ok(Show {
        id: ShowId(row.get(0)?),
        title: row.get(1)?,
        url: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        link: row.get(3)?,
        author: row.get(4)?,
        description: row.get(5)?,
        image: row.get(6)?,
        episodes: uint(row.get(7)?),
        unplayed: uint(row.get(8)?),
        health,
        subscribed: row.get(11)?,
        etag: row.get(12)?,
        last_modified: row.get(13)?,
        refreshed: row.get(14)?,
        not_before: row.get(15)?,
        sounding: sounding::own(row, 16)?,
        due: row.get(22)?,
        failures: row.get(23)?,
        next_page: row.get::<_, Option<String>>(24)?.filter(|page| !page.is_empty()),
        archived: row.get(25)?,
        tags: tags.and_then(|tags| serde_json::from_str(&tags).ok()).unwrap_or_default(),
        auto_download: row.get(27)?,
        keep: row.get(28)?,
        newest: row.get(29)?,
    })
}

/// A list as a JSON column keeps it; `None` for an empty one.
pub(super) fn to_json<T: serde::Serialize>(list: &[T]) -> Result<Option<String>> {
    if list.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(list).map(Some).map_err(|error| unreadable("a list", &error))
}

/// A list from its JSON column.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(
    what: &'static str,
    json: Option<String>,
) -> Result<Vec<T>> {
    let Some(json) = json else { return Ok(Vec::new()) };
    serde_json::from_str(&json).map_err(|error| unreadable(what, &error))
}

/// The error for stored data that cannot be read.
pub(super) fn unreadable(what: &'static str, why: &impl ToString) -> StoreError {
    StoreError::Unreadable { what, why: why.to_string() }
}
