//! Matroska: editions, nesting, hidden chapters, languages.

use latetalk::model::ChapterSource;

use super::writers::{element, element_of};
use super::{read, shown, titles};

/// A title in a language.
fn display(title: &str, language: &str) -> Vec<u8> {
    element(0x80, &[element(0x85, title.as_bytes()), element(0x437c, language.as_bytes())].concat())
}

fn atom(start_ms: u64, title: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let start = element_of(0x91, start_ms * 1_000_000);
    element(0xb6, &[start, display(title, "und"), more.concat()].concat())
}

fn edition(flags: &[Vec<u8>], atoms: &[Vec<u8>]) -> Vec<u8> {
    element(0x45b9, &[flags.concat(), atoms.concat()].concat())
}

pub(crate) fn file(parts: &[Vec<u8>]) -> Vec<u8> {
    let head = element(0x1a45_dfa3, &element(0x4282, b"matroska"));
    [head, element(0x1853_8067, &parts.concat())].concat()
}

pub(crate) fn chapters(editions: &[Vec<u8>]) -> Vec<u8> {
    element(0x1043_a770, &editions.concat())
}

pub(crate) fn plain() -> Vec<u8> {
    let end = element_of(0x92, 1_500_000_000);
    chapters(&[edition(&[], &[atom(0, "开场", &[]), atom(1_000, "正题", &[end])])])
}

#[test]
fn chapters_have_starts_ends_and_titles() {
    let found = read(&file(&[plain()])).expect("chapters");
    assert_eq!(found.source, ChapterSource::Matroska);
    assert_eq!(shown(&found), [(0, Some(1_000), "开场"), (1_000, Some(1_500), "正题")]);
}

#[test]
fn they_are_found_behind_the_sound_by_the_index() {
    let cluster = element(0x1f43_b675, &[7; 5_000]);
    let index = |at: u64| {
        let seek = [element(0x53ab, &0x1043_a770_u32.to_be_bytes()), element_of(0x53ac, at)];
        element(0x114d_9b74, &element(0x4dbb, &seek.concat()))
    };
    let at = index(0).len() + cluster.len();
    assert_eq!(titles(&file(&[index(at as u64), cluster.clone(), plain()])), ["开场", "正题"]);
    // Without an index clusters are passed over.
    assert_eq!(titles(&file(&[cluster, plain()])), ["开场", "正题"]);
    // An index that lies leads nowhere.
    assert_eq!(titles(&file(&[index(3), element(0x1f43_b675, &[])])), [""; 0]);
}

#[test]
fn hidden_and_disabled_chapters_are_left_out_with_all_in_them() {
    let inner = atom(10, "inner", &[]);
    let list = [
        atom(0, "a", &[]),
        atom(10, "hidden", &[element_of(0x98, 1), inner]),
        atom(20, "off", &[element_of(0x4598, 0)]),
        atom(30, "b", &[element_of(0x98, 0), element_of(0x4598, 1)]),
    ];
    assert_eq!(titles(&file(&[chapters(&[edition(&[], &list)])])), ["a", "b"]);
}

#[test]
fn nested_chapters_have_their_parents_as_sections() {
    let first = [atom(0, "一.1", &[]), atom(500, "一.2", &[])];
    let second = [atom(1_200, "二.1", &[])];
    let list =
        [atom(0, "第一部分", &first), atom(1_000, "第二部分", &second), atom(2_000, "尾声", &[])];
    let found = read(&file(&[chapters(&[edition(&[], &list)])])).expect("chapters");
    let all: Vec<_> =
        found.list.iter().map(|c| (c.start_ms, c.title.as_str(), c.section.as_deref())).collect();
    assert_eq!(
        all,
        [
            (0, "一.1", Some("第一部分")),
            (500, "一.2", Some("第一部分")),
            (1_000, "第二部分", None),
            (1_200, "二.1", Some("第二部分")),
            (2_000, "尾声", None),
        ]
    );
}

#[test]
fn the_default_edition_is_shown_and_a_hidden_one_only_if_there_is_no_other() {
    let (hidden, default) = (element_of(0x45bd, 1), element_of(0x45db, 1));
    let of = |flags: &[Vec<u8>], title: &str| edition(flags, &[atom(0, title, &[])]);
    let empty = edition(std::slice::from_ref(&default), &[]);
    let list = [of(&[], "one"), of(std::slice::from_ref(&default), "default"), empty.clone()];
    assert_eq!(titles(&file(&[chapters(&list)])), ["default"]);
    let list = [empty, of(std::slice::from_ref(&hidden), "hidden"), of(&[], "one")];
    assert_eq!(titles(&file(&[chapters(&list)])), ["one"]);
    assert_eq!(titles(&file(&[chapters(&[of(&[hidden], "hidden")])])), ["hidden"]);
}

#[test]
fn of_several_languages_chinese_is_shown_else_the_first() {
    let start = element_of(0x91, 0);
    let one = |displays: &[Vec<u8>]| {
        let atom = element(0xb6, &[start.clone(), displays.concat()].concat());
        titles(&file(&[chapters(&[edition(&[], &[atom])])])).concat()
    };
    assert_eq!(one(&[display("Intro", "eng"), display("开场", "chi")]), "开场");
    assert_eq!(one(&[display("Intro", "eng"), display("Einleitung", "ger")]), "Intro");
}

#[test]
fn segments_of_unknown_size_are_read() {
    let head = element(0x1a45_dfa3, &element(0x4282, b"webm"));
    let segment = [&0x1853_8067_u32.to_be_bytes()[..], &[0x01, 255, 255, 255, 255, 255, 255, 255]];
    let cluster = [&0x1f43_b675_u32.to_be_bytes()[..], &[0xff], &[7; 99]].concat();
    let file = [head.clone(), segment.concat(), plain(), cluster.clone()].concat();
    assert_eq!(titles(&file), ["开场", "正题"]);
    // Behind a cluster of unknown size nothing can be found.
    assert_eq!(titles(&[head, segment.concat(), cluster, plain()].concat()), [""; 0]);
}

#[test]
fn chapters_nested_without_end_are_given_up() {
    let mut inner = atom(0, "x", &[]);
    for _ in 0..5_000 {
        inner = element(0xb6, &inner);
    }
    assert_eq!(titles(&file(&[chapters(&[edition(&[], &[inner, atom(5, "b", &[])])])])), ["b"]);
}
