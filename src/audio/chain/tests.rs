//! The whole chain: untouched sound, changes without a seam, times and lengths whatever is set.

use proptest::prelude::*;

use super::*;

fn chain(settings: Settings, output_rate: u32) -> Chain {
    Chain::new(settings, output_rate, Rc::default())
}

fn block(rate: u32, at: usize, mono: &[f32]) -> Block {
    let start = super::super::block::frames_to_nanos(at as i64, rate);
    Block { rate, channels: 1, start, samples: mono.to_vec() }
}

/// Plays mono sound in blocks of so many frames; before some of them the settings change.
fn played(mono: &[f32], rate: u32, part: usize, settings: &[(usize, Settings)]) -> Vec<Chunk> {
    let first = settings.first().map(|first| first.1).unwrap_or_default();
    let mut chain = chain(first, 48_000);
    let mut out = Vec::new();
    for (index, samples) in mono.chunks(part).enumerate() {
        for (_, settings) in settings.iter().filter(|change| change.0 == index) {
            out.extend(chain.adjust(*settings));
        }
        out.extend(chain.feed(block(rate, index * part, samples)));
    }
    out.extend(chain.finish());
    out
}

fn left(chunks: &[Chunk]) -> Vec<f32> {
    chunks.iter().flat_map(|chunk| chunk.samples.iter().step_by(2).copied()).collect()
}

fn all_on(speed: f64) -> Settings {
    Settings { speed, trim: Trim::Strong, loudness: Some(-16.0), voice_boost: true }
}

#[test]
fn sound_passes_untouched_while_nothing_is_asked_for() {
    let sound: Vec<f32> = (0..20_000).map(|n| ((n * n % 977) as f32 / 977.0) - 0.5).collect();
    assert_eq!(left(&played(&sound, 48_000, 1_152, &[])), sound);
}

#[test]
fn what_is_next_to_nothing_becomes_nothing() {
    // Decoders fade into such numbers, which cost a processor ten times as much.
    let mut sound = vec![0.5; 4_800];
    sound.extend((0..48_000).map(|n| 1e-30 * 0.999_f32.powi(n)));
    let out =
        left(&played(&sound, 48_000, 1_152, &[(0, Settings { trim: Trim::Off, ..all_on(1.0) })]));
    assert!(out.iter().rev().take(4_800).all(|sample| sample.to_bits() << 1 == 0));
}

#[test]
fn samples_that_are_no_numbers_do_no_harm() {
    let mut sound = vec![0.1; 96_000];
    sound[10_000..10_004].copy_from_slice(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30]);
    let out = left(&played(&sound, 44_100, 1_000, &[(0, all_on(1.5))]));
    assert!(out.iter().all(|sample| sample.is_finite() && sample.abs() <= 1.0));
    assert!(out[out.len() - 2_000..].iter().any(|sample| sample.abs() > 0.0));
}

#[test]
fn a_change_while_playing_neither_clicks_nor_loses_anything() {
    // A voice-like wave that rises by at most 0.03 a frame.
    let turn = 150.0 * std::f32::consts::TAU / 44_100.0;
    let sound: Vec<f32> = (0..44_100 * 4).map(|n| (n as f32 * turn).sin() * 0.6).collect();
    let plain = Settings::default();
    let steepest =
        |sound: &[f32]| sound.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    let own = steepest(&left(&played(&sound, 44_100, 1_152, &[])));
    for other in [
        Settings { speed: 1.35, ..plain },
        Settings { trim: Trim::Strong, ..plain },
        Settings { loudness: Some(-24.0), ..plain },
        Settings { voice_boost: true, ..plain },
        all_on(2.0),
    ] {
        let changes = [(0, plain), (40, other), (80, plain), (100, other), (103, plain)];
        let out = played(&sound, 44_100, 1_152, &changes);
        let jump = steepest(&left(&out));
        assert!(jump < own * 1.35, "{other:?}: {jump} instead of {own}");
        let mut time = 0.0;
        for chunk in &out {
            let gap = chunk.time as f64 - time;
            assert!(gap.abs() < 60_000.0, "{other:?}: {gap} ns between {time} and what follows");
            time = chunk.time as f64 + chunk.step * chunk.frames() as f64;
        }
        assert!((time - 4e9).abs() < 100_000.0, "{other:?}: it ends at {time}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn times_run_on_and_the_length_is_what_it_should_be(
        parts in prop::collection::vec((20_usize..900, 0_u8..6), 1..7),
        rate in prop::sample::select(vec![16_000_u32, 22_050, 44_100, 48_000]),
        strength in 0_usize..4,
        speed in 50_u32..=300,
        boost in any::<bool>(),
        target in prop::option::of(-30_i8..-8),
    ) {
        let trim = [Trim::Off, Trim::Gentle, Trim::Medium, Trim::Strong][strength];
        let speed = f64::from(speed) / 100.0;
        let loudness = target.map(f64::from);
        let settings = Settings { speed, trim, loudness, voice_boost: boost };
        let mut seed = 3_u32;
        let mut sound = Vec::new();
        for (ms, level) in parts {
            let amplitude = 0.9 / 8_f32.powi(level.into());
            sound.extend((0..ms * rate as usize / 1000).map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed as f32 / u32::MAX as f32 - 0.5) * amplitude
            }));
        }
        let whole = sound.len() as f64 * 1e9 / f64::from(rate);
        // Sped up, a frame stands for so much of the recording, and the last one may be a part of one.
        let frame = speed * 1e9 / f64::from(rate);
        let out = played(&sound, rate, 1_024, &[(0, settings)]);
        let (mut before, mut saved, mut frames) = (-1.0, 0, 0);
        for chunk in &out {
            prop_assert!(chunk.time as f64 >= before - 60_000.0, "{} after {before}", chunk.time);
            prop_assert!(chunk.saved >= saved);
            before = chunk.time as f64 + chunk.step * chunk.frames() as f64;
            (saved, frames) = (chunk.saved, frames + chunk.frames());
            prop_assert!(before <= whole + frame, "{before} of {whole}");
        }
        let expected = (whole - saved as f64) / speed;
        let given = frames as f64 * 1e9 / 48_000.0;
        prop_assert!((given - expected).abs() < 100_000.0, "{given} instead of {expected}");
    }
}
