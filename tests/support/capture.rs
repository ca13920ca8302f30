//! Ears for a machine without a sound card: an ALSA configuration whose default device writes all
//! it is given into a named pipe, and a reader that takes it at real-time pace, which holds the
//! player to that pace as a sound card would.
//!
//! One capture goes on through any number of openings of the device. The pipe holds 64 KiB, so the
//! player may be up to 0.17 s (plus its own buffers) ahead of what was heard.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode};
use tempfile::TempDir;

use super::tone;

/// Sample rate of what is captured, whatever the player opened.
pub const RATE: u32 = 48_000;

const CHANNELS: usize = 2;
const FRAME: usize = CHANNELS * size_of::<f32>();
const CHUNK: usize = 512 * FRAME;

/// A sound output that is listened to.
pub struct Capture {
    dir: TempDir,
    tape: Arc<Tape>,
}

#[derive(Default)]
struct Tape {
    recorded: Mutex<Recorded>,
    grew: Condvar,
}

#[derive(Default)]
struct Recorded {
    /// All that was played, both channels mixed.
    samples: Vec<f32>,
    /// When something audible last arrived.
    last_sound: Option<Instant>,
    stopped: bool,
}

impl Capture {
    /// Starts to listen. Give [`Capture::env`] to the program that shall be heard.
    pub fn start() -> Self {
        let dir = TempDir::new().expect("a temporary folder");
        let pipe = dir.path().join("sound");
        rustix::fs::mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)
            .expect("a named pipe");
        fs::write(dir.path().join("asound.conf"), configuration(&pipe)).expect("asound.conf");
        // Open for both, so that there is no end of file between two openings of the device.
        let source = File::options().read(true).write(true).open(&pipe).expect("the pipe opens");
        let tape = Arc::new(Tape::default());
        let recorder = Arc::clone(&tape);
        thread::spawn(move || record(source, &recorder));
        Self { dir, tape }
    }

    /// The variables that lead a program's sound here. `PULSE_SERVER` must not be set beside them.
    /// `Terminal` takes them as they are.
    pub fn env(&self) -> Vec<(String, OsString)> {
        vec![
            ("ALSA_CONFIG_PATH".into(), self.dir.path().join("asound.conf").into()),
            ("XDG_RUNTIME_DIR".into(), self.dir.path().into()),
        ]
    }

    /// A program without a terminal that is heard here.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.envs(self.env()).env_remove("PULSE_SERVER");
        command
    }

    /// An ignored test of the running test binary, started as a program of its own that is heard
    /// here and takes orders on its standard input. `marker` is set in its environment.
    pub fn own_test(&self, name: &str, marker: &str) -> io::Result<Child> {
        self.command(std::env::current_exe()?)
            .args(["--exact", name, "--ignored", "--nocapture"])
            .env(marker, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    }

    /// How many samples have been heard so far: the place of "now" in the capture.
    pub fn now(&self) -> usize {
        self.tape.recorded.lock().unwrap().samples.len()
    }

    /// What was heard from sample `from` on.
    pub fn since(&self, from: usize) -> Vec<f32> {
        let recorded = self.tape.recorded.lock().unwrap();
        recorded.samples.get(from..).unwrap_or_default().to_vec()
    }

    /// Waits until `find` finds something in what was heard from sample `from` on. It is asked
    /// again about five times a second while sound comes in.
    #[track_caller]
    pub fn wait_for<T>(
        &self,
        from: usize,
        timeout: Duration,
        mut find: impl FnMut(&[f32]) -> Option<T>,
    ) -> T {
        let end = Instant::now() + timeout;
        let mut asked = 0;
        let mut recorded = self.tape.recorded.lock().unwrap();
        loop {
            let len = recorded.samples.len();
            let over = Instant::now() >= end;
            if len >= asked + RATE as usize / 5 || over {
                asked = len;
                let heard = recorded.samples.get(from..).unwrap_or_default().to_vec();
                drop(recorded);
                if let Some(found) = find(&heard) {
                    return found;
                }
                assert!(!over, "not heard within {timeout:?}; heard {} s", seconds(heard.len()));
                recorded = self.tape.recorded.lock().unwrap();
            }
            let left = end.saturating_duration_since(Instant::now());
            recorded = self.tape.grew.wait_timeout(recorded, left).unwrap().0;
        }
    }

    /// Waits until one of the tones is heard alone for 0.2 s, from sample `from` on: the sample at
    /// which it begins and the tone in Hz.
    #[track_caller]
    pub fn wait_for_tone(&self, from: usize, tones: &[u32], timeout: Duration) -> (usize, u32) {
        let mut known = 0;
        self.wait_for(from, timeout, |heard| {
            let new = heard.get(known..)?;
            let found = tone::first_tone(new, RATE, tones).map(|(at, hz)| (from + known + at, hz));
            // Windows that were looked at stay looked at; the next one may begin 0.2 s back.
            known = heard.len().saturating_sub(RATE as usize / 5);
            found
        })
    }

    /// Waits until nothing audible has arrived for `quiet` of real time.
    #[track_caller]
    pub fn wait_for_silence(&self, quiet: Duration, timeout: Duration) {
        let end = Instant::now() + timeout;
        let mut since = Instant::now();
        let mut recorded = self.tape.recorded.lock().unwrap();
        loop {
            since = recorded.last_sound.map_or(since, |at| at.max(since));
            let now = Instant::now();
            if now.saturating_duration_since(since) >= quiet {
                return;
            }
            assert!(now < end, "still sounding after {timeout:?}");
            let next = (since + quiet).min(end).saturating_duration_since(now);
            recorded = self.tape.grew.wait_timeout(recorded, next).unwrap().0;
        }
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        // From now on the pipe is emptied as fast as it fills, so that a player can drain and end.
        self.tape.recorded.lock().unwrap().stopped = true;
    }
}

/// A number of samples in seconds.
pub fn seconds(samples: usize) -> f64 {
    samples as f64 / f64::from(RATE)
}

fn configuration(pipe: &Path) -> String {
    let pipe = pipe.display();
    format!(
        "pcm.!default {{ type plug slave {{ \
           pcm {{ type file slave.pcm {{ type null }} file \"{pipe}\" format \"raw\" }} \
           format FLOAT_LE rate {RATE} channels {CHANNELS} }} }}\n\
         ctl.!default {{ type null }}\n"
    )
}

/// Reads the pipe at the pace of a sound card until the capture is dropped and its pipe is gone.
fn record(mut source: File, tape: &Tape) {
    let mut buffer = [0; CHUNK];
    let mut filled = 0;
    let mut due = Instant::now();
    while let Ok(n @ 1..) = source.read(&mut buffer[filled..]) {
        filled += n;
        let whole = filled - filled % FRAME;
        let stopped = take_in(&buffer[..whole], tape);
        buffer.copy_within(whole..filled, 0);
        filled -= whole;
        if stopped {
            continue;
        }
        // After a pause the clock starts anew: lost time is not made up for.
        let now = Instant::now();
        if now > due + Duration::from_millis(250) {
            due = now;
        }
        due += Duration::from_secs_f64(seconds(whole / FRAME));
        thread::sleep(due.saturating_duration_since(now));
    }
}

/// Adds frames to the tape and tells whether the capture is over.
fn take_in(bytes: &[u8], tape: &Tape) -> bool {
    let sample = |b: &[u8]| f32::from_le_bytes(b.try_into().expect("four bytes"));
    let mono = |frame: &[u8]| {
        frame.chunks_exact(size_of::<f32>()).map(sample).sum::<f32>() / CHANNELS as f32
    };
    let mut recorded = tape.recorded.lock().unwrap();
    if recorded.stopped {
        return true;
    }
    let before = recorded.samples.len();
    recorded.samples.extend(bytes.chunks_exact(FRAME).map(mono));
    if recorded.samples[before..].iter().any(|v| v.abs() > 0.002) {
        recorded.last_sound = Some(Instant::now());
    }
    tape.grew.notify_all();
    false
}
