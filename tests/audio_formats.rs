//! Every kind of file plays whole, and is entered anywhere to the sample.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails in a test fails the test, and it says what it measured"
)]

#[path = "audio_rig/forms.rs"]
mod forms;
#[path = "audio_rig/place.rs"]
mod place;
#[path = "audio_rig/rig.rs"]
mod rig;

use forms::{Form, MPEG, PLAIN, XIPH};
use latetalk::audio::{AudioError, MemoryMedia, decode_range, probe};
use place::{cut, late, places};
use rig::{encode, signal, wav};

/// Seconds of each recording.
const LENGTH: usize = 4;
/// Places at which each is entered.
const SEEKS: usize = 20;
/// Milliseconds that are listened to there.
const PIECE: u64 = 50;
/// Milliseconds that a place may be off: four frames, but Matroska counts in whole milliseconds.
const OFF: [f64; 2] = [0.1, 1.1];

#[test]
fn a_wav_file_plays_bit_by_bit_from_everywhere() {
    let whole = signal(44_100, LENGTH);
    let file = wav(44_100, &whole);
    for place in places(SEEKS, 3700) {
        let (pcm, heard) = cut(&file, place, place + 300);
        let from = (place as usize * 441 + 5) / 10;
        assert_eq!((pcm.rate, pcm.channels), (44_100, 1));
        assert!(heard.len().abs_diff(13_230) <= 1);
        for (heard, made) in heard.iter().zip(&whole[from..]) {
            assert!((heard - made).abs() < 1e-4, "at {place} ms");
        }
    }
}

#[test]
fn mp3_and_aac_play_from_everywhere() {
    all_fit(MPEG);
}

#[test]
fn vorbis_opus_and_flac_play_from_everywhere() {
    all_fit(XIPH);
}

#[test]
fn plain_samples_play_from_everywhere() {
    all_fit(PLAIN);
}

/// Every form is entered at the same places, is as long as it says, and ends at its end.
fn all_fit(forms: &[Form]) {
    let mut wrong = Vec::new();
    for form in forms {
        let whole = signal(form.rate, LENGTH);
        let Some(file) = encode(&wav(form.rate, &whole), form.name, form.options) else { return };
        let worst = entered(form, &file, &whole, &mut wrong);
        let length = measured(form, &file, &mut wrong);
        println!(
            "{:<14} {:<10} off by {worst:>5.2} ms at most, {length:.4} s",
            form.name, form.codec
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn entered(form: &Form, file: &[u8], whole: &[f32], wrong: &mut Vec<String>) -> f64 {
    let mut worst = 0.0_f64;
    for place in places(SEEKS, LENGTH as u64 * 1000 - 100) {
        let (pcm, heard) = cut(file, place, place + PIECE);
        if pcm.rate != form.heard_rate {
            wrong.push(format!("{}: {} Hz", form.name, pcm.rate));
            break;
        }
        // The first moments of a recording are a special case for some codecs.
        let skip = if place < 50 { heard.len() * 2 / 3 } else { 0 };
        let frames = |ms: f64| (ms * f64::from(form.heard_rate) / 1000.0).round();
        let from = frames(place as f64) as usize + skip;
        if from < frames(form.late) as usize {
            continue;
        }
        let (off, fit) = late(&heard[skip..], whole, from, frames(form.late) as isize);
        let off = off as f64 * 1000.0 / f64::from(form.heard_rate) - form.late;
        worst = worst.max(off.abs());
        let matroska = [".mka", ".mkv", ".webm"].iter().any(|end| form.name.ends_with(end));
        if off.abs() > OFF[usize::from(matroska)] || fit < 0.8 {
            wrong.push(format!("{} at {place} ms: off by {off:.2} ms, fit {fit:.2}", form.name));
        }
    }
    worst
}

fn measured(form: &Form, file: &[u8], wrong: &mut Vec<String>) -> f64 {
    let (pcm, heard) = cut(file, 0, 60_000);
    let length = heard.len() as f64 * 1000.0 / f64::from(pcm.rate);
    let about = probe(Box::new(MemoryMedia::new(file.to_vec()))).unwrap();
    let packet = if form.codec == "ALAC" { 4096.0 } else { 1152.0 };
    let frame = packet * 1000.0 / f64::from(pcm.rate).min(44_100.0) + 1.0;
    let stated = about.duration_ms.unwrap_or(0) as f64;
    let made = LENGTH as f64 * 1000.0;
    // What was put in front is heard too where nobody says so, and a last frame may be full.
    let told = form.late + 2.0 * frame * f64::from(u8::from(form.late > 0.0)) + frame;
    let lengths =
        (stated - length).abs() <= frame && (made - frame..=made + told).contains(&length);
    if !about.exact || about.codec != form.codec || !lengths {
        wrong.push(format!("{}: {length:.1} ms decoded, {about:?}", form.name));
    }
    let behind = MemoryMedia::new(file.to_vec());
    match decode_range(Box::new(behind), 5_000, 5_100) {
        Err(AudioError::Range { .. }) => {}
        other => wrong.push(format!("{}: behind its end {other:?}", form.name)),
    }
    length / 1000.0
}
