//! ID3 tags as odd tools write them: sizes, flags and encodings that lie.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use latetalk::model::ChapterSource;

use super::writers::{chap, chunk, ctoc, frame, silence, synchsafe, tag, text, unsynchronised};
use super::{read, shown, titles};

/// Two chapters whose titles are longer than 127 bytes, so that sizes show how they are written.
fn long_chapters(version: u8) -> (Vec<u8>, [String; 2]) {
    let titles = ["甲".repeat(60), "乙".repeat(300)];
    let frames = titles.iter().zip(0..).flat_map(|(title, n)| {
        let body = chap(&format!("c{n}"), n * 1000, n * 1000 + 1000, &text(version, "TIT2", title));
        frame(version, "CHAP", 0, &body)
    });
    (frames.collect(), titles)
}

fn one_chapter(version: u8, inner: &[u8]) -> Vec<u8> {
    tag(version, 0, &frame(version, "CHAP", 0, &chap("c", 0, 1000, inner)))
}

fn title_of(encoding: u8, bytes: &[u8]) -> String {
    let inner = frame(3, "TIT2", 0, &[&[encoding], bytes].concat());
    titles(&one_chapter(3, &inner)).concat()
}

#[test]
fn sizes_are_understood_in_the_form_of_the_other_version() {
    for (written, said) in [(3, 3), (3, 4), (4, 4), (4, 3)] {
        let (frames, expected) = long_chapters(written);
        assert_eq!(
            titles(&[tag(said, 0, &frames), silence(2)].concat()),
            expected,
            "{written} {said}"
        );
    }
    // A frame with a size of the one kind in it, whose own size is of the other kind.
    let (title, inner) = ("丙".repeat(50), text(4, "TIT2", &"丙".repeat(50)));
    let mixed = frame(3, "CHAP", 0, &chap("c", 0, 1000, &inner));
    assert_eq!(titles(&tag(4, 0, &[mixed, text(4, "TALB", &"x".repeat(200))].concat())), [title]);
}

#[test]
fn tags_are_read_however_they_were_made_safe() {
    // UTF-16 has bytes that need it, and so have the places of a chapter.
    let wide: Vec<u8> = "ÿ开场".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let inner = |v| frame(v, "TIT2", 0, &[&[1, 0xff, 0xfe], &wide[..]].concat());
    let body = |v: u8| chap("c", 0xff_e0, 0xff_00ff, &inner(v));
    let expected = [(0xff_e0, Some(0xff_00ff), "ÿ开场")];
    let mut files = Vec::new();
    // The whole tag at once: 2.3.
    files.push(tag(3, 0x80, &unsynchronised(&frame(3, "CHAP", 0, &body(3)))));
    // Frame by frame, sizes counted afterwards, in both versions.
    let safe = unsynchronised(&body(4));
    files.push(tag(4, 0x80, &frame(4, "CHAP", 0x02, &safe)));
    files.push(tag(4, 0, &frame(4, "CHAP", 0x02, &safe)));
    files.push(tag(3, 0x80, &frame(3, "CHAP", 0, &unsynchronised(&body(3)))));
    // With the length that it had before.
    let measured = [&synchsafe(body(4).len()), &safe[..]].concat();
    files.push(tag(4, 0x80, &frame(4, "CHAP", 0x03, &measured)));
    // The head claims it, and nothing was done.
    files.push(tag(4, 0x80, &frame(4, "CHAP", 0, &body(4))));
    for (number, file) in files.iter().enumerate() {
        let found = read(file).unwrap_or_default();
        assert_eq!(shown(&found), expected, "file {number}");
    }
}

#[test]
fn packed_and_grouped_frames_are_read_and_bombs_are_not_unpacked() {
    let body = chap("c", 0, 1000, &text(3, "TIT2", "开场"));
    let zipped = |bytes: &[u8]| {
        let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory")
    };
    let three = [&(body.len() as u32).to_be_bytes(), &zipped(&body)[..]].concat();
    assert_eq!(titles(&tag(3, 0, &frame(3, "CHAP", 0x80, &three))), ["开场"]);
    let four = chap("c", 0, 1000, &text(4, "TIT2", "开场"));
    let packed = [&[7], &synchsafe(four.len())[..], &zipped(&four)].concat();
    assert_eq!(titles(&tag(4, 0, &frame(4, "CHAP", 0x40 | 0x08 | 0x01, &packed))), ["开场"]);
    let grouped = [&[7], &body[..]].concat();
    assert_eq!(titles(&tag(3, 0, &frame(3, "CHAP", 0x20, &grouped))), ["开场"]);
    // A title within a chapter may be packed too.
    let inner = zipped("\u{3}开场".as_bytes());
    let inner = frame(3, "TIT2", 0x80, &[&[0, 0, 0, 7], &inner[..]].concat());
    assert_eq!(titles(&one_chapter(3, &inner)), ["开场"]);
    // Encrypted: nothing to be seen.
    assert_eq!(titles(&tag(4, 0, &frame(4, "CHAP", 0x04, &four))), [""; 0]);
    // 64 MB of nothing in 64 kB; only its beginning is unpacked.
    let bomb = zipped(&[chap("c", 0, 1000, &text(3, "TIT2", "弹")), vec![0; 64 << 20]].concat());
    let bomb = [&[4, 0, 0, 0], &bomb[..]].concat();
    assert_eq!(titles(&tag(3, 0, &frame(3, "CHAP", 0x80, &bomb))), ["弹"]);
}

#[test]
fn extended_headers_are_passed_over_also_where_there_is_none() {
    let (frames, expected) = long_chapters(4);
    let four = [&synchsafe(6)[..], &[1, 0], &frames].concat();
    assert_eq!(titles(&tag(4, 0x40, &four)), expected);
    let (frames, _) = long_chapters(3);
    let three = [&[0, 0, 0, 6, 0, 0, 0, 0, 0, 0], &frames[..]].concat();
    assert_eq!(titles(&tag(3, 0x40, &three)), expected);
    assert_eq!(titles(&tag(3, 0x40, &frames)), expected);
}

#[test]
fn titles_are_read_in_every_encoding_and_in_those_that_the_tag_denies() {
    let little: Vec<u8> = "嘉宾".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = "嘉宾".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(title_of(1, &[&[0xff, 0xfe], &little[..], &[0, 0]].concat()), "嘉宾");
    assert_eq!(title_of(1, &[&[0xfe, 0xff], &big[..]].concat()), "嘉宾");
    assert_eq!(title_of(1, &little), "嘉宾");
    assert_eq!(title_of(1, &big), "嘉宾");
    assert_eq!(title_of(2, &big), "嘉宾");
    assert_eq!(title_of(2, &[&[0xff, 0xfe], &little[..]].concat()), "嘉宾");
    assert_eq!(title_of(3, "嘉宾\0第二".as_bytes()), "嘉宾");
    assert_eq!(title_of(3, "\u{feff}嘉宾".as_bytes()), "嘉宾");
    // Latin 1 by name only.
    assert_eq!(title_of(0, "嘉宾".as_bytes()), "嘉宾");
    assert_eq!(title_of(0, &[&[0xff, 0xfe], &little[..]].concat()), "嘉宾");
    assert_eq!(title_of(b'I', b"ntro"), "Intro");
}

#[test]
fn chinese_titles_of_before_unicode_are_judged_together() {
    let titles_written = ["开场白", "为什么要做电池", "Q&A", "尾声：下期见"];
    let frames = titles_written.iter().zip(0..).flat_map(|(title, n)| {
        let bytes = encoding_rs::GBK.encode(title).0;
        let inner = frame(3, "TIT2", 0, &[b"\0", &*bytes].concat());
        frame(3, "CHAP", 0, &chap(&n.to_string(), n * 9, n * 9 + 9, &inner))
    });
    assert_eq!(titles(&tag(3, 0, &frames.collect::<Vec<u8>>())), titles_written);
}

#[test]
fn links_and_pictures_are_read_in_the_forms_that_are_seen() {
    let link = |inner: &[u8]| read(&one_chapter(3, inner)).expect("one").list[0].url.clone();
    let url = "https://a.example/1";
    let wide: Vec<u8> = url.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let user = |body: &[&[u8]]| frame(3, "WXXX", 0, &body.concat());
    assert_eq!(link(&user(&[b"\0chapter\0", url.as_bytes()])).as_deref(), Some(url));
    let described = [0xff, 0xfe, b'a', 0, 0, 0];
    assert_eq!(link(&user(&[b"\x01", &described, url.as_bytes()])).as_deref(), Some(url));
    assert_eq!(link(&user(&[b"\x01", &described, &[0xff, 0xfe], &wide])).as_deref(), Some(url));
    assert_eq!(link(&user(&[b"\0", url.as_bytes()])).as_deref(), Some(url));
    assert_eq!(link(&frame(3, "WOAR", 0, url.as_bytes())).as_deref(), Some(url));
    assert_eq!(link(&user(&[b"\0\0javascript:alert(1)"])), None);
    let picture = [b"\0-->\0\0front\0", url.as_bytes()].concat();
    let found = read(&one_chapter(3, &frame(3, "APIC", 0, &picture))).expect("one");
    assert_eq!(found.list[0].image.as_deref(), Some(url));
    // A picture in the file is no address, and what follows it is read.
    let photo = [b"\0image/png\0\0\0".as_slice(), &vec![0x89; 70_000]].concat();
    let inner = [frame(3, "APIC", 0, &photo), text(3, "TIT2", "开场")].concat();
    let found = read(&one_chapter(3, &inner)).expect("one");
    assert_eq!((&found.list[0].image, found.list[0].title.as_str()), (&None, "开场"));
}

#[test]
fn a_subtitle_stands_in_for_a_missing_title() {
    let inner = [text(3, "TIT3", "副题"), text(3, "TIT2", " ")].concat();
    assert_eq!(titles(&one_chapter(3, &inner)), ["副题"]);
}

#[test]
fn several_tables_show_what_any_of_them_names() {
    let chapters = ["a", "b", "hidden"].map(|id| {
        let start = id.len() as u32 * 100 + u32::from(id.as_bytes()[0]);
        frame(4, "CHAP", 0, &chap(id, start, start + 1, &text(4, "TIT2", id)))
    });
    let one = frame(4, "CTOC", 0, &ctoc("t1", true, &["a"], &[]));
    let two = frame(4, "CTOC", 0, &ctoc("t2", true, &["b"], &text(4, "TIT2", "第二张")));
    assert_eq!(titles(&tag(4, 0, &[chapters.concat(), one, two].concat())), ["a", "b"]);
}

#[test]
fn a_table_of_more_entries_than_it_can_count_hides_nothing() {
    let ids: Vec<String> = (0..300).map(|n| format!("CH{n:02}")).collect();
    let mut frames: Vec<u8> = ids
        .iter()
        .zip(0..)
        .flat_map(|(id, n)| {
            frame(3, "CHAP", 0, &chap(id, n * 10, n * 10 + 10, &text(3, "TIT2", id)))
        })
        .collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    frames.extend(frame(3, "CTOC", 0, &ctoc("toc", true, &names, &[])));
    assert_eq!(titles(&tag(3, 0, &frames)), ids);
}

#[test]
fn the_first_of_several_tags_with_chapters_counts() {
    let host = tag(4, 0, &text(4, "TSSE", "host"));
    let show = one_chapter(3, &text(3, "TIT2", "开场"));
    assert_eq!(titles(&[host.clone(), host, show, silence(2)].concat()), ["开场"]);
    // A tag of 2.2, which knows no chapters, before one that does.
    let old = tag(2, 0, b"TT2\0\0\x03\0abTT2\0\0\x03\0ab");
    let show = one_chapter(4, &text(4, "TIT2", "开场"));
    assert_eq!(titles(&[old, show].concat()), ["开场"]);
}

#[test]
fn tags_in_wav_and_aiff_and_before_adts_are_found() {
    let inner = one_chapter(3, &text(3, "TIT2", "开场"));
    let data = chunk(*b"data", false, &[1; 33]);
    for name in [*b"id3 ", *b"ID3 "] {
        let body = [b"WAVE".to_vec(), data.clone(), chunk(name, false, &inner)].concat();
        let found = read(&chunk(*b"RIFF", false, &body)).expect("chapters");
        assert_eq!((found.source, found.list[0].title.as_str()), (ChapterSource::Id3, "开场"));
    }
    let body = [b"AIFF".to_vec(), chunk(*b"SSND", true, &[1; 33]), chunk(*b"ID3 ", true, &inner)];
    assert_eq!(titles(&chunk(*b"FORM", true, &body.concat())), ["开场"]);
    assert_eq!(titles(&[inner, vec![0xff, 0xf1, 0x50, 0x80, 0, 0x1f, 0xfc]].concat()), ["开场"]);
}

#[test]
fn chapters_in_a_chapter_are_not_looked_for() {
    let mut body: Vec<u8> = Vec::new();
    for _ in 0..40_000 {
        let content = chap("x", 0, 10, &body);
        body = frame(3, "CHAP", 0, &content);
        if body.len() > 1 << 20 {
            break;
        }
    }
    assert_eq!(read(&tag(3, 0, &body)).map(|c| c.list.len()), Some(1));
}
