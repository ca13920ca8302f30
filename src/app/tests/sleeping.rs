//! The sleep timer: what it counts, how it ends, what a key does before that, and the way back.

use super::*;
use crate::lang::SleepNotice;
use crate::model::{SleepAfter, SleepMark};

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

// The way back

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
