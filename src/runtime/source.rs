//! Bytes behind an address or a path: the network, the embedded show or a local file, all bounded.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Services, Trouble};
use crate::fetch::{Accept, Reply, Request, Trust};

/// Largest feed, page or note that is taken, in bytes.
pub(crate) const LARGEST: u64 = 64 << 20;

/// Bytes and what is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where they were found: an address, `file:` for a local file.
    pub url: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The MIME type that was claimed.
    pub mime: Option<String>,
}

/// Reads what the user named: an address, or the path of a local file (`-` for standard input).
///
/// # Errors
/// A sentence that says what could not be read and why.
pub async fn read_source(
    services: &Services,
    source: &str,
    accept: Accept,
) -> Result<Fetched, Trouble> {
    if let Some(url) = as_url(source) {
        let reply = get(services, &url, accept, Trust::Named).await?;
        return Ok(Fetched { url: reply.final_url, bytes: reply.body, mime: reply.content_type });
    }
    read_file(source)
}

/// Asks the network, with a sentence if it fails.
pub(crate) async fn get(
    services: &Services,
    url: &str,
    accept: Accept,
    trust: Trust,
) -> Result<Reply, Trouble> {
    let request = Request {
        url: url.to_owned(),
        accept,
        etag: None,
        last_modified: None,
        limit: LARGEST,
        trust,
    };
    Ok(services.client.get(request).await?)
}

/// The address that a source is, if it is one.
#[must_use]
pub(crate) fn as_url(source: &str) -> Option<String> {
    let lower = source.get(..8.min(source.len())).unwrap_or(source).to_ascii_lowercase();
    if lower.starts_with("feed:") || lower.starts_with("podcast:") {
        let rest = source.split_once(':').map_or("", |(_, rest)| rest);
        let rest = rest.trim_start_matches("//");
        return Some(if rest.starts_with("http") {
            rest.to_owned()
        } else {
            format!("https://{rest}")
        });
    }
    let known = ["http://", "https://", "welcome:"];
    known.iter().any(|scheme| lower.starts_with(scheme)).then(|| source.to_owned())
}

/// Reads a local file: a path, a `file:` address or `-`.
///
/// # Errors
/// A sentence that names the file.
pub(crate) fn read_file(source: &str) -> Result<Fetched, Trouble> {
    if source == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|err| Trouble::doing("reading standard input", &err))?;
        too_large("standard input", bytes.len() as u64)?;
        return Ok(Fetched { url: "file:///dev/stdin".into(), bytes, mime: None });
    }
    let path = path_of(source);
    let shown = path.display().to_string();
    let doing = format!("reading {shown}");
    let failed = |err: &std::io::Error| Trouble::doing(&doing, err);
    let file = std::fs::File::open(&path).map_err(|err| failed(&err))?;
    let about = file.metadata().map_err(|err| failed(&err))?;
    if about.is_dir() {
        return Err(Trouble::new(format!("{doing}: it is a folder, not a file")));
    }
    too_large(&shown, about.len())?;
    // A pipe (`<(command)`) does not say how much will come.
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|err| failed(&err))?;
    too_large(&shown, bytes.len() as u64)?;
    Ok(Fetched { url: file_url(&path), bytes, mime: None })
}

fn too_large(what: &str, bytes: u64) -> Result<(), Trouble> {
    if bytes > LARGEST {
        let largest = LARGEST >> 20;
        return Err(Trouble::new(format!("reading {what}: it is larger than {largest} MB")));
    }
    Ok(())
}

/// The path that a path or a `file:` address names.
#[must_use]
pub(crate) fn path_of(source: &str) -> PathBuf {
    url::Url::parse(source)
        .ok()
        .filter(|url| url.scheme() == "file")
        .and_then(|url| url.to_file_path().ok())
        .unwrap_or_else(|| PathBuf::from(source))
}

/// The `file:` address of a path.
#[must_use]
pub(crate) fn file_url(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    url::Url::from_file_path(&whole)
        .map_or_else(|()| format!("file://{}", whole.display()), String::from)
}
