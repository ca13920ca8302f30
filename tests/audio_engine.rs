//! What is really heard when orders are given: captured from the output and measured.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use latetalk::audio::{
    DeviceState, Event, Media, MemoryMedia, Order, Output, PlayState, Trim, Waker,
};
use player::{PATIENCE, Player, captured, start};
use rig::{encode, lag, signal, strength, wav, whole};

const RATE: u32 = 48_000;

/// Compares what was heard from frame `at` on with the recording from `from` on; the first
/// frames are faded in.
#[track_caller]
fn same(heard: &[f32], at: usize, whole: &[f32], from: usize, frames: usize) {
    for n in 300..frames {
        let (one, other) = (heard[at + n], whole[from + n]);
        assert!((one - other).abs() < 2e-3, "frame {n}: heard {one}, made {other}");
    }
}

// Playing

#[test]
fn a_recording_plays_to_its_last_sample_and_says_so() {
    let whole = signal(RATE, 3);
    let mut player = Player::new(8);
    player.load(&wav(RATE, &whole), 0, None, true);
    let end = player.wait_end();
    player.wait_for(PlayState::Paused);
    let loaded = player.seen.iter().find(|event| matches!(event, Event::Loaded { .. }));
    assert!(matches!(
        loaded,
        Some(Event::Loaded { ticket: 7, duration_ms: Some(3000), exact: true, .. })
    ));
    assert!(player.seen.contains(&Event::State { ticket: 7, state: PlayState::Playing }));
    assert_eq!(end, 3000);
    let heard = player.heard();
    assert_eq!(heard.len(), whole.len());
    same(&heard, 0, &whole, 0, whole.len());
}

#[test]
fn a_range_ends_exactly_where_it_should() {
    let whole = signal(44_100, 4);
    let mut player = Player::new(8);
    player.load(&wav(44_100, &whole), 1234, Some(2345), true);
    assert_eq!(player.wait_end(), 2345);
    let heard = player.heard();
    // Both ends are rounded to a frame of the recording.
    assert!(heard.len().abs_diff(1111 * 48) <= 1, "{}", heard.len());
}

#[test]
fn playing_goes_on_behind_a_range_that_ended() {
    let whole = signal(RATE, 3);
    let mut player = Player::new(8);
    player.load(&wav(RATE, &whole), 1000, Some(1500), true);
    assert_eq!(player.wait_end(), 1500);
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 3000);
    player.engine.send(Order::PlayRange { from: 200, until: Some(400) });
    assert_eq!(player.wait_end(), 400);
    let heard = player.heard();
    assert_eq!(heard.len(), (500 + 1500 + 200) * 48);
    same(&heard, 24_000, &whole, 72_000, 72_000);
    // The last 5 ms of a range are faded out.
    same(&heard, 96_000, &whole, 9600, 9600 - 240);
    assert!(heard.last().is_some_and(|sample| sample.abs() < 2e-3));
}

// Seeking

#[test]
fn a_seek_while_paused_is_exact_and_stays_paused() {
    let whole = signal(RATE, 5);
    let mut player = Player::new(8);
    player.load(&wav(RATE, &whole), 0, None, false);
    player.wait(|event| matches!(event, Event::Loaded { .. }));
    player.engine.send(Order::Seek { ms: 3210 });
    let position = player.wait(|event| matches!(event, Event::Position { .. }));
    assert_eq!(position, Event::Position { ticket: 7, ms: 3210, estimated: false });
    assert!(matches!(
        player.events.recv_timeout(Duration::from_millis(100)),
        Err(RecvTimeoutError::Timeout)
    ));
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 5000);
    let heard = player.heard();
    assert_eq!(heard.len(), 1790 * 48);
    same(&heard, 0, &whole, 3210 * 48, 1790 * 48);
}

#[test]
fn of_rapid_seeks_the_last_wins() {
    let whole = signal(RATE, 20);
    let mut player = Player::new(4);
    player.load(&wav(RATE, &whole), 0, None, true);
    player.wait_for(PlayState::Playing);
    for ms in (1000..16_000).step_by(250) {
        player.engine.send(Order::Seek { ms });
    }
    player.engine.send(Order::Seek { ms: 18_000 });
    assert_eq!(player.wait_end(), 20_000);
    let heard = player.heard();
    same(&heard, heard.len() - 96_000, &whole, 18 * 48_000, 96_000);
}

#[test]
fn a_seek_behind_the_end_ends() {
    let mut player = Player::new(8);
    player.load(&wav(RATE, &signal(RATE, 2)), 0, None, true);
    player.wait_for(PlayState::Playing);
    player.engine.send(Order::Seek { ms: 99_000 });
    assert_eq!(player.wait_end(), 2000);
}

#[test]
fn pausing_keeps_the_place_to_the_sample() {
    let whole = signal(RATE, 4);
    let mut player = Player::new(4);
    player.load(&wav(RATE, &whole), 0, None, true);
    player.wait_for(PlayState::Playing);
    player.engine.send(Order::Pause);
    player.wait_for(PlayState::Paused);
    player.engine.send(Order::Play);
    player.wait_end();
    // The fades touch samples but lose none.
    assert_eq!(player.heard().len(), whole.len());
}

// Speed

#[test]
fn speed_keeps_the_pitch_and_the_clock() {
    let tone: Vec<f32> = (0..RATE * 4)
        .map(|n| (n as f32 * 440.0 * std::f32::consts::TAU / 48e3).sin() * 0.5)
        .collect();
    for speed in [0.5, 1.5, 2.0, 3.0_f32] {
        let mut player = Player::new(8);
        player.engine.send(Order::Speed(speed));
        player.load(&wav(RATE, &tone), 0, None, true);
        assert!(player.wait_end().abs_diff(4000) <= 1);
        let heard = player.heard();
        assert!(heard.len().abs_diff((tone.len() as f32 / speed) as usize) <= 2, "{speed}");
        let middle = &heard[9600..9600 + 48_000];
        let best = (400..480_i32).max_by(|&a, &b| {
            strength(middle, RATE, f64::from(a)).total_cmp(&strength(middle, RATE, f64::from(b)))
        });
        assert!(best.unwrap().abs_diff(440) <= 1, "{speed}: {best:?} Hz");
        let loud = middle.iter().map(|sample| sample * sample).sum::<f32>() / 48_000.0;
        assert!((loud.sqrt() - 0.354).abs() < 0.03, "{speed}: {loud}");
    }
}

#[test]
fn a_change_of_speed_keeps_the_place_and_positions_follow_it() {
    let mut player = Player::new(2);
    player.load(&wav(RATE, &signal(RATE, 12)), 2000, None, true);
    let before = player.wait(|event| matches!(event, Event::Position { ms, .. } if *ms > 2500));
    player.engine.send(Order::Speed(2.0));
    let Event::Position { ms: before, .. } = before else { unreachable!() };
    assert_eq!(player.wait_end(), 12_000);
    // What was heard tells where the speed changed: from there on it is half as long.
    let heard = player.heard().len() as u64 / 48;
    let changed = 2 * heard + 4000 - 12_000;
    assert!((before..before + 1500).contains(&changed), "{before} {changed}");
}

// Sources that wait, break and lie

/// Gives bytes only up to a limit; behind that, reads block until it moves or the waker calls.
#[derive(Clone)]
struct Slow {
    bytes: Arc<[u8]>,
    place: u64,
    shared: Arc<(Mutex<(usize, bool)>, Condvar)>,
    reads: Arc<AtomicU64>,
}

impl Slow {
    fn new(bytes: Vec<u8>, limit: usize) -> Self {
        let shared = Arc::new((Mutex::new((limit, false)), Condvar::new()));
        Self { bytes: bytes.into(), place: 0, shared, reads: Arc::default() }
    }

    fn arrive(&self, limit: usize) {
        self.shared.0.lock().unwrap().0 = limit;
        self.shared.1.notify_all();
    }
}

impl Read for Slow {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut state = self.shared.0.lock().unwrap();
        self.reads.fetch_add(1, Ordering::SeqCst);
        let place = self.place as usize;
        while place >= state.0 && place < self.bytes.len() {
            if std::mem::take(&mut state.1) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            state = self.shared.1.wait(state).unwrap();
        }
        let end =
            state.0.min(self.bytes.len()).min(place + out.len()).max(place.min(self.bytes.len()));
        let part = self.bytes.get(place..end).unwrap_or_default();
        out[..part.len()].copy_from_slice(part);
        self.place += part.len() as u64;
        Ok(part.len())
    }
}

impl Seek for Slow {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.place = match to {
            SeekFrom::Start(place) => place,
            SeekFrom::End(back) => self.bytes.len() as u64 + back.min(0).unsigned_abs(),
            SeekFrom::Current(step) => self.place.saturating_add_signed(step),
        };
        Ok(self.place)
    }
}

impl Media for Slow {
    fn byte_len(&self) -> Option<u64> {
        Some(self.bytes.len() as u64)
    }

    fn ready(&self, from: u64, len: u64) -> bool {
        from + len <= self.shared.0.lock().unwrap().0 as u64
    }

    fn waker(&self) -> Option<Waker> {
        let shared = Arc::clone(&self.shared);
        Some(Arc::new(move || {
            shared.0.lock().unwrap().1 = true;
            shared.1.notify_all();
        }))
    }
}

#[test]
fn a_source_that_waits_is_waited_for() {
    let whole = signal(RATE, 4);
    let file = wav(RATE, &whole);
    let slow = Slow::new(file.clone(), 200_000);
    let mut player = Player::new(4);
    player.load_media(Box::new(slow.clone()), 0, None, true);
    player.wait_for(PlayState::Playing);
    player.wait_for(PlayState::Buffering);
    slow.arrive(file.len());
    player.wait_for(PlayState::Playing);
    assert_eq!(player.wait_end(), 4000);
    assert_eq!(player.heard().len(), whole.len());
}

#[test]
fn orders_are_obeyed_while_a_read_blocks() {
    let whole = signal(RATE, 10);
    let slow = Slow::new(wav(RATE, &whole), 300_000);
    let mut player = Player::new(4);
    player.load_media(Box::new(slow.clone()), 0, None, true);
    player.wait_for(PlayState::Buffering);
    player.engine.send(Order::Seek { ms: 8000 });
    player.wait(|event| matches!(event, Event::Position { ms: 8000, .. }));
    player.engine.send(Order::Seek { ms: 1000 });
    player.wait_for(PlayState::Playing);
    player.engine.send(Order::Pause);
    player.wait_for(PlayState::Paused);
    let begin = Instant::now();
    drop(player.engine);
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_seek_in_an_mp3_that_still_arrives_jumps_without_reading_what_lies_between() {
    let whole = signal(44_100, 60);
    let Some(file) = encode(
        &wav(44_100, &whole),
        "a.mp3",
        &["-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0"],
    ) else {
        return;
    };
    let slow = Slow::new(file, 60_000);
    // Bytes that were never asked for stay away: only the part around the target arrives.
    let holes = Holes { inner: slow, from: 60_000, until: 380_000, touched: Arc::default() };
    let touched = Arc::clone(&holes.touched);
    holes.inner.arrive(usize::MAX);
    let mut player = Player::new(4);
    player.load_media(Box::new(holes), 50_000, Some(51_000), true);
    assert_eq!(player.wait_end(), 51_000);
    assert!(!touched.load(Ordering::SeqCst));
    let heard = player.heard();
    assert_eq!(heard.len(), 48_000);
    // 1105 samples of 44.1 kHz that the encoder put in front and the bare file does not tell.
    let plain: Vec<f32> = (0..24_000).map(|n| heard[n + 2400]).collect();
    let made: Vec<f32> = (0..48_000 * 3)
        .map(|n| {
            let at = 49.0 * 44_100.0 + f64::from(n) * 44_100.0 / 48_000.0;
            let (place, part) = (at as usize, at.fract() as f32);
            whole[place] * (1.0 - part) + whole[place + 1] * part
        })
        .collect();
    let (late, fit) = lag(&plain, &made, 48_000 + 2400, 4800);
    assert!((late as f64 / 48.0 - 25.06).abs() < 0.2 && fit > 0.8, "{late} {fit}");
}

#[test]
fn a_stated_length_is_told_until_the_frames_are_counted() {
    let whole = signal(44_100, 8);
    let Some(file) = encode(
        &wav(44_100, &whole),
        "a.mp3",
        &["-c:a", "libmp3lame", "-q:a", "6", "-write_xing", "0"],
    ) else {
        return;
    };
    let slow = Slow::new(file.clone(), file.len() / 2);
    let mut player = Player::new(8);
    player.engine.send(Order::Load {
        ticket: 7,
        media: Box::new(slow.clone()),
        start_ms: 0,
        until_ms: None,
        play: true,
        duration_hint_ms: Some(8123),
        loudness: None,
    });
    let loaded = player.wait(|event| matches!(event, Event::Loaded { .. }));
    assert!(matches!(loaded, Event::Loaded { duration_ms: Some(8123), exact: false, .. }));
    player.wait_for(PlayState::Playing);
    slow.arrive(file.len());
    let counted = player.wait(|event| matches!(event, Event::Duration { .. }));
    let Event::Duration { ms, exact: true, .. } = counted else { panic!("{counted:?}") };
    assert!(ms.abs_diff(8030) < 40, "{ms}");
    assert_eq!(player.wait_end(), ms);
}

/// A source with a hole that must not be read.
struct Holes {
    inner: Slow,
    from: u64,
    until: u64,
    touched: Arc<AtomicBool>,
}

impl Read for Holes {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let place = self.inner.place;
        if place >= self.from && place < self.until {
            self.touched.store(true, Ordering::SeqCst);
        }
        let room = if place < self.from { (self.from - place) as usize } else { usize::MAX };
        let room = room.min(out.len());
        self.inner.read(&mut out[..room])
    }
}

impl Seek for Holes {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

impl Media for Holes {
    fn byte_len(&self) -> Option<u64> {
        self.inner.byte_len()
    }

    fn ready(&self, from: u64, len: u64) -> bool {
        from + len <= self.from || from >= self.until
    }
}

#[test]
fn a_broken_connection_is_not_the_end() {
    let whole = signal(RATE, 3);
    let file = wav(RATE, &whole);
    let broken = Arc::new(AtomicBool::new(true));
    let media = Flaky { inner: MemoryMedia::new(file), broken: Arc::clone(&broken), place: 0 };
    let mut player = Player::new(4);
    player.load_media(Box::new(media), 0, None, true);
    player.wait_for(PlayState::Playing);
    player.wait_for(PlayState::Buffering);
    broken.store(false, Ordering::SeqCst);
    assert_eq!(player.wait_end(), 3000);
    assert_eq!(player.heard().len(), whole.len());
}

/// Fails behind the first 150 000 bytes while it is broken.
struct Flaky {
    inner: MemoryMedia,
    broken: Arc<AtomicBool>,
    place: u64,
}

impl Read for Flaky {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.place > 150_000 && self.broken.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        let count = self.inner.read(out)?;
        self.place += count as u64;
        Ok(count)
    }
}

impl Seek for Flaky {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.place = self.inner.seek(to)?;
        Ok(self.place)
    }
}

impl Media for Flaky {
    fn byte_len(&self) -> Option<u64> {
        self.inner.byte_len()
    }
}

#[test]
fn what_is_no_recording_fails_with_a_sentence() {
    let mut player = Player::new(4);
    player.load(b"<!doctype html><title>404</title>", 0, None, true);
    let failed = player.wait(|event| matches!(event, Event::Failed { .. }));
    let Event::Failed { ticket: 7, message } = failed else { panic!("{failed:?}") };
    assert!(message.contains("cannot be opened"), "{message}");
    player.load(&wav(RATE, &signal(RATE, 1)), 0, None, true);
    assert_eq!(player.wait_end(), 1000);
}

// Outputs

#[test]
fn capturing_in_real_time_keeps_the_pauses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.raw");
    let (engine, events) = start(Output::Capture(path.clone()));
    engine.send(whole(wav(RATE, &signal(RATE, 1))));
    let mut ready = false;
    loop {
        match events.recv_timeout(PATIENCE).unwrap() {
            Event::Device(DeviceState::Ready { .. }) => ready = true,
            Event::Ended { ms, .. } => {
                assert_eq!(ms, 1000);
                break;
            }
            _ => {}
        }
    }
    assert!(ready);
    drop(engine);
    assert!(captured(&path).len() >= 48_000);
}

#[test]
fn without_an_output_everything_stands_still_until_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("later").join("heard.raw");
    let mut player = Player::to(path.clone(), 8, folder);
    let whole = signal(RATE, 2);
    player.load(&wav(RATE, &whole), 500, None, true);
    let missing = player.wait(|event| matches!(event, Event::Device(_)));
    assert!(matches!(missing, Event::Device(DeviceState::Missing { .. })));
    player.engine.send(Order::Seek { ms: 1000 });
    player.wait(|event| matches!(event, Event::Position { ms: 1000, .. }));
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    player.engine.send(Order::RetryDevice);
    player.wait(|event| matches!(event, Event::Device(DeviceState::Ready { .. })));
    assert!(player.seen.contains(&Event::State { ticket: 7, state: PlayState::Paused }));
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 2000);
    assert_eq!(player.heard().len(), 48_000);
}

#[test]
fn an_output_that_restarts_plays_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo");
        return;
    }
    let mut player = Player::to(path.clone(), 4, folder);
    player.load(&wav(RATE, &signal(RATE, 6)), 0, None, true);
    let mut listener = std::fs::File::open(&path).unwrap();
    let mut first = vec![0; 48_000 * 8];
    listener.read_exact(&mut first).unwrap();
    drop(listener);
    player.wait(|event| matches!(event, Event::Device(DeviceState::Lost { .. })));
    let place = player.seen.iter().rev().find_map(|event| match event {
        Event::Position { ms, .. } => Some(*ms),
        _ => None,
    });
    let rest = std::thread::spawn(move || {
        let mut rest = Vec::new();
        std::fs::File::open(&path).unwrap().read_to_end(&mut rest).unwrap();
        rest.len() as u64 / 8
    });
    player.wait_for(PlayState::Playing);
    assert_eq!(player.wait_end(), 6000);
    drop(player.engine);
    let heard = rest.join().unwrap();
    assert!(heard.abs_diff((6000 - place.unwrap()) * 48) <= 48, "{heard} {place:?}");
}

#[test]
fn the_sound_device_is_used_or_missed_but_never_waited_for() {
    let (engine, events) = start(Output::Device);
    engine.send(Order::Volume(0));
    engine.send(whole(wav(RATE, &signal(RATE, 1))));
    let mut seen = Vec::new();
    while !seen.iter().any(|event| matches!(event, Event::Device(_))) {
        seen.push(events.recv_timeout(PATIENCE).unwrap());
    }
    engine.send(Order::Seek { ms: 700 });
    while !seen.contains(&Event::Position { ticket: 1, ms: 700, estimated: false }) {
        seen.push(events.recv_timeout(PATIENCE).unwrap());
    }
}

#[test]
fn an_engine_without_work_stops_at_once() {
    let begin = Instant::now();
    drop(start(Output::Silent));
    assert!(begin.elapsed() < Duration::from_secs(1));
}

#[test]
fn volume_and_silence_trimming_act_on_what_is_heard() {
    let mut talk = signal(RATE, 6);
    talk[2 * 48_000..4 * 48_000].fill(0.0);
    let mut player = Player::new(8);
    player.engine.send(Order::Volume(50));
    player.engine.send(Order::TrimSilence(Trim::Medium));
    player.load(&wav(RATE, &talk), 0, None, true);
    assert_eq!(player.wait_end(), 6000);
    let heard = player.heard();
    assert!(heard.len().abs_diff(4 * 48_000 + 9600) < 1500, "{}", heard.len());
    for n in 5000..90_000 {
        assert!((heard[n] - talk[n] * 0.25).abs() < 2e-3);
    }
}
