//! What the callback must not do: allocate, free, or wait for anybody.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use allocation_counter::measure;

use super::{Controls, Handoff, Outlet, outlet};
use crate::audio::deck::{DeckIn, Progress, deck};
use crate::audio::samples::Samples;
use crate::audio::times::Chunk;

const RATE: u32 = 48_000;

fn playing() -> (Handoff, Outlet, Arc<Controls>) {
    let controls = Arc::new(Controls::default());
    controls.set_volume(100);
    controls.play(true);
    let (handoff, outlet) = outlet(RATE, Arc::clone(&controls));
    (handoff, outlet, controls)
}

/// Gives a deck with 100 ms in it.
fn give(handoff: &mut Handoff, urgent: bool) -> (DeckIn, Arc<Progress>) {
    let (mut input, output, progress) = deck(RATE, urgent);
    input.push(&mut Chunk { samples: vec![0.5; 9600], time: 0, step: 1.0, saved: 0 });
    handoff.give(output);
    (input, progress)
}

/// Fills 100 ms; neither takes memory nor gives any back.
#[track_caller]
fn fill(outlet: &mut Outlet) {
    let mut out = [0.0; 960];
    let used = measure(|| (0..10).for_each(|_| _ = outlet.fill(&mut out)));
    assert_eq!((used.count_total, used.count_current, used.bytes_current), (0, 0, 0));
}

#[test]
fn whatever_is_played_no_memory_is_taken_or_given_back_in_the_callback() {
    // The counter counts.
    assert_eq!(measure(|| drop(std::hint::black_box(vec![1_u8; 10]))).count_total, 1);
    let (mut handoff, mut outlet, controls) = playing();
    fill(&mut outlet);
    let (first, _) = give(&mut handoff, true);
    fill(&mut outlet);
    // A jump, and a change that waits until it is ready; the worker lets go of the old decks at once.
    let (second, _) = give(&mut handoff, true);
    drop(first);
    fill(&mut outlet);
    let (third, _) = give(&mut handoff, false);
    drop(second);
    fill(&mut outlet);
    controls.set_volume(20);
    controls.play(false);
    fill(&mut outlet);
    // Many jumps at once: all but the last are passed over.
    let decks: Vec<_> = (0..60).map(|_| give(&mut handoff, true)).collect();
    drop(third);
    fill(&mut outlet);
    controls.play(true);
    drop(decks);
    fill(&mut outlet);
    // It runs dry, and the engine goes away.
    fill(&mut outlet);
    drop(handoff);
    fill(&mut outlet);
}

#[test]
fn the_mixer_around_it_takes_no_memory_either_once_it_runs() {
    let (mut handoff, outlet, _) = playing();
    let rate = std::num::NonZero::new(RATE).unwrap();
    let two = std::num::NonZero::new(2).unwrap();
    let (mixer, mut source) = rodio::mixer::mixer(two, rate);
    mixer.add(Samples::new(outlet, rate));
    let _deck = give(&mut handoff, true);
    let mut heard = 0.0_f32;
    (0..2048).for_each(|_| heard = heard.max(source.next().unwrap_or_default()));
    assert!(heard > 0.4);
    let used = measure(|| (0..9600).for_each(|_| _ = source.next()));
    assert_eq!((used.count_total, used.count_current), (0, 0));
}

#[test]
fn nobody_is_waited_for_in_the_callback() {
    let (mut handoff, mut outlet, _) = playing();
    let (_input, progress) = give(&mut handoff, true);
    let (done, ended) = channel();
    // Somebody holds the one lock that a deck has, and does not let go.
    let sound = progress.while_locked(|| {
        std::thread::spawn(move || {
            let mut out = [0.0; 960];
            let sound: usize = (0..10).map(|_| outlet.fill(&mut out)).sum();
            let _ = done.send(sound);
        });
        ended.recv_timeout(Duration::from_secs(10))
    });
    assert_eq!(sound, Ok(4800));
}
