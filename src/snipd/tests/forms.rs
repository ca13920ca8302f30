//! The forms in which notes reach people: other programs' copies, templates of the user's own, notes
//! that were converted by hand.

use super::super::{looks_like, parse, write};
use super::only;
use crate::model::{NewSnip, Note};

/// Start, end and title of each snip.
fn ranges(note: &Note) -> Vec<(u64, u64, &str)> {
    let of = |snip: &NewSnip| (snip.start_ms / 1000, snip.end_ms / 1000);
    note.snips
        .iter()
        .map(|snip| (of(snip).0, of(snip).1, snip.title.as_deref().unwrap_or_default()))
        .collect()
}

/// Reads a note and sees that it survives its export.
fn kept(text: &str) -> Note {
    assert!(looks_like(text), "{text}");
    let note = only(text);
    let again = only(&write(&note));
    let essence = |note: &Note| {
        let mut note = note.clone();
        (note.front_matter, note.source, note.line) = (None, None, 0);
        note.skipped.clear();
        note.snips.iter_mut().for_each(|snip| snip.raw = None);
        note
    };
    assert_eq!(essence(&again), essence(&note), "{}", write(&note));
    note
}

#[test]
fn the_plugins_list_form_is_read() {
    let text = "# 第 12 期：雨声\n\n## Episode metadata\n- Episode title: 第 12 期：雨声\n- Show: [[听雨]]\n- Owner / Host: [[林晚]]\n\
        - Guests: [[周南]], [[Bo Lee]]\n- Episode publish date: 2025-11-02\n- Episode AI description: 屋檐。\n- Duration: 01:02:03\n\
        - Episode link: [open in Snipd](https://share.snipd.com/episode/e-1)\n- Export date: 2025-12-01T10:00\n\n## Snips\n\n\
        ### ⭐ [屋檐下](https://share.snipd.com/snip/p-1) [[声音]] #雨\n\n🎧 03:12 - 05:18 (02:05)\n\n\
        <iframe src=\"https://share.snipd.com/embed/obsidian-player/snip/z\"></iframe>\n\n- 一点\n\n#### 💬 Quote\n> 雨停了。\n> — 周南\n\n\
        #### 📚 Transcript\n**林晚** (03:12)\n雨停了吗？\n\n**周南** (03:20)\n停了。\n\n---\n\n###  [第二条](https://share.snipd.com/snip/p-2)\n\n\
        🎧 01:00:12 – 01:01:00 (00:48)\n\nClipped at: 01:00:50\nCreated: 2025-11-05 21:30\n\n---\n\n## Full episode transcript\n**林晚** 00:00\n大家好。\n";
    let note = kept(text);
    assert_eq!(ranges(&note), [(192, 318, "屋檐下"), (3612, 3660, "第二条")]);
    let [first, second] = note.snips.as_slice() else { panic!("{note:?}") };
    assert!(first.favorite);
    assert_eq!(first.tags, ["声音", "雨"]);
    assert_eq!(first.note, "- 一点\n\n#### 💬 Quote\n> 雨停了。\n> — 周南");
    let said = "林晚 (03:12): 雨停了吗？\n\n周南 (03:20): 停了。";
    assert_eq!(first.transcript.as_deref(), Some(said));
    assert_eq!(
        (second.tapped_ms, second.note.as_str()),
        (Some(3_650_000), "Created: 2025-11-05 21:30")
    );
    assert_eq!(note.duration_ms, Some(3_723_000));
    assert!(note.rest.contains("Episode AI description: 屋檐。") && note.rest.contains("大家好。"));
}

#[test]
fn a_template_of_the_users_own_is_read_by_its_links_and_ranges() {
    let text = "---\nepisode_title: \"雨声: 12\"\nshow_title: \"听雨\"\nguests:\n  - \"[[周南]]\"\nepisode_publish_date: 2025-11-02\n\
        episode_duration: \"1h 2min\"\nsource: snipd\nepisode_url: \"https://share.snipd.com/episode/e-2\"\nsnips_count: 3\nfrom_snipd: true\n---\n\
        > [!abstract] 摘要\n> 关于雨。\n\n## 摘录\n\n### 03:12 屋檐下 ⭐\n**时间**：03:12 - 05:18 · [▶ 播放](https://share.snipd.com/snip/p-3)\n\
        标签：#雨 #声音\n\n> 雨停了。\n\n### 第二条\n[▶](https://share.snipd.com/snip/p-4)\nTime: 01:00:12 - 01:01:00\n\n\
        ### (05:00) 第三条\n[[雨]]\n[12:30] 🎧 11:30 - 12:45 (01:15) 好听\n#### 🏷 Tags\n#雨\n";
    let note = kept(text);
    assert_eq!(ranges(&note), [(192, 318, "屋檐下"), (3612, 3660, "第二条"), (690, 765, "第三条")]);
    let [first, second, third] = note.snips.as_slice() else { panic!("{note:?}") };
    assert!(first.favorite && first.tags == ["雨", "声音"] && first.note.ends_with("> 雨停了。"));
    assert_eq!(second.url.as_deref(), Some("https://share.snipd.com/snip/p-4"));
    assert_eq!((third.tapped_ms, third.note.as_str()), (Some(750_000), "[[雨]]\n好听"));
    assert_eq!(third.tags, ["雨"]);
    assert_eq!(note.duration_ms, Some(3_720_000));
    assert_eq!(note.rest, "> [!abstract] 摘要\n> 关于雨。");
    // What no field holds stays where it stood.
    assert!(write(&note).contains("\nsource: snipd\n"), "{}", write(&note));
}

#[test]
fn wide_marks_tabs_and_other_brackets_are_read() {
    let text = "---\ntitle: 雨\nshow: 听雨\nsnipd: https://share.snipd.com/episode/e-3\n---\n## Show notes\n> 00：00 开场\n\n## Snips\n\
        ### 【01：11】 无题\n【🎧 Play snip - 1min（00：00 - 01：11）】(https://share.snipd.com/snip/w-1)\n<audio controls> <source src=\"https://a.example/w.mp3#t=00:00,01:11\"> </audio>\n\
        ### ［02:11］ 全角\n[🎧 Play snip - 1min （01:00 – 02:11）](https://share.snipd.com/snip/w-2)\n\
        ###\t[03:11]无空格\n[🎧播放片段 - 1分钟 (02:00\t-\t03:11)](https://share.snipd.com/snip/w-3)\n<audio controls src='https://a.example/w.mp3#t=02:00,03:11'></audio>\n\
        ### (04:11) 圆括号\n[▶️ Play snip - 1min (03:00 - 04:11)](https://share.snipd.com/snip/w-4)\n\
        ### `[05:11]` 代码\n\\[🎧 一句话\n[🎧 Play snip - 1min (04:00 - 05:11)](https://share.snipd.com/snip/w-5)\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        let note = kept(&text);
        let wanted = [
            (0, 71, "无题"),
            (60, 131, "全角"),
            (120, 191, "无空格"),
            (180, 251, "圆括号"),
            (240, 311, "代码"),
        ];
        assert_eq!(ranges(&note), wanted);
        assert!(note.snips.iter().all(|snip| snip.url.is_some()));
        assert_eq!(note.enclosure.as_deref(), Some("https://a.example/w.mp3"));
        assert_eq!(note.notes, "00：00 开场");
    }
}

#[test]
fn callouts_hold_snips_and_show_notes() {
    let text = "---\ntitle: 雨\nsnipd: https://share.snipd.com/episode/e-4\n---\n\n> [!info]- Show notes\n> 开场\n> 02:20 正题\n\n\
        > [!quote]+ [01:11] 在雨里\n> [🎧 Play snip - 1min️ (00:00 - 01:11)](https://share.snipd.com/snip/c-1)\n> 一句话\n\n\
        > [!snip] 第二\n> 🎧 02:00 - 03:00\n> [open](https://share.snipd.com/snip/c-2)\n\n> [!quote]- Transcript\n> **林晚**\n> 好。\n";
    let note = kept(text);
    assert_eq!(note.notes, "开场  \n02:20 正题");
    assert_eq!(ranges(&note), [(0, 71, "在雨里"), (120, 180, "第二")]);
    let [first, second] = note.snips.as_slice() else { panic!("{note:?}") };
    assert_eq!(first.note, "一句话");
    assert_eq!(second.url.as_deref(), Some("https://share.snipd.com/snip/c-2"));
    assert_eq!(second.transcript.as_deref(), Some("林晚: 好。"));
}

#[test]
fn a_page_of_notion_is_read() {
    let text = "# 一期关于声音的节目\n\nShow: 听山\nHost: 林晚\nEpisode link: [https://share.snipd.com/episode/e-5](https://share.snipd.com/episode/e-5)\n\
        Publish date: January 9, 2025\n\n### [13:08](https://share.snipd.com/snip/n-1) 为什么\n\n[Play snip 1min](https://share.snipd.com/snip/n-1)\n\n- 一点\n\n\
        ### `[14:08]` 怎么办\n\n[🎧 Play snip - 45sec (13:23 - 14:08)](https://share.snipd.com/snip/n-2)\n";
    let note = kept(text);
    assert_eq!((note.show.as_deref(), note.author.as_deref()), (Some("听山"), Some("林晚")));
    assert_eq!(note.published, Some(1_736_380_800));
    assert_eq!(ranges(&note), [(728, 788, "为什么"), (803, 848, "怎么办")]);
    assert_eq!(note.rest, "");
    // One such line alone is running text.
    let lone = only("# 一\nShow: 听山\n\n### [01:00] x\n");
    assert_eq!((lone.show, lone.rest.as_str()), (None, "Show: 听山"));
}

#[test]
fn outlines_keep_their_words_and_lose_their_marks() {
    let text = "tags:: #podcasts\n\n- ## [[一期]]\n  episode-link:: [Open in Snipd](https://share.snipd.com/episode/e-6)\n  show:: [[听山]]\n  host:: [[林晚]]\n\
        \t- ### Show notes\n\t  collapsed:: true\n\t\t- #+BEGIN_QUOTE\n\t\t  02:20 正题\n\t\t  #+END_QUOTE\n\t- ### Snips\n\t\t- ### [11:36] 为什么\n\t\t  id:: 66aa\n\
        \t\t\t- [🎧 Play snip - 1min️ (10:36 - 11:36)](https://share.snipd.com/snip/l-1)\n\t\t\t- 一点\n\t\t\t- #### **📚 Transcript**\n\t\t\t  collapsed:: true\n\
        \t\t\t\t- **林晚**\n\t\t\t\t  你好\n\t\t- ### [13:36] Untitled\n\t\t\t- [🎧 Play snip - 1min️ (12:36 - 13:36)](https://share.snipd.com/snip/l-2)\n";
    let note = kept(text);
    assert_eq!(ranges(&note), [(636, 696, "为什么"), (756, 816, "")]);
    assert_eq!(note.notes, "02:20 正题");
    let first = note.snips.first().unwrap();
    assert_eq!((first.note.as_str(), first.transcript.as_deref()), ("- 一点", Some("林晚: 你好")));
}

#[test]
fn shared_links_need_a_time_beside_them() {
    let text = "# 日记\n\n[为什么下雨 | 45sec snip from 听雨](https://share.snipd.com/snip/t-1)\n\n\
        12:30 [屋檐 | 1min snip from 听雨](https://share.snipd.com/snip/t-2)\n\nListen: [灯 | 2min snip from 听雨](https://share.snipd.com/snip/t-3) @1:02:03\n";
    let note = kept(text);
    assert_eq!(ranges(&note), [(750, 810, "屋檐"), (3723, 3843, "灯")]);
    assert_eq!(note.snips.first().unwrap().note, "");
    assert_eq!(note.show.as_deref(), Some("听雨"));
    assert_eq!(note.skipped.first().map(|(line, _)| *line), Some(3));
    assert!(note.rest.contains("t-1"));
}

#[test]
fn readwise_writes_details_in_bold_or_plain() {
    let text = "# 关于湖\n\n## Metadata\n- Author: [[听山]]\n- Full Title: 关于湖 #12\n- URL: https://share.snipd.com/episode/e-7\n\n## Highlights\n\
        - 湖的表面\n  Transcript:\n  Speaker 1\n  很平。 ([Time 0:24:09](https://share.snipd.com/snip/r-1))\n    - Tags: [[湖]] [[水]]\n    - Note: 想想\n\
        - 湖的底 ([Time 0:25:09](https://share.snipd.com/episode-takeaways/r-2))\n## New highlights added April 8, 2024 at 5:38 AM\n\
        - 湖的岸 ([Time 1:02:03](https://share.snipd.com/snip/r-3))\n";
    let note = kept(text);
    assert_eq!(
        ranges(&note),
        [(1449, 1509, "湖的表面"), (1509, 1569, "湖的底"), (3723, 3783, "湖的岸")]
    );
    let first = note.snips.first().unwrap();
    assert_eq!(
        (first.note.as_str(), first.tags.as_slice()),
        ("想想", &["湖".to_owned(), "水".to_owned()][..])
    );
    assert_eq!(first.transcript.as_deref(), Some("Speaker 1: 很平。"));
}

#[test]
fn rules_between_passages_are_folded_into_one() {
    let text = "# 一\n## Snips\n### [01:00] a\n[🎧 Play snip - 1min (00:00 - 01:00)](https://share.snipd.com/snip/a)\n\n1. 一\n\n---\n\n\n---\n\n二\n\n---\n---\n";
    let note = kept(text);
    assert_eq!(note.snips.first().unwrap().note, "1. 一\n\n---\n\n二");
    assert!(write(&note).contains("\n---\n\n二\n"));
}

#[test]
fn many_episodes_of_other_forms_stand_in_one_file() {
    let one = "---\ntitle: 甲\nshow: 听\nsnipd: https://share.snipd.com/episode/a\n---\n\n## Show notes\n> 甲\n\n## Snips\n### [01:11] Untitled\n\
        [🎧 Play snip - 1min (00:00 - 01:11)](https://share.snipd.com/snip/a)\n<audio controls> <source src=\"https://a.example/a.mp3#t=00:00,01:11\"> </audio>\n";
    let two = one.replace('甲', "乙").replace("/a", "/b");
    let both = parse(&format!("{one}\n{two}"));
    assert_eq!(both.iter().map(|note| note.title.as_str()).collect::<Vec<_>>(), ["甲", "乙"]);
    assert!(both.iter().all(|note| note.snips.len() == 1 && note.source.is_some()));
    assert_eq!(both.last().unwrap().line, one.lines().count() + 2);
    let twice = parse(&format!("{one}\n{one}"));
    assert_eq!((twice.len(), twice.first().unwrap().snips.len()), (1, 1));
}
