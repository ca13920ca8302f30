//! Filters that are kept under a name, in the user's order.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Result, Store};
use crate::model::KeptFilter;

impl Store {
    /// All kept filters in their order.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn filters(&self) -> Result<Vec<KeptFilter>> {
        all(&self.conn)
    }

    /// Keeps a filter. In the place of the one called `instead` if that is there; one of the same name
    /// gives way. Returns all as they were before.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn keep_filter(
        &self,
        instead: Option<&str>,
        filter: &KeptFilter,
    ) -> Result<Vec<KeptFilter>> {
        self.keep(|conn| {
            let before = all(conn)?;
            let place = |name: &str| -> Result<Option<i64>> {
                let sql = "SELECT place FROM filters WHERE name = ?1";
                Ok(conn.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?)
            };
            let known = instead.map(place).transpose()?.flatten();
            let known = known.map_or_else(|| place(&filter.name), |place| Ok(Some(place)))?;
            let last = "SELECT coalesce(max(place), 0) + 1 FROM filters";
            let place = match known {
                Some(place) => place,
                None => conn.prepare_cached(last)?.query_row([], |row| row.get(0))?,
            };
            conn.prepare_cached("DELETE FROM filters WHERE name IN (?1, ?2)")?
                .execute(params![filter.name, instead.unwrap_or(&filter.name)])?;
            put(conn, filter, place)?;
            Ok(before)
        })
    }

    /// Forgets the filter of this name; all as they were before.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn drop_filter(&self, name: &str) -> Result<Vec<KeptFilter>> {
        self.keep(|conn| {
            let before = all(conn)?;
            conn.prepare_cached("DELETE FROM filters WHERE name = ?1")?.execute([name])?;
            Ok(before)
        })
    }
}

fn all(conn: &Connection) -> Result<Vec<KeptFilter>> {
    let mut statement =
        conn.prepare_cached("SELECT name, filter FROM filters ORDER BY place, name")?;
    let rows =
        statement.query_map([], |row| Ok(KeptFilter { name: row.get(0)?, text: row.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn put(conn: &Connection, filter: &KeptFilter, place: i64) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO filters (name, filter, place) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![filter.name, filter.text, place])?;
    Ok(())
}

/// Makes these the kept filters, and no others.
pub(super) fn replace_all(conn: &Connection, filters: &[KeptFilter]) -> Result<()> {
    conn.execute("DELETE FROM filters", [])?;
    for (place, filter) in (1..).zip(filters) {
        put(conn, filter, place)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(name: &str, text: &str) -> KeptFilter {
        KeptFilter { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_filter_is_kept_renamed_in_its_place_and_forgotten() {
        let store = Store::in_memory().unwrap();
        store.keep_filter(None, &filter("通勤", "<30m")).unwrap();
        store.keep_filter(None, &filter("周末", ">2h")).unwrap();
        store.keep_filter(Some("通勤"), &filter("路上", "<40m is:unplayed")).unwrap();
        let all = [filter("路上", "<40m is:unplayed"), filter("周末", ">2h")];
        assert_eq!(store.filters().unwrap(), all);
        store.keep_filter(None, &filter("周末", ">1h")).unwrap();
        assert_eq!(store.filters().unwrap()[1].text, ">1h");
        let before = store.drop_filter("路上").unwrap();
        assert_eq!((before.len(), store.filters().unwrap().len()), (2, 1));
        replace_all(&store.conn, &before).unwrap();
        assert_eq!(store.filters().unwrap(), before);
    }
}
