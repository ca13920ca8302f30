//! The library on disk: all SQL, its migrations and the full-text search.
//!
//! One [`Store`] is one connection. It blocks, so the runtime gives it a thread of its own; a second
//! process (a verb beside the UI) may have its own `Store` on the same file. It reads no clock: what
//! needs a time is told it (but for the name of a backup that it makes while it is opened).

mod articles;
mod backup;
mod chapters;
mod check;
mod digest;
mod downloading;
mod downloads;
mod due;
mod episodes;
mod error;
mod filter;
mod find;
mod fold;
mod from_note;
mod index;
mod keeping;
mod kept_filters;
mod listed;
mod listening;
mod loudness;
mod merge;
mod migrations;
mod next;
mod noted;
mod notes;
mod offline;
mod older;
mod open;
mod order;
mod pack;
mod page_names;
mod queue;
mod reading_list;
mod reading_progress;
mod refold;
mod reindex;
mod restore;
mod row;
mod salvage;
mod salvage_rows;
mod sameness;
mod schema;
mod search;
mod shows;
mod skipped;
mod snippet;
mod snips;
mod sounding;
mod take;
mod titles;
mod tokens;
mod transcripts;
mod undo;

use std::cell::Cell;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use articles::{KeptText, PageStamp, StoredArticle};
pub use backup::{Backup, backups, prune_backups};
pub use downloads::DownloadRow;
pub use error::StoreError;
pub use filter::{EpisodeFilter, EpisodeState};
pub use listed::ListedShow;
pub use notes::ImportedNote;
pub use offline::Kept;
pub use older::OlderPage;
pub use open::backups_of;
pub use page_names::PageNames;
pub use queue::Place;
pub use reading_list::Toggled;
pub use reindex::Mended;
pub use restore::{Copied, Restored};
pub use salvage::Salvaged;
pub use search::{Hit, HitKind};
pub use shows::Added;
pub use take::{FeedStamp, Taken};

use crate::model::UnixSeconds;

type Result<T> = std::result::Result<T, StoreError>;

/// The library: shows, episodes, snips, articles and all that is known about them.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    /// When a position was last flushed to the disk.
    flushed: Cell<UnixSeconds>,
    /// Made when titles are first filtered.
    titles: titles::Kept,
}

impl Store {
    /// The library behind a connection.
    fn over(conn: Connection) -> Self {
        Self { conn, flushed: Cell::new(0), titles: titles::Kept::default() }
    }

    /// Does `work` in one transaction. It takes the write lock at once, so that a second process
    /// makes it wait at the start instead of failing in the middle.
    fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Like [`Self::write`], for what the user made and nobody can fetch again (positions, snips,
    /// the queue): after it returns, not even a power cut loses it. Feeds and articles do without,
    /// because a disk flush for each of 200 feeds is felt and they can be fetched once more.
    fn keep<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.conn.execute_batch("PRAGMA synchronous = FULL")?;
        let done = self.write(work);
        self.conn.execute_batch("PRAGMA synchronous = NORMAL")?;
        done
    }
}
