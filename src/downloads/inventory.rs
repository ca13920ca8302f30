//! What lies in the folder of recordings, whoever put it there or took it away.

use std::collections::HashSet;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::error::DownloadError;
use super::folder::Downloads;
use super::keeping::remove_file;
use super::names::{SUFFIXES, kept_folder};
use super::place::Kept;
use super::record::Record;

/// A recording that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its identity.
    pub key: String,
    /// Its file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// The address that it came from, where that is known.
    pub url: Option<String>,
}

/// What was swept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// How many files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

impl Downloads {
    /// All recordings that are whole. One that was renamed within its folder is found by its length.
    #[must_use]
    pub fn inventory(&self) -> Vec<Held> {
        let root = self.folder();
        let known: Vec<(String, Kept)> = entries(&kept_folder(root))
            .filter(|entry| suffix_of(&entry.path()) == "json")
            .filter_map(|entry| Some((stem_of(&entry.path())?, Kept::read(&entry.path())?)))
            .collect();
        let taken: HashSet<PathBuf> = known.iter().map(|(_, kept)| root.join(&kept.file)).collect();
        let mut held: Vec<Held> = known
            .into_iter()
            .filter_map(|(key, kept)| {
                let path = kept.find(root).or_else(|| self.follow(&key, &kept, &taken))?;
                let bytes = path.metadata().ok()?.len();
                Some(Held { key, path, bytes, url: Some(kept.url) })
            })
            .collect();
        let names: HashSet<String> = held.iter().map(|held| held.key.clone()).collect();
        // Those from before recordings had names.
        let flat =
            entries(root).filter(|entry| SUFFIXES.contains(&suffix_of(&entry.path()).as_str()));
        held.extend(flat.filter_map(|entry| {
            let (path, facts) = (entry.path(), entry.metadata().ok()?);
            let key = stem_of(&path).filter(|key| !names.contains(key))?;
            let good = facts.is_file() && facts.len() > 0 && !taken.contains(&path);
            good.then_some(Held { key, path, bytes: facts.len(), url: None })
        }));
        held
    }

    /// Where a recording has gone that is not where it was: the only other file of its folder that has
    /// its length and its suffix.
    fn follow(&self, key: &str, kept: &Kept, taken: &HashSet<PathBuf>) -> Option<PathBuf> {
        let root = self.folder();
        let old = root.join(&kept.file);
        if old.exists() {
            return None;
        }
        let alike = |entry: &DirEntry| {
            let facts = entry.metadata();
            let same = facts.is_ok_and(|facts| facts.is_file() && facts.len() == kept.bytes);
            let path = entry.path();
            same && suffix_of(&path) == suffix_of(&old) && !taken.contains(&path)
        };
        let mut found = entries(old.parent()?).filter(alike);
        let (path, other) = (found.next()?.path(), found.next());
        if other.is_some() {
            return None;
        }
        let file = path.strip_prefix(root).ok()?.to_str()?.to_owned();
        let moved = Kept::new(file, kept.bytes, &kept.url);
        if let Err(error) = moved.save(&self.kept_path(key)) {
            tracing::warn!(%error, "a renamed recording is not followed");
        }
        Some(path)
    }

    /// Notes how long a recording is that came before such notes were kept, so that a cut is noticed.
    ///
    /// # Errors
    /// [`DownloadError::Disk`] if the note cannot be written.
    pub fn note(&self, held: &Held, url: &str, bytes: u64) -> Result<(), DownloadError> {
        let file = held.path.strip_prefix(self.folder()).ok().and_then(Path::to_str);
        let Some(file) = file.filter(|_| held.url.is_none()) else { return Ok(()) };
        Kept::new(file.to_owned(), bytes, url).save(&self.kept_path(&held.key))
    }

    /// Removes what nobody refers to: begun recordings that were not touched for so long and whose key
    /// is not wanted, and what crashes left behind. Whole recordings are never touched.
    #[must_use]
    pub fn sweep(&self, wanted: impl Fn(&str) -> bool, age: Duration) -> Swept {
        let (root, now) = (self.folder(), SystemTime::now());
        let mut swept = Swept::default();
        let old = |entry: &DirEntry| {
            let touched = entry.metadata().and_then(|facts| facts.modified()).ok();
            touched.and_then(|at| now.duration_since(at).ok()).is_some_and(|since| since >= age)
        };
        for entry in entries(root).chain(entries(&kept_folder(root))).filter(old) {
            let path = entry.path();
            let Some(key) = stem_of(&path) else { continue };
            let kind = suffix_of(&path);
            let stray = match kind.as_str() {
                "part" => !wanted(&key) && self.is_idle(&key),
                "index" => {
                    self.complete(&key).is_none() && !root.join(format!("{key}.part")).exists()
                }
                "json" if path.parent() == Some(root) => !path.with_extension("part").exists(),
                _ => kind == "json-new" || kind.starts_with("index-") || kind.starts_with("new-"),
            };
            if stray {
                swept.take(&path);
            }
            if stray && kind == "part" {
                swept.take(&path.with_extension("json"));
                swept.take(&path.with_extension("index"));
            }
        }
        // Names that were taken for recordings which then did not come.
        let folders = entries(root).filter(|entry| entry.path() != kept_folder(root));
        for folder in folders.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
            let empty = |entry: &DirEntry| {
                entry.metadata().is_ok_and(|facts| facts.is_file() && facts.len() == 0)
                    && SUFFIXES.contains(&suffix_of(&entry.path()).as_str())
            };
            for entry in entries(&folder.path()).filter(old).filter(empty) {
                swept.take(&entry.path());
            }
            // Only an empty folder can be removed so.
            let _ = fs::remove_dir(folder.path());
        }
        swept
    }

    /// Bytes that lie in the folder of recordings, and those that may still be written; `None` where the
    /// system does not say.
    #[must_use]
    pub fn room(&self) -> (u64, Option<u64>) {
        let held: u64 = self.inventory().iter().map(|held| held.bytes).sum();
        let parts = entries(self.folder()).filter(|entry| suffix_of(&entry.path()) == "part");
        let begun: u64 = parts
            .filter_map(|entry| {
                let length = entry.metadata().ok()?.len();
                let record = Record::read(&entry.path().with_extension("json"), length)?;
                Some(record.have.covered())
            })
            .sum();
        (held.saturating_add(begun), super::space::free(self.folder()))
    }
}

impl Swept {
    fn take(&mut self, path: &Path) {
        let bytes = path.metadata().map_or(0, |facts| facts.len());
        let there = path.exists();
        match remove_file(path) {
            Ok(()) => {
                self.files += usize::from(there);
                self.bytes += bytes;
            }
            Err(error) => tracing::warn!(%error, "stray file left behind"),
        }
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = DirEntry> {
    fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok)
}

fn stem_of(path: &Path) -> Option<String> {
    path.file_stem()?.to_str().map(str::to_owned)
}

fn suffix_of(path: &Path) -> String {
    path.extension().map(|suffix| suffix.to_string_lossy().into_owned()).unwrap_or_default()
}
