//! Whatever is ordered while a low tone plays, nothing clicks: no sample differs from the one before by
//! more than the tone's own slope and that of a fade.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]
#![allow(clippy::print_stdout, reason = "measured numbers are for people")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use std::time::{Duration, Instant};

use latetalk::audio::{Event, Leap, MemoryMedia, Order, Output, PlayState};
use player::{PATIENCE, captured, start};
use rig::wav;

const RATE: u32 = 48_000;
const LOUD: f32 = 0.5;
const HZ: f32 = 50.0;

/// A sine that is never quiet, so that every cut is heard.
fn tone(hz: f32, seconds: u32) -> Vec<u8> {
    let turn = std::f32::consts::TAU * hz / RATE as f32;
    let samples: Vec<f32> =
        (0..RATE * seconds).map(|n| ((n % RATE) as f32 * turn).cos() * LOUD).collect();
    wav(RATE, &samples)
}

/// The steepest step that such a tone, and a fade of 5 ms on top, can make.
fn steepest() -> f32 {
    std::f32::consts::TAU * HZ / RATE as f32 * LOUD + LOUD / (0.005 * RATE as f32)
}

/// Plays the tone, does something meanwhile, and gives the largest step that was heard, how much of
/// the sound was loud, and the last sample.
fn largest_step(orders: impl Fn(&dyn Fn(Order), &dyn Fn(u64))) -> (f32, f32, f32) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.raw");
    let (engine, events) = start(Output::Capture(path.clone()));
    let load = |ticket| Order::Load {
        ticket,
        media: Box::new(MemoryMedia::new(tone(HZ, 20))),
        start_ms: 0,
        until_ms: None,
        play: true,
        duration_hint_ms: None,
        loudness: None,
    };
    engine.send(load(1));
    let begun = Instant::now();
    loop {
        match events.recv_timeout(PATIENCE).unwrap() {
            Event::State { state: PlayState::Playing, .. } => break,
            _ => assert!(begun.elapsed() < PATIENCE),
        }
    }
    // What is measured does not depend on how long this really lasts.
    let rest = |ms| std::thread::sleep(Duration::from_millis(ms));
    rest(80);
    orders(&|order| engine.send(order), &rest);
    rest(80);
    drop(engine);
    let heard = captured(&path);
    let step = heard.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    let audible = heard.iter().filter(|sample| sample.abs() > LOUD / 4.0).count();
    let last = heard.last().copied().unwrap_or(1.0);
    (step, audible as f32 / heard.len() as f32, last.abs())
}

#[test]
fn nothing_clicks() {
    type Doing = fn(&dyn Fn(Order), &dyn Fn(u64));
    let doings: [(&str, Doing); 10] = [
        ("leaving", |_, _| {}),
        ("pause and play", |send, rest| {
            for order in [Order::Pause, Order::Play, Order::Pause, Order::Play] {
                send(order);
                rest(37);
            }
        }),
        ("seek", |send, rest| {
            for ms in [3_003, 9_017, 5_005, 1_111] {
                send(Order::Seek { ms });
                rest(53);
            }
        }),
        ("seek while paused", |send, rest| {
            send(Order::Pause);
            rest(20);
            send(Order::Seek { ms: 7_003 });
            send(Order::Play);
        }),
        ("stop", |send, _| send(Order::Stop)),
        ("volume", |send, rest| {
            for volume in [50, 100, 0, 100, 5, 95] {
                send(Order::Volume(volume));
                rest(23);
            }
        }),
        ("the next recording", |send, rest| {
            for start_ms in [1_003, 2_007] {
                send(Order::Load {
                    ticket: 2,
                    media: Box::new(MemoryMedia::new(tone(HZ, 20))),
                    start_ms,
                    until_ms: None,
                    play: true,
                    duration_hint_ms: None,
                    loudness: None,
                });
                rest(100);
            }
        }),
        ("a passage left out", |send, rest| {
            send(Order::Seek { ms: 4_000 });
            send(Order::Leap(Some(Leap { at: 4_103, to: Some(9_007) })));
            rest(250);
        }),
        ("the end of a range", |send, rest| {
            send(Order::PlayRange { from: 2_003, until: Some(2_107) });
            rest(200);
        }),
        ("a loop", |send, rest| {
            send(Order::Loop { from: 2_003, until: 2_057, at: 2_010 });
            rest(250);
        }),
    ];
    let limit = steepest() * 1.15;
    let threads: Vec<_> = doings
        .into_iter()
        .map(|(name, doing)| (name, std::thread::spawn(move || largest_step(doing))))
        .collect();
    for (name, thread) in threads {
        let (step, loud, last) = thread.join().unwrap();
        println!("{name}: largest step {step:.4} of {limit:.4}, loud {:.0} %", loud * 100.0);
        assert!(step <= limit, "{name}: a step of {step}, not {limit}");
        assert!(loud > 0.05, "{name}: the tone is not heard");
        assert!(last < 0.01, "{name}: the end is cut off at {last}");
    }
}
