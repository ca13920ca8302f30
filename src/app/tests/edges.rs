//! Beginnings and endings that are skipped: never without being asked for by a start or by playing on,
//! never by a jump, and only where a measured length says that the ending is one.

use super::*;
use crate::model::{OwnSounding, SkippedChapter};

fn own(intro: u32, outro: u32) -> OwnSounding {
    OwnSounding { skip_intro: Some(intro), skip_outro: Some(outro), ..OwnSounding::default() }
}

/// The first show skips so many seconds at both ends; its episodes last 600.
fn skipping(intro: u32, outro: u32) -> Desk {
    let mut desk = Desk::new();
    let sounding = own(intro, outro);
    desk.event(Event::Shows(vec![
        Show { sounding, ..show(1, "海边电台") },
        show(2, "Slow Trains"),
    ]));
    desk
}

/// The same with the first episode playing, measured.
fn playing(intro: u32, outro: u32) -> Desk {
    let mut desk = skipping(intro, outro);
    desk.give(Command::Open);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Measured(ticket, 600_000)));
    desk.event(Event::Audio(Audio::Playing(ticket)));
    desk
}

fn begun_at(desk: &Desk) -> Option<Millis> {
    desk.effects.iter().find_map(|effect| match effect {
        Effect::Load { start_ms, .. } => Some(*start_ms),
        _ => None,
    })
}

/// What the sound was told to leave out.
fn told(desk: &Desk) -> Vec<Option<(Millis, Option<Millis>)>> {
    let told = |effect: &Effect| match effect {
        Effect::Sound(Sound::Leap(leap)) => Some(*leap),
        _ => None,
    };
    desk.effects.iter().filter_map(told).collect()
}

// Beginnings

#[test]
fn an_episode_begins_behind_its_beginning_and_says_so() {
    let mut desk = skipping(45, 0);
    desk.give(Command::Open);
    assert_eq!(begun_at(&desk), Some(45_000));
    assert_eq!(desk.state.player.ms, 45_000);
    assert_eq!(desk.notice(), Some(&Notice::IntroSkipped(45_000)));
    // What lies there can be jumped to.
    desk.give(Command::SeekBackLong);
    assert_eq!(desk.state.player.ms, 0);
    desk.at(200);
    assert_eq!(desk.state.player.ms, 200);
}

#[test]
fn listening_that_stopped_behind_it_goes_on_there() {
    for (stopped, begins) in [(44_999, 45_000), (45_000, 45_000), (301_000, 301_000)] {
        let mut desk = skipping(45, 0);
        desk.state.settings.audio.rewind_after_pause = 0;
        let opened = desk.state.notes.opened.as_mut().unwrap();
        opened.episode.summary.position.ms = stopped;
        desk.give(Command::Open);
        assert_eq!(begun_at(&desk), Some(begins), "{stopped}");
    }
}

#[test]
fn going_back_a_little_after_a_pause_stops_at_the_beginning() {
    let mut desk = skipping(45, 0);
    let opened = desk.state.notes.opened.as_mut().unwrap();
    opened.episode.summary.position.ms = 50_000;
    desk.give(Command::Open);
    assert_eq!(begun_at(&desk), Some(45_000));
}

#[test]
fn who_chooses_a_time_in_the_beginning_hears_it() {
    let mut desk = skipping(45, 0);
    let effects = player::play(&mut desk.state, EpisodeId(1), Some(0), None);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Load { start_ms: 0, .. })));
    assert_eq!(desk.notice(), None);
}

#[test]
fn a_passage_is_heard_from_its_start_to_its_end() {
    let mut desk = skipping(45, 500);
    let effects = player::play(&mut desk.state, EpisodeId(1), Some(1_000), Some(590_000));
    let range =
        |e: &Effect| matches!(e, Effect::Load { start_ms: 1_000, until_ms: Some(590_000), .. });
    assert!(effects.iter().any(range), "{effects:?}");
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Measured(ticket, 600_000)));
    assert!(told(&desk).is_empty(), "{:?}", desk.effects);
}

#[test]
fn what_was_heard_to_the_end_begins_behind_the_beginning_again() {
    let mut desk = playing(45, 0);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    desk.give(Command::TogglePlay);
    assert_eq!(begun_at(&desk), Some(45_000));
}

#[test]
fn a_beginning_and_a_skipped_chapter_are_skipped_together() {
    let mut desk = skipping(60, 0);
    let skipped = SkippedChapter::of(&chapters().list[1]);
    desk.state.notes.opened.as_mut().unwrap().skipped = vec![skipped];
    desk.give(Command::Open);
    assert_eq!(begun_at(&desk), Some(120_000));
}

#[test]
fn of_a_short_episode_something_is_always_heard() {
    let mut desk = skipping(300, 300);
    desk.give(Command::Open);
    assert_eq!(begun_at(&desk), Some(0));
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Measured(ticket, 600_000)));
    assert!(told(&desk).is_empty());
}

// Endings

#[test]
fn an_episode_is_over_where_its_ending_begins() {
    let mut desk = playing(0, 90);
    desk.at(509_900);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 510_000)));
    assert_eq!(desk.notice(), Some(&Notice::OutroSkipped(90_000)));
    assert_eq!(desk.saved(), [(1, Position { ms: 0, played: true })]);
    assert_eq!(desk.state.player.ms, 600_000);
}

#[test]
fn behind_an_ending_the_queue_goes_on() {
    let mut desk = playing(45, 90);
    desk.event(Event::Queue(vec![summary(2)]));
    desk.at(509_900);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 510_000)));
    let (ticket, id) = desk.opening();
    assert_eq!(id, EpisodeId(2));
    let came = OpenedEpisode { sounding: own(45, 90), ..opened(2) };
    desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    assert_eq!(begun_at(&desk), Some(45_000));
    assert!(matches!(desk.notice(), Some(Notice::PlayingNext(..))), "the greater news stays");
}

#[test]
fn the_sleep_timer_knows_where_the_episode_is_over() {
    let mut desk = playing(0, 90);
    desk.at(1_000);
    assert_eq!(desk.state.player.over_at(), Some(510_000));
    for at in [200_000, 400_000, 520_000] {
        let _ = player::seek(&mut desk.state, at);
    }
    assert_eq!(desk.state.player.over_at(), Some(600_000), "who is in the ending hears it");
}

#[test]
fn playing_it_again_begins_at_the_beginning() {
    let mut desk = playing(0, 90);
    desk.at(509_900);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 510_000)));
    desk.give(Command::TogglePlay);
    assert_eq!(begun_at(&desk), Some(0));
}

#[test]
fn only_a_measured_length_says_where_the_ending_is() {
    let mut desk = skipping(0, 90);
    desk.give(Command::Open);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Loaded(ticket, Some(600_000))));
    assert!(told(&desk).is_empty(), "what the feed says may be minutes short");
    desk.event(Event::Audio(Audio::Measured(ticket, 780_000)));
    assert_eq!(told(&desk), [Some((690_000, None))]);
    desk.event(Event::Audio(Audio::Measured(ticket, 781_000)));
    assert_eq!(told(&desk), [Some((691_000, None))]);
}

#[test]
fn who_jumps_into_the_ending_hears_it() {
    let mut desk = playing(0, 90);
    let effects = player::seek(&mut desk.state, 520_000);
    assert!(effects.contains(&Effect::Sound(Sound::Seek(520_000))));
    desk.at(520_100);
    assert_eq!(told(&desk), [None]);
    desk.at(560_000);
    assert_eq!(desk.state.player.playback, Playback::Playing);
    // Back before it, it is an ending again.
    desk.give(Command::SeekBackLong);
    assert_eq!(told(&desk), [Some((510_000, None))]);
    desk.at(500_100);
    let _ = player::seek(&mut desk.state, 520_000);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    assert_eq!(desk.state.player.playback, Playback::Ended);
}

#[test]
fn an_ending_that_is_chosen_while_it_plays_is_heard_this_once() {
    let mut desk = playing(0, 0);
    for at in [200_000, 400_000, 570_000] {
        desk.at(at);
    }
    desk.give(Command::SoundSettings);
    desk.give(Command::Bottom);
    desk.give(Command::SeekForwardLong);
    desk.give(Command::SeekForwardLong);
    assert!(told(&desk).is_empty(), "{:?}", desk.effects);
    desk.at(571_000);
    assert_eq!(desk.state.player.playback, Playback::Playing);
}

#[test]
fn chapters_that_are_skipped_before_the_ending_lead_past_it() {
    let mut desk = playing(0, 90);
    let skipped = SkippedChapter::of(&chapters().list[1]);
    desk.state.player.playing.as_mut().unwrap().skipped = vec![skipped];
    desk.at(1_000);
    assert_eq!(told(&desk), [Some((60_000, Some(120_000)))]);
    desk.at(59_900);
    desk.at(120_010);
    assert_eq!(told(&desk), [Some((510_000, None))]);
    // The last chapter goes on to the end: with it the episode is over.
    let skipped = SkippedChapter::of(&chapters().list[3]);
    desk.state.player.playing.as_mut().unwrap().skipped = vec![skipped];
    desk.at(121_000);
    assert_eq!(told(&desk), [Some((300_000, None))]);
}
