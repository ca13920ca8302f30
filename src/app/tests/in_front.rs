//! What lies in front: hints, palette, search, chapters, help, and the messages in the last line.

use super::*;

// Hints

#[test]
fn two_keys_open_any_link_in_view() {
    let mut desk = Desk::new();
    desk.give(Command::Hints);
    let Some(Overlay::Hints { hints, .. }) = &desk.state.overlay else { panic!("no hints") };
    let labels: Vec<_> = hints.iter().map(|hint| hint.label.as_str()).collect();
    assert_eq!(labels.first(), Some(&"a"));
    desk.key(Typed::Char('s'));
    assert_eq!(desk.state.overlay, None);
    assert_eq!(desk.state.articles.front().unwrap().url, "https://light.example/b");
}

#[test]
fn a_letter_that_is_on_nothing_takes_the_hints_away() {
    let mut desk = Desk::new();
    desk.give(Command::Hints);
    assert!(desk.key(Typed::Char('m')).is_empty());
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn where_there_is_nothing_to_open_no_hints_appear() {
    let mut desk = Desk::empty();
    desk.give(Command::Hints);
    assert_eq!(desk.state.overlay, None);
}

// Palette

#[test]
fn a_command_is_found_by_its_words_and_given() {
    let mut desk = Desk::new();
    desk.give(Command::Palette);
    desk.write("mark_pl");
    desk.key(Typed::Enter);
    assert_eq!(desk.state.overlay, None);
    let heard = crate::app::undo::Edit::Played(vec![EpisodeId(1)], true);
    assert_eq!(desk.effects, [Effect::Edit(Box::new(heard))]);
}

#[test]
fn nothing_matches_and_enter_only_closes() {
    let mut desk = Desk::new();
    desk.give(Command::Palette);
    desk.write("zzzz");
    assert!(desk.key(Typed::Enter).is_empty());
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn arrows_walk_through_the_palette_and_stop_at_its_end() {
    let mut desk = Desk::new();
    desk.give(Command::Palette);
    desk.key(Typed::Previous);
    for _ in 0..200 {
        desk.key(Typed::Next);
    }
    let Some(Overlay::Palette { list, found, .. }) = &desk.state.overlay else { panic!("gone") };
    assert_eq!(list.selected + 1, found.len());
    assert_eq!(desk.key(Typed::Enter), [Effect::Quit]);
}

// Search

#[test]
fn every_letter_asks_again_and_only_the_last_answer_counts() {
    let mut desk = Desk::new();
    desk.give(Command::Search);
    desk.key(Typed::Char('t'));
    let Some(Effect::Search { ticket: late, .. }) = desk.effects.first().cloned() else {
        panic!("nothing asked")
    };
    desk.key(Typed::Char('i'));
    let Some(Effect::Search { ticket, query }) = desk.effects.first().cloned() else {
        panic!("nothing asked")
    };
    assert_eq!(query, "ti");
    desk.event(Event::Hits(late, Ok(vec![hit(FoundTarget::Episode(EpisodeId(2)), None)])));
    assert!(shown(&desk).is_empty());
    desk.event(Event::Hits(ticket, Ok(vec![hit(FoundTarget::Episode(EpisodeId(3)), None)])));
    assert_eq!(shown(&desk).len(), 1);
    desk.key(Typed::Enter);
    assert_eq!(desk.opening().1, EpisodeId(3));
    assert_eq!(desk.state.focus, Pane::Notes);
}

#[test]
fn a_hit_with_a_time_plays_from_there() {
    let mut desk = Desk::new();
    search_for(&mut desk, hit(FoundTarget::Episode(EpisodeId(1)), Some(123_000)));
    desk.key(Typed::Enter);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 123_000, .. }]));
}

#[test]
fn a_found_show_lists_its_episodes() {
    let mut desk = Desk::new();
    search_for(&mut desk, hit(FoundTarget::Show(ShowId(2)), None));
    desk.key(Typed::Enter);
    assert_eq!(desk.state.library.selected_show().map(|show| show.id), Some(ShowId(2)));
    assert!(matches!(
        desk.effects[..],
        [Effect::LoadEpisodes { shelf: Shelf::Show(ShowId(2)), .. }]
    ));
}

#[test]
fn a_found_article_opens() {
    let mut desk = Desk::new();
    search_for(&mut desk, hit(FoundTarget::Article("https://a.example".to_owned()), None));
    desk.key(Typed::Enter);
    assert_eq!(desk.state.articles.front().unwrap().url, "https://a.example");
}

#[test]
fn a_found_article_opens_at_the_place_that_was_found() {
    let mut desk = Desk::new();
    let url = "https://a.example".to_owned();
    search_with(&mut desk, "“NEXT”", hit(FoundTarget::Article(url.clone()), None));
    desk.key(Typed::Enter);
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Article(ticket, Box::new(Ok(page(&url)))));
    let reader = desk.state.articles.reader().unwrap();
    let finding = reader.finding.as_ref().unwrap();
    let place = finding.matches[finding.current].clone();
    assert!(reader.top > 0 && reader.shown().contains(&reader.layout.line_of(place.block, 0)));
}

#[test]
fn found_notes_open_at_the_place_that_was_found() {
    for (query, there) in [("passage 3.5", true), ("没有的 3.5", true), ("没有的", false)] {
        let mut desk = Desk::new();
        search_with(&mut desk, query, hit(FoundTarget::Episode(EpisodeId(3)), None));
        desk.key(Typed::Enter);
        desk.answer_opening();
        assert_eq!(
            (desk.notes().finding.is_some(), desk.notes().top > 0),
            (there, there),
            "{query}"
        );
        // In an episode that is open already it is shown at once.
        let reader = &mut desk.state.notes.opened.as_mut().unwrap().reader;
        (reader.finding, reader.top) = (None, 0);
        search_with(&mut desk, query, hit(FoundTarget::Episode(EpisodeId(3)), None));
        desk.key(Typed::Enter);
        assert_eq!(
            (desk.notes().finding.is_some(), desk.notes().top > 0),
            (there, there),
            "{query}"
        );
    }
}

#[test]
fn commands_are_found_by_scattered_letters_and_the_best_come_first() {
    let mut desk = Desk::new();
    desk.give(Command::Palette);
    desk.write("quit");
    let Some(Overlay::Palette { found, .. }) = &desk.state.overlay else { panic!("gone") };
    assert_eq!(found.first(), Some(&Command::Quit));
    desk.state.overlay = None;
    desk.give(Command::Palette);
    desk.write("rdlst");
    let Some(Overlay::Palette { found, .. }) = &desk.state.overlay else { panic!("gone") };
    assert_eq!(found.first(), Some(&Command::ReadingList));
}

#[test]
fn an_emptied_line_finds_nothing_and_forgets_what_went_wrong() {
    let mut desk = Desk::new();
    desk.give(Command::Search);
    desk.key(Typed::Char('t'));
    let Some(Effect::Search { ticket, .. }) = desk.effects.first().cloned() else {
        panic!("nothing asked")
    };
    desk.event(Event::Hits(ticket, Err("the library is damaged".to_owned())));
    desk.key(Typed::Backspace);
    assert!(desk.effects.is_empty() && shown(&desk).is_empty());
    let Some(Overlay::Search(search)) = &desk.state.overlay else { panic!("closed") };
    assert_eq!(search.failed, None);
}

fn hit(target: FoundTarget, ms: Option<Millis>) -> Found {
    Found { target, title: "t".to_owned(), snippet: "s".to_owned(), ms }
}

fn shown(desk: &Desk) -> &[Found] {
    match &desk.state.overlay {
        Some(Overlay::Search(search)) => &search.found,
        _ => &[],
    }
}

fn search_for(desk: &mut Desk, hit: Found) {
    search_with(desk, "t", hit);
}

fn search_with(desk: &mut Desk, query: &str, hit: Found) {
    desk.give(Command::Search);
    desk.write(query);
    let Some(Effect::Search { ticket, .. }) = desk.effects.first().cloned() else {
        panic!("nothing asked")
    };
    desk.event(Event::Hits(ticket, Ok(vec![hit])));
}

// Chapters

#[test]
fn the_list_of_chapters_opens_on_the_one_that_plays() {
    let mut desk = Desk::playing();
    desk.at(130_000);
    desk.give(Command::Chapters);
    assert!(
        matches!(desk.state.overlay, Some(Overlay::Chapters(ref list)) if list.chosen() == Some(2))
    );
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert_eq!(desk.state.overlay, None);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(300_000))));
}

#[test]
fn a_chapter_of_an_episode_that_does_not_play_starts_it() {
    let mut desk = Desk::new();
    desk.give(Command::Chapters);
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 60_000, .. }]));
}

#[test]
fn without_chapters_no_empty_list_opens() {
    let mut desk = Desk::new();
    desk.event(Event::Chapters(EpisodeId(1), Vec::new(), None));
    desk.give(Command::Chapters);
    assert_eq!(desk.state.overlay, None);
    assert_eq!(desk.notice(), Some(&Notice::NoChapters));
}

// Help and escape

#[test]
fn help_scrolls_is_searched_and_goes() {
    let mut desk = Desk::new();
    desk.state.bindings =
        Command::ALL.iter().map(|&command| (command.name().to_owned(), command)).collect();
    desk.give(Command::Help);
    desk.give(Command::Bottom);
    assert!(help(&desk).top > 0);
    desk.give(Command::Top);
    desk.give(Command::Find);
    desk.write("queue");
    desk.key(Typed::Enter);
    assert!(help(&desk).finding.as_ref().is_some_and(|finding| !finding.matches.is_empty()));
    desk.give(Command::Back);
    assert_eq!(desk.state.overlay, None);
    assert_eq!(desk.notes().top, 0, "the notes behind it did not move");
    assert_eq!(desk.notes().finding, None);
}

#[track_caller]
fn help(desk: &Desk) -> &Reader {
    match &desk.state.overlay {
        Some(Overlay::Help(reader)) => reader,
        _ => panic!("no help"),
    }
}

#[test]
fn escape_takes_what_is_in_front_away_first() {
    let mut desk = Desk::new();
    desk.read("https://b.example");
    desk.give(Command::Queue);
    desk.give(Command::Back);
    assert_eq!(desk.state.overlay, None);
    assert!(desk.state.articles.is_open());
}

// Messages

#[test]
fn a_message_goes_away_after_six_seconds() {
    let mut desk = Desk::new();
    desk.send(Msg::Tick(1_000));
    desk.event(Event::Notice(Notice::Copied));
    assert!(desk.state.wants_ticks());
    desk.send(Msg::Tick(6_999));
    assert_eq!(desk.notice(), Some(&Notice::Copied));
    desk.send(Msg::Tick(7_000));
    assert_eq!(desk.notice(), None);
    assert!(!desk.state.wants_ticks(), "an idle program sleeps");
}

#[test]
fn a_pasted_address_is_offered_for_subscribing() {
    let mut desk = Desk::new();
    desk.send(Msg::Paste("https://pod.example/f.xml".to_owned()));
    let prompt = desk.state.prompt.as_ref().unwrap();
    assert_eq!(prompt.kind, PromptKind::Subscribe);
    assert_eq!(prompt.line.text(), "https://pod.example/f.xml");
    let mut other = Desk::new();
    other.send(Msg::Paste("just words".to_owned()));
    assert_eq!(other.state.prompt, None);
}
