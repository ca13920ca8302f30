//! Processor time, as Linux counts it.

use std::process::Command;
use std::time::Duration;

/// Ticks per second of the counters in `/proc` (`sysconf(_SC_CLK_TCK)`, 100 on every Linux of today).
const TICKS: f64 = 100.0;

/// Processor time of this process so far, and that of the children it has waited for.
pub(crate) fn used() -> Option<(Duration, Duration)> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold anything; numbers begin behind it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |from: usize| -> Option<Duration> {
        let sum: f64 =
            fields.get(from..from + 2)?.iter().filter_map(|n| n.parse::<f64>().ok()).sum();
        Some(Duration::from_secs_f64(sum / TICKS))
    };
    Some((ticks(11)?, ticks(13)?))
}

/// Runs a program to its end and tells the processor time it took; `None` where it is not installed.
pub(crate) fn of(program: &mut Command) -> Option<Duration> {
    let (_, before) = used()?;
    let status = program
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .ok()?;
    let (_, after) = used()?;
    status.success().then(|| after.saturating_sub(before))
}
