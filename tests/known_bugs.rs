//! Faults that other terminal players of podcasts have shipped, and the test that keeps each of them
//! out of this one. The table names them all; what no other file looks at is tested here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use latetalk::audio::{Event, Media, MemoryMedia, Order, PlayState};
use player::Player;
use rig::{encode, signal, strength, wav};

const RATE: u32 = 48_000;

/// What went wrong elsewhere, the file that looks at it here, and the tests in it.
const TABLE: &[(u8, &str, &str, &[&str])] = &[
    (
        1,
        "jumps in MP3s of varying rate land elsewhere",
        "audio_formats.rs",
        &["mp3_and_aac_play_from_everywhere"],
    ),
    (
        2,
        "exact jumps read the file from its start",
        "known_bugs.rs",
        &["a_jump_back_in_an_mp3_reads_little"],
    ),
    (
        3,
        "exact jumps in a stream fetch all before them",
        "stream_bytes.rs",
        &[
            "a_jump_to_the_end_of_two_hours_costs_little_and_is_exact",
            "jumps_about_in_a_stream_cost_little_each",
        ],
    ),
    (
        4,
        "jumps back fail without a word",
        "audio_formats.rs",
        &["mp3_and_aac_play_from_everywhere"],
    ),
    (
        5,
        "positions and jumps are scaled by the speed",
        "known_bugs.rs",
        &["at_any_speed_places_are_those_of_the_recording_and_nothing_old_is_heard_after_a_jump"],
    ),
    (6, "speed changes the pitch", "audio_engine.rs", &["speed_keeps_the_pitch_and_the_clock"]),
    (7, "noise after a jump in an MP3", "audio_formats.rs", &["mp3_and_aac_play_from_everywhere"]),
    (
        8,
        "a jump ends where a packet begins",
        "audio_formats.rs",
        &["vorbis_opus_and_flac_play_from_everywhere"],
    ),
    (
        9,
        "M4A: tables at the end, priming, far jumps",
        "stream_bytes.rs",
        &["containers_jump_by_their_own_tables"],
    ),
    (
        10,
        "HE-AAC is refused or mute",
        "audio_surround.rs",
        &["high_efficiency_aac_is_heard_whole_and_entered_anywhere"],
    ),
    (
        11,
        "Opus cannot be opened",
        "audio_formats.rs",
        &["vorbis_opus_and_flac_play_from_everywhere"],
    ),
    (
        12,
        "two versions of the decoder in one program",
        "known_bugs.rs",
        &["there_is_one_decoder_and_an_output_that_works"],
    ),
    (
        13,
        "false frames in pictures, pieces of other kinds",
        "audio_damage.rs",
        &[
            "huge_tags_and_garbage_between_frames_are_passed_over",
            "pieces_of_other_rates_and_channels_follow_in_time",
        ],
    ),
    (
        14,
        "lengths are guessed",
        "audio_engine.rs",
        &["a_stated_length_is_told_until_the_frames_are_counted"],
    ),
    (
        15,
        "a dropped stream counts as finished",
        "audio_engine.rs",
        &["a_broken_connection_is_not_the_end"],
    ),
    (
        16,
        "pieces of two versions of a file are mixed",
        "downloads.rs",
        &[
            "a_file_that_changed_between_is_fetched_anew_and_never_mixed",
            "a_server_that_ignores_ranges_is_read_from_the_start_and_compared",
        ],
    ),
    (
        17,
        "a stream gives wrong bytes or hangs",
        "downloads.rs",
        &[
            "whatever_the_server_does_a_stream_never_returns_wrong_bytes",
            "a_server_that_falls_silent_is_a_timeout_and_not_the_end",
        ],
    ),
    (18, "slow disks are heard", "known_bugs.rs", &["a_slow_disk_is_not_heard"]),
    (
        19,
        "libraries write over the screen",
        "walk_terminal.rs",
        &["without_a_sound_device_the_program_says_so_and_goes_on"],
    ),
    (
        20,
        "a device that went away stays away",
        "../src/audio/conductor/tests.rs",
        &[
            "a_device_that_is_back_under_its_name_is_played_on_exactly_where_it_was",
            "behind_headphones_that_were_pulled_out_nothing_plays_by_itself",
        ],
    ),
    (
        20,
        "the same with a real server",
        "audio_server.rs",
        &["a_server_that_starts_again_is_played_on_where_it_was"],
    ),
    (
        21,
        "without a device the program crashes",
        "audio_engine.rs",
        &["without_an_output_everything_stands_still_until_there_is_one"],
    ),
    (
        22,
        "an output that drops sound or only pretends",
        "known_bugs.rs",
        &["there_is_one_decoder_and_an_output_that_works"],
    ),
    (
        23,
        "a jump in a pause plays, or shows the wrong state",
        "audio_engine.rs",
        &["a_seek_while_paused_is_exact_and_stays_paused"],
    ),
    (
        23,
        "jumps near the ends are refused",
        "known_bugs.rs",
        &["jumps_beyond_both_ends_land_at_them"],
    ),
    (
        24,
        "a refresh forgets what was heard",
        "store/refresh.rs",
        &["a_refresh_never_loses_what_listening_left"],
    ),
    (
        25,
        "media keys need a loop of the system's own",
        "known_bugs.rs",
        &["there_is_one_decoder_and_an_output_that_works"],
    ),
    (
        26,
        "a jump behind the end, by a length that the feed claims",
        "known_bugs.rs",
        &["a_jump_to_a_length_that_was_only_claimed_ends_at_the_real_one"],
    ),
];

#[test]
fn every_known_fault_has_a_test() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for number in 1..=26 {
        assert!(TABLE.iter().any(|(known, ..)| *known == number), "{number} has no test");
    }
    for (number, fault, file, names) in TABLE {
        let text = std::fs::read_to_string(tests.join(file)).unwrap();
        for name in *names {
            assert!(
                text.contains(&format!("fn {name}()")),
                "{number}, {fault}: {file} has no {name}"
            );
        }
    }
}

/// Versions of a package that this program is built from.
fn versions(name: &str) -> Vec<(u32, u32, u32)> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    let lock: toml::Table = toml::from_str(&std::fs::read_to_string(lock).unwrap()).unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let named = packages.filter(|package| package["name"].as_str() == Some(name));
    named
        .map(|package| {
            let version = package["version"].as_str().unwrap();
            let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
            let mut part = || parts.next().unwrap();
            (part(), part(), part())
        })
        .collect()
}

#[test]
fn there_is_one_decoder_and_an_output_that_works() {
    let decoders = versions("symphonia-core");
    assert!(matches!(decoders[..], [(0, 6, 1..) | (0, 7.., _) | (1.., ..)]), "{decoders:?}");
    // rodio 0.22.0 and 0.22.1 took the null device and dropped sources.
    assert!(versions("rodio").iter().all(|version| *version >= (0, 22, 2)));
    assert!(!versions("rodio").is_empty());
    // Media keys are left to the system until they come without a loop of their own.
    assert!(versions("souvlaki").is_empty());
}

#[test]
fn at_any_speed_places_are_those_of_the_recording_and_nothing_old_is_heard_after_a_jump() {
    let tone = |hz: f32| {
        (0..RATE * 4).map(move |n| (n as f32 * hz * std::f32::consts::TAU / 48e3).sin() * 0.5)
    };
    let whole: Vec<f32> = tone(300.0).chain(tone(700.0)).collect();
    for speed in [0.5, 2.0, 3.0_f32] {
        let mut player = Player::new(4);
        player.engine.send(Order::Speed(speed));
        player.load(&wav(RATE, &whole), 0, None, true);
        player.wait(|event| matches!(event, Event::Position { ms: 600.., .. }));
        player.engine.send(Order::Seek { ms: 5000 });
        player.wait(|event| matches!(event, Event::Position { ms: 5000, .. }));
        assert!(player.wait_end().abs_diff(8000) <= 1);
        let heard = player.heard();
        let rest = (3.0 * 48e3 / speed) as usize;
        // Where the jump was faded in is a little before.
        let after = &heard[heard.len() - rest + 480..];
        let (old, new) = (strength(after, RATE, 300.0), strength(after, RATE, 700.0));
        assert!(new > 0.1 && old < new / 100.0, "{speed}: {old} {new}");
        let before = &heard[..heard.len() - rest - 480];
        assert!(strength(before, RATE, 300.0) > 0.1, "{speed}");
        assert!(strength(before, RATE, 700.0) < 0.01, "{speed}: more is heard than lies behind");
    }
}

#[test]
fn jumps_beyond_both_ends_land_at_them() {
    let whole = signal(RATE, 2);
    let mut player = Player::new(8);
    player.load(&wav(RATE, &whole), 1500, None, false);
    player.wait(|event| matches!(event, Event::Loaded { .. }));
    player.engine.send(Order::Seek { ms: u64::MAX });
    player.wait(|event| matches!(event, Event::Position { ms: 2000, .. }));
    player.engine.send(Order::Seek { ms: 0 });
    player.wait(|event| matches!(event, Event::Position { ms: 0, .. }));
    player.engine.send(Order::Play);
    assert_eq!(player.wait_end(), 2000);
    assert_eq!(player.heard().len(), whole.len());
}

#[test]
fn a_jump_to_a_length_that_was_only_claimed_ends_at_the_real_one() {
    let mut player = Player::new(8);
    player.engine.send(Order::Load {
        ticket: 7,
        media: Box::new(MemoryMedia::new(wav(RATE, &signal(RATE, 2)))),
        start_ms: 0,
        until_ms: None,
        play: true,
        duration_hint_ms: Some(3_600_000),
        loudness: None,
    });
    player.wait_for(PlayState::Playing);
    player.engine.send(Order::Seek { ms: 3_599_000 });
    assert_eq!(player.wait_end(), 2000);
}

/// Counts the bytes that are read, and takes its time for each read.
struct Disk {
    inner: MemoryMedia,
    pause: Duration,
    read: Arc<AtomicU64>,
}

impl Disk {
    fn new(bytes: Vec<u8>, pause: Duration) -> (Self, Arc<AtomicU64>) {
        let read = Arc::default();
        (Self { inner: MemoryMedia::new(bytes), pause, read: Arc::clone(&read) }, read)
    }
}

impl Read for Disk {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        std::thread::sleep(self.pause);
        let count = self.inner.read(out)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Disk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

impl Media for Disk {
    fn byte_len(&self) -> Option<u64> {
        self.inner.byte_len()
    }

    fn ready(&self, _: u64, _: u64) -> bool {
        true
    }
}

#[test]
fn a_slow_disk_is_not_heard() {
    let whole = signal(RATE, 4);
    let (disk, _) = Disk::new(wav(RATE, &whole), Duration::from_millis(8));
    // Gaps would be left out of a fast capture, so they are counted.
    let mut player = Player::new(1);
    player.load_media(Box::new(disk), 1000, Some(3000), true);
    assert_eq!(player.wait_end(), 3000);
    let stalled = |event: &Event| {
        matches!(event, Event::Underruns { .. })
            || matches!(event, Event::State { state: PlayState::Buffering, .. })
    };
    let playing = player
        .seen
        .iter()
        .position(|event| matches!(event, Event::State { state: PlayState::Playing, .. }));
    let after = &player.seen[playing.unwrap()..];
    assert!(!after.iter().any(stalled), "{after:?}");
    assert_eq!(player.heard().len(), 96_000);
}

#[test]
fn a_jump_back_in_an_mp3_reads_little() {
    let whole = signal(44_100, 60);
    let options = ["-c:a", "libmp3lame", "-q:a", "4", "-write_xing", "0"];
    let Some(mp3) = encode(&wav(44_100, &whole), "long.mp3", &options) else { return };
    let size = mp3.len() as u64;
    let (disk, read) = Disk::new(mp3, Duration::ZERO);
    let mut player = Player::new(8);
    player.load_media(Box::new(disk), 50_000, Some(50_200), true);
    player.wait_end();
    // Its frames are counted in a pause once; then every jump is a short read.
    let mut least = u64::MAX;
    for from in [40_000, 30_000, 20_000, 10_000] {
        let before = read.load(Ordering::Relaxed);
        player.engine.send(Order::PlayRange { from, until: Some(from + 200) });
        assert_eq!(player.wait_end(), from + 200);
        least = least.min(read.load(Ordering::Relaxed) - before);
    }
    assert!(least < size / 8, "{least} of {size} bytes for a jump");
}
