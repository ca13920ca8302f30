//! The queue, and notes that go out.

use super::*;

// Queue

#[test]
fn an_episode_goes_into_the_queue_and_out_again() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Enqueue), [Effect::Enqueue(EpisodeId(1))]);
    assert_eq!(desk.notice(), Some(&Notice::Enqueued(1)));
    desk.event(Event::Queue(vec![summary(1)]));
    assert_eq!(desk.give(Command::Enqueue), [Effect::Dequeue(EpisodeId(1))]);
}

#[test]
fn at_the_end_the_next_of_the_queue_plays() {
    let mut desk = Desk::playing();
    desk.event(Event::Queue(vec![summary(3), summary(4)]));
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    assert_eq!(desk.saved(), [(1, Position { ms: 0, played: true })]);
    assert!(desk.effects.contains(&Effect::Dequeue(EpisodeId(3))));
    assert_eq!(desk.opening().1, EpisodeId(3));
    desk.answer_opening();
    assert!(matches!(desk.effects.last(), Some(Effect::Load { id: EpisodeId(3), .. })));
    assert_eq!(desk.state.queue.len(), 1);
}

#[test]
fn at_the_end_with_an_empty_queue_it_is_quiet() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    assert!(matches!(desk.effects[..], [Effect::SavePosition { .. }, Effect::LoadShows]));
}

#[test]
fn skipping_to_the_next_keeps_where_this_one_stands() {
    let mut desk = Desk::playing();
    desk.at(4_000);
    desk.event(Event::Queue(vec![summary(3)]));
    desk.give(Command::NextInQueue);
    desk.answer_opening();
    assert_eq!(desk.saved(), [(1, Position { ms: 4_000, played: false })]);
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(3)));
}

#[test]
fn one_chosen_from_the_queue_plays_and_is_no_longer_in_it() {
    let mut desk = Desk::new();
    desk.event(Event::Queue(vec![summary(3), summary(4)]));
    assert_eq!(desk.give(Command::Queue), [Effect::LoadQueue]);
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert!(desk.effects.contains(&Effect::Dequeue(EpisodeId(4))), "{:?}", desk.effects);
    assert_eq!(desk.opening().1, EpisodeId(4));
    assert_eq!(desk.state.queue.iter().map(|e| e.id.0).collect::<Vec<_>>(), [3]);
}

#[test]
fn in_the_queue_the_keys_are_about_the_selected_one() {
    let mut desk = Desk::new();
    desk.event(Event::Queue(vec![summary(3), summary(4)]));
    desk.give(Command::Queue);
    desk.give(Command::Down);
    assert_eq!(desk.give(Command::Enqueue), [Effect::Dequeue(EpisodeId(4))]);
    desk.event(Event::Queue(vec![summary(3)]));
    assert!(matches!(desk.state.overlay, Some(Overlay::Queue(list)) if list.selected == 0));
}

#[test]
fn the_note_is_written_for_the_selected_episode() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    assert_eq!(desk.give(Command::ExportNote), [Effect::ExportNote(EpisodeId(2))]);
}
