//! The sleep timer: what it counts, how it ends, and what a key does before that.

mod ends;
mod marks;

use super::*;
use crate::lang::SleepNotice;
use crate::model::SleepAfter;

impl Desk {
    /// Sound is heard for so many ms; all that is asked for meanwhile.
    fn listen(&mut self, ms: u64) -> Vec<Effect> {
        let mut asked = Vec::new();
        for _ in 0..ms / 200 {
            asked.extend(self.wait(200));
            if self.state.player.playback == Playback::Playing {
                let at = self.state.player.ms + 200;
                asked.extend(self.at(at).to_vec());
            }
        }
        asked
    }

    /// So many ms pass.
    fn wait(&mut self, ms: u64) -> Vec<Effect> {
        let now = self.state.now + ms;
        self.send(Msg::Tick(now)).to_vec()
    }

    /// Opens the list, types this and takes the first entry.
    fn sleep(&mut self, typed: &str) {
        self.give(Command::SleepTimer);
        self.write(typed);
        self.give(Command::Open);
        assert_eq!(self.state.overlay, None);
    }

    fn choose(&mut self, after: SleepAfter) {
        self.give(Command::SleepTimer);
        let Some(Overlay::Sleep(shown)) = &mut self.state.overlay else { unreachable!() };
        let at = shown.rows.iter().position(|row| *row == SleepRow::After(after)).unwrap();
        shown.list.select(at);
        self.give(Command::Open);
    }

    fn left(&self) -> Option<u64> {
        self.state.sleep_left()
    }

    /// The sound has ended here.
    fn end(&mut self, ms: Millis) -> Vec<Effect> {
        let ticket = self.sound_ticket();
        self.event(Event::Audio(Audio::Ended(ticket, ms))).to_vec()
    }
}

fn fades(effects: &[Effect]) -> Vec<Option<Millis>> {
    let fade = |effect: &Effect| match effect {
        Effect::Sound(Sound::Fade(ms)) => Some(*ms),
        _ => None,
    };
    effects.iter().filter_map(fade).collect()
}

const MINUTE: u64 = 60_000;

// Time

#[test]
fn the_timer_counts_what_is_heard_and_no_pause() {
    let mut desk = Desk::playing();
    desk.sleep("2");
    assert_eq!(desk.notice(), Some(&Notice::Sleep(SleepNotice::Set(SleepAfter::Time(2 * MINUTE)))));
    desk.listen(10_000);
    assert_eq!(desk.left(), Some(110_000));
    desk.give(Command::TogglePlay);
    desk.wait(1_000);
    desk.wait(1_000);
    assert_eq!(desk.left(), Some(110_000));
    desk.give(Command::TogglePlay);
    desk.listen(1_000);
    assert_eq!(desk.left(), Some(109_000));
    // Real time: at twice the speed it is not over sooner.
    desk.set_speed(2.0);
    desk.listen(1_000);
    assert_eq!(desk.left(), Some(108_000));
    // The machine slept for a night.
    desk.wait(8 * 3_600_000);
    assert_eq!(desk.left(), Some(106_000));
}

#[test]
fn the_last_twenty_seconds_fade_and_then_it_stands_and_is_marked() {
    let mut desk = Desk::playing();
    desk.sleep("1");
    let before = desk.listen(39_800);
    assert_eq!(fades(&before), []);
    let mut effects = desk.listen(400);
    assert_eq!(fades(&effects), [Some(20_000)], "told once, not with every tick");
    effects = desk.listen(19_400);
    assert_eq!(fades(&effects), []);
    effects = desk.listen(400);
    let at = desk.state.player.ms;
    let position = Position { ms: at, played: false };
    let mark = format!("1:{at}:39800:0");
    for wanted in [
        Effect::Sound(Sound::Pause),
        Effect::Sound(Sound::Fade(None)),
        Effect::SavePosition { id: EpisodeId(1), position },
        Effect::Remember { key: "sleep_marks", value: mark },
    ] {
        assert!(effects.contains(&wanted), "{wanted:?} is not among {effects:?}");
    }
    assert!((59_600..=60_000).contains(&at), "{at}");
    assert_eq!(desk.state.player.playback, Playback::Paused);
    assert_eq!((desk.left(), desk.notice()), (None, Some(&Notice::Sleep(SleepNotice::Over(at)))));
    assert_eq!(desk.state.player.volume, 80, "the volume is as it was");
}

#[test]
fn any_key_in_the_last_half_minute_adds_the_same_again_and_does_nothing_else() {
    let inputs = [
        Msg::Command(Command::TogglePlay),
        Msg::Command(Command::SeekBack),
        Msg::OtherKey,
        Msg::Type(Typed::Enter),
        Msg::Mouse(Mouse::Click(5, 5)),
        Msg::Paste("https://pod.example".to_owned()),
    ];
    for input in inputs {
        let mut desk = Desk::playing();
        desk.sleep("1");
        desk.listen(29_800);
        assert!(!desk.state.sleep_is_near());
        desk.listen(12_000);
        assert!(desk.state.sleep_is_near());
        let (focus, ms) = (desk.state.focus, desk.state.player.ms);
        let effects = desk.send(input.clone()).to_vec();
        assert_eq!(effects, [Effect::Sound(Sound::Fade(None))], "{input:?}");
        assert_eq!(desk.left(), Some(18_200 + MINUTE));
        assert_eq!((desk.state.focus, desk.state.player.ms), (focus, ms));
        assert!(desk.state.prompt.is_none() && desk.state.overlay.is_none());
        assert_eq!(desk.state.player.playback, Playback::Playing);
        assert_eq!(
            desk.notice(),
            Some(&Notice::Sleep(SleepNotice::Extended(SleepAfter::Time(MINUTE))))
        );
        // The next key is a key again.
        desk.give(Command::TogglePlay);
        assert_eq!(desk.state.player.playback, Playback::Paused);
    }
}

#[test]
fn leaving_is_leaving_at_any_time_and_a_held_timer_takes_no_keys() {
    let mut desk = Desk::playing();
    desk.sleep("0:20");
    desk.listen(15_000);
    assert!(desk.state.sleep_is_near());
    assert!(desk.give(Command::Quit).contains(&Effect::Quit));
    assert!(desk.give(Command::Suspend).contains(&Effect::Suspend));
    let ticket = desk.sound_ticket();
    // The device is gone: it stands without a key.
    desk.event(Event::Audio(Audio::Paused(ticket)));
    assert!(!desk.state.sleep_is_near());
    let effects = desk.give(Command::TogglePlay).to_vec();
    assert_eq!(desk.state.player.playback, Playback::Playing);
    assert_eq!(fades(&effects), [Some(5_000)], "the sound is told again after a pause");
}

#[test]
fn a_short_time_fades_over_its_second_half() {
    let mut desk = Desk::playing();
    desk.sleep("0:10");
    assert_eq!(fades(&desk.listen(4_800)), []);
    assert!(!desk.state.sleep_is_near());
    assert_eq!(fades(&desk.listen(400)), [Some(5_000)]);
    assert!(desk.state.sleep_is_near());
}

#[test]
fn switched_off_it_is_loud_again() {
    let mut desk = Desk::playing();
    desk.sleep("0:10");
    desk.listen(6_000);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Paused(ticket)));
    desk.give(Command::SleepTimer);
    let effects = desk.give(Command::Open).to_vec();
    assert_eq!(fades(&effects), [None], "the first entry switches it off");
    assert_eq!((desk.left(), desk.notice()), (None, Some(&Notice::Sleep(SleepNotice::Off))));
}

#[test]
fn a_timer_needs_no_clock_of_its_own() {
    let mut desk = Desk::playing();
    desk.sleep("1");
    desk.listen(10_000);
    assert!(!desk.state.wants_ticks(), "while sound is heard its positions bring the time");
    desk.listen(51_000);
    assert_eq!(desk.state.player.playback, Playback::Paused);
    desk.wait(10_000);
    assert!(!desk.state.wants_ticks(), "asleep, nothing moves");
}

// Choosing

#[test]
fn the_list_stands_on_what_was_chosen_last_and_then_on_off() {
    let mut desk = Desk::playing();
    desk.give(Command::SleepTimer);
    let selected = |desk: &Desk| match &desk.state.overlay {
        Some(Overlay::Sleep(shown)) => shown.rows[shown.list.selected],
        _ => unreachable!(),
    };
    assert_eq!(selected(&desk), SleepRow::After(SleepAfter::Time(30 * MINUTE)));
    desk.give(Command::Up);
    let effects = desk.give(Command::Open).to_vec();
    let kept = Effect::Remember { key: "sleep", value: "t900000".to_owned() };
    assert_eq!(effects, [kept]);
    desk.give(Command::SleepTimer);
    assert_eq!(selected(&desk), SleepRow::Off);
    desk.give(Command::Open);
    // In another start, with one that was typed.
    desk.state.sleep.recall(Some("t1500000"), None);
    desk.give(Command::SleepTimer);
    assert_eq!(selected(&desk), SleepRow::After(SleepAfter::Time(25 * MINUTE)));
    desk.give(Command::SleepTimer);
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn a_typed_number_is_minutes_or_episodes_and_a_time_a_time() {
    let mut desk = Desk::playing();
    let time = |ms| SleepRow::After(SleepAfter::Time(ms));
    for (typed, rows) in [
        ("25", vec![time(25 * MINUTE), SleepRow::After(SleepAfter::Episodes(25))]),
        ("0.5", vec![time(30_000)]),
        ("1:30", vec![time(90_000)]),
        ("1：30：00", vec![time(90 * MINUTE)]),
        ("120", vec![time(120 * MINUTE)]),
        ("0", vec![]),
        ("99999999", vec![]),
        ("::", vec![]),
    ] {
        desk.give(Command::SleepTimer);
        desk.write(typed);
        let Some(Overlay::Sleep(shown)) = &desk.state.overlay else { unreachable!() };
        assert_eq!(shown.rows, rows, "{typed}");
        desk.give(Command::Back);
        let Some(Overlay::Sleep(shown)) = &desk.state.overlay else { unreachable!() };
        assert!(shown.rows.len() > 8, "Esc first takes back what was typed");
        desk.give(Command::Back);
        assert_eq!(desk.state.overlay, None);
    }
}
