//! Reading along with the sound, and keeping pages for later, with keys alone: also after the web has gone.
#![cfg(test)]

mod support;

use std::time::Duration;

use support::home::{self, Home, Sound};
use support::page::Page;
use support::pty::Terminal;
use support::server::Server;

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 36);
const FIRST_TITLE: &str = "1: 第一次登船";
const KEPT_TITLE: &str = "擒纵轮的故事";
const WORDS: &str = "擒纵轮每走一齿，钟就响一声";

#[test]
fn pages_are_read_along_turned_kept_and_found_again_without_the_web() {
    let mut server = Server::start();
    let paragraphs = format!("<p>{}</p>", format!("{WORDS}。").repeat(6)).repeat(20);
    let page = format!(
        "<html><head><title>{KEPT_TITLE}</title></head><body><article>\
        <h1>{KEPT_TITLE}</h1>{paragraphs}</article></body></html>"
    );
    server.put("/essay.html", Page::new("text/html; charset=utf-8", page));
    let home = Home::new();

    let terminal = home.start(SIZE, &[], &Sound::Silent);
    terminal.wait_for_text(FIRST_TITLE, SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains(FIRST_TITLE), SOON);
    reads_along(&terminal);
    turns_pages(&terminal);
    keeps_the_page_in_front(&terminal);
    keeps_a_typed_address(&terminal, &server.url("/essay.html"));
    leave(&terminal);

    server.stop();
    let again = home.start(SIZE, &[], &Sound::Silent);
    again.wait_for_text(FIRST_TITLE, SOON);
    again.wait_for_text("阅读清单", SOON);
    reads_what_was_kept(&again);
    finds_it_by_its_words(&again);
    leave(&again);
}

/// The chapter about links says that it has two, and one key opens them while the sound goes on.
fn reads_along(terminal: &Terminal) {
    terminal.keys("c5<enter>");
    terminal.wait_for(|screen| home::player(screen).contains("❐ 2 篇可读 J"), SOON);
    terminal.keys("J");
    terminal.wait_for(|screen| front(screen).contains("读：链接、文章与离线"), SOON);
    terminal.wait_for(|screen| home::player(screen).contains("❐ 1 篇可读 J"), SOON);
    assert!(home::player(&terminal.screen()).contains('▶'), "{}", terminal.screen());
    terminal.keys("<space>J");
    terminal.wait_for(|screen| front(screen).contains("听：常用按键"), SOON);
    terminal.wait_for(|screen| !home::player(screen).contains("篇可读"), SOON);
}

fn turns_pages(terminal: &Terminal) {
    terminal.keys(";");
    terminal.wait_for(|screen| front(screen).contains("留：摘录"), SOON);
    assert!(home::status(&terminal.screen()).contains("3/"), "{}", terminal.screen());
    terminal.keys(",,");
    terminal.wait_for(|screen| front(screen).contains("读：链接、文章与离线"), SOON);
}

fn keeps_the_page_in_front(terminal: &Terminal) {
    terminal.keys("I");
    terminal.wait_for(|screen| home::status(screen).contains("已留着以后读"), SOON);
    terminal.keys("U");
    terminal.wait_for(|screen| screen.contains("1 未读 / 1"), SOON);
}

/// It is fetched in the background: how long it takes to read is known only then.
fn keeps_a_typed_address(terminal: &Terminal, address: &str) {
    terminal.keys("I");
    terminal.wait_for(|screen| home::status(screen).contains("留着以后读（网址）"), SOON);
    terminal.keys(&format!("{address}<enter>"));
    let listed = terminal.wait_for(|screen| screen.contains("2 未读 / 2"), SOON);
    assert!(listed.contains("127.0.0.1"), "{listed}");
    terminal.wait_for(|screen| screen.contains(KEPT_TITLE) && !screen.contains("等着取"), SOON);
    escape(terminal, "未读 / 2");
}

fn reads_what_was_kept(terminal: &Terminal) {
    terminal.keys("U");
    terminal.wait_for(|screen| screen.contains("2 未读 / 2"), SOON);
    terminal.keys("/擒纵<enter>");
    terminal.wait_for(|screen| screen.contains("1 / 2"), SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| front(screen).contains(WORDS), SOON);
    // To its end and away: it was read.
    terminal.keys("Gb");
    terminal.wait_for(|screen| !front(screen).contains(WORDS), SOON);
    terminal.keys("U");
    terminal.wait_for(|screen| screen.contains("1 未读 / 2"), SOON);
    terminal.keys("x");
    terminal.wait_for(|screen| screen.contains("1 未读 / 1"), SOON);
    terminal.keys("I");
    terminal.wait_for(|screen| screen.contains("1 未读 / 2"), SOON);
    escape(terminal, "未读 / 2");
}

fn finds_it_by_its_words(terminal: &Terminal) {
    terminal.keys("F");
    terminal.wait_for_text("搜索全部", SOON);
    terminal.keys("每走一齿");
    terminal.wait_for(|screen| screen.contains(KEPT_TITLE), SOON);
    escape(terminal, "搜索全部");
}

/// Closes what is in front. A key that came together with Esc would be that key with Alt.
fn escape(terminal: &Terminal, gone: &str) {
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !screen.contains(gone), SOON);
}

/// The right half of the screen: the page beside the notes.
fn front(screen: &str) -> String {
    let right = |line: &str| line.rsplit('│').next().unwrap_or_default().to_owned();
    let body = screen.lines().count().saturating_sub(3);
    screen.lines().take(body).map(right).collect::<Vec<_>>().join("\n")
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}
