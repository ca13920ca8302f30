//! The ends of a snip, moved while it loops.

use super::*;
use crate::model::{Cue, NewSnip, Snip, SnipChange, SnipId, Transcript};

/// An episode of ten minutes that plays, 200 s into it; its snip from 100 s to 130 s is adjusted.
fn adjusting() -> Desk {
    let mut desk = Desk::playing();
    desk.at(200_000);
    let body = NewSnip { start_ms: 100_000, end_ms: 130_000, ..NewSnip::default() };
    let snip = Snip { id: SnipId(7), episode: EpisodeId(1), body, ..Snip::default() };
    desk.event(Event::SnipKept(Box::new(snip)));
    desk.give(Command::AdjustSnip);
    desk
}

fn round(from: Millis, until: Millis, at: Millis) -> Effect {
    Effect::Sound(Sound::Loop { from, until, at })
}

fn ends(desk: &Desk) -> (Millis, Millis) {
    let adjusting = desk.state.snips.adjusting.as_ref().unwrap();
    (adjusting.start_ms, adjusting.end_ms)
}

#[test]
fn the_snip_kept_last_loops_from_its_start() {
    let mut desk = adjusting();
    assert!(desk.effects.contains(&round(100_000, 130_000, 100_000)), "{:?}", desk.effects);
    assert_eq!(desk.saved(), [(1, Position { ms: 200_000, played: false })]);
    // Round after round, the position is not kept.
    for ms in [100_500, 120_000, 101_000] {
        desk.at(ms);
        assert_eq!(desk.state.player.ms, ms);
        assert!(desk.saved().is_empty());
    }
}

#[test]
fn after_each_move_one_hears_the_moved_end() {
    let mut desk = adjusting();
    assert_eq!(desk.give(Command::SeekForward), [round(101_000, 130_000, 101_000)]);
    assert_eq!(desk.give(Command::SeekBackLong), [round(96_000, 130_000, 96_000)]);
    assert_eq!(desk.give(Command::NextPane), [round(96_000, 130_000, 127_000)]);
    assert_eq!(desk.give(Command::SeekForwardLong), [round(96_000, 135_000, 132_000)]);
    assert_eq!(desk.give(Command::SeekBack), [round(96_000, 134_000, 131_000)]);
    assert_eq!(desk.state.player.ms, 131_000, "the screen is there at once");
}

#[test]
fn fine_steps_make_it_longer_or_shorter_at_its_active_end() {
    let mut desk = adjusting();
    desk.give(Command::Wider);
    assert_eq!(ends(&desk), (99_900, 130_000));
    desk.give(Command::NextPane);
    desk.give(Command::Wider);
    desk.give(Command::Wider);
    desk.give(Command::Narrower);
    assert_eq!(ends(&desk), (99_900, 130_100));
}

#[test]
fn ends_stop_at_the_recording_and_a_second_from_each_other() {
    let mut desk = adjusting();
    for _ in 0..40 {
        desk.give(Command::SeekBackLong);
    }
    assert_eq!(ends(&desk), (0, 130_000));
    for _ in 0..40 {
        desk.give(Command::SeekForwardLong);
    }
    assert_eq!(ends(&desk), (129_000, 130_000));
    desk.give(Command::NextPane);
    desk.give(Command::SeekBack);
    assert_eq!(ends(&desk), (129_000, 130_000));
    for _ in 0..200 {
        desk.give(Command::SeekForwardLong);
    }
    assert_eq!(ends(&desk), (129_000, 600_000));
}

#[test]
fn an_end_goes_to_the_chapters() {
    let mut desk = adjusting();
    desk.give(Command::PreviousChapter);
    assert_eq!(ends(&desk), (60_000, 130_000));
    desk.give(Command::NextPane);
    desk.give(Command::NextChapter);
    assert_eq!(ends(&desk), (60_000, 300_000));
    assert!(desk.give(Command::NextChapter).is_empty(), "there is none behind the last");
}

#[test]
fn enter_keeps_the_ends_with_one_effect_and_goes_back_to_where_listening_stood() {
    let mut desk = adjusting();
    desk.give(Command::SeekForward);
    desk.give(Command::Open);
    let back = [Sound::Pause, Sound::Seek(200_000), Sound::Play].map(Effect::Sound);
    let change = SnipChange::Range(101_000, 130_000);
    let kept = Effect::ChangeSnip { id: SnipId(7), change };
    assert_eq!(desk.effects, [&back[..], &[kept]].concat());
    assert_eq!(desk.state.snips.adjusting, None);
    assert_eq!((desk.state.player.ms, &desk.state.player.playback), (200_000, &Playback::Playing));
    desk.at(200_100);
    desk.at(206_000);
    assert_eq!(desk.saved(), [(1, Position { ms: 206_000, played: false })]);
}

#[test]
fn escape_leaves_it_as_it_was_and_what_was_paused_stays_paused() {
    let mut desk = adjusting();
    desk.give(Command::Back);
    desk.give(Command::TogglePlay);
    desk.give(Command::AdjustSnip);
    desk.give(Command::SeekForwardLong);
    desk.give(Command::Back);
    assert_eq!(desk.effects, [Sound::Pause, Sound::Seek(200_000)].map(Effect::Sound));
    assert_eq!(desk.state.player.playback, Playback::Paused);
    assert_eq!(desk.state.snips.last.as_ref().unwrap().body.start_ms, 100_000);
}

#[test]
fn a_snip_left_as_it_was_is_not_written() {
    let mut desk = adjusting();
    desk.give(Command::SeekForward);
    desk.give(Command::SeekBack);
    desk.give(Command::Open);
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::ChangeSnip { .. })));
}

#[test]
fn space_holds_and_goes_on_without_leaving_the_loop() {
    let mut desk = adjusting();
    assert_eq!(desk.give(Command::TogglePlay), [Effect::Sound(Sound::Pause)]);
    assert_eq!(desk.give(Command::TogglePlay), [Effect::Sound(Sound::Play)]);
}

#[test]
fn a_snip_of_another_episode_is_opened_and_looped() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    desk.give(Command::Snips);
    let body = NewSnip { start_ms: 5_000, end_ms: 9_000, ..NewSnip::default() };
    let other = Snip { id: SnipId(3), episode: EpisodeId(2), body, ..Snip::default() };
    desk.event(Event::Snips(None, vec![other]));
    desk.give(Command::AdjustSnip);
    assert_eq!(desk.opening().1, EpisodeId(2));
    // An end that is moved meanwhile counts.
    desk.give(Command::SeekForward);
    desk.answer_opening();
    assert!(desk.effects.contains(&round(6_000, 9_000, 6_000)), "{:?}", desk.effects);
    desk.give(Command::Open);
    assert_eq!(desk.state.player.playback, Playback::Paused, "it was not listened to before");
    assert_eq!(desk.state.player.ms, 0);
    assert!(matches!(desk.state.overlay, Some(Overlay::Snips(_))), "the list is still there");
}

#[test]
fn left_before_its_episode_is_open_nothing_plays_later() {
    let mut desk = Desk::new();
    let body = NewSnip { start_ms: 5_000, end_ms: 9_000, ..NewSnip::default() };
    let other = Snip { id: SnipId(3), episode: EpisodeId(2), body, ..Snip::default() };
    desk.event(Event::SnipKept(Box::new(other)));
    desk.give(Command::AdjustSnip);
    desk.give(Command::Back);
    desk.answer_opening();
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Load { .. })));
}

#[test]
fn other_keys_and_the_mouse_change_nothing_meanwhile() {
    let mut desk = adjusting();
    let before = desk.state.clone();
    for command in [Command::Palette, Command::Delete, Command::Snips, Command::Snip] {
        assert!(desk.give(command).is_empty(), "{command:?}");
    }
    desk.send(Msg::Mouse(Mouse::Click(40, 33)));
    assert_eq!(desk.state, before);
    assert!(desk.give(Command::Faster).contains(&Effect::Sound(Sound::Speed(1.05))));
}

#[test]
fn with_no_snip_there_is_nothing_to_adjust() {
    let mut desk = Desk::playing();
    assert!(desk.give(Command::AdjustSnip).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoSnip));
}

#[test]
fn the_words_at_the_ends_are_those_of_the_moved_range() {
    let mut desk = adjusting();
    let asked = desk.effects.iter().find_map(|effect| match effect {
        Effect::LoadTranscript { ticket, id: EpisodeId(1) } => Some(*ticket),
        _ => None,
    });
    let cue = |seconds: u64, text: &str| Cue {
        start_ms: seconds * 1000,
        end_ms: (seconds + 5) * 1000,
        text: text.to_owned(),
        ..Cue::default()
    };
    let cues = vec![cue(95, "早先。"), cue(100, "雾号响了。"), cue(126, "天亮了。")];
    let came = Arc::new(Transcript { cues });
    desk.event(Event::Transcript(asked.unwrap(), Ok(came)));
    let said = |desk: &Desk| desk.state.snips.adjusting.as_ref().unwrap().said();
    assert_eq!(said(&desk).as_deref(), Some("雾号响了。天亮了。"));
    desk.give(Command::SeekBackLong);
    assert_eq!(said(&desk).as_deref(), Some("早先。雾号响了。天亮了。"));
    assert!(!desk.state.articles.is_open(), "nobody asked to read it");
}
