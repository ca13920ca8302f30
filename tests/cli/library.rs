//! Shows and episodes: add, list, refresh, remove, and what names mean.

use std::time::Duration;

use serde_json::{Value, json};

use crate::home::Home;
use crate::support::feed::{Episode, Show};
use crate::support::page::Page;
use crate::support::server::Server;

fn titles(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect()
}

fn clock_show() -> Show {
    Show::new("钟楼夜话")
        .episode(Episode::new(1, "发条", 4).chapter(0, "上弦").chapter(2, "走时"))
        .episode(Episode::new(2, "摆轮", 4).link("摆的历史", "https://pendulum.example/"))
        .episode(Episode::new(3, "发条与摆轮", 4))
}

#[test]
fn a_feed_becomes_a_show_with_its_episodes_newest_first() {
    let (home, server) = (Home::new(), Server::start());
    let url = clock_show().publish(&server, "/clock");
    let added = home.json(&["add", &url]);
    assert_eq!(added["added"][0]["title"], "钟楼夜话");
    assert_eq!(added["added"][0]["url"], json!(url));
    assert_eq!(added["added"][0]["episodes"], 3);
    assert_eq!(added["failed"], json!([]));
    let id = added["added"][0]["id"].as_str().expect("ids are strings").to_owned();

    let shows = home.json(&["shows"]);
    let show = &shows["shows"][0];
    assert_eq!((show["id"].as_str(), show["episodes"].as_u64()), (Some(id.as_str()), Some(3)));
    assert_eq!((&show["unplayed"], &show["error"]), (&json!(3), &Value::Null));
    assert_eq!(show["author"], "钟楼工作室");

    let episodes = home.json(&["episodes", "--show", "钟楼"]);
    assert_eq!(titles(&episodes["episodes"]), ["3: 发条与摆轮", "2: 摆轮", "1: 发条"]);
    let first = &episodes["episodes"][2];
    assert_eq!(first["show"], json!(id));
    assert_eq!(first["guid"], "clock-1");
    assert_eq!(first["published"], "2025-01-01T23:00:00Z");
    assert_eq!((&first["duration_ms"], &first["position_ms"]), (&json!(4000), &json!(0)));
    assert_eq!((&first["played"], &first["downloaded"]), (&json!(false), &json!(false)));
    assert_eq!(first["enclosure"]["type"], "audio/x-wav");
    assert_eq!(first["link"], Value::Null);
    assert_eq!(titles(&home.json(&["episodes", "--limit", "1"])["episodes"]), ["3: 发条与摆轮"]);
    assert_eq!(home.json(&["episodes", "--downloaded"]), json!({ "episodes": [] }));
    assert_eq!(home.json(&["episodes", "--unplayed"])["episodes"].as_array().unwrap().len(), 3);
}

#[test]
fn of_several_sources_some_may_fail() {
    let (home, server) = (Home::new(), Server::start());
    let url = clock_show().publish(&server, "/clock");
    let missing = server.url("/nothing.xml");
    let ran = home.run(&["add", &missing, &url, "--json"]);
    ran.fails(1, "404");
    let report = ran.json();
    assert_eq!(report["added"].as_array().unwrap().len(), 1);
    assert_eq!(report["failed"][0]["source"], json!(missing));
    assert!(report["failed"][0]["error"].as_str().unwrap().contains("404"));
    // Once more changes nothing.
    assert_eq!(home.json(&["add", &url])["added"][0]["existed"], true);
    assert_eq!(home.json(&["shows"])["shows"].as_array().unwrap().len(), 1);
}

#[test]
fn a_web_page_leads_to_its_feed_and_a_list_to_many() {
    let (home, server) = (Home::new(), Server::start());
    clock_show().publish(&server, "/clock");
    let page = "<html><head><link rel='alternate' type='application/rss+xml' \
                href='/clock/feed.xml'></head><body>钟楼</body></html>";
    server.put("/", Page::new("text/html", page));
    let added = home.json(&["add", &server.url("/")]);
    assert_eq!(added["added"][0]["url"], json!(server.url("/clock/feed.xml")));
    let opml = home.file(
        "list.opml",
        "<opml version='2.0'><body><outline text='A' xmlUrl='https://a.example/feed'/>\
         <outline text='B' xmlUrl='https://b.example/feed'/></body></opml>",
    );
    assert_eq!(titles(&home.json(&["add", &opml])["added"]), ["A", "B"]);
}

#[test]
fn refresh_asks_conditionally_and_tells_what_is_new() {
    let (home, server) = (Home::new(), Server::start());
    let url = clock_show().publish(&server, "/clock");
    home.json(&["add", &url]);
    let status = |report: &Value| report["shows"][0]["status"].as_str().unwrap().to_owned();
    let first = home.json(&["refresh"]);
    assert!(matches!(status(&first).as_str(), "updated" | "unchanged"), "{first}");
    let again = home.json(&["refresh", "钟楼夜话"]);
    assert_eq!(status(&again), "unchanged");
    assert!(again["elapsed_ms"].is_u64());
    assert_eq!(server.hits("/clock/feed.xml").last().unwrap().status, 304);
    clock_show().episode(Episode::new(4, "报时", 4)).publish(&server, "/clock");
    let report = home.json(&["refresh"]);
    assert_eq!((status(&report).as_str(), &report["shows"][0]["new"]), ("updated", &json!(1)));
    assert_eq!(report["shows"][0]["error"], Value::Null);
}

#[test]
fn one_show_that_fails_does_not_hold_up_the_others() {
    let (home, server) = (Home::new(), Server::start());
    let (good, bad) =
        (clock_show().publish(&server, "/good"), clock_show().publish(&server, "/bad"));
    home.json(&["add", &good, &bad]);
    server.remove("/bad/feed.xml");
    let ran = home.run(&["refresh", "--json"]);
    ran.fails(1, "404");
    let report = ran.json();
    let rows = report["shows"].as_array().unwrap();
    assert_eq!(rows[0]["url"], json!(good));
    assert_eq!(rows[1]["status"], "failed");
    assert!(rows[1]["error"].as_str().unwrap().contains("404"));
    assert!(home.json(&["shows"])["shows"][1]["error"].is_string());
    // A show that is not there is one that failed.
    let ran = home.run(&["refresh", "没有这个", &good, "--json"]);
    ran.fails(1, "没有这个");
    assert_eq!(ran.json()["shows"].as_array().unwrap().len(), 2);
}

#[test]
fn gone_and_come_back_later_hold_even_when_asked_for() {
    let (home, server) = (Home::new(), Server::start());
    let (gone, busy) =
        (clock_show().publish(&server, "/gone"), clock_show().publish(&server, "/busy"));
    home.json(&["add", &gone, &busy]);
    let mut page = Page::new("text/plain", "");
    page.status = Some(410);
    server.put("/gone/feed.xml", page);
    let mut page = Page::new("text/plain", "");
    page.status = Some(429);
    page.headers.push(("retry-after".into(), "3600".into()));
    server.put("/busy/feed.xml", page);
    let report = home.run(&["refresh", "--json"]).json();
    assert_eq!(report["shows"][0]["status"], "gone");
    assert_eq!(report["shows"][1]["status"], "failed");
    let asked = (server.hits("/gone/feed.xml").len(), server.hits("/busy/feed.xml").len());
    let again = home.run(&["refresh", "--json"]);
    assert_eq!(again.code, 1);
    assert_eq!(asked, (server.hits("/gone/feed.xml").len(), server.hits("/busy/feed.xml").len()));
}

#[test]
fn an_ambiguous_name_lists_what_it_may_mean() {
    let (home, server) = (Home::new(), Server::start());
    home.json(&["add", &clock_show().publish(&server, "/clock")]);
    let ran = home.run(&["notes", "条"]);
    ran.fails(1, "1: 发条");
    assert!(ran.err.contains("3: 发条与摆轮"), "{}", ran.err);
    let by = |name: &str| home.json(&["notes", name])["title"].clone();
    let id = home.json(&["episodes", "--limit", "1"])["episodes"][0]["id"].clone();
    assert_eq!(by(id.as_str().unwrap()), "3: 发条与摆轮");
    assert_eq!(by("clock-2"), "2: 摆轮");
    assert_eq!(by("钟楼#1"), "1: 发条");
    assert_eq!(by("2: 摆轮"), "2: 摆轮");
    home.json(&["add", &clock_show().publish(&server, "/twin")]);
    home.run(&["remove", "钟楼夜话"]).fails(1, "several shows");
    home.run(&["notes", "钟楼#1"]).fails(1, "several episodes");
}

#[test]
fn remove_keeps_what_the_user_made_and_purge_does_not() {
    let (home, server) = (Home::new(), Server::start());
    home.json(&["add", &clock_show().publish(&server, "/clock")]);
    home.json(&["snips", "add", "clock-1", "--from", "0", "--to", "0:02"]);
    let path = home.json(&["download", "clock-1"])["downloads"][0]["path"].clone();
    let removed = home.json(&["remove", "钟楼夜话"]);
    assert_eq!(removed["removed"][0]["title"], "钟楼夜话");
    assert_eq!(home.json(&["shows"]), json!({ "shows": [] }));
    assert_eq!(titles(&home.json(&["episodes"])["episodes"]), ["1: 发条"]);
    assert_eq!(home.json(&["snips"])["snips"].as_array().unwrap().len(), 1);
    assert!(std::path::Path::new(path.as_str().unwrap()).exists());
    home.run(&["remove", "钟楼夜话"]).fails(1, "not subscribed");
    home.json(&["remove", "钟楼夜话", "--purge"]);
    assert_eq!(home.json(&["snips"]), json!({ "snips": [] }));
    assert_eq!(home.json(&["episodes"]), json!({ "episodes": [] }));
    assert!(!std::path::Path::new(path.as_str().unwrap()).exists());
}

#[test]
fn shows_are_asked_many_at_once() {
    let (home, server) = (Home::new(), Server::start());
    let urls: Vec<String> =
        (0..4).map(|n| clock_show().publish(&server, &format!("/show{n}"))).collect();
    let args: Vec<&str> = std::iter::once("add").chain(urls.iter().map(String::as_str)).collect();
    home.json(&args);
    for n in 0..4 {
        let mut page = Page::new("text/plain", "never");
        page.hangs = true;
        server.put(&format!("/show{n}/feed.xml"), page);
    }
    let mut child = home.command(&["refresh"]).spawn().unwrap();
    for n in 0..4 {
        let asked = server.hits(&format!("/show{n}/feed.xml")).len();
        // No host is asked more than four at a time; here all are one host. The first answer never comes, so all of them are asked before any is done.
        server.wait_for_hits(&format!("/show{n}/feed.xml"), asked.max(2), Duration::from_secs(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
