//! A program in a pseudo-terminal, with the time at which each of its frames was there.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

const SIZE: (u16, u16) = (120, 36);

/// A running program; dropped, it is killed.
pub(crate) struct Screen {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    parser: Parser,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Screen {
    /// Starts a program with these variables beside `PATH`.
    pub(crate) fn start(program: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "zh_CN.UTF-8");
        for (name, value) in env {
            command.env(name, value);
        }
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("it can be read");
        let writer = pair.master.take_writer().expect("it can be written");
        let (sender, chunks) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let cells = |n| std::num::NonZeroU16::new(n).expect("it is not empty");
        let parser = Parser::new(cells(SIZE.1), cells(SIZE.0), 0);
        Self { child, writer, chunks, parser, started, _master: pair.master }
    }

    /// What stands on the screen.
    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits until the screen is as wanted; how long after `from` that was.
    pub(crate) fn until(
        &mut self,
        from: Instant,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<Duration> {
        let end = Instant::now() + Duration::from_mins(1);
        while let Ok((at, bytes)) =
            self.chunks.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.take(&bytes);
            if wanted(&self.text()) {
                return Some(at.saturating_duration_since(from));
            }
        }
        None
    }

    /// The same from the start of the program.
    pub(crate) fn until_started(&mut self, wanted: impl Fn(&str) -> bool) -> Option<Duration> {
        self.until(self.started, wanted)
    }

    /// Sends keys and says how long it took until the first frame after them was there whole.
    pub(crate) fn frame_after(&mut self, keys: &str) -> Option<Duration> {
        while let Ok((_, bytes)) = self.chunks.try_recv() {
            self.take(&bytes);
        }
        let sent = Instant::now();
        self.send(keys);
        let mut tail = Vec::new();
        let patience = Duration::from_millis(500);
        while let Ok((at, bytes)) = self.chunks.recv_timeout(patience) {
            self.take(&bytes);
            tail.extend_from_slice(&bytes);
            if tail.windows(8).any(|bytes| bytes == b"\x1b[?2026l") {
                return Some(at.saturating_duration_since(sent));
            }
        }
        None
    }

    /// Sends keys.
    pub(crate) fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("it takes keys");
        self.writer.flush().expect("it takes keys");
    }

    /// Takes in what comes for so long.
    pub(crate) fn rest(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok((_, bytes)) =
            self.chunks.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        // What programs ask of a terminal at their start.
        if bytes.windows(3).any(|bytes| bytes == b"\x1b[c") {
            self.send("\x1b[?62;22c");
        }
        if bytes.windows(4).any(|bytes| bytes == b"\x1b[6n") {
            self.send("\x1b[1;1R");
        }
    }

    /// Memory in use now and at most, in MB: `VmRSS` and `VmHWM`.
    pub(crate) fn memory(&self) -> (f64, f64) {
        let pid = self.child.process_id().unwrap_or_default();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            let number = line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok());
            number.unwrap_or_default() / 1024.0
        };
        (of("VmRSS:"), of("VmHWM:"))
    }

    /// Processor time used so far, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        let pid = self.child.process_id().unwrap_or_default();
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        let ticks = |at: usize| fields.get(at).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0);
        (ticks(11) + ticks(12)) / 100.0
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
