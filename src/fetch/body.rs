//! Reading a body within limits of size and time.

use std::time::Duration;

use reqwest::Response;

use super::causes;
use super::error::FetchError;

/// Why a chunk did not come.
#[derive(Debug)]
pub(crate) enum ChunkError {
    /// Nothing came for the given time.
    Silent(Duration),
    /// The library's error.
    Http(reqwest::Error),
}

/// The next piece of a body, or `None` at its end.
pub(crate) async fn next_chunk(
    response: &mut Response,
    idle: Duration,
) -> Result<Option<impl AsRef<[u8]> + Send + use<>>, ChunkError> {
    match tokio::time::timeout(idle, response.chunk()).await {
        Ok(Ok(chunk)) => Ok(chunk),
        Ok(Err(error)) => Err(ChunkError::Http(error)),
        Err(_) => Err(ChunkError::Silent(idle)),
    }
}

/// Why a body was not read.
#[derive(Debug)]
pub(super) enum BodyError {
    /// It is longer than the limit.
    TooLarge,
    /// A piece of it did not come.
    Chunk(ChunkError),
}

/// Reads a whole body of at most `limit` bytes. The bytes are counted as they leave the decompressor,
/// which works piece by piece, so a small body that swells never takes more memory than the limit.
pub(super) async fn read(
    response: &mut Response,
    limit: u64,
    idle: Duration,
) -> Result<Vec<u8>, BodyError> {
    let claimed = response.content_length();
    if claimed.is_some_and(|length| length > limit) {
        return Err(BodyError::TooLarge);
    }
    // The claim is only a hint: it may be a lie, and memory is not given away for a lie.
    let hint = claimed.unwrap_or(0).min(1 << 20);
    let mut body = Vec::with_capacity(hint as usize);
    while let Some(chunk) = next_chunk(response, idle).await.map_err(BodyError::Chunk)? {
        let chunk = chunk.as_ref();
        if (body.len() as u64).saturating_add(chunk.len() as u64) > limit {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(chunk);
    }
    Ok(body)
}

/// The sentence for a chunk that did not come. `url` is fit to be shown.
pub(super) fn understand(error: ChunkError, url: String, certificates: bool) -> FetchError {
    match error {
        ChunkError::Silent(after) => FetchError::Timeout { url, after },
        ChunkError::Http(error) => causes::understand(&error, url, Duration::ZERO, certificates),
    }
}
