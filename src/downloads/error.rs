//! Why a recording could not be downloaded or played from the net.

use std::io;

use crate::fetch::FetchError;

/// Why a recording could not be downloaded or played from the net.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    /// The network or the server.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// What came is a page or a text.
    #[error(
        "cannot download {url}: the server sent {what} instead of a recording; it may need a login, open \
         the episode's page in a browser"
    )]
    NotAudio {
        /// The address, fit to be shown.
        url: String,
        /// What came.
        what: &'static str,
    },
    /// It is over the size that a recording may have.
    #[error("cannot download {url}: it is larger than {} GB, which no recording should be", limit >> 30)]
    TooLarge {
        /// The address, fit to be shown.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Every try brought other bytes.
    #[error("cannot download {url}: the server keeps sending different versions of it; try later")]
    KeepsChanging {
        /// The address, fit to be shown.
        url: String,
    },
    /// The disk is full, or would be.
    #[error(
        "cannot download to {folder}: the disk is full ({} MB more are needed); free some space",
        needed.div_ceil(1 << 20)
    )]
    NoSpace {
        /// The folder.
        folder: String,
        /// Bytes still to be written.
        needed: u64,
    },
    /// The disk in another way.
    #[error("cannot {doing} {path}: {why}; check the folder and its permissions")]
    Disk {
        /// What was being done, as a verb.
        doing: &'static str,
        /// The file or folder.
        path: String,
        /// What the system says.
        why: String,
    },
    /// Another process works on it.
    #[error("cannot download {key}: another latetalk is at it; wait for it or close it")]
    Busy {
        /// The recording's key.
        key: String,
    },
    /// It was cancelled, or removed meanwhile.
    #[error("the download was cancelled")]
    Cancelled,
}

impl DownloadError {
    /// An error of the disk.
    pub(super) fn disk(doing: &'static str, path: &std::path::Path, error: &io::Error) -> Self {
        if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            let folder = path.parent().unwrap_or(path).display().to_string();
            return Self::NoSpace { folder, needed: 1 };
        }
        Self::Disk { doing, path: path.display().to_string(), why: error.to_string() }
    }

    /// The same as the reader of a stream sees it.
    pub(super) fn into_io(self) -> io::Error {
        let kind = match &self {
            Self::Fetch(FetchError::Timeout { .. }) => io::ErrorKind::TimedOut,
            Self::Fetch(FetchError::Status { status: 404 | 410, .. }) => io::ErrorKind::NotFound,
            Self::Fetch(FetchError::Forbidden { .. }) => io::ErrorKind::PermissionDenied,
            Self::Fetch(FetchError::Refused { .. }) => io::ErrorKind::ConnectionRefused,
            Self::NotAudio { .. } | Self::KeepsChanging { .. } => io::ErrorKind::InvalidData,
            Self::NoSpace { .. } => io::ErrorKind::StorageFull,
            Self::Cancelled => io::ErrorKind::ConnectionAborted,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_said_as_such() {
        let path = std::path::Path::new("/cache/talk.part");
        let full = DownloadError::disk("write", path, &io::ErrorKind::StorageFull.into());
        assert!(full.to_string().contains("/cache: the disk is full"), "{full}");
        assert_eq!(full.into_io().kind(), io::ErrorKind::StorageFull);
        let denied = DownloadError::disk("write", path, &io::ErrorKind::PermissionDenied.into());
        assert!(denied.to_string().starts_with("cannot write /cache/talk.part"), "{denied}");
    }
}
