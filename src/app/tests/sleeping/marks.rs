//! Where the sleep timer stopped, and the way back.

use super::*;
use crate::model::SleepMark;

fn slept() -> Desk {
    let mut desk = Desk::playing();
    desk.listen(5_000);
    desk.sleep("1");
    desk.listen(61_000);
    assert_eq!(desk.state.player.playback, Playback::Paused);
    desk
}

#[test]
fn one_key_goes_to_where_it_faded_and_again_to_the_last_key() {
    let mut desk = slept();
    desk.wait(8 * 3_600_000);
    let stopped = desk.state.player.ms;
    desk.give(Command::TogglePlay);
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Here(stopped, 44_800))));
    desk.give(Command::SleepMark);
    assert_eq!(desk.state.player.ms, 44_800);
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Faded(44_800, true))));
    desk.listen(3_000);
    desk.give(Command::SleepMark);
    assert_eq!(
        (desk.state.player.ms, desk.notice()),
        (5_000, Some(&Notice::Sleep(SleepNotice::Awake(5_000))))
    );
    desk.give(Command::SleepMark);
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Stopped(stopped))));
    desk.wait(60_000);
    desk.give(Command::SleepMark);
    assert_eq!(desk.state.player.ms, 44_800, "later it begins anew");
}

#[test]
fn in_another_start_the_key_plays_the_episode_that_was_slept_in() {
    let mark =
        SleepMark { episode: EpisodeId(2), stopped_ms: 90_000, faded_ms: 70_000, awake_ms: None };
    let mut desk = Desk::new();
    desk.state.sleep.recall(None, Some(&format!("1:nonsense {}", mark.written())));
    assert_eq!(desk.state.sleep.marks, [mark]);
    desk.give(Command::SleepMark);
    desk.answer_opening();
    let load =
        |effect: &Effect| matches!(effect, Effect::Load { id, start_ms: 70_000, .. } if id.0 == 2);
    assert!(desk.effects.iter().any(load), "{:?}", desk.effects);
    let mut fresh = Desk::new();
    fresh.give(Command::SleepMark);
    assert_eq!(fresh.notice(), Some(&Notice::Sleep(SleepNotice::NoMark)));
}

#[test]
fn in_another_start_playing_on_tells_of_the_way_back() {
    let mut desk = Desk::new();
    desk.state.sleep.recall(None, Some("2:90000:70000:"));
    let mut came = opened(2);
    came.episode.summary.position = Position { ms: 90_000, played: false };
    desk.give(Command::Down);
    desk.give(Command::Open);
    let (ticket, _) = desk.opening();
    desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Here(90_000, 70_000))));
}

#[test]
fn an_episode_has_one_mark_and_old_ones_go() {
    let mut desk = slept();
    let first = desk.state.sleep.marks.clone();
    desk.give(Command::TogglePlay);
    desk.sleep("1");
    desk.listen(61_000);
    assert_eq!(desk.state.sleep.marks.len(), 1);
    assert!(desk.state.sleep.marks[0].stopped_ms > first[0].stopped_ms);
    let many: Vec<String> = (100..200).map(|id| format!("{id}:1:1:")).collect();
    desk.state.sleep.recall(None, Some(&many.join(" ")));
    desk.give(Command::TogglePlay);
    desk.sleep("1");
    desk.listen(61_000);
    assert_eq!(desk.state.sleep.marks.len(), 50);
    assert!(desk.state.sleep.mark(EpisodeId(1)).is_some());
}
