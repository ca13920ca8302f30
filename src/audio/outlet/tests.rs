//! What comes out of the outlet: fades, jumps, pauses, gaps, and what is told of them.

use super::*;
use crate::audio::deck::{DeckIn, Progress, deck};
use crate::audio::times::Chunk;

const RATE: u32 = 48_000;

fn filled(value: f32, time: i64, urgent: bool) -> (DeckIn, DeckOut, Arc<Progress>) {
    let (mut input, output, progress) = deck(RATE, urgent);
    let mut chunk = Chunk::new(vec![value; 9600], time, 1e9 / 48e3);
    input.push(&mut chunk);
    assert!(chunk.samples.is_empty());
    (input, output, progress)
}

fn playing() -> (Handoff, Outlet, Arc<Controls>) {
    let controls = Arc::new(Controls::default());
    controls.set_volume(100);
    controls.play(true);
    let (handoff, outlet) = outlet(RATE, Arc::clone(&controls));
    (handoff, outlet, controls)
}

#[test]
fn sound_fades_in_and_the_time_is_that_of_the_next_sample() {
    let (mut handoff, mut outlet, _) = playing();
    let (_input, output, progress) = filled(0.5, 7_000_000_000, true);
    assert_eq!(progress.time(), Some(7_000_000_000));
    handoff.give(output);
    let mut out = [9.0; 960];
    assert_eq!(outlet.fill(&mut out), 480);
    assert!(out[0] < 0.01 && out[959] > 0.49);
    assert!(out.windows(3).all(|three| (three[2] - three[0]).abs() < 0.003));
    assert_eq!(progress.played(), 480);
    assert!(progress.time().is_some_and(|time| time.abs_diff(7_010_000_000) <= 1));
}

#[test]
fn an_urgent_deck_takes_over_with_fades_and_nothing_of_the_old_is_heard_after() {
    let (mut handoff, mut outlet, _) = playing();
    let (_old, output, _) = filled(0.5, 0, true);
    handoff.give(output);
    let mut out = [0.0; 960];
    outlet.fill(&mut out);
    let (_new, output, progress) = filled(-0.5, 0, true);
    handoff.give(output);
    let mut out = [0.0; 1920];
    outlet.fill(&mut out);
    assert!(out.windows(3).all(|three| (three[2] - three[0]).abs() < 0.003));
    assert!(out[0] > 0.48 && out[1919] < -0.49);
    assert!(progress.played() > 700);
}

#[test]
fn a_patient_deck_waits_until_it_has_something() {
    let (mut handoff, mut outlet, _) = playing();
    let (_old, output, old) = filled(0.5, 0, true);
    handoff.give(output);
    let (mut input, output, new) = deck(RATE, false);
    handoff.give(output);
    let mut out = [0.0; 960];
    outlet.fill(&mut out);
    // Only the newest deck counts, and before the first one plays it may be the patient one.
    assert_eq!((old.played(), new.played()), (0, 0));
    input.push(&mut Chunk::new(vec![0.1; 960 * 10], 0, 1.0));
    outlet.fill(&mut out);
    assert!(new.played() > 0 && !new.starved());
}

#[test]
fn pausing_loses_no_sample_and_missing_ones_are_told() {
    let (mut handoff, mut outlet, controls) = playing();
    let (input, output, progress) = filled(0.5, 0, true);
    handoff.give(output);
    let mut out = [0.0; 960];
    outlet.fill(&mut out);
    controls.play(false);
    outlet.fill(&mut out);
    let standing = progress.played();
    assert_eq!(outlet.fill(&mut out), 0);
    assert!((480..=960).contains(&standing) && progress.played() == standing);
    controls.play(true);
    let mut heard = Vec::new();
    for _ in 0..12 {
        outlet.fill(&mut out);
        heard.extend_from_slice(&out);
    }
    // What runs low fades, so that the gap does not click.
    let clicks = heard.windows(3).filter(|three| (three[2] - three[0]).abs() > 0.003).count();
    assert_eq!((clicks, heard.last()), (0, Some(&0.0)));
    assert!(progress.starved() && !progress.drained());
    assert_eq!(progress.gaps(), 1);
    input.finish();
    outlet.fill(&mut out);
    assert!(progress.drained() && !progress.starved());
    assert_eq!((progress.played(), progress.gaps()), (4800, 1));
}

#[test]
fn after_a_gap_sound_waits_until_there_is_enough_and_a_pause_is_none() {
    let (mut handoff, mut outlet, controls) = playing();
    let (mut input, output, progress) = filled(0.5, 0, true);
    handoff.give(output);
    let mut out = [0.0; 960];
    (0..20).for_each(|_| _ = outlet.fill(&mut out));
    assert_eq!(progress.gaps(), 1);
    let push = |input: &mut DeckIn, frames: usize| {
        input.push(&mut Chunk { samples: vec![0.5; frames * 2], time: 0, step: 1.0, saved: 0 });
    };
    push(&mut input, 960);
    assert_eq!(outlet.fill(&mut out), 0, "20 ms would only stutter");
    push(&mut input, 4800);
    assert_eq!(outlet.fill(&mut out), 480);
    controls.play(false);
    (0..20).for_each(|_| _ = outlet.fill(&mut out));
    assert!(outlet.rests() && !controls.sounding());
    assert_eq!(progress.gaps(), 1);
}

#[test]
fn dimmed_sound_falls_to_silence_and_comes_back_within_a_second() {
    let (mut handoff, mut outlet, controls) = playing();
    let (mut input, output, _) = deck(RATE, true);
    let feed = |input: &mut DeckIn| {
        input.push(&mut Chunk::new(vec![0.5; 9600], 0, 1.0));
    };
    feed(&mut input);
    handoff.give(output);
    let mut play = |ms: usize| {
        let mut heard = Vec::new();
        for _ in 0..ms / 10 {
            let mut out = [0.0; 960];
            assert_eq!(outlet.fill(&mut out), 480);
            feed(&mut input);
            heard.extend(out.iter().step_by(2).copied());
        }
        let step = heard.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
        (heard.last().copied().unwrap_or_default(), step)
    };
    play(50);
    controls.dim(Some(400));
    let (half, step) = play(200);
    assert!((half - 0.125).abs() < 1e-3, "{half}");
    // A correction on the way goes on from there.
    controls.dim(Some(100));
    let (silent, other) = play(100);
    assert!(silent < 1e-6, "{silent}");
    assert!(step.max(other) < 0.001, "no step is heard");
    assert!(play(50).0 < 1e-6, "it stays silent");
    controls.dim(None);
    assert!(play(500).0 > 0.1);
    assert!((play(500).0 - 0.5).abs() < 1e-3);
}

#[test]
fn sound_that_was_dimmed_and_stopped_is_loud_when_it_goes_on() {
    let (mut handoff, mut outlet, controls) = playing();
    let (_input, output, _) = filled(0.5, 0, true);
    handoff.give(output);
    controls.dim(Some(10));
    let mut out = [0.0; 1920];
    outlet.fill(&mut out);
    assert!(out[1919].abs() < 1e-6);
    controls.play(false);
    controls.dim(None);
    outlet.fill(&mut out);
    assert!(out.iter().all(|sample| sample.abs() < 1e-3), "nothing comes back first");
    controls.play(true);
    outlet.fill(&mut out);
    assert!(out[1919] > 0.49);
}

#[test]
fn without_gaps_sound_stands_at_the_start() {
    let (mut handoff, outlet, _) = playing();
    let mut outlet = outlet.without_gaps();
    let (_old, output, _) = filled(0.5, 0, true);
    handoff.give(output);
    let mut out = [0.0; 960];
    while outlet.fill(&mut out) == 480 {}
    // The one that plays has run dry: it fades before the next takes over.
    let (_new, output, _) = filled(0.25, 0, true);
    handoff.give(output);
    let sound = outlet.fill(&mut out);
    assert!((100..480).contains(&sound), "{sound}");
    assert!(out[..sound * 2].iter().all(|sample| *sample > 0.0));
    assert!((out[sound * 2 - 1] - 0.25).abs() < 0.01);
}
