//! What surrounds the text of a page: waiting, failing, asking anew, headings, paragraphs, places.

use super::*;
use crate::model::PageProblem;

const URL: &str = "https://tide.example/a";

fn fail(desk: &mut Desk, problem: PageProblem) {
    let ticket = desk.state.articles.front().unwrap().ticket;
    let failure = PageFailure { problem, why: "the sentence".to_owned() };
    desk.event(Event::Article(ticket, Box::new(Err(failure))));
}

fn with_headings(first: &str) -> OpenedArticle {
    let mut text = format!("# 潮汐\n\n{first}\n\n");
    for heading in ["涨潮", "退潮", "Slack water"] {
        let _ = write!(text, "## {heading}\n\n");
        for line in 0..30 {
            let _ = write!(text, "{heading} 第 {line} 段，潮水慢慢地退下去。\n\n");
        }
    }
    text.push_str("[back up](#退潮) and [home](https://tide.example/a#slack-water)\n");
    OpenedArticle { document: Arc::new(from_markdown(&text, None)), ..page(URL) }
}

fn reading(first: &str) -> Desk {
    let mut desk = Desk::new();
    articles::open(&mut desk.state, URL.to_owned(), LinkedFrom::User);
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Article(ticket, Box::new(Ok(with_headings(first)))));
    desk
}

/// The text of the block at the top of the article.
fn top(desk: &Desk) -> String {
    let reader = desk.state.articles.reader().unwrap();
    reader.document.blocks[reader.place().0].plain_text()
}

// Waiting

#[test]
fn escape_gives_up_a_page_that_is_on_its_way() {
    let mut desk = Desk::new();
    desk.give(Command::NextLink);
    desk.give(Command::Open);
    let view = desk.state.articles.front().unwrap();
    assert_eq!((view.name(), view.is_waiting()), ("the tide", true));
    let ticket = view.ticket;
    assert!(desk.state.tick_ms() < 200, "the spinner turns");
    assert_eq!(desk.give(Command::Back), [Effect::DropArticle(ticket)]);
    assert!(!desk.state.articles.is_open());
    assert_eq!((desk.state.focus, desk.notes().target), (Pane::Notes, Some(0)));
    assert!(!desk.state.wants_ticks());
}

#[test]
fn escape_from_a_second_page_on_its_way_leads_back_to_the_first() {
    let mut desk = reading("one");
    desk.give(Command::PageDown);
    let place = top(&desk);
    articles::open(&mut desk.state, "https://b.example".to_owned(), LinkedFrom::User);
    desk.give(Command::Back);
    assert_eq!(desk.state.articles.front().unwrap().url, URL);
    assert_eq!((desk.state.focus, top(&desk)), (Pane::Article, place));
}

// Failing

#[test]
fn a_page_that_failed_offers_what_helps() {
    use Command::{Archived, ArticleBack, Browser, Refresh, WholePage};
    let offered = |problem| {
        let mut desk = Desk::new();
        articles::open(&mut desk.state, URL.to_owned(), LinkedFrom::User);
        fail(&mut desk, problem);
        ways_out(desk.state.articles.front().unwrap())
    };
    assert_eq!(offered(PageProblem::Slow), [Refresh, Archived, Browser, ArticleBack]);
    assert_eq!(offered(PageProblem::Deleted), [Archived, Browser, Refresh, ArticleBack]);
    assert_eq!(offered(PageProblem::NoText), [WholePage, Browser, Archived, Refresh, ArticleBack]);
    assert_eq!(offered(PageProblem::NotText), [Browser, ArticleBack]);
}

#[test]
fn one_key_or_one_click_tries_again_or_asks_an_archive() {
    let mut desk = Desk::new();
    articles::open(&mut desk.state, URL.to_owned(), LinkedFrom::User);
    fail(&mut desk, PageProblem::Unreachable);
    assert!(matches!(desk.give(Command::Refresh), [Effect::OpenArticle { anew: true, .. }]));
    fail(&mut desk, PageProblem::Unreachable);
    let (area, rows) = failure_rows(&desk.state, panes(&desk.state).article);
    let archive = rows.iter().position(|row| *row == FailureRow::Offer(Command::Archived)).unwrap();
    desk.send(Msg::Mouse(Mouse::Click(area.x + 3, area.y + u16::try_from(archive).unwrap())));
    let asked = "https://web.archive.org/web/2/https://tide.example/a";
    assert!(matches!(&desk.effects[..], [Effect::OpenArticle { url, .. }] if url == asked));
    // The archive's own pages are not looked for in the archive.
    assert!(desk.give(Command::Archived).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NotArchived));
}

#[test]
fn addresses_at_home_are_shown_to_no_archive() {
    for url in [
        "http://127.0.0.1/a",
        "http://nas.local/a",
        "http://box/a",
        "file:///a",
        "https://u:p@tide.example/",
    ] {
        let mut desk = Desk::new();
        desk.read(url);
        assert!(desk.give(Command::Archived).is_empty(), "{url}");
    }
}

// Asking anew

#[test]
fn a_page_is_asked_for_anew_and_reading_stays_at_its_paragraph() {
    let mut desk = reading("one");
    desk.give(Command::PageDown);
    desk.give(Command::PageDown);
    let before = top(&desk);
    assert!(matches!(desk.give(Command::Refresh), [Effect::OpenArticle { anew: true, .. }]));
    assert_eq!(top(&desk), before, "what is read stays on the screen");
    assert!(desk.give(Command::Refresh).is_empty(), "once is enough");
    let ticket = desk.state.articles.front().unwrap().renewing.unwrap();
    let newer = with_headings("new\n\nand more\n\nand more of it");
    desk.event(Event::Article(ticket, Box::new(Ok(newer))));
    assert_eq!((top(&desk), desk.notice()), (before, Some(&Notice::Renewed(true))));
}

#[test]
fn what_is_read_stays_when_the_page_does_not_come_anew() {
    let mut desk = reading("one");
    desk.give(Command::Refresh);
    let ticket = desk.state.articles.front().unwrap().renewing.unwrap();
    desk.event(Event::Article(ticket, Box::new(Err("no network".to_owned().into()))));
    assert!(desk.state.articles.reader().is_some());
    assert_eq!(desk.notice(), Some(&Notice::Failed("no network".to_owned())));
}

// Headings and places

#[test]
fn the_headings_lead_to_their_places() {
    let mut desk = reading("one");
    desk.give(Command::Outline);
    let Some(Overlay::Outline(outline)) = &desk.state.overlay else { unreachable!() };
    let depths: Vec<u8> = outline.headings.iter().map(|heading| heading.depth).collect();
    assert_eq!((depths, outline.current), (vec![0, 1, 1, 1], Some(0)));
    desk.give(Command::Find);
    desk.write("退");
    desk.key(Typed::Enter);
    assert_eq!((top(&desk).as_str(), &desk.state.overlay), ("退潮", &None));
    desk.give(Command::Outline);
    let Some(Overlay::Outline(outline)) = &desk.state.overlay else { unreachable!() };
    assert_eq!((outline.current, outline.list.selected), (Some(2), 2));
    desk.give(Command::Up);
    desk.give(Command::Open);
    assert_eq!(top(&desk), "涨潮");
}

#[test]
fn a_text_without_headings_says_so() {
    let mut desk = Desk::new();
    desk.give(Command::Outline);
    assert_eq!((desk.notice(), &desk.state.overlay), (Some(&Notice::NoHeadings), &None));
}

#[test]
fn links_within_the_page_go_to_their_place() {
    let mut desk = reading("one");
    for (link, heading) in [(0, "退潮"), (1, "Slack water")] {
        assert!(super::super::link::follow(&mut desk.state, Pane::Article, link).is_empty());
        assert_eq!(top(&desk), heading);
        assert_eq!(desk.state.articles.stack.len(), 1);
    }
}

// Paragraphs and files

#[test]
fn the_topmost_whole_paragraph_is_copied_and_marked_for_a_moment() {
    let mut desk = reading("one");
    desk.give(Command::PageDown);
    let block = desk.state.articles.reader().unwrap().paragraph().unwrap();
    let text = desk.state.articles.reader().unwrap().document.blocks[block].plain_text();
    assert!(text.contains("涨潮 第"), "{text}");
    assert_eq!(desk.give(Command::CopyParagraph), [Effect::Copy(text)]);
    assert_eq!(
        desk.state.flash.map(|flash| (flash.pane, flash.block)),
        Some((Pane::Article, block))
    );
    desk.send(Msg::Tick(5_000));
    assert_eq!(desk.state.flash, None);
}

#[test]
fn the_page_in_front_is_saved_and_without_one_it_says_so() {
    let mut desk = reading("one");
    assert!(matches!(desk.give(Command::SaveArticle), [Effect::SaveArticle { .. }]));
    let mut desk = Desk::new();
    assert!(desk.give(Command::SaveArticle).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoArticle));
}

#[test]
fn pages_open_with_the_whole_screen_once_they_were_read_so() {
    let mut desk = reading("one");
    let kept = Effect::Remember { key: "zoom", value: "1".to_owned() };
    assert_eq!(desk.give(Command::Zoom), [kept]);
    desk.give(Command::ArticleBack);
    assert!(!desk.state.zoom);
    desk.read("https://b.example");
    assert!(desk.state.zoom);
}

#[test]
fn a_click_on_a_name_above_the_text_shows_the_other_one() {
    let mut desk = reading("one");
    assert_eq!(text_tabs(&desk.state), None, "there is room for both");
    desk.send(Msg::Resize(80, 24));
    let [(notes, ..), _] = text_tabs(&desk.state).unwrap().each();
    desk.send(Msg::Mouse(Mouse::Click(notes.start + 1, 0)));
    assert_eq!(desk.state.focus, Pane::Notes);
    let [_, (article, ..)] = text_tabs(&desk.state).unwrap().each();
    desk.send(Msg::Mouse(Mouse::Click(article.start + 1, 0)));
    assert_eq!(desk.state.focus, Pane::Article);
}
