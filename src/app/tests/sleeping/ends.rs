//! The sleep timer that ends with a chapter or with episodes.

use super::*;

// Chapter

fn leaps(effects: &[Effect]) -> Vec<Option<(Millis, Option<Millis>)>> {
    let leap = |effect: &Effect| match effect {
        Effect::Sound(Sound::Leap(leap)) => Some(*leap),
        _ => None,
    };
    effects.iter().filter_map(leap).collect()
}

#[test]
fn with_the_chapter_the_sound_ends_to_the_sample() {
    let mut desk = Desk::playing();
    desk.at(30_000);
    desk.choose(SleepAfter::Chapter);
    assert_eq!(leaps(&desk.effects), [Some((60_000, None))]);
    assert_eq!(desk.left(), Some(30_000));
    let effects = desk.listen(29_800);
    assert_eq!(fades(&effects), [Some(20_000)]);
    // The last position may be told before the end is.
    assert!(desk.at(60_000).is_empty());
    let effects = desk.end(60_000);
    assert_eq!(desk.state.player.playback, Playback::Paused);
    assert_eq!(desk.state.player.ms, 60_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 60_000, played: false })]);
    assert_eq!(leaps(&effects), [None]);
    assert_eq!(fades(&effects), [None]);
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Over(60_000))));
    // It goes on with the next chapter.
    desk.give(Command::TogglePlay);
    assert_eq!(desk.effects, [Effect::Sound(Sound::Play)]);
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Here(60_000, 40_000))));
}

#[test]
fn sped_up_the_end_may_be_told_a_little_before_the_chapters() {
    let mut desk = Desk::playing();
    desk.at(59_000);
    desk.choose(SleepAfter::Chapter);
    let effects = desk.end(59_850);
    assert!(effects.contains(&Effect::Sound(Sound::Seek(60_000))), "it goes on exactly there");
    assert_eq!((desk.state.player.ms, &desk.state.player.playback), (60_000, &Playback::Paused));
    assert!(!desk.state.library.rows[&EpisodeId(1)].position.played);
}

#[test]
fn the_chapter_is_the_one_that_plays_wherever_one_jumps() {
    let mut desk = Desk::playing();
    desk.choose(SleepAfter::Chapter);
    desk.give(Command::NextChapter);
    assert_eq!(leaps(&desk.effects), [Some((120_000, None))]);
    player::seek(&mut desk.state, 200_000);
    let effects = desk.wait(1);
    assert_eq!(leaps(&effects), [Some((300_000, None))]);
    // Another source has other chapters.
    let other = Chapters {
        source: ChapterSource::Id3,
        list: vec![Chapter { start_ms: 250_000, ..Chapter::default() }],
        beyond: 0,
    };
    let effects = desk.event(Event::Chapters(EpisodeId(1), vec![chapters(), other], Some(1)));
    assert_eq!(leaps(effects), [Some((250_000, None))]);
}

#[test]
fn a_key_before_the_end_of_the_chapter_adds_the_next_one() {
    let mut desk = Desk::playing();
    desk.at(40_000);
    desk.choose(SleepAfter::Chapter);
    assert!(desk.state.sleep_is_near());
    desk.give(Command::Down);
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Extended(SleepAfter::Chapter))));
    let effects = desk.wait(1);
    assert_eq!(leaps(&effects), [Some((120_000, None))]);
    desk.at(70_000);
    assert_eq!(desk.left(), Some(50_000));
}

#[test]
fn the_last_chapter_ends_with_the_episode_and_the_queue_waits() {
    let mut desk = Desk::playing();
    desk.event(Event::Queue(vec![summary(3)]));
    desk.at(560_000);
    desk.choose(SleepAfter::Chapter);
    assert_eq!(leaps(&desk.effects), []);
    desk.listen(39_800);
    let effects = desk.end(600_000);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Dequeue(_))), "{effects:?}");
    assert_eq!(desk.state.player.playback, Playback::Ended);
    assert!(effects.contains(&Effect::Remember {
        key: "sleep_marks",
        value: "1:600000:580000:560000".to_owned(),
    }));
}

#[test]
fn a_key_before_the_end_of_the_last_chapter_goes_on_with_what_follows() {
    let mut desk = Desk::playing();
    desk.event(Event::Queue(vec![summary(3)]));
    desk.at(575_000);
    desk.choose(SleepAfter::Chapter);
    assert_eq!(desk.send(Msg::OtherKey), []);
    desk.listen(20_000);
    assert!(!desk.state.sleep_is_near());
    desk.end(600_000);
    desk.answer_opening();
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(3)));
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Playing(ticket)));
    assert_eq!(desk.left(), Some(60_000), "its first chapter");
}

#[test]
fn what_is_always_skipped_is_no_chapter_to_go_on_with() {
    let mut desk = Desk::playing();
    let chapter = chapters().list.remove(1);
    desk.state.player.playing.as_mut().unwrap().skipped =
        vec![crate::model::SkippedChapter::of(&chapter)];
    desk.at(50_000);
    desk.choose(SleepAfter::Chapter);
    desk.send(Msg::OtherKey);
    let effects = desk.wait(1);
    assert_eq!(leaps(&effects), [Some((60_000, Some(120_000)))], "the skip comes first");
    let effects = desk.at(120_100).to_vec();
    assert_eq!(leaps(&effects), [Some((300_000, None))]);
}

#[test]
fn without_chapters_the_end_of_one_is_not_offered() {
    let mut desk = Desk::playing();
    desk.state.player.playing.as_mut().unwrap().source = None;
    desk.give(Command::SleepTimer);
    let Some(Overlay::Sleep(shown)) = &desk.state.overlay else { unreachable!() };
    assert!(!shown.rows.contains(&SleepRow::After(SleepAfter::Chapter)));
}

// Episodes

#[test]
fn after_two_episodes_the_queue_stops() {
    let mut desk = Desk::playing();
    desk.event(Event::Queue(vec![summary(3), summary(4)]));
    desk.give(Command::SleepTimer);
    desk.write("2");
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Set(SleepAfter::Episodes(2)))));
    desk.at(590_000);
    assert!(!desk.state.sleep_is_near());
    desk.end(600_000);
    desk.answer_opening();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Playing(ticket)));
    // Who goes on by hand has not heard one to its end.
    desk.at(1_000);
    desk.give(Command::NextInQueue);
    desk.answer_opening();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Playing(ticket)));
    desk.event(Event::Queue(vec![summary(5)]));
    assert_eq!(desk.left(), Some(600_000));
    desk.listen(600_000 - 30_000);
    assert!(desk.state.sleep_is_near());
    desk.end(600_000);
    assert_eq!(desk.state.player.playback, Playback::Ended);
    assert_eq!((desk.left(), desk.state.queue.len()), (None, 1));
}

#[test]
fn a_key_at_the_end_of_the_episode_adds_another() {
    let mut desk = Desk::playing();
    desk.event(Event::Queue(vec![summary(3)]));
    desk.choose(SleepAfter::Episodes(1));
    desk.at(575_000);
    desk.listen(8_000);
    let effects = desk.send(Msg::OtherKey).to_vec();
    assert_eq!(fades(&effects), [None]);
    desk.end(600_000);
    assert_eq!(desk.opening().1, EpisodeId(3));
}

#[test]
fn where_nothing_follows_the_timer_ends_too() {
    let mut desk = Desk::playing();
    desk.sleep("30");
    desk.end(600_000);
    assert_eq!(desk.left(), None);
}

#[test]
fn a_snip_that_plays_has_no_chapter_and_no_episode_to_end() {
    let mut desk = Desk::playing();
    desk.at(50_000);
    player::play(&mut desk.state, EpisodeId(1), Some(50_000), Some(70_000));
    for after in [SleepAfter::Chapter, SleepAfter::Episodes(1)] {
        desk.choose(after);
        assert_eq!((desk.left(), leaps(&desk.effects)), (None, Vec::new()));
        desk.give(Command::SleepTimer);
        desk.give(Command::Open);
    }
}
