//! Gaps in the sound of the last session: counted, logged, and kept for `doctor`.

use std::sync::atomic::{AtomicU32, Ordering};

use super::services::now;
use super::{Desk, Trouble};
use crate::model::UnixSeconds;

/// Where they are kept in the library.
const KEY: &str = "sound_gaps";

/// Keeps count while something plays.
pub(crate) struct SoundGaps {
    desk: Desk,
    count: AtomicU32,
}

impl SoundGaps {
    /// A session begins to play: nothing has gone wrong yet.
    pub(crate) fn begin(desk: Desk) -> Self {
        let gaps = Self { desk, count: AtomicU32::new(0) };
        gaps.keep(0);
        gaps
    }

    /// The sound broke off so often again.
    pub(crate) fn add(&self, count: u32) {
        let all = self.count.fetch_add(count, Ordering::Relaxed).saturating_add(count);
        self.keep(all);
    }

    fn keep(&self, count: u32) {
        let value = format!("{count} {}", now());
        self.desk.post(move |store| store.set_meta(KEY, &value));
    }
}

/// Writes gaps into the log.
pub(crate) fn log_gaps(count: u32) {
    tracing::warn!("the sound broke off {count} times: the machine was too busy to decode in time");
}

/// How often the sound broke off in the last session that played something, and when that was known;
/// `None` if nothing has been played.
///
/// # Errors
/// When the library cannot be read.
pub(crate) async fn last_gaps(desk: &Desk) -> Result<Option<(u32, UnixSeconds)>, Trouble> {
    let value = desk.ask(|store| store.meta(KEY)).await?;
    Ok(value.and_then(|value| {
        let (count, when) = value.split_once(' ')?;
        Some((count.parse().ok()?, when.parse().ok()?))
    }))
}
