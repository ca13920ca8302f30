//! What is kept: downloads, snips, notes in and out, search, and whether the library is well.

use serde_json::{Value, json};

use crate::home::Home;
use crate::support::clock;
use crate::support::feed::{Episode, Show};
use crate::support::page::Page;
use crate::support::server::Server;

fn subscribed(home: &Home, server: &Server) {
    let show = Show::new("钟楼夜话")
        .episode(Episode::new(1, "发条", 6).chapter(0, "上弦").chapter(3, "走时"))
        .episode(
            Episode::new(2, "摆轮", 4)
                .link("摆的历史", &server.url("/pendulum"))
                .link("缺页", &server.url("/lost")),
        );
    let url = show.publish(server, "/clock");
    home.json(&["add", &url]);
}

#[test]
fn a_download_is_kept_once() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let row = home.json(&["download", "clock-1"])["downloads"][0].clone();
    assert_eq!((&row["status"], &row["error"]), (&json!("done"), &Value::Null));
    let bytes = clock::wav(6);
    assert_eq!(row["bytes"], json!(bytes.len()));
    assert_eq!(std::fs::read(row["path"].as_str().unwrap()).unwrap(), bytes);
    let again = home.json(&["download", "clock-1"])["downloads"][0].clone();
    assert_eq!((&again["status"], &again["path"]), (&json!("already"), &row["path"]));
    assert_eq!(home.json(&["episodes", "--downloaded"])["episodes"][0]["guid"], "clock-1");
    assert_eq!(home.json(&["probe", row["path"].as_str().unwrap()])["duration_ms"], 6000);
}

#[test]
fn a_download_that_fails_is_told_beside_the_others() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    server.remove("/clock/2.wav");
    let ran = home.run(&["download", "clock-2", "clock-1", "nobody", "--json"]);
    assert_eq!((ran.code, ran.err.lines().count()), (1, 2), "{}", ran.err);
    let report = ran.json();
    let status: Vec<&str> = report["downloads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["status"].as_str().unwrap())
        .collect();
    assert_eq!(status, ["failed", "done", "failed"]);
    assert!(report["downloads"][0]["error"].as_str().unwrap().contains("404"));
    assert_eq!(report["downloads"][0]["path"], Value::Null);
}

#[test]
fn a_broken_download_goes_on_where_it_stopped() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let mut page = Page::new("audio/x-wav", clock::wav(6));
    page.cut_after = Some(120_000);
    server.put("/clock/1.wav", page);
    let row = home.json(&["download", "clock-1"])["downloads"][0].clone();
    assert_eq!(row["status"], "done");
    assert_eq!(std::fs::read(row["path"].as_str().unwrap()).unwrap(), clock::wav(6));
    let hits = server.hits("/clock/1.wav");
    let last = hits.last().unwrap();
    assert!(last.header("range").is_some_and(|range| range != "bytes=0-"), "{last:?}");
}

#[test]
fn articles_of_the_notes_come_along_on_request() {
    let (home, mut server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let paragraphs: String = (0..6)
        .map(|n| format!("<p>第{n}段：单摆的等时性在教堂的吊灯下被人看见，这个故事讲了四百年，现在再讲一遍。</p>"))
        .collect::<Vec<_>>()
        .concat();
    let page = format!("<html><title>摆的历史</title><article>{paragraphs}</article></html>");
    server.put("/pendulum", Page::new("text/html; charset=utf-8", page));
    let ran = home.run(&["download", "clock-2", "--with-articles", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let articles = ran.json()["downloads"][0]["articles"].clone();
    assert_eq!(articles["kept"], 1);
    assert_eq!(articles["failed"][0]["url"], json!(server.url("/lost")));
    server.stop();
    let read = home.run(&["read", &server.url("/pendulum"), "--json"]);
    assert_eq!((read.code, &read.json()["title"]), (0, &json!("摆的历史")));
}

#[test]
fn a_snip_is_made_listed_and_cut_out_to_the_sample() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let made = home.json(&[
        "snips",
        "add",
        "钟楼#1",
        "--from",
        "0:01.5",
        "--to",
        "3.25",
        "--note",
        "好一句",
    ]);
    let snip = &made["snips"][0];
    assert_eq!((&snip["start_ms"], &snip["end_ms"]), (&json!(1500), &json!(3250)));
    assert_eq!((&snip["note"], &snip["title"]), (&json!("好一句"), &Value::Null));
    assert_eq!((&snip["tags"], &snip["url"]), (&json!([]), &Value::Null));
    let id = snip["id"].as_str().unwrap();
    assert_eq!(home.json(&["snips", "--episode", "clock-1"]), home.json(&["snips"]));
    assert_eq!(home.json(&["snips", "--episode", "clock-2"]), json!({ "snips": [] }));
    let wav = home.path("cut.wav");
    home.json(&["snips", "cut", id, "-o", wav.to_str().unwrap()]);
    let cut = home.json(&["probe", wav.to_str().unwrap()]);
    assert_eq!(cut["duration_ms"], 1750);
    home.run(&["snips", "cut", "99", "-o", "x.wav"]).fails(1, "no snip 99");
    home.run(&["snips", "add", "钟楼#1", "--from", "0:10", "--to", "0:12"]).fails(1, "ends at");
    home.run(&["snips", "add", "钟楼#1", "--from", "0:05", "--to", "0:12"]).fails(1, "ends at");
}

#[test]
fn a_snip_is_made_with_title_tags_and_a_star() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let add = ["snips", "add", "clock-1", "--from", "1", "--to", "0:00:02.5", "--title", "  发条 "];
    let more = ["--tag", "#钟", "--tag", "two words", "--tag", "#", "--star"];
    let made = home.json(&[&add[..], &more[..]].concat());
    let snip = &made["snips"][0];
    assert_eq!((&snip["title"], &snip["favorite"]), (&json!("发条"), &json!(true)));
    assert_eq!(snip["tags"], json!(["钟", "two words"]));
    assert_eq!((&snip["start_ms"], &snip["end_ms"]), (&json!(1000), &json!(2500)));
}

#[test]
fn a_snip_is_cut_from_the_web_or_it_is_said_why_not() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    for (episode, from) in [("clock-1", "1.5"), ("clock-2", "0.5")] {
        home.json(&["snips", "add", episode, "--from", from, "--to", "2.75"]);
    }
    let out = home.path("cut.wav");
    let out = out.to_str().unwrap();
    home.json(&["snips", "cut", "1", "-o", out]);
    // The clock is 16 kHz, mono and 16 bit, as the cut is: the very bytes of the recording.
    let (whole, cut) = (clock::wav(6), std::fs::read(out).unwrap());
    let byte = |ms: usize| 44 + ms * 16 * 2;
    assert!(cut[44..] == whole[byte(1500)..byte(2750)]);
    server.remove("/clock/2.wav");
    let begin = std::time::Instant::now();
    home.run(&["snips", "cut", "2", "-o", out]).fails(1, "404");
    assert!(begin.elapsed().as_secs() < 15, "a cut is waited for: {:?}", begin.elapsed());
    assert_eq!(std::fs::read(out).unwrap(), cut, "the file of before is left alone");
}

#[test]
fn passages_that_a_show_recommends_are_not_the_users_snips() {
    let (home, server) = (Home::new(), Server::start());
    let feed = "<rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel>\
        <title>潮</title><item><title>一</title><guid>t1</guid>\
        <podcast:soundbite startTime='1' duration='2.5'>最好的</podcast:soundbite></item></channel></rss>";
    server.put("/tide.xml", Page::new("application/rss+xml", feed));
    home.json(&["add", &server.url("/tide.xml")]);
    assert_eq!(home.json(&["snips", "--episode", "t1"]), json!({ "snips": [] }));
}

const NOTE: &str = "---\ntitle: '夜航：一位守塔人'\nshow: 渡口夜谈\nsource: https://ferry.example/7\n\
    published: '2025-03-01T08:00:00'\nsnipd: https://share.snipd.com/episode/0f0f\n\
    type: podcast-episode\n---\n\n## Show notes\n> 今晚的客人守了三十年灯塔。\n>\n> 01:00 上岛\n> 05:00 第一夜\n\
    > 20:00 下岛\n\n## Snips\n\n### [00:10] 灯亮了\n\n[🎧 Play snip - 1min️ (00:05 - 01:10)]\
    (https://share.snipd.com/snip/aaaa)\n\n灯亮的时候，海是安静的。\n\n---\n\n";

#[test]
fn a_note_comes_in_once_and_goes_out_again() {
    let home = Home::new();
    let file = home.file("note.txt", NOTE);
    let first = home.json(&["import", &file]);
    assert_eq!(
        (&first["shows"], &first["episodes"], &first["snips"]),
        (&json!(1), &json!(1), &json!(1))
    );
    let again = home.json(&["import", &file]);
    assert_eq!(
        (&again["shows"], &again["episodes"], &again["snips"]),
        (&json!(0), &json!(0), &json!(0))
    );
    assert_eq!(again["skipped"], json!([]));
    // It has no subscription and is listed all the same.
    assert_eq!(home.json(&["shows"]), json!({ "shows": [] }));
    assert_eq!(home.json(&["episodes"])["episodes"][0]["title"], "夜航：一位守塔人");
    let chapters = home.json(&["chapters", "夜航：一位守塔人"]);
    assert_eq!(
        (&chapters["source"], chapters["chapters"].as_array().unwrap().len()),
        (&json!("notes"), 3)
    );
    let of_file = home.json(&["chapters", &file]);
    assert_eq!(of_file["chapters"], chapters["chapters"]);
    assert_eq!(home.json(&["notes", &file])["title"], "夜航：一位守塔人");

    let out = home.path("out.md");
    home.json(&["export", "夜航", "-o", out.to_str().unwrap()]);
    let written = std::fs::read_to_string(&out).unwrap();
    assert_eq!(home.run(&["export", "夜航"]).out, written);
    for words in ["守塔人", "灯亮了", "20:00 下岛", "https://share.snipd.com/snip/aaaa"] {
        assert!(written.contains(words), "{words} in {written}");
    }
    let other = Home::new();
    let came = other.json(&["import", out.to_str().unwrap()]);
    assert_eq!((&came["episodes"], &came["snips"]), (&json!(1), &json!(1)));
}

#[test]
fn subscriptions_come_in_without_a_request_and_go_out_again() {
    let (home, server) = (Home::new(), Server::start());
    let url = server.url("/feed.xml");
    let opml = format!(
        "<opml version='2.0'><body><outline text='组'><outline text='甲' xmlUrl='{url}'/></outline>\
         <outline text='坏' xmlUrl='javascript:alert(1)'/></body></opml>"
    );
    let file = home.file("list.xml", opml);
    let report = home.json(&["import", &file]);
    assert_eq!((&report["shows"], &report["episodes"]), (&json!(1), &json!(0)));
    assert_eq!(report["skipped"][0]["line"], 1);
    assert!(report["skipped"][0]["why"].is_string());
    assert_eq!(home.json(&["import", &file])["shows"], 0);
    assert!(server.all_hits().is_empty(), "nothing is fetched");
    let exported = home.run(&["export", "--opml"]).out;
    assert!(exported.contains(&format!("xmlUrl=\"{url}\"")), "{exported}");
    let other = Home::new();
    let ran = other.run_with_input(&["import", "-", "--json"], exported.as_bytes());
    assert_eq!(ran.json()["shows"], 1);
}

#[test]
fn of_several_files_some_may_be_nothing_to_import() {
    let home = Home::new();
    let (note, other) =
        (home.file("note.md", NOTE), home.file("page.html", "<html><p>x</p></html>"));
    let ran = home.run(&["import", &other, &note, "--json"]);
    ran.fails(1, "neither OPML nor Snipd-style Markdown");
    assert_eq!(ran.json()["episodes"], 1);
    assert_eq!(ran.json()["failed"][0]["file"], json!(other));
    home.run(&["import", &home.file("plain.md", "# just a text\n\nwith words")])
        .fails(1, "no episode");
}

#[test]
fn search_finds_chinese_and_latin_where_it_is_told_to_look() {
    let home = Home::new();
    home.json(&["import", &home.file("note.md", NOTE)]);
    let kinds = |args: &[&str]| -> Vec<String> {
        let found = home.json(&[&["search"], args].concat());
        assert!(found["elapsed_ms"].is_u64());
        let hits = found["hits"].as_array().unwrap().clone();
        hits.iter().map(|hit| hit["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert!(kinds(&["守塔人"]).contains(&"episodes".to_owned()));
    assert_eq!(kinds(&["灯塔", "--in", "notes"]), ["notes"]);
    assert_eq!(kinds(&["海是安静", "--in", "shows,snips"]), ["snips"]);
    assert_eq!(kinds(&["灯塔", "--in", "transcripts"]), Vec::<String>::new());
    assert_eq!(kinds(&["夜", "--limit", "1"]).len(), 1);
    let hit = home.json(&["search", "海是安静"])["hits"][0].clone();
    assert_eq!((hit["ms"].as_u64(), hit["score"].is_number()), (Some(5000), true));
    assert!(hit["id"].is_string() && hit["snippet"].as_str().unwrap().contains("安静"));
}

#[test]
fn a_well_library_passes_and_a_damaged_one_does_not() {
    let home = Home::new();
    let checks = home.json(&["doctor"]);
    let names: Vec<&str> =
        checks["checks"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
    for name in ["audio output", "terminal", "fonts", "pictures", "network", "library", "paths"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    for check in checks["checks"].as_array().unwrap() {
        assert!(check["ok"].is_boolean() && check["detail"].is_string(), "{check}");
    }
    std::fs::write(home.path("home/data/library.db"), "no library at all").unwrap();
    let ran = home.run(&["doctor", "--json"]);
    assert_eq!(ran.code, 1);
    let broken = ran.json();
    let library =
        broken["checks"].as_array().unwrap().iter().find(|c| c["name"] == "library").cloned();
    assert_eq!(library.unwrap()["ok"], false);
    assert_eq!(std::fs::read(home.path("home/data/library.db")).unwrap(), b"no library at all");
}
