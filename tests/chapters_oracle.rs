//! An independent judge of embedded chapters: what `ffprobe` finds in files that `ffmpeg` and our own
//! writers made has to be what we find, to the millisecond.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why and stops"
)]
#![allow(clippy::print_stdout, reason = "what was measured")]

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use latetalk::timeline::embedded;
use serde_json::Value;

#[path = "chapters/writers.rs"]
mod writers;

use writers::{boxed, chap, chunk, ctoc, frame, nero_entries, silence, tag, text};

/// A chapter as both tell it: start and end in ms, title.
type Told = (u64, Option<u64>, String);

fn run(program: &str, folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|err| {
            // The judge is not optional.
            panic!("{program} is needed and missing ({err}): run `.ci/setup tests`")
        });
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    output
}

/// What `ffprobe` says, in whole milliseconds.
fn judged(folder: &Path, name: &str) -> Vec<Told> {
    let wanted = ["-v", "error", "-show_chapters", "-of", "json", name];
    let output = run("ffprobe", folder, &wanted);
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let chapters = said["chapters"].as_array().expect("a list");
    let mut told: Vec<Told> = chapters
        .iter()
        .map(|chapter| {
            let base = chapter["time_base"].as_str().expect("a time base");
            let (one, of) = base.split_once('/').expect("a fraction");
            let base =
                (one.parse::<i128>().expect("a number"), of.parse::<i128>().expect("a number"));
            let ms = |field: &str| {
                let units = i128::from(chapter[field].as_i64().expect("a number"));
                u64::try_from(units * base.0 * 1000 / base.1).expect("a time")
            };
            let title = chapter["tags"]["title"].as_str().unwrap_or_default().trim().to_owned();
            (ms("start"), Some(ms("end")), title)
        })
        .collect();
    // In the order of time: in Ogg, ffmpeg rounds seconds up and still adds the milliseconds.
    told.sort();
    told
}

fn ours(folder: &Path, name: &str) -> Vec<Told> {
    let bytes = std::fs::read(folder.join(name)).expect("readable");
    let found = embedded(&mut Cursor::new(bytes)).expect("readable").unwrap_or_default();
    found.list.into_iter().map(|c| (c.start_ms, c.end_ms, c.title)).collect()
}

/// Compares; an end that we do not know is not held against us.
fn compare(folder: &Path, name: &str, count: usize) {
    let (mut judged, ours) = (judged(folder, name), ours(folder, name));
    for (theirs, own) in judged.iter_mut().zip(&ours) {
        if own.1.is_none() {
            theirs.1 = None;
        }
    }
    println!("{name:<22} {:>4} chapters, ffprobe {:>4}", ours.len(), judged.len());
    assert_eq!(ours.len(), count, "{name}");
    assert_eq!(ours, judged, "{name}");
}

/// A title of 45 ideographs (135 bytes) with what has to be escaped in lists.
fn title(number: usize) -> String {
    let long = "这一章的标题写得很长因为节目组喜欢把嘉宾说过的话原样放进时间线里好让听的人一眼看见";
    format!("第{number}章 {long}=；#\\ é")
}

/// A title for ID3v2.4: ffmpeg 5 reads the sizes of frames within `CHAP` frames as those of 2.3, which
/// is the same below 128 bytes, and drops the chapters where it is not.
fn short(number: usize) -> String {
    format!("第{number}章 为什么要做电池")
}

/// A list of chapters in the form that ffmpeg reads; lengths are odd on purpose.
fn metadata(count: usize, first: u64, title: fn(usize) -> String) -> String {
    let escaped = |text: &str| {
        let special = |c: char| matches!(c, '=' | ';' | '#' | '\\');
        text.chars().fold(String::new(), |mut out, c| {
            if special(c) {
                out.push('\\');
            }
            out.push(c);
            out
        })
    };
    let mut out = ";FFMETADATA1\ntitle=整集\n".to_owned();
    let mut at = first;
    for number in 0..count {
        let end = at + 97 + 7 * (number as u64 % 3);
        let title = escaped(&title(number));
        write!(out, "[CHAPTER]\nTIMEBASE=1/1000\nSTART={at}\nEND={end}\ntitle={title}\n")
            .expect("memory");
        at = end;
    }
    out
}

/// Encodes silence with a list of chapters.
fn encode(folder: &Path, list: &str, name: &str, options: &[&str]) {
    let list_name = format!("{name}.txt");
    std::fs::write(folder.join(&list_name), list).expect("writable");
    let sound = "anullsrc=r=16000:cl=mono";
    let mut all = vec!["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-t", "35", "-i", sound];
    all.extend(["-i", &list_name, "-map", "0:a", "-map_metadata", "1", "-map_chapters", "1"]);
    all.extend(options);
    all.push(name);
    run("ffmpeg", folder, &all);
}

const MP3: [&str; 4] = ["-c:a", "libmp3lame", "-b:a", "32k"];
const AAC: [&str; 4] = ["-c:a", "aac", "-b:a", "32k"];
const OPUS: [&str; 4] = ["-c:a", "libopus", "-b:a", "16k"];

fn with<'a>(codec: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    codec.iter().chain(more).copied().collect()
}

#[test]
fn every_container_that_ffmpeg_writes_is_read_as_ffprobe_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = metadata(120, 0, title);
    let cases = [
        ("three.mp3", with(&MP3, &["-id3v2_version", "3"])),
        ("last.m4a", with(&AAC, &[])),
        ("first.m4a", with(&AAC, &["-movflags", "+faststart"])),
        ("book.m4b", with(&AAC, &["-f", "ipod"])),
        ("quicktime.mov", with(&AAC, &[])),
        (
            "fragments.mp4",
            with(&AAC, &["-movflags", "+frag_keyframe+empty_moov+default_base_moof"]),
        ),
        ("opus.mka", with(&OPUS, &[])),
        ("aac.mkv", with(&AAC, &[])),
        ("opus.webm", with(&OPUS, &[])),
        ("opus.opus", with(&OPUS, &[])),
    ];
    for (name, options) in cases {
        encode(folder.path(), &list, name, &options);
        compare(folder.path(), name, judged(folder.path(), name).len());
        assert_eq!(ours(folder.path(), name).len(), 120, "{name}");
    }
}

/// For muxers that do not make comments of chapters; `ffprobe` knows numbers of three digits.
#[test]
fn comments_of_vorbis_and_flac_are_read_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut list = ";FFMETADATA1\n".to_owned();
    for n in 0..1_000 {
        let (minutes, seconds, ms) = (n / 2400, n / 40 % 60, n % 40 * 25);
        writeln!(list, "CHAPTER{n:03}=00:{minutes:02}:{seconds:02}.{ms:03}").expect("memory");
        writeln!(list, "CHAPTER{n:03}NAME={}", short(n)).expect("memory");
    }
    for (name, options) in [
        ("vorbis.ogg", vec!["-c:a", "libvorbis", "-q:a", "0"]),
        ("flac.oga", vec!["-c:a", "flac"]),
        ("flac.flac", vec!["-c:a", "flac"]),
    ] {
        encode(folder.path(), &list, name, &options);
        compare(folder.path(), name, 1_000);
    }
}

#[test]
fn id3_of_both_versions_is_read_alike_and_long_titles_of_the_newer_one_are_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let newer = with(&MP3, &["-id3v2_version", "4"]);
    encode(folder.path(), &metadata(120, 0, short), "short.mp3", &newer);
    compare(folder.path(), "short.mp3", 120);
    encode(folder.path(), &metadata(120, 0, title), "long.mp3", &newer);
    let titles: Vec<String> = ours(folder.path(), "long.mp3").into_iter().map(|c| c.2).collect();
    assert_eq!(titles, (0..120).map(title).collect::<Vec<_>>());
}

#[test]
fn chapters_that_begin_late_begin_late() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = metadata(5, 12_345, short);
    for (name, options) in [
        ("late.mp3", with(&MP3, &[])),
        ("late.m4a", with(&AAC, &[])),
        ("late.mka", with(&OPUS, &[])),
        ("late.opus", with(&OPUS, &[])),
    ] {
        encode(folder.path(), &list, name, &options);
        compare(folder.path(), name, 5);
    }
}

#[test]
fn more_chapters_than_a_byte_counts_are_all_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = metadata(300, 0, short);
    for (name, options) in
        [("many.m4a", AAC), ("many.mp3", MP3), ("many.opus", OPUS), ("many.mka", OPUS)]
    {
        encode(folder.path(), &list, name, &options);
        compare(folder.path(), name, 300);
    }
}

/// A tag that the judge and we must read alike.
fn odd_tag(version: u8) -> Vec<u8> {
    let wide: Vec<u8> = [1, 0xff, 0xfe]
        .into_iter()
        .chain("嘉宾 ÿ".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let big: Vec<u8> =
        [2].into_iter().chain("正题".encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let picture = [b"\0image/png\0\0\0".as_slice(), &[0xff, 0xe0, 0].repeat(2_000)].concat();
    // See `short`: the picture within a chapter is one for 2.3.
    let small = if version == 4 { &picture[..100] } else { &picture };
    let titles = [
        text(version, "TIT2", "开场"),
        [frame(version, "APIC", 0, small), frame(version, "TIT2", 0, &wide)].concat(),
        frame(version, "TIT2", 0, &big),
    ];
    let chapters = titles.iter().zip(0..).flat_map(|(inner, n)| {
        let body = chap(&format!("c{n}"), n * 1_500, n * 1_500 + 1_500, inner);
        frame(version, "CHAP", 0, &body)
    });
    let body: Vec<u8> = chapters.collect();
    let contents = frame(version, "CTOC", 0, &ctoc("toc", true, &["c0", "c1", "c2"], &[]));
    let picture = frame(version, "APIC", 0, &picture);
    [text(version, "TIT2", "整集"), picture, contents, body, vec![0; 512]].concat()
}

#[test]
fn files_of_our_own_are_read_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("writable");
    };
    for version in [3, 4] {
        let name = format!("odd-{version}.mp3");
        write(&name, &[tag(version, 0, &odd_tag(version)), silence(400)].concat());
        compare(folder.path(), &name, 3);
    }
    // Two tags one behind another: the host's own, then the show's.
    let host = tag(3, 0, &text(3, "TSSE", "host"));
    write("two.mp3", &[host, tag(4, 0, &odd_tag(4)), silence(400)].concat());
    compare(folder.path(), "two.mp3", 3);

    let format = [1_u16.to_le_bytes(), 1_u16.to_le_bytes()].concat();
    let format = [format, 8_000_u32.to_le_bytes().to_vec(), 8_000_u32.to_le_bytes().to_vec()];
    let format = [format.concat(), vec![1, 0, 8, 0]].concat();
    let chunks = [
        chunk(*b"fmt ", false, &format),
        chunk(*b"data", false, &vec![128; 40_001]),
        chunk(*b"id3 ", false, &tag(3, 0, &odd_tag(3))),
    ];
    write("tagged.wav", &chunk(*b"RIFF", false, &[b"WAVE".to_vec(), chunks.concat()].concat()));
    compare(folder.path(), "tagged.wav", 3);
}

/// Replaces `moov` at the end of a file by what `change` makes of its content.
fn with_moov(file: &[u8], change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut at = 0;
    while &file[at + 4..at + 8] != b"moov" {
        at += u32::from_be_bytes(file[at..at + 4].try_into().expect("four")) as usize;
    }
    [&file[..at], &boxed("moov", &change(&file[at + 8..]))].concat()
}

#[test]
fn lists_of_nero_are_read_alike_in_both_versions() {
    let folder = tempfile::tempdir().expect("a folder");
    encode(folder.path(), ";FFMETADATA1\n", "bare.m4a", &AAC);
    let bare = std::fs::read(folder.path().join("bare.m4a")).expect("readable");
    let long = "长".repeat(85);
    let titles: Vec<(u64, &[u8])> =
        vec![(0, "开场".as_bytes()), (1_234, long.as_bytes()), (30_000, b"end")];
    for (name, head) in
        [("one.m4a", &[1, 0, 0, 0, 0, 0, 0, 0, 3][..]), ("zero.m4a", &[0, 0, 0, 0, 3])]
    {
        let list = boxed("chpl", &[head, &nero_entries(&titles)].concat());
        let file = with_moov(&bare, |moov| [moov, &boxed("udta", &list)].concat());
        std::fs::write(folder.path().join(name), file).expect("writable");
        compare(folder.path(), name, 3);
    }
}
