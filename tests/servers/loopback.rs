//! A server on this machine that does exactly what a test tells it to, good or bad.

#![allow(dead_code, reason = "each test file uses its part of the server")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it was heard.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    /// Path and query.
    pub(crate) path: String,
    /// Which request this is, from 0.
    pub(crate) number: usize,
    headers: Vec<(String, String)>,
}

impl Heard {
    /// A header by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }
}

/// What the server does with a request, step by step; the connection ends after the last.
pub(crate) enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes, 16 KB at a time, with a pause after each.
    Slowly(Vec<u8>, Duration),
    /// Says nothing until the other side hangs up.
    Stall,
    /// Sends bytes again and again, with a pause, until the other side hangs up.
    Forever(Vec<u8>, Duration),
}

type Plan = dyn Fn(&Heard) -> Vec<Step> + Send + Sync;

/// A server on this machine.
pub(crate) struct Server {
    address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    sent: Arc<AtomicU64>,
}

impl Server {
    /// Starts one that answers each request as `plan` says.
    pub(crate) fn start(plan: impl Fn(&Heard) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let sent: Arc<AtomicU64> = Arc::default();
        let (plan, log): (Arc<Plan>, _) = (Arc::new(plan), Arc::clone(&heard));
        let count = Arc::clone(&sent);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (plan, log) = (Arc::clone(&plan), Arc::clone(&log));
                let count = Arc::clone(&count);
                thread::spawn(move || serve(Counted { stream, count }, &*plan, &log));
            }
        });
        Self { address, heard, sent }
    }

    /// The address of a path on it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// How many bytes were sent so far, heads of answers included, read by the other side or not.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }

    /// The requests so far.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

/// A connection that counts what is sent.
struct Counted {
    stream: TcpStream,
    count: Arc<AtomicU64>,
}

impl Counted {
    fn send(&mut self, bytes: &[u8]) -> Option<()> {
        // In small pieces: what the other side no longer wants does not count as sent.
        for piece in bytes.chunks(16 * 1024) {
            self.stream.write_all(piece).ok()?;
            self.count.fetch_add(piece.len() as u64, Ordering::SeqCst);
        }
        Some(())
    }
}

fn serve(mut out: Counted, plan: &Plan, log: &Mutex<Vec<Heard>>) -> Option<()> {
    let mut lines = BufReader::new(out.stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    for line in lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let heard = {
        let mut log = log.lock().unwrap();
        let heard = Heard { path, number: log.len(), headers };
        log.push(heard.clone());
        heard
    };
    for step in plan(&heard) {
        match step {
            Step::Send(bytes) => out.send(&bytes)?,
            Step::Slowly(bytes, pause) => {
                for piece in bytes.chunks(16 * 1024) {
                    out.send(piece)?;
                    thread::sleep(pause);
                }
            }
            Step::Stall => {
                // Ends when the other side closes.
                lines.by_ref().map_while(Result::ok).for_each(drop);
            }
            Step::Forever(bytes, pause) => loop {
                out.send(&bytes)?;
                thread::sleep(pause);
            },
        }
    }
    Some(())
}

/// The head of an answer, with the headers as they are given.
pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let lines: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let lines = lines.concat();
    format!("HTTP/1.1 {status} Whatever\r\nConnection: close\r\n{lines}\r\n").into_bytes()
}

/// A whole, honest answer.
pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<Step> {
    let length = body.len().to_string();
    let mut all = vec![("Content-Length", length.as_str())];
    all.extend_from_slice(headers);
    let mut bytes = head(status, &all);
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

/// The range that was asked for, cut to the file.
pub(crate) fn range(heard: &Heard, length: usize) -> Option<(usize, usize)> {
    let (from, to) = heard.header("range")?.strip_prefix("bytes=")?.split_once('-')?;
    let from: usize = from.parse().unwrap();
    let to = to.parse().map_or(length, |to: usize| (to + 1).min(length));
    Some((from, to))
}

/// What a good server answers: a part if a part was asked for and the condition holds.
pub(crate) fn good(heard: &Heard, file: &[u8], etag: &str) -> Vec<u8> {
    let condition = heard.header("if-range").is_none_or(|mark| mark == etag);
    let tag = ("ETag", etag);
    match range(heard, file.len()).filter(|_| condition) {
        Some((from, _)) if from >= file.len() => {
            head(416, &[tag, ("Content-Range", &format!("bytes */{}", file.len()))])
        }
        Some((from, to)) => {
            let span = format!("bytes {from}-{}/{}", to - 1, file.len());
            let length = (to - from).to_string();
            let mut bytes =
                head(206, &[tag, ("Content-Range", &span), ("Content-Length", &length)]);
            bytes.extend_from_slice(&file[from..to]);
            bytes
        }
        None => {
            let length = file.len().to_string();
            let mut bytes = head(200, &[tag, ("Content-Length", &length)]);
            bytes.extend_from_slice(file);
            bytes
        }
    }
}
