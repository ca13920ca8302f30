//! The cache of recordings against servers that drop, change, ignore and lie.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "servers/loopback.rs"]
mod loopback;

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use latetalk::downloads::{
    CancelFlag, DownloadError, Downloads, Finished, Job, Progress, Stream, Tuning,
};
use latetalk::fetch::{Client, FetchError, Patience, Trust};
use loopback::{Server, Step, good, head, range, reply};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Bytes that look like an MP3 and repeat nowhere.
fn recording(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let noise = std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    });
    b"ID3\x04\0\0\0\0\0\0".iter().copied().chain(noise).take(length).collect()
}

/// A folder, a runtime and the downloads in it.
struct Cache {
    folder: TempDir,
    runtime: Runtime,
    downloads: Downloads,
}

fn tuning() -> Tuning {
    Tuning {
        backoff: vec![Duration::ZERO; 5],
        idle: Duration::from_secs(5),
        stall: Duration::from_secs(5),
        near: 16 * 1024,
        settle: Duration::from_millis(20),
        // All that is missing is asked for at once, unless a test says otherwise.
        first_piece: 1 << 30,
        overlap: 512,
        checkpoint: 64 * 1024,
        ..Tuning::default()
    }
}

fn client() -> Client {
    Client::with_patience(Patience::with_idle(Duration::from_secs(5))).unwrap()
}

impl Cache {
    fn new() -> Self {
        Self::with(tuning())
    }

    fn with(tuning: Tuning) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.unwrap();
        let path = folder.path().join("recordings");
        let handle = runtime.handle().clone();
        let downloads = Downloads::with_tuning(path, client(), handle, tuning).unwrap();
        Self { folder, runtime, downloads }
    }

    /// The same folder as another process would see it.
    fn reopened(&self) -> Downloads {
        let path = self.folder.path().join("recordings");
        let handle = self.runtime.handle().clone();
        Downloads::with_tuning(path, client(), handle, tuning()).unwrap()
    }

    fn fetch(&self, job: Job) -> Result<Finished, DownloadError> {
        self.runtime.block_on(self.downloads.fetch(job, |_| {}, CancelFlag::new()))
    }

    /// Fetches until half is there, then cancels.
    fn fetch_half(&self, job: Job, half: u64) {
        let cancel = CancelFlag::new();
        let stop = cancel.clone();
        let progress = move |now: Progress| {
            if now.bytes >= half {
                stop.cancel();
            }
        };
        let outcome = self.runtime.block_on(self.downloads.fetch(job, progress, cancel));
        assert_eq!(outcome, Err(DownloadError::Cancelled));
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.downloads.folder()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn job(url: String) -> Job {
    Job {
        key: "talk".into(),
        url,
        mime: Some("audio/mpeg".into()),
        trust: Trust::Named,
        place: None,
    }
}

fn content(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

fn good_server(file: &[u8]) -> Server {
    let file = file.to_vec();
    Server::start(move |heard| vec![Step::Send(good(heard, &file, "\"v1\""))])
}

/// An answer that breaks off after `count` bytes of the body.
fn cut(answer: Vec<u8>, count: usize) -> Vec<Step> {
    let body = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let mut answer = answer;
    answer.truncate(body + count);
    vec![Step::Send(answer)]
}

/// An answer that stops after `count` bytes of the body, but stays open.
fn halt(answer: Vec<u8>, count: usize) -> Vec<Step> {
    let mut steps = cut(answer, count);
    steps.push(Step::Stall);
    steps
}

// Whole files

#[test]
fn a_recording_comes_whole_and_stays() {
    let file = recording(300_000, 1);
    let (cache, server) = (Cache::new(), good_server(&file));
    let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let log = Arc::clone(&seen);
    let progress = move |now| log.lock().unwrap().push(now);
    let fetching = cache.downloads.fetch(job(server.url("/a")), progress, CancelFlag::new());
    let done = cache.runtime.block_on(fetching).unwrap();
    assert_eq!((done.bytes, done.already), (300_000, false));
    assert_eq!(content(&done.path), file);
    assert_eq!(cache.files(), ["talk.mp3"]);
    assert_eq!(cache.downloads.complete("talk"), Some(done.path.clone()));
    assert_eq!(cache.downloads.partial_bytes("talk"), 0);
    let seen = seen.lock().unwrap().clone();
    assert!(seen.windows(2).all(|pair| pair[0].bytes <= pair[1].bytes), "{seen:?}");
    assert_eq!(seen.last(), Some(&Progress { bytes: 300_000, total: Some(300_000) }));
    let again = cache.fetch(job(server.url("/a"))).unwrap();
    assert_eq!(again, Finished { already: true, ..done });
    assert_eq!(server.heard().len(), 1);
    assert_eq!(server.heard()[0].header("accept-encoding"), Some("identity"));
    cache.downloads.remove("talk").unwrap();
    cache.downloads.remove("talk").unwrap();
    assert_eq!((cache.downloads.complete("talk"), cache.files().len()), (None, 0));
}

#[test]
fn a_dropped_download_goes_on_from_where_it_was() {
    let file = recording(300_000, 2);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.number {
        0 => cut(good(heard, &copy, "\"v1\""), 150_000),
        1 => cut(good(heard, &copy, "\"v1\""), 50_000),
        _ => vec![Step::Send(good(heard, &copy, "\"v1\""))],
    });
    let cache = Cache::new();
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    assert_eq!(content(&done.path), file);
    let heard = server.heard();
    let ranges: Vec<_> = heard.iter().map(|heard| heard.header("range")).collect();
    // 512 bytes are asked for again, to be compared.
    assert_eq!(ranges, [None, Some("bytes=149488-"), Some("bytes=198976-")]);
    assert_eq!(heard[1].header("if-range"), Some("\"v1\""));
}

#[test]
fn another_process_takes_up_a_cancelled_download() {
    let file = recording(2_000_000, 3);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.number {
        0 => halt(good(heard, &copy, "\"v1\""), 500_000),
        _ => vec![Step::Send(good(heard, &copy, "\"v1\""))],
    });
    let cache = Cache::new();
    cache.fetch_half(job(server.url("/a")), 500_000);
    assert_eq!(cache.files(), ["talk.json", "talk.part"]);
    assert_eq!(cache.downloads.partial_bytes("talk"), 500_000);
    let reopened = cache.reopened();
    assert_eq!(reopened.partial_bytes("talk"), 500_000);
    let fetching = reopened.fetch(job(server.url("/a")), |_| {}, CancelFlag::new());
    let done = cache.runtime.block_on(fetching).unwrap();
    assert_eq!(content(&done.path), file);
    assert_eq!(server.heard()[1].header("range"), Some("bytes=499488-"));
}

#[test]
fn two_processes_do_not_write_one_file() {
    let server = Server::start(|_| vec![Step::Stall]);
    let cache = Cache::new();
    let stream = cache.downloads.open(job(server.url("/a")));
    let other = cache.reopened();
    let fetching = other.fetch(job(server.url("/a")), |_| {}, CancelFlag::new());
    let error = cache.runtime.block_on(fetching).unwrap_err();
    assert_eq!(error, DownloadError::Busy { key: "talk".into() });
    drop(stream);
}

#[test]
fn two_fetches_of_one_recording_share_one_transfer() {
    let file = recording(300_000, 4);
    let server = good_server(&file);
    let cache = Cache::new();
    let fetch = || {
        let (downloads, job) = (cache.downloads.clone(), job(server.url("/a")));
        cache.runtime.spawn(async move { downloads.fetch(job, |_| {}, CancelFlag::new()).await })
    };
    let both = [fetch(), fetch(), fetch()];
    for fetched in both {
        let done = cache.runtime.block_on(fetched).unwrap().unwrap();
        assert_eq!(content(&done.path), file);
    }
    assert_eq!(server.heard().len(), 1);
}

// Changed files

#[test]
fn a_file_that_changed_between_is_fetched_anew_and_never_mixed() {
    let (old, new) = (recording(900_000, 5), recording(700_000, 6));
    let (before, after) = (old, new.clone());
    let server = Server::start(move |heard| match heard.number {
        0 => halt(good(heard, &before, "\"v1\""), 300_000),
        _ => vec![Step::Send(good(heard, &after, "\"v2\""))],
    });
    let cache = Cache::new();
    cache.fetch_half(job(server.url("/a")), 300_000);
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    assert_eq!(content(&done.path), new);
    assert_eq!(server.heard().len(), 2, "the answer to the range request is the new file");
}

/// As a server without tags or dates: only the bytes tell.
fn without_marks(answer: &[u8]) -> Vec<u8> {
    let tag = b"ETag: \"v1\"\r\n";
    let at = answer.windows(tag.len()).position(|line| line == tag).unwrap();
    [&answer[..at], &answer[at + tag.len()..]].concat()
}

#[test]
fn a_changed_file_of_the_same_length_without_marks_is_noticed_by_its_bytes() {
    let (old, new) = (recording(600_000, 7), recording(600_000, 8));
    let (before, after) = (old, new.clone());
    let server = Server::start(move |heard| {
        if heard.number == 0 {
            return cut(without_marks(&good(heard, &before, "\"v1\"")), 300_000);
        }
        vec![Step::Send(without_marks(&good(heard, &after, "\"v1\"")))]
    });
    let cache = Cache::new();
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    assert_eq!(content(&done.path), new);
}

#[test]
fn a_file_that_is_stitched_anew_for_each_request_still_comes_whole_or_not_at_all() {
    // Each request gets another version, and half of them break off.
    let server = Server::start(move |heard| {
        let file = recording(400_000 + heard.number, heard.number as u64 + 50);
        let answer = without_marks(&good(heard, &file, "\"v1\""));
        if heard.number == 0 { cut(answer, 200_000) } else { vec![Step::Send(answer)] }
    });
    let cache = Cache::new();
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    let bytes = content(&done.path);
    let version = bytes.len() - 400_000;
    assert_eq!(bytes, recording(400_000 + version, version as u64 + 50));
    let restless = Server::start(|heard| {
        let file = recording(400_000 + heard.number, heard.number as u64);
        cut(without_marks(&good(heard, &file, "\"v1\"")), 200_000)
    });
    let job = Job { key: "other".into(), ..job(restless.url("/a")) };
    let error = cache.fetch(job).unwrap_err();
    assert!(matches!(error, DownloadError::KeepsChanging { .. }), "{error}");
}

// Servers and ranges

#[test]
fn a_server_that_ignores_ranges_is_read_from_the_start_and_compared() {
    let file = recording(300_000, 9);
    let copy = file.clone();
    let server = Server::start(move |heard| {
        let length = copy.len().to_string();
        let mut answer = head(200, &[("Content-Length", &length)]);
        answer.extend_from_slice(&copy);
        if heard.number == 0 { cut(answer, 150_000) } else { vec![Step::Send(answer)] }
    });
    let cache = Cache::new();
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    assert_eq!(content(&done.path), file);
    assert_eq!(server.heard().len(), 2);
}

#[test]
fn parts_that_were_not_asked_for_are_not_taken() {
    let file = recording(300_000, 10);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.number {
        0 => cut(good(heard, &copy, "\"v1\""), 150_000),
        // A part from elsewhere.
        1 => {
            let mut answer = head(206, &[("Content-Range", "bytes 0-299999/300000")]);
            answer.extend_from_slice(&copy);
            vec![Step::Send(answer)]
        }
        _ => vec![Step::Send(good(heard, &copy, "\"v1\""))],
    });
    let cache = Cache::new();
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    assert_eq!(content(&done.path), file);
    assert_eq!(server.heard()[2].header("range"), None, "it cannot do ranges");
}

#[test]
fn the_end_of_a_file_without_length_is_found_by_a_416() {
    let file = recording(200_000, 11);
    let copy = file.clone();
    let server = Server::start(move |heard| match range(heard, copy.len()) {
        // No length, and it breaks off after the last byte.
        None => vec![
            Step::Send(head(200, &[("Transfer-Encoding", "chunked")])),
            Step::Send(format!("{:x}\r\n", copy.len()).into_bytes()),
            Step::Send(copy.clone()),
        ],
        Some(_) => reply(416, &[("Content-Range", "bytes */200000")], b""),
    });
    let cache = Cache::with(Tuning { overlap: 0, ..tuning() });
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    assert_eq!(content(&done.path), file);
    assert_eq!(server.heard().len(), 2);
}

#[test]
fn a_file_without_length_ends_where_its_answer_ends() {
    let file = recording(200_000, 12);
    let copy = file.clone();
    let server = Server::start(move |_| {
        vec![
            Step::Send(head(200, &[("Transfer-Encoding", "chunked")])),
            Step::Send(format!("{:x}\r\n", copy.len()).into_bytes()),
            Step::Send(copy.clone()),
            Step::Send(b"\r\n0\r\n\r\n".to_vec()),
        ]
    });
    let cache = Cache::new();
    assert_eq!(content(&cache.fetch(job(server.url("/a"))).unwrap().path), file);
}

#[test]
fn trackers_are_walked_through_once_and_again_only_when_the_end_expired() {
    let file = recording(400_000, 13);
    let copy = file.clone();
    let server = Server::start(move |heard| match (heard.path.as_str(), heard.number) {
        ("/start", 0) => reply(302, &[("Location", "/tracker")], b""),
        ("/tracker", _) => reply(302, &[("Location", "/cdn?key=1")], b""),
        ("/cdn?key=1", 2 | 3) => cut(good(heard, &copy, "\"v1\""), 100_000),
        ("/cdn?key=1", _) => reply(403, &[], b"expired"),
        ("/start", _) => reply(302, &[("Location", "/cdn?key=2")], b""),
        _ => vec![Step::Send(good(heard, &copy, "\"v1\""))],
    });
    let cache = Cache::new();
    let done = cache.fetch(job(server.url("/start"))).unwrap();
    assert_eq!(content(&done.path), file);
    let paths: Vec<String> = server.heard().iter().map(|heard| heard.path.clone()).collect();
    let expected =
        ["/start", "/tracker", "/cdn?key=1", "/cdn?key=1", "/cdn?key=1", "/start", "/cdn?key=2"];
    assert_eq!(paths, expected);
}

// What is no recording

#[test]
fn a_page_or_message_instead_of_a_recording_is_refused() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/html" => {
            reply(200, &[("Content-Type", "audio/mpeg")], "<!doctype html>请登录".as_bytes())
        }
        "/json" => reply(200, &[], b"{\"error\":\"expired\"}"),
        "/text" => reply(200, &[("Content-Type", "audio/mpeg")], b"Not available"),
        _ => reply(200, &[], b""),
    });
    let cache = Cache::new();
    for (path, what) in [
        ("/html", "a web page"),
        ("/json", "a JSON message"),
        ("/text", "a text"),
        ("/empty", "nothing"),
    ] {
        let error = cache.fetch(job(server.url(path))).unwrap_err();
        assert!(error.to_string().contains(&format!("sent {what} instead")), "{path}: {error}");
        assert_eq!(cache.files().len(), 0, "{path}");
    }
}

#[test]
fn a_login_page_does_not_cost_what_is_there() {
    let file = recording(900_000, 14);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.number {
        0 => halt(good(heard, &copy, "\"v1\""), 300_000),
        1 => reply(200, &[("ETag", "\"portal\"")], b"<html>please log in</html>"),
        _ => vec![Step::Send(good(heard, &copy, "\"v1\""))],
    });
    let cache = Cache::new();
    cache.fetch_half(job(server.url("/a")), 300_000);
    let error = cache.fetch(job(server.url("/a"))).unwrap_err();
    assert!(matches!(error, DownloadError::NotAudio { .. }), "{error}");
    assert_eq!(cache.downloads.partial_bytes("talk"), 300_000);
    assert_eq!(content(&cache.fetch(job(server.url("/a"))).unwrap().path), file);
    assert_eq!(server.heard()[2].header("range"), Some("bytes=299488-"));
}

#[test]
fn errors_of_the_server_and_of_the_sender_come_through() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/404" => reply(404, &[], b""),
        "/503" => reply(503, &[("Retry-After", "0")], b""),
        _ => vec![Step::Send(head(200, &[])), Step::Forever(recording(65_536, 15), Duration::ZERO)],
    });
    let cache = Cache::with(Tuning { largest: 1 << 20, ..tuning() });
    let error = cache.fetch(job(server.url("/404"))).unwrap_err();
    assert!(matches!(error, DownloadError::Fetch(FetchError::Status { status: 404, .. })));
    assert_eq!(server.heard().len(), 1);
    let error = cache.fetch(job(server.url("/503"))).unwrap_err();
    assert!(matches!(error, DownloadError::Fetch(FetchError::Status { status: 503, .. })));
    assert_eq!(server.heard().len(), 7, "five more tries");
    let error = cache.fetch(job(server.url("/endless"))).unwrap_err();
    assert!(matches!(error, DownloadError::TooLarge { .. }), "{error}");
    let public = Trust::FromContent { of: Some("https://203.0.113.9/feed".into()) };
    let error = cache.fetch(Job { trust: public, ..job(server.url("/x")) }).unwrap_err();
    assert!(matches!(error, DownloadError::Fetch(FetchError::Forbidden { .. })), "{error}");
}

// Streams

fn read_all(stream: &mut Stream) -> Vec<u8> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    bytes
}

fn read_at(stream: &mut Stream, at: u64, length: usize) -> io::Result<Vec<u8>> {
    stream.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Waits for the file to be whole; a stream fills it in the background.
fn wait_for_whole(downloads: &Downloads) -> PathBuf {
    let began = Instant::now();
    loop {
        if let Some(path) = downloads.complete("talk") {
            return path;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "it was never whole");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_stream_jumps_ahead_fills_the_rest_and_leaves_the_file() {
    let file = recording(3_000_000, 16);
    let copy = file.clone();
    // The first answer stops after 40 KB: only another request brings what lies ahead.
    let server = Server::start(move |heard| {
        let answer = good(heard, &copy, "\"v1\"");
        if heard.number > 0 {
            return vec![Step::Send(answer)];
        }
        halt(answer, 40_000)
    });
    let cache = Cache::new();
    let mut stream = cache.downloads.open(job(server.url("/a")));
    assert_eq!(stream.byte_len(), Some(3_000_000));
    assert_eq!(read_at(&mut stream, 0, 1000).unwrap(), file[..1000]);
    assert!(stream.is_ready(0, 1000) && !stream.is_ready(2_400_000, 1000));
    assert_eq!(read_at(&mut stream, 2_400_000, 1000).unwrap(), file[2_400_000..2_401_000]);
    assert_eq!(stream.seek(SeekFrom::End(-10)).unwrap(), 2_999_990);
    assert_eq!(read_all(&mut stream), file[2_999_990..]);
    assert_eq!(read_at(&mut stream, 600_000, 1000).unwrap(), file[600_000..601_000]);
    let whole = wait_for_whole(&cache.downloads);
    assert_eq!(content(&whole), file);
    assert!(stream.is_ready(0, u64::MAX), "all that the recording has");
    assert_eq!(read_at(&mut stream, 1_000_000, 5000).unwrap(), file[1_000_000..1_005_000]);
    let heard = server.heard();
    assert_eq!(heard[1].header("range"), Some("bytes=2400000-"));
    assert!(heard.len() <= 8, "{} requests", heard.len());
    let mut again = cache.downloads.open(job(server.url("/a")));
    assert_eq!((again.byte_len(), read_all(&mut again) == file), (Some(3_000_000), true));
    assert_eq!(server.heard().len(), heard.len(), "a whole file needs no server");
}

#[test]
fn whatever_the_server_does_a_stream_never_returns_wrong_bytes() {
    let file = recording(1_000_000, 17);
    let copy = file.clone();
    // Breaks off after a different number of bytes each time, fails now and then.
    let server = Server::start(move |heard| {
        let answer = good(heard, &copy, "\"v1\"");
        match heard.number % 7 {
            3 => reply(502, &[], b"<html>bad gateway</html>"),
            5 => vec![],
            turn => cut(answer, 30_000 + turn * 17_001),
        }
    });
    for first_piece in [8 * 1024, 1 << 30] {
        hop_about(&server, &file, Tuning { progress: 1, first_piece, ..tuning() });
    }
}

fn hop_about(server: &Server, file: &[u8], tuning: Tuning) {
    let cache = Cache::with(tuning);
    let mut stream = cache.downloads.open(job(server.url("/a")));
    let mut seed = 99_u64;
    for _ in 0..60 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let at = (seed >> 20) % 990_000;
        let length = (seed >> 50) as usize % 9000 + 1;
        let got = read_at(&mut stream, at, length).unwrap();
        assert!(got == file[at as usize..at as usize + length], "at {at}");
    }
    stream.rewind().unwrap();
    assert!(read_all(&mut stream) == file);
    assert_eq!(content(&wait_for_whole(&cache.downloads)), file);
}

#[test]
fn readers_at_several_places_and_a_download_get_along() {
    let file = recording(1_500_000, 26);
    let copy = file.clone();
    let server =
        Server::start(move |heard| cut(good(heard, &copy, "\"v1\""), 60_000 + heard.number * 7001));
    let cache = Cache::with(Tuning { progress: 1, ..tuning() });
    let reading: Vec<_> = (0..3_u64)
        .map(|reader| {
            let mut stream = cache.downloads.open(job(server.url("/a")));
            let file = file.clone();
            thread::spawn(move || {
                for step in 0..20_u64 {
                    let at = (reader * 500_000 + step * 613_001) % 1_490_000;
                    let got = read_at(&mut stream, at, 9000).unwrap();
                    assert!(got == file[at as usize..at as usize + 9000], "at {at}");
                }
            })
        })
        .collect();
    let done = cache.fetch(job(server.url("/a"))).unwrap();
    for reader in reading {
        reader.join().unwrap();
    }
    assert_eq!(content(&done.path), file);
}

#[test]
fn a_recording_in_pieces_comes_whole_and_nothing_of_it_twice() {
    let file = recording(3_000_000, 30);
    let server = good_server(&file);
    let cache = Cache::with(Tuning { first_piece: 8 * 1024, ..tuning() });
    let mut stream = cache.downloads.open(job(server.url("/a")));
    for at in [0, 2_900_000, 1_000_000, 50_000] {
        let got = read_at(&mut stream, at, 9000).unwrap();
        assert!(got == file[at as usize..at as usize + 9000]);
    }
    assert!(content(&wait_for_whole(&cache.downloads)) == file);
    let requests = server.heard().len() as u64;
    // A little is compared where pieces meet, each answer has a head, and what is on its way to a
    // reader that jumps away is lost.
    let most = file.len() as u64 + requests * (512 + 200) + 4 * 16 * 1024;
    println!("{requests} requests, {} bytes of {}", server.sent(), file.len());
    assert!(server.sent() <= most && requests < 40, "{} of {most}", server.sent());
}

#[test]
fn what_is_liked_besides_comes_before_the_rest_and_does_not_hold_up_what_is_read() {
    let file = recording(4_000_000, 38);
    let server = good_server(&file);
    let cache = Cache::with(Tuning { first_piece: 8 * 1024, cushion: 200_000, ..tuning() });
    let mut stream = cache.downloads.open(job(server.url("/a")));
    read_at(&mut stream, 0, 1000).unwrap();
    read_at(&mut stream, 3_000_000, 1000).unwrap();
    stream.like(Some((50_000, 3_000_000)));
    // What is liked is read as it comes, as an index does.
    let mut at = 50_000_u64;
    let began = Instant::now();
    while at < 2_990_000 && began.elapsed() < Duration::from_secs(20) {
        if !stream.is_ready(at, 5000) {
            thread::sleep(Duration::from_millis(1));
            continue;
        }
        let got = read_at(&mut stream, at, 5000).unwrap();
        assert!(got == file[at as usize..at as usize + 5000]);
        at += 5000;
        if at.is_multiple_of(400_000) {
            let ahead = 3_000_000 + at / 20;
            let got = read_at(&mut stream, ahead, 1000).unwrap();
            assert!(got == file[ahead as usize..ahead as usize + 1000]);
        }
    }
    let requests = server.heard().len();
    println!("{requests} requests, {} bytes", server.sent());
    assert!(at >= 2_990_000, "only {at} came");
    assert!(requests < 40 && server.sent() < 4_500_000, "{requests} {}", server.sent());
    assert!(content(&wait_for_whole(&cache.downloads)) == file);
}

#[test]
fn a_killed_program_has_lost_at_most_a_second_of_what_had_come() {
    let file = recording(3_000_000, 31);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.number {
        0 => halt(good(heard, &copy, "\"v1\""), 1_000_000),
        _ => vec![Step::Send(good(heard, &copy, "\"v1\""))],
    });
    let cache = Cache::with(Tuning {
        checkpoint: u64::MAX,
        keep_every: Duration::from_millis(1),
        ..tuning()
    });
    let mut stream = cache.downloads.open(job(server.url("/a")));
    read_at(&mut stream, 0, 1_000_000).unwrap();
    // The files as a kill would leave them, without anybody saying goodbye.
    let record = cache.downloads.folder().join("talk.json");
    let began = Instant::now();
    let (left, kept) = loop {
        let left = fs::read_to_string(&record).unwrap_or_default();
        let end = left.split("[0,").nth(1).and_then(|rest| rest.split(']').next()?.parse().ok());
        if let Some(end) = end.filter(|end: &u64| *end > 500_000) {
            break (left, end);
        }
        assert!(began.elapsed() < Duration::from_secs(10), "it was never written down");
        thread::sleep(Duration::from_millis(2));
    };
    let part = content(&cache.downloads.folder().join("talk.part"));
    let after = Cache::new();
    fs::write(after.downloads.folder().join("talk.json"), left).unwrap();
    fs::write(after.downloads.folder().join("talk.part"), part).unwrap();
    let before = server.sent();
    assert!(content(&after.fetch(job(server.url("/a"))).unwrap().path) == file);
    let sent = server.sent() - before;
    assert!(sent <= 3_000_000 - kept + 1000, "{sent} with {kept} there");
    drop(stream);
}

#[test]
fn an_address_that_is_signed_anew_goes_on_with_what_is_there() {
    let file = recording(900_000, 32);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.path.as_str() {
        "/a?sign=1" => halt(good(heard, &copy, "\"v1\""), 400_000),
        "/a?sign=2" => vec![Step::Send(good(heard, &copy, "\"v1\""))],
        _ => reply(403, &[], b"expired"),
    });
    let cache = Cache::new();
    cache.fetch_half(job(server.url("/a?sign=1")), 400_000);
    let done = cache.fetch(job(server.url("/a?sign=2"))).unwrap();
    assert!(content(&done.path) == file);
    assert_eq!(server.heard()[1].header("range"), Some("bytes=399488-"));
    assert_eq!(server.heard()[1].header("if-range"), Some("\"v1\""));
}

/// `gzip` without compressing (RFC 1951 § 3.2.4, RFC 1952).
fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let blocks = bytes.chunks(65_535).count();
    for (number, block) in bytes.chunks(65_535).enumerate() {
        let length = block.len() as u16;
        out.push(u8::from(number + 1 == blocks));
        out.extend(length.to_le_bytes().into_iter().chain((!length).to_le_bytes()));
        out.extend_from_slice(block);
    }
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
    });
    out.extend((!sum).to_le_bytes().into_iter().chain((bytes.len() as u32).to_le_bytes()));
    out
}

#[test]
fn a_body_that_is_packed_against_our_will_is_unpacked() {
    let file = recording(300_000, 33);
    let packed = gzipped(&file);
    let server = Server::start(move |_| reply(200, &[("Content-Encoding", "gzip")], &packed));
    for first_piece in [8 * 1024, 1 << 30] {
        let cache = Cache::with(Tuning { first_piece, ..tuning() });
        let mut stream = cache.downloads.open(job(server.url("/a")));
        assert!(read_all(&mut stream) == file);
        drop(stream);
        assert!(content(&wait_for_whole(&cache.downloads)) == file);
    }
}

#[test]
fn a_packed_body_that_breaks_off_is_not_the_end() {
    let file = recording(300_000, 34);
    let packed = gzipped(&file);
    let server = Server::start(move |_| {
        let mut answer =
            head(200, &[("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]);
        answer.extend(format!("{:x}\r\n", packed.len()).into_bytes());
        answer.extend_from_slice(&packed[..100_000]);
        vec![Step::Send(answer)]
    });
    let cache = Cache::new();
    assert!(cache.fetch(job(server.url("/a"))).is_err());
    assert_eq!(cache.downloads.complete("talk"), None);
}

#[test]
fn a_server_that_asks_for_patience_gets_it() {
    let file = recording(200_000, 35);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.number {
        0 => cut(good(heard, &copy, "\"v1\""), 100_000),
        1 => reply(503, &[("Retry-After", "1")], b""),
        _ => vec![Step::Send(good(heard, &copy, "\"v1\""))],
    });
    let cache = Cache::new();
    let began = Instant::now();
    assert!(content(&cache.fetch(job(server.url("/a"))).unwrap().path) == file);
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
}

#[test]
fn an_index_goes_with_the_recording_that_it_is_of() {
    let (old, new) = (recording(600_000, 36), recording(500_000, 37));
    let (before, after) = (old.clone(), new.clone());
    let changed = Arc::new(AtomicBool::new(false));
    let now = Arc::clone(&changed);
    let server = Server::start(move |heard| {
        if now.load(Ordering::SeqCst) {
            return vec![Step::Send(good(heard, &after, "\"v2\""))];
        }
        halt(good(heard, &before, "\"v1\""), 200_000)
    });
    let cache = Cache::new();
    let mut stream = cache.downloads.open(job(server.url("/a")));
    read_at(&mut stream, 0, 1000).unwrap();
    stream.memo().unwrap().write(b"known");
    assert_eq!(
        cache.downloads.open(job(server.url("/a"))).memo().unwrap().read().unwrap(),
        b"known"
    );
    drop(stream);
    changed.store(true, Ordering::SeqCst);
    assert!(content(&cache.fetch(job(server.url("/a"))).unwrap().path) == new);
    let stream = cache.downloads.open(job(server.url("/a")));
    assert_eq!(stream.memo().unwrap().read(), None, "it was of the other version");
    stream.memo().unwrap().write(b"new");
    assert_eq!(cache.files(), ["talk.index", "talk.mp3"]);
    cache.downloads.remove("talk").unwrap();
    assert_eq!(cache.files().len(), 0);
}

#[test]
fn a_stream_may_be_handed_to_any_thread() {
    fn check<T: Read + Seek + Send + Sync + 'static>() {}
    check::<Stream>();
}

#[test]
fn without_ranges_a_stream_waits_for_the_bytes_in_order() {
    let file = recording(800_000, 18);
    let copy = file.clone();
    let server = Server::start(move |_| reply(200, &[], &copy));
    let cache = Cache::new();
    let mut stream = cache.downloads.open(job(server.url("/a")));
    assert_eq!(read_at(&mut stream, 700_000, 1000).unwrap(), file[700_000..701_000]);
    assert_eq!(read_at(&mut stream, 10, 1000).unwrap(), file[10..1010]);
    assert_eq!(content(&wait_for_whole(&cache.downloads)), file);
    assert!(server.heard().len() <= 2, "{}", server.heard().len());
}

#[test]
fn without_a_length_there_is_no_way_from_the_end_but_one_to_it() {
    let file = recording(100_000, 19);
    let copy = file.clone();
    let server = Server::start(move |_| {
        vec![Step::Send(head(200, &[])), Step::Send(copy[..50_000].to_vec()), Step::Stall]
    });
    let cache = Cache::with(Tuning { stall: Duration::from_millis(200), ..tuning() });
    let mut stream = cache.downloads.open(job(server.url("/a")));
    assert_eq!(stream.byte_len(), None);
    assert_eq!(stream.seek(SeekFrom::End(0)).unwrap_err().kind(), io::ErrorKind::Unsupported);
    assert_eq!(read_at(&mut stream, 0, 50_000).unwrap(), file[..50_000]);
    assert_eq!(stream.read(&mut [0; 10]).unwrap_err().kind(), io::ErrorKind::TimedOut);
}

#[test]
fn a_server_that_falls_silent_is_a_timeout_and_not_the_end() {
    let file = recording(500_000, 20);
    let copy = file.clone();
    let awake = Arc::new(AtomicBool::new(false));
    let open = Arc::clone(&awake);
    let server = Server::start(move |heard| {
        let answer = good(heard, &copy, "\"v1\"");
        if open.load(Ordering::SeqCst) {
            return vec![Step::Send(answer)];
        }
        halt(answer, 200_000)
    });
    let quick =
        Tuning { stall: Duration::from_millis(250), idle: Duration::from_millis(600), ..tuning() };
    let cache = Cache::with(quick);
    let mut stream = cache.downloads.open(job(server.url("/a")));
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).unwrap_err();
    assert_eq!((error.kind(), bytes.len()), (io::ErrorKind::TimedOut, 200_000));
    awake.store(true, Ordering::SeqCst);
    // The same stream goes on once the server does.
    let began = Instant::now();
    while bytes.len() < file.len() && began.elapsed() < Duration::from_secs(10) {
        match stream.read_to_end(&mut bytes) {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::TimedOut),
        }
    }
    assert!(bytes == file);
}

#[test]
fn a_server_that_gives_up_is_an_error_that_a_later_read_outlives() {
    let file = recording(500_000, 21);
    let copy = file.clone();
    let down = Arc::new(AtomicBool::new(true));
    let closed = Arc::clone(&down);
    let server = Server::start(move |heard| {
        if heard.number == 0 {
            return cut(good(heard, &copy, "\"v1\""), 100_000);
        }
        if closed.load(Ordering::SeqCst) {
            return reply(404, &[], b"");
        }
        vec![Step::Send(good(heard, &copy, "\"v1\""))]
    });
    let cache = Cache::new();
    let mut stream = cache.downloads.open(job(server.url("/a")));
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).unwrap_err();
    assert_eq!((error.kind(), bytes.len()), (io::ErrorKind::NotFound, 100_000));
    down.store(false, Ordering::SeqCst);
    stream.read_to_end(&mut bytes).unwrap();
    assert!(bytes == file);
}

#[test]
fn a_file_that_changes_while_it_plays_ends_the_stream_and_not_the_download() {
    let (old, new) = (recording(600_000, 22), recording(500_000, 23));
    let (before, after) = (old.clone(), new.clone());
    let server = Server::start(move |heard| match heard.number {
        0 => cut(good(heard, &before, "\"v1\""), 200_000),
        _ => vec![Step::Send(good(heard, &after, "\"v2\""))],
    });
    let cache = Cache::new();
    let mut stream = cache.downloads.open(job(server.url("/a")));
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert!(bytes == old[..bytes.len()], "never a byte of the new file");
    assert_eq!(content(&wait_for_whole(&cache.downloads)), new);
}

#[test]
fn a_reader_that_waits_can_be_called_off() {
    let server = Server::start(|_| vec![Step::Stall]);
    let cache = Cache::with(Tuning { stall: Duration::from_mins(1), ..tuning() });
    let mut stream = cache.downloads.open(job(server.url("/a")));
    let canceller = stream.canceller();
    let reading = thread::spawn(move || stream.read(&mut [0; 10]).map_err(|error| error.kind()));
    while server.heard().is_empty() {
        thread::sleep(Duration::from_millis(1));
    }
    canceller.cancel();
    assert_eq!(reading.join().unwrap(), Err(io::ErrorKind::ConnectionAborted));
}

#[test]
fn removing_a_recording_ends_its_stream_and_leaves_nothing() {
    let file = recording(500_000, 24);
    let copy = file.clone();
    let server = Server::start(move |heard| halt(good(heard, &copy, "\"v1\""), 100_000));
    let cache = Cache::new();
    let mut stream = cache.downloads.open(job(server.url("/a")));
    assert_eq!(read_at(&mut stream, 0, 1000).unwrap(), file[..1000]);
    cache.downloads.remove("talk").unwrap();
    let error = stream.read(&mut [0; 10]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionAborted);
    drop(stream);
    assert_eq!(cache.files().len(), 0);
}

#[test]
fn a_partial_recording_plays_without_a_server() {
    let file = recording(900_000, 25);
    let copy = file.clone();
    let server = Server::start(move |heard| match heard.number {
        0 => halt(good(heard, &copy, "\"v1\""), 400_000),
        _ => vec![Step::Stall],
    });
    let cache = Cache::new();
    cache.fetch_half(job(server.url("/a")), 400_000);
    let mut stream = cache.reopened().open(job(server.url("/a")));
    assert_eq!(stream.byte_len(), Some(900_000));
    assert_eq!(read_at(&mut stream, 1000, 300_000).unwrap(), file[1000..301_000]);
}

#[test]
fn a_stream_that_cannot_begin_says_why_when_it_is_read() {
    let cache = Cache::new();
    let mut stream = cache.downloads.open(job("ftp://a.example/x.mp3".into()));
    assert_eq!(stream.byte_len(), None);
    let error = stream.read(&mut [0; 10]).unwrap_err();
    assert!(error.to_string().contains("only http and https"), "{error}");
    let mut stream = cache.downloads.open(job("welcome:nothing.mp3".into()));
    assert!(stream.read(&mut [0; 10]).unwrap_err().to_string().contains("no such file"));
    drop(stream);
    assert_eq!(cache.files().len(), 0);
}

#[test]
fn the_welcome_show_plays_and_is_kept_without_a_network() {
    let Some(file) = latetalk::welcome::read("audio/2.mp3") else {
        println!("skipped: no welcome show");
        return;
    };
    let cache = Cache::new();
    let job = job("welcome:audio/2.mp3#t=5".into());
    let mut stream = cache.downloads.open(job.clone());
    assert_eq!(stream.byte_len(), Some(file.bytes.len() as u64));
    assert!(read_all(&mut stream) == file.bytes);
    let done = cache.fetch(job).unwrap();
    assert!(content(&done.path) == file.bytes);
    assert_eq!(cache.files(), ["talk.mp3"]);
}
