//! The program is killed without a word while it plays: the place is found again.

#![allow(clippy::unwrap_used, reason = "what is not there fails its test")]

mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use support::home::{self, Home, Sound};
use support::pty::Terminal;

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 36);
const FIRST: &str = "1: 第一次登船";
/// So much may be lost, in seconds of the recording.
const LOST: u64 = 2;

/// At the highest speed more of the recording passes between two looks than ever else.
const CONFIG: &str = "[audio]\nspeed = 3.0\nrewind_after_pause = 0\n";

/// Where listening stands in the library, in ms.
fn kept(home: &Home) -> u64 {
    let listed = Command::new(env!("CARGO_BIN_EXE_latetalk"))
        .args(["episodes", "--json"])
        .envs(home.env(&Sound::Silent))
        .output()
        .unwrap();
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let places = listed["episodes"].as_array().unwrap().iter();
    places.filter_map(|episode| episode["position_ms"].as_u64()).max().unwrap()
}

/// Waits until so many seconds stand on the screen, kills, and tells how many did.
fn killed_behind(terminal: &Terminal, seconds: impl Fn(&str) -> Option<u64>, least: u64) -> u64 {
    let screen = terminal.wait_for(|screen| seconds(screen) >= Some(least), SOON);
    terminal.signal(Signal::KILL);
    terminal.exit_status(SOON);
    // What the terminal still had in its buffer is on the screen now.
    seconds(&terminal.screen()).max(seconds(&screen)).unwrap_or_default()
}

#[track_caller]
fn assert_near(kept_ms: u64, seen: u64) {
    let (earliest, latest) = (seen.saturating_sub(LOST) * 1000, (seen + 2) * 1000);
    assert!((earliest..latest).contains(&kept_ms), "{kept_ms} ms are kept, {seen} s were seen");
}

#[test]
fn a_killed_screen_goes_on_where_it_was() {
    let home = Home::new();
    home.configure(CONFIG);
    for least in [11, 23] {
        let terminal = home.start(SIZE, &[], &Sound::Silent);
        terminal.wait_for_text(FIRST, SOON);
        terminal.keys("<enter>");
        let seen = killed_behind(&terminal, home::seconds, least);
        assert_near(kept(&home), seen);
    }
    // A pause is kept at once, and to the moment.
    let terminal = home.start(SIZE, &[], &Sound::Silent);
    terminal.wait_for_text(FIRST, SOON);
    terminal.keys("<enter>");
    let went = |screen: &str| home::seconds(screen) >= Some(26);
    terminal.wait_for(went, SOON);
    terminal.keys(" ");
    let screen = terminal.wait_for(|screen| home::player(screen).contains('‖'), SOON);
    let seen = home::seconds(&screen).unwrap();
    let until = Instant::now() + SOON;
    while kept(&home) / 1000 < seen {
        assert!(Instant::now() < until, "the pause at {seen} s is not kept");
    }
    terminal.signal(Signal::KILL);
    assert!(kept(&home) / 1000 - seen <= 1);
}

/// The place as `play` shows it.
fn shown(screen: &str) -> Option<u64> {
    let (before, _) = screen.rsplit('\n').find(|line| line.contains(" / "))?.split_once(" / ")?;
    let clock = before.rsplit(' ').next()?;
    clock.split(':').try_fold(0, |all, part| Some(all * 60 + part.parse::<u64>().ok()?))
}

#[test]
fn a_killed_play_goes_on_where_it_was() {
    let home = Home::new();
    home.configure(CONFIG);
    let first = home.start(SIZE, &[], &Sound::Silent);
    first.wait_for_text(FIRST, SOON);
    first.keys("q");
    assert!(first.exit_status(SOON).success());
    for least in [11, 23] {
        let terminal = home.start(SIZE, &["play", "1"], &Sound::Silent);
        let seen = killed_behind(&terminal, shown, least);
        assert_near(kept(&home), seen);
    }
}
