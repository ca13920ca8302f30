//! Every chapter of the welcome show opens with its own tone, to 10 ms, as the program decodes it
//! and as it leaves the sound device.

mod support;

use std::io::{self, BufRead, Write};
use std::process::Child;
use std::time::Duration;

use latetalk::audio::{Engine, MemoryMedia, Order, Output, Pcm, decode_range, probe};
use latetalk::welcome;
use support::capture::Capture;
use support::tone;

const SOON: Duration = Duration::from_secs(20);

/// Files of the episodes and where their chapters begin, in ms; their tones are in [`tone::WELCOME`].
const EPISODES: [(&str, &[u64]); 3] = [
    ("audio/1.opus", &[0, 14_000, 27_000, 42_000, 58_000, 72_000, 84_000]),
    ("audio/2.mp3", &[0, 12_500, 27_250, 42_000, 55_750]),
    ("audio/3.opus", &[5_000, 17_000, 28_000, 40_000, 51_000]),
];

#[test]
fn every_chapter_opens_with_its_own_tone() {
    for ((name, starts), tones) in EPISODES.into_iter().zip(tone::WELCOME) {
        assert_eq!(starts.len(), tones.len());
        for (&start, &hz) in starts.iter().zip(tones) {
            let opening = decode(name, start + 50, start + 750);
            let all = tone::WELCOME.concat();
            let heard = tone::which_tone(&opening.samples, opening.rate, &all);
            assert_eq!(heard, Some(hz), "{name} at {start} ms");
        }
    }
}

#[test]
fn the_tones_begin_at_the_chapters_to_10_ms() {
    for ((name, starts), tones) in EPISODES.into_iter().zip(tone::WELCOME) {
        for (&start, &hz) in starts.iter().zip(tones).filter(|(start, _)| **start > 0) {
            let around = decode(name, start - 100, start + 100);
            let window = around.rate as usize / 200;
            let strength: Vec<f64> = around
                .samples
                .windows(window)
                .step_by(around.rate as usize / 1000)
                .map(|part| tone::power(part.iter().map(|&v| f64::from(v)), around.rate, hz))
                .collect();
            let full = strength.last().copied().unwrap();
            // Half the amplitude is a quarter of the power; a window that begins at the start of
            // the tone is 5 ms long, and so is nearly the tone's edge.
            let begins = strength.iter().position(|power| *power > full / 4.0).unwrap() as u64;
            assert!(begins.abs_diff(100) <= 10, "{name}: {hz} Hz begins at {begins} of 100 ms");
        }
    }
}

#[test]
fn the_episodes_are_as_long_as_the_feed_says() {
    for ((name, _), wanted) in EPISODES.into_iter().zip([98_000_u64, 69_000, 63_000]) {
        let file = welcome::read(name).unwrap();
        let media = Box::new(MemoryMedia::from_static(file.bytes));
        let probed = probe(media).unwrap();
        let length = probed.duration_ms.unwrap();
        assert!(length.abs_diff(wanted) <= 60, "{name} lasts {length} ms, not {wanted}");
    }
}

#[test]
fn a_jump_to_a_chapter_is_heard_as_its_tone_and_a_pause_as_silence() {
    let capture = Capture::start();
    let mut player = player(&capture).expect("the player starts");
    let mut orders = player.stdin.take().expect("piped");
    let all = tone::WELCOME.concat();
    let second = support::capture::RATE as usize;
    let mut at = 0;
    for (start, hz) in [("0", 440), ("58000", 880), ("27000", 659)] {
        writeln!(orders, "{start}").expect("the player listens");
        let (begins, heard) = capture.wait_for_tone(at, &all, SOON);
        assert_eq!(heard, hz, "at {start} ms");
        // The tone lasts 0.8 s; what is heard after it belongs to the next jump.
        at = begins + second;
        capture.wait_for(at, SOON, |heard| (heard.len() > second / 4).then_some(()));
    }
    writeln!(orders, "pause").expect("the player listens");
    capture.wait_for_silence(Duration::from_millis(300), SOON);
    drop(orders);
    assert!(player.wait().expect("it ends").success());
}

/// This test itself as a program of its own, heard by the capture.
fn player(capture: &Capture) -> io::Result<Child> {
    capture.own_test("the_player_of_the_jumps", PLAYER)
}

const PLAYER: &str = "LATETALK_TEST_PLAYER";

#[test]
#[ignore = "started by the test of the jumps, in a process of its own with its own sound output"]
fn the_player_of_the_jumps() {
    if std::env::var_os(PLAYER).is_none() {
        return;
    }
    let engine = Engine::start(Output::Device, |_| {});
    let file = welcome::read("audio/1.opus").expect("the first episode");
    engine.send(Order::Load {
        ticket: 1,
        media: Box::new(MemoryMedia::from_static(file.bytes)),
        start_ms: 0,
        until_ms: None,
        play: false,
        duration_hint_ms: None,
        loudness: None,
    });
    for order in io::stdin().lock().lines() {
        match order.expect("standard input").as_str() {
            "pause" => engine.send(Order::Pause),
            ms => {
                engine.send(Order::Seek { ms: ms.parse().expect("a time in ms") });
                engine.send(Order::Play);
            }
        }
    }
}

/// A range of an episode, one channel.
#[expect(clippy::unwrap_used, reason = "an episode that cannot be decoded fails the test")]
fn decode(name: &str, from_ms: u64, until_ms: u64) -> Pcm {
    let file = welcome::read(name).unwrap();
    let media = Box::new(MemoryMedia::from_static(file.bytes));
    let mut pcm = decode_range(media, from_ms, until_ms).unwrap();
    let channels = usize::from(pcm.channels);
    pcm.samples = pcm.samples.into_iter().step_by(channels).collect();
    pcm
}
