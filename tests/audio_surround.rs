//! What was recorded in more than two channels is heard where it stood, whatever order the codec
//! keeps its channels in; HE-AAC is heard with all of its band.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails in a test fails the test, and it says what it measured"
)]

#[path = "audio_rig/place.rs"]
mod place;
#[path = "audio_rig/rig.rs"]
mod rig;

use latetalk::audio::{MemoryMedia, Pcm, decode_range, probe};
use place::{late, places};
use rig::{encode, signal, strength, wav_of};
use syom::EncodeOptions;

const RATE: u32 = 48_000;
/// Sides at −3 dB.
const HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// Frames that the encoder of HE-AAC puts in front, which nobody says in these files.
const IN_FRONT: isize = 3018;

/// Channels in the order of WAV, and what of each is heard left and right.
const LAYOUTS: [&[[f64; 2]]; 3] = [
    &[[1.0, 0.0], [0.0, 1.0], [HALF, HALF], [0.0, 0.0], [HALF, 0.0], [0.0, HALF]],
    &[
        [1.0, 0.0],
        [0.0, 1.0],
        [HALF, HALF],
        [0.0, 0.0],
        [HALF, 0.0],
        [0.0, HALF],
        [HALF, 0.0],
        [0.0, HALF],
    ],
    &[[1.0, 0.0], [0.0, 1.0]],
];

const KINDS: [(&str, &[&str]); 9] = [
    ("a.wav", &[]),
    ("a.flac", &["-c:a", "flac"]),
    ("a.ogg", &["-c:a", "libvorbis", "-q:a", "4"]),
    ("a.opus", &["-c:a", "libopus", "-b:a", "256k"]),
    ("a.webm", &["-c:a", "libopus", "-b:a", "256k"]),
    ("a.m4a", &["-c:a", "aac", "-b:a", "256k"]),
    ("a.aac", &["-c:a", "aac", "-b:a", "256k"]),
    ("a.aiff", &["-c:a", "pcm_s16be"]),
    ("a.caf", &["-c:a", "pcm_s16be"]),
];

/// A tone of its own in each channel, for half a second; the low one where only low ones belong.
/// Or only one of them.
fn tones(channels: usize, only: Option<usize>) -> Vec<f32> {
    (0..RATE as usize / 2)
        .flat_map(|n| {
            (0..channels).map(move |channel| {
                let angle = std::f64::consts::TAU * hertz(channel) * n as f64 / f64::from(RATE);
                let silent = only.is_some_and(|only| only != channel);
                if silent { 0.0 } else { angle.sin() as f32 * 0.1 }
            })
        })
        .collect()
}

fn hertz(channel: usize) -> f64 {
    if channel == 3 { 60.0 } else { 400.0 + 110.0 * channel as f64 }
}

#[test]
fn every_channel_is_heard_where_it_stood() {
    for layout in LAYOUTS {
        for (name, options) in KINDS {
            for only in (0..layout.len()).map(Some).chain([None]) {
                // These do not say what their seventh and eighth channels are.
                if layout.len() == 8 && ["a.aiff", "a.caf"].contains(&name) {
                    continue;
                }
                // Vorbis shares sound between channels: each is tried alone too.
                if only.is_some() && name != "a.ogg" {
                    continue;
                }
                let samples = tones(layout.len(), only);
                let made = Pcm { rate: RATE, channels: layout.len() as u16, samples };
                let Some(file) = encode(&wav_of(&made), name, options) else { return };
                stands(&file, layout, only, name);
            }
        }
    }
}

fn stands(file: &[u8], layout: &[[f64; 2]], only: Option<usize>, name: &str) {
    let media = || Box::new(MemoryMedia::new(file.to_vec()));
    assert_eq!(usize::from(probe(media()).unwrap().channels), layout.len(), "{name}");
    let heard = decode_range(media(), 150, 400).unwrap();
    assert_eq!(heard.channels, 2, "{name}");
    for (channel, wanted) in layout.iter().enumerate() {
        let silent = only.is_some_and(|only| only != channel);
        for (side, wanted) in wanted.iter().enumerate() {
            let wanted = if silent { 0.0 } else { *wanted };
            let one: Vec<f32> = heard.samples.iter().skip(side).step_by(2).copied().collect();
            // A tone of 0.1 has a strength of a half of that.
            let part = strength(&one, RATE, hertz(channel)) / 0.05;
            let count = layout.len();
            assert!(
                (part - wanted).abs() < 0.13,
                "{name}, {count} channels: {channel} on {side}: {part:.2}, not {wanted:.2}"
            );
        }
    }
}

/// HE-AAC as `options` say: raw, and in MP4 boxes.
fn extended(options: &EncodeOptions, sound: &[Vec<f32>]) -> Option<[Vec<u8>; 2]> {
    let raw = syom::encode_with(sound, 44_100, options).unwrap();
    let boxed = encode(&raw, "a.m4a", &["-c", "copy", "-bsf:a", "aac_adtstoasc"])?;
    Some([raw, boxed])
}

#[test]
fn high_efficiency_aac_is_heard_whole_and_entered_anywhere() {
    let mono = signal(44_100, 4);
    // Something above what the core alone could carry.
    let mut seed = 1_u32;
    let bright: Vec<f32> = mono
        .iter()
        .map(|sample| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            sample + ((seed >> 8) as f32 / (1 << 23) as f32 - 1.0) * 0.05
        })
        .collect();
    let first = EncodeOptions::low_rate();
    let second = EncodeOptions::low_rate().with_he_v2(true);
    for (version, options, channels) in [(1, first, 1), (2, second, 2)] {
        let sound = vec![bright.clone(); channels];
        let Some(files) = extended(&options, &sound) else { return };
        for (kind, file) in files.into_iter().enumerate() {
            let about = probe(Box::new(MemoryMedia::new(file.clone()))).unwrap();
            let told = (about.codec.as_str(), about.sample_rate);
            assert_eq!(told, ("HE-AAC", 44_100), "v{version} {kind}");
            assert!(about.exact && about.duration_ms.unwrap().abs_diff(4000) < 170, "{about:?}");
            let mut all = Vec::new();
            for place in places(12, 3700) {
                let media = Box::new(MemoryMedia::new(file.clone()));
                let heard = decode_range(media, place, place + 60).unwrap();
                assert_eq!(heard.rate, 44_100);
                let heard = rig::left(&heard.samples, heard.channels.into());
                if place > 200 {
                    let at = place as usize * 441 / 10;
                    let (off, fit) = late(&heard, &bright, at, IN_FRONT);
                    assert!(fit > 0.7, "v{version} {kind} at {place}: {off}, {fit:.2}");
                    all.push(off);
                }
            }
            // It is the same everywhere.
            let (least, most) = (all.iter().min().unwrap(), all.iter().max().unwrap());
            println!("HE-AAC v{version}, file {kind}: {least}..{most} frames late");
            assert!(most - least <= 4, "v{version} {kind}: {all:?}");
            let media = Box::new(MemoryMedia::new(file));
            let heard = decode_range(media, 1000, 2000).unwrap();
            let heard = rig::left(&heard.samples, heard.channels.into());
            // The highest notes: what is left of the sound when neighbours are taken off each other.
            let edges: f32 = heard.windows(3).map(|w| (w[0] - 2.0 * w[1] + w[2]).powi(2)).sum();
            let made: f32 =
                bright[44_100..88_200].windows(3).map(|w| (w[0] - 2.0 * w[1] + w[2]).powi(2)).sum();
            assert!(edges > made * 0.2, "v{version} {kind}: {}", edges / made);
        }
    }
}
