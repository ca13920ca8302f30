//! How loud recordings are, measured once: numbers of their own under names, because only those that
//! were played with it have them.

use rusqlite::{OptionalExtension, params};

use super::{Result, Store};
use crate::model::{EpisodeId, Loudness};

impl Store {
    /// Keeps what was measured of an episode's recording.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_loudness(&self, id: EpisodeId, loudness: Loudness) -> Result<()> {
        let Loudness { lufs, peak, bytes } = loudness;
        self.write(|conn| {
            conn.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
                .execute(params![name(id), format!("{lufs:.2} {peak:.2} {bytes}")])?;
            Ok(())
        })
    }

    /// What was measured of an episode's recording.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn loudness(&self, id: EpisodeId) -> Result<Option<Loudness>> {
        let kept: Option<String> = self
            .conn
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
            .query_row([name(id)], |row| row.get(0))
            .optional()?;
        Ok(kept.and_then(|kept| parsed(&kept)))
    }
}

fn name(id: EpisodeId) -> String {
    format!("loudness:{}", id.0)
}

fn parsed(kept: &str) -> Option<Loudness> {
    let mut numbers = kept.split(' ');
    let mut level = || numbers.next()?.parse().ok().filter(|number: &f32| number.is_finite());
    let (lufs, peak) = (level()?, level()?);
    Some(Loudness { lufs, peak, bytes: numbers.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_is_kept_and_replaced_and_nonsense_is_nothing() {
        let store = Store::in_memory().unwrap();
        let (one, other) = (EpisodeId(1), EpisodeId(2));
        let first = Loudness { lufs: -23.25, peak: -0.5, bytes: 12_345_678_901 };
        store.set_loudness(one, first).unwrap();
        assert_eq!(store.loudness(one).unwrap(), Some(first));
        let second = Loudness { lufs: -9.0, peak: 1.5, bytes: 7 };
        store.set_loudness(one, second).unwrap();
        assert_eq!(store.loudness(one).unwrap(), Some(second));
        assert_eq!(store.loudness(other).unwrap(), None);
        assert_eq!((parsed(""), parsed("NaN 1 2"), parsed("-9 -1")), (None, None, None));
    }
}
