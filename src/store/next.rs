//! What follows an episode in its show.

use rusqlite::{OptionalExtension, params};

use super::{Result, Store, row};
use crate::model::{EpisodeId, EpisodeSummary};

impl Store {
    /// The notes of the episodes around this one in its show, as the feed has them: at most `many`
    /// newer and as many older ones.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn notes_around(&self, id: EpisodeId, many: u32) -> Result<Vec<String>> {
        let mut all = Vec::new();
        for (side, order) in [(">", "ASC"), ("<", "DESC")] {
            let sql = format!(
                "SELECT d.notes FROM episodes e JOIN details d ON d.episode = e.id
                 JOIN episodes o ON o.show = e.show
                 WHERE o.id = ?1 AND (e.sort_at, e.id) {side} (o.sort_at, o.id)
                 ORDER BY e.sort_at {order}, e.id {order} LIMIT ?2"
            );
            let mut statement = self.conn.prepare_cached(&sql)?;
            let notes = statement.query_map(params![id.0, many], |row| row.get::<_, String>(0))?;
            all.extend(notes.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(all)
    }

    /// The next newer episode of the same show that has a recording and was not heard, else the next
    /// older one; `None` where there is none, or no such episode.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn next_of_show(&self, after: EpisodeId) -> Result<Option<EpisodeSummary>> {
        for (side, order) in [(">", "ASC"), ("<", "DESC")] {
            let sql = format!(
                "SELECT {} FROM episodes e JOIN shows s ON s.id = e.show
                 JOIN episodes o ON o.show = e.show
                 WHERE o.id = ?1 AND e.played = 0 AND e.enclosure_url IS NOT NULL
                 AND (e.sort_at, e.id) {side} (o.sort_at, o.id)
                 ORDER BY e.sort_at {order}, e.id {order} LIMIT 1",
                row::SUMMARY
            );
            let mut statement = self.conn.prepare_cached(&sql)?;
            let found = statement.query_row([after.0], row::summary).optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_show_goes_on_with_newer_episodes_and_then_with_older_ones() {
        let store = Store::in_memory().unwrap();
        store.add_show("https://a.example/feed", None, 0).unwrap();
        store.add_show("https://b.example/feed", None, 0).unwrap();
        let fill = "INSERT INTO episodes
                (id, show, guid, title, title_key, sort_at, played, enclosure_url)
            VALUES (1, 1, 'a', 'a', 'a', 10, 0, 'u'), (2, 1, 'b', 'b', 'b', 20, 1, 'u'),
                (3, 1, 'c', 'c', 'c', 30, 0, NULL), (4, 1, 'd', 'd', 'd', 40, 0, 'u'),
                (5, 1, 'e', 'e', 'e', 40, 0, 'u'), (6, 2, 'f', 'f', 'f', 35, 0, 'u')";
        store.conn.execute_batch(fill).unwrap();
        let next = |id| store.next_of_show(EpisodeId(id)).unwrap().map(|found| found.id.0);
        assert_eq!((next(2), next(4)), (Some(4), Some(5)));
        assert_eq!(next(5), Some(4), "nothing is newer");
        assert_eq!((next(1), next(6), next(99)), (Some(4), None, None));
    }
}
