//! Lengths, pitch, level and times at all speeds, and changes of speed without a seam.

use proptest::prelude::*;

use super::*;

const RATE: u32 = 16_000;
const STEP: f64 = 1e9 / RATE as f64;

fn settings(speed: f64) -> Settings {
    Settings { speed, ..Settings::default() }
}

/// Plays mono sound; at each of these frames the speed changes.
fn stretched(mono: &[f32], speed: f64, changes: &[(usize, f64)], part: usize) -> Vec<Chunk> {
    let mut stretcher = Stretcher::new(RATE, speed);
    let mut out = Vec::new();
    for (index, samples) in mono.chunks(part).enumerate() {
        let at = index * part;
        let now = changes.iter().filter(|change| (at..at + part).contains(&change.0));
        for &(_, speed) in now {
            stretcher.adjust(&settings(speed), &mut out);
        }
        let both = samples.iter().flat_map(|&sample| [sample, sample]).collect();
        stretcher.feed(Chunk::new(both, (at as f64 * STEP) as i64, STEP), &mut out);
    }
    stretcher.finish(&mut out);
    out
}

fn left(chunks: &[Chunk]) -> Vec<f32> {
    chunks.iter().flat_map(|chunk| chunk.samples.iter().step_by(2).copied()).collect()
}

fn tone(hz: f64, frames: usize) -> Vec<f32> {
    let turn = std::f64::consts::TAU * hz / f64::from(RATE);
    (0..frames).map(|n| (n as f64 * turn).sin() as f32 * 0.5).collect()
}

/// Pulses of a voice through two formants, its pitch gliding from one to the other.
fn voice(from_hz: f64, to_hz: f64, frames: usize) -> Vec<f32> {
    let (mut phase, mut state) = (0.0_f64, [[0.0_f64; 2]; 2]);
    (0..frames)
        .map(|n| {
            phase += (from_hz + (to_hz - from_hz) * n as f64 / frames as f64) / f64::from(RATE);
            let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
            phase %= 1.0;
            let formants = [(700.0, 0.985), (1_800.0, 0.975)];
            let mut sum = 0.0;
            for (slot, (hz, ring)) in state.iter_mut().zip(formants) {
                let turn = std::f64::consts::TAU * hz / f64::from(RATE);
                let next = pulse + 2.0 * ring * f64::cos(turn) * slot[0] - ring * ring * slot[1];
                *slot = [next, slot[0]];
                sum += next;
            }
            sum as f32 * 0.05
        })
        .collect()
}

/// The pitch of 60 ms of sound: the delay at which it is most like itself.
fn pitch(sound: &[f32]) -> f64 {
    let len = 640;
    let score = |lag: usize| {
        let pairs = sound.iter().take(len).zip(sound.get(lag..).unwrap_or_default());
        let (product, power) =
            pairs.fold((0.0, 1e-9), |(product, power), (a, b)| (product + a * b, power + b * b));
        f64::from(product / power.sqrt())
    };
    let best = (40..200).max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap();
    // A parabola through the top and its neighbours finds it between the samples.
    let (before, top, after) = (score(best - 1), score(best), score(best + 1));
    let shift = (before - after) / (2.0 * (before - 2.0 * top + after));
    f64::from(RATE) / (best as f64 + shift)
}

#[test]
fn the_length_is_exact_at_any_speed_however_short_the_range() {
    for speed in [0.5, 0.8, 1.05, 1.25, 2.0, 2.95, 3.0] {
        for frames in [1, 100, 333, 4_000, 16_000, 64_000] {
            let out = stretched(&tone(220.0, frames), speed, &[], 1000);
            let given: usize = out.iter().map(Chunk::frames).sum();
            let wanted = (frames as f64 / speed).round() as usize;
            assert_eq!(given, wanted, "{frames} frames at {speed}");
            let end =
                out.last().map_or(0.0, |last| last.time as f64 + last.step * last.frames() as f64);
            assert!((end - frames as f64 * STEP).abs() <= STEP * speed, "{frames} at {speed}");
        }
    }
}

#[test]
fn a_voice_keeps_its_pitch_at_any_speed() {
    let frames = RATE as usize * 2;
    let sound = voice(105.0, 190.0, frames);
    for step in 0..=50 {
        let speed = 0.5 + f64::from(step) * 0.05;
        let out = left(&stretched(&sound, speed, &[], 512));
        let mut errors: Vec<f64> = (1..30)
            .map(|n| {
                let at = out.len() * n / 31;
                let expected = 105.0 + 85.0 * (at as f64 + 400.0) * speed / frames as f64;
                (pitch(&out[at..]) / expected - 1.0).abs()
            })
            .collect();
        errors.sort_by(f64::total_cmp);
        assert!(errors[14] < 0.01, "{speed:.2}: half of the errors above {}", errors[14]);
    }
}

#[test]
fn a_tone_keeps_its_level() {
    for speed in [0.5, 0.75, 1.3, 2.0, 3.0] {
        let out = left(&stretched(&tone(440.0, 32_000), speed, &[], 777));
        let power = out.iter().map(|sample| sample * sample).sum::<f32>() / out.len() as f32;
        assert!((power.sqrt() - 0.3536).abs() < 0.01, "{speed}: {}", power.sqrt());
    }
}

/// Clicks every half second, stretched: where they are then, in seconds, with the time of the
/// recording that belongs there.
fn clicks(speed: f64) -> Vec<(f64, f64)> {
    let sound: Vec<f32> = (0..RATE as usize * 4)
        .map(|n| {
            let since = n % (RATE as usize / 2);
            (since as f32 * 1.1).sin() * (-(since as f32) / 40.0).exp()
        })
        .collect();
    let mut found: Vec<(f64, f64)> = Vec::new();
    let mut frame = 0;
    for chunk in stretched(&sound, speed, &[], 500) {
        for place in 0..chunk.frames() {
            let now = f64::from(frame) / f64::from(RATE);
            let fresh = found.last().is_none_or(|last| now > last.0 + 0.05);
            if chunk.samples[place * 2] > 0.5 && fresh {
                found.push((now, (chunk.time as f64 + place as f64 * chunk.step) / 1e9));
            }
            frame += 1;
        }
    }
    found
}

#[test]
fn times_are_those_of_what_is_heard() {
    for speed in [0.5, 0.8, 1.25, 2.0, 3.0] {
        let found = clicks(speed);
        // From twice the speed on at least half of the sound is left out, and clicks with it.
        assert!(found.len() >= if speed < 2.0 { 7 } else { 2 }, "{speed}: {found:?}");
        for (heard, time) in found {
            let nearest = (time * 2.0).round() / 2.0;
            // The search may move sound by up to 12 ms of the recording.
            assert!((time - nearest).abs() < 0.016, "{speed}: {heard} {time}");
        }
    }
}

#[test]
fn a_change_of_speed_has_no_seam() {
    // A slow loud wave rises by at most 0.035 a frame; a hard cut would jump by up to 1.
    let sound = tone(180.0, 64_000);
    let steepest =
        |sound: &[f32]| sound.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    let own = steepest(&sound);
    for (first, second) in [(1.0, 1.5), (1.5, 1.0), (2.0, 3.0), (3.0, 0.5), (0.5, 1.0), (1.0, 0.55)]
    {
        let out = stretched(&sound, first, &[(20_100, second), (41_777, first)], 333);
        let samples = left(&out);
        let jump = steepest(&samples);
        assert!(jump < own * 1.3, "{first} to {second}: {jump} instead of {own}");
        let mut time = 0.0;
        for chunk in &out {
            let begin = chunk.time as f64;
            assert!((begin - time).abs() < 2.0 * STEP, "{first} to {second}: {begin} {time}");
            time = begin + chunk.step * chunk.frames() as f64;
        }
    }
}

#[test]
fn at_its_own_speed_the_sound_is_untouched() {
    let sound = voice(120.0, 130.0, 20_000);
    assert_eq!(left(&stretched(&sound, 1.0, &[], 480)), sound);
}

#[test]
fn both_channels_stay_apart() {
    let mut stretcher = Stretcher::new(RATE, 1.7);
    let mut out = Vec::new();
    let samples = (0..RATE).flat_map(|n| [(n as f32 * 0.2).sin(), 0.0]).collect();
    stretcher.feed(Chunk::new(samples, 0, 62_500.0), &mut out);
    stretcher.finish(&mut out);
    assert!(out.iter().flat_map(|chunk| chunk.samples.chunks(2)).all(|frame| frame[1] == 0.0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn times_run_on_and_nothing_is_lost_whatever_the_speeds(
        frames in 1_usize..30_000,
        part in 1_usize..4_000,
        first in 50_u16..=300,
        changes in prop::collection::vec((0_usize..30_000, 50_u16..=250), 0..4),
        seed in 0_u32..1000,
    ) {
        let mut state = seed;
        let sound: Vec<f32> = (0..frames).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as f32 / u32::MAX as f32 - 0.5
        }).collect();
        let changes: Vec<(usize, f64)> =
            changes.into_iter().map(|(at, speed)| (at, f64::from(speed) / 100.0)).collect();
        let out = stretched(&sound, f64::from(first) / 100.0, &changes, part.max(10));
        let (mut time, mut given) = (0.0, 0.0);
        for chunk in &out {
            prop_assert!(chunk.samples.iter().all(|sample| sample.abs() <= 0.75));
            prop_assert!((chunk.time as f64 - time).abs() < 2.0 * STEP);
            time = chunk.time as f64 + chunk.step * chunk.frames() as f64;
            given += chunk.step * chunk.frames() as f64;
        }
        let whole = frames as f64 * STEP;
        prop_assert!((time - whole).abs() < 4.0 * STEP, "ends at {time} of {whole}");
        prop_assert!((given - whole).abs() < 8.0 * STEP, "stands for {given} of {whole}");
    }
}
