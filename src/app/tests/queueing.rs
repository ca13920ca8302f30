//! The queue and snips.

use super::*;
use crate::model::{NewSnip, Snip, SnipId};

fn snip(id: i64, start_ms: Millis) -> Snip {
    let body = NewSnip { start_ms, end_ms: start_ms + 30_000, ..NewSnip::default() };
    Snip { id: SnipId(id), episode: EpisodeId(1), body, ..Snip::default() }
}

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
    assert!(matches!(desk.effects[..], [Effect::SavePosition { .. }]));
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

// Snips

#[test]
fn a_snip_keeps_the_last_minute() {
    let mut desk = Desk::playing();
    desk.at(100_000);
    let kept = NewSnip {
        start_ms: 40_000,
        end_ms: 100_000,
        tapped_ms: Some(100_000),
        ..NewSnip::default()
    };
    assert_eq!(desk.give(Command::Snip), [Effect::AddSnip { id: EpisodeId(1), snip: kept }]);
}

#[test]
fn a_snip_at_the_beginning_is_short_but_never_empty() {
    let mut desk = Desk::playing();
    desk.give(Command::Snip);
    let Some(Effect::AddSnip { snip, .. }) = desk.effects.first() else { panic!("no snip") };
    assert_eq!((snip.start_ms, snip.end_ms), (0, 1_000));
}

#[test]
fn with_nothing_playing_there_is_nothing_to_snip() {
    let mut desk = Desk::new();
    assert!(desk.give(Command::Snip).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NothingPlays));
}

#[test]
fn a_kept_snip_stands_in_its_place_by_time() {
    let mut desk = Desk::playing();
    desk.event(Event::SnipKept(Box::new(snip(1, 60_000))));
    desk.event(Event::SnipKept(Box::new(snip(2, 10_000))));
    assert_eq!(desk.notice(), Some(&Notice::SnipKept(10_000, 40_000)));
    let snips = &desk.state.notes.opened.as_ref().unwrap().snips;
    assert_eq!(snips.iter().map(|snip| snip.id.0).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn the_snips_of_this_episode_then_of_all() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Snips), [Effect::LoadSnips(Some(EpisodeId(1)))]);
    assert_eq!(desk.give(Command::Snips), [Effect::LoadSnips(None)]);
    // The answer to the first question comes late.
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0)]));
    assert!(matches!(&desk.state.overlay, Some(Overlay::Snips(list)) if list.snips.is_empty()));
    desk.event(Event::Snips(None, vec![snip(1, 0), snip(2, 50_000)]));
    assert!(matches!(&desk.state.overlay, Some(Overlay::Snips(list)) if list.list.len == 2));
}

#[test]
fn a_snip_plays_from_its_start_to_its_end() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), snip(2, 50_000)]));
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert!(matches!(
        desk.effects[..],
        [Effect::Load { start_ms: 50_000, until_ms: Some(80_000), .. }]
    ));
}

#[test]
fn a_jump_after_a_snip_is_free_of_its_end() {
    let mut desk = Desk::new();
    player::play(&mut desk.state, EpisodeId(1), Some(60_000), Some(90_000));
    let chosen = player::play(&mut desk.state, EpisodeId(1), Some(300_000), None);
    assert!(
        matches!(chosen.last(), Some(Effect::Load { start_ms: 300_000, until_ms: None, .. })),
        "{chosen:?}"
    );
}

#[test]
fn the_selected_snip_gets_a_note() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    let mut second = snip(2, 50_000);
    second.body.note = "waves".to_owned();
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), second]));
    desk.give(Command::Down);
    desk.give(Command::EditNote);
    desk.write(" and wind");
    let change = SnipChange::Note("waves and wind".to_owned());
    let asked = Effect::ChangeSnip { id: SnipId(2), change };
    assert_eq!(desk.key(Typed::Enter), [asked]);
}

#[test]
fn without_a_list_the_snip_kept_last_gets_the_note() {
    let mut desk = Desk::playing();
    assert!(desk.give(Command::EditNote).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoSnip));
    desk.event(Event::SnipKept(Box::new(snip(1, 60_000))));
    desk.event(Event::SnipKept(Box::new(snip(2, 10_000))));
    desk.give(Command::EditNote);
    assert_eq!(desk.state.prompt.as_ref().unwrap().kind, PromptKind::SnipNote(SnipId(2)));
    assert!(desk.key(Typed::Cancel).is_empty());
}

#[test]
fn the_selected_snip_is_deleted() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), snip(2, 50_000)]));
    desk.give(Command::Bottom);
    assert_eq!(desk.give(Command::Delete), [Effect::DeleteSnip(SnipId(2))]);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0)]));
    assert!(matches!(&desk.state.overlay, Some(Overlay::Snips(shown)) if shown.list.selected == 0));
}

#[test]
fn the_note_is_written_for_the_selected_episode() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    assert_eq!(desk.give(Command::ExportNote), [Effect::ExportNote(EpisodeId(2))]);
}
