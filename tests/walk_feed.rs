//! A show from the web and then no web: subscribe, listen while it streams, read what the notes link
//! to, take it along, and go on without the server. The recordings are talking clocks, so that every
//! jump is measured where it is heard.

mod support;

use std::time::Duration;

use support::capture::{self, Capture};
use support::clock;
use support::feed::{Episode, Show};
use support::home::{self, Home, Sound};
use support::page::Page;
use support::pty::Terminal;
use support::reading::choose_link;
use support::server::Server;

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 36);

/// How far from its time a jump may be heard, in ms; the ear itself errs by 20.
const EXACT_MS: u64 = 50;

const SHOW: &str = "钟楼夜谈";
const SOUND: &str = "/show/2.wav";
const READ: &str = "/essays/escapement.html";
const UNREAD: &str = "/essays/pendulum.html";
const WORDS: &str = "擒纵轮每走一齿，钟就响一声";

#[test]
fn a_show_from_the_web_goes_on_without_it() {
    let mut server = Server::start();
    let feed = publish(&server);
    let home = Home::new();
    let ears = Capture::start();

    let terminal = home.start(SIZE, &[], &Sound::Heard(&ears));
    subscribes(&terminal, &feed);
    plays_while_it_streams(&terminal, &ears);
    jumps_exactly(&terminal, &ears, &server);
    reads_what_the_notes_link_to(&terminal, &server);
    takes_the_episode_along(&terminal);
    leave(&terminal);

    server.stop();
    let again = home.start(SIZE, &[], &Sound::Heard(&ears));
    finds_the_episode(&again);
    plays_from_the_start_of_a_chapter(&again, &ears);
    reads_without_the_server(&again, &server);
    leave(&again);
}

fn publish(server: &Server) -> String {
    let show = Show::new(SHOW).episode(Episode::new(1, "旧钟", 2)).episode(
        Episode::new(2, "新钟与长针", 150)
            .section("上弦")
            .chapter(0, "开场：钟为什么会响")
            .chapter(40, "第一口钟")
            .point("铸钟的人从不看表")
            .section("走时")
            .chapter(75, "擒纵与摆")
            .chapter(110, "报时的人")
            .link("一篇关于擒纵的旧文", &server.url(READ))
            .link("一篇关于摆的旧文", &server.url(UNREAD)),
    );
    let feed = show.publish(server, "/show");
    // Some twelve times as fast as it is heard: what is far ahead has not come when it is wanted.
    let mut sound = Page::new("audio/x-wav", clock::wav(150));
    sound.bytes_per_second = Some(400_000);
    server.put(SOUND, sound);
    server.put(READ, Page::new("text/html; charset=utf-8", essay()));
    feed
}

/// A page with what pages have around their text.
fn essay() -> String {
    let passages = [
        "钟匠的手艺，在看不见的地方。表盘谁都会画，针谁都会装，难的是让它在第一万天还和第一天走得一样。",
        "擒纵轮每走一齿，钟就响一声。那一声不是为了好听，是摆把一点力还给了轮子，又从轮子那里借来一点。",
        "我的师父说，修钟不能急，因为钟不急。他把一只钟拆开，放在绒布上，按拆下的次序排好，第二天再装回去。",
        "后来有了石英，有了手机，钟楼还是每个钟头敲一次。有人问我为什么还要去上弦，我说总得有人去。",
    ];
    let text = format!("<p>{}</p>\n", passages.join("</p>\n<p>"));
    format!(
        "<!doctype html><html lang=\"zh\"><head><meta charset=\"utf-8\"><title>擒纵</title></head>\
         <body><nav><a href=\"/\">首页</a> <a href=\"/hot\">今日热榜</a></nav>\
         <article><h1>擒纵</h1>\n{}</article><footer>版权所有 钟楼报社</footer></body></html>",
        text.repeat(5)
    )
}

fn subscribes(terminal: &Terminal, feed: &str) {
    terminal.wait_for_text("末班渡轮", SOON);
    terminal.keys("A");
    terminal.wait_for(|screen| home::status(screen).contains("订阅"), SOON);
    terminal.keys(&format!("{feed}<enter>"));
    terminal.wait_for(|screen| home::status(screen).contains("已订阅"), SOON);
    let screen = terminal.wait_for_text("• 2: 新钟与长针", SOON);
    assert!(screen.contains(SHOW), "{screen}");
    assert!(screen.contains("• 1: 旧钟"), "{screen}");
}

fn plays_while_it_streams(terminal: &Terminal, ears: &Capture) {
    let from = ears.now();
    terminal.keys("<enter>");
    let screen = terminal.wait_for(|screen| home::player(screen).contains("钟为什么会响"), SOON);
    for words in ["上弦", "走时", "00:40 第一口钟", "铸钟的人从不看表", "一篇关于摆的旧文"]
    {
        assert!(screen.contains(words), "{words} is not in the notes:\n{screen}");
    }
    assert_near(first_heard(ears, from, 0..5), 0);
}

fn jumps_exactly(terminal: &Terminal, ears: &Capture, server: &Server) {
    let from = ears.now();
    terminal.keys("]");
    terminal.wait_for(|screen| home::player(screen).contains("第一口钟"), SOON);
    assert_near(first_heard(ears, from, 30..60), 40_000);
    // A time in the notes leads there as well; its bytes are asked for out of turn.
    let from = ears.now();
    choose_link(terminal, "▶ 01:50", SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains("报时的人"), SOON);
    assert_near(first_heard(ears, from, 100..150), 110_000);
    let ranges = server.hits(SOUND);
    let ahead = ranges.iter().filter_map(|hit| hit.header("range")).any(|r| !r.contains("=0-"));
    assert!(ahead, "the recording was not streamed: {ranges:?}");
}

/// The time of the recording, in ms, at which something of these seconds of it is heard first.
fn first_heard(ears: &Capture, from: usize, seconds: std::ops::Range<u64>) -> u64 {
    ears.wait_for(from, SOON, |heard| clock::begins(heard, capture::RATE, seconds.clone()))
}

#[track_caller]
fn assert_near(heard_ms: u64, wanted_ms: u64) {
    let off = heard_ms.abs_diff(wanted_ms);
    assert!(off <= EXACT_MS, "heard from {heard_ms} ms on instead of {wanted_ms} ms");
}

fn reads_what_the_notes_link_to(terminal: &Terminal, server: &Server) {
    choose_link(terminal, READ, SOON);
    terminal.keys("<enter>");
    let screen = terminal.wait_for_text(WORDS, SOON);
    assert!(screen.contains("00:40 第一口钟"), "the notes are beside it:\n{screen}");
    assert!(!screen.contains("今日热榜"), "menus stay away:\n{screen}");
    assert_eq!(server.hits(READ).len(), 1);
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !screen.contains(WORDS), SOON);
}

fn takes_the_episode_along(terminal: &Terminal) {
    terminal.keys("<space>");
    terminal.wait_for(|screen| home::player(screen).contains('‖'), SOON);
    terminal.keys("d");
    terminal.wait_for(|screen| home::status(screen).contains("已下载"), Duration::from_secs(45));
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
    assert!(terminal.is_cooked());
}

fn finds_the_episode(terminal: &Terminal) {
    terminal.wait_for_text(SHOW, SOON);
    terminal.keys("/");
    terminal.wait_for(|screen| home::status(screen).contains("筛选"), SOON);
    terminal.keys("长针<enter>");
    terminal.wait_for(|screen| screen.contains("◐ 2: 新钟与长针"), SOON);
}

fn plays_from_the_start_of_a_chapter(terminal: &Terminal, ears: &Capture) {
    terminal.keys("<enter>");
    // Where it was left, in the last chapter.
    terminal.wait_for(|screen| home::player(screen).contains("报时的人"), SOON);
    terminal.wait_for(|screen| home::player(screen).contains('▶'), SOON);
    terminal.keys("c");
    terminal.wait_for_text("章节 ", SOON);
    let from = ears.now();
    terminal.keys("k<enter>");
    let screen = terminal.wait_for(|screen| home::player(screen).contains("擒纵与摆"), SOON);
    assert!(screen.contains("铸钟的人从不看表"), "the notes are still there:\n{screen}");
    assert_near(first_heard(ears, from, 65..100), 75_000);
}

fn reads_without_the_server(terminal: &Terminal, server: &Server) {
    let before = server.all_hits().len();
    choose_link(terminal, READ, SOON);
    terminal.keys("<enter>");
    terminal.wait_for_text(WORDS, SOON);
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !screen.contains(WORDS), SOON);
    // What was never opened says why it cannot be read, beside notes that stay.
    choose_link(terminal, UNREAD, SOON);
    terminal.keys("<enter>");
    let screen = terminal.wait_for_text("✕ 连不上这个网站", SOON);
    assert!(screen.contains("再试一次"), "{screen}");
    assert!(screen.contains("00:40 第一口钟"), "{screen}");
    assert_eq!(server.all_hits().len(), before, "the server is gone");
}
