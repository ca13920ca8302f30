//! The reading list: pages kept for later, in a window on their ids.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{HitKind, Result, Store, index, reading_progress, row};
use crate::model::{EpisodeId, KeptPage, KeptState, PageToKeep, ReadingId, UnixSeconds};
use crate::text::Filter;

/// What `state` in the table means.
pub(super) const HERE: i64 = 1;
pub(super) const FAILED: i64 = 2;

const COLUMNS: &str = "id, key, url, title, site, episode, episode_title, show_title, named_by, \
    added, read, percent, minutes, state, error";

/// What became of a page that was put on the list or taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toggled {
    /// It is on the list now; whether its text is here already.
    Kept(ReadingId, bool),
    /// It was on the list; as it stood there.
    Forgotten(Box<KeptPage>),
}

impl Store {
    /// Puts a page on the reading list, or takes it off if it is there.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn toggle_reading(&self, page: &PageToKeep, now: UnixSeconds) -> Result<Toggled> {
        self.keep(|conn| {
            let known = conn
                .prepare_cached("SELECT id FROM reading WHERE key = ?1")?
                .query_row([&page.key], |row| row.get(0))
                .optional()?;
            match known {
                Some(id) => {
                    let kept = forget(conn, ReadingId(id))?;
                    Ok(Toggled::Forgotten(Box::new(kept.unwrap_or_default())))
                }
                None => {
                    add(conn, &KeptPage { page: page.clone(), added: now, ..KeptPage::default() })
                        .map(|(id, here)| Toggled::Kept(id, here))
                }
            }
        })
    }

    /// Puts a page back on the list as it stood there; nothing happens if it is on it.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn restore_reading(&self, kept: &KeptPage) -> Result<()> {
        self.keep(|conn| {
            let sql = "SELECT 1 FROM reading WHERE key = ?1";
            let known = conn.prepare_cached(sql)?.exists([&kept.page.key])?;
            if known { Ok(()) } else { add(conn, kept).map(|_| ()) }
        })
    }

    /// Takes a page off the list; as it stood there. The article itself stays in the library.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn forget_reading(&self, id: ReadingId) -> Result<Option<KeptPage>> {
        self.keep(|conn| forget(conn, id))
    }

    /// The ids of the list, newest first; only those that these words mean in title, site, address,
    /// episode or show.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn reading_ids(&self, text: &str) -> Result<Vec<ReadingId>> {
        let filter = Filter::new(text);
        let words = if filter.is_empty() {
            "'', ''"
        } else {
            "title, concat_ws(' ', site, url, episode_title, show_title)"
        };
        let sql = format!("SELECT id, {words} FROM reading ORDER BY added DESC, id DESC");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| {
            Ok((ReadingId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        let rows: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        let meant = filter.meant_with(rows.iter().map(|(_, title, words)| (title, words)));
        Ok(meant.into_iter().filter_map(|place| rows.get(place)).map(|(id, _, _)| *id).collect())
    }

    /// What the list shows of these pages; ids that are not on it are passed over.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn kept_pages(&self, ids: &[ReadingId]) -> Result<Vec<KeptPage>> {
        let found = ids.iter().map(|id| one(&self.conn, *id));
        found.filter_map(Result::transpose).collect()
    }

    /// How many pages of the list were not read, and how many there are.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn reading_counts(&self) -> Result<(usize, usize)> {
        let sql = "SELECT (SELECT count(*) FROM reading WHERE read IS NULL),
            (SELECT count(*) FROM reading)";
        let counts = self.conn.prepare_cached(sql)?.query_row([], |row| {
            Ok((row.get::<_, u32>(0)? as usize, row.get::<_, u32>(1)? as usize))
        })?;
        Ok(counts)
    }
}

/// Puts a page back as it stood on the list; one that is on it is marked as it was.
pub(super) fn put_back(conn: &Connection, kept: &KeptPage) -> Result<()> {
    let known = conn
        .prepare_cached("UPDATE reading SET read = ?2, percent = ?3 WHERE key = ?1")?
        .execute(params![kept.page.key, kept.read, kept.percent])?;
    if known > 0 { Ok(()) } else { add(conn, kept).map(|_| ()) }
}

pub(super) fn one(conn: &Connection, id: ReadingId) -> Result<Option<KeptPage>> {
    let sql = format!("SELECT {COLUMNS} FROM reading WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id.0], kept).optional()?)
}

fn forget(conn: &Connection, id: ReadingId) -> Result<Option<KeptPage>> {
    let Some(kept) = one(conn, id)? else { return Ok(None) };
    conn.prepare_cached("DELETE FROM reading WHERE id = ?1")?.execute([id.0])?;
    Ok(Some(kept))
}

fn add(conn: &Connection, kept: &KeptPage) -> Result<(ReadingId, bool)> {
    let page = &kept.page;
    let titles: Option<(String, String)> = match page.episode {
        Some(EpisodeId(episode)) => conn
            .prepare_cached(
                "SELECT e.title, s.title FROM episodes e JOIN shows s ON s.id = e.show
                 WHERE e.id = ?1",
            )?
            .query_row([episode], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?,
        None => None,
    };
    // The episode may be gone meanwhile; its titles may be kept.
    let episode = page.episode.filter(|_| titles.is_some()).map(|id| id.0);
    let (episode_title, show_title) = match titles {
        Some((episode, show)) => (Some(episode), Some(show)),
        None => (kept.episode_title.clone(), kept.show_title.clone()),
    };
    let site = if kept.site.is_empty() { host(&page.url) } else { kept.site.clone() };
    let id: i64 = conn
        .prepare_cached(
            "INSERT INTO reading (key, url, title, site, episode, episode_title, show_title,
                named_by, added, read, percent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id",
        )?
        .query_row(
            params![
                page.key,
                page.url,
                page.title,
                site,
                episode,
                episode_title,
                show_title,
                page.named_by,
                kept.added,
                kept.read,
                kept.percent,
            ],
            |row| row.get(0),
        )?;
    let here = reading_progress::found_here(conn, &page.key)?;
    if !here {
        let context = [site, episode_title.unwrap_or_default(), show_title.unwrap_or_default()];
        index::put(
            conn,
            &index::Text {
                kind: HitKind::Articles,
                owner: -id,
                part: 0,
                title: if page.title.is_empty() { &page.url } else { &page.title },
                titled: true,
                body: &page.url,
                context: &context.join(" "),
                marks: None,
            },
        )?;
    }
    Ok((ReadingId(id), here))
}

/// The host of an address, as people say it.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptPage> {
    let error: Option<String> = row.get(14)?;
    let state = match row.get(13)? {
        HERE => KeptState::Here,
        FAILED => KeptState::Failed(error.unwrap_or_default()),
        _ => KeptState::Waiting,
    };
    Ok(KeptPage {
        id: ReadingId(row.get(0)?),
        page: PageToKeep {
            key: row.get(1)?,
            url: row.get(2)?,
            title: row.get(3)?,
            episode: row.get::<_, Option<i64>>(5)?.map(EpisodeId),
            named_by: row.get(8)?,
        },
        site: row.get(4)?,
        episode_title: row.get(6)?,
        show_title: row.get(7)?,
        added: row.get(9)?,
        read: row.get(10)?,
        percent: u8::try_from(row::uint(row.get(11)?)).unwrap_or(100).min(100),
        minutes: row.get(12)?,
        state,
    })
}
