//! Copies of the library: made whole or not at all, readable by their owner alone, with the time and the
//! version in their names.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{Result, Store, StoreError, migrations, open};
use crate::model::UnixSeconds;

/// A copy of the library in the folder of backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made, to the second, as its name says.
    pub made: UnixSeconds,
    /// The version of the library in it.
    pub version: i64,
    /// Its size.
    pub bytes: u64,
}

/// The backups in a folder, newest first. A folder that is not there has none.
#[must_use]
pub fn backups(folder: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Backup> = entries
        .filter_map(|entry| {
            let (made, version) = read_name(entry.file_name().to_str()?)?;
            let bytes = entry.metadata().ok()?.len();
            Some(Backup { path: entry.path(), made, version, bytes })
        })
        .collect();
    found.sort_by(|a, b| (b.made, &b.path).cmp(&(a.made, &a.path)));
    found
}

/// Removes the oldest backups until `keep` are left; those that cannot be removed stay.
pub fn prune_backups(folder: &Path, keep: usize) {
    for old in backups(folder).into_iter().skip(keep) {
        if let Err(err) = fs::remove_file(&old.path) {
            tracing::warn!("removing the backup {}: {err}", old.path.display());
        }
    }
}

impl Store {
    /// Puts a copy of the library at `path` into the folder of backups, beside whoever has it open.
    ///
    /// # Errors
    /// When the library is damaged, or the copy cannot be written.
    pub fn back_up(path: &Path, folder: &Path, now: UnixSeconds) -> Result<Backup> {
        let conn = for_copying(path)?;
        into_folder(&conn, folder, now)
    }

    /// Writes a copy of the library at `path` to a file, in the place of what may be there.
    ///
    /// # Errors
    /// When the library is damaged, or the copy cannot be written.
    pub fn copy_to(path: &Path, file: &Path) -> Result<()> {
        copy(&for_copying(path)?, file)
    }
}

/// Puts a copy into the folder of backups.
pub(super) fn into_folder(conn: &Connection, folder: &Path, now: UnixSeconds) -> Result<Backup> {
    let version = migrations::version(conn)?;
    let failed = |source: std::io::Error| not_copied(folder, &source);
    fs::create_dir_all(folder).map_err(failed)?;
    let path = folder.join(name(now, version));
    copy(conn, &path)?;
    let bytes = fs::metadata(&path).map_err(failed)?.len();
    Ok(Backup { path, made: now, version, bytes })
}

/// A connection that reads a library as it is, without bringing it up to date.
fn for_copying(path: &Path) -> Result<Connection> {
    let open = || -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(open::PATIENCE)?;
        migrations::recognise(&conn)?;
        Ok(conn)
    };
    open().map_err(|error| open::at(path, error))
}

/// Copies row by row, so that a damaged library makes no backup that would push out a good one.
fn copy(conn: &Connection, to: &Path) -> Result<()> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let failed = |err: &dyn std::error::Error| not_copied(to, err);
    // The file of `tempfile` is private, and gone if anything fails.
    let part = tempfile::Builder::new()
        .prefix(".copying-")
        .tempfile_in(folder)
        .map_err(|err| failed(&err))?;
    let name = part.path().to_str().ok_or_else(|| failed(&fmt_error()))?;
    conn.execute("VACUUM INTO ?1", [name]).map_err(|err| match StoreError::from(err) {
        broken @ StoreError::Broken(_) => broken,
        StoreError::Full => {
            StoreError::NotCopied { path: to.to_owned(), why: "the disk is full".into() }
        }
        StoreError::Database(err) => failed(&err),
        other => failed(&other),
    })?;
    fs::File::open(part.path()).and_then(|file| file.sync_all()).map_err(|err| failed(&err))?;
    part.persist(to).map_err(|err| failed(&err.error))?;
    Ok(())
}

fn fmt_error() -> std::io::Error {
    std::io::Error::other("its name is not UTF-8")
}

fn not_copied(path: &Path, why: &dyn std::error::Error) -> StoreError {
    StoreError::NotCopied { path: path.to_owned(), why: why.to_string() }
}

/// `library-20260102-030405-v7.db`, in UTC.
fn name(at: UnixSeconds, version: i64) -> String {
    format!("library-{}-v{version}.db", stamp(at))
}

/// A moment as names of files have it, in UTC.
pub(super) fn stamp(at: UnixSeconds) -> String {
    let at = jiff::Timestamp::from_second(at).unwrap_or_default();
    at.strftime("%Y%m%d-%H%M%S").to_string()
}

/// When a backup of this name was made, and its version.
fn read_name(name: &str) -> Option<(UnixSeconds, i64)> {
    let (at, version) = name.strip_prefix("library-")?.strip_suffix(".db")?.rsplit_once("-v")?;
    let at = jiff::civil::DateTime::strptime("%Y%m%d-%H%M%S", at).ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some((at.timestamp().as_second(), version.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_backup_says_when_it_was_made_and_its_version() {
        let name = name(1_790_000_000, 7);
        assert_eq!(name, "library-20260921-141320-v7.db");
        assert_eq!(read_name(&name), Some((1_790_000_000, 7)));
        for other in ["library.db", "library-x-v7.db", "library-20260921-141320.db", "notes.md"] {
            assert_eq!(read_name(other), None, "{other}");
        }
    }

    #[test]
    fn the_newest_backups_stay_and_other_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let store = Store::open(&path).unwrap();
        store.set_meta("zoom", "1").unwrap();
        let shelf = folder.path().join("backups");
        for day in [3, 1, 2] {
            Store::back_up(&path, &shelf, day * 86_400).unwrap();
        }
        fs::write(shelf.join("mine.txt"), "x").unwrap();
        prune_backups(&shelf, 2);
        let days: Vec<i64> = backups(&shelf).iter().map(|found| found.made / 86_400).collect();
        assert_eq!(days, [3, 2]);
        assert!(shelf.join("mine.txt").exists());
        // Nothing half made is left, and nobody else may read them.
        assert_eq!(fs::read_dir(&shelf).unwrap().count(), 3);
        let copy = &backups(&shelf)[0];
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&copy.path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let copy = Store::open(&copy.path).unwrap();
        assert_eq!(copy.meta("zoom").unwrap().as_deref(), Some("1"));
        assert_eq!(copy.check().unwrap(), Vec::<String>::new());
    }
}
