//! Shelves, shows, episodes: what is asked for, which answers count, filters.

use super::*;
use crate::model::EpisodeOrder;

// Start

#[test]
fn the_start_asks_for_the_library_and_sets_the_sound() {
    let effects = Desk::empty().effects;
    assert!(effects.contains(&Effect::LoadShows) && effects.contains(&Effect::LoadQueue));
    assert!(effects.iter().any(|e| matches!(e, Effect::LoadEpisodes { shelf: Shelf::All, .. })));
    assert!(effects.contains(&Effect::Sound(Sound::Volume(80))));
}

#[test]
fn the_first_episode_shows_its_notes_without_being_asked() {
    let mut desk = Desk::empty();
    let ticket = desk.list_ticket();
    desk.event(Event::Episodes(ticket, vec![EpisodeId(7), EpisodeId(8)]));
    assert_eq!(desk.opening().1, EpisodeId(7));
    assert!(desk.effects.contains(&Effect::LoadRows(vec![EpisodeId(7), EpisodeId(8)])));
}

#[test]
fn an_episode_named_at_the_start_is_not_pushed_aside_by_the_list() {
    let mut desk = Desk::empty();
    desk.event(Event::Open(FoundTarget::Episode(EpisodeId(9))));
    let list = desk.list_ticket();
    desk.event(Event::Episodes(list, EPISODES.map(EpisodeId).to_vec()));
    assert_eq!(desk.opening().1, EpisodeId(9));
    desk.answer_opening();
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(9)));
    assert_eq!(desk.state.focus, Pane::Notes);
}

#[test]
fn a_show_named_at_the_start_is_selected_once_the_shows_are_there() {
    let mut desk = Desk::empty();
    desk.event(Event::Open(FoundTarget::Show(ShowId(2))));
    desk.event(Event::Shows(vec![show(1, "海边电台"), show(2, "Slow Trains")]));
    assert_eq!(desk.state.library.selected_show().map(|show| show.id), Some(ShowId(2)));
    assert_eq!(desk.state.library.shelf, Shelf::Show(ShowId(2)));
}

// Late answers

#[test]
fn a_late_list_changes_nothing() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Shows;
    desk.give(Command::Down);
    let late = desk.list_ticket();
    desk.give(Command::Down);
    let before = desk.state.clone();
    assert!(desk.event(Event::Episodes(late, vec![EpisodeId(99)])).is_empty());
    assert_eq!(desk.state, before);
}

#[test]
fn late_notes_change_nothing() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    let (late, _) = desk.opening();
    desk.give(Command::Down);
    desk.event(Event::EpisodeOpened(late, Box::new(opened(2))));
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(1)));
    desk.event(Event::EpisodeFailed(late, "no".to_owned()));
    assert_eq!(desk.state.notes.failed, None);
    desk.answer_opening();
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(3)));
}

#[test]
fn notes_on_their_way_are_not_asked_for_twice() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::OpenEpisode { .. })));
}

#[test]
fn back_on_the_opened_episode_the_others_notes_no_longer_come() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    let (late, _) = desk.opening();
    desk.give(Command::Up);
    desk.event(Event::EpisodeOpened(late, Box::new(opened(2))));
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(1)));
}

// Walking

#[test]
fn walking_stops_at_both_ends() {
    let mut desk = Desk::new();
    assert!(desk.give(Command::Up).is_empty());
    desk.give(Command::Bottom);
    assert_eq!(desk.state.library.selected(), Some(EpisodeId(5)));
    desk.answer_opening();
    assert!(desk.give(Command::Down).is_empty());
    desk.give(Command::Top);
    assert_eq!(desk.state.library.selected(), Some(EpisodeId(1)));
}

#[test]
fn rows_are_asked_for_only_around_what_is_in_view() {
    let mut desk = Desk::empty();
    let ticket = desk.list_ticket();
    let ids: Vec<_> = (1..=100_000).map(EpisodeId).collect();
    desk.event(Event::Episodes(ticket, ids));
    let asked = |effects: &[Effect]| match effects.last() {
        Some(Effect::LoadRows(ids)) => ids.clone(),
        _ => Vec::new(),
    };
    let first = asked(&desk.effects);
    assert!(first.len() < 100 && first.first() == Some(&EpisodeId(1)), "{}", first.len());
    assert!(asked(desk.give(Command::Down)).is_empty(), "asked for already");
    desk.give(Command::Bottom);
    let last = asked(&desk.effects);
    assert!(last.len() < 100 && last.last() == Some(&EpisodeId(100_000)));
}

#[test]
fn a_shelf_lists_its_episodes_from_the_top() {
    let mut desk = Desk::new();
    desk.give(Command::Bottom);
    desk.state.focus = Pane::Shows;
    desk.give(Command::Down);
    let asked = Effect::LoadEpisodes {
        ticket: desk.list_ticket(),
        shelf: Shelf::InProgress,
        text: String::new(),
        order: EpisodeOrder::Heard,
    };
    assert_eq!(desk.effects, [asked]);
    let ticket = desk.list_ticket();
    desk.event(Event::Episodes(ticket, vec![EpisodeId(4), EpisodeId(5)]));
    assert_eq!(desk.state.library.selected(), Some(EpisodeId(4)));
}

#[test]
fn a_list_that_comes_again_keeps_the_selection_and_the_notes() {
    let mut desk = Desk::playing();
    desk.state.focus = Pane::Episodes;
    desk.give(Command::Down);
    desk.give(Command::Down);
    desk.answer_opening();
    desk.event(Event::RefreshDone(1));
    let ticket = desk.list_ticket();
    let mut ids = vec![EpisodeId(50)];
    ids.extend(EPISODES.map(EpisodeId));
    desk.event(Event::Episodes(ticket, ids));
    assert_eq!(desk.state.library.selected(), Some(EpisodeId(3)));
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(3)));
    assert!(desk.state.notes.loading.is_none());
}

#[test]
fn a_refresh_does_not_take_the_notes_of_what_plays_away() {
    let mut desk = Desk::playing();
    // The list stands on another episode than the one that plays.
    desk.state.library.list.select(2);
    desk.state.focus = Pane::Shows;
    desk.event(Event::RefreshDone(0));
    let ticket = desk.list_ticket();
    desk.event(Event::Episodes(ticket, EPISODES.map(EpisodeId).to_vec()));
    assert!(desk.state.notes.loading.is_none());
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(1)));
}

// Filters

#[test]
fn a_filter_asks_with_every_letter_and_escape_takes_it_away() {
    let mut desk = Desk::new();
    desk.give(Command::Find);
    desk.write("潮汐");
    let asked = |text: &str, ticket| Effect::LoadEpisodes {
        ticket,
        shelf: Shelf::All,
        text: text.to_owned(),
        order: EpisodeOrder::Newest,
    };
    assert_eq!(desk.effects, [asked("潮汐", desk.list_ticket())]);
    assert!(desk.key(Typed::Enter).is_empty(), "it was asked for already");
    assert_eq!(desk.state.prompt, None);
    assert_eq!(desk.state.library.filter, "潮汐");
    desk.give(Command::Back);
    assert_eq!(desk.effects, [asked("", desk.list_ticket())]);
}

#[test]
fn escape_while_typing_a_filter_shows_all_again() {
    let mut desk = Desk::new();
    desk.give(Command::Find);
    desk.write("x");
    desk.key(Typed::Cancel);
    assert_eq!(desk.state.library.filter, "");
    assert!(matches!(&desk.effects[..], [Effect::LoadEpisodes { text, .. }] if text.is_empty()));
}

#[test]
fn shows_are_filtered_at_once_whatever_the_case() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Shows;
    desk.give(Command::Find);
    desk.write("SLOW");
    assert_eq!(desk.state.library.shelves, [Shelf::Show(ShowId(2))]);
    desk.key(Typed::Cancel);
    assert_eq!(desk.state.library.shelves.len(), 6);
}

// Marks and subscriptions

#[test]
fn marking_as_heard_turns_around() {
    let mut desk = Desk::new();
    let marked = |played| Effect::Edit(Box::new(Edit::Played(vec![EpisodeId(1)], played)));
    assert_eq!(desk.give(Command::MarkPlayed), [marked(true)]);
    assert_eq!(desk.give(Command::MarkPlayed), [marked(false)]);
}

#[test]
fn an_address_is_subscribed_to_and_its_show_selected() {
    let mut desk = Desk::new();
    desk.give(Command::Subscribe);
    desk.send(Msg::Paste("https://pod.example/new.xml\n".to_owned()));
    let asked = Effect::Subscribe("https://pod.example/new.xml".to_owned());
    assert_eq!(desk.key(Typed::Enter), [asked]);
    assert!(desk.state.jobs.subscribing);
    desk.event(Event::Subscribed(Ok(ShowId(3))));
    assert!(!desk.state.jobs.subscribing);
    desk.event(Event::Shows(vec![show(1, "海边电台"), show(2, "Slow Trains"), show(3, "新")]));
    assert_eq!(desk.state.library.selected_show().map(|show| show.id), Some(ShowId(3)));
}

#[test]
fn a_subscription_that_failed_says_why() {
    let mut desk = Desk::new();
    desk.give(Command::Subscribe);
    desk.write("nowhere");
    desk.key(Typed::Enter);
    desk.event(Event::Subscribed(Err("no feed there".to_owned())));
    assert_eq!(desk.notice(), Some(&Notice::Failed("no feed there".to_owned())));
    assert!(!desk.state.jobs.subscribing);
}

#[test]
fn unsubscribing_asks_first() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Shows;
    desk.give(Command::Bottom);
    desk.give(Command::Unsubscribe);
    assert!(desk.key(Typed::Char('n')).is_empty());
    desk.give(Command::Unsubscribe);
    assert_eq!(desk.key(Typed::Char('y')), [Effect::Unsubscribe(ShowId(2))]);
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn a_fixed_shelf_cannot_be_unsubscribed() {
    let mut desk = Desk::new();
    desk.give(Command::Unsubscribe);
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn a_refresh_of_many_shows_reads_the_lists_now_and_then_and_at_its_end() {
    let mut desk = Desk::new();
    let mut read = 0;
    for n in 0..1_000 {
        desk.send(Msg::Tick(5_000 + n * 10));
        desk.event(Event::Refreshed(ShowId(1), Ok(1)));
        read += usize::from(desk.effects.contains(&Effect::LoadShows));
    }
    assert_eq!(read, 5);
    desk.event(Event::RefreshDone(1_000));
    assert!(desk.effects.contains(&Effect::LoadShows));
    desk.event(Event::Refreshed(ShowId(1), Ok(1)));
    assert!(desk.effects.contains(&Effect::LoadShows), "the next refresh begins anew");
}
