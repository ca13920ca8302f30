//! Recordings with chapters, put together by hand; no sound but a little silence.

use super::super::chapters::ogg_file;

/// Everything with an own mark.
pub(super) fn all() -> Vec<Vec<u8>> {
    let mut found = [id3(), mp4(), ogg(), matroska()].concat();
    found.retain(|file| file.len() > 60);
    found.extend([mp3(), wav(), aiff()]);
    found
}

fn mp3() -> Vec<u8> {
    let frame = [b"\xff\xfb\x90\x00".as_slice(), &[0; 413]].concat();
    frame.repeat(6)
}

/// Two markers with names, then a little sound.
fn wav() -> Vec<u8> {
    let format = b"\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0";
    let mut points = 2_u32.to_le_bytes().to_vec();
    for (id, place) in [(1_u32, 0_u32), (2, 64)] {
        points.extend([id.to_le_bytes(), place.to_le_bytes()].concat());
        points.extend(b"data\0\0\0\0\0\0\0\0");
        points.extend(place.to_le_bytes());
    }
    let label = |id: u32, name: &str| {
        little(b"labl", &[&id.to_le_bytes(), name.as_bytes(), b"\0"].concat())
    };
    let names = [b"adtl".to_vec(), label(1, "开场甲"), label(2, "第二段")].concat();
    let chunks = [
        little(b"fmt ", format),
        little(b"cue ", &points),
        little(b"LIST", &names),
        little(b"data", &[7; 256]),
    ];
    little(b"RIFF", &[b"WAVE".to_vec(), chunks.concat()].concat())
}

fn little(name: &[u8], body: &[u8]) -> Vec<u8> {
    [name, &(body.len() as u32).to_le_bytes(), body].concat()
}

fn aiff() -> Vec<u8> {
    let big = |name: &[u8], body: &[u8]| [name, &(body.len() as u32).to_be_bytes(), body].concat();
    // One channel, 64 frames of 16 bits, 8,000 Hz as an 80-bit number.
    let common = b"\0\x01\0\0\0\x40\0\x10\x40\x0b\xfa\0\0\0\0\0\0\0";
    let marks = b"\0\x02\0\x01\0\0\0\0\x01a\0\x02\0\0\0\x20\x03bcd";
    let sound = [b"\0\0\0\0\0\0\0\0".as_slice(), &[7; 128]].concat();
    let chunks = [big(b"COMM", common), big(b"MARK", marks), big(b"SSND", &sound)].concat();
    big(b"FORM", &[b"AIFF".to_vec(), chunks].concat())
}

// ID3

fn frame(name: &str, body: &[u8]) -> Vec<u8> {
    [name.as_bytes(), &(body.len() as u32).to_be_bytes(), &[0, 0], body].concat()
}

fn chap(id: &str, start: u32, end: u32, inner: &[Vec<u8>]) -> Vec<u8> {
    let times = [start.to_be_bytes(), end.to_be_bytes(), [0xff; 4], [0xff; 4]].concat();
    frame("CHAP", &[id.as_bytes(), b"\0", &times, &inner.concat()].concat())
}

/// Frames alone, and a whole tag before two frames of sound.
pub(super) fn id3() -> Vec<Vec<u8>> {
    let wide = [b"\x01\xff\xfe".to_vec(), utf16("开场")].concat();
    let body = [
        frame("CTOC", b"toc\0\x03\x02a\0b\0"),
        chap("a", 0, 61_500, &[frame("TIT2", &wide)]),
        chap(
            "b",
            61_500,
            u32::MAX,
            &[
                frame("TIT2", "\u{3}正题\0".as_bytes()),
                frame("WXXX", b"\0l\0https://a.example/"),
                frame("APIC", b"\0-->\0\0\0https://a.example/1.png"),
            ],
        ),
        frame("CTOC", b"in\0\x00\x01c\0"),
        chap("c", 90_000, 80_000, &[frame("TIT2", b"\x02\0c\0\0")]),
    ]
    .concat();
    let size = body.len();
    let tag = [
        b"ID3\x03\0\0\0\0".as_slice(),
        &[(size >> 7 & 127) as u8, (size & 127) as u8],
        &body,
        &mp3(),
    ]
    .concat();
    vec![tag, [b"\0".as_slice(), &body].concat(), [b"\x81".as_slice(), &body].concat()]
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

// MP4

fn boxed(name: &str, content: &[u8]) -> Vec<u8> {
    let size = (content.len() + 8) as u32;
    [&size.to_be_bytes(), name.as_bytes(), content].concat()
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

/// A list of Nero's, and a text track that the sound's track names.
pub(super) fn mp4() -> Vec<Vec<u8>> {
    let mut list = vec![1, 0, 0, 0, 0, 0, 0, 0, 2];
    for (start, title) in [(0_u64, "开场"), (900_000_000, "正题")] {
        list.extend(start.to_be_bytes());
        list.push(title.len() as u8);
        list.extend(title.as_bytes());
    }
    let nero = boxed("udta", &boxed("chpl", &list));
    let mark = boxed("ftyp", b"M4A \0\0\0\0");
    let first = [mark.clone(), boxed("moov", &nero)].concat();
    let words = [b"\0\x06".as_slice(), "开场".as_bytes(), b"\0\x01b"].concat();
    let table = [
        boxed("stts", &numbers(&[0, 2, 1, 60_000, 1, 30_000])),
        boxed("stsz", &numbers(&[0, 0, 2, 8, 3])),
        boxed("stsc", &numbers(&[0, 1, 1, 2, 1])),
        boxed("stco", &numbers(&[0, 1, mark.len() as u32 + 8])),
    ];
    let media = [
        boxed("mdhd", &numbers(&[0, 0, 0, 1000, 0, 0])),
        boxed("hdlr", &[numbers(&[0, 0]), b"text".to_vec(), vec![0; 12]].concat()),
        boxed("minf", &boxed("stbl", &table.concat())),
    ];
    let head = |id| boxed("tkhd", &numbers(&[0, 0, 0, id, 0, 0]));
    let text = boxed("trak", &[head(2), boxed("mdia", &media.concat())].concat());
    let named = boxed("tref", &boxed("chap", &numbers(&[2])));
    let sound = boxed("trak", &[head(1), named].concat());
    let moov = boxed("moov", &[sound, text, nero].concat());
    vec![first, [mark, boxed("mdat", &words), moov].concat()]
}

// Ogg, FLAC

/// Comments alone, and on pages.
pub(super) fn ogg() -> Vec<Vec<u8>> {
    let list =
        ["CHAPTER001=00:00:00.000", "CHAPTER001NAME=开场", "chapter2=0:02:20", "CHAPTER2NAME=b"];
    let mut comments = [3_u32.to_le_bytes().as_slice(), b"abc", &4_u32.to_le_bytes()].concat();
    for comment in list {
        comments.extend((comment.len() as u32).to_le_bytes());
        comments.extend(comment.as_bytes());
    }
    let opus =
        ogg_file(&[b"OpusHead\x01\x01".to_vec(), [b"OpusTags", comments.as_slice()].concat()]);
    let size = [0x84, 0, 0, comments.len() as u8];
    let flac = [b"fLaC\0\0\0\x04abcd".as_slice(), &size, &comments, b"\xff\xf8"].concat();
    let sheet = "CUESHEET=TRACK 01 AUDIO\n TITLE \"开场\"\n INDEX 01 00:00:00\nTRACK 02 AUDIO\n \
                 TITLE b\n INDEX 01 75:30:74\n";
    let mut with_sheet = [0_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat();
    with_sheet.extend((sheet.len() as u32).to_le_bytes());
    with_sheet.extend(sheet.as_bytes());
    vec![opus, flac, comments, with_sheet]
}

// Matroska

fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &[0x40 | (content.len() >> 8) as u8, content.len() as u8], content].concat()
}

/// A segment with chapters, with and without its head.
pub(super) fn matroska() -> Vec<Vec<u8>> {
    let atom = |start: u32, title: &str| {
        let names = [element(b"\x85", title.as_bytes()), element(b"\x43\x7c", b"chi")].concat();
        let fields = [
            element(b"\x73\xc4", &[1]),
            element(b"\x91", &(u64::from(start) * 1_000_000).to_be_bytes()),
            element(b"\x80", &names),
        ];
        element(b"\xb6", &fields.concat())
    };
    let edition = element(b"\x45\xb9", &[atom(0, "开场"), atom(140_000, "正题")].concat());
    let chapters = element(b"\x10\x43\xa7\x70", &edition);
    let head = element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"matroska"));
    let whole = [head, element(b"\x18\x53\x80\x67", &chapters)].concat();
    vec![whole, chapters]
}
