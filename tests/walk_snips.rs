//! A snip from beginning to end: kept by its times, its ends moved while it loops, starred, listed,
//! played. The recording is a talking clock, so that every round is measured where it is heard.

mod support;

use std::time::Duration;

use support::capture::{self, Capture};
use support::clock::{self, Piece};
use support::feed::{Episode, Show};
use support::home::{self, Home, Sound};
use support::pty::Terminal;
use support::server::Server;

const SOON: Duration = Duration::from_secs(20);

#[test]
fn a_snip_is_kept_adjusted_while_it_loops_and_played() {
    let server = Server::start();
    let episode = Episode::new(1, "新钟", 90).chapter(0, "开场").chapter(40, "第一口钟");
    let feed = Show::new("钟楼夜谈").episode(episode).publish(&server, "/show");
    let home = Home::new();
    let ears = Capture::start();
    let terminal = home.start((120, 36), &[&feed], &Sound::Heard(&ears));
    terminal.wait_for_text("1: 新钟", SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains('▶'), SOON);
    terminal.keys("]");
    terminal.wait_for(|screen| home::player(screen).contains("第一口钟"), SOON);

    keeps_typed_times(&terminal);
    loops_while_its_ends_move(&terminal, &ears);
    goes_back_to_the_listening(&terminal, &ears);
    is_starred_and_listed(&terminal);
    plays_to_its_end(&terminal, &ears);
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}

fn keeps_typed_times(terminal: &Terminal) {
    terminal.keys("K");
    terminal.wait_for(|screen| home::status(screen).contains("12:30-13:45"), SOON);
    terminal.keys("0：50—0：52 两下钟声<enter>");
    terminal.wait_for(|screen| home::status(screen).contains("00:50"), SOON);
}

fn loops_while_its_ends_move(terminal: &Terminal, ears: &Capture) {
    let from = ears.now();
    terminal.keys("i");
    terminal.wait_for_text("调整摘录 · 两下钟声", SOON);
    let rounds = ears.wait_for(from, SOON, |heard| rounds_of(heard, 50_000, 2));
    for round in rounds {
        assert!(round.lasts_ms.abs_diff(2_000) <= 100, "{round:?}");
    }
    terminal.keys("<tab>l");
    terminal.wait_for_text("00:53.0", SOON);
    terminal.keys("l{{");
    terminal.wait_for_text("00:53.8", SOON);
    terminal.keys("}}");
    let from = ears.now();
    terminal.keys("h");
    terminal.wait_for_text("00:53.0", SOON);
    // A moved end is heard from three seconds before it, or from the start of the snip.
    let round = ears.wait_for(from, SOON, |heard| rounds_of(heard, 50_000, 1)).remove(0);
    assert!(round.lasts_ms.abs_diff(3_000) <= 100, "{round:?}");
}

/// So many whole rounds that begin at this time; the last piece may still be under way.
fn rounds_of(heard: &[f32], starts_ms: u64, wanted: usize) -> Option<Vec<Piece>> {
    let mut pieces = clock::heard(heard, capture::RATE);
    pieces.pop();
    let begins = |piece: &Piece| piece.exact && piece.clock_ms.abs_diff(starts_ms) <= 50;
    pieces.retain(begins);
    (pieces.len() >= wanted).then_some(pieces)
}

fn goes_back_to_the_listening(terminal: &Terminal, ears: &Capture) {
    let from = ears.now();
    terminal.keys("<enter>");
    terminal.wait_for(|screen| !screen.contains("调整摘录"), SOON);
    let begins = |heard: &[f32]| clock::begins(heard, capture::RATE, 40..49);
    let back = ears.wait_for(from, SOON, begins);
    // The clock is read to a few milliseconds.
    assert!((39_950..46_000).contains(&back), "listening goes on at {back} ms");
}

fn is_starred_and_listed(terminal: &Terminal) {
    terminal.keys("*");
    terminal.wait_for(|screen| home::status(screen).contains('★'), SOON);
    terminal.keys("#钟声<enter>S");
    let screen = terminal.wait_for_text("#钟声", SOON);
    for words in ["00:50–00:53", "★ 两下钟声", "00:03"] {
        assert!(screen.contains(words), "{words} is not in the list:\n{screen}");
    }
    terminal.keys("/");
    terminal.wait_for(|screen| home::status(screen).contains("筛选"), SOON);
    terminal.keys("没有");
    terminal.wait_for_text("没有匹配的摘录", SOON);
    terminal.keys("<esc>");
    terminal.wait_for_text("★ 两下钟声", SOON);
}

fn plays_to_its_end(terminal: &Terminal, ears: &Capture) {
    let from = ears.now();
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains('■'), SOON);
    ears.wait_for_silence(Duration::from_millis(600), SOON);
    let pieces = clock::heard(&ears.since(from), capture::RATE);
    let whole = |piece: &Piece| {
        piece.clock_ms.abs_diff(50_000) <= 50 && piece.lasts_ms.abs_diff(3_000) <= 100
    };
    assert!(pieces.last().is_some_and(whole), "{pieces:?}");
}
