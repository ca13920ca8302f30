//! Links by their numbers, and ways back and forward.

use super::*;
use crate::text::{RunKind, from_html};

const URL: &str = "https://tide.example/list";

/// A page with so many links, each a paragraph of its own; the second leads to a place within it.
fn with_links(count: usize) -> Desk {
    let mut text = "<h2 id='top'>潮汐</h2>".to_owned();
    for number in 1..=count {
        let href =
            if number == 2 { "#top".to_owned() } else { format!("https://n{number}.example/") };
        let _ = write!(text, "<p>第 {number} 处：<a href='{href}'>航标{number}</a></p>");
    }
    let mut desk = Desk::new();
    articles::open(&mut desk.state, URL.to_owned(), LinkedFrom::User);
    let ticket = desk.state.articles.front().unwrap().ticket;
    let document = Arc::new(from_html(&text, None));
    desk.event(Event::Article(ticket, Box::new(Ok(OpenedArticle { document, ..page(URL) }))));
    desk
}

fn front(desk: &Desk) -> &str {
    &desk.state.articles.front().unwrap().url
}

#[test]
fn a_link_out_of_view_is_opened_by_its_number() {
    let mut desk = with_links(120);
    desk.give(Command::Hints);
    desk.write("11");
    assert_eq!(front(&desk), URL, "110 may be meant");
    desk.write("7");
    assert_eq!(front(&desk), "https://n117.example/");
    desk.give(Command::ArticleBack);
    desk.give(Command::Hints);
    desk.write("11");
    desk.key(Typed::Enter);
    assert_eq!(front(&desk), "https://n11.example/");
}

#[test]
fn a_number_is_mended_and_given_up_and_one_of_no_link_opens_nothing() {
    let mut desk = with_links(30);
    desk.give(Command::Hints);
    desk.write("1x");
    desk.key(Typed::Backspace);
    desk.write("3");
    assert!(desk.state.overlay.is_some(), "30 may be meant");
    desk.key(Typed::Cancel);
    assert_eq!((front(&desk), desk.state.overlay.is_some()), (URL, false));
    desk.give(Command::Hints);
    desk.write("31");
    assert_eq!((front(&desk), desk.notice()), (URL, Some(&Notice::NoSuchLink(31))));
    // A place within the text has no number.
    desk.give(Command::Hints);
    desk.write("2");
    desk.key(Typed::Enter);
    assert_eq!(desk.notice(), Some(&Notice::NoSuchLink(2)));
}

#[test]
fn numbers_are_shown_where_they_are_asked_for() {
    let mut desk = with_links(12);
    let numbers = |desk: &Desk| -> Vec<String> {
        let lines = &desk.state.articles.reader().unwrap().layout.lines;
        let runs = lines.iter().flat_map(|line| &line.runs);
        runs.filter(|run| run.kind == RunKind::LinkNumber).map(|run| run.text.clone()).collect()
    };
    assert_eq!(numbers(&desk)[..3], ["₁", "₃", "₄"]);
    desk.state.settings.ui.ambiguous_width = 2;
    desk.send(Msg::Resize(120, 36));
    assert_eq!(numbers(&desk)[..3], ["[1]", "[3]", "[4]"]);
    desk.state.settings.ui.link_numbers = false;
    desk.send(Msg::Resize(120, 36));
    assert!(numbers(&desk).is_empty());
}

#[test]
fn a_click_on_a_number_opens_its_link() {
    let mut desk = with_links(3);
    let pane = panes(&desk.state).article;
    let area = text_area(pane, desk.state.settings.ui.measure);
    let reader = desk.state.articles.reader().unwrap();
    let row = reader.layout.first_line[3];
    let wide = |run: &crate::text::Run| crate::text::width(&run.text, desk.state.ambiguous());
    let column: usize = reader.layout.lines[row].runs.iter().map(wide).sum();
    let (x, y) =
        (area.x + u16::try_from(column).unwrap() - 1, area.y + u16::try_from(row).unwrap());
    desk.send(Msg::Mouse(Mouse::Click(x, y)));
    assert_eq!(front(&desk), "https://n3.example/");
}

// Back and forward

#[test]
fn what_was_left_by_going_back_is_forward_again_where_it_stood() {
    let mut desk = with_links(120);
    desk.read("https://b.example/");
    desk.give(Command::ArticleBack);
    assert_eq!(desk.notice(), Some(&Notice::Back(URL.to_owned())));
    desk.give(Command::PageDown);
    let place = desk.state.articles.reader().unwrap().place();
    desk.give(Command::ArticleBack);
    assert_eq!((desk.state.articles.is_open(), desk.state.focus), (false, Pane::Notes));
    assert!(desk.give(Command::ArticleForward).is_empty(), "nothing is asked for anew");
    assert_eq!((front(&desk), desk.state.focus), (URL, Pane::Article));
    assert_eq!(desk.state.articles.reader().unwrap().place(), place);
    desk.give(Command::ArticleForward);
    assert_eq!(front(&desk), "https://b.example/");
    desk.give(Command::ArticleForward);
    assert_eq!(desk.notice(), Some(&Notice::NothingAhead));
}

#[test]
fn another_way_forgets_the_way_forward_and_escape_does_not() {
    let mut desk = with_links(3);
    desk.read("https://b.example/");
    desk.give(Command::ArticleBack);
    desk.read("https://c.example/");
    desk.give(Command::ArticleForward);
    assert_eq!((front(&desk), desk.notice()), ("https://c.example/", Some(&Notice::NothingAhead)));
    desk.give(Command::Back);
    assert!(!desk.state.articles.is_open());
    desk.give(Command::ArticleForward);
    assert_eq!(front(&desk), "https://c.example/");
}

#[test]
fn forward_leads_to_a_place_within_the_text_again() {
    let mut desk = with_links(120);
    desk.give(Command::Bottom);
    let below = desk.state.articles.reader().unwrap().place();
    let anchor = |desk: &mut Desk| desk.state.articles.reader_mut().unwrap().to_anchor("top");
    assert!(anchor(&mut desk));
    let above = desk.state.articles.reader().unwrap().place();
    desk.give(Command::ArticleBack);
    assert_eq!(desk.state.articles.reader().unwrap().place(), below);
    desk.give(Command::ArticleForward);
    assert_eq!((desk.state.articles.reader().unwrap().place(), front(&desk)), (above, URL));
}
