//! Shows that come with a subscription list: their addresses, names and tags.

use rusqlite::{Connection, params};

use super::shows::add;
use super::{Added, Result, Store, row};
use crate::model::{ShowId, UnixSeconds};

/// A show as a list names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedShow {
    /// The feed's address.
    pub url: String,
    /// What the list calls it.
    pub title: Option<String>,
    /// The tags that come to those it has.
    pub tags: Vec<String>,
}

impl Store {
    /// Subscribes to all shows of a list, in one transaction; the answers are in the order of the list.
    ///
    /// # Errors
    /// When the library cannot be written; then nothing is subscribed.
    pub fn add_listed(&self, shows: &[ListedShow], now: UnixSeconds) -> Result<Vec<Added>> {
        self.keep(|conn| {
            let one = |show: &ListedShow| {
                let added = add(conn, &show.url, show.title.as_deref(), now)?;
                add_tags(conn, added.id, &show.tags)?;
                Ok(added)
            };
            shows.iter().map(one).collect()
        })
    }
}

fn add_tags(conn: &Connection, id: ShowId, more: &[String]) -> Result<()> {
    if more.is_empty() {
        return Ok(());
    }
    let mut statement = conn.prepare_cached("SELECT tags FROM shows WHERE id = ?1")?;
    let known: Option<String> = statement.query_row([id.0], |row| row.get(0))?;
    let known = known.and_then(|tags| serde_json::from_str(&tags).ok());
    let mut tags: Vec<String> = known.unwrap_or_default();
    for tag in more {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    conn.prepare_cached("UPDATE shows SET tags = ?2 WHERE id = ?1")?
        .execute(params![id.0, row::to_json(&tags)?])?;
    Ok(())
}
