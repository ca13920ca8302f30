//! Pictures kept on disk: a folder of files of bounded size; what was not looked at for longest goes
//! first. It may be removed at any time.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Trouble, write_whole};

/// Longest address that is kept with its picture, in bytes.
const LONGEST: usize = 8 << 10;

/// The folder of pictures. Blocks; call it where blocking is fine.
#[derive(Debug, Clone)]
pub(crate) struct PictureStore {
    folder: PathBuf,
    /// Most bytes of all files together.
    most: u64,
}

impl PictureStore {
    /// The pictures in this folder, of at most so many bytes together.
    pub(crate) fn new(folder: &Path, most: u64) -> Self {
        Self { folder: folder.to_owned(), most }
    }

    /// The picture of this address, if it is here. It counts as looked at now.
    pub(crate) fn get(&self, url: &str) -> Option<Vec<u8>> {
        let mut file = File::options().read(true).write(true).open(self.path(url)).ok()?;
        let mut bytes = Vec::new();
        file.by_ref()
            .take(self.most.saturating_add(LONGEST as u64))
            .read_to_end(&mut bytes)
            .ok()?;
        // The address stands in the file: two addresses may come to the same name.
        let head = bytes.iter().take(LONGEST).position(|byte| *byte == b'\n')?;
        if bytes.get(..head)? != url.as_bytes() {
            return None;
        }
        // Where the time cannot be set, the picture goes a little early.
        let _ = file.set_modified(SystemTime::now());
        bytes.drain(..=head);
        Some(bytes)
    }

    /// Keeps a picture, and lets older ones go until there is room.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn put(&self, url: &str, picture: &[u8]) -> Result<(), Trouble> {
        if url.len() >= LONGEST || url.contains('\n') || picture.len() as u64 > self.most {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(url.len() + 1 + picture.len());
        bytes.extend_from_slice(url.as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(picture);
        write_whole(&self.path(url), &bytes)?;
        self.make_room();
        Ok(())
    }

    /// Removes what was not looked at for longest until all is within the bound.
    fn make_room(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .collect();
        let mut all: u64 = files.iter().map(|(_, length, _)| length).sum();
        if all <= self.most {
            return;
        }
        files.sort();
        for (_, length, path) in files {
            if all <= self.most {
                break;
            }
            match fs::remove_file(&path) {
                Ok(()) => all = all.saturating_sub(length),
                Err(err) => tracing::warn!("removing {}: {err}", path.display()),
            }
        }
    }

    fn path(&self, url: &str) -> PathBuf {
        self.folder.join(format!("{:016x}", checksum(url)))
    }
}

/// FNV-1a, 64 bits: small, and the same on every machine and in every version.
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_looked_at_for_longest_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let store = PictureStore::new(folder.path(), 3000);
        let old = SystemTime::now() - std::time::Duration::from_secs(1000);
        for (index, url) in ["https://a.example/1", "https://a.example/2"].iter().enumerate() {
            store.put(url, &[7; 1000]).unwrap();
            let file = File::options().write(true).open(store.path(url)).unwrap();
            let at = old + std::time::Duration::from_secs(index as u64);
            file.set_modified(at).unwrap();
        }
        assert_eq!(store.get("https://a.example/1"), Some(vec![7; 1000]));
        store.put("https://a.example/3", &[8; 1500]).unwrap();
        assert_eq!(store.get("https://a.example/1"), Some(vec![7; 1000]));
        assert_eq!(store.get("https://a.example/2"), None);
        assert_eq!(store.get("https://a.example/3"), Some(vec![8; 1500]));
    }

    #[test]
    fn a_file_of_another_address_is_not_taken_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = PictureStore::new(folder.path(), 3000);
        store.put("https://a.example/1", b"one").unwrap();
        let (one, two) = (store.path("https://a.example/1"), store.path("https://a.example/2"));
        fs::rename(one, two).unwrap();
        assert_eq!(store.get("https://a.example/2"), None);
        store.put("https://a.example/large", &[0; 4000]).unwrap();
        assert_eq!(store.get("https://a.example/large"), None);
    }
}
