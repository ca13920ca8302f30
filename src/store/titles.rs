//! The titles of all episodes in memory, folded, for filtering as one types: SQLite would read every
//! row for every letter.

use std::cell::RefCell;
use std::collections::HashSet;

use rusqlite::Connection;

use super::{EpisodeFilter, Result, Store};
use crate::model::{EpisodeId, Term, What};
use crate::text::{Filter, folded};

/// Up to so many titles are looked for by their ids; of more, the whole list is gone through.
const FEW: usize = 4_000;

/// Changes that are put right one by one; after more all titles are read again.
const FEW_CHANGES: usize = 2_000;

/// What is kept from one filter to the next.
#[derive(Debug, Default)]
pub(super) struct Kept(RefCell<Option<Titles>>);

/// All titles, one after the other.
#[derive(Debug, Default)]
struct Titles {
    ids: Vec<i64>,
    /// The folded titles without anything between them.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Episodes whose entries no longer hold.
    stale: HashSet<usize>,
    /// SQLite's number that changes when another connection writes.
    version: i64,
    /// What was asked last and which entries it meant: with a letter more, no others can be.
    last: Option<(String, Vec<usize>)>,
}

/// What of a filter titles decide.
struct Typed<'a> {
    /// What was typed, a text for each condition.
    texts: Vec<&'a str>,
    /// The titles of shows count as well.
    of_shows: bool,
}

impl<'a> Typed<'a> {
    fn of(filter: &'a EpisodeFilter) -> Self {
        let terms = filter.wanted.terms.iter().filter_map(text_of);
        let texts = filter.text.as_deref().into_iter().chain(terms);
        let texts = texts.filter(|text| !folded(text).is_empty()).collect();
        Self { texts, of_shows: filter.text.is_none() && filter.show.is_none() }
    }
}

/// What a condition asks for in titles. What must not be there is left to SQL.
fn text_of(term: &Term) -> Option<&str> {
    match &term.what {
        What::Text(text) if !term.not => Some(text),
        _ => None,
    }
}

/// A filter without what titles decide.
fn without_texts(filter: &EpisodeFilter) -> EpisodeFilter {
    let mut rest = EpisodeFilter { text: None, ..filter.clone() };
    rest.wanted.terms.retain(|term| text_of(term).is_none());
    rest
}

impl Store {
    /// A filter with its texts turned into the episodes whose titles they mean; `None` if those are
    /// so many that [`Store::by_title_among_all`] is the shorter way.
    pub(super) fn by_title(&self, filter: &EpisodeFilter) -> Result<Option<EpisodeFilter>> {
        let typed = Typed::of(filter);
        let rest = without_texts(filter);
        if typed.texts.is_empty() {
            return Ok(Some(rest));
        }
        let mut meant = self.titled(&typed)?;
        if let Some(among) = &filter.among {
            let among: HashSet<EpisodeId> = among.iter().copied().collect();
            meant.retain(|id| among.contains(id));
        }
        let few = meant.len() <= FEW;
        Ok(few.then_some(EpisodeFilter { among: Some(meant), ..rest }))
    }

    /// The page of a filter whose texts mean many titles.
    pub(super) fn by_title_among_all(&self, filter: &EpisodeFilter) -> Result<Vec<EpisodeId>> {
        let meant: HashSet<EpisodeId> = self.titled(&Typed::of(filter))?.into_iter().collect();
        let all = EpisodeFilter { limit: None, offset: 0, ..without_texts(filter) };
        let limit = filter.limit.map_or(usize::MAX, |limit| limit as usize);
        let listed = self.episode_ids(&all)?.into_iter().filter(|id| meant.contains(id));
        Ok(listed.skip(filter.offset as usize).take(limit).collect())
    }

    /// The episodes whose titles are meant by what was typed, in no order.
    fn titled(&self, typed: &Typed<'_>) -> Result<Vec<EpisodeId>> {
        let mut kept = self.titles.0.borrow_mut();
        let version = version(&self.conn)?;
        let changed = match kept.as_ref() {
            Some(titles) if titles.version == version => changes(&self.conn)?,
            _ => None,
        };
        match (kept.as_mut(), changed) {
            (Some(titles), Some(changed)) => titles.renew(&self.conn, &changed)?,
            _ => *kept = Some(Titles::read(&self.conn, version)?),
        }
        let Some(titles) = kept.as_mut() else { return Ok(Vec::new()) };
        if !typed.of_shows {
            let meant = titles.meant(&typed.texts.join(" "));
            return Ok(titles.ids(&meant));
        }
        let mut all: Option<HashSet<EpisodeId>> = None;
        for text in &typed.texts {
            let mut meant: HashSet<EpisodeId> = Titles::of_shows(&self.conn, text)?.collect();
            // Scattered letters count only where nothing else does.
            let titled = titles.titled(text);
            meant.extend(titles.ids(&titled));
            if meant.is_empty() {
                meant.extend(titles.ids(&titles.scattered(text)));
            }
            all = Some(all.map_or_else(|| meant.clone(), |all| &all & &meant));
        }
        Ok(all.into_iter().flatten().collect())
    }
}

fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// The episodes that this connection has changed since the last time; `None` if too many to say.
fn changes(conn: &Connection) -> Result<Option<Vec<i64>>> {
    let mut statement =
        conn.prepare_cached("SELECT DISTINCT id FROM temp.titles_changed LIMIT ?1")?;
    let ids = statement.query_map([FEW_CHANGES as i64 + 1], |row| row.get(0))?;
    let ids: Vec<i64> = ids.collect::<rusqlite::Result<_>>()?;
    Ok((ids.len() <= FEW_CHANGES).then_some(ids))
}

impl Titles {
    fn read(conn: &Connection, version: i64) -> Result<Self> {
        // Kept by the connection itself, so that nobody who changes a title has to think of it.
        conn.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS titles_changed (id INTEGER NOT NULL);
             DELETE FROM temp.titles_changed;
             CREATE TEMP TRIGGER IF NOT EXISTS title_new AFTER INSERT ON main.episodes BEGIN
                INSERT INTO titles_changed VALUES (new.id);
             END;
             CREATE TEMP TRIGGER IF NOT EXISTS title_other AFTER UPDATE OF title ON main.episodes
             WHEN old.title <> new.title BEGIN
                INSERT INTO titles_changed VALUES (new.id);
             END;
             CREATE TEMP TRIGGER IF NOT EXISTS title_gone AFTER DELETE ON main.episodes BEGIN
                INSERT INTO titles_changed VALUES (old.id);
             END;",
        )?;
        let mut titles = Self { version, ..Self::default() };
        let mut statement = conn.prepare_cached("SELECT id, title FROM episodes")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            titles.put(row.get(0)?, row.get_ref(1)?.as_str().unwrap_or_default());
        }
        titles.text.shrink_to_fit();
        Ok(titles)
    }

    fn put(&mut self, id: i64, title: &str) {
        self.text.push_str(&folded(title));
        self.ids.push(id);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Reads the titles of these episodes again.
    fn renew(&mut self, conn: &Connection, changed: &[i64]) -> Result<()> {
        if changed.is_empty() {
            return Ok(());
        }
        let new: HashSet<i64> = changed.iter().copied().collect();
        let places = self.ids.iter().enumerate().filter(|(_, id)| new.contains(id));
        let places: Vec<usize> = places.map(|(place, _)| place).collect();
        self.stale.extend(places);
        self.last = None;
        let mut statement = conn.prepare_cached("SELECT title FROM episodes WHERE id = ?1")?;
        for id in changed {
            let mut rows = statement.query([id])?;
            if let Some(row) = rows.next()? {
                self.put(*id, row.get_ref(0)?.as_str().unwrap_or_default());
            }
        }
        conn.execute_batch("DELETE FROM temp.titles_changed")?;
        Ok(())
    }

    fn title(&self, place: usize) -> &str {
        let end = self.ends.get(place).copied().unwrap_or(0) as usize;
        let before = place.checked_sub(1).and_then(|before| self.ends.get(before));
        self.text.get(before.copied().unwrap_or(0) as usize..end).unwrap_or_default()
    }

    /// The titles that a text means, with scattered letters where nothing else is found.
    fn meant(&mut self, typed: &str) -> Vec<usize> {
        let titled = self.titled(typed);
        if titled.is_empty() { self.scattered(typed) } else { titled }
    }

    /// The titles in which the words stand, as they are or by readings.
    fn titled(&mut self, typed: &str) -> Vec<usize> {
        let typed = folded(typed);
        let filter = Filter::new(&typed);
        let narrower = self.last.as_ref().filter(|(before, _)| goes_on(before, &typed));
        let meant = match narrower {
            Some((_, places)) => self.fitting(&filter, places.iter().copied()),
            None => self.fitting(&filter, self.places()),
        };
        self.last = Some((typed, meant.clone()));
        meant
    }

    fn scattered(&self, typed: &str) -> Vec<usize> {
        Filter::new(typed).scattered(self.places().map(|place| (place, self.title(place))))
    }

    /// The episodes of shows whose titles a text means.
    fn of_shows(conn: &Connection, typed: &str) -> Result<impl Iterator<Item = EpisodeId>> {
        let filter = Filter::new(typed);
        let mut statement = conn.prepare_cached("SELECT id, title FROM shows")?;
        let mut rows = statement.query([])?;
        let mut shows: HashSet<i64> = HashSet::new();
        while let Some(row) = rows.next()? {
            if filter.fit(row.get_ref(1)?.as_str().unwrap_or_default()).is_some() {
                shows.insert(row.get(0)?);
            }
        }
        let mut episodes = Vec::new();
        let mut statement = conn.prepare_cached("SELECT id FROM episodes WHERE show = ?1")?;
        for show in shows {
            let ids = statement.query_map([show], |row| Ok(EpisodeId(row.get(0)?)))?;
            for id in ids {
                episodes.push(id?);
            }
        }
        Ok(episodes.into_iter())
    }

    /// The entries that hold.
    fn places(&self) -> impl Iterator<Item = usize> {
        (0..self.ids.len()).filter(|place| !self.stale.contains(place))
    }

    fn ids(&self, places: &[usize]) -> Vec<EpisodeId> {
        places.iter().filter_map(|place| self.ids.get(*place).copied()).map(EpisodeId).collect()
    }

    fn fitting(&self, filter: &Filter, places: impl Iterator<Item = usize>) -> Vec<usize> {
        places.filter(|place| filter.fit_folded(self.title(*place)).is_some()).collect()
    }
}

/// Whether a text is another one with more letters at its end, and so cannot mean what that did not.
/// A single letter is told from readings in another way.
fn goes_on(before: &str, typed: &str) -> bool {
    let one = before.split(' ').next_back().is_none_or(|word| word.chars().count() < 2);
    !one && typed.starts_with(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::EpisodeState;

    fn library(titles: &[&str]) -> Store {
        let store = Store::in_memory().unwrap();
        store.add_show("https://a.example/feed", None, 0).unwrap();
        for title in titles {
            add(&store, title);
        }
        store
    }

    fn add(store: &Store, title: &str) {
        let sql = "INSERT INTO episodes (show, guid, title, title_key, sort_at)
            SELECT 1, 'g' || count(*), ?1, ?1, count(*) FROM episodes";
        store.conn.execute(sql, [title]).unwrap();
    }

    fn found(store: &Store, text: &str) -> Vec<i64> {
        let filter = EpisodeFilter { text: Some(text.into()), ..EpisodeFilter::default() };
        let ids: Vec<i64> = store.episode_ids(&filter).unwrap().iter().map(|id| id.0).collect();
        let rows = store.episodes(&filter).unwrap();
        assert_eq!(rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), ids, "{text}");
        ids
    }

    #[test]
    fn titles_are_found_by_their_words_in_any_script_and_by_readings() {
        let store = library(&["开源的人", "開源的錢", "ＯＰＥＮ Source", "别的"]);
        assert_eq!(found(&store, "開源"), [2, 1]);
        assert_eq!(found(&store, "kaiyuan"), [2, 1]);
        assert_eq!(found(&store, "open"), [3]);
        assert_eq!(found(&store, "opsrc"), [3], "scattered, where nothing else is found");
        assert_eq!(found(&store, "  "), [4, 3, 2, 1]);
        assert!(found(&store, "没有的").is_empty());
    }

    #[test]
    fn new_changed_and_removed_titles_are_found_as_they_are_now() {
        let store = library(&["灯塔一", "灯塔二", "礁石"]);
        assert_eq!(found(&store, "灯塔"), [2, 1]);
        add(&store, "灯塔三");
        store.conn.execute("UPDATE episodes SET title = '潮水' WHERE id = 1", []).unwrap();
        store.conn.execute("DELETE FROM episodes WHERE id = 2", []).unwrap();
        assert_eq!(found(&store, "灯塔"), [4]);
        assert_eq!(found(&store, "潮水"), [1]);
        assert_eq!(found(&store, "灯塔三"), [4]);
    }

    #[test]
    fn what_another_program_writes_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        one.add_show("https://a.example/feed", None, 0).unwrap();
        add(&one, "灯塔");
        assert_eq!(found(&one, "灯塔"), [1]);
        add(&other, "灯塔二");
        assert_eq!(found(&one, "灯塔"), [2, 1]);
    }

    #[test]
    fn conditions_on_texts_mean_titles_and_shows() {
        let store = library(&["开源的人", "别的"]);
        store.conn.execute("UPDATE shows SET title = '晚點聊'", []).unwrap();
        let found = |texts: &[&str], show: Option<i64>| -> Vec<i64> {
            let term = |text: &&str| Term { not: false, what: What::Text((*text).to_owned()) };
            let mut filter =
                EpisodeFilter { show: show.map(crate::model::ShowId), ..EpisodeFilter::default() };
            filter.wanted.terms = texts.iter().map(term).collect();
            store.episode_ids(&filter).unwrap().iter().map(|id| id.0).collect()
        };
        assert_eq!(found(&["wdl"], None), [2, 1]);
        assert_eq!(found(&["晚点", "開源"], None), [1]);
        assert!(found(&["晚点"], Some(1)).is_empty(), "within a show its own title says nothing");
        assert_eq!(found(&["kaiy"], Some(1)), [1]);
    }

    #[test]
    fn more_letters_never_hide_what_they_mean() {
        let store = library(&["wan 记", "晚点聊", "x wa", "碗", "万安"]);
        for typed in ["w", "wa", "wan", "wa", "wand", "wan", "w", "x", "x w", "x wa"] {
            let anew = library(&["wan 记", "晚点聊", "x wa", "碗", "万安"]);
            assert_eq!(found(&store, typed), found(&anew, typed), "{typed}");
        }
    }

    #[test]
    fn a_text_that_means_many_gives_the_same_pages() {
        let store = library(&[]);
        let fill = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 5000)
            INSERT INTO episodes (show, guid, title, title_key, sort_at, played)
            SELECT 1, n, '灯塔' || n, n, n, n % 2 FROM n";
        store.conn.execute_batch(fill).unwrap();
        let page = EpisodeFilter {
            text: Some("灯塔".into()),
            state: Some(EpisodeState::Unplayed),
            limit: Some(3),
            offset: 2,
            ..EpisodeFilter::default()
        };
        let ids: Vec<i64> = store.episode_ids(&page).unwrap().iter().map(|id| id.0).collect();
        assert_eq!(ids, [4996, 4994, 4992]);
        assert_eq!(store.episodes(&page).unwrap().len(), 3);
        assert_eq!(found(&store, "灯塔").len(), 5000);
    }
}
