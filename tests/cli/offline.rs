//! Everything of an episode for the train, and copies of pages: shown without a network, asked about
//! with one, never given up for something worse.

use std::time::{SystemTime, UNIX_EPOCH};

use latetalk::store::Store;
use serde_json::{Value, json};

use crate::home::Home;
use crate::support::clock;
use crate::support::page::Page;
use crate::support::server::Server;

const DAY: i64 = 24 * 3600;

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

fn html(page: impl Into<String>) -> Page {
    Page::new("text/html; charset=utf-8", page.into())
}

/// A page of many words, with more in it.
fn essay(title: &str, more: &str) -> Page {
    let line =
        |n| format!("<p>第 {n} 夜：守灯的人把风向和过往的船都写进日志，写到天亮才合上本子。</p>");
    let lines: String = (1..=24).map(line).collect();
    html(format!(
        "<html><title>{title}</title><article><h1>{title}</h1>{lines}{more}</article></html>"
    ))
}

/// The smallest picture there is.
fn png() -> Page {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Page::new("image/png", bytes.into_inner())
}

/// An episode with all that an episode may have, and with links good and bad.
fn publish(server: &Server) -> String {
    let pictures =
        "<p><img src='/a.png' alt='塔' width=300><img src='/none.png' alt='无' width=300></p>";
    server.put("/log", essay("守塔日志", pictures));
    server.put("/a.png", png());
    server.put("/cover.png", png());
    server.put("/check", html("<title>Just a moment...</title><p>Verify you are human"));
    server.put("/deleted", html("<div class=weui-msg><p>该内容已被发布者删除</p></div>"));
    server.put("/round", Page::redirect(302, &server.url("/round")));
    server.put("/sound", Page::new("audio/x-wav", clock::wav(1)));
    server.put("/huge", Page::new("text/html", vec![b'x'; 33 << 20]));
    let mut hangs = html("never");
    hangs.hangs = true;
    server.put("/slow", hangs);
    server.put("/1.wav", Page::new("audio/x-wav", clock::wav(2)));
    server.put("/1.vtt", Page::new("text/vtt", "WEBVTT\n\n00:00.500 --> 00:01.500\n今晚有雾\n"));
    let chapters = json!({ "version": "1.2.0", "chapters": [
        { "startTime": 0, "title": "点灯" }, { "startTime": 1, "title": "起雾" }] });
    server.put("/1.json", Page::new("application/json+chapters", chapters.to_string()));
    let paths = [
        "log",
        "log?utm_source=notes",
        "lost",
        "check",
        "deleted",
        "round",
        "sound",
        "huge",
        "slow",
    ];
    let linked = |path: &&str| format!("<a href='{}'>{path}</a> ", server.url(&format!("/{path}")));
    let links = paths.iter().map(linked).collect::<Vec<String>>().concat();
    let feed = format!(
        "<rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0' \
         xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>灯塔</title>\
         <item><title>雾</title><guid>fog</guid><itunes:image href='{0}/cover.png'/>\
         <enclosure url='{0}/1.wav' type='audio/x-wav' length='1'/>\
         <podcast:transcript url='{0}/1.vtt' type='text/vtt'/>\
         <podcast:chapters url='{0}/1.json' type='application/json+chapters'/>\
         <description><![CDATA[{links} <a href='mailto:keeper@tide.example'>信</a> \
         <a href='https://apps.apple.com/app/id1'>应用</a>]]></description></item></channel></rss>",
        server.url("")
    );
    server.put("/feed.xml", Page::new("application/rss+xml", feed));
    server.url("/feed.xml")
}

fn impatient(home: &Home) {
    let folder = home.path("home/config");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "[network]\ntimeout = 1\n").unwrap();
}

fn store(home: &Home) -> Store {
    Store::open(&home.path("home/data/library.db")).unwrap()
}

fn named(list: &Value) -> Vec<String> {
    let path = |row: &Value| {
        let url = row["url"].as_str().unwrap();
        url.rsplit('/').next().unwrap().to_owned()
    };
    let mut names: Vec<String> = list.as_array().unwrap().iter().map(path).collect();
    names.sort();
    names
}

#[test]
fn everything_of_an_episode_comes_along_and_what_does_not_is_named() {
    let (home, server) = (Home::new(), Server::start());
    impatient(&home);
    home.json(&["add", &publish(&server)]);
    let download = || home.run(&["download", "fog", "--with-articles", "--json"]);
    let ran = download();
    assert_eq!(ran.code, 0, "{}", ran.err);
    let row = ran.json()["downloads"][0].clone();
    assert_eq!((&row["status"], &row["error"]), (&json!("done"), &Value::Null));
    for thing in ["transcript", "chapters", "cover"] {
        assert_eq!(row[thing], json!({ "status": "kept", "error": null }), "{thing}");
    }
    let articles = &row["articles"];
    assert_eq!(articles["kept"], 1, "one page is one page, however it is linked: {articles}");
    let bad = ["check", "deleted", "huge", "lost", "round", "slow"];
    assert_eq!(named(&articles["failed"]), bad);
    assert_eq!(named(&articles["skipped"]), ["id1", "mailto:keeper@tide.example", "sound"]);
    assert_eq!(row["pictures"], json!({ "kept": 1, "failed": 1 }));
    assert_eq!(row["complete"], false, "a server that is slow may answer tomorrow");
    let told = ran.err.lines().filter(|line| line.contains("keeping http")).count();
    assert_eq!(told, bad.len(), "{}", ran.err);

    server.put("/slow", essay("慢文", ""));
    let again = download().json()["downloads"][0].clone();
    assert_eq!((&again["status"], &again["articles"]["kept"]), (&json!("already"), &json!(2)));
    assert_eq!(again["complete"], true, "what is left can never be had");
    let asked = |path: &str| server.hits(path).len();
    assert_eq!((asked("/log"), asked("/a.png"), asked("/1.wav")), (1, 1, 1), "once is enough");
    assert_eq!((asked("/check"), asked("/deleted")), (1, 1), "who refuses has a day to rest");
    assert_eq!((asked("/lost"), asked("/none.png")), (2, 2), "the rest is tried again");
    let checks = home.json(&["doctor"])["checks"].clone();
    let offline = checks.as_array().unwrap().iter().find(|check| check["name"] == "offline");
    let detail = offline.unwrap()["detail"].as_str().unwrap();
    assert!(detail.starts_with("1 complete episodes; 1 recordings"), "{detail}");
    assert!(detail.contains("2 articles") && detail.contains("2 pictures"), "{detail}");
}

#[test]
fn what_came_along_opens_without_a_server() {
    let (home, mut server) = (Home::new(), Server::start());
    impatient(&home);
    home.json(&["add", &publish(&server)]);
    home.run(&["download", "fog", "--with-articles", "--json"]);
    server.stop();
    let page = server.url("/log");
    let read = home.json(&["read", &page]);
    assert_eq!((&read["title"], &read["offline"]), (&json!("守塔日志"), &Value::Null));
    assert!(read["fetched"].as_str().unwrap().ends_with('Z'));
    assert_eq!(home.json(&["transcript", "fog"])["cues"][0]["text"], "今晚有雾");
    assert_eq!(home.json(&["chapters", "fog"])["source"], "json");
    let hits = home.json(&["search", "风向"])["hits"].clone();
    assert_eq!(hits[0]["kind"], "articles");
    let played = home.run(&["play", "fog", "--json"]);
    assert_eq!(played.code, 0, "{}", played.err);
    // Older than a day, it is asked about; nobody answers, and it says so.
    store(&home).article_unchanged(&page, now() - 3 * DAY).unwrap();
    let ran = home.run(&["read", &page, "--json"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("copy kept from before (3 days ago), because"), "{}", ran.err);
    assert!(ran.json()["offline"].as_str().unwrap().contains("refused the connection"));
}

#[test]
fn a_copy_is_revalidated_renewed_and_never_given_up_for_something_worse() {
    let (home, server) = (Home::new(), Server::start());
    let page = server.url("/log");
    server.put("/log", essay("旧题", ""));
    let read = || home.run(&["read", &page, "--json"]);
    let age = || store(&home).article_unchanged(&page, now() - 2 * DAY).unwrap();
    assert_eq!(read().json()["title"], "旧题");
    age();
    let same = read().json();
    let hits = server.hits("/log");
    assert_eq!((hits.len(), hits[1].status), (2, 304), "{hits:?}");
    assert!(hits[1].header("if-none-match").is_some());
    assert_eq!((&same["title"], &same["offline"]), (&json!("旧题"), &Value::Null));
    assert_eq!(read().json(), same, "and counts as fetched now");
    assert_eq!(server.hits("/log").len(), 2);

    age();
    server.put("/log", essay("新题", "<p>补记一行</p>"));
    assert_eq!(read().json()["title"], "新题");
    for (worse, why) in [
        (html("<title>Just a moment...</title><p>Verify you are human"), "check for robots"),
        (html("<div class=weui-msg><p>该内容已被发布者删除</p></div>"), "was deleted"),
        (html("<title>登录</title><article><p>请登录后继续阅读全文。</p></article>"), "a third"),
    ] {
        age();
        server.put("/log", worse);
        let ran = read();
        let kept = ran.json();
        assert_eq!((ran.code, &kept["title"]), (0, &json!("新题")));
        assert!(kept["offline"].as_str().unwrap().contains(why), "{kept}");
    }
    age();
    server.remove("/log");
    assert!(read().json()["offline"].as_str().unwrap().contains("404"));
}

/// Spoils a copy behind the library's back.
fn spoil(home: &Home, sql: &str) {
    let path = home.path("home/data/library.db");
    let changed = rusqlite::Connection::open(path).unwrap().execute(sql, []).unwrap();
    assert_eq!(changed, 1);
}

#[test]
fn a_damaged_copy_is_read_anew_from_its_page_or_fetched_again() {
    let (home, mut server) = (Home::new(), Server::start());
    let page = server.url("/log");
    server.put("/log", essay("守塔日志", ""));
    let whole = home.json(&["read", &page]);
    spoil(&home, "UPDATE article_bodies SET tree = x'00ff'");
    assert_eq!(home.json(&["read", &page]), whole);
    assert_eq!(server.hits("/log").len(), 1, "its own bytes are enough");
    spoil(&home, "UPDATE article_bodies SET tree = x'00ff', raw = x'00ff'");
    assert_eq!(home.json(&["read", &page])["text"], whole["text"]);
    assert_eq!(server.hits("/log").len(), 2);
    spoil(&home, "UPDATE articles SET facts = '{torn'");
    assert_eq!(home.json(&["read", &page])["text"], whole["text"]);
    spoil(&home, "UPDATE article_bodies SET tree = x'00ff', raw = x'00ff'");
    server.stop();
    home.run(&["read", &page]).fails(1, "refused the connection");
}

#[test]
fn a_better_reading_is_made_of_the_page_that_is_here() {
    let (home, server) = (Home::new(), Server::start());
    let page = server.url("/log");
    server.put("/log", essay("守塔日志", ""));
    let whole = home.json(&["read", &page]);
    // As an older program has read it: with half of its text.
    let store = store(&home);
    let mut old = store.article(&page).unwrap().unwrap();
    let mut tree: Value = serde_json::from_slice(&old.tree).unwrap();
    tree["blocks"].as_array_mut().unwrap().truncate(13);
    old.tree = tree.to_string().into_bytes();
    old.stamp.reader = 0;
    store.put_article(&page, &old, "", None, now()).unwrap();
    drop(store);
    assert_eq!(home.json(&["read", &page])["text"], whole["text"]);
    assert_eq!(server.hits("/log").len(), 1, "without the network");
}

#[test]
fn one_copy_is_found_at_all_addresses_of_its_page() {
    let (home, mut server) = (Home::new(), Server::start());
    server.put("/log/amp", essay("守塔日志", ""));
    home.json(&["read", &server.url("/log/amp")]);
    server.stop();
    let shared = server.url("/log/?utm_source=b&fbclid=1#top");
    for address in ["/log", "/log/", "/log?amp=1", "/log/index.html"].map(|path| server.url(path)) {
        assert_eq!(home.json(&["read", &address])["title"], "守塔日志", "{address}");
    }
    assert_eq!(home.json(&["read", &shared])["title"], "守塔日志");
    home.run(&["read", &server.url("/log?id=2")]).fails(1, "refused the connection");
}

#[test]
fn what_a_page_says_to_be_opens_it_only_for_want_of_a_network_and_only_on_its_own_site() {
    let (home, mut server) = (Home::new(), Server::start());
    let claims = |href: &str| format!("<link rel=canonical href='{href}'>");
    let head = |title: &str, href: &str| {
        let page = essay(title, "");
        let body = String::from_utf8(page.bytes.to_vec()).unwrap();
        html(body.replace("<title>", &format!("{}<title>", claims(href))))
    };
    server.put("/p/7", head("守塔日志", "/tower-log"));
    server.put("/p/8", head("冒名", "/other"));
    server.put("/p/9", head("外人", "http://elsewhere.example/log"));
    server.put("/other", essay("真的", ""));
    for path in ["/p/7", "/p/8", "/p/9"] {
        home.json(&["read", &server.url(path)]);
    }
    let other = server.url("/other");
    assert_eq!(home.json(&["read", &other])["title"], "真的", "the network knows better");
    server.stop();
    assert_eq!(home.json(&["read", &other])["title"], "真的");
    let named = home.run(&["read", &server.url("/tower-log"), "--json"]).json();
    assert_eq!(named["title"], "守塔日志");
    assert!(named["offline"].as_str().unwrap().contains("refused the connection"));
    assert_ne!(home.run(&["read", "http://elsewhere.example/log"]).code, 0);
}
