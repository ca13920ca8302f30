//! What a frame and a key press cost: both must depend on what is visible, not on how much the library
//! or the text holds. Each group is measured in one run and its ratio printed at the end.

#![expect(clippy::expect_used, reason = "what cannot be set up ends the benchmark")]

#[path = "../tests/screens/pictures.rs"]
#[expect(dead_code, reason = "the screen tests use all of it")]
mod pictures;
#[path = "../tests/screens/sample.rs"]
#[expect(dead_code, reason = "the screen tests use all of it")]
mod sample;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use divan::Bencher;
use latetalk::app::{Audio, Command, Effect, Event, OpenedEpisode, State};
use latetalk::lang::Tongue;
use latetalk::model::{Episode, EpisodeId, ThemeName};
use latetalk::text::from_plain;
use latetalk::theme::theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZE: (u16, u16) = (120, 36);
/// Episodes in a small and in a large library.
const LIBRARIES: [i64; 2] = [100, 100_000];
/// Bytes of a short and of a long text.
const TEXTS: [usize; 2] = [10_000, 1_000_000];
/// Pictures of an article with few and with many.
const PICTURES: [usize; 2] = [5, 50];
/// Passages of a short and of a very long transcript.
const TRANSCRIPTS: [usize; 2] = [400, 40_000];

/// A program with so many episodes in its list, standing in the middle of it.
fn library(episodes: i64) -> State {
    let mut state = sample::started(Tongue::Chinese, SIZE);
    let effects = sample::tell(&mut state, Event::RefreshDone(0));
    sample::answer(&mut state, &effects);
    let ticket = state.library.loading.expect("the list was asked for");
    let effects =
        sample::tell(&mut state, Event::Episodes(ticket, (1..=episodes).map(EpisodeId).collect()));
    sample::answer(&mut state, &effects);
    for _ in 0..4 {
        let effects = sample::give(&mut state, Command::PageDown);
        sample::answer(&mut state, &effects);
    }
    state
}

/// A program that shows notes of so many bytes, in the middle of them.
fn text(bytes: usize) -> State {
    let mut state = sample::started(Tongue::Chinese, SIZE);
    let notes = Arc::new(from_plain(&chinese(bytes), None));
    let effects = sample::give(&mut state, Command::Down);
    let (ticket, id) = state.notes.loading.expect("the notes were asked for");
    let came = OpenedEpisode {
        episode: Episode { summary: sample::summary(id.0), ..Episode::default() },
        notes,
        ..OpenedEpisode::default()
    };
    drop(effects);
    sample::tell(&mut state, Event::EpisodeOpened(ticket, Box::new(came)));
    sample::give(&mut state, Command::NextPane);
    sample::give(&mut state, Command::PageDown);
    state
}

/// Chinese paragraphs, so many bytes of them.
fn chinese(bytes: usize) -> String {
    let paragraph =
        "潮水慢慢地退下去，露出「礁石」和 a few shells，守灯的人沿着石阶走下来。".repeat(4);
    let mut text = String::with_capacity(bytes + paragraph.len());
    while text.len() < bytes {
        text.push_str(&paragraph);
        text.push_str("\n\n");
    }
    text
}

/// One frame, the way the program draws it: only changed cells go to the terminal.
fn frame(terminal: &mut Terminal<TestBackend>, state: &State) {
    let theme = theme(ThemeName::Night);
    terminal
        .draw(|frame| latetalk::ui::draw(state, &theme, frame))
        .expect("memory takes every cell");
}

fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("memory is a terminal")
}

/// A program whose transcript of so many passages follows what plays, in the middle of it.
fn transcript(cues: usize) -> State {
    let mut state = sample::playing(Tongue::Chinese, SIZE);
    for effect in sample::give(&mut state, Command::Transcript) {
        if let Effect::LoadTranscript { ticket, .. } = effect {
            let came = Ok(Arc::new(sample::transcript(cues)));
            sample::tell(&mut state, Event::Transcript(ticket, came));
        }
    }
    heard(&mut state, cues as u64 * 3_000);
    state
}

/// The sound has come to this time.
fn heard(state: &mut State, ms: u64) {
    let ticket = state.player.playing.as_ref().expect("it plays").ticket;
    drop(sample::tell(state, Event::Audio(Audio::Position(ticket, ms))));
}

#[divan::bench(args = TRANSCRIPTS)]
fn frame_of_a_transcript(bencher: Bencher<'_, '_>, cues: usize) {
    let (state, mut terminal) = (transcript(cues), terminal());
    bencher.bench_local(|| frame(&mut terminal, &state));
}

#[divan::bench(args = TRANSCRIPTS)]
fn position_in_a_transcript(bencher: Bencher<'_, '_>, cues: usize) {
    let mut state = transcript(cues);
    let mut ms = 0;
    bencher.bench_local(|| {
        ms = (ms + 250) % (cues as u64 * 6_000);
        heard(&mut state, black_box(ms));
    });
}

#[divan::bench(args = LIBRARIES)]
fn frame_of_a_library(bencher: Bencher<'_, '_>, episodes: i64) {
    let (state, mut terminal) = (library(episodes), terminal());
    bencher.bench_local(|| frame(&mut terminal, &state));
}

#[divan::bench(args = TEXTS)]
fn frame_of_a_text(bencher: Bencher<'_, '_>, bytes: usize) {
    let (state, mut terminal) = (text(bytes), terminal());
    bencher.bench_local(|| frame(&mut terminal, &state));
}

/// An article with so many pictures, all here that are near, in the middle of it.
fn pictured(count: usize) -> State {
    let mut state = sample::started(Tongue::Chinese, SIZE);
    sample::tell(&mut state, Event::Cell(10, 20));
    let mut text = chinese(20_000);
    for number in 0..count {
        use std::fmt::Write as _;
        let _ = write!(text, "![图](https://tide.example/{number}.jpg)\n\n{}", chinese(2_000));
    }
    sample::give(&mut state, Command::Down);
    let (ticket, id) = state.notes.loading.expect("the notes were asked for");
    let came = OpenedEpisode {
        episode: Episode { summary: sample::summary(id.0), ..Episode::default() },
        notes: Arc::new(latetalk::text::from_markdown(&text, None)),
        ..OpenedEpisode::default()
    };
    let effects = sample::tell(&mut state, Event::EpisodeOpened(ticket, Box::new(came)));
    pictures::arrive(&mut state, effects);
    sample::give(&mut state, Command::NextPane);
    for _ in 0..20 {
        let effects = sample::give(&mut state, Command::PageDown);
        pictures::arrive(&mut state, effects);
    }
    state
}

/// A line down, what comes with it, and a frame: nothing is encoded on the way.
#[divan::bench(args = PICTURES)]
fn scroll_through_pictures(bencher: Bencher<'_, '_>, count: usize) {
    let (mut state, mut terminal) = (pictured(count), terminal());
    let mut down = true;
    bencher.bench_local(|| {
        let command = if down { Command::Down } else { Command::Up };
        down = !down;
        black_box(sample::give(&mut state, command));
        frame(&mut terminal, &state);
    });
}

#[divan::bench(args = LIBRARIES)]
fn key_in_a_library(bencher: Bencher<'_, '_>, episodes: i64) {
    let mut state = library(episodes);
    bencher.bench_local(|| press(&mut state));
}

#[divan::bench(args = TEXTS)]
fn key_in_a_text(bencher: Bencher<'_, '_>, bytes: usize) {
    let mut state = text(bytes);
    bencher.bench_local(|| press(&mut state));
}

/// A key down and a key up.
fn press(state: &mut State) {
    for command in [Command::Down, Command::Up] {
        let effects = sample::give(state, command);
        sample::answer(state, &effects);
        black_box(&effects);
    }
}

/// The middle one of many measurements, in microseconds.
fn median(mut act: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..201)
        .map(|_| {
            let begun = Instant::now();
            act();
            begun.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]
fn ratios() {
    let tell = |what: &str, small: f64, large: f64| {
        println!("{what}: {small:.1} µs small, {large:.1} µs large, ratio {:.2}", large / small);
    };
    let draw = |state: State| {
        let mut terminal = terminal();
        median(|| frame(&mut terminal, &state))
    };
    let key = |mut state: State| median(|| press(&mut state));
    let [few, many] = LIBRARIES;
    let [short, long] = TEXTS;
    tell("frame, 100 against 100,000 episodes", draw(library(few)), draw(library(many)));
    tell("frame, 10 KB against 1 MB of text", draw(text(short)), draw(text(long)));
    let [brief, endless] = TRANSCRIPTS;
    let heard_on = |mut state: State| {
        let mut ms = 0;
        median(|| {
            ms += 250;
            heard(&mut state, black_box(ms));
        })
    };
    let (small, large) = (transcript(brief), transcript(endless));
    tell(
        "frame, 400 against 40,000 passages of a transcript",
        draw(small.clone()),
        draw(large.clone()),
    );
    tell("position, 400 against 40,000 passages", heard_on(small), heard_on(large));
    tell("key, 100 against 100,000 episodes", key(library(few)), key(library(many)));
    tell("key, 10 KB against 1 MB of text", key(text(short)), key(text(long)));
}

fn main() {
    divan::main();
    ratios();
}
