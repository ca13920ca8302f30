//! How much was listened to: of each episode, and of all together. Numbers of their own under names,
//! because they belong to the listener and outlive an episode.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Result, Store};
use crate::model::{EpisodeId, Listening};

/// The name of the sum of all.
const ALL: &str = "listening";

impl Store {
    /// Adds to what was listened to of an episode and to the sum of all; what the episode has come to.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn add_listening(&self, id: EpisodeId, more: Listening) -> Result<Listening> {
        self.write(|conn| {
            add(conn, ALL, more)?;
            add(conn, &name(id), more)
        })
    }

    /// What was listened to of an episode, or of all together.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn listening(&self, id: Option<EpisodeId>) -> Result<Listening> {
        read(&self.conn, &id.map_or_else(|| ALL.to_owned(), name))
    }
}

fn name(id: EpisodeId) -> String {
    format!("{ALL}:{}", id.0)
}

fn add(conn: &Connection, name: &str, more: Listening) -> Result<Listening> {
    let all = read(conn, name)?.and(more);
    let value = format!("{} {} {}", all.heard_ms, all.by_trim_ms, all.by_speed_ms);
    conn.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
        .execute(params![name, value])?;
    Ok(all)
}

fn read(conn: &Connection, name: &str) -> Result<Listening> {
    let kept: Option<String> = conn
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    let kept = kept.unwrap_or_default();
    let mut numbers = kept.split(' ').map(|number| number.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    Ok(Listening { heard_ms: next(), by_trim_ms: next(), by_speed_ms: next() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listening_adds_up_for_each_episode_and_for_all() {
        let store = Store::in_memory().unwrap();
        let heard = |heard_ms| Listening { heard_ms, by_trim_ms: 10, by_speed_ms: 1 };
        let (one, two) = (EpisodeId(1), EpisodeId(2));
        assert_eq!(store.add_listening(one, heard(500)).unwrap(), heard(500));
        let both = store.add_listening(one, heard(100)).unwrap();
        assert_eq!((both.heard_ms, both.saved_ms()), (600, 22));
        store.add_listening(two, heard(7)).unwrap();
        assert_eq!(store.listening(Some(one)).unwrap(), both);
        assert_eq!(store.listening(None).unwrap().heard_ms, 607);
        assert_eq!(store.listening(Some(EpisodeId(3))).unwrap(), Listening::default());
        store.set_meta("listening:3", "soon 5").unwrap();
        assert_eq!(store.listening(Some(EpisodeId(3))).unwrap().by_trim_ms, 5);
    }

    #[test]
    fn sums_stop_at_the_largest_number() {
        let store = Store::in_memory().unwrap();
        let most = Listening { heard_ms: u64::MAX, by_trim_ms: u64::MAX, by_speed_ms: u64::MAX };
        store.add_listening(EpisodeId(1), most).unwrap();
        let all = store.add_listening(EpisodeId(1), most).unwrap();
        assert_eq!((all, all.saved_ms()), (most, u64::MAX));
    }
}
