//! Reading and writing whole notes.

mod forms;
mod kept;

use super::{looks_like, parse, write};
use crate::model::{NewSnip, Note};

fn only(text: &str) -> Note {
    let mut notes = parse(text);
    assert_eq!(notes.len(), 1, "{notes:#?}");
    notes.remove(0)
}

const MANUAL: &str = "# 一期关于声音的节目

![Cover|200](https://img.example.org/c.jpg)

## Episode metadata
- Episode title:: [[一期关于声音的节目]]
- Show:: [[听山]]
- Owner / Host:: [[林晚]]
- Guests:: [[周南]], [[Bo Lee]]
- Episode link:: [open in Snipd](https://share.snipd.com/episode/e-1)
- Episode publish date:: 2025-01-09
<details>
<summary>Show notes</summary>
> 开场<br/>> 02:20 正题
</details>

- Show notes link:: [open website](https://example.org/1)
- Tags: #podcasts #snipd
- Export date:: 2025-01-19T11:14

## Snips

### [11:36] 为什么

[🎧 Play snip - 1min️ (10:36 - 11:36)](https://share.snipd.com/snip/s-1)
<audio controls> <source src=\"https://cdn.example.org/a.mp3?x=1#t=10:36,11:36\"> </audio>

### ✨ Key takeaways
1. 一点
2. 两点

#### 📚 Transcript
<details>
<summary>Click to expand</summary>
<blockquote><b>Speaker 1</b><br/><br/>你好。</blockquote><br/><blockquote><b>林晚</b><br/><br/>好。</blockquote>
</details>

---

### [01:00:20] Untitled

[🎧 Play snip - 1min️ (59:10 - 01:00:20)](https://share.snipd.com/snip/s-2)
<audio controls> <source src=\"https://cdn.example.org/a.mp3?x=1#t=59:10,01:00:20\"> </audio>

### 🔒 Private note
记住这个
---
---

# 另一期

## Episode metadata
- Episode title:: [[另一期]]
- Show:: [[听山]]
- Episode link:: [open in Snipd](https://share.snipd.com/episode/e-2)

## Snips

### [00:30] Untitled

[🎧 Play snip - 30sec️ (00:00 - 00:30)](https://share.snipd.com/snip/s-3)

Created with [Snipd](https://www.snipd.com) | Highlight & Take Notes from Podcasts
";

#[test]
fn a_whole_account_is_read_episode_by_episode() {
    assert!(looks_like(MANUAL));
    let notes = parse(MANUAL);
    assert_eq!(notes.len(), 2);
    let first = notes.first().unwrap();
    assert_eq!(first.title, "一期关于声音的节目");
    assert_eq!(first.show.as_deref(), Some("听山"));
    assert_eq!(first.guests, ["周南", "Bo Lee"]);
    assert_eq!(first.published, Some(1_736_380_800));
    assert_eq!(first.link.as_deref(), Some("https://example.org/1"));
    assert_eq!(first.snipd_url.as_deref(), Some("https://share.snipd.com/episode/e-1"));
    assert_eq!(first.enclosure.as_deref(), Some("https://cdn.example.org/a.mp3?x=1"));
    assert_eq!(first.notes, "开场  \n02:20 正题");
    assert_eq!(first.rest, "");
    assert!(first.skipped.is_empty());
    let [one, two] = first.snips.as_slice() else { panic!("{:#?}", first.snips) };
    assert_eq!((one.start_ms, one.end_ms), (636_000, 696_000));
    assert_eq!(one.title.as_deref(), Some("为什么"));
    assert_eq!(one.note, "### ✨ Key takeaways\n1. 一点\n2. 两点");
    assert_eq!(one.transcript.as_deref(), Some("Speaker 1: 你好。\n\n林晚: 好。"));
    assert_eq!((two.start_ms, two.end_ms, &two.title), (3_550_000, 3_620_000, &None));
    assert_eq!(two.note, "记住这个");
    let last = notes.last().unwrap().snips.first().unwrap();
    assert_eq!((last.start_ms, last.end_ms, last.note.as_str()), (0, 30_000, ""));
}

#[test]
fn the_plugins_files_are_read() {
    let text = "---\nepisode_title: \"声音: 一\"\nshow_title: 听山\nshow_author: 林晚\nguests:\n  - 周南\n\
                episode_publish_date: 2025-11-02\nepisode_duration: '01:02:03'\nepisode_url: https://share.snipd.com/episode/e-1\n\
                image_url: https://img.example.org/c.jpg\nsnips_count: 9\nfrom_snipd: true\nmood: 好\n---\n\n## Snips\n\n\
                ###  ⭐ [为什么](https://share.snipd.com/snip/s-1) [[声音]] [[两 词]]\n\n🎧 03:12 - 05:18 (02:05)\n\n\
                <iframe src=\"https://share.snipd.com/embed/obsidian-player/snip/x\"></iframe>\n- 一点\n\n#### 💬 Quote\n> 话\n> — 林晚\n\n\
                <details>\n<summary>📚 Transcript</summary>\n\n**林晚**\n好。\n</details>\n\n---\n\n\
                ###  [没有时间](https://share.snipd.com/snip/s-2)\n\n留下的话\n";
    assert!(looks_like(text));
    let note = only(text);
    assert_eq!((note.title.as_str(), note.duration_ms), ("声音: 一", Some(3_723_000)));
    assert_eq!(note.guests, ["周南"]);
    let [snip] = note.snips.as_slice() else { panic!("{:#?}", note.snips) };
    assert!(snip.favorite);
    assert_eq!(snip.tags, ["声音", "两 词"]);
    assert_eq!((snip.start_ms, snip.end_ms), (192_000, 318_000));
    assert_eq!(snip.note, "- 一点\n\n#### 💬 Quote\n> 话\n> — 林晚");
    assert_eq!(snip.transcript.as_deref(), Some("林晚: 好。"));
    assert_eq!(note.skipped.len(), 1);
    assert_eq!(note.skipped.first().map(|(line, _)| *line), Some(38));
    assert!(note.rest.contains("留下的话"));
    assert!(write(&note).contains("\nmood: 好\n"));
}

#[test]
fn readwise_highlights_are_read() {
    let text = "# 关于湖\n\n## Metadata\n- Author: [[听山]]\n- Full Title: 关于湖\n- Category: #podcasts\n\
                - URL: https://share.snipd.com/episode/e-1\n\n## Highlights\n- 湖的表面\n  Summary:\n  平。\n  Transcript:\n  Speaker 1\n  很平。 ([Time 0:24:09](https://share.snipd.com/snip/s-1))\n\
                    - **Note:** 想想\n    - **Tags:** #湖, #水\n- 没有时间的 ([x](https://share.snipd.com/snip/s-2))\n";
    assert!(looks_like(text));
    let note = only(text);
    let [snip] = note.snips.as_slice() else { panic!("{:#?}", note.snips) };
    assert_eq!((snip.start_ms, snip.title.as_deref()), (1_449_000, Some("湖的表面")));
    assert_eq!(snip.note, "Summary:\n平。\n想想");
    assert_eq!(snip.transcript.as_deref(), Some("Speaker 1: 很平。"));
    assert_eq!(snip.tags, ["湖", "水"]);
    assert_eq!(note.skipped.len(), 1);
}

#[test]
fn outlines_are_read() {
    let text = "- ## [[一期关于声音的节目]]\n  episode-link:: [Open in Snipd](https://share.snipd.com/episode/e-1)\n  show:: [[听山]]\n\
                \t- ### Show notes\n\t  #+BEGIN_QUOTE\n\t  02:20 正题\n\t  #+END_QUOTE\n\t- ### [11:36] 为什么\n\
                \t\t- [🎧 Play snip - 1min️ (10:36 - 11:36)](https://share.snipd.com/snip/s-1)\n\
                \t\t- #### **📚 Transcript**\n\t\t  collapsed:: true\n\t\t\t- 你好\n";
    assert!(looks_like(text));
    let note = only(text);
    assert_eq!(note.title, "一期关于声音的节目");
    assert_eq!(note.notes, "02:20 正题");
    let [snip] = note.snips.as_slice() else { panic!("{:#?}", note.snips) };
    assert_eq!((snip.start_ms, snip.end_ms), (636_000, 696_000));
    assert!(snip.transcript.as_deref().unwrap_or_default().contains("你好"));
}

fn rich() -> Note {
    let odd = "第一段 **粗**\n\n- 一\n  - 二\n\n### ✨ Key takeaways\n1. x\n\n# 像标题\n## Snips\n### [01:00] 像一个\n---\n\
               title: x\n---\n\\# 已有\n#### 📚 Transcript\n<audio controls>\nTags: #a\n[🎧 Play snip - 1min (1:00 - 2:00)](x)\n\
               > [!quote]- Transcript\n<summary>📚 Transcript</summary>\n最后";
    Note {
        title: "102: 'Deep' 声音 — \"x\" #1 [y]".into(),
        show: Some("听山: 说".into()),
        author: Some("林晚".into()),
        guests: vec!["周南, Bo".into(), "O'Neil".into()],
        published: Some(1_736_380_801),
        exported: Some(1_736_380_802),
        link: Some("https://example.org/1".into()),
        snipd_url: Some("https://share.snipd.com/episode/e-1".into()),
        image: Some("https://img.example.org/?a=1&b=%20".into()),
        enclosure: Some("https://cdn.example.org/a(1).mp3?x=1".into()),
        duration_ms: Some(7_200_000),
        notes: "开场  \n02:20 正题\n\n## 小标题\n\n> 引\n\n- 一  \n- 二".into(),
        snips: vec![
            NewSnip { start_ms: 0, end_ms: 71_000, ..NewSnip::default() },
            NewSnip {
                start_ms: 1_314_250,
                end_ms: 4_530_000,
                title: Some("[x] 为什么 ⭐ (y)".into()),
                note: odd.into(),
                transcript: Some("林晚: a < b & \"c\"\n第二行\n\n没有名字".into()),
                tags: vec!["声音".into(), "two words".into()],
                favorite: true,
                url: Some("https://share.snipd.com/snip/s-1".into()),
                tapped_ms: Some(4_529_000),
                raw: None,
            },
        ],
        front_matter: Some("title: old\nmood: 好\nlist:\n  - a\n  - b\ndraft: true".into()),
        rest: "> 一段别的话\n\n## 别的\n还有".into(),
        guid: Some("tag:example.org,2025:1".into()),
        source: None,
        line: 1,
        skipped: Vec::new(),
    }
}

fn essence(mut note: Note) -> Note {
    (note.front_matter, note.source, note.line) = (None, None, 0);
    note.snips.iter_mut().for_each(|snip| snip.raw = None);
    note
}

#[test]
fn writing_and_reading_again_changes_nothing() {
    let note = rich();
    let written = write(&note);
    assert!(looks_like(&written));
    let again = only(&written);
    assert!(again.skipped.is_empty(), "{:?}", again.skipped);
    assert_eq!(essence(again.clone()), essence(note), "{written}");
    assert_eq!(write(&again), written);
    assert!(written.contains("\nmood: 好\nlist:\n  - a\n  - b\ndraft: true\n"));
    assert!(written.contains("#t=21:54.250,01:15:30\""));
}

#[test]
fn a_whole_account_written_again_keeps_everything() {
    for note in parse(MANUAL) {
        let again = only(&write(&note));
        assert_eq!(essence(again), essence(note));
    }
}

#[test]
fn two_thoughts_on_one_passage_stay_two() {
    let mut note = rich();
    let thought = |note: &str| NewSnip {
        start_ms: 5000,
        end_ms: 9000,
        note: note.into(),
        ..NewSnip::default()
    };
    note.snips = vec![thought("一个"), thought("又一个"), thought("又一个")];
    let again = only(&write(&note));
    let notes: Vec<&str> = again.snips.iter().map(|snip| snip.note.as_str()).collect();
    assert_eq!(notes, ["一个", "又一个"]);
    assert_eq!(only(&write(&again)).snips.len(), 2);
}

#[test]
fn texts_that_are_no_notes_give_none() {
    let text = "# 一篇文章\n\n## 小标题\n见 [这里](https://share.snipd.com/snip/x)。\n";
    assert!(!looks_like(text));
    assert!(!looks_like(""));
    assert!(!looks_like("🎧 00:00 - 05:00 开场\n🎧 05:00 - 09:00 正题\n"));
    assert!(parse(text).is_empty());
    assert!(parse("").is_empty());
    assert!(parse("\n\n---\n\n").is_empty());
}

#[test]
fn broken_ranges_are_mended_and_named() {
    let text = "# 一\n## Snips\n### [01:00] a\n[🎧 Play snip - 1min (02:00 - 01:00)](https://share.snipd.com/snip/a)\n\
                ### [03:00] b\n### [99:99] c\n### [04:00 - 05:00] d\n";
    let note = only(text);
    let ranges: Vec<_> = note.snips.iter().map(|s| (s.start_ms, s.end_ms)).collect();
    assert_eq!(ranges, [(60_000, 120_000), (120_000, 180_000), (240_000, 300_000)]);
    assert_eq!(note.skipped.len(), 1);
    assert!(note.snips.iter().any(|snip| snip.note.contains("### [99:99] c")));
}

#[test]
fn no_cut_and_no_doubling_of_a_note_does_harm() {
    for (at, _) in MANUAL.char_indices().step_by(7) {
        let (before, after) = MANUAL.split_at(at);
        for text in [before.to_owned(), after.to_owned(), format!("{after}{before}")] {
            let notes = parse(&text);
            for note in &notes {
                assert!(note.snips.iter().all(|snip| snip.start_ms < snip.end_ms));
                let written = write(note);
                let again = parse(&written);
                assert_eq!(again.iter().map(|n| n.snips.len()).sum::<usize>(), note.snips.len());
            }
        }
    }
}
