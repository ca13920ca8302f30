//! Opening the screen: log, terminal, workers, and everything given back in the end.

use std::io::IsTerminal;
use std::process::ExitCode;

use crate::lang::Tongue;
use crate::model::{Language, Settings};
use crate::runtime::{self, Places, Services, Trouble};
use crate::term::{self, Screen, Stderr};

/// Opens the screen and runs it until the user leaves.
pub(super) fn open(
    places: &Places,
    settings: Settings,
    opening: Option<String>,
) -> Result<ExitCode, Trouble> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Trouble::new(
            "opening the screen: this is not a terminal; `latetalk --help` lists what works without one",
        ));
    }
    if let Some(source) = &opening {
        runtime::Opening::check(source)?;
    }
    start_log(places)?;
    let tongue = tongue(settings.ui.language);
    let mouse = settings.ui.mouse;
    let executor = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|err| Trouble::doing("starting the executor", &err))?;
    let (services, library) = Services::start(places.clone(), settings, executor.handle())?;
    let stderr = Stderr::redirect(&places.log)
        .map_err(|err| Trouble::doing("sending noise to the log", &err))?;
    term::restore_on_panic(stderr.try_clone().ok());
    let ended = {
        let screen = Screen::take(mouse);
        let mut screen = screen.map_err(|err| Trouble::doing("taking the terminal", &err))?;
        runtime::run(&services, &mut screen, tongue, opening)
    };
    drop(services);
    // Work under way is let go; what it had put on the library's desk is still done.
    executor.shutdown_timeout(std::time::Duration::from_secs(2));
    if library.join().is_err() {
        tracing::error!("the library's thread panicked");
    }
    drop(stderr);
    ended.map(|()| ExitCode::SUCCESS)
}

/// Logs to a file; `LATETALK_LOG` sets what (as `debug` or `latetalk::audio=trace`).
fn start_log(places: &Places) -> Result<(), Trouble> {
    let failed = |err: &std::io::Error| {
        Trouble::doing(&format!("writing the log {}", places.log.display()), err)
    };
    if let Some(folder) = places.log.parent() {
        std::fs::create_dir_all(folder).map_err(|err| failed(&err))?;
    }
    let file = std::fs::File::create(&places.log).map_err(|err| failed(&err))?;
    let filter = tracing_subscriber::EnvFilter::try_from_env("LATETALK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,latetalk=info"));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(std::sync::Mutex::new(file))
        .try_init();
    started.map_err(|err| Trouble::new(format!("starting the log: {err}")))
}

/// The language of the interface; `auto` follows the environment as POSIX says, Chinese by default.
fn tongue(language: Language) -> Tongue {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match (language, named) {
        (Language::English, _) => Tongue::English,
        (Language::Auto, Some(locale)) if locale.starts_with("en") => Tongue::English,
        _ => Tongue::Chinese,
    }
}
