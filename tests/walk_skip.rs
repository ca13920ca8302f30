//! A chapter that is always skipped: chosen in the list, never heard again, in this start or the next,
//! unless one jumps into it. What is heard is measured at the sound device.

mod support;

use std::time::Duration;

use support::capture::Capture;
use support::home::{self, Home, Sound};
use support::pty::Terminal;
use support::tone;

const SOON: Duration = Duration::from_secs(25);
const SIZE: (u16, u16) = (120, 36);

/// The horns that open the chapters of the first episode, in Hz.
const HORNS: &[u32] = tone::WELCOME[0];

#[test]
fn a_skipped_chapter_is_not_heard_until_it_is_asked_for() {
    let home = Home::new();
    let ears = Capture::start();
    let terminal = home.start(SIZE, &[], &Sound::Heard(&ears));
    terminal.wait_for_text("1: 第一次登船", SOON);
    let from = ears.now();
    terminal.keys("<enter>");
    assert_eq!(ears.wait_for_tone(from, HORNS, SOON).1, HORNS[0]);

    // The second chapter is skipped from now on; the list says so by a sign.
    terminal.keys("c");
    terminal.wait_for_text("章节 · 笔记时间线", SOON);
    terminal.keys("2x");
    // What is said of it may be covered at once by news of the network.
    terminal.wait_for(|screen| screen.contains("⤼ 2"), SOON);
    terminal.keys("c");

    // At twice the speed it comes soon.
    let from = ears.now();
    terminal.keys(&"+".repeat(20));
    let heard = passes_into_the_third(&terminal, &ears, from);
    println!("heard on the way: {heard:?} Hz");
    assert!(!heard.contains(&HORNS[1]), "the skipped chapter was heard: {heard:?} Hz");
    leave(&terminal);

    // It is remembered, and who jumps into it hears it.
    let again = home.start(SIZE, &[], &Sound::Heard(&ears));
    again.wait_for_text("1: 第一次登船", SOON);
    again.keys("<tab>");
    again.wait_for(|screen| screen.lines().any(|line| line.contains("⤼   00:14")), SOON);
    let from = ears.now();
    again.keys("c");
    again.wait_for_text("章节 · 笔记时间线", SOON);
    again.keys("2<enter>");
    assert_eq!(ears.wait_for_tone(from, HORNS, SOON).1, HORNS[1]);
    leave(&again);
}

/// Plays on into the third chapter; the horns that were heard.
fn passes_into_the_third(terminal: &Terminal, ears: &Capture, from: usize) -> Vec<u32> {
    terminal.wait_for(|screen| home::player(screen).contains("3/7"), SOON);
    let status = terminal.wait_for(|screen| home::status(screen).contains("已跳过"), SOON);
    assert!(home::status(&status).contains("走动"), "{}", home::status(&status));
    let (at, hz) = ears.wait_for_tone(from, &HORNS[2..], SOON);
    assert_eq!(hz, HORNS[2]);
    let rate = support::capture::RATE;
    let window = rate as usize / 10;
    let before: Vec<f32> = ears.since(from).into_iter().take(at - from + window).collect();
    let windows = before.chunks_exact(window);
    let mut heard: Vec<u32> = windows.filter_map(|w| tone::which_tone(w, rate, HORNS)).collect();
    heard.dedup();
    heard
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}
