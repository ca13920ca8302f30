//! Places that are far ahead of what has come, in recordings whose bit rate varies: sought with progress,
//! reached at once by estimate, corrected; and indexes that are kept.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

#[path = "servers/loopback.rs"]
mod loopback;
#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;
#[path = "servers/streamed.rs"]
mod streamed;

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use latetalk::audio::{Event, Media, MemoryMedia, Order, PlayState, decode_range, probe};
use loopback::{Server, Step, good};
use player::Player;
use rig::{encode, signal, wav};
use streamed::Cache;

/// Ten minutes whose bit rate varies, without a header or with one.
fn varying(header: bool) -> Option<Arc<[u8]>> {
    static MADE: OnceLock<[Option<Arc<[u8]>>; 2]> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let mut sound = signal(24_000, 97);
        // Loud, soft and silent parts: a few seconds to half a minute each.
        for (n, sample) in sound.iter_mut().enumerate() {
            let second = n / 24_000;
            *sample *= [1.0, 0.05, 0.5, 0.0, 0.8][(second / 3 + second / 17) % 5];
        }
        let wav = wav(24_000, &sound);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in.wav");
        std::fs::write(&path, &wav).unwrap();
        let path = path.to_str().unwrap().to_owned();
        ["1", "0"].map(|xing| {
            let mut options = vec!["-stream_loop", "5", "-i", &path, "-map", "1:a"];
            options.extend(["-c:a", "libmp3lame", "-q:a", "5", "-write_xing", xing]);
            encode(&wav, "vbr.mp3", &options).map(Into::into)
        })
    });
    made[usize::from(!header)].clone()
}

/// A server that needs a while for the whole.
fn slow_server(file: &Arc<[u8]>) -> Server {
    let file = Arc::clone(file);
    let pause = Duration::from_millis(8);
    Server::start(move |heard| vec![Step::Slowly(good(heard, &file, "\"v1\""), pause)])
}

#[test]
fn a_far_place_is_sought_with_progress_and_reached_exactly() {
    let Some(file) = varying(false) else { return };
    let server = slow_server(&file);
    let cache = Cache::new();
    let mut player = Player::new(4);
    player.load_media(cache.media(&server.url("/a")), 0, None, true);
    player.wait_for(PlayState::Playing);
    player.engine.send(Order::Seek { ms: 570_000 });
    let mut percents = Vec::new();
    let there = |event: &Event| matches!(event, Event::Seeking { percent: None, .. });
    player.wait(there);
    for event in &player.seen {
        if let Event::Seeking { percent: Some(percent), .. } = event {
            percents.push(*percent);
        }
    }
    println!("percent: {percents:?}");
    assert!(percents.len() > 3 && percents.is_sorted());
    assert!(percents.iter().all(|percent| *percent < 100));
    let end = player.wait_end();
    let length = probe(Box::new(MemoryMedia::new(file))).unwrap().duration_ms.unwrap();
    assert!(end.abs_diff(length) <= 1, "{end} {length}");
    let after = player
        .seen
        .iter()
        .filter(|event| matches!(event, Event::Position { ms, .. } if *ms >= 570_000));
    assert!(after.clone().count() > 0);
    assert!(
        after.into_iter().all(|event| matches!(event, Event::Position { estimated: false, .. }))
    );
    // What was heard behind the jump is as long as it should be.
    let heard = player.heard().len() as u64 / 48;
    assert!(heard >= length - 570_000, "{heard}");
}

#[test]
fn who_does_not_want_to_wait_is_there_at_once_by_estimate_and_corrected_later() {
    for header in [true, false] {
        let Some(file) = varying(header) else { return };
        let length = probe(Box::new(MemoryMedia::new(Arc::clone(&file)))).unwrap().duration_ms;
        let server = slow_server(&file);
        let cache = Cache::new();
        let mut player = Player::new(1);
        player.load_media(cache.media(&server.url("/a")), 0, None, true);
        player.wait_for(PlayState::Playing);
        player.engine.send(Order::Seek { ms: 400_000 });
        player.wait(|event| matches!(event, Event::Seeking { percent: Some(_), .. }));
        let before = server.sent();
        player.engine.send(Order::Estimate);
        player.wait(|event| matches!(event, Event::Position { estimated: true, .. }));
        let cost = server.sent() - before;
        let exact = |event: &Event| matches!(event, Event::Position { estimated: false, ms, .. } if *ms > 300_000);
        let corrected = player.wait(exact);
        let estimates = player.seen.iter().filter_map(|event| match event {
            Event::Position { ms, estimated: true, .. } => Some(*ms),
            _ => None,
        });
        let last = estimates.max().unwrap();
        let Event::Position { ms, .. } = corrected else { unreachable!() };
        println!("header {header}: {} KB; {last} ms was {ms} ms; {length:?}", cost / 1000);
        // With a table the guess is good; without one it is what samples can tell.
        let allowed = if header { 4_000 } else { 60_000 };
        assert!(ms.abs_diff(last) <= allowed, "{last} {ms}");
        assert!(!header || cost <= 300_000, "{cost}");
        // It goes on from there, exactly.
        player.engine.send(Order::Seek { ms: length.unwrap() - 1_000 });
        let end = player.wait_end();
        assert!(end.abs_diff(length.unwrap()) <= 1, "{end} {length:?}");
    }
}

/// A recording in memory that counts what is read of it and remembers what it is given.
struct Counted {
    bytes: Cursor<Arc<[u8]>>,
    read: Arc<AtomicU64>,
    memo: Arc<Mutex<Option<Vec<u8>>>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::SeqCst);
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

impl Media for Counted {
    fn byte_len(&self) -> Option<u64> {
        Some(self.bytes.get_ref().len() as u64)
    }

    fn ready(&self, _from: u64, _len: u64) -> bool {
        true
    }

    fn memo(&self) -> Option<Vec<u8>> {
        self.memo.lock().unwrap().clone()
    }

    fn keep_memo(&self, memo: &[u8]) {
        *self.memo.lock().unwrap() = Some(memo.to_vec());
    }
}

type Kept = Arc<Mutex<Option<Vec<u8>>>>;

/// Looks at the end of it; the length, the sound and how many bytes were read for them.
fn look(file: &Arc<[u8]>, memo: &Kept) -> (Option<u64>, Vec<f32>, u64) {
    let read: Arc<AtomicU64> = Arc::default();
    let media = || {
        let (read, memo) = (Arc::clone(&read), Arc::clone(memo));
        Box::new(Counted { bytes: Cursor::new(Arc::clone(file)), read, memo })
    };
    let found = probe(media()).unwrap();
    assert!(found.exact);
    let sound = decode_range(media(), 570_000, 571_000).unwrap().samples;
    (found.duration_ms, sound, read.load(Ordering::SeqCst))
}

#[test]
fn what_was_looked_through_once_is_not_looked_through_again() {
    for header in [true, false] {
        let Some(file) = varying(header) else { return };
        let memo = Kept::default();
        let first = look(&file, &memo);
        let kept = memo.lock().unwrap().clone().unwrap();
        let second = look(&file, &memo);
        println!("{} KB: {} read, then {}; memo {}", file.len(), first.2, second.2, kept.len());
        assert!(first.2 >= file.len() as u64);
        assert!(second.2 <= 700_000 && second.2 < first.2 / 3, "{}", second.2);
        assert_eq!((first.0, first.1), (second.0, second.1));
    }
}

#[test]
fn an_index_that_is_damaged_or_of_another_recording_is_made_anew() {
    let (Some(file), Some(other)) = (varying(true), varying(false)) else { return };
    let memo = Kept::default();
    let whole = look(&file, &memo);
    let kept = memo.lock().unwrap().clone().unwrap();
    let mut wrong = vec![Vec::new(), b"LTINDEX1".to_vec(), kept[..kept.len() / 2].to_vec()];
    wrong.extend([8, 100, kept.len() / 2, kept.len() - 1].map(|at| {
        let mut damaged = kept.clone();
        damaged[at] ^= 4;
        damaged
    }));
    for damaged in wrong {
        *memo.lock().unwrap() = Some(damaged);
        let again = look(&file, &memo);
        assert_eq!((&again.0, &again.1), (&whole.0, &whole.1));
        assert_eq!(memo.lock().unwrap().as_ref(), Some(&kept), "it is kept anew");
    }
    // As long, but other frames.
    let mut changed = file.to_vec();
    let half = changed.len() / 2;
    changed[half..].copy_from_slice(&other[other.len() - (file.len() - half)..]);
    let changed: Arc<[u8]> = changed.into();
    let truth = look(&changed, &Kept::default());
    *memo.lock().unwrap() = Some(kept);
    let found = look(&changed, &memo);
    assert_eq!((found.0, found.1), (truth.0, truth.1));
}
