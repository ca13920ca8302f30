//! A server on this machine that answers conditionally, keeps connections open, and counts.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use super::feeds;

/// Hosts that the feeds are spread over, as real ones are: 127.0.0.1 to 127.0.0.20.
const HOSTS: usize = 20;

/// What was asked of the server since it was last counted.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) requests: u64,
    pub(crate) unchanged: u64,
    pub(crate) bytes: u64,
}

#[derive(Debug)]
struct Shelf {
    first: String,
    second: String,
    changed: AtomicBool,
    requests: AtomicU64,
    unchanged: AtomicU64,
    bytes: AtomicU64,
}

/// The server, until the process ends.
pub(crate) struct Server {
    port: u16,
    shelf: Arc<Shelf>,
}

impl Server {
    /// Serves feeds of so many items.
    pub(crate) fn start(items: usize) -> Self {
        let first = feeds::template(items);
        let second = feeds::with_one_more(&first, items);
        let none = || AtomicU64::new(0);
        let (requests, unchanged, bytes) = (none(), none(), none());
        let changed = AtomicBool::new(false);
        let shelf = Arc::new(Shelf { first, second, changed, requests, unchanged, bytes });
        let listener = TcpListener::bind("0.0.0.0:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::clone(&shelf);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shelf = Arc::clone(&shared);
                thread::spawn(move || serve(&stream, &shelf));
            }
        });
        Self { port, shelf }
    }

    /// The address of a feed.
    pub(crate) fn url(&self, feed: usize) -> String {
        format!("http://127.0.0.{}:{}/{feed}", 1 + feed % HOSTS, self.port)
    }

    /// From now on every tenth feed has one more episode.
    pub(crate) fn change_one_in_ten(&self) {
        self.shelf.changed.store(true, Ordering::SeqCst);
    }

    /// What was asked since the last call.
    pub(crate) fn served(&self) -> Served {
        let take = |count: &AtomicU64| count.swap(0, Ordering::SeqCst);
        Served {
            requests: take(&self.shelf.requests),
            unchanged: take(&self.shelf.unchanged),
            bytes: take(&self.shelf.bytes),
        }
    }
}

fn serve(stream: &TcpStream, shelf: &Shelf) -> Option<()> {
    // Without this every answer waits for the acknowledgement of the one before.
    stream.set_nodelay(true).ok()?;
    let mut lines = BufReader::new(stream).lines();
    loop {
        let first = lines.next()?.ok()?;
        let feed: usize = first.split(' ').nth(1)?.trim_start_matches('/').parse().ok()?;
        let mut known = None;
        for line in lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()) {
            let (name, value) = line.split_once(':')?;
            if name.eq_ignore_ascii_case("if-none-match") {
                known = Some(value.trim().to_owned());
            }
        }
        let answer = shelf.answer(feed, known.as_deref());
        shelf.bytes.fetch_add(answer.len() as u64, Ordering::SeqCst);
        let mut out = stream;
        out.write_all(answer.as_bytes()).ok()?;
    }
}

impl Shelf {
    fn answer(&self, feed: usize, known: Option<&str>) -> String {
        self.requests.fetch_add(1, Ordering::SeqCst);
        let changed = self.changed.load(Ordering::SeqCst) && feed.is_multiple_of(10);
        let tag = format!("\"{feed}-{}\"", u8::from(changed));
        if known == Some(tag.as_str()) {
            self.unchanged.fetch_add(1, Ordering::SeqCst);
            return format!("HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n");
        }
        let body = feeds::of_show(if changed { &self.second } else { &self.first }, feed);
        format!(
            "HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    }
}
