//! Feeds that take more than one plain request: private ones, those in pages, lists with folders.

use serde_json::{Value, json};

use crate::home::Home;
use crate::loopback::{Heard, Server, Step, reply};
use crate::support::feed::{Episode, Show};
use crate::support::page::Page;
use crate::support::server::Server as Web;

const RSS: (&str, &str) = ("Content-Type", "application/rss+xml");

/// A feed with these episodes and, where there is one, a link to the next page.
fn feed(numbers: &[u32], next: Option<&str>) -> String {
    let items = numbers.iter().map(|n| {
        format!(
            "<item><title>第{n}夜</title><guid>night-{n}</guid>\
             <pubDate>{:02} Mar 2024 20:00:00 +0800</pubDate></item>",
            n % 28 + 1
        )
    });
    let next = next.map(|next| format!("<atom:link rel=\"next\" href=\"{next}\"/>"));
    format!(
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>\
         <title>守夜人</title>{}{}</channel></rss>",
        next.unwrap_or_default(),
        items.collect::<String>()
    )
}

/// Lets in who says `mei` and `潮水:#1`.
fn private(heard: &Heard) -> Vec<Step> {
    // base64 of "mei:潮水:#1"
    if heard.header("authorization") == Some("Basic bWVpOua9ruawtDojMQ==") {
        return reply(200, &[RSS], feed(&[2, 1], None).as_bytes());
    }
    reply(401, &[("WWW-Authenticate", "Basic realm=\"nights\"")], b"")
}

fn files_with(folder: &std::path::Path, secret: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, secret));
        } else if std::fs::read(&path)
            .unwrap()
            .windows(secret.len())
            .any(|window| window == secret.as_bytes())
        {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

#[test]
fn a_private_feed_says_what_it_wants_and_the_password_stays_in_one_file() {
    let (home, server) = (Home::new(), Server::start(private));
    let url = server.url("/feed");
    home.run(&["add", &url]).fails(1, "--user NAME");
    let ran =
        home.run_with_input(&["add", &url, "--user", "mei", "--json"], "潮水:#1\n".as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["added"][0]["url"], json!(url));
    assert_eq!(home.json(&["refresh"])["shows"][0]["status"], "updated");
    assert!(!home.run(&["export", "--opml"]).out.contains("潮水"));
    assert_eq!(files_with(&home.path("home"), "潮水:#1"), ["logins.json"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = std::fs::metadata(home.path("home/data/logins.json")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_password_in_an_address_is_moved_out_of_it() {
    let (home, server) = (Home::new(), Server::start(private));
    let url = server.url("/feed");
    let told = url.replace("http://", "http://mei:%E6%BD%AE%E6%B0%B4:%231@");
    let list = format!("<opml><body><outline text='夜' xmlUrl='{told}'/></body></opml>");
    home.json(&["import", &home.file("list.opml", list)]);
    let shows = home.json(&["shows"]);
    assert_eq!(shows["shows"][0]["url"], json!(url), "{shows}");
    assert_eq!(home.json(&["refresh"])["shows"][0]["new"], 2);
    let again = home.json(&["add", &told]);
    assert_eq!(
        (&again["added"][0]["existed"], &again["added"][0]["url"]),
        (&json!(true), &json!(url))
    );
    assert_eq!(files_with(&home.path("home"), "%E6%BD%AE"), Vec::<String>::new());
}

#[test]
fn a_password_goes_to_no_other_host_and_a_way_in_that_is_not_known_is_said() {
    let other = Server::start(|_| reply(200, &[RSS], feed(&[1], None).as_bytes()));
    // The same machine under another name is another host.
    let elsewhere = other.url("/feed").replace("127.0.0.1", "localhost");
    let server = Server::start(move |heard| match heard.path.as_str() {
        "/digest" => reply(401, &[("WWW-Authenticate", "Digest realm=\"x\", nonce=\"y\"")], b""),
        _ => reply(302, &[("Location", &elsewhere)], b""),
    });
    let home = Home::new();
    let add = |path: &str| {
        home.run_with_input(&["add", &server.url(path), "--user", "mei"], "潮水\n".as_bytes())
    };
    assert_eq!(add("/feed").code, 0);
    let heard = other.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].header("authorization"), None);
    assert!(server.heard()[0].header("authorization").is_some());
    add("/digest").fails(1, "only Basic");
}

#[test]
fn older_pages_come_when_they_are_asked_for_and_end() {
    let server = Server::start(|heard| {
        let page = match heard.path.as_str() {
            "/feed" => feed(&[9, 8, 7], Some("/feed?page=2")),
            "/feed?page=2" => feed(&[7, 6, 5], Some("/feed?page=3")),
            // Leads back to where it came from.
            _ => feed(&[4, 3], Some("/feed?page=2")),
        };
        reply(200, &[RSS], page.as_bytes())
    });
    let home = Home::new();
    home.json(&["add", &server.url("/feed")]);
    let count = || home.json(&["episodes"])["episodes"].as_array().unwrap().len();
    assert_eq!(count(), 3);
    home.json(&["refresh"]);
    assert_eq!(count(), 3, "a refresh does not walk on by itself");
    let report = home.json(&["refresh", "--all-pages", "守夜人"]);
    assert_eq!((&report["shows"][0]["new"], count()), (&json!(4), 7), "{report}");
    let asked = server.heard().len();
    home.json(&["refresh", "--all-pages", "守夜人"]);
    assert_eq!(server.heard().len(), asked + 1, "the pages are not asked for twice");
    assert_eq!(count(), 7);
    home.run(&["refresh", "--all-pages"]).fails(2, "SHOW");
}

#[test]
fn an_older_page_changes_nothing_that_is_known_and_may_not_lead_elsewhere() {
    let server = Server::start(|heard| {
        let page = match heard.path.as_str() {
            "/feed" => feed(&[9], Some("/feed?page=2")),
            _ => feed(&[9, 8], Some("http://10.0.0.1/feed")).replace("第9夜", "改了名字"),
        };
        reply(200, &[RSS], page.as_bytes())
    });
    let home = Home::new();
    home.json(&["add", &server.url("/feed")]);
    let ran = home.run(&["refresh", "--all-pages", "守夜人", "--json"]);
    ran.fails(1, "another host");
    let episodes = home.json(&["episodes"]);
    let titles: Vec<&Value> =
        episodes["episodes"].as_array().unwrap().iter().map(|row| &row["title"]).collect();
    assert_eq!(titles, ["第9夜", "第8夜"]);
}

#[test]
fn folders_of_a_list_become_tags_and_go_out_again() {
    let home = Home::new();
    let list = "<opml><body><outline text='科技'><outline text='AI'>\
        <outline text='A' xmlUrl='https://a.example/rss'/></outline></outline>\
        <outline text='早晨'><outline text='A' xmlUrl='https://a.example/rss'/>\
        <outline text='B' xmlUrl='https://b.example/rss'/></outline></body></opml>";
    home.json(&["import", &home.file("list.opml", list)]);
    let out = home.run(&["export", "--opml"]).out;
    let again = Home::new();
    assert_eq!(again.json(&["import", &again.file("out.opml", &out)])["shows"], 2);
    assert_eq!(again.run(&["export", "--opml"]).out, out);
    for folder in ["text=\"科技\"", "text=\"AI\"", "text=\"早晨\""] {
        assert!(out.contains(folder), "{folder}: {out}");
    }
}

#[test]
fn a_page_that_names_several_feeds_says_which_one_was_taken() {
    let (home, server) = (Home::new(), Web::start());
    Show::new("钟楼夜话").episode(Episode::new(1, "发条", 4)).publish(&server, "/clock");
    let page = "<link rel='alternate' type='application/rss+xml' href='/clock/feed.xml'>\
                <link rel='alternate' type='application/atom+xml' href='/comments.xml'>";
    server.put("/", Page::new("text/html", page));
    let added = home.json(&["add", &server.url("/")]);
    let steps = added["added"][0]["steps"].to_string();
    assert!(steps.contains("/clock/feed.xml") && steps.contains("/comments.xml"), "{steps}");
    let plain = home.json(&["add", &server.url("/clock/feed.xml")]);
    assert_eq!(plain["added"][0]["steps"], json!([]));
}
