//! Playing, jumping, chapters, ends, and what is kept on disk meanwhile.

use super::*;

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
fn playing_begins_where_listening_stopped() {
    let mut desk = Desk::new();
    let mut came = opened(2);
    came.episode.summary.position = Position { ms: 42_000, played: false };
    desk.give(Command::Down);
    desk.give(Command::Open);
    let (ticket, _) = desk.opening();
    let effects = desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    assert!(effects.iter().any(|e| matches!(e, Effect::Load { start_ms: 42_000, .. })));
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

// Jumps

#[test]
fn quick_jumps_add_up() {
    let mut desk = Desk::playing();
    desk.at(100_000);
    desk.give(Command::SeekForward);
    desk.give(Command::SeekForward);
    desk.give(Command::SeekBackLong);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(70_000))));
    assert_eq!(desk.saved(), [(1, Position { ms: 70_000, played: false })]);
}

#[test]
fn jumps_stop_at_both_ends() {
    let mut desk = Desk::playing();
    desk.at(5_000);
    desk.give(Command::SeekBack);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(0))));
    desk.at(0);
    desk.at(590_000);
    desk.give(Command::SeekForwardLong);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(600_000))));
}

#[test]
fn positions_from_before_a_jump_are_ignored() {
    let mut desk = Desk::playing();
    desk.at(10_000);
    desk.give(Command::SeekForwardLong);
    desk.at(10_250);
    assert_eq!(desk.state.player.ms, 70_000);
    desk.at(70_100);
    assert_eq!(desk.state.player.ms, 70_100);
    // The jump is over: now any position counts.
    desk.at(90_000);
    assert_eq!(desk.state.player.ms, 90_000);
}

#[test]
fn a_jump_that_never_lands_is_given_up() {
    let mut desk = Desk::playing();
    desk.give(Command::SeekForwardLong);
    for ms in [1_000, 1_250, 1_500, 1_750, 2_000] {
        desk.at(ms);
        assert_eq!(desk.state.player.ms, 60_000);
    }
    desk.at(2_250);
    assert_eq!(desk.state.player.ms, 2_250);
}

#[test]
fn a_jump_with_nothing_loaded_does_nothing() {
    let mut desk = Desk::new();
    for command in [Command::SeekForward, Command::NextChapter, Command::PreviousChapter] {
        assert!(desk.give(command).is_empty());
    }
}

// Chapters

#[test]
fn quick_chapter_jumps_go_on_from_the_target() {
    let mut desk = Desk::playing();
    desk.at(10_000);
    desk.give(Command::NextChapter);
    desk.give(Command::NextChapter);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(120_000))));
    // A position from before the jumps does not pull it back.
    desk.at(10_250);
    desk.give(Command::NextChapter);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(300_000))));
    assert!(desk.give(Command::NextChapter).is_empty(), "there is none behind the last");
}

#[test]
fn back_goes_to_the_start_of_a_chapter_that_has_played_for_three_seconds() {
    let mut desk = Desk::playing();
    desk.at(123_000);
    desk.give(Command::PreviousChapter);
    assert_eq!(desk.state.player.ms, 120_000);
    desk.give(Command::PreviousChapter);
    assert_eq!(desk.state.player.ms, 60_000);
    desk.at(62_999);
    desk.give(Command::PreviousChapter);
    assert_eq!(desk.state.player.ms, 0);
}

#[test]
fn the_three_seconds_are_heard_ones_at_double_speed() {
    let mut desk = Desk::playing();
    desk.state.player.speed = 2.0;
    desk.at(125_000);
    desk.give(Command::PreviousChapter);
    assert_eq!(desk.state.player.ms, 60_000, "5 s of the recording are 2.5 s heard");
    desk.at(126_000);
    desk.give(Command::PreviousChapter);
    // Still far from the target of the jump: the position was from before it.
    assert_eq!(desk.state.player.ms, 0);
}

#[test]
fn an_episode_without_chapters_says_so() {
    let mut desk = Desk::playing();
    desk.event(Event::Chapters(EpisodeId(1), Vec::new(), None));
    assert!(desk.give(Command::NextChapter).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoChapters));
}

#[test]
fn chapters_found_in_the_recording_count_at_once() {
    let mut desk = Desk::playing();
    let mut found = chapters();
    found.source = ChapterSource::Id3;
    found.list.truncate(2);
    desk.event(Event::Chapters(EpisodeId(1), vec![chapters(), found], Some(1)));
    desk.at(400_000);
    assert_eq!(desk.state.player.chapter_index(), Some(1));
    desk.give(Command::ChapterSource);
    assert_eq!(desk.state.player.chapter_index(), Some(3));
    assert_eq!(desk.notice(), Some(&Notice::ChaptersFrom(ChapterSource::Notes, 4)));
}

#[test]
fn the_notes_follow_what_plays_until_they_are_scrolled() {
    let mut desk = Desk::playing();
    desk.at(1_000);
    desk.at(121_000);
    let followed = desk.notes().top;
    assert!(followed > 0, "the chapter that plays was brought into view");
    desk.state.focus = Pane::Notes;
    desk.give(Command::Top);
    desk.at(301_000);
    assert_eq!(desk.notes().top, 0, "the reader scrolled away: the text stays");
    desk.give(Command::PreviousChapter);
    assert!(desk.notes().top > 0, "a jump is followed again");
}

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
fn the_position_is_kept_every_five_seconds() {
    let mut desk = Desk::playing();
    desk.at(4_999);
    assert!(desk.saved().is_empty());
    desk.at(5_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 5_000, played: false })]);
    desk.at(9_000);
    assert!(desk.saved().is_empty());
    desk.at(10_000);
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
    assert_eq!(desk.saved(), [(1, Position { ms: 90_000, played: false })]);
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

// Speed, volume, device

#[test]
fn speed_goes_by_tenths_within_its_bounds() {
    let mut desk = Desk::new();
    desk.give(Command::Faster);
    assert_eq!(desk.effects.first(), Some(&Effect::Sound(Sound::Speed(1.1))));
    for _ in 0..40 {
        desk.give(Command::Faster);
    }
    assert_eq!(desk.effects.first(), Some(&Effect::Sound(Sound::Speed(3.0))));
    for _ in 0..40 {
        desk.give(Command::Slower);
    }
    assert_eq!(desk.effects.first(), Some(&Effect::Sound(Sound::Speed(0.5))));
    desk.give(Command::NormalSpeed);
    let kept = Effect::Remember { key: "speed", value: "1.0".to_owned() };
    assert_eq!(desk.effects, [Effect::Sound(Sound::Speed(1.0)), kept]);
}

#[test]
fn volume_stays_between_nothing_and_full() {
    let mut desk = Desk::new();
    for _ in 0..30 {
        desk.give(Command::Louder);
    }
    assert_eq!(desk.state.player.volume, 100);
    for _ in 0..30 {
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
