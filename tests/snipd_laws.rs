//! What holds for every note, whatever is in it: reading what was written gives the same, writing into
//! somebody's text changes nothing else, and no text is too odd to be read.

use latetalk::model::{NewSnip, Note};
use latetalk::snipd::{append, parse, seal, write};
use latetalk::text::{clean, clean_line};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Lines that mean something in one of the forms.
const STRUCTURE: [&str; 52] = [
    "# 标题",
    "## Snips",
    "## Show notes",
    "## Episode metadata",
    "## Highlights",
    "### [01:00] 像一个",
    "### [01:00 - 02:00] 像一个",
    "### 【01：00】 像一个",
    "### 03:12 像一个",
    "### ⭐ [题](https://share.snipd.com/snip/q) [[a]]",
    "### ✨ Key takeaways",
    "### 🔒 Private note",
    "#### 📚 Transcript",
    "#### Tags",
    "#a #b",
    "---",
    "-----",
    "***",
    "\\---",
    "\\\\---",
    "\\# 已有",
    "\\### 已有",
    "title: x",
    "latetalk-hash: 'x'",
    "type: podcast-episode",
    "```",
    "~~~",
    "> 引",
    "> [!quote]- Transcript",
    "> [!note] 一句",
    "> 🎧 00:00 - 01:00",
    "> ## Snips",
    "<details>",
    "</details>",
    "<summary>📚 Transcript</summary>",
    "<blockquote><b>Ann</b>",
    "</blockquote>",
    "[🎧 Play snip - 1min️ (01:00 - 02:00)](https://share.snipd.com/snip/q)",
    "Play snip (01:00 - 02:00)",
    "🎧 00:00 - 01:00 (01:00) 好",
    "[00:30] 🎧 00:00 - 01:00",
    "<audio controls> <source src=\"https://a.example/q.mp3#t=1,2\"> </audio>",
    "<iframe src=\"https://share.snipd.com/embed/obsidian-player/snip/q\"></iframe>",
    "- **Tags:** #a [[b c]]",
    "Clipped at: 01:00",
    "- Episode title:: [[x]]",
    "Created with [Snipd](https://www.snipd.com) | Highlight & Take Notes from Podcasts",
    "[a | 45sec snip from b](https://share.snipd.com/snip/q)",
    "- Highlights first synced by [[Readwise]]",
    "- ### 大纲",
    "https://share.snipd.com/snip/q 01:00 - 02:00",
    "Click to expand: a",
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[\u{4e00}-\u{4e40}，。：“”]{0,24}",
        2 => "[ -~]{0,24}",
        1 => "[👩🎧⭐✨📚é️\u{200d}\u{3000}*_`#\\[\\]()<>|\\\\-]{0,12}",
        1 => "\\PC{0,16}",
    ]
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => words(),
        2 => select(&STRUCTURE[..]).prop_map(str::to_owned),
        1 => ("[ \t]{0,4}", words()).prop_map(|(indent, words)| indent + &words),
        1 => (select(&["- ", "1. ", "> ", "# ", "### ", "\\"][..]), words())
            .prop_map(|(mark, words)| format!("{mark}{words}")),
    ]
}

/// Lines as they come out of the program: clean, no empty ones around.
fn text(lines: &[String]) -> String {
    let joined = clean(&lines.join("\n")).into_owned();
    let kept: Vec<&str> = joined.split('\n').skip_while(|line| line.trim().is_empty()).collect();
    kept.join("\n").trim_end().to_owned()
}

/// What was said, in its plain form: paragraphs of clean lines.
fn said(paragraphs: &[Vec<String>]) -> Option<String> {
    let tidy = |lines: &Vec<String>| {
        let lines: Vec<String> = lines.iter().map(|line| clean_line(line)).collect();
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let all: Vec<String> = paragraphs.iter().map(tidy).filter(|p| !p.is_empty()).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

prop_compose! {
    fn snip()(
        start in 0_u64..20_000_000,
        length in 1_u64..4_000_000,
        title in option::of(line()),
        note in vec(line(), 0..7),
        voices in vec(vec(line(), 1..3), 0..3),
        tags in vec("[a-z\u{4e00}-\u{4e20}]{1,5}[ ,，#']?[a-z]{1,3}", 0..3),
        favorite in any::<bool>(),
        url in option::of("https://share\\.snipd\\.com/snip/[a-f0-9-]{8}"),
        tapped in option::of(0_u64..9_000_000),
    ) -> NewSnip {
        let title = title.map(|title| clean_line(&title));
        let mut tags = tags;
        tags.sort();
        tags.dedup();
        NewSnip {
            start_ms: start,
            end_ms: start + length,
            title: title.filter(|title| !title.is_empty() && title != "Untitled"),
            note: text(&note),
            transcript: said(&voices),
            tags,
            favorite,
            url,
            tapped_ms: tapped.filter(|tapped| *tapped != start + length),
            raw: None,
        }
    }
}

prop_compose! {
    fn note()(
        title in line(),
        names in vec(line(), 2),
        guests in vec("[A-Za-z\u{4e00}-\u{4e20}' ]{1,8}", 0..3),
        published in option::of(0_i64..4_000_000_000),
        exported in option::of(0_i64..4_000_000_000),
        known in any::<[bool; 5]>(),
        // No snip goes beyond the end.
        duration in option::of(24_000_000_u64..40_000_000),
        notes in vec(line(), 0..8),
        snips in vec(snip(), 0..6),
        guid in option::of("[a-z0-9:/#' -]{1,20}"),
    ) -> Note {
        let some = |at: usize, url: &str| known[at].then(|| url.to_owned());
        let named = |at: usize| Some(plain(&names[at])).filter(|name| !name.is_empty());
        let mut guests: Vec<String> = guests.iter().map(|name| plain(name)).collect();
        guests.retain(|name| !name.is_empty());
        guests.sort();
        guests.dedup();
        let mut seen = std::collections::HashSet::new();
        let mut snips = snips;
        snips.retain(|snip| {
            let key = snip.url.clone().unwrap_or_else(|| format!("{}-{}", snip.start_ms, snip.end_ms));
            seen.insert(key)
        });
        Note {
            guid: guid.map(|guid| plain(&guid)).filter(|guid| !guid.is_empty()),
            title: format!("一{}", plain(&title)),
            show: named(0),
            author: named(1),
            guests,
            published,
            exported,
            link: some(0, "https://show.example/7?a=b&c=%20"),
            snipd_url: some(1, "https://share.snipd.com/episode/e-7"),
            image: some(2, "https://img.example/c(1).jpg"),
            enclosure: (known[3] || snips.is_empty() && known[4]).then(|| "https://cdn.example/a(1).mp3?x=1".to_owned()),
            duration_ms: duration,
            notes: hard_broken(&notes),
            snips,
            ..Note::default()
        }
    }
}

/// A fact on one line; what looks like a wiki link is taken for one.
fn plain(text: &str) -> String {
    clean_line(&text.replace("[[", "[").replace("]]", "]"))
}

/// Show notes as they are kept: each line that another follows ends in a hard break.
fn hard_broken(lines: &[String]) -> String {
    let all = text(lines);
    let lines: Vec<&str> = all.split('\n').map(str::trim_end).collect();
    let follows = |at: usize| lines.get(at + 1).is_some_and(|next| !next.is_empty());
    let broken = |(at, line): (usize, &&str)| {
        let ends = line.is_empty() || !follows(at);
        if ends { (*line).to_owned() } else { format!("{line}  ") }
    };
    lines.iter().enumerate().map(broken).collect::<Vec<_>>().join("\n")
}

fn essence(note: &Note) -> Note {
    let mut note = note.clone();
    (note.front_matter, note.source, note.line) = (None, None, 0);
    note.snips.iter_mut().for_each(|snip| snip.raw = None);
    note
}

fn only(text: &str) -> Note {
    let mut notes = parse(text);
    assert_eq!(notes.len(), 1, "{text}");
    notes.remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_it_was(note in note()) {
        let written = write(&note);
        let again = only(&written);
        prop_assert_eq!(essence(&again), essence(&note), "{}", written);
        prop_assert_eq!(write(&again), written);
    }

    #[test]
    fn a_changed_snip_changes_only_its_block(note in note(), new in snip()) {
        let mut there = only(&write(&note));
        let first = there.snips.first().cloned();
        if let Some(first) = there.snips.first_mut() {
            first.note = text(&[first.note.clone(), "又想到".to_owned()]);
        }
        let clashes = there.snips.iter().any(|s| (s.start_ms, s.end_ms) == (new.start_ms, new.end_ms) || (s.url.is_some() && s.url == new.url));
        if !clashes {
            there.snips.push(new);
        }
        let written = write(&there);
        let mut again = only(&written);
        again.snips.sort_by_key(|snip| (snip.start_ms, snip.end_ms));
        there.snips.sort_by_key(|snip| (snip.start_ms, snip.end_ms));
        prop_assert_eq!(essence(&again), essence(&there), "{}", written);
        prop_assert!(first.is_none_or(|first| !written.contains(first.raw.as_deref().unwrap()) || first.raw.is_some()));
    }

    #[test]
    fn a_seal_holds_until_somebody_writes(note in note(), at in any::<prop::sample::Index>()) {
        let written = write(&note);
        let sealed = seal(&written).unwrap();
        prop_assert!(sealed.untouched);
        prop_assert_eq!(&sealed.guid, &note.guid);
        prop_assert_eq!(append(&written, &note), (written.clone(), 0));
        let places: Vec<usize> = written.char_indices().map(|(at, _)| at).collect();
        let mut edited = written.clone();
        edited.insert(places[at.index(places.len())], '改');
        prop_assert!(seal(&edited).is_none_or(|seal| !seal.untouched));
    }

    #[test]
    fn no_text_is_too_odd(lines in vec(line(), 0..40), crlf in any::<bool>()) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" });
        for note in parse(&text) {
            prop_assert!(note.snips.iter().all(|snip| snip.start_ms < snip.end_ms));
            let written = write(&note);
            let again = parse(&written);
            let count: usize = again.iter().map(|note| note.snips.len()).sum();
            // What was no whole snip may have become one beside its new neighbours.
            prop_assert!(count >= note.snips.len(), "{}\n=====\n{}", text, written);
            let _ = append(&text, &note);
        }
    }
}
