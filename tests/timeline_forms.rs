//! The ways in which shows write their timelines, each as plain text, with `<br>`, as paragraphs and
//! as a list. Shows, people and titles are invented.

use latetalk::text::{self, Document};
use latetalk::timeline::from_notes;

/// Seconds and titles as found.
fn found(document: &Document, duration_s: Option<u64>) -> Vec<(u64, String)> {
    let timeline = from_notes(document, duration_s.map(|s| s * 1000));
    timeline.chapters.into_iter().map(|c| (c.start_ms / 1000, c.title)).collect()
}

fn owned(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
    expected.iter().map(|(s, t)| (*s, (*t).to_owned())).collect()
}

fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;")
}

/// The same lines in the four ways that notes come in.
fn documents(lines: &[&str]) -> [(&'static str, Document); 4] {
    let each = |before: &str, after: &str| -> String {
        let wrapped = lines.iter().map(|line| format!("{before}{}{after}", escaped(line)));
        wrapped.collect::<Vec<_>>().concat()
    };
    [
        ("lines", text::from_plain(&lines.join("\n"), None)),
        ("br", text::from_html(&format!("<p>{}</p>", each("", "<br />")), None)),
        ("p", text::from_html(&each("<p>", "</p>\n"), None)),
        ("li", text::from_html(&format!("<ul>{}</ul>", each("<li>", "</li>")), None)),
    ]
}

#[track_caller]
fn everywhere(lines: &[&str], expected: &[(u64, &str)]) {
    for (name, document) in documents(lines) {
        assert_eq!(found(&document, None), owned(expected), "{lines:?} as {name}");
    }
}

// Forms

#[test]
fn codes_before_titles_in_all_spellings() {
    let three = [(0, "开场"), (140, "正题"), (3723, "尾声")];
    for lines in [
        ["00:00 开场", "02:20 正题", "1:02:03 尾声"],
        ["00:00 -开场", "02:20 - 正题", "1:02:03 — 尾声"],
        ["[00:00] 开场", "[02:20]正题", "[1:02:03] 尾声"],
        ["00:00开场", "02:20正题", "1:02:03尾声"],
        ["00：00 开场", "02：20 正题", "1:02：03 尾声"],
        ["００：００　开场", "０２：２０　正题", "１：０２：０３　尾声"],
        ["00:00: 开场", "02:20：正题", "1:02:03: 尾声"],
        ["0:00 开场", "2:20 正题", "62:03 尾声"],
        ["0分0秒：开场", "2分20秒：正题", "62分03秒：尾声"],
        ["0分00秒 开场", "2分20秒 正题", "1小时2分3秒 尾声"],
        ["00‘00 开场", "02‘20 正题", "62‘03 尾声"],
        ["00'00'' 开场", "02'20'' 正题", "62'03'' 尾声"],
        ["00’00” 开场", "02’20” 正题", "62’03” 尾声"],
        ["——00:00 开场", "——02:20 正题", "——62:03 尾声"],
        ["1、00:00 开场", "2、02:20 正题", "3、01:02:03 尾声"],
        ["1. 00:00 开场", "2. 02:20 正题", "3. 1:02:03 尾声"],
        ["① 00:00 开场", "② 02:20 正题", "③ 1:02:03 尾声"],
        ["（1）00:00 开场", "（2）02:20 正题", "（3）1:02:03 尾声"],
        ["⏰ 00:00 开场", "👉🏻 02:20 正题", "🎧1:02:03 尾声"],
        ["(00:00) – 开场", "(2:20) – 正题", "(1:02:03) – 尾声"],
        ["⌨️ (00:00:00) 开场", "⌨️ (00:02:20) 正题", "⌨️ (01:02:03) 尾声"],
        ["- 00:00 开场", "- 02:20 正题", "- 1:02:03 尾声"],
        ["· 00:00 | 开场", "· 02:20 ｜ 正题", "· 1:02:03 | 尾声"],
        ["【00:00】开场", "【02：20】正题", "【1:02:03】尾声"],
        ["「00:00」开场", "「02:20 」正题", "「1:02:03」尾声"],
        ["<00:00> 开场", "<02:20> 正题", "<1:02:03> 尾声"],
        ["@0:00 开场", "@2:20 正题", "@1:02:03 尾声"],
        ["0m00s 开场", "2m20s 正题", "1h02m03s 尾声"],
        ["00:00:00.000 开场", "00:02:20.000 正题", "01:02:03.500 尾声"],
        ["Part 1. 00:00 开场", "Part 2. 02:20 正题", "Part 3. 1:02:03 尾声"],
        ["P1 00:00 开场", "P2 02:20 正题", "P3 1:02:03 尾声"],
        ["1️⃣ 00:00 开场", "2️⃣ 02:20 正题", "🔟 1:02:03 尾声"],
        ["00:00 → 开场", "02:20 → 正题", "1:02:03 → 尾声"],
        ["00 : 00 开场", "02 : 20 正题", "62 : 03 尾声"],
        ["第0分0秒：开场", "第2分20秒：正题", "第62分3秒：尾声"],
        ["本期你会听到：00:00 开场", "02:20 正题", "1:02:03 尾声"],
        ["CHAPTERS(00:00:00) 开场", "(00:02:20) 正题", "(01:02:03) 尾声"],
        ["【时间轴】  00:00 开场", "02:20 正题", "1:02:03 尾声"],
        ["|时间轴 00:00 开场", "02:20 正题", "1:02:03 尾声"],
        ["00：  0  0 开场", "02:20 正题", "0  1:02:03 尾声"],
        ["00:00\u{200b}\u{a0}开场", "02:20\u{3000}正题", "\u{feff}1:02:03 尾声"],
    ] {
        everywhere(&lines, &three);
    }
}

#[test]
fn titles_before_codes() {
    let three = [(0, "开场"), (140, "正题"), (3723, "尾声")];
    for lines in [
        ["开场 00:00", "正题 02:20", "尾声 1:02:03"],
        ["开场00:00", "正题02:20", "尾声01:02:03"],
        ["开场 ........ 00:00", "正题 — 02:20", "尾声：1:02:03"],
        ["开场（00:00）", "正题（02:20）", "尾声（1:02:03）"],
        ["开场 [00:00]", "正题 [02:20]", "尾声 [1:02:03]"],
        ["· 开场   00:00", "· 正题  02:20", "· 尾声 1:02:03"],
        ["1. 开场 00:00", "2. 正题 02:20", "3. 尾声 1:02:03"],
        ["开场（从 00:00 开始）", "正题（从 02:20 开始）", "尾声（从 1:02:03 开始）"],
        ["开场 - 00:00.", "正题 - 02:20.", "尾声 - 01:02:03."],
    ] {
        everywhere(&lines, &three);
    }
}

#[test]
fn digits_glued_to_the_code_belong_to_the_title() {
    everywhere(
        &["00:10 开场", "11:2980年代的夜校", "23:50QQ与短信", "1:18:0835岁以后"],
        &[(10, "开场"), (689, "80年代的夜校"), (1430, "QQ与短信"), (4688, "35岁以后")],
    );
}

#[test]
fn one_digit_parts_are_believed_in_company() {
    everywhere(
        &["00:10 开场", "21:8 夜校", "45:00 短信", "2:8:59 多年以后"],
        &[(10, "开场"), (1268, "夜校"), (2700, "短信"), (7739, "多年以后")],
    );
}

#[test]
fn ranges_have_ends() {
    let lines = [
        "00:00-03:20 开场",
        "03:20 ~ 10:00 正题",
        "[10:00]—[59:59] 讨论",
        "【1:00:00 至 1:05:00】尾声",
        "1:05:00– 彩蛋",
    ];
    for (name, document) in documents(&lines) {
        let timeline = from_notes(&document, Some(4_000_000));
        let all: Vec<_> = timeline
            .chapters
            .iter()
            .map(|c| (c.start_ms / 1000, c.end_ms.map(|e| e / 1000), c.title.as_str()))
            .collect();
        assert_eq!(
            all,
            [
                (0, Some(200), "开场"),
                (200, Some(600), "正题"),
                (600, Some(3599), "讨论"),
                (3600, Some(3900), "尾声"),
                (3900, Some(4000), "彩蛋"),
            ],
            "as {name}"
        );
    }
}

#[test]
fn a_title_may_stand_on_the_next_line() {
    everywhere(
        &["时间轴", "01:00", "为什么离开", "12:30", "怎样回来", "59:11", "后来"],
        &[(60, "为什么离开"), (750, "怎样回来"), (3551, "后来")],
    );
}

#[test]
fn a_timeline_may_be_one_paragraph() {
    let expected = [(92, "离开小城"), (196, "第一份工作"), (533, "回到原点")];
    for line in [
        "时间轴： 1:32 离开小城 3:16 第一份工作 8:53 回到原点",
        "本期和林溪聊了她的十年。01:32 离开小城；03:16 第一份工作；08:53 回到原点",
        "【时间线】[01:32]离开小城 [03:16]第一份工作 [08:53]回到原点",
        "1:32 离开小城 / 3:16 第一份工作 / 8:53 回到原点",
        "离开小城 01:32，第一份工作 03:16，回到原点 08:53",
    ] {
        assert_eq!(found(&text::from_plain(line, None), None), owned(&expected), "{line}");
    }
}

#[test]
fn links_to_times_and_marks_of_the_page_are_codes() {
    let html = "<p><a href=\"#t=00:36\"><strong>00:36</strong></a> Intro</p>\
        <p><a class=\"timestamp\" data-timestamp=\"95\">01:35</a> First topic</p>\
        <p><a href=\"https://a.example/watch?v=1&amp;t=3725\">01:02:05</a> <b>Last</b> topic</p>";
    let expected = [(36, "Intro"), (95, "First topic"), (3725, "Last topic")];
    assert_eq!(found(&text::from_html(html, None), None), owned(&expected));
    let markdown = "* **[00:36](#t=00:36)** Intro\n* **[01:35](#t=01:35)** [First](https://a.example/x) topic\n\
        * [Notes](https://a.example/16:45)\n* **[1:02:05](#t=1:02:05)** Last topic\n";
    assert_eq!(found(&text::from_markdown(markdown, None), None), owned(&expected));
    let headings = "### [00:00:36] Intro\n\nwords\n\n### [00:01:35] First topic\n\n### [01:02:05] Last topic\n";
    assert_eq!(found(&text::from_markdown(headings, None), None), owned(&expected));
}

#[test]
fn whole_lines_may_be_links_but_one_headline_is_no_chapter() {
    let html = "<p><a href=\"https://a.example/1\">00:36 Intro</a></p><p><a href=\"https://a.example/2\">01:35 \
        First topic</a></p><p><a href=\"https://a.example/3\">01:02:05 Last topic</a></p>";
    let expected = [(36, "Intro"), (95, "First topic"), (3725, "Last topic")];
    assert_eq!(found(&text::from_html(html, None), None), owned(&expected));
    let html = "<p>00:36 Intro</p><p>01:35 First topic</p><p>01:02:05 Last topic</p><p>Links</p>\
        <p><a href=\"https://a.example/12:30\">12:30 to Paris</a></p>";
    assert_eq!(found(&text::from_html(html, None), None), owned(&expected));
}

#[test]
fn spans_may_split_the_digits() {
    let html = "<p><span>0</span><span>0</span>:<b>3</b>6 Intro</p><p>0<i>1</i>:3<i>5</i> First topic</p>\
        <p><span>01:</span><span>02</span><span>:05</span> Last topic</p>";
    let expected = [(36, "Intro"), (95, "First topic"), (3725, "Last topic")];
    assert_eq!(found(&text::from_html(html, None), None), owned(&expected));
}

#[test]
fn tables_are_timelines_too() {
    let html = "<table><tr><th>Time</th><th>Topic</th></tr><tr><td>00:00</td><td>Intro</td></tr>\
        <tr><td>05:15</td><td>News &amp; updates</td></tr><tr><td>1:00:09</td><td>Q&amp;A</td></tr></table>";
    let expected = [(0, "Intro"), (315, "News & updates"), (3609, "Q&A")];
    assert_eq!(found(&text::from_html(html, None), None), owned(&expected));
}

#[test]
fn a_heading_above_its_code_is_the_title() {
    let html = "<h2>Begrüßung</h2><span>00:01:33</span><p>Thema heute</p>\
        <h2>Das Netz</h2><span>00:05:43</span><p>Kabel — Funk</p>\
        <h2>Funk 00:10:48</h2><p>Wellen</p>\
        <h2>Abschied</h2><span>01:00:00</span><p>Bis bald</p>";
    let expected = [(93, "Begrüßung"), (343, "Das Netz"), (648, "Funk"), (3600, "Abschied")];
    assert_eq!(found(&text::from_html(html, None), None), owned(&expected));
}

// Meaning

#[test]
fn a_list_may_switch_to_hours_and_minutes() {
    everywhere(
        &["35:26 甲方", "59:11 乙方", "01:07 丙方", "68:19 丁方"],
        &[(2126, "甲方"), (3551, "乙方"), (4020, "丙方"), (4099, "丁方")],
    );
}

#[test]
fn codes_out_of_order_are_sorted_and_doubted() {
    let lines = ["10:00 甲方", "05:00 乙方", "20:00 丙方"];
    everywhere(&lines, &[(300, "乙方"), (600, "甲方"), (1200, "丙方")]);
    let timeline = from_notes(&text::from_plain(&lines.join("\n"), None), None);
    let doubts: Vec<_> = timeline.stamps.iter().map(|s| (s.ms / 1000, s.doubtful)).collect();
    assert_eq!(doubts, [(600, false), (300, true), (1200, false)]);
}

#[test]
fn codes_beyond_the_end_are_doubted_and_no_chapters() {
    let document = text::from_plain("00:00 开场\n10:00 正题\n99:59 没有", None);
    let timeline = from_notes(&document, Some(1_800_000));
    assert_eq!(timeline.chapters.len(), 2);
    assert_eq!(timeline.chapters[1].end_ms, Some(1_800_000));
    assert!(timeline.stamps[2].doubtful);
}

// Nothing

#[test]
fn what_is_no_timeline_has_no_chapters() {
    for lines in [
        &["每周三早上7:30更新", "每周四晚上8:30更新", "每周五20:00更新"][..],
        &["画幅 16:9 还是 4:3？", "比分 3:2，加时 4:3", "1:1 会议怎么开"],
        &["约翰福音 3:16", "罗马书 8:28", "启示录 21:04"],
        &["Luke 5:27-32", "Acts 2:37-47", "Psalm 23:10"],
        &["上海站 2026.4.12 星期六 19:30", "杭州站 2026.4.13 星期日 20:30", "成都站 5月3日 21:00"],
        &["活动流程", "09:30 - 10:00 签到", "10:00 - 11:30 主题演讲", "11:30 - 12:00 圆桌"],
        &["营业时间", "10:00-22:00 周一至周五", "11:00-23:00 周末"],
        &["歌单", "1. 远山 3:45", "2. 河流 4:10", "3. 雨季 2:58"],
        &["9·11、24/7、3.14 和 2:8 定律", "电话 021-6543:2100", "版本 1.2.30"],
        &["14:30 开门", "15:00 演出", "17:00 散场"],
        &["班车时刻表", "7:30 西门", "8:10 东门", "9:00 南门"],
        &["直播时间", "20:00 上海", "21:00 东京", "08:00 纽约"],
        &["2026-01-01 10:00 发布", "2026-01-02 11:00 修正", "2026-01-03 12:00 再修正"],
        &[
            "[2026/1/1 10:00] 老沈：你好",
            "[2026/1/1 10:05] 小何：好",
            "[2026/1/1 10:09] 老沈：再见",
        ],
        &["本期曲目", "1. 远山 (3:45)", "2. 河流 (4:50)", "3. 雨季 (5:58)"],
        &["湖队 102:98 海队", "山队 3:2 河队", "林队 0:1 原队"],
        &["https://a.example/12:30/x", "https://a.example/13:30/y", "https://a.example/14:30/z"],
        &["如果你只想听采访，可以直接跳到 23:15。", "感谢收听。"],
    ] {
        everywhere(lines, &[]);
    }
}

#[test]
fn numbers_beside_a_timeline_are_not_drawn_in() {
    everywhere(
        &[
            "画幅 16:9 还是 4:3？",
            "更新时间：每周三早上7:30",
            "00:00 开场",
            "12:30 画幅 16:9 的由来",
            "40:00 五点 5:30 见（08:15 的勘误）",
            "*16:23 处有错误：应为三年",
            "音乐：",
            "00:00《远山》",
            "03:20《河流》",
        ],
        &[(0, "开场"), (750, "画幅 16:9 的由来"), (2400, "五点 5:30 见（08:15 的勘误）")],
    );
}

#[test]
fn a_clock_time_far_from_the_timeline_is_no_chapter() {
    let timeline = ["00:00 开场", "12:30 正题", "40:00 来信", "55:00 尾声"];
    let rest = ["主播：老沈", "嘉宾：小何", "剪辑：阿竹", "封面：阿岚", "20:00 准时开播"];
    let expected = [(0, "开场"), (750, "正题"), (2400, "来信"), (3300, "尾声")];
    everywhere(&[timeline.as_slice(), &rest].concat(), &expected);
    let head = ["20:30 直播见", "主播：老沈", "嘉宾：小何", "剪辑：阿竹", "封面：阿岚"];
    everywhere(&[head.as_slice(), &timeline].concat(), &expected);
    let date = ["时间：14:00-16:00", "地点：河边"];
    everywhere(&[date.as_slice(), &timeline].concat(), &expected);
}

// Stamps

#[test]
fn codes_in_sentences_are_stamps_but_no_chapters() {
    let document = text::from_plain("不想听闲聊的，正片从 10:32 开始；每晚 22:30 见。", None);
    let timeline = from_notes(&document, Some(3_600_000));
    assert!(timeline.chapters.is_empty());
    let stamps: Vec<_> = timeline.stamps.iter().map(|s| (s.ms, s.doubtful)).collect();
    assert_eq!(stamps, [(632_000, false)]);
    let text = document.blocks[0].plain_text();
    assert_eq!(text.get(timeline.stamps[0].range.clone()), Some("10:32"));
}

// Outline

#[test]
fn sections_with_dashes_and_points_with_dots() {
    let document = text::from_plain(
        "时间线跳转：\n-为什么是现在\n05:13 体感\n·写得快\n·读得慢\n11:15 争论\n-怎么做到\n39:36 架构\n42:42 均衡\n剪辑：阿竹\n",
        None,
    );
    let chapters = from_notes(&document, None).chapters;
    let all: Vec<_> = chapters
        .iter()
        .map(|c| (c.title.as_str(), c.section.as_deref(), c.points.join("/")))
        .collect();
    assert_eq!(
        all[..3],
        [
            ("体感", Some("为什么是现在"), "写得快/读得慢".to_owned()),
            ("争论", Some("为什么是现在"), String::new()),
            ("架构", Some("怎么做到"), String::new()),
        ]
    );
    assert_eq!((all[3].0, all[3].1), ("均衡", Some("怎么做到")));
}

#[test]
fn sections_above_groups_and_points_as_paragraphs() {
    let document = text::from_html(
        "<p>本期内容</p><p>⭕️ 出走</p><p>01:34 离家</p><p>老沈：那年冬天</p><p>小何：我记得</p>\
         <p>⭕️ 归来</p><p>11:15 回家</p><p>22:00 落脚</p><p>【主播】</p><p>老沈</p>",
        None,
    );
    let chapters = from_notes(&document, None).chapters;
    assert_eq!(chapters.len(), 3);
    assert_eq!(chapters[0].section.as_deref(), Some("⭕️ 出走"));
    assert_eq!(chapters[0].points, ["老沈：那年冬天", "小何：我记得"]);
    assert_eq!(chapters[1].section.as_deref(), Some("⭕️ 归来"));
    assert_eq!(chapters[2].points, Vec::<String>::new());
}

#[test]
fn sub_items_of_a_list_are_points() {
    let document = text::from_markdown(
        "- 00:10 Start\n  - first\n  - second\n- 10:00 Middle\n- 20:00 End\n  - last\n\n## Links\n\n- other\n",
        None,
    );
    let chapters = from_notes(&document, None).chapters;
    let points: Vec<_> = chapters.iter().map(|c| c.points.clone()).collect();
    assert_eq!(points, [vec!["first", "second"], vec![], vec!["last"]]);
}

#[test]
fn a_heading_with_the_time_of_its_first_item_is_its_section() {
    let document = text::from_markdown(
        "#### [@01:15] - New year\n\n- [@01:45] - Plans\n\n#### [@36:59] - Old year\n\n- [@36:59] - Ends\n- [@45:05] - More\n",
        None,
    );
    let chapters = from_notes(&document, None).chapters;
    let all: Vec<_> = chapters.iter().map(|c| (c.start_ms / 1000, c.title.as_str())).collect();
    assert_eq!(all, [(75, "New year"), (105, "Plans"), (2219, "Ends"), (2705, "More")]);
    assert_eq!(chapters[2].section.as_deref(), Some("Old year"));
}

#[test]
fn a_title_may_stand_above_where_the_layout_says_so() {
    let document = text::from_plain("序\n00:00\n\n和老沈的相遇\n05:12\n\n最后的话\n41:09", None);
    let expected = [(0, "序"), (312, "和老沈的相遇"), (2469, "最后的话")];
    assert_eq!(found(&document, None), owned(&expected));
}

#[test]
fn codes_in_the_middle_of_all_items_are_chapters() {
    everywhere(
        &["1. 序（00:00）自我介绍", "2. 相遇（05:30）一封信", "3. 分别（1:00:05）听众来信"],
        &[(0, "序 自我介绍"), (330, "相遇 一封信"), (3605, "分别 听众来信")],
    );
}
