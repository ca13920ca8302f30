//! While nothing plays and nobody presses a key the program sleeps: none of its threads wakes up.

#![allow(clippy::unwrap_used, reason = "what is not there fails its test")]
#![allow(clippy::print_stdout, reason = "who skips says so")]

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use support::home::{self, Home, Sound};
use support::pty::Terminal;

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 36);
const FIRST: &str = "1: 第一次登船";

/// How often each thread of the program has slept so far, and its name.
fn sleeps(terminal: &Terminal) -> Option<BTreeMap<String, u64>> {
    let mut all = BTreeMap::new();
    let tasks = format!("/proc/{}/task", terminal.pid().as_raw_nonzero());
    for task in std::fs::read_dir(tasks).ok()?.flatten() {
        let read = |name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
        let status = read("status");
        let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        let count = count.and_then(|count| count.trim().parse().ok()).unwrap_or(0);
        all.insert(format!("{} {}", read("comm").trim(), task.file_name().display()), count);
    }
    Some(all)
}

/// Waits until a second passes in which nothing happens at all.
#[track_caller]
fn comes_to_rest(terminal: &Terminal) {
    let until = Instant::now() + Duration::from_secs(40);
    let Some(mut before) = sleeps(terminal) else {
        println!("skipped: the system does not tell what threads do");
        return;
    };
    assert!(before.len() > 3, "the threads are not found: {before:?}");
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let now = sleeps(terminal).unwrap();
        if now == before {
            return;
        }
        assert!(Instant::now() < until, "still awake: {before:?} {now:?}");
        before = now;
    }
}

#[test]
fn an_idle_screen_sleeps_before_playing_and_in_a_pause() {
    let home = Home::new();
    let terminal = home.start(SIZE, &[], &Sound::Silent);
    terminal.wait_for_text(FIRST, SOON);
    comes_to_rest(&terminal);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::seconds(screen) >= Some(1), SOON);
    terminal.keys(" ");
    terminal.wait_for(|screen| home::player(screen).contains('‖'), SOON);
    comes_to_rest(&terminal);
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}

#[test]
fn play_sleeps_in_a_pause() {
    let home = Home::new();
    let first = home.start(SIZE, &[], &Sound::Silent);
    first.wait_for_text(FIRST, SOON);
    first.keys("q");
    assert!(first.exit_status(SOON).success());
    let terminal = home.start(SIZE, &["play", "1"], &Sound::Silent);
    terminal.wait_for_text("▶", SOON);
    terminal.keys(" ");
    terminal.wait_for_text("⏸", SOON);
    comes_to_rest(&terminal);
    terminal.keys(" ");
    terminal.wait_for_text("▶", SOON);
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}
