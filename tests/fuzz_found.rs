//! What searching with random inputs has found, each as the smallest input that shows it. The laws are
//! in `laws/`, the search in `fuzz/` and `mutations.rs`.

use std::time::{Duration, Instant};

use latetalk::model::{NewSnip, Note};
use latetalk::{snipd, text};

#[path = "laws/laws.rs"]
mod laws;

#[test]
fn the_address_of_a_chapter_cannot_steer_the_terminal() {
    let link = b"\0\0https://a.example/1\x1b[2J";
    let frame = [b"WXXX\0\0\0".as_slice(), &[link.len() as u8], b"\0\0", link].concat();
    let times = [0, 0, 0, 0, 0, 0, 0, 9, 255, 255, 255, 255, 255, 255, 255, 255];
    let size = (2 + times.len() + frame.len()) as u8;
    let chapter = [b"CHAP\0\0\0".as_slice(), &[size], b"\0\0a\0", &times, &frame].concat();
    laws::id3(&[b"\0".as_slice(), &chapter].concat());
    let file = [b"ID3\x03\0\0\0\0\0".as_slice(), &[chapter.len() as u8], &chapter].concat();
    let found = latetalk::timeline::embedded(&mut std::io::Cursor::new(file));
    let found = found.expect("readable").expect("a chapter");
    let url = found.list.first().and_then(|chapter| chapter.url.as_deref());
    assert_eq!(url, Some("https://a.example/1%1B[2J"));
}

#[test]
fn an_element_of_matroska_whose_head_breaks_the_bounds_of_its_parent_is_none() {
    // A chapter of one byte, in which an element of unknown size begins.
    laws::matroska(b"\x10\x43\xa7\x70\x3f\x40\x50\x45\xb9\x40\x4c\xb6\x40\x01\x91\xfe\x68\x69");
    laws::matroska(
        b"\x10\x43\xa7\x70\x3f\x40PE\xb9\x40L\xb6\x40\x01\x91\xff\xff\xff\xff\xff\xff\xff\x02@hi",
    );
}

#[test]
fn a_show_whose_name_looks_marked_up_keeps_it_in_exports() {
    laws::opml(b"<opml><outline xmlUrl='https://a.example/?\"<b>'/></opml>");
    laws::opml(
        b"<opml><outline text='&amp;amp;lt;b&amp;amp;gt;' xmlUrl='https://a.example/'/></opml>",
    );
}

#[test]
fn a_bare_address_in_capitals_is_one_of_the_web() {
    laws::markdown(b"HTTPs://a.example/");
    let document = text::from_plain("HTTPs://a.example/", None);
    assert_eq!(document.links.first().map(|link| link.url.as_str()), Some("https://a.example/"));
}

/// What reading gives, and the best time of three, because other programs run too; times under 20 ms
/// say nothing.
fn timed<T>(read: impl Fn() -> T) -> (Duration, T) {
    let once = || {
        let begun = Instant::now();
        let seen = read();
        (begun.elapsed().max(Duration::from_millis(20)), seen)
    };
    let first = once();
    [once(), once()].into_iter().fold(first, |best, next| if next.0 < best.0 { next } else { best })
}

#[test]
fn a_text_full_of_addresses_is_read_in_the_time_of_any_other() {
    let read = |word: &str| {
        let words = word.repeat(40_000);
        timed(|| text::from_plain(&words, None).links.len())
    };
    let (plain, none) = read("xttps://a.example/b ");
    let (linked, all) = read("https://a.example/b ");
    assert_eq!((none, all), (0, 40_000));
    // Copying all of the text for each address took many times as long.
    assert!(linked < plain * 8, "{linked:?} and {plain:?}");
}

#[test]
fn a_flood_of_link_openings_is_read_in_the_time_of_any_other_text() {
    let read = |word: &str| {
        let words = word.repeat(20_000);
        timed(|| text::from_markdown(&words, None).blocks.is_empty())
    };
    let ((links, no_links), (words, no_words)) = (read("[a]("), read("[a] "));
    assert!(!no_links && !no_words);
    // It was 300 times as long.
    assert!(links < words * 20, "{links:?} and {words:?}");
}

#[test]
fn a_time_with_a_control_in_it_is_the_time_that_is_shown() {
    let note = "---\ntitle: 慢\n---\n\n## Snips\n### [22:21] 一段\n\
                [🎧 Play snip - 1min️ (2\u{12}:20 - 22:52)](https://share.snipd.com/snip/8)\n\
                <audio controls> <source src=\"https://a.example/1.mp3#t=22:20,23:52\"> </audio>\n";
    laws::snipd(note.as_bytes());
    let clean = note.replace('\u{12}', "");
    let ranges = |text: &str| {
        let snips = snipd::parse(text).into_iter().flat_map(|note| note.snips);
        snips.map(|snip| (snip.start_ms, snip.end_ms)).collect::<Vec<_>>()
    };
    assert_eq!(ranges(note), ranges(&clean));
}

#[test]
fn a_passage_that_looks_like_snips_is_none_in_the_export() {
    let snip = NewSnip {
        start_ms: 1_449_000,
        end_ms: 1_509_000,
        url: Some("https://share.snipd.com/snip/8".into()),
        ..NewSnip::default()
    };
    for rest in [
        "## Highlights\n- 一段 ([Time 0:24:08](https://share.snipd.com/snip/8))",
        "别的\n\n[🎧 Play snip - 1min️ (46:09 - 47:29)](https://share.snipd.com/snip/8)",
        "# 乙\n## Show notes\n> 00:00 开场",
    ] {
        let note = Note {
            title: "慢".into(),
            rest: rest.into(),
            snips: vec![snip.clone()],
            ..Note::default()
        };
        let again = snipd::parse(&snipd::write(&note));
        let snips: Vec<_> = again.iter().flat_map(|note| &note.snips).collect();
        let ranges: Vec<_> = snips.iter().map(|snip| (snip.start_ms, snip.end_ms)).collect();
        assert_eq!((again.len(), ranges), (1, vec![(1_449_000, 1_509_000)]), "{rest}");
        let kept = again.first().map(|note| note.rest.clone()).unwrap_or_default();
        assert!(rest.lines().all(|line| kept.contains(line)), "{kept}");
    }
}

#[test]
fn a_snip_that_stands_twice_stays_where_it_stood_first() {
    let player = "<audio controls> <source src=\"https://a.example/1.mp3\"> </audio>\n";
    let other = "### [10:31] 乙\n[🎧 Play snip (09:11 - 10:31)](https://share.snipd.com/snip/2)\n";
    // What stands again says all that the two say.
    for (play, more) in [
        ("[🎧 Play snip (06:33 - 07:53)](https://share.snipd.com/snip/1)\n", "一句\n"),
        ("🎧 Play snip (06:33 - 07:53)\n", "- **Tags:** #慢\n"),
    ] {
        let snip = format!("### [07:53] 甲\n{play}{player}");
        let text = format!("---\ntitle: 慢\n---\n## Snips\n{snip}{other}{player}{snip}{more}");
        laws::snipd(text.as_bytes());
        let notes = snipd::parse(&text);
        let again: Vec<_> =
            notes.iter().flat_map(|note| snipd::parse(&snipd::write(note))).collect();
        let said = |notes: &[Note]| {
            let snips = notes.iter().flat_map(|note| note.snips.clone());
            snips.map(|snip| (snip.start_ms, snip.note, snip.tags)).collect::<Vec<_>>()
        };
        assert_eq!(said(&notes).len(), 2);
        assert_eq!(said(&notes), said(&again));
    }
}
