//! How texts are set, and ways within one.

use super::*;
use crate::text::{RunKind, from_html};

/// A desk with this page beside the notes.
fn with_page(document: Document) -> Desk {
    let mut desk = Desk::new();
    let url = "https://tide.example/set";
    let effects = articles::open(&mut desk.state, url.to_owned(), crate::app::LinkedFrom::User);
    desk.effects = effects;
    let ticket = desk.state.articles.front().unwrap().ticket;
    let came = OpenedArticle { document: Arc::new(document), ..page(url) };
    desk.event(Event::Article(ticket, Box::new(Ok(came))));
    desk
}

fn reader(desk: &Desk) -> &Reader {
    desk.state.articles.reader().unwrap()
}

/// The text of the lines in view.
fn shown(desk: &Desk) -> Vec<String> {
    let reader = reader(desk);
    let text = |index| {
        let line = reader.shown_line(index).unwrap();
        line.runs.iter().map(|run| run.text.as_str()).collect::<String>()
    };
    reader.shown().map(text).collect()
}

#[test]
fn line_spacing_goes_round_and_is_kept() {
    let mut desk = with_page(from_markdown(&"潮水慢慢地退下去，".repeat(60), None));
    let close = reader(&desk).layout.lines.len();
    for (rows, times) in [(1, 2), (2, 3), (0, 1)] {
        let kept = Effect::Remember { key: "line_spacing", value: rows.to_string() };
        assert_eq!(desk.give(Command::LineSpacing), [kept]);
        assert_eq!(desk.notice(), Some(&Notice::LineSpacing(rows)));
        assert_eq!(reader(&desk).layout.lines.len(), close * times - (times - 1));
    }
}

#[test]
fn even_ends_are_switched_and_kept_and_the_place_stays() {
    let mut desk = with_page(from_markdown(&"潮水退去 and the lamp 亮了。\n\n".repeat(200), None));
    desk.give(Command::PageDown);
    let place = reader(&desk).place();
    let kept = Effect::Remember { key: "justify", value: "true".to_owned() };
    assert_eq!(desk.give(Command::Justify), [kept]);
    assert_eq!(reader(&desk).place(), place);
    let kept = Effect::Remember { key: "justify", value: "false".to_owned() };
    assert_eq!(desk.give(Command::Justify), [kept]);
}

#[test]
fn wide_code_is_scrolled_sideways_to_its_end_and_back() {
    let code = format!("甲\n\n```\n{}end\n短\n```\n\n乙", "0123456789".repeat(20));
    let mut desk = with_page(from_markdown(&code, None));
    assert!(shown(&desk).iter().any(|line| line.starts_with("0123")));
    desk.give(Command::SidewaysRight);
    assert!(shown(&desk).iter().any(|line| line.starts_with("890123")));
    assert!(shown(&desk).iter().any(|line| line == "乙"), "the rest stands still");
    for _ in 0..99 {
        desk.give(Command::SidewaysRight);
    }
    let room = reader(&desk).layout.wide[0].room;
    assert!(shown(&desk).iter().any(|line| line.ends_with("end") && line.len() == room));
    desk.send(Msg::Mouse(Mouse::ScrollLeft(100, 5)));
    for _ in 0..99 {
        desk.give(Command::SidewaysLeft);
    }
    assert!(shown(&desk).iter().any(|line| line.starts_with("0123")));
}

#[test]
fn a_footnote_is_one_key_away_and_so_is_the_way_back() {
    let filler = "一段关于潮汐的文字。\n\n".repeat(80);
    let text = format!("甲[^1] 乙\n\n{filler}[^1]: 注文在此\n");
    let mut desk = with_page(from_markdown(&text, None));
    desk.give(Command::NextLink);
    assert!(desk.give(Command::Open).is_empty());
    assert!(shown(&desk).iter().any(|line| line.contains("注文在此")));
    // The note leads back as well.
    desk.give(Command::Open);
    assert_eq!(reader(&desk).top, 0);
    desk.give(Command::ArticleBack);
    assert!(shown(&desk).iter().any(|line| line.contains("注文在此")));
    desk.give(Command::ArticleBack);
    assert_eq!(reader(&desk).top, 0);
    assert!(desk.state.articles.is_open());
    desk.give(Command::ArticleBack);
    assert!(!desk.state.articles.is_open());
}

#[test]
fn a_fragment_that_leads_nowhere_opens_nothing() {
    let mut desk = with_page(from_html("<p><a href='#gone'>甲</a></p>", None));
    desk.give(Command::NextLink);
    assert!(desk.give(Command::Open).is_empty());
    assert_eq!(desk.state.articles.stack.len(), 1);
}

const FOLDED: &str = "<p>甲</p><details><summary>外</summary><p>里一 <a href='https://a.example/'>链</a></p>\
    <details><summary>深</summary><p>里二</p></details><p>里三</p></details><p>乙</p>";

#[test]
fn details_are_folded_until_enter_opens_them() {
    let mut desk = with_page(from_html(FOLDED, None));
    assert_eq!(shown(&desk), ["甲", "", "▸ 外", "", "乙"]);
    desk.give(Command::NextLink);
    desk.give(Command::Open);
    assert_eq!(
        shown(&desk),
        ["甲", "", "▾ 外", "", "  里一 链₁", "", "  ▸ 深", "", "  里三", "", "乙"]
    );
    desk.give(Command::Open);
    assert_eq!(shown(&desk), ["甲", "", "▸ 外", "", "乙"]);
    // Links that are folded away are stepped over.
    desk.give(Command::NextLink);
    assert_eq!(reader(&desk).target, Some(0));
}

#[test]
fn what_is_found_in_details_is_unfolded() {
    let mut desk = with_page(from_html(FOLDED, None));
    desk.give(Command::Find);
    desk.write("里二");
    desk.key(Typed::Enter);
    assert!(shown(&desk).iter().any(|line| line.ends_with("里二")));
    assert!(shown(&desk).iter().any(|line| line.contains("▾ 外")));
}

#[test]
fn the_last_line_of_a_megabyte_is_reached_and_a_new_width_keeps_the_place() {
    let mut text =
        "潮水慢慢地退下去，露出礁石和 a few shells，守灯的人沿着石阶走下来。".repeat(12_000);
    text.push_str("\n\n全文完");
    assert!(text.len() > 1_000_000);
    let mut desk = with_page(crate::text::from_plain(&text, None));
    desk.give(Command::Bottom);
    assert_eq!(shown(&desk).last().map(String::as_str), Some("全文完"));
    for _ in 0..40 {
        desk.give(Command::PageUp);
    }
    let place = reader(&desk).place();
    for width in [80, 200, 61, 120] {
        desk.send(Msg::Resize(width, 36));
        let reader = reader(&desk);
        let line = reader.layout.line_of(place.0, place.1);
        assert!(reader.shown().contains(&line), "{width}");
    }
    assert_eq!(reader(&desk).place(), place);
}

#[test]
fn shown_spaces_are_no_part_of_what_is_found() {
    let mut desk = with_page(from_markdown("我们用GPT写代码", None));
    assert_eq!(shown(&desk), ["我们用 GPT 写代码"]);
    let spaces = |desk: &Desk| {
        let runs = reader(desk).layout.lines[0].runs.clone();
        runs.iter().filter(|run| run.kind == RunKind::Space).count()
    };
    assert_eq!(spaces(&desk), 2);
    desk.give(Command::Find);
    desk.write("用GPT写");
    desk.key(Typed::Enter);
    assert_eq!(reader(&desk).finding.as_ref().unwrap().matches.len(), 1);
}
