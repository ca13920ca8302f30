//! Pictures in texts: asked for near the view, called off far from it, given rows when they come.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::text::picture_cells;

const CELL: (u16, u16) = (10, 20);

/// An article with pictures between long passages.
fn illustrated(pictures: usize) -> OpenedArticle {
    let words = "一段关于潮汐的文字，写得很长，好让它能滚动。\n\n".repeat(12);
    let mut text = format!("# 潮汐表\n\n{words}");
    for number in 0..pictures {
        let _ = write!(text, "![图 {number}](https://tide.example/{number}.jpg)\n\n{words}");
    }
    let mut opened = page("https://tide.example/page");
    opened.document = Arc::new(from_markdown(&text, None));
    opened
}

/// A desk with an article in front, on a terminal that shows pictures.
fn desk(pictures: usize) -> Desk {
    let mut desk = Desk::new();
    desk.event(Event::Cell(CELL.0, CELL.1));
    articles::open(&mut desk.state, "https://tide.example/page".to_owned(), LinkedFrom::User);
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Article(ticket, Box::new(Ok(illustrated(pictures)))));
    desk
}

fn asked(desk: &Desk) -> Vec<(Ticket, String, (u16, u16))> {
    let asked = |effect: &Effect| match effect {
        Effect::LoadPicture { ticket, src, fit, .. } => Some((*ticket, src.clone(), *fit)),
        _ => None,
    };
    desk.effects.iter().filter_map(asked).collect()
}

fn made(src: &str, original: (u32, u32), fit: (u16, u16)) -> Picture {
    let (columns, rows) = picture_cells(original, fit, CELL);
    let blocks = Buffer::empty(Rect::new(0, 0, columns, rows));
    Picture { src: src.to_owned(), original, columns, rows, cells: None, blocks, image: None }
}

/// All that was asked for comes, in this size.
fn arrive(desk: &mut Desk, original: (u32, u32)) -> usize {
    let asked = asked(desk);
    for (ticket, src, fit) in &asked {
        let came = made(src, original, *fit);
        desk.event(Event::Picture(*ticket, Box::new(Ok(came))));
    }
    asked.len()
}

fn article(desk: &Desk) -> &Reader {
    desk.state.articles.reader().unwrap()
}

#[test]
fn only_what_is_near_the_view_is_asked_for() {
    let mut desk = desk(30);
    let first = asked(&desk);
    assert!((1..=8).contains(&first.len()), "{first:?}");
    assert_eq!(first[0].1, "https://tide.example/0.jpg");
    // What is on its way is not asked for again.
    desk.give(Command::Down);
    assert_eq!(asked(&desk), []);
    desk.give(Command::Bottom);
    let tickets: Vec<Ticket> = first.iter().map(|(ticket, ..)| *ticket).collect();
    assert!(desk.effects.contains(&Effect::CancelPictures(tickets.clone())), "{:?}", desk.effects);
    assert!(asked(&desk).iter().any(|(_, src, _)| src.ends_with("/29.jpg")));
    // One that was called off changes nothing when it comes.
    let before = desk.state.clone();
    let late = made("https://tide.example/0.jpg", (800, 400), (60, 20));
    desk.event(Event::Picture(tickets[0], Box::new(Ok(late))));
    assert_eq!(desk.state, before);
}

#[test]
fn a_closed_article_wants_no_pictures() {
    let mut desk = desk(3);
    let tickets: Vec<Ticket> = asked(&desk).into_iter().map(|(ticket, ..)| ticket).collect();
    desk.give(Command::ArticleBack);
    assert!(desk.effects.contains(&Effect::CancelPictures(tickets)));
}

#[test]
fn a_picture_that_comes_above_the_view_moves_nothing_that_is_read() {
    let mut desk = desk(2);
    let coming = asked(&desk);
    desk.give(Command::PageDown);
    let place = article(&desk).place();
    let lines = article(&desk).layout.lines.len();
    for (ticket, src, fit) in coming {
        desk.event(Event::Picture(ticket, Box::new(Ok(made(&src, (1200, 700), fit)))));
    }
    assert!(article(&desk).layout.lines.len() > lines + 10);
    assert_eq!(article(&desk).place(), place);
}

#[test]
fn a_picture_is_never_enlarged_and_takes_two_thirds_of_the_view_at_most() {
    let mut desk = desk(1);
    arrive(&mut desk, (300, 200));
    let block = article(&desk).images[0];
    let small = article(&desk).picture(block).unwrap();
    assert_eq!((small.columns, small.rows), (30, 10));
    let mut desk = self::desk(1);
    arrive(&mut desk, (900, 9000));
    let tall = article(&desk).picture(block).unwrap();
    let view = article(&desk).shown().len() as u16;
    assert!(tall.rows <= view * 2 / 3 + 1 && tall.rows > view / 2, "{tall:?} in {view}");
}

#[test]
fn icons_and_what_did_not_come_stay_captions() {
    let mut desk = desk(1);
    let lines = article(&desk).layout.lines.len();
    arrive(&mut desk, (16, 300));
    assert_eq!(article(&desk).layout.lines.len(), lines);
    desk.give(Command::NextLink);
    assert_eq!(article(&desk).chosen(), None);
    let mut desk = self::desk(1);
    let (ticket, ..) = asked(&desk)[0].clone();
    desk.event(Event::Picture(ticket, Box::new(Err("the server is gone".to_owned()))));
    assert_eq!(article(&desk).layout.lines.len(), lines);
    assert_eq!(asked(&desk), []);
    // Later it is tried again.
    desk.send(Msg::Tick(61_000));
    assert_eq!(asked(&desk).len(), 1);
}

#[test]
fn a_new_width_asks_for_the_right_size_once() {
    let mut desk = desk(1);
    arrive(&mut desk, (2000, 700));
    assert_eq!(asked(&desk), []);
    desk.send(Msg::Resize(90, 30));
    assert_eq!(arrive(&mut desk, (2000, 700)), 1);
    desk.send(Msg::Wake);
    assert_eq!(asked(&desk), []);
    let block = article(&desk).images[0];
    let size = article(&desk).picture(block).unwrap();
    assert!(
        desk.state.pictures.find("https://tide.example/0.jpg", size.columns, size.rows).is_some()
    );
}

#[test]
fn the_place_in_a_picture_survives_a_new_width() {
    let mut desk = desk(1);
    arrive(&mut desk, (1200, 700));
    let block = article(&desk).images[0];
    let first = article(&desk).layout.first_line[block];
    while article(&desk).top < first + 5 {
        desk.give(Command::Down);
    }
    assert_eq!(article(&desk).layout.lines[article(&desk).top].picture, Some(5));
    for size in [(90, 30), (120, 36)] {
        desk.send(Msg::Resize(size.0, size.1));
        arrive(&mut desk, (1200, 700));
        let top = &article(&desk).layout.lines[article(&desk).top];
        assert_eq!((top.block, top.picture), (block, Some(5)), "{size:?}");
    }
}

#[test]
fn one_key_leaves_only_captions_and_brings_pictures_back() {
    let mut desk = desk(1);
    let lines = article(&desk).layout.lines.len();
    arrive(&mut desk, (1200, 700));
    let effects = desk.give(Command::Pictures).to_vec();
    assert!(effects.contains(&Effect::Remember { key: "pictures", value: "captions".to_owned() }));
    assert_eq!(article(&desk).layout.lines.len(), lines);
    desk.give(Command::Pictures);
    assert!(article(&desk).layout.lines.len() > lines);
    assert_eq!(asked(&desk), [], "it is still here");
    let mut plain = Desk::new();
    assert_eq!(plain.give(Command::Pictures), []);
    assert_eq!(plain.notice(), Some(&Notice::NoPictures));
}

#[test]
fn enter_on_a_picture_shows_it_alone_and_escape_goes_back() {
    let mut desk = desk(1);
    arrive(&mut desk, (1200, 700));
    desk.give(Command::NextLink);
    assert!(matches!(article(&desk).chosen().unwrap().goal, Goal::Picture(_)));
    desk.give(Command::Open);
    assert_eq!(asked(&desk).len(), 1, "in a larger size");
    arrive(&mut desk, (1200, 700));
    let Some(Overlay::Picture(alone, _)) = &desk.state.overlay else {
        panic!("no picture in front")
    };
    let block = article(&desk).images[0];
    assert!(alone.picture(0).unwrap().columns > article(&desk).picture(block).unwrap().columns);
    let src = "https://tide.example/0.jpg".to_owned();
    assert_eq!(desk.give(Command::Browser), [Effect::Browser(src.clone())]);
    assert_eq!(desk.give(Command::CopyLink), [Effect::Copy(src)]);
    desk.give(Command::Back);
    assert_eq!(desk.state.overlay, None);
    assert_eq!(desk.state.focus, Pane::Article);
}

#[test]
fn a_strip_alone_is_as_wide_as_can_be_and_scrolled_through() {
    let mut desk = desk(1);
    arrive(&mut desk, (500, 6000));
    desk.give(Command::NextLink);
    desk.give(Command::Open);
    arrive(&mut desk, (500, 6000));
    let Some(Overlay::Picture(alone, _)) = &desk.state.overlay else {
        panic!("no picture in front")
    };
    assert!(alone.picture(0).unwrap().rows > 100, "{:?}", alone.picture(0));
    desk.give(Command::PageDown);
    let Some(Overlay::Picture(alone, _)) = &desk.state.overlay else {
        panic!("no picture in front")
    };
    assert!(alone.top > 10);
}

#[test]
fn a_text_full_of_pictures_keeps_only_so_many() {
    let mut desk = desk(120);
    let mut came = 0;
    while article(&desk).shown().end < article(&desk).layout.lines.len() {
        let asked = asked(&desk);
        came += asked.len();
        for (ticket, src, fit) in asked {
            let mut picture = made(&src, (1200, 700), fit);
            let transmit = "x".repeat(2 << 20);
            picture.image = Some(TerminalImage { id: ticket.0 as u32, transmit, placed: None });
            desk.event(Event::Picture(ticket, Box::new(Ok(picture))));
        }
        desk.give(Command::PageDown);
    }
    assert!(came > 60, "{came}");
    assert!(desk.state.pictures.images().count() <= 32, "{}", desk.state.pictures.images().count());
}
