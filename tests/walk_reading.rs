//! Reading beside the notes, in the real program: a page that does not come is given up, one that
//! failed says what helps, one that is read keeps its place, and what is worth keeping goes to a file.
#![cfg(test)]

mod support;

use std::fs;
use std::time::Duration;

use support::feed::{Episode, Show};
use support::home::{self, Home, Sound};
use support::page::Page;
use support::pty::Terminal;
use support::reading::choose_link;
use support::server::Server;

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 30);

const READ: &str = "/essays/bells.html";
const HANGS: &str = "/essays/hangs.html";
const GONE: &str = "/essays/gone.html";
const HEADINGS: [&str; 4] = ["铸钟", "挂钟", "听钟", "修钟"];

#[test]
fn pages_are_read_given_up_and_kept() {
    let server = Server::start();
    let home = Home::new();
    let terminal = home.start(SIZE, &[], &Sound::Silent);
    subscribes(&terminal, &publish(&server));

    gives_up_what_does_not_come(&terminal);
    is_told_what_helps(&terminal, &server);
    reads_by_headings(&terminal);
    finds_words(&terminal);
    saves_the_page(&terminal, &home);
    asks_anew_and_stays(&terminal, &server);
    let place = place(&terminal);
    leave(&terminal);

    // The place outlives the program, and another width.
    let again = home.start((90, 30), &[], &Sound::Silent);
    again.wait_for_text("钟楼夜谈", SOON);
    again.keys("/");
    again.wait_for(|screen| home::status(screen).contains("筛选"), SOON);
    again.keys("长针<enter>");
    again.wait_for_text("一篇关于钟的旧文", SOON);
    choose_link(&again, READ, SOON);
    again.keys("<enter>");
    let screen = again.wait_for_text(&place, SOON);
    assert!(screen.contains("笔记 │▌文章"), "the two texts share the room:\n{screen}");
    again.keys("<tab>");
    again.wait_for_text("▌笔记 │ 文章", SOON);
    leave(&again);
}

fn publish(server: &Server) -> String {
    let episode = Episode::new(1, "新钟与长针", 20)
        .chapter(0, "开场")
        .link("一篇不来的", &server.url(HANGS))
        .link("一篇没有了的", &server.url(GONE))
        .link("一篇关于钟的旧文", &server.url(READ));
    let feed = Show::new("钟楼夜谈").episode(episode).publish(server, "/show");
    server.put(READ, Page::new("text/html; charset=utf-8", essay("第一版")));
    let mut hangs = Page::new("text/html", "");
    hangs.hangs = true;
    server.put(HANGS, hangs);
    feed
}

/// A page with headings and enough text to scroll; every paragraph is another one.
fn essay(edition: &str) -> String {
    let passage = |heading: &str, n| {
        format!("<p>{heading}第 {n} 段：钟匠的手艺在看不见的地方，难的是让它每天走得一样。</p>")
    };
    let section = |heading: &&str| {
        let passages = (1..=12).map(|n| passage(heading, n)).collect::<String>();
        format!("<h2>{heading}</h2>{passages}")
    };
    let text = HEADINGS.iter().map(section).collect::<String>();
    format!(
        "<!doctype html><html lang=\"zh\"><head><meta charset=\"utf-8\"><title>钟</title>\
         <meta property=\"og:site_name\" content=\"钟楼报\"></head><body><article><h1>钟</h1>\
         <p>{edition}，编者按在此，说明这些文字从何而来。</p>{text}</article></body></html>"
    )
}

fn subscribes(terminal: &Terminal, feed: &str) {
    terminal.wait_for_text("末班渡轮", SOON);
    terminal.keys("A");
    terminal.wait_for(|screen| home::status(screen).contains("订阅"), SOON);
    terminal.keys(&format!("{feed}<enter>"));
    terminal.wait_for_text("一篇关于钟的旧文", SOON);
}

fn gives_up_what_does_not_come(terminal: &Terminal) {
    choose_link(terminal, HANGS, SOON);
    terminal.keys("<enter>");
    // Its name and a way out at once; the seconds count.
    let screen = terminal.wait_for_text("1 s  正在打开", SOON);
    assert!(screen.contains("一篇不来的") && screen.contains("Esc 取消"), "{screen}");
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !screen.contains("正在打开"), SOON);
}

fn is_told_what_helps(terminal: &Terminal, server: &Server) {
    choose_link(terminal, GONE, SOON);
    terminal.keys("<enter>");
    let screen = terminal.wait_for_text("✕ 这个地址没有网页", SOON);
    for way in ["r  再试一次", "o  在浏览器中打开", "b  返回"] {
        assert!(screen.contains(way), "{way}:\n{screen}");
    }
    assert!(screen.contains("404"), "{screen}");
    // It comes back, and one key is enough.
    server.put(GONE, Page::new("text/html; charset=utf-8", essay("回来了")));
    terminal.keys("r");
    terminal.wait_for_text("回来了，编者按", SOON);
    terminal.keys("b");
    terminal.wait_for(|screen| !screen.contains("回来了，编者按"), SOON);
}

fn reads_by_headings(terminal: &Terminal) {
    choose_link(terminal, READ, SOON);
    terminal.keys("<enter>");
    terminal.wait_for_text("第一版，编者按", SOON);
    terminal.keys("u");
    let screen = terminal.wait_for_text("去那里", SOON);
    assert!(HEADINGS.iter().all(|heading| screen.contains(heading)), "{screen}");
    terminal.keys("/听<enter>");
    terminal.wait_for_text("听钟第 3 段", SOON);
}

fn finds_words(terminal: &Terminal) {
    terminal.keys("/");
    terminal.wait_for(|screen| home::status(screen).contains("查找"), SOON);
    terminal.keys("听钟第 1");
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::status(screen).contains("「听钟第 1」 1/4"), SOON);
    terminal.keys("n");
    terminal.wait_for(|screen| home::status(screen).contains("2/4"), SOON);
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !home::status(screen).contains("2/4"), SOON);
}

fn saves_the_page(terminal: &Terminal, home: &Home) {
    terminal.keys("W");
    terminal.wait_for(|screen| home::status(screen).contains("钟.md"), SOON);
    let text = fs::read_to_string(home.path("data/articles/钟.md")).expect("the file");
    assert!(text.starts_with("---\ntitle: \"钟\"\nsource: http://127.0.0.1"), "{text}");
    assert!(text.contains("\n## 听钟\n") && text.contains("修钟第 12 段"), "{text}");
    assert_eq!(text.matches("# 钟\n").count(), 1, "{text}");
    // Another file of that name stays what it is.
    fs::write(home.path("data/articles/钟.md"), "mine").expect("a file");
    terminal.keys("W");
    terminal.wait_for(|screen| home::status(screen).contains("钟 2.md"), SOON);
    let mine = fs::read_to_string(home.path("data/articles/钟.md")).expect("the file");
    assert_eq!(mine, "mine");
}

fn asks_anew_and_stays(terminal: &Terminal, server: &Server) {
    let before = place(terminal);
    let newer =
        essay("第二版").replace("<h2>铸钟</h2>", "<p>新加的一段，放在最前面。</p><h2>铸钟</h2>");
    server.put(READ, Page::new("text/html; charset=utf-8", newer));
    terminal.keys("r");
    terminal.wait_for(|screen| home::status(screen).contains("已更新"), SOON);
    assert_eq!(place(terminal), before);
    terminal.keys("g");
    terminal.wait_for_text("第二版，编者按", SOON);
    terminal.keys("u");
    terminal.wait_for_text("去那里", SOON);
    terminal.keys("/听<enter>");
    terminal.wait_for_text("听钟第 3 段", SOON);
}

/// The first words at the top of the article.
fn place(terminal: &Terminal) -> String {
    let screen = terminal.screen();
    let lines = screen.lines().skip(1).filter_map(|line| line.rsplit('│').next());
    let words = lines.map(|line| line.trim().chars().take(7).collect::<String>());
    words.into_iter().find(|words| words.contains("第 ")).unwrap_or_default()
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
    assert!(terminal.is_cooked());
}
