//! What can go wrong with the library, in sentences for people.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the library could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file could not be made.
    #[error("the library {path} could not be opened: {source}; check that the folder is writable")]
    Open {
        /// The library's file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no database, or one that is damaged.
    #[error(
        "the library {path} could not be opened: it is damaged ({why}); it was left as it is, \
         `latetalk doctor --repair` saves what can be read and `latetalk restore` brings a backup back"
    )]
    Damaged {
        /// The library's file.
        path: PathBuf,
        /// What the database said.
        why: String,
    },
    /// The file is a database of another program.
    #[error(
        "the library {path} could not be opened: it is a database of another program; choose \
         another folder with --home"
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The library was written by a newer program.
    #[error(
        "the library {path} could not be opened: it has version {found}, this program knows \
         versions up to {known}; install the newer program again"
    )]
    Newer {
        /// The library's file.
        path: PathBuf,
        /// The version of the library.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// A library of an older version could not be copied before it is changed.
    #[error(
        "the library {path} was not brought to the new version: there is no room for a copy of it \
         ({why}); make room and start again"
    )]
    NoBackup {
        /// The library's file.
        path: PathBuf,
        /// Why there is no copy.
        why: String,
    },
    /// A copy could not be written.
    #[error("the library could not be copied to {path}: {why}; make room or choose another place")]
    NotCopied {
        /// The copy, or its folder.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Nothing can be read of a damaged library, and it has no backup.
    #[error(
        "the library {path} could not be repaired: nothing in it can be read; move it away to start a \
         new one, or bring a copy back with `latetalk restore FILE`"
    )]
    NothingLeft {
        /// The library's file.
        path: PathBuf,
    },
    /// Another process holds the write lock for too long.
    #[error(
        "the library could not be changed: another program is writing to it; try again when it \
         has finished"
    )]
    Busy,
    /// The disk is full.
    #[error("the library could not be changed: the disk is full; make room and try again")]
    Full,
    /// The library may only be read.
    #[error(
        "the library could not be changed: its file is read-only; check the permissions of the \
         file and its folder"
    )]
    ReadOnly,
    /// Damage found while the library was in use.
    #[error(
        "the library could not be read: its file is damaged ({0}); leave the program and run \
         `latetalk doctor --repair` to save what can be read"
    )]
    Broken(String),
    /// Anything else that the database said.
    #[error("the library could not be read or written: {0}; run `latetalk doctor` to check it")]
    Database(rusqlite::Error),
    /// Stored data that does not read as what it should be.
    #[error("the library could not be read: {what} is damaged ({why}); fetch it again")]
    Unreadable {
        /// What was read.
        what: &'static str,
        /// Why it is not that.
        why: String,
    },
    /// There is no such show.
    #[error("there is no show with the id {0}; `latetalk shows` lists them")]
    NoShow(i64),
    /// There is no such episode.
    #[error("there is no episode with the id {0}; `latetalk episodes` lists them")]
    NoEpisode(i64),
    /// There is no such snip.
    #[error("there is no snip with the id {0}; `latetalk snips` lists them")]
    NoSnip(i64),
    /// The article was never kept.
    #[error("the article {0} is not in the library; open it once to keep it")]
    NoArticle(String),
    /// A snip that ends before it begins.
    #[error(
        "the snip could not be kept: it ends at {end_ms} ms, not after its start at {start_ms} ms; \
         choose a later end"
    )]
    EmptyRange {
        /// Where it should begin.
        start_ms: u64,
        /// Where it should end.
        end_ms: u64,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Broken(error.to_string())
            }
            _ => Self::Database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_sentences_that_say_what_helps() {
        let path = PathBuf::from("a.db");
        let errors = [
            StoreError::Damaged { path: path.clone(), why: "no header".into() },
            StoreError::Foreign { path: path.clone() },
            StoreError::NoBackup { path: path.clone(), why: "no room".into() },
            StoreError::NotCopied { path: path.clone(), why: "no room".into() },
            StoreError::NothingLeft { path: path.clone() },
            StoreError::Newer { path, found: 9, known: 1 },
            StoreError::Busy,
            StoreError::Full,
            StoreError::ReadOnly,
            StoreError::Broken("page 7".into()),
            StoreError::Unreadable { what: "a list", why: "no JSON".into() },
            StoreError::NoShow(1),
            StoreError::NoEpisode(1),
            StoreError::NoSnip(1),
            StoreError::NoArticle("https://a.example".into()),
            StoreError::EmptyRange { start_ms: 2, end_ms: 1 },
        ];
        for error in errors {
            let text = error.to_string();
            assert!(text.starts_with(char::is_lowercase) && !text.ends_with('.'), "{text}");
            assert!(text.contains(';') && !text.contains(['\n', '\t']), "{text}");
        }
    }
}
