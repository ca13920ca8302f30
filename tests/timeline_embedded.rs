//! Chapters in audio files, written by other hands where there are some: the `id3` crate writes the
//! tags, the boxes and pages are put together here.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why and stops")]

use std::io::Cursor;

use id3::frame::{Chapter, ExtendedLink, Picture, PictureType, TableOfContents};
use id3::{Encoder, Frame, Tag, TagLike, Version};
use latetalk::model::{ChapterSource, Chapters};
use latetalk::timeline::embedded;

fn read(bytes: &[u8]) -> Option<Chapters> {
    embedded(&mut Cursor::new(bytes)).expect("readable")
}

fn shown(chapters: &Chapters) -> Vec<(u64, Option<u64>, &str)> {
    chapters.list.iter().map(|c| (c.start_ms, c.end_ms, c.title.as_str())).collect()
}

// ID3

fn id3_chapter(id: &str, start: u32, end: u32, title: &str) -> Chapter {
    Chapter {
        element_id: id.into(),
        start_time: start,
        end_time: end,
        start_offset: u32::MAX,
        end_offset: u32::MAX,
        frames: vec![Frame::text("TIT2", title)],
    }
}

fn contents(id: &str, top_level: bool, elements: &[&str], frames: Vec<Frame>) -> TableOfContents {
    let elements = elements.iter().map(|e| (*e).to_owned()).collect();
    TableOfContents { element_id: id.into(), top_level, ordered: true, elements, frames }
}

fn mp3(tag: &Tag, version: Version, unsynchronisation: bool) -> Vec<u8> {
    let mut out = Vec::new();
    Encoder::new()
        .version(version)
        .unsynchronisation(unsynchronisation)
        .encode(tag, &mut out)
        .expect("encodes");
    out.extend([0xff, 0xfb, 0x90, 0x00].repeat(50));
    out
}

#[test]
fn chapters_of_id3_are_read_in_both_versions_and_made_safe_or_not() {
    let mut tag = Tag::new();
    let mut first = id3_chapter("c0", 0, 61_500, "开场 ÿþ");
    let link = ExtendedLink { description: "网页 ÿ".into(), link: "https://a.example/1".into() };
    first.frames.push(link.into());
    let cover = Picture {
        mime_type: "-->".into(),
        picture_type: PictureType::Other,
        description: "ÿ".into(),
        data: b"https://a.example/1.png".to_vec(),
    };
    first.frames.push(cover.into());
    let photo = Picture {
        mime_type: "image/png".into(),
        picture_type: PictureType::Other,
        description: String::new(),
        data: [0xff, 0x00, 0xff, 0xe0].repeat(200),
    };
    let mut second = id3_chapter("c1", 61_500, 0x00ff_e0ff, "Гости & 嘉宾");
    second.frames.push(photo.into());
    tag.add_frame(first);
    tag.add_frame(second);
    tag.add_frame(contents("toc", true, &["c0", "c1"], Vec::new()));
    tag.set_title("Episode");
    for version in [Version::Id3v23, Version::Id3v24] {
        for safe in [false, true] {
            let found = read(&mp3(&tag, version, safe)).expect("chapters");
            assert_eq!(found.source, ChapterSource::Id3);
            assert_eq!(
                shown(&found),
                [(0, Some(61_500), "开场 ÿþ"), (61_500, Some(0x00ff_e0ff), "Гости & 嘉宾"),],
                "{version} {safe}"
            );
            assert_eq!(found.list[0].url.as_deref(), Some("https://a.example/1"));
            assert_eq!(found.list[0].image.as_deref(), Some("https://a.example/1.png"));
        }
    }
}

#[test]
fn the_table_of_contents_hides_and_groups() {
    let mut tag = Tag::new();
    for (id, start) in [("a", 0), ("b", 10), ("ad", 20), ("c", 30)] {
        tag.add_frame(id3_chapter(id, start, start + 10, id));
    }
    tag.add_frame(contents("top", true, &["a", "inner"], Vec::new()));
    tag.add_frame(contents("inner", false, &["b", "c"], vec![Frame::text("TIT2", "第二部分")]));
    let found = read(&mp3(&tag, Version::Id3v24, false)).expect("chapters");
    let all: Vec<_> = found.list.iter().map(|c| (c.title.as_str(), c.section.as_deref())).collect();
    assert_eq!(all, [("a", None), ("b", Some("第二部分")), ("c", Some("第二部分"))]);
}

#[test]
fn tables_that_contain_each_other_end() {
    let mut tag = Tag::new();
    tag.add_frame(id3_chapter("a", 0, 10, "甲"));
    tag.add_frame(contents("x", true, &["y", "a"], Vec::new()));
    tag.add_frame(contents("y", false, &["x", "y"], Vec::new()));
    let found = read(&mp3(&tag, Version::Id3v23, false)).expect("chapters");
    assert_eq!(shown(&found), [(0, Some(10), "甲")]);
}

#[test]
fn chapters_nested_in_chapters_do_no_harm() {
    let mut body: Vec<u8> = Vec::new();
    for _ in 0..40_000 {
        let mut frame = b"CHAP".to_vec();
        let content =
            [b"x\0".as_slice(), &[0; 16], &body.iter().take(100).copied().collect::<Vec<_>>()]
                .concat();
        frame.extend(u32::try_from(content.len()).expect("small").to_be_bytes());
        frame.extend([0, 0]);
        frame.extend(&content);
        body = frame;
    }
    let size = body.len() as u32;
    let safe = [size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127].map(|b| b as u8);
    let tag = [b"ID3\x03\0\0".as_slice(), &safe, &body].concat();
    assert_eq!(read(&tag).map(|c| c.list.len()), Some(1));
}

// MP4

fn boxed(name: &str, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("small");
    [&size.to_be_bytes(), name.as_bytes(), content].concat()
}

fn nero(titles: &[(u64, &[u8])]) -> Vec<u8> {
    let mut content = vec![1, 0, 0, 0, 0, 0, 0, 0, u8::try_from(titles.len()).expect("few")];
    for (start, title) in titles {
        content.extend((start * 10_000).to_be_bytes());
        content.push(u8::try_from(title.len()).expect("short"));
        content.extend(*title);
    }
    boxed("udta", &boxed("chpl", &content))
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_be_bytes()).collect()
}

/// A track header, and the media of a text track whose samples stand one behind another.
fn text_track(id: u32, offset: u32, samples: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let count = u32::try_from(samples.len()).expect("few");
    let sizes: Vec<u32> = samples.iter().map(|(_, s)| s.len() as u32).collect();
    let times: Vec<u32> = samples.iter().flat_map(|(ms, _)| [1, *ms]).collect();
    let table = [
        boxed("stts", &numbers(&[&[0, count], times.as_slice()].concat())),
        boxed("stsz", &numbers(&[&[0, 0, count], sizes.as_slice()].concat())),
        boxed("stsc", &numbers(&[0, 1, 1, count, 1])),
        boxed("stco", &numbers(&[0, 1, offset])),
    ];
    let media = [
        boxed("mdhd", &numbers(&[0, 0, 0, 1000, 0, 0])),
        boxed("hdlr", &[numbers(&[0, 0]), b"text".to_vec(), vec![0; 12]].concat()),
        boxed("minf", &boxed("stbl", &table.concat())),
    ];
    let head = boxed("tkhd", &numbers(&[0, 0, 0, id, 0, 0]));
    boxed("trak", &[head, boxed("mdia", &media.concat())].concat())
}

fn text_sample(text: &[u8]) -> Vec<u8> {
    let size = u16::try_from(text.len()).expect("short");
    [&size.to_be_bytes(), text].concat()
}

fn m4a_with_track(samples: &[(u32, Vec<u8>)], list: &[u8]) -> Vec<u8> {
    let kind = boxed("ftyp", b"M4A \0\0\0\0");
    let data: Vec<u8> = samples.iter().flat_map(|(_, s)| s.clone()).collect();
    let offset = u32::try_from(kind.len() + 8).expect("small");
    let audio_head = boxed("tkhd", &numbers(&[0, 0, 0, 1, 0, 0]));
    let audio =
        boxed("trak", &[audio_head, boxed("tref", &boxed("chap", &numbers(&[2])))].concat());
    let moov = boxed("moov", &[audio, text_track(2, offset, samples), list.to_vec()].concat());
    [kind, boxed("mdat", &data), moov].concat()
}

#[test]
fn titles_of_nero_may_have_255_bytes_and_end_within_a_character() {
    let long = "开".repeat(85);
    let cut = &"结".repeat(86).into_bytes()[..255 - 1];
    let moov = boxed("moov", &nero(&[(0, long.as_bytes()), (90_500, cut)]));
    let file = [boxed("ftyp", b"M4A \0\0\0\0"), boxed("free", &[0; 32]), moov].concat();
    let found = read(&file).expect("chapters");
    assert_eq!(found.source, ChapterSource::Mp4);
    let end = "结".repeat(84);
    assert_eq!(shown(&found), [(0, Some(90_500), long.as_str()), (90_500, None, end.as_str())]);
}

#[test]
fn the_text_track_is_read_with_utf_16_and_gaps() {
    let wide: Vec<u8> =
        [0xfeff].into_iter().chain("嘉宾".encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let samples = [
        (5_000, text_sample(b"")),
        (60_000, text_sample("开场".as_bytes())),
        (30_000, text_sample(&wide)),
    ];
    let found = read(&m4a_with_track(&samples, &[])).expect("chapters");
    assert_eq!(shown(&found), [(5_000, Some(65_000), "开场"), (65_000, Some(95_000), "嘉宾")]);
}

#[test]
fn of_track_and_list_the_longer_one_counts() {
    let samples = [(60_000, text_sample(b"only"))];
    let list = nero(&[(0, b"a"), (1_000, b"b")]);
    let found = read(&m4a_with_track(&samples, &list)).expect("chapters");
    assert_eq!(shown(&found), [(0, Some(1_000), "a"), (1_000, None, "b")]);
}

// Ogg and FLAC

fn vorbis_comments(comments: &[String]) -> Vec<u8> {
    let mut out = [4_u32.to_le_bytes().as_slice(), b"test"].concat();
    out.extend((comments.len() as u32).to_le_bytes());
    for comment in comments {
        out.extend((comment.len() as u32).to_le_bytes());
        out.extend(comment.as_bytes());
    }
    out
}

fn many(count: usize) -> Vec<String> {
    (0..count)
        .flat_map(|n| {
            let time = format!("{:02}:{:02}:{:02}.250", n / 3600, n / 60 % 60, n % 60);
            [format!("CHAPTER{n:03}={time}"), format!("CHAPTER{n:03}NAME=第 {n} 章")]
        })
        .collect()
}

/// Packs packets into pages of at most 255 segments.
fn ogg(serial: u32, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    for packet in packets {
        let mut parts: Vec<&[u8]> = packet.chunks(255).collect();
        if packet.len().is_multiple_of(255) {
            parts.push(&[]);
        }
        for segments in parts.chunks(255) {
            out.extend(b"OggS\0\0");
            out.extend([0; 8]);
            out.extend(serial.to_le_bytes());
            out.extend([0; 8]);
            out.push(u8::try_from(segments.len()).expect("fits"));
            out.extend(segments.iter().map(|s| s.len() as u8));
            out.extend(segments.concat());
        }
    }
    out
}

#[test]
fn comments_of_opus_vorbis_and_flac_hold_more_than_a_hundred_chapters() {
    let comments = vorbis_comments(&many(300));
    let opus = ogg(7, &[b"OpusHead".to_vec(), [b"OpusTags".as_slice(), &comments].concat()]);
    let vorbis = ogg(7, &[b"\x01vorbis".to_vec(), [b"\x03vorbis".as_slice(), &comments].concat()]);
    let size = u32::try_from(comments.len()).expect("small").to_be_bytes();
    let flac = [
        b"fLaC\0\0\0\x04abcd".as_slice(),
        &[0x84, size[1], size[2], size[3]],
        &comments,
        &[0xff, 0xf8],
    ]
    .concat();
    let tagged = [b"ID3\x04\0\0\0\0\0\x0a".as_slice(), &[0; 10], &flac].concat();
    for file in [opus, vorbis, flac, tagged] {
        let found = read(&file).expect("chapters");
        assert_eq!(found.source, ChapterSource::Vorbis);
        assert_eq!(found.list.len(), 300);
        let last = found.list.last().expect("one");
        assert_eq!((last.start_ms, last.title.as_str()), (299_250, "第 299 章"));
    }
}

// Everything else

#[test]
fn files_without_chapters_have_none() {
    for bytes in [
        &b""[..],
        b"ID3",
        b"RIFF\0\0\0\0WAVE",
        b"\xff\xfb\x90\x00",
        b"OggS",
        b"fLaC",
        b"\0\0\0\x08ftyp",
        b"<html>",
    ] {
        assert_eq!(read(bytes), None);
    }
}

#[test]
fn broken_files_never_bring_the_program_down() {
    let mut tag = Tag::new();
    tag.add_frame(id3_chapter("c0", 0, 10, "甲"));
    tag.add_frame(contents("toc", true, &["c0"], Vec::new()));
    let samples = [(60_000, text_sample("开场".as_bytes()))];
    let files = [
        mp3(&tag, Version::Id3v23, true),
        mp3(&tag, Version::Id3v24, false),
        m4a_with_track(&samples, &nero(&[(0, b"a"), (5, b"b")])),
        ogg(1, &[b"OpusHead".to_vec(), [b"OpusTags".to_vec(), vorbis_comments(&many(3))].concat()]),
    ];
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for file in &files {
        for end in 0..file.len() {
            let _ = embedded(&mut Cursor::new(&file[..end]));
        }
        for _ in 0..4_000 {
            let mut broken = file.clone();
            for _ in 0..4 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let at = usize::try_from(seed >> 8).expect("64 bits") % broken.len();
                broken[at] = if seed & 64 == 0 { 0xff } else { seed as u8 };
            }
            if let Ok(Some(chapters)) = embedded(&mut Cursor::new(&broken)) {
                assert!(chapters.list.windows(2).all(|w| w[0].start_ms < w[1].start_ms));
            }
        }
    }
}
