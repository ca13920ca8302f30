//! A web of one's own on the loopback: files with validators, ranges and compression, the faults
//! real servers have, and a record of every request.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::page::Page;

/// Pages at a loopback address, until it is stopped or dropped.
pub struct Server {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    runtime: Option<Runtime>,
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
