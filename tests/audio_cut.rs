//! Cutting: as many frames as the range has, and the very frames that stand there in the whole
//! recording as another program decodes it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

#[path = "audio_rig/rig.rs"]
mod rig;

use std::process::{Command, Stdio};

use latetalk::audio::{MemoryMedia, Pcm, decode_range, write_wav};
use rig::{encode, left, signal, wav};

/// Ranges in ms, odd ones too.
const RANGES: [(u64, u64); 5] = [(0, 61), (1, 1000), (2333, 2334), (4501, 5618), (3000, 6000)];

struct Case {
    name: &'static str,
    rate: u32,
    options: &'static [&'static str],
    /// How far decoders may differ in a sample.
    near: f32,
}

const fn case(name: &'static str, options: &'static [&'static str], near: f32) -> Case {
    Case { name, rate: 44_100, options, near }
}

const CASES: &[Case] = &[
    case("plain.wav", &[], 0.0),
    case("flac.flac", &["-c:a", "flac"], 0.0),
    case("alac.m4a", &["-c:a", "alac"], 0.0),
    case("vbr.mp3", &["-c:a", "libmp3lame", "-q:a", "4"], 1e-4),
    case("cbr.mp3", &["-c:a", "libmp3lame", "-b:a", "64k"], 1e-4),
    case("edit-list.m4a", &["-c:a", "aac", "-b:a", "96k"], 1e-4),
    case("vorbis.ogg", &["-c:a", "libvorbis", "-q:a", "4"], 1e-4),
    // Two decoders of Opus differ by their rounding and noise.
    Case { rate: 48_000, ..case("opus.opus", &["-c:a", "libopus", "-b:a", "64k"], 2e-2) },
];

fn cut(file: &[u8], from: u64, until: u64) -> Pcm {
    decode_range(Box::new(MemoryMedia::new(file.to_vec())), from, until).unwrap()
}

/// The whole recording, as `ffmpeg` decodes it.
fn decoded(file: &[u8], name: &str, rate: u32) -> Vec<f32> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, file).unwrap();
    let out = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-i"])
        .arg(&path)
        .args(["-f", "f32le", "-ac", "1", "-ar", &rate.to_string(), "-"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
}

#[test]
fn a_cut_has_the_frames_of_its_range_whatever_the_codec() {
    let mut wrong = Vec::new();
    for case in CASES {
        let Some(file) = encode(&wav(case.rate, &signal(case.rate, 7)), case.name, case.options)
        else {
            return;
        };
        let whole = decoded(&file, case.name, case.rate);
        let mut worst = 0.0_f32;
        for (from, until) in RANGES {
            let pcm = cut(&file, from, until);
            let frames = |ms: u64| (ms as f64 * f64::from(case.rate) / 1000.0).round() as usize;
            let heard = left(&pcm.samples, pcm.channels.into());
            assert_eq!((pcm.rate, heard.len()), (case.rate, frames(until - from)), "{}", case.name);
            let there = &whole[frames(from)..frames(from) + heard.len()];
            let off = heard.iter().zip(there).map(|(one, other)| (one - other).abs());
            worst = worst.max(off.fold(0.0, f32::max));
        }
        println!("{:<14} differs from ffmpeg by at most {worst:.6}", case.name);
        if worst > case.near {
            wrong.push(format!("{}: {worst}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_cut_is_part_of_the_whole_to_the_last_bit() {
    for case in CASES {
        let Some(file) = encode(&wav(case.rate, &signal(case.rate, 7)), case.name, case.options)
        else {
            return;
        };
        let whole = cut(&file, 0, 7000);
        for (from, until) in RANGES {
            let part = cut(&file, from, until);
            let at = (from as f64 * f64::from(case.rate) / 1000.0).round() as usize;
            let at = at * usize::from(part.channels);
            let there = &whole.samples[at..at + part.samples.len()];
            let off = part.samples.iter().zip(there).map(|(one, other)| (one - other).abs());
            let worst = off.fold(0.0, f32::max);
            assert!(worst < 1e-4, "{} {from}–{until}: {worst}", case.name);
        }
    }
}

#[test]
fn every_sample_of_16_bits_comes_out_unchanged() {
    let all: Vec<f32> = (-32_768..=32_767).map(|n| n as f32 / 32_768.0).collect();
    let mut file = Vec::new();
    write_wav(&mut file, &Pcm { rate: 8_000, channels: 1, samples: all }).unwrap();
    let samples = file[44..].chunks_exact(2).map(|two| i16::from_le_bytes(two.try_into().unwrap()));
    assert!(samples.eq(i16::MIN..=i16::MAX));
    let again = cut(&file, 0, 8_192);
    let mut twice = Vec::new();
    write_wav(&mut twice, &again).unwrap();
    assert!(file == twice, "a cut of a 16-bit file is that file");
}
