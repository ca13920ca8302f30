//! Notes that go back into the folder from which they came.

use super::super::{append, looks_like, parse, seal, write};
use super::only;
use crate::model::NewSnip;

/// A note that somebody's script made of an export: two empty lines below the front matter, spaces at
/// the ends of lines, no air between snips, a passage of his own at the end.
const MINE: &str = "---
author: 渡口工作室
cover: https://img.example.org/?u=https%3A%2F%2Fa.example%2Fc.jpg%3Fv%3D7&w=200
created: '2025-02-25T09:36:39'
draft: true
modified: '2025-02-25T09:36:39'
published: '2025-02-25T09:36:39'
show: 渡口夜谈
snipd: https://share.snipd.com/episode/e-1
source: https://ferry.example/7
title: '7: 守塔人，他在等什么？'
type: podcast-episode
---


## Show notes
> 今晚的客人守了三十年灯塔。 
> 
> 
> （题图：塔。）  
>
> -上岛  
> 02:20 第一夜 
> ·风
> 嘉宾：  https://tower.example

## Snips
### [01:11] Untitled
[🎧 Play snip - 1min\u{fe0f} (00:00 - 01:11)](https://share.snipd.com/snip/s-1)
<audio controls> <source src=\"https://cdn.example.org/7.mp3#t=00:00,01:11\"> </audio>
### [23:14] 灯  亮了
[🎧 Play snip - 2min\u{fe0f} (21:54 - 23:14)](https://share.snipd.com/snip/s-2)
<audio controls> <source src=\"https://cdn.example.org/7.mp3#t=21:54,23:14\"> </audio>
**灯亮了**
- 一点  

#### 📚 Transcript
Click to expand
<blockquote><b>守塔人</b>

海是安静的。</blockquote>


### [45:41] ⭐ 风
[🎧 Play snip - 1min\u{fe0f} (44:21 - 45:41)](https://share.snipd.com/snip/s-3)
<audio controls> <source src=\"https://cdn.example.org/7.mp3#t=44:21,45:41\"> </audio>

## 我的话
再听一遍。

";

/// The text without the keys of this program.
fn without_own_keys(text: &str) -> String {
    let own = |line: &&str| !line.starts_with("latetalk");
    text.split_inclusive('\n').filter(own).collect()
}

#[test]
fn a_note_in_this_form_comes_back_byte_for_byte() {
    let note = only(MINE);
    assert_eq!(note.snips.len(), 3);
    let written = write(&note);
    assert_eq!(without_own_keys(&written), MINE);
    let again = only(&written);
    assert_eq!(write(&again), written);
    for shorter in [
        "## 我的话\n再听一遍。\n\n",
        "> ·风\n",
        "\n\n## Show notes\n> 今晚的客人守了三十年灯塔。 \n",
    ] {
        let text = MINE.replace(shorter, "");
        assert_eq!(without_own_keys(&write(&only(&text))), text);
    }
    let windows = format!("\u{feff}{}", MINE.replace('\n', "\r\n"));
    assert_eq!(without_own_keys(&write(&only(&windows))), MINE);
}

#[test]
fn only_the_blocks_of_changed_snips_are_written_anew() {
    let mut note = only(MINE);
    note.guid = Some("guid 7".into());
    note.snips[1].note.push_str("\n\n又想到");
    note.snips.remove(0);
    let new = NewSnip { start_ms: 1_400_000, end_ms: 1_460_000, ..NewSnip::default() };
    note.snips.push(new.clone());
    let written = write(&note);
    assert!(written.contains("\nlatetalk: guid 7\n"), "{written}");
    assert!(!written.contains("### [01:11]"));
    let fresh = "### [24:20] Untitled\n[🎧 Play snip - 1min\u{fe0f} (23:20 - 24:20)](https://cdn.example.org/7.mp3#t=23:20,24:20)\n\
        <audio controls> <source src=\"https://cdn.example.org/7.mp3#t=23:20,24:20\"> </audio>\n### [45:41] ⭐ 风\n";
    assert!(written.contains(fresh), "{written}");
    assert!(written.ends_with("\n## 我的话\n再听一遍。\n\n"));
    let again = only(&written);
    assert_eq!(again.guid.as_deref(), Some("guid 7"));
    assert_eq!(again.snips.len(), 3);
    assert_eq!(again.snips[0].note, note.snips[0].note);
    assert_eq!((again.snips[1].start_ms, again.snips[1].end_ms), (1_400_000, 1_460_000));
    assert_eq!(again.snips[2], note.snips[1]);
}

#[test]
fn a_note_without_snips_gets_its_first() {
    let (head, _) = MINE.split_once("## Snips").unwrap();
    let snip =
        NewSnip { start_ms: 0, end_ms: 61_000, title: Some("一".into()), ..NewSnip::default() };
    for text in
        [head.to_owned(), format!("{head}## Snips\n"), format!("{head}## Snips\n\n## 别的\n话\n")]
    {
        let mut note = only(&text);
        note.snips.push(snip.clone());
        let written = write(&note);
        let again = only(&written);
        assert_eq!((again.snips.len(), again.snips[0].end_ms), (1, 61_000), "{written}");
        assert_eq!(written.matches("## Snips").count(), 1);
        assert!(written.contains("> 嘉宾：  https://tower.example\n"));
    }
}

#[test]
fn a_seal_tells_edited_notes_from_untouched_and_foreign_ones() {
    let mut note = only(MINE);
    note.guid = Some("guid: 7 'x'".into());
    let written = write(&note);
    let sealed = seal(&written).unwrap();
    assert!(sealed.untouched);
    assert_eq!(sealed.guid, note.guid);
    assert!(seal(&written.replace('\n', "\r\n")).unwrap().untouched, "line ends are no words");
    assert!(!seal(&written.replace("再听", "别听")).unwrap().untouched);
    assert!(!seal(&format!("{written}\n又一行")).unwrap().untouched);
    for foreign in [MINE, "", "latetalk-hash: x", "# 一\nlatetalk-hash: '1'\n"] {
        assert_eq!(seal(foreign), None, "{foreign}");
    }
}

#[test]
fn an_edited_note_only_grows() {
    let mut note = only(MINE);
    let edited = format!("{}- [ ] 买灯\n", write(&note).replace("灯  亮了", "灯亮的时候"));
    assert_eq!(append(&edited, &note), (edited.clone(), 0));
    note.snips.push(NewSnip {
        start_ms: 5000,
        end_ms: 9000,
        note: "早".into(),
        ..NewSnip::default()
    });
    for text in [edited.clone(), edited.replace('\n', "\r\n")] {
        let (longer, count) = append(&text, &note);
        assert_eq!(count, 1);
        let added: Vec<&str> =
            longer.lines().filter(|line| !text.lines().any(|l| l == *line)).collect();
        assert_eq!(added.len(), 4, "{added:?}");
        let (before, after) = longer.split_once("### [00:09] Untitled").unwrap();
        assert!(text.starts_with(before) && after.contains("## 我的话"), "{longer}");
        assert_eq!(longer.contains('\r'), text.contains('\r'));
        assert!(!longer.replace("\r\n", "").contains('\r'));
        assert_eq!(only(&longer).snips.len(), 4);
        assert_eq!(append(&longer, &note), (longer.clone(), 0));
        assert!(!seal(&longer).unwrap().untouched, "it stays the user's");
    }
    // The user took all snips out; they come back below everything.
    let (bare, _) = edited.split_once("## Snips").unwrap();
    let (longer, count) = append(bare.trim_end(), &note);
    assert_eq!((count, only(&longer).snips.len()), (4, 4));
    assert!(longer.starts_with(bare.trim_end()));
}

#[test]
fn other_forms_are_brought_into_this_one() {
    let text = "---\nepisode_title: 声音\nshow_title: 听山\n---\n## Snips\n### [一](https://share.snipd.com/snip/s-1)\n🎧 03:12 - 05:18\n";
    assert!(looks_like(text));
    let mut note = only(text);
    assert_eq!(note.source, None);
    note.enclosure = Some("https://cdn.example.org/a.mp3".into());
    let written = write(&note);
    assert!(written.contains("\ntitle: 声音\n"));
    let wanted = "## Snips\n### [05:18] 一\n[🎧 Play snip - 2min\u{fe0f} (03:12 - 05:18)](https://share.snipd.com/snip/s-1)\n\
        <audio controls> <source src=\"https://cdn.example.org/a.mp3#t=03:12,05:18\"> </audio>\n";
    assert!(written.ends_with(wanted), "{written}");
    assert!(parse(&written)[0].source.is_some());
    // A range that cannot be is not kept as it stood.
    let broken = MINE
        .replace("(21:54 - 23:14)", "(23:14 - 21:54)")
        .replace("#t=21:54,23:14", "#t=23:14,21:54");
    assert!(write(&only(&broken)).contains("(21:54 - 23:14)"));
}
