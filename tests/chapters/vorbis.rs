//! Vorbis comments in Ogg and FLAC, and cue sheets.

use latetalk::model::ChapterSource;

use super::writers::{comments, flac_block, ogg};
use super::{read, shown, titles};

fn many(count: usize) -> Vec<Vec<u8>> {
    (0..count)
        .flat_map(|n| {
            let time = format!("{:02}:{:02}:{:02}.250", n / 3600, n / 60 % 60, n % 60);
            [format!("CHAPTER{n:03}={time}"), format!("CHAPTER{n:03}NAME=第 {n} 章")]
                .map(String::into_bytes)
        })
        .collect()
}

#[test]
fn comments_of_opus_vorbis_and_flac_hold_more_than_a_hundred_chapters() {
    let list = comments(&many(1_200));
    let opus = ogg(7, &[b"OpusHead".to_vec(), [b"OpusTags".as_slice(), &list].concat()]);
    let vorbis = ogg(7, &[b"\x01vorbis".to_vec(), [b"\x03vorbis".as_slice(), &list].concat()]);
    let size = u32::try_from(list.len()).expect("small").to_be_bytes();
    let flac = [
        b"fLaC\0\0\0\x04abcd".as_slice(),
        &[0x84, size[1], size[2], size[3]],
        &list,
        &[0xff, 0xf8],
    ]
    .concat();
    let tagged = [b"ID3\x04\0\0\0\0\0\x0a".as_slice(), &[0; 10], &flac].concat();
    for file in [opus, vorbis, flac, tagged] {
        let found = read(&file).expect("chapters");
        assert_eq!(found.source, ChapterSource::Vorbis);
        assert_eq!(found.list.len(), 1_200);
        let end = found.list.last().expect("one");
        assert_eq!((end.start_ms, end.title.as_str()), (1_199_250, "第 1199 章"));
    }
}

fn opus(list: &[&[u8]]) -> Vec<u8> {
    let list: Vec<Vec<u8>> = list.iter().map(|comment| comment.to_vec()).collect();
    let tags = [b"OpusTags".to_vec(), comments(&list)].concat();
    ogg(7, &[b"OpusHead".to_vec(), tags, vec![0; 700]])
}

#[test]
fn missing_names_links_odd_keys_and_long_comments_do_no_harm() {
    let picture = [b"METADATA_BLOCK_PICTURE=".as_slice(), &vec![b'A'; 200_000]].concat();
    let found = read(&opus(&[
        b"TITLE=x",
        &picture,
        b"no sign",
        b"chapter000=00:00:00.000",
        b"Chapter001=00:01:00",
        "CHAPTER001NAME=开场=白".as_bytes(),
        b"CHAPTER001URL=https://a.example/1",
        b"CHAPTER002NAME=no time",
    ]));
    let found = found.expect("chapters");
    assert_eq!(shown(&found), [(0, Some(60_000), ""), (60_000, None, "开场=白")]);
    assert_eq!(found.list[1].url.as_deref(), Some("https://a.example/1"));
}

#[test]
fn comments_in_gbk_are_read() {
    let words = ["开场白", "为什么要做电池", "尾声：下期见"];
    let mut list = Vec::new();
    for (word, n) in words.iter().zip(1..) {
        list.push(format!("CHAPTER{n:03}=00:0{n}:00").into_bytes());
        let name = format!("CHAPTER{n:03}NAME=").into_bytes();
        list.push([name, encoding_rs::GBK.encode(word).0.into_owned()].concat());
    }
    let list: Vec<&[u8]> = list.iter().map(Vec::as_slice).collect();
    assert_eq!(titles(&opus(&list)), words);
}

#[test]
fn the_stream_with_chapters_is_found_among_others() {
    let tags = |name: &str| {
        let list = [format!("CHAPTER1{name}=00:00:01"), "CHAPTER1NAME=甲".to_owned()];
        [b"OpusTags".to_vec(), comments(&list.map(String::into_bytes))].concat()
    };
    let skeleton = ogg(1, &[b"fishead\0".to_vec(), b"fisbone\0".to_vec()]);
    let sound = ogg(2, &[b"OpusHead".to_vec(), tags("")]);
    // All streams begin before any goes on.
    let (head, rest) = skeleton.split_at(27 + 1 + 8);
    let (second_head, second_rest) = sound.split_at(27 + 1 + 8);
    assert_eq!(titles(&[head, second_head, rest, second_rest].concat()), ["甲"]);
}

#[test]
fn flac_in_ogg_is_read() {
    let list = comments(&[b"CHAPTER1=00:00:01".to_vec(), "CHAPTER1NAME=甲".into()]);
    let first = [b"\x7fFLAC\x01\0\0\x01".to_vec(), b"fLaC".to_vec(), vec![0; 38]].concat();
    let file = ogg(3, &[first, flac_block(4, true, &list)]);
    assert_eq!(titles(&file), ["甲"]);
}

#[test]
fn cue_sheets_are_chapters_where_there_are_no_others() {
    let rate = 44_100_u64;
    let mut about = vec![0; 34];
    about[10..13].copy_from_slice(&(((rate as u32) << 4).to_be_bytes()[1..]));
    about[12] |= 0x0f;
    let mut sheet = vec![0; 128 + 8 + 259];
    sheet.push(3);
    for (offset, number) in [(0_u64, 1_u8), (rate * 60, 2), (rate * 90, 170)] {
        sheet.extend(offset.to_be_bytes());
        sheet.push(number);
        sheet.extend([0; 12 + 1 + 13]);
        sheet.push(u8::from(number != 170));
        if number != 170 {
            sheet.extend((rate / 2).to_be_bytes());
            sheet.extend([1, 0, 0, 0]);
        }
    }
    let file = |list: &[Vec<u8>]| {
        let blocks = [
            flac_block(0, false, &about),
            flac_block(5, false, &sheet),
            flac_block(4, true, &comments(list)),
        ];
        [b"fLaC".to_vec(), blocks.concat()].concat()
    };
    let found = read(&file(&[])).expect("chapters");
    assert_eq!(found.source, ChapterSource::Cue);
    assert_eq!(shown(&found), [(500, Some(60_500), ""), (60_500, None, "")]);
    let text = "CUESHEET=TRACK 01 AUDIO\r\nTITLE \"开场\"\r\nINDEX 01 00:10:00".into();
    assert_eq!(titles(&file(&[text])), ["开场"]);
    let list = [b"CHAPTER1=00:00:01".to_vec(), "CHAPTER1NAME=甲".into()];
    assert_eq!(titles(&file(&list)), ["甲"]);
}
