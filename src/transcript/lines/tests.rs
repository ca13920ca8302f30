//! Lines of every dress, as sentences.

use super::super::parse;

type Said = (u64, Option<String>, String);

fn said(text: &str) -> Vec<Said> {
    let transcript = parse(text.as_bytes(), None).unwrap();
    transcript.cues.into_iter().map(|c| (c.start_ms, c.speaker, c.text)).collect()
}

fn cue(start: u64, who: &str, text: &str) -> Said {
    (start, (!who.is_empty()).then(|| who.to_owned()), text.to_owned())
}

#[test]
fn lines_with_times_are_cues_and_the_title_is_none() {
    let text = "---\ntitle: 某一期\n---\n# 某一期\n\n[00:00:00] 大家好  \n[00:00:07] 林晚：欢迎\n还有一句\n\n[00:00:11] 林晚：嗯";
    let wanted =
        [cue(0, "", "大家好"), cue(7000, "林晚", "欢迎还有一句"), cue(11_000, "林晚", "嗯")];
    assert_eq!(said(text), wanted);
}

#[test]
fn a_name_with_a_time_stands_above_its_words() {
    let text = "发言人1   00:02\n大家好。\n\n发言人2 00:09\n你好。\n我是周南。\n";
    assert_eq!(
        said(text),
        [cue(2000, "发言人1", "大家好。"), cue(9000, "发言人2", "你好。我是周南。")]
    );
}

#[test]
fn names_over_their_words_need_not_come_again() {
    let text = "曼祺 00:02\n大家好。\n\n阿鹿 00:09\n你好。\n";
    assert_eq!(said(text), [cue(2000, "曼祺", "大家好。"), cue(9000, "阿鹿", "你好。")]);
}

#[test]
fn names_in_brackets_begin_a_turn() {
    let text = "【曼祺】大家好。\n【阿鹿】你好。\n【曼祺】开始吧。[笑]\n【阿鹿】好。\n";
    let wanted = [
        cue(0, "曼祺", "大家好。"),
        cue(0, "阿鹿", "你好。"),
        cue(0, "曼祺", "开始吧。[笑]"),
        cue(0, "阿鹿", "好。"),
    ];
    assert_eq!(said(text), wanted);
}

#[test]
fn a_name_may_follow_the_time_above_its_words() {
    let text = "00:00 林晚\n大家好。\n\n00:09 周南\n你好。\n\n00:12 林晚\n嗯。\n\n00:15 周南\n好。";
    let names: Vec<_> = said(text).into_iter().filter_map(|cue| cue.1).collect();
    assert_eq!(names, ["林晚", "周南", "林晚", "周南"]);
}

#[test]
fn a_name_a_time_and_words_may_stand_on_one_line() {
    let text = "Ann Lee (00:01): The tide.\nBo (00:04): Out?\nAnn Lee (00:07): Out.";
    let wanted =
        [cue(1000, "Ann Lee", "The tide."), cue(4000, "Bo", "Out?"), cue(7000, "Ann Lee", "Out.")];
    assert_eq!(said(text), wanted);
    let bare = "发言人1 00:01 潮水退了\n发言人2 00:04 是吗\n发言人1 00:07 是的\n发言人2 00:09 好";
    assert_eq!(said(bare).into_iter().filter(|cue| cue.1.is_some()).count(), 4);
}

#[test]
fn name_and_time_may_stand_on_lines_of_their_own() {
    let text = "林晚\n00:01\n大家好\n\n周南\n00:04\n你好\n\n林晚\n00:07\n开始吧\n\n周南\n0:09\n好";
    let wanted = [
        cue(1000, "林晚", "大家好"),
        cue(4000, "周南", "你好"),
        cue(7000, "林晚", "开始吧"),
        cue(9000, "周南", "好"),
    ];
    assert_eq!(said(text), wanted);
}

#[test]
fn lyrics_are_read_with_repeated_lines_and_an_offset() {
    let text = "[ti:潮水]\n[ar:某人]\n[offset:+500]\n[00:12.00][01:00.00]退潮\n[00:20.50]<00:20.50>涨 <00:21.00>潮\n";
    assert_eq!(
        said(text),
        [cue(11_500, "", "退潮"), cue(20_000, "", "涨 潮"), cue(59_500, "", "退潮")]
    );
}

#[test]
fn text_without_times_is_read_by_paragraphs() {
    let text = "**Ann Lee:** Hello there,\nall of you.\n\n**Bo:** Hi.\n\n*[laughter]*\n";
    let wanted = [
        cue(0, "Ann Lee", "Hello there, all of you."),
        cue(0, "Bo", "Hi."),
        cue(0, "", "*[laughter]*"),
    ];
    assert_eq!(said(text), wanted);
}

#[test]
fn times_now_and_then_count_until_the_next() {
    let text = "**Ann Lee:** Hello.\n\n**Bo:** \\[04:12\\] The tide.\n\nGoes out.\n\n**Ann Lee:** \\[08:20\\] Yes.\n\n**Bo:** No.\n\n**Ann Lee:** Hm.\n\n**Bo:** So.";
    let wanted = [
        cue(0, "Ann Lee", "Hello."),
        cue(252_000, "Bo", "The tide."),
        cue(252_000, "", "Goes out."),
        cue(500_000, "Ann Lee", "Yes."),
        cue(500_000, "Bo", "No."),
        cue(500_000, "Ann Lee", "Hm."),
        cue(500_000, "Bo", "So."),
    ];
    assert_eq!(said(text), wanted);
}

#[test]
fn a_time_may_stand_over_several_turns() {
    let text = "[00:00]\n林晚：大家好\n周南：你好\n\n[05:00]\n林晚：潮水\n周南：灯塔\n林晚：雾\n";
    let found = said(text);
    let starts: Vec<_> = found.iter().map(|cue| cue.0).collect();
    assert_eq!(starts, [0, 0, 300_000, 300_000, 300_000], "{found:?}");
    assert!(found.iter().all(|cue| cue.1.is_some()));
}

#[test]
fn a_clock_time_in_prose_swallows_nothing() {
    let text = "我们约好第二天一早出发，去岛上看灯塔。\n\n会议时间 12:30\n\n12:30 开船，风很大。\n\n傍晚回来。";
    let found = said(text);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.iter().all(|cue| cue.1.is_none()), "{found:?}");
    let all: String = found.into_iter().map(|cue| cue.2).collect();
    assert!(all.contains("一早出发") && all.contains("12:30 开船"));
}

#[test]
fn words_before_the_first_time_are_kept_and_titles_are_not() {
    let text = "某一期\n2026年3月5日\n\n欢迎来到海边电台，我们开始吧。\n\n00:05 潮水\n00:09 灯塔\n00:12 雾";
    let found = said(text);
    assert_eq!(found.first(), Some(&cue(0, "", "欢迎来到海边电台，我们开始吧。")));
    assert_eq!(found.len(), 4);
}
