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

/// Takes sound until `close` is closed.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn run(pace: Pace, mut outlet: Outlet, close: &Receiver<()>) -> std::io::Result<()> {
    let mut file = pace.file.map(BufWriter::new);
    let step = Duration::from_millis(10) / pace.factor.max(1);
    let mut due = Instant::now();
    let mut samples = [0.0; FRAMES * 2];
    loop {
        due += step;
        let wait = due.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            // Late by more than a moment: go on from now instead of racing.
            due = due.max(Instant::now().checked_sub(Duration::from_millis(200)).unwrap_or(due));
        }
        match close.recv_timeout(wait) {
            Err(RecvTimeoutError::Timeout) => {}
            _ => break,
        }
        let sound = outlet.fill(&mut samples);
        let Some(file) = file.as_mut() else { continue };
        let frames = if pace.only_sound { sound } else { FRAMES };
        let bytes = samples.iter().take(frames * 2).flat_map(|sample| sample.to_le_bytes());
        file.write_all(&bytes.collect::<Vec<u8>>())?;
        file.flush()?;
    }
    Ok(())
}
