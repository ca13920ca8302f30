//! While nothing plays no thread of the engine wakes up, not even once.

#![allow(clippy::print_stdout, reason = "who skips says so")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

#[path = "audio_rig/player.rs"]
mod player;
#[path = "audio_rig/rig.rs"]
mod rig;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use latetalk::audio::{Event, Order, Output, PlayState};
use player::{PATIENCE, Player, start};
use rig::{signal, wav, whole};

/// How often each thread of the engine has slept so far; `None` where the system does not say.
fn sleeps() -> Option<BTreeMap<String, u64>> {
    let mut all = BTreeMap::new();
    for task in std::fs::read_dir("/proc/self/task").ok()?.flatten() {
        let name = std::fs::read_to_string(task.path().join("comm")).unwrap_or_default();
        if !name.starts_with("sound") {
            continue;
        }
        let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
        let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        let count = count.and_then(|count| count.trim().parse().ok()).unwrap_or(0);
        all.insert(format!("{} {}", name.trim(), task.file_name().display()), count);
    }
    Some(all)
}

/// Waits until half a second passes in which no thread wakes up.
#[track_caller]
fn comes_to_rest() {
    let until = Instant::now() + PATIENCE;
    let Some(mut before) = sleeps() else {
        println!("skipped: the system does not tell what threads do");
        return;
    };
    assert!(before.len() >= 2, "the threads of the engine are not found: {before:?}");
    loop {
        std::thread::sleep(Duration::from_millis(500));
        let now = sleeps().unwrap();
        if now == before {
            return;
        }
        assert!(Instant::now() < until, "still awake: {before:?} {now:?}");
        before = now;
    }
}

#[test]
fn a_pause_wakes_nobody_and_the_next_key_everybody() {
    let (engine, events) = start(Output::Silent);
    engine.send(whole(wav(48_000, &signal(48_000, 30))));
    let wait_for = |ms: u64| loop {
        match events.recv_timeout(PATIENCE).unwrap() {
            Event::Position { ms: now, .. } if now >= ms => break,
            _ => {}
        }
    };
    wait_for(300);
    engine.send(Order::Pause);
    comes_to_rest();
    engine.send(Order::Seek { ms: 20_000 });
    comes_to_rest();
    engine.send(Order::Play);
    wait_for(20_300);
    engine.send(Order::Stop);
    comes_to_rest();
}

#[test]
fn who_was_never_played_wakes_nobody_and_plays_at_once() {
    let mut player = Player::new(1);
    player.load(&wav(48_000, &signal(48_000, 5)), 1000, None, false);
    player.wait(|event| matches!(event, Event::Loaded { .. }));
    comes_to_rest();
    let pressed = Instant::now();
    player.engine.send(Order::Play);
    player.wait_for(PlayState::Playing);
    // The state is told by a look every 40 ms; the sound is there before.
    assert!(pressed.elapsed() < Duration::from_secs(2), "{:?}", pressed.elapsed());
}
