//! Opening a library: the file, how SQLite shall treat it, and what is refused.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::{Result, Store, StoreError, migrations};

/// How long a writer waits for another process before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the library at `path`, or makes a new one with its folders. Brings an older library up
    /// to date.
    ///
    /// # Errors
    /// When the file cannot be made or read, is damaged, belongs to another program or to a newer
    /// version of this one. Such a file is left untouched.
    pub fn open(path: &Path) -> Result<Self> {
        let refuse = |source| StoreError::Open { path: path.to_owned(), source };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(refuse)?;
        }
        make_private(path).map_err(refuse)?;
        let begun = Instant::now();
        loop {
            let conn = Connection::open(path).map_err(|error| at(path, error.into()))?;
            match prepare(conn) {
                // While another process turns a new file into a WAL one, SQLite does not wait by
                // itself, lest two of them wait for each other.
                Err(StoreError::Busy) if begun.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                prepared => return prepared.map_err(|error| at(path, error)),
            }
        }
    }

    /// A library that lives only as long as this value; for tests and for a look without a home.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self> {
        prepare(Connection::open_in_memory()?)
    }
}

/// Makes the file if there is none, readable by its owner alone: addresses of private feeds hold
/// passwords. An existing file is not changed.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn prepare(conn: Connection) -> Result<Store> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(128);
    // Before anything is changed: a file that is not ours must stay as it is.
    migrations::recognise(&conn)?;
    // WAL lets a reader and a writer work at the same time. With NORMAL a killed process loses
    // nothing; `Store::keep` adds the flush that a power cut asks for.
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = NORMAL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16000;
         PRAGMA journal_size_limit = 16777216;",
    )?;
    migrations::migrate(&conn, migrations::STEPS)?;
    Ok(Store::over(conn))
}

/// Names the file in errors that came up while it was opened.
fn at(path: &Path, error: StoreError) -> StoreError {
    let path = path.to_owned();
    match error {
        StoreError::Broken(why) => StoreError::Damaged { path, why },
        StoreError::Foreign { .. } => StoreError::Foreign { path },
        StoreError::Newer { found, known, .. } => StoreError::Newer { path, found, known },
        StoreError::Database(error) => {
            StoreError::Open { path, source: std::io::Error::other(error.to_string()) }
        }
        other => other,
    }
}
