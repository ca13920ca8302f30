//! Starting, pausing, speed and device, and what is kept when the program is left.

use super::*;
use crate::model::{Loudness, Speed};

// Start

#[test]
fn down_down_down_enter_plays_the_fourth_episode_and_only_it() {
    let mut desk = Desk::new();
    for _ in 0..3 {
        desk.give(Command::Down);
    }
    desk.give(Command::Open);
    assert_eq!(desk.state.player.playback, Playback::Idle, "its notes are still on their way");
    assert_eq!(desk.opening().1, EpisodeId(4));
    desk.answer_opening();
    let loads: Vec<_> =
        desk.effects.iter().filter(|effect| matches!(effect, Effect::Load { .. })).collect();
    assert!(matches!(loads[..], [Effect::Load { id: EpisodeId(4), start_ms: 0, .. }]));
    assert_eq!(desk.state.player.playback, Playback::Loading);
}

#[test]
fn what_was_chosen_plays_even_if_the_selection_moves_on_at_once() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    desk.give(Command::Open);
    desk.give(Command::Back);
    desk.give(Command::Down);
    desk.answer_opening();
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(2)));
}

#[test]
fn a_later_choice_takes_the_place_of_one_that_is_still_loading() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    desk.give(Command::Open);
    let late = desk.opening();
    // The first episode's notes are still shown: play it from a chapter.
    player::play(&mut desk.state, EpisodeId(1), Some(60_000), None);
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(1)));
    let effects = desk.event(Event::EpisodeOpened(late.0, Box::new(opened(2))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Load { .. })));
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(1)));
}

#[test]
fn playing_begins_a_little_before_where_listening_stopped() {
    let mut desk = Desk::new();
    let mut came = opened(2);
    came.episode.summary.position = Position { ms: 42_000, played: false };
    desk.give(Command::Down);
    desk.give(Command::Open);
    let (ticket, _) = desk.opening();
    let effects = desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    assert!(effects.iter().any(|e| matches!(e, Effect::Load { start_ms: 22_000, .. })));
}

#[test]
fn an_episode_heard_to_the_end_begins_anew() {
    let mut desk = Desk::new();
    let mut came = opened(2);
    came.episode.summary.position = Position { ms: 590_000, played: true };
    desk.give(Command::Down);
    desk.give(Command::Open);
    let (ticket, _) = desk.opening();
    let effects = desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    assert!(effects.iter().any(|e| matches!(e, Effect::Load { start_ms: 0, .. })));
}

#[test]
fn an_episode_without_a_recording_leaves_what_plays_alone() {
    let mut desk = Desk::playing();
    let mut came = opened(2);
    came.episode.summary.enclosure = None;
    player::play(&mut desk.state, EpisodeId(2), None, None);
    let (ticket, _) = desk.opening();
    desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    assert_eq!(desk.notice(), Some(&Notice::NoRecording));
    assert_eq!(desk.state.player.playback, Playback::Playing);
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(1)));
}

#[test]
fn an_episode_that_cannot_be_opened_does_not_play_later() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    desk.give(Command::Open);
    let (ticket, _) = desk.opening();
    desk.event(Event::EpisodeFailed(ticket, "it is gone".to_owned()));
    assert_eq!(desk.state.notes.failed.as_deref(), Some("it is gone"));
    player::play(&mut desk.state, EpisodeId(1), None, None);
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(1)));
}

// Pause

#[test]
fn space_pauses_and_keeps_the_position() {
    let mut desk = Desk::playing();
    desk.at(3_000);
    desk.give(Command::TogglePlay);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Pause)));
    assert_eq!(desk.saved(), [(1, Position { ms: 3_000, played: false })]);
}

#[test]
fn two_quick_spaces_pause_and_go_on() {
    let mut desk = Desk::playing();
    desk.give(Command::TogglePlay);
    desk.give(Command::TogglePlay);
    assert_eq!(desk.effects, [Effect::Sound(Sound::Play)]);
}

#[test]
fn a_pause_while_the_recording_is_being_opened_holds() {
    let mut desk = Desk::new();
    desk.give(Command::Open);
    desk.give(Command::TogglePlay);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Loaded(ticket, None)));
    assert_eq!(desk.effects, [Effect::Sound(Sound::Pause)]);
    assert_eq!(desk.state.player.playback, Playback::Paused);
}

#[test]
fn space_with_nothing_loaded_plays_the_opened_episode() {
    let mut desk = Desk::new();
    desk.give(Command::TogglePlay);
    assert!(matches!(desk.effects[..], [Effect::Load { id: EpisodeId(1), .. }]));
}

#[test]
fn sounds_of_another_recording_change_nothing() {
    let mut desk = Desk::playing();
    let before = desk.state.clone();
    let old = Ticket(0);
    for audio in [
        Audio::Position(old, 99_000),
        Audio::Paused(old),
        Audio::Ended(old, 99_000),
        Audio::Failed(old, "no".to_owned()),
        Audio::Loaded(old, Some(1)),
        Audio::Buffering(old),
    ] {
        assert!(desk.event(Event::Audio(audio)).is_empty());
    }
    assert_eq!(desk.state, before);
}

#[test]
fn how_loud_a_recording_is_is_kept_with_its_episode() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    let loudness = Loudness { lufs: -19.5, peak: -0.2, bytes: 7 };
    let effects = desk.event(Event::Audio(Audio::Loudness(ticket, loudness)));
    assert_eq!(effects, [Effect::SaveLoudness(EpisodeId(1), loudness)]);
    let other = desk.event(Event::Audio(Audio::Loudness(Ticket(0), loudness)));
    assert_eq!(other, [], "that is another recording");
}

#[test]
fn a_recording_that_cannot_be_played_says_so_and_keeps_the_position() {
    let mut desk = Desk::playing();
    desk.at(4_000);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Failed(ticket, "the file is cut off".to_owned())));
    assert_eq!(desk.state.player.playback, Playback::Failed("the file is cut off".to_owned()));
    assert_eq!(desk.notice(), Some(&Notice::Failed("the file is cut off".to_owned())));
    assert_eq!(desk.saved(), [(1, Position { ms: 4_000, played: false })]);
    desk.give(Command::TogglePlay);
    assert!(matches!(desk.effects.last(), Some(Effect::Load { start_ms: 4_000, .. })));
}

// Speed, volume, device

#[test]
fn speed_goes_by_small_steps_within_its_bounds() {
    let mut desk = Desk::new();
    desk.give(Command::Faster);
    assert_eq!(desk.effects.first(), Some(&Effect::Sound(Sound::Speed(1.05))));
    for _ in 0..39 {
        desk.give(Command::Faster);
    }
    assert_eq!(desk.effects.first(), Some(&Effect::Sound(Sound::Speed(3.0))));
    desk.give(Command::Faster);
    assert_eq!(desk.effects, [Effect::Remember { key: "speed", value: "3.0".to_owned() }]);
    for _ in 0..50 {
        desk.give(Command::Slower);
    }
    assert_eq!(desk.state.player.how.speed, Speed::of(0.5));
    desk.give(Command::NormalSpeed);
    let kept = Effect::Remember { key: "speed", value: "1.0".to_owned() };
    assert_eq!(desk.effects, [Effect::Sound(Sound::Speed(1.0)), kept]);
}

#[test]
fn volume_stays_between_nothing_and_full() {
    let mut desk = Desk::new();
    desk.give(Command::Louder);
    assert_eq!(desk.state.player.volume, 82, "a fine step");
    desk.state.settings.audio.volume_step = 5;
    for _ in 0..4 {
        desk.give(Command::Louder);
    }
    assert_eq!(desk.state.player.volume, 100);
    for _ in 0..20 {
        desk.give(Command::Quieter);
    }
    assert_eq!(desk.effects.first(), Some(&Effect::Sound(Sound::Volume(0))));
}

#[test]
fn a_lost_device_is_told_and_can_be_looked_for_again() {
    let mut desk = Desk::playing();
    desk.event(Event::Audio(Audio::NoDevice("no device".to_owned())));
    assert_eq!(desk.state.player.device, Device::Missing("no device".to_owned()));
    assert_eq!(desk.give(Command::RetryDevice), [Effect::Sound(Sound::Retry)]);
    desk.event(Event::Audio(Audio::Device));
    assert_eq!(desk.state.player.device, Device::Ready);
}

// Leaving

#[test]
fn quitting_keeps_the_position_before_all_else() {
    let mut desk = Desk::playing();
    desk.at(2_000);
    desk.give(Command::Quit);
    assert!(matches!(
        desk.effects[..],
        [Effect::SavePosition { position: Position { ms: 2_000, .. }, .. }, Effect::Quit]
    ));
}

#[test]
fn going_to_the_shell_keeps_the_position_too() {
    let mut desk = Desk::playing();
    desk.at(2_000);
    desk.give(Command::Suspend);
    assert!(matches!(desk.effects[..], [Effect::SavePosition { .. }, Effect::Suspend]));
}
