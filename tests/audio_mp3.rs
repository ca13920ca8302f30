//! MP3 as encoders, tag editors and ad servers leave it.

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

use latetalk::audio::{MemoryMedia, decode_range, probe};
use place::{cut, late, places};
use rig::{encode, signal, wav};

const RATE: u32 = 44_100;
const BARE: &[&str] =
    &["-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0", "-id3v2_version", "0"];
/// What LAME puts in front, in frames.
const LATE: isize = 1105;

/// A recording of this length without any header, and what it holds.
fn bare(seconds: usize) -> Option<(Vec<f32>, Vec<u8>)> {
    let whole = signal(RATE, seconds);
    let file = encode(&wav(RATE, &whole), "a.mp3", BARE)?;
    Some((whole, file))
}

fn length(file: &[u8]) -> u64 {
    let about = probe(Box::new(MemoryMedia::new(file.to_vec()))).unwrap();
    assert!(about.exact, "{about:?}");
    assert_eq!(about.codec, "MP3");
    about.duration_ms.unwrap()
}

#[track_caller]
fn fits(file: &[u8], whole: &[f32], behind: isize) {
    let seconds = whole.len() as u64 / u64::from(RATE);
    for place in places(20, seconds * 1000 - 100) {
        let (_, heard) = cut(file, place, place + 60);
        let at = place as usize * 441 / 10;
        if at > 3000 {
            let (off, fit) = late(&heard, whole, at, behind);
            let wrong = (off - behind).abs();
            assert!(wrong <= 4 && fit > 0.8, "at {place} ms: {wrong} frames off, {fit:.2}");
        }
    }
}

/// A frame of silence in the form of the first one of `file`, which may say something at `at`.
fn speaking_frame(file: &[u8], at: usize, words: &[u8]) -> Vec<u8> {
    let mut head = file[..4].to_vec();
    // 128 kbit/s without padding: 417 bytes.
    head[2] = head[2] & 0x0d | 0x90;
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&head);
    frame[at..at + words.len()].copy_from_slice(words);
    frame
}

/// An ID3v2.3 tag with such a body.
fn tag(body: &[u8]) -> Vec<u8> {
    let size = [21, 14, 7, 0].map(|shift| (body.len() >> shift & 127) as u8);
    [b"ID3\x03\0\0", &size[..], body].concat()
}

#[test]
fn a_header_of_fraunhofer_is_read_and_not_heard() {
    let Some((whole, file)) = bare(4) else { return };
    let plain = length(&file);
    // It claims a tenth of the frames that are there.
    let bytes = (file.len() as u32 / 10).to_be_bytes();
    let words = [b"VBRI\0\x01\x08\xd7\0\x4b".as_slice(), &bytes, &15_u32.to_be_bytes(), &[0; 8]];
    let headed = [speaking_frame(&file, 36, &words.concat()), file.clone()].concat();
    assert_eq!(length(&headed), plain);
    fits(&headed, &whole, LATE);
}

#[test]
fn an_overview_that_lies_about_the_length_is_not_believed() {
    let Some((whole, file)) = bare(4) else { return };
    let plain = length(&file);
    for frames in [1_u32, 50, 90_000, u32::MAX] {
        let words = [b"Xing\0\0\0\x03".as_slice(), &frames.to_be_bytes(), &[0, 0, 0x10, 0]];
        let headed = [speaking_frame(&file, 21, &words.concat()), file.clone()].concat();
        assert_eq!(length(&headed), plain, "{frames}");
    }
    // With a checksum between the header and the rest, as some encoders count it.
    let words = [b"Xing\0\0\0\x03".as_slice(), &[0, 0, 0, 7], &[0, 0, 0x10, 0]].concat();
    let mut frame = speaking_frame(&file, 23, &words);
    frame[1] &= 0xfe;
    let headed = [frame, file].concat();
    assert_eq!(length(&headed), plain);
    fits(&headed, &whole, LATE);
}

#[test]
fn tags_in_a_row_with_pictures_full_of_frames_are_passed_over() {
    let Some((whole, file)) = bare(3) else { return };
    let plain = length(&file);
    let bait = [0xff, 0xfb, 0x90, 0x64].repeat(100_000);
    let picture = [b"APIC\0\x06\x1a\x80\0\0\0image/jpeg\0\x03\0".as_slice(), &bait].concat();
    let tags = [tag(&picture), tag(&[0; 5000]), tag(&picture)].concat();
    let end = [b"TAG".as_slice(), &[0; 125]].concat();
    let tagged = [tags, file.clone(), end].concat();
    assert_eq!(length(&tagged), plain);
    fits(&tagged, &whole, LATE);
    // Real frames of another recording in a picture are none of this one either.
    let other = [b"APIC\0\0\x10\0\0\0".as_slice(), &file[..file.len() / 2]].concat();
    assert_eq!(length(&[tag(&other), file].concat()), plain);
}

#[test]
fn it_goes_on_behind_a_jump_as_if_it_had_been_played_through() {
    // At the highest rate frames lend each other the most bytes.
    let whole = signal(RATE, 3);
    let options = ["-c:a", "libmp3lame", "-b:a", "320k", "-id3v2_version", "0"];
    let Some(file) = encode(&wav(RATE, &whole), "a.mp3", &options) else { return };
    let (_, all) = cut(&file, 0, 10_000);
    for place in places(30, 290).into_iter().map(|place| place * 10) {
        let (_, heard) = cut(&file, place, place + 50);
        let at = place as usize * 441 / 10;
        for (one, other) in heard.iter().zip(&all[at..]) {
            assert!((one - other).abs() < 1e-4, "at {place} ms");
        }
    }
}

#[test]
fn mono_becomes_stereo_in_the_middle_without_a_gap() {
    let whole = signal(RATE, 4);
    let (one, two) = whole.split_at(2 * RATE as usize);
    let Some(mono) = encode(&wav(RATE, one), "a.mp3", BARE) else { return };
    let stereo = encode(&wav(RATE, two), "b.mp3", &[BARE, &["-ac", "2"]].concat()).unwrap();
    let both = [mono.clone(), stereo.clone()].concat();
    assert!(length(&both).abs_diff(length(&mono) + length(&stereo)) <= 1);
    let seam = length(&mono);
    let (_, heard) = cut(&both, seam + 500, seam + 600);
    let at = (seam as usize + 500) * 441 / 10;
    let behind = (seam as usize * 441 / 10) as isize - 2 * RATE as isize + LATE;
    let (off, fit) = late(&heard, &whole, at, behind);
    assert!((off - behind).abs() <= 50 && fit > 0.8, "{off} {behind} {fit:.2}");
}

#[test]
fn what_is_not_played_here_is_called_by_its_name() {
    let page = b"<!DOCTYPE html><html><head><title>Log in</title></head></html>".repeat(50);
    let stream: Vec<u8> = (0..2000).map(|n| if n % 188 == 0 { 0x47 } else { n as u8 }).collect();
    for (bytes, name) in [
        ([b"ADIF".as_slice(), &[7; 500]].concat(), "ADIF"),
        ([&[0x30, 0x26, 0xb2, 0x75][..], &[7; 500]].concat(), "Windows Media"),
        ([b"RIFF\0\0\0\0AVI ".as_slice(), &[7; 500]].concat(), "AVI"),
        (stream, "transport stream"),
        (page, "page"),
        (Vec::new(), "empty"),
    ] {
        let err = decode_range(Box::new(MemoryMedia::new(bytes)), 0, 100).unwrap_err().to_string();
        assert!(err.contains(name) && err.contains("cannot be opened"), "{err}");
    }
}
