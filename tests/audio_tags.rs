//! Tags that would bring a decoder down are kept from it: what they are in front of still plays.

#[path = "audio_rig/rig.rs"]
mod rig;
#[path = "chapters/writers.rs"]
mod writers;

use std::time::Instant;

use latetalk::audio::{MemoryMedia, decode_range, probe};
use rig::{encode, signal, wav};
use writers::{chap, chunk, ctoc, frame, synchsafe, tag, text};

/// Chapters in chapters, `depth` of them, with a title before them.
fn nested(version: u8, depth: usize) -> Vec<u8> {
    let mut frames = text(version, "TIT2", "整集");
    for left in (0..depth).rev() {
        let size = left * 28 + 18;
        let size = if version == 4 { synchsafe(size) } else { (size as u32).to_be_bytes() };
        frames.extend([b"CHAP".as_slice(), &size, &[0, 0], &chap("x", 0, 10, &[])].concat());
    }
    tag(version, 0, &frames)
}

/// Tables of contents each of which names the next.
fn chained(count: usize) -> Vec<u8> {
    let frames = (0..count).flat_map(|n| {
        let (own, next) = (n.to_string(), (n + 1).to_string());
        frame(4, "CTOC", 0, &ctoc(&own, n == 0, &[&next], &[]))
    });
    tag(4, 0, &frames.collect::<Vec<u8>>())
}

#[test]
fn hostile_tags_do_not_keep_a_recording_from_playing() {
    let began = Instant::now();
    let plain = wav(16_000, &signal(16_000, 2));
    let tags = [nested(3, 40_000), nested(4, 40_000), chained(40_000)];
    for name in ["a.mp3", "a.flac", "a.aac", "a.aiff"] {
        let Some(file) = encode(&plain, name, &["-map_metadata", "-1"]) else { return };
        for tag in &tags {
            let file = if name == "a.aiff" {
                let body = [&file[8..12], &chunk(*b"ID3 ", true, tag), &file[12..]].concat();
                chunk(*b"FORM", true, &body)
            } else {
                [&tag[..], &file].concat()
            };
            let about = probe(Box::new(MemoryMedia::new(file.clone()))).unwrap();
            assert!(
                about.duration_ms.is_some_and(|ms| ms.abs_diff(2_000) < 150),
                "{name} {about:?}"
            );
            let cut = decode_range(Box::new(MemoryMedia::new(file)), 500, 600).unwrap();
            assert_eq!(cut.rate, 16_000, "{name}");
        }
    }
    println!("{} ms", began.elapsed().as_millis());
}

#[test]
fn title_artist_and_picture_are_read_beside_chapters() {
    let picture = [b"\x03image/png\0\x03\0".as_slice(), &[0x89; 5_000]].concat();
    for version in [3, 4] {
        let inner = text(version, "TIT2", "章");
        let frames = [
            frame(version, "CHAP", 0, &chap("c", 0, 10, &inner)),
            frame(version, "APIC", 0, &picture),
            text(version, "TIT2", "整集"),
            text(version, "TPE1", "甲"),
        ];
        let sound = encode(&wav(16_000, &signal(16_000, 1)), "a.mp3", &["-id3v2_version", "0"]);
        let Some(sound) = sound else { return };
        let file = [tag(version, 0, &frames.concat()), sound].concat();
        let about = probe(Box::new(MemoryMedia::new(file))).unwrap();
        assert_eq!(about.title.as_deref(), Some("整集"));
        assert_eq!(about.artist.as_deref(), Some("甲"));
        let picture = about.picture.map(|picture| (picture.mime, picture.len));
        assert_eq!(picture, Some(("image/png".to_owned(), 5_000)));
    }
}
