//! Chapters that are always skipped: playback goes past them by itself, never past those that were
//! jumped into, and never round and round.

use super::*;
use crate::model::SkippedChapter;

/// The first episode plays, with these of its chapters (0:00, 1:00, 2:00, 5:00) skipped.
fn skipping(chosen: &[usize]) -> Desk {
    let mut desk = Desk::playing();
    choose(&mut desk, chosen);
    desk
}

/// Chooses chapters in the list that are to be skipped, without one of them playing.
fn choose(desk: &mut Desk, chosen: &[usize]) {
    let list = chapters().list;
    let skipped: Vec<_> = chosen.iter().map(|at| SkippedChapter::of(&list[*at])).collect();
    desk.state.notes.opened.as_mut().unwrap().skipped.clone_from(&skipped);
    if let Some(playing) = &mut desk.state.player.playing {
        playing.skipped = skipped;
    }
}

fn sought(desk: &Desk) -> Option<Millis> {
    desk.effects.iter().find_map(|effect| match effect {
        Effect::Sound(Sound::Seek(ms)) => Some(*ms),
        _ => None,
    })
}

#[test]
fn playback_goes_on_behind_a_skipped_chapter_and_says_so() {
    let mut desk = skipping(&[1]);
    desk.at(59_900);
    assert_eq!(sought(&desk), None);
    desk.at(60_120);
    assert_eq!(sought(&desk), Some(120_000));
    assert_eq!(desk.state.player.ms, 120_000);
    assert_eq!(desk.notice(), Some(&Notice::ChapterSkipped("chapter at 60000".into(), 1)));
    desk.at(120_050);
    assert_eq!(sought(&desk), None);
    assert_eq!(desk.state.player.chapter_index(), Some(2));
}

#[test]
fn several_in_a_row_are_one_jump() {
    let mut desk = skipping(&[1, 2]);
    desk.at(60_000);
    assert_eq!(sought(&desk), Some(300_000));
    assert_eq!(desk.notice(), Some(&Notice::ChapterSkipped("chapter at 60000".into(), 2)));
}

#[test]
fn skipping_the_last_chapter_ends_the_episode() {
    let mut desk = skipping(&[3]);
    desk.event(Event::Queue(vec![summary(2)]));
    desk.at(300_100);
    assert_eq!(desk.state.player.playback, Playback::Ended);
    assert!(desk.effects.contains(&Effect::Sound(Sound::Pause)), "{:?}", desk.effects);
    assert_eq!(desk.saved(), [(1, Position { ms: 0, played: true })]);
    assert_eq!(desk.opening().1, EpisodeId(2), "the queue goes on");
    // What the sound was still saying changes nothing.
    desk.at(300_300);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Playing(ticket)));
    assert_eq!(desk.state.player.playback, Playback::Ended);
    assert_eq!(desk.state.player.ms, 600_000);
}

#[test]
fn the_end_is_reached_without_a_known_length_too() {
    let mut desk = skipping(&[3]);
    desk.state.player.playing.as_mut().unwrap().duration_ms = None;
    desk.at(300_100);
    assert_eq!(desk.state.player.playback, Playback::Ended);
}

#[test]
fn who_jumps_into_a_skipped_chapter_hears_it_until_its_end() {
    let mut desk = skipping(&[1, 2]);
    desk.at(10_000);
    desk.give(Command::NextChapter);
    assert_eq!(sought(&desk), Some(60_000));
    for ms in [60_010, 80_000, 119_900] {
        desk.at(ms);
        assert_eq!(sought(&desk), None, "{ms}");
    }
    // Its neighbour is entered by itself.
    desk.at(120_100);
    assert_eq!(sought(&desk), Some(300_000));
    // Back by hand, a little and by chapter.
    desk.at(300_010);
    desk.give(Command::SeekBack);
    desk.at(285_100);
    assert_eq!(sought(&desk), None);
    desk.give(Command::PreviousChapter);
    assert_eq!(sought(&desk), Some(120_000));
    desk.at(120_100);
    assert_eq!(sought(&desk), None);
}

#[test]
fn a_skipped_chapter_that_was_chosen_in_the_list_plays() {
    let mut desk = skipping(&[1]);
    desk.give(Command::Chapters);
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert_eq!(sought(&desk), Some(60_000));
    desk.at(60_200);
    assert_eq!(sought(&desk), None);
}

#[test]
fn a_jump_that_does_not_land_is_not_tried_again() {
    let mut desk = skipping(&[1]);
    desk.at(60_000);
    let mut jumps = 0;
    for step in 0..200 {
        desk.at(60_200 + step * 200);
        jumps += usize::from(sought(&desk).is_some());
    }
    assert_eq!(jumps, 0);
    assert_eq!(desk.state.player.ms, 100_000, "the chapter plays instead");
}

#[test]
fn landing_a_little_early_does_not_go_round() {
    let mut desk = skipping(&[1, 2]);
    desk.at(60_000);
    for ms in [299_950, 299_990, 300_010] {
        desk.at(ms);
        assert_eq!(sought(&desk), None, "{ms}");
    }
}

#[test]
fn nothing_is_skipped_while_it_stands_or_in_a_snip() {
    let mut desk = skipping(&[1]);
    desk.give(Command::TogglePlay);
    desk.at(60_000);
    assert_eq!(sought(&desk), None);
    desk.give(Command::TogglePlay);
    desk.at(60_200);
    assert_eq!(sought(&desk), Some(120_000));
    desk.state.player.playing.as_mut().unwrap().until_ms = Some(125_000);
    desk.state.player.ms = 50_000;
    desk.at(120_000);
    desk.at(70_000);
    assert_eq!(sought(&desk), None, "a snip is heard whole");
}

#[test]
fn an_episode_that_begins_with_a_skipped_chapter_begins_behind_it() {
    let mut desk = Desk::new();
    choose(&mut desk, &[0]);
    desk.give(Command::Open);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 60_000, .. }]));
    assert_eq!(desk.notice(), Some(&Notice::ChapterSkipped("chapter at 0".into(), 1)));
}

#[test]
fn listening_that_stopped_inside_a_skipped_chapter_goes_on_there() {
    let mut desk = Desk::new();
    choose(&mut desk, &[1]);
    let opened = desk.state.notes.opened.as_mut().unwrap();
    opened.episode.summary.position.ms = 90_000;
    desk.give(Command::Open);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 70_000, .. }]));
    assert!(told(&desk).is_empty());
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Playing(ticket)));
    desk.at(90_200);
    assert_eq!(sought(&desk), None);
}

#[test]
fn the_speed_makes_no_difference() {
    let mut desk = skipping(&[1]);
    desk.set_speed(3.0);
    desk.at(60_550);
    assert_eq!(sought(&desk), Some(120_000));
}

#[test]
fn the_choice_is_made_in_the_list_kept_and_taken_back() {
    let mut desk = Desk::playing();
    desk.at(10_000);
    desk.give(Command::Chapters);
    desk.give(Command::Down);
    let chapter = SkippedChapter::of(&chapters().list[1]);
    let id = EpisodeId(1);
    let kept = Effect::SkipChapter { id, chapter: chapter.clone(), skip: true };
    let told = Effect::Sound(Sound::Leap(Some((60_000, Some(120_000)))));
    assert_eq!(desk.give(Command::Delete), [kept, told]);
    desk.at(60_100);
    assert_eq!(sought(&desk), Some(120_000));
    desk.at(120_000);
    assert_eq!(desk.give(Command::Delete), [Effect::SkipChapter { id, chapter, skip: false }]);
    desk.give(Command::Back);
    desk.give(Command::PreviousChapter);
    desk.at(59_000);
    desk.at(60_100);
    assert_eq!(sought(&desk), None);
}

#[test]
fn skipping_the_chapter_that_plays_goes_on_behind_it_at_once() {
    let mut desk = Desk::playing();
    desk.at(70_000);
    desk.give(Command::Chapters);
    desk.give(Command::Delete);
    assert_eq!(sought(&desk), Some(120_000));
}

#[test]
fn another_source_with_the_same_chapter_skips_it_too() {
    let mut desk = skipping(&[1]);
    let mut other = chapters();
    other.source = ChapterSource::Id3;
    for chapter in &mut other.list {
        chapter.start_ms += if chapter.start_ms > 0 { 400 } else { 0 };
    }
    desk.event(Event::Chapters(EpisodeId(1), vec![chapters(), other], Some(1)));
    desk.at(60_200);
    assert_eq!(sought(&desk), None, "it has not begun yet");
    desk.at(60_450);
    assert_eq!(sought(&desk), Some(120_400));
}

// What the sound is told beforehand

fn told(desk: &Desk) -> Vec<Option<(Millis, Option<Millis>)>> {
    let told = |effect: &Effect| match effect {
        Effect::Sound(Sound::Leap(leap)) => Some(*leap),
        _ => None,
    };
    desk.effects.iter().filter_map(told).collect()
}

#[test]
fn the_sound_is_told_once_what_to_leave_out_next() {
    let mut desk = skipping(&[1, 2]);
    desk.at(1_000);
    assert_eq!(told(&desk), [Some((60_000, Some(300_000)))]);
    desk.at(2_000);
    assert!(told(&desk).is_empty());
    // The sound has left it out: nothing is to be jumped, only told.
    desk.at(59_900);
    desk.at(300_010);
    assert_eq!(sought(&desk), None);
    assert_eq!(desk.notice(), Some(&Notice::ChapterSkipped("chapter at 60000".into(), 2)));
    assert_eq!(told(&desk), [None]);
    desk.give(Command::SeekBackLong);
    desk.give(Command::SeekBackLong);
    assert!(told(&desk).is_empty(), "who is inside hears it");
    for _ in 0..3 {
        desk.give(Command::SeekBackLong);
    }
    assert_eq!(desk.state.player.ms, 10);
    assert_eq!(told(&desk), [Some((60_000, Some(300_000)))]);
}

#[test]
fn the_end_comes_where_only_skipped_chapters_follow() {
    let mut desk = skipping(&[3]);
    desk.at(299_800);
    assert_eq!(told(&desk), [Some((300_000, None))]);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 300_000)));
    assert_eq!(desk.notice(), Some(&Notice::ChapterSkipped("chapter at 300000".into(), 1)));
    assert_eq!(desk.saved(), [(1, Position { ms: 0, played: true })]);
}

#[test]
fn a_new_recording_is_told_anew() {
    let mut desk = Desk::new();
    choose(&mut desk, &[1]);
    desk.give(Command::Open);
    assert_eq!(told(&desk), [Some((60_000, Some(120_000)))]);
}
