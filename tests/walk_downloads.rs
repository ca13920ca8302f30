//! Downloads outlive a killed program, wait in offline mode, and are missed when somebody removes them.

#![allow(clippy::unwrap_used, reason = "what is not there fails its test")]

mod support;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use support::clock;
use support::feed::{Episode, Show};
use support::home::{self, Home, Sound};
use support::page::Page;
use support::pty::Terminal;
use support::server::Server;

const SOON: Duration = Duration::from_secs(30);
const SIZE: (u16, u16) = (120, 36);
const SOUND: &str = "/show/1.wav";

/// A show of one episode whose recording takes so many seconds to come.
fn publish(server: &Server, seconds: usize) -> (String, Vec<u8>) {
    let feed =
        Show::new("灯塔夜谈").episode(Episode::new(1, "雾与灯", 20)).publish(server, "/show");
    let sound: Vec<u8> = clock::wav(20);
    let mut page = Page::new("audio/x-wav", sound.clone());
    page.bytes_per_second = (seconds > 0).then(|| sound.len() / seconds.max(1));
    server.put(SOUND, page);
    (feed, sound)
}

fn subscribes(terminal: &Terminal, feed: &str) {
    terminal.wait_for_text("末班渡轮", SOON);
    terminal.keys("A");
    terminal.wait_for(|screen| home::status(screen).contains("订阅"), SOON);
    terminal.keys(&format!("{feed}<enter>"));
    terminal.wait_for_text("• 1: 雾与灯", SOON);
}

/// Goes to the episode in the list.
fn selects(terminal: &Terminal) {
    terminal.wait_for_text("灯塔夜谈", SOON);
    terminal.keys("/");
    terminal.wait_for(|screen| home::status(screen).contains("筛选"), SOON);
    terminal.keys("雾与<enter>");
    terminal.wait_for_text("1: 雾与灯", SOON);
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}

/// The file of the recording, by its name.
fn file(home: &Home) -> Option<PathBuf> {
    let entries = fs::read_dir(home.path("data/downloads/灯塔夜谈")).ok()?;
    let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.find(|path| path.metadata().is_ok_and(|facts| facts.len() > 0))
}

fn wait_for_file(home: &Home) -> PathBuf {
    let end = Instant::now() + SOON;
    loop {
        if let Some(path) = file(home) {
            return path;
        }
        assert!(Instant::now() < end, "the recording did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_killed_download_goes_on_by_itself_with_what_had_come() {
    let server = Server::start();
    let (feed, sound) = publish(&server, 8);
    let home = Home::new();
    let terminal = home.start(SIZE, &[], &Sound::Silent);
    subscribes(&terminal, &feed);
    terminal.keys("d");
    terminal.wait_for(|screen| home::status(screen).contains("⇣ 1 · "), SOON);
    // Written down once a second.
    let records = || {
        let entries = fs::read_dir(home.path("data/downloads")).unwrap();
        entries
            .filter_map(Result::ok)
            .any(|entry| entry.path().extension().is_some_and(|suffix| suffix == "json"))
    };
    let end = Instant::now() + SOON;
    while !records() {
        assert!(Instant::now() < end, "nothing was written down");
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.signal(Signal::KILL);
    terminal.exit_status(SOON);
    assert_eq!(file(&home), None);

    let again = home.start(SIZE, &[], &Sound::Silent);
    let path = wait_for_file(&home);
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("2025-01-0") && name.ends_with(" 1_ 雾与灯.wav"), "{name}");
    assert!(fs::read(&path).unwrap() == sound);
    let hits = server.hits(SOUND);
    let last = hits.last().unwrap().header("range").map(str::to_owned);
    assert!(last.is_some_and(|range| range != "bytes=0-"), "it went on: {hits:?}");
    leave(&again);
}

#[test]
fn offline_mode_asks_nobody_and_what_waits_goes_on_afterwards() {
    let server = Server::start();
    let (feed, sound) = publish(&server, 0);
    let home = Home::new();
    let first = home.start(SIZE, &[], &Sound::Silent);
    subscribes(&first, &feed);
    leave(&first);
    home.configure("[network]\noffline = true\n");
    let asked = server.all_hits().len();

    let train = home.start(SIZE, &[], &Sound::Silent);
    train.wait_for(|screen| home::status(screen).contains("⊘ 离线"), SOON);
    selects(&train);
    train.keys("R");
    train.wait_for(|screen| home::status(screen).contains("离线模式"), SOON);
    train.keys("d");
    train.wait_for(|screen| home::status(screen).contains("⇣ 1"), SOON);
    train.keys("<enter>");
    train.wait_for_text("offline mode is on", SOON);
    assert_eq!(server.all_hits().len(), asked, "nobody was asked");
    assert_eq!(file(&home), None);
    train.keys("<a-o>");
    let path = wait_for_file(&home);
    assert!(fs::read(&path).unwrap() == sound);
    leave(&train);

    fs::remove_file(&path).unwrap();
    let home_again = home.start(SIZE, &[], &Sound::Silent);
    home_again.wait_for_text("不在了", SOON);
    leave(&home_again);
}
