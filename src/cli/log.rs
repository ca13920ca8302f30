//! The log: what went wrong behind the scenes, and what the developer asks for with `LATETALK_LOG`.

use std::fs::File;

use crate::runtime::{Places, Trouble};

/// How a log begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Log {
    /// The screen's session has a log of its own.
    Anew,
    /// A verb adds its warnings to what is there, maybe beside a screen.
    Added,
}

/// Logs to a file; `LATETALK_LOG` sets what (as `debug` or `latetalk::audio=trace`).
pub(super) fn start(places: &Places, how: Log) -> Result<(), Trouble> {
    let failed = |err: &std::io::Error| {
        Trouble::doing(&format!("writing the log {}", places.log.display()), err)
    };
    if let Some(folder) = places.log.parent() {
        std::fs::create_dir_all(folder).map_err(|err| failed(&err))?;
    }
    let mut options = File::options();
    let (file, usual) = match how {
        Log::Anew => (options.write(true).truncate(true), "warn,latetalk=info"),
        Log::Added => (options.append(true), "warn"),
    };
    let file = file.create(true).open(&places.log).map_err(|err| failed(&err))?;
    let filter = tracing_subscriber::EnvFilter::try_from_env("LATETALK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(std::sync::Mutex::new(file))
        .try_init();
    started.map_err(|err| Trouble::new(format!("starting the log: {err}")))
}
