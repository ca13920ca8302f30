//! What the user means by a word on the command line: a show, an episode.

use super::{Result, Store, fold, row};
use crate::model::{EpisodeSummary, Show, ShowId};

/// Most candidates that an ambiguous name brings up.
const MOST: usize = 100;

impl Store {
    /// The shows that `text` may mean: an id, a feed's address, an exact title, else part of a title
    /// (width, case and accents make no difference). The first way that finds any decides. More than
    /// one means that the name is ambiguous; subscribed ones come first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn find_shows(&self, text: &str) -> Result<Vec<Show>> {
        let text = text.trim();
        if let Some(show) = id_of(text).map(|id| self.show(ShowId(id))).transpose()?.flatten() {
            return Ok(vec![show]);
        }
        if let Some(show) = self.show_by_url(text)? {
            return Ok(vec![show]);
        }
        let key = fold::key(text);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        for condition in ["title_key = ?1", "instr(title_key, ?1) > 0"] {
            let sql = format!(
                "SELECT {} FROM shows WHERE {condition} ORDER BY subscribed DESC, id LIMIT {MOST}",
                row::SHOW
            );
            let mut statement = self.conn.prepare_cached(&sql)?;
            let shows: Vec<Show> =
                statement.query_map([&key], row::show)?.collect::<rusqlite::Result<_>>()?;
            if !shows.is_empty() {
                return Ok(shows);
            }
        }
        Ok(Vec::new())
    }

    /// The episode, or the article of a feed, whose page is at `address`; the newest of several.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn episode_by_page(&self, address: &str) -> Result<Option<EpisodeSummary>> {
        let Some(key) = fold::page_key(address) else { return Ok(None) };
        Ok(self.matching("e.link_key = ?1", [key.as_str()])?.into_iter().next())
    }

    /// The episodes that `text` may mean: an id; a guid; `SHOW#N` by `itunes:episode` or the number
    /// that the title begins with; an exact title; else part of a title. The first way that finds any
    /// decides. More than one means that the name is ambiguous; newest first, at most 100.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn find_episodes(&self, text: &str) -> Result<Vec<EpisodeSummary>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(id) = id_of(text) {
            let found = self.matching("e.id = ?1", [id])?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let found = self.matching("e.guid = ?1", [text])?;
        if !found.is_empty() {
            return Ok(found);
        }
        let found = self.numbered(text)?;
        if !found.is_empty() {
            return Ok(found);
        }
        let key = fold::key(text);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.matching("e.title_key = ?1", [&key])?;
        if !found.is_empty() {
            return Ok(found);
        }
        self.matching("instr(e.title_key, ?1) > 0", [&key])
    }

    /// `SHOW#N`. A number that the feed gives counts before one in a title.
    fn numbered(&self, text: &str) -> Result<Vec<EpisodeSummary>> {
        let Some((show, number)) = text.rsplit_once(['#', '＃']) else { return Ok(Vec::new()) };
        let Ok(number) = number.trim().parse::<u32>() else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for show in self.find_shows(show)? {
            let values = [show.id.0, i64::from(number)];
            let by_feed = self.matching("e.show = ?1 AND e.number = ?2", values)?;
            found.extend(if by_feed.is_empty() {
                self.matching("e.show = ?1 AND e.title_number = ?2", values)?
            } else {
                by_feed
            });
        }
        found.truncate(MOST);
        Ok(found)
    }

    /// `condition` is one of the fixed ones above.
    fn matching(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<EpisodeSummary>> {
        let sql = format!(
            "SELECT {} FROM episodes e JOIN shows s ON s.id = e.show WHERE {condition}
             ORDER BY e.sort_at DESC, e.id DESC LIMIT {MOST}",
            row::SUMMARY
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(values, row::summary)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn id_of(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
