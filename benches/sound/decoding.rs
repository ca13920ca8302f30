//! How many times faster than real time everything is decoded, in processor time of one thread.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use latetalk::audio::Recording;

use crate::files::{Files, SHORT};
use crate::{cpu, say};

/// How often each is measured; the best counts.
const TIMES: usize = 3;

pub(crate) fn table(files: &Files) {
    say(&format!("{:<20} {:>12} {:>12}", "decoding, × real time", "latetalk", "ffmpeg"));
    for made in &files.all {
        let own = best(|| own(&made.short));
        let peer = best(|| peer(&made.short));
        say(&format!("{:<21} {:>12} {:>12}", made.name, shown(own), shown(peer)));
    }
    say("");
}

fn best(measure: impl Fn() -> Option<f64>) -> Option<f64> {
    (0..TIMES).filter_map(|_| measure()).reduce(f64::max)
}

fn shown(factor: Option<f64>) -> String {
    factor.map_or_else(|| "–".to_owned(), |factor| format!("{factor:.0}"))
}

fn own(path: &Path) -> Option<f64> {
    let (before, _) = cpu::used()?;
    let mut recording = Recording::open(Box::new(File::open(path).ok()?)).ok()?;
    let mut seconds = 0.0;
    while let Some(piece) = recording.read().ok()? {
        seconds += piece.samples.len() as f64 / f64::from(piece.channels) / f64::from(piece.rate);
    }
    let (after, _) = cpu::used()?;
    Some(seconds / after.saturating_sub(before).as_secs_f64().max(0.01))
}

fn peer(path: &Path) -> Option<f64> {
    let mut program = Command::new("ffmpeg");
    program.args(["-nostdin", "-v", "error", "-threads", "1", "-i"]).arg(path);
    program.args(["-c:a", "pcm_f32le", "-f", "null", "-"]);
    Some(SHORT as f64 / cpu::of(&mut program)?.as_secs_f64().max(0.01))
}
