//! Focus, zoom, shares of the width, and a new size of the terminal.

use super::*;

#[test]
fn the_focus_goes_round_from_left_to_right() {
    let mut desk = Desk::new();
    desk.send(Msg::Resize(160, 40));
    desk.read("https://b.example");
    desk.state.focus = Pane::Shows;
    let order = [Pane::Episodes, Pane::Notes, Pane::Article, Pane::Shows];
    for pane in order {
        desk.give(Command::NextPane);
        assert_eq!(desk.state.focus, pane);
    }
    for pane in [Pane::Article, Pane::Notes, Pane::Episodes, Pane::Shows] {
        desk.give(Command::PreviousPane);
        assert_eq!(desk.state.focus, pane);
    }
}

#[test]
fn where_the_lists_give_way_the_key_for_the_next_pane_swaps_the_texts() {
    let mut desk = Desk::new();
    desk.read("https://b.example");
    for (width, together) in [(120, true), (99, false), (50, false)] {
        desk.send(Msg::Resize(width, 30));
        for pane in [Pane::Notes, Pane::Article, Pane::Notes, Pane::Article] {
            desk.give(Command::NextPane);
            assert_eq!(desk.state.focus, pane);
            let shown = panes(&desk.state);
            assert_eq!(shown.notes.width > 0 && shown.article.width > 0, together);
            assert_eq!(shown.episodes.width, 0);
        }
    }
    // The lists are still there.
    desk.state.focus = Pane::Notes;
    desk.give(Command::PreviousPane);
    assert_eq!(desk.state.focus, Pane::Episodes);
    assert!(panes(&desk.state).episodes.width > 0);
}

#[test]
fn escape_goes_from_the_notes_to_the_episodes_to_the_shows() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Notes;
    for pane in [Pane::Episodes, Pane::Shows, Pane::Shows] {
        desk.give(Command::Back);
        assert_eq!(desk.state.focus, pane);
    }
}

#[test]
fn the_focused_pane_is_always_on_the_screen() {
    for (width, height) in [(200, 50), (110, 30), (109, 30), (80, 24), (60, 20), (59, 20), (40, 12)]
    {
        let mut desk = Desk::new();
        desk.send(Msg::Resize(width, height));
        desk.read("https://b.example");
        for zoom in [false, true] {
            desk.state.zoom = zoom;
            for pane in [Pane::Shows, Pane::Episodes, Pane::Notes, Pane::Article] {
                desk.state.focus = pane;
                let shown = panes(&desk.state);
                let place = match pane {
                    Pane::Shows => shown.shows,
                    Pane::Episodes => shown.episodes,
                    Pane::Notes => shown.notes,
                    Pane::Article => shown.article,
                };
                assert!(place.width >= 16, "{pane:?} at {width}×{height}, zoom {zoom}: {place}");
            }
        }
    }
}

#[test]
fn zoom_shows_one_pane_and_escape_all_again() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Notes;
    desk.give(Command::Zoom);
    let shown = panes(&desk.state);
    assert_eq!((shown.episodes.width, shown.notes.width), (0, 120));
    desk.give(Command::Back);
    assert!(!desk.state.zoom);
    assert_eq!(desk.state.focus, Pane::Notes);
}

#[test]
fn a_new_width_keeps_the_place_in_the_text() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Notes;
    for _ in 0..3 {
        desk.give(Command::PageDown);
    }
    let (block, _) = desk.notes().place();
    for size in [(80, 24), (61, 20), (150, 36), (40, 12), (120, 36)] {
        desk.send(Msg::Resize(size.0, size.1));
        assert_eq!(desk.notes().place().0, block, "at {size:?}");
    }
}

#[test]
fn widths_back_and_forth_do_not_creep_up_in_a_long_paragraph() {
    let mut desk = Desk::new();
    let mut came = page("https://b.example");
    came.document = Arc::new(from_markdown(&"潮水慢慢地退下去，又回来。".repeat(400), None));
    articles::open(&mut desk.state, "https://b.example".to_owned(), crate::app::LinkedFrom::User);
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Article(ticket, Box::new(Ok(came))));
    desk.give(Command::PageDown);
    let place = desk.state.articles.reader().unwrap().place();
    for width in [113, 131, 119, 127, 117, 120] {
        desk.send(Msg::Resize(width, 36));
    }
    assert_eq!(desk.state.articles.reader().unwrap().place(), place);
}

#[test]
fn the_borders_move_and_are_remembered() {
    let mut desk = Desk::new();
    desk.give(Command::Wider);
    let kept = Effect::Remember { key: "split", value: "33 50".to_owned() };
    assert_eq!(desk.effects, [kept]);
    desk.read("https://b.example");
    for _ in 0..20 {
        desk.give(Command::Narrower);
    }
    assert_eq!(desk.state.split.article, 20);
    let before = panes(&desk.state).article.width;
    for _ in 0..20 {
        desk.give(Command::Wider);
    }
    assert_eq!(desk.state.split.article, 80);
    assert!(panes(&desk.state).article.width > before);
}

#[test]
fn no_size_is_too_small_or_too_large_to_be_laid_out() {
    let mut desk = Desk::new();
    desk.read("https://b.example");
    for (width, height) in
        [(0, 0), (1, 1), (1, 60), (220, 1), (3, 3), (5_000, 2_000), (u16::MAX, 9)]
    {
        desk.send(Msg::Resize(width, height));
        desk.give(Command::PageDown);
        desk.give(Command::Hints);
        desk.give(Command::Back);
    }
}
