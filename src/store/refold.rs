//! Texts that were put into the search index before simplified and traditional characters were one are
//! put there again: little by little, and going on where it stopped.

use rusqlite::{Connection, OptionalExtension, params};

use super::{HitKind, Result, Store, index};
use crate::model::EpisodeId;
use crate::text::one_script;

/// How far it has come: the id of the last text, or [`DONE`].
const KEY: &str = "search_folded";

/// All texts are folded.
const DONE: &str = "all";

/// Texts that are looked at in one go: some milliseconds.
const AT_ONCE: usize = 200;

/// Texts that are put into the index anew in one go.
const ANEW: usize = 20;

impl Store {
    /// Folds some of the texts of an older library anew; whether there are more. For a library that
    /// was made since, or is done, it costs nothing.
    ///
    /// # Errors
    /// When the library cannot be read or written.
    pub fn refold_some(&self) -> Result<bool> {
        let kept = self.meta(KEY)?;
        if kept.as_deref() == Some(DONE) {
            return Ok(false);
        }
        let from: i64 = kept.and_then(|kept| kept.parse().ok()).unwrap_or(0);
        let mut statement = self.conn.prepare_cached(
            "SELECT id, kind, owner, title, body, marks FROM texts WHERE id > ?1 ORDER BY id LIMIT ?2",
        )?;
        let mut rows = statement.query(params![from, AT_ONCE as i64])?;
        let mut old = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            last = Some(row.get::<_, i64>(0)?);
            let body = row.get_ref(4)?.as_str().unwrap_or_default();
            if has_other_scripts(row.get_ref(3)?.as_str().unwrap_or_default())
                || has_other_scripts(body)
            {
                old.push(Old {
                    id: row.get(0)?,
                    kind: row.get(1)?,
                    owner: row.get(2)?,
                    title: row.get(3)?,
                    body: body.to_owned(),
                });
            }
            if old.len() >= ANEW {
                break;
            }
        }
        drop(rows);
        let came = last.map_or_else(|| DONE.to_owned(), |id| id.to_string());
        self.write(|conn| {
            for old in &old {
                old.put(self, conn)?;
            }
            conn.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
                .execute(params![KEY, came])?;
            Ok(())
        })?;
        Ok(last.is_some())
    }
}

/// Whether a text has characters that are folded into others.
fn has_other_scripts(text: &str) -> bool {
    text.chars().any(|c| !c.is_ascii() && one_script(c) != c)
}

/// A text whose words in the index are not those that are looked for now.
pub(super) struct Old {
    pub(super) id: i64,
    pub(super) kind: i64,
    pub(super) owner: i64,
    pub(super) title: String,
    pub(super) body: String,
}

impl Old {
    /// Puts its words into the index, in the place of those that it had there.
    pub(super) fn put(&self, store: &Store, conn: &Connection) -> Result<()> {
        let kind = HitKind::ALL.into_iter().find(|kind| kind.code() == self.kind);
        let Some(kind) = kind else { return Ok(()) };
        let text = index::Text {
            kind,
            owner: self.owner,
            part: 0,
            title: &self.title,
            titled: self.is_titled(conn, kind)?,
            body: &self.body,
            context: &self.context(store, conn, kind)?,
            marks: None,
        };
        conn.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([self.id])?;
        index::put_words(conn, self.id, &text)
    }

    fn is_titled(&self, conn: &Connection, kind: HitKind) -> Result<bool> {
        Ok(match kind {
            HitKind::Notes | HitKind::Transcripts => false,
            HitKind::Shows | HitKind::Episodes | HitKind::Articles => true,
            HitKind::Snips => {
                let sql = "SELECT title FROM snips WHERE id = ?1";
                let title: Option<Option<String>> = conn
                    .prepare_cached(sql)?
                    .query_row([self.owner], |row| row.get(0))
                    .optional()?;
                title.flatten().is_some_and(|title| !title.trim().is_empty())
            }
        })
    }

    /// The words that only help to find it.
    fn context(&self, store: &Store, conn: &Connection, kind: HitKind) -> Result<String> {
        let sql = match kind {
            HitKind::Shows => return Ok(String::new()),
            HitKind::Episodes | HitKind::Notes => {
                "SELECT s.title FROM episodes e JOIN shows s ON s.id = e.show WHERE e.id = ?1"
            }
            HitKind::Snips => {
                "SELECT e.title FROM snips p JOIN episodes e ON e.id = p.episode WHERE p.id = ?1"
            }
            HitKind::Transcripts => {
                let cues = store.transcript(EpisodeId(self.owner))?.unwrap_or_default();
                let mut speakers: Vec<String> =
                    cues.cues.into_iter().filter_map(|cue| cue.speaker).collect();
                speakers.sort_unstable();
                speakers.dedup();
                return Ok(speakers.join(" "));
            }
            HitKind::Articles => return super::articles::context_in_index(conn, self.owner),
        };
        let context = conn.prepare_cached(sql)?.query_row([self.owner], |row| row.get(0));
        Ok(context.optional()?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A library whose index holds the words of its notes as older versions put them there.
    fn older(notes: &[&str]) -> Store {
        let store = Store::in_memory().unwrap();
        store.add_show("https://a.example/feed", Some("海邊"), 0).unwrap();
        for (n, notes) in notes.iter().enumerate() {
            let sql = "INSERT INTO episodes (show, guid, title, title_key, sort_at)
                VALUES (1, ?1, '題目', '題目', ?1)";
            store.conn.execute(sql, [n as i64]).unwrap();
            let text = index::Text {
                kind: HitKind::Notes,
                owner: store.conn.last_insert_rowid(),
                part: 0,
                title: "題目",
                titled: false,
                body: notes,
                context: "海邊",
                marks: None,
            };
            index::insert(&store.conn, &text).unwrap();
        }
        store
            .conn
            .execute_batch(
                "DELETE FROM words WHERE rowid IN (SELECT id FROM texts WHERE body LIKE '%開源%');
                 INSERT INTO words (rowid, title, body, parts, chars, context)
                 SELECT id, '', '開源 源', '', '開 源', '' FROM texts WHERE body LIKE '%開源%';",
            )
            .unwrap();
        store
    }

    fn found(store: &Store, query: &str) -> usize {
        store.search(query, &[HitKind::Notes], 1_000).unwrap().len()
    }

    #[test]
    fn what_was_put_there_before_is_found_in_any_script_afterwards() {
        let store = older(&["開源", "开源", "別的"]);
        assert_eq!(found(&store, "开源"), 1, "the older index knows one script alone");
        while store.refold_some().unwrap() {}
        assert_eq!((found(&store, "开源"), found(&store, "開源")), (2, 2));
        assert_eq!(found(&store, "开源 海边"), 2, "what it belongs to still helps to find it");
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        assert!(!store.refold_some().unwrap());
    }

    #[test]
    fn it_goes_on_where_it_stopped_and_is_done_once() {
        let store = older(&["開源"; 50]);
        assert!(store.refold_some().unwrap());
        let after_one = found(&store, "开源");
        assert!((1..50).contains(&after_one), "{after_one}");
        let from = store.meta(KEY).unwrap();
        assert!(store.refold_some().unwrap());
        assert_ne!(store.meta(KEY).unwrap(), from);
        while store.refold_some().unwrap() {}
        assert_eq!(found(&store, "开源"), 50);
        assert_eq!(store.meta(KEY).unwrap().as_deref(), Some(DONE));
    }
}
