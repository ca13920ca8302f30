//! Full-text search in Chinese and Latin.

use latetalk::store::{Hit, HitKind, Store};

use crate::samples::{NOW, item, library, take};

fn notes(texts: &[&str]) -> Store {
    let (store, show) = library(0);
    let items = texts.iter().enumerate().map(|(n, text)| {
        let mut item = item(n as u32 + 1);
        item.title = Some(format!("节目 {}", n + 1));
        item.notes_html = format!("<p>{text}</p>");
        item
    });
    let items = items.collect();
    take(&store, show, items);
    store
}

fn ids(hits: &[Hit]) -> Vec<String> {
    let mut titles: Vec<String> = hits.iter().map(|hit| hit.title.clone()).collect();
    titles.sort();
    titles
}

#[test]
fn chinese_is_found_by_one_two_or_more_characters() {
    let store = notes(&["关于芯片制造的长谈", "薯片和芯", "造船"]);
    let found = |query: &str| ids(&store.search(query, &[HitKind::Notes], 10).unwrap());
    assert_eq!(found("芯"), ["节目 1", "节目 2"]);
    assert_eq!(found("片"), ["节目 1", "节目 2"]);
    assert_eq!(found("谈"), ["节目 1"]);
    assert_eq!(found("芯片"), ["节目 1"]);
    assert_eq!(found("芯片制造"), ["节目 1"]);
    assert_eq!(found("造"), ["节目 1", "节目 3"]);
    assert!(found("片芯").is_empty() && found("制造船").is_empty());
}

#[test]
fn latin_is_found_from_the_beginning_of_words_whatever_the_case() {
    let store = notes(&[
        "Ｐｏｄｃａｓｔ about AI时代",
        "she said again",
        "Café olé, GPT-4",
        &format!("{}和ChatGPT聊天", "闲话".repeat(90)),
    ]);
    let hits = store.search("gpt", &[HitKind::Notes], 10).unwrap();
    assert_eq!(ids(&hits), ["节目 3", "节目 4"]);
    assert!(hits.iter().all(|hit| hit.snippet.contains("GPT")), "{hits:?}");
    assert_eq!(store.search("ChatGPT聊", &[], 10).unwrap().len(), 1);
    let found = |query: &str| ids(&store.search(query, &[HitKind::Notes], 10).unwrap());
    assert_eq!(found("podcast"), ["节目 1"]);
    assert_eq!(found("POD"), ["节目 1"]);
    assert_eq!(found("ai"), ["节目 1"]);
    assert_eq!(found("ＡＩ时"), ["节目 1"]);
    assert_eq!(found("cafe"), ["节目 3"]);
    assert_eq!(found("“gpt 4”"), ["节目 3"]);
    assert_eq!(found("gpt-4"), ["节目 3"]);
    assert_eq!(found("\"she said\""), ["节目 2"]);
    assert!(found("\"said she\"").is_empty());
}

#[test]
fn all_words_must_be_found_in_the_thing_or_what_it_belongs_to() {
    let store = notes(&["芯片与船", "芯片", "船"]);
    let found = |query: &str| ids(&store.search(query, &[HitKind::Notes], 10).unwrap());
    assert_eq!(found("芯片 船"), ["节目 1"]);
    assert_eq!(found("芯片　节目"), ["节目 1", "节目 2"]);
    assert!(found("节目").is_empty(), "the title alone is no hit in the notes");
    let hits = store.search("夜行电台 节目", &[HitKind::Episodes], 10).unwrap();
    assert_eq!(hits.len(), 3);
    assert_eq!(hits[0].snippet, hits[0].title);
    assert_eq!(found("夜 船"), ["节目 1", "节目 3"]);
    assert!(found("夜").is_empty());
}

#[test]
fn hits_say_what_they_are_and_show_the_place() {
    let long = format!("{}转折点就在这里{}", "铺垫。".repeat(100), "余味。".repeat(100));
    let store = notes(&[&long]);
    let hits = store.search("转折点", &[], 10).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].kind, hits[0].ms), (HitKind::Notes, None));
    assert!(hits[0].snippet.starts_with('…') && hits[0].snippet.ends_with('…'));
    assert!(hits[0].snippet.contains("转折点就在这里") && !hits[0].snippet.contains('<'));
    let shows = store.search("出发的人", &[], 10).unwrap();
    assert_eq!((shows[0].kind, shows[0].title.as_str()), (HitKind::Shows, "夜行电台"));
    assert_eq!(shows[0].snippet, "林渡 夜里出发的人");
    let best = store.search("节目", &[], 10).unwrap();
    assert!(best[0].score > 0.0 && best.windows(2).all(|two| two[0].score >= two[1].score));
}

#[test]
fn no_query_is_an_error() {
    let store = notes(&["some text 文字"]);
    let quotes = "\"".repeat(999);
    let long = "长".repeat(10_000);
    let many = "a ".repeat(5000);
    let hostile = [
        "",
        " ",
        "\"",
        "*",
        "AND",
        "a AND",
        "NOT a",
        "NEAR(a b)",
        "title:a",
        "{a}",
        "(",
        ")",
        "^a",
        "a*",
        "-a",
        "+a",
        "a\"b",
        "'",
        ";--",
        "%",
        "_",
        "\0",
        "\u{202e}",
        "😀",
        "\\",
        "words : x",
        "}{",
        "*\"*",
        &quotes,
        &long,
        &many,
        "a\u{0}b",
        "文*",
        "\u{fffd}",
    ];
    for query in hostile {
        for kinds in [&[][..], &HitKind::ALL[..], &[HitKind::Shows][..]] {
            store.search(query, kinds, 10).unwrap_or_else(|error| panic!("{query:?}: {error}"));
        }
    }
    assert_eq!(store.search("text", &[HitKind::Notes], 0).unwrap(), []);
    assert_eq!(store.search("some *", &[HitKind::Notes], usize::MAX).unwrap().len(), 1);
}

#[test]
fn what_changes_is_found_as_it_is_now() {
    let (store, show) = library(1);
    let mut changed = item(1);
    changed.title = Some("新的题目".into());
    changed.notes_html = "<p>别的内容</p>".into();
    take(&store, show, vec![changed]);
    assert!(store.search("远行笔记", &[], 10).unwrap().is_empty());
    assert_eq!(store.search("别的内容", &[], 10).unwrap().len(), 1);
    assert_eq!(store.search("题目", &[], 10).unwrap()[0].kind, HitKind::Episodes);
    store.remove_show(show, false).unwrap();
    assert!(store.search("题目", &[], 10).unwrap().is_empty());
    assert!(store.search("夜行", &[], 10).unwrap().is_empty());
    store.add_show("https://feeds.example/x", Some("夜行"), NOW).unwrap();
    assert_eq!(store.search("夜行", &[], 10).unwrap()[0].kind, HitKind::Shows);
}

#[test]
fn the_names_of_kinds_go_both_ways() {
    for kind in HitKind::ALL {
        assert_eq!(HitKind::from_name(kind.name()), Some(kind));
    }
    assert_eq!(HitKind::from_name("all"), None);
}

#[test]
fn simplified_finds_traditional_and_the_other_way_round() {
    let store =
        notes(&["開源軟體的發展", "开源软件的发展", "頭髮和理发", "皇后與之後", "乾淨的幹部"]);
    let found = |query: &str| ids(&store.search(query, &[HitKind::Notes], 10).unwrap());
    assert_eq!(found("开源"), ["节目 1", "节目 2"]);
    assert_eq!(found("開源"), ["节目 1", "节目 2"]);
    assert_eq!(found("發展"), ["节目 1", "节目 2"]);
    for one in ["发", "發", "髮"] {
        assert_eq!(found(one), ["节目 1", "节目 2", "节目 3"], "{one}");
    }
    assert_eq!(found("后"), ["节目 4"]);
    assert_eq!(found("干部"), ["节目 5"]);
    let hit = &store.search("软体", &[HitKind::Notes], 10).unwrap()[0];
    assert!(hit.snippet.contains("開源軟體"), "the text is shown as it is written: {hit:?}");
}

#[test]
fn titles_come_before_notes_and_words_together_before_words_apart() {
    let (store, show) = library(0);
    let mut items = Vec::new();
    for (n, title, notes) in [
        (1, "谈灯塔", "别的"),
        (2, "闲话", "关于灯塔的事"),
        (3, "闲话", "海边有风，守夜的人说起很久以前的船"),
        (4, "闲话", "守夜海边，有风的人说起很久以前的船"),
    ] {
        let mut item = item(n);
        item.title = Some(title.into());
        item.notes_html = format!("<p>{notes}</p>");
        items.push(item);
    }
    take(&store, show, items);
    let kinds: Vec<HitKind> =
        store.search("灯塔", &[], 10).unwrap().iter().map(|hit| hit.kind).collect();
    assert_eq!(kinds, [HitKind::Episodes, HitKind::Notes]);
    let best = &store.search("海边 有风 守夜", &[HitKind::Notes], 10).unwrap()[0];
    assert!(best.snippet.starts_with("海边有风"), "{best:?}");
}

#[test]
fn of_equal_hits_the_newer_comes_first() {
    let (store, show) = library(0);
    let items = [3, 1, 2].map(|n| {
        let mut item = item(n);
        item.title = Some("灯塔".into());
        item
    });
    take(&store, show, items.to_vec());
    let hits = store.search("灯塔", &[HitKind::Episodes], 10).unwrap();
    let guids: Vec<String> =
        hits.iter().map(|hit| store.find_episodes(&hit.id).unwrap()[0].guid.clone()).collect();
    assert_eq!(guids, ["guid-3", "guid-2", "guid-1"]);
}
