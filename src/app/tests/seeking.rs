//! Places that are not reached at once: progress, the estimate, and what may not be done meanwhile.

use super::*;

fn seeking(desk: &mut Desk, percent: Option<u8>) {
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Seeking(ticket, percent)));
}

#[test]
fn a_long_way_is_shown_and_said_once() {
    let mut desk = Desk::playing();
    desk.give(Command::SeekForwardLong);
    seeking(&mut desk, Some(12));
    assert_eq!(desk.state.player.looking, Some(12));
    assert_eq!(desk.notice(), Some(&Notice::Seeking));
    seeking(&mut desk, Some(63));
    seeking(&mut desk, None);
    assert_eq!(desk.state.player.looking, None);
}

#[test]
fn who_does_not_wait_is_there_by_estimate_until_it_is_exact() {
    let mut desk = Desk::playing();
    seeking(&mut desk, Some(12));
    assert_eq!(desk.give(Command::JumpNow), [Effect::Sound(Sound::Estimate)]);
    seeking(&mut desk, None);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Estimated(ticket, 300_000)));
    assert!(desk.state.player.estimated);
    assert_eq!(desk.state.player.ms, 300_000);
    desk.at(302_000);
    assert!(!desk.state.player.estimated);
    assert_eq!(desk.state.player.ms, 302_000);
}

#[test]
fn where_nothing_is_sought_there_is_nothing_to_hurry() {
    let mut desk = Desk::playing();
    assert!(desk.give(Command::JumpNow).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NotSeeking));
}

#[test]
fn no_snip_is_kept_of_times_that_are_not_known() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    seeking(&mut desk, Some(40));
    assert!(desk.give(Command::Snip).is_empty());
    seeking(&mut desk, None);
    desk.event(Event::Audio(Audio::Estimated(ticket, 300_000)));
    assert!(desk.give(Command::Snip).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::OnlyEstimated));
    desk.at(301_000);
    assert!(matches!(desk.give(Command::Snip), [Effect::AddSnip { .. }]));
}

#[test]
fn another_recording_begins_exactly() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    seeking(&mut desk, Some(40));
    desk.event(Event::Audio(Audio::Estimated(ticket, 300_000)));
    desk.event(Event::Audio(Audio::Ended(ticket, 600_000)));
    desk.give(Command::TogglePlay);
    assert!(!desk.state.player.estimated && desk.state.player.looking.is_none());
}
