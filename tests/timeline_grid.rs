//! Every way of writing a timeline in every kind of text that notes come in, with and without the
//! length of the recording: each start and each title is read back. Beside it what looks like one
//! and is none, in the same kinds of text. Shows and titles are invented.

#[path = "support/timeline_print.rs"]
mod timeline_print;

use timeline_print::{CONTAINERS, FORMS, folded, found};

/// Starts in seconds; the last two lie beyond an hour.
const STARTS: [u64; 5] = [8, 140, 1384, 3723, 4688];

/// Titles of one kind.
const TITLES: [[&str; 5]; 6] = [
    ["开场与近况", "为什么离开小城", "第一份工作", "听众来信", "尾声"],
    ["Welcome back", "Why we left, and how", "The first job", "Letters from you", "Goodbye"],
    ["80年代的夜校", "35岁以后", "2024 年的选择", "3个问题", "9·11 之后"],
    ["开场 📒", "火箭🚀与“月亮”", "👩\u{200d}🚀 她的选择", "咖啡 ☕️", "再见 🎉"],
    [
        "AI Agent 与 16:9 的画幅",
        "GPT-4o vs. Claude 3.5",
        "“我不同意”",
        "《远山》与作者",
        "Q&A：如何开始？",
    ],
    ["QQ与短信", "PM的实际工作", "X 是什么", "a16z 的故事", "Ｂ站（上）"],
];

/// What surrounds a timeline in notes.
const SURROUNDINGS: [(&[&str], &[&str]); 3] = [
    (&[], &[]),
    (&["本期和林溪聊了她的十年。", "时间轴"], &["剪辑：阿竹", "欢迎来信"]),
    (
        &["In this episode: ten years of work."],
        &["Music: a song by nobody", "Thanks for listening!"],
    ),
];

#[test]
fn every_form_is_read_in_every_kind_of_text() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (form, write) in FORMS {
        for titles in TITLES {
            let lines: Vec<String> =
                STARTS.iter().zip(titles).enumerate().map(|(i, (s, t))| write(i, *s, t)).collect();
            let expected: Vec<(u64, String)> =
                STARTS.iter().zip(titles).map(|(s, t)| (*s, folded(t))).collect();
            for (container, make) in CONTAINERS {
                let (before, after) = SURROUNDINGS[count % SURROUNDINGS.len()];
                let own = |lines: &[&str]| -> Vec<String> {
                    lines.iter().map(|line| (*line).to_owned()).collect()
                };
                let document = make(&[own(before), lines.clone(), own(after)].concat());
                for duration in [None, Some(5400)] {
                    let got = found(&document, duration);
                    if got != expected {
                        let shown = format!("{container}, {duration:?}: {lines:?}\n      {got:?}");
                        wrong.push((format!("{form} {}", titles[0]), shown));
                    }
                }
                count += 1;
            }
        }
    }
    println!("{count} notes, {} read wrongly", wrong.len());
    let mut seen = std::collections::BTreeMap::new();
    for (key, line) in &wrong {
        let entry = seen.entry(key).or_insert((0, line));
        entry.0 += 1;
    }
    for (key, (count, line)) in &seen {
        println!("{key}: {count} times, first {line}");
    }
    assert!(wrong.is_empty(), "{} of {count}", wrong.len());
}

/// Lines that look like timelines and are none.
const NOTHING: &[&[&str]] = &[
    &["每周三早上7:30更新", "每周四晚上8:30更新", "每周五20:00更新"],
    &["营业时间", "10:00-22:00 周一至周五", "11:00-23:00 周末"],
    &["画幅 16:9 还是 4:3？", "比分 3:2，加时 4:3", "1:1 会议怎么开"],
    &["湖队 102:98 海队", "山队 3:2 河队", "林队 0:1 原队"],
    &["2026-01-01 10:00 发布", "2026-01-02 11:00 修正", "2026-01-03 12:00 再修正"],
    &["1月2日 20:00 上海", "1月3日 20:30 杭州", "1月4日 21:00 成都"],
    &["约翰福音 3:16", "罗马书 8:28", "启示录 21:04"],
    &["John 3:16", "Romans 8:28", "1 Corinthians 13:04", "Psalm 23:10-12"],
    &["Jn 3:16", "Rom. 8:28", "1 Cor 13:04", "Ps 23:10"],
    &["太 5:13", "林前 13:04", "诗 23:10"],
    &["$12:30 a", "￥13:50 b", "€14:10 c"],
    &["咖啡 12.30 元", "茶 15.40 元", "水 2.50 元"],
    &["v1.2:30", "版本 1.12.30", "版本 2.13.40"],
    &["Op. 28:15", "Op. 28:16", "BWV 100:17"],
    &["电话 021-6543:2100", "传真 021-6543:2101", "+49:30:12345"],
    &["https://a.example/16:45/x", "https://a.example/17:45/y", "https://a.example/18:45/z"],
    &["fe80::1:2:30", "2001:db8:85a3::8a2e:370:7334", "::ffff:12:30"],
    &["aa:bb:cc:11:22:33", "00:1B:44:11:3A:B7", "10:20:30:40:50:60"],
    &["color: #163045", "rgb(16, 30, 45)", "a { margin: 10:20 }"],
    &["黑话1： 3分钟", "黑话2： 5分钟", "黑话3： 8分钟"],
    &["Q1：价格是多少？", "Q2：12 个月后呢？", "Q3：30 天内退款？"],
    &["2024-06-21T15:30:00Z", "2024-06-22T15:30:00Z", "2024-06-23T15:30:00+08:00"],
    &["Doors open at 7:30 pm", "Show at 8:30 pm", "Ends at 11:00 pm"],
    &["如果只想听采访，可以直接跳到 23:15。", "感谢收听。"],
    &["配方：水和粉 1:20", "咖啡和水 1:15", "糖和水 1:10"],
    &["地图比例 1:10000", "地图比例 1:25000", "地图比例 1:50000"],
    &["12.30 跨年", "1.15 读书会", "2.14 情人节"],
    &["1.10 序", "1.11 甲", "1.12 乙"],
    &["3.14 圆周率", "2.71 自然常数", "1.41 根号二"],
    &["12,30 Euro a", "15,40 Euro b", "19,90 Euro c"],
    &["会员 3个月 30元", "会员 12个月 98元"],
];

#[test]
fn what_is_no_timeline_is_one_in_no_kind_of_text() {
    let mut wrong = Vec::new();
    for lines in NOTHING {
        let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        for (container, make) in CONTAINERS {
            for duration in [None, Some(5400)] {
                let got = found(&make(&lines), duration);
                if !got.is_empty() {
                    wrong.push(format!("{container}, {duration:?}: {lines:?}\n      {got:?}"));
                }
            }
        }
    }
    for line in &wrong {
        println!("{line}");
    }
    assert!(wrong.is_empty(), "{}", wrong.len());
}
