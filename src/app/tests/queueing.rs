//! The queue, and notes that go out.

use super::*;

/// The queue is to be changed so.
fn queued(edit: QueueEdit) -> Effect {
    Effect::Edit(Box::new(Edit::Queue(edit)))
}

// Queue

#[test]
fn an_episode_goes_into_the_queue_and_out_again() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Enqueue), [queued(QueueEdit::Add(EpisodeId(1)))]);
    assert_eq!(desk.notice(), Some(&Notice::Enqueued(1)));
    desk.event(Event::Queue(vec![summary(1)]));
    assert_eq!(desk.give(Command::Enqueue), [queued(QueueEdit::Remove(EpisodeId(1)))]);
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
    assert_eq!(desk.give(Command::Enqueue), [queued(QueueEdit::Remove(EpisodeId(4)))]);
    desk.event(Event::Queue(vec![summary(3)]));
    assert!(matches!(desk.state.overlay, Some(Overlay::Queue(list)) if list.selected == 0));
}

#[test]
fn the_note_is_written_for_the_selected_episode() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    assert_eq!(desk.give(Command::ExportNote), [Effect::ExportNote(EpisodeId(2))]);
}

// In its list

/// The ids of the queue.
fn order(desk: &Desk) -> Vec<i64> {
    desk.state.queue.iter().map(|queued| queued.id.0).collect()
}

#[test]
fn the_selected_one_moves_and_stays_selected() {
    let mut desk = Desk::new();
    desk.event(Event::Queue(vec![summary(3), summary(4), summary(5)]));
    desk.give(Command::Queue);
    assert!(desk.give(Command::MoveUp).is_empty(), "it is the first one");
    assert_eq!(desk.give(Command::MoveDown), [queued(QueueEdit::Move(EpisodeId(3), 1))]);
    assert_eq!(order(&desk), [4, 3, 5]);
    desk.give(Command::MoveDown);
    assert!(desk.give(Command::MoveDown).is_empty(), "it is the last one");
    assert_eq!(order(&desk), [4, 5, 3]);
    assert!(matches!(desk.state.overlay, Some(Overlay::Queue(list)) if list.selected == 2));
}

#[test]
fn an_episode_plays_next_from_the_lists_and_from_the_queue() {
    let mut desk = Desk::new();
    desk.event(Event::Queue(vec![summary(3), summary(4)]));
    assert_eq!(desk.give(Command::EnqueueNext), [queued(QueueEdit::Next(EpisodeId(1)))]);
    desk.event(Event::Queue(vec![summary(1), summary(3), summary(4)]));
    desk.give(Command::Queue);
    desk.give(Command::Bottom);
    assert_eq!(desk.give(Command::EnqueueNext), [queued(QueueEdit::Next(EpisodeId(4)))]);
    assert_eq!(order(&desk), [4, 1, 3]);
}

#[test]
fn all_are_taken_out_at_once() {
    let mut desk = Desk::new();
    desk.event(Event::Queue(vec![summary(3), summary(4)]));
    assert_eq!(desk.give(Command::ClearQueue), [queued(QueueEdit::Clear)]);
    assert_eq!(desk.notice(), Some(&Notice::QueueCleared(2)));
    assert!(desk.state.queue.is_empty() && desk.give(Command::ClearQueue).is_empty());
}

#[test]
fn the_length_of_the_queue_is_what_is_left_at_the_present_speed() {
    let mut desk = Desk::new();
    let begun = Position { ms: 100_000, played: false };
    let begun = EpisodeSummary { position: begun, ..summary(3) };
    desk.event(Event::Queue(vec![begun, summary(4)]));
    assert_eq!(queue_length(&desk.state), (1_100_000, 1_100_000));
    desk.set_speed(2.0);
    assert_eq!(queue_length(&desk.state), (1_100_000, 550_000));
}
