//! Going on after a pause: how far back, and when not at all.

use super::*;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// Where it goes on after so long a pause at this time.
fn goes_on(desk: &mut Desk, held_at: Millis, pause: u64) -> Millis {
    player::seek(&mut desk.state, held_at);
    desk.give(Command::TogglePlay);
    let now = desk.state.now + pause;
    desk.send(Msg::Tick(now));
    desk.give(Command::TogglePlay);
    assert_eq!(desk.effects.last(), Some(&Effect::Sound(Sound::Play)));
    let seeks = desk.effects.iter().find_map(|effect| match effect {
        Effect::Sound(Sound::Seek(ms)) => Some(*ms),
        _ => None,
    });
    assert_eq!(seeks.unwrap_or(held_at), desk.state.player.ms, "what is shown is what is heard");
    desk.state.player.ms
}

#[test]
fn the_longer_the_pause_the_farther_back() {
    let mut desk = Desk::playing();
    let by = |desk: &mut Desk, pause| 200 * SECOND - goes_on(desk, 200 * SECOND, pause);
    for (pause, wanted) in [
        (0, 0),
        (9 * SECOND, 0),
        (10 * SECOND, 2 * SECOND),
        (59 * SECOND, 2 * SECOND),
        (MINUTE, 5 * SECOND),
        (10 * MINUTE, 10 * SECOND),
        (HOUR, 20 * SECOND),
        (9 * HOUR, 20 * SECOND),
    ] {
        assert_eq!(by(&mut desk, pause), wanted, "after {pause} ms");
    }
    desk.state.settings.audio.rewind_after_pause = 3;
    assert_eq!(by(&mut desk, HOUR), 3 * SECOND);
    desk.state.settings.audio.rewind_after_pause = 0;
    assert_eq!(by(&mut desk, HOUR), 0);
}

#[test]
fn never_over_the_start_of_the_chapter() {
    let mut desk = Desk::playing();
    assert_eq!(goes_on(&mut desk, 63 * SECOND, HOUR), 60 * SECOND);
    assert_eq!(goes_on(&mut desk, 60 * SECOND, HOUR), 60 * SECOND);
    assert_eq!(goes_on(&mut desk, 3 * SECOND, HOUR), 0);
}

#[test]
fn who_has_jumped_meanwhile_goes_on_exactly_there() {
    let mut desk = Desk::playing();
    desk.at(200_000);
    desk.give(Command::TogglePlay);
    desk.send(Msg::Tick(HOUR));
    desk.give(Command::SeekBack);
    assert_eq!(desk.state.player.ms, 185_000);
    desk.give(Command::TogglePlay);
    assert_eq!(desk.effects, [Effect::Sound(Sound::Play)]);
    assert_eq!(desk.state.player.ms, 185_000);
}

#[test]
fn a_snip_goes_on_where_it_was_held() {
    let mut desk = Desk::playing();
    player::play(&mut desk.state, EpisodeId(1), Some(200_000), Some(260_000));
    desk.at(230_000);
    desk.give(Command::TogglePlay);
    desk.send(Msg::Tick(HOUR));
    desk.give(Command::TogglePlay);
    assert_eq!(desk.effects, [Effect::Sound(Sound::Play)]);
}

#[test]
fn enter_on_the_held_episode_goes_on_as_space_does() {
    let mut desk = Desk::playing();
    desk.at(200_000);
    desk.give(Command::TogglePlay);
    desk.send(Msg::Tick(MINUTE));
    player::play(&mut desk.state, EpisodeId(1), None, None);
    assert_eq!(desk.state.player.ms, 195_000);
}

#[test]
fn a_pause_that_came_by_itself_is_a_pause_too() {
    let mut desk = Desk::playing();
    desk.at(200_000);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Paused(ticket)));
    assert_eq!(desk.saved(), [(1, Position { ms: 200_000, played: false })]);
    desk.send(Msg::Tick(MINUTE));
    desk.give(Command::TogglePlay);
    assert_eq!(desk.state.player.ms, 195_000);
    // While it plays, saying so again changes nothing.
    desk.event(Event::Audio(Audio::Playing(ticket)));
    desk.give(Command::TogglePlay);
    assert!(desk.event(Event::Audio(Audio::Paused(ticket))).is_empty());
}

#[test]
fn an_episode_that_was_left_goes_back_by_the_time_it_was_away() {
    for (away, wanted) in [(5 * SECOND, 200_000), (5 * MINUTE, 195_000), (HOUR, 180_000)] {
        let mut desk = Desk::playing();
        desk.at(200_000);
        player::play(&mut desk.state, EpisodeId(2), None, None);
        desk.answer_opening();
        desk.send(Msg::Tick(away));
        player::play(&mut desk.state, EpisodeId(1), None, None);
        let (ticket, _) = desk.opening();
        let mut came = opened(1);
        came.episode.summary.position = Position { ms: 200_000, played: false };
        desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
        assert_eq!(desk.state.player.ms, wanted, "after {away} ms");
    }
}
