//! Laws of drawing that hold at every size and in every state.

use latetalk::app::{Audio, Command, Event, Mouse, Msg, Pane, State, Typed, panes, update};
use latetalk::lang::{Tongue, aspect_name, value_name};
use latetalk::model::{SoundAspect, SoundValue, ThemeName, Trim};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::dice::Dice;
use super::picture::{cells, row_text};
use super::sample::{answer, give, playing, reading, started, tell};

/// One message that may come at any time.
fn anything(dice: &mut Dice) -> Msg {
    match dice.roll(10) {
        0 => Msg::Resize(1 + dice.below(220), 1 + dice.below(60)),
        1 => Msg::Mouse(Mouse::Click(dice.below(230), dice.below(62))),
        2 => Msg::Mouse(Mouse::Drag(dice.below(230), dice.below(62))),
        3 => Msg::Mouse(Mouse::ScrollDown(dice.below(230), dice.below(62))),
        4 => Msg::Type(Typed::Char(['潮', 'a', 's', ' ', '/'][dice.roll(5)])),
        5 => Msg::Type([Typed::Enter, Typed::Cancel, Typed::Next][dice.roll(3)]),
        _ => Msg::Command(Command::ALL[dice.roll(Command::ALL.len())]),
    }
}

#[test]
fn nothing_that_happens_at_any_size_breaks_the_screen() {
    let mut dice = Dice(0x5eed_cafe_f00d_0001);
    for round in 0..12 {
        let tongue = if round % 2 == 0 { Tongue::Chinese } else { Tongue::English };
        let mut state = started(tongue, (1 + dice.below(220), 1 + dice.below(60)));
        for _ in 0..120 {
            let effects = update(&mut state, anything(&mut dice));
            answer(&mut state, &effects);
            let buffer = cells(&state, ThemeName::Night);
            aligned(&buffer);
        }
    }
}

#[test]
fn every_size_is_drawn() {
    let mut state = reading(Tongue::Chinese, (80, 24));
    give(&mut state, Command::Chapters);
    for (width, height) in
        (1..=220).step_by(7).flat_map(|w| (1..=60).step_by(3).map(move |h| (w, h)))
    {
        update(&mut state, Msg::Resize(width, height));
        aligned(&cells(&state, ThemeName::Paper));
    }
}

/// What stands behind a wide character is empty, and no row is longer than the screen.
#[track_caller]
fn aligned(buffer: &Buffer) {
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            if buffer[(x, y)].symbol().width() == 2 {
                assert!(x + 1 < buffer.area.width, "half a character at {x},{y}");
                let behind = buffer[(x + 1, y)].symbol();
                assert!(behind.trim().is_empty(), "{behind:?} under a character at {x},{y}");
            }
        }
        assert_eq!(row_text(buffer, y).width(), usize::from(buffer.area.width), "row {y}");
    }
}

#[test]
fn no_pane_writes_outside_its_place() {
    for size in [(80, 24), (120, 36), (200, 50), (73, 20), (40, 12)] {
        let state = reading(Tongue::Chinese, size);
        let shown = panes(&state);
        let buffer = cells(&state, ThemeName::Night);
        let all = [shown.shows, shown.episodes, shown.notes, shown.article];
        for pane in all.into_iter().filter(|pane| pane.width > 0) {
            // The column at its left edge stays free, the one at its right holds the border at most.
            for y in pane.y..pane.bottom() {
                assert_eq!(buffer[(pane.x, y)].symbol(), " ", "{size:?} {pane} row {y}");
                let edge = buffer[(pane.right() - 1, y)].symbol();
                assert!([" ", "│"].contains(&edge), "{size:?} {pane} row {y}: {edge:?}");
            }
        }
        assert!(disjoint(&[shown.player, shown.status].into_iter().chain(all).collect::<Vec<_>>()));
    }
}

fn disjoint(places: &[Rect]) -> bool {
    places.iter().enumerate().all(|(i, a)| places.iter().skip(i + 1).all(|b| !a.intersects(*b)))
}

#[test]
fn the_focus_is_seen_in_every_theme() {
    for name in [ThemeName::Night, ThemeName::Paper, ThemeName::Terminal] {
        let mut state = reading(Tongue::English, (160, 36));
        let mut seen = Vec::new();
        for pane in [Pane::Shows, Pane::Episodes, Pane::Notes, Pane::Article] {
            state.focus = pane;
            let shown = panes(&state);
            let buffer = cells(&state, name);
            let heading = |place: Rect| buffer[(place.x + 1, place.y)].style();
            let all = [shown.shows, shown.episodes, shown.notes, shown.article].map(heading);
            let other = all.iter().filter(|style| **style != all[0]).count();
            assert!(other == 1 || other == 3, "one heading differs: {all:?}");
            seen.push(all);
        }
        seen.dedup();
        assert_eq!(seen.len(), 4, "each pane's focus looks its own way");
    }
}

#[test]
fn the_chapter_that_plays_is_seen_at_every_width() {
    for width in [40, 60, 80, 120, 200] {
        let state = playing(Tongue::Chinese, (width, 24));
        let row = row_text(&cells(&state, ThemeName::Night), panes(&state).player.y);
        assert!(row.contains("第一束光"), "{width}: {row}");
        assert!(row.contains("12:40 / 1:30:00"), "{width}: {row}");
    }
}

#[test]
fn an_overlay_leaves_what_plays_in_view() {
    for size in [(40, 12), (80, 24), (120, 36), (200, 50)] {
        let mut state: State = playing(Tongue::Chinese, size);
        let row = |state: &State| row_text(&cells(state, ThemeName::Night), panes(state).player.y);
        let before = row(&state);
        let all = [
            Command::Help,
            Command::Chapters,
            Command::Palette,
            Command::Queue,
            Command::SoundSettings,
        ];
        for command in all {
            state.overlay = None;
            give(&mut state, command);
            assert_eq!(row(&state), before, "{command:?} at {size:?}");
        }
    }
}

#[test]
fn the_time_is_never_cut_whatever_is_said_beside_it() {
    for tongue in [Tongue::Chinese, Tongue::English] {
        for width in 24..=200 {
            let mut state = playing(tongue, (width, 24));
            for command in [
                Command::Faster,
                Command::TrimSilence,
                Command::Loudness,
                Command::VoiceBoost,
                Command::Louder,
            ] {
                give(&mut state, command);
            }
            let ticket = state.player.playing.as_ref().unwrap().ticket;
            let row =
                |state: &State| row_text(&cells(state, ThemeName::Night), panes(state).player.y);
            for audio in [
                Audio::Saved(ticket, 3_700_000),
                Audio::NoDevice("unplugged".to_owned()),
                Audio::Buffering(ticket),
            ] {
                tell(&mut state, Event::Audio(audio));
                let row = row(&state);
                assert!(row.contains("12:40 / 1:30:00"), "{width}: {row}");
                assert!(row.contains("第一束") || width < 60, "{width}: {row}");
            }
        }
    }
}

#[test]
fn the_table_of_the_sound_is_whole_at_every_usual_size() {
    for tongue in [Tongue::Chinese, Tongue::English] {
        for size in [(40, 12), (60, 16), (80, 24), (120, 36), (200, 50)] {
            let mut state = playing(tongue, size);
            give(&mut state, Command::TrimSilence);
            give(&mut state, Command::TrimSilence);
            give(&mut state, Command::SoundSettings);
            let buffer = cells(&state, ThemeName::Night);
            let rows: Vec<String> = (0..size.1).map(|y| row_text(&buffer, y)).collect();
            let screen = rows.join("\n");
            for aspect in SoundAspect::ALL {
                let name = aspect_name(aspect, tongue);
                assert!(screen.contains(name), "{name} at {size:?}:\n{screen}");
            }
            let medium = value_name(SoundValue::Trim(Trim::Medium), tongue);
            assert!(rows.iter().any(|row| row.contains(&medium)), "{size:?}:\n{screen}");
        }
    }
}
