//! What the files of a recording are called.

use std::path::{Path, PathBuf};

use super::memo::Memo;
use super::place::Kept;

/// Suffixes that a whole recording may have; the closed list makes looking for one cheap.
pub(super) const SUFFIXES: [&str; 16] = [
    "mp3", "m4a", "mp4", "aac", "ogg", "opus", "flac", "wav", "webm", "mka", "m4b", "aiff", "caf",
    "mov", "m4v", "audio",
];

/// Longest stem, in bytes; some encrypted file systems take no more than 143 for the whole name.
const LONGEST: usize = 100;

/// The files of one recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    folder: PathBuf,
    stem: String,
}

impl Names {
    pub(super) fn new(folder: &Path, key: &str) -> Self {
        Self { folder: folder.to_owned(), stem: stem(key) }
    }

    /// The stem that all names share.
    pub(super) fn stem(&self) -> &str {
        &self.stem
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file that is not whole yet.
    pub(super) fn part(&self) -> PathBuf {
        self.with("part")
    }

    /// What is known of it.
    pub(super) fn record(&self) -> PathBuf {
        self.with("json")
    }

    /// What its players keep beside it.
    pub(super) fn memo(&self) -> Memo {
        Memo::beside(&self.part())
    }

    /// The name of the whole file; an unknown suffix becomes `audio`.
    pub(super) fn whole(&self, suffix: &str) -> PathBuf {
        let known = SUFFIXES.iter().find(|known| **known == suffix);
        self.with(known.copied().unwrap_or("audio"))
    }

    /// What says where the whole file is.
    pub(super) fn kept(&self) -> PathBuf {
        kept_folder(&self.folder).join(format!("{}.json", self.stem))
    }

    /// The whole file, if it is there. Where it is known how long it was, a shorter one is not whole.
    pub(super) fn find_whole(&self) -> Option<PathBuf> {
        if let Some(kept) = Kept::read(&self.kept()) {
            return kept.find(&self.folder);
        }
        self.wholes()
            .find(|path| path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() > 0))
    }

    /// All names that the whole file may have.
    pub(super) fn wholes(&self) -> impl Iterator<Item = PathBuf> {
        SUFFIXES.iter().map(|suffix| self.with(suffix))
    }

    fn with(&self, suffix: &str) -> PathBuf {
        self.folder.join(format!("{}.{suffix}", self.stem))
    }
}

/// Where it is said which recordings are whole.
pub(super) fn kept_folder(folder: &Path) -> PathBuf {
    folder.join(".kept")
}

/// A key as a file name: what is not a letter, digit, `-` or `_` becomes `_`, and a key that had to be
/// changed gets a checksum so that it stays apart from its neighbours.
fn stem(key: &str) -> String {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.len() <= LONGEST && key.chars().all(good) {
        return key.to_owned();
    }
    let changed = key.chars().map(|c| if good(c) { c } else { '_' });
    let readable: String = changed.take(LONGEST - 17).collect();
    format!("{readable}_{:016x}", checksum(key))
}

/// FNV-1a, 64 bits: small, and the same on every machine and in every version.
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The suffix that a MIME type or an address suggests.
pub(super) fn suggested(mime: Option<&str>, url: &str) -> Option<&'static str> {
    let essence = mime.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let by_mime = match essence.to_ascii_lowercase().as_str() {
        "audio/mpeg" | "audio/mp3" | "audio/x-mp3" | "audio/mpeg3" => Some("mp3"),
        "audio/mp4" | "audio/x-m4a" | "audio/m4a" => Some("m4a"),
        "audio/x-m4b" | "audio/m4b" => Some("m4b"),
        "audio/aac" | "audio/aacp" | "audio/x-aac" => Some("aac"),
        "audio/ogg" | "audio/vorbis" | "application/ogg" => Some("ogg"),
        "audio/opus" => Some("opus"),
        "audio/flac" | "audio/x-flac" => Some("flac"),
        "audio/wav" | "audio/x-wav" | "audio/vnd.wave" => Some("wav"),
        "audio/webm" | "video/webm" => Some("webm"),
        "video/mp4" => Some("mp4"),
        "video/quicktime" => Some("mov"),
        "video/x-m4v" => Some("m4v"),
        _ => None,
    };
    by_mime.or_else(|| {
        let parsed = url::Url::parse(url).ok()?;
        let (_, suffix) = parsed.path().rsplit_once('.')?;
        let suffix = suffix.to_ascii_lowercase();
        SUFFIXES.iter().find(|known| **known == suffix).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_leaves_its_folder_nor_meets_another() {
        let folder = Path::new("/cache");
        assert_eq!(Names::new(folder, "ep-12_a").part(), Path::new("/cache/ep-12_a.part"));
        let wild = ["../../etc/passwd", "a/b", "a\\b", "a.part", "", "第一期", "a\u{0}b", "a:b"];
        let mut stems: Vec<String> = wild.iter().map(|key| stem(key)).collect();
        stems.push(stem(&"x".repeat(300)));
        stems.push(stem(&"x".repeat(301)));
        for stem in &stems {
            assert!(stem.len() <= LONGEST && !stem.contains(['/', '\\', '.', ':']), "{stem}");
        }
        stems.sort();
        stems.dedup();
        assert_eq!(stems.len(), wild.len() + 2);
    }

    #[test]
    fn a_suffix_comes_from_the_type_or_the_address() {
        assert_eq!(suggested(Some("audio/mpeg; charset=x"), "http://a.example/x"), Some("mp3"));
        assert_eq!(suggested(None, "http://a.example/x.M4A?key=.mp3"), Some("m4a"));
        assert_eq!(suggested(Some("text/html"), "http://a.example/x.exe"), None);
        let names = Names::new(Path::new("/c"), "k");
        assert_eq!(names.whole("exe"), Path::new("/c/k.audio"));
    }
}
