//! The names under which a copy of a page is found besides the address it is kept under.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Result, Store};

/// The names of one page, as the caller makes them of its addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageNames {
    /// Of the addresses at which it was asked for and found.
    pub own: Vec<String>,
    /// Of the address that the page itself claims to have; anybody who writes for the same site may
    /// claim it.
    pub claimed: Option<String>,
}

impl Store {
    /// The address under which the newest copy of a page with this name is kept. With `claimed`, a page
    /// that only says that it has the name will do where there is no other.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn kept_as(&self, name: &str, claimed: bool) -> Result<Option<String>> {
        let sql = "SELECT a.canonical FROM article_names n JOIN articles a ON a.id = n.article
            WHERE n.name = ?1 AND n.claimed <= ?2 ORDER BY n.claimed, a.fetched DESC LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row(params![name, claimed], |row| row.get(0)).optional()?)
    }
}

/// Notes the names of an article; those from before stay, because its other addresses still lead to it,
/// but a claim that is no longer made goes.
pub(super) fn put(conn: &Connection, article: i64, names: &PageNames) -> Result<()> {
    conn.prepare_cached("DELETE FROM article_names WHERE article = ?1 AND claimed = 1")?
        .execute([article])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO article_names (name, article, claimed) VALUES (?1, ?2, ?3)
         ON CONFLICT (name, article) DO UPDATE SET claimed = min(claimed, excluded.claimed)",
    )?;
    for (name, claimed) in names
        .own
        .iter()
        .map(|name| (name, false))
        .chain(names.claimed.iter().map(|name| (name, true)))
    {
        insert.execute(params![name, article, claimed])?;
    }
    Ok(())
}
