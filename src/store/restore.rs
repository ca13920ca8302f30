//! One file with everything but media, to be carried to another machine: a copy of the library with the
//! settings in it; and bringing it back.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup as PageByPage, StepResult};
use rusqlite::{Connection, OptionalExtension};

use super::{Result, Store, StoreError, backups_of, open, salvage};
use crate::model::UnixSeconds;

/// What is in a library, as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// The version of the library.
    pub version: i64,
    /// Shows that are subscribed to.
    pub shows: u64,
    /// Episodes.
    pub episodes: u64,
    /// Snips.
    pub snips: u64,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Restored {
    /// What the library holds now.
    pub holds: Copied,
    /// What was there before, if anything was: a backup, or the damaged file under another name.
    pub before: Option<PathBuf>,
    /// The settings that were carried along, as they stood.
    pub settings: Option<String>,
}

/// A file with settings is no larger.
const SETTINGS: usize = 1 << 20;

impl Store {
    /// What this library holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn holds(&self) -> Result<Copied> {
        let sql = "SELECT (SELECT count(*) FROM shows WHERE subscribed = 1),
            (SELECT count(*) FROM episodes), (SELECT count(*) FROM snips)";
        let version = super::migrations::version(&self.conn)?;
        Ok(self.conn.query_row(sql, [], |row| {
            let number = |at| row.get::<_, i64>(at).map(super::row::uint);
            Ok(Copied { version, shows: number(0)?, episodes: number(1)?, snips: number(2)? })
        })?)
    }

    /// Writes everything but media to `file`: a copy of the library at `path`, and these settings in it.
    ///
    /// # Errors
    /// When the library is damaged, or the file cannot be written.
    pub fn pack_up(path: &Path, file: &Path, settings: Option<&str>) -> Result<Copied> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let fail = |why: String| StoreError::NotCopied { path: file.to_owned(), why };
        let work = tempfile::Builder::new()
            .prefix(".backup-")
            .tempdir_in(folder.unwrap_or(Path::new(".")))
            .map_err(|err| fail(err.to_string()))?;
        let part = work.path().join("library.db");
        Self::copy_to(path, &part)?;
        let holds = {
            let conn = Connection::open(&part)?;
            if let Some(settings) = settings.filter(|text| text.len() <= SETTINGS) {
                conn.execute_batch(
                    "CREATE TABLE carried (name TEXT PRIMARY KEY, text TEXT) STRICT",
                )?;
                conn.execute("INSERT INTO carried VALUES ('config.toml', ?1)", [settings])?;
            }
            Self::over(conn).holds()?
        };
        let done = fs::File::open(&part)
            .and_then(|part| part.sync_all())
            .and_then(|()| fs::rename(&part, file));
        done.map_err(|err| fail(err.to_string()))?;
        Ok(holds)
    }

    /// Puts what `file` holds in the place of the library at `path`, also while another program has it
    /// open. What was there is kept as a backup, or set aside if it is damaged. Recordings are those of
    /// `is_here`, by the names of their files.
    ///
    /// # Errors
    /// When the file is no library, damaged or of a newer version, or nothing can be written. The library
    /// is as before then.
    pub fn restore(
        path: &Path,
        file: &Path,
        now: UnixSeconds,
        is_here: impl Fn(&str) -> bool,
    ) -> Result<Restored> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let fail = |source| StoreError::Open { path: path.to_owned(), source };
        fs::create_dir_all(folder).map_err(fail)?;
        let work = tempfile::Builder::new().prefix(".restore-").tempdir_in(folder).map_err(fail)?;
        // The file itself is only read: it may be the only copy.
        let part = work.path().join("library.db");
        Self::copy_to(file, &part)?;
        let (settings, holds) = {
            let new = Self::open(&part).map_err(|error| open::at(file, error))?;
            if let Some(why) = new.quick_check()? {
                return Err(StoreError::Damaged { path: file.to_owned(), why });
            }
            let settings = unpack_settings(&new.conn)?;
            new.forget_downloads(is_here)?;
            new.conn.pragma_update(None, "journal_mode", "DELETE")?;
            (settings, new.holds()?)
        };
        let before = put_in_place(path, &part, now)?;
        Ok(Restored { holds, before, settings })
    }

    /// Forgets recordings that are not on this machine.
    fn forget_downloads(&self, is_here: impl Fn(&str) -> bool) -> Result<()> {
        for row in self.downloads()? {
            if !is_here(&row.file) {
                self.delete_download(row.episode)?;
            }
        }
        Ok(())
    }
}

fn unpack_settings(conn: &Connection) -> Result<Option<String>> {
    let there = "SELECT 1 FROM sqlite_schema WHERE name = 'carried'";
    if !conn.prepare(there)?.exists([])? {
        return Ok(None);
    }
    let sql = "SELECT text FROM carried WHERE name = 'config.toml' AND length(text) <= ?1";
    let found = conn.query_row(sql, [SETTINGS as i64], |row| row.get(0)).optional()?;
    conn.execute_batch("DROP TABLE carried")?;
    Ok(found)
}

/// Puts the file `part` in the place of the library; where what was there is now.
fn put_in_place(path: &Path, part: &Path, now: UnixSeconds) -> Result<Option<PathBuf>> {
    let fail = |source| StoreError::Open { path: path.to_owned(), source };
    if !path.exists() || fs::metadata(path).map_err(fail)?.len() == 0 {
        fs::rename(part, path).map_err(fail)?;
        return Ok(None);
    }
    match Store::back_up(path, &backups_of(path), now) {
        Ok(before) => {
            over(part, path)?;
            Ok(Some(before.path))
        }
        Err(StoreError::Damaged { .. } | StoreError::Broken(_)) => {
            let aside = salvage::set_aside(path, now).map_err(fail)?;
            fs::rename(part, path).map_err(fail)?;
            Ok(Some(aside))
        }
        Err(other) => Err(other),
    }
}

/// Writes one library over another, in one transaction that others see as any other.
fn over(part: &Path, path: &Path) -> Result<()> {
    let from = Connection::open(part)?;
    let mut to = Connection::open(path)?;
    to.busy_timeout(open::PATIENCE)?;
    let copy = PageByPage::new(&from, &mut to)?;
    let begun = std::time::Instant::now();
    loop {
        match copy.step(-1)? {
            StepResult::Done => return Ok(()),
            _ if begun.elapsed() > open::PATIENCE => return Err(StoreError::Busy),
            _ => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}
