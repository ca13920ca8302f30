//! How it sounds: a show's own choice before the one for all, the keys that change what applies, and
//! the table of both.

use super::*;
use crate::model::{OwnSounding, SoundAspect, SoundScope, SoundValue, Speed, Trim};

const SHOW: ShowId = ShowId(1);

fn fast() -> OwnSounding {
    OwnSounding { speed: Some(Speed::of(1.5)), ..OwnSounding::default() }
}

/// The library says that the first show has this of its own.
fn with_own(desk: &mut Desk, own: OwnSounding) {
    let first = Show { sounding: own, ..show(1, "海边电台") };
    desk.event(Event::Shows(vec![first, show(2, "Slow Trains")]));
}

fn speed(factor: f32) -> SoundValue {
    SoundValue::Speed(Speed::of(factor))
}

/// What the sound was told last.
fn told(desk: &Desk) -> Vec<Sound> {
    let told = |effect: &Effect| match effect {
        Effect::Sound(sound) => Some(*sound),
        _ => None,
    };
    desk.effects.iter().filter_map(told).collect()
}

/// Another episode, of the other show, is opened and played.
fn play_other_show(desk: &mut Desk) {
    player::play(&mut desk.state, EpisodeId(9), None, None);
    let (ticket, _) = desk.opening();
    let mut came = opened(9);
    came.episode.summary.show = ShowId(2);
    came.episode.summary.show_title = "Slow Trains".into();
    desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
}

// What applies

#[test]
fn a_show_with_a_speed_of_its_own_sounds_so_from_the_first_moment() {
    let mut desk = Desk::new();
    with_own(&mut desk, fast());
    assert!(told(&desk).is_empty(), "nothing of it plays");
    desk.give(Command::Open);
    let [.., first, second] = &desk.effects[..] else { panic!("{:?}", desk.effects) };
    assert_eq!(first, &Effect::Sound(Sound::Speed(1.5)));
    assert!(matches!(second, Effect::Load { .. }), "{second:?}");
}

#[test]
fn another_show_keeps_what_all_have() {
    let mut desk = Desk::new();
    with_own(&mut desk, fast());
    desk.give(Command::Open);
    play_other_show(&mut desk);
    assert_eq!(told(&desk).first(), Some(&Sound::Speed(1.0)));
    assert_eq!(desk.state.player.how.speed, Speed::NORMAL);
}

#[test]
fn a_show_without_a_subscription_brings_its_own_with_its_episode() {
    let mut desk = Desk::new();
    player::play(&mut desk.state, EpisodeId(2), None, None);
    let (ticket, _) = desk.opening();
    let mut came = opened(2);
    came.episode.summary.show = ShowId(7);
    came.sounding = OwnSounding { trim: Some(Trim::Strong), ..OwnSounding::default() };
    desk.event(Event::EpisodeOpened(ticket, Box::new(came)));
    assert!(told(&desk).contains(&Sound::TrimSilence(Trim::Strong)), "{:?}", desk.effects);
}

#[test]
fn what_the_library_said_before_a_change_does_not_undo_it() {
    let mut desk = Desk::playing();
    with_own(&mut desk, fast());
    desk.give(Command::Faster);
    assert_eq!(desk.state.player.how.speed, Speed::of(1.55));
    with_own(&mut desk, fast());
    assert_eq!(desk.state.player.how.speed, Speed::of(1.55));
    assert!(told(&desk).is_empty());
}

#[test]
fn a_choice_of_an_earlier_start_counts_before_the_settings() {
    let mut desk = Desk::empty();
    let mut all = desk.state.player.chosen.all;
    all.set(SoundValue::VoiceBoost(true));
    let effects = desk.state.recall(all);
    assert_eq!(effects, [Effect::Sound(Sound::VoiceBoost(true))]);
}

// Keys

#[test]
fn keys_change_what_applies_where_it_comes_from_and_say_so() {
    let mut desk = Desk::playing();
    with_own(&mut desk, fast());
    desk.give(Command::Slower);
    let own = OwnSounding { speed: Some(Speed::of(1.45)), ..fast() };
    let kept = Effect::KeepSounding { show: SHOW, own };
    assert_eq!(desk.effects, [Effect::Sound(Sound::Speed(1.45)), kept]);
    assert_eq!(desk.notice(), Some(&Notice::Sounds(speed(1.45), SoundScope::ThisShow)));
    assert_eq!(desk.state.player.chosen.all.speed, Speed::NORMAL);
    // Its pauses are those of all shows.
    desk.give(Command::TrimSilence);
    let value = SoundValue::Trim(Trim::Gentle);
    let kept = Effect::Remember { key: "trim_silence", value: "gentle".into() };
    assert_eq!(desk.effects, [Effect::Sound(Sound::TrimSilence(Trim::Gentle)), kept]);
    assert_eq!(desk.notice(), Some(&Notice::Sounds(value, SoundScope::AllShows)));
}

#[test]
fn switches_switch_and_strengths_go_round() {
    let mut desk = Desk::playing();
    for _ in 0..2 {
        desk.give(Command::Loudness);
        assert_eq!(told(&desk), [Sound::Loudness(Some(-16.0))]);
        desk.give(Command::Loudness);
        assert_eq!(told(&desk), [Sound::Loudness(None)]);
        desk.give(Command::VoiceBoost);
        assert_eq!(told(&desk), [Sound::VoiceBoost(true)]);
        desk.give(Command::VoiceBoost);
        assert_eq!(told(&desk), [Sound::VoiceBoost(false)]);
        for strength in [Trim::Gentle, Trim::Medium, Trim::Strong, Trim::Off] {
            desk.give(Command::TrimSilence);
            assert_eq!(told(&desk), [Sound::TrimSilence(strength)]);
        }
    }
}

#[test]
fn with_nothing_loaded_the_keys_are_about_all_shows() {
    let mut desk = Desk::new();
    with_own(&mut desk, fast());
    desk.give(Command::Faster);
    assert_eq!(desk.notice(), Some(&Notice::Sounds(speed(1.05), SoundScope::AllShows)));
}

#[test]
fn what_was_said_is_said_in_both_languages() {
    let said = |tongue, value, scope| crate::lang::say(tongue, &Notice::Sounds(value, scope));
    let (zh, en) = (Tongue::Chinese, Tongue::English);
    assert_eq!(said(zh, speed(1.25), SoundScope::ThisShow), "速度 1.25×（本节目）");
    assert_eq!(said(en, speed(1.25), SoundScope::ThisShow), "speed 1.25× (this show)");
    assert_eq!(
        said(zh, SoundValue::SkipIntro(45), SoundScope::AllShows),
        "跳过开头 00:45（全部节目）"
    );
    assert_eq!(
        said(en, SoundValue::Loudness(true), SoundScope::AllShows),
        "loudness on (all shows)"
    );
}

// The table

/// The table in front.
#[track_caller]
fn table(desk: &Desk) -> &SoundTable {
    match &desk.state.overlay {
        Some(Overlay::Sound(table)) => table,
        other => panic!("{other:?}"),
    }
}

fn own(desk: &Desk) -> OwnSounding {
    desk.state.player.chosen.of(SHOW)
}

#[test]
fn the_table_gives_a_show_its_own_and_takes_it_back() {
    let mut desk = Desk::playing();
    desk.give(Command::SoundSettings);
    assert_eq!(table(&desk).show, Some((SHOW, "海边电台".into())));
    desk.give(Command::SeekForward);
    let kept = |own| Effect::KeepSounding { show: SHOW, own };
    let faster = OwnSounding { speed: Some(Speed::of(1.05)), ..OwnSounding::default() };
    assert_eq!(desk.effects, [Effect::Sound(Sound::Speed(1.05)), kept(faster)]);
    desk.give(Command::SeekForwardLong);
    assert_eq!(desk.state.player.how.speed, Speed::of(1.3));
    desk.give(Command::Delete);
    let nothing = OwnSounding::default();
    assert_eq!(desk.effects, [Effect::Sound(Sound::Speed(1.0)), kept(nothing)]);
    desk.give(Command::Back);
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn a_switch_can_be_off_for_a_show_while_it_is_on_for_all() {
    let mut desk = Desk::playing();
    desk.give(Command::Loudness);
    desk.give(Command::SoundSettings);
    desk.give(Command::Down);
    desk.give(Command::Down);
    assert_eq!(table(&desk).aspect(), SoundAspect::Loudness);
    desk.give(Command::SeekBack);
    assert_eq!((own(&desk).loudness, told(&desk)), (Some(false), vec![Sound::Loudness(None)]));
    // In the other column nothing of that changes.
    desk.give(Command::NextPane);
    desk.give(Command::SeekBack);
    desk.give(Command::SeekForward);
    assert!(told(&desk).is_empty() && desk.state.player.chosen.all.loudness);
}

#[test]
fn what_all_shows_have_goes_back_to_the_settings() {
    let mut desk = Desk::playing();
    desk.give(Command::Faster);
    desk.give(Command::SoundSettings);
    desk.give(Command::NextPane);
    assert_eq!(table(&desk).scope, SoundScope::AllShows);
    let kept = Effect::Remember { key: "speed", value: String::new() };
    assert_eq!(desk.give(Command::Delete), [Effect::Sound(Sound::Speed(1.0)), kept]);
}

#[test]
fn seconds_go_by_one_five_and_thirty() {
    let mut desk = Desk::playing();
    desk.give(Command::SoundSettings);
    desk.give(Command::Bottom);
    desk.give(Command::Up);
    for command in [Command::SeekForwardLong, Command::SeekForward, Command::Wider] {
        desk.give(command);
    }
    assert_eq!(own(&desk).skip_intro, Some(36));
    for command in [Command::Narrower, Command::SeekBack, Command::SeekBackLong] {
        desk.give(command);
    }
    assert_eq!(own(&desk).skip_intro, Some(0));
    assert!(told(&desk).is_empty());
}

#[test]
fn the_place_that_is_heard_ends_the_beginning_or_begins_the_end() {
    let mut desk = Desk::playing();
    desk.at(45_900);
    desk.give(Command::SoundSettings);
    desk.give(Command::Follow);
    assert_eq!(own(&desk), OwnSounding::default(), "of the speed it says nothing");
    desk.give(Command::Bottom);
    desk.give(Command::Up);
    desk.give(Command::Follow);
    assert_eq!(own(&desk).skip_intro, Some(45));
    desk.give(Command::Down);
    for at in [200_000, 400_000, 570_000] {
        desk.at(at);
    }
    desk.give(Command::Follow);
    assert_eq!(own(&desk).skip_outro, Some(30));
    let value = SoundValue::SkipOutro(30);
    assert_eq!(desk.notice(), Some(&Notice::Sounds(value, SoundScope::ThisShow)));
}

#[test]
fn half_an_hour_is_the_most_that_is_skipped() {
    let mut desk = Desk::playing();
    desk.state.player.playing.as_mut().unwrap().duration_ms = Some(7_200_000);
    desk.at(1_860_000);
    desk.give(Command::SoundSettings);
    desk.give(Command::Bottom);
    desk.give(Command::Up);
    desk.give(Command::Follow);
    assert_eq!(desk.notice(), Some(&Notice::TooLongToSkip));
    assert_eq!(own(&desk), OwnSounding::default());
}

#[test]
fn the_table_is_about_the_selected_show_where_the_focus_is_on_shows() {
    let mut desk = Desk::playing();
    desk.state.focus = Pane::Shows;
    desk.give(Command::Bottom);
    desk.give(Command::SoundSettings);
    assert_eq!(table(&desk).show.as_ref().map(|show| show.0), Some(ShowId(2)));
    desk.give(Command::SeekForward);
    assert!(told(&desk).is_empty(), "it is not what plays");
    assert_eq!(desk.state.player.chosen.of(ShowId(2)).speed, Some(Speed::of(1.05)));
    desk.give(Command::Bottom);
    desk.give(Command::Follow);
    assert_eq!(desk.notice(), Some(&Notice::NothingPlays));
}

#[test]
fn in_an_empty_library_there_is_only_the_column_for_all() {
    let mut desk = Desk::empty();
    desk.give(Command::SoundSettings);
    desk.give(Command::NextPane);
    assert_eq!((&table(&desk).show, table(&desk).scope), (&None, SoundScope::AllShows));
    desk.give(Command::SeekForward);
    assert_eq!(desk.state.player.how.speed, Speed::of(1.05));
    desk.give(Command::SoundSettings);
    assert_eq!(desk.state.overlay, None, "pressed again it goes");
}

#[test]
fn direct_keys_work_while_the_table_is_in_front() {
    let mut desk = Desk::playing();
    desk.give(Command::SoundSettings);
    desk.give(Command::VoiceBoost);
    assert!(desk.state.player.chosen.all.voice_boost && own(&desk) == OwnSounding::default());
    desk.give(Command::TogglePlay);
    assert_eq!(desk.effects.first(), Some(&Effect::Sound(Sound::Pause)));
}

#[test]
fn the_mouse_chooses_a_cell_changes_it_and_closes_the_table() {
    let mut desk = Desk::playing();
    desk.give(Command::SoundSettings);
    let area = crate::app::overlay_of(&desk.state);
    let columns = crate::app::sound_columns(area);
    let top = crate::app::content(area).y + 1;
    let click = |desk: &mut Desk, x: u16, y: u16| {
        desk.send(Msg::Mouse(Mouse::Click(x, y)));
    };
    click(&mut desk, columns.all.start, top + 1);
    assert_eq!(
        (table(&desk).aspect(), table(&desk).scope),
        (SoundAspect::Trim, SoundScope::AllShows)
    );
    assert!(desk.effects.is_empty());
    click(&mut desk, columns.all.end - 1, top + 1);
    assert_eq!(told(&desk), [Sound::TrimSilence(Trim::Gentle)]);
    click(&mut desk, columns.all.start, top + 1);
    assert_eq!(told(&desk), [Sound::TrimSilence(Trim::Off)]);
    click(&mut desk, area.x + 2, top + 5);
    assert_eq!(table(&desk).aspect(), SoundAspect::SkipOutro);
    desk.send(Msg::Mouse(Mouse::ScrollUp(columns.own.start, top)));
    assert_eq!(table(&desk).aspect(), SoundAspect::SkipIntro);
    click(&mut desk, area.x + 2, top - 1);
    click(&mut desk, area.x + 2, top + 8);
    assert_eq!(table(&desk).aspect(), SoundAspect::SkipIntro, "no row, no change");
    click(&mut desk, 0, 0);
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn hearing_a_snip_leaves_the_time_saved_alone() {
    let mut desk = Desk::playing();
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Saved(ticket, 151_000)));
    let _ = player::play(&mut desk.state, EpisodeId(1), Some(60_000), Some(70_000));
    let _ = player::go_back(&mut desk.state, EpisodeId(1), Some((10_000, true)));
    assert_eq!(desk.state.player.saved_ms, 151_000);
}
