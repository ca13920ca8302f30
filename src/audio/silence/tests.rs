//! What is kept of pauses, what is not silence, what is counted, and that cuts do not click.

use proptest::prelude::*;

use super::*;

const RATE: u32 = 8000;
const STEP: f64 = 125_000.0;

fn memory() -> Rc<RefCell<Memory>> {
    Rc::default()
}

/// Noise in parts of (ms, amplitude).
fn noise(parts: &[(usize, f32)]) -> Vec<f32> {
    let mut seed = 1_u32;
    let mut out = Vec::new();
    for &(ms, amplitude) in parts {
        out.extend((0..ms * 8).map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed as f32 / u32::MAX as f32 - 0.5) * amplitude
        }));
    }
    out
}

fn run(trimmer: &mut Trimmer, mono: &[f32]) -> Vec<Chunk> {
    let mut out = Vec::new();
    for (index, part) in mono.chunks(576).enumerate() {
        let time = ((index * 576) as f64 * STEP) as i64;
        let both = part.iter().flat_map(|&sample| [sample, sample]).collect();
        trimmer.feed(Chunk::new(both, time, STEP), &mut out);
    }
    trimmer.finish(&mut out);
    out
}

/// How many ms are left.
fn left(parts: &[(usize, f32)], trim: Trim) -> (usize, Vec<Chunk>) {
    let out = run(&mut Trimmer::new(RATE, trim, memory()), &noise(parts));
    (out.iter().map(Chunk::frames).sum::<usize>() / 8, out)
}

#[test]
fn each_strength_keeps_what_it_should_of_a_pause() {
    for (trim, pause, kept) in [
        (Trim::Gentle, 590, 590),
        (Trim::Gentle, 1_000, 300),
        (Trim::Medium, 280, 280),
        (Trim::Medium, 1_000, 200),
        (Trim::Strong, 160, 160),
        (Trim::Strong, 1_000, 100),
        (Trim::Off, 9_000, 9_000),
    ] {
        let (left, out) = left(&[(2_000, 0.5), (pause, 0.001), (500, 0.5)], trim);
        assert!(left.abs_diff(2_500 + kept) <= 20, "{trim:?}, {pause} ms: {left}");
        let last = out.last().unwrap();
        let end = last.time as f64 + last.frames() as f64 * STEP;
        let whole = (2_500 + pause) as f64 * 1e6;
        assert!((end - whole).abs() < 1e6, "times jump with the cut: {end} {whole}");
        let given = left as f64 * 1e6;
        assert!((given + last.saved as f64 - whole).abs() < 1e3, "what is saved is counted");
    }
}

#[test]
fn even_sound_stays_whatever_it_is() {
    for trim in [Trim::Gentle, Trim::Strong] {
        assert_eq!(left(&[(4_000, 0.1)], trim).0, 4_000);
        assert_eq!(left(&[(3_000, 0.0)], trim).0, 3_000, "nothing to compare silence with");
    }
}

#[test]
fn however_long_a_pause_is_it_goes_and_soft_talk_after_loud_music_stays() {
    let (ms, _) = left(&[(2_000, 0.5), (40_000, 0.001), (2_000, 0.5)], Trim::Medium);
    assert!(ms.abs_diff(4_200) <= 20, "{ms}");
    // 37 dB softer than the music, with pauses another 20 dB below.
    let talk = [(250, 0.012), (120, 0.001)].repeat(60);
    let (ms, out) = left(&[vec![(8_000, 0.9)], talk].concat(), Trim::Medium);
    let late = out.iter().filter(|chunk| chunk.time > 22_000_000_000);
    let late: usize = late.map(Chunk::frames).sum();
    assert!(late + 400 > 8_200 * 8, "after ten seconds it is known: {late} of {ms} ms");
}

#[test]
fn a_noisy_room_is_trimmed_too_and_soft_sounds_are_not() {
    let talk = |floor: f32, soft: f32| {
        let words = [(700, 0.5), (120, soft), (600, 0.4), (500, floor)];
        left(&words.repeat(4), Trim::Medium).0
    };
    // The room is 40 dB below the voice, softly spoken parts are 25 dB below it.
    let whole = (700 + 120 + 600 + 500) * 4;
    assert!(talk(0.005, 0.028).abs_diff(whole - 4 * 300) <= 100);
    assert_eq!(talk(0.06, 0.06), whole, "what is only 18 dB softer may be speech");
}

#[test]
fn after_a_seek_the_room_is_still_known() {
    let shared = memory();
    run(&mut Trimmer::new(RATE, Trim::Medium, Rc::clone(&shared)), &noise(&[(4_000, 0.5)]));
    let pause = noise(&[(1_000, 0.001), (500, 0.5)]);
    let out = run(&mut Trimmer::new(RATE, Trim::Medium, shared), &pause);
    let frames: usize = out.iter().map(Chunk::frames).sum();
    assert!(frames.abs_diff(700 * 8) <= 160, "{frames}");
    // Nothing is known at first: half a second of voice is enough.
    let (ms, _) = left(&[(500, 0.5), (1_000, 0.001), (500, 0.5)], Trim::Medium);
    assert!(ms.abs_diff(1_200) <= 20, "{ms}");
}

#[test]
fn music_fades_out_and_in_to_its_last_note() {
    let fade = |from: f32, to: f32, ms: usize| {
        let step = |n: usize| from * (to / from).powf(n as f32 * 10.0 / ms as f32);
        (0..ms / 10).map(|n| (10, step(n))).collect::<Vec<_>>()
    };
    for ms in [4_000, 8_000] {
        let music = [vec![(4_000, 0.5)], fade(0.5, 0.003, ms)].concat();
        assert_eq!(left(&music, Trim::Medium).0, 4_000 + ms, "out within {ms} ms");
    }
    let talk = [(1_500, 0.5), (400, 0.0003)].repeat(3);
    let before = left(&talk, Trim::Medium).0;
    let music = [talk, fade(0.003, 0.5, 4_000)].concat();
    let after = left(&music, Trim::Medium).0;
    // It comes from 44 dB below the voice; the first 9 of them are as soft as silence.
    assert!(after + 900 >= before + 4_000, "{before} {after}");
}

#[test]
fn cuts_do_not_click() {
    // Hum all the way through: a cut without a fade would jump.
    let turn = 100.0 * std::f32::consts::TAU / 8000.0;
    let talk = noise(&[(2_000, 0.5), (777, 0.0), (800, 0.5), (1_313, 0.0), (100, 0.5)]);
    let sound: Vec<f32> = talk
        .iter()
        .enumerate()
        .map(|(n, sample)| sample + (n as f32 * turn).sin() * 0.005)
        .collect();
    let out = run(&mut Trimmer::new(RATE, Trim::Strong, memory()), &sound);
    let heard: Vec<f32> = out.iter().flat_map(|c| c.samples.iter().step_by(2).copied()).collect();
    assert!(heard.len() + 8 * 1_700 < sound.len());
    let quiet = heard.windows(3).filter(|three| three.iter().all(|sample| sample.abs() < 0.006));
    let steepest = quiet.map(|three| (three[2] - three[1]).abs()).fold(0.0, f32::max);
    assert!(steepest < 0.0008, "{steepest}");
}

#[test]
fn strengths_change_while_it_is_silent() {
    let pause = noise(&[(1_000, 0.5), (2_000, 0.001), (500, 0.5)]);
    let all = [Trim::Off, Trim::Gentle, Trim::Medium, Trim::Strong];
    for (one, other) in all.iter().flat_map(|one| all.map(|other| (*one, other))) {
        for change in [8_960, 9_600, 16_000] {
            let mut trimmer = Trimmer::new(RATE, one, memory());
            let mut out = Vec::new();
            for (index, part) in pause.chunks(320).enumerate() {
                if index * 320 == change {
                    let settings = Settings { trim: other, ..Settings::default() };
                    trimmer.adjust(&settings, &mut out);
                }
                let both = part.iter().flat_map(|&sample| [sample, sample]).collect();
                let time = ((index * 320) as f64 * STEP) as i64;
                trimmer.feed(Chunk::new(both, time, STEP), &mut out);
            }
            trimmer.finish(&mut out);
            assert!(out.windows(2).all(|two| two[0].time < two[1].time), "{one:?} {other:?}");
            let given: usize = out.iter().map(Chunk::frames).sum();
            let saved = out.last().map_or(0, |chunk| chunk.saved);
            let whole = given as f64 * STEP + saved as f64;
            assert!((whole - 3_500e6).abs() < 1e3, "{one:?} {other:?}: {whole}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_heard_and_what_is_saved_make_up_the_whole(
        parts in prop::collection::vec((5_usize..1_200, 0_u8..6), 1..12),
        strength in 0_usize..4,
    ) {
        let parts: Vec<(usize, f32)> =
            parts.into_iter().map(|(ms, level)| (ms, 0.9 / 8_f32.powi(level.into()))).collect();
        let trim = [Trim::Off, Trim::Gentle, Trim::Medium, Trim::Strong][strength];
        let whole: usize = parts.iter().map(|(ms, _)| ms * 8).sum();
        let (_, out) = left(&parts, trim);
        let (mut time, mut saved) = (0.0, 0);
        for chunk in &out {
            let left_out = (chunk.saved - saved) as f64;
            prop_assert!(left_out >= 0.0);
            prop_assert!((chunk.time as f64 - time - left_out).abs() < 1e3, "a jump is a cut");
            (time, saved) = (chunk.time as f64 + chunk.frames() as f64 * STEP, chunk.saved);
        }
        let given: usize = out.iter().map(Chunk::frames).sum();
        prop_assert!((given as f64 * STEP + saved as f64 - whole as f64 * STEP).abs() < 1e3);
        prop_assert!(time <= whole as f64 * STEP + 1e3);
    }
}
