//! Notes that nobody writes: random signs, floods of digits, colons, codes, links and quotes. Nothing
//! breaks, and a megabyte is read at once.

#[path = "support/dice.rs"]
#[allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]
mod dice;

use std::time::{Duration, Instant};

use dice::Dice;
use latetalk::text::{self, Document};
use latetalk::timeline::{from_notes, mark};

#[test]
fn any_text_is_survived_and_stamps_fit_it() {
    let parts = [
        "0",
        "1",
        "9",
        "12",
        "30",
        "59",
        "60",
        "999",
        ":",
        "：",
        ":",
        ".",
        "-",
        "–",
        "~",
        " ",
        "\n",
        "\n\n",
        "[",
        "]",
        "（",
        "）",
        "【",
        "】",
        "时间轴",
        "开场",
        "a",
        "PM",
        "分",
        "秒",
        "小时",
        "第",
        "h",
        "m",
        "s",
        "'",
        "’",
        "″",
        "·",
        "é",
        "👩\u{200d}🚀",
        "０",
        "①",
        "\u{fe0f}",
        "http://a.example/",
        "处",
        "日",
        "至",
        "音乐：",
    ];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..3_000 {
        let length = dice.roll(60);
        let text: String = (0..length).map(|_| parts[dice.roll(parts.len())]).collect();
        for mut document in [text::from_plain(&text, None), text::from_markdown(&text, None)] {
            let timeline = from_notes(&document, Some(3_600_000));
            let starts: Vec<u64> = timeline.chapters.iter().map(|c| c.start_ms).collect();
            assert!(starts.windows(2).all(|w| w[0] < w[1]), "{text:?}");
            for stamp in &timeline.stamps {
                let block = document.blocks[stamp.block].plain_text();
                let digits = block.get(stamp.range.clone()).unwrap_or_default();
                assert!(digits.chars().any(char::is_numeric), "{text:?}: {digits:?}");
            }
            let before = document.plain_text();
            mark(&mut document, &timeline.stamps);
            assert_eq!(document.plain_text(), before);
        }
    }
}

/// A megabyte of repeated text, with a number in each part.
fn megabyte(part: impl Fn(usize) -> String) -> String {
    filled(1_000_000, part)
}

/// A smaller one, for pages: making documents of them is not what is measured.
fn page(part: impl Fn(usize) -> String) -> String {
    filled(200_000, part)
}

fn filled(bytes: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 1000);
    for place in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&part(place));
    }
    text
}

fn code(s: usize) -> String {
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// Reads and marks; how many chapters there were and how long that took.
fn read(mut document: Document) -> (usize, Duration) {
    let start = Instant::now();
    let timeline = from_notes(&document, None);
    mark(&mut document, &timeline.stamps);
    (timeline.chapters.len(), start.elapsed())
}

#[test]
fn a_megabyte_of_anything_is_read_at_once() {
    let plain = |text: String| text::from_plain(&text, None);
    let html = |text: String| text::from_html(&text, None);
    let table = |rows: String| html(format!("<table>{rows}</table>"));
    let notes: Vec<(&str, Document)> = vec![
        ("digits and colons", plain("1:2:3:4:5:".repeat(100_000))),
        ("digits", plain("1234567890".repeat(100_000))),
        ("colons", plain(":".repeat(1_000_000))),
        ("100,000 codes in a line", plain("12:30 a ".repeat(125_000))),
        ("lines of codes", plain(megabyte(|n| format!("{}\n", code(n))))),
        ("lines of codes and titles", plain(megabyte(|n| format!("{} 章 {n}\n", code(n))))),
        ("pairs of codes", plain(megabyte(|n| format!("{} 甲 {} 乙\n", code(n), code(n + 1))))),
        ("slips", plain(megabyte(|n| format!("{}；{:02} a\n{} b\n", n % 900, n % 60, code(n))))),
        ("titles first", plain(megabyte(|n| format!("章 {}\n", code(n))))),
        ("short lines", plain("a b\n".repeat(100_000))),
        (
            "lists that start over",
            plain(megabyte(|n| format!("又\n{:02}:{:02} a\n", n % 7, n % 60))),
        ),
        ("brackets", plain("【（[".repeat(150_000))),
        ("spaces", plain(format!("1{}:30", " ".repeat(1_000_000)))),
        ("links with a code each", html(page(|n| format!("<a href=\"#t={n}\">{}</a>", code(n))))),
        (
            "codes in links",
            html(page(|n| format!("<a href=\"https://a.example/\">{}</a> ", code(n)))),
        ),
        ("a table", table(page(|n| format!("<tr><td>{}<td>章</tr>", code(n))))),
        ("quotes", html(format!("{}12:30 a", "<blockquote>".repeat(16_000)))),
        ("items", html(page(|n| format!("<ul><li>{} a", code(n))))),
    ];
    let mut slow = Vec::new();
    for (name, document) in notes {
        let (chapters, time) = read(document);
        println!("{name}: {chapters} chapters in {time:?}");
        // A second is what it may take; the rest is for a machine that does much else.
        if time > Duration::from_secs(20) {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn ten_thousand_chapters_are_all_there() {
    let lines: Vec<String> = (0..10_000).map(|n| format!("{} 章 {n}\n", code(n))).collect();
    assert_eq!(read(text::from_plain(&lines.concat(), None)).0, 10_000);
    let (chapters, _) = read(text::from_plain(&"1:2:3:4:5:".repeat(1000), None));
    assert_eq!(chapters, 0);
}
