//! Snips that play: from start to end, one after another; what of the listening they leave alone.

use super::*;
use crate::model::{NewSnip, Snip, SnipId};

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
    assert_eq!(chosen, [Effect::Sound(Sound::Range { from: 300_000, until: None })]);
}

/// An episode that plays, 100 s into it, and its snips listed.
fn listed_while_playing() -> Desk {
    let mut desk = Desk::playing();
    desk.at(100_000);
    desk.give(Command::Snips);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 10_000), snip(2, 300_000)]));
    desk
}

fn ended(desk: &mut Desk, ms: Millis) {
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, ms)));
}

fn range(from: Millis, until: Millis) -> Effect {
    Effect::Sound(Sound::Range { from, until: Some(until) })
}

#[test]
fn a_snip_of_what_plays_needs_no_other_opening_and_keeps_where_listening_stood() {
    let mut desk = listed_while_playing();
    desk.give(Command::Open);
    assert_eq!(desk.saved(), [(1, Position { ms: 100_000, played: false })]);
    assert!(desk.effects.contains(&range(10_000, 40_000)), "{:?}", desk.effects);
    for ms in [10_000, 20_000, 39_000] {
        desk.at(ms);
        assert!(desk.saved().is_empty(), "a snip is no listening");
    }
    desk.give(Command::TogglePlay);
    assert!(desk.saved().is_empty());
    desk.give(Command::Quit);
    assert_eq!(desk.effects, [Effect::Quit]);
}

#[test]
fn after_a_snip_the_episode_goes_on_where_listening_stood() {
    let mut desk = listed_while_playing();
    desk.give(Command::Open);
    desk.at(12_000);
    player::play(&mut desk.state, EpisodeId(1), None, None);
    assert_eq!(desk.state.player.ms, 100_000);
    assert_eq!(desk.state.player.playing.as_ref().unwrap().until_ms, None);
}

#[test]
fn a_jump_over_the_end_of_a_snip_is_listening_again() {
    let mut desk = listed_while_playing();
    desk.give(Command::Open);
    desk.at(11_000);
    desk.give(Command::SeekForward);
    assert!(desk.saved().is_empty(), "still in the snip");
    desk.give(Command::SeekForward);
    assert_eq!(desk.saved(), [(1, Position { ms: 41_000, played: false })]);
}

// One after another

#[test]
fn all_listed_snips_play_one_after_another() {
    let mut desk = listed_while_playing();
    desk.give(Command::PlayAll);
    assert!(desk.effects.contains(&range(10_000, 40_000)));
    assert_eq!(desk.notice(), Some(&Notice::PlayingAll(2)));
    desk.at(39_900);
    ended(&mut desk, 40_000);
    assert_eq!(desk.effects, [range(300_000, 330_000)]);
    // The end of the one before, told late.
    ended(&mut desk, 40_000);
    assert!(desk.effects.is_empty());
    desk.at(329_900);
    ended(&mut desk, 330_000);
    assert!(desk.effects.is_empty());
    assert_eq!(desk.state.snips.run, None);
    assert_eq!(desk.state.player.playback, Playback::Ended);
}

#[test]
fn a_run_goes_across_episodes() {
    let mut desk = Desk::playing();
    desk.give(Command::Snips);
    desk.give(Command::Snips);
    let mut other = snip(2, 50_000);
    other.episode = EpisodeId(2);
    desk.event(Event::Snips(None, vec![snip(1, 10_000), other]));
    desk.give(Command::PlayAll);
    desk.at(10_100);
    ended(&mut desk, 40_000);
    assert_eq!(desk.opening().1, EpisodeId(2));
    desk.answer_opening();
    let load = desk.effects.iter().find(|effect| matches!(effect, Effect::Load { .. }));
    assert!(
        matches!(
            load,
            Some(Effect::Load { id: EpisodeId(2), start_ms: 50_000, until_ms: Some(80_000), .. })
        ),
        "{:?}",
        desk.effects
    );
}

#[test]
fn the_key_for_the_next_in_the_queue_goes_to_the_next_snip() {
    let mut desk = listed_while_playing();
    desk.event(Event::Queue(vec![summary(3)]));
    desk.give(Command::PlayAll);
    assert_eq!(desk.give(Command::NextInQueue), [range(300_000, 330_000)]);
    desk.give(Command::NextInQueue);
    assert_eq!(desk.notice(), Some(&Notice::AllPlayed));
    assert_eq!(desk.state.player.playback, Playback::Paused);
    assert_eq!(desk.state.queue.len(), 1, "the queue is left alone");
}

#[test]
fn what_cannot_be_played_does_not_hold_a_run_up() {
    let mut desk = listed_while_playing();
    desk.give(Command::PlayAll);
    desk.at(10_100);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Failed(ticket, "it broke off".to_owned())));
    let next = |effect: &Effect| matches!(effect, Effect::Load { start_ms: 300_000, .. });
    assert!(desk.effects.iter().any(next), "{:?}", desk.effects);
    assert_eq!(desk.notice(), Some(&Notice::Failed("it broke off".to_owned())));
}

#[test]
fn whoever_plays_something_else_ends_the_run() {
    let mut desk = listed_while_playing();
    desk.give(Command::PlayAll);
    desk.at(10_100);
    desk.give(Command::Down);
    desk.give(Command::Open);
    desk.at(300_100);
    ended(&mut desk, 330_000);
    assert!(desk.effects.is_empty());
    let mut desk = listed_while_playing();
    desk.give(Command::PlayAll);
    desk.at(10_100);
    desk.give(Command::SeekForwardLong);
    assert_eq!(desk.state.snips.run, None);
}

fn snip(id: i64, start_ms: Millis) -> Snip {
    let body = NewSnip { start_ms, end_ms: start_ms + 30_000, ..NewSnip::default() };
    Snip { id: SnipId(id), episode: EpisodeId(1), body, ..Snip::default() }
}
