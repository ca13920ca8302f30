//! Jumps in recordings of three hours: how long opening takes, how long until the first sample, and how
//! far that is from the sample that playing through gives there.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use latetalk::audio::{Pcm, Recording};

use crate::dice::Dice;
use crate::files::{Files, Made};
use crate::{rig, say};

/// Places jumped to in each recording.
const PLACES: u64 = 40;
/// What is compared at each place, and how far around it is looked, in ms.
const COMPARED: u64 = 60;
const REACH: u64 = 100;

pub(crate) fn table(files: &Files) {
    say(&format!(
        "{:<20} {:>9} {:>9} {:>11} {:>8} {:>11} {:>10}",
        "jumps in 3 hours",
        "open, ms",
        "index, ms",
        "median, ms",
        "max, ms",
        "error, ms",
        "mpv, ms"
    ));
    for made in &files.all {
        row(made).unwrap_or_else(|| say(&format!("{:<20} could not be measured", made.name)));
    }
    say("");
}

fn row(made: &Made) -> Option<()> {
    let start = Instant::now();
    let mut recording = open(&made.long)?;
    let opened = start.elapsed();
    let start = Instant::now();
    recording.learn().ok()?;
    let learned = start.elapsed();
    let (length, _) = recording.length()?;
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let reach = usize::try_from(length).ok()?.checked_sub(4000)?;
    let places: Vec<u64> = (0..PLACES).map(|_| 1000 + dice.roll(reach) as u64).collect();
    let mut times = Vec::new();
    let mut heard = Vec::new();
    for &place in &places {
        let start = Instant::now();
        recording.seek(place).ok()?;
        let first = recording.read().ok()??;
        times.push(start.elapsed());
        heard.push((place, rest(&mut recording, &first)?));
    }
    times.sort();
    heard.sort_by_key(|(place, _)| *place);
    let error = error(&made.long, &heard)?;
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    say(&format!(
        "{:<20} {:>9.1} {:>9.1} {:>11.2} {:>8.2} {:>11.3} {:>10}",
        made.name,
        ms(opened),
        ms(learned),
        ms(*times.get(times.len() / 2)?),
        ms(*times.last()?),
        error,
        mpv(&made.long, length).map_or_else(|| "–".to_owned(), |time| format!("{:.0}", ms(time))),
    ));
    Some(())
}

fn open(path: &Path) -> Option<Recording> {
    Recording::open(Box::new(File::open(path).ok()?)).ok()
}

/// The left channel of the next [`COMPARED`] ms.
fn rest(recording: &mut Recording, first: &Pcm) -> Option<Vec<f32>> {
    let wanted = (u64::from(first.rate) * COMPARED / 1000) as usize;
    let mut samples = rig::left(&first.samples, usize::from(first.channels));
    while samples.len() < wanted {
        let more = recording.read().ok()??;
        samples.extend(rig::left(&more.samples, usize::from(more.channels)));
    }
    samples.truncate(wanted);
    Some(samples)
}

/// The largest distance in ms between what was heard at the places and what playing through gives
/// there.
fn error(path: &Path, heard: &[(u64, Vec<f32>)]) -> Option<f64> {
    let mut recording = open(path)?;
    let (mut kept, mut kept_at) = (Vec::new(), 0_usize);
    let mut places = heard.iter().peekable();
    let mut worst = 0.0_f64;
    while let Some((place, heard)) = places.peek() {
        let piece = recording.read().ok()??;
        let rate = piece.rate as usize;
        kept.extend(rig::left(&piece.samples, usize::from(piece.channels)));
        let from = (place.saturating_sub(REACH) as usize) * rate / 1000;
        let until = ((place + REACH + COMPARED) as usize) * rate / 1000;
        if kept_at + kept.len() >= until {
            let around = kept.get(from - kept_at..)?;
            let (late, _) = rig::lag(heard, around, place_in(*place, from, rate), rate / 20);
            worst = worst.max(late.unsigned_abs() as f64 * 1000.0 / rate as f64);
            places.next();
        }
        let wanted = places.peek().map_or(usize::MAX, |(place, _)| {
            place.saturating_sub(2 * REACH) as usize * rate / 1000
        });
        if wanted > kept_at {
            let drop = (wanted - kept_at).min(kept.len());
            kept.drain(..drop);
            kept_at += drop;
        }
    }
    Some(worst)
}

fn place_in(place: u64, from: usize, rate: usize) -> usize {
    ((place as f64 * rate as f64 / 1000.0).round() as usize).saturating_sub(from)
}

/// What `mpv` needs from its start to its end when it plays a tenth of a second there.
fn mpv(path: &Path, length: u64) -> Option<Duration> {
    let mut times: Vec<Duration> = (1..6)
        .filter_map(|part| {
            let start = Instant::now();
            let status = std::process::Command::new("mpv")
                .args([
                    "--no-config",
                    "--no-video",
                    "--ao=null",
                    "--ao-null-untimed",
                    "--hr-seek=yes",
                ])
                .arg(format!("--start={}", length * part / 6000))
                .arg("--length=0.1")
                .arg(path)
                .stdin(std::process::Stdio::null())
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .status();
            status.ok()?.success().then(|| start.elapsed())
        })
        .collect();
    times.sort();
    times.get(times.len() / 2).copied()
}
