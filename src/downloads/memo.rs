//! Bytes that a player keeps beside a recording, so as not to look through all of it again. Nothing is
//! lost with them: what is missing, damaged or too large is as good as none.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Largest memo: the index of a recording of two days.
const LARGEST: u64 = 16 << 20;
/// Most memos in a folder of their own; the oldest go.
const MOST: usize = 300;
/// The suffix of a memo.
const SUFFIX: &str = "index";

/// The memo of one recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memo {
    path: PathBuf,
    /// The folder holds nothing but memos.
    alone: bool,
}

impl Memo {
    /// The memo beside a recording of the cache.
    #[must_use]
    pub fn beside(recording: &Path) -> Self {
        Self { path: recording.with_extension(SUFFIX), alone: false }
    }

    /// The memo of a recording elsewhere, in a folder of memos; `name` tells the recording and its
    /// state, and consists of letters, digits, `-` and `_`.
    #[must_use]
    pub fn among(folder: &Path, name: &str) -> Self {
        Self { path: folder.join(format!("{name}.{SUFFIX}")), alone: true }
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was kept, if anything.
    #[must_use]
    pub fn read(&self) -> Option<Vec<u8>> {
        let file = File::open(&self.path).ok()?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= LARGEST).then_some(bytes)
    }

    /// Keeps these bytes instead of those before: at any moment either are there. Where that fails they
    /// are not kept, and the log says so.
    pub fn write(&self, bytes: &[u8]) {
        if bytes.len() as u64 > LARGEST {
            return;
        }
        if let Err(error) = self.try_write(bytes) {
            tracing::debug!(%error, path = %self.path.display(), "memo not kept");
        }
    }

    fn try_write(&self, bytes: &[u8]) -> io::Result<()> {
        if let Some(folder) = self.path.parent().filter(|_| self.alone) {
            fs::create_dir_all(folder)?;
            prune(folder)?;
        }
        // Two processes may write at once; not written to the disk for certain, for it can be made anew.
        let fresh = self.path.with_extension(format!("index-{}", std::process::id()));
        let written = File::create(&fresh)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&fresh, &self.path));
        if written.is_err() {
            // What was begun is of no use to anybody.
            let _ = fs::remove_file(&fresh);
        }
        written
    }
}

/// Makes room for one more.
fn prune(folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    files.sort();
    let surplus = (files.len() + 1).saturating_sub(MOST);
    for (_, path) in files.into_iter().take(surplus) {
        fs::remove_file(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_memo_counts_and_few_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("memos");
        let memo = Memo::among(&folder, "a-1");
        assert_eq!(memo.read(), None);
        memo.write(b"one");
        memo.write(b"two");
        assert_eq!(memo.read().as_deref(), Some(b"two".as_slice()));
        for number in 0..MOST + 20 {
            Memo::among(&folder, &format!("b-{number}")).write(b"x");
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), MOST);
    }

    #[test]
    fn a_memo_that_is_too_large_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let memo = Memo::beside(&folder.path().join("talk.mp3"));
        assert_eq!(memo.path(), folder.path().join("talk.index"));
        File::create(memo.path()).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(memo.read(), None);
    }
}
