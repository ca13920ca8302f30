//! Files as they come from the wild: stitched together, cut off, damaged, with huge tags.

#[path = "audio_rig/rig.rs"]
mod rig;

use latetalk::audio::{AudioError, Media, MemoryMedia, Pcm, decode_range, probe, write_wav};
use rig::{encode, lag, left, signal, strength, wav};

const MP3: &[&str] = &["-c:a", "libmp3lame", "-b:a", "64k", "-id3v2_version", "0"];

fn media(file: &[u8]) -> Box<dyn Media> {
    Box::new(MemoryMedia::new(file.to_vec()))
}

fn tone(rate: u32, hertz: f32, seconds: u32) -> Vec<f32> {
    (0..rate * seconds)
        .map(|n| (n as f32 * hertz * std::f32::consts::TAU / rate as f32).sin() * 0.4)
        .collect()
}

/// An ID3v2.4 tag of zeros.
fn tag(len: u32) -> Vec<u8> {
    let size = [len >> 21 & 127, len >> 14 & 127, len >> 7 & 127, len & 127];
    let mut tag = b"ID3\x04\0\0".to_vec();
    tag.extend(size.map(|byte| byte as u8));
    tag.resize(tag.len() + len as usize, 0);
    tag
}

#[test]
fn a_stitched_mp3_plays_whole_and_is_entered_exactly() {
    let show = signal(44_100, 8);
    let ad = encode(&wav(44_100, &tone(44_100, 500.0, 3)), "ad.mp3", MP3);
    let Some(ad) = ad else { return };
    let show_file =
        encode(&wav(44_100, &show), "show.mp3", &["-c:a", "libmp3lame", "-q:a", "6"]).unwrap();
    // Each piece with its own overview, and the second with a tag in front of it.
    let file = [ad.clone(), tag(70_000), show_file].concat();
    let about = probe(media(&file)).unwrap();
    let first = probe(media(&ad)).unwrap().duration_ms.unwrap();
    assert_eq!(first, 3000);
    assert!(about.exact && about.duration_ms.unwrap().abs_diff(11_100) < 60, "{about:?}");
    // Where the show begins depends on what is between the pieces; from there on it is even.
    let places = [4000, 7000, 10_000];
    let late: Vec<isize> = places
        .iter()
        .map(|&place| {
            let cut = decode_range(media(&file), place, place + 150).unwrap();
            let at = (place as usize - 3000) * 441 / 10;
            let (late, fit) = lag(&cut.samples, &show, at, 6000);
            assert!(fit > 0.8, "{place}: {fit}");
            late
        })
        .collect();
    assert!(late.iter().all(|&one| one == late[0]) && (0..6000).contains(&late[0]), "{late:?}");
    let ad = decode_range(media(&file), 1000, 1100).unwrap();
    assert!(strength(&ad.samples, 44_100, 500.0) > 10.0 * strength(&ad.samples, 44_100, 700.0));
}

#[test]
fn pieces_of_other_rates_and_channels_follow_in_time() {
    let one =
        encode(&wav(48_000, &tone(48_000, 500.0, 2)), "a.mp3", &["-c:a", "libmp3lame", "-ac", "2"]);
    let Some(one) = one else { return };
    let two = encode(&wav(22_050, &tone(22_050, 900.0, 3)), "b.mp3", MP3).unwrap();
    let three = encode(&wav(44_100, &tone(44_100, 1300.0, 2)), "c.mp3", MP3).unwrap();
    let file = [one, two, three].concat();
    let about = probe(media(&file)).unwrap();
    assert!(about.duration_ms.unwrap().abs_diff(7200) < 150, "{about:?}");
    for (place, rate, hertz) in
        [(1000, 48_000, 500.0), (3500, 22_050, 900.0), (6000, 44_100, 1300.0)]
    {
        let cut = decode_range(media(&file), place, place + 500).unwrap();
        assert_eq!(cut.rate, rate);
        let heard = left(&cut.samples, cut.channels.into());
        for other in [500.0, 900.0, 1300.0] {
            let louder = strength(&heard, rate, hertz) > 10.0 * strength(&heard, rate, other);
            assert_eq!(louder, (hertz - other).abs() > 1.0, "{place} {other}");
        }
    }
    // A cut across the seam keeps the rate it began with and its length.
    let cut = decode_range(media(&file), 1500, 3500).unwrap();
    assert_eq!((cut.rate, cut.channels), (48_000, 2));
    assert!(cut.samples.len().abs_diff(2 * 96_000) < 200, "{}", cut.samples.len());
}

#[test]
fn huge_tags_and_garbage_between_frames_are_passed_over() {
    let whole = signal(44_100, 6);
    let Some(file) = encode(
        &wav(44_100, &whole),
        "a.mp3",
        &["-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0"],
    ) else {
        return;
    };
    let plain = decode_range(media(&file), 4000, 4100).unwrap();
    let tagged = [tag(3_000_000), file.clone()].concat();
    assert_eq!(decode_range(media(&tagged), 4000, 4100).unwrap(), plain);
    // 5000 bytes of nonsense, with some that look like a frame, cost no more than one frame.
    let middle = file.len() / 2;
    let junk: Vec<u8> =
        (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let bait = [0xff, 0xfb, 0x50, 0xc0];
    let (before, after) = file.split_at(middle);
    let damaged = [before, &bait, &junk, &bait, after].concat();
    let about = probe(media(&damaged)).unwrap();
    assert!(about.duration_ms.unwrap().abs_diff(6000) < 100, "{about:?}");
    let cut = decode_range(media(&damaged), 4000, 4100).unwrap();
    let (late, fit) = lag(&cut.samples, &whole, 4000 * 441 / 10, 5000);
    assert!(fit > 0.8 && late.abs() < 4000, "{late} {fit}");
}

#[test]
fn tags_are_told_without_control_characters() {
    let mut tag = id3::Tag::new();
    id3::TagLike::set_title(&mut tag, "第 3 期\u{1b}[31m 慢下来");
    id3::TagLike::set_artist(&mut tag, "林舟");
    let picture = id3::frame::Picture {
        mime_type: "image/png".into(),
        picture_type: id3::frame::PictureType::CoverFront,
        description: String::new(),
        data: vec![1; 1234],
    };
    id3::TagLike::add_frame(&mut tag, picture);
    let mut bytes = Vec::new();
    tag.write_to(&mut bytes, id3::Version::Id3v24).unwrap();
    let Some(sound) = encode(&wav(44_100, &tone(44_100, 500.0, 1)), "a.mp3", MP3) else { return };
    let about = probe(media(&[bytes, sound].concat())).unwrap();
    assert_eq!(about.title.as_deref(), Some("第 3 期[31m 慢下来"));
    assert_eq!(about.artist.as_deref(), Some("林舟"));
    assert_eq!(
        about.picture.map(|picture| (picture.mime, picture.len)),
        Some(("image/png".into(), 1234))
    );
    assert_eq!((about.container.as_str(), about.sample_rate, about.channels), ("MPEG", 44_100, 1));
}

#[test]
fn damaged_files_of_every_kind_end_in_sound_or_a_sentence() {
    let clean = wav(44_100, &signal(44_100, 2));
    let kinds = [
        ("a.mp3", "libmp3lame"),
        ("a.m4a", "aac"),
        ("a.aac", "aac"),
        ("a.ogg", "libvorbis"),
        ("a.opus", "libopus"),
        ("a.flac", "flac"),
        ("a.mka", "flac"),
    ];
    let mut files = vec![("a.wav", clean.clone())];
    for (name, codec) in kinds {
        let Some(file) = encode(&clean, name, &["-c:a", codec]) else { break };
        files.push((name, file));
    }
    let mut seed = 7_u32;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below.max(1)
    };
    for (name, file) in files {
        let (mut played, mut refused) = (0, 0);
        for round in 0..24 {
            let mut damaged = file.clone();
            match round % 3 {
                0 => damaged.truncate(random(file.len())),
                1 => (0..40).for_each(|_| damaged[random(file.len())] = random(256) as u8),
                _ => (0..6).for_each(|_| damaged[random(600.min(file.len()))] = random(256) as u8),
            }
            match decode_range(media(&damaged), 500, 1500) {
                Ok(cut) => {
                    played += 1;
                    assert!(cut.samples.iter().all(|sample| sample.is_finite()));
                }
                Err(err) => {
                    refused += 1;
                    assert!(err.to_string().len() > 20);
                }
            }
        }
        println!("{name}: {played} played, {refused} refused");
        assert!(played > 0, "{name}: {played} of {}", played + refused);
    }
}

#[test]
fn a_file_that_was_cut_off_plays_as_far_as_it_goes() {
    let whole = signal(44_100, 20);
    let clean = wav(44_100, &whole);
    let kinds: [(&str, &[&str]); 7] = [
        ("a.mp3", &["-c:a", "libmp3lame"]),
        ("a.m4a", &["-c:a", "aac", "-movflags", "+faststart"]),
        ("a.aac", &["-c:a", "aac"]),
        ("a.ogg", &["-c:a", "libvorbis"]),
        ("a.flac", &["-c:a", "flac"]),
        ("a.mka", &["-c:a", "flac"]),
        ("a.opus", &["-c:a", "libopus"]),
    ];
    let mut files = vec![("a.wav", clean.clone())];
    for (name, options) in kinds {
        let Some(file) = encode(&clean, name, options) else { break };
        files.push((name, file));
    }
    for (name, mut file) in files {
        file.truncate(file.len() * 6 / 10);
        let cut =
            decode_range(media(&file), 8000, 8100).unwrap_or_else(|err| panic!("{name}: {err}"));
        assert_eq!(cut.samples.len(), cut.rate as usize / 10, "{name}");
        if cut.rate == 44_100 {
            let (late, fit) = lag(&cut.samples, &whole, 8 * 44_100, 1500);
            assert!(fit > 0.8 && late < 1200, "{name}: {late} {fit}");
        }
        let behind = decode_range(media(&file), 17_000, 17_100);
        assert!(matches!(behind, Err(AudioError::Range { .. })), "{name}: {behind:?}");
    }
}

#[test]
fn rates_that_make_no_sense_are_refused() {
    for rate in [1_u32, 999, 4_000_000_000] {
        let mut file = wav(44_100, &signal(44_100, 1));
        file[24..28].copy_from_slice(&rate.to_le_bytes());
        let refused = decode_range(media(&file), 0, 10).unwrap_err();
        assert!(!refused.to_string().is_empty());
        assert!(!matches!(refused, AudioError::Stopped), "{rate}: {refused}");
    }
}

#[test]
fn ranges_are_checked_and_cuts_are_wav_files() {
    let whole = signal(44_100, 2);
    let file = wav(44_100, &whole);
    for (from, until) in [(5, 5), (9, 5), (0, 31 * 60_000), (5000, 6000)] {
        let err = decode_range(media(&file), from, until).unwrap_err();
        assert!(matches!(err, AudioError::Range { .. }), "{err}");
    }
    let cut = decode_range(media(&file), 500, 9000).unwrap();
    assert_eq!(cut.samples.len(), 44_100 * 3 / 2);
    let mut bytes = Vec::new();
    write_wav(&mut bytes, &cut).unwrap();
    assert_eq!(bytes.len(), 44 + cut.samples.len() * 2);
    let again = decode_range(media(&bytes), 0, 1500).unwrap();
    assert!(again.samples.iter().zip(&cut.samples).all(|(one, other)| (one - other).abs() < 1e-4));
    let about = probe(media(&bytes)).unwrap();
    assert_eq!((about.duration_ms, about.exact), (Some(1500), true));
    assert!(write_wav(&mut Vec::new(), &Pcm::default()).is_ok());
}
