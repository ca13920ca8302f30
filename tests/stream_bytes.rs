//! What playing from the net costs: requests and bytes that a server really sent, until the first right
//! sample is there.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

#[path = "servers/loopback.rs"]
mod loopback;
#[path = "audio_rig/rig.rs"]
mod rig;
#[path = "servers/streamed.rs"]
mod streamed;

use std::sync::Arc;
use std::time::Duration;

use latetalk::audio::{AudioError, MemoryMedia, Pcm, decode_range, probe};
use latetalk::downloads::Tuning;
use loopback::{Server, Step, good, reply};
use rig::{encode, signal, wav};
use streamed::Cache;

/// A server with this recording, which answers ranges.
fn server(file: &Arc<[u8]>) -> Server {
    let file = Arc::clone(file);
    Server::start(move |heard| vec![Step::Send(good(heard, &file, "\"v1\""))])
}

/// Constant bit rate without any header: `minutes` of it, of which each minute in `places` is unlike
/// the others.
fn constant(minutes: usize, places: &[usize]) -> Option<Arc<[u8]>> {
    let options = ["-c:a", "libmp3lame", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"];
    // 2500 frames of 384 bytes are a minute at 48 kHz.
    let minute = |seconds: usize| {
        let made = encode(&wav(48_000, &signal(48_000, seconds)), "cbr.mp3", &options)?;
        Some(made.iter().copied().cycle().take(2500 * 384).collect::<Vec<u8>>())
    };
    let (usual, other) = (minute(8)?, minute(13)?);
    let pieces = (0..minutes).map(|n| if places.contains(&n) { &other } else { &usual });
    let pieces: Vec<&[u8]> = pieces.map(Vec::as_slice).collect();
    Some(pieces.concat().into())
}

/// The same range of the recording as a whole file gives it.
fn truth(file: &Arc<[u8]>, from_ms: u64, until_ms: u64) -> Pcm {
    decode_range(Box::new(MemoryMedia::new(Arc::clone(file))), from_ms, until_ms).unwrap()
}

/// What getting a piece of a second cost: requests and bytes.
struct Cost {
    requests: usize,
    bytes: u64,
}

/// Streams a second from there on, with nothing there before, and compares it.
fn jump(name: &str, file: &Arc<[u8]>, from_ms: u64) -> Cost {
    let server = server(file);
    let cache = Cache::new();
    let media = cache.media(&server.url("/a"));
    let heard = decode_range(media, from_ms, from_ms + 1000).unwrap();
    let cost = Cost { requests: server.heard().len(), bytes: server.sent() };
    println!(
        "{name}: {} requests, {} KB of {} KB to the first second at {} s",
        cost.requests,
        cost.bytes / 1000,
        file.len() / 1000,
        from_ms / 1000
    );
    assert!(heard == truth(file, from_ms, from_ms + 1000), "{name}: another sound");
    cost
}

#[test]
fn a_jump_to_the_end_of_two_hours_costs_little_and_is_exact() {
    let Some(file) = constant(120, &[108]) else { return };
    let cost = jump("CBR", &file, 108 * 60_000 + 7_123);
    assert!(cost.bytes <= 300_000 && cost.requests <= 6, "{} bytes", cost.bytes);
}

#[test]
fn pieces_of_one_rate_that_were_put_together_are_jumped_in_all_the_same() {
    // At 44.1 kHz frames are padded by turns, and each piece begins to count anew.
    let options = ["-c:a", "libmp3lame", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"];
    let sound = wav(44_100, &signal(44_100, 100));
    let Some(piece) = encode(&sound, "piece.mp3", &options) else { return };
    let file: Arc<[u8]> = piece.repeat(9).into();
    let cost = jump("put together", &file, 813_000);
    assert!(cost.bytes <= 300_000 && cost.requests <= 6, "{} bytes", cost.bytes);
}

#[test]
fn jumps_about_in_a_stream_cost_little_each() {
    let Some(file) = constant(30, &[5, 14, 25]) else { return };
    let server = server(&file);
    let cache = Cache::new();
    for (n, minute) in [25_u64, 5, 14].into_iter().enumerate() {
        let before = server.sent();
        let at = minute * 60_000 + 20_000;
        let heard = decode_range(cache.media(&server.url("/a")), at, at + 300).unwrap();
        let cost = server.sent() - before;
        println!("jump {n}: {} KB", cost / 1000);
        assert!(cost <= 300_000, "{cost}");
        assert!(heard == truth(&file, at, at + 300));
    }
}

/// Five minutes in another container.
fn container(name: &str, options: &[&str]) -> Option<Arc<[u8]>> {
    let wav = wav(24_000, &signal(24_000, 97));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.wav");
    std::fs::write(&path, &wav).unwrap();
    let path = path.to_str().unwrap();
    let long = ["-stream_loop", "2", "-i", path, "-map", "1:a"];
    let options: Vec<&str> = long.iter().chain(options).copied().collect();
    encode(&wav, name, &options).map(Into::into)
}

#[test]
fn containers_jump_by_their_own_tables() {
    let cases: [(&str, &[&str], usize, u64); 5] = [
        ("tail.m4a", &["-c:a", "aac", "-b:a", "96k"], 5, 300_000),
        ("head.m4a", &["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"], 5, 300_000),
        ("vorbis.ogg", &["-c:a", "libvorbis", "-q:a", "4"], 12, 450_000),
        ("opus.opus", &["-c:a", "libopus", "-b:a", "48k"], 12, 450_000),
        ("flac.flac", &["-c:a", "flac"], 14, 500_000),
    ];
    for (name, options, requests, bytes) in cases {
        let Some(file) = container(name, options) else { return };
        let cost = jump(name, &file, 270_123);
        assert!(cost.requests <= requests && cost.bytes <= bytes, "{name}");
    }
}

#[test]
fn the_first_sound_of_a_recording_with_a_large_cover_costs_little() {
    let Some(sound) = constant(10, &[]) else { return };
    for megabytes in [1_usize, 13] {
        let size = megabytes << 20;
        let sizes = [21, 14, 7, 0].map(|shift| (size >> shift & 127) as u8);
        let cover = (0..size).map(|n| ((n * 31) >> 3) as u8 | 1);
        let file: Vec<u8> = b"ID3\x04\0\0".iter().copied().chain(sizes).chain(cover).collect();
        let file: Arc<[u8]> = [file.as_slice(), &sound].concat().into();
        let cost = jump(&format!("cover of {megabytes} MB"), &file, 0);
        assert!(cost.requests <= 4 && cost.bytes <= 200_000, "{}", cost.bytes);
    }
}

#[test]
fn a_stream_says_how_long_it_is_from_a_few_ranges() {
    let Some(bare) = constant(10, &[]) else { return };
    let cases: [(&str, Option<Arc<[u8]>>); 5] = [
        ("bare.mp3", Some(bare)),
        ("xing.mp3", container("xing.mp3", &["-c:a", "libmp3lame", "-q:a", "6"])),
        ("tail.m4a", container("tail.m4a", &["-c:a", "aac", "-b:a", "96k"])),
        ("opus.opus", container("opus.opus", &["-c:a", "libopus", "-b:a", "48k"])),
        ("flac.flac", container("flac.flac", &["-c:a", "flac"])),
    ];
    for (name, file) in cases {
        let Some(file) = file else { return };
        let whole = probe(Box::new(MemoryMedia::new(Arc::clone(&file)))).unwrap();
        let server = server(&file);
        let cache = Cache::new();
        let found = probe(cache.media(&server.url("/a"))).unwrap();
        let (requests, bytes) = (server.heard().len(), server.sent());
        println!(
            "{name}: {:?} ms (exact: {}) for {requests} requests, {} KB; whole {:?}",
            found.duration_ms,
            found.exact,
            bytes / 1000,
            whole.duration_ms
        );
        let (found_ms, whole_ms) = (found.duration_ms.unwrap(), whole.duration_ms.unwrap());
        assert!(found.exact && whole.exact, "{name}");
        assert!(found_ms.abs_diff(whole_ms) <= 30, "{name}: {found_ms} {whole_ms}");
        assert!(bytes <= 300_000 && requests <= 5, "{name}: {requests} for {bytes}");
    }
}

#[test]
fn a_connection_that_is_lost_for_good_is_an_error_and_never_the_end() {
    let Some(file) = constant(10, &[]) else { return };
    let half = file.len() / 2;
    let server = Server::start(move |heard| {
        let mut answer = good(heard, &file, "\"v1\"");
        let from = heard.header("range").and_then(|range| range.strip_prefix("bytes="));
        let from = from.and_then(|range| range.split('-').next()?.parse().ok()).unwrap_or(0);
        // Nothing behind the middle ever comes.
        answer.truncate(answer.len().min(half.saturating_sub(from) + 100));
        vec![Step::Send(answer)]
    });
    let cache = Cache::with(Tuning { backoff: vec![Duration::ZERO; 3], ..Tuning::default() });
    let lost = decode_range(cache.media(&server.url("/a")), 290_000, 320_000);
    assert!(matches!(lost, Err(AudioError::Read(_))), "{lost:?}");
    assert!(cache.downloads.complete("talk").is_none());
}

#[test]
fn trackers_are_walked_through_once_however_often_one_jumps() {
    let Some(file) = constant(20, &[]) else { return };
    let server = Server::start(move |heard| match heard.path.as_str() {
        "/feed" => reply(302, &[("Location", "/tracker/1")], b""),
        "/tracker/1" => reply(302, &[("Location", "/tracker/2")], b""),
        "/tracker/2" => reply(302, &[("Location", "/cdn")], b""),
        _ => vec![Step::Send(good(heard, &file, "\"v1\""))],
    });
    let cache = Cache::new();
    for minute in [0, 15, 4, 18, 9] {
        let at = minute * 60_000;
        decode_range(cache.media(&server.url("/feed")), at, at + 200).unwrap();
    }
    let paths: Vec<String> = server.heard().iter().map(|heard| heard.path.clone()).collect();
    assert_eq!(paths.iter().filter(|path| *path != "/cdn").count(), 3, "{paths:?}");
}

#[test]
fn a_jump_behind_something_that_was_put_in_is_still_exact() {
    let (Some(sound), Some(other)) = (constant(5, &[]), constant(5, &[2])) else { return };
    let options = ["-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0"];
    let Some(ad) = encode(&wav(48_000, &signal(48_000, 21)), "ad.mp3", &options) else { return };
    let tag = [b"ID3\x04\0\0\0\0\x07\x68".as_slice(), &[7; 1000]].concat();
    let ad = [ad, tag.clone()].concat();
    for (name, between) in [("a tag", tag), ("an advertisement with a tag", ad)] {
        let file: Arc<[u8]> = [&sound[..], &between, &other[..]].concat().into();
        let cost = jump(name, &file, 8 * 60_000 + 500);
        assert!(cost.bytes >= file.len() as u64 * 3 / 4, "only all before it tells where it is");
        let whole = probe(Box::new(MemoryMedia::new(Arc::clone(&file)))).unwrap();
        let streamed = probe(Cache::new().media(&server(&file).url("/a"))).unwrap();
        let (whole, streamed) = (whole.duration_ms, (streamed.duration_ms, streamed.exact));
        assert!(!streamed.1 || streamed.0 == whole, "{name}: {streamed:?} {whole:?}");
    }
}
