//! True peaks below the ceiling, no distortion, no clicks, nothing lost.

use super::*;

const RATE: u32 = 48_000;

fn on() -> Settings {
    Settings { loudness: Some(-16.0), ..Settings::default() }
}

fn chunk(samples: &[f32], at: usize) -> Chunk {
    let both = samples.iter().flat_map(|&sample| [sample, -sample]).collect();
    Chunk::new(both, at as i64 * 20_833, 20_833.0)
}

fn limited(mono: &[f32]) -> Vec<f32> {
    let mut limiter = Limiter::new(RATE, &on());
    let mut out = Vec::new();
    for (index, part) in mono.chunks(700).enumerate() {
        limiter.feed(chunk(part, index * 700), &mut out);
    }
    limiter.finish(&mut out);
    for pair in out.windows(2) {
        let end = pair[0].time as f64 + pair[0].step * pair[0].frames() as f64;
        assert!((end - pair[1].time as f64).abs() < 2.0, "times go on");
    }
    left(&out)
}

fn left(chunks: &[Chunk]) -> Vec<f32> {
    chunks.iter().flat_map(|chunk| chunk.samples.iter().step_by(2).copied()).collect()
}

fn tone(hz: f64, amplitude: f32, frames: usize) -> Vec<f32> {
    let turn = std::f64::consts::TAU * hz / f64::from(RATE);
    (0..frames).map(|n| (n as f64 * turn).sin() as f32 * amplitude).collect()
}

/// Noise that comes in bursts, as far as so loud.
fn bursts(frames: usize, amplitude: f32) -> Vec<f32> {
    let mut seed = 7_u32;
    (0..frames)
        .map(|n| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
            noise * if n / 3_000 % 3 == 1 { amplitude } else { 0.2 }
        })
        .collect()
}

/// The highest true peak, in dB.
fn true_peak(sound: &[f32]) -> f64 {
    let mut meter = ebur128::EbuR128::new(1, RATE, ebur128::Mode::TRUE_PEAK).unwrap();
    meter.add_frames_f32(sound).unwrap();
    20.0 * meter.true_peak(0).unwrap().log10()
}

#[test]
fn nothing_exceeds_the_ceiling_not_even_between_samples() {
    // A quarter of the rate at 45° peaks between its samples only.
    let turn = std::f32::consts::FRAC_PI_2;
    let between: Vec<f32> = (0..48_000).map(|n| ((n as f32 + 0.5) * turn).sin() * 1.3).collect();
    let mut clicks = vec![0.1; 48_000];
    clicks.iter_mut().step_by(1_111).for_each(|sample| *sample = 3.0);
    for (name, sound) in [
        ("tone", tone(997.0, 2.5, 48_000)),
        ("bursts", bursts(96_000, 4.0)),
        ("between", between),
        ("clicks", clicks),
        ("high", tone(11_111.0, 1.7, 48_000)),
    ] {
        let out = limited(&sound);
        assert_eq!(out.len(), sound.len(), "{name}");
        let peak = true_peak(&out);
        assert!(peak <= -0.95, "{name}: {peak} dB");
        assert!(peak > -2.5, "{name} is not lowered more than it must: {peak} dB");
    }
}

#[test]
fn what_is_soft_enough_is_untouched() {
    let sound = tone(440.0, 0.86, 20_000);
    let out = limited(&sound);
    let changed = sound.iter().zip(&out).find(|(one, other)| one.to_bits() != other.to_bits());
    assert_eq!((changed, out.len()), (None, sound.len()));
}

#[test]
fn a_limited_tone_is_not_distorted() {
    for hz in [200.0, 1_000.0, 5_000.0] {
        let out = limited(&tone(hz, 2.0, 96_000));
        let part = &out[24_000..72_000];
        let turn = std::f64::consts::TAU * hz / f64::from(RATE);
        let (mut sine, mut cosine, mut power) = (0.0, 0.0, 0.0);
        for (n, sample) in part.iter().enumerate() {
            let (value, angle) = (f64::from(*sample), n as f64 * turn);
            sine += value * angle.sin();
            cosine += value * angle.cos();
            power += value * value;
        }
        let carried = (sine * sine + cosine * cosine) * 2.0 / part.len() as f64;
        let distortion = ((power - carried).max(0.0) / power).sqrt();
        assert!(distortion < 0.001, "{hz} Hz: {:.4} %", distortion * 100.0);
    }
}

#[test]
fn the_gain_is_down_before_a_peak_and_soon_up_again() {
    let mut sound = tone(1_000.0, 0.5, 48_000);
    for (n, sample) in sound.iter_mut().enumerate().skip(24_000).take(480) {
        *sample = (n as f32 * std::f32::consts::TAU / 48.0).sin() * 2.0;
    }
    let out = limited(&sound);
    let ratio = |at: usize| {
        let peak = |sound: &[f32]| sound[at..at + 48].iter().fold(0.0_f32, |a, b| a.max(b.abs()));
        peak(&out) / peak(&sound)
    };
    assert!(ratio(23_600) > 0.99 && ratio(23_900) < 0.75);
    assert!(ratio(24_480 + 240 + 7_200) > 0.95, "within 150 ms it is nearly as before");
    let steepest = out.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    assert!(steepest < 0.13, "no click: {steepest}");
}

#[test]
fn it_comes_and_goes_without_a_click_and_loses_nothing() {
    let sound = tone(300.0, 1.4, 120_000);
    let mut limiter = Limiter::new(RATE, &Settings::default());
    let mut out = Vec::new();
    for (index, part) in sound.chunks(1_000).enumerate() {
        match index {
            20 => limiter.adjust(&on(), &mut out),
            60 => limiter.adjust(&Settings::default(), &mut out),
            _ => {}
        }
        limiter.feed(chunk(part, index * 1_000), &mut out);
    }
    limiter.finish(&mut out);
    let heard = left(&out);
    assert_eq!(heard.len(), sound.len());
    let top = |at: usize| heard[at..at + 500].iter().fold(0.0_f32, |a, b| a.max(b.abs()));
    assert!(top(10_000) > 1.39 && top(40_000) < 0.892 && top(110_000) > 1.39);
    let steepest =
        |sound: &[f32]| sound.windows(2).map(|two| (two[1] - two[0]).abs()).fold(0.0, f32::max);
    assert!(steepest(&heard) < steepest(&sound) * 1.05);
}
