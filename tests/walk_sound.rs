//! A show with a speed of its own: chosen in the table, remembered by the next start, heard at the
//! sound device, while another show plays as all do. Its beginning and its end are left out.

mod support;

use std::time::Duration;

use support::capture::{self, Capture};
use support::clock;
use support::feed::{Episode, Show};
use support::home::{self, Home, Sound};
use support::pty::Terminal;
use support::server::Server;

const SOON: Duration = Duration::from_secs(25);
const SIZE: (u16, u16) = (100, 30);

#[test]
fn a_show_keeps_its_own_speed_from_start_to_start() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let ears = Capture::start();

    let terminal = home.start(SIZE, &[], &Sound::Silent);
    terminal.wait_for_text("2: 快钟", SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains("1.0×"), SOON);
    terminal.keys(" O");
    terminal.wait_for_text("声音 · 急性子", SOON);
    terminal.keys("LL");
    terminal.wait_for_text("● ‹ 1.5× ›", SOON);
    // The beginning lasts five seconds, and the last six are left out.
    terminal.keys("Gkl");
    terminal.wait_for_text("● ‹ 00:05 ›", SOON);
    terminal.keys("jl}");
    terminal.wait_for_text("● ‹ 00:06 ›", SOON);
    terminal.keys("O");
    // A key changes what applies to the show that plays.
    terminal.keys("+");
    let words = "速度 1.55×（本节目）";
    terminal.wait_for(|screen| home::status(screen).contains(words), SOON);
    terminal.keys("-");
    leave(&terminal);

    let again = home.start(SIZE, &[], &Sound::Heard(&ears));
    again.wait_for_text("2: 快钟", SOON);
    let from = ears.now();
    again.keys("<enter>");
    again.wait_for(|screen| home::player(screen).contains("1.5×"), SOON);
    let piece = heard(&ears, from, 0..40);
    println!("the show with its own: {piece:?}");
    assert!((piece.speed - 1.5).abs() < 0.05, "{piece:?}");
    assert!(piece.clock_ms.abs_diff(5_000) <= 100, "behind the beginning: {piece:?}");

    // The queue goes on where the ending would begin: with the other show, as all shows sound.
    again.keys("<s-tab>ja");
    again.wait_for(|screen| home::status(screen).contains("已加入队列"), SOON);
    again.wait_for(|screen| home::player(screen).contains("1: 慢钟"), SOON);
    again.wait_for(|screen| home::player(screen).contains("1.0×"), SOON);
    // A minute on, to tell the two apart by the clock.
    again.keys("L");
    let piece = heard(&ears, from, 59..100);
    println!("the other show: {piece:?}");
    assert!((piece.speed - 1.0).abs() < 0.05, "{piece:?}");
    let all = clock::heard(&ears.since(from), capture::RATE);
    let last = all.iter().filter(|piece| piece.clock_ms < 30_000).map(end_ms).max();
    println!("the first one was over at {last:?} ms of 20000");
    assert!(last.is_some_and(|last| last.abs_diff(14_000) <= 150), "{all:?}");
    leave(&again);
}

/// Where in the recording a piece ends.
fn end_ms(piece: &clock::Piece) -> u64 {
    piece.clock_ms + (piece.lasts_ms as f64 * piece.speed) as u64
}

/// A piece of these seconds of a recording that is long enough to tell its speed.
fn heard(ears: &Capture, from: usize, seconds: std::ops::Range<u64>) -> clock::Piece {
    ears.wait_for(from, SOON, |samples| {
        let pieces = clock::heard(samples, capture::RATE).into_iter();
        let mut wanted = pieces.filter(|piece| seconds.contains(&(piece.clock_ms / 1000)));
        wanted.find(|piece| piece.exact && piece.lasts_ms > 2_500)
    })
}

/// Two shows with an episode each: 20 seconds, and 100.
fn subscribed(home: &Home, server: &Server) {
    let quick = Show::new("急性子").episode(Episode::new(2, "快钟", 20));
    let slow = Show::new("慢性子").episode(Episode::new(1, "慢钟", 100));
    for (show, folder) in [(quick, "/quick"), (slow, "/slow")] {
        let url = show.publish(server, folder);
        let adding = home.start(SIZE, &["add", &url], &Sound::Silent);
        assert!(adding.exit_status(SOON).success());
    }
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}
