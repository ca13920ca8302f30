//! Which codes of notes make up the timeline: what continues a list, what starts another, what only
//! looks like a part of one. Shows, people and titles are invented.

use latetalk::text;
use latetalk::timeline::from_notes;

/// Seconds and titles as found in plain text.
fn found(notes: &str, duration_s: Option<u64>) -> Vec<(u64, String)> {
    let timeline = from_notes(&text::from_plain(notes, None), duration_s.map(|s| s * 1000));
    timeline.chapters.into_iter().map(|c| (c.start_ms / 1000, c.title)).collect()
}

#[track_caller]
fn reads(notes: &str, expected: &[(u64, &str)]) {
    let expected: Vec<(u64, String)> = expected.iter().map(|(s, t)| (*s, (*t).into())).collect();
    assert_eq!(found(notes, None), expected, "{notes}");
}

/// Seconds of all times that are links.
fn links(notes: &str, duration_s: Option<u64>) -> Vec<(u64, bool)> {
    let timeline = from_notes(&text::from_plain(notes, None), duration_s.map(|s| s * 1000));
    timeline.stamps.iter().map(|s| (s.ms / 1000, s.doubtful)).collect()
}

// Several in a line

#[test]
fn two_chapters_may_share_a_line() {
    let expected = [(0, "开场"), (750, "正题"), (1800, "来信"), (2700, "尾声")];
    for notes in [
        "00:00 开场 12:30 正题\n30:00 来信 45:00 尾声",
        "00:00 开场；12:30 正题\n30:00 来信；45:00 尾声",
        "[00:00] 开场 [12:30] 正题\n[30:00] 来信 [45:00] 尾声",
        "【00:00】开场【12:30】正题\n【30:00】来信【45:00】尾声",
        "00:00-12:00 开场 12:30-20:00 正题\n30:00 来信 45:00 尾声",
        "00:00 开场 | 12:30 正题\n30:00 来信\n45:00 尾声",
    ] {
        reads(notes, &expected);
    }
    reads("00:00 开场 12:30 正题", &[(0, "开场"), (750, "正题")]);
}

#[test]
fn a_code_in_a_title_does_not_split_it() {
    for line in [
        "12:30 正题（见 46:43 的勘误）",
        "12:30 从 15:40 说起的事",
        "12:30 我们聊到 15:40 才停",
        "12:30 晚上 20:00 的直播",
        "12:30 画幅 16:10 的由来",
        "12:30 What we said at 15:40 today",
        "12:30 五点 15:40 左右",
    ] {
        let notes = format!("00:00 开场\n{line}\n50:00 尾声");
        let title = line.get(6..).unwrap_or_default();
        reads(&notes, &[(0, "开场"), (750, title), (3000, "尾声")]);
    }
    // It lies behind the next chapter.
    let line = "12:30 甲 46:43 乙";
    reads(
        &format!("00:00 开场\n{line}\n20:00 尾声"),
        &[(0, "开场"), (750, "甲 46:43 乙"), (1200, "尾声")],
    );
}

#[test]
fn a_timeline_in_one_line_may_hold_ratios() {
    let notes = "时间轴：00:00 开场 05:10 画幅 16:9 的由来 12:30 正题 45:00 尾声";
    reads(notes, &[(0, "开场"), (310, "画幅 16:9 的由来"), (750, "正题"), (2700, "尾声")]);
    let prose =
        "我们在 01:10 聊了远山，在 02:20 聊了小城，到 03:30 聊了咖啡，从 04:40 聊到 05:50 的铁路。";
    reads(prose, &[]);
}

// Slips of the pen

#[test]
fn one_slip_among_good_codes_is_forgiven() {
    for slip in ["12；30", "12.30", "12，30", "12。30", "12::30", "00:12；30", "00；12:30"] {
        let notes = format!("00:00 开场\n05:10 远山\n{slip} 正题\n45:00 尾声");
        reads(&notes, &[(0, "开场"), (310, "远山"), (750, "正题"), (2700, "尾声")]);
    }
    // Not where it would be out of order, nor far from the list.
    reads(
        "00:00 开场\n05:10 远山\n03.20 版\n45:00 尾声",
        &[(0, "开场"), (310, "远山"), (2700, "尾声")],
    );
    let far = "00:00 开场\n05:10 远山\n\n主播：老沈\n嘉宾：小何\n剪辑：阿竹\n封面：阿岚\n地点：河边\n12.30 跨年见";
    reads(far, &[(0, "开场"), (310, "远山")]);
}

#[test]
fn a_whole_list_may_be_written_with_the_same_slip() {
    for mark in ["；", "，", ".", "。"] {
        let notes = format!("时间轴\n00{mark}40 开场\n12{mark}30 正题\n45{mark}05 尾声");
        reads(&notes, &[(40, "开场"), (750, "正题"), (2705, "尾声")]);
    }
    reads(
        "时间轴\n1分 开场\n12分 正题\n45分钟 尾声",
        &[(60, "开场"), (720, "正题"), (2700, "尾声")],
    );
}

#[test]
fn lists_of_other_numbers_are_no_slips() {
    for notes in [
        "12.30 跨年\n1.15 读书会\n2.14 情人节",
        "1.01 元旦\n2.14 情人节\n5.20 表白\n11.11 单身",
        "1.10 序\n1.11 甲\n1.12 乙",
        "9.90 元 甲\n19.90 元 乙\n29.90 元 丙",
        "3.14 圆周率\n4.20 其他\n5.55 其他",
        "价目\n12.50 咖啡\n18.00 茶\n22.50 蛋糕",
        "5分钟 热身\n10分钟 拉伸\n15分钟 冥想",
    ] {
        reads(notes, &[]);
    }
}

// Other lists

#[test]
fn a_list_that_starts_over_is_another_list() {
    let notes = "第一部分\n00:00 开场\n10:00 远山\n20:00 小城\n30:00 休息\n\n第二部分\n00:00 回来\n12:00 咖啡\n25:00 尾声";
    reads(notes, &[(0, "开场"), (600, "远山"), (1200, "小城"), (1800, "休息")]);
    let expected =
        vec![(0, "回来".to_owned()), (720, "咖啡".to_owned()), (1500, "尾声".to_owned())];
    assert_eq!(found(notes, Some(1600)), expected, "the first list does not fit the recording");
    let references = "时间轴\n03:25 开场\n08:23 远山\n22:03 小城\n45:00 尾声\n\n相关资料\n01:57 一篇论文\n23:53 一本书\n40:00 一部电影";
    reads(references, &[(205, "开场"), (503, "远山"), (1323, "小城"), (2700, "尾声")]);
    assert_eq!(links(references, None).len(), 7, "they are links all the same");
}

#[test]
fn the_same_list_in_two_languages_is_one() {
    let notes =
        "00:00 开场\n10:00 远山\n20:00 小城\n\nTimeline\n00:00 Intro\n10:00 Hills\n20:00 Town";
    reads(notes, &[(0, "开场"), (600, "远山"), (1200, "小城")]);
}

#[test]
fn codes_out_of_order_do_not_make_two_lists() {
    let notes = "⭕️ 一\n01:34 甲\n11:15 乙\n22:22 丙\n\n⭕️ 二\n15:50 丁\n30:00 戊\n\n⭕️ 三\n20:10 己\n40:00 庚";
    assert_eq!(found(notes, None).len(), 7);
}

#[test]
fn the_turns_of_a_transcript_are_links_but_no_chapters() {
    let turns: String = (0..40)
        .map(|n| {
            format!("[00:{:02}:{:02}] 讲者{}: 第 {n} 句话。\n\n", n / 4, n % 4 * 15, n % 2 + 1)
        })
        .collect();
    let notes = format!(
        "章节速览\n\n[00:00:00] 开场\n\n[00:03:09] 远山\n\n[00:08:40] 尾声\n\n文稿\n\n{turns}"
    );
    reads(&notes, &[(0, "开场"), (189, "远山"), (520, "尾声")]);
    assert_eq!(links(&notes, None).len(), 43);
    let named: String = (0..40)
        .map(|n| format!("讲者{} 00:{:02}:{:02}\n第 {n} 句话。\n\n", n % 2 + 1, n / 4, n % 4 * 15))
        .collect();
    reads(&named, &[]);
}

#[test]
fn chapters_that_begin_with_names_are_chapters() {
    let notes: String = (0..10)
        .map(|n| format!("{:02}:00 {}：聊聊题目 {n}\n", n * 5, ["老沈", "小何"][n % 2]))
        .collect();
    assert_eq!(found(&notes, None).len(), 10);
}

// Together

#[test]
fn of_two_chapters_with_one_start_a_heading_is_the_section_and_a_twin_a_point() {
    let document =
        text::from_markdown("# 12:30 咖啡\n\n12:30 豆子\n\n20:00 水\n\n20:00 火\n", None);
    let chapters = from_notes(&document, None).chapters;
    let all: Vec<_> = chapters
        .iter()
        .map(|c| (c.title.as_str(), c.section.as_deref(), c.points.concat()))
        .collect();
    assert_eq!(all, [("豆子", Some("咖啡"), String::new()), ("水", Some("咖啡"), "火".to_owned())]);
}

#[test]
fn versions_and_labels_in_titles_before_codes_stay_titles() {
    reads(
        "第一章 00:10\n第一份工作 02:20\nClaude 3.5 12:30\nRust 1.66.0 20:00\n1:1 会议 30:00",
        &[
            (10, "第一章"),
            (140, "第一份工作"),
            (750, "Claude 3.5"),
            (1200, "Rust 1.66.0"),
            (1800, "1:1 会议"),
        ],
    );
    reads(
        "序 00:10\n远山 02:20\n小城 12:30\n不想听的话，可以跳到 20:00",
        &[(10, "序"), (140, "远山"), (750, "小城")],
    );
}

#[test]
fn a_code_alone_in_its_notes_is_a_link() {
    assert_eq!(links("彩蛋\n45:12 花絮\n感谢收听", Some(3600)), [(2712, false)]);
    assert_eq!(links("20:00 准时开播", Some(7200)), []);
    assert_eq!(links("画幅 16:9", Some(7200)), []);
}

#[test]
fn parts_with_a_word_about_them_are_sections() {
    let document = text::from_html(
        "<p>时间轴</p><p>Part 1 出走</p><p>那些年的事。</p><p>01:34 离家</p><p>11:15 远山</p>\
         <p>Part 2 归来</p><p>后来的事。</p><p>22:00 回家</p><p>30:00 落脚</p>",
        None,
    );
    let chapters = from_notes(&document, None).chapters;
    let all: Vec<_> =
        chapters.iter().map(|c| (c.title.as_str(), c.section.as_deref(), c.points.len())).collect();
    assert_eq!(
        all,
        [
            ("离家", Some("Part 1 出走"), 0),
            ("远山", Some("Part 1 出走"), 0),
            ("回家", Some("Part 2 归来"), 0),
            ("落脚", Some("Part 2 归来"), 0)
        ]
    );
}

#[test]
fn marks_of_quotes_are_no_part_of_sections_and_points() {
    let document = text::from_plain(
        "> 时间轴\n> -为什么是现在\n> 05:13 体感\n> ·写得快\n> 11:15 争论\n> -怎么做到\n> 39:36 架构\n",
        None,
    );
    let chapters = from_notes(&document, None).chapters;
    assert_eq!(chapters[0].section.as_deref(), Some("为什么是现在"));
    assert_eq!(chapters[0].points, ["写得快"]);
    assert_eq!(chapters[2].section.as_deref(), Some("怎么做到"));
}
