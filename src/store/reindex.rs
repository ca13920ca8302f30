//! Mending what can be made again from the rest: the full-text index, the counts of shows.

use rusqlite::{Connection, OptionalExtension, params};

use super::{HitKind, Result, Store, index};
use crate::model::Article;

/// What was mended, so that it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mended {
    /// Shows whose counts were wrong.
    pub counts: usize,
    /// The full-text index was made anew.
    pub index: bool,
}

impl Store {
    /// Mends what is wrong and can be made again without any loss. Reads a good part of the file.
    ///
    /// # Errors
    /// When the library cannot be read or written.
    pub fn mend(&self) -> Result<Mended> {
        let counts = if self.miscounted()? > 0 { self.write(recount)? } else { 0 };
        let sound = self.conn.execute("INSERT INTO words (words) VALUES ('integrity-check')", []);
        let whole = sound.is_ok() && missing_words(&self.conn)? == 0;
        if !whole {
            self.write(rebuild)?;
        }
        Ok(Mended { counts, index: !whole })
    }
}

/// Texts that no word leads to.
fn missing_words(conn: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM texts WHERE id NOT IN (SELECT id FROM words_docsize)";
    Ok(conn.query_row(sql, [], |row| row.get(0))?)
}

/// Counts the episodes of all shows anew; how many counts were wrong.
pub(super) fn recount(conn: &Connection) -> Result<usize> {
    let sql = "UPDATE shows SET episodes = c.all_of_it, unplayed = c.unplayed
        FROM (SELECT s.id AS show, count(e.id) AS all_of_it,
                count(e.id) FILTER (WHERE e.played = 0) AS unplayed
            FROM shows s LEFT JOIN episodes e ON e.show = s.id GROUP BY s.id) c
        WHERE c.show = shows.id
            AND (shows.episodes <> c.all_of_it OR shows.unplayed <> c.unplayed)";
    Ok(conn.execute(sql, [])?)
}

/// Makes the full-text index anew from the texts that it is about.
pub(super) fn rebuild(conn: &Connection) -> Result<()> {
    conn.execute("INSERT INTO words (words) VALUES ('delete-all')", [])?;
    let mut ids = conn.prepare("SELECT id FROM texts ORDER BY id")?;
    let ids: Vec<i64> = ids.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for id in ids {
        let sql = "SELECT kind, owner, part, title, body, marks FROM texts WHERE id = ?1";
        let text = conn.prepare_cached(sql)?.query_row([id], |row| {
            Ok(Kept {
                kind: row.get(0)?,
                owner: row.get(1)?,
                part: row.get(2)?,
                title: row.get(3)?,
                body: row.get(4)?,
                marks: row.get(5)?,
            })
        })?;
        text.put(conn, id)?;
    }
    Ok(())
}

/// A text as it is kept.
struct Kept {
    kind: i64,
    owner: i64,
    part: i64,
    title: String,
    body: String,
    marks: Option<String>,
}

impl Kept {
    fn put(&self, conn: &Connection, id: i64) -> Result<()> {
        let Some(kind) = KINDS.into_iter().find(|kind| kind.code() == self.kind) else {
            return Ok(());
        };
        let (titled, context) = self.surroundings(conn, kind)?;
        index::put_words(
            conn,
            id,
            &index::Text {
                kind,
                owner: self.owner,
                part: self.part,
                title: &self.title,
                titled,
                body: &self.body,
                context: &context,
                marks: self.marks.as_deref(),
            },
        )
    }

    /// Whether the title makes a hit, and the words that help to find it.
    fn surroundings(&self, conn: &Connection, kind: HitKind) -> Result<(bool, String)> {
        let one = |sql: &str| -> Result<Option<String>> {
            let found = conn.prepare_cached(sql)?.query_row(params![self.owner], |row| row.get(0));
            Ok(found.optional()?.flatten())
        };
        let show = "SELECT s.title FROM episodes e JOIN shows s ON s.id = e.show WHERE e.id = ?1";
        Ok(match kind {
            HitKind::Shows => (true, String::new()),
            HitKind::Episodes => (true, one(show)?.unwrap_or_default()),
            HitKind::Notes => (false, one(show)?.unwrap_or_default()),
            HitKind::Transcripts => (false, String::new()),
            HitKind::Articles if self.owner < 0 => {
                let sql = "SELECT concat_ws(' ', site, episode_title, show_title) FROM reading
                    WHERE id = -?1";
                (true, one(sql)?.unwrap_or_default())
            }
            HitKind::Articles => {
                let facts = one("SELECT facts FROM articles WHERE id = ?1")?.unwrap_or_default();
                let facts: Article = serde_json::from_str(&facts).unwrap_or_default();
                let words = [facts.site, facts.byline].map(Option::unwrap_or_default);
                (true, words.join(" "))
            }
            HitKind::Snips => {
                let title = one("SELECT title FROM snips WHERE id = ?1")?;
                let titled = title.is_some_and(|title| !title.trim().is_empty());
                let episode = "SELECT e.title FROM snips p JOIN episodes e ON e.id = p.episode
                    WHERE p.id = ?1";
                (titled, if titled { one(episode)?.unwrap_or_default() } else { String::new() })
            }
        })
    }
}

const KINDS: [HitKind; 6] = [
    HitKind::Shows,
    HitKind::Episodes,
    HitKind::Notes,
    HitKind::Transcripts,
    HitKind::Articles,
    HitKind::Snips,
];
