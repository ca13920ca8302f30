//! Named markers in WAV and AIFF.

use latetalk::model::ChapterSource;

use super::writers::chunk;
use super::{read, shown, titles};

fn cue_point(id: u32, sample: u32) -> Vec<u8> {
    let numbers = [id, sample, u32::from_le_bytes(*b"data"), 0, 0, sample];
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn label(kind: [u8; 4], id: u32, text: &[u8]) -> Vec<u8> {
    chunk(kind, false, &[&id.to_le_bytes(), text, b"\0"].concat())
}

/// A WAV file of 8,000 Hz with these points and labels.
pub(crate) fn wav(points: &[(u32, u32)], labels: &[Vec<u8>]) -> Vec<u8> {
    let format =
        [&[1, 0, 1, 0][..], &8_000_u32.to_le_bytes(), &8_000_u32.to_le_bytes(), &[1, 0, 8, 0]];
    let count = (points.len() as u32).to_le_bytes().to_vec();
    let points: Vec<u8> = points.iter().flat_map(|(id, sample)| cue_point(*id, *sample)).collect();
    let parts = [
        b"WAVE".to_vec(),
        chunk(*b"fmt ", false, &format.concat()),
        chunk(*b"data", false, &[128; 81]),
        chunk(*b"cue ", false, &[count, points].concat()),
        chunk(*b"LIST", false, &[b"adtl".to_vec(), labels.concat()].concat()),
    ];
    chunk(*b"RIFF", false, &parts.concat())
}

#[test]
fn labelled_points_of_wav_are_chapters() {
    let length =
        [&2_u32.to_le_bytes()[..], &4_000_u32.to_le_bytes(), b"rgn \0\0\0\0\0\0\0\0"].concat();
    let labels = [
        label(*b"labl", 2, "正题".as_bytes()),
        label(*b"labl", 1, "开场".as_bytes()),
        label(*b"note", 1, b"a remark"),
        chunk(*b"ltxt", false, &length),
    ];
    let found = read(&wav(&[(2, 12_000), (1, 0)], &labels)).expect("chapters");
    assert_eq!(found.source, ChapterSource::Cue);
    assert_eq!(shown(&found), [(0, Some(1_500), "开场"), (1_500, Some(2_000), "正题")]);
}

#[test]
fn points_without_names_are_no_chapters() {
    assert_eq!(read(&wav(&[(1, 0), (2, 8_000)], &[])), None);
    assert_eq!(read(&wav(&[(1, 0), (2, 8_000), (3, 9_000)], &[label(*b"labl", 1, b"loop")])), None);
}

#[test]
fn labels_in_gbk_are_read() {
    let words = ["开场白", "为什么要做电池", "尾声：下期见"];
    let labels: Vec<Vec<u8>> = words
        .iter()
        .zip(1..)
        .map(|(word, id)| label(*b"labl", id, &encoding_rs::GBK.encode(word).0))
        .collect();
    assert_eq!(titles(&wav(&[(1, 0), (2, 8_000), (3, 16_000)], &labels)), words);
}

#[test]
fn long_files_say_their_size_elsewhere() {
    let sizes = [0_u64.to_le_bytes(), 20_u64.to_le_bytes(), 0_u64.to_le_bytes()].concat();
    let format =
        [&[1, 0, 1, 0][..], &8_000_u32.to_le_bytes(), &8_000_u32.to_le_bytes(), &[1, 0, 8, 0]];
    let parts = [
        b"RF64\xff\xff\xff\xffWAVE".to_vec(),
        chunk(*b"ds64", false, &sizes),
        chunk(*b"fmt ", false, &format.concat()),
        [b"data\xff\xff\xff\xff".as_slice(), &[0; 20]].concat(),
        chunk(*b"cue ", false, &[&1_u32.to_le_bytes()[..], &cue_point(1, 8_000)].concat()),
        chunk(*b"LIST", false, &[b"adtl".to_vec(), label(*b"labl", 1, b"x")].concat()),
    ];
    let found = read(&parts.concat()).expect("chapters");
    assert_eq!(shown(&found), [(1_000, None, "x")]);
}

#[test]
fn markers_of_aiff_are_chapters() {
    // 44,100 Hz as a number of 80 bits.
    let rate = [0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0];
    let about = [&[0, 1, 0, 0, 0, 9, 0, 16][..], &rate].concat();
    let mut marks = vec![0, 2];
    for (id, place, name) in [(7_u16, 44_100_u32, "正题"), (3, 0, "ab")] {
        marks.extend(id.to_be_bytes());
        marks.extend(place.to_be_bytes());
        marks.push(name.len() as u8);
        marks.extend(name.as_bytes());
        marks.push(0);
    }
    let parts = [
        b"AIFF".to_vec(),
        chunk(*b"COMM", true, &about),
        chunk(*b"SSND", true, &[0; 9]),
        chunk(*b"MARK", true, &marks),
    ];
    let found = read(&chunk(*b"FORM", true, &parts.concat())).expect("chapters");
    assert_eq!(shown(&found), [(0, Some(1_000), "ab"), (1_000, None, "正题")]);
}
