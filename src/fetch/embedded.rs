//! `welcome:NAME`: the show that is part of the program and needs no network.

use crate::welcome::{self, Embedded};

use super::error::FetchError;
use super::request::{Reply, Status};
use super::shown::shown_text;

/// The embedded file that an address means; `None` for an address of another scheme.
pub(crate) fn embedded(url: &str) -> Option<Result<Embedded, FetchError>> {
    let name = url.trim().strip_prefix("welcome:")?;
    let name = name.split(['#', '?']).next().unwrap_or_default();
    Some(welcome::read(name).ok_or_else(|| FetchError::NoWelcome { url: shown_text(url) }))
}

/// The embedded file as if a server had answered.
pub(super) fn reply(url: &str, file: Embedded) -> Reply {
    Reply {
        status: Status::Fresh,
        body: file.bytes.to_vec(),
        content_type: Some(file.mime.to_owned()),
        final_url: url.trim().to_owned(),
        moved_to: None,
        etag: None,
        last_modified: None,
        fresh_for: None,
        retry_after: None,
        downgraded: false,
    }
}
