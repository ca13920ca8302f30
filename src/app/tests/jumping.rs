//! Jumps and chapters: quick presses add up, what was on its way before a jump changes nothing.

use super::*;

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
    for command in [Command::SeekForward, Command::SeekBackLong] {
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
    desk.set_speed(2.0);
    desk.at(125_000);
    desk.give(Command::PreviousChapter);
    assert_eq!(desk.state.player.ms, 60_000, "5 s of the recording are 2.5 s heard");
    desk.at(126_000);
    desk.give(Command::PreviousChapter);
    // Still far from the target of the jump: the position was from before it.
    assert_eq!(desk.state.player.ms, 0);
}

#[test]
fn presses_add_up_while_it_waits_for_bytes_and_while_it_stands() {
    for playback in [Playback::Buffering, Playback::Paused, Playback::Loading] {
        let mut desk = Desk::playing();
        desk.at(10_000);
        desk.state.player.playback = playback.clone();
        desk.give(Command::NextChapter);
        desk.give(Command::NextChapter);
        assert_eq!(desk.state.player.ms, 120_000, "{playback:?}");
        desk.give(Command::PreviousChapter);
        desk.give(Command::PreviousChapter);
        assert_eq!(desk.state.player.ms, 0);
        assert_eq!(desk.state.player.playback, playback, "it neither starts nor stops");
    }
}

#[test]
fn with_nothing_loaded_the_opened_episode_starts_at_a_chapter() {
    let mut desk = Desk::new();
    let opened = desk.state.notes.opened.as_mut().unwrap();
    opened.episode.summary.position.ms = 130_000;
    desk.give(Command::NextChapter);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 300_000, .. }]));
    let mut desk = Desk::new();
    let opened = desk.state.notes.opened.as_mut().unwrap();
    opened.episode.summary.position.ms = 130_000;
    desk.give(Command::PreviousChapter);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 120_000, .. }]));
    desk.give(Command::PreviousChapter);
    assert_eq!(desk.state.player.ms, 60_000, "pressed again before it is even open");
}

#[test]
fn chapters_are_those_of_what_plays_while_another_episode_is_open() {
    let mut desk = Desk::playing();
    desk.at(10_000);
    desk.give(Command::Back);
    desk.give(Command::Down);
    desk.answer_opening();
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(2)));
    desk.give(Command::NextChapter);
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(1)));
    assert_eq!(desk.state.player.ms, 60_000);
}

#[test]
fn a_jump_out_of_a_snip_goes_on_listening() {
    let mut desk = Desk::playing();
    player::play(&mut desk.state, EpisodeId(1), Some(70_000), Some(80_000));
    desk.give(Command::NextChapter);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    assert_eq!(desk.saved(), [(1, Position { ms: 0, played: true })]);
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
    assert_eq!(desk.notice(), Some(&Notice::ChaptersFrom(ChapterSource::Notes, 4, 0)));
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

#[test]
fn a_key_brings_the_notes_back_to_what_plays() {
    let mut desk = Desk::playing();
    desk.at(1_000);
    desk.at(301_000);
    let there = desk.notes().top;
    desk.state.focus = Pane::Notes;
    desk.give(Command::Top);
    desk.give(Command::Follow);
    assert_eq!(desk.notes().top, there);
    desk.at(121_000);
    assert_ne!(desk.notes().top, there, "and they follow again");
}

#[test]
fn a_time_in_a_sentence_is_not_taken_for_the_head_of_a_chapter() {
    let mut desk = Desk::new();
    let document = from_markdown("at 02:00 the light\n\n02:00 the light", None);
    let opened = desk.state.notes.opened.as_mut().unwrap();
    let mut document = document;
    mark_times(&mut document);
    let text = &mut document.blocks[0].spans;
    let after = crate::text::Span { time_ms: Some(120_000), ..text[0].clone() };
    text.push(after);
    opened.reader = Reader::new(Arc::new(document));
    assert_eq!(opened.reader.target_of_time(120_000).map(|target| target.block), Some(1));
}
