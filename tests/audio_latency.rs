//! How long it takes from an order to the first sample that obeys it: nothing waits in between but the
//! output's own pace (10 ms here) and fades (5 ms out, 5 ms in).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]
#![allow(clippy::print_stdout, reason = "measured numbers are for people")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use std::path::Path;
use std::sync::mpsc::Receiver;

use latetalk::audio::{Engine, Event, Order, Output};
use player::{PATIENCE, captured, start};
use rig::{wav, whole};

const RATE: u32 = 48_000;
/// Bytes of a frame in the capture.
const FRAME: u64 = 8;

/// Waits until a place between these two, in ms, is told.
fn wait_for(events: &Receiver<Event>, from: u64, until: u64) {
    loop {
        if let Event::Position { ms: now, .. } = events.recv_timeout(PATIENCE).unwrap()
            && (from..until).contains(&now)
        {
            return;
        }
    }
}

/// Frames that were captured before the order was given.
fn give(engine: &Engine, path: &Path, order: Order) -> usize {
    let frames = std::fs::metadata(path).unwrap().len() / FRAME;
    engine.send(order);
    frames as usize
}

/// Milliseconds from there to the first frame that is wanted.
fn ms_until(heard: &[f32], from: usize, wanted: impl Fn(f32) -> bool) -> usize {
    let frames = heard[from..].iter().position(|&sample| wanted(sample)).unwrap();
    frames * 1000 / RATE as usize
}

#[test]
fn a_jump_is_heard_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heard.raw");
    let (engine, events) = start(Output::Capture(path.clone()));
    // The second half of the recording lies below zero.
    let half = RATE as usize * 60;
    let samples: Vec<f32> = (0..2 * half).map(|n| if n < half { 0.5 } else { -0.5 }).collect();
    engine.send(whole(wav(RATE, &samples)));
    let mut jumps = Vec::new();
    for round in 0..4 {
        let there = 90_000 + round * 1000;
        wait_for(&events, 100, 60_000);
        jumps.push(give(&engine, &path, Order::Seek { ms: there }));
        wait_for(&events, there + 100, there + 900);
        engine.send(Order::Seek { ms: 0 });
    }
    drop(engine);
    let heard = captured(&path);
    let first = |from: &usize| ms_until(&heard, *from, |sample| sample < -0.05);
    let mut took: Vec<usize> = jumps.iter().map(first).collect();
    took.sort_unstable();
    println!("from the order to the first sample: {took:?} ms");
    // A busy machine makes some of them late, not all.
    assert!(took[0] <= 30, "{took:?}");
}
