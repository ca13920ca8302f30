//! What counts as heard, what is kept meanwhile, and what happens at the end.

use super::*;

// Ends

#[test]
fn an_episode_counts_as_heard_thirty_seconds_before_its_end() {
    let mut desk = Desk::playing();
    desk.at(569_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 569_000, played: false })]);
    desk.at(570_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 570_000, played: true })]);
    assert!(desk.state.library.rows[&EpisodeId(1)].position.played);
}

#[test]
fn the_position_is_kept_every_second() {
    let mut desk = Desk::playing();
    desk.at(999);
    assert!(desk.saved().is_empty());
    desk.at(1_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 1_000, played: false })]);
    desk.at(1_999);
    assert!(desk.saved().is_empty());
    desk.at(2_000);
    assert_eq!(desk.saved().len(), 1);
}

#[test]
fn the_end_marks_as_heard_and_says_nothing_more_of_the_position() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    assert_eq!(desk.saved(), [(1, Position { ms: 0, played: true })]);
    assert_eq!(desk.state.player.playback, Playback::Ended);
    desk.event(Event::Audio(Audio::Paused(ticket)));
    assert_eq!(desk.state.player.playback, Playback::Ended);
    desk.give(Command::Quit);
    assert_eq!(desk.effects, [Effect::Quit]);
}

#[test]
fn the_end_of_a_snip_only_pauses() {
    let mut desk = Desk::new();
    player::play(&mut desk.state, EpisodeId(1), Some(60_000), Some(90_000));
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Loaded(ticket, Some(600_000))));
    desk.event(Event::Queue(vec![summary(3)]));
    desk.event(Event::Audio(Audio::Ended(ticket, 90_000)));
    assert!(desk.saved().is_empty(), "a snip leaves alone where listening stopped");
    assert_eq!(desk.state.queue.len(), 1, "the queue does not go on");
    desk.give(Command::TogglePlay);
    let go_on = Effect::Load {
        ticket: desk.sound_ticket(),
        id: EpisodeId(1),
        start_ms: 90_000,
        until_ms: None,
    };
    assert!(desk.effects.contains(&go_on), "{:?}", desk.effects);
}

#[test]
fn a_snip_at_the_very_end_does_not_count_as_heard() {
    let mut desk = Desk::new();
    player::play(&mut desk.state, EpisodeId(1), Some(580_000), Some(599_000));
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Loaded(ticket, Some(600_000))));
    desk.at(598_000);
    assert!(desk.saved().iter().all(|(_, position)| !position.played));
}

#[test]
fn space_at_the_end_plays_from_the_beginning() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    desk.give(Command::TogglePlay);
    assert!(matches!(desk.effects.last(), Some(Effect::Load { start_ms: 0, .. })));
    assert!(desk.saved().is_empty(), "heard stays heard: {:?}", desk.effects);
}
