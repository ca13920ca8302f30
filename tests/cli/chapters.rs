//! `chapters`: which source is shown, and what it costs to look into a recording that is elsewhere.

use serde_json::json;

use crate::home::Home;
use crate::support::page::Page;
use crate::support::server::Server;
use crate::writers::{chap, chunk, frame, silence, tag, text};

/// An MP3 with a large picture before its chapters.
fn recording(picture: usize, titles: &[&str]) -> Vec<u8> {
    let picture = [b"\0image/jpeg\0\x03\0".as_slice(), &vec![0xab; picture]].concat();
    let chapters = titles.iter().zip(0..).flat_map(|(title, n)| {
        let body = chap(&n.to_string(), n * 2_000, n * 2_000 + 2_000, &text(4, "TIT2", title));
        frame(4, "CHAP", 0, &body)
    });
    let frames = [frame(4, "APIC", 0, &picture), chapters.collect()].concat();
    [tag(4, 0, &frames), silence(20_000)].concat()
}

/// A feed whose episode has chapters in the feed, in a file and in its recording.
fn publish(server: &Server, recording: &[u8], duration: &str) -> String {
    let feed = format!(
        "<rss version=\"2.0\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\" \
         xmlns:p=\"http://podlove.org/simple-chapters\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>渡口</title><item>\
         <title>第一期</title><guid>one</guid><itunes:duration>{duration}</itunes:duration>\
         <enclosure url=\"{}\" type=\"audio/mpeg\" length=\"{}\"/>\
         <podcast:chapters url=\"{}\" type=\"application/json+chapters\"/>\
         <p:chapters version=\"1.2\"><p:chapter start=\"0\" title=\"甲\"/>\
         <p:chapter start=\"npt:0:00:02\" title=\"乙\"/><p:chapter start=\"4.5\" title=\"丙\"/></p:chapters>\
         <description>00:00 一&lt;br&gt;00:02 二&lt;br&gt;00:04 三</description>\
         </item></channel></rss>",
        server.url("/one.mp3"),
        recording.len(),
        server.url("/chapters.json")
    );
    let list = r#"{"version":"1.2.0","chapters":[{"startTime":0,"title":"A"},{"startTime":2.5,"title":"B"},
        {"startTime":9000,"title":"C"}]}"#;
    server.put("/feed.xml", Page::new("application/rss+xml", feed));
    server.put("/chapters.json", Page::new("application/json+chapters", list));
    let mut page = Page::new("audio/mpeg", recording.to_vec());
    page.bytes_per_second = Some(4 << 20);
    server.put("/one.mp3", page);
    server.url("/feed.xml")
}

#[test]
fn a_recording_that_is_elsewhere_is_asked_for_its_tags_only() {
    let (home, server) = (Home::new(), Server::start());
    let recording = recording(10 << 20, &["开场", "正题", "尾声"]);
    home.json(&["add", &publish(&server, &recording, "26:00")]);
    let found = home.json(&["chapters", "one"]);
    assert_eq!(found["source"], "id3");
    assert_eq!(found["chapters"][1]["title"], "正题");
    let hits = server.hits("/one.mp3");
    let ranges: Vec<_> = hits.iter().map(|hit| hit.header("range").unwrap_or("all")).collect();
    println!("{} bytes: {ranges:?}", recording.len());
    // The start, and the place behind the picture.
    assert!(ranges.len() <= 3, "{ranges:?}");
    let start = |range: &&str| range.trim_start_matches("bytes=").split('-').next()?.parse().ok();
    let last: u64 = ranges.last().and_then(start).unwrap();
    assert!(last > 10 << 20, "{ranges:?}");
    // What was found is known now.
    assert_eq!(home.json(&["chapters", "one"]), found);
    assert_eq!(server.hits("/one.mp3").len(), hits.len());
    assert_eq!(server.hits("/chapters.json").len(), 1);
}

#[test]
fn a_list_for_another_version_gives_way_and_is_kept() {
    let (home, server) = (Home::new(), Server::start());
    let recording = recording(100, &[]);
    home.json(&["add", &publish(&server, &recording, "26:00")]);
    let found = home.json(&["chapters", "one"]);
    // The chapters file has a chapter at 2:30:00.
    assert_eq!(found["source"], "psc");
    assert_eq!(found["chapters"][2]["start_ms"], 4_500);
    assert_eq!(found["beyond"], serde_json::Value::Null);
}

#[test]
fn what_would_begin_after_the_end_is_told() {
    let home = Home::new();
    let list = r#"{"chapters":[{"startTime":0,"title":"A"},{"startTime":70,"title":"B"},{"startTime":80}]}"#;
    let file = home.file("list.json", list);
    let ran = home.run(&["chapters", &file, "--duration", "1:00", "--json"]);
    let said = ran.json();
    assert_eq!(ran.code, 0);
    assert_eq!((&said["beyond"], said["chapters"].as_array().unwrap().len()), (&json!(2), 1));
    assert!(ran.err.contains("2 chapters would begin after the end"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
}

#[test]
fn markers_of_wav_have_a_source_of_their_own() {
    let home = Home::new();
    let format =
        [&[1, 0, 1, 0][..], &8_000_u32.to_le_bytes(), &8_000_u32.to_le_bytes(), &[1, 0, 8, 0]];
    let point = [1, 8_000, u32::from_le_bytes(*b"data"), 0, 0, 8_000];
    let point: Vec<u8> = point.iter().flat_map(|n: &u32| n.to_le_bytes()).collect();
    let label = chunk(*b"labl", false, &[&1_u32.to_le_bytes()[..], "正题\0".as_bytes()].concat());
    let parts = [
        b"WAVE".to_vec(),
        chunk(*b"fmt ", false, &format.concat()),
        chunk(*b"data", false, &[128; 16_000]),
        chunk(*b"cue ", false, &[&1_u32.to_le_bytes()[..], &point].concat()),
        chunk(*b"LIST", false, &[b"adtl".to_vec(), label].concat()),
    ];
    let file = home.file("a.wav", chunk(*b"RIFF", false, &parts.concat()));
    let found = home.json(&["chapters", &file]);
    assert_eq!(found["source"], "cue");
    let chapter = &found["chapters"][0];
    let times = (chapter["start_ms"].as_u64(), chapter["end_ms"].as_u64());
    assert_eq!((times, &chapter["title"]), ((Some(1_000), Some(2_000)), &json!("正题")));
    assert_eq!(home.json(&["probe", &file])["chapters"], found["chapters"]);
}
