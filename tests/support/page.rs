//! One page of the small web: how it is revalidated, cut into ranges, compressed, and which faults
//! it has.

use std::io::Write;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Response, header};
use futures_util::stream;

const CHUNK: usize = 8 * 1024;

/// One file and how it is served. Take [`Page::new`] and change what the test is about.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its `Content-Type`.
    pub mime: String,
    /// Its content.
    pub bytes: Bytes,
    /// What it can be revalidated by.
    pub validator: Validator,
    /// Whether ranges are served; if not, they are answered with the whole file.
    pub ranges: bool,
    /// Whether whole files are compressed for those who accept gzip.
    pub gzip: bool,
    /// Answer with this status (and the content) instead.
    pub status: Option<u16>,
    /// Further headers, e.g. `Location`, `Retry-After`.
    pub headers: Vec<(String, String)>,
    /// Break the connection after so many bytes of every answer.
    pub cut_after: Option<usize>,
    /// Send so many bytes a second.
    pub bytes_per_second: Option<usize>,
    /// Take the request and never answer.
    pub hangs: bool,
}

/// What a conditional request compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validator {
    /// `ETag` and `If-None-Match`, new with every `Server::put`.
    ETag,
    /// `Last-Modified` and `If-Modified-Since`, a minute later with every `Server::put`.
    LastModified,
    /// Nothing.
    None,
}

impl Page {
    /// A page with an `ETag` and ranges, without compression and faults.
    pub fn new(mime: &str, bytes: impl Into<Bytes>) -> Self {
        Self {
            mime: mime.into(),
            bytes: bytes.into(),
            validator: Validator::ETag,
            ranges: true,
            gzip: false,
            status: None,
            headers: Vec::new(),
            cut_after: None,
            bytes_per_second: None,
            hangs: false,
        }
    }

    /// A page that leads to another address.
    pub fn redirect(status: u16, to: &str) -> Self {
        let mut page = Self::new("text/plain", "");
        page.status = Some(status);
        page.headers.push(("location".into(), to.into()));
        page
    }
}

impl Page {
    /// The answer to a request with these headers, for the `version`th page at its path.
    pub fn respond(&self, version: u32, request: &HeaderMap) -> Response<Body> {
        let sent = |name: header::HeaderName| request.get(name).and_then(|v| v.to_str().ok());
        let (name, validator, condition) = self.validation(version);
        let mut response = Response::builder().header(header::CONTENT_TYPE, &self.mime);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        if let Some(validator) = &validator {
            response = response.header(name, validator);
        }
        if let Some(status) = self.status {
            return response.status(status).body(self.body(self.bytes.clone())).unwrap();
        }
        if validator.is_some() && sent(condition) == validator.as_deref() {
            return response.status(304).body(Body::empty()).unwrap();
        }
        let unchanged =
            sent(header::IF_RANGE).is_none_or(|known| Some(known) == validator.as_deref());
        if self.ranges {
            response = response.header(header::ACCEPT_RANGES, "bytes");
        }
        if let Some(range) = sent(header::RANGE).filter(|_| self.ranges && unchanged) {
            return self.partial(response, range);
        }
        let accepts_gzip = sent(header::ACCEPT_ENCODING).is_some_and(|v| v.contains("gzip"));
        let bytes = if self.gzip && accepts_gzip {
            response = response.header(header::CONTENT_ENCODING, "gzip");
            gzipped(&self.bytes)
        } else {
            self.bytes.clone()
        };
        response.header(header::CONTENT_LENGTH, bytes.len()).body(self.body(bytes)).unwrap()
    }

    /// The header that validates, its value, and the request header that asks for it.
    fn validation(&self, version: u32) -> (header::HeaderName, Option<String>, header::HeaderName) {
        let modified = format!("Thu, 01 Jan 2026 00:{:02}:00 GMT", version % 60);
        match self.validator {
            Validator::ETag => {
                (header::ETAG, Some(format!("\"v{version}\"")), header::IF_NONE_MATCH)
            }
            Validator::LastModified => {
                (header::LAST_MODIFIED, Some(modified), header::IF_MODIFIED_SINCE)
            }
            Validator::None => (header::ETAG, None, header::IF_NONE_MATCH),
        }
    }

    fn partial(&self, response: axum::http::response::Builder, range: &str) -> Response<Body> {
        let len = self.bytes.len();
        let Some((from, to)) = byte_range(range, len) else {
            let whole = format!("bytes */{len}");
            let refused = response.status(416).header(header::CONTENT_RANGE, whole);
            return refused.body(Body::empty()).unwrap();
        };
        let part = self.bytes.slice(from..to);
        response
            .status(206)
            .header(header::CONTENT_RANGE, format!("bytes {from}-{}/{len}", to - 1))
            .header(header::CONTENT_LENGTH, part.len())
            .body(self.body(part))
            .unwrap()
    }

    /// The content as it is sent: at its pace, and broken off where it shall be.
    fn body(&self, bytes: Bytes) -> Body {
        if self.cut_after.is_none() && self.bytes_per_second.is_none() {
            return Body::from(bytes);
        }
        let cut = self.cut_after.filter(|&cut| cut < bytes.len());
        let end = cut.unwrap_or(bytes.len());
        let pace = self.bytes_per_second;
        Body::from_stream(stream::unfold(0, move |at| {
            let bytes = bytes.clone();
            async move {
                // Lets the connection send what it was given before the next part, or the cut.
                tokio::task::yield_now().await;
                if at > end || (at == end && cut.is_none()) {
                    return None;
                }
                if at == end {
                    return Some((Err(std::io::Error::other("cut here")), end + 1));
                }
                let to = end.min(at + pace.map_or(CHUNK, |pace| CHUNK.min(pace / 20 + 1)));
                if let Some(pace) = pace {
                    let pause = (to - at) as f64 / pace as f64;
                    tokio::time::sleep(Duration::from_secs_f64(pause)).await;
                }
                Some((Ok(bytes.slice(at..to)), to))
            }
        }))
    }
}

/// `bytes=a-b`, `bytes=a-`, `bytes=-n` as a range of a file of `len` bytes, if it is one.
fn byte_range(range: &str, len: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) => (from, to.saturating_add(1).min(len)),
        (Ok(from), Err(_)) if to.is_empty() => (from, len),
        (Err(_), Ok(last)) if from.is_empty() => (len.saturating_sub(last), len),
        _ => return None,
    };
    (from < to).then_some((from, to))
}

fn gzipped(bytes: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory takes bytes");
    encoder.finish().expect("memory takes bytes").into()
}
