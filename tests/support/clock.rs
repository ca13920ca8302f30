//! A talking clock: recordings whose every second says which second it is, and the ear that tells
//! which time of the recording was heard when.
//!
//! Every second sounds as three sines together: `400 + 100·minute` Hz, `3500 + 100·tens` Hz and
//! `4200 + 100·ones` Hz (tens and ones of the second within its minute), with edges of 5 ms. All are
//! multiples of 100 Hz, so the sound repeats every 10 ms: a change of speed at kept pitch, which
//! leaves out or repeats what is alike, leaves the tones whole. So do resampling and small gaps.

use std::f64::consts::TAU;

use super::tone;

/// Sample rate of the recordings.
pub const RATE: u32 = 16_000;

/// No recording is longer: minutes have their own tones up to here.
pub const MAX_SECONDS: u32 = 30 * 60;

const LEVEL: f64 = 0.2;
const EDGE: f64 = 0.005;

/// Windows of 50 ms every 10 ms part tones of 40 Hz and more.
const WINDOW: usize = RATE as usize / 20;
const HOP: usize = RATE as usize / 100;
const HOP_MS: u64 = 10;

/// A gap of more than this many windows ends a piece.
const GAP: usize = 10;

/// The first tone and how many there are, for minutes, tens and ones of seconds.
const SCALES: [(u32, u32); 3] = [(400, MAX_SECONDS / 60), (3500, 6), (4200, 10)];

/// Tone `n` of a scale, in Hz.
fn hz(scale: usize, n: u32) -> u32 {
    SCALES[scale].0 + 100 * n
}

/// A WAV file (16 kHz, mono, 16 bit) of `seconds` of the clock, from 0:00.
pub fn wav(seconds: u32) -> Vec<u8> {
    assert!(seconds <= MAX_SECONDS, "the clock ends at {MAX_SECONDS} s");
    let bytes = seconds * RATE * 2;
    let mut file = Vec::with_capacity(44 + bytes as usize);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + bytes).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend_from_slice(&RATE.to_le_bytes());
    file.extend_from_slice(&(RATE * 2).to_le_bytes());
    file.extend_from_slice(b"\x02\0\x10\0data");
    file.extend_from_slice(&bytes.to_le_bytes());
    for second in 0..seconds {
        for v in one_second(second) {
            file.extend_from_slice(&((v * f64::from(i16::MAX)) as i16).to_le_bytes());
        }
    }
    file
}

/// The sound of one second of the recording, -1 to 1.
pub fn one_second(second: u32) -> impl Iterator<Item = f64> {
    let tones = [hz(0, second / 60), hz(1, second % 60 / 10), hz(2, second % 10)];
    (0..RATE).map(move |i| {
        let t = f64::from(i) / f64::from(RATE);
        let edge = (t / EDGE).min((1.0 - t) / EDGE).min(1.0);
        LEVEL * edge * tones.iter().map(|&hz| (TAU * f64::from(hz) * t).sin()).sum::<f64>()
    })
}

/// A stretch of the recording that was heard without a break.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Where in the capture it begins, in ms, to about 20 ms.
    pub heard_at_ms: u64,
    /// How long it was heard, in ms of the capture.
    pub lasts_ms: u64,
    /// The time of the recording at its beginning, in ms: to about 20 ms, or to the second where
    /// the piece holds no change of second (`exact` is false).
    pub clock_ms: u64,
    /// Whether `clock_ms` was measured at a change of second.
    pub exact: bool,
    /// Recording time per time heard; 1 where fewer than two changes of second were heard.
    pub speed: f64,
}

/// Which times of the recording are heard in `samples` (mono, a multiple of 16 kHz), in order.
pub fn heard(samples: &[f32], rate: u32) -> Vec<Piece> {
    pieces(&runs(&seconds(&slower(samples, rate))))
}

/// The time of the recording, in ms, at which the first sound of these seconds of it begins, to
/// about 20 ms; `None` until a change of second was heard. A player that is short of sound at first,
/// so that silence parts what it plays, loses nothing by it: silence is not counted.
pub fn begins(samples: &[f32], rate: u32, seconds: std::ops::Range<u64>) -> Option<u64> {
    let pieces = heard(samples, rate);
    let mut wanted = pieces.iter().filter(|piece| seconds.contains(&(piece.clock_ms / 1000)));
    let first = wanted.next()?;
    let exact = std::iter::once(first).chain(wanted).find(|piece| piece.exact)?;
    let change_ms = exact.clock_ms / 1000 * 1000 + 1000;
    let change_at = exact.heard_at_ms + (change_ms - exact.clock_ms);
    let at = |ms: u64| (ms * u64::from(rate) / 1000) as usize;
    // The windows of a piece begin half a window before it.
    let sound = samples.get(at(first.heard_at_ms.saturating_sub(25))..at(change_at))?;
    let block = rate as usize / 1000;
    let audible = sound.chunks(block).filter(|part| !tone::is_silent(part)).count() as u64;
    Some(change_ms.saturating_sub(audible))
}

/// The second of the recording heard in the last 0.1 s of `samples`, if it is clear.
pub fn second_now(samples: &[f32], rate: u32) -> Option<u32> {
    let tail = samples.len().checked_sub(rate as usize / 10)?;
    let seconds = seconds(&slower(samples.get(tail..)?, rate));
    let &last = seconds.last()?;
    seconds.iter().all(|s| *s == last).then_some(last)?
}

/// `samples` at the clock's own rate, by the mean of neighbours.
fn slower(samples: &[f32], rate: u32) -> Vec<f32> {
    assert!(rate.is_multiple_of(RATE), "{rate} Hz is no multiple of {RATE} Hz");
    let n = (rate / RATE) as usize;
    samples.chunks_exact(n).map(|c| c.iter().sum::<f32>() / n as f32).collect()
}

/// For every window the second it sounds like, if any.
fn seconds(samples: &[f32]) -> Vec<Option<u32>> {
    let hann: Vec<f64> =
        (0..WINDOW).map(|i| 0.5 - 0.5 * (TAU * i as f64 / WINDOW as f64).cos()).collect();
    samples.windows(WINDOW).step_by(HOP).map(|window| second_of(window, &hann)).collect()
}

fn second_of(window: &[f32], hann: &[f64]) -> Option<u32> {
    if tone::is_silent(window) {
        return None;
    }
    let shaped: Vec<f64> = window.iter().zip(hann).map(|(&v, h)| f64::from(v) * h).collect();
    let energy: f64 = shaped.iter().map(|v| v * v).sum();
    // A Hann window keeps 2/3 of a sine's energy in its middle bin, so that each of three should
    // hold 0.22; edges and changes of speed take some of it.
    let mut together = 0.0;
    let mut shown = [0; SCALES.len()];
    for (scale, shown) in shown.iter_mut().enumerate() {
        let share = |n| 2.0 * tone::power(shaped.iter().copied(), RATE, hz(scale, n)) / energy;
        let loudest = (0..SCALES[scale].1).map(|n| (n, share(n) / shaped.len() as f64));
        let (n, share) = loudest.max_by(|a, b| a.1.total_cmp(&b.1))?;
        if share < 0.1 {
            return None;
        }
        *shown = n;
        together += share;
    }
    (together > 0.45).then_some(shown[0] * 60 + shown[1] * 10 + shown[2])
}

/// Windows `from..=to` that all sound like `second`.
struct Run {
    second: u32,
    from: usize,
    to: usize,
}

fn runs(seconds: &[Option<u32>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, second) in seconds.iter().enumerate().filter_map(|(i, s)| s.map(|s| (i, s))) {
        match runs.last_mut() {
            Some(run) if run.second == second && at - run.to <= GAP => run.to = at,
            _ => runs.push(Run { second, from: at, to: at }),
        }
    }
    // One stray window on an edge says nothing.
    runs.retain(|run| run.to - run.from >= 2);
    runs
}

fn pieces(runs: &[Run]) -> Vec<Piece> {
    runs.chunk_by(|a, b| b.second == a.second + 1 && b.from - a.to <= GAP).map(piece).collect()
}

/// The middle of window `n`, in ms.
fn middle(n: usize) -> u64 {
    n as u64 * HOP_MS + 25
}

fn piece(runs: &[Run]) -> Piece {
    let (first, last) = (&runs[0], &runs[runs.len() - 1]);
    let changes: Vec<f64> = runs
        .windows(2)
        .map(|pair| f64::midpoint(middle(pair[0].to) as f64, middle(pair[1].from) as f64))
        .collect();
    let speed = match changes.as_slice() {
        [from, .., to] => (changes.len() - 1) as f64 * 1000.0 / (to - from),
        _ => 1.0,
    };
    let begins = middle(first.from);
    let clock_ms = match changes.first() {
        Some(change) => {
            let whole = f64::from(first.second + 1) * 1000.0;
            (whole - (change - begins as f64) * speed).max(0.0).round() as u64
        }
        None => u64::from(first.second) * 1000,
    };
    Piece {
        heard_at_ms: begins,
        lasts_ms: middle(last.to) - begins,
        clock_ms,
        exact: !changes.is_empty(),
        speed,
    }
}
