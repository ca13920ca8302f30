//! Files without a library: inspect, notes, chapters, transcript, read, probe.

use serde_json::{Value, json};

use crate::home::Home;
use crate::support::clock;
use crate::support::page::Page;
use crate::support::server::Server;

const FEED: &str = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters">
<channel><title>渡口</title><link>https://ferry.example/</link><description>夜航</description>
<language>zh-cn</language><itunes:author>船长</itunes:author>
<item><title>第二班</title><guid>two</guid><pubDate>Tue, 03 Jun 2025 08:00:00 +0800</pubDate>
<itunes:duration>1:02:03</itunes:duration><itunes:episode>2</itunes:episode><itunes:season>1</itunes:season>
<itunes:episodeType>full</itunes:episodeType><itunes:explicit>false</itunes:explicit>
<enclosure url="https://ferry.example/2.mp3" type="audio/mpeg" length="123"/>
<podcast:transcript url="https://ferry.example/2.vtt" type="text/vtt"/>
<podcast:chapters url="https://ferry.example/2.json" type="application/json+chapters"/>
<podcast:soundbite startTime="10" duration="20.5">一句</podcast:soundbite>
<podcast:person role="guest">阿舟</podcast:person>
<psc:chapters><psc:chapter start="0:00" title="上船"/><psc:chapter start="10:00" title="靠岸"/></psc:chapters>
<description>&lt;p&gt;夜里&lt;/p&gt;</description></item></channel></rss>"#;

#[test]
fn inspect_tells_what_is_understood_of_a_feed() {
    let home = Home::new();
    let feed = home.json(&["inspect", &home.file("any.txt", FEED)]);
    assert_eq!((&feed["format"], &feed["title"]), (&json!("rss"), &json!("渡口")));
    assert_eq!((&feed["author"], &feed["language"]), (&json!("船长"), &json!("zh-cn")));
    assert_eq!((&feed["next_page"], &feed["new_feed_url"]), (&Value::Null, &Value::Null));
    let episode = &feed["episodes"][0];
    for (field, value) in [
        ("guid", json!("two")),
        ("title", json!("第二班")),
        ("published", json!("2025-06-03T00:00:00Z")),
        ("updated", Value::Null),
        ("duration_ms", json!(3_723_000)),
        ("season", json!(1)),
        ("episode", json!(2)),
        ("type", json!("full")),
        ("explicit", json!(false)),
        ("chapters_url", json!("https://ferry.example/2.json")),
        (
            "enclosure",
            json!({ "url": "https://ferry.example/2.mp3", "type": "audio/mpeg", "length": 123 }),
        ),
        (
            "transcripts",
            json!([{ "url": "https://ferry.example/2.vtt", "type": "text/vtt", "language": null }]),
        ),
        ("soundbites", json!([{ "start_ms": 10_000, "duration_ms": 20_500, "title": "一句" }])),
        ("persons", json!([{ "name": "阿舟", "role": "guest" }])),
    ] {
        assert_eq!(episode[field], value, "{field}");
    }
    assert!(episode["notes_html"].as_str().unwrap().contains("夜里"));
    assert_eq!(episode["chapters"][1]["start_ms"], 600_000);
    assert!(feed["warnings"].is_array());
    assert_eq!(home.json(&["shows"]), json!({ "shows": [] }), "nothing was subscribed");
}

#[test]
fn inspect_reads_from_the_net_and_from_standard_input_and_says_what_was_mended() {
    let (home, server) = (Home::new(), Server::start());
    server.put("/f", Page::new("text/plain", FEED));
    assert_eq!(home.json(&["inspect", &server.url("/f")])["title"], "渡口");
    let broken = FEED.replace("</item></channel></rss>", "");
    let ran = home.run_with_input(&["inspect", "-", "--json"], broken.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["episodes"][0]["guid"], "two");
    assert!(!ran.json()["warnings"].as_array().unwrap().is_empty());
    home.run_with_input(&["inspect", "-"], b"\x89PNG\r\n\x1a\n").fails(1, "inspecting -");
    home.run(&["inspect", "missing.xml"]).fails(1, "no such file");
}

const NOTES: &str = "今晚聊钟。\n\n时间线：\n02:20 上弦\n·先紧后松\n05:00 走时\n1:00:10 报时\n\n\
                     参考：https://clock.example/history\n";

#[test]
fn notes_have_text_links_times_and_chapters() {
    let home = Home::new();
    let notes = home.json(&["notes", &home.file("notes.txt", NOTES)]);
    assert_eq!(notes["title"], Value::Null);
    assert!(notes["text"].as_str().unwrap().starts_with("今晚聊钟。\n\n"));
    assert_eq!(notes["links"][0]["url"], "https://clock.example/history");
    assert_eq!(notes["timestamps"][0], json!({ "ms": 140_000, "text": "02:20" }));
    assert_eq!(notes["timestamps"].as_array().unwrap().len(), 3);
    assert_eq!(notes["chapters"][0]["points"], json!(["先紧后松"]));
    let narrow = home.run(&["notes", &home.file("notes.txt", NOTES), "--width", "12"]);
    let wrapped = |line: &str| line.starts_with("[1] ") || line.chars().count() <= 12;
    assert!(narrow.out.lines().all(|line| wrapped(line) || line.contains("clock.example")));
    assert!(narrow.out.ends_with("[1] https://clock.example/history\n"), "{}", narrow.out);
}

#[test]
fn a_title_is_no_part_of_the_text() {
    let home = Home::new();
    let markdown =
        "---\ntitle: 钟的历史\n---\n# 钟的历史\n\n先有**日晷**，后有[漏壶](https://e.example/)。\n";
    let notes = home.json(&["notes", &home.file("notes.md", markdown)]);
    assert_eq!(notes["title"], "钟的历史");
    assert_eq!(notes["text"], "先有日晷，后有漏壶。");
    assert_eq!(notes["links"], json!([{ "text": "漏壶", "url": "https://e.example/" }]));
}

#[test]
fn chapters_come_from_files_of_every_kind() {
    let home = Home::new();
    let of = |name: &str, content: &str| home.json(&["chapters", &home.file(name, content)]);
    let found = of("notes.txt", NOTES);
    assert_eq!(found["source"], "notes");
    assert_eq!(
        found["chapters"][0],
        json!({ "start_ms": 140_000, "end_ms": 300_000, "title": "上弦", "url": null,
                "image": null, "section": null, "points": ["先紧后松"] })
    );
    let html = "<p>02:20 上弦<br>05:00 走时<br>09:00 报时</p>";
    assert_eq!(of("notes.html", html)["chapters"].as_array().unwrap().len(), 3);
    let found = of(
        "any.txt",
        r#"{"version":"1.2.0","chapters":[{"startTime":1.5,"title":"a","url":"https://e.example/"}]}"#,
    );
    assert_eq!(found["source"], "json");
    assert_eq!(found["chapters"][0]["start_ms"], 1500);
    assert_eq!(found["chapters"][0]["url"], "https://e.example/");
    assert_eq!(of("one.xml", FEED)["source"], "psc");
    let listing = of("c.txt", "CHAPTER001=00:00:01.500\nCHAPTER001NAME=上弦\n");
    assert_eq!(
        (&listing["source"], &listing["chapters"][0]["start_ms"]),
        (&json!("vorbis"), &json!(1500))
    );
    assert_eq!(of("plain.txt", "没有时间"), json!({ "source": "none", "chapters": [] }));
    assert_eq!(of("empty.txt", ""), json!({ "source": "none", "chapters": [] }));
    home.run(&["chapters", &home.file("bad.json", "{\"chapters\": 5}")]).fails(1, "bad.json");
    home.run(&["chapters", home.path(".").to_str().unwrap()]).fails(1, "folder");
}

#[test]
fn a_given_duration_ends_the_last_chapter() {
    let home = Home::new();
    let file = home.file("notes.txt", NOTES);
    let last = |args: &[&str]| {
        let list = home.json(args)["chapters"].clone();
        list.as_array().unwrap().last().unwrap().clone()
    };
    assert_eq!(last(&["chapters", &file])["end_ms"], Value::Null);
    assert_eq!(last(&["chapters", &file, "--duration", "1:30:00"])["end_ms"], 5_400_000);
    // What lies beyond the end is no chapter.
    let last = last(&["chapters", &file, "--duration", "10:00"]);
    assert_eq!((&last["title"], &last["end_ms"]), (&json!("走时"), &json!(600_000)));
}

#[test]
fn a_recording_is_probed_and_asked_for_chapters() {
    let home = Home::new();
    let file = home.file("sound.bin", clock::wav(3));
    let probe = home.json(&["probe", &file]);
    assert_eq!(probe["duration_ms"], 3000);
    assert_eq!((&probe["exact"], &probe["sample_rate"]), (&json!(true), &json!(16_000)));
    assert_eq!((&probe["channels"], &probe["picture"]), (&json!(1), &Value::Null));
    assert_eq!(probe["chapters"], json!([]));
    assert!(probe["container"].is_string() && probe["codec"].is_string());
    assert_eq!(home.json(&["chapters", &file]), json!({ "source": "none", "chapters": [] }));
    let ran = home.run_with_input(&["probe", "-", "--json"], &clock::wav(2));
    assert_eq!(ran.json()["duration_ms"], 2000);
    home.run(&["probe", &home.file("notes.txt", NOTES)]).fails(1, "plain text");
    home.run(&["notes", &file]).fails(1, "recording");
    home.run(&["transcript", &file]).fails(1, "recording");
    home.file("sound.zh.lrc", "[00:01.50]滴\n[00:02.00]答\n");
    let cues = home.json(&["transcript", &file])["cues"].clone();
    assert_eq!((&cues[0]["start_ms"], &cues[1]["text"]), (&json!(1500), &json!("答")));
    home.run(&["read", &file]).fails(1, "recording");
}

#[test]
fn transcripts_of_every_form_become_cues() {
    let home = Home::new();
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v 阿舟>上船\n\n00:03.000 --> 00:04.000\n<v 老杜>靠岸\n";
    let read = home.json(&["transcript", &home.file("t.txt", vtt)]);
    assert_eq!(
        read["cues"][0],
        json!({ "start_ms": 1000, "end_ms": 2500, "speaker": "阿舟", "text": "上船" })
    );
    let ran = home
        .run_with_input(&["transcript", "-", "--json"], b"1\n00:00:01,000 --> 00:00:02,000\nhi\n");
    assert_eq!(ran.json()["cues"][0]["text"], "hi");
    assert_eq!(home.json(&["transcript", &home.file("e.txt", "")]), json!({ "cues": [] }));
    let people = home.run(&["transcript", &home.file("t.txt", vtt)]);
    assert_eq!(people.out, "   00:01  阿舟: 上船\n   00:03  老杜: 靠岸\n");
}

fn article() -> String {
    let paragraphs: String = (1..=6)
        .map(|n| {
            format!(
                "<p>第{n}段讲的是钟表匠怎样在夜里修一座很老的钟，他一边修一边说起年轻时的事情。</p>"
            )
        })
        .collect::<Vec<_>>()
        .concat();
    format!(
        "<html lang='zh'><head><title>老钟 - 钟报</title><meta property='og:title' content='老钟'>\
         <meta name='author' content='白芷'>\
         <meta property='article:published_time' content='2025-03-01T06:30:00+08:00'><meta property='og:site_name' content='钟报'></head>\
         <body><nav><a href='/all'>全部文章</a></nav><article><h1>老钟</h1>{paragraphs}\
         <p>出处：<a href='/source'>手稿</a></p><img src='/p.png' alt='钟面'><script>alert(1)</script>\
         </article></body></html>"
    )
}

#[test]
fn a_page_in_a_file_is_read_and_not_kept() {
    let home = Home::new();
    let file = home.file("page.html", article());
    let read = home.json(&["read", &file, "--base", "https://clock.example/old"]);
    assert_eq!((&read["title"], &read["byline"]), (&json!("老钟"), &json!("白芷")));
    assert_eq!((&read["site"], &read["language"]), (&json!("钟报"), &json!("zh")));
    assert_eq!(read["published"], "2025-02-28T22:30:00Z");
    let text = read["text"].as_str().unwrap();
    assert!(text.starts_with("第1段") && text.contains("\n\n第6段"), "{text}");
    assert!(!text.contains("老钟") && !text.contains("白芷") && !text.contains("alert"), "{text}");
    let links: Vec<&str> =
        read["links"].as_array().unwrap().iter().map(|l| l["url"].as_str().unwrap()).collect();
    assert_eq!(links, ["https://clock.example/source"]);
    assert!(!read["html"].as_str().unwrap().contains("<script"));
    assert!(!home.path("home").exists(), "a file needs no library");
    for (format, begins) in [("text", "老钟\n"), ("markdown", "# 老钟\n\n"), ("html", "<")] {
        let ran = home.run(&["read", &file, "--format", format]);
        assert!(ran.out.starts_with(begins), "{format}: {}", ran.out);
    }
    let ran = home.run_with_input(&["read", "-", "--json"], article().as_bytes());
    assert_eq!(ran.json()["title"], "老钟");
}

#[test]
fn a_page_on_the_net_is_kept_for_reading_offline() {
    let (home, mut server) = (Home::new(), Server::start());
    server.put("/old", Page::new("text/html; charset=utf-8", article()));
    let url = server.url("/old");
    let read = home.json(&["read", &url]);
    assert_eq!((&read["title"], &read["url"]), (&json!("老钟"), &json!(url)));
    let text = read["text"].as_str().unwrap();
    assert!(text.starts_with("第1段"), "{text}");
    server.stop();
    let again = home.run(&["read", &url, "--json"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(again.json()["text"], read["text"]);
    assert_eq!(again.json()["links"], read["links"]);
    home.run(&["read", &server.url("/new")]).fails(1, "/new");
    assert_eq!(home.json(&["search", "钟表匠", "--in", "articles"])["hits"][0]["id"], json!(url));
}
