//! Where a whole recording stands under a name for people: a folder per show, a name that nobody else
//! has there, also where capitals and small letters are one.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::error::DownloadError;

/// Most recordings of one name in a folder.
const MOST_ALIKE: usize = 1_000;

/// The version of the file's shape.
const SHAPE: u32 = 1;

/// Where a whole recording is to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder, by the name of the show; fit for every file system.
    pub folder: String,
    /// The name without its suffix; fit for every file system.
    pub stem: String,
}

/// What is known of a recording that is whole: `.kept/KEY.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    shape: u32,
    /// Its file, from the folder of recordings on.
    pub(super) file: String,
    /// Its size when it came.
    pub(super) bytes: u64,
    /// The address that it came from.
    pub(super) url: String,
}

impl Kept {
    pub(super) fn new(file: String, bytes: u64, url: &str) -> Self {
        Self { shape: SHAPE, file, bytes, url: url.to_owned() }
    }

    /// Reads what is known; what is broken or leads out of the folder is as good as none.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let text = fs::read(path).ok()?;
        let kept: Self = serde_json::from_slice(&text).ok()?;
        let inside = Path::new(&kept.file).components().all(|c| matches!(c, Component::Normal(_)));
        (kept.shape == SHAPE && inside && !kept.file.is_empty()).then_some(kept)
    }

    /// Writes it so that at any moment either the old or the new one is there.
    pub(super) fn save(&self, path: &Path) -> Result<(), DownloadError> {
        let failed = |why: &std::io::Error| DownloadError::disk("write", path, why);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|why| failed(&why))?;
        }
        let text = serde_json::to_vec(self).map_err(|why| failed(&why.into()))?;
        let fresh = path.with_extension(format!("new-{}", std::process::id()));
        File::create(&fresh)
            .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_data()))
            .and_then(|()| fs::rename(&fresh, path))
            .map_err(|why| failed(&why))
    }

    /// The file, if it is there with all that came. One that has grown has new tags.
    pub(super) fn find(&self, folder: &Path) -> Option<PathBuf> {
        let path = folder.join(&self.file);
        let facts = path.metadata().ok()?;
        (facts.is_file() && facts.len() > 0 && facts.len() >= self.bytes).then_some(path)
    }
}

impl Place {
    /// Takes a name that is free; an empty file holds it until the recording takes its place. `before`
    /// is where the recording stood, if it was here once: it stands there again.
    pub(super) fn take(
        &self,
        root: &Path,
        suffix: &str,
        before: Option<&Kept>,
    ) -> Result<PathBuf, DownloadError> {
        if let Some(path) = before.map(|kept| root.join(&kept.file))
            && path.extension().is_some_and(|is| is == suffix)
            && path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok())
        {
            return Ok(path);
        }
        let folder = root.join(&self.folder);
        let failed = |path: &Path, why: &std::io::Error| DownloadError::disk("make", path, why);
        fs::create_dir_all(&folder).map_err(|why| failed(&folder, &why))?;
        let taken = names_in(&folder);
        for number in 1..=MOST_ALIKE {
            let name = match number {
                1 => format!("{}.{suffix}", self.stem),
                _ => format!("{} ({number}).{suffix}", self.stem),
            };
            if taken.contains(&folded(&name)) {
                continue;
            }
            let path = folder.join(name);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(path),
                Err(why) if why.kind() == ErrorKind::AlreadyExists => {}
                Err(why) => return Err(failed(&path, &why)),
            }
        }
        Err(failed(&folder.join(&self.stem), &ErrorKind::AlreadyExists.into()))
    }
}

/// The names in a folder as they are compared.
fn names_in(folder: &Path) -> HashSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| folded(&entry.file_name().to_string_lossy())).collect()
}

/// The form in which names are compared: many file systems do not tell capitals from small letters, nor
/// composed characters from others.
fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(stem: &str) -> Place {
        Place { folder: "夜航".into(), stem: stem.into() }
    }

    #[test]
    fn no_two_recordings_get_names_that_look_alike() {
        let root = tempfile::tempdir().unwrap();
        let take = |stem: &str| {
            let path = place(stem).take(root.path(), "mp3", None).unwrap();
            path.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(take("Été"), "Été.mp3");
        assert_eq!(take("été"), "été (2).mp3");
        assert_eq!(take("e\u{301}te\u{301}"), "e\u{301}te\u{301} (3).mp3");
        assert_eq!(take("Ete"), "Ete.mp3");
    }

    #[test]
    fn a_recording_that_was_here_stands_where_it_stood() {
        let root = tempfile::tempdir().unwrap();
        let before = Kept::new("老名字/一.mp3".into(), 9, "http://a.example/1.mp3");
        let taken = |suffix| place("一").take(root.path(), suffix, Some(&before)).unwrap();
        assert_eq!(taken("mp3"), root.path().join("老名字/一.mp3"));
        assert_eq!(taken("m4a"), root.path().join("夜航/一.m4a"));
    }

    #[test]
    fn a_file_that_lost_bytes_is_not_there_and_one_with_new_tags_is() {
        let root = tempfile::tempdir().unwrap();
        let kept = Kept::new("一.mp3".into(), 3, "http://a.example/1.mp3");
        let path = root.path().join("一.mp3");
        for (bytes, there) in [(&b""[..], false), (b"12", false), (b"123", true), (b"1234", true)] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(kept.find(root.path()).is_some(), there, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_known_never_leads_out_of_the_folder() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("k.json");
        for (file, good) in [("a/b.mp3", true), ("../b.mp3", false), ("/etc/b", false), ("", false)]
        {
            Kept::new(file.into(), 1, "").save(&path).unwrap();
            assert_eq!(Kept::read(&path).is_some(), good, "{file}");
        }
        fs::write(&path, "{").unwrap();
        assert_eq!(Kept::read(&path), None);
    }
}
