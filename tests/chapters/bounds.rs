//! What hostile and broken files may cost: nothing falls over, and no more is read than is needed.

use std::io::{Cursor, Read, Seek, SeekFrom};

use latetalk::timeline::embedded;

use super::id3_tags::{contents, id3_chapter, mp3};
use super::markers::wav;
use super::matroska;
use super::mp4::m4a_with_track;
use super::writers::{
    boxed, chap, chunk, comments, element, flac_block, frame, nero, ogg, silence, tag, text,
    text_sample,
};
use super::{read, shown, titles};

/// One good file of each kind.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let mut id3 = id3::Tag::new();
    for (n, title) in ["开场", "正题", "尾声"].into_iter().enumerate() {
        let start = n as u32 * 1000;
        let id = format!("c{n}");
        id3::TagLike::add_frame(&mut id3, id3_chapter(&id, start, start + 1000, title));
    }
    let toc = contents("toc", true, &["c0", "c1", "c2"], Vec::new());
    id3::TagLike::add_frame(&mut id3, toc);
    let list: Vec<Vec<u8>> = (1..=3)
        .flat_map(|n| {
            [format!("CHAPTER{n:03}=00:00:0{n}.000"), format!("CHAPTER{n:03}NAME=第{n}章")]
        })
        .map(String::into_bytes)
        .collect();
    let list = comments(&list);
    let samples = ["开场", "正题", "尾声"].map(|title| (1000, text_sample(title.as_bytes())));
    let names = [(0, "开场".as_bytes()), (5, "正题".as_bytes())];
    let labels: Vec<Vec<u8>> = (1..=2_u32)
        .map(|id| chunk(*b"labl", false, &[&id.to_le_bytes()[..], "标题\0".as_bytes()].concat()))
        .collect();
    vec![
        ("id3 2.3 made safe", mp3(&id3, id3::Version::Id3v23, true)),
        ("id3 2.3", mp3(&id3, id3::Version::Id3v23, false)),
        ("id3 2.4 made safe", mp3(&id3, id3::Version::Id3v24, true)),
        ("id3 2.4", mp3(&id3, id3::Version::Id3v24, false)),
        ("text track", m4a_with_track(&samples, &[])),
        ("chpl", [boxed("ftyp", b"M4A \0\0\0\0"), boxed("moov", &nero(&names))].concat()),
        ("opus", ogg(1, &[b"OpusHead".to_vec(), [b"OpusTags".to_vec(), list.clone()].concat()])),
        (
            "flac",
            [b"fLaC".to_vec(), flac_block(0, false, &[9; 34]), flac_block(4, true, &list)].concat(),
        ),
        ("matroska", matroska::file(&[matroska::plain()])),
        ("wav", wav(&[(1, 0), (2, 8_000)], &labels)),
    ]
}

#[test]
fn files_without_chapters_have_none() {
    for bytes in [
        &b""[..],
        b"ID3",
        b"RIFF\0\0\0\0WAVE",
        b"FORM\0\0\0\0AIFF",
        b"\xff\xfb\x90\x00",
        b"OggS",
        b"fLaC",
        b"\0\0\0\x08ftyp",
        b"\x1a\x45\xdf\xa3",
        b"<html>",
    ] {
        assert_eq!(read(bytes), None);
    }
}

#[test]
fn a_file_that_is_cut_off_gives_the_beginning_of_its_list() {
    for (name, file) in files() {
        let whole = titles(&file);
        assert!(whole.len() >= 2, "{name}");
        for end in 0..file.len() {
            let found = titles(&file[..end]);
            assert!(whole.starts_with(&found), "{name} cut at {end}: {found:?}");
        }
    }
}

#[test]
fn broken_files_never_bring_the_program_down() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut found = 0;
    for (_, file) in files() {
        for _ in 0..3_000 {
            let mut broken = file.clone();
            for _ in 0..4 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let at = usize::try_from(seed >> 8).expect("64 bits") % broken.len();
                broken[at] = if seed & 64 == 0 { 0xff } else { seed as u8 };
            }
            if let Ok(Some(chapters)) = embedded(&mut Cursor::new(&broken)) {
                found += 1;
                assert!(chapters.list.windows(2).all(|w| w[0].start_ms < w[1].start_ms));
            }
        }
    }
    assert!(found > 1_000, "{found} of the broken files still had chapters");
}

#[test]
fn sizes_of_four_gigabytes_and_more_are_lies() {
    let chapter = chap("c", 0, 1000, &text(3, "TIT2", "开场"));
    let mut lie = frame(3, "CHAP", 0, &chapter);
    lie[4..8].copy_from_slice(&[255; 4]);
    assert_eq!(read(&tag(3, 0, &lie)), None);
    let far = [b"\0\0\0\x01free".as_slice(), &(u64::MAX - 99).to_be_bytes()].concat();
    assert_eq!(read(&[boxed("ftyp", b"M4A \0\0\0\0"), far].concat()), None);
    let wide = [0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 254];
    let head = element(0x1a45_dfa3, b"");
    let found = read(&[head, wide.to_vec(), matroska::plain()].concat()).expect("chapters");
    assert_eq!(shown(&found).len(), 2);
    for count in [u32::MAX, 1 << 31] {
        let table = [vec![0; 8], count.to_be_bytes().to_vec()].concat();
        let track = m4a_with_track(&[(1, text_sample(b"x"))], &[]);
        let at = track.windows(4).position(|w| w == b"stsz").expect("one") + 4;
        let mut lie = track.clone();
        lie[at..at + 12].copy_from_slice(&table);
        assert!(titles(&lie).len() <= 1);
        let list = [&4_u32.to_le_bytes()[..], b"test", &count.to_le_bytes(), &count.to_le_bytes()];
        let flac = [b"fLaC".to_vec(), flac_block(4, true, &list.concat())].concat();
        assert_eq!(read(&flac), None);
    }
}

/// Counts what is read, and how often a place is jumped to.
struct Counted<R> {
    inner: R,
    bytes: usize,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes += count;
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

fn cost(file: Vec<u8>) -> (usize, usize) {
    let mut reader = Counted { inner: Cursor::new(file), bytes: 0 };
    let found = embedded(&mut reader).expect("readable").unwrap_or_default();
    (found.list.len(), reader.bytes)
}

#[test]
fn pictures_and_sound_are_not_read() {
    let picture = |size: usize| {
        let body = [b"\0image/jpeg\0\x03\0".as_slice(), &vec![0xab; size]].concat();
        frame(4, "APIC", 0, &body)
    };
    let chapters: Vec<u8> = (0..30)
        .flat_map(|n| {
            let inner = [picture(100_000), text(4, "TIT2", &"长".repeat(60))].concat();
            frame(4, "CHAP", 0, &chap(&n.to_string(), n * 1000, n * 1000 + 1000, &inner))
        })
        .collect();
    let body = [text(4, "TIT2", "整集"), picture(10 << 20), chapters].concat();
    let (count, bytes) = cost([tag(4, 0, &body), silence(50_000)].concat());
    println!("MP3 of 34 MB with 13 MB of pictures: {bytes} bytes read");
    assert_eq!(count, 30);
    assert!(bytes < 1 << 20, "{bytes}");

    let sound = boxed("mdat", &vec![7; 20 << 20]);
    let names: Vec<(u64, &[u8])> = (0..100).map(|n| (n * 1000, b"title".as_slice())).collect();
    let moov = boxed("moov", &[boxed("trak", &vec![1; 3 << 20]), nero(&names)].concat());
    let (count, bytes) = cost([boxed("ftyp", b"M4A \0\0\0\0"), sound, moov].concat());
    println!("M4A of 23 MB: {bytes} bytes read");
    assert_eq!(count, 100);
    assert!(bytes < 64 << 10, "{bytes}");

    let cluster = element(0x1f43_b675, &vec![7; 20 << 20]);
    let (count, bytes) = cost(matroska::file(&[cluster, matroska::plain()]));
    println!("Matroska of 20 MB: {bytes} bytes read");
    assert_eq!(count, 2);
    assert!(bytes < 64 << 10, "{bytes}");
}
