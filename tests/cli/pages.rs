//! Pages of the web that take more than one request, or offer more than their text.

use serde_json::json;

use crate::home::Home;
use crate::support::page::Page;
use crate::support::server::Server;

fn page(title: &str, body: &str, link: &str) -> Page {
    let text = format!("{body}，电池的价格在十年里降了九成，没有人在一开始想到会这样快。");
    let paragraphs = format!("<p>{text}</p>").repeat(5);
    let html = format!(
        "<html lang=zh><head><title>{title}</title>{link}</head><body><article><h1>{title}</h1>\
         {paragraphs}</article></body></html>"
    );
    Page::new("text/html; charset=utf-8", html)
}

#[test]
fn an_article_in_three_pages_is_read_as_one() {
    let (home, server) = (Home::new(), Server::start());
    server.put("/a/7.html", page("十年", "第一页", "<link rel=next href=7_2.html>"));
    server.put("/a/7_2.html", page("十年", "第二页", "<link rel=next href=7_3.html>"));
    server.put("/a/7_3.html", page("十年", "第三页", "<link rel=next href=7_4.html>"));
    // A site that answers a page that does not exist with the first one.
    server.put("/a/7_4.html", page("十年", "第一页", "<link rel=next href=7_5.html>"));
    let read = home.json(&["read", &server.url("/a/7.html")]);
    let text = read["text"].as_str().unwrap();
    let places: Vec<_> = ["第一页", "第二页", "第三页"].map(|page| text.find(page)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
    assert_eq!(text.matches("第一页").count(), 5, "{text}");
    assert!(!text.contains("十年\n"), "the title stands above: {text}");
    assert!(read["html"].as_str().unwrap().contains("第三页"));
    assert!(server.hits("/a/7_5.html").is_empty());
}

#[test]
fn a_page_that_does_not_come_leaves_a_link_to_it() {
    let (home, server) = (Home::new(), Server::start());
    server.put("/b.html", page("十年", "第一页", "<link rel=next href=b_2.html>"));
    let read = home.json(&["read", &server.url("/b.html")]);
    let links = read["links"].as_array().unwrap();
    assert!(links.iter().any(|link| link["url"] == json!(server.url("/b_2.html"))), "{links:?}");
}

#[test]
fn a_page_of_an_episode_tells_its_feed_and_its_recording() {
    let (home, server) = (Home::new(), Server::start());
    let head = "<link rel=alternate type=application/rss+xml href=/feed>\
                <meta property=og:audio content=/1.mp3><meta property=og:image content=/c.jpg>";
    server.put("/e", page("第一集", "本期", head));
    let read = home.json(&["read", &server.url("/e")]);
    let feed = json!({ "kind": "feed", "url": server.url("/feed") });
    let recording = json!({ "kind": "recording", "url": server.url("/1.mp3") });
    assert_eq!(read["offers"], json!([feed, recording]));
    assert_eq!(read["lead_image"], json!(server.url("/c.jpg")));
}
