//! A web of one's own on the loopback: files with validators, ranges and compression, the faults
//! real servers have, and a record of every request.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use futures_util::stream;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

const CHUNK: usize = 8 * 1024;

/// Pages at a loopback address, until it is stopped or dropped.
pub struct Server {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    runtime: Option<Runtime>,
}

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
    /// `ETag` and `If-None-Match`, new with every [`Server::put`].
    ETag,
    /// `Last-Modified` and `If-Modified-Since`, a minute later with every [`Server::put`].
    LastModified,
    /// Nothing.
    None,
}

/// A request that was answered, or taken and left hanging.
#[derive(Debug, Clone)]
pub struct Hit {
    /// `GET`, `HEAD`, `POST` …
    pub method: String,
    /// Path with the query, as sent.
    pub path: String,
    /// Its headers, names in lower case.
    pub headers: HeaderMap,
    /// The status it was answered with; 0 for a page that hangs.
    pub status: u16,
}

impl Hit {
    /// The value of a request header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

#[derive(Default)]
struct Shelf {
    pages: Mutex<BTreeMap<String, (Page, u32)>>,
    hits: Mutex<Vec<Hit>>,
    hit: Condvar,
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

impl Server {
    /// An empty server at a free port of 127.0.0.1.
    pub fn start() -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Self { address, shelf: Arc::new(Shelf::default()), runtime: None };
        server.restart();
        server
    }

    /// The address of a path: `url("/feed.xml")`.
    pub fn url(&self, path: &str) -> String {
        assert!(path.is_empty() || path.starts_with('/'), "{path} does not start with /");
        format!("http://{}{path}", self.address)
    }

    /// Puts a page at a path (as it is sent, percent-encoded), in place of what was there. Its
    /// validator changes.
    pub fn put(&self, path: &str, page: Page) {
        let mut pages = self.shelf.pages.lock().unwrap();
        let version = pages.get(path).map_or(1, |(_, version)| version + 1);
        pages.insert(path.into(), (page, version));
    }

    /// Takes a page away: 404.
    pub fn remove(&self, path: &str) {
        self.shelf.pages.lock().unwrap().remove(path);
    }

    /// The requests for a path so far, whatever their query.
    pub fn hits(&self, path: &str) -> Vec<Hit> {
        let hits = self.shelf.hits.lock().unwrap();
        hits.iter().filter(|hit| without_query(&hit.path) == path).cloned().collect()
    }

    /// All requests so far.
    pub fn all_hits(&self) -> Vec<Hit> {
        self.shelf.hits.lock().unwrap().clone()
    }

    /// Waits until a path was asked for `count` times.
    #[track_caller]
    pub fn wait_for_hits(&self, path: &str, count: usize, timeout: Duration) -> Vec<Hit> {
        let end = Instant::now() + timeout;
        let mut hits = self.shelf.hits.lock().unwrap();
        loop {
            let of_path: Vec<Hit> =
                hits.iter().filter(|hit| without_query(&hit.path) == path).cloned().collect();
            if of_path.len() >= count {
                return of_path;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{path} was asked for {} times, not {count}", of_path.len());
            hits = self.shelf.hit.wait_timeout(hits, left).unwrap().0;
        }
    }

    /// Goes off the net: connections break, new ones are refused.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }

    /// Comes back at the same address with the same pages.
    pub fn restart(&mut self) {
        self.stop();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind(self.address)).expect("a port");
        self.address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(answer).with_state(Arc::clone(&self.shelf));
        runtime.spawn(async move { axum::serve(listener, router).await });
        self.runtime = Some(runtime);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}

async fn answer(
    State(shelf): State<Arc<Shelf>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let found = shelf.pages.lock().unwrap().get(uri.path()).cloned();
    let hangs = found.as_ref().is_some_and(|(page, _)| page.hangs);
    let response = found.map_or_else(not_found, |(page, version)| page.respond(version, &headers));
    let status = if hangs { 0 } else { response.status().as_u16() };
    let path = uri.path_and_query().map_or_else(|| uri.to_string(), ToString::to_string);
    let hit = Hit { method: method.to_string(), path, headers, status };
    shelf.hits.lock().unwrap().push(hit);
    shelf.hit.notify_all();
    if hangs {
        std::future::pending::<Infallible>().await;
    }
    response
}

fn not_found() -> Response<Body> {
    let mut response = Response::new(Body::from("not here"));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

impl Page {
    fn respond(&self, version: u32, request: &HeaderMap) -> Response<Body> {
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
