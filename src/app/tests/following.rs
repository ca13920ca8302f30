//! What follows an episode by itself, what counts as heard, and how much time was saved.

use super::*;
use crate::model::{Listening, WhenQueueEmpties};

impl Desk {
    fn over(&mut self) -> Vec<Effect> {
        let ticket = self.sound_ticket();
        self.event(Event::Audio(Audio::Ended(ticket, 600_000))).to_vec()
    }
}

// The queue and the show

#[test]
fn what_plays_by_itself_is_named() {
    let mut desk = Desk::playing();
    desk.event(Event::Queue(vec![summary(3)]));
    desk.over();
    assert_eq!(desk.notice(), Some(&Notice::PlayingNext(summary(3).title, 0)));
}

#[test]
fn the_queue_waits_where_it_should_not_go_on_by_itself() {
    let mut desk = Desk::playing();
    desk.state.settings.audio.auto_advance = false;
    desk.state.settings.audio.when_queue_empties = WhenQueueEmpties::NextOfShow;
    desk.event(Event::Queue(vec![summary(3)]));
    let effects = desk.over();
    assert!(matches!(effects[..], [Effect::SavePosition { .. }, Effect::LoadShows]));
    assert_eq!(desk.state.player.playback, Playback::Ended);
    // By hand it goes on.
    desk.give(Command::NextInQueue);
    assert_eq!(desk.opening().1, EpisodeId(3));
}

#[test]
fn with_an_empty_queue_the_show_goes_on_where_that_is_wished() {
    let mut desk = Desk::playing();
    desk.state.settings.audio.when_queue_empties = WhenQueueEmpties::NextOfShow;
    assert!(desk.over().contains(&Effect::FindNext(EpisodeId(1))));
    desk.event(Event::NextOfShow(EpisodeId(1), Some(Box::new(summary(2)))));
    assert_eq!(desk.opening().1, EpisodeId(2));
    assert_eq!(desk.notice(), Some(&Notice::PlayingNext(summary(2).title, 0)));
    desk.answer_opening();
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(2)));
    // A late answer, or none, changes nothing.
    let before = desk.state.clone();
    desk.event(Event::NextOfShow(EpisodeId(1), Some(Box::new(summary(4)))));
    desk.event(Event::NextOfShow(EpisodeId(1), None));
    assert_eq!(desk.state, before);
}

#[test]
fn what_was_chosen_while_the_show_was_asked_plays() {
    let mut desk = Desk::playing();
    desk.state.settings.audio.when_queue_empties = WhenQueueEmpties::NextOfShow;
    desk.over();
    player::play(&mut desk.state, EpisodeId(4), None, None);
    desk.event(Event::NextOfShow(EpisodeId(1), Some(Box::new(summary(2)))));
    assert_eq!(desk.opening().1, EpisodeId(4));
}

// Heard

#[test]
fn a_short_episode_counts_as_heard_in_its_last_tenth() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Loaded(ticket, Some(40_000))));
    desk.at(35_900);
    assert_eq!(desk.saved(), [(1, Position { ms: 35_900, played: false })]);
    desk.at(36_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 36_000, played: true })]);
    assert!(desk.effects.contains(&Effect::LoadShows), "one fewer is left to hear");
}

#[test]
fn who_looks_at_the_end_and_comes_back_has_not_heard_it() {
    let mut desk = Desk::playing();
    desk.at(300_000);
    player::seek(&mut desk.state, 590_000);
    desk.at(590_000);
    assert!(desk.state.player.playing.as_ref().unwrap().played);
    player::seek(&mut desk.state, 300_000);
    desk.at(300_200);
    desk.give(Command::Quit);
    assert_eq!(desk.saved(), [(1, Position { ms: 300_200, played: false })]);
}

#[test]
fn an_episode_that_was_heard_before_stays_so() {
    let mut desk = Desk::new();
    let mut came = opened(2);
    came.episode.summary.position = Position { ms: 0, played: true };
    desk.give(Command::Down);
    desk.give(Command::Open);
    let (ticket, _) = desk.opening();
    desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    desk.at(5_000);
    assert_eq!(desk.saved(), [(2, Position { ms: 5_000, played: true })]);
}

#[test]
fn leaving_in_the_last_seconds_counts_as_heard() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Paused(ticket)));
    player::seek(&mut desk.state, 585_000);
    desk.give(Command::Quit);
    assert_eq!(desk.saved(), [(1, Position { ms: 585_000, played: true })]);
}

#[test]
fn without_a_known_length_only_the_end_counts() {
    let mut desk = Desk::playing();
    desk.state.player.playing.as_mut().unwrap().duration_ms = None;
    desk.at(599_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 599_000, played: false })]);
    desk.over();
    assert_eq!(desk.saved(), [(1, Position { ms: 0, played: true })]);
}

#[test]
fn a_snip_does_not_change_when_the_place_is_kept_next() {
    let mut desk = Desk::playing();
    desk.at(10_000);
    player::play(&mut desk.state, EpisodeId(1), Some(60_000), Some(90_000));
    assert_eq!(desk.state.player.saved_ms, 0, "no time was saved by a jump");
}

// Time saved

fn counted(effects: &[Effect]) -> Option<(Listening, bool)> {
    effects.iter().find_map(|effect| match effect {
        Effect::AddListening { more, over, .. } => Some((*more, *over)),
        _ => None,
    })
}

#[test]
fn what_is_heard_and_what_it_saves_is_counted_and_told_at_a_pause() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.set_speed(1.5);
    for second in 1..=10 {
        desk.send(Msg::Tick(second * 1_000));
    }
    desk.event(Event::Audio(Audio::Saved(ticket, 800)));
    desk.event(Event::Audio(Audio::Saved(ticket, 2_000)));
    let effects = desk.give(Command::TogglePlay).to_vec();
    let wanted = Listening { heard_ms: 10_000, by_trim_ms: 2_000, by_speed_ms: 5_000 };
    assert_eq!(counted(&effects), Some((wanted, false)));
    desk.send(Msg::Tick(60_000));
    assert_eq!(counted(desk.give(Command::Quit)), None, "a pause is no listening");
}

#[test]
fn long_listening_is_told_every_minute() {
    let mut desk = Desk::playing();
    let mut told = 0;
    for second in 1..=180 {
        desk.send(Msg::Tick(second * 1_000));
        told += u32::from(counted(desk.at(second * 1_000)).is_some());
    }
    assert_eq!(told, 3);
}

#[test]
fn slow_listening_saves_nothing() {
    let mut desk = Desk::playing();
    desk.set_speed(0.5);
    desk.send(Msg::Tick(1_000));
    let effects = desk.give(Command::TogglePlay).to_vec();
    assert_eq!(counted(&effects).map(|(more, _)| more.by_speed_ms), Some(0));
}

#[test]
fn the_end_says_what_the_whole_episode_saved() {
    let saved = |by_speed_ms| Listening { by_speed_ms, ..Listening::default() };
    let mut desk = Desk::playing();
    desk.send(Msg::Tick(1_000));
    assert_eq!(counted(&desk.over()).map(|(_, over)| over), Some(true));
    desk.event(Event::Listened(EpisodeId(1), saved(59_000)));
    assert_eq!(desk.notice(), None, "less than a minute is not worth a word");
    desk.event(Event::Listened(EpisodeId(1), saved(370_000)));
    assert_eq!(desk.notice(), Some(&Notice::TimeSaved(370_000)));
    let mut desk = Desk::playing();
    desk.event(Event::Queue(vec![summary(3)]));
    desk.over();
    desk.event(Event::Listened(EpisodeId(1), saved(370_000)));
    assert_eq!(desk.notice(), Some(&Notice::PlayingNext(summary(3).title, 370_000)));
}
