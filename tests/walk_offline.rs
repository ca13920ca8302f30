//! Packing for a train: one key brings an episode with all that it links to, the server goes away, and
//! everything opens and plays; a page that has changed later is told of and not taken away.
#![cfg(test)]

mod support;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use latetalk::store::Store;
use support::feed::{Episode, Show};
use support::home::{self, Home, Sound};
use support::page::Page;
use support::pty::Terminal;
use support::reading::choose_link;
use support::server::Server;

const SOON: Duration = Duration::from_secs(30);
const SIZE: (u16, u16) = (120, 36);
const DAY: i64 = 24 * 3600;

const READ: &str = "/essays/fog.html";
const LOST: &str = "/essays/lost.html";
const OLD: &str = "雾号响了一夜，渔船都停在湾里";
const NEW: &str = "雾号早就换成了电子的";

#[test]
fn an_episode_is_packed_for_the_train_and_everything_opens_there() {
    let mut server = Server::start();
    let show = Show::new("灯塔夜谈").episode(
        Episode::new(1, "雾与灯", 20)
            .chapter(0, "点灯")
            .link("一篇关于雾的文章", &server.url(READ))
            .link("一篇没有了的", &server.url(LOST))
            .link("写信", "mailto:keeper@tide.example"),
    );
    let feed = show.publish(&server, "/show");
    server.put(READ, essay(OLD));
    server.put("/essays/fog.png", Page::new("image/png", png()));
    let home = Home::new();

    let terminal = home.start(SIZE, &[], &Sound::Silent);
    packs(&terminal, &feed);
    leave(&terminal);
    assert_eq!(server.hits("/essays/fog.png").len(), 1, "with the pictures of its pages");

    server.stop();
    grow_old(&home, &server.url(READ));
    let train = home.start(SIZE, &[], &Sound::Silent);
    plays_and_reads(&train);
    leave(&train);

    server.restart();
    server.put(READ, essay(NEW));
    let back = home.start(SIZE, &[], &Sound::Silent);
    is_told_of_the_newer_page(&back);
    leave(&back);
}

fn essay(words: &str) -> Page {
    let text = format!("<p>{words}，守塔的人记下每一艘船的名字，天亮以后再念一遍。</p>").repeat(12);
    let page = format!(
        "<html lang=zh><title>雾</title><article><h1>雾</h1>{text}\
         <p><img src='/essays/fog.png' alt='雾' width=400></p></article></html>"
    );
    Page::new("text/html; charset=utf-8", page)
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::new_rgb8(40, 30);
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn packs(terminal: &Terminal, feed: &str) {
    terminal.wait_for_text("末班渡轮", SOON);
    terminal.keys("A");
    terminal.wait_for(|screen| home::status(screen).contains("订阅"), SOON);
    terminal.keys(&format!("{feed}<enter>"));
    terminal.wait_for_text("• 1: 雾与灯", SOON);
    terminal.keys("D");
    let screen = terminal.wait_for(|screen| home::status(screen).contains("音频 ✓"), SOON);
    let said = home::status(&screen);
    assert!(said.contains("文章 1/2 图片 1"), "{said}");
    assert!(said.contains("缺 127.0.0.1"), "what is missing is said: {said}");
    terminal.wait_for_text("↓≡", SOON);
}

/// The page was fetched three days ago.
fn grow_old(home: &Home, page: &str) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let store = Store::open(&home.path("data/library.db")).unwrap();
    let then = i64::try_from(now).unwrap() - 3 * DAY;
    store.article_unchanged(page, then).unwrap();
}

fn opens_the_episode(terminal: &Terminal) {
    terminal.wait_for_text("灯塔夜谈", SOON);
    terminal.keys("/");
    terminal.wait_for(|screen| home::status(screen).contains("筛选"), SOON);
    terminal.keys("雾与<enter>");
    terminal.wait_for(|screen| screen.contains("1: 雾与灯") && screen.contains("↓≡"), SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains('▶'), SOON);
}

fn plays_and_reads(terminal: &Terminal) {
    opens_the_episode(terminal);
    choose_link(terminal, READ, SOON);
    terminal.keys("<enter>");
    let screen = terminal.wait_for_text(OLD, SOON);
    assert!(screen.contains("点灯"), "the notes are beside it:\n{screen}");
    // Nobody answers; the copy says how old it is.
    terminal.wait_for_text("3 天前", SOON);
}

fn is_told_of_the_newer_page(terminal: &Terminal) {
    opens_the_episode(terminal);
    choose_link(terminal, READ, SOON);
    terminal.keys("<enter>");
    let screen = terminal.wait_for_text("有新版本", SOON);
    assert!(screen.contains(OLD) && !screen.contains(NEW), "the text stays:\n{screen}");
    terminal.keys("b");
    terminal.wait_for(|screen| !screen.contains(OLD), SOON);
    terminal.keys("<enter>");
    terminal.wait_for_text(NEW, SOON);
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}
