//! What is known of a recording that is not whole yet: `KEY.json` beside `KEY.part`.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::intervals::Intervals;

/// Largest file that is read, and most ranges that are believed.
const LARGEST: u64 = 1 << 20;
const MOST_RANGES: usize = 16_384;

/// The version of the file's shape.
const SHAPE: u32 = 1;

/// What is known of a recording that is not whole yet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// The file's shape.
    pub(super) shape: u32,
    /// The address as the feed has it.
    pub(super) url: String,
    /// Where it was found, so that trackers are not walked through for every range.
    pub(super) final_url: Option<String>,
    /// `ETag` of the version that the bytes are of.
    pub(super) etag: Option<String>,
    /// `Last-Modified` of that version.
    pub(super) last_modified: Option<String>,
    /// Its length.
    pub(super) total: Option<u64>,
    /// The bytes that are there.
    pub(super) have: Intervals,
}

impl Record {
    /// A recording of which nothing is known.
    pub(super) fn new(url: &str) -> Self {
        Self { shape: SHAPE, url: url.to_owned(), ..Self::default() }
    }

    /// Reads what was known of the recording at `url`; a record of another address is as good as none.
    /// Addresses that differ only behind the `?`, as signed ones do each time, are the same place;
    /// whether it is the same version still is found out with the next answer.
    pub(super) fn load(path: &Path, url: &str, part_length: u64) -> Option<Self> {
        let mut record = Self::read(path, part_length)?;
        if record.url != url {
            let plain = |url: &str| url.split(['?', '#']).next().map(str::to_owned);
            // Without marks of the version nothing speaks for its being the same.
            let marked = record.total.is_some() && record.if_range().is_some();
            if !marked || plain(&record.url) != plain(url) {
                return None;
            }
            (record.url, record.final_url) = (url.to_owned(), None);
        }
        Some(record)
    }

    /// Reads what was known. A record that is missing, broken, of another shape, or that claims more than
    /// the part file holds, is as good as none.
    pub(super) fn read(path: &Path, part_length: u64) -> Option<Self> {
        let mut text = Vec::new();
        File::open(path).ok()?.take(LARGEST).read_to_end(&mut text).ok()?;
        let mut record: Self = serde_json::from_slice(&text).ok()?;
        record.have = record.have.normalised();
        let longest = record.total.unwrap_or(u64::MAX).min(part_length);
        let good = record.shape == SHAPE
            && record.have.end() <= longest
            && record.have.len() <= MOST_RANGES;
        good.then_some(record)
    }

    /// Writes it so that at any moment either the old or the new one is there.
    pub(super) fn save(&self, path: &Path) -> io::Result<()> {
        let fresh = fresh(path);
        let mut file = File::create(&fresh)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_data()?;
        fs::rename(&fresh, path)
    }

    /// The header that makes a range request safe: a strong `ETag`, else the date. A weak `ETag` may not
    /// be used for that (RFC 9110, 13.1.5).
    pub(super) fn if_range(&self) -> Option<&str> {
        match self.etag.as_deref() {
            Some(etag) if !etag.starts_with("W/") => Some(etag),
            _ => self.last_modified.as_deref(),
        }
    }
}

/// Where a record is written before it takes the old one's place.
pub(super) fn fresh(path: &Path) -> PathBuf {
    path.with_extension("json-new")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_does_not_fit_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k.json");
        let url = "http://a.example/x.mp3";
        let mut record = Record::new(url);
        record.total = Some(100);
        record.have.add(10, 60);
        record.save(&path).unwrap();
        assert_eq!(Record::load(&path, url, 60), Some(record));
        assert_eq!(Record::load(&path, url, 59), None, "the part file is too short");
        assert_eq!(Record::load(&path, "http://b.example/", 60), None);
        assert_eq!(Record::load(&path, "http://a.example/x.mp3?key=2", 60), None, "no marks");
        let marked = Record { etag: Some("\"1\"".into()), ..Record::read(&path, 60).unwrap() };
        marked.save(&path).unwrap();
        let signed = Record::load(&path, "http://a.example/x.mp3?key=2", 60).unwrap();
        assert_eq!((signed.have, signed.url.ends_with("?key=2")), (marked.have, true));
        std::fs::write(&path, b"{\"shape\":1,").unwrap();
        assert_eq!(Record::load(&path, url, 60), None);
    }

    #[test]
    fn only_a_strong_tag_guards_a_range() {
        let mut record = Record::new("http://a.example/");
        record.last_modified = Some("Mon, 02 Jan 2023 00:00:00 GMT".into());
        record.etag = Some("W/\"1\"".into());
        assert_eq!(record.if_range(), record.last_modified.as_deref());
        record.etag = Some("\"1\"".into());
        assert_eq!(record.if_range(), Some("\"1\""));
    }
}
