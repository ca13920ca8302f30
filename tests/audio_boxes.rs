//! MP4 files as tools of all ages write them: wide boxes, tables anywhere, edits, no tables at all.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails in a test fails the test, and it says what it measured"
)]

#[path = "audio_rig/boxes.rs"]
mod boxes;
#[path = "audio_rig/place.rs"]
mod place;
#[path = "audio_rig/rig.rs"]
mod rig;

use boxes::{edit_lists, leaf, widened};
use latetalk::audio::{MemoryMedia, probe};
use place::{cut, late, places};
use rig::{encode, signal, wav};

const RATE: u32 = 44_100;

fn recording() -> Option<(Vec<f32>, Vec<u8>)> {
    let whole = signal(RATE, 5);
    let file = encode(&wav(RATE, &whole), "a.m4a", &["-c:a", "aac", "-b:a", "96k"])?;
    Some((whole, file))
}

/// Every place `made` ms into the recording sounds as the whole at the same place minus `shift` ms.
#[track_caller]
fn fits(file: &[u8], whole: &[f32], from: u64, until: u64, shift: i64) {
    for place in places(20, until - from - 60).into_iter().map(|place| place + from) {
        let (_, heard) = cut(file, place, place + 60);
        let at = (place as i64 - shift) * 441 / 10;
        if at < 2000 {
            continue;
        }
        let (off, fit) = late(&heard, whole, at as usize, 0);
        assert!(off.abs() <= 4 && fit > 0.8, "at {place} ms: {off} frames, {fit:.2}");
    }
}

fn length(file: &[u8]) -> Option<u64> {
    let about = probe(Box::new(MemoryMedia::new(file.to_vec()))).unwrap();
    assert!(about.exact, "{about:?}");
    about.duration_ms
}

#[test]
fn sixty_four_bit_boxes_are_followed() {
    let Some((whole, file)) = recording() else { return };
    let wide = widened(&file);
    assert_ne!(wide.len(), file.len());
    assert!(leaf(&wide, *b"co64") && !leaf(&wide, *b"stco"));
    assert_eq!(length(&wide), Some(5000));
    fits(&wide, &whole, 0, 5000, 0);
}

#[test]
fn silence_in_the_edit_list_is_heard_as_silence() {
    let Some((whole, file)) = recording() else { return };
    // 700 ms of nothing, then all of it.
    let edited = edit_lists(&file, &[(700, -1), (5000, 1024)]);
    assert_eq!(length(&edited), Some(5700));
    let (_, heard) = cut(&edited, 100, 650);
    assert!(heard.iter().all(|sample| *sample == 0.0));
    let (_, all) = cut(&edited, 0, 60_000);
    assert!(all.len().abs_diff(57 * 4410) <= 1, "{}", all.len());
    fits(&edited, &whole, 750, 5700, 700);
}

#[test]
fn several_passages_follow_each_other_as_the_edit_list_says() {
    let Some((whole, file)) = recording() else { return };
    // From second 3 to 4.5, then from second 1 to 2.
    let media = |second: u32| (second * RATE + 1024) as i32;
    let edited = edit_lists(&file, &[(1500, media(3)), (1000, media(1))]);
    assert_eq!(length(&edited), Some(2500));
    let (_, all) = cut(&edited, 0, 60_000);
    assert!(all.len().abs_diff(25 * 4410) <= 2, "{}", all.len());
    fits(&edited, &whole, 0, 1500, -3000);
    fits(&edited, &whole, 1500, 2500, 500);
    let (_, across) = cut(&edited, 1450, 1550);
    let (off, fit) = late(&across[..2000], &whole, 4450 * 441 / 10, 0);
    assert!(off.abs() <= 4 && fit > 0.8, "{off} {fit:.2}");
    let (off, fit) = late(&across[2300..], &whole, 1000 * 441 / 10 + 95, 0);
    assert!(off.abs() <= 4 && fit > 0.8, "{off} {fit:.2}");
}

#[test]
fn an_edit_that_was_cut_in_two_is_one() {
    let Some((whole, file)) = recording() else { return };
    let edited = edit_lists(&file, &[(2000, 1024), (3000, 1024 + 2 * RATE as i32)]);
    assert_eq!(length(&edited), Some(5000));
    assert_eq!(cut(&edited, 1900, 2100).1, cut(&file, 1900, 2100).1);
    fits(&edited, &whole, 0, 5000, 0);
}

#[test]
fn a_list_that_makes_no_sense_does_not_keep_it_from_playing() {
    let Some((_, file)) = recording() else { return };
    for list in [
        &[(u32::MAX, i32::MAX), (u32::MAX, i32::MAX)][..],
        &[(u32::MAX, -1), (u32::MAX, -1)],
        &[(0, -1), (0, 0)],
        &[(1, 1); 900],
    ] {
        let edited = edit_lists(&file, list);
        let about = probe(Box::new(MemoryMedia::new(edited.clone()))).unwrap();
        assert!(about.duration_ms.is_some(), "{about:?}");
        let (_, heard) = cut(&edited, 500, 600);
        assert_eq!(heard.len(), 4410, "{:?}", list.first());
    }
}
