//! The part file, held by one process at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::error::DownloadError;
use super::names::Names;

/// Tries to get the lock: whoever had the file may be just letting go of it.
const TRIES: usize = 5;
const PAUSE: Duration = Duration::from_millis(5);

/// Opens the part file, new if need be, and locks it against others.
pub(super) fn open_part(names: &Names) -> Result<File, DownloadError> {
    let path = names.part();
    for _ in 0..TRIES {
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        let file = options.open(&path).map_err(|why| DownloadError::disk("write", &path, &why))?;
        let locked = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(why)) => {
                // Some network file systems know no locks; one user's cache there works without.
                tracing::debug!(%why, "no lock on the part file");
                true
            }
        };
        // Before the lock was free the file may have been finished or removed, and this be a file
        // without a name.
        if locked && is_at(&file, &path) {
            return Ok(file);
        }
        thread::sleep(PAUSE);
    }
    Err(DownloadError::Busy { key: names.stem().to_owned() })
}

/// Whether the open file is the one that lies at `path`.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), path.metadata()) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_file_is_held_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let names = Names::new(folder.path(), "talk");
        let held = open_part(&names).unwrap();
        assert!(matches!(open_part(&names), Err(DownloadError::Busy { .. })));
        drop(held);
        assert!(open_part(&names).is_ok());
    }

    #[test]
    fn a_file_that_lost_its_name_is_not_taken_for_the_one_that_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("talk.part");
        let file = File::create(&path).unwrap();
        assert!(is_at(&file, &path));
        std::fs::remove_file(&path).unwrap();
        assert!(!is_at(&file, &path));
        let other = File::create(&path).unwrap();
        assert!(is_at(&other, &path) && !is_at(&file, &path));
    }
}
