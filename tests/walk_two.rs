//! Two programs in one home: what one does the other shows.

#![allow(clippy::unwrap_used, reason = "what is not there fails its test")]
#![allow(clippy::print_stdout, reason = "what was measured is told")]

mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use support::home::{self, Home, Sound};

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 36);
const FIRST: &str = "1: 第一次登船";
const OPML: &str = "<opml version='2.0'><body><outline text='雾港来信' \
    xmlUrl='http://127.0.0.1:9/feed'/></body></opml>";

#[track_caller]
fn verb(home: &Home, args: &[&str]) {
    let ran = Command::new(env!("CARGO_BIN_EXE_latetalk"))
        .args(args)
        .envs(home.env(&Sound::Silent))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn what_a_verb_does_appears_on_the_screen_within_a_second() {
    let home = Home::new();
    let list = home.write("list.opml", OPML);
    let terminal = home.start(SIZE, &[], &Sound::Silent);
    terminal.wait_for_text(FIRST, SOON);
    verb(&home, &["import", &list]);
    let begun = Instant::now();
    terminal.wait_for_text("雾港来信", SOON);
    let took = begun.elapsed();
    println!("a subscription appeared after {} ms", took.as_millis());
    // The machine may be busy: what is measured is told, what is held is that it comes by itself.
    assert!(took < Duration::from_secs(5), "{took:?}");
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}

#[test]
fn two_screens_in_one_home_show_the_same() {
    let home = Home::new();
    let list = home.write("list.opml", OPML);
    let first = home.start(SIZE, &[], &Sound::Silent);
    first.wait_for_text(FIRST, SOON);
    let second = home.start(SIZE, &[], &Sound::Silent);
    second.wait_for_text(FIRST, SOON);
    first.keys("<enter>");
    first.wait_for(|screen| home::seconds(screen) >= Some(2), SOON);
    verb(&home, &["import", &list]);
    for terminal in [&first, &second] {
        terminal.wait_for_text("雾港来信", SOON);
    }
    for terminal in [&first, &second] {
        terminal.keys("q");
        assert!(terminal.exit_status(SOON).success());
    }
    verb(&home, &["doctor"]);
}
