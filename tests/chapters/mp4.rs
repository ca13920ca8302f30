//! MP4: Nero's list and text tracks.

use latetalk::model::ChapterSource;

use super::writers::{boxed, nero, nero_entries, numbers, text_sample};
use super::{read, shown, titles};

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

pub(crate) fn m4a_with_track(samples: &[(u32, Vec<u8>)], list: &[u8]) -> Vec<u8> {
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

fn m4a(parts: &[Vec<u8>]) -> Vec<u8> {
    [boxed("ftyp", b"M4A \0\0\0\0"), boxed("moov", &parts.concat())].concat()
}

#[test]
fn lists_of_both_versions_are_read_also_under_the_number_of_the_other() {
    let entries = nero_entries(&[(0, "开场".as_bytes()), (1_000, b"b"), (2_000, b"c")]);
    for head in [
        &[1, 0, 0, 0, 0, 0, 0, 0, 3][..],
        &[0, 0, 0, 0, 3],
        &[0, 0, 0, 0, 0, 0, 0, 0, 3],
        &[1, 0, 0, 0, 3],
    ] {
        let list = boxed("udta", &boxed("chpl", &[head, &entries].concat()));
        assert_eq!(titles(&m4a(&[list])), ["开场", "b", "c"], "{head:?}");
    }
}

#[test]
fn lists_may_be_longer_than_a_byte_counts() {
    let many: Vec<(u64, Vec<u8>)> =
        (0..600).map(|n| (n * 1000, format!("第{n}章").into_bytes())).collect();
    let many: Vec<(u64, &[u8])> = many.iter().map(|(start, title)| (*start, &title[..])).collect();
    assert_eq!(titles(&m4a(&[nero(&many)])).len(), 600);
    // The count ran over: 600 is 88 in a byte. Padding behind the list is none of it.
    let content = [&[1, 0, 0, 0, 0, 0, 0, 0, 88][..], &nero_entries(&many), &[0; 40]].concat();
    let list = boxed("udta", &boxed("chpl", &content));
    assert_eq!(titles(&m4a(&[list])).len(), 600);
}

#[test]
fn lists_are_found_behind_other_user_data_and_in_that_of_a_track() {
    let list = nero(&[(0, b"a"), (5, b"b")]);
    let other = boxed("udta", &boxed("meta", &[0; 20]));
    assert_eq!(titles(&m4a(&[other.clone(), list.clone()])), ["a", "b"]);
    assert_eq!(titles(&m4a(&[other, boxed("trak", &list)])), ["a", "b"]);
}

#[test]
fn titles_of_lists_in_gbk_are_read() {
    let words = ["开场白", "为什么要做电池", "尾声：下期见"];
    let bytes = words.map(|word| encoding_rs::GBK.encode(word).0.into_owned());
    let entries: Vec<(u64, &[u8])> =
        bytes.iter().zip([0, 10, 20]).map(|(title, start)| (start, &title[..])).collect();
    assert_eq!(titles(&m4a(&[nero(&entries)])), words);
}

#[test]
fn texts_may_carry_links_and_other_marks() {
    let url = b"https://a.example/1";
    let link = [&[0, 0, 0, 6, url.len() as u8], &url[..], &[0]].concat();
    let encoding = boxed("encd", &[0, 0, 1, 0]);
    let linked = [text_sample("开场".as_bytes()), encoding.clone(), boxed("href", &link)].concat();
    let bare: Vec<u8> = "甲, B".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let bare = [text_sample(&bare), encoding].concat();
    let found = read(&m4a_with_track(&[(1_000, linked), (1_000, bare)], &[])).expect("chapters");
    assert_eq!(found.list[0].url.as_deref(), Some("https://a.example/1"));
    assert_eq!(shown(&found), [(0, Some(1_000), "开场"), (1_000, Some(2_000), "甲, B")]);
}

#[test]
fn a_second_track_of_addresses_gives_links() {
    let kind = boxed("ftyp", b"M4A \0\0\0\0");
    let names = [(1_000, text_sample(b"a")), (1_000, text_sample(b"b"))];
    let links = [(1_000, text_sample(b"")), (1_000, text_sample(b"https://a.example/2"))];
    let of =
        |samples: &[(u32, Vec<u8>)]| samples.iter().flat_map(|s| s.1.clone()).collect::<Vec<_>>();
    let data = boxed("mdat", &[of(&names), of(&links)].concat());
    let first = kind.len() as u32 + 8;
    let second = first + of(&names).len() as u32;
    let head = boxed("tkhd", &numbers(&[0, 0, 0, 1, 0, 0]));
    let chap = boxed("tref", &boxed("chap", &numbers(&[2, 3])));
    let audio = boxed("trak", &[head, chap].concat());
    let tracks = [audio, text_track(2, first, &names), text_track(3, second, &links)].concat();
    let found = read(&[kind, data, boxed("moov", &tracks)].concat()).expect("chapters");
    assert_eq!(found.list[1].url.as_deref(), Some("https://a.example/2"));
    assert_eq!(found.list[0].url, None);
}

/// An audio track that points to track 2, and a text track whose boxes are given.
fn pointed(media: &[Vec<u8>], more: &[u8]) -> Vec<u8> {
    let head = |id| boxed("tkhd", &numbers(&[0, 0, 0, id, 0, 0]));
    let chap = boxed("tref", &boxed("chap", &numbers(&[2])));
    let audio = boxed("trak", &[head(1), chap].concat());
    let text = [head(2), more.to_vec(), boxed("mdia", &media.concat())].concat();
    [audio, boxed("trak", &text)].concat()
}

fn media_head(scale: u32) -> Vec<u8> {
    let hdlr = [numbers(&[0, 0]), b"text".to_vec(), vec![0; 12]].concat();
    [boxed("mdhd", &numbers(&[0, 0, 0, scale, 0, 0])), boxed("hdlr", &hdlr)].concat()
}

#[test]
fn wide_boxes_compact_sizes_and_edits_are_understood() {
    let samples = [text_sample(b"one"), text_sample("二".as_bytes()), text_sample(b"three")];
    // A box with a size of 64 bits before everything else.
    let data = samples.concat();
    let size = (data.len() as u64 + 16).to_be_bytes();
    let data = [&[0, 0, 0, 1], b"mdat".as_slice(), &size, &data].concat();
    let kind = boxed("ftyp", b"M4A \0\0\0\0");
    let offset = kind.len() as u32 + 16;
    let sizes = [
        numbers(&[0, 16, 3]),
        samples.iter().flat_map(|s| (s.len() as u16).to_be_bytes()).collect(),
    ];
    let table = [
        boxed("stts", &numbers(&[0, 1, 3, 500])),
        boxed("stz2", &sizes.concat()),
        boxed("stsc", &numbers(&[0, 2, 1, 1, 1, 2, 2, 1])),
        boxed("co64", &numbers(&[0, 2, 0, offset, 0, offset + samples[0].len() as u32])),
    ];
    let media = [media_head(500), boxed("minf", &boxed("stbl", &table.concat()))];
    // A pause of two seconds, then everything; the movie counts in 100ths.
    let edits =
        boxed("edts", &boxed("elst", &numbers(&[0, 2, 200, u32::MAX, 1 << 16, 300, 0, 1 << 16])));
    let movie = boxed("mvhd", &numbers(&[0, 0, 0, 100, 0]));
    let moov = boxed("moov", &[movie, pointed(&media, &edits)].concat());
    let found = read(&[kind, data, moov].concat()).expect("chapters");
    let expected =
        [(2_000, Some(3_000), "one"), (3_000, Some(4_000), "二"), (4_000, Some(5_000), "three")];
    assert_eq!(shown(&found), expected);
}

#[test]
fn text_in_fragments_is_found() {
    let empty = [
        boxed("stts", &numbers(&[0, 0])),
        boxed("stsz", &numbers(&[0, 0, 0])),
        boxed("stsc", &numbers(&[0, 0])),
        boxed("stco", &numbers(&[0, 0])),
    ];
    let media = [media_head(1000), boxed("minf", &boxed("stbl", &empty.concat()))];
    let usual = boxed("mvex", &boxed("trex", &numbers(&[0, 2, 1, 700, 0, 0])));
    let mut file = m4a(&[pointed(&media, &[]), usual]);
    for (text, at) in [("开场", 0), ("正题", 700)] {
        let sample = text_sample(text.as_bytes());
        let fragment = |offset: u32| {
            let run = boxed("trun", &numbers(&[0x201, 1, offset, sample.len() as u32]));
            let head = boxed("tfhd", &numbers(&[0x02_0000, 2]));
            let time = boxed("tfdt", &numbers(&[0, at]));
            boxed("moof", &boxed("traf", &[head, time, run].concat()))
        };
        let length = fragment(0).len() as u32;
        file.extend(fragment(length + 8));
        file.extend(boxed("mdat", &sample));
    }
    let found = read(&file).expect("chapters");
    assert_eq!(shown(&found), [(0, Some(700), "开场"), (700, Some(1_400), "正题")]);
}
