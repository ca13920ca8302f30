//! A transcript beside the notes, with keys alone: it follows, is left, is caught up with, and what is
//! selected in it is kept.

mod support;

use std::time::Duration;

use support::home::{self, Home, Sound};
use support::pty::Terminal;

const SOON: Duration = Duration::from_secs(20);
const FIRST_TITLE: &str = "1: 第一次登船";
/// Said right at the beginning.
const OPENING: &str = "欢迎登上末班渡轮";

#[test]
fn a_transcript_is_followed_searched_selected_and_kept() {
    let home = Home::new();
    let terminal = home.start((100, 24), &[], &Sound::Silent);
    terminal.wait_for_text(FIRST_TITLE, SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains(FIRST_TITLE), SOON);
    terminal.keys("t");
    let opened = terminal.wait_for(is_following, SOON);
    assert!(opened.contains(OPENING) && opened.contains("苏晚舟"), "{opened}");
    follows(&terminal);
    detaches_and_attaches(&terminal);
    seeks_to_a_match(&terminal);
    copies_and_keeps(&terminal);
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}

/// Whether the heading of the transcript says that it follows; the notes' own may say so too.
fn is_following(screen: &str) -> bool {
    let heading = screen.lines().next().and_then(|line| line.split_once("文稿"));
    heading.is_some_and(|(_, facts)| facts.contains("↓ 跟随"))
}

/// The time at the left of the line that is marked as playing.
fn marked(screen: &str) -> Option<String> {
    let line = screen.lines().find(|line| line.contains("│ ▶ "))?;
    let (_, after) = line.rsplit_once('▶')?;
    Some(after.split_whitespace().next()?.to_owned())
}

fn follows(terminal: &Terminal) {
    terminal.wait_for(|screen| marked(screen).as_deref() == Some("00:01"), SOON);
    terminal.keys("l");
    terminal.wait_for(|screen| marked(screen).is_some_and(|time| time.as_str() > "00:14"), SOON);
}

fn detaches_and_attaches(terminal: &Terminal) {
    terminal.keys("G");
    terminal.wait_for(|screen| !is_following(screen) && !screen.contains(OPENING), SOON);
    terminal.keys(".");
    let back = terminal.wait_for(is_following, SOON);
    assert!(marked(&back).is_some(), "{back}");
}

fn seeks_to_a_match(terminal: &Terminal) {
    terminal.keys("g/轮机长<enter>");
    terminal.wait_for(|screen| home::status(screen).contains('处'), SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| marked(screen).as_deref() == Some("00:15"), SOON);
    terminal.keys("<space>");
    terminal.wait_for(|screen| home::player(screen).contains('‖'), SOON);
}

fn copies_and_keeps(terminal: &Terminal) {
    terminal.keys("gvj");
    terminal.wait_for_text("已选 2", SOON);
    terminal.keys("y");
    terminal.wait_for(|screen| home::status(screen).contains("已复制"), SOON);
    // As base64, as terminals take it: `苏晚舟: 欢迎登上末班` and more.
    let copied = terminal.clipboard().unwrap_or_default();
    let wanted = b"6IuP5pma6IifOiDmrKLov47nmbvkuIrmnKvnj63m";
    assert!(copied.starts_with(wanted), "{}", String::from_utf8_lossy(&copied));
    terminal.keys("gvjs");
    terminal.wait_for(|screen| home::status(screen).contains("已留下摘录 00:01 – 00:09"), SOON);
}
