//! How loud the output is with everything on, measured by `ffmpeg`, and what the resampler adds.

use std::process::{Command, Stdio};

use ebur128::{EbuR128, Mode};

use super::*;
use crate::audio::loudness::Loudness;

const RATE: u32 = 24_000;

/// Somebody who talks, in two channels, at that loudness: syllables of a buzzing voice with noise,
/// louder and softer ones, and a breath after every eight.
fn talk(seconds: usize, lufs: f64, mono: bool) -> Vec<f32> {
    let (mut seed, mut last) = (5_u32, [0.0; 2]);
    let mut out = Vec::new();
    for n in 0..RATE as usize * seconds {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
        let time = n as f32 / RATE as f32;
        let syllable = (time * 5.0) as usize;
        let swell = (time * 5.0 % 1.0 * std::f32::consts::PI).sin();
        let level = [1.0, 0.5, 0.8, 0.3, 0.9, 0.6, 0.4, 0.0][syllable % 8] * swell;
        let pulse = if n % 200 == 0 { level * 3.0 } else { 0.0 };
        let voice = pulse + 1.9 * last[0] - 0.94 * last[1];
        last = [voice, last[0]];
        let side = if mono { 0.0 } else { noise * 0.1 * level };
        out.extend([voice + noise * 0.05 * level + side, voice - side]);
    }
    let gain = super::super::loudness::factor(lufs - measured(&out, RATE));
    out.iter().map(|sample| (sample * gain).clamp(-1.0, 1.0)).collect()
}

fn measured(stereo: &[f32], rate: u32) -> f64 {
    let mut meter = EbuR128::new(2, rate, Mode::I).unwrap();
    meter.add_frames_f32(stereo).unwrap();
    meter.loudness_global().unwrap()
}

/// Integrated loudness and true peak in the words of `ffmpeg`; `None` where there is none.
fn judged(stereo: &[f32]) -> Option<(f64, f64)> {
    let mut child = Command::new("ffmpeg")
        .args(["-hide_banner", "-nostats", "-f", "f32le", "-ar", "48000", "-ac", "2", "-i", "-"])
        .args(["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().unwrap();
    let bytes: Vec<u8> = stereo.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    std::io::Write::write_all(&mut input, &bytes).unwrap();
    drop(input);
    let told = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    let number = |name: &str| {
        let line = told.lines().rev().find(|line| line.trim_start().starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    Some((number("I:")?, number("Peak:")?))
}

/// What the chain makes of sound, from so many seconds of it on.
fn made(stereo: &[f32], settings: Settings, known: Option<f64>, from: f64) -> Vec<f32> {
    let memory = Rc::new(RefCell::new(Memory::default()));
    memory.borrow_mut().meter.known =
        known.map(|lufs| Loudness { lufs: lufs as f32, peak: 0.0, bytes: 0 });
    let mut chain = Chain::new(settings, 48_000, memory);
    let mut out = Vec::new();
    for (index, part) in stereo.chunks(2 * 1_152).enumerate() {
        let start = super::super::block::frames_to_nanos(index as i64 * 1_152, RATE);
        let block = Block { rate: RATE, channels: 2, start, samples: part.to_vec() };
        out.extend(chain.feed(block));
    }
    out.extend(chain.finish());
    let late = out.into_iter().filter(|chunk| chunk.time as f64 >= from * 1e9);
    late.flat_map(|chunk| chunk.samples).collect()
}

#[test]
fn the_output_is_as_loud_as_asked_for_and_peaks_stay_below() {
    let Some(_) = judged(&[0.0; 960]) else {
        println!("skipped: no ffmpeg");
        return;
    };
    println!("input LUFS  channels  target  how    output LUFS  true peak");
    for (lufs, mono, target, live) in [
        (-30.0, true, -16.0, None),
        (-30.0, false, -16.0, None),
        (-24.0, false, -16.0, Some(12)),
        (-18.0, true, -16.0, Some(6)),
        (-18.0, false, -23.0, None),
        (-8.0, true, -16.0, Some(12)),
        (-8.0, false, -14.0, None),
    ] {
        let settings = Settings { loudness: Some(target), ..Settings::default() };
        // While it plays the gain has to be found first.
        let from = live.unwrap_or(0);
        let sound = talk(from + 4, lufs, mono);
        let known = live.is_none().then(|| measured(&sound, RATE));
        let out = made(&sound, settings, known, from as f64);
        let (loud, peak) = judged(&out).unwrap();
        let how = if live.is_some() { "live" } else { "known" };
        let channels = if mono { 1 } else { 2 };
        println!("{lufs}  {channels}  {target}  {how}  {loud}  {peak}");
        assert!((loud - target).abs() < 1.0, "{lufs} to {target}, {how}: {loud} LUFS");
        assert!(peak <= -0.9, "{lufs} to {target}, {how}: {peak} dB");
    }
}

#[test]
fn the_boost_leaves_the_level_sane() {
    println!("input LUFS  loudness  output LUFS, boosted");
    for (lufs, loudness, expected) in [
        (-16.0, None, -16.0),
        (-30.0, Some(-16.0), -16.0),
        (-10.0, Some(-16.0), -16.0),
        // A third of what is above −24 stays, and 5.3 dB are made up for.
        (-10.0, None, -14.0),
        (-27.0, None, -21.0),
    ] {
        let settings = Settings { loudness, voice_boost: true, ..Settings::default() };
        let sound = talk(5, lufs, false);
        let known = measured(&sound, RATE);
        let out = made(&sound, settings, Some(known), 1.0);
        let loud = measured(&out, 48_000);
        println!("{lufs}  {loudness:?}  {loud:.1}");
        assert!((loud - expected).abs() < 1.6, "{lufs}, {loudness:?}: {loud}");
    }
}

#[test]
fn the_resampler_adds_next_to_nothing() {
    for (from, hz, least) in [
        (44_100, 1_000.0, 80.0),
        (44_100, 10_000.0, 80.0),
        (22_050, 1_000.0, 80.0),
        (32_000, 5_000.0, 80.0),
    ] {
        let turn = std::f64::consts::TAU * hz / f64::from(from);
        let tone = |n: usize| [(n as f64 * turn).sin() as f32 * 0.5; 2];
        let samples: Vec<f32> = (0..from as usize).flat_map(tone).collect();
        let mut chain = Chain::new(Settings::default(), 48_000, Rc::default());
        let block = Block { rate: from, channels: 2, start: 0, samples };
        let mut out = chain.feed(block);
        out.extend(chain.finish());
        let heard: Vec<f64> = out
            .iter()
            .flat_map(|chunk| chunk.samples.iter().step_by(2).map(|sample| f64::from(*sample)))
            .collect();
        let (mut sine, mut cosine, mut power) = (0.0, 0.0, 0.0);
        let part = heard.get(9_600..38_400).unwrap();
        let turn = std::f64::consts::TAU * hz / 48_000.0;
        for (n, sample) in part.iter().enumerate() {
            sine += sample * (n as f64 * turn).sin();
            cosine += sample * (n as f64 * turn).cos();
            power += sample * sample;
        }
        let tone = (sine * sine + cosine * cosine) * 2.0 / part.len() as f64;
        let ratio = 10.0 * (tone / (power - tone).max(1e-15)).log10();
        println!("{from} Hz, tone of {hz} Hz: {ratio:.0} dB above what is added");
        assert!(ratio > least, "{from} Hz, tone of {hz} Hz: {ratio:.1} dB");
    }
}
