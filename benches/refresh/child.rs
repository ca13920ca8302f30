//! A program run to its end: processor time, time on the clock, most memory. Linux counts them in
//! `/proc`.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Ticks per second of the counters in `/proc` (`sysconf(_SC_CLK_TCK)`, 100 on every Linux of today).
const TICKS: f64 = 100.0;

/// What a run took.
#[derive(Debug, Default)]
pub(crate) struct Cost {
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
    pub(crate) peak_kb: u64,
}

impl Cost {
    /// Adds another run: times add up, the higher peak counts.
    pub(crate) fn add(&mut self, other: &Self) {
        self.cpu += other.cpu;
        self.wall += other.wall;
        self.peak_kb = self.peak_kb.max(other.peak_kb);
    }
}

/// Runs it without a terminal and without a proxy; it has to succeed.
pub(crate) fn run(mut command: Command) -> Cost {
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"] {
        command.env_remove(proxy);
    }
    let before = of_children();
    let begun = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
    let mut child = command.spawn().expect("the program starts");
    let mut cost = Cost::default();
    let status = loop {
        cost.peak_kb = peak(child.id()).unwrap_or(0).max(cost.peak_kb);
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    assert!(status.success(), "{command:?}: {status}");
    cost.wall = begun.elapsed();
    cost.cpu = of_children().saturating_sub(before);
    cost
}

/// Processor time of the children that were waited for.
fn of_children() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold anything; numbers begin behind it.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    let ticks: f64 = fields.skip(13).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    Duration::from_secs_f64(ticks / TICKS)
}

fn peak(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
