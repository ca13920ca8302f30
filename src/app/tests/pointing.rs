//! The mouse: selecting, playing, opening, seeking, scrolling, dragging borders.

use ratatui::layout::Rect;

use super::*;

fn click(desk: &mut Desk, x: u16, y: u16) {
    desk.send(Msg::Mouse(Mouse::Click(x, y)));
}

fn inside(pane: Rect, row: u16) -> (u16, u16) {
    let content = content(pane);
    (content.x + 3, content.y + row)
}

#[test]
fn a_click_selects_and_a_second_one_plays() {
    let mut desk = Desk::new();
    let (x, y) = inside(panes(&desk.state).episodes, 4);
    click(&mut desk, x, y);
    assert_eq!(desk.state.library.selected(), Some(EpisodeId(3)));
    assert_eq!(desk.state.player.playing, None);
    click(&mut desk, x, y + 1);
    desk.answer_opening();
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(3)));
}

#[test]
fn a_click_below_the_last_episode_only_takes_the_focus() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Notes;
    let place = panes(&desk.state).episodes;
    click(&mut desk, place.x + 3, place.y + place.height - 1);
    assert_eq!(desk.state.focus, Pane::Episodes);
    assert_eq!(desk.state.library.selected(), Some(EpisodeId(1)));
}

#[test]
fn a_click_on_a_show_lists_its_episodes() {
    let mut desk = Desk::new();
    let (x, y) = inside(panes(&desk.state).shows, 4);
    click(&mut desk, x, y);
    assert_eq!(desk.state.library.shelf, Shelf::Show(ShowId(1)));
}

#[test]
fn a_click_on_a_link_opens_it_and_beside_it_does_nothing() {
    let mut desk = Desk::new();
    let area = text_area(panes(&desk.state).notes, desk.state.settings.ui.measure);
    click(&mut desk, area.x, area.y);
    assert!(!desk.state.articles.is_open(), "these words lead nowhere");
    click(&mut desk, area.x + 8, area.y);
    assert_eq!(desk.state.articles.front().unwrap().url, "https://tide.example/a");
}

#[test]
fn a_click_on_a_time_behind_chinese_text_plays_from_there() {
    let mut desk = Desk::new();
    let area = text_area(panes(&desk.state).notes, desk.state.settings.ui.measure);
    let row = desk
        .notes()
        .layout
        .lines
        .iter()
        .position(|line| line.runs.iter().any(|run| run.time_ms == Some(60_000)));
    let row = u16::try_from(row.unwrap()).unwrap();
    click(&mut desk, area.x + 1, area.y + row);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 60_000, .. }]));
}

#[test]
fn a_click_on_the_progress_line_jumps_there() {
    let mut desk = Desk::playing();
    let line = progress(panes(&desk.state).player);
    click(&mut desk, line.x + line.width / 2, line.y);
    assert_eq!(desk.state.player.ms, 300_000);
    click(&mut desk, line.x, line.y);
    assert_eq!(desk.state.player.ms, 0);
    click(&mut desk, line.x + line.width - 1, line.y);
    assert!(desk.state.player.ms < 600_000, "never behind the end");
}

#[test]
fn a_click_on_what_plays_pauses() {
    let mut desk = Desk::playing();
    let player = panes(&desk.state).player;
    click(&mut desk, player.x + 5, player.y);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Pause)));
}

#[test]
fn the_wheel_scrolls_the_text_under_it_without_taking_the_focus() {
    let mut desk = Desk::new();
    let (x, y) = inside(panes(&desk.state).notes, 3);
    desk.send(Msg::Mouse(Mouse::ScrollDown(x, y)));
    assert_eq!(desk.notes().top, 3);
    assert_eq!(desk.state.focus, Pane::Episodes);
    desk.send(Msg::Mouse(Mouse::ScrollUp(x, y)));
    assert_eq!(desk.notes().top, 0);
}

#[test]
fn the_border_is_dragged_and_its_place_remembered() {
    let mut desk = Desk::new();
    let lists = panes(&desk.state).episodes;
    click(&mut desk, lists.width - 1, 5);
    assert_eq!(desk.state.dragging, Some(Border::Lists));
    desk.send(Msg::Mouse(Mouse::Drag(47, 5)));
    assert_eq!(panes(&desk.state).episodes.width, 48);
    desk.send(Msg::Mouse(Mouse::Release(47, 5)));
    assert!(matches!(desk.effects[..], [Effect::Remember { key: "split", .. }]));
    assert_eq!(desk.state.dragging, None);
}

#[test]
fn the_border_of_the_article_is_dragged_too() {
    let mut desk = Desk::new();
    desk.read("https://b.example");
    let article = panes(&desk.state).article;
    click(&mut desk, article.x - 1, 5);
    assert_eq!(desk.state.dragging, Some(Border::Article));
    desk.send(Msg::Mouse(Mouse::Drag(article.x - 11, 5)));
    let now = panes(&desk.state).article;
    assert!(now.x.abs_diff(article.x - 10) <= 1, "{now} instead of {article}");
}

#[test]
fn a_click_beside_a_list_in_front_takes_it_away() {
    let mut desk = Desk::new();
    desk.give(Command::Chapters);
    click(&mut desk, 0, 0);
    assert_eq!(desk.state.overlay, None);
    assert_eq!(desk.state.player.playing, None);
}

#[test]
fn a_click_on_an_entry_in_front_takes_it() {
    let mut desk = Desk::new();
    desk.give(Command::Chapters);
    let (x, y) = inside(overlay_of(&desk.state), 2);
    click(&mut desk, x, y);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 120_000, .. }]));
}

#[test]
fn a_click_on_a_tick_goes_to_the_start_of_its_chapter() {
    let mut desk = Desk::playing();
    let line = progress(panes(&desk.state).player);
    for start in [60_000, 120_000, 300_000] {
        let column = column_of(start, 600_000, line.width);
        click(&mut desk, line.x + column, line.y);
        assert_eq!(desk.state.player.ms, start);
        assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(start))));
    }
}

#[test]
fn a_click_puts_the_head_where_it_points() {
    for width in [10, 39, 118, 299] {
        for end in [61_000, 600_000, 12_345_678] {
            for column in 0..width {
                let ms = time_of(column, end, width);
                assert_eq!(column_of(ms, end, width), column, "{width} columns of {end} ms");
            }
        }
    }
}

#[test]
fn the_heading_of_a_section_is_no_chapter() {
    let mut desk = Desk::new();
    let mut found = chapters();
    for (chapter, section) in found.list.iter_mut().zip(["上岛", "上岛", "离岛", "离岛"]) {
        chapter.section = Some(section.to_owned());
    }
    desk.event(Event::Chapters(EpisodeId(1), vec![found], Some(0)));
    desk.give(Command::Chapters);
    let (x, y) = inside(overlay_of(&desk.state), 3);
    click(&mut desk, x, y);
    assert!(desk.effects.is_empty() && desk.state.overlay.is_some());
    click(&mut desk, x, y + 1);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 120_000, .. }]));
}

#[test]
fn no_place_on_or_off_the_screen_does_harm() {
    let mut desk = Desk::playing();
    desk.read("https://b.example");
    for x in [0, 1, 33, 34, 60, 76, 77, 119, 120, 700, u16::MAX] {
        for y in [0, 1, 12, 33, 34, 35, 36, u16::MAX] {
            for mouse in [
                Mouse::Click(x, y),
                Mouse::Drag(x, y),
                Mouse::ScrollDown(x, y),
                Mouse::Release(x, y),
            ] {
                desk.send(Msg::Mouse(mouse));
            }
        }
    }
}
