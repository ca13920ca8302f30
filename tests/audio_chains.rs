//! Recordings one behind another in one Ogg file play to the last, with times that go on.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails in a test fails the test, and it says what it measured"
)]

#[path = "audio_rig/place.rs"]
mod place;
#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use latetalk::audio::{Event, MemoryMedia, Order, probe};
use place::{cut, late, places};
use player::Player;
use rig::{encode, signal, wav};

const RATE: u32 = 48_000;
/// Seconds at which one recording ends and the next begins.
const SEAMS: [usize; 4] = [0, 2, 3, 5];

const KINDS: [(&str, &[&str]); 4] = [
    ("a.opus", &["-c:a", "libopus"]),
    ("s.opus", &["-c:a", "libopus", "-ac", "2"]),
    ("a.ogg", &["-c:a", "libvorbis"]),
    ("a.oga", &["-c:a", "flac"]),
];

fn links(name: &str, options: &[&str], whole: &[f32]) -> Option<Vec<Vec<u8>>> {
    let parts = SEAMS.windows(2).enumerate().map(|(count, seam)| {
        let serial = (100 + 7 * count).to_string();
        let options = [options, &["-serial_offset", &serial]].concat();
        let part = &whole[seam[0] * RATE as usize..seam[1] * RATE as usize];
        encode(&wav(RATE, part), name, &options)
    });
    parts.collect()
}

#[test]
fn a_chain_plays_to_its_last_recording_and_is_entered_anywhere() {
    let whole = signal(RATE, 5);
    for (name, options) in KINDS {
        let Some(links) = links(name, options, &whole) else { return };
        let file = links.concat();
        let about = probe(Box::new(MemoryMedia::new(file.clone()))).unwrap();
        assert_eq!((about.duration_ms, about.exact), (Some(5000), true), "{name}");
        let (pcm, heard) = cut(&file, 0, 60_000);
        assert_eq!((pcm.rate, heard.len()), (RATE, whole.len()), "{name}");
        for place in places(20, 4900).into_iter().chain([1990, 2010, 2960, 3001]) {
            let (_, heard) = cut(&file, place, place + 60);
            // The first moments of a recording are a special case for some codecs.
            let begun = SEAMS.iter().any(|seam| place.saturating_sub(*seam as u64 * 1000) < 40);
            let skip = if begun { 1920 } else { 0 };
            let (off, fit) = late(&heard[skip..], &whole, place as usize * 48 + skip, 0);
            assert!(off.abs() <= 3 && fit > 0.8, "{name} at {place}: {off} {fit:.2}");
        }
    }
}

#[test]
fn a_chain_plays_across_its_seams_without_a_gap() {
    let whole = signal(RATE, 5);
    let Some(links) = links("a.oga", &["-c:a", "flac"], &whole) else { return };
    let mut player = Player::new(30);
    player.load(&links.concat(), 0, None, false);
    player.wait(|event| matches!(event, Event::Loaded { duration_ms: Some(5000), .. }));
    player.engine.send(Order::PlayRange { from: 1500, until: Some(3500) });
    assert_eq!(player.wait_end(), 3500);
    player.engine.send(Order::PlayRange { from: 500, until: Some(600) });
    assert_eq!(player.wait_end(), 600);
    let heard = player.heard();
    assert_eq!(heard.len(), 2100 * 48);
    for n in 480..2000 * 48 - 480 {
        let (one, other) = (heard[n], whole[1500 * 48 + n]);
        assert!((one - other).abs() < 2e-3, "frame {n}: heard {one}, made {other}");
    }
}

#[test]
fn the_same_recording_twice_is_twice_as_long() {
    let whole = signal(RATE, 2);
    let Some(one) = encode(&wav(RATE, &whole), "a.opus", &["-c:a", "libopus"]) else { return };
    for rounds in [2, 3, 16_u64] {
        let file = one.repeat(rounds as usize);
        let about = probe(Box::new(MemoryMedia::new(file))).unwrap();
        assert_eq!((about.duration_ms, about.exact), (Some(2000 * rounds), true));
    }
    let file = one.repeat(2);
    assert_eq!(cut(&file, 3000, 3100).1, cut(&one, 1000, 1100).1);
}

#[test]
fn a_damaged_link_does_not_take_the_others_along() {
    let whole = signal(RATE, 5);
    let Some(mut links) = links("a.opus", &["-c:a", "libopus"], &whole) else { return };
    // The middle recording is of a kind that nobody knows.
    let named = links[1].windows(8).position(|eight| eight == b"OpusHead").unwrap();
    links[1][named..named + 8].copy_from_slice(b"Nobody's");
    let file = links.concat();
    let about = probe(Box::new(MemoryMedia::new(file.clone()))).unwrap();
    assert_eq!(about.duration_ms, Some(4000), "{about:?}");
    let (_, heard) = cut(&file, 3000, 3100);
    let (off, fit) = late(&heard, &whole, 4000 * 48, 0);
    assert!(off.abs() <= 3 && fit > 0.8, "{off} {fit:.2}");
}
