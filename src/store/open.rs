//! Opening a library: the file, how SQLite shall treat it, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::Connection;

use super::{Result, Store, StoreError, backup, migrations};

/// How long a writer waits for another process before it gives up.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

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
            match prepare(conn, Some(path)) {
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
        prepare(Connection::open_in_memory()?, None)
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

/// `path`: where copies can be put beside.
fn prepare(conn: Connection, path: Option<&Path>) -> Result<Store> {
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
    if let Some(path) = path {
        keep_older(&conn, path)?;
    }
    migrations::migrate(&conn, migrations::STEPS)?;
    Ok(Store::over(conn))
}

/// Keeps a copy of a library of an older version before it is changed. Where none can be made the work
/// goes on only if the disk has room for what a change may write: then only the copy is missing.
fn keep_older(conn: &Connection, path: &Path) -> Result<()> {
    let version = migrations::version(conn)?;
    if version == 0 || version >= migrations::STEPS.len() as i64 {
        return Ok(());
    }
    let folder = backups_of(path);
    // Only its name needs the time.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(now).unwrap_or_default();
    let why = match backup::into_folder(conn, &folder, now) {
        Ok(_) => return Ok(()),
        Err(broken @ StoreError::Broken(_)) => return Err(broken),
        Err(why) => why,
    };
    let bytes = fs::metadata(path).map_or(0, |file| file.len());
    if room(path).is_some_and(|room| room >= bytes.saturating_mul(2)) {
        tracing::warn!("the library is changed to a new version without a backup: {why}");
        return Ok(());
    }
    Err(StoreError::NoBackup { path: path.to_owned(), why: why.to_string() })
}

/// The folder for copies of the library at `path`.
#[must_use]
pub fn backups_of(path: &Path) -> PathBuf {
    path.with_file_name("backups")
}

/// Bytes that may be written beside the library, where the system says.
fn room(path: &Path) -> Option<u64> {
    let facts = rustix::fs::statvfs(path).ok()?;
    Some(facts.f_bavail.saturating_mul(facts.f_frsize))
}

/// Names the file in errors that came up while it was opened.
pub(super) fn at(path: &Path, error: StoreError) -> StoreError {
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
