//! The list of chapters: numbers, a filter, sources, what a chapter has to offer.

use super::*;

fn list(desk: &Desk) -> &ChapterList {
    match &desk.state.overlay {
        Some(Overlay::Chapters(list)) => list,
        other => panic!("no list of chapters but {other:?}"),
    }
}

#[test]
fn digits_go_to_a_chapter_and_enter_plays_it() {
    let mut desk = Desk::playing();
    desk.give(Command::Chapters);
    desk.key(Typed::Char('3'));
    assert_eq!(list(&desk).chosen(), Some(2));
    desk.give(Command::Open);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(120_000))));
}

#[test]
fn a_filter_narrows_the_list_as_it_is_typed_and_stays_after_enter() {
    let mut desk = Desk::playing();
    desk.give(Command::Chapters);
    desk.give(Command::Find);
    desk.write("12");
    assert_eq!((list(&desk).list.len, list(&desk).chosen()), (1, Some(2)));
    desk.key(Typed::Enter);
    assert_eq!(desk.state.prompt, None);
    assert_eq!(list(&desk).list.len, 1);
    desk.give(Command::Open);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(120_000))));
}

#[test]
fn escape_takes_the_filter_away_before_the_list() {
    let mut desk = Desk::playing();
    desk.give(Command::Chapters);
    desk.give(Command::Find);
    desk.write("nowhere");
    assert_eq!(list(&desk).chosen(), None);
    assert!(desk.give(Command::Open).is_empty() && desk.give(Command::Delete).is_empty());
    desk.key(Typed::Enter);
    desk.give(Command::Back);
    assert_eq!(list(&desk).list.len, 4);
    desk.give(Command::Find);
    desk.write("30");
    desk.key(Typed::Cancel);
    assert_eq!(list(&desk).list.len, 4);
    desk.give(Command::Back);
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn arrows_move_in_the_list_while_the_filter_is_typed() {
    let mut desk = Desk::playing();
    desk.give(Command::Chapters);
    desk.give(Command::Find);
    desk.write("chapter");
    desk.key(Typed::Next);
    assert_eq!(list(&desk).chosen(), Some(1));
}

#[test]
fn another_source_is_listed_at_the_same_time() {
    let mut desk = Desk::playing();
    let mut found = chapters();
    found.source = ChapterSource::Id3;
    found.list.remove(1);
    desk.event(Event::Chapters(EpisodeId(1), vec![chapters(), found], Some(0)));
    desk.at(130_000);
    desk.give(Command::Chapters);
    desk.give(Command::ChapterSource);
    assert_eq!((list(&desk).list.len, list(&desk).chosen()), (3, Some(1)));
}

#[test]
fn jumps_by_chapter_move_the_selection_along() {
    let mut desk = Desk::playing();
    desk.at(10_000);
    desk.give(Command::Chapters);
    desk.give(Command::Bottom);
    desk.give(Command::NextChapter);
    assert_eq!(list(&desk).chosen(), Some(1));
    desk.give(Command::Bottom);
    desk.give(Command::Follow);
    assert_eq!(list(&desk).chosen(), Some(1));
}

#[test]
fn a_chapter_behind_the_end_is_not_jumped_to() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Loaded(ticket, Some(250_000))));
    desk.give(Command::Chapters);
    desk.key(Typed::Char('4'));
    assert!(desk.give(Command::Open).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::BeyondEnd(300_000)));
    desk.give(Command::Back);
    desk.at(130_000);
    assert!(desk.give(Command::NextChapter).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::LastChapter));
    // The time in the notes is not jumped to either.
    let time = desk.notes().targets.iter().position(|t| t.goal == Goal::Time(300_000));
    desk.state.notes.opened.as_mut().unwrap().reader.target = time;
    desk.state.focus = Pane::Notes;
    assert!(desk.give(Command::Open).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::BeyondEnd(300_000)));
}

#[test]
fn a_chapters_words_are_copied_and_its_page_is_opened() {
    let mut desk = Desk::playing();
    let mut found = chapters();
    found.list[1].url = Some("https://tide.example/ad".to_owned());
    desk.event(Event::Chapters(EpisodeId(1), vec![found], Some(0)));
    desk.give(Command::Chapters);
    assert!(desk.give(Command::Browser).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoPage));
    desk.give(Command::Down);
    let page = "https://tide.example/ad".to_owned();
    assert_eq!(desk.give(Command::Browser), [Effect::Browser(page)]);
    let words = "1:00 chapter at 60000".to_owned();
    let copied = desk.give(Command::CopyLink).to_vec();
    assert!(matches!(&copied[..], [Effect::Copy(text)] if text.ends_with(&words)), "{copied:?}");
}

#[test]
fn the_key_that_opened_the_list_closes_it() {
    let mut desk = Desk::playing();
    desk.give(Command::Chapters);
    desk.give(Command::Chapters);
    assert_eq!(desk.state.overlay, None);
}
