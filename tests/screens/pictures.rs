//! Pictures in an article, as half blocks: whole, cut at the edges of the view, under something that
//! lies in front, alone, and as captions.

use std::sync::Arc;

use latetalk::app::{Command, Effect, Event, OpenedArticle, Picture, State};
use latetalk::lang::Tongue;
use latetalk::model::Article;
use latetalk::text::{from_markdown, picture_cells};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::sample::{give, reading, tell};

/// An article with a wide picture near its top and an icon, the picture there.
pub(crate) fn pictured(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = reading(tongue, size);
    tell(&mut state, Event::Cell(10, 20));
    for effect in give(&mut state, Command::WholePage) {
        if let Effect::OpenArticle { ticket, url, .. } = effect {
            tell(&mut state, article(ticket, &url));
        }
    }
    let effects = tell(&mut state, Event::RefreshDone(0));
    arrive(&mut state, effects);
    state
}

fn article(ticket: latetalk::app::Ticket, url: &str) -> Event {
    let words = "最早的灯塔是一堆火。有人整夜守着它，往里添木头，看它在风里歪向一边。\n\n";
    let text = format!(
        "# 灯塔简史\n\n{words}![灯塔与船](https://tide.example/light.jpg)\n\n{words}\
         ![图标](https://tide.example/icon.png)\n\n{}",
        words.repeat(20)
    );
    let opened = OpenedArticle {
        article: Article {
            url: url.to_owned(),
            title: Some("灯塔简史".to_owned()),
            ..Article::default()
        },
        document: Arc::new(from_markdown(&text, None)),
        key: url.to_owned(),
        ..OpenedArticle::default()
    };
    Event::Article(ticket, Box::new(Ok(opened)))
}

/// What was asked for comes, and what is asked for thereupon.
pub(crate) fn arrive(state: &mut State, effects: Vec<Effect>) {
    let mut asked = effects;
    while let Some(effect) = asked.pop() {
        if let Effect::LoadPicture { ticket, src, fit, cell, .. } = effect {
            let came = made(src, fit, cell);
            asked.extend(tell(state, Event::Picture(ticket, Box::new(Ok(came)))));
        }
    }
}

/// Sky above, sea below, of half blocks.
pub(crate) fn made(src: String, fit: (u16, u16), cell: (u16, u16)) -> Picture {
    let original = if src.contains("icon") { (16, 16) } else { (1200, 640) };
    let (columns, rows) = picture_cells(original, fit, cell);
    let mut blocks = Buffer::empty(Rect::new(0, 0, columns, rows));
    for y in 0..rows {
        for x in 0..columns {
            let sky = Color::Rgb(90, 140, (200 - y.min(20) * 3) as u8);
            let sea = Color::Rgb(20, 60, 110);
            let cell = &mut blocks[(x, y)];
            cell.set_symbol("▀").set_fg(sky).set_bg(if y * 2 < rows { sky } else { sea });
        }
    }
    Picture { src, original, columns, rows, cells: None, blocks, image: None }
}
