//! Every kind of file plays from its start and from anywhere else, to the sample.

#[path = "audio_rig/rig.rs"]
mod rig;

use std::fmt::Write as _;

use latetalk::audio::{MemoryMedia, decode_range, probe};
use rig::{encode, lag, left, signal, wav};

/// Milliseconds into the recording at which it is entered.
const PLACES: [u64; 5] = [0, 40, 1000, 4501, 2333];

struct Case {
    name: &'static str,
    options: &'static [&'static str],
    rate: u32,
    /// Constant lateness in ms of files that do not say what their encoder put in front.
    late: f64,
    codec: &'static str,
}

const fn case(name: &'static str, options: &'static [&'static str], codec: &'static str) -> Case {
    Case { name, options, rate: 44_100, late: 0.0, codec }
}

const CASES: &[Case] = &[
    case("cbr.mp3", &["-c:a", "libmp3lame", "-b:a", "64k"], "MP3"),
    case("vbr.mp3", &["-c:a", "libmp3lame", "-q:a", "5"], "MP3"),
    case("stereo.mp3", &["-c:a", "libmp3lame", "-b:a", "128k", "-ac", "2"], "MP3"),
    Case {
        late: 25.06,
        ..case(
            "bare.mp3",
            &["-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0", "-id3v2_version", "0"],
            "MP3",
        )
    },
    Case { rate: 22_050, ..case("mpeg2.mp3", &["-c:a", "libmp3lame", "-b:a", "32k"], "MP3") },
    Case { rate: 11_025, ..case("mpeg25.mp3", &["-c:a", "libmp3lame", "-b:a", "16k"], "MP3") },
    case("tail.m4a", &["-c:a", "aac", "-b:a", "96k"], "AAC"),
    case("head.m4a", &["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"], "AAC"),
    Case { late: 23.22, ..case("raw.aac", &["-c:a", "aac", "-b:a", "96k"], "AAC") },
    case("alac.m4a", &["-c:a", "alac"], "ALAC"),
    case("vorbis.ogg", &["-c:a", "libvorbis", "-q:a", "4"], "VORBIS"),
    Case { rate: 48_000, ..case("opus.opus", &["-c:a", "libopus", "-b:a", "48k"], "Opus") },
    Case {
        rate: 48_000,
        ..case("stereo.opus", &["-c:a", "libopus", "-b:a", "96k", "-ac", "2"], "Opus")
    },
    case("flac.flac", &["-c:a", "flac"], "FLAC"),
    case("plain.aiff", &[], "PCM_S16BE"),
    case("flac.mka", &["-c:a", "flac"], "FLAC"),
    // Matroska counts in milliseconds, and the 6.5 ms that Opus puts in front are rounded.
    Case {
        late: 0.46,
        rate: 48_000,
        ..case("opus.mka", &["-c:a", "libopus", "-b:a", "48k"], "Opus")
    },
];

#[test]
fn a_wav_file_plays_bit_by_bit_from_everywhere() {
    let whole = signal(44_100, 6);
    let file = wav(44_100, &whole);
    for place in PLACES {
        let media = Box::new(MemoryMedia::new(file.clone()));
        let cut = decode_range(media, place, place + 300).unwrap();
        let from = (place as usize * 441 + 5) / 10;
        assert_eq!((cut.rate, cut.channels), (44_100, 1));
        assert!(cut.samples.len().abs_diff(13_230) <= 1);
        for (heard, made) in cut.samples.iter().zip(&whole[from..]) {
            assert!((heard - made).abs() < 1e-4, "at {place} ms");
        }
    }
}

#[test]
fn every_format_plays_from_everywhere() {
    let mut wrong = Vec::new();
    for case in CASES {
        let whole = signal(case.rate, 6);
        let Some(file) = encode(&wav(case.rate, &whole), case.name, case.options) else { return };
        let about = probe(Box::new(MemoryMedia::new(file.clone()))).unwrap();
        let mut line = format!("{:<12} {:>5?} ms {:<9}", case.name, about.duration_ms, about.codec);
        if about.codec != case.codec || about.duration_ms.is_none_or(|ms| ms.abs_diff(6000) > 60) {
            wrong.push(format!("{}: {about:?}", case.name));
        }
        for place in PLACES {
            let media = Box::new(MemoryMedia::new(file.clone()));
            let cut = decode_range(media, place, place + 100).unwrap();
            assert_eq!(cut.rate, case.rate);
            // The first moments of a recording are a special case for some codecs.
            let heard = left(&cut.samples, cut.channels.into());
            let from = (place as f64 * f64::from(case.rate) / 1000.0).round() as usize;
            let reach = case.rate as usize / 30;
            let skip = if place < 50 { reach } else { 0 };
            let (late, fit) = lag(&heard[skip..], &whole, from + skip, reach);
            let late = late as f64 * 1000.0 / f64::from(case.rate);
            write!(line, " {late:>6.2}").unwrap();
            if (late - case.late).abs() > 0.1 || fit < 0.8 {
                wrong.push(format!("{} at {place} ms: {late:.2} ms late, fit {fit:.2}", case.name));
            }
        }
        println!("{line}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
