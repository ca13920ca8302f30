//! Saving what can be read of a damaged library into a new one. The damaged file is only ever copied and
//! set aside, never written to.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::salvage_rows::{Taken, take_rows};
use super::{Result, Store, StoreError, backup, backups, backups_of, open, reindex};
use crate::model::UnixSeconds;

/// What became of a damaged library.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Salvaged {
    /// Where the damaged file is now.
    pub aside: PathBuf,
    /// Rows that could be read.
    pub rows: u64,
    /// Rows that could not, as far as they are known to have been there, were filled in from this backup.
    pub filled_from: Option<PathBuf>,
    /// Rows that came from there.
    pub filled: u64,
    /// Tables of which something may be lost.
    pub hurt: Vec<String>,
}

/// The first bytes of every database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// The size of a page in our files.
const PAGE: u64 = 4096;
/// A header that asks for more pages than this times those that are there is not believed.
const MANY: u64 = 64;

impl Store {
    /// Saves what can be read of the damaged library at `path` into a new one in its place. What is
    /// missing is filled in from the newest backup that is whole. The damaged file stays beside it under
    /// another name. Nobody else may have the library open.
    ///
    /// # Errors
    /// When nothing can be read and there is no backup, or nothing can be written. The library is as
    /// before then.
    pub fn salvage(path: &Path, now: UnixSeconds) -> Result<Salvaged> {
        let fail = |err: &std::io::Error| failed(path, err);
        let folder = path.parent().unwrap_or(Path::new("."));
        let work = tempfile::Builder::new().prefix(".repair-").tempdir_in(folder);
        let work = work.map_err(|err| fail(&err))?;
        let new_path = work.path().join("new.db");
        let mut done = Salvaged::default();
        {
            let new = Self::open(&new_path)?;
            new.loosen(true)?;
            let taken = take_what_is_there(&new, path, &work.path().join("old.db"))?;
            done.rows = taken.iter().map(|table| table.rows).sum();
            done.hurt = hurt(&taken);
            let whole = |path: &Path| for_reading(path).ok().filter(is_whole);
            let good = || {
                let found = backups(&backups_of(path)).into_iter();
                found.map(|found| found.path).find_map(|path| Some((whole(&path)?, path)))
            };
            if !done.hurt.is_empty()
                && let Some((old, from)) = good()
            {
                let filled = new.write(|conn| take_rows(conn, &old, &done.hurt))?;
                done.filled = filled.iter().map(|table| table.rows).sum();
                done.filled_from = Some(from);
            }
            if done.rows + done.filled == 0 {
                return Err(StoreError::NothingLeft { path: path.to_owned() });
            }
            new.loosen(false)?;
            new.write(|conn| {
                adopt(conn)?;
                reindex::recount(conn)?;
                new.rebuild_index(conn)
            })?;
            // All of it goes into the one file.
            new.conn.pragma_update(None, "journal_mode", "DELETE")?;
        }
        fs::File::open(&new_path).and_then(|file| file.sync_all()).map_err(|err| fail(&err))?;
        done.aside = set_aside(path, now).map_err(|err| fail(&err))?;
        fs::rename(&new_path, path).map_err(|err| fail(&err))?;
        Ok(done)
    }

    /// While rows come in as they stood, nothing is done about them.
    fn loosen(&self, loose: bool) -> Result<()> {
        self.conn.pragma_update(None, "foreign_keys", !loose)?;
        self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, !loose)?;
        Ok(())
    }
}

fn failed(path: &Path, err: &std::io::Error) -> StoreError {
    StoreError::Open {
        path: path.to_owned(),
        source: std::io::Error::new(err.kind(), err.to_string()),
    }
}

fn is_whole(conn: &Connection) -> bool {
    let said = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    said.is_ok_and(|said| said == "ok")
}

fn hurt(taken: &[Taken]) -> Vec<String> {
    taken.iter().filter(|table| !table.whole).map(|table| table.name.clone()).collect()
}

/// Reads a copy of the damaged file, with what its log says and then without.
fn take_what_is_there(new: &Store, path: &Path, copy: &Path) -> Result<Vec<Taken>> {
    let mut best = Vec::new();
    for log in [true, false] {
        let fail = |err: std::io::Error| failed(path, &err);
        fs::copy(path, copy).map_err(fail)?;
        for other in ["-wal", "-shm"] {
            let _ = fs::remove_file(beside(copy, other));
        }
        if log {
            // Without a log there is none to be read.
            let _ = fs::copy(beside(path, "-wal"), beside(copy, "-wal"));
        }
        mend_header(copy).map_err(fail)?;
        let Ok(old) = for_reading(copy) else { continue };
        let taken = new.write(|conn| take_rows(conn, &old, &[]))?;
        let all = hurt(&taken).is_empty();
        // What the second look finds comes to what the first one has found.
        best = taken;
        if all {
            break;
        }
    }
    if best.is_empty() {
        best = super::salvage_rows::none_of(&new.conn)?;
    }
    Ok(best)
}

/// A connection that makes the best of a damaged file.
fn for_reading(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(open::PATIENCE)?;
    conn.execute_batch(
        "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON; PRAGMA query_only = ON",
    )?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(conn)
}

/// Makes a copy readable whose first bytes are damaged or that was cut off: what our files always have
/// there is put there, and the pages that are missing are empty ones
/// (<https://www.sqlite.org/fileformat2.html#the_database_header>).
fn mend_header(copy: &Path) -> std::io::Result<()> {
    let mut file = fs::File::options().read(true).write(true).open(copy)?;
    let mut header = [0_u8; 100];
    let length = file.metadata()?.len();
    if length < PAGE {
        return Ok(());
    }
    file.read_exact(&mut header)?;
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        u64::from(bytes.map_or(0, u32::from_be_bytes))
    };
    let pages = length.div_ceil(PAGE);
    let said = number(28);
    let pages = if said > pages && said <= pages.saturating_mul(MANY) { said } else { pages };
    file.set_len(pages * PAGE)?;
    let mut put =
        |at: u64, bytes: &[u8]| file.seek(SeekFrom::Start(at)).and_then(|_| file.write_all(bytes));
    put(0, MAGIC)?;
    // Size of a page; written and read with a log; nothing left free at the end; fixed fractions.
    put(16, &[0x10, 0, 2, 2, 0, 64, 32, 32])?;
    // The number of pages is not to be believed, nor is there a list of free ones.
    put(24, &[0, 0, 0, 1])?;
    put(28, &[0; 4])?;
    put(32, &[0; 8])?;
    put(44, &[0, 0, 0, 4])?;
    put(56, &[0, 0, 0, 1])?;
    put(92, &[0; 4])?;
    file.sync_all()
}

/// `library.db` and `-wal` to `library.db-wal`.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(suffix);
    PathBuf::from(name)
}

/// Gives a damaged library with its log another name: `library.damaged-20260102-030405.db`.
pub(super) fn set_aside(path: &Path, now: UnixSeconds) -> std::io::Result<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut aside = path.with_file_name(format!("{stem}.damaged-{}.db", backup::stamp(now)));
    let mut more = 1;
    while aside.exists() {
        more += 1;
        aside = path.with_file_name(format!("{stem}.damaged-{}-{more}.db", backup::stamp(now)));
    }
    for log in ["-wal", "-shm"] {
        match fs::rename(beside(path, log), beside(&aside, log)) {
            Err(err) if err.kind() != std::io::ErrorKind::NotFound => return Err(err),
            _ => {}
        }
    }
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// Gives snips whose episode is lost one to belong to, and lets go what belongs to nothing else.
fn adopt(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "INSERT INTO shows (id, title, title_key, subscribed, added)
         SELECT DISTINCT show, '?', '?', 1, 0 FROM episodes
         WHERE show NOT IN (SELECT id FROM shows);
         INSERT INTO shows (title, title_key, subscribed, added)
         SELECT '?', '?', 0, 0 WHERE EXISTS
            (SELECT 1 FROM snips WHERE episode NOT IN (SELECT id FROM episodes));
         INSERT INTO episodes (id, show, guid, title, title_key, sort_at, from_note)
         SELECT DISTINCT episode, (SELECT max(id) FROM shows), 'lost:' || episode, '?', '?', 0, 1
         FROM snips WHERE episode NOT IN (SELECT id FROM episodes);",
    )?;
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let lost = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for (table, id) in lost {
        match (table.as_str(), id) {
            ("reading", Some(id)) => {
                conn.execute("UPDATE reading SET episode = NULL WHERE id = ?1", [id])?;
            }
            (_, Some(id)) => {
                conn.execute(&format!("DELETE FROM \"{table}\" WHERE rowid = ?1"), [id])?;
            }
            (_, None) => {
                let of = if table == "article_names" { "article" } else { "episode" };
                let owners = if of == "article" { "articles" } else { "episodes" };
                let sql =
                    format!("DELETE FROM \"{table}\" WHERE {of} NOT IN (SELECT id FROM {owners})");
                conn.execute(&sql, [])?;
                if table == "article_sources" {
                    let sql = "DELETE FROM article_sources WHERE article NOT IN (SELECT id FROM articles)";
                    conn.execute(sql, [])?;
                }
            }
        }
    }
    conn.execute(
        "UPDATE episodes SET downloaded = EXISTS
            (SELECT 1 FROM downloads d WHERE d.episode = episodes.id AND d.done = 1)",
        [],
    )?;
    Ok(())
}
