//! Outputs without a device: silence or a file, at an even pace.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::outlet::Outlet;

/// Hz of everything that is captured.
pub(crate) const RATE: u32 = 48_000;
/// Frames taken at once: 10 ms.
const FRAMES: usize = 480;

/// How to take sound, and where to.
#[derive(Debug)]
pub(crate) struct Pace {
    pub(crate) file: Option<File>,
    /// Times real time.
    pub(crate) factor: u32,
    /// Only what is ready, without pauses.
    pub(crate) only_sound: bool,
}

/// Takes sound until `nudges` is closed. While nothing plays this sleeps until it is nudged; a capture
/// with pauses gets them then.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn run(pace: Pace, mut outlet: Outlet, nudges: &Receiver<()>) -> std::io::Result<()> {
    let mut file = pace.file.map(BufWriter::new);
    let step = Duration::from_millis(10) / pace.factor.max(1);
    let mut due = Instant::now();
    let mut samples = [0.0; FRAMES * 2];
    loop {
        due += step;
        // Late by more than a moment: go on from now instead of racing.
        due = due.max(Instant::now().checked_sub(Duration::from_millis(200)).unwrap_or(due));
        if !wait_until(due, nudges) {
            break;
        }
        let sound = outlet.fill(&mut samples);
        if let Some(file) = file.as_mut() {
            let frames = if pace.only_sound { sound } else { FRAMES };
            write(file, samples.get(..frames * 2).unwrap_or_default())?;
        }
        if outlet.rests() {
            let since = Instant::now();
            if nudges.recv().is_err() {
                break;
            }
            due = Instant::now();
            if let Some(file) = file.as_mut().filter(|_| !pace.only_sound) {
                let missed = since.elapsed().as_millis() / step.as_millis().max(1);
                for _ in 0..missed {
                    write(file, &[0.0; FRAMES * 2])?;
                }
            }
        }
    }
    Ok(())
}

/// Whether to go on.
fn wait_until(due: Instant, nudges: &Receiver<()>) -> bool {
    loop {
        match nudges.recv_timeout(due.saturating_duration_since(Instant::now())) {
            // It is awake already.
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

fn write(file: &mut BufWriter<File>, samples: &[f32]) -> std::io::Result<()> {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    file.write_all(&bytes)?;
    file.flush()
}
